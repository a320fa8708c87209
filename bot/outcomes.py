"""What became of something that was to be shown?"""

from enum import StrEnum


class Outcome(StrEnum):
    """How a delivery ended. Whatever is not SENT was not shown."""

    SENT = "sent"
    GONE = "gone"  # nobody is there any more
    CLOSED = "closed"  # the person has not written for a day: only a template may be sent (WhatsApp)
    LATER = "later"  # the messenger does not take anything from us now; it was put right by nobody yet
    FAILED = "failed"
