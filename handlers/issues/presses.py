"""What do the buttons of the list mean, and whose list is read?"""

from dataclasses import dataclass

from civic.refusals import Reason, Refused
from storage.issues import (
    municipality_of_issue,
)
from storage.municipalities import Municipality, get_municipality
from talk.press import Press
from talk.turn import Turn

PAGE = 7
EVERY = ""  # every theme


@dataclass(frozen=True)
class WhoseList(Press, code="iw"):
    """Which municipality's list to read, asked of a guest where there are several."""

    page: int = 0


@dataclass(frozen=True)
class Themes(Press, code="is"):
    """The list by theme."""

    home: int | None = None


@dataclass(frozen=True)
class IssueList(Press, code="il"):
    """The issues of a theme (or of all), a page at a time."""

    theme: str = EVERY
    page: int = 0
    home: int | None = None


@dataclass(frozen=True)
class OpenIssue(Press, code="i"):
    """The card of an issue."""

    issue: int


@dataclass(frozen=True)
class FollowIssue(Press, code="if"):
    """Be told when the issue changes."""

    issue: int


@dataclass(frozen=True)
class UnfollowIssue(Press, code="iu"):
    """Not any more."""

    issue: int


@dataclass(frozen=True)
class ShareIssue(Press, code="ish"):
    """A link and a text to pass on."""

    issue: int


@dataclass(frozen=True)
class Found(Press, code="iq"):
    """What was found by some words."""

    words: str
    home: int | None = None


@dataclass(frozen=True)
class IssueHistory(Press, code="ih"):
    """Every change of an issue, a page at a time."""

    issue: int
    page: int = 0


@dataclass(frozen=True)
class IssueFile(Press, code="if2"):
    """The photo or paper to what is being done."""

    issue: int


async def home_read(turn: Turn, home: int | None) -> Municipality:
    """Whose list is read: one's own; a guest without a municipality reads any, for the list is open to all
    (Typical Plan 2.1). Refused: NOT_FOUND for another's than one's own, NEEDS_MUNICIPALITY when none is named."""
    own = turn.municipality
    if own is not None:
        if home is not None and home != own.id:
            raise Refused(Reason.NOT_FOUND)
        return own
    if home is None:
        raise Refused(Reason.NEEDS_MUNICIPALITY)
    return await get_municipality(turn.db, home)


async def home_of_issue(turn: Turn, issue: int) -> Municipality:
    """Whose list the issue is read on, by the same rule."""
    if turn.municipality is not None:
        return turn.municipality
    return await home_read(turn, await municipality_of_issue(turn.db, issue) or 0)


def named(turn: Turn, home: Municipality) -> int | None:
    return None if turn.municipality is not None else home.id
