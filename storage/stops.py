"""What is stopped for everybody now, and with which notice?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.refusals import Reason, Refused
from civic.stops import Stoppable
from storage.base import Base, may_be_key, words_of
from storage.people import BigId


class Stop(Base):
    """Something is stopped from `at` until it is lifted; the notice says why, to everybody."""

    __tablename__ = "stops"
    __table_args__ = (  # stopped once, however many press at the same moment
        Index(
            "uq_stops_open",
            "municipality_id",
            "what",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    what: Mapped[Stoppable] = mapped_column(words_of(Stoppable))
    notice_ky: Mapped[str] = mapped_column(String(500))
    notice_ru: Mapped[str] = mapped_column(String(500))
    by: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime]
    lifted_by: Mapped[int | None] = mapped_column(BigId)
    lifted_at: Mapped[datetime | None]

    def notice(self, language: str) -> str:
        """The notice in that language, else in Kyrgyz."""
        return (self.notice_ru if language == "ru" else "") or self.notice_ky


_STOP = {  # whoever comes second at the same moment gets nothing back
    name: dialect.insert(Stop).on_conflict_do_nothing().returning(Stop.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


async def put_stop(
    db: AsyncSession, municipality_id: int, what: Stoppable, notice: tuple[str, str], by: int, now: datetime
) -> int | None:
    """Stops it from now on with a notice in Kyrgyz and Russian; gives the stop's number, None when it is stopped."""
    ky, ru = notice
    row = {"municipality_id": municipality_id, "what": what, "notice_ky": ky, "notice_ru": ru, "by": by, "at": now}
    number: int | None = await db.scalar(_STOP[db.get_bind().dialect.name].values(row))
    return number


async def lift_stop(db: AsyncSession, municipality_id: int, what: Stoppable, by: int, now: datetime) -> int | None:
    """It goes on from now on; gives the stop's number, None when nothing stops it."""
    query = update(Stop).where(Stop.municipality_id == municipality_id, Stop.what == what, Stop.lifted_at.is_(None))
    query = query.values(lifted_by=by, lifted_at=now).execution_options(synchronize_session=False)
    return await db.scalar(query.returning(Stop.id))


async def find_stop(db: AsyncSession, municipality_id: int, number: int) -> Stop | None:
    """The stop of that municipality, lifted or not; None for any other."""
    query = select(Stop).where(Stop.id == number, Stop.municipality_id == municipality_id)
    return await db.scalar(query.execution_options(populate_existing=True)) if may_be_key(number) else None


async def get_stop(db: AsyncSession, municipality_id: int, number: int) -> Stop:
    """The stop of that municipality, lifted or not; Refused(NOT_FOUND) for any other."""
    found = await find_stop(db, municipality_id, number)
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def stop_of(db: AsyncSession, municipality_id: int, what: Stoppable) -> Stop | None:
    """What stops it now; None when it goes on."""
    query = select(Stop).where(Stop.municipality_id == municipality_id, Stop.what == what, Stop.lifted_at.is_(None))
    return await db.scalar(query.order_by(Stop.id.desc()).limit(1))


async def open_stops(db: AsyncSession, municipality_id: int) -> Sequence[Stop]:
    """Everything that is stopped now, the earliest first."""
    query = select(Stop).where(Stop.municipality_id == municipality_id, Stop.lifted_at.is_(None))
    return (await db.scalars(query.order_by(Stop.id))).all()
