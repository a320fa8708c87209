"""Which proposal is meant, and what belongs to it?"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import (
    and_,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from civic.refusals import Reason, Refused
from storage.base import may_be_key
from storage.issues import Issue
from storage.municipalities import Street, Village
from storage.people import Person
from storage.proposals.tables import (
    Beside,
    Proposal,
    ProposalFile,
    ProposalFollowing,
    ProposalNote,
    ProposalStep,
    Support,
)


async def get_proposal(db: AsyncSession, municipality_id: int | None, proposal_id: int) -> Proposal:
    """The proposal of that municipality; Refused(NOT_FOUND) for any other."""
    query = select(Proposal).where(Proposal.id == proposal_id, Proposal.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(proposal_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def proposal_to_change(db: AsyncSession, municipality_id: int | None, proposal_id: int) -> Proposal:
    """The proposal as it is now, and nobody else changes it before this transaction ends. Refused(NOT_FOUND)."""
    query = select(Proposal).where(Proposal.id == proposal_id, Proposal.municipality_id == municipality_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    found = await db.scalar(query) if may_be_key(proposal_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def proposal_numbered(db: AsyncSession, municipality_id: int, number: int) -> Proposal | None:
    """The proposal to which that municipality gave the number."""
    query = select(Proposal).where(Proposal.municipality_id == municipality_id, Proposal.number == number)
    return await db.scalar(query) if may_be_key(number) else None


class Read(NamedTuple):
    """A proposal with what its card tells: whether the reader supports or follows it, and where it belongs."""

    proposal: Proposal
    supports: bool
    follows: bool
    issue: Issue | None
    village: Village | None
    street: Street | None
    main: Proposal | None  # the one it is a duplicate of


async def proposal_read_by(db: AsyncSession, municipality_id: int, proposal_id: int, person_id: int) -> Read:
    """The proposal and what its card tells, in one statement. Refused(NOT_FOUND)."""
    main = aliased(Proposal)
    query = (
        select(Proposal, Support.since, ProposalFollowing.since, Issue, Village, Street, main)
        .outerjoin(Support, and_(Support.proposal_id == Proposal.id, Support.person_id == person_id))
        .outerjoin(
            ProposalFollowing,
            and_(ProposalFollowing.proposal_id == Proposal.id, ProposalFollowing.person_id == person_id),
        )
        .outerjoin(Issue, Issue.id == Proposal.issue_id)
        .outerjoin(Village, Village.id == Proposal.village_id)
        .outerjoin(Street, Street.id == Proposal.street_id)
        .outerjoin(main, main.id == Proposal.duplicate_of)
        .where(Proposal.id == proposal_id, Proposal.municipality_id == municipality_id)
    )
    row = (await db.execute(query)).first() if may_be_key(proposal_id) else None
    if row is None:
        raise Refused(Reason.NOT_FOUND)
    return Read(row[0], row[1] is not None, row[2] is not None, *row[3:])


async def municipality_of_proposal(db: AsyncSession, proposal_id: int) -> int | None:
    """To whom it was proposed: how a guest who came by a link finds their municipality."""
    if not may_be_key(proposal_id):
        return None
    return await db.scalar(select(Proposal.municipality_id).where(Proposal.id == proposal_id))


async def files_of_proposal(db: AsyncSession, proposal_id: int) -> Sequence[ProposalFile]:
    """Its photos, then its voice note."""
    query = select(ProposalFile).where(ProposalFile.proposal_id == proposal_id)
    return (await db.scalars(query.order_by(ProposalFile.is_voice, ProposalFile.id))).all()


async def steps_of_proposal(db: AsyncSession, proposal_id: int, *, every: bool = False) -> Sequence[ProposalStep]:
    """Its way so far, the newest first; `every` step, or only what everybody may read."""
    query = select(ProposalStep).where(ProposalStep.proposal_id == proposal_id)
    if not every:
        query = query.where(ProposalStep.public.is_(True))
    return (await db.scalars(query.order_by(ProposalStep.id.desc()))).all()


async def get_step(db: AsyncSession, municipality_id: int, step_id: int) -> ProposalStep:
    """That step of a proposal of the municipality; Refused(NOT_FOUND) for any other."""
    query = select(ProposalStep).where(ProposalStep.id == step_id, ProposalStep.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(step_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def last_step(db: AsyncSession, proposal_id: int, what: str) -> ProposalStep | None:
    """The newest step that led there."""
    query = select(ProposalStep).where(ProposalStep.proposal_id == proposal_id, ProposalStep.what == what)
    return await db.scalar(query.order_by(ProposalStep.id.desc()).limit(1))


async def objection_to(db: AsyncSession, proposal: Proposal) -> ProposalStep | None:
    """What its author says against its being hidden, since it is hidden now."""
    said = await last_step(db, proposal.id, Beside.OBJECTED.value)
    return said if said is not None and proposal.hidden_at is not None and said.at >= proposal.hidden_at else None


async def notes_of_proposal(db: AsyncSession, proposal_id: int) -> Sequence[ProposalNote]:
    """What staff noted, the newest first."""
    query = select(ProposalNote).where(ProposalNote.proposal_id == proposal_id).order_by(ProposalNote.id.desc())
    return (await db.scalars(query)).all()


async def duplicates_of(db: AsyncSession, proposal_id: int) -> Sequence[Proposal]:
    """What was merged into it."""
    query = select(Proposal).where(Proposal.duplicate_of == proposal_id).order_by(Proposal.id)
    return (await db.scalars(query)).all()


async def people_told(db: AsyncSession, proposal: Proposal) -> Sequence[Person]:
    """Who hears how it goes on: its author, its supporters, and those who follow it."""
    supporters = select(Support.person_id).where(Support.proposal_id == proposal.id)
    followers = select(ProposalFollowing.person_id).where(ProposalFollowing.proposal_id == proposal.id)
    query = select(Person).where(
        or_(Person.id.in_(supporters), Person.id.in_(followers), Person.id == (proposal.author_id or 0))
    )
    return (await db.scalars(query.order_by(Person.id))).all()


# --- lists ---
