"""Who supports or follows a proposal, and does the count always say how many they are?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from actions.proposals import telling
from civic.events import Event
from civic.people import Level, refuse, why_below, why_cannot_follow
from civic.proposals import why_cannot_support
from civic.refusals import Reason, Refused
from storage.people import Person, set_loaded
from storage.proposals import (
    Proposal,
    ProposalFile,
    ProposalFollowing,
    ProposalStep,
    Support,
    get_proposal,
    proposal_to_change,
    supported_since,
)
from storage.subscriptions import drop_mute

_HOUR = timedelta(hours=1)
_DIALECTS = (("sqlite", sqlite), ("postgresql", postgresql))
_SUPPORT = {name: dialect.insert(Support).on_conflict_do_nothing().returning(Support.id) for name, dialect in _DIALECTS}
_FOLLOW = {
    name: dialect.insert(ProposalFollowing).on_conflict_do_nothing().returning(ProposalFollowing.proposal_id)
    for name, dialect in _DIALECTS
}


async def support(db: AsyncSession, person: Person, proposal_id: int, now: datetime) -> bool:
    """The person supports a proposal of their municipality and hears how it goes on; False when they already did.
    Refused: NOT_FOUND, what `why_cannot_support` says, PHONE_COUNTED when another person did with the same phone."""
    if person.municipality_id is None:  # who has not said where they belong would find nothing
        refuse(why_below(person, Level.PHONE))
    proposal = await proposal_to_change(db, person.municipality_id, proposal_id)
    refuse(why_cannot_support(proposal, person))
    if await _supports(db, proposal.id, person.id):
        return False
    refuse(why_cannot_support(proposal, person, in_an_hour=await supported_since(db, person.id, now - _HOUR)))
    if not await put(db, proposal, person, now):
        raise Refused(Reason.PHONE_COUNTED)
    telling.note(db, proposal, Event.PROPOSAL_SUPPORTED, now, person)
    return True


async def put(
    db: AsyncSession, proposal: Proposal, person: Person, now: datetime, *, came_from: int | None = None
) -> bool:
    """One more supporter and the count with it, unless the person or their phone is counted already."""
    row = {
        "municipality_id": proposal.municipality_id,
        "proposal_id": proposal.id,
        "person_id": person.id,
        "phone_hash": person.phone_hash,
        "since": now,
        "came_from": came_from,
    }
    if await db.scalar(_SUPPORT[db.get_bind().dialect.name].values(row)) is None:
        return False
    await _move(db, proposal, 1)
    return True


async def _supports(db: AsyncSession, proposal_id: int, person_id: int) -> bool:
    query = select(Support.id).where(Support.proposal_id == proposal_id, Support.person_id == person_id)
    return await db.scalar(query) is not None


async def _move(db: AsyncSession, proposal: Proposal, by: int) -> None:
    moved = update(Proposal).where(Proposal.id == proposal.id).values(support_count=Proposal.support_count + by)
    count = await db.scalar(moved.returning(Proposal.support_count).execution_options(synchronize_session=False))
    set_loaded(proposal, "support_count", count)


async def unsupport(db: AsyncSession, person: Person, proposal_id: int, now: datetime) -> bool:
    """The person supports it no more; False when they did not. Refused(NOT_FOUND)."""
    proposal = await proposal_to_change(db, person.municipality_id, proposal_id)
    gone = delete(Support).where(Support.proposal_id == proposal.id, Support.person_id == person.id)
    if await db.scalar(gone.returning(Support.id).execution_options(synchronize_session=False)) is None:
        return False
    await _move(db, proposal, -1)
    telling.note(db, proposal, Event.PROPOSAL_UNSUPPORTED, now, person)
    return True


async def follow(db: AsyncSession, person: Person, proposal_id: int, now: datetime) -> bool:
    """The person hears how a proposal goes on; False when they already did. Refused: NEEDS_CONSENT, NOT_FOUND."""
    refuse(why_cannot_follow(person))
    proposal = await get_proposal(db, person.municipality_id, proposal_id)
    new = await follows(db, proposal, person.id, now)
    await drop_mute(db, person.id, "proposal", proposal.id)
    if new:
        telling.note(db, proposal, Event.PROPOSAL_FOLLOWED, now, person)
    return new


async def follows(db: AsyncSession, proposal: Proposal, person_id: int, now: datetime) -> bool:
    """Writes down that somebody follows the proposal; False when it stands there."""
    row = {
        "person_id": person_id,
        "proposal_id": proposal.id,
        "municipality_id": proposal.municipality_id,
        "since": now,
    }
    return await db.scalar(_FOLLOW[db.get_bind().dialect.name].values(row)) is not None


async def unfollow(db: AsyncSession, person: Person, proposal_id: int, now: datetime) -> bool:
    """Not any more; False when they did not. Refused(NOT_FOUND)."""
    proposal = await get_proposal(db, person.municipality_id, proposal_id)
    gone = delete(ProposalFollowing).where(
        ProposalFollowing.proposal_id == proposal.id, ProposalFollowing.person_id == person.id
    )
    query = gone.returning(ProposalFollowing.proposal_id).execution_options(synchronize_session=False)
    if await db.scalar(query) is None:
        return False
    telling.note(db, proposal, Event.PROPOSAL_UNFOLLOWED, now, person)
    return True


async def recount(db: AsyncSession, proposals: Iterable[int]) -> None:
    """The count of each of these says again how many supporters there are."""
    numbers = sorted(set(proposals))
    if not numbers:
        return
    rows = select(func.count()).select_from(Support).where(Support.proposal_id == Proposal.id).scalar_subquery()
    counted = update(Proposal).where(Proposal.id.in_(numbers)).values(support_count=rows)
    query = counted.returning(Proposal.id, Proposal.support_count).execution_options(synchronize_session=False)
    counts = {row[0]: row[1] for row in (await db.execute(query)).all()}
    for known in [thing for thing in db if isinstance(thing, Proposal) and thing.id in counts]:
        set_loaded(known, "support_count", counts[known.id])


async def hold(db: AsyncSession, proposals: Iterable[int]) -> None:
    """Nobody else changes these, nor their supporters, before this transaction ends; always in the same order."""
    numbers = sorted(set(proposals))
    if numbers:
        wanted = select(Proposal.id).where(Proposal.id.in_(numbers)).order_by(Proposal.id)
        await db.execute(wanted.with_for_update())


async def forget(db: AsyncSession, person: Person) -> None:
    """What somebody proposed stays, without them and without their voice; their supports and followings go."""
    supported = list(await db.scalars(select(Support.proposal_id).where(Support.person_id == person.id)))
    await hold(db, supported)
    await db.execute(delete(Support).where(Support.person_id == person.id))
    await db.execute(delete(ProposalFollowing).where(ProposalFollowing.person_id == person.id))
    await recount(db, supported)
    own = select(Proposal.id).where(Proposal.author_id == person.id)
    await db.execute(delete(ProposalFile).where(ProposalFile.is_voice.is_(True), ProposalFile.proposal_id.in_(own)))
    by_them = ProposalStep.by == person.id, ProposalStep.by_staff.is_(False)
    await db.execute(update(ProposalStep).where(*by_them).values(by=None))
    await db.execute(update(Proposal).where(Proposal.author_id == person.id).values(author_id=None))


async def become(db: AsyncSession, gone: Person, owner: Person) -> None:
    """Two turned out to be one person: what both supported counts once, and nobody supports what they proposed."""
    touched = list(
        await db.scalars(select(Support.proposal_id).where(Support.person_id.in_([gone.id, owner.id])).distinct())
    )
    await hold(db, touched)
    for table, column in ((Support, Support.proposal_id), (ProposalFollowing, ProposalFollowing.proposal_id)):
        had = select(column).where(table.person_id == owner.id)
        await db.execute(
            delete(table)
            .where(table.person_id == gone.id, column.in_(had))
            .execution_options(synchronize_session=False)
        )
        await db.execute(update(table).where(table.person_id == gone.id).values(person_id=owner.id))
    await db.execute(update(Proposal).where(Proposal.author_id == gone.id).values(author_id=owner.id))
    own = select(Proposal.id).where(Proposal.author_id == owner.id)
    await db.execute(delete(Support).where(Support.person_id == owner.id, Support.proposal_id.in_(own)))
    await recount(db, touched)
