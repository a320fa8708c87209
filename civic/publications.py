"""By which channels must the list be published, and which of them is behind? (Typical Plan 2.2)"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum


class Channel(StrEnum):
    """The four ways the Typical Plan names in 2.2."""

    SITE = "site"
    BOARD = "board"
    SOCIAL = "social"
    EVENT = "event"


def channels_behind(
    published: Mapping[Channel, tuple[date, datetime | None]], changed_at: datetime | None
) -> tuple[Channel, ...]:
    """The channels by which nothing as new as the list itself was published; never used at all counts as behind.
    `published` holds the day and the state of the list of each channel's newest publication."""
    return tuple(
        channel
        for channel in Channel
        if channel not in published
        or (changed_at is not None and ((shows := published[channel][1]) is None or shows < changed_at))
    )
