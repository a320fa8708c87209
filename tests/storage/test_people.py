"""Who speaks by which account, with which roles, and who is counted?"""

from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from actions import people
from civic.people import Role
from storage.database import Database
from storage.drafts import Draft, find_draft
from storage.municipalities import Municipality
from storage.people import (
    Account,
    Appointment,
    Messenger,
    Person,
    accounts_at,
    accounts_of,
    people_count,
    roles_of,
    stand,
)
from tests.cast import a_guest, a_resident

TELEGRAM, WHATSAPP = Messenger.TELEGRAM, Messenger.WHATSAPP


async def test_accounts_are_found_by_messenger_and_address_together(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        await a_guest(db, now, address="101", home=home)
        await a_guest(db, now, address="102", home=home)
        people.arrive(db, WHATSAPP, "101", now, home)
    async with database.transaction() as db:
        found = await accounts_at(db, [(TELEGRAM, "101"), (WHATSAPP, "102"), (TELEGRAM, "103")])
        assert [*found] == [(TELEGRAM, "101")]
        assert await accounts_at(db, []) == {}


async def test_an_account_comes_with_its_person_municipality_and_draft(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul = await a_resident(db, home, now, address="101")
        db.add(Draft(person_id=aigul.id, number=7, begun_by="rep", answers={"what": "чуңкур"}, changed_at=now))
        await a_guest(db, now, address="102")
    async with database.transaction() as db:
        found = await accounts_at(db, [(TELEGRAM, "101"), (TELEGRAM, "102")])
    first, second = found[TELEGRAM, "101"].person, found[TELEGRAM, "102"].person
    assert first.municipality is not None
    assert first.draft is not None
    assert (first.municipality.key, first.draft.answers) == ("ak-bulak", {"what": "чуңкур"})
    assert (second.municipality, second.draft) == (None, None)


async def test_two_accounts_of_one_person_are_the_same_person(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        guest = await a_guest(db, now, address="101")
        db.add(Account(person_id=guest.person_id, messenger=WHATSAPP, address="KG.202"))
    async with database.transaction() as db:
        found = await accounts_at(db, [(TELEGRAM, "101"), (WHATSAPP, "KG.202")])
        assert found[TELEGRAM, "101"].person is found[WHATSAPP, "KG.202"].person
        listed = await accounts_of(db, guest.person_id)
    assert [(account.messenger, account.address) for account in listed] == [(TELEGRAM, "101"), (WHATSAPP, "KG.202")]


async def test_the_accounts_of_a_person_are_not_those_of_their_neighbour(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        aigul = await a_guest(db, now, address="101")
        await a_guest(db, now, address="102")
        assert [account.address for account in await accounts_of(db, aigul.person_id)] == ["101"]


async def test_one_address_is_one_account(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        await a_guest(db, now, address="101")
    with pytest.raises(IntegrityError):
        async with database.transaction() as db:
            await a_guest(db, now, address="101")
    async with database.transaction() as db:
        assert await db.scalar(select(func.count()).select_from(Person)) == 1


async def test_where_conversations_stand_is_written_for_a_whole_batch(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        ids = [(await a_guest(db, now, address=address)).id for address in ("101", "102", "103")]
        await stand(db, [(ids[0], "menu", None, now), (ids[1], "issue:12", "106540", now)])
        await stand(db, [])
    async with database.transaction() as db:
        assert (await db.scalars(select(Account.at).order_by(Account.id))).all() == ["menu", "issue:12", None]
        await stand(db, [(ids[0], None, None, now)])
    async with database.transaction() as db:
        assert (await db.scalars(select(Account.at).order_by(Account.id))).all() == [None, "issue:12", None]


async def test_roles_are_held_in_one_municipality_and_not_in_another(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        db.add(Appointment(municipality_id=home.id, person_id=cholpon.id, role=Role.DEPUTY, granted_at=now))
        db.add(Appointment(municipality_id=town.id, person_id=cholpon.id, role=Role.MONITORING, granted_at=now))
        daniyar = await a_resident(db, home, now, address="104", role=Role.HEAD)
    async with database.transaction() as db:
        assert await roles_of(db, cholpon.id, home.id) == {Role.CLERK, Role.DEPUTY}
        assert await roles_of(db, cholpon.id, town.id) == {Role.MONITORING}
        assert await roles_of(db, daniyar.id, town.id) == frozenset()
        assert await roles_of(db, cholpon.id, None) == frozenset()


async def test_a_role_is_held_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, role=Role.CLERK)
    with pytest.raises(IntegrityError):
        async with database.transaction() as db:
            db.add(Appointment(municipality_id=home.id, person_id=cholpon.id, role=Role.CLERK, granted_at=now))


async def test_who_agreed_is_counted_in_their_own_municipality(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        await a_resident(db, home, now, address="101")
        await a_resident(db, home, now, address="102")
        await a_resident(db, town, now, address="103")
        await a_guest(db, now, address="104", home=home)
        assert await people_count(db, home.id) == 2
        assert await people_count(db, town.id) == 1
        assert await people_count(db, 999) == 0


async def test_a_person_has_one_draft_and_nobody_elses(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        aigul, bakyt = [(await a_guest(db, now, address=address)).person_id for address in ("101", "102")]
        db.add(Draft(person_id=aigul, number=1_777_897_800_000, begun_by="rep", answers={}, changed_at=now))
    async with database.transaction() as db:
        kept = await find_draft(db, aigul)
        assert kept is not None
        assert (kept.number, kept.dropped_at) == (1_777_897_800_000, None)
        assert await find_draft(db, bakyt) is None
    with pytest.raises(IntegrityError):
        async with database.transaction() as db:
            db.add(Draft(person_id=aigul, number=2, begun_by="rep", answers={}, changed_at=now))
