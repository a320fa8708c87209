"""How do villages and streets become a spreadsheet, and what does one that staff sent say?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import founding
from civic.founding import LANGUAGES, NAME_LIMIT, POPULATION_LIMIT, Names
from civic.people import Role
from civic.sheets import BadSheet, Fault, Flaw
from civic.spelling import fold
from exports.sheet_reading import Sheet, read
from exports.sheets import Column, Kind, Row, Value
from storage.municipalities import Municipality, Street, Village, streets, streets_of, villages
from storage.people import Person

PARTS = ("village", "street")
NAMES = tuple(f"{part}_{language}" for part in PARTS for language in LANGUAGES)
RESIDENTS = "residents"
KEYS = (*NAMES, RESIDENTS)


@dataclass(frozen=True, slots=True)
class Told:
    """A village with its streets, as a spreadsheet names them, and how many people live there where it says so."""

    village: Names
    streets: tuple[Names, ...]
    residents: int | None = None


def columns(names: Mapping[str, Mapping[str, str]]) -> tuple[Column, ...]:
    """The columns, by their headings in every language; only the Kyrgyz name of the village must be there."""
    named = [Column(key, names[key], width=24, needed=key == "village_ky") for key in NAMES]
    return (*named, Column(RESIDENTS, names[RESIDENTS], width=12, kind=Kind.NUMBER))


async def give_sheet(db: AsyncSession, home: Municipality) -> list[Row]:
    """A row for every street, and one for a village without any; how many people live there stands in the village's
    first row. `read_sheet` takes the rows back."""
    by_village: dict[int, list[Street]] = {}
    for street in await streets(db, home.id):
        by_village.setdefault(street.village_id, []).append(street)
    return [
        Row(
            _cells("village", village)
            | (_cells("street", street) if street is not None else {})
            | ({RESIDENTS: village.population} if place == 0 and village.population is not None else {})
        )
        for village in await villages(db, home.id)
        for place, street in enumerate(by_village.get(village.id, [None]))
    ]


def _cells(part: str, place: Village | Street) -> dict[str, Value]:
    return {f"{part}_{language}": str(getattr(place, f"name_{language}")) for language in LANGUAGES}


def read_sheet(content: bytes, name: str, wanted: Sequence[Column]) -> list[Told]:
    """The villages in the order of the file, each once, with their streets. BadSheet names every fault by its row and
    column, and then there is nothing to take."""
    faults: list[Fault] = []
    try:
        sheet = read(content, name, wanted)
    except BadSheet as bad:
        if not isinstance(bad.sheet, Sheet):
            raise
        sheet, faults = bad.sheet, list(bad.faults)
    faults += [fault for row in sheet.rows for fault in _wrong(sheet, row)]
    if not sheet.rows and not faults:
        faults.append(Fault(Flaw.EMPTY))
    if faults:
        raise BadSheet(sorted(faults, key=lambda fault: (fault.row, len(fault.letter), fault.letter)), sheet)
    found: dict[str, tuple[Names, dict[str, Names]]] = {}
    people: dict[str, int] = {}
    for row in sheet.rows:
        village, street = _names(row, "village"), _names(row, "street")
        known, its_streets = found.setdefault(fold(village["ky"]), (village, {}))
        _fill(known, village)
        if isinstance(count := row.cells.get(RESIDENTS), int):
            people.setdefault(fold(village["ky"]), count)
        if street["ky"]:
            _fill(its_streets.setdefault(fold(street["ky"]), street), street)
    return [Told(village, tuple(streets.values()), people.get(key)) for key, (village, streets) in found.items()]


def _names(row: Row, part: str) -> Names:
    return {language: str(row.cells.get(f"{part}_{language}") or "") for language in LANGUAGES}


def _fill(known: Names, more: Names) -> None:
    """A translation may stand in any row of the place."""
    for language in LANGUAGES:
        known[language] = known[language] or more[language]


def _wrong(sheet: Sheet, row: Row) -> Iterator[Fault]:
    count = row.cells.get(RESIDENTS)
    if isinstance(count, int) and not 0 <= count <= POPULATION_LIMIT:
        yield sheet.fault(Flaw.NOT_A_NUMBER, row, RESIDENTS, shown=str(count)[:40])
    for key in NAMES:
        said = str(row.cells.get(key) or "")
        if len(said) > NAME_LIMIT:
            yield sheet.fault(Flaw.TOO_LONG, row, key, most=NAME_LIMIT, is_now=len(said))
    for part in PARTS:
        names = _names(row, part)
        needed = part == "village" or names["ru"] or names["en"]
        if needed and len(fold(names["ky"])) < 2 and f"{part}_ky" in row.cells:
            yield sheet.fault(Flaw.EMPTY_CELL, row, f"{part}_ky")


async def take(
    db: AsyncSession, home: Municipality, told: Sequence[Told], by: Person, roles: frozenset[Role], now: datetime
) -> tuple[int, int]:
    """Adds the villages and streets that are not there yet, the translations that are new, and how many people live in
    a village; nothing is removed. Gives how many villages and streets came. Refused: NOT_YOURS, NOT_FOUND, and
    OUT_OF_RANGE when more people live in a village than in the whole municipality."""
    new = await founding.add_villages(db, home, [each.village for each in told], by, roles, now)
    new_streets = 0
    known = {fold(village.name_ky): village for village in await villages(db, home.id)}
    for each in told:
        village = known[fold(each.village["ky"])]
        _translate(village, each.village)
        if each.residents is not None and each.residents != village.population:
            founding.set_residents(db, home, village, each.residents, by, roles, now)
        if each.streets:
            new_streets += await founding.add_streets(db, home, village, each.streets, by, roles, now)
            theirs = {fold(street.name_ky): street for street in await streets_of(db, village.id)}
            for names in each.streets:
                _translate(theirs[fold(names["ky"])], names)
    return new, new_streets


def _translate(place: Village | Street, names: Names) -> None:
    place.name_ru, place.name_en = names["ru"] or place.name_ru, names["en"] or place.name_en
