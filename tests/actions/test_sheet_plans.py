"""What would a corrected spreadsheet change, what is refused, and what stands in the history afterwards?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from actions import keeping, sheet_plans
from actions.issue_sheet import columns, give_sheet
from actions.sheet_plans import Plan, out_of_order
from bot.spoken import words
from civic.people import Role
from civic.refusals import Reason, Refused
from civic.sheets import BadSheet, Flaw
from exports.sheets import Row, Value, as_csv, as_xlsx
from handlers.issues.sheet import fault_lines, sheet_words
from storage.catalogue import catalogue
from storage.changes import Change, changes_of
from storage.database import Database
from storage.issues import Issue, kept_issues, whole_issues
from storage.municipalities import Municipality
from tests.cast import a_resident

SPOKEN = words()
WORDS = sheet_words(SPOKEN)
CLERK = frozenset({Role.CLERK})
MODEL = {code: each for code, each in catalogue().issues.items() if not each.statutory}
NEW = {"label_ky": "Көпүрө", "text_ky": "көпүрөлөрдү оңдоо", "theme": "roads"}


class Sheet:
    """The list as it is given, to be corrected and handed in."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def put(self, code: str, **cells: Value) -> None:
        """Corrects the row of that code."""
        at = next(n for n, row in enumerate(self.rows) if row.cells["code"] == code)
        self.rows[at] = replace(self.rows[at], cells={**self.rows[at].cells, **cells})

    def add(self, cells: Mapping[str, Value]) -> None:
        """A row more."""
        self.rows.append(Row(cells))

    def number(self, code: str) -> int:
        """The row of that code, as an office shows it."""
        return next(n for n, row in enumerate(self.rows, 2) if row.cells["code"] == code)

    def file(self) -> bytes:
        """As it is handed in."""
        return as_xlsx(columns(WORDS), self.rows, "ky", "x")


async def given(database: Database, home: Municipality) -> Sheet:
    """The list of the municipality as a sheet."""
    async with database.transaction() as db:
        return Sheet(await give_sheet(db, home, WORDS, "ky"))


async def planned(database: Database, home: Municipality, content: bytes, now: datetime, name: str = "x.xlsx") -> Plan:
    """What it would change."""
    async with database.transaction() as db:
        return await sheet_plans.read_sheet(db, home, content, name, WORDS, keeping.today_of(home, now))


async def faults(database: Database, home: Municipality, sheet: Sheet, now: datetime) -> list[tuple[int, str, Flaw]]:
    """What is wrong with it."""
    with pytest.raises(BadSheet) as bad:
        await planned(database, home, sheet.file(), now)
    assert all(fault_lines(SPOKEN.speaker(language), bad.value.faults) for language in ("ky", "ru", "en"))
    return [(fault.row, fault.key, fault.flaw) for fault in bad.value.faults]


async def by_code(database: Database, home: Municipality) -> dict[str, Issue]:
    """Every issue by its code."""
    async with database.transaction() as db:
        return {issue.code: issue for issue in await kept_issues(db, home.id)}


async def own_order(database: Database, home: Municipality) -> list[str]:
    """The charter issues in their order."""
    async with database.transaction() as db:
        return [issue.code for issue in await whole_issues(db, home.id) if issue.law_code is None]


async def applied(database: Database, home: Municipality, sheet: Sheet, now: datetime) -> Plan:
    """Checked and applied by a clerk."""
    plan = await planned(database, home, sheet.file(), now)
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, role=Role.CLERK)
        await sheet_plans.apply(db, home, plan, clerk, CLERK, now)
    return plan


async def history(database: Database, issue: Issue) -> list[Change]:
    """What kinds of changes an issue has had, newest first."""
    async with database.transaction() as db:
        return [change.kind for change in await changes_of(db, issue.id)]


# --- there and back ---


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
async def test_the_list_as_it_was_given_changes_nothing(
    database: Database, home: Municipality, now: datetime, language: str
) -> None:
    async with database.transaction() as db:
        rows, listed = await give_sheet(db, home, WORDS, language), await kept_issues(db, home.id)
    assert len(rows) == len(listed)
    for name, content in (
        ("x.xlsx", as_xlsx(columns(WORDS), rows, language, "x")),
        ("x.csv", as_csv(columns(WORDS), rows, language)),
    ):
        plan = await planned(database, home, content, now, name)
        assert (plan.is_empty, plan.left) == (True, len(listed))


