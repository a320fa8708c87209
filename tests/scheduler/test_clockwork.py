"""What happens by itself happens once, in a transaction of its own, and a job that fails does not stop the others."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from civic.jobs import AFTER_A_FAULT, LEASE, Standing, next_run_at, standing_of
from scheduler import clockwork as clockwork_module
from scheduler.clockwork import Clockwork
from scheduler.timetable import TIMETABLE, Job
from storage import inbox
from storage.database import Database, open_database
from storage.inbox import Arrival
from storage.jobs import JobRun, begin_run, end_run, job_runs, put_timetable
from storage.migrate import migrate
from tests.bot.process import ROOT, environment
from tests.conftest import POSTGRES

HOUR = timedelta(hours=1)


async def _arrived(database: Database, now: datetime) -> None:
    row = {"messenger": "telegram", "number": "1", "address": "101", "payload": "{}", "arrived_at": now}
    async with database.transaction() as db:
        await inbox.put(db, [row])
        (waiting,) = await inbox.waiting(db, limit=10)
        await inbox.settle(db, [{"row": waiting.id, "when": now, "screen": None, "done": now}])


async def _left(database: Database) -> int:
    async with database.transaction() as db:
        return await db.scalar(select(func.count()).select_from(Arrival)) or 0


def a_job(does: Callable[[AsyncSession, datetime], Awaitable[int]], every: timedelta = HOUR) -> Job:
    """A timetable of one line."""
    return Job("a-job", every, does, "to see what happens")


async def _nothing(_: AsyncSession, __: datetime) -> int:
    return 0


async def last_run(database: Database, key: str = "a-job") -> JobRun:
    """What is noted of its last run."""
    async with database.transaction() as db:
        return next(run for run in await job_runs(db) if run.name == key)


async def test_every_job_of_the_timetable_runs_and_finds_what_is_due(database: Database, now: datetime) -> None:
    await _arrived(database, now)
    later = now + timedelta(days=2)
    clockwork = Clockwork(database, lambda: later)
    assert (await clockwork.run_all(), await _left(database)) == (0, 1)
    later = now + timedelta(days=4)
    assert (await clockwork.run_all(), await _left(database)) == (1, 0)
    assert await clockwork.run_all() == 0, "a second run finds nothing to do"


async def test_how_a_run_went_is_noted_with_what_it_did(database: Database, now: datetime) -> None:
    await _arrived(database, now)
    clockwork = Clockwork(database, lambda: now + timedelta(days=4))
    await clockwork.run_all()
    async with database.transaction() as db:
        runs = {run.name: run for run in await job_runs(db)}
    assert runs.keys() == {job.key for job in TIMETABLE}
    emptied = runs["empty-inbox"]
    assert (emptied.did, emptied.fault, emptied.faults, emptied.held_by) == (1, "", 0, "")
    assert emptied.began_at == emptied.ended_at == now + timedelta(days=4)
    assert 0 <= emptied.took_ms < 10_000


async def test_a_job_that_fails_is_rolled_back_and_the_next_one_runs(database: Database, now: datetime) -> None:
    await _arrived(database, now)

    async def fails(db: AsyncSession, _: datetime) -> int:
        await db.execute(text("DELETE FROM inbox"))
        raise RuntimeError("Aigul, +996 700 000 101: half-way")

    clockwork = Clockwork(database, lambda: now + timedelta(days=4))
    assert await clockwork.run(a_job(fails)) == 0
    assert await _left(database) == 1
    assert await clockwork.run(TIMETABLE[0]) == 1


async def test_of_a_fault_its_kind_is_noted_how_often_in_a_row_and_no_word_of_it(
    database: Database, now: datetime
) -> None:
    faults = [RuntimeError("Aigul"), TimeoutError("+996 700 000 101"), None, KeyError("Bakyt")]

    async def does(_: AsyncSession, __: datetime) -> int:
        fault = faults.pop(0)
        if fault is not None:
            raise fault
        return 7

    clockwork, seen = Clockwork(database, lambda: now), []
    for _ in range(4):
        await clockwork.run(a_job(does))
        run = await last_run(database)
        seen.append((run.fault, run.faults, run.did))
        assert (run.began_at, run.ended_at, run.held_by, run.held_until) == (now, now, "", None)
    assert seen == [("RuntimeError", 1, 0), ("TimeoutError", 2, 0), ("", 0, 7), ("KeyError", 1, 0)]


def test_every_line_of_the_timetable_says_why_and_has_a_key_of_its_own() -> None:
    """That it has words in three languages is seen to by tests/words.py."""
    assert all(job.because and job.every > timedelta(0) for job in TIMETABLE)
    assert len({job.key for job in TIMETABLE}) == len(TIMETABLE)


# --- two at once ---


async def test_two_that_tick_at_the_same_time_run_a_job_once(database: Database, now: datetime) -> None:
    ran: list[str] = []

    def doing(who: str) -> Callable[[AsyncSession, datetime], Awaitable[int]]:
        async def does(_: AsyncSession, __: datetime) -> int:
            ran.append(who)
            await asyncio.sleep(0.01)
            return 1

        return does

    moment = now
    async with asyncio.timeout(30):
        crowd = [Clockwork(database, lambda: moment) for _ in range(4)]
        for _ in range(10):
            moment += HOUR
            jobs = [a_job(doing(f"{number}")) for number in range(4)]
            did = await asyncio.gather(*[one.tick(job) for one, job in zip(crowd, jobs, strict=True)])
            assert sorted(str(each) for each in did) == ["1", "None", "None", "None"]
    assert len(ran) == 10


async def test_who_is_told_to_run_it_does_not_run_it_beside_another(database: Database, now: datetime) -> None:
    """Even at somebody's wish there are never two at it."""
    inside, most = 0, 0

    async def does(_: AsyncSession, __: datetime) -> int:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.02)
        inside -= 1
        return 1

    first, second = Clockwork(database, lambda: now), Clockwork(database, lambda: now)
    did = await asyncio.gather(*[one.run(a_job(does)) for one in (first, second, first, second)])
    assert (most, 2 <= sum(did) <= 4) == (1, True)


