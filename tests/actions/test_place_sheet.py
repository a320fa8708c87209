"""Do villages and streets survive the way through a spreadsheet, and is every fault named by its cell?"""

from datetime import datetime

import pytest

from actions import place_sheet
from actions.place_sheet import KEYS, Told
from bot.app import words
from civic.people import Role
from civic.refusals import Reason, Refused
from civic.sheets import BadSheet, Flaw
from exports.sheets import Row, as_csv, as_xlsx
from handlers.municipalities.places_file import columns
from storage.database import Database
from storage.municipalities import Municipality, streets, streets_of, villages
from tests.cast import a_resident

ADMIN = frozenset({Role.ADMIN})
COLUMNS = columns(words())


def sheet(*lines: tuple[str, ...], language: str = "ky") -> bytes:
    """A CSV of these rows."""
    return as_csv(COLUMNS, [Row(dict(zip(KEYS, line, strict=False))) for line in lines], language)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
async def test_what_is_given_is_taken_back_and_changes_nothing(
    database: Database, home: Municipality, now: datetime, language: str, ending: str
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        rows = await place_sheet.give_sheet(db, home)
        title = "Айылдар"
        content = as_xlsx(COLUMNS, rows, language, title) if ending == "xlsx" else as_csv(COLUMNS, rows, language)
        told = place_sheet.read_sheet(content, f"places.{ending}", COLUMNS)
        assert [each.village["ky"] for each in told] == [each.name_ky for each in await villages(db, home.id)]
        assert sum(len(each.streets) for each in told) == len(await streets(db, home.id)) == len(rows)
        assert await place_sheet.take(db, home, told, admin, ADMIN, now) == (0, 0)
        assert await place_sheet.give_sheet(db, home) == rows


def test_a_village_in_many_rows_is_one_and_a_translation_may_stand_in_any_of_them() -> None:
    content = sheet(
        ("Кара-Суу", "", "", "Манас"), ("кара суу", "Кара-Суу", "Kara-Suu", "манас", "Манаса"), ("Талды-Суу",)
    )
    assert place_sheet.read_sheet(content, "a.csv", COLUMNS) == [
        Told({"ky": "Кара-Суу", "ru": "Кара-Суу", "en": "Kara-Suu"}, ({"ky": "Манас", "ru": "Манаса", "en": ""},)),
        Told({"ky": "Талды-Суу", "ru": "", "en": ""}, ()),
    ]


def test_every_fault_is_named_by_row_and_column_at_once() -> None:
    content = sheet(("Кара-Суу", "", "", "М"), ("", "", "", "Манас"), ("Талды-Суу", "", "", "", "Манаса"), ("а" * 201,))
    with pytest.raises(BadSheet) as bad:
        place_sheet.read_sheet(content, "a.csv", COLUMNS)
    assert [(fault.flaw, fault.row, fault.letter) for fault in bad.value.faults] == [
        (Flaw.EMPTY_CELL, 3, "A"),
        (Flaw.EMPTY_CELL, 4, "D"),
        (Flaw.TOO_LONG, 5, "A"),
    ]


@pytest.mark.parametrize(
    ("content", "name", "flaw"),
    [
        (b"", "a.csv", Flaw.EMPTY),
        (sheet(), "a.csv", Flaw.EMPTY),
        (b"%PDF-1.4", "a.pdf", Flaw.NOT_A_SHEET),
        ("Айыл\nКара-Суу\n".encode(), "a.csv", Flaw.UNKNOWN_HEADING),
    ],
)
def test_what_is_no_such_sheet_says_so(content: bytes, name: str, flaw: Flaw) -> None:
    with pytest.raises(BadSheet) as bad:
        place_sheet.read_sheet(content, name, COLUMNS)
    assert flaw in [fault.flaw for fault in bad.value.faults]


async def test_new_places_come_and_missing_translations_are_filled_in_for_the_others(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        content = sheet(("Ак-Булак", "", "Ak Bulak", "Жаңы-Көчө", "Новая"), ("Кара-Суу", "", "", "Манас"))
        told = place_sheet.read_sheet(content, "a.csv", COLUMNS)
        assert await place_sheet.take(db, home, told, admin, ADMIN, now) == (1, 2)
        assert await place_sheet.take(db, home, told, admin, ADMIN, now) == (0, 0)
    async with database.transaction() as db:
        listed = {village.name_ky: village for village in await villages(db, home.id)}
        assert (listed["Ак-Булак"].name_ru, listed["Ак-Булак"].name_en) == ("Ак-Булак", "Ak Bulak")
        assert "Новая" in [street.name_ru for street in await streets_of(db, listed["Ак-Булак"].id)]
        assert [street.name_ky for street in await streets_of(db, listed["Кара-Суу"].id)] == ["Манас"]


async def test_another_municipality_takes_nothing_in_here(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        stranger = await a_resident(db, town, now, address="103", role=Role.ADMIN)
        told = place_sheet.read_sheet(sheet(("Кара-Суу",)), "a.csv", COLUMNS)
        with pytest.raises(Refused) as no:
            await place_sheet.take(db, home, told, stranger, ADMIN, now)
        assert no.value.reason is Reason.NOT_FOUND


async def test_how_many_live_there_is_given_in_one_row_and_taken_from_any(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        village = (await villages(db, home.id))[0]
        lines = [(village.name_ky, "", "", "Манас", "", "", ""), (village.name_ky, "", "", "Токтогул", "", "", "6400")]
        told = place_sheet.read_sheet(sheet(*lines), "a.csv", COLUMNS)
        assert [each.residents for each in told] == [6_400]
        await place_sheet.take(db, home, told, admin, ADMIN, now)
        given = [row.cells.get("residents") for row in await place_sheet.give_sheet(db, home)]
        assert (given[0], set(given[1:])) == (6_400, {None})
        await place_sheet.take(db, home, [Told(told[0].village, ())], admin, ADMIN, now)
        assert village.population == 6_400  # a file that does not say it changes nothing


@pytest.mark.parametrize("count", ["көп", "-1", "10000001", "1,5"])
def test_a_number_of_residents_that_is_none_is_named_by_its_cell(count: str) -> None:
    with pytest.raises(BadSheet) as bad:
        place_sheet.read_sheet(sheet(("Кара-Суу", "", "", "", "", "", count)), "a.csv", COLUMNS)
    assert [(fault.flaw, fault.row, fault.letter) for fault in bad.value.faults] == [(Flaw.NOT_A_NUMBER, 2, "G")]


async def test_no_more_people_live_in_a_village_than_in_the_municipality(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        told = place_sheet.read_sheet(sheet(("Ак-Булак", "", "", "", "", "", "14871")), "a.csv", COLUMNS)
        with pytest.raises(Refused) as no:
            await place_sheet.take(db, home, told, admin, ADMIN, now)
        assert (no.value.reason, no.value.details) == (Reason.OUT_OF_RANGE, {"least": 0, "most": 14_870})