async def test_what_was_corrected_becomes_versions_with_their_author_and_reads_back_the_same(
    database: Database, home: Municipality, now: datetime
) -> None:
    today = keeping.today_of(home, now)
    sheet, before = await given(database, home), await by_code(database, home)
    old = next(i for i in before.values() if i.law_code and i.renewed_on and i.renewed_on < today - timedelta(days=2))
    own = await own_order(database, home)
    sheet.put("drinking-water", phone="=1+1", responsible="Асанов  Бакыт")
    sheet.put(old.code, renewed_on=today - timedelta(days=1))
    sheet.put(own[0], retired="ооба")
    sheet.add(NEW)
    plan = await applied(database, home, sheet, now)
    assert {code: sorted(fields) for code, fields in plan.changed.items()} == {
        "drinking-water": ["phone", "responsible"]
    }
    assert plan.renewed == {old.code: today - timedelta(days=1)}
    assert (plan.retired, plan.restored, plan.moved) == ((own[0],), (), ())
    assert [each.code for each in plan.added] == ["kopuro"]
    assert plan.left == len(before) - 3
    after = await by_code(database, home)
    assert (after["drinking-water"].phone, after["drinking-water"].responsible) == ("=1+1", "Асанов Бакыт")
    assert after["drinking-water"].renewed_on == today  # who corrected it has checked it (Typical Plan 2.5)
    assert after[old.code].renewed_on == today - timedelta(days=1)
    assert (after["kopuro"].group, after["kopuro"].label_en, after["kopuro"].law_code) == ("roads", "Көпүрө", None)
    kinds = [(await history(database, after[code]))[0] for code in ("drinking-water", old.code, own[0], "kopuro")]
    assert kinds == [Change.EDITED, Change.RENEWED, Change.RETIRED, Change.ADDED]
    async with database.transaction() as db:
        change = (await changes_of(db, after["drinking-water"].id))[0]
        assert change.by is not None
        assert (change.before["phone"], change.after["phone"]) == (before["drinking-water"].phone, "=1+1")
    again = await given(database, home)
    assert (await planned(database, home, again.file(), now)).is_empty


async def test_the_order_that_the_file_wants_is_reached_with_the_fewest_moves(
    database: Database, home: Municipality, now: datetime
) -> None:
    sheet = await given(database, home)
    for label in ("Көпүрө", "Базар", "Кечүү"):
        sheet.add({**NEW, "label_ky": label})
    await applied(database, home, sheet, now)
    was = await own_order(database, home)
    sheet = await given(database, home)
    first = int(str(sheet.rows[sheet.number(was[0]) - 2].cells["place"]))
    sheet.put(was[0], place=first + len(was) - 1)  # the first one goes to the end
    plan = await planned(database, home, sheet.file(), now)
    assert (plan.moved, plan.order) == ((was[0],), (*was[1:], was[0]))
    sheet = await given(database, home)
    for place, code in enumerate(reversed(was)):
        sheet.put(code, place=first + place)
    plan = await planned(database, home, sheet.file(), now)
    async with database.transaction() as db:
        await sheet_plans.apply(db, home, plan, None, frozenset(), now)
    assert await own_order(database, home) == was[::-1]
    assert (await planned(database, home, (await given(database, home)).file(), now)).is_empty


def test_only_those_that_stand_wrong_must_move() -> None:
    assert out_of_order("abcd", "abcd") == []
    assert out_of_order("abcd", "bcda") == ["a"]
    assert out_of_order("xayb", "abyx") in (["y", "x"], ["b", "x"])
    assert out_of_order("ab", "anb") in (["n"], ["b"])
    assert out_of_order("", "") == []


async def test_a_retired_issue_comes_back_where_it_stood(database: Database, home: Municipality, now: datetime) -> None:
    sheet = await given(database, home)
    sheet.add(NEW)
    sheet.add({**NEW, "label_ky": "Базар"})
    own = [*await own_order(database, home), "kopuro", "bazar"]
    await applied(database, home, sheet, now)
    sheet = await given(database, home)
    sheet.put("kopuro", retired="да")
    plan = await planned(database, home, sheet.file(), now)
    async with database.transaction() as db:
        await sheet_plans.apply(db, home, plan, None, frozenset(), now)
    assert await own_order(database, home) == [code for code in own if code != "kopuro"]
    sheet = await given(database, home)
    sheet.put("kopuro", retired="no")
    plan = await planned(database, home, sheet.file(), now)
    assert (plan.restored, plan.moved) == (("kopuro",), ())
    async with database.transaction() as db:
        await sheet_plans.apply(db, home, plan, None, frozenset(), now)
    assert await own_order(database, home) == own


async def test_a_part_of_the_list_and_of_its_columns_is_enough(
    database: Database, home: Municipality, now: datetime
) -> None:
    plan = await planned(database, home, b"Code;Phone\ndrinking-water;0312 1\n", now, "x.csv")
    assert {code: dict(fields) for code, fields in plan.changed.items()} == {
        "drinking-water": {"phone": ((await by_code(database, home))["drinking-water"].phone, "0312 1")}
    }


async def test_an_issue_of_the_model_charter_comes_by_its_code_alone(
    database: Database, home: Municipality, now: datetime
) -> None:
    there = await by_code(database, home)
    code = next(code for code in MODEL if code not in there)
    plan = await planned(database, home, f"code\n{code}\n".encode(), now, "x.csv")
    async with database.transaction() as db:
        await sheet_plans.apply(db, home, plan, None, frozenset(), now)
    issue = (await by_code(database, home))[code]
    assert (issue.label_ky, issue.law_in("en")) == (MODEL[code].label["ky"], "Model Charter, clause 11.2")


# --- what is refused ---


