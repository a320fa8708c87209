"""Who winds the timetable? APScheduler as the clock only: what ran and when stands in the database, where every process
finds it, and each job finds out by itself what is due."""

import asyncio
import contextlib
import logging
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from civic.jobs import PROLONGED_EVERY, next_run_at
from scheduler.timetable import TIMETABLE, Job
from storage.database import Database
from storage.jobs import begin_run, end_run, give_back_run, job_runs, prolong_run, put_timetable

CLOCK_CHECKED_EVERY = 30  # seconds
WENT_BACK = 60  # seconds: less than that the machine's clock is set right all the time
_log = logging.getLogger(__name__)


def how_far_ahead() -> float:
    """How many seconds the time of day is ahead of the clock that nobody can set."""
    return time.time() - time.monotonic()


class _LostHold(Exception):
    """Another process has taken the job: ours was away for longer than its lease."""


class Clockwork:
    """Runs the jobs of the timetable, each in a transaction of its own, in which it is noted how it went as well."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        timetable: Sequence[Job] = TIMETABLE,
        *,
        ahead: Callable[[], float] = how_far_ahead,
    ) -> None:
        self._database, self._now, self._timetable, self._ahead = database, now, timetable, ahead
        self._me = secrets.token_hex(8)
        self._one_at_a_time = defaultdict[str, asyncio.Lock](asyncio.Lock)
        self._running: set[asyncio.Task[object]] = set()
        self._minding: asyncio.Task[None] | None = None
        # by default APScheduler drops a job that is a second late
        self._scheduler = AsyncIOScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True})

    async def run(self, job: Job) -> int:
        """Runs one job now, unless another process is at it; returns how much it did. A fault is logged and noted, and
        the next run heals it."""
        with self._under_way():
            return await self._alone(job) or 0

    async def tick(self, job: Job) -> int | None:
        """It is this job's time: it runs, unless another process has run it lately. When it did not run well here
        (None), its next time is found out from what is noted."""
        with self._under_way():
            did = await self._alone(job, unless_since=job.every / 2)
            if did is None and self._scheduler.running:
                # the database does not answer: then in its rhythm; or the bot is being stopped
                with contextlib.suppress(Exception, asyncio.CancelledError):
                    await self.plan(job)
            return did

    async def run_all(self) -> int:
        """Runs every job now: what is due is found out by each; returns how much they did."""
        return sum([await self.run(job) for job in self._timetable])

    async def start(self, *, ticks: bool = True) -> None:
        """Runs every job in its rhythm until `stop`, counted from its last run, whenever and by whom that was: what was
        missed runs at once. Without `ticks` the timetable is only put up, and wound by hand."""
        async with self._database.transaction() as db:
            await put_timetable(db, {job.key: job.every for job in self._timetable})
        if not ticks:
            return
        for job in self._timetable:
            self._scheduler.add_job(
                self.tick,
                "interval",
                id=job.key,
                args=[job],
                seconds=job.every.total_seconds(),
                next_run_time=datetime.now().astimezone(),
            )
        await self.plan()
        self._scheduler.start()
        self._minding = asyncio.create_task(self._mind_the_clock(), name="clock")

    async def stop(self) -> None:
        """No more jobs; one that is under way is broken off and rolled back before this returns."""
        if self._minding is not None:
            self._minding.cancel()
            await asyncio.wait([self._minding])
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # only then APScheduler does it, and breaks off what it had begun
        if self._running:
            await asyncio.wait(set(self._running))

    async def plan(self, *jobs: Job) -> None:
        """Counts anew when they run next, all of them if none is named."""
        now = self._now()
        async with self._database.transaction() as db:
            known = {run.name: run for run in await job_runs(db)}
        for job in jobs or self._timetable:
            if job.key in known:
                wait = max(timedelta(0), next_run_at(known[job.key], now) - now)
                self._scheduler.modify_job(job.key, next_run_time=datetime.now().astimezone() + wait)

    def when_next(self) -> dict[str, datetime]:
        """By the machine's clock, when each job runs next."""
        return {job.id: job.next_run_time for job in self._scheduler.get_jobs()}

    # --- one run ---

    async def _alone(self, job: Job, *, unless_since: timedelta | None = None) -> int | None:
        """How much it did; None when it did not run, or not well."""
        try:
            async with self._one_at_a_time[job.key]:
                return await self._run(job, unless_since)
        except asyncio.CancelledError:
            return None  # the bot is being stopped; what is due is done after the next start
        except Exception:  # noqa: BLE001  one job's fault must not stop the others
            _log.exception("job «%s» cannot be run", job.key)
            return None

    @contextlib.contextmanager
    def _under_way(self) -> Iterator[None]:
        """A stop waits for this task to its end, with the planning that may follow its job."""
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            yield
        finally:
            self._running.discard(task)

    async def _run(self, job: Job, unless_since: timedelta | None) -> int | None:
        now, began, over = self._now(), time.monotonic(), asyncio.Event()
        since = None if unless_since is None else now - unless_since
        alone = self._database.is_sqlite  # one process, one transaction at a time: taking in hand and doing are one
        if not alone:
            async with self._database.transaction() as db:
                if not await begin_run(db, job.key, self._me, now, unless_since=since):
                    return None
        holds = asyncio.create_task(self._hold(job, over))
        try:
            async with self._database.transaction() as db:
                if alone and not await begin_run(db, job.key, self._me, now, unless_since=since):
                    return None
                did = await job.does(db, now)
                if not await end_run(db, job.key, self._me, self._now(), took_ms=_ms(began), did=did):
                    raise _LostHold
        except asyncio.CancelledError:
            if not alone:
                await self._give_back(job)
            raise
        except _LostHold:
            _log.warning("job «%s»: another process has taken it, what was done here is rolled back", job.key)
            return None
        except Exception as fault:  # noqa: BLE001  one job's fault must not stop the others
            _log.exception("job «%s» failed", job.key)
            async with self._database.transaction() as db:
                if await begin_run(db, job.key, self._me, now):
                    kind = type(fault).__name__
                    await end_run(db, job.key, self._me, self._now(), took_ms=_ms(began), fault=kind)
            return None
        finally:
            over.set()
            await asyncio.wait([holds])
        if did:
            _log.info("job «%s»: %d", job.key, did)
        return did

    async def _hold(self, job: Job, over: asyncio.Event) -> None:
        """Prolongs the lease while the job runs; on SQLite there is none."""
        while not self._database.is_sqlite:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PROLONGED_EVERY.total_seconds()):
                    await over.wait()
            if over.is_set():
                return
            try:
                async with self._database.transaction() as db:
                    await prolong_run(db, job.key, self._me, self._now())
            except Exception as fault:  # noqa: BLE001  the next attempt comes before the lease ends
                _log.warning("job «%s»: its lease cannot be prolonged (%s)", job.key, type(fault).__name__)

    async def _give_back(self, job: Job) -> None:
        with contextlib.suppress(Exception):  # then the lease ends by itself
            async with self._database.transaction() as db:
                await give_back_run(db, job.key, self._me)

    # --- the machine's clock ---

    async def _mind_the_clock(self) -> None:
        """APScheduler waits for a time of day: when the machine's clock goes back by a day, nothing would happen for a
        day."""
        was = self._ahead()
        while True:
            await asyncio.sleep(CLOCK_CHECKED_EVERY)
            with contextlib.suppress(Exception):  # the database does not answer: looked at again
                if (ahead := self._ahead()) < was - WENT_BACK:
                    _log.warning("the machine's clock went back by %d s: the timetable is planned anew", was - ahead)
                    await self.plan()
                was = ahead


def _ms(began: float) -> int:
    return round((time.monotonic() - began) * 1_000)
