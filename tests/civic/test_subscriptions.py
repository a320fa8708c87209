"""How does a letter go out: at once, without a sound, in the morning, in a digest, or not at all?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from civic.people import Notify
from civic.subscriptions import (
    LETTERS,
    OBJECTS,
    About,
    Topic,
    Way,
    about,
    is_quiet,
    quiet_ends,
    subject_of,
    way_of,
)

BISHKEK, BERLIN = ZoneInfo("Asia/Bishkek"), ZoneInfo("Europe/Berlin")
NOON, NIGHT = 12, 23
NEWS, OWN, WORK = About(Topic.PETITIONS), About(Topic.PETITIONS, essential=True), About(None)
ACCOUNT = About(None, essential=True)
ALWAYS = Notify.AT_ONCE


def at(hour: int, minute: int = 0, *, day: int = 4) -> datetime:
    """That hour in Bishkek."""
    return datetime(2026, 5, day, hour, minute, tzinfo=BISHKEK)


@pytest.mark.parametrize(
    ("what", "wants", "hour", "muted", "urgent", "way"),
    [
        # news by day: as often as one chose, and never with a sound
        (NEWS, ALWAYS, NOON, False, False, Way.SILENT),
        (NEWS, Notify.DAILY, NOON, False, False, Way.DAILY),
        (NEWS, Notify.WEEKLY, NOON, False, False, Way.WEEKLY),
        (NEWS, Notify.NEVER, NOON, False, False, Way.MUTED),
        (NEWS, ALWAYS, NOON, True, False, Way.MUTED),
        # in the quiet hours news wait for the morning; a digest waits anyway
        (NEWS, ALWAYS, NIGHT, False, False, Way.MORNING),
        (NEWS, Notify.DAILY, NIGHT, False, False, Way.DAILY),
        (NEWS, Notify.WEEKLY, NIGHT, False, False, Way.WEEKLY),
        (NEWS, Notify.NEVER, NIGHT, False, False, Way.MUTED),
        # what is urgent waits for nothing, but «never» and «not this one» are kept
        (NEWS, ALWAYS, NIGHT, False, True, Way.AT_ONCE),
        (NEWS, Notify.WEEKLY, NOON, False, True, Way.AT_ONCE),
        (NEWS, Notify.NEVER, NIGHT, False, True, Way.MUTED),
        (NEWS, ALWAYS, NIGHT, True, True, Way.MUTED),
        # what is essential comes whatever one chose, at night without a sound
        (OWN, Notify.NEVER, NOON, True, False, Way.AT_ONCE),
        (OWN, Notify.DAILY, NIGHT, True, False, Way.SILENT),
        (OWN, Notify.NEVER, NIGHT, False, True, Way.SILENT),
        (ACCOUNT, Notify.NEVER, NIGHT, False, False, Way.SILENT),
        # staff's own work cannot be chosen away, but it lets them sleep
        (WORK, Notify.NEVER, NOON, False, False, Way.AT_ONCE),
        (WORK, Notify.DAILY, NIGHT, False, False, Way.MORNING),
        (WORK, Notify.NEVER, NIGHT, False, True, Way.AT_ONCE),
    ],
)
def test_a_letter_goes_out_as_its_reader_chose_and_its_hour_allows(
    what: About, wants: Notify, hour: int, muted: bool, urgent: bool, way: Way
) -> None:
    found = way_of(what, wants, muted=muted, urgent=urgent, at=at(hour), quiet_from=21, quiet_until=8)
    assert found is way


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "hours"),
    [
        (21, 8, [*range(8), 21, 22, 23]),  # over midnight
        (13, 15, [13, 14]),  # within a day
        (0, 6, [*range(6)]),
        (22, 0, [22, 23]),
        (8, 8, []),  # both the same: none
        (0, 0, []),
    ],
)
def test_the_quiet_hours_are_those_between_the_two_numbers(quiet_from: int, quiet_until: int, hours: list[int]) -> None:
    assert [hour for hour in range(24) if is_quiet(at(hour, 59), quiet_from, quiet_until)] == hours


def test_without_quiet_hours_news_come_at_any_time() -> None:
    for hour in range(24):
        found = way_of(NEWS, ALWAYS, muted=False, urgent=False, at=at(hour), quiet_from=8, quiet_until=8)
        assert found is Way.SILENT


@pytest.mark.parametrize(
    ("now", "until", "then"),
    [
        (at(23, 30), 8, at(8, day=5)),
        (at(0, 0), 8, at(8)),
        (at(7, 59), 8, at(8)),
        (at(22, 0), 0, at(0, day=5)),
        (at(13, 0), 15, at(15)),
    ],
)
def test_what_waited_comes_when_the_quiet_hours_are_over(now: datetime, until: int, then: datetime) -> None:
    assert quiet_ends(now, until) == then
    assert not is_quiet(quiet_ends(now, until), 21, 8) or until != 8


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        # the clock is set forward in that night, and back in the other: eight in the morning is eight on the wall
        (datetime(2026, 3, 28, 23, tzinfo=BERLIN), datetime(2026, 3, 29, 6, tzinfo=UTC)),
        (datetime(2026, 10, 24, 23, tzinfo=BERLIN), datetime(2026, 10, 25, 7, tzinfo=UTC)),
    ],
)
def test_the_morning_is_that_of_the_wall_clock_also_when_it_was_changed_at_night(
    evening: datetime, morning: datetime
) -> None:
    over = quiet_ends(evening, 8)
    assert over.astimezone(UTC) == morning
    assert over.hour == 8


def test_an_hour_that_the_clock_leaves_out_does_not_hold_a_letter_back_for_a_day() -> None:
    late = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)
    waits = quiet_ends(late, 2).astimezone(UTC) - late.astimezone(UTC)
    assert waits.total_seconds() == 30 * 60


def test_an_announcement_has_the_topic_its_author_gave_it_and_an_answer_is_essential_for_its_author_only() -> None:
    assert about("announcement", {"topic": "meetings", "announcement": 3}) == About(Topic.MEETINGS)
    assert about("announcement", {"announcement": 3}) == About(Topic.ANNOUNCEMENTS)
    assert about("proposal-step", {"proposal": 3, "essential": True}) == About(Topic.PROPOSALS, essential=True)
    assert about("proposal-step", {"proposal": 3, "essential": False}) == About(Topic.PROPOSALS)
    assert about("petition-answered", {"petition": 3}).essential


def test_a_letter_is_about_one_thing_or_none() -> None:
    assert [subject_of({kind: 7, "step": 9}) for kind in OBJECTS] == [(kind, 7) for kind in OBJECTS]
    assert subject_of({"announcement": 7, "topic": "meetings"}) is None


def test_the_news_of_whatever_one_follows_signs_or_supports_can_be_chosen_by_their_topic() -> None:
    found = {key: LETTERS[key] for key in ("issue-news", "petition-news", "proposal-step", "announcement")}
    assert found == {
        "issue-news": About(Topic.ISSUES),
        "petition-news": About(Topic.PETITIONS),
        "proposal-step": About(Topic.PROPOSALS),
        "announcement": About(Topic.ANNOUNCEMENTS),
    }
