"""When is a text of residents hidden because others reported it?"""

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from civic.people import Level, Right, Role, why_below, why_not_may
from civic.refusals import Reason

if TYPE_CHECKING:
    from storage.people import Person


class Subject(StrEnum):
    """What can be reported."""

    PROPOSAL = "proposal"
    PETITION = "petition"


class Complaint(StrEnum):
    """What somebody finds wrong with a text."""

    RUDE = "rude"
    SPAM = "spam"
    PERSONAL_DATA = "personal-data"
    FALSE = "false"
    OTHER = "other"


REPORTED_A_DAY = 10  # by one person: whoever reports more is not reading what they report
DAY = timedelta(days=1)


def why_cannot_report(person: "Person", *, own: bool, lately: int) -> Reason | None:
    """With a proven phone, so that one phone counts once; never one's own text, which one takes back instead; and not
    an eleventh text within a day."""
    lacks = why_below(person, Level.PHONE)
    if lacks is not None:
        return lacks
    if own:
        return Reason.OWN_TEXT
    return Reason.TOO_OFTEN if lately >= REPORTED_A_DAY else None


def why_cannot_remove(roles: frozenset[Role], subject: Subject) -> Reason | None:
    """Who looks at reports removes proposals; a petition only who may take petitions down."""
    needed = Right.INVALIDATE if subject is Subject.PETITION else Right.MODERATE
    return why_not_may(roles, Right.MODERATE) or why_not_may(roles, needed)


def must_hide(count: int, limit: int, *, looked_at: bool) -> bool:
    """So many reports hide a text until staff have looked; a text they looked at and kept stays until it changes."""
    return count >= limit and not looked_at
