"""What becomes of two proposals that say the same?"""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.proposals import supporting, telling
from civic.events import Event
from civic.people import Right, Role, refuse, why_not_may
from civic.proposals import REASON_LEAST, REASON_MOST, State, owes_answer, why_cannot_merge
from storage.people import Person
from storage.proposals import (
    Beside,
    Proposal,
    ProposalFollowing,
    Support,
    people_told,
    proposal_to_change,
)


async def merge(
    db: AsyncSession,
    proposal_id: int,
    into_id: int,
    words: dict[str, str],
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> tuple[Proposal, Proposal]:
    """The proposal is a duplicate of the other one: its supporters count there, each once; its author counts there too.
    All of them are told, and so are author and supporters of the other one. An appeal that had no answer yet goes over
    with its term. `words`, by language, say why. Gives both. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY,
    CANNOT_MERGE with another one that is over or hidden, TOO_SHORT, TOO_LONG."""
    refuse(why_not_may(roles, Right.ANSWER))
    await supporting.hold(db, [proposal_id, into_id])
    gone = await proposal_to_change(db, by.municipality_id, proposal_id)
    into = await proposal_to_change(db, by.municipality_id, into_id)
    refuse(why_cannot_merge(gone, into))
    said = tuple(telling.fitting(words.get(k, ""), least=0, most=REASON_MOST) for k in ("ky", "ru"))
    telling.fitting(said[0] or said[1], least=REASON_LEAST, most=REASON_MOST)
    told = await people_told(db, gone)
    await _move_supporters(db, gone, into, now)
    if owes_answer(gone) and into.answered_at is None:
        into.due_on = min(gone.due_on, into.due_on) if gone.due_on and into.due_on else gone.due_on or into.due_on
        into.is_appeal, into.warned = True, 0
    gone.state, gone.duplicate_of = State.DUPLICATE, into.id
    await db.execute(update(Proposal).where(Proposal.duplicate_of == gone.id).values(duplicate_of=into.id))
    step = await telling.step(
        db, gone, State.DUPLICATE.value, now, by=by, by_staff=True, told=False, words=(said[0], said[1])
    )
    await telling.tell(db, gone, step, [person for person in told if person.id != by.id], now)
    number = str(gone.number)
    took_in = await telling.step(
        db, into, Beside.TOOK_IN.value, now, words=(number, number), by=by, by_staff=True, told=False
    )
    # who has just read that theirs went there need not read it again
    knows = {person.id for person in told} | {by.id}
    others = [person for person in await people_told(db, into) if person.id not in knows or person.id == into.author_id]
    await telling.tell(db, into, took_in, [person for person in others if person.id != by.id], now)
    telling.note(db, gone, Event.PROPOSAL_MERGED, now, by, into=into.id)
    return gone, into


async def _move_supporters(db: AsyncSession, gone: Proposal, into: Proposal, now: datetime) -> None:
    """Whoever supported both, or proposed the other one, is not counted twice; the rest move. The author of what goes
    supports what stays, where their phone is proven; else they follow it."""
    people = select(Support.person_id).where(Support.proposal_id == into.id)
    phones = select(Support.phone_hash).where(Support.proposal_id == into.id)
    theirs = Support.proposal_id == gone.id
    twice = (
        Support.person_id.in_(people) | Support.phone_hash.in_(phones) | (Support.person_id == (into.author_id or 0))
    )
    await db.execute(delete(Support).where(theirs, twice).execution_options(synchronize_session=False))
    moved = update(Support).where(theirs).values(proposal_id=into.id, came_from=gone.id)
    await db.execute(moved.execution_options(synchronize_session=False))
    followers = list(
        await db.scalars(select(ProposalFollowing.person_id).where(ProposalFollowing.proposal_id == gone.id))
    )
    author = await db.get(Person, gone.author_id) if gone.author_id is not None else None
    if author is not None and author.id != into.author_id:
        counts = author.phone_hash is not None and await supporting.put(db, into, author, now, came_from=gone.id)
        followers += [] if counts else [author.id]
    await db.execute(delete(ProposalFollowing).where(ProposalFollowing.proposal_id == gone.id))
    for person_id in followers:
        await supporting.follows(db, into, person_id, now)
    await supporting.recount(db, [gone.id, into.id])
