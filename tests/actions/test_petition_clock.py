"""What happens to petitions by itself: deadlines, warnings in working days, names that go."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from actions import proof
from actions.petitions import clock, registering, writing
from civic.events import Event
from civic.people import Role
from civic.petitions import State
from storage.database import Database
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.petitions import Signature, members_of, steps_of
from storage.verifying import verify_chain
from storage.workdays import DayException
from tests.cast import a_resident
from tests.petitions import STAFF, a_draft, a_named_resident, an_open_petition, signed


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


async def test_whoever_must_act_is_warned_in_working_days_once_for_each_stage(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        clerk = await a_resident(db, home, now, address="103", role=Role.CLERK)
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await a_draft(db, home, bakyt, now, members=5)
        [lead, *_] = await members_of(db, petition.id)
        await writing.send(db, petition, lead, bakyt, home, now, now.date())
        # Monday 4 May and three working days; 5 May is a holiday
        assert petition.check_until == date(2026, 5, 8)

        async def told(day: int) -> tuple[int, int]:
            moment = now.replace(day=day)
            await clock.warn_of_deadlines(db, moment)
            await clock.warn_of_deadlines(db, moment + timedelta(hours=1))
            counts = []
            for person in (clerk, head):
                mine = (Letter.person_id == person.id, Letter.key == "petition-due")
                counts.append(await db.scalar(select(func.count()).where(*mine)) or 0)
            return counts[0], counts[1]

        assert await told(4) == (0, 0)
        assert await told(6) == (1, 1)  # two working days before: whoever does the work, the head of this office too
        assert await told(8) == (2, 2)  # the last day
        assert await told(11) == (3, 3)  # overdue, for everybody to read
        assert next(iter(await steps_of(db, petition.id))).what == "overdue"


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
