"""What happened? Append-only rows, without personal data, that feed receipts, monitoring and exports."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import JSON, BigInteger, Index, Integer, String, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json

_BigId = BigInteger().with_variant(Integer, "sqlite")


class Entry(Base):
    """One thing that happened: `issue.followed`, `person.consented`. The actor is a number, never a name.

    `number` is its place in the chain of its municipality, `hash` holds it to the entry before, `actor_mark` says by
    `actor_salt` who it was (docs/proof.md); they are given when its transaction ends."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_chain", "municipality_id", "number", unique=True),
        Index("ix_journal_object", "object_id", "event"),
        Index(
            "ix_journal_unsealed",
            "id",
            sqlite_where=text("number IS NULL"),
            postgresql_where=text("number IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(_BigId, primary_key=True)
    at: Mapped[datetime]
    municipality_id: Mapped[int | None] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(_BigId, index=True)
    event: Mapped[str] = mapped_column(String(60))  # a civic.events.Event; text, so that old rows stay readable
    object_id: Mapped[int | None] = mapped_column(_BigId)
    details: Mapped[Json] = mapped_column(JSON, default=dict)
    number: Mapped[int | None] = mapped_column(BigInteger)
    hash: Mapped[str | None] = mapped_column(String(64))
    actor_salt: Mapped[str | None] = mapped_column(String(32))  # goes with the actor
    actor_mark: Mapped[str | None] = mapped_column(String(64))


async def entries_of(db: AsyncSession, actor_id: int, *, limit: int = 1_000) -> Sequence[Entry]:
    """What a person did, newest first."""
    query = select(Entry).where(Entry.actor_id == actor_id).order_by(Entry.id.desc()).limit(limit)
    return (await db.scalars(query)).all()


async def entries_about(
    db: AsyncSession, municipality_id: int, events: Iterable[str], *, after: int = 0, limit: int = 10
) -> Sequence[Entry]:
    """What happened in a municipality, of these kinds only, newest first, leaving out the first `after`."""
    query = select(Entry).where(Entry.municipality_id == municipality_id, Entry.event.in_(list(events)))
    return (await db.scalars(query.order_by(Entry.id.desc()).offset(after).limit(limit))).all()
