"""Which days are working days, and which is the fourteenth from now? (docs/law.md#calendar)"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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
