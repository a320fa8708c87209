"""May the bot write to somebody by itself now, later, in a digest, or not at all?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from civic.people import Notify


class Topic(StrEnum):
    """What a letter is about; people choose for each topic how often they want to hear of it. Letters to staff about
    their work, and to somebody about their own account, are no topic to choose."""

    ANNOUNCEMENTS = "announcements"
    ISSUES = "issues"
    MEETINGS = "meetings"
    PETITIONS = "petitions"
    PROPOSALS = "proposals"
    POLLS = "polls"
    PLAN = "plan"
    OUTCOMES = "outcomes"


class Way(StrEnum):
    """How a letter goes out."""

    AT_ONCE = "at-once"
    SILENT = "silent"  # at once, without a sound
    MORNING = "morning"  # when the quiet hours are over
    DAILY = "daily"  # in the day's digest
    WEEKLY = "weekly"  # in the week's digest
    MUTED = "muted"  # the person wants none of these


@dataclass(frozen=True, slots=True)
class About:
    """What the letters of one key are about. `essential`: it cannot be muted, for the reader would lose a right or a
    way; without a topic it is no news but the reader's own work or account."""

    topic: Topic | None
    essential: bool = False


# every letter's key; one that is missing fails tests/bot/test_letters.py
LETTERS: Mapping[str, About] = {
    # one's own account and work
    **dict.fromkeys(
        ("accounts-joined", "account-left", "role-taken-up", "pressure-told", "resident-confirmed"),
        About(None, essential=True),
    ),
    **dict.fromkeys(
        (
            "renewals-due",
            "stop-set",
            "stop-lifted",
            "petition-new",
            "petition-handed-over",
            "petition-due",
            "petition-kenesh-due",
            "petition-flagged",
            "proposal-assigned",
            "proposals-new",
            "proposals-due",
            "text-hidden",
            "announcement-asks",
            "announcement-decided",
            "announcement-done",
            "announcement-progress",
            "group-asks",
            "card-vanished",
            "opinion-done",
            "opinion-ask",
            "opinion-count",
            "opinion-result",
            "group-card",
            "group-decided",
        ),
        About(None),
    ),
    # what belongs to whoever gets it: their group, their signature, the answer to what they asked for
    **dict.fromkeys(
        (
            "group-joined",
            "group-left",
            "group-declined",
            "group-removed",
            "group-led",
            "group-lead-taken",
            "petition-sent",
            "petition-hand-over-due",
        ),
        About(Topic.PETITIONS, essential=True),
    ),
    **dict.fromkeys(
        ("petition-decided", "petition-invalidated", "petition-restored", "petition-answered"),
        About(Topic.PETITIONS, essential=True),
    ),
    **dict.fromkeys(
        (
            "petition-milestone",
            "petition-reached",
            "petition-lost",
            "petition-closed",
            "petition-with-staff",
            "petition-registered",
            "petition-overdue",
            "petition-kenesh",
            "petition-news",
            "petition-extended",
            "petition-withdrawn",
            "petition-taken-down",
            "petition-list-opened",
            "petition-hidden",
        ),
        About(Topic.PETITIONS),
    ),
    "proposal-step": About(Topic.PROPOSALS),
    "issue-news": About(Topic.ISSUES),
    "announcement": About(Topic.ANNOUNCEMENTS),
    "announcement-edit": About(None, essential=True),  # it changes a message that is there already
    "announcement-delete": About(None, essential=True),
    "digest": About(None),
}

# in the arguments of a letter: the number of what it is about, which can be muted alone
OBJECTS = ("petition", "proposal", "issue")


def about(key: str, arguments: Mapping[str, Any]) -> About:
    """What one letter is about: an announcement has the topic its author gave it, to staff it is their work (`work`),
    and whoever posts a letter may say that it is essential for its readers (the answer to their own proposal)."""
    told = LETTERS[key]
    if arguments.get("work"):
        return About(None)
    topic = Topic(arguments["topic"]) if arguments.get("topic") else told.topic
    return About(topic, essential=bool(arguments.get("essential", told.essential)))


def subject_of(arguments: Mapping[str, Any]) -> tuple[str, int] | None:
    """The one thing a letter is about, where it is about one."""
    return next(((kind, int(arguments[kind])) for kind in OBJECTS if arguments.get(kind)), None)


def is_quiet(at: datetime, quiet_from: int, quiet_until: int) -> bool:
    """Whether that local time is in the quiet hours (whole hours; from 21 until 8 goes over midnight; equal: none)."""
    if quiet_from <= quiet_until:
        return quiet_from <= at.hour < quiet_until
    return at.hour >= quiet_from or at.hour < quiet_until


def quiet_ends(at: datetime, quiet_until: int) -> datetime:
    """When the quiet hours in which that local time lies are over."""
    morning = datetime.combine(at.date(), time(quiet_until), at.tzinfo)
    return morning if morning > at else datetime.combine(at.date() + timedelta(days=1), time(quiet_until), at.tzinfo)


def way_of(
    what: About, wants: Notify, *, muted: bool, urgent: bool, at: datetime, quiet_from: int, quiet_until: int
) -> Way:
    """How a letter goes out to somebody at that local time. Essential and urgent ones never wait; what is essential
    comes without a sound at night. `wants` is the choice for the letter's topic, `muted` says that the person muted
    what it is about."""
    quiet = is_quiet(at, quiet_from, quiet_until)
    if what.essential:
        return Way.SILENT if quiet else Way.AT_ONCE
    if what.topic is not None:
        if muted or wants is Notify.NEVER:
            return Way.MUTED
        if urgent:
            return Way.AT_ONCE
        if wants is Notify.DAILY:
            return Way.DAILY
        if wants is Notify.WEEKLY:
            return Way.WEEKLY
    if quiet and not urgent:
        return Way.MORNING
    return Way.AT_ONCE if urgent or what.topic is None else Way.SILENT
