"""Which steps does a proposal take, who is told of them, and what is written down?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, outbox
from civic.events import Event
from civic.people import RIGHTS, Right, Role, refuse, why_not_may
from civic.refusals import Reason, Refused
from civic.spelling import clean
from storage.people import Person
from storage.proposals import Proposal, ProposalStep, people_told, proposal_to_change
from storage.staff import holders


async def taken(db: AsyncSession, proposal_id: int, by: Person, roles: frozenset[Role], right: Right) -> Proposal:
    """The proposal, held until this transaction ends, for somebody with the right. Refused: NOT_YOURS, NOT_FOUND for
    another municipality's."""
    refuse(why_not_may(roles, right))
    return await proposal_to_change(db, by.municipality_id, proposal_id)


def note(
    db: AsyncSession,
    proposal: Proposal,
    event: Event,
    now: datetime,
    by: Person | None,
    **details: str | int | bool | None,
) -> None:
    """An entry in the journal about the proposal."""
    journal.write(
        db,
        event,
        now,
        municipality=proposal.municipality_id,
        actor=by.id if by is not None else None,
        object_id=proposal.id,
        **details,
    )


async def step(
    db: AsyncSession,
    proposal: Proposal,
    what: str,
    now: datetime,
    *,
    words: tuple[str, str] = ("", ""),
    terms: tuple[str, str] = ("", ""),
    file_id: str | None = None,
    by: Person | None = None,
    by_staff: bool = False,
    public: bool = True,
    told: bool = True,
) -> ProposalStep:
    """A step of the proposal's way. Its author, its supporters and its followers are told, once each, in their
    language; not whoever took the step, and only the author of a step that is not public. `words`: Kyrgyz, Russian;
    `terms`: what it costs, and by when."""
    taken_step = ProposalStep(
        municipality_id=proposal.municipality_id,
        proposal_id=proposal.id,
        at=now,
        what=what,
        words_ky=words[0],
        words_ru=words[1],
        cost=terms[0],
        period=terms[1],
        file_id=file_id,
        by=by.id if by is not None else None,
        by_staff=by_staff,
        public=public,
    )
    proposal.changed_at = now
    db.add(taken_step)
    await db.flush()
    if told:
        people = [
            person
            for person in await people_told(db, proposal)
            if (by is None or person.id != by.id) and (public or person.id == proposal.author_id)
        ]
        await tell(db, proposal, taken_step, people, now)
    return taken_step


async def tell(
    db: AsyncSession, proposal: Proposal, taken_step: ProposalStep, people: Sequence[Person], now: datetime
) -> None:
    """A letter about the step to each of them, once; nobody can mute the answer to what they proposed themselves."""
    for own in (True, False):
        await outbox.post(
            db,
            [person for person in people if (person.id == proposal.author_id) is own],
            "proposal-step",
            once=f"proposal-step-{taken_step.id}",
            municipality=proposal.municipality_id,
            now=now,
            proposal=proposal.id,
            step=taken_step.id,
            essential=own,
        )


async def tell_staff(
    db: AsyncSession,
    municipality_id: int,
    readers: Iterable[Person],
    key: str,
    *,
    once: str,
    now: datetime,
    **told: Any,
) -> None:
    """A letter to members of staff about what waits for them."""
    await outbox.post(db, readers, key, once=once, municipality=municipality_id, now=now, **told)


async def first_to_act(db: AsyncSession, municipality_id: int, right: Right) -> Sequence[Person]:
    """Who of the staff does such work daily: whose role carries the right and not the head's; where there is nobody,
    the head and the administrators."""
    return await _who_may(db, municipality_id, right, head=False) or await _who_may(
        db, municipality_id, right, head=True
    )


async def head_of(db: AsyncSession, municipality_id: int) -> Sequence[Person]:
    """Who answers for the work of the others."""
    return await _who_may(db, municipality_id, Right.ANSWER, head=True)


async def _who_may(db: AsyncSession, municipality_id: int, right: Right, *, head: bool) -> Sequence[Person]:
    leads = {Role.HEAD, Role.ADMIN}
    roles = [role for role in Role if right in RIGHTS[role] and (role in leads) is head]
    return await holders(db, municipality_id, roles)


def fitting(words: str, *, least: int, most: int) -> str:
    """The words, cleaned. Refused: TOO_SHORT, TOO_LONG."""
    words = clean(words)
    if len(words) < least:
        raise Refused(Reason.TOO_SHORT, least=least)
    if len(words) > most:
        raise Refused(Reason.TOO_LONG, most=most, is_now=len(words))
    return words


def in_language(words: str, language: str) -> tuple[str, str]:
    """The words as a step takes them, in the language in which they were said."""
    return ("", words) if language == "ru" else (words, "")
