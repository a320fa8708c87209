"""A process that takes a job in hand and does not come to an end with it: `python -m tests.scheduler.sleeper URL`."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from scheduler.clockwork import Clockwork
from scheduler.timetable import Job
from storage.database import open_database


async def _sleeps(_: AsyncSession, __: datetime) -> int:
    sys.stdout.write("at it\n")
    sys.stdout.flush()
    await asyncio.sleep(60)
    return 1


if __name__ == "__main__":
    job = Job("a-job", timedelta(hours=1), _sleeps, "to be killed")
    asyncio.run(Clockwork(open_database(sys.argv[1]), lambda: datetime.now(UTC)).run(job))
