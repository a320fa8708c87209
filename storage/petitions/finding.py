"""Which petition is meant, and which stand in a list?"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from civic.petitions import (
    NOT_PUBLIC,
    Membership,
    PetitionKind,
    Standing,
    State,
)
from civic.refusals import Reason, Refused
from storage.base import may_be_key
from storage.petitions.tables import Member, Petition, PetitionFollowing, Signature


async def get_petition(db: AsyncSession, municipality_id: int | None, petition_id: int) -> Petition:
    """The petition of that municipality; Refused(NOT_FOUND) for any other."""
    query = select(Petition).where(Petition.id == petition_id, Petition.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(petition_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def petition_read_by(
    db: AsyncSession, municipality_id: int, petition_id: int, person_id: int
) -> tuple[Petition, Signature | None, Member | None, bool]:
    """The petition, the reader's signature and place in the group, and whether they follow it, in one statement.
    Refused(NOT_FOUND) for another municipality's, and for one that is not public to whoever is not in its group."""
    query = (
        select(Petition, Signature, Member, PetitionFollowing.since)
        .outerjoin(Signature, and_(Signature.petition_id == Petition.id, Signature.person_id == person_id))
        .outerjoin(Member, and_(Member.petition_id == Petition.id, Member.person_id == person_id))
        .outerjoin(
            PetitionFollowing,
            and_(PetitionFollowing.petition_id == Petition.id, PetitionFollowing.person_id == person_id),
        )
        .where(Petition.id == petition_id, Petition.municipality_id == municipality_id)
    )
    row = (await db.execute(query)).first() if may_be_key(petition_id) else None
    if row is None:
        raise Refused(Reason.NOT_FOUND)
    return row[0], row[1], row[2], row[3] is not None


async def municipality_of_petition(db: AsyncSession, petition_id: int) -> int | None:
    """Whose petition it is: how a guest who came by a link finds their municipality."""
    if not may_be_key(petition_id):
        return None
    return await db.scalar(select(Petition.municipality_id).where(Petition.id == petition_id))


async def petition_by_group_word(db: AsyncSession, word: str) -> Petition | None:
    """The petition whose group is joined by a link with that word."""
    return await db.scalar(select(Petition).where(Petition.group_word == word))


def found_by_all(municipality_id: int) -> tuple[ColumnElement[bool], ...]:
    """What makes a petition of that municipality one that everybody may find: enough have signed it, or it was opened
    or handed over where no number must be reached first, or it was rejected, which everybody may judge."""
    return (
        Petition.municipality_id == municipality_id,
        Petition.state.not_in(list(NOT_PUBLIC)),
        or_(
            Petition.public_at.is_not(None),
            Petition.handed_over_at.is_not(None),
            and_(Petition.kind != PetitionKind.PETITION, Petition.opened_at.is_not(None)),
            Petition.state == State.REJECTED,
        ),
        Petition.hidden_at.is_(None),
    )


async def public_petitions(
    db: AsyncSession,
    municipality_id: int,
    *,
    states: Collection[State] | None = None,
    issue_id: int | None = None,
    village_id: int | None = None,
) -> Sequence[Petition]:
    """The petitions that everybody may find, the open ones first, then by the newest."""
    query = select(Petition).where(*found_by_all(municipality_id))
    if states is not None:
        query = query.where(Petition.state.in_(list(states)))
    if issue_id is not None:
        query = query.where(Petition.issue_id == issue_id)
    if village_id is not None:
        query = query.where(Petition.village_id == village_id)
    order = ((Petition.state != State.OPEN), Petition.opened_at.desc().nulls_last(), Petition.id.desc())
    return (await db.scalars(query.order_by(*order))).all()


async def petitions_of(db: AsyncSession, municipality_id: int | None, person_id: int) -> Sequence[Petition]:
    """The petitions in whose group somebody is, or which they signed, the newest first."""
    in_group = select(Member.petition_id).where(Member.person_id == person_id, Member.standing == Membership.ACCEPTED)
    signed = select(Signature.petition_id).where(
        Signature.person_id == person_id, Signature.standing == Standing.COUNTED
    )
    query = select(Petition).where(
        Petition.municipality_id == municipality_id, or_(Petition.id.in_(in_group), Petition.id.in_(signed))
    )
    return (await db.scalars(query.order_by(Petition.id.desc()))).all()


async def begun_by(db: AsyncSession, person_id: int, since: datetime) -> tuple[int, int]:
    """How many unfinished drafts somebody has, and how many petitions they began since then."""
    mine = select(Member.petition_id).where(Member.person_id == person_id, Member.began.is_(True))
    query = select(
        func.count().filter(Petition.state.in_([State.DRAFT, State.RETURNED])),
        func.count().filter(Petition.begun_at >= since),
    ).where(Petition.id.in_(mine))
    row = (await db.execute(query)).one()
    return int(row[0] or 0), int(row[1] or 0)
