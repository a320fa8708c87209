"""Which proposals wait for staff, and how many of each kind?"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from civic.proposals import AGREED, WAITING, State
from storage.proposals import Proposal

QUEUES = ("new", "due", "mine", "all", "going")


def _in(what: str, municipality_id: int, reader: int, near: date) -> ColumnElement[bool]:
    """What belongs to a queue: `near` is the last day that counts as soon."""
    here = Proposal.municipality_id == municipality_id
    waits = Proposal.state.in_(list(WAITING))
    match what:
        case "new":
            return and_(here, Proposal.state == State.SENT)
        case "due":
            late = or_(
                and_(Proposal.due_on.is_not(None), Proposal.due_on <= near),
                and_(Proposal.state == State.SENT, Proposal.register_until <= near),
            )
            return and_(here, waits, late)
        case "mine":
            return and_(here, Proposal.officer_id == reader, Proposal.state.in_([*WAITING, *AGREED]))
        case "going":
            return and_(here, Proposal.state.in_(list(AGREED)))
    return and_(here, waits)


async def queue(
    db: AsyncSession, what: str, municipality_id: int, reader: int, near: date, *, limit: int = 500
) -> Sequence[Proposal]:
    """The proposals of a queue: the nearest deadline first, then the oldest."""
    query = select(Proposal).where(_in(what, municipality_id, reader, near))
    order = (Proposal.due_on.is_(None), Proposal.due_on, Proposal.created_at, Proposal.id)
    return (await db.scalars(query.order_by(*order).limit(limit))).all()


async def queue_counts(db: AsyncSession, municipality_id: int, reader: int, near: date) -> dict[str, int]:
    """How many proposals each queue holds, in one statement."""
    counts = [func.count().filter(_in(what, municipality_id, reader, near)).label(what) for what in QUEUES]
    row = (await db.execute(select(*counts).where(Proposal.municipality_id == municipality_id))).one()
    return {what: int(row[place] or 0) for place, what in enumerate(QUEUES)}
