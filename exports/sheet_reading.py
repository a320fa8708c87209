"""What stands in a spreadsheet that somebody handed in? Read without trusting it; what is wrong is named by cell."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.xml import DEFUSEDXML

from civic.sheets import BadSheet, Fault, Flaw
from civic.spelling import clean, fold
from exports.sheets import Column, Kind, Row, Value, unmarked

LARGEST = 5 * 1024 * 1024  # bytes of a file
LARGEST_UNPACKED = 50 * 1024 * 1024  # bytes; what unpacks to more is a bomb
LARGEST_PART = 5 * 1024 * 1024  # bytes of a part that is read whole: styles, the list of sheets
_IN_PIECES = ("xl/worksheets/", "xl/sharedStrings", "xl/media/")  # read bit by bit, or not at all
MOST_ROWS, MOST_COLUMNS = 10_000, 60
_LAST_ROW = 1_048_576  # of any office
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old .xls, and whatever is locked with a password
_LOST = re.compile(r"\?[^\W\d_]")  # an ө that a Windows encoding could not hold: «к?ч?»
_MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref=\"([A-Z0-9:]{2,20})\"")
_DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y")

assert DEFUSEDXML, "defusedxml is missing: a spreadsheet could name entities that explode"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: the rows that hold something, and where each column stands."""

    rows: tuple[Row, ...]
    letters: Mapping[str, str]
    headings: Mapping[str, str]

    def fault(self, flaw: Flaw, row: Row, key: str, **details: str | int) -> Fault:
        """A fault at the cell of that column in that row."""
        return Fault(flaw, row.number, self.letters.get(key, ""), key, self.headings.get(key, ""), details)


@dataclass(frozen=True, slots=True)
class _Formula:
    """Something in a cell that is no value: a formula, or the error it ended with."""

    flaw: Flaw
    shown: str


_Raw = str | int | float | bool | date | _Formula | None


