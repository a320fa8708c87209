"""When does a job run next, and how does it stand?"""

from datetime import datetime, timedelta

import pytest

from civic.jobs import AFTER_A_FAULT, LEASE, Fault, Standing, fault_of, is_held, next_run_at, standing_of
from storage.jobs import JobRun
from tests.conftest import NOW

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def a_run(began: datetime | None, *, ended: datetime | None = None, every: timedelta = HOUR, **more: object) -> JobRun:
    """The last run of a job, over at once unless it is said otherwise."""
    run = JobRun(name="send-digests", began_at=began, ended_at=ended, every=int(every.total_seconds()))
    run.fault, run.held_until = "", None
    for name, value in more.items():
        setattr(run, name, value)
    return run


@pytest.mark.parametrize(
    ("run", "standing", "next_at"),
    [
        (a_run(None), Standing.NEVER, NOW),
        (a_run(NOW - MINUTE, ended=NOW - MINUTE), Standing.WELL, NOW + 59 * MINUTE),
        # the bot was off for a while, and for three days: it is due since then
        (a_run(NOW - 90 * MINUTE, ended=NOW - 90 * MINUTE), Standing.WELL, NOW - 30 * MINUTE),
        (a_run(NOW - 3 * DAY, ended=NOW - 3 * DAY), Standing.LATE, NOW - 3 * DAY + HOUR),
        # it is under way; its process died, but nobody knows it yet; now it is known
        (a_run(NOW - MINUTE, held_until=NOW + MINUTE), Standing.RUNS, NOW + MINUTE),
        (a_run(NOW - 9 * MINUTE, held_until=NOW), Standing.BROKEN_OFF, NOW),
        (a_run(NOW - 9 * MINUTE, ended=NOW - HOUR, held_until=None), Standing.BROKEN_OFF, NOW),
        # after a fault it does not wait for a day, and what runs every minute is not slowed down
        (a_run(NOW, ended=NOW, every=DAY, fault="KeyError"), Standing.FAILED, NOW + AFTER_A_FAULT),
        (a_run(NOW, ended=NOW, every=MINUTE, fault="KeyError"), Standing.FAILED, NOW + MINUTE),
        # the clock went back by a day: what ran «tomorrow» is due, what is held until «tomorrow» is free
        (a_run(NOW + DAY, ended=NOW + DAY), Standing.WELL, NOW),
        (a_run(NOW + DAY, held_until=NOW + DAY), Standing.BROKEN_OFF, NOW),
    ],
)
def test_how_a_job_stands_and_when_it_runs_next(run: JobRun, standing: Standing, next_at: datetime) -> None:
    assert (standing_of(run, NOW), next_run_at(run, NOW)) == (standing, next_at)


def test_what_runs_often_is_called_late_only_after_a_quarter_of_an_hour() -> None:
    """A job of ten seconds that waited for a large back-up is no news for anybody."""
    run = a_run(NOW, ended=NOW, every=timedelta(seconds=10))
    assert standing_of(run, NOW + 14 * MINUTE) is Standing.WELL
    assert standing_of(run, NOW + 16 * MINUTE) is Standing.LATE


def test_a_lease_binds_until_it_ends_and_not_when_it_comes_from_a_time_that_has_not_come() -> None:
    assert is_held(NOW + LEASE, NOW)
    assert is_held(NOW + LEASE + MINUTE, NOW), "another machine's clock may be a minute ahead"
    assert not is_held(NOW, NOW)
    assert not is_held(NOW + 3 * LEASE, NOW)
    assert not is_held(None, NOW)


def test_a_fault_is_told_by_its_kind() -> None:
    kinds = ("OperationalError", "TimeoutError", "KeyError")
    assert [fault_of(kind) for kind in kinds] == [Fault.DATABASE, Fault.TIME, Fault.PROGRAM]
