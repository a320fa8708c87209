"""Staff keep the calendar of working days."""

from datetime import date, datetime, timedelta

import pytest

from actions import workdays
from civic.events import Event
from civic.people import Role
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.journal import entries_about
from storage.municipalities import Municipality
from storage.workdays import exception_on, exceptions, get_exception, workdays_of
from tests.cast import a_resident

CLERK = frozenset({Role.CLERK})
KURMAN = date(2026, 5, 27)


async def test_a_holiday_moves_what_is_due_and_of_this_municipality_only(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, role=Role.CLERK)
        before = (await workdays_of(db, home.id)).after(date(2026, 5, 26), 1)
        await workdays.set_day(db, home, KURMAN, ("Курман айт", ""), clerk, CLERK, now, works=False)
        assert (before, (await workdays_of(db, home.id)).after(date(2026, 5, 26), 1)) == (KURMAN, date(2026, 5, 28))
        assert (await workdays_of(db, town.id)).works(KURMAN)
        kept = await exception_on(db, home.id, KURMAN)
        assert kept is not None
        assert (kept.name("ru"), kept.name("ky")) == ("Курман айт", "Курман айт")


async def test_a_transferred_day_works_on_a_weekend_and_over_a_fixed_holiday(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, role=Role.CLERK)
        for day in (date(2026, 5, 2), date(2026, 5, 5)):
            await workdays.set_day(db, home, day, ("Которулган күн", "Перенос"), clerk, CLERK, now, works=True)
        days = await workdays_of(db, home.id)
        assert days.after(date(2026, 4, 30), 3) == date(2026, 5, 5)
        with pytest.raises(Refused) as no:
            await workdays.set_day(db, home, date(2026, 5, 6), ("Жөн эле", ""), clerk, CLERK, now, works=True)
        assert no.value.reason is Reason.WORKS_ANYWAY


async def test_what_is_entered_twice_is_replaced_and_what_is_removed_is_an_ordinary_day_again(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, role=Role.CLERK)
        first = await workdays.set_day(db, home, KURMAN, ("Курман", ""), clerk, CLERK, now, works=False)
        second = await workdays.set_day(db, home, KURMAN, ("Курман айт", "Курман айт"), clerk, CLERK, now, works=False)
        assert (first.id, [each.name_ky for each in await exceptions(db, home.id)]) == (second.id, ["Курман айт"])
        await workdays.remove_day(db, second, clerk, CLERK, now)
        assert (await exceptions(db, home.id), (await workdays_of(db, home.id)).works(KURMAN)) == ([], True)
        written = await entries_about(db, home.id, [Event.DAY_SET, Event.DAY_REMOVED])
        assert [entry.event for entry in written] == [Event.DAY_REMOVED, Event.DAY_SET, Event.DAY_SET]
        assert written[0].details == {"day": "2026-05-27", "works": False}


async def test_who_may_not_keep_the_calendar_is_refused_and_nothing_is_kept(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        resident = await a_resident(db, home, now)
        elsewhere = await a_resident(db, town, now, address="102", role=Role.CLERK)
        clerk = await a_resident(db, home, now, address="103", role=Role.CLERK)
        kept = await workdays.set_day(db, home, KURMAN, ("Курман айт", ""), clerk, CLERK, now, works=False)
        for person, roles, reason in (
            (resident, frozenset[Role](), Reason.NOT_YOURS),
            (resident, frozenset({Role.DEPUTY}), Reason.NOT_YOURS),
            (elsewhere, CLERK, Reason.NOT_FOUND),
        ):
            with pytest.raises(Refused) as no:
                await workdays.set_day(
                    db, home, KURMAN + timedelta(days=1), ("Бош күн", ""), person, roles, now, works=False
                )
            assert no.value.reason is reason
            with pytest.raises(Refused) as no:
                await workdays.remove_day(db, kept, person, roles, now)
            assert no.value.reason is reason
        with pytest.raises(Refused) as no:
            await get_exception(db, town.id, kept.id)
        assert no.value.reason is Reason.NOT_FOUND
        assert [each.day for each in await exceptions(db, home.id)] == [KURMAN]


@pytest.mark.parametrize(
    ("day", "name", "reason"),
    [
        (KURMAN, " ", Reason.TOO_SHORT),
        (KURMAN, "а" * 121, Reason.TOO_LONG),
        (date(2099, 1, 4), "Алыскы күн", Reason.WRONG_DAY),
        (date(1999, 1, 4), "Эски күн", Reason.WRONG_DAY),
    ],
)
async def test_a_day_needs_a_name_and_a_year_of_the_calendar(
    database: Database, home: Municipality, now: datetime, day: date, name: str, reason: Reason
) -> None:
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, role=Role.CLERK)
        with pytest.raises(Refused) as no:
            await workdays.set_day(db, home, day, (name, ""), clerk, CLERK, now, works=False)
        assert no.value.reason is reason
