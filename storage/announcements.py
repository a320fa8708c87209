"""What did the municipality announce, to whom, and how far is it?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.announcements import State
from civic.refusals import Reason, Refused
from civic.subscriptions import Topic
from storage.base import Base, Json, may_be_key, words_of
from storage.people import BigId


class Announcement(Base):
    """One announcement in Kyrgyz and, if given, in Russian, with a picture, paper or voice, for an audience. It goes
    out as a broadcast; `corrected_at` is when its words were changed after that, in people's chats as well."""

    __tablename__ = "announcements"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    topic: Mapped[Topic] = mapped_column(words_of(Topic))
    title_ky: Mapped[str] = mapped_column(String(100))
    title_ru: Mapped[str] = mapped_column(String(100), default="")
    text_ky: Mapped[str] = mapped_column(Text)
    text_ru: Mapped[str] = mapped_column(Text, default="")
    file_id: Mapped[str | None] = mapped_column(ForeignKey("files.id"))
    audience: Mapped[Json] = mapped_column(JSON)
    urgent_because: Mapped[str] = mapped_column(String(200), default="")  # empty: it is not urgent
    state: Mapped[State] = mapped_column(words_of(State))
    send_at: Mapped[datetime | None]  # None: as soon as it is confirmed
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(BigId)
    approved_by: Mapped[int | None] = mapped_column(BigId)
    remark: Mapped[str] = mapped_column(String(500), default="")  # of the second person who did not agree
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"))
    sent_at: Mapped[datetime | None]
    corrected_at: Mapped[datetime | None]
    recalled_at: Mapped[datetime | None]

    def title(self, language: str) -> str:
        """The title in Russian for those who read it, where there is one; else in Kyrgyz."""
        return self.title_ru if language == "ru" and self.title_ru else self.title_ky

    def text(self, language: str) -> str:
        """The words, in the same way."""
        return self.text_ru if language == "ru" and self.text_ru else self.text_ky


async def get_announcement(db: AsyncSession, municipality_id: int | None, number: int) -> Announcement:
    """That announcement of the municipality; Refused(NOT_FOUND) for any other."""
    query = select(Announcement).where(Announcement.id == number, Announcement.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def announcements_of(
    db: AsyncSession, municipality_id: int, *, states: Sequence[State] = tuple(State), limit: int = 100
) -> Sequence[Announcement]:
    """The municipality's announcements in one of these states, the newest first."""
    query = select(Announcement).where(
        Announcement.municipality_id == municipality_id, Announcement.state.in_(list(states))
    )
    return (await db.scalars(query.order_by(Announcement.id.desc()).limit(limit))).all()


async def announcements_asked(db: AsyncSession, municipality_id: int) -> int:
    """How many announcements wait for a second person."""
    query = select(func.count()).where(
        Announcement.municipality_id == municipality_id, Announcement.state == State.ASKED
    )
    return await db.scalar(query) or 0
