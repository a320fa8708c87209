"""What is stopped for everybody now, and with which notice?"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.stops import Stoppable
from storage.base import Base, words_of
from storage.people import BigId


class Stop(Base):
    """Something is stopped from `at` until it is lifted; the notice says why, to everybody."""

    __tablename__ = "stops"

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


async def stop_of(db: AsyncSession, municipality_id: int, what: Stoppable) -> Stop | None:
    """What stops it now; None when it goes on."""
    query = select(Stop).where(Stop.municipality_id == municipality_id, Stop.what == what, Stop.lifted_at.is_(None))
    return await db.scalar(query.order_by(Stop.id.desc()).limit(1))
