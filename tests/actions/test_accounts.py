"""Do two messengers become one person, with everything they had, and nobody else's?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, issues, people
from civic.people import Role, may_have_changed_hands, roles_at, why_cannot_forget_all
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.drafts import Draft, find_draft
from storage.issues import followed_issues, listed_issues
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Account, Appointment, JoinCode, Messenger, Person, accounts_at, accounts_of
from tests.cast import VAULT, a_resident

PHONE = "+996700000101"


async def account_at(db: AsyncSession, messenger: str, address: str) -> Account:
    """The account at that address, with its person."""
    return (await accounts_at(db, [(messenger, address)]))[messenger, address]


async def on_whatsapp(db: AsyncSession, home: Municipality, now: datetime, *, address: str = "KG.1") -> Account:
    """Somebody who has just written by WhatsApp."""
    account = people.arrive(db, Messenger.WHATSAPP, address, now, home)
    await db.flush()
    return account


async def test_a_code_joins_the_messengers_with_everything_both_had(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        first, second, third = (await listed_issues(db, home.id))[:3]
        aigul = await a_resident(db, home, now)
        new = await on_whatsapp(db, home, now)
        people.agree(db, new.person, now)
        for person, follows in ((aigul, (first, second)), (new.person, (second, third))):
            for issue in follows:
                await issues.follow(db, person, issue.id, now)
        db.add(Draft(person_id=new.person.id, number=1, begun_by="mv", answers={"village": "2"}, changed_at=now))
        gone = new.person.id
        code = await accounts.make_code(db, aigul, now)
    async with database.transaction() as db:
        account = (await accounts_at(db, [("whatsapp", "KG.1")]))["whatsapp", "KG.1"]
        owner = await accounts.join_by_code(db, account, code.lower(), now + timedelta(minutes=5))
        assert (owner.id, account.person) == (aigul.id, owner)
        assert owner.municipality is not None
    async with database.transaction() as db:
        assert {a.messenger for a in await accounts_of(db, aigul.id)} == {Messenger.TELEGRAM, Messenger.WHATSAPP}
        followed = [issue.id for issue in await followed_issues(db, aigul.id, home.id)]
        assert followed == [first.id, second.id, third.id]
        draft = await find_draft(db, aigul.id)
        assert draft is not None
        assert draft.answers == {"village": "2"}, "what was begun in one messenger goes on in the other"
        assert await db.get(Person, gone) is None
        assert await db.scalar(select(func.count()).select_from(JoinCode)) == 0
        events = await db.scalars(select(Entry.event).where(Entry.actor_id == aigul.id).order_by(Entry.id.desc()))
        assert events.first() == "person.accounts-joined"


async def test_a_code_works_once_for_fifteen_minutes_and_not_for_oneself(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        new = await on_whatsapp(db, home, now)
        old = await accounts.make_code(db, aigul, now)
        code = await accounts.make_code(db, aigul, now)
        late = now + timedelta(minutes=15, seconds=1)
        for word, person, moment, reason in (
            (old, new.person, now, Reason.NOT_FOUND),
            ("AAAAAAAA", new.person, now, Reason.NOT_FOUND),
            (code, new.person, late, Reason.LINK_ENDED),
            (code, aigul, now, Reason.ALREADY_JOINED),
        ):
            with pytest.raises(Refused) as no:
                await accounts.owner_of(db, word, person, moment)
            assert no.value.reason is reason
        await accounts.join_by_code(db, new, code, now)
        other = await on_whatsapp(db, home, now, address="KG.2")
        with pytest.raises(Refused) as no:
            await accounts.join_by_code(db, other, code, now)
        assert no.value.reason is Reason.NOT_FOUND


async def test_a_guest_of_whom_nothing_is_kept_has_no_code(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        guest = (await on_whatsapp(db, home, now)).person
        with pytest.raises(Refused) as no:
            await accounts.make_code(db, guest, now)
        assert no.value.reason is Reason.NEEDS_CONSENT


async def test_an_office_never_goes_to_whoever_made_the_code(
    database: Database, home: Municipality, now: datetime
) -> None:
    """A resident who makes a clerk tap their link would hold the clerk's office; so would somebody with a role that
    ended yesterday and may be given back."""
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        new = await on_whatsapp(db, home, now)
        held = Appointment(municipality_id=home.id, person_id=new.person.id, role=Role.CLERK, granted_at=now)
        db.add(held)
        code = await accounts.make_code(db, aigul, now)
        for ended in (None, now):
            held.ended_at = ended
            await db.flush()
            with pytest.raises(Refused) as no:
                await accounts.join_by_code(db, new, code, now)
            assert no.value.reason is Reason.OFFICE_HERE
        assert await db.scalar(select(func.count()).select_from(JoinCode)) == 1


async def test_a_clerk_brings_a_second_messenger_to_the_office_and_the_first_one_is_told(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        new = await on_whatsapp(db, home, now)
        owner = await accounts.join_by_code(db, new, await accounts.make_code(db, cholpon, now), now)
        assert owner.roles == {Role.CLERK}
        first = next(a for a in await accounts_of(db, cholpon.id) if a.messenger is Messenger.TELEGRAM)
        letter = (await db.scalars(select(Letter))).one()
        assert (letter.key, letter.arguments) == ("accounts-joined", {"account": first.id, "joined": new.id})
        await a_resident(db, home, now, address="999")
        old, stranger = [await account_at(db, "telegram", address) for address in ("103", "999")]
        assert not await accounts.part(db, stranger, new.id, now)
        assert await accounts.part(db, old, new.id, now)
        assert [a.id for a in await accounts_of(db, cholpon.id)] == [first.id]
        guest = (await accounts_at(db, [("whatsapp", "KG.1")]))["whatsapp", "KG.1"].person
        assert (guest.roles, guest.consent_version) == (frozenset(), None)
        assert not await accounts.part(db, old, first.id, now), "the only one stays"


async def test_a_stranger_who_joined_throws_out_nobody_and_has_nothing_of_the_office(
    database: Database, home: Municipality, now: datetime
) -> None:
    """A code was talked out of a clerk: the clerk stays, the warning reaches them, and the join is undone whole."""
    later = now + timedelta(minutes=1)
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        cholpon.phone_hash = cholpon.phone_proven_at = None
        evil = await on_whatsapp(db, home, now)
        people.agree(db, evil.person, now)
        people.prove_phone(db, evil.person, PHONE, now, vault=VAULT, keep_number=True)
        await accounts.join_by_code(db, evil, await accounts.make_code(db, cholpon, now), later)
    async with database.transaction() as db:
        old, evil = await account_at(db, "telegram", "103"), await account_at(db, "whatsapp", "KG.1")
        assert old.person is evil.person
        assert (evil.office_rests, roles_at(evil, evil.person.roles)) == (True, frozenset())
        assert (old.office_rests, roles_at(old, old.person.roles)) == (False, frozenset({Role.CLERK}))
        assert not await accounts.part(db, evil, old.id, later), "who was there first is removed by nobody"
        with pytest.raises(Refused) as no:
            await accounts.confirm_office(db, evil, evil.id, later)
        assert no.value.reason is Reason.OFFICE_RESTS
        assert why_cannot_forget_all(evil, later + timedelta(days=30)) is Reason.OFFICE_RESTS
        assert await accounts.part(db, old, evil.id, later)
        assert (old.person.id, old.person.phone_hash) == (cholpon.id, None), "the number that came with it went"
        assert evil.person.id != cholpon.id
        assert (evil.joined_at, evil.office_rests, evil.brought_phone) == (None, False, False)


async def test_an_office_is_confirmed_where_it_is(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        await a_resident(db, home, now, address="104", role=Role.CLERK)
        new = await on_whatsapp(db, home, now)
        await accounts.join_by_code(db, new, await accounts.make_code(db, cholpon, now), now)
        old, other = [await account_at(db, "telegram", address) for address in ("103", "104")]
        for by, which in ((other, new), (old, old)):
            with pytest.raises(Refused) as no:
                await accounts.confirm_office(db, by, which.id, now)
            assert no.value.reason is Reason.NOT_FOUND
        await accounts.confirm_office(db, old, new.id, now)
        assert roles_at(new, cholpon.roles) == {Role.CLERK}
        assert why_cannot_forget_all(new, now + timedelta(days=6)) is Reason.JOINED_LATELY
        assert why_cannot_forget_all(new, now + timedelta(days=7)) is None
        assert why_cannot_forget_all(old, now) is None
        await db.flush()
        events = await db.scalars(select(Entry.event).where(Entry.actor_id == cholpon.id).order_by(Entry.id.desc()))
        assert events.first() == "person.office-confirmed"
        assert await accounts.part(db, old, new.id, now), "and may still be removed"


async def test_what_was_proven_before_a_join_stays_after_it_is_undone(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        people.prove_phone(db, aigul, PHONE, now - timedelta(days=1), vault=VAULT, keep_number=False)
        new = await on_whatsapp(db, home, now)
        await accounts.join_by_code(db, new, await accounts.make_code(db, aigul, now), now)
        assert not new.office_rests, "there is no office"
        old = await account_at(db, "telegram", "101")
        assert await accounts.part(db, old, new.id, now)
        assert aigul.phone_hash == VAULT.hash(PHONE)


async def test_two_people_of_one_messenger_are_not_joined(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = [await a_resident(db, home, now, address=address) for address in ("101", "102")]
        [account] = await accounts_of(db, bakyt.id)
        account = (await accounts_at(db, [("telegram", account.address)]))["telegram", account.address]
        code = await accounts.make_code(db, aigul, now)
        with pytest.raises(Refused) as no:
            await accounts.join_by_code(db, account, code, now)
        assert no.value.reason is Reason.SAME_MESSENGER


async def test_the_same_proven_phone_in_another_messenger_is_a_twin_but_never_one_who_holds_a_role(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        people.prove_phone(db, aigul, PHONE, now, vault=VAULT, keep_number=False)
        new = await on_whatsapp(db, home, now)
        people.agree(db, new.person, now)
        assert await accounts.twin_of(db, new.person, now) is None, "nothing is proven yet"
        people.prove_phone(db, new.person, PHONE, now, vault=VAULT, keep_number=False)
        await db.flush()
        twin = await accounts.twin_of(db, new.person, now)
        assert twin is not None
        assert twin.id == aigul.id
        own = Appointment(municipality_id=home.id, person_id=new.person.id, role=Role.HEAD, granted_at=now)
        db.add(own)
        await db.flush()
        assert await accounts.twin_of(db, new.person, now) is None, (
            "an office must not go to a former owner of the number"
        )
        await db.delete(own)
        await db.flush()
        db.add(Appointment(municipality_id=home.id, person_id=aigul.id, role=Role.ADMIN, granted_at=now))
        await db.flush()
        assert await accounts.twin_of(db, new.person, now) is None
        with pytest.raises(Refused) as no:
            await accounts.join_by_phone(db, new, now)
        assert no.value.reason is Reason.NOT_FOUND


async def test_somebody_else_of_the_family_in_the_same_messenger_is_no_twin(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, bakyt = [await a_resident(db, home, now, address=address) for address in ("101", "102")]
        for person in (aigul, bakyt):
            people.prove_phone(db, person, PHONE, now, vault=VAULT, keep_number=False)
        await db.flush()
        assert await accounts.twin_of(db, aigul, now) is None


async def test_forgetting_takes_both_accounts_and_the_code(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        new = await on_whatsapp(db, home, now)
        await accounts.join_by_code(db, new, await accounts.make_code(db, aigul, now), now)
        await accounts.make_code(db, aigul, now)
        await db.flush()
        await people.forget(db, aigul, now)
    async with database.transaction() as db:
        for table in (Account, JoinCode):
            assert await db.scalar(select(func.count()).select_from(table)) == 0


async def test_a_phone_that_was_proven_long_ago_makes_no_twin(
    database: Database, home: Municipality, now: datetime
) -> None:
    later = now + timedelta(days=181)
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        people.prove_phone(db, aigul, PHONE, now, vault=VAULT, keep_number=False)
        new = await on_whatsapp(db, home, later)
        people.agree(db, new.person, later)
        people.prove_phone(db, new.person, PHONE, later, vault=VAULT, keep_number=False)
        await db.flush()
        assert await accounts.twin_of(db, new.person, later) is None, "the number may be somebody else's by now"
        assert await accounts.twin_of(db, aigul, later) is None
        people.prove_phone(db, aigul, PHONE, later, vault=VAULT, keep_number=False)
        await db.flush()
        assert await accounts.twin_of(db, new.person, later) is not None


def test_a_number_that_was_silent_for_long_may_be_somebody_elses(now: datetime) -> None:
    for messenger, address, days, changed in (
        (Messenger.WHATSAPP, "996700123456", 181, True),
        (Messenger.WHATSAPP, "996700123456", 179, False),
        (Messenger.WHATSAPP, "KG.1", 181, False),
        (Messenger.TELEGRAM, "123456", 181, False),
    ):
        account = Account(messenger=messenger, address=address, seen_at=now - timedelta(days=days))
        assert may_have_changed_hands(account, now) is changed
    assert not may_have_changed_hands(Account(messenger=Messenger.WHATSAPP, address="996700123456"), now)
