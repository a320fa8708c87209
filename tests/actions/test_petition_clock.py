"""What happens to petitions by itself: deadlines, warnings in working days, names that go."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import proof
from actions.petitions import clock, deciding, registering, writing
from civic.events import Event
from civic.moderation import Rejection
from civic.people import Role
from civic.petitions import State
from storage.database import Database
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Person
from storage.petitions import Signature, members_of, steps_of
from storage.verifying import verify_chain
from storage.workdays import DayException
from tests.cast import a_resident
from tests.petitions import STAFF, a_draft, a_named_resident, an_open_petition, signed

MODERATOR, CLERK = frozenset({Role.MODERATOR}), frozenset({Role.CLERK})


async def test_a_petition_closes_at_its_deadline_even_if_nobody_looks(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        few = await an_open_petition(db, home, bakyt, now, needs=10)
        enough = await an_open_petition(db, home, bakyt, now, needs=1)
        aigul = await a_named_resident(db, home, now, address="101")
        await signed(db, enough, aigul, home, now)
        last = now + timedelta(days=90)  # 18:30 in Bishkek on the last day: it counts whole
        assert await clock.close_due(db, last) == 0
        night = last + timedelta(hours=6)  # 00:30 of the next day there, the same day in UTC
        assert night.date() == last.date()
        assert await clock.close_due(db, night) == 2
        assert (few.state, enough.state) == (State.ENDED, State.COMPLETE)
        assert (few.final_at, enough.final_at) == (night, None)
        assert await clock.close_due(db, night) == 0


async def _warned(db: AsyncSession, people: list[Person], moment: datetime) -> list[int]:
    """How many warnings each of them has after the job has run twice at that moment."""
    await clock.warn_of_deadlines(db, moment)
    await clock.warn_of_deadlines(db, moment + timedelta(hours=1))
    query = select(Letter.person_id, func.count()).where(Letter.key == "petition-due").group_by(Letter.person_id)
    counts = {row[0]: row[1] for row in (await db.execute(query)).all()}
    return [counts.get(person.id, 0) for person in people]


async def test_first_those_who_do_the_work_are_warned_then_the_head_then_everybody_reads_it(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        moderator = await a_resident(db, home, now, address="103", role=Role.MODERATOR)
        clerk = await a_resident(db, home, now, address="104", role=Role.CLERK)
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        admin = await a_resident(db, home, now, address="106", role=Role.ADMIN)
        deputy = await a_resident(db, home, now, address="107", role=Role.DEPUTY)
        people = [moderator, clerk, head, admin, deputy]
        petition = await a_draft(db, home, bakyt, now, members=5)
        [lead, *_] = await members_of(db, petition.id)
        await writing.send(db, petition, lead, bakyt, home, now, now.date())
        # Monday 4 May and three working days; 5 May is a holiday
        assert petition.check_until == date(2026, 5, 8)
        assert await _warned(db, people, now.replace(day=4)) == [0, 0, 0, 0, 0]
        assert await _warned(db, people, now.replace(day=6)) == [1, 1, 0, 0, 0]  # two working days before
        assert await _warned(db, people, now.replace(day=8)) == [2, 2, 1, 0, 0]  # the last day
        assert await _warned(db, people, now.replace(day=11)) == [3, 3, 2, 0, 0]  # overdue, for everybody to read
        assert next(iter(await steps_of(db, petition.id))).what == "overdue"


async def test_nobody_is_warned_who_cannot_act(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        moderator = await a_resident(db, home, now, address="103", role=Role.MODERATOR)
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        admin = await a_resident(db, home, now, address="106", role=Role.ADMIN)
        people = [moderator, head, admin]
        petition = await an_open_petition(db, home, bakyt, now, needs=1)
        await signed(db, petition, bakyt, home, now)
        [lead, *_] = await members_of(db, petition.id)
        assert await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        # only the head and the administrator may register: the head first, for nobody stands below who can
        assert await _warned(db, people, now.replace(day=4)) == [0, 1, 0]
        assert await _warned(db, people, now.replace(day=6)) == [0, 2, 1]
        # whoever rejected does not decide on the appeal, and is not told to
        other = await a_draft(db, home, bakyt, now, members=5)
        [lead, *_] = await members_of(db, other.id)
        await writing.send(db, other, lead, bakyt, home, now, now.date())
        await deciding.reject(db, other, moderator, MODERATOR, Rejection.NO_DEMAND, "Талабы жок", now)
        await deciding.appeal(db, other, lead, bakyt, "Талабы бар", home, now, now.date())
        petition.state = State.ENDED
        assert await _warned(db, people, now.replace(day=6)) == [0, 3, 1]


async def test_a_deadline_missed_before_hides_no_later_one(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        clerk = await a_resident(db, home, now, address="104", role=Role.CLERK)
        petition = await a_draft(db, home, bakyt, now, members=5)
        [lead, *_] = await members_of(db, petition.id)
        await writing.send(db, petition, lead, bakyt, home, now, now.date())
        late = now + timedelta(days=30)
        await clock.warn_of_deadlines(db, late)
        await deciding.give_back(db, petition, clerk, CLERK, "Талабын тактаңыз", late)
        await writing.send(db, petition, lead, bakyt, home, late, late.date())
        await clock.warn_of_deadlines(db, late + timedelta(days=30))
        assert [step.what for step in await steps_of(db, petition.id)].count("overdue") == 2


async def test_the_answer_is_due_in_working_days_by_the_municipalitys_own_calendar(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        db.add(
            DayException(municipality_id=home.id, day=date(2026, 5, 27), works=False, name_ky="Курман айт", name_ru="")
        )
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now, needs=1)
        await signed(db, petition, await a_named_resident(db, home, now, address="101"), home, now)
        [lead, *_] = await members_of(db, petition.id)
        await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        assert petition.register_until == date(2026, 5, 6)  # 5 May is a holiday
        await registering.register(
            db,
            petition,
            head,
            STAFF,
            home,
            "04-12/1",
            now.date() + timedelta(days=8),
            now + timedelta(days=8),
            now.date() + timedelta(days=8),
        )
        assert petition.answer_until == date(2026, 6, 2)  # 14 working days after 12 May, without the 27th


async def test_names_go_after_the_answer_and_counts_stay(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now, needs=1)
        aigul = await a_named_resident(db, home, now, address="101")
        own = await signed(db, petition, aigul, home, now)
        receipt = own.receipt
        [lead, *_] = await members_of(db, petition.id)
        await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        await registering.register(db, petition, head, STAFF, home, "1", now.date(), now, now.date())
        await registering.answer(db, petition, head, STAFF, "Макулбуз, жасалат.", now, accepted=True)
        assert await clock.anonymise_signers(db, now + timedelta(days=27)) == 0
        assert await clock.anonymise_signers(db, now + timedelta(days=28)) == 1
        await db.refresh(own)
        kept = (own.person_id, own.phone_hash, own.name_sealed, own.name_key, own.shown_name)
        assert kept == (None, None, None, None, "")
        assert (petition.signed, own.receipt) == (1, receipt)
        who = select(Entry.actor_id).where(Entry.event == Event.SIGNED, Entry.object_id == petition.id)
        assert list(await db.scalars(who)) == [None]
        assert await db.scalar(select(func.count()).where(Signature.person_id == aigul.id)) == 0
        number = petition.id
    async with database.snapshot() as db:
        assert (await verify_chain(db, home.id)).bad is None, "the chain holds without the names"
        assert number not in [each.petition async for each in proof.miscounts(db, home.id)]
