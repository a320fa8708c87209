"""On which days does a municipality not work, and on which weekend days does it?"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.refusals import Reason, Refused
from civic.workdays import Workdays, calendar
from storage.base import Base, may_be_key

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

    def name(self, language: str) -> str:
        """The name in that language, else in Kyrgyz."""
        return (self.name_ru if language == "ru" else "") or self.name_ky


async def exceptions(db: AsyncSession, municipality_id: int) -> Sequence[DayException]:
    """The exceptions of a municipality, the earliest first."""
    query = select(DayException).where(DayException.municipality_id == municipality_id)
    return (await db.scalars(query.order_by(DayException.day))).all()


async def get_exception(db: AsyncSession, municipality_id: int, number: int) -> DayException:
    """The exception of that municipality; Refused(NOT_FOUND) for any other."""
    query = select(DayException).where(DayException.id == number, DayException.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def exception_on(db: AsyncSession, municipality_id: int, day: date) -> DayException | None:
    """What the municipality says of that day, if it says anything."""
    query = select(DayException).where(DayException.municipality_id == municipality_id, DayException.day == day)
    return await db.scalar(query)


_PUT = {
    name: (new := dialect.insert(DayException)).on_conflict_do_update(
        index_elements=["municipality_id", "day"],
        set_={column: new.excluded[column] for column in ("works", "name_ky", "name_ru")},
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


async def put_exception(
    db: AsyncSession, municipality_id: int, day: date, name: tuple[str, str], *, works: bool
) -> DayException:
    """What the municipality says of that day from now on, with its name in Kyrgyz and Russian, in place of what it
    said of it before."""
    row = {"municipality_id": municipality_id, "day": day, "works": works, "name_ky": name[0], "name_ru": name[1]}
    query = _PUT[db.get_bind().dialect.name].values(row).returning(DayException)
    kept: DayException = (await db.scalars(query, execution_options={"populate_existing": True})).one()
    return kept


async def workdays_of(db: AsyncSession, municipality_id: int) -> Workdays:
    """The municipality's calendar."""
    return calendar_with(await exceptions(db, municipality_id))


def calendar_with(own: Sequence[DayException]) -> Workdays:
    """The calendar with these exceptions."""
    off = [each.day for each in own if not each.works]
    return calendar(YEARS, off, [each.day for each in own if each.works])