async def test_what_a_dead_process_had_in_hand_is_free_when_its_lease_ends(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        await put_timetable(db, {"a-job": HOUR})
        assert await begin_run(db, "a-job", "dead", now)
    moment = now + LEASE - timedelta(seconds=1)
    clockwork, job = Clockwork(database, lambda: moment), a_job(_nothing)
    assert await clockwork.tick(job) is None
    run = await last_run(database)
    assert (standing_of(run, moment), next_run_at(run, moment)) == (Standing.RUNS, now + LEASE)
    moment = now + LEASE
    assert standing_of(run, moment) is Standing.BROKEN_OFF
    assert await clockwork.tick(job) == 0
    assert standing_of(await last_run(database), moment) is Standing.WELL


async def test_who_was_away_for_longer_than_the_lease_keeps_nothing_of_what_they_did(
    database: Database, now: datetime
) -> None:
    """The machine slept in the middle of a job; another one has done it meanwhile."""
    if database.is_sqlite:
        pytest.skip("on SQLite there is one process and one transaction at a time")
    await _arrived(database, now)
    moment = now + timedelta(days=4)

    async def sleeps(db: AsyncSession, _: datetime) -> int:
        nonlocal moment
        await db.execute(text("DELETE FROM inbox"))
        moment += LEASE
        async with database.transaction() as other:
            assert await begin_run(other, "a-job", "another", moment)
            assert await end_run(other, "a-job", "another", moment, took_ms=5, did=3)
        return 1

    assert await Clockwork(database, lambda: moment).run(a_job(sleeps)) == 0
    assert await _left(database) == 1
    assert (await last_run(database)).did == 3


async def test_a_long_job_prolongs_its_lease(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.is_sqlite:
        pytest.skip("on SQLite there is one process and one transaction at a time")
    monkeypatch.setattr(clockwork_module, "PROLONGED_EVERY", timedelta(milliseconds=20))
    moment = now

    def clock() -> datetime:
        return moment

    async def long(_: AsyncSession, __: datetime) -> int:
        nonlocal moment
        for _again in range(4):
            moment += LEASE - timedelta(seconds=1)
            await asyncio.sleep(0.2)
            assert await Clockwork(database, clock).run(a_job(_nothing)) == 0
            run = await last_run(database)
            assert run.held_until is not None
            assert run.held_until > moment + timedelta(seconds=1)
        return 9

    assert await Clockwork(database, clock).run(a_job(long)) == 9


@pytest.mark.skipif(not POSTGRES, reason="TEST_POSTGRES_URL is not set")
async def test_a_process_killed_in_the_middle_of_a_job_frees_it(database: Database) -> None:
    """The proof with `kill -9`: nothing of what it did is kept, and when the lease ends another one does it."""
    if database.is_sqlite:
        pytest.skip("on SQLite there is one process")
    url = database.engine.url.render_as_string(hide_password=False)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.scheduler.sleeper", url),
        cwd=ROOT,
        env=environment(ROOT),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        assert await process.stdout.readline() == b"at it\n"
    began = datetime.now(UTC)
    clockwork, job = Clockwork(database, lambda: datetime.now(UTC)), a_job(_nothing)
    assert await clockwork.tick(job) is None, "the other one is at it"
    os.kill(process.pid, signal.SIGKILL)
    await process.communicate()
    assert await clockwork.tick(job) is None, "nobody knows yet that it is dead"
    late = Clockwork(database, lambda: began + LEASE)
    async with asyncio.timeout(30):  # until PostgreSQL has noticed that its connection is gone
        assert await late.tick(job) == 0
    assert (await last_run(database)).did == 0


# --- the timetable goes on ---


async def _noted(database: Database, ended: datetime) -> JobRun:
    """The run that ended at that moment, once it is noted."""
    async with asyncio.timeout(10):
        while (run := await last_run(database)).ended_at != ended:
            await asyncio.sleep(0.01)
    return run


async def _starts(database: Database, now: datetime, *jobs: Job) -> dict[str, timedelta]:
    """In how long each job runs after a start."""
    clockwork = Clockwork(database, lambda: now, jobs)
    started = datetime.now().astimezone()
    await clockwork.start()
    waits = {key: at - started for key, at in clockwork.when_next().items()}
    await clockwork.stop()
    return waits


async def test_after_three_days_without_the_bot_everything_is_made_up_for_at_once(
    database: Database, now: datetime
) -> None:
    ran: list[datetime] = []

    async def does(_: AsyncSession, at: datetime) -> int:
        ran.append(at)
        return 1

    await Clockwork(database, lambda: now).run(a_job(does, timedelta(days=1)))
    later = now + timedelta(days=3)
    clockwork = Clockwork(database, lambda: later, [a_job(does, timedelta(days=1))])
    await clockwork.start()
    run = await _noted(database, later)
    await clockwork.stop()
    assert ran == [now, later]
    assert next_run_at(run, later) == later + timedelta(days=1)


async def test_a_start_counts_from_the_last_run_and_not_from_itself(database: Database, now: datetime) -> None:
    """A bot that is started anew every morning does what happens once a day, and that once."""
    job = a_job(_nothing, timedelta(days=1))
    await Clockwork(database, lambda: now).run(job)
    for hours, waits in ((1, 23), (20, 4), (30, 0)):
        found = (await _starts(database, now + timedelta(hours=hours), job))["a-job"]
        assert abs(found - timedelta(hours=waits)) < timedelta(seconds=30)


async def test_after_a_fault_it_is_tried_again_before_the_day_is_over(database: Database, now: datetime) -> None:
    async def fails(_: AsyncSession, __: datetime) -> int:
        raise RuntimeError

    clockwork = Clockwork(database, lambda: now, [a_job(fails, timedelta(days=1))])
    started = datetime.now().astimezone()
    await clockwork.start()
    async with asyncio.timeout(10):
        while abs(clockwork.when_next()["a-job"] - started - AFTER_A_FAULT) > timedelta(seconds=30):
            await asyncio.sleep(0.01)
    await clockwork.stop()
    assert (await last_run(database)).faults == 1


async def test_when_the_machines_clock_goes_back_nothing_waits_for_the_day_to_come_again(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ran «tomorrow», and what was planned for the day after, runs now."""
    monkeypatch.setattr(clockwork_module, "CLOCK_CHECKED_EVERY", 0.02)
    moment, ahead = now + timedelta(days=1), 5_000_000.0
    ran: list[datetime] = []

    async def does(_: AsyncSession, at: datetime) -> int:
        ran.append(at)
        return 1

    clockwork = Clockwork(database, lambda: moment, [a_job(does)], ahead=lambda: ahead)
    await clockwork.start()
    await _noted(database, moment)
    ahead -= 59  # set right, as it happens every day
    await asyncio.sleep(0.1)
    assert len(ran) == 1
    moment, ahead = now, ahead - 86_400
    await _noted(database, moment)
    await clockwork.stop()
    assert ran == [now + timedelta(days=1), now]


async def test_what_was_held_tomorrow_is_free_when_the_clock_went_back(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        assert await begin_run(db, "a-job", "dead", now + timedelta(days=1))
    assert await Clockwork(database, lambda: now).tick(a_job(_nothing)) == 0


async def test_a_stop_in_the_middle_gives_the_job_back_and_the_next_start_does_it(
    database: Database, now: datetime
) -> None:
    at_it = asyncio.Event()

    async def long(db: AsyncSession, _: datetime) -> int:
        await db.execute(text("DELETE FROM inbox"))
        at_it.set()
        await asyncio.sleep(60)
        return 1

    await _arrived(database, now)
    clockwork = Clockwork(database, lambda: now, [a_job(long)])
    await clockwork.start()
    async with asyncio.timeout(10):
        await at_it.wait()
        await clockwork.stop()
    assert await _left(database) == 1
    run = await last_run(database)
    assert (run.held_by, run.held_until, run.ended_at) == ("", None, None)
    assert (await _starts(database, now, a_job(_nothing)))["a-job"] < timedelta(seconds=30)


async def test_a_stop_at_any_moment_leaves_nothing_under_way(tmp_path: Path, now: datetime) -> None:
    """What went on after the stop would write into a database that is being closed."""

    async def fails(_: AsyncSession, __: datetime) -> int:
        raise RuntimeError

    database = open_database(f"sqlite:///{tmp_path}/a.db")  # breaking off a statement ends its connection
    await migrate(database)
    before = asyncio.all_tasks()
    for late in range(40):  # before the job begins, while it runs, while it is planned anew
        clockwork = Clockwork(database, lambda: now + timedelta(days=late), [a_job(fails)])  # noqa: B023
        await clockwork.start()
        await asyncio.sleep(late / 2_000)
        await clockwork.stop()
        assert asyncio.all_tasks() == before, late
    await database.close()


async def test_what_left_the_timetable_leaves_the_list_and_the_others_keep_what_is_known(
    database: Database, now: datetime
) -> None:
    await Clockwork(database, lambda: now).run(a_job(_nothing))
    async with database.transaction() as db:
        await put_timetable(db, {"a-job": 2 * HOUR, "another": HOUR})
        await db.execute(update(JobRun).where(JobRun.name == "another").values(did=5))
        await put_timetable(db, {"another": HOUR, "third": HOUR})
    async with database.transaction() as db:
        assert [(run.name, run.every, run.did) for run in await job_runs(db)] == [
            ("another", 3600, 5),
            ("third", 3600, 0),
        ]


async def test_without_ticks_the_timetable_is_put_up_and_only_wound_by_hand(database: Database, now: datetime) -> None:
    clockwork = Clockwork(database, lambda: now, [a_job(_nothing)])
    await clockwork.start(ticks=False)
    assert clockwork.when_next() == {}
    run = await last_run(database)
    assert (run.began_at, run.every, standing_of(run, now)) == (None, 3600, Standing.NEVER)
    await clockwork.stop()


async def test_two_databases_opened_on_one_server_are_kept_apart_by_the_claim_alone(
    database: Database, now: datetime
) -> None:
    """As two processes have it: each with connections of its own, ticking as fast as they can."""
    if database.is_sqlite:
        pytest.skip("a second process is refused by the lock beside the file")
    inside, most, moment = 0, 0, now

    def clock() -> datetime:
        return moment

    async def does(_: AsyncSession, __: datetime) -> int:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.002)
        inside -= 1
        return 1

    other = open_database(database.engine.url.render_as_string(hide_password=False))
    try:
        did = 0
        for _ in range(25):
            moment += HOUR
            pair = [Clockwork(each, clock) for each in (database, other)]
            did += sum([each or 0 for each in await asyncio.gather(*[one.tick(a_job(does)) for one in pair])])
    finally:
        await other.close()
    assert (did, most) == (25, 1)
