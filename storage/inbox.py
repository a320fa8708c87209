"""What has arrived and is not yet settled? Every update is written here before it is confirmed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json

_BigId = BigInteger().with_variant(Integer, "sqlite")


_OPEN = text("settled_at IS NULL")
_LOST = text("answered_at IS NULL AND settled_at IS NOT NULL")


class Arrival(Base):
    """An update of a messenger. Settled: its effect is committed. Answered: the person was shown the outcome.
    `at` is the screen it led to, shown again when the answer was lost on the way."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("messenger", "number"),
        Index("ix_inbox_unsettled", "id", postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index(
            "ix_inbox_unanswered",
            "id",
            postgresql_where=_LOST,
            sqlite_where=_LOST,
        ),
    )

    id: Mapped[int] = mapped_column(_BigId, primary_key=True)
    messenger: Mapped[str] = mapped_column(String(16))
    number: Mapped[str] = mapped_column(String(128))
    address: Mapped[str] = mapped_column(String(140))
    payload: Mapped[str] = mapped_column(Text)
    arrived_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    at: Mapped[str | None] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0, server_default="0")  # times that its file was begun to be cleaned


_TABLE = Arrival.__table__
_COLUMNS = (Arrival.id, Arrival.messenger, Arrival.number, Arrival.address, Arrival.payload)
_PUT = {
    name: dialect.insert(Arrival).on_conflict_do_nothing(index_elements=["messenger", "number"])
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_SETTLE = (
    update(_TABLE)  # type: ignore[arg-type]  # declared as FromClause, is a Table
    .where(_TABLE.c.id == bindparam("row"), _TABLE.c.settled_at.is_(None))
    .values(settled_at=bindparam("when"), at=bindparam("screen"), payload="", answered_at=bindparam("done"))
)
_ANSWERED = (
    update(_TABLE).where(_TABLE.c.id == bindparam("row")).values(answered_at=bindparam("when"))  # type: ignore[arg-type]
)


async def put(db: AsyncSession, rows: Sequence[Json]) -> None:
    """Writes arrivals; one that is already known changes nothing."""
    await db.execute(_PUT[db.get_bind().dialect.name], rows)


_WAITING = select(*_COLUMNS).where(Arrival.settled_at.is_(None)).order_by(Arrival.id).limit(bindparam("n"))
# on PostgreSQL, which may lose the claim of a bot with its connection, a second bot does not take what one has taken
_WAITING = _WAITING.with_for_update(skip_locked=True)
_WAITING_ELSEWHERE = _WAITING.where(
    Arrival.address.not_in(bindparam("held", expanding=True)),
    Arrival.messenger.not_in(bindparam("closed", expanding=True)),
)


class Waiting(NamedTuple):
    """An arrival that waits for its turn."""

    id: int
    messenger: str
    number: str
    address: str
    payload: str


async def waiting(
    db: AsyncSession, *, limit: int, held: Collection[str] = (), closed: Collection[str] = ()
) -> list[Waiting]:
    """Arrivals not yet settled, oldest first; none from the addresses that are held back, nor from the messengers that
    are closed."""
    if held or closed:
        besides = {"n": limit, "held": list(held), "closed": list(closed)}
        return [Waiting(*row) for row in (await db.execute(_WAITING_ELSEWHERE, besides)).all()]
    return [Waiting(*row) for row in (await db.execute(_WAITING, {"n": limit})).all()]


async def settle(db: AsyncSession, rows: Sequence[Json]) -> None:
    """Marks arrivals as settled in the transaction of their effect; each row has row, when, screen and done.
    The payload (what the person wrote) is not needed any more and goes. One that is settled stays as it is."""
    await (await db.connection()).execute(_SETTLE, rows)


async def count_try(db: AsyncSession, row: int) -> int:
    """Its file is begun to be cleaned once more; gives how often that makes. Committed before, or a kill would not
    count."""
    more = update(Arrival).where(Arrival.id == row).values(tries=Arrival.tries + 1).returning(Arrival.tries)
    return await db.scalar(more.execution_options(synchronize_session=False)) or 0


async def mark_answered(db: AsyncSession, rows: Sequence[int], when: datetime) -> None:
    """Marks arrivals whose outcome the person has been shown."""
    await (await db.connection()).execute(_ANSWERED, [{"row": row, "when": when} for row in rows])


async def forget_sender(db: AsyncSession, messenger: str, address: str) -> None:
    """Takes the address off what has arrived from there and is settled; the numbers stay against repetitions."""
    known = (Arrival.messenger == messenger, Arrival.address == address, Arrival.settled_at.is_not(None))
    await db.execute(update(Arrival).where(*known).values(address="", at=None, answered_at=Arrival.settled_at))


async def unanswered(
    db: AsyncSession, *, before: datetime, limit: int, after: int = 0, closed: Collection[str] = ()
) -> Sequence[Arrival]:
    """Arrivals that took effect before then without the person having been shown anything, in messengers that are not
    closed; `after` is an id."""
    query = (
        select(Arrival)
        .where(Arrival.settled_at.is_not(None), Arrival.answered_at.is_(None), Arrival.settled_at < before)
        .where(Arrival.id > after, Arrival.messenger.not_in(list(closed)))
        .order_by(Arrival.id)
        .limit(limit)
    )
    return (await db.scalars(query)).all()


async def purge(db: AsyncSession, messenger: str, before: datetime) -> int:
    """Deletes what came from there and was settled and answered before then; returns how many."""
    done = (Arrival.messenger == messenger, Arrival.settled_at < before, Arrival.answered_at.is_not(None))
    gone = await db.execute(delete(Arrival).where(*done))
    return gone.rowcount  # type: ignore[attr-defined,no-any-return]


async def open_count(db: AsyncSession, *, closed: Collection[str] = ()) -> int:
    """How many arrivals wait for their turn, in messengers that are not closed."""
    waits = select(func.count()).select_from(Arrival).where(Arrival.settled_at.is_(None))
    return await db.scalar(waits.where(Arrival.messenger.not_in(list(closed)))) or 0
