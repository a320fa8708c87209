"""What about petitions waits for staff, and which sheets, flags and invalidations are there?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from civic.petitions import BEFORE_HAND_OVER, Membership, Standing, State
from civic.refusals import Reason, Refused
from civic.thresholds import Consequence
from storage.base import may_be_key
from storage.people import Person
from storage.petitions import Flag, Invalidation, Line, Member, Petition, PetitionFollowing, Sheet, Signature

_T = TypeVar("_T", Flag, Invalidation)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for staff: in which queue, of which petition, until which day (None: at once)."""

    what: str
    petition: int
    until: date | None


_QUEUES = {
    State.CHECKING: "check",
    State.APPEALED: "appeal",
    State.HANDED_OVER: "register",
    State.REGISTERED: "answer",
}
KENESH = "kenesh"


def owes_kenesh(petition: Petition) -> bool:
    """Whether enough signed for the kenesh to consider it, and what it decided is not known."""
    reached = petition.thresholds[: petition.reached]
    return not petition.kenesh_decision and any(step.consequence is Consequence.KENESH for step in reached)


async def owing_kenesh(db: AsyncSession, municipality_id: int) -> Sequence[Petition]:
    """The registered and answered petitions of which the decision of the kenesh is not known yet."""
    query = select(Petition).where(
        Petition.municipality_id == municipality_id,
        Petition.state.in_([State.REGISTERED, State.ANSWERED]),
        Petition.reached > 0,
        Petition.kenesh_decision == "",
    )
    return [petition for petition in await db.scalars(query.order_by(Petition.id)) if owes_kenesh(petition)]


async def petitions_waiting(
    db: AsyncSession, municipality_id: int
) -> tuple[Sequence[Petition], Sequence[tuple[Flag, Petition]]]:
    """Every petition that waits for staff, the oldest first, and what was flagged while signatures are gathered and
    nobody has looked at: one statement."""
    late = and_(
        Petition.state == State.ANSWERED,
        Petition.reached > 0,
        Petition.kenesh_decision == "",
    )
    flagged = and_(
        Flag.petition_id == Petition.id, Flag.settled_at.is_(None), Petition.state.in_(list(BEFORE_HAND_OVER))
    )
    query = (
        select(Petition, Flag)
        .outerjoin(Flag, flagged)
        .where(
            Petition.municipality_id == municipality_id,
            or_(Petition.state.in_(list(_QUEUES)), late, Flag.id.is_not(None)),
        )
        .order_by(Petition.changed_at, Petition.id, Flag.id)
        .limit(500)
    )
    found = (await db.execute(query)).all()
    waiting = {row[0].id: row[0] for row in found if row[0].state in _QUEUES or owes_kenesh(row[0])}
    return list(waiting.values()), [(row[1], row[0]) for row in found if row[1] is not None]


def queues_of(petition: Petition) -> list[Waiting]:
    """In which queues a petition stands."""
    until = {
        State.CHECKING: petition.check_until,
        State.APPEALED: petition.check_until,
        State.HANDED_OVER: petition.register_until,
        State.REGISTERED: petition.answer_until,
    }
    found = []
    if petition.state in _QUEUES:
        found.append(Waiting(_QUEUES[petition.state], petition.id, until[petition.state]))
    if owes_kenesh(petition) and petition.state in (State.REGISTERED, State.ANSWERED):
        found.append(Waiting(KENESH, petition.id, petition.kenesh_on))
    return found


async def _one(db: AsyncSession, kind: type[_T], municipality_id: int, number: int) -> _T:
    query = select(kind).where(kind.id == number, kind.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def get_flag(db: AsyncSession, municipality_id: int, number: int) -> Flag:
    """The flag of that municipality; Refused(NOT_FOUND) for any other."""
    return await _one(db, Flag, municipality_id, number)


async def get_invalidation(db: AsyncSession, municipality_id: int, number: int) -> Invalidation:
    """The invalidation of that municipality; Refused(NOT_FOUND) for any other."""
    return await _one(db, Invalidation, municipality_id, number)


async def invalidations_of(db: AsyncSession, petition_id: int) -> Sequence[Invalidation]:
    """What was taken out of a petition's count together, the newest first."""
    query = select(Invalidation).where(Invalidation.petition_id == petition_id)
    return (await db.scalars(query.order_by(Invalidation.id.desc()).limit(50))).all()


async def sheets_of(db: AsyncSession, petition_id: int) -> Sequence[Sheet]:
    """The sheets of paper of a petition in the order in which they were entered."""
    return (await db.scalars(select(Sheet).where(Sheet.petition_id == petition_id).order_by(Sheet.id))).all()


async def get_sheet(db: AsyncSession, petition_id: int, number: int) -> Sheet:
    """The sheet of that petition; Refused(NOT_FOUND) for any other."""
    query = select(Sheet).where(Sheet.id == number, Sheet.petition_id == petition_id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def lines_of(db: AsyncSession, sheet_id: int) -> Sequence[Line]:
    """The lines of a sheet in their order."""
    return (await db.scalars(select(Line).where(Line.sheet_id == sheet_id).order_by(Line.number))).all()


async def signers(db: AsyncSession, petition_id: int) -> Sequence[Signature]:
    """The counted signatures in the bot in the order in which they were given."""
    query = select(Signature).where(Signature.petition_id == petition_id, Signature.standing == Standing.COUNTED)
    return (await db.scalars(query.order_by(Signature.signed_at, Signature.id))).all()


async def lines_counted(db: AsyncSession, petition_id: int) -> Sequence[tuple[Line, Sheet]]:
    """The counted lines on paper with their sheets, in the order in which they were entered."""
    query = (
        select(Line, Sheet)
        .join(Sheet, Sheet.id == Line.sheet_id)
        .where(Line.petition_id == petition_id, Line.counts.is_(True))
        .order_by(Sheet.id, Line.number)
    )
    return [(row[0], row[1]) for row in (await db.execute(query)).all()]


async def hearers(db: AsyncSession, petition_id: int) -> int:
    """How many people hear what happens to it: its group, its followers, and whoever's signature counts, each once."""
    signed = select(Signature.person_id).where(
        Signature.petition_id == petition_id,
        Signature.standing == Standing.COUNTED,
        Signature.person_id.is_not(None),
    )
    group = select(Member.person_id).where(Member.petition_id == petition_id, Member.standing == Membership.ACCEPTED)
    follow = select(PetitionFollowing.person_id).where(PetitionFollowing.petition_id == petition_id)
    hears = or_(Person.id.in_(signed), Person.id.in_(group), Person.id.in_(follow))
    query = select(func.count()).select_from(Person).where(hears)
    return await db.scalar(query) or 0


async def links_used(db: AsyncSession, petition_id: int, *, least: int = 5) -> Sequence[tuple[int, int]]:
    """The links by which most counted signatures came: (number of the link, signatures), the most first."""
    count = func.count()
    query = (
        select(Signature.link_id, count)
        .where(
            Signature.petition_id == petition_id,
            Signature.standing == Standing.COUNTED,
            Signature.link_id.is_not(None),
        )
        .group_by(Signature.link_id)
        .having(count >= least)
        .order_by(count.desc())
        .limit(7)
    )
    return [(int(row[0] or 0), int(row[1])) for row in (await db.execute(query)).all()]
