"""Whose are the proposals, and which wait for staff?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import (
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from civic.proposals import WAITING, State
from storage.proposals.tables import Proposal, ProposalFollowing, Support


async def proposed_since(db: AsyncSession, person_id: int, since: datetime) -> int:
    """How many proposals somebody sent from that moment on."""
    query = select(func.count()).select_from(Proposal)
    return await db.scalar(query.where(Proposal.author_id == person_id, Proposal.created_at > since)) or 0


async def supported_since(db: AsyncSession, person_id: int, since: datetime) -> int:
    """How many proposals somebody supported from that moment on."""
    query = select(func.count()).select_from(Support)
    return await db.scalar(query.where(Support.person_id == person_id, Support.since > since)) or 0


async def everything_proposed(db: AsyncSession, person_id: int) -> Sequence[Proposal]:
    """Everything somebody proposed, anywhere, the newest first."""
    query = select(Proposal).where(Proposal.author_id == person_id).order_by(Proposal.id.desc())
    return (await db.scalars(query)).all()


async def everything_supported(db: AsyncSession, person_id: int) -> Sequence[tuple[Proposal, datetime]]:
    """Everything somebody supports, anywhere, and since when, the newest first."""
    query = select(Proposal, Support.since).join(Support, Support.proposal_id == Proposal.id)
    found = await db.execute(query.where(Support.person_id == person_id).order_by(Support.id.desc()))
    return [(row[0], row[1]) for row in found.all()]


async def proposals_followed(db: AsyncSession, person_id: int) -> Sequence[Proposal]:
    """Every proposal somebody follows without supporting it."""
    query = select(Proposal).join(ProposalFollowing, ProposalFollowing.proposal_id == Proposal.id)
    return (await db.scalars(query.where(ProposalFollowing.person_id == person_id).order_by(Proposal.id))).all()


# --- for staff ---


async def proposals_waiting(db: AsyncSession, municipality_id: int) -> Sequence[Proposal]:
    """What waits for an answer and was not removed, the nearest deadline first, then the oldest."""
    query = select(Proposal).where(
        Proposal.municipality_id == municipality_id,
        Proposal.state.in_(list(WAITING)),
        Proposal.removed_because.is_(None),
    )
    listed = (await db.scalars(query.order_by(Proposal.id))).all()
    return sorted(listed, key=lambda each: (deadline_of(each) or date.max, each.id))


def deadline_of(proposal: Proposal) -> date | None:
    """The day by which something must be done with it: registered, then (as an appeal) answered."""
    if proposal.state not in WAITING:
        return None
    return proposal.register_until if proposal.state is State.SENT else proposal.due_on


async def every_proposal(db: AsyncSession, municipality_id: int) -> Sequence[Proposal]:
    """The whole register of a municipality, by number."""
    query = select(Proposal).where(Proposal.municipality_id == municipality_id).order_by(Proposal.number)
    return (await db.scalars(query)).all()


async def hidden_proposals(db: AsyncSession, municipality_id: int) -> Sequence[Proposal]:
    """What is hidden after reports until staff have looked, the oldest first."""
    query = select(Proposal).where(
        Proposal.municipality_id == municipality_id,
        Proposal.hidden_at.is_not(None),
        Proposal.removed_because.is_(None),
    )
    return (await db.scalars(query.order_by(Proposal.hidden_at))).all()


async def supporter_counts(db: AsyncSession, proposals: Iterable[int]) -> dict[int, int]:
    """How many supports there really are, row by row; what `support_count` must always say."""
    query = select(Support.proposal_id, func.count()).where(Support.proposal_id.in_(list(proposals)))
    return {row[0]: row[1] for row in (await db.execute(query.group_by(Support.proposal_id))).all()}
