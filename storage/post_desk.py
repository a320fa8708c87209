"""How does the post of one municipality stand, and what in it needs its staff?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Label,
    SQLColumnExpression,
    TextClause,
    case,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from civic.post import LEFT, Failure, Waits, WhyLater, failure_of, waits_for, why_later
from civic.refusals import Reason, Refused
from storage.base import may_be_key
from storage.broadcasts import Broadcast, Going
from storage.outbox import TROUBLE, Held, Letter, Outcome
from storage.people import Account, Messenger, Person


@dataclass(frozen=True)
class Waiting:
    """How many letters wait for what, and why those wait that the messenger does not take."""

    by_what: dict[Waits, int] = field(default_factory=dict)
    later: dict[WhyLater, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.by_what.values())


async def waiting_post(db: AsyncSession, municipality_id: int, now: datetime) -> Waiting:
    """What the letters of the municipality that are not delivered yet wait for."""
    groups: dict[str, SQLColumnExpression[Any]] = {
        "held": Letter.held,
        "in_hand": Letter.lease_until.is_not(None),
        "due": Letter.not_before <= now,
        "tries": case((Letter.tries > 0, 1), else_=0),
        "offered": Letter.account_id.is_not(None),
        "reason": Letter.reason,
    }
    columns: list[Label[Any]] = [column.label(name) for name, column in groups.items()]
    found = select(*columns).where(Letter.municipality_id == municipality_id, Letter.done_at.is_(None)).subquery()
    counted = select(*found.c, func.count().label("count_of")).group_by(*found.c)
    by_what, later = Counter[Waits](), Counter[WhyLater]()
    for row in await db.execute(counted):
        is_ = {"in_hand": row.in_hand, "due": row.due, "tries": row.tries, "offered": row.offered}
        what = waits_for(row.held, reason=row.reason, **is_)
        by_what[what] += row.count_of
        if (why := why_later(what, row.reason)) is not None:
            later[why] += row.count_of
    return Waiting(dict(by_what), dict(later))


async def broadcasts_under_way(db: AsyncSession, municipality_id: int) -> int:
    """How many broadcasts still have readers for whom no letter is written."""
    open_ = Broadcast.going.in_([Going.RUNNING, Going.PAUSED])
    query = select(func.count()).select_from(Broadcast).where(Broadcast.municipality_id == municipality_id, open_)
    return await db.scalar(query) or 0


@dataclass(frozen=True)
class Undelivered:
    """What did not arrive since a moment: given up by why and in which words, readers who are there no more; and how
    many accounts are not written to now."""

    failed: dict[tuple[Failure, str], int]
    gone: int
    stopped: dict[Messenger, int]

    @property
    def failed_count(self) -> int:
        """All that were given up."""
        return sum(self.failed.values())


async def undelivered_post(db: AsyncSession, municipality_id: int, since: datetime) -> Undelivered:
    """What of the municipality's post did not arrive since that moment, and who is not written to any more."""
    query = (
        select(Letter.outcome, Letter.reason, func.count())
        .where(
            Letter.municipality_id == municipality_id,
            TROUBLE,
            Letter.outcome.in_([Outcome.FAILED, Outcome.GONE]),
            Letter.done_at > since,
        )
        .group_by(Letter.outcome, Letter.reason)
    )
    failed, gone = Counter[tuple[Failure, str]](), 0
    for outcome, reason, count in (await db.execute(query)).all():
        if outcome is Outcome.GONE:
            gone += count
        else:
            failed[failure_of(reason), reason] += count
    return Undelivered(dict(failed), gone, await _stopped(db, municipality_id))


async def _stopped(db: AsyncSession, municipality_id: int) -> dict[Messenger, int]:
    query = (
        select(Account.messenger, func.count().label("stopped"))
        .join(Person, Person.id == Account.person_id)
        .where(Person.municipality_id == municipality_id, Account.stopped_at.is_not(None))
        .group_by(Account.messenger)
    )
    return {row.messenger: row.stopped for row in await db.execute(query)}


# --- in doubt ---


def in_doubt(municipality_id: int | None) -> tuple[ColumnElement[bool] | TextClause, ...]:
    """The letters of the municipality that may have gone out or not, and that staff have not looked at yet."""
    return (
        Letter.municipality_id == municipality_id,
        TROUBLE,
        Letter.outcome == Outcome.IN_DOUBT,
        Letter.reason != LEFT,
    )


async def doubtful_count(db: AsyncSession, municipality_id: int) -> tuple[int, int]:
    """How many letters may have gone out or not and were not looked at by staff; and the number of the newest."""
    query = select(func.count(), func.max(Letter.id)).where(*in_doubt(municipality_id))
    count, newest = (await db.execute(query)).one()
    return count, newest or 0


async def doubtful_letters(db: AsyncSession, municipality_id: int, *, after: int, limit: int) -> Sequence[Letter]:
    """Some of them, the newest first."""
    query = select(Letter).where(*in_doubt(municipality_id)).order_by(Letter.done_at.desc(), Letter.id.desc())
    return (await db.scalars(query.offset(after).limit(limit))).all()


async def doubtful_letter(db: AsyncSession, municipality_id: int, number: int) -> Letter:
    """One of them; Refused(NOT_FOUND) for any other."""
    query = select(Letter).where(*in_doubt(municipality_id), Letter.id == number)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def _chosen(letter: int, until: int) -> ColumnElement[bool]:
    """That one letter, or all up to that one: what came into doubt after somebody was asked is not part of it."""
    if not may_be_key(letter or until):
        raise Refused(Reason.NOT_FOUND)
    return Letter.id == letter if letter else Letter.id <= until


async def send_doubtful(
    db: AsyncSession, municipality_id: int | None, now: datetime, *, letter: int = 0, until: int = 0
) -> int:
    """One letter in doubt, or all up to that number, wait to be delivered as if they had never been; those of a
    broadcast that was cancelled are left out. Gives how many. Refused(NOT_FOUND) for a number that cannot be."""
    is_ = {going: exists().where(Broadcast.id == Letter.broadcast_id, Broadcast.going == going) for going in Going}
    held = case((is_[Going.PAUSED], literal(Held.PAUSED, Letter.held.type)), else_=None)
    again = update(Letter).where(*in_doubt(municipality_id), _chosen(letter, until), ~is_[Going.CANCELLED])
    again = again.values(done_at=None, outcome=None, not_before=now, held=held)
    db.info["letters"] = True
    return (await db.execute(again.execution_options(synchronize_session=False))).rowcount  # type: ignore[attr-defined,no-any-return]


async def leave_doubtful(db: AsyncSession, municipality_id: int | None, *, letter: int = 0, until: int = 0) -> int:
    """One letter in doubt, or all up to that number, stay as they are and are listed no more; gives how many.
    Refused(NOT_FOUND) for a number that cannot be."""
    left = update(Letter).where(*in_doubt(municipality_id), _chosen(letter, until)).values(reason=LEFT)
    return (await db.execute(left.execution_options(synchronize_session=False))).rowcount  # type: ignore[attr-defined,no-any-return]
