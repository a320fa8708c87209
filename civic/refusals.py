"""Why was it refused? The closed list of reasons; `refusal-<reason>` names the words in every language."""

from enum import StrEnum


class Reason(StrEnum):
    """Every way the bot says no. The value is the key of its words."""

    NOT_FOUND = "not-found"
    NOT_SET_UP = "not-set-up"
    NOT_YOURS = "not-yours"
    NEEDS_CONSENT = "needs-consent"
    NEEDS_MUNICIPALITY = "needs-municipality"
    NEEDS_PHONE = "needs-phone"
    NEEDS_RESIDENT = "needs-resident"
    NEEDS_MEMBERSHIP = "needs-membership"
    NEEDS_PHONE_BUTTON = "needs-phone-button"
    FOREIGN_CONTACT = "foreign-contact"
    BAD_PHONE = "bad-phone"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    NOT_A_CHOICE = "not-a-choice"
    WRONG_KIND = "wrong-kind"
    OLD_QUESTION = "old-question"
    LOCKED_BY_LAW = "locked-by-law"
    NEEDS_LAW_REFERENCE = "needs-law-reference"
    ALREADY_JOINED = "already-joined"
    SAME_MESSENGER = "same-messenger"
    OFFICE_HERE = "office-here"
    TAKEN = "taken"
    IN_THE_FUTURE = "in-the-future"
    NOT_A_DAY = "not-a-day"
    LINK_USED = "link-used"
    LINK_ENDED = "link-ended"
    LAST_ADMIN = "last-admin"
    OUT_OF_RANGE = "out-of-range"
    FIXED_BY_PLAN = "fixed-by-plan"
    BAD_LINE = "bad-line"
    TOO_MANY_LINES = "too-many-lines"
    ALREADY_THERE = "already-there"
    LIVED_IN = "lived-in"
    BAD_OFFICE_PHONE = "bad-office-phone"
    BAD_EMAIL = "bad-email"
    BAD_SHEET = "bad-sheet"
    NEEDS_FILE = "needs-file"
    FILE_TOO_BIG = "file-too-big"
    FILE_LOST = "file-lost"
    FILE_NOT_ACCEPTED = "file-not-accepted"
    LIST_CHANGED = "list-changed"


class Refused(Exception):
    """Said no, for a reason a person is told in words; nothing of the act is kept."""

    def __init__(self, reason: Reason, **details: str | int) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.details = details
