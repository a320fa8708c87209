"""When is a channel behind the list, and when must a pinned post follow it?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from civic.publications import QUIET, Channel, channels_behind, is_behind, must_follow
from civic.spelling import day_meant

DAY = date(2026, 5, 4)
POSTED = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_channel_that_was_never_used_is_behind() -> None:
    assert channels_behind({}, None) == tuple(Channel)
    assert channels_behind({Channel.BOARD: (DAY, None)}, None) == (Channel.SITE, Channel.SOCIAL, Channel.EVENT)


def test_a_channel_is_behind_when_it_shows_an_older_list_however_late_it_was_used() -> None:
    published = {
        Channel.SITE: (DAY, POSTED),
        Channel.BOARD: (DAY + timedelta(days=9), POSTED - MINUTE),
        Channel.SOCIAL: (DAY, POSTED + MINUTE),
        Channel.EVENT: (DAY, None),
    }
    assert channels_behind(published, POSTED) == (Channel.BOARD, Channel.EVENT)


def test_what_shows_a_list_that_never_changed_is_not_behind() -> None:
    assert not is_behind(None, None)
    assert is_behind(None, POSTED)


@pytest.mark.parametrize(
    ("changed", "now", "follows"),
    [
        (None, POSTED + QUIET, False),
        (POSTED - MINUTE, POSTED + QUIET, False),
        (POSTED, POSTED + QUIET, False),
        (POSTED + MINUTE, POSTED + MINUTE + QUIET - timedelta(seconds=1), False),
        (POSTED + MINUTE, POSTED + MINUTE + QUIET, True),
    ],
)
def test_a_pinned_post_follows_a_list_that_is_newer_and_quiet(
    changed: datetime | None, now: datetime, follows: bool
) -> None:
    assert must_follow(POSTED, changed, now, fell_overdue=False) is follows


def test_a_pinned_post_follows_at_once_when_information_ran_out() -> None:
    assert must_follow(POSTED, None, POSTED, fell_overdue=True)


@pytest.mark.parametrize("typed", ["04.05.2026", "4.5.26", " 4/5/2026 ", "04 05 2026", "4-5", "04.05.2026.", "04,05"])
def test_a_day_is_understood_as_people_write_it(typed: str) -> None:
    assert day_meant(typed, date(2026, 11, 22)) == DAY


@pytest.mark.parametrize(
    "typed", ["", "31.04.2026", "0.5.2026", "2026-05-04", "кечээ", "4.5.226", "١.٢.2026", "4.5.0000"]
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert day_meant(typed, date(2026, 11, 22)) is None
