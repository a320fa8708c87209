"""Does a quick poll end once when several end it at once, and does whoever asked learn how it ended in any case?"""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import opinions, publications
from civic.opinions import Tally
from civic.people import Role
from civic.refusals import Refused
from storage.database import Database
from storage.municipalities import Municipality
from storage.opinions import OpinionPoll, posts_of
from storage.outbox import Letter
from storage.people import Appointment, Messenger, Person, person_with_all
from tests.actions.test_opinions import CLERK, asked, letters


async def asked_by_staff(db: AsyncSession, home: Municipality, now: datetime, *addresses: str) -> OpinionPoll:
    """As `asked`, by somebody who holds the role, and so is told."""
    poll, clerk = await asked(db, home, now, *addresses)
    db.add(
        Appointment(person_id=clerk.id, municipality_id=home.id, role=Role.CLERK, granted_at=now, granted_by=clerk.id)
    )
    for post, _ in await posts_of(db, poll.id):
        await opinions.stands(db, post.id, str(post.id))
    return poll


async def told(database: Database, key: str = "opinion-done") -> int:
    """How many letters of that key there are."""
    async with database.transaction() as db:
        return (await letters(db)).count(key)


async def the_clerk(db: AsyncSession, poll: OpinionPoll) -> Person:
    """Whoever asked."""
    person = await person_with_all(db, poll.asked_by or 0)
    assert person is not None
    return person


async def test_two_postmen_who_count_the_last_two_places_at_once_tell_whoever_asked_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        poll = await asked_by_staff(db, home, now, "-7", "-8")
        await opinions.close_due(db, poll.closes_at)
        numbers = [post.id for post, _ in await posts_of(db, poll.id)]
    both = asyncio.Barrier(2 if not database.is_sqlite else 1)  # SQLite lets one write after the other anyway

    async def count(number: int) -> None:
        async with database.transaction() as db:
            await db.scalar(select(Letter.id).limit(1))
            await both.wait()
            await opinions.counted(db, number, Tally((1, 2), 3), now)
            await asyncio.sleep(0.05)

    await asyncio.gather(*map(count, numbers))
    assert await told(database) == 1
    assert await told(database, "opinion-result") == 2


async def test_two_who_note_the_same_place_at_once_post_its_result_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        poll = await asked_by_staff(db, home, now, "-7")
        await opinions.close_due(db, poll.closes_at)
        [(post, _)] = await posts_of(db, poll.id)

    async def count(votes: int) -> None:
        async with database.transaction() as db:
            await opinions.counted(db, post.id, Tally((votes, 0), votes), now)

    await asyncio.gather(count(1), count(2))
    assert (await told(database), await told(database, "opinion-result")) == (1, 1)


async def test_staff_and_the_timetable_close_it_at_once_and_it_is_counted_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        poll = await asked_by_staff(db, home, now, "-7")
        clerk = await the_clerk(db, poll)

    async def by_staff() -> bool:
        async with database.transaction() as db:
            try:
                await opinions.close(db, poll.id, clerk, CLERK, now)
            except Refused:
                return False
            return True

    async def by_time() -> bool:
        async with database.transaction() as db:
            return bool(await opinions.close_due(db, now + timedelta(days=4)))

    ended = await asyncio.gather(by_staff(), by_time(), by_staff())
    assert ended.count(True) == 1
    assert await told(database, "opinion-count") == 1


async def test_whoever_asked_is_told_even_when_every_place_was_lost_before_the_end(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        poll = await asked_by_staff(db, home, now, "-7", "-8")
        for post, _ in await posts_of(db, poll.id):
            await opinions.lost(db, post.id, now)
        assert "opinion-done" not in await letters(db), "it still runs; its screen says that it stands nowhere"
        await opinions.close_due(db, poll.closes_at)
    assert await told(database) == 1


async def test_what_stood_in_a_group_that_became_a_supergroup_is_not_looked_for_there(
    database: Database, home: Municipality, now: datetime
) -> None:
    """The messages have other numbers there: one of them may be another poll."""
    async with database.transaction() as db:
        poll = await asked_by_staff(db, home, now, "-7", "-8")
        await publications.moved(db, Messenger.TELEGRAM, "-7", "-1007", now)
        assert [post.settled_at for post, _ in await posts_of(db, poll.id)] == [now, None]
        await opinions.close_due(db, poll.closes_at)
        assert (await letters(db)).count("opinion-count") == 1
