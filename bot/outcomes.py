"""What became of something that was to be shown?"""

from dataclasses import dataclass
from enum import StrEnum

from civic.opinions import Tally


class Outcome(StrEnum):
    """How a delivery ended. Whatever is not SENT was not shown."""

    SENT = "sent"
    GONE = "gone"  # nobody is there any more
    MISSING = "missing"  # the post that was to be changed stands there no more
    CLOSED = "closed"  # the person has not written for a day: only a template may be sent (WhatsApp)
    REFUSED = "refused"  # not this template (WhatsApp): another way is looked for
    LATER = "later"  # the messenger does not take anything from us now; it was put right by nobody yet
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a letter, and what the messenger calls the message; `reason` says in its own words or by a code
    why it failed, `wait` for how many seconds it takes nothing more, `tally` what was answered to a poll."""

    outcome: Outcome
    message: str = ""
    reason: str = ""
    wait: int = 0
    tally: Tally | None = None
