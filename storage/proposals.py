"""Which proposals are there, what came of them, and who supports them?"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column
from sqlalchemy.sql import ColumnElement

from civic.moderation import Rejection
from civic.proposals import FINAL, WAITING, CameBy, ForWhom, State
from civic.refusals import Reason, Refused
from civic.spelling import fold
from storage.alike import alike
from storage.base import Base, may_be_key, words_of
from storage.issues import Issue
from storage.municipalities import Street, Village
from storage.people import BigId, Person

LIKE_A_TEXT = 60.0  # of 100: how much of a new text's words another one must hold to be shown as a similar one
_SIMILAR_AMONG = 2_000  # the newest; comparing a text with more takes longer than a person waits


class Proposal(Base):
    """A proposal of a resident, from the moment it is sent. `number` is the one people are told, counted in each
    municipality. `hidden_at` without `removed_because` waits until staff have looked."""

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("municipality_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    number: Mapped[int]
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issues.id"), index=True)  # None: staff sort it later
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    street_id: Mapped[int | None] = mapped_column(ForeignKey("streets.id"))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    for_whom: Mapped[ForWhom | None] = mapped_column(words_of(ForWhom))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # None: forgotten, or a caller
    came_by: Mapped[CameBy] = mapped_column(words_of(CameBy), default=CameBy.BOT)
    entered_by: Mapped[int | None] = mapped_column(BigId)
    caller_sealed: Mapped[str | None] = mapped_column(String(900))  # name and phone of whoever called or came
    found_by: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]  # the last step

    state: Mapped[State] = mapped_column(words_of(State), default=State.SENT, index=True)
    register_until: Mapped[date | None]
    registry_no: Mapped[str | None] = mapped_column(String(60))
    registered_on: Mapped[date | None]
    is_appeal: Mapped[bool] = mapped_column(default=False)  # registered as an appeal: the law's clock runs
    due_on: Mapped[date | None] = mapped_column(index=True)
    warned: Mapped[int] = mapped_column(default=0)  # how many reminders of the deadline were sent
    officer_id: Mapped[int | None] = mapped_column(BigId)
    answer_ky: Mapped[str] = mapped_column(Text, default="")
    answer_ru: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[str] = mapped_column(String(120), default="")
    period: Mapped[str] = mapped_column(String(120), default="")
    answer_file_id: Mapped[str | None] = mapped_column(String(64))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(BigId)
    measure: Mapped[str] = mapped_column(Text, default="")  # of the plan
    competent: Mapped[str] = mapped_column(String(300), default="")  # the body that is in charge instead
    duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    hidden_at: Mapped[datetime | None]
    removed_because: Mapped[Rejection | None] = mapped_column(words_of(Rejection))
    support_count: Mapped[int] = mapped_column(default=0)

    def answer(self, language: str) -> str:
        """The official answer in that language, else in the other one."""
        first, second = (self.answer_ru, self.answer_ky) if language == "ru" else (self.answer_ky, self.answer_ru)
        return first or second


class ProposalNumber(Base):
    """The last number a municipality gave to a proposal."""

    __tablename__ = "proposal_numbers"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), primary_key=True, autoincrement=False)
    last: Mapped[int]


class ProposalFile(Base):
    """A photo or voice note of a proposal. A voice goes when its author is forgotten: it is known by its sound."""

    __tablename__ = "proposal_files"
    __table_args__ = (UniqueConstraint("proposal_id", "file_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    file_id: Mapped[str] = mapped_column(String(64))
    is_voice: Mapped[bool] = mapped_column(default=False)


class Support(Base):
    """Somebody supports a proposal: once for each person, and once for each proven phone. They are told how it goes
    on. `came_from` is the duplicate they supported before it was merged."""

    __tablename__ = "proposal_supports"
    __table_args__ = (
        UniqueConstraint("proposal_id", "person_id"),
        UniqueConstraint("proposal_id", "phone_hash", name="uq_proposal_supports_phone"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    phone_hash: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime]
    came_from: Mapped[int | None]


class ProposalFollowing(Base):
    """Somebody wants to hear how a proposal goes on without supporting it."""

    __tablename__ = "proposal_followings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposals.id"), primary_key=True, autoincrement=False, index=True
    )
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    since: Mapped[datetime]


class ProposalStep(Base):
    """One step of a proposal's way, as everybody reads it (unless it is not public): when, where it led, and the
    words that say why."""

    __tablename__ = "proposal_steps"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(32))  # a State, or a `Beside`
    words_ky: Mapped[str] = mapped_column(Text, default="")
    words_ru: Mapped[str] = mapped_column(Text, default="")
    file_id: Mapped[str | None] = mapped_column(String(64))
    by: Mapped[int | None] = mapped_column(BigId)
    by_staff: Mapped[bool] = mapped_column(default=False)
    public: Mapped[bool] = mapped_column(default=True)

    def words(self, language: str) -> str:
        """The words in that language, else in the other one."""
        first, second = (self.words_ru, self.words_ky) if language == "ru" else (self.words_ky, self.words_ru)
        return first or second


class Beside(StrEnum):
    """Steps that lead to no other state."""

    SORTED = "sorted"  # to another issue
    TOOK_IN = "took-in"  # a duplicate
    REMOVED = "removed"  # its text, by staff
    KEPT = "kept"  # shown again after reports
    ASSIGNED = "assigned"


class ProposalNote(Base):
    """What staff tell each other about a proposal; nobody else reads it."""

    __tablename__ = "proposal_notes"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(BigId)
    text: Mapped[str] = mapped_column(Text)


# --- one proposal ---


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
