"""Do two who act on one petition at the same moment leave a right count and one state? The timetable works while people
do; on SQLite one writes after the other, on PostgreSQL both at once."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import people, proof
from actions.petitions import clock, invalidating, leaving, registering, signing
from civic.events import Event
from civic.people import Role
from civic.petitions import Standing, State
from civic.refusals import Refused
from storage.database import Database
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.people import Person
from storage.petitions import Invalidation, Petition, Signature, find_member, find_signature, get_petition
from tests.cast import a_resident
from tests.petitions import STAFF, a_named_resident, an_open_petition, signed

SIGNERS = 3
Act = Callable[[AsyncSession], Awaitable[object]]


async def test_many_who_sign_at_once_reach_the_threshold_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    """Each in a transaction of their own, as several bots would: nobody is lost, and one of them reaches it."""
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        number = (await an_open_petition(db, home, bakyt, now, needs=25)).id
        signers = [(await a_named_resident(db, home, now, address=f"6{n:03}")).id for n in range(50)]

    async def sign(who: int) -> None:
        async with database.transaction() as db:
            petition = await get_petition(db, home.id, number)
            await signed(db, petition, await db.get_one(Person, who), home, now)

    await asyncio.gather(*map(sign, signers))
    async with database.transaction() as db:
        petition = await db.get_one(Petition, number)
        assert (petition.signed, petition.reached) == (50, 1)
        reached = select(func.count()).where(Entry.event == Event.THRESHOLD_REACHED, Entry.object_id == number)
        assert await db.scalar(reached) == 1
    async with database.snapshot() as db:
        assert [each async for each in proof.miscounts(db, home.id)] == []


@dataclass
class Scene:
    """A petition with three signatures, all of which staff have begun to take out of the count."""

    database: Database
    home: Municipality
    now: datetime
    petition: int = 0
    lead: int = 0
    head: int = 0
    signers: tuple[int, ...] = ()
    begun: int = 0

    async def set(self) -> None:
        """Everybody signs; staff begin."""
        async with self.database.transaction() as db:
            bakyt = await a_named_resident(db, self.home, self.now, address="102", name="Бакыт Осмонов")
            petition = await an_open_petition(db, self.home, bakyt, self.now, needs=2)
            people = [
                await a_named_resident(db, self.home, self.now, address=f"50{number}") for number in range(SIGNERS)
            ]
            for person in people:
                await signed(db, petition, person, self.home, self.now)
            head = await a_resident(db, self.home, self.now, address="109", role=Role.HEAD)
            everybody = invalidating.Criteria(unconfirmed=True)
            begun = await invalidating.begin(db, petition, head, STAFF, everybody, "Акча берилген", self.now)
            self.petition, self.lead, self.head, self.begun = petition.id, bakyt.id, head.id, begun.id
            self.signers = tuple(person.id for person in people)

    async def both(self, first: Act, second: Act) -> tuple[State, int]:
        """The second begins before what the first did is committed; gives the state and the count, which is right."""

        async def alone() -> None:
            with contextlib.suppress(Refused):
                async with self.database.transaction() as db:
                    await second(db)

        async with self.database.transaction() as db:
            await first(db)
            await db.flush()
            task = asyncio.create_task(alone())
            await asyncio.sleep(0.1 if self.database.is_sqlite else 0.4)
        await task
        async with self.database.transaction() as db:
            petition = await db.get_one(Petition, self.petition)
            rows = select(func.count()).where(
                Signature.petition_id == petition.id, Signature.standing == Standing.COUNTED
            )
            assert petition.signed == await db.scalar(rows)
            return petition.state, petition.signed

    async def goes_on(self, db: AsyncSession) -> None:
        """The timetable takes the next piece out of the count."""
        await invalidating.go_on_with_all(db, self.now)

    async def undoes(self, db: AsyncSession) -> None:
        """Staff put back what was taken out."""
        head, begun = await db.get_one(Person, self.head), await db.get_one(Invalidation, self.begun)
        await invalidating.undo(db, begun, head, STAFF, self.home, self.now)

    async def hands_over(self, db: AsyncSession) -> None:
        """The group hands over, if it may."""
        petition, lead = await get_petition(db, self.home.id, self.petition), await db.get_one(Person, self.lead)
        member = await find_member(db, petition.id, lead.id)
        await registering.hand_over(db, petition, member, lead, self.home, self.now, self.now.date())

    async def closes(self, db: AsyncSession) -> None:
        """The timetable closes what is over."""
        await clock.close_due(db, self.now + timedelta(days=91))

    async def is_forgotten(self, db: AsyncSession) -> None:
        """A signer deletes their data."""
        await people.forget(db, await db.get_one(Person, self.signers[0]), self.now)

    async def takes_back(self, db: AsyncSession) -> None:
        """A signer takes the signature back, if it still counts."""
        person = await db.get_one(Person, self.signers[0])
        petition = await get_petition(db, self.home.id, self.petition)
        own = await find_signature(db, petition.id, person.id)
        await signing.unsign(db, petition, own, person, self.home, self.now)

    async def turn_out_one(self, db: AsyncSession) -> None:
        """Two signers turn out to be one person."""
        gone, owner = [await db.get_one(Person, number) for number in self.signers[:2]]
        await leaving.become(db, gone, owner, self.now)


@pytest.fixture
async def scene(database: Database, home: Municipality, now: datetime) -> Scene:
    """The petition before anybody acts."""
    made = Scene(database, home, now)
    await made.set()
    return made


async def test_who_is_forgotten_while_staff_take_signatures_out_is_subtracted_once(scene: Scene) -> None:
    assert await scene.both(scene.goes_on, scene.is_forgotten) == (State.OPEN, 0)


async def test_who_takes_back_while_staff_take_signatures_out_is_subtracted_once(scene: Scene) -> None:
    assert await scene.both(scene.goes_on, scene.takes_back) == (State.OPEN, 0)


async def test_who_turn_out_to_be_one_person_meanwhile_are_subtracted_once(scene: Scene) -> None:
    assert await scene.both(scene.goes_on, scene.turn_out_one) == (State.OPEN, 0)


async def test_what_was_undone_is_not_gone_on_with(scene: Scene) -> None:
    assert await scene.both(scene.undoes, scene.goes_on) == (State.OPEN, SIGNERS)


async def test_two_who_undo_at_once_put_back_once(scene: Scene) -> None:
    async with scene.database.transaction() as db:
        await scene.goes_on(db)

    assert await scene.both(scene.undoes, scene.undoes) == (State.OPEN, SIGNERS)


async def test_nothing_is_taken_out_of_what_is_being_handed_over(scene: Scene) -> None:
    assert await scene.both(scene.hands_over, scene.goes_on) == (State.HANDED_OVER, SIGNERS)


async def test_what_falls_below_its_threshold_meanwhile_is_not_handed_over(scene: Scene) -> None:
    assert await scene.both(scene.goes_on, scene.hands_over) == (State.OPEN, 0)


async def test_what_is_handed_over_in_its_last_minute_is_not_closed(scene: Scene) -> None:
    assert await scene.both(scene.hands_over, scene.closes) == (State.HANDED_OVER, SIGNERS)
