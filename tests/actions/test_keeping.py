"""May staff change an issue, and does every change become a version with its author, before and after?"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import keeping, people, reminders
from civic.people import Role
from civic.refusals import Reason, Refused
from storage.changes import Change, IssueChange, authors, change_count, changes_of, list_changed_at
from storage.database import Database
from storage.issues import Issue, IssueReminder, issues_like, whole_issues
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Person
from storage.staff import staff_of
from tests.cast import a_resident

CLERK = frozenset({Role.CLERK})
TODAY = date(2026, 5, 4)
LAW = {form: {"ky": "Устав", "ru": "Устав", "en": "Charter"} for form in ("short", "reference")}
STADIUM = {"label_ky": "Айыл стадиону", "text_ky": "айылдын стадионун күтүү"}


async def issue_of(db: AsyncSession, home: Municipality, code: str = "drinking-water") -> Issue:
    """The issue of that code."""
    return next(issue for issue in await whole_issues(db, home.id) if issue.code == code)


async def a_clerk(db: AsyncSession, home: Municipality, now: datetime, *, address: str = "103") -> Person:
    """Cholpon, a clerk."""
    return await a_resident(db, home, now, address=address, role=Role.CLERK)


async def test_an_edit_is_a_version_with_author_time_before_and_after(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, water = await a_clerk(db, home, now), await issue_of(db, home)
        was = {name: getattr(water, name) for name in ("doing_ky", "phone", "renewed_on")}
        fields = {"doing_ky": "Насос алмаштырылды.", "phone": "+996 700 000 999", "doing_ru": water.doing_ru}
        assert await keeping.edit(db, water, fields, cholpon, CLERK, now, TODAY)
        await db.flush()
        [change] = await changes_of(db, water.id)
    assert (change.kind, change.at, change.by, change.number) == (Change.EDITED, now, cholpon.id, water.version)
    assert change.before == {"doing_ky": was["doing_ky"], "phone": was["phone"], "renewed_on": str(was["renewed_on"])}
    assert change.after == {
        "doing_ky": "Насос алмаштырылды.",
        "phone": "+996 700 000 999",
        "renewed_on": "2026-05-04",
    }
    assert water.renewed_on == TODAY, "who changes the information has renewed it (Typical Plan 2.5)"


async def test_an_edit_that_changes_nothing_is_no_version(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, water = await a_clerk(db, home, now), await issue_of(db, home)
        assert not await keeping.edit(db, water, {"doing_ky": water.doing_ky}, cholpon, CLERK, now, TODAY)
        assert await change_count(db, water.id) == 0


Act = Callable[[AsyncSession, Municipality, Issue, Person, frozenset[Role], datetime], Awaitable[Any]]
ACTS: dict[str, Act] = {
    "edit": lambda db, home, issue, by, roles, now: keeping.edit(db, issue, {"phone": "1"}, by, roles, now, TODAY),
    "add": lambda db, home, issue, by, roles, now: keeping.add(db, home, STADIUM, "money", by, roles, now, law=LAW),
    "renew": lambda db, home, issue, by, roles, now: keeping.renew(db, [issue], by, roles, now, TODAY),
    "retire": lambda db, home, issue, by, roles, now: keeping.retire(db, issue, by, roles, now, TODAY),
    "move": lambda db, home, issue, by, roles, now: keeping.move(db, issue, 1, by, roles, now),
    "restore": lambda db, home, issue, by, roles, now: keeping.restore(db, issue, by, roles, now),
}


@pytest.mark.parametrize("act", ACTS)
async def test_nobody_without_the_right_and_nobody_from_elsewhere_may_do_it(
    database: Database, home: Municipality, town: Municipality, now: datetime, act: str
) -> None:
    async with database.transaction() as db:
        ours = await issue_of(db, home, "charter-trees")
        aigul, elsewhere = await a_resident(db, home, now), await a_clerk(db, town, now, address="203")
        for person, roles, reason in (
            (aigul, frozenset[Role](), Reason.NOT_YOURS),
            (aigul, frozenset({Role.MODERATOR, Role.DEPUTY, Role.MONITORING}), Reason.NOT_YOURS),
            (elsewhere, CLERK, Reason.NOT_FOUND),
        ):
            with pytest.raises(Refused) as no:
                await ACTS[act](db, home, ours, person, roles, now)
            assert no.value.reason is reason
        assert (await db.scalars(select(IssueChange))).all() == []


async def test_the_words_and_the_place_of_a_statutory_issue_are_locked(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, water = await a_clerk(db, home, now), await issue_of(db, home)
        for act in (
            keeping.edit(db, water, {"label_ky": "Суу"}, cholpon, CLERK, now, TODAY),
            keeping.edit(db, water, {"text_en": "water"}, cholpon, CLERK, now, TODAY),
            keeping.edit(db, water, {"group": "money"}, cholpon, CLERK, now, TODAY),
            keeping.retire(db, water, cholpon, CLERK, now, TODAY),
            keeping.move(db, water, 1, cholpon, CLERK, now),
        ):
            with pytest.raises(Refused) as no:
                await act
            assert no.value.reason is Reason.LOCKED_BY_LAW
        assert await change_count(db, water.id) == 0


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"label_ky": "Айылдын борбордук стадиону"}, Reason.TOO_LONG),
        ({"label_ky": ""}, Reason.TOO_SHORT),
        ({"text_ky": ""}, Reason.TOO_SHORT),
        ({"doing_ky": "а" * 3_001}, Reason.TOO_LONG),
        ({"phone": "1" * 41}, Reason.TOO_LONG),
    ],
)
async def test_what_does_not_fit_is_refused_with_its_limit_and_nothing_is_kept(
    database: Database, home: Municipality, now: datetime, fields: dict[str, str | None], reason: Reason
) -> None:
    async with database.transaction() as db:
        cholpon, trees = await a_clerk(db, home, now), await issue_of(db, home, "charter-trees")
        before = trees.version, trees.label_ky, trees.renewed_on
        with pytest.raises(Refused) as no:
            await keeping.edit(db, trees, {"phone": "+996", **fields}, cholpon, CLERK, now, TODAY)
        assert no.value.reason is reason
        assert (trees.version, trees.label_ky, trees.renewed_on) == before


async def test_a_charter_issue_comes_at_the_end_is_found_moves_goes_and_comes_back(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        stadium = await keeping.add(db, home, STADIUM, "money", cholpon, CLERK, now, law=LAW)
        own = [issue for issue in await whole_issues(db, home.id) if issue.law_code is None]
        assert (own[-1].id, stadium.label_ru, stadium.said("text", "en")) == (
            stadium.id,
            "Айыл стадиону",
            "айылдын стадионун күтүү",
        )
        assert stadium.id in {issue.id for issue in await issues_like(db, home.id, "стадион")}
        assert await keeping.move(db, stadium, 2, cholpon, CLERK, now) == (len(own), 2)
        await db.flush()
        listed = [issue for issue in await whole_issues(db, home.id) if issue.law_code is None]
        assert listed[1].id == stadium.id
        assert (await whole_issues(db, home.id))[0].law_code is not None, "the law's issues stay first"
        assert await keeping.retire(db, stadium, cholpon, CLERK, now, TODAY)
        assert not await keeping.retire(db, stadium, cholpon, CLERK, now, TODAY)
        await db.flush()
        assert stadium.id not in {issue.id for issue in await whole_issues(db, home.id)}
        assert await keeping.restore(db, stadium, cholpon, CLERK, now)
        await db.flush()
        kinds = [change.kind for change in await changes_of(db, stadium.id)]
        numbers = [change.number for change in await changes_of(db, stadium.id)]
    assert kinds == [Change.RESTORED, Change.RETIRED, Change.MOVED, Change.ADDED]
    assert numbers == [4, 3, 2, 1]


async def test_checked_and_nothing_changed_is_a_renewal_with_a_name_and_a_date_once_a_day(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, listed = await a_clerk(db, home, now), await whole_issues(db, home.id)
        assert await keeping.renew(db, listed, cholpon, CLERK, now, TODAY) == len(listed)
        assert await keeping.renew(db, listed, cholpon, CLERK, now, TODAY) == 0
        assert {issue.renewed_on for issue in listed} == {TODAY}
        await db.flush()
        assert await list_changed_at(db, home.id) is None, "what is published is not older for a check"
        [change] = await changes_of(db, listed[0].id)
        assert (change.kind, change.by) == (Change.RENEWED, cholpon.id)


async def test_a_renewal_is_taken_back_by_its_author_only_and_only_when_nothing_followed(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon, other = await a_clerk(db, home, now), await a_clerk(db, home, now, address="104")
        water, roads = await issue_of(db, home), await issue_of(db, home, "municipal-roads")
        was = water.renewed_on
        await keeping.renew(db, [water, roads], cholpon, CLERK, now, TODAY)
        await keeping.edit(db, roads, {"phone": "+996"}, other, CLERK, now, TODAY)
        await db.flush()
        mine = await keeping.own_renewals(db, home.id, cholpon, 1, 1_000)
        assert await keeping.own_renewals(db, home.id, other, 1, 1_000) == []
        assert await keeping.undo_renewal(db, mine, other, CLERK, now) == 0
        assert await keeping.undo_renewal(db, mine, cholpon, CLERK, now) == 1
        assert (water.renewed_on, roads.renewed_on) == (was, TODAY)


async def test_who_left_the_office_stays_the_author_and_who_was_forgotten_does_not(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        [held] = await staff_of(db, home.id)
        held.name, held.ended_at = "Жумабаева Чолпон", now
        await db.flush()
        assert await authors(db, home.id, {cholpon.id}) == {cholpon.id: "Жумабаева Чолпон"}
        await people.forget(db, cholpon, now)
        assert await authors(db, home.id, {cholpon.id}) == {}


# --- reminders ---


async def letters(db: AsyncSession) -> list[tuple[int | None, list[int]]]:
    """Who is written to about which issues."""
    found = (await db.scalars(select(Letter).order_by(Letter.id))).all()
    return [(letter.person_id, sorted(letter.arguments["issues"])) for letter in found]


async def test_each_stage_reminds_once_the_clerk_first_and_of_what_is_overdue_the_head_too(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        cholpon = await a_clerk(db, home, now)
        akylbek = await a_resident(db, home, now, address="106", role=Role.HEAD)
        listed = await whole_issues(db, home.id)
        for issue in listed:
            issue.renewed_on = TODAY
        water, roads = listed[3], listed[5]
        water.renewed_on, roads.renewed_on = date(2025, 12, 4), date(2025, 11, 3)
    async with database.transaction() as db:
        assert await reminders.remind_of_renewals(db, now) == 2
        assert await reminders.remind_of_renewals(db, now) == 0, "never twice"
        assert await letters(db) == [(cholpon.id, sorted([water.id, roads.id])), (akylbek.id, [roads.id])]
        assert await reminders.remind_of_renewals(db, now + timedelta(days=6)) == 0
        assert await reminders.remind_of_renewals(db, now + timedelta(days=7)) == 1, "a week later once more"
        assert (await letters(db))[2:] == [(cholpon.id, [roads.id]), (akylbek.id, [roads.id])]
        stages = (
            await db.execute(select(IssueReminder.issue_id, IssueReminder.stage).order_by(IssueReminder.id))
        ).all()
    assert [tuple(row) for row in stages] == [(water.id, "warn"), (roads.id, "overdue-0"), (roads.id, "overdue-1")]


async def test_without_a_clerk_the_admin_is_reminded_and_nobody_of_another_municipality(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        gulnara = await a_resident(db, home, now, address="107", role=Role.ADMIN)
        await a_clerk(db, town, now, address="203")
        for place in (home, town):
            for issue in await whole_issues(db, place.id):
                issue.renewed_on = TODAY
        (await whole_issues(db, home.id))[0].renewed_on = date(2025, 1, 1)
    async with database.transaction() as db:
        assert await reminders.remind_of_renewals(db, now) == 1
        assert [person for person, _ in await letters(db)] == [gulnara.id]
