"""What does the card of a petition or a proposal in a village group count, and when is it changed?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from civic import petitions, proposals
from civic.refusals import Reason

if TYPE_CHECKING:
    from storage.petitions import Petition
    from storage.proposals import Proposal

EDIT_PAUSE = timedelta(seconds=3)  # a message in a group is changed at most that often
AGAIN_AFTER = timedelta(hours=1)  # what the messenger did not take for two hours is tried again


class CardKind(StrEnum):
    """What stands on the card."""

    PETITION = "petition"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Counter:
    """What the card says: how many, of how many (0: no such number), until when and how many days that is (below zero:
    late), where it stands, whether that is final, and whether it is hidden after reports."""

    count: int
    needed: int
    until: date | None
    state: str
    over: bool
    hidden: bool = False
    days: int | None = None

    @property
    def mark(self) -> str:
        """The same for two counters that say the same, on as few characters as a column has."""
        until = self.until.isoformat() if self.until is not None else ""
        days = "" if self.days is None else max(self.days, -1)  # a card that is late does not change every day
        return f"{self.count}:{self.needed}:{until}:{days}:{self.state}:{int(self.hidden)}"


def petition_counter(petition: "Petition", today: date) -> Counter:
    """Signatures so far of those the next threshold needs, until the deadline. It is over when the petition was closed
    and not with the deadline alone: only then the card can say how it ended."""
    gathers = petitions.State(petition.state) is petitions.State.OPEN
    days = (petition.closes_on - today).days if gathers and petition.closes_on is not None else None
    needed = [step.count for step in petition.thresholds]
    above = [count for count in needed if count > petition.count]
    return Counter(
        petition.count,
        above[0] if above else max(needed, default=0),
        petition.closes_on,
        petition.state.value,
        not gathers,
        petition.hidden_at is not None,
        days,
    )


def proposal_counter(proposal: "Proposal") -> Counter:
    """How many support it, until it is decided for good."""
    over = proposals.State(proposal.state) in proposals.FINAL
    return Counter(proposal.support_count, 0, None, proposal.state.value, over, proposal.hidden_at is not None)


def why_cannot_put(counter: Counter, *, public: bool) -> Reason | None:
    """Only what everybody may read and what still counts is put before a whole village."""
    if not public or counter.hidden:
        return Reason.NOT_FOUND
    late = counter.days is not None and counter.days < 0
    return Reason.NOT_OPEN if counter.over or late else None


def is_due(shown: str, told_at: datetime, counter: Counter, now: datetime) -> bool:
    """Whether the card must be changed now: it says something else than before, and the last change is three seconds
    old. What happens in between is in the next change."""
    return counter.mark != shown and now >= told_at + EDIT_PAUSE
