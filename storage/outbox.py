"""Which letters does the bot begin by itself? They are written with the fact and delivered after its commit."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    and_,
    cast,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from storage.base import Base, Json, words_of
from storage.people import Account, BigId


class Outcome(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    GONE = "gone"
    FAILED = "failed"
    SKIPPED = "skipped"  # it was true no more when it was to be delivered
    MUTED = "muted"  # the person wants no such letters
    CANCELLED = "cancelled"  # staff stopped the broadcast
    IN_DOUBT = "in-doubt"  # killed or without an answer while it went out, and it is not one that may come twice


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


# characters of what a messenger calls a message: one of WhatsApp's has some 60 to 100, fourteen of Telegram's as many
LONGEST_NUMBER = 160
_WAITS = text("done_at IS NULL AND held IS NULL")
_HELD = text("done_at IS NULL AND held IS NOT NULL")
# written out wherever these are looked for, for by bound values SQLite would not find the index
WENT_OUT = text("message <> ''")
TROUBLE = text("outcome IN ('failed', 'gone', 'in-doubt')")


class Letter(Base):
    """A letter to a person, or to a channel or group (`place_id`). It holds a key and arguments, never words: it is
    written in the reader's language when it is delivered. `once` is unique: posting twice is harmless."""

    __tablename__ = "outbox"
    __table_args__ = (
        # what the postman looks for again and again, however many are done or held
        Index("ix_outbox_due", "rank", "not_before", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_outbox_held", "held", "person_id", sqlite_where=_HELD, postgresql_where=_HELD),
        # what staff look at, among a hundred times as many that arrived
        Index("ix_outbox_trouble", "municipality_id", "outcome", sqlite_where=TROUBLE, postgresql_where=TROUBLE),
        Index("ix_outbox_message", "message", sqlite_where=WENT_OUT, postgresql_where=WENT_OUT),
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
    # what the messenger calls it (all its messages, where it came in several), or the template that told of it
    message: Mapped[str] = mapped_column(String(LONGEST_NUMBER), default="", server_default="")
    reason: Mapped[str] = mapped_column(String(80), default="", server_default="")  # why it failed
    by_template: Mapped[bool] = mapped_column(default=False, server_default=false())
    pressed_at: Mapped[datetime | None]


_POST = {
    name: dialect.insert(Letter).on_conflict_do_nothing()
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


async def put_letters(db: AsyncSession, rows: Sequence[dict[str, Any]], *, again: bool = False) -> None:
    """Writes letters; one whose `once` is there already is left out. `again` lets one that was skipped, because it was
    not true when it was to be delivered, go out after all; what has been read is never repeated."""
    if not rows:
        return
    db.info["letters"] = True
    dialect = db.get_bind().dialect.name
    if not again:
        await db.execute(_POST[dialect].values(list(rows)))
        return
    posting = (sqlite if dialect == "sqlite" else postgresql).insert(Letter).values(list(rows))
    afresh = {name: posting.excluded[name] for name in ("posted_at", "not_before", "arguments", "tries")}
    nothing = dict.fromkeys(("done_at", "outcome", "held", "lease_until", "account_id", "pressed_at"))
    unsaid = {"message": "", "reason": "", "by_template": False}  # a template may have told of it the first time
    await db.execute(
        posting.on_conflict_do_update(
            index_elements=[Letter.once], set_={**afresh, **nothing, **unsaid}, where=Letter.outcome == Outcome.SKIPPED
        )
    )


async def claim(
    db: AsyncSession, now: datetime, until: datetime, *, limit: int, busy: Collection[int] = ()
) -> Sequence[Letter]:
    """Takes up to so many letters that are due in hand until that moment: those about people's own affairs first, then
    news, then broadcasts, the oldest first; none to the places that are `busy`, and one to any other. On PostgreSQL
    what another postman is taking is left to them."""
    query = (
        select(Letter)
        .where(Letter.done_at.is_(None), Letter.held.is_(None), Letter.not_before <= now, Letter.lease_until.is_(None))
        .order_by(Letter.rank, Letter.not_before, Letter.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if busy:
        query = query.where(or_(Letter.place_id.is_(None), Letter.place_id.not_in(list(busy))))
    taken_by: set[int] = set()
    letters = [each for each in await db.scalars(query) if _is_first(each.place_id, taken_by)]
    if letters:
        taken = update(Letter).where(Letter.id.in_([letter.id for letter in letters])).values(lease_until=until)
        await db.execute(taken.execution_options(synchronize_session=False))
        for letter in letters:
            set_committed_value(letter, "lease_until", until)
    return letters


def _is_first(place: int | None, taken: set[int]) -> bool:
    if place is None:
        return True
    is_first = place not in taken
    taken.add(place)
    return is_first


async def settle_lost(db: AsyncSession, now: datetime, ended: datetime, *, besides: Iterable[int] = ()) -> int:
    """What becomes of letters that a postman had in hand until `ended` or earlier when it was killed: it is not known
    whether they went out. A broadcast is not sent again, so it is IN_DOUBT and stands in a list for staff; anything
    else is, for a reminder that comes twice does less harm than one that never comes. Gives how many are in doubt."""
    lost = (Letter.done_at.is_(None), Letter.lease_until <= ended, Letter.id.not_in(list(besides)))
    if await db.scalar(select(Letter.id).where(*lost).limit(1)) is None:
        return 0
    many = update(Letter).where(*lost, Letter.broadcast_id.is_not(None))
    doubt = await db.execute(
        many.values(done_at=now, outcome=Outcome.IN_DOUBT, lease_until=None).execution_options(
            synchronize_session=False
        )
    )
    again = update(Letter).where(*lost, Letter.broadcast_id.is_(None)).values(lease_until=None)
    await db.execute(again.execution_options(synchronize_session=False))
    return doubt.rowcount  # type: ignore[attr-defined,no-any-return]


async def release_written(db: AsyncSession) -> int:
    """Letters that wait for their reader's next message go out to those who have written since they wait, in whichever
    messenger; gives how many."""
    wrote = exists().where(
        Account.person_id == Letter.person_id, Account.stopped_at.is_(None), Account.seen_at >= Letter.not_before
    )
    waits = select(Letter.id).where(Letter.held == Held.WINDOW, Letter.done_at.is_(None)).limit(1)
    if await db.scalar(waits) is None:
        return 0
    released = update(Letter).where(Letter.held == Held.WINDOW, Letter.done_at.is_(None), wrote).values(held=None)
    return (await db.execute(released.execution_options(synchronize_session=False))).rowcount  # type: ignore[attr-defined,no-any-return]


async def letter_called(db: AsyncSession, message: str) -> Letter | None:
    """The letter of which a messenger speaks by that number: it went out so, or a template that told of it did."""
    query = select(Letter).where(WENT_OUT, Letter.message == message).with_for_update()
    return (await db.scalars(query)).first() if message else None


async def reopen_digest(db: AsyncSession, digest: Letter) -> tuple[int, ...]:
    """What was over with that digest waits for one again; gives which letters those are."""
    query = update(Letter).where(
        Letter.person_id == digest.person_id,
        Letter.municipality_id == digest.municipality_id,
        Letter.held == Held(digest.arguments["how"]),
        Letter.done_at == digest.done_at,
        Letter.id <= int(digest.arguments["until"]),
    )
    again = query.values(done_at=None, outcome=None).returning(Letter.id)
    return tuple(await db.scalars(again.execution_options(synchronize_session=False)))


async def for_digest(
    db: AsyncSession, municipality_id: int, person_id: int, how: Held, until: int, *, limit: int
) -> Sequence[Letter]:
    """What is kept for somebody's digest, up to the letter of that number, the newest first."""
    query = select(Letter).where(
        Letter.person_id == person_id,
        Letter.municipality_id == municipality_id,
        Letter.held == how,
        Letter.done_at.is_(None),
        Letter.id <= until,
    )
    return (await db.scalars(query.order_by(Letter.id.desc()).limit(limit))).all()


async def people_by_template(db: AsyncSession, since: datetime) -> int:
    """With how many people WhatsApp conversations were begun by a template since that moment."""
    return await db.scalar(select(func.count(Account.id)).where(Account.knocked_at > since)) or 0


async def called_for(db: AsyncSession, person_id: int) -> int:
    """How many letters waited for somebody's message, who has written now: the postman looks at once."""
    db.info["letters"] = True
    query = select(func.count(Letter.id)).where(
        Letter.held == Held.WINDOW, Letter.person_id == person_id, Letter.done_at.is_(None)
    )
    return await db.scalar(query) or 0


async def places_waiting(db: AsyncSession, key: str) -> set[int]:
    """The channels and groups to which a letter of that key is still to be delivered."""
    query = select(Letter.place_id).where(Letter.key == key, Letter.done_at.is_(None), Letter.place_id.is_not(None))
    return {place for place in await db.scalars(query) if place is not None}


async def join_letters(db: AsyncSession, gone: int, owner: int, now: datetime) -> None:
    """The letters of somebody who turned out to be the owner are the owner's. Of a broadcast that told both, what still
    waits comes once, and not to whom it has come; who is told later is found by the owner's number."""
    theirs = update(Letter).where(Letter.person_id == gone).values(person_id=owner)
    await db.execute(theirs.execution_options(synchronize_session=False))
    other = aliased(Letter)
    named = literal("b").concat(cast(Letter.broadcast_id, String)).concat(":")
    of_both = (Letter.person_id == owner, Letter.broadcast_id.is_not(None))
    known = exists().where(other.once == named.concat(str(owner)))
    renamed = update(Letter).where(*of_both, Letter.once == named.concat(str(gone)), ~known)
    await db.execute(renamed.values(once=named.concat(str(owner))).execution_options(synchronize_session=False))
    comes = or_(other.outcome == Outcome.SENT, and_(other.done_at.is_(None), other.id < Letter.id))
    twice = exists().where(
        other.person_id == owner, other.broadcast_id == Letter.broadcast_id, other.id != Letter.id, comes
    )
    over = update(Letter).where(*of_both, Letter.done_at.is_(None), Letter.lease_until.is_(None), twice)
    over = over.values(done_at=now, outcome=Outcome.SKIPPED)
    await db.execute(over.execution_options(synchronize_session=False))


async def forget_letters(db: AsyncSession, person_id: int) -> None:
    """No letter to that person is kept or delivered any more."""
    await db.execute(delete(Letter).where(Letter.person_id == person_id))
