"""May a group be linked to a village, and who says so?"""

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from civic.people import has_agreed
from civic.refusals import Reason

if TYPE_CHECKING:
    from storage.people import Person

REQUESTS_A_DAY = 5  # of one person: whoever adds the bot to more groups than that is not their neighbour
DAY = timedelta(days=1)
REQUEST_STANDS = timedelta(days=14)


class RequestState(StrEnum):
    """How far the request stands to link a group."""

    ASKED = "asked"  # whoever added the bot has not said yet whose group it is
    WAITING = "waiting"  # for staff
    LINKED = "linked"
    DECLINED = "declined"
    REMOVED = "removed"  # the bot was taken out of the group, or whoever asked was forgotten
    EXPIRED = "expired"


OPEN = frozenset({RequestState.ASKED, RequestState.WAITING})


def why_cannot_ask(asked_lately: int) -> Reason | None:
    """Nobody asks for more than a few groups a day."""
    return Reason.TOO_MANY_GROUPS if asked_lately >= REQUESTS_A_DAY else None


def why_cannot_name(person: "Person", state: RequestState) -> Reason | None:
    """Whose group it is says somebody who agreed that this is kept, until staff have decided."""
    if state not in OPEN:
        return Reason.DECIDED_ALREADY
    return None if has_agreed(person) else Reason.NEEDS_CONSENT


def why_cannot_decide(state: RequestState) -> Reason | None:
    """Staff decide once, and on what waits for them."""
    return None if state is RequestState.WAITING else Reason.DECIDED_ALREADY
