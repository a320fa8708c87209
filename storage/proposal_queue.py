"""Which proposals wait for staff, and how many of each kind?"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from civic.proposals import AGREED, FINAL, WAITING, State
from storage.proposals import Proposal

QUEUES = ("new", "late", "due", "mine", "all", "going", "closed")

_SHOWN = Proposal.removed_because.is_(None)
_WAITS = Proposal.state.in_(list(WAITING))
_TO_REGISTER = and_(_SHOWN, _WAITS, Proposal.registry_no.is_(None), Proposal.register_until.is_not(None))
_TO_ANSWER = and_(
    _SHOWN,
    Proposal.is_appeal.is_(True),
    Proposal.answered_at.is_(None),
    Proposal.state.not_in(list(FINAL)),
    Proposal.due_on.is_not(None),
)
# the same as civic.proposals.deadline_of, as the database reads it
deadline: ColumnElement[date | None] = case(
    (and_(_TO_REGISTER, or_(~_TO_ANSWER, Proposal.register_until <= Proposal.due_on)), Proposal.register_until),
    (_TO_ANSWER, Proposal.due_on),
    else_=None,
)


def _in(what: str, reader: int, today: date, near: date) -> ColumnElement[bool]:
    """What belongs to a queue: `near` is the last day that counts as soon. A removed text waits for nothing."""
    match what:
        case "new":
            return and_(_SHOWN, Proposal.state == State.SENT)
        case "late":
            return deadline < today
        case "due":
            return and_(today <= deadline, near >= deadline)
        case "mine":
            return and_(_SHOWN, Proposal.officer_id == reader, Proposal.state.in_([*WAITING, *AGREED]))
        case "going":
            return and_(_SHOWN, Proposal.state.in_(list(AGREED)))
        case "closed":
            return or_(~_SHOWN, Proposal.state.in_(list(FINAL)))
    return and_(_SHOWN, _WAITS)


async def queue(
    db: AsyncSession,
    what: str,
    municipality_id: int,
    reader: int,
    today: date,
    near: date,
    *,
    after: int = 0,
    limit: int = 8,
) -> Sequence[Proposal]:
    """A page of a queue: the nearest deadline first, then the oldest; of what is closed the newest first."""
    query = select(Proposal).where(Proposal.municipality_id == municipality_id, _in(what, reader, today, near))
    if what == "closed":
        query = query.order_by(Proposal.changed_at.desc(), Proposal.id.desc())
    else:
        query = query.order_by(deadline.is_(None), deadline, Proposal.created_at, Proposal.id)
    return (await db.scalars(query.offset(after).limit(limit))).all()


async def queue_counts(db: AsyncSession, municipality_id: int, reader: int, today: date, near: date) -> dict[str, int]:
    """How many proposals each queue holds, in one statement."""
    counts = [func.count().filter(_in(what, reader, today, near)).label(what) for what in QUEUES]
    row = (await db.execute(select(*counts).where(Proposal.municipality_id == municipality_id))).one()
    return {what: int(row[place] or 0) for place, what in enumerate(QUEUES)}


async def proposals_with_deadline(db: AsyncSession, municipality_id: int, until: date) -> Sequence[Proposal]:
    """What has a deadline up to that day, by number: of this staff are warned."""
    query = select(Proposal).where(Proposal.municipality_id == municipality_id, deadline <= until)
    return (await db.scalars(query.order_by(Proposal.id))).all()


async def among_proposals(db: AsyncSession, municipality_id: int, numbers: Sequence[int]) -> Sequence[Proposal]:
    """Those of a municipality, in the order of their deadlines."""
    query = select(Proposal).where(Proposal.municipality_id == municipality_id, Proposal.id.in_(list(numbers)))
    return (await db.scalars(query.order_by(deadline.is_(None), deadline, Proposal.id))).all()
