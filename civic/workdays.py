"""Which days are working days, and which is the fourteenth from now? (docs/law.md#calendar)"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from civic.refusals import Reason
from civic.spelling import fold

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Workdays:
    """A calendar: Monday to Friday, without the days that are `off`, and with the weekend days that are `on`."""

    off: frozenset[date]
    on: frozenset[date]

    def works(self, day: date) -> bool:
        """Whether that day is a working day."""
        return day in self.on or (day.weekday() < 5 and day not in self.off)

    def after(self, day: date, number: int) -> date:
        """The number-th working day after that day; the day itself is not counted."""
        while number > 0:
            day += _ONE
            number -= self.works(day)
        return day

    def until(self, day: date, today: date) -> int:
        """How many working days are left until that day, which counts; negative when it is over."""
        if day < today:
            return -self._between(day, today)
        return self._between(today, day)

    def _between(self, first: date, last: date) -> int:
        return sum(self.works(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


_FIXED = ((1, 1), (1, 7), (2, 23), (3, 8), (3, 21), (5, 1), (5, 5), (5, 9), (8, 31), (11, 7), (11, 8))


def fixed_days(year: int) -> frozenset[date]:
    """The holidays that fall on the same day every year; Orozo ait and Kurman ait move and are entered by staff."""
    return frozenset(date(year, month, day) for month, day in _FIXED)


def calendar(years: Iterable[int], off: Iterable[date], on: Iterable[date]) -> Workdays:
    """The calendar of these years with a municipality's own exceptions over the fixed holidays."""
    on = frozenset(on)
    fixed = frozenset[date]().union(*(fixed_days(year) for year in years))
    return Workdays((fixed | frozenset(off)) - on, on)


class Feast(StrEnum):
    """A holiday that falls on another day every year: the end of the fast, and the feast of sacrifice."""

    OROZO = "orozo"
    KURMAN = "kurman"


_LOOKED_AHEAD_FROM = 10  # the month from which the coming year is asked for: terms begin to reach into it


def watched_years(today: date) -> tuple[int, ...]:
    """The years whose moving holidays should be entered by now: this one, and from October the coming one."""
    return (today.year,) if today.month < _LOOKED_AHEAD_FROM else (today.year, today.year + 1)


def missing_feasts(year: int, called: Mapping[Feast, str], known: Iterable[tuple[date, str]]) -> tuple[Feast, ...]:
    """The moving holidays of that year which nobody entered; `known` are the days off with their names."""
    there = [fold(name) for day, name in known if day.year == year]
    return tuple(feast for feast in Feast if not any(fold(called[feast]) in name for name in there))


def why_not_working(day: date) -> Reason | None:
    """A day can be made a working one only where it is none without that: a weekend, or a fixed holiday."""
    return Reason.WORKS_ANYWAY if day.weekday() < 5 and day not in fixed_days(day.year) else None