def read(content: bytes, name: str, columns: Sequence[Column], *, most_rows: int = MOST_ROWS) -> Sheet:
    """The first sheet that is seen of an XLSX, or a CSV. Headings are known by their words in any language or by the
    key of the column, in any order; empty rows are left out. BadSheet names everything wrong in the file. The largest
    file takes seconds of work, so reading belongs into a thread."""
    if len(content) > LARGEST:
        raise BadSheet([Fault(Flaw.TOO_BIG, details={"most": LARGEST // 1024 // 1024})])
    if not content.strip():
        raise BadSheet([Fault(Flaw.EMPTY)])
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise BadSheet([Fault(Flaw.PASSWORD if locked else Flaw.OLD_KIND)])
    merged: list[str] = []
    ansi = False
    if content.startswith(b"PK"):
        rows, merged = _xlsx(content, most_rows)
    elif name.rpartition(".")[2].lower() in ("csv", "tsv", "txt"):
        rows, ansi = _csv(content, columns, most_rows)
    else:
        raise BadSheet([Fault(Flaw.NOT_A_SHEET)])
    return _understood(rows, columns, merged, ansi=ansi)


# --- what the file holds ---


def _xlsx(content: bytes, most_rows: int) -> tuple[list[tuple[_Raw, ...]], list[str]]:
    """The cells of the first sheet that is seen, and the ranges of it that were merged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            whole = [
                part for part in parts if not part.filename.startswith(("xl/worksheets/", "xl/media/", "xl/shared"))
            ]
            big = any(part.file_size > LARGEST_PART for part in whole)
            if big or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise BadSheet([Fault(Flaw.TOO_BIG, details={"most": LARGEST // 1024 // 1024})])
            if "xl/workbook.xml" not in packed.namelist():
                raise BadSheet([Fault(Flaw.NOT_A_SHEET)])
            book = load_workbook(io.BytesIO(content), read_only=True)
            try:
                seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
                sheet: Any = (seen or book.worksheets)[0]
                sheet.reset_dimensions()  # what the file says of its size may be wrong, or a trap
                rows = _bounded(_raw_rows(sheet.iter_rows(max_col=MOST_COLUMNS + 1)), most_rows)
                inside = packed.read(sheet._worksheet_path)
            finally:
                book.close()
    except BadSheet:
        raise
    except zipfile.BadZipFile:
        raise BadSheet([Fault(Flaw.BROKEN)]) from None
    except Exception:  # noqa: BLE001  the library has many ways to say that a file is broken
        raise BadSheet([Fault(Flaw.BROKEN)]) from None
    return rows, [found.decode() for found in _MERGED.findall(inside)]


def _raw_rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[_Raw, ...]]:
    """The rows with their values; where rows are missing in the file, the library gives one empty row many times, and
    so does this."""
    before: tuple[Any, ...] = ()
    raw: tuple[_Raw, ...] = ()
    for row in rows:
        if row is not before:
            before, raw = row, tuple(_raw(cell.value, cell.data_type) for cell in row)
        yield raw


def _raw(value: object, data_type: str) -> _Raw:
    if data_type == "f":
        return _Formula(Flaw.FORMULA, str(getattr(value, "text", value)))
    if data_type == "e":
        return _Formula(Flaw.CELL_ERROR, str(value))
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | int | float | bool | date) or value is None else str(value)


def _csv(content: bytes, columns: Sequence[Column], most_rows: int) -> tuple[list[tuple[_Raw, ...]], bool]:
    """The cells, and whether it was a Windows encoding, which has no ө ү ң. Of the separators the one that parts the
    most known headings."""
    text, encoding = _decoded(content)
    known = _known(columns)
    found: list[list[tuple[_Raw, ...]]] = []
    for separator in ";,\t":
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            found.append(_bounded((tuple(cell or None for cell in row) for row in rows), most_rows))
        except csv.Error:
            continue
    if not found:
        raise BadSheet([Fault(Flaw.BROKEN)])
    best = max(found, key=lambda rows: _headings_in(rows, known))
    return best, encoding == "cp1251"


def _headings_in(rows: Iterable[tuple[_Raw, ...]], known: Mapping[str, str]) -> int:
    first = next((row for row in rows if any(cell is not None for cell in row)), ())
    return sum(fold(str(cell)) in known for cell in first if cell is not None)


def _decoded(content: bytes) -> tuple[str, str]:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(letter < " " and letter not in "\t\r\n" for letter in text):
            return text, encoding
    raise BadSheet([Fault(Flaw.NOT_A_SHEET)])


def _bounded(rows: Iterable[tuple[_Raw, ...]], most: int) -> list[tuple[_Raw, ...]]:
    """The rows up to the last that holds something; BadSheet(TOO_MANY) beyond the limits."""
    kept: list[tuple[_Raw, ...]] = []
    too_many = BadSheet([Fault(Flaw.TOO_MANY, details={"rows": most, "columns": MOST_COLUMNS})])
    last, holds, before = 0, False, None
    for number, row in enumerate(rows, 1):
        if row is not before:
            holds, before = any(not _is_empty(cell) for cell in row), row
        if number > _LAST_ROW or (holds and number > most):
            raise too_many
        if holds and any(not _is_empty(cell) for cell in row[MOST_COLUMNS:]):
            raise too_many
        if number <= most:
            kept.append(row)
            last = number if holds else last
    return kept[:last]


def _is_empty(cell: _Raw) -> bool:
    return cell is None or (isinstance(cell, str) and not clean(cell))


# --- what it means ---


def _known(columns: Sequence[Column]) -> dict[str, str]:
    """The key of the column for each folded heading."""
    return {fold(said): column.key for column in columns for said in (column.key, *column.names.values())}


def _understood(rows: list[tuple[_Raw, ...]], columns: Sequence[Column], merged: Sequence[str], *, ansi: bool) -> Sheet:
    head = next((n for n, row in enumerate(rows) if any(not _is_empty(cell) for cell in row)), None)
    if head is None:
        raise BadSheet([Fault(Flaw.EMPTY)])
    places, headings, faults = _headings(rows, head, columns)
    letters = {key: get_column_letter(place + 1) for key, place in places.items()}
    if faults:
        raise BadSheet(faults)
    by_key = {column.key: column for column in columns}
    found: list[Row] = []
    for number, row in enumerate(rows[head + 1 :], head + 2):
        if all(_is_empty(cell) for cell in row):
            continue
        cells: dict[str, Value] = {}
        for key, place in places.items():
            value = _value(row[place] if place < len(row) else None, by_key[key].kind, ansi=ansi)
            if isinstance(value, Fault):
                faults.append(Fault(value.flaw, number, letters[key], key, headings[key], value.details))
            else:
                cells[key] = value
        found.append(Row(cells, number=number))
    sheet = Sheet(tuple(found), letters, headings)
    faults += _merges(merged, sheet, head + 1)
    if not found:
        faults.append(Fault(Flaw.EMPTY))
    if faults:
        raise BadSheet(sorted(faults, key=lambda fault: (fault.row, len(fault.letter), fault.letter)), sheet)
    return sheet


def _headings(
    rows: list[tuple[_Raw, ...]], head: int, columns: Sequence[Column]
) -> tuple[dict[str, int], dict[str, str], list[Fault]]:
    """Where each column stands, under which words, and what is wrong with the headings."""
    known = _known(columns)
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    faults: list[Fault] = []
    for place in range(max(map(len, rows))):
        cell = rows[head][place] if place < len(rows[head]) else None
        said = "" if _is_empty(cell) or isinstance(cell, _Formula) else clean(str(cell))
        letter, key = get_column_letter(place + 1), known.get(fold(said)) if said else None
        if isinstance(cell, _Formula):
            faults.append(Fault(cell.flaw, head + 1, letter, details={"shown": cell.shown[:60]}))
        elif not said:
            if any(place < len(row) and not _is_empty(row[place]) for row in rows[head + 1 :]):
                faults.append(Fault(Flaw.NO_HEADING, head + 1, letter))
        elif key is None:
            faults.append(Fault(Flaw.UNKNOWN_HEADING, head + 1, letter, heading=said[:60]))
        elif key in places:
            faults.append(Fault(Flaw.HEADING_TWICE, head + 1, letter, key, said))
        else:
            places[key], headings[key] = place, said
    faults += [
        Fault(Flaw.MISSING_COLUMN, head + 1, key=column.key, heading=next(iter(column.names.values())))
        for column in columns
        if column.needed and column.key not in places
    ]
    return places, headings, faults


def _merges(merged: Sequence[str], sheet: Sheet, head: int) -> Iterator[Fault]:
    """Merged cells hold one value for many places, and which of them it is meant for cannot be known."""
    for area in merged:
        left, top, _, bottom = (side or 0 for side in range_boundaries(area))
        if bottom > head and sheet.rows and top <= sheet.rows[-1].number and left <= MOST_COLUMNS:
            yield Fault(Flaw.MERGED, top, get_column_letter(left), details={"area": area})


def _value(cell: _Raw, kind: Kind, *, ansi: bool) -> Value | Fault:
    if isinstance(cell, _Formula):
        return Fault(cell.flaw, details={"shown": cell.shown[:60]})
    if kind is Kind.DAY:
        return _day(cell)
    text = _text(cell)
    if kind is Kind.NUMBER:
        if not text:
            return None
        if text.isascii() and text.isdecimal() and len(text) < 10:
            return int(text)
        return Fault(Flaw.NOT_A_NUMBER, details={"shown": text[:60]})
    if ansi and _LOST.search(text):
        return Fault(Flaw.LETTERS_LOST, details={"shown": text[:60]})
    return text


def _text(cell: _Raw) -> str:
    """What somebody typed as a number or a day, where a text is wanted, reads as they saw it."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return "" if cell is None else unmarked(clean(str(cell)))


def _day(cell: _Raw) -> date | Fault | None:
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if not text:
        return None
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    return Fault(Flaw.NOT_A_DAY, details={"shown": text[:60]})
