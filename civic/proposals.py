"""What must hold for a proposal, from the moment it is sent to its last word? (Typical Plan 1.3, 1.4, 2.3;
docs/law.md#proposals)"""

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from civic.people import Level, has_agreed, why_below
from civic.refusals import Reason

if TYPE_CHECKING:
    from storage.people import Person
    from storage.proposals import Proposal


class State(StrEnum):
    """Where a proposal stands."""

    SENT = "sent"
    REGISTERED = "registered"
    UNDER_REVIEW = "under-review"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly-accepted"
    REJECTED = "rejected"
    INCLUDED = "included"  # in the plan, as a measure
    IN_PROGRESS = "in-progress"
    DONE = "done"
    DUPLICATE = "duplicate"
    OUT_OF_COMPETENCE = "out-of-competence"
    WITHDRAWN = "withdrawn"


class CameBy(StrEnum):
    """How a proposal reached the municipality."""

    BOT = "bot"
    PHONE = "phone"
    VISIT = "visit"
    PAPER = "paper"


class ForWhom(StrEnum):
    """Whom it would help first: the groups that the plan must not overlook (Typical Plan 4.4)."""

    EVERYBODY = "everybody"
    CHILDREN = "children"
    YOUTH = "youth"
    WOMEN = "women"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    FARMERS = "farmers"
    BUSINESS = "business"


WAITING = frozenset({State.SENT, State.REGISTERED, State.UNDER_REVIEW})  # for an answer
AGREED = frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED, State.INCLUDED, State.IN_PROGRESS})
FINAL = frozenset({State.REJECTED, State.DONE, State.DUPLICATE, State.OUT_OF_COMPETENCE, State.WITHDRAWN})
# which decisions are an answer by themselves: with them the clock of the law stops
ANSWERS = frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED, State.REJECTED, State.OUT_OF_COMPETENCE, State.INCLUDED})
# what may be said without words; every other step says why or how (Typical Plan 1.4)
WITHOUT_WORDS = frozenset({State.SENT, State.REGISTERED, State.UNDER_REVIEW, State.IN_PROGRESS})

_DECIDED = frozenset({*ANSWERS, State.DUPLICATE, State.WITHDRAWN})
NEXT: dict[State, frozenset[State]] = {
    State.SENT: _DECIDED | {State.REGISTERED, State.UNDER_REVIEW, State.IN_PROGRESS, State.DONE},
    State.REGISTERED: _DECIDED | {State.UNDER_REVIEW, State.IN_PROGRESS, State.DONE},
    State.UNDER_REVIEW: _DECIDED | {State.IN_PROGRESS, State.DONE},
    State.ACCEPTED: frozenset({State.INCLUDED, State.IN_PROGRESS, State.DONE, State.UNDER_REVIEW}),
    State.PARTLY_ACCEPTED: frozenset(
        {State.ACCEPTED, State.INCLUDED, State.IN_PROGRESS, State.DONE, State.UNDER_REVIEW}
    ),
    State.INCLUDED: frozenset({State.IN_PROGRESS, State.DONE, State.UNDER_REVIEW}),
    State.IN_PROGRESS: frozenset({State.DONE, State.UNDER_REVIEW}),
    # a refusal may be looked at anew; what is done, merged or taken back is over
    State.REJECTED: frozenset({State.UNDER_REVIEW}),
    State.OUT_OF_COMPETENCE: frozenset({State.UNDER_REVIEW}),
    State.DONE: frozenset(),
    State.DUPLICATE: frozenset(),
    State.WITHDRAWN: frozenset(),
}

LEAST, MOST = 10, 4_000  # characters of a proposal
PHOTOS = 3
REASON_LEAST, REASON_MOST = 5, 1_500  # characters of a reason in words
ANSWER = 3_000  # of what staff say with any decision: what is prepared as a template fits each of them
COST, PERIOD, MEASURE, COMPETENT, CALLER, REGISTRY = 120, 120, 500, 300, 200, 60
NOTE = 1_500
FEW_DAYS = 2  # working days before a deadline from which on it is near

# Nobody thinks of a sixth thing to better on one day; whoever sends a third within a minute is not writing them.
PROPOSED_A_DAY, DAY = 5, timedelta(days=1)
PROPOSED_AT_ONCE, AT_ONCE = 2, timedelta(minutes=1)
SUPPORTED_AN_HOUR = 40  # as with signatures: somebody who reads what they support needs longer


