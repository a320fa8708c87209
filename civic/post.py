"""What does a letter wait for, and why did one fail? The words of the post for staff."""

import re
from enum import StrEnum

from civic.subscriptions import LETTERS, Topic

QUIET_HOURS = "quiet hours"  # stands as the reason in a letter that waits for the morning
DAY_IS_FULL = "the day's people are reached"  # the same for WhatsApp's limit of people whom we may write to in a day
KNOCKED = "waits for the tap"  # a template has told its reader that there is news
TEMPLATE_REFUSED = "template refused"  # begins the reason where Meta takes a template no more
LEFT = "left"  # stands as the reason in a letter in doubt that staff looked at and left as it is


class Waits(StrEnum):
    """What a letter that is not delivered yet waits for."""

    NOW = "now"  # its turn, within seconds
    IN_HAND = "in-hand"  # it is on its way
    QUIET = "quiet"  # the morning
    PLANNED = "planned"  # its own time
    LATER = "later"  # the messenger, which takes nothing from us now
    AGAIN = "again"  # the next try
    DAILY = "daily"
    WEEKLY = "weekly"
    WINDOW = "window"  # the reader's next message in WhatsApp
    PAUSED = "paused"


class WhyLater(StrEnum):
    """Why a letter waits for a messenger or for its reader there."""

    MESSAGE = "message"  # the reader's next message: WhatsApp takes nothing else, and no template fits
    KNOCKED = "knocked"  # the tap under the template that told them of news
    TEMPLATE = "template"  # Meta does not take the template any more
    FULL = "full"  # tomorrow: as many people as WhatsApp allows were written to today
    RATE = "rate"  # the messenger takes nothing from us now


class Failure(StrEnum):
    """Why a letter was given up."""

    CONNECTION = "connection"
    MESSENGER = "messenger"  # it did not take the message
    PROGRAM = "program"


class LetterKind(StrEnum):
    """What a letter is about, for staff: a topic, or one of these."""

    WORK = "work"
    ACCOUNT = "account"
    CORRECTION = "correction"
    DIGEST = "digest"
    POST = "post"  # in a channel or group


_KINDS = {
    "digest": LetterKind.DIGEST,
    "announcement-edit": LetterKind.CORRECTION,
    "announcement-delete": LetterKind.CORRECTION,
    "accounts-joined": LetterKind.ACCOUNT,
    "resident-confirmed": LetterKind.ACCOUNT,
    "group-decided": LetterKind.ACCOUNT,
}
_PROGRAM = re.compile(r"[A-Z]\w+")


def waits_for(held: str | None, *, in_hand: bool, due: bool, tries: int, offered: bool, reason: str) -> Waits:
    """What a letter waits for; `held` is what it is kept for, if anything, `offered` says that a messenger was asked to
    take it."""
    if held is not None:
        return Waits(held)
    if in_hand:
        return Waits.IN_HAND
    if due:
        return Waits.NOW
    if tries:
        return Waits.AGAIN
    if reason == QUIET_HOURS:
        return Waits.QUIET
    return Waits.LATER if offered or reason else Waits.PLANNED


def why_later(what: Waits, reason: str) -> WhyLater | None:
    """Why a letter waits for a messenger or for its reader there; None when it waits for something else."""
    if what not in (Waits.WINDOW, Waits.LATER):
        return None
    if reason.startswith(TEMPLATE_REFUSED):
        return WhyLater.TEMPLATE
    if reason == DAY_IS_FULL:
        return WhyLater.FULL
    if reason == KNOCKED:
        return WhyLater.KNOCKED
    return WhyLater.MESSAGE if what is Waits.WINDOW else WhyLater.RATE


def failure_of(reason: str) -> Failure:
    """What the reason of a failure means: a fault of our own is noted by its name, one of a messenger in its words."""
    if reason == "no connection":
        return Failure.CONNECTION
    return Failure.PROGRAM if _PROGRAM.fullmatch(reason) else Failure.MESSENGER


def kind_of_letter(key: str) -> Topic | LetterKind:
    """What letters of that key are about."""
    if key in _KINDS:
        return _KINDS[key]
    if key not in LETTERS:
        return LetterKind.POST
    return LETTERS[key].topic or LetterKind.WORK
