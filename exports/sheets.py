"""How is a table written as a spreadsheet, so that offices show it well and nothing in it is ever calculated?"""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from civic.spelling import clean

Value = str | int | date | None
_FORMULA_LIKE = re.compile(r"'*[=+\-@\t\r]")  # what office software may calculate, with any marks of ours before it
_HEAD = PatternFill("solid", fgColor="DDE7DD")
_LINE, _MOST_LINES = 15, 10  # points; a longer text is read by opening its cell
_SHADE = PatternFill("solid", fgColor="EEEEEE")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the date of every part: the same table is the same bytes
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its stable key, with its heading in every language and, if wanted, a note to it. `width` is in
    characters; a column that is not `needed` may be missing from a file that is read."""

    key: str
    names: Mapping[str, str]
    width: int = 20
    kind: Kind = Kind.TEXT
    notes: Mapping[str, str] = field(default_factory=dict)
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its values by the keys of the columns. `locked` are the cells that are shaded because only somebody else
    may change them; `number` is the row as an office shows it, when it was read."""

    cells: Mapping[str, Value]
    locked: frozenset[str] = frozenset()
    number: int = 0


def as_xlsx(
    columns: Sequence[Column],
    rows: Sequence[Row],
    language: str,
    title: str,
    *,
    stay: int = 0,
    told: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The table as XLSX, with headings in that language that stay in sight, and so many first columns with them.
    Texts are text cells whatever they begin with; days are real dates. `told` says on a second sheet what the table
    is, a label and its words in each row. The same table gives the same bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "1"
    for place, column in enumerate(columns, 1):
        cell = _put(sheet, 1, place, column.names[language])
        cell.font, cell.fill = Font(name="Calibri", size=11, bold=True), _HEAD
        if column.notes.get(language):
            cell.comment = Comment(column.notes[language], "", height=120, width=320)
        about = sheet.column_dimensions[get_column_letter(place)]
        about.width, about.number_format = column.width, _FORMATS[column.kind]  # for rows that are typed below
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(columns, 1):
            cell = _put(sheet, number, place, row.cells.get(column.key))
            cell.number_format = _FORMATS[column.kind]
            if column.key in row.locked:
                cell.fill = _SHADE
        sheet.row_dimensions[number].height = _LINE * min(_MOST_LINES, _lines(columns, row))
    sheet.freeze_panes = sheet.cell(2, stay + 1).coordinate
    sheet.page_setup.orientation = "landscape"
    if told:
        _tell(book.create_sheet("i"), told)
    out = io.BytesIO()
    book.save(out)
    return _undated(out.getvalue())


def _tell(sheet: Worksheet, told: Sequence[tuple[str, str]]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 100
    for number, (label, words) in enumerate(told, 1):
        _put(sheet, number, 1, label).font = Font(name="Calibri", size=11, bold=True)
        _put(sheet, number, 2, words)
        lines = sum(-(-len(line) // 100) or 1 for line in words.split("\n"))
        sheet.row_dimensions[number].height = _LINE * min(_MOST_LINES, lines)


_FORMATS = {Kind.TEXT: "@", Kind.DAY: "dd.mm.yyyy", Kind.NUMBER: "0"}


def _lines(columns: Sequence[Column], row: Row) -> int:
    """How many lines the fullest cell takes; offices do not work it out when they open a file."""
    texts = [(str(row.cells.get(column.key) or ""), column.width) for column in columns]
    return max(sum(-(-len(line) // width) or 1 for line in text.split("\n")) for text, width in texts)


def _put(sheet: Worksheet, row: int, place: int, value: Value) -> Cell:
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        value = clean(value)
        marked = value.startswith("'") and _FORMULA_LIKE.match(value) is not None
        cell.value = f"'{value}" if marked else value or None
        if cell.value is not None:
            cell.data_type = "s"  # the library would take what begins with = for a formula
        cell.quotePrefix = _FORMULA_LIKE.match(value) is not None  # stays a text when somebody edits it
    else:
        cell.value = value
    return cell


def _undated(content: bytes) -> bytes:
    """The same workbook without the moment at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as anew:
        for part in book.infolist():
            inside = book.read(part)
            if part.filename == "docProps/core.xml":
                inside = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", inside)
            anew.writestr(zipfile.ZipInfo(part.filename, _LONG_AGO), inside, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_csv(columns: Sequence[Column], rows: Sequence[Row], language: str) -> bytes:
    """The table as CSV: UTF-8 with a mark of it, parted by semicolons, as offices here expect, days as dd.mm.yyyy. A
    text that an office could calculate has a ' before it, which reading takes off again."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(column.names[language] for column in columns)
    for row in rows:
        writer.writerow(_plain(row.cells.get(column.key)) for column in columns)
    return ("\ufeff" + written.getvalue()).encode()


def _plain(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if not isinstance(value, str):
        return "" if value is None else str(value)
    value = clean(value)
    return f"'{value}" if _FORMULA_LIKE.match(value) else value


def unmarked(text: str) -> str:
    """The text without the ' that was put before it to keep it from being calculated."""
    return text[1:] if text.startswith("'") and _FORMULA_LIKE.match(text) else text
