"""Do digests tell everybody with news once, at the municipality's hour, and nobody else?"""

import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import digests, outbox
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Held, Letter
from storage.people import Person
from tests.cast import a_resident

FRIDAY = datetime.fromisoformat("2026-05-08T10:00:00+00:00")  # four in the afternoon in Bishkek


async def kept(db: AsyncSession, home: Municipality, person: Person, how: Held, once: str, now: datetime) -> None:
    """News that the person wants in a digest."""
    await outbox.post(db, [person], "petition-milestone", once=once, municipality=home.id, now=now, petition=1)
    await db.execute(update(Letter).where(Letter.once == f"{once}:{person.id}").values(held=how))


async def digests_of(db: AsyncSession) -> list[tuple[int | None, dict[str, object]]]:
    """Whom digests were posted to, with what is said in them."""
    query = select(Letter.person_id, Letter.arguments).where(Letter.key == "digest").order_by(Letter.id)
    return [(row[0], row[1]) for row in (await db.execute(query)).all()]


async def test_at_the_hour_everybody_with_news_gets_one_digest(database: Database, home: Municipality) -> None:
    async with database.transaction() as db:
        daily, weekly, nothing = [await a_resident(db, home, FRIDAY, address=str(n)) for n in (201, 202, 203)]
        for news in ("a", "b"):
            await kept(db, home, daily, Held.DAILY, news, FRIDAY)
        await kept(db, home, weekly, Held.WEEKLY, "c", FRIDAY)
        assert await digests.send_digests(db, FRIDAY) == 0  # it is four, and they come at six
        evening = FRIDAY + timedelta(hours=2)
        assert await digests.send_digests(db, evening) == 2
        newest = {
            how: max(a.id for a in (await db.scalars(select(Letter).where(Letter.held == how))))
            for how in Held
            if how in (Held.DAILY, Held.WEEKLY)
        }
        assert await digests_of(db) == [
            (daily.id, {"how": "daily", "until": newest[Held.DAILY]}),
            (weekly.id, {"how": "weekly", "until": newest[Held.WEEKLY]}),
        ]
        assert await digests.send_digests(db, evening + timedelta(minutes=5)) == 0
        assert nothing.id not in {person for person, _ in await digests_of(db)}


async def test_a_week_is_told_on_friday_and_a_missed_day_by_the_next(database: Database, home: Municipality) -> None:
    thursday = FRIDAY - timedelta(days=1) + timedelta(hours=3)
    async with database.transaction() as db:
        person = await a_resident(db, home, thursday)
        await kept(db, home, person, Held.WEEKLY, "a", thursday)
        await kept(db, home, person, Held.DAILY, "b", thursday - timedelta(days=3))
        assert await digests.send_digests(db, thursday) == 1  # the bot was off for days
        assert (
            await digests.send_digests(db, FRIDAY + timedelta(hours=2)) == 2
        )  # the week, and the day again: not told yet


async def test_a_friday_that_was_missed_is_made_up_for_on_saturday_once(database: Database, home: Municipality) -> None:
    saturday = FRIDAY + timedelta(hours=17)  # nine in the morning, and the bot was off all Friday evening
    async with database.transaction() as db:
        person = await a_resident(db, home, FRIDAY)
        await kept(db, home, person, Held.WEEKLY, "before", FRIDAY)
        await kept(db, home, person, Held.WEEKLY, "after", FRIDAY + timedelta(hours=3))
        before = await db.scalar(select(Letter.id).where(Letter.once.like("before%")))
        assert await digests.send_digests(db, saturday) == 1
        assert await digests_of(db) == [(person.id, {"how": "weekly", "until": before})]
        for hours in (1, 10, 24, 72):
            assert await digests.send_digests(db, saturday + timedelta(hours=hours)) == 0
        assert await digests.send_digests(db, FRIDAY + timedelta(days=7, hours=2)) == 1


async def many(db: AsyncSession, home: Municipality, residents: int, with_news: int) -> None:
    """So many residents who want a digest, some of whom have three pieces of news."""
    people = [{"id": 10_000 + n, "created_at": FRIDAY, "municipality_id": home.id} for n in range(residents)]
    await db.execute(insert(Person), people)
    letters = [
        {
            "once": f"{what}:{10_000 + n}",
            "municipality_id": home.id,
            "person_id": 10_000 + n,
            "key": "petition-milestone",
            "arguments": {"petition": 1, "per_cent": 50},
            "posted_at": FRIDAY,
            "not_before": FRIDAY,
            "tries": 0,
            "held": Held.DAILY,
        }
        for what in "abc"
        for n in range(with_news)
    ]
    await db.execute(insert(Letter), letters)


async def built(database: Database, home: Municipality, residents: int) -> float:
    """How many seconds it takes to post the digests of so many residents, a half of whom have news."""
    async with database.transaction() as db:
        await many(db, home, residents, residents // 2)
    began = time.monotonic()
    async with database.transaction() as db:
        assert await digests.send_digests(db, FRIDAY + timedelta(hours=2)) == residents // 2
    return time.monotonic() - began


async def test_a_small_town_is_told_in_a_moment(database: Database, home: Municipality) -> None:
    assert await built(database, home, 3_000) < 3.6


@pytest.mark.slow
async def test_fifty_thousand_residents_are_told_within_a_minute(database: Database, home: Municipality) -> None:
    assert await built(database, home, 50_000) < 60
