"""By which channels must the list be published, and which of them is behind? (Typical Plan 2.2)"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

QUIET = timedelta(minutes=3)  # so long nothing was changed: many edits in a row change a pinned post once


class Channel(StrEnum):
    """The four ways the Typical Plan names in 2.2."""

    SITE = "site"
    BOARD = "board"
    SOCIAL = "social"
    EVENT = "event"


class PlaceKind(StrEnum):
    """What a place in a messenger is, or what became of it."""

    CHANNEL = "channel"
    GROUP = "group"
    LEFT = "left"  # the bot was taken out
    MOVED = "moved"  # the same group has another address from now on


def must_follow(posted_at: datetime, changed_at: datetime | None, now: datetime, *, fell_overdue: bool) -> bool:
    """Whether a pinned post must be changed now: the list was changed after it was posted and is quiet again, or the
    information on an issue ran out since then. `changed_at` is the last change of any kind, a renewal too."""
    return fell_overdue or (changed_at is not None and posted_at < changed_at <= now - QUIET)


def is_behind(shows: datetime | None, changed_at: datetime | None) -> bool:
    """Whether something that shows the list as it was changed at `shows` is older than the list itself."""
    return changed_at is not None and (shows is None or shows < changed_at)


def channels_behind(
    published: Mapping[Channel, tuple[date, datetime | None]], changed_at: datetime | None
) -> tuple[Channel, ...]:
    """The channels by which nothing as new as the list itself was published; never used at all counts as behind.
    `published` holds the day and the state of the list of each channel's newest publication."""
    return tuple(
        channel for channel in Channel if channel not in published or is_behind(published[channel][1], changed_at)
    )
