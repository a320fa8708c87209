"""Do the columns keep what they are given, and refuse what would mean something else on another machine?"""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import IntegrityError, StatementError

from civic.people import Notify
from storage.base import Instant
from storage.database import Database
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.people import Person

BISHKEK = ZoneInfo("Asia/Bishkek")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 5, 4, 18, 30, tzinfo=BISHKEK),
        datetime(2026, 5, 4, 12, 30, tzinfo=UTC),
        datetime(2026, 5, 4, 7, 30, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
async def test_the_same_moment_said_in_any_time_zone_comes_back_in_utc(database: Database, moment: datetime) -> None:
    async with database.transaction() as db:
        db.add(Person(created_at=moment))
    async with database.transaction() as db:
        kept = await db.scalar(select(Person.created_at))
    assert kept == datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
    assert kept.tzinfo is UTC


async def test_a_moment_keeps_its_microseconds_and_no_moment_stays_none(database: Database) -> None:
    moment = datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    async with database.transaction() as db:
        db.add(Person(created_at=moment, confirmed_at=None))
    async with database.transaction() as db:
        assert (await db.execute(select(Person.created_at, Person.confirmed_at))).one() == (moment, None)


async def test_moments_are_compared_as_moments_and_not_as_texts(database: Database) -> None:
    early, late = datetime(2026, 5, 4, 23, 0, tzinfo=BISHKEK), datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
    assert early < late
    async with database.transaction() as db:
        db.add_all([Person(created_at=early), Person(created_at=late)])
    async with database.transaction() as db:
        assert (await db.scalars(select(Person.created_at).where(Person.created_at < late))).all() == [early]


async def test_a_moment_without_a_time_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="a moment needs a time zone"):
        async with database.transaction() as db:
            db.add(Person(created_at=datetime(2026, 5, 4, 12, 30)))  # noqa: DTZ001
    async with database.transaction() as db:
        assert (await db.scalars(select(Person))).all() == []


def test_an_instant_refuses_before_any_database_is_asked() -> None:
    dialects: tuple[Dialect, ...] = (sqlite.dialect(), postgresql.dialect())  # type: ignore[no-untyped-call]
    for dialect in dialects:
        with pytest.raises(ValueError, match="a moment needs a time zone"):
            Instant().process_bind_param(datetime(2026, 5, 4), dialect)  # noqa: DTZ001


async def test_a_word_of_a_closed_list_is_kept_as_that_word(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        db.add(Person(created_at=now, notify=Notify.AT_ONCE))
    async with database.transaction() as db:
        assert await db.scalar(text("SELECT notify FROM people")) == "at-once"
        assert await db.scalar(select(Person.notify)) is Notify.AT_ONCE


async def test_a_word_that_is_not_on_the_list_is_refused_by_the_database_itself(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as db:
        db.add(Person(created_at=now, notify=Notify.DAILY))
    with pytest.raises(IntegrityError):
        async with database.transaction() as db:
            await db.execute(text("UPDATE people SET notify = 'hourly'"))
    async with database.transaction() as db:
        assert await db.scalar(text("SELECT notify FROM people")) == "daily"


async def test_kyrgyz_letters_and_emoji_in_json_come_back(database: Database, now: datetime) -> None:
    said = {"ky": "Көпүрө 👨‍👩‍👧 бузулду", "сан": 5, "тизме": ["ө", None, True]}
    async with database.transaction() as db:
        await db.execute(insert(Entry).values(at=now, event="person.settled", details=said))
    async with database.transaction() as db:
        assert await db.scalar(select(Entry.details)) == said


async def test_what_belongs_to_nothing_is_refused(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        db.add(Person(created_at=now, municipality_id=999))
        with pytest.raises(IntegrityError):
            await db.flush()


async def test_two_municipalities_cannot_have_the_same_key(database: Database, home: Municipality) -> None:
    async with database.transaction() as db:
        db.add(Municipality(key=home.key, kind=home.kind, population=1, name_ky="Башка", name_ru="?", name_en="?"))
        with pytest.raises(IntegrityError):
            await db.flush()


async def test_a_day_is_a_day_and_not_a_moment(database: Database, home: Municipality) -> None:
    async with database.transaction() as db:
        days = (await db.execute(text("SELECT effective_on FROM issues"))).scalars().all()
    assert {str(day) for day in days} == {str(date(2021, 10, 20))}
