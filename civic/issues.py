"""What must hold for the list of issues of local importance? (Typical Plan 1.6 and 2.5)"""

import calendar
from datetime import date, timedelta
from enum import StrEnum


class Renewal(StrEnum):
    """How fresh the information on an issue is."""

    FRESH = "fresh"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    NEVER = "never"


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later; 31 August and six months is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def renew_until(renewed_on: date, months: int) -> date:
    """The last day on which information renewed then is still in time (docs/law.md#renewal)."""
    return months_after(renewed_on, months)


def renewal(renewed_on: date | None, today: date, *, months: int = 6, warn_months: int = 5) -> Renewal:
    """How fresh the information is today: at least once in half a year (Typical Plan 2.5), a warning before."""
    if renewed_on is None:
        return Renewal.NEVER
    if today > renew_until(renewed_on, months):
        return Renewal.OVERDUE
    return Renewal.DUE_SOON if today >= months_after(renewed_on, warn_months) else Renewal.FRESH


def reminder_stage(
    renewed_on: date | None, listed_on: date | None, today: date, *, months: int = 6, warn_months: int = 5
) -> str | None:
    """Which reminder staff should have had by today, each of them once: `warn` from five calendar months on,
    `overdue-0` when six are over and then one a week (Typical Plan 2.5). What was never looked at is overdue a week
    after it came to the list."""
    if renewed_on is not None:
        last_day = renew_until(renewed_on, months)
    elif listed_on is not None:
        last_day = listed_on + timedelta(days=7)
    else:
        last_day = date.min
    if today <= last_day:
        return "warn" if renewed_on is not None and today >= months_after(renewed_on, warn_months) else None
    return f"overdue-{((today - last_day).days - 1) // 7}"


def is_locked(law_code: str | None) -> bool:
    """A statutory text is set by law and changes only with the law (Typical Plan 1.6)."""
    return law_code is not None
