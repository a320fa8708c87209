"""What can people do about themselves, in which order, and what is left when they are forgotten?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import JSON, String, Text, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import issues, people
from civic.people import CONSENT_VERSION, Basis, Level, Notify, Role, level
from civic.refusals import Reason, Refused
from storage import inbox
from storage.database import Database
from storage.drafts import Draft
from storage.issues import Following, listed_issues
from storage.journal import Entry
from storage.municipalities import Municipality, Village, villages
from storage.people import Account, Appointment, Messenger, Person, accounts_at, people_count
from storage.tables import metadata
from tests.cast import VAULT, a_guest, a_resident

LATER = timedelta(hours=3)
PHONE = "+996700000101"


async def village_of(db: AsyncSession, home: Municipality, number: int = 0) -> Village:
    """A village of that municipality."""
    return (await villages(db, home.id))[number]


async def events_of(db: AsyncSession) -> list[str]:
    """The journal, oldest first."""
    await db.flush()
    return [str(event) for event in await db.scalars(select(Entry.event).order_by(Entry.id))]


# --- arriving and settling ---


async def test_who_arrives_is_a_guest_in_kyrgyz_of_whom_only_the_address_is_known(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        assert people.arrive(db, Messenger.TELEGRAM, "101", now, home).person.municipality is home
    async with database.transaction() as db:
        person = (await accounts_at(db, [(Messenger.TELEGRAM, "101")]))[Messenger.TELEGRAM, "101"].person
        assert (person.language, person.language_chosen, person.notify) == ("ky", False, Notify.AT_ONCE)
        assert (person.municipality_id, person.created_at) == (home.id, now)
        assert (person.consent_version, person.phone_hash, person.village_id, level(person)) == (
            None,
            None,
            None,
            Level.GUEST,
        )
        assert await events_of(db) == []
        assert await people_count(db, home.id) == 0


async def test_where_there_are_several_municipalities_a_guest_belongs_to_none_yet(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        guest = people.arrive(db, Messenger.TELEGRAM, "101", now, None).person
        assert (guest.municipality_id, guest.municipality) == (None, None)


async def test_who_settles_in_belongs_there_at_once_and_the_journal_knows(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now)).person
        village = await village_of(db, home, 2)
        people.settle_in(db, guest, home, village, now)
        assert (guest.municipality, guest.village_id) == (home, village.id)
        assert await events_of(db) == ["person.settled"]


async def test_a_village_of_another_municipality_is_not_found_and_nothing_changes(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        elsewhere = await village_of(db, town)
        with pytest.raises(Refused) as no:
            people.settle_in(db, guest, home, elsewhere, now)
        assert no.value.reason is Reason.NOT_FOUND
        assert (guest.municipality_id, guest.village_id) == (home.id, None)
        assert await events_of(db) == []


async def test_moving_to_another_municipality_leaves_the_declaration_behind(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        people.confirm_resident(db, aigul, cholpon, frozenset({Role.CLERK}), now)
        assert level(aigul) is Level.CONFIRMED
        people.settle_in(db, aigul, town, await village_of(db, town), now)
        assert level(aigul) is Level.PHONE
        assert (aigul.resident_basis, aigul.resident_municipality_id, aigul.resident_declared_at) == (None, None, None)
        assert (aigul.confirmed_at, aigul.confirmed_by) == (None, None)
        people.settle_in(db, aigul, home, None, now)
        assert level(aigul) is Level.PHONE


async def test_moving_within_the_municipality_keeps_the_declaration(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        village = await village_of(db, home, 3)
        people.settle_in(db, aigul, home, village, now)
        assert (level(aigul), aigul.village_id) == (Level.RESIDENT, village.id)
        people.settle_in(db, aigul, home, None, now)
        assert (level(aigul), aigul.village_id) == (Level.RESIDENT, None)


# --- agreeing and proving ---


async def test_agreeing_is_kept_with_the_version_of_the_text_and_the_moment(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        people.agree(db, guest, now + LATER)
        assert (guest.consent_version, guest.consented_at) == (CONSENT_VERSION, now + LATER)
        await db.flush()
        entry = (await db.scalars(select(Entry))).one()
        assert (entry.event, entry.municipality_id, entry.actor_id, entry.details) == (
            "person.consented",
            home.id,
            guest.id,
            {"version": CONSENT_VERSION},
        )
        assert await people_count(db, home.id) == 1


async def test_a_phone_is_not_taken_before_consent(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        with pytest.raises(Refused) as no:
            people.prove_phone(db, guest, PHONE, now, vault=VAULT, keep_number=True)
        assert no.value.reason is Reason.NEEDS_CONSENT
        assert (guest.phone_hash, guest.phone_sealed, guest.phone_proven_at) == (None, None, None)
        assert await events_of(db) == []


async def test_consent_to_an_older_text_is_no_consent(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        guest.consent_version = CONSENT_VERSION - 1
        with pytest.raises(Refused) as no:
            people.prove_phone(db, guest, PHONE, now, vault=VAULT, keep_number=True)
        assert no.value.reason is Reason.NEEDS_CONSENT


async def test_of_a_proven_phone_only_a_hash_is_kept(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        people.agree(db, guest, now)
        people.prove_phone(db, guest, PHONE, now + LATER, vault=VAULT, keep_number=False)
        assert (guest.phone_hash, guest.phone_sealed, guest.phone_proven_at) == (VAULT.hash(PHONE), None, now + LATER)
        assert level(guest) is Level.PHONE


async def test_the_number_itself_is_kept_sealed_where_the_person_agreed_and_goes_when_they_change_their_mind(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        people.agree(db, guest, now)
        people.prove_phone(db, guest, PHONE, now, vault=VAULT, keep_number=True)
        assert guest.phone_sealed is not None
        assert (VAULT.open(guest.phone_sealed), PHONE in guest.phone_sealed) == (PHONE, False)
        people.prove_phone(db, guest, PHONE, now, vault=VAULT, keep_number=False)
        assert guest.phone_sealed is None


# --- declaring and confirming ---


async def test_what_is_missing_for_a_declaration_is_said_the_first_thing_first(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now)).person

        def why_not() -> Reason:
            with pytest.raises(Refused) as no:
                people.declare_resident(db, guest, Basis.REGISTERED, now)
            return no.value.reason

        assert why_not() is Reason.NEEDS_CONSENT
        people.agree(db, guest, now)
        assert why_not() is Reason.NEEDS_MUNICIPALITY
        people.settle_in(db, guest, home, None, now)
        assert why_not() is Reason.NEEDS_PHONE
        people.prove_phone(db, guest, PHONE, now, vault=VAULT, keep_number=False)
        assert (guest.resident_basis, guest.resident_municipality_id) == (None, None)
        people.declare_resident(db, guest, Basis.OVER_A_YEAR, now + LATER)
        assert level(guest) is Level.RESIDENT
        assert (guest.resident_basis, guest.resident_municipality_id, guest.resident_declared_at) == (
            Basis.OVER_A_YEAR,
            home.id,
            now + LATER,
        )


async def test_a_declaration_made_anew_has_to_be_confirmed_anew(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        people.confirm_resident(db, aigul, cholpon, frozenset({Role.CLERK}), now)
        people.declare_resident(db, aigul, Basis.OVER_A_YEAR, now)
        assert (level(aigul), aigul.confirmed_by) == (Level.RESIDENT, None)


async def test_a_clerk_confirms_a_declared_resident_and_the_journal_knows_who_did(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        people.confirm_resident(db, aigul, cholpon, frozenset({Role.CLERK}), now + LATER)
        assert (level(aigul), aigul.confirmed_at, aigul.confirmed_by) == (Level.CONFIRMED, now + LATER, cholpon.id)
        await db.flush()
        entry = (await db.scalars(select(Entry).where(Entry.event == "person.confirmed"))).one()
        assert (entry.actor_id, entry.object_id, entry.municipality_id) == (cholpon.id, aigul.id, home.id)


@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.DEPUTY, Role.MONITORING, Role.MODERATOR})])
async def test_who_has_no_right_to_confirm_is_refused(
    database: Database, home: Municipality, now: datetime, roles: frozenset[Role]
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        daniyar = await a_resident(db, home, now, address="104", role=Role.DEPUTY)
        with pytest.raises(Refused) as no:
            people.confirm_resident(db, aigul, daniyar, roles, now)
        assert (no.value.reason, level(aigul)) == (Reason.NOT_YOURS, Level.RESIDENT)


async def test_a_clerk_of_another_municipality_does_not_find_the_resident(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now)
        elsewhere = await a_resident(db, town, now, address="103", role=Role.CLERK)
        with pytest.raises(Refused) as no:
            people.confirm_resident(db, aigul, elsewhere, frozenset({Role.CLERK}), now)
        assert (no.value.reason, level(aigul)) == (Reason.NOT_FOUND, Level.RESIDENT)


async def test_two_people_without_a_municipality_are_not_of_the_same_one(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        one, other = [(await a_guest(db, now, address=address)).person for address in ("101", "102")]
        with pytest.raises(Refused) as no:
            people.confirm_resident(db, one, other, frozenset({Role.CLERK}), now)
        assert no.value.reason is Reason.NOT_FOUND


async def test_who_declared_nothing_cannot_be_confirmed(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        with pytest.raises(Refused) as no:
            people.confirm_resident(db, guest, cholpon, frozenset({Role.CLERK}), now)
        assert (no.value.reason, guest.confirmed_at) == (Reason.NEEDS_RESIDENT, None)


# --- small choices ---


async def test_a_language_once_chosen_stays_chosen(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now)).person
        people.speak(guest, "ru")
        assert (guest.language, guest.language_chosen) == ("ru", True)


async def test_how_often_the_bot_may_write_is_kept(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        people.notify(db, guest, Notify.WEEKLY, now)
    async with database.transaction() as db:
        assert await db.scalar(select(Person.notify)) is Notify.WEEKLY
        assert await db.scalar(select(Entry.details)) == {"how": "weekly"}


async def test_an_account_that_cannot_be_written_to_is_marked_and_its_person_is_not(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as db:
        people.stop(await a_guest(db, now), now + LATER)
    async with database.transaction() as db:
        assert (await db.scalars(select(Account.stopped_at))).all() == [now + LATER]
        assert (await db.scalars(select(Person.forgotten_at))).all() == [None]


# --- being forgotten ---


async def the_tables(db: AsyncSession) -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    return {
        table.name: [dict(row) for row in (await db.execute(select(table))).mappings()]
        for table in metadata.sorted_tables
    }


async def said_in_any_table(db: AsyncSession, secret: str) -> list[str]:
    """The columns of words in which the secret stands."""
    found = []
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | Text | JSON):
                values = (await db.execute(select(column))).scalars()
                found += [f"{table.name}.{column.name}" for value in values if secret in str(value)]
    return found


async def a_known_person(
    db: AsyncSession, home: Municipality, now: datetime, address: str, messenger: Messenger
) -> Person:
    """Somebody of whom everything is kept that can be kept."""
    person = await a_resident(db, home, now, address=address, role=Role.DEPUTY)
    people.settle_in(db, person, home, await village_of(db, home), now)
    db.add(Account(person_id=person.id, messenger=messenger, address=f"KG.{address}"))
    db.add(Draft(person_id=person.id, number=7, begun_by="rep", answers={"what": f"сыр {address}"}, changed_at=now))
    for issue in (await listed_issues(db, home.id))[:2]:
        await issues.follow(db, person, issue.id, now)
    await inbox.put(
        db,
        [
            {"messenger": kind, "number": f"{person.id}-{n}", "address": where, "payload": "Салам", "arrived_at": now}
            for n, (kind, where) in enumerate((("telegram", address), (str(messenger), f"KG.{address}")))
        ],
    )
    rows = [waiting.id for waiting in await inbox.waiting(db, limit=100)]
    await inbox.settle(db, [{"row": row, "when": now, "screen": "menu", "done": None} for row in rows])
    await db.flush()
    return person


async def test_nothing_that_identifies_a_forgotten_person_is_left_in_any_table(
    database: Database, home: Municipality, now: datetime
) -> None:
    secrets = ("40404", "+99670000040404", VAULT.hash("+99670000040404"), "сыр 40404")
    async with database.transaction() as db:
        person = await a_known_person(db, home, now, "40404", Messenger.WHATSAPP)
        sealed = str(person.phone_sealed)
        assert await said_in_any_table(db, "40404") == [
            "inbox.address",
            "inbox.address",
            "accounts.address",
            "accounts.address",
            "drafts.answers",
        ]
        assert await said_in_any_table(db, secrets[2]) == ["people.phone_hash"]
        assert await said_in_any_table(db, sealed) == ["people.phone_sealed"]
    async with database.transaction() as db:
        await people.forget(db, await db.get_one(Person, person.id), now + LATER)
    async with database.transaction() as db:
        left = {secret: await said_in_any_table(db, secret) for secret in (*secrets, sealed)}
        tables = await the_tables(db)
    assert left == {secret: [] for secret in (*secrets, sealed)}
    assert {name: tables[name] for name in ("accounts", "appointments", "drafts", "followings")} == {
        "accounts": [],
        "appointments": [],
        "drafts": [],
        "followings": [],
    }
    assert [row["actor_id"] for row in tables["journal"]] == [None] * len(tables["journal"])
    (row,) = tables["people"]
    assert {name: value for name, value in row.items() if value is not None} == {
        "id": person.id,
        "created_at": now,
        "language": "ky",
        "language_chosen": False,
        "municipality_id": home.id,
        "notify": Notify.NEVER,
        "shown_name": "",
        "forgotten_at": now + LATER,
    }


async def test_what_happened_stays_in_the_journal_without_who(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        person = await a_known_person(db, home, now, "404", Messenger.WHATSAPP)
        before = await events_of(db)
        await people.forget(db, person, now)
        assert await events_of(db) == [*before, "person.forgotten"]
        entry = (await db.scalars(select(Entry).where(Entry.event == "person.forgotten"))).one()
        assert (entry.actor_id, entry.object_id, entry.municipality_id, entry.details) == (None, None, home.id, {})


async def test_forgetting_one_touches_nobody_elses_rows(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        aigul = await a_known_person(db, home, now, "404", Messenger.WHATSAPP)
        bakyt = await a_known_person(db, home, now, "102", Messenger.WHATSAPP)
        people.confirm_resident(db, bakyt, aigul, frozenset({Role.CLERK}), now)
    async with database.transaction() as db:
        before = await the_tables(db)
    async with database.transaction() as db:
        await people.forget(db, await db.get_one(Person, aigul.id), now)
    async with database.transaction() as db:
        after = await the_tables(db)

    def of_bakyt(tables: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
        return {
            "people": [row for row in tables["people"] if row["id"] == bakyt.id],
            "inbox": [row for row in tables["inbox"] if str(row["address"]).endswith("102")],
            "journal": [row for row in tables["journal"] if row["actor_id"] == bakyt.id],
            **{
                name: [row for row in tables[name] if row["person_id"] == bakyt.id]
                for name in ("accounts", "appointments", "drafts", "followings")
            },
        }

    assert of_bakyt(after) == of_bakyt(before)
    assert {name: len(rows) for name, rows in of_bakyt(after).items()} == {
        "people": 1,
        "inbox": 2,
        "journal": 7,
        "accounts": 2,
        "appointments": 1,
        "drafts": 1,
        "followings": 2,
    }
    assert len(after["people"]) == len(before["people"]) == 2  # a nameless row stays, so that counts stay


async def test_a_forgotten_person_is_met_as_a_new_guest(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        old = await a_known_person(db, home, now, "404", Messenger.WHATSAPP)
        await people.forget(db, old, now)
    async with database.transaction() as db:
        assert await accounts_at(db, [(Messenger.TELEGRAM, "404")]) == {}
        new = (await a_guest(db, now + LATER, address="404", home=home)).person
        assert (new.id == old.id, new.consent_version, level(new)) == (False, None, Level.GUEST)


async def test_a_draft_begun_in_the_same_act_is_forgotten_too(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        person = await a_resident(db, home, now)
        account = (await accounts_at(db, [(Messenger.TELEGRAM, "101")]))[Messenger.TELEGRAM, "101"]
        account.at = "menu"
        db.add(Draft(person_id=person.id, number=7, begun_by="rep", answers={}, changed_at=now))
        await people.forget(db, person, now)
    async with database.transaction() as db:
        tables = await the_tables(db)
    assert (tables["drafts"], tables["accounts"]) == ([], [])


async def test_the_roles_of_a_forgotten_deputy_are_gone_and_the_other_deputys_are_not(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        gone, stays = [await a_resident(db, home, now, address=a, role=Role.DEPUTY) for a in ("104", "105")]
        await people.forget(db, gone, now)
    async with database.transaction() as db:
        assert (await db.scalars(select(Appointment.person_id))).all() == [stays.id]
        assert (await db.scalars(select(Following))).all() == []
