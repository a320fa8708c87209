"""Which proposals stand in a list, and which are alike?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import (
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from civic.proposals import FINAL, WAITING, State
from civic.spelling import fold
from storage.alike import alike
from storage.proposals.tables import Proposal

LIKE_A_TEXT = 60.0  # of 100: how much of a new text's words another one must hold to be shown as a similar one
_SIMILAR_AMONG = 2_000  # the newest; comparing a text with more takes longer than a person waits


class Order(StrEnum):
    """What stands first in a list."""

    NEWEST = "n"
    SUPPORTED = "s"


class Stage(StrEnum):
    """States that a list shows together."""

    WAITING = "waiting"
    ANSWERED = "answered"
    GOING_ON = "going-on"
    DONE = "done"
    CLOSED = "closed"


STATES: dict[Stage, frozenset[State]] = {
    Stage.WAITING: WAITING,
    Stage.ANSWERED: frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED, State.REJECTED, State.OUT_OF_COMPETENCE}),
    Stage.GOING_ON: frozenset({State.INCLUDED, State.IN_PROGRESS}),
    Stage.DONE: frozenset({State.DONE}),
    Stage.CLOSED: FINAL - {State.DONE},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proposals a list is to show. `by` wants those of one author, the hidden ones too."""

    issue: int | None = None
    village: int | None = None
    states: Collection[State] | None = None
    by: int | None = None


def _wanted(municipality_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Proposal.municipality_id == municipality_id]
    if wanted.by is not None:
        found.append(Proposal.author_id == wanted.by)
    else:
        found.append(Proposal.hidden_at.is_(None))
    if wanted.issue is not None:
        found.append(Proposal.issue_id == wanted.issue if wanted.issue else Proposal.issue_id.is_(None))
    if wanted.village is not None:
        found.append(Proposal.village_id == wanted.village)
    if wanted.states is not None:
        found.append(Proposal.state.in_(list(wanted.states)))
    return found


async def proposal_count(db: AsyncSession, municipality_id: int, wanted: Wanted) -> int:
    """How many such proposals there are."""
    return await db.scalar(select(func.count()).select_from(Proposal).where(*_wanted(municipality_id, wanted))) or 0


async def listed_proposals(
    db: AsyncSession,
    municipality_id: int,
    wanted: Wanted,
    *,
    order: Order = Order.NEWEST,
    after: int = 0,
    limit: int = 100,
) -> Sequence[Proposal]:
    """Such proposals in that order, leaving out the first `after`."""
    query = select(Proposal).where(*_wanted(municipality_id, wanted))
    if order is Order.SUPPORTED:
        query = query.order_by(Proposal.support_count.desc())
    return (await db.scalars(query.order_by(Proposal.id.desc()).offset(after).limit(limit))).all()


async def count_by_issue(db: AsyncSession, municipality_id: int, wanted: Wanted) -> dict[int | None, int]:
    """How many such proposals each issue has; None for those that staff have yet to sort."""
    query = select(Proposal.issue_id, func.count()).where(*_wanted(municipality_id, wanted)).group_by(Proposal.issue_id)
    return {row[0]: row[1] for row in (await db.execute(query)).all()}


async def count_by_village(db: AsyncSession, municipality_id: int, wanted: Wanted) -> dict[int | None, int]:
    """How many such proposals each village has; None for those without one."""
    query = select(Proposal.village_id, func.count()).where(*_wanted(municipality_id, wanted))
    return {row[0]: row[1] for row in (await db.execute(query.group_by(Proposal.village_id))).all()}


async def count_by_state(db: AsyncSession, municipality_id: int, wanted: Wanted) -> dict[State, int]:
    """How many such proposals are in each state."""
    query = select(Proposal.state, func.count()).where(*_wanted(municipality_id, wanted)).group_by(Proposal.state)
    return {row[0]: row[1] for row in (await db.execute(query)).all()}


async def proposals_like(db: AsyncSession, municipality_id: int, words: str) -> list[Proposal]:
    """The proposals that everybody reads and that fit the words, best first."""
    query = select(Proposal).where(*_wanted(municipality_id, Wanted())).order_by(Proposal.id.desc())
    listed = (await db.scalars(query.limit(_SIMILAR_AMONG))).all()
    return [proposal for _, proposal in alike(words, ((each.found_by, each) for each in listed))]


async def similar_proposals(
    db: AsyncSession, municipality_id: int, text: str, *, issue_id: int | None, besides: int | None, limit: int = 3
) -> list[Proposal]:
    """Proposals that go on and say much the same as a text, best first; those on the same issue before others that fit
    as well. `besides`: not those of that author."""
    goes_on = [state for state in State if state not in FINAL]
    query = select(Proposal).where(*_wanted(municipality_id, Wanted(states=goes_on))).order_by(Proposal.id.desc())
    if besides is not None:
        query = query.where(or_(Proposal.author_id.is_(None), Proposal.author_id != besides))
    listed = (await db.scalars(query.limit(_SIMILAR_AMONG))).all()
    telling = " ".join(telling_words(text))
    ranked = alike(telling, ((each.found_by, each) for each in listed), at_least=LIKE_A_TEXT)
    ranked.sort(key=lambda pair: -(pair[0] + (10 if pair[1].issue_id == issue_id else 0)))
    return [proposal for _, proposal in ranked[:limit]]


def telling_words(text: str) -> list[str]:
    """The words of a text by which another one like it is found: the first few long ones, each once."""
    long = [word for word in fold(text).split() if len(word) > 3]
    return list(dict.fromkeys(long))[:15]


# --- whose they are ---
