"""When is the information on an issue fresh, due soon, overdue? (Typical Plan 2.5: at least once in half a year)"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from civic.issues import Renewal, is_locked, months_after, reminder_stage, renew_until, renewal


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 3, 10), 6, date(2025, 9, 10)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2025, 8, 29), 6, date(2026, 2, 28)),
        (date(2025, 8, 28), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 6, date(2026, 6, 30)),
        (date(2025, 6, 30), 6, date(2025, 12, 30)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(2025, 5, 5), 0, date(2025, 5, 5)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_are_calendar_months_and_a_day_that_is_not_there_becomes_the_last_one(
    day: date, months: int, then: date
) -> None:
    assert months_after(day, months) == then


@given(some.dates(date(1990, 1, 1), date(2090, 12, 31)), some.integers(0, 60))
def test_so_many_months_later_is_always_that_month_and_never_a_later_day(day: date, months: int) -> None:
    then = months_after(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == day.day or (then.day < day.day and (then + timedelta(days=1)).day == 1)


def test_half_a_year_is_not_180_days() -> None:
    assert renew_until(date(2025, 3, 1), 6) == date(2025, 9, 1)
    assert date(2025, 3, 1) + timedelta(days=180) == date(2025, 8, 28)
    assert renewal(date(2025, 3, 1), date(2025, 8, 29)) is Renewal.DUE_SOON


def test_information_never_renewed_is_never_and_not_overdue() -> None:
    assert renewal(None, date(2026, 5, 4)) is Renewal.NEVER


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2025, 3, 10), Renewal.FRESH),  # the very day
        (date(2025, 8, 9), Renewal.FRESH),
        (date(2025, 8, 10), Renewal.DUE_SOON),  # five months
        (date(2025, 9, 10), Renewal.DUE_SOON),  # six months: the last day in time
        (date(2025, 9, 11), Renewal.OVERDUE),
        (date(2031, 1, 1), Renewal.OVERDUE),
    ],
)
def test_renewed_on_10_march_it_is_due_soon_from_10_august_and_overdue_after_10_september(
    today: date, state: Renewal
) -> None:
    assert renewal(date(2025, 3, 10), today) is state


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 1, 30), Renewal.FRESH),
        (date(2026, 1, 31), Renewal.DUE_SOON),
        (date(2026, 2, 28), Renewal.DUE_SOON),
        (date(2026, 3, 1), Renewal.OVERDUE),
    ],
)
def test_information_renewed_on_31_august_is_overdue_after_28_february(today: date, state: Renewal) -> None:
    assert renewal(date(2025, 8, 31), today) is state


def test_in_a_leap_year_information_renewed_on_31_august_is_in_time_on_29_february() -> None:
    assert renewal(date(2027, 8, 31), date(2028, 2, 29)) is Renewal.DUE_SOON
    assert renewal(date(2027, 8, 31), date(2028, 3, 1)) is Renewal.OVERDUE


def test_a_municipality_may_be_warned_earlier() -> None:
    renewed = date(2025, 3, 10)
    assert renewal(renewed, date(2025, 5, 9), warn_months=2) is Renewal.FRESH
    assert renewal(renewed, date(2025, 5, 10), warn_months=2) is Renewal.DUE_SOON


def test_a_statutory_text_is_locked_and_a_charter_text_is_not() -> None:
    assert is_locked("drinking-water")
    assert not is_locked(None)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2027, 1, 30), None),
        (date(2027, 1, 31), "warn"),
        (date(2027, 2, 28), "warn"),
        (date(2027, 3, 1), "overdue-0"),
        (date(2027, 3, 7), "overdue-0"),
        (date(2027, 3, 8), "overdue-1"),
        (date(2027, 3, 15), "overdue-2"),
    ],
)
def test_staff_are_reminded_at_five_calendar_months_at_six_and_then_weekly(today: date, stage: str | None) -> None:
    """31 August and six months is the last day of February (Typical Plan 2.5)."""
    assert reminder_stage(date(2026, 8, 31), None, today) == stage


def test_what_was_never_looked_at_is_overdue_a_week_after_it_came_to_the_list() -> None:
    listed = date(2026, 5, 4)
    assert reminder_stage(None, listed, date(2026, 5, 11)) is None
    assert reminder_stage(None, listed, date(2026, 5, 12)) == "overdue-0"
    assert reminder_stage(None, listed, date(2026, 5, 19)) == "overdue-1"
