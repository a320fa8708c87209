"""When did each job of the timetable run last, for how long, and with which result?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class JobRun(Base):
    """The last run of one job. `held_until` is how long it belongs to the process that began it: nobody else runs it
    before that, so a process that died does not block it for ever."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    took_ms: Mapped[int] = mapped_column(default=0)
    did: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(200), default="")  # the kind of the last fault; empty: it went well
    faults: Mapped[int] = mapped_column(default=0)  # in a row
    held_by: Mapped[str] = mapped_column(String(40), default="")
    held_until: Mapped[datetime | None]


async def job_runs(db: AsyncSession) -> Sequence[JobRun]:
    """The last run of every job that ever ran, by name."""
    return (await db.scalars(select(JobRun).order_by(JobRun.name))).all()
