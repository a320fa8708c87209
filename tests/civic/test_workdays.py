"""Which days are working days, and which is the fourteenth from now?"""

from datetime import date, timedelta

import pytest

from civic.refusals import Reason
from civic.workdays import (
    Feast,
    Workdays,
    calendar,
    fixed_days,
    missing_feasts,
    watched_years,
    why_not_working,
)

CALLED = {Feast.OROZO: "Орозо айт", Feast.KURMAN: "Курман айт"}
PLAIN = calendar(range(2025, 2029), off=(), on=())


def test_the_week_is_monday_to_friday_without_the_fixed_holidays() -> None:
    week = [date(2026, 5, 4) + timedelta(days=n) for n in range(7)]  # 5 May is the day of the constitution
    assert [PLAIN.works(day) for day in week] == [True, False, True, True, True, False, False]


def test_every_year_has_the_same_eleven_fixed_holidays() -> None:
    days = ["01-01", "01-07", "02-23", "03-08", "03-21", "05-01", "05-05", "05-09", "08-31", "11-07", "11-08"]
    for year in (2024, 2026, 2100):
        assert sorted(day.isoformat() for day in fixed_days(year)) == [f"{year}-{day}" for day in days]


@pytest.mark.parametrize(
    ("day", "number", "due"),
    [
        (date(2026, 5, 6), 1, date(2026, 5, 7)),
        (date(2026, 5, 8), 1, date(2026, 5, 11)),  # a Friday before 9 May, a Saturday
        (date(2026, 4, 30), 1, date(2026, 5, 4)),  # 1 May is a Friday: a long weekend
        (date(2026, 4, 30), 2, date(2026, 5, 6)),
        (date(2026, 5, 9), 1, date(2026, 5, 11)),  # what came on a holiday counts from the next working day
        (date(2025, 12, 31), 1, date(2026, 1, 2)),
        (date(2025, 12, 31), 14, date(2026, 1, 22)),  # over the end of the year: 1 and 7 January, three weekends
        (date(2026, 5, 6), 0, date(2026, 5, 6)),
    ],
)
def test_the_day_itself_is_not_counted_and_holidays_are_left_out(day: date, number: int, due: date) -> None:
    assert PLAIN.after(day, number) == due


def test_a_transferred_day_works_and_its_substitute_does_not() -> None:
    moved = calendar([2026], off=[date(2026, 5, 4)], on=[date(2026, 5, 2)])  # Monday off for the Saturday before
    assert (moved.works(date(2026, 5, 2)), moved.works(date(2026, 5, 4))) == (True, False)
    assert moved.after(date(2026, 4, 30), 1) == date(2026, 5, 2)
    assert moved.after(date(2026, 5, 2), 1) == date(2026, 5, 6)


def test_a_fixed_holiday_can_be_made_a_working_day() -> None:
    working = calendar([2026], off=[date(2026, 5, 5)], on=[date(2026, 5, 5)])
    assert working.works(date(2026, 5, 5))


def test_what_is_left_counts_working_days_and_turns_negative_when_it_is_over() -> None:
    due = date(2026, 5, 12)  # a Tuesday
    left = {day: PLAIN.until(due, date(2026, 5, day)) for day in (6, 8, 9, 11, 12, 13, 16, 18)}
    assert left == {6: 4, 8: 2, 9: 2, 11: 1, 12: 0, 13: -1, 16: -3, 18: -4}


def test_a_weekend_after_the_due_day_is_not_yet_a_working_day_late() -> None:
    assert Workdays(frozenset(), frozenset()).until(date(2026, 5, 8), date(2026, 5, 10)) == 0


def test_counting_forward_and_what_is_left_agree() -> None:
    day = date(2025, 11, 1)
    for number in range(1, 120):
        assert PLAIN.until(PLAIN.after(day, number), day) == number


def test_the_coming_year_is_watched_from_october() -> None:
    assert watched_years(date(2026, 9, 30)) == (2026,)
    assert watched_years(date(2026, 10, 1)) == (2026, 2027)
    assert watched_years(date(2027, 1, 1)) == (2027,)


def test_moving_holidays_are_missed_by_year_and_known_by_name_however_it_is_spelled() -> None:
    known = [(date(2026, 3, 20), "ОРОЗО АЙТ майрамы"), (date(2025, 6, 6), "Курман айт"), (date(2026, 5, 4), "Көчкөн")]
    assert missing_feasts(2026, CALLED, known) == (Feast.KURMAN,)
    assert missing_feasts(2025, CALLED, known) == (Feast.OROZO,)
    assert missing_feasts(2027, CALLED, known) == (Feast.OROZO, Feast.KURMAN)


def test_only_a_day_that_does_not_work_can_be_made_to() -> None:
    assert why_not_working(date(2026, 5, 6)) is Reason.WORKS_ANYWAY
    assert why_not_working(date(2026, 5, 5)) is None
    assert why_not_working(date(2026, 5, 9)) is None
    assert why_not_working(date(2026, 5, 10)) is None
