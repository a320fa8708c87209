"""Which quick polls were asked in linked groups and channels, and what was answered?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.opinions import Tally
from civic.refusals import Reason, Refused
from storage.base import Base, may_be_key
from storage.outbox import Letter
from storage.people import BigId
from storage.publications import LinkedPlace

ASKS, COUNTS, TELLS = "opinion-ask", "opinion-count", "opinion-result"  # the letters to a group, one after the other
_OPEN = text("closed_at IS NULL")


class OpinionPoll(Base):
    """A question with its options; `closed_at`: nobody answers any more, by its time or by staff."""

    __tablename__ = "opinion_polls"
    __table_args__ = (Index("ix_opinion_polls_open", "closes_at", sqlite_where=_OPEN, postgresql_where=_OPEN),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    question: Mapped[str] = mapped_column(String(300))
    options: Mapped[list[str]] = mapped_column(JSON)
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(BigId)
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class OpinionPost(Base):
    """A poll in one place: the messenger's number of its message, and how many chose what. Who chose what is known to
    nobody. `settled_at`: it was counted, or never will be (`counts` is None)."""

    __tablename__ = "opinion_posts"
    __table_args__ = (UniqueConstraint("poll_id", "place_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("opinion_polls.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    message: Mapped[str | None] = mapped_column(String(64))
    counts: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    voters: Mapped[int | None]
    settled_at: Mapped[datetime | None]

    @property
    def tally(self) -> Tally | None:
        """What was answered there; None before it was counted."""
        return Tally(tuple(self.counts), self.voters or 0) if self.counts is not None else None


async def get_opinion(db: AsyncSession, municipality_id: int | None, number: int) -> OpinionPoll:
    """The quick poll of that municipality; Refused(NOT_FOUND) for any other."""
    query = select(OpinionPoll).where(OpinionPoll.id == number, OpinionPoll.municipality_id == municipality_id)
    found: OpinionPoll | None = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def opinions_of(db: AsyncSession, municipality_id: int, limit: int = 100) -> Sequence[OpinionPoll]:
    """The quick polls of a municipality, those that are open and the newest first."""
    query = select(OpinionPoll).where(OpinionPoll.municipality_id == municipality_id)
    query = query.order_by(OpinionPoll.closed_at.is_not(None), OpinionPoll.id.desc())
    return (await db.scalars(query.limit(limit))).all()


async def posts_of(db: AsyncSession, poll_id: int) -> list[tuple[OpinionPost, LinkedPlace]]:
    """Where the poll stands, in the order in which it was put there."""
    query = select(OpinionPost, LinkedPlace).join(LinkedPlace, LinkedPlace.id == OpinionPost.place_id)
    found = await db.execute(query.where(OpinionPost.poll_id == poll_id).order_by(OpinionPost.id))
    return [(post, place) for post, place in found]


async def unsettled(db: AsyncSession, poll_id: int) -> int:
    """In how many places it is not counted yet."""
    query = select(OpinionPost.id).where(OpinionPost.poll_id == poll_id, OpinionPost.settled_at.is_(None))
    return len((await db.scalars(query)).all())


async def due_opinions(db: AsyncSession, now: datetime) -> Sequence[OpinionPoll]:
    """The open polls whose time is over."""
    query = select(OpinionPoll).where(OpinionPoll.closed_at.is_(None), OpinionPoll.closes_at <= now)
    return (await db.scalars(query.order_by(OpinionPoll.id))).all()


async def standing_in(db: AsyncSession, place_id: int) -> Sequence[int]:
    """The posts of polls that stand in that place and are not counted yet."""
    query = select(OpinionPost.id).where(OpinionPost.place_id == place_id, OpinionPost.settled_at.is_(None))
    return (await db.scalars(query.where(OpinionPost.message.is_not(None)).order_by(OpinionPost.id))).all()


async def close_once(db: AsyncSession, poll: OpinionPoll, now: datetime) -> bool:
    """Nobody answers from now on; False when somebody closed it a moment ago."""
    query = update(OpinionPoll).where(OpinionPoll.id == poll.id, OpinionPoll.closed_at.is_(None))
    return await db.scalar(query.values(closed_at=now).returning(OpinionPoll.id)) is not None


async def asked_before(db: AsyncSession, post: OpinionPost, letter: Letter) -> bool:
    """Whether the letter that puts the poll there is still on its way: counting must not overtake it."""
    query = select(Letter.id).where(
        Letter.key == ASKS,
        Letter.place_id == post.place_id,
        Letter.done_at.is_(None),
        Letter.id < letter.id,
        Letter.arguments["post"].as_integer() == post.id,
    )
    return await db.scalar(query.limit(1)) is not None
