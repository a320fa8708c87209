"""How does a job of the timetable stand, when does it run next, and for how long does a run belong to one process?

A run is held by a lease of two minutes that its process prolongs while it works, however long that takes. A process
that died prolongs nothing, so its job is free two minutes later at most."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.jobs import JobRun

LEASE = timedelta(minutes=2)
PROLONGED_EVERY = LEASE / 4
AFTER_A_FAULT = timedelta(minutes=15)  # until it is tried again, unless its rhythm is quicker


class Standing(StrEnum):
    """How a job stands."""

    NEVER = "never"  # it has not run yet
    RUNS = "runs"
    WELL = "well"
    FAILED = "failed"
    BROKEN_OFF = "broken-off"  # its process ended in the middle, and nothing of what it did was kept
    LATE = "late"  # it is long overdue: the bot was off, or its clock stands still


class Fault(StrEnum):
    """What kind of thing went wrong, for whoever reads it in chat."""

    DATABASE = "database"
    TIME = "time"  # something took too long
    PROGRAM = "program"


_OF_THE_DATABASE = {
    "DBAPIError",
    "DataError",
    "DatabaseError",
    "IntegrityError",
    "InterfaceError",
    "InternalError",
    "NotSupportedError",
    "OperationalError",
    "ProgrammingError",
    "ResourceClosedError",
}


def fault_of(kind: str) -> Fault:
    """What the name of an exception means."""
    if kind in _OF_THE_DATABASE:
        return Fault.DATABASE
    return Fault.TIME if kind == "TimeoutError" else Fault.PROGRAM


def is_held(held_until: datetime | None, now: datetime) -> bool:
    """Whether the run belongs to a process. A lease that ends much later than one that begins now was written before
    the machine's clock went back, and binds nobody."""
    return held_until is not None and now < held_until <= now + 2 * LEASE


def _was_broken_off(run: "JobRun") -> bool:
    return run.began_at is not None and (run.ended_at is None or run.ended_at < run.began_at)


def next_run_at(run: "JobRun", now: datetime) -> datetime:
    """When it runs next; not later than now for what was missed. What never ran, was broken off, or began in a time
    that has not come (the clock went back) runs at once; after a fault it does not wait for a rhythm of hours."""
    if is_held(run.held_until, now) and run.held_until is not None:
        return run.held_until
    if run.began_at is None or run.began_at > now or _was_broken_off(run):
        return now
    every = timedelta(seconds=run.every)
    return run.began_at + (min(every, AFTER_A_FAULT) if run.fault else every)


def standing_of(run: "JobRun", now: datetime) -> Standing:
    """How the job stands now."""
    if is_held(run.held_until, now):
        return Standing.RUNS
    if run.began_at is None:
        return Standing.NEVER
    if _was_broken_off(run):
        return Standing.BROKEN_OFF
    if run.fault:
        return Standing.FAILED
    late = max(timedelta(seconds=run.every), AFTER_A_FAULT)
    return Standing.LATE if next_run_at(run, now) + late < now else Standing.WELL
