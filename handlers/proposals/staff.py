"""What do the buttons mean by which staff work on proposals, and whose proposals are these?"""

from dataclasses import dataclass

from civic.refusals import Reason, Refused
from civic.reports import Subject
from storage.municipalities import Municipality
from talk.press import Press
from talk.turn import Turn

PAGE = 8


@dataclass(frozen=True)
class ProposalQueue(Press, code="stq"):
    """What waits for staff: `new`, `due`, `mine`, or `all` that waits for an answer."""

    what: str = "new"
    page: int = 0


@dataclass(frozen=True)
class ProposalDesk(Press, code="std"):
    """One proposal with everything that staff may do about it; words typed under it begin an answer."""

    proposal: int


@dataclass(frozen=True)
class RegisterProposal(Press, code="stg"):
    """Enter the number of the registry."""

    proposal: int


@dataclass(frozen=True)
class ChooseOfficer(Press, code="sto"):
    """Who is to answer it?"""

    proposal: int


@dataclass(frozen=True)
class AssignProposal(Press, code="sta"):
    """That member of staff is to answer it; None: nobody in particular."""

    proposal: int
    officer: int | None = None


@dataclass(frozen=True)
class NoteProposal(Press, code="stn"):
    """Something for other staff to know."""

    proposal: int


@dataclass(frozen=True)
class SortProposal(Press, code="sts"):
    """To which issue of the list does it belong?"""

    proposal: int


@dataclass(frozen=True)
class DecideProposal(Press, code="stc"):
    """Say what becomes of it."""

    proposal: int


@dataclass(frozen=True)
class MergeProposal(Press, code="stm"):
    """It says the same as another one."""

    proposal: int


@dataclass(frozen=True)
class EnterProposal(Press, code="ste"):
    """Enter what somebody said by phone, at the desk or on paper."""


@dataclass(frozen=True)
class Templates(Press, code="stt"):
    """Answers that are written once and used often."""


@dataclass(frozen=True)
class OpenTemplate(Press, code="stu"):
    """One of them."""

    template: int


@dataclass(frozen=True)
class WriteTemplate(Press, code="stw"):
    """Write one, or write it anew."""

    template: int = 0


@dataclass(frozen=True)
class RemoveTemplate(Press, code="stx"):
    """It is not offered any more."""

    template: int


@dataclass(frozen=True)
class RestoreTemplate(Press, code="sty"):
    """It is offered again."""

    template: int


@dataclass(frozen=True)
class GiveRegister(Press, code="stl"):
    """All proposals as a spreadsheet."""


@dataclass(frozen=True)
class Reported(Press, code="svq"):
    """Texts that people reported, the most reported first."""

    page: int = 0


@dataclass(frozen=True)
class OpenReported(Press, code="svo"):
    """One reported text, with what people find wrong."""

    subject: Subject
    number: int


@dataclass(frozen=True)
class KeepReported(Press, code="svk"):
    """Nothing is wrong with it."""

    subject: Subject
    number: int


@dataclass(frozen=True)
class RemoveReported(Press, code="svr"):
    """Nobody shall read it."""

    subject: Subject
    number: int


def home_worked_for(turn: Turn) -> Municipality:
    """The municipality whose proposals the person works on; Refused(NEEDS_MUNICIPALITY) without one."""
    if turn.municipality is None:
        raise Refused(Reason.NEEDS_MUNICIPALITY)
    return turn.municipality