async def test_every_fault_is_named_by_row_and_column_and_nothing_is_planned(
    database: Database, home: Municipality, now: datetime
) -> None:
    today = keeping.today_of(home, now)
    listed = await by_code(database, home)
    renewed = next(i.code for i in listed.values() if i.law_code and i.renewed_on and i.code != "drinking-water")
    other = next(i.code for i in listed.values() if i.law_code and i.code not in (renewed, "drinking-water"))
    own = (await own_order(database, home))[0]
    sheet = await given(database, home)
    sheet.put("drinking-water", label_ky="Таза суу", theme="Культура и отдых", retired="ооба", place=9, origin="устав")
    sheet.put(renewed, renewed_on=date(2020, 1, 1), phone="1" * 41)
    sheet.put(other, renewed_on=today + timedelta(days=1), theme="Ажыдаарлар", retired="балким")
    sheet.put(own, label_ky="", label_ru="Двадцать один символ!!", text_ky="")
    sheet.add({"code": "dragons"})
    sheet.add({"code": own})
    sheet.add({"label_ky": "Суу", "origin": "мыйзам", "retired": "ооба"})
    sheet.add({**NEW, "label_ky": listed[own].label_ky})
    last = len(sheet.rows) + 1
    assert sorted(await faults(database, home, sheet, now)) == sorted(
        [
            *((sheet.number("drinking-water"), key, Flaw.LOCKED) for key in ("label_ky", "theme", "retired", "place")),
            (sheet.number("drinking-water"), "origin", Flaw.CANNOT_CHANGE),
            (sheet.number(renewed), "renewed_on", Flaw.OLDER_DAY),
            (sheet.number(renewed), "phone", Flaw.TOO_LONG),
            (sheet.number(other), "renewed_on", Flaw.IN_THE_FUTURE),
            (sheet.number(other), "theme", Flaw.NOT_A_CHOICE),
            (sheet.number(other), "retired", Flaw.NOT_A_CHOICE),
            (sheet.number(own), "label_ky", Flaw.EMPTY_CELL),
            (sheet.number(own), "label_ru", Flaw.TOO_LONG),
            (sheet.number(own), "text_ky", Flaw.EMPTY_CELL),
            (last - 3, "code", Flaw.UNKNOWN_CODE),
            (last - 2, "code", Flaw.CODE_TWICE),
            (last - 1, "text_ky", Flaw.EMPTY_CELL),
            (last - 1, "theme", Flaw.EMPTY_CELL),
            (last - 1, "origin", Flaw.LOCKED),
            (last - 1, "retired", Flaw.CANNOT_CHANGE),
            (last, "label_ky", Flaw.LABEL_TAKEN),
        ]
    )


async def test_faults_of_cells_and_of_what_they_say_are_named_together(
    database: Database, home: Municipality, now: datetime
) -> None:
    text = "code;renewed_on;phone;theme\ndrinking-water;yesterday;1;x\nsewerage;;" + "1" * 41 + ";\n"
    with pytest.raises(BadSheet) as bad:
        await planned(database, home, text.encode(), now, "x.csv")
    english = fault_lines(SPOKEN.speaker("en"), bad.value.faults)
    assert english[0] == "Row 2, column B (Checked on): “yesterday” is no day: write it like 04.05.2026"
    assert english[1].startswith("Row 2, column D (Theme): “x” does not fit. It should be one of: ")
    assert english[-1] == "Row 3, column C (Phone): too long: 41 characters now, 40 at most"


async def test_the_file_of_another_municipality_changes_nothing_there(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    sheet, there = await given(database, home), await given(database, town)
    sheet.put("drinking-water", phone="0312 1")
    plan = await planned(database, home, sheet.file(), now)
    async with database.transaction() as db:
        stranger = await a_resident(db, town, now, role=Role.CLERK)
        with pytest.raises(Refused):
            await sheet_plans.apply(db, home, plan, stranger, CLERK, now)
    async with database.transaction() as db:
        nobody = await a_resident(db, home, now, address="102")
        with pytest.raises(Refused):
            await sheet_plans.apply(db, home, plan, nobody, frozenset(), now)
    async with database.transaction() as db:
        await sheet_plans.apply(db, home, plan, None, frozenset(), now)
    assert (await given(database, town)).rows == there.rows


async def test_a_list_that_changed_since_is_not_overwritten(
    database: Database, home: Municipality, now: datetime
) -> None:
    sheet = await given(database, home)
    sheet.put("drinking-water", phone="0312 1")
    plan = await planned(database, home, sheet.file(), now)
    async with database.transaction() as db:
        issue = next(i for i in await whole_issues(db, home.id) if i.code == "sewerage")
        await keeping.edit(db, issue, {"phone": "0312 2"}, None, frozenset(), now, keeping.today_of(home, now))
    async with database.transaction() as db:
        with pytest.raises(Refused) as no:
            await sheet_plans.apply(db, home, plan, None, frozenset(), now)
    assert no.value.reason is Reason.LIST_CHANGED
    assert (await by_code(database, home))["drinking-water"].phone != "0312 1"