def why_cannot_propose(person: "Person", *, in_a_day: int = 0, at_once: int = 0) -> Reason | None:
    """Whoever agreed that it is kept proposes to the municipality they belong to; so many a day and at once."""
    if not has_agreed(person):
        return Reason.NEEDS_CONSENT
    if person.municipality_id is None:
        return Reason.NEEDS_MUNICIPALITY
    return Reason.TOO_OFTEN if in_a_day >= PROPOSED_A_DAY or at_once >= PROPOSED_AT_ONCE else None


def why_cannot_support(proposal: "Proposal", person: "Person", *, in_an_hour: int = 0) -> Reason | None:
    """With a proven phone, for one phone counts once; what is not over, not hidden, and somebody else's."""
    lacks = why_below(person, Level.PHONE)
    if lacks is not None:
        return lacks
    if proposal.author_id == person.id:
        return Reason.OWN_TEXT
    if proposal.hidden_at is not None:
        return Reason.NOT_FOUND
    if proposal.state in FINAL:
        return Reason.PROPOSAL_OVER
    return Reason.TOO_OFTEN if in_an_hour >= SUPPORTED_AN_HOUR else None


def why_cannot_withdraw(proposal: "Proposal", person: "Person") -> Reason | None:
    """Its author takes it back until the municipality has decided; what was agreed to belongs to its supporters."""
    if proposal.author_id is None or proposal.author_id != person.id:
        return Reason.NOT_YOURS
    return None if proposal.state in WAITING else Reason.PROPOSAL_OVER


def why_cannot_become(proposal: "Proposal", state: State) -> Reason | None:
    """A step that does not lead there: most often somebody else has decided in the meantime."""
    return None if state in NEXT[proposal.state] else Reason.DECIDED_ALREADY


def needs_words(proposal: "Proposal", state: State, *, has_file: bool = False) -> bool:
    """No final status without a reason in words (Typical Plan 1.4), nor a decision that is taken back; what was
    answered and is done may be shown by a photo instead. Whoever is owed an answer by law gets it at the latest when
    the work begins."""
    if state is State.DONE:
        return proposal.answered_at is None or not has_file
    if state is State.IN_PROGRESS and owes_answer(proposal):
        return True
    return state not in WITHOUT_WORDS or proposal.state not in WAITING | {State.INCLUDED, State.IN_PROGRESS}


def is_answer(proposal: "Proposal", state: State, *, has_words: bool) -> bool:
    """Whether the decision answers the proposal: some always do; what is said when the work begins or is done answers
    whatever had no answer yet."""
    if state in ANSWERS:
        return True
    return state in (State.IN_PROGRESS, State.DONE) and proposal.answered_at is None and has_words


def owes_answer(proposal: "Proposal") -> bool:
    """Whether the law still wants an answer (Law 67): to an appeal, in whatever state, until it was answered, taken
    back by its author, or merged into another one, which is owed it from then on."""
    return proposal.is_appeal and proposal.answered_at is None and proposal.state not in FINAL


def deadline_of(proposal: "Proposal") -> date | None:
    """The day by which staff must do the next thing that has one: register it, or answer an appeal. Nothing has to be
    done any more with a text that was removed."""
    if proposal.removed_because is not None:
        return None
    to_register = proposal.register_until if proposal.state in WAITING and proposal.registry_no is None else None
    to_answer = proposal.due_on if owes_answer(proposal) else None
    return min((day for day in (to_register, to_answer) if day is not None), default=None)


def stage_of(until: date, today: date, *, left: int, to_answer: bool) -> int:
    """How urgent a deadline is: 1 near, 2 on its last day, 3 over, else 0. Registering takes a day or so: of it nobody
    is told that it is near, for they have just heard that there is something new."""
    if today > until:
        return 3
    if left <= 0:
        return 2
    return 1 if to_answer and left <= FEW_DAYS else 0


def why_cannot_register(proposal: "Proposal", *, as_appeal: bool) -> Reason | None:
    """Once, while it waits for an answer; what was registered may still be treated as an appeal."""
    if proposal.state not in WAITING:
        return Reason.DECIDED_ALREADY
    if proposal.registry_no is None:
        return None
    return None if as_appeal and not proposal.is_appeal else Reason.DECIDED_ALREADY


def why_cannot_merge(proposal: "Proposal", into: "Proposal") -> Reason | None:
    """What waits for an answer goes into another one that goes on."""
    if proposal.id == into.id or into.state in FINAL or into.hidden_at is not None:
        return Reason.CANNOT_MERGE
    return None if proposal.state in WAITING else Reason.DECIDED_ALREADY


def is_read_by_all(proposal: "Proposal") -> bool:
    """Whether strangers read its text: not while it is hidden after reports, nor after staff removed it."""
    return proposal.hidden_at is None
