"""What do the buttons mean by which staff keep the list, and whose list do they keep?"""

from dataclasses import dataclass

from civic.refusals import Reason, Refused
from storage.issues import Issue, get_issue
from storage.municipalities import Municipality
from talk.press import Press
from talk.turn import Turn


@dataclass(frozen=True)
class KeepList(Press, code="k"):
    """The list as staff see it; only what is due, if wanted."""

    due: bool = False
    page: int = 0


@dataclass(frozen=True)
class RetiredIssues(Press, code="kx"):
    """What was taken off the list."""


@dataclass(frozen=True)
class GiveSheet(Press, code="ks"):
    """The whole list as a spreadsheet."""


@dataclass(frozen=True)
class KeepIssue(Press, code="ki"):
    """One issue as staff see it."""

    issue: int


@dataclass(frozen=True)
class EditDoing(Press, code="kd"):
    """Say what is being done, with a photo or a file."""

    issue: int


@dataclass(frozen=True)
class EditWho(Press, code="kw"):
    """Say who answers for it and how to reach them."""

    issue: int


@dataclass(frozen=True)
class EditWords(Press, code="kt"):
    """New words for a charter issue."""

    issue: int


@dataclass(frozen=True)
class AddIssue(Press, code="kn"):
    """Put an issue of the charter on the list."""


@dataclass(frozen=True)
class MoveIssue(Press, code="km"):
    """Another place on the list for a charter issue."""

    issue: int


@dataclass(frozen=True)
class RemoveFile(Press, code="kf"):
    """Take the photo or file away."""

    issue: int


@dataclass(frozen=True)
class RetireIssue(Press, code="ko"):
    """Take a charter issue off the list."""

    issue: int


@dataclass(frozen=True)
class RestoreIssue(Press, code="kb"):
    """Put it back."""

    issue: int


@dataclass(frozen=True)
class PutBack(Press, code="hb"):
    """What stood before that change stands again."""

    issue: int
    change: int


def home_kept(turn: Turn) -> Municipality:
    """The municipality whose list the person keeps; Refused(NEEDS_MUNICIPALITY) without one."""
    if turn.municipality is None:
        raise Refused(Reason.NEEDS_MUNICIPALITY)
    return turn.municipality


async def kept(turn: Turn, issue: int) -> Issue:
    """The issue of one's own municipality; Refused(NOT_FOUND) for any other."""
    return await get_issue(turn.db, home_kept(turn).id, issue)
