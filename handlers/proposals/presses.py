"""What do the buttons of proposals mean, and whose proposals are read?"""

from dataclasses import dataclass
from enum import StrEnum

from civic.reports import Subject
from handlers.issues.presses import home_read
from storage.municipalities import Municipality
from storage.proposals import STATES, Order, Proposal, Stage, Wanted, municipality_of_proposal
from talk.press import Press
from talk.turn import Turn

PAGE = 6
OTHER = 0  # in place of an issue: what belongs to none yet


class By(StrEnum):
    """What a list is narrowed down by."""

    ISSUE = "i"
    VILLAGE = "v"
    STAGE = "s"


@dataclass(frozen=True)
class Proposals(Press, code="s"):
    """The proposals of the municipality; what was chosen before rides on the button."""

    page: int = 0
    issue: int | None = None
    village: int | None = None
    stage: Stage | None = None
    order: Order = Order.NEWEST
    mine: bool = False
    home: int | None = None

    def wanted(self, turn: Turn) -> Wanted:
        """Which proposals that is."""
        states = STATES[self.stage] if self.stage is not None else None
        return Wanted(self.issue, self.village, states, turn.person.id if self.mine else None)


@dataclass(frozen=True)
class NarrowProposals(Press, code="sf"):
    """Which issue, village or state? The rest is as in the list."""

    by: By
    page: int = 0
    issue: int | None = None
    village: int | None = None
    stage: Stage | None = None
    order: Order = Order.NEWEST
    mine: bool = False
    home: int | None = None


@dataclass(frozen=True)
class FoundProposals(Press, code="sq"):
    """What was found by some words."""

    words: str
    home: int | None = None


@dataclass(frozen=True)
class OpenProposal(Press, code="sp"):
    """The card of a proposal."""

    proposal: int


@dataclass(frozen=True)
class ProposalHistory(Press, code="sh"):
    """Every step of a proposal, with its words."""

    proposal: int
    page: int = 0


@dataclass(frozen=True)
class ProposalPicture(Press, code="sm"):
    """One of its photos or its voice note, by its place."""

    proposal: int
    place: int = 0


@dataclass(frozen=True)
class StepFile(Press, code="sz"):
    """The photo or paper of a step: what was done, or an answer."""

    proposal: int
    step: int


@dataclass(frozen=True)
class MakeProposal(Press, code="sa"):
    """Propose something, perhaps on that issue."""

    issue: int | None = None


@dataclass(frozen=True)
class SupportProposal(Press, code="su"):
    """Support it and hear how it goes on."""

    proposal: int


@dataclass(frozen=True)
class UnsupportProposal(Press, code="sx"):
    """Not any more."""

    proposal: int


@dataclass(frozen=True)
class FollowProposal(Press, code="sl"):
    """Hear how it goes on without supporting it."""

    proposal: int


@dataclass(frozen=True)
class UnfollowProposal(Press, code="sn"):
    """Not any more."""

    proposal: int


@dataclass(frozen=True)
class ShareProposal(Press, code="ss"):
    """A link and a text to pass on."""

    proposal: int


@dataclass(frozen=True)
class WithdrawProposal(Press, code="sw"):
    """Take one's own proposal back, with a reason."""

    proposal: int


@dataclass(frozen=True)
class ReportText(Press, code="sr"):
    """Say that something is wrong with a text, a proposal's or a petition's."""

    subject: Subject
    number: int


@dataclass(frozen=True)
class ObjectToHiding(Press, code="so"):
    """Say why one's own proposal, hidden after reports, should be read again."""

    proposal: int


async def home_of_proposal(turn: Turn, proposal: int) -> Municipality:
    """Whose proposals are read: one's own municipality's; a guest without one reads any."""
    if turn.municipality is not None:
        return turn.municipality
    return await home_read(turn, await municipality_of_proposal(turn.db, proposal) or 0)


def may_read(turn: Turn, proposal: Proposal) -> bool:
    """Whether the text is shown to the reader: a hidden one to its author only; staff have screens of their own."""
    return proposal.hidden_at is None or (proposal.author_id is not None and proposal.author_id == turn.person.id)
