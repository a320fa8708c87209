"""What happens by itself happens in a transaction of its own, and a job that fails does not stop the others."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from scheduler.clockwork import Clockwork
from scheduler.timetable import TIMETABLE, Job
from storage import inbox
from storage.database import Database
from storage.inbox import Arrival


async def _arrived(database: Database, now: datetime) -> None:
    row = {"messenger": "telegram", "number": "1", "address": "101", "payload": "{}", "arrived_at": now}
    async with database.transaction() as db:
        await inbox.put(db, [row])
        (waiting,) = await inbox.waiting(db, limit=10)
        await inbox.settle(db, [{"row": waiting.id, "when": now, "screen": None, "done": now}])


async def _left(database: Database) -> int:
    async with database.transaction() as db:
        return await db.scalar(select(func.count()).select_from(Arrival)) or 0


async def test_every_job_of_the_timetable_runs_and_finds_what_is_due(database: Database, now: datetime) -> None:
    await _arrived(database, now)
    later = now + timedelta(days=2)
    clockwork = Clockwork(database, lambda: later)
    assert (await clockwork.run_all(), await _left(database)) == (0, 1)
    later = now + timedelta(days=4)
    assert (await clockwork.run_all(), await _left(database)) == (1, 0)
    assert await clockwork.run_all() == 0, "a second run finds nothing to do"


async def test_a_job_that_fails_is_rolled_back_and_the_next_one_runs(database: Database, now: datetime) -> None:
    await _arrived(database, now)

    async def fails(db: AsyncSession, _: datetime) -> int:
        await db.execute(text("DELETE FROM inbox"))
        raise RuntimeError("half-way")

    clockwork = Clockwork(database, lambda: now + timedelta(days=4))
    assert await clockwork.run(Job("fails", timedelta(hours=1), fails, "to see what happens")) == 0
    assert await _left(database) == 1
    assert await clockwork.run(TIMETABLE[0]) == 1


def test_every_line_of_the_timetable_says_why() -> None:
    assert all(job.name and job.because and job.every > timedelta(0) for job in TIMETABLE)
