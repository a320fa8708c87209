"""Which letters does the bot begin by itself? They are written with the fact and delivered after its commit."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, SmallInteger, String, delete, false, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, words_of
from storage.people import BigId


class Outcome(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    GONE = "gone"
    FAILED = "failed"
    SKIPPED = "skipped"  # it was true no more when it was to be delivered
    MUTED = "muted"  # the person wants no such letters
    CANCELLED = "cancelled"  # staff stopped the broadcast
    IN_DOUBT = "in-doubt"  # the bot was killed while it went out, and it is not one that may come twice


class Held(StrEnum):
    """What a letter waits for that no clock tells."""

    DAILY = "daily"  # the day's digest
    WEEKLY = "weekly"  # the week's digest
    WINDOW = "window"  # the person's next message: WhatsApp takes nothing else, and there is no template
    PAUSED = "paused"  # staff paused the broadcast


class Rank(IntEnum):
    """Which letters go first."""

    OWN = 0  # to one person about their own affairs
    NEWS = 1
    BROADCAST = 2


_WAITS = text("done_at IS NULL AND held IS NULL")


class Letter(Base):
    """A letter to a person, or to a channel or group (`place_id`). It holds a key and arguments, never words: it is
    written in the reader's language when it is delivered. `once` is unique: posting twice is harmless."""

    __tablename__ = "outbox"
    __table_args__ = (
        # what the postman looks for again and again, however many are done or held
        Index("ix_outbox_due", "rank", "not_before", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    once: Mapped[str] = mapped_column(String(120), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[Json] = mapped_column(JSON)
    posted_at: Mapped[datetime]
    not_before: Mapped[datetime] = mapped_column(index=True)
    done_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[Outcome | None] = mapped_column(words_of(Outcome))
    tries: Mapped[int] = mapped_column(default=0)
    rank: Mapped[int] = mapped_column(SmallInteger, default=Rank.NEWS, server_default=str(Rank.NEWS.value))
    essential: Mapped[bool] = mapped_column(default=False, server_default=false())
    broadcast_id: Mapped[int | None] = mapped_column(BigId, index=True)
    held: Mapped[Held | None] = mapped_column(words_of(Held))  # not delivered by itself until something happens
    lease_until: Mapped[datetime | None]  # a postman has it in hand until then
    account_id: Mapped[int | None] = mapped_column(BigId)  # where it went
    message: Mapped[str] = mapped_column(String(64), default="", server_default="")  # what the messenger calls it
    reason: Mapped[str] = mapped_column(String(80), default="", server_default="")  # why it failed
    by_template: Mapped[bool] = mapped_column(default=False, server_default=false())
    pressed_at: Mapped[datetime | None]


_POST = {
    name: dialect.insert(Letter).on_conflict_do_nothing()
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


async def put_letters(db: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Writes letters; one whose `once` is there already is left out."""
    if rows:
        db.info["letters"] = True
        await db.execute(_POST[db.get_bind().dialect.name].values(list(rows)))


async def due_letters(db: AsyncSession, now: datetime, *, limit: int, besides: Iterable[int] = ()) -> Sequence[Letter]:
    """The letters that are to be delivered by now, oldest first."""
    query = select(Letter).where(Letter.done_at.is_(None), Letter.not_before <= now)
    query = query.where(Letter.id.not_in(list(besides))).order_by(Letter.not_before, Letter.id).limit(limit)
    return (await db.scalars(query)).all()


async def places_waiting(db: AsyncSession, key: str) -> set[int]:
    """The channels and groups to which a letter of that key is still to be delivered."""
    query = select(Letter.place_id).where(Letter.key == key, Letter.done_at.is_(None), Letter.place_id.is_not(None))
    return {place for place in await db.scalars(query) if place is not None}


async def forget_letters(db: AsyncSession, person_id: int) -> None:
    """No letter to that person is kept or delivered any more."""
    await db.execute(delete(Letter).where(Letter.person_id == person_id))
