"""Who winds the timetable? APScheduler as the clock only: it keeps nothing, every job finds out what is due."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.timetable import TIMETABLE, Job
from storage.database import Database

_log = logging.getLogger(__name__)


class Clockwork:
    """Runs the jobs of the timetable, each in a transaction of its own."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now
        self._running: set[asyncio.Task[object]] = set()
        # by default APScheduler drops a job that is a second late
        self._scheduler = AsyncIOScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True})

    async def run(self, job: Job) -> int:
        """Runs one job now; returns how much it did. A fault is logged, and the next run heals it."""
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            async with self._database.transaction() as db:
                did = await job.does(db, self._now())
        except asyncio.CancelledError:
            return 0  # the bot is being stopped; what is due is done after the next start
        except Exception:  # noqa: BLE001  one job's fault must not stop the others
            _log.exception("job «%s» failed", job.name)
            return 0
        finally:
            self._running.discard(task)
        if did:
            _log.info("job «%s»: %d", job.name, did)
        return did

    async def run_all(self) -> int:
        """Runs every job now: what is due is found out by each; returns how much they did."""
        return sum([await self.run(job) for job in TIMETABLE])

    def start(self) -> None:
        """Runs every job now and then in its rhythm, until `stop`."""
        for job in TIMETABLE:
            self._scheduler.add_job(
                self.run,
                "interval",
                args=[job],
                seconds=job.every.total_seconds(),
                next_run_time=datetime.now().astimezone(),
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """No more jobs; one that is under way is broken off and rolled back before this returns."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._running:
            await asyncio.wait(set(self._running))
