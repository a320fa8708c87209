"""Whose are the proposals, and who supports or follows them?"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

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


async def every_proposal(db: AsyncSession, municipality_id: int) -> Sequence[Proposal]:
    """The whole register of a municipality, by number."""
    query = select(Proposal).where(Proposal.municipality_id == municipality_id).order_by(Proposal.number)
    return (await db.scalars(query)).all()


async def supporter_counts(db: AsyncSession, proposals: Iterable[int]) -> dict[int, int]:
    """How many supports there really are, row by row; what `support_count` must always say."""
    query = select(Support.proposal_id, func.count()).where(Support.proposal_id.in_(list(proposals)))
    return {row[0]: row[1] for row in (await db.execute(query.group_by(Support.proposal_id))).all()}
