"""When did each job of the timetable run last, for how long, and with which result? And who runs it now?"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import String, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.jobs import LEASE
from storage.base import Base


class JobRun(Base):
    """The last run of one job. `held_until` is how long it belongs to the process that began it: nobody else runs it
    before that, so a process that died does not block it for ever."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)  # the job's key
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    took_ms: Mapped[int] = mapped_column(default=0)
    did: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(200), default="")  # the kind of the last fault; empty: it went well
    faults: Mapped[int] = mapped_column(default=0)  # in a row
    held_by: Mapped[str] = mapped_column(String(40), default="")
    held_until: Mapped[datetime | None]
    every: Mapped[int] = mapped_column(default=0, server_default="0")  # its rhythm, in seconds


_DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}


async def job_runs(db: AsyncSession) -> Sequence[JobRun]:
    """The last run of every job of the timetable, by name."""
    return (await db.scalars(select(JobRun).order_by(JobRun.name))).all()


async def put_timetable(db: AsyncSession, rhythms: Mapping[str, timedelta]) -> None:
    """These are the jobs from now on, with their rhythms; what is known of the last run of each stays, and what is no
    job any more goes."""
    rows = [
        {"name": name, "every": int(every.total_seconds()), "took_ms": 0, "did": 0, "fault": "", "faults": 0}
        for name, every in rhythms.items()
    ]
    put = _DIALECTS[db.get_bind().dialect.name].insert(JobRun).values(rows)
    await db.execute(put.on_conflict_do_update(index_elements=["name"], set_={"every": put.excluded.every}))
    await db.execute(delete(JobRun).where(JobRun.name.not_in(list(rhythms))))


async def begin_run(
    db: AsyncSession, name: str, by: str, now: datetime, *, unless_since: datetime | None = None
) -> bool:
    """Takes the job in hand for a lease; False when another process has it, or when it was run well after
    `unless_since`. One statement, so of two who ask at once one gets it."""
    held = {"began_at": now, "held_by": by, "held_until": now + LEASE}
    may = or_(
        JobRun.held_by == by,
        JobRun.held_until.is_(None),
        JobRun.held_until <= now,
        JobRun.held_until > now + 2 * LEASE,  # from before the clock went back: civic.jobs.is_held
    )
    if unless_since is not None:
        may &= or_(
            JobRun.began_at.is_(None),
            JobRun.began_at <= unless_since,
            JobRun.began_at > now,  # the clock went back
            JobRun.ended_at.is_(None),
            JobRun.ended_at < JobRun.began_at,  # broken off
            JobRun.fault != "",
        )
    row = {"name": name, "every": 0, "took_ms": 0, "did": 0, "fault": "", "faults": 0, **held}
    put = _DIALECTS[db.get_bind().dialect.name].insert(JobRun).values(row)
    take = put.on_conflict_do_update(index_elements=["name"], set_=held, where=may)
    return await db.scalar(take.returning(JobRun.name)) is not None


async def prolong_run(db: AsyncSession, name: str, by: str, now: datetime) -> bool:
    """Another lease for whoever still has the job in hand; False when they have it no more."""
    return await _change(db, name, by, held_until=now + LEASE)


async def end_run(
    db: AsyncSession, name: str, by: str, now: datetime, *, took_ms: int, did: int = 0, fault: str = ""
) -> bool:
    """Notes how the run went and lets go of it; False when another process has taken it meanwhile, so that what was
    done must not be kept."""
    faults = JobRun.faults + 1 if fault else 0
    said = {"took_ms": took_ms, "did": did, "fault": fault[:200], "faults": faults}
    return await _change(db, name, by, ended_at=now, held_by="", held_until=None, **said)


async def give_back_run(db: AsyncSession, name: str, by: str) -> bool:
    """Lets go of a run that was broken off; the next one is due at once."""
    return await _change(db, name, by, held_by="", held_until=None)


async def _change(db: AsyncSession, name: str, by: str, **values: object) -> bool:
    change = update(JobRun).where(JobRun.name == name, JobRun.held_by == by).values(**values)
    done = await db.execute(change.execution_options(synchronize_session=False))
    return bool(done.rowcount)  # type: ignore[attr-defined]
