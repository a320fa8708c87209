"""What goes to many people at once, and how far is it? One row for all; the postman writes the letters in pieces."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.refusals import Reason, Refused
from civic.subscriptions import Topic
from storage.base import Base, Json, may_be_key, words_of
from storage.outbox import Held, Letter, Outcome
from storage.people import BigId


class Going(StrEnum):
    """How far a broadcast is."""

    RUNNING = "running"  # letters are being written, once its time has come
    PAUSED = "paused"  # no letter of it is delivered until somebody goes on
    CANCELLED = "cancelled"
    WRITTEN = "written"  # every letter of it is written; they are on their way or done


class Broadcast(Base):
    """One thing told to an audience. `cursor` is the number of the last person for whom a letter was written: after a
    crash it goes on behind it. `audience` is a civic.announcements.Audience, `arguments` those of every letter."""

    __tablename__ = "broadcasts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[Json] = mapped_column(JSON)
    audience: Mapped[Json] = mapped_column(JSON)
    topic: Mapped[Topic | None] = mapped_column(words_of(Topic))
    urgent: Mapped[bool] = mapped_column(default=False)
    going: Mapped[Going] = mapped_column(words_of(Going), index=True)
    cursor: Mapped[int] = mapped_column(BigId, default=0)
    posted_at: Mapped[datetime]
    not_before: Mapped[datetime]
    written_at: Mapped[datetime | None]
    by: Mapped[int | None] = mapped_column(BigId)


async def due_broadcasts(db: AsyncSession, now: datetime) -> Sequence[Broadcast]:
    """The broadcasts whose letters are to be written by now, the oldest first. On PostgreSQL one that another process
    is writing is left to it."""
    query = select(Broadcast).where(Broadcast.going == Going.RUNNING, Broadcast.not_before <= now)
    return (await db.scalars(query.order_by(Broadcast.id).with_for_update(skip_locked=True))).all()


async def get_broadcast(db: AsyncSession, municipality_id: int | None, number: int) -> Broadcast:
    """That broadcast of the municipality; Refused(NOT_FOUND) for any other."""
    query = select(Broadcast).where(Broadcast.id == number, Broadcast.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


_WAITS_FOR: dict[Held | None, str] = {Held.WINDOW: "window", Held.DAILY: "digest", Held.WEEKLY: "digest"}


async def outcomes_of(db: AsyncSession, broadcast_id: int) -> dict[str, int]:
    """How many letters of a broadcast became what: by the word of the outcome; «waiting» are those still to go out,
    «window» those that wait for the person to write in WhatsApp, «digest» those kept for a digest, «pressed» those
    whose reader pressed something, «places» the channels and groups where it stands."""
    in_place = Letter.place_id.is_not(None)
    query = (
        select(Letter.outcome, Letter.held, in_place, func.count(), func.count(Letter.pressed_at))
        .where(Letter.broadcast_id == broadcast_id)
        .group_by(Letter.outcome, Letter.held, in_place)
    )
    found: dict[str, int] = {"pressed": 0}
    for outcome, kept, placed, count, pressed in (await db.execute(query)).all():
        word = str(outcome) if outcome is not None else _WAITS_FOR.get(kept, "waiting")
        if placed and outcome is Outcome.SENT:
            word = "places"
        found[word] = found.get(word, 0) + count
        found["pressed"] += pressed
    return found


async def unsent_of(db: AsyncSession, broadcast_id: int, *, limit: int = 50) -> Sequence[Letter]:
    """The letters of a broadcast that failed or are in doubt, the newest first."""
    query = select(Letter).where(
        Letter.broadcast_id == broadcast_id, Letter.outcome.in_([Outcome.FAILED, Outcome.IN_DOUBT])
    )
    return (await db.scalars(query.order_by(Letter.id.desc()).limit(limit))).all()
