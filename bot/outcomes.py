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
    IN_DOUBT = "in-doubt"  # it may have arrived: the messenger was asked, and did not answer any more
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a letter, and what the messenger calls the message: several numbers where it came in several,
    those that went out where not all did. `reason` says in its own words or by a code why it failed, `final` that
    trying again will not help, `wait` for how many seconds the messenger takes nothing more, `tally` what was answered
    to a poll, `file` what the messenger calls the file that went along: empty when the one we named is unknown."""

    outcome: Outcome
    message: str = ""
    reason: str = ""
    final: bool = False
    wait: int = 0
    file: str | None = None
    tally: Tally | None = None
