"""Does somebody stay who they are when the messenger gives them another address, in whatever order it tells?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, moving, people
from civic.people import Role
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.drafts import Draft
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Account, Appointment, Messenger, Person, accounts_at, accounts_of
from tests.cast import VAULT, a_resident

OLD, NEW = "KG.1", "KG.2"


async def on_whatsapp(db: AsyncSession, home: Municipality, now: datetime, address: str) -> Person:
    """A resident who uses WhatsApp."""
    person = await a_resident(db, home, now, address=address)
    [account] = await accounts_of(db, person.id)
    account.messenger = Messenger.WHATSAPP
    await db.flush()
    return person


async def move(db: AsyncSession, now: datetime, *, phone: str = "996700000999") -> bool:
    """WhatsApp says that the one is the other from now on."""
    return await moving.move_account(db, Messenger.WHATSAPP, OLD, NEW, phone, now, vault=VAULT)


async def at(db: AsyncSession, address: str) -> Account | None:
    """The account at that address."""
    return (await accounts_at(db, [("whatsapp", address)])).get(("whatsapp", address))


async def test_the_address_and_the_number_change_and_the_person_stays(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await on_whatsapp(db, home, now, OLD)
        assert await move(db, now)
    async with database.transaction() as db:
        account = await at(db, NEW)
        assert account is not None
        assert account.person_id == aigul.id
        assert account.person.phone_hash == VAULT.hash("+996700000999")
        assert await at(db, OLD) is None
        assert not await move(db, now), "nobody is there any more"


async def test_a_guest_of_whom_nothing_is_kept_makes_way_with_what_they_had_begun(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await on_whatsapp(db, home, now, OLD)
        guest = people.arrive(db, Messenger.WHATSAPP, NEW, now, home)
        await db.flush()
        db.add(Draft(person_id=guest.person_id, number=1, begun_by="w::", answers={}, changed_at=now))
        gone = guest.person_id
    async with database.transaction() as db:
        assert await move(db, now)
    async with database.transaction() as db:
        account = await at(db, NEW)
        assert account is not None
        assert account.person_id == aigul.id
        assert await db.get(Person, gone) is None
        assert (await db.scalars(select(Draft))).all() == []


@pytest.mark.parametrize("kept", ["consent", "office", "another messenger"])
async def test_somebody_of_whom_anything_is_kept_makes_no_way(
    database: Database, home: Municipality, now: datetime, kept: str
) -> None:
    async with database.transaction() as db:
        await on_whatsapp(db, home, now, OLD)
        there = people.arrive(db, Messenger.WHATSAPP, NEW, now, home)
        await db.flush()
        match kept:
            case "consent":
                people.agree(db, there.person, now)
            case "office":
                office = {"municipality_id": home.id, "role": Role.CLERK, "granted_at": now, "ended_at": now}
                db.add(Appointment(person_id=there.person_id, **office))
            case _:
                db.add(Account(person_id=there.person_id, messenger=Messenger.TELEGRAM, address="7"))
        stays = there.person_id
    async with database.transaction() as db:
        assert not await move(db, now)
    async with database.transaction() as db:
        account = await at(db, NEW)
        assert account is not None
        assert account.person_id == stays


async def test_two_of_whom_something_is_kept_are_offered_to_be_joined_and_the_old_address_is_given_up(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await on_whatsapp(db, home, now, OLD)
        other = await on_whatsapp(db, home, now, NEW)
        assert not await move(db, now)
    async with database.transaction() as db:
        assert await at(db, OLD) is None, "the number may be another human's tomorrow"
        left = await db.get(Person, aigul.id)
        assert left is not None
        assert left.phone_hash is None
        [letter] = (await db.scalars(select(Letter))).all()
        account = await at(db, NEW)
        assert account is not None
        assert (letter.person_id, letter.arguments["account"]) == (other.id, account.id)
        with pytest.raises(Refused) as no:
            await accounts.owner_of(db, letter.arguments["code"], account.person, now + timedelta(hours=25))
        assert no.value.reason is Reason.LINK_ENDED
        owner = await accounts.join_by_code(db, account, letter.arguments["code"], now + timedelta(hours=23))
        assert owner.id == aigul.id
    async with database.transaction() as db:
        account = await at(db, NEW)
        assert account is not None
        assert account.person_id == aigul.id
        assert not (await db.scalars(select(Person.id).where(Person.id == other.id))).all()


async def test_a_guest_who_left_an_address_is_nobodys_to_join(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        people.arrive(db, Messenger.WHATSAPP, OLD, now, home)
        await on_whatsapp(db, home, now, NEW)
        await db.flush()
        assert not await move(db, now)
    async with database.transaction() as db:
        assert await at(db, OLD) is None
        assert (await db.scalars(select(Letter))).all() == []
