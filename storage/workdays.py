"""On which days does a municipality not work, and on which weekend days does it?"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.workdays import Workdays, calendar
from storage.base import Base

YEARS = range(2024, 2061)  # the years whose fixed holidays are known to the calendar


class DayException(Base):
    """A day on which the municipality does not work though the week says so, or works though it does not."""

    __tablename__ = "day_exceptions"
    __table_args__ = (UniqueConstraint("municipality_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    day: Mapped[date]
    works: Mapped[bool]
    name_ky: Mapped[str] = mapped_column(String(120))
    name_ru: Mapped[str] = mapped_column(String(120))


async def exceptions(db: AsyncSession, municipality_id: int) -> Sequence[DayException]:
    """The exceptions of a municipality, the earliest first."""
    query = select(DayException).where(DayException.municipality_id == municipality_id)
    return (await db.scalars(query.order_by(DayException.day))).all()


async def workdays_of(db: AsyncSession, municipality_id: int) -> Workdays:
    """The municipality's calendar."""
    own = await exceptions(db, municipality_id)
    off = [each.day for each in own if not each.works]
    return calendar(YEARS, off, [each.day for each in own if each.works])
