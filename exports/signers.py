"""How does the list of signers look that is handed over, and how can anybody prove that nothing in it was changed?"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from civic.spelling import clean
from exports.printing import A4, Line, Sheet
from exports.sheets import Column, Kind, Row, Value, as_xlsx

_MARGIN = 13.0  # mm
_SIZE, _SMALL, _TITLE = 8.5, 7.0, 13.0  # points
_GAP = 1.5  # mm between two columns, and between a row and its rule
# mm; together the width of the page between its margins
_WIDTHS = {"number": 11.0, "kind": 15.0, "name": 58.0, "village": 34.0, "street": 45.0, "day": 21.0}
_KEYS = tuple(_WIDTHS)
_FOOT = 22.0  # mm that the checksum and the number of the page need


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature: `kind` says in words whether it was given in the bot or on paper."""

    kind: str
    name: str
    village: str
    street: str
    day: date


@dataclass(frozen=True, slots=True)
class SignerList:
    """Everything that stands on the list besides the signatures, in the reader's language. `heads` are the headings of
    the columns by their keys, `facts` what stands above them, `group` the initiative group with a line for each member,
    `parts` how the count is made up; `page` has {page} and {pages}; `explained` says how the checksum is worked out,
    `secret` that the list is not to be passed on."""

    language: str
    title: str
    demand: str
    place: str
    facts: tuple[tuple[str, str], ...]
    group_says: str
    group: tuple[str, ...]
    parts: str
    heads: dict[str, str]
    checksum_says: str
    explained: str
    secret: str
    page: str
    day: date


def canonical(signers: Sequence[Signer]) -> str:
    """The rows as the checksum sees them, word for word as they are printed: one line each, its six parts with tabs
    between them, a line feed after each."""
    return "".join("\t".join(_cells(number, each)) + "\n" for number, each in enumerate(signers, 1))


def checksum(signers: Sequence[Signer]) -> str:
    """SHA-256 of the rows in UTF-8."""
    return hashlib.sha256(canonical(signers).encode()).hexdigest()


def _cells(number: int, signer: Signer) -> tuple[str, ...]:
    said = (signer.kind, signer.name, signer.village, signer.street)
    return (str(number), *(" ".join(clean(each).split()) for each in said), f"{signer.day:%d.%m.%Y}")


def as_pdf(told: SignerList, signers: Sequence[Signer]) -> bytes:
    """The list to print: numbered, on each page the checksum with its explanation and «page x of y»."""
    sheet = Sheet(language=told.language, title=told.title, author=told.place, day=told.day)
    proof = checksum(signers)
    ready = [_set(sheet, number, each) for number, each in enumerate(signers, 1)]
    head = _head(sheet, told)
    top = _MARGIN + sum(line.height for line in head) + _GAP
    pages = _paged(sheet, ready, top)
    for number, rows in enumerate(pages, 1):
        if number > 1:
            sheet.new_page()
        y = sheet.write(_MARGIN, _MARGIN, head if number == 1 else head[:1]) + _GAP
        y = _columns(sheet, told, y)
        for cells, height in rows:
            _row(sheet, cells, y)
            y += height
        _foot(sheet, told, proof, number, len(pages))
    return sheet.done()


_Cells = tuple[list[Line], ...]


def _set(sheet: Sheet, number: int, signer: Signer) -> tuple[_Cells, float]:
    """A row in lines, and its height."""
    cells: list[list[Line]] = []
    for key, text in zip(_KEYS, _cells(number, signer), strict=True):
        width = _WIDTHS[key] - _GAP
        text = sheet.printable(text)
        fits = sheet.width(text, _SIZE) <= width  # most do: breaking them into words costs ten times as much
        cells.append([Line(text, _SIZE)] if fits else sheet.wrapped(text, _SIZE, width))
    return tuple(cells), max(len(cell) for cell in cells) * Line("", _SIZE).height + _GAP


def _paged(sheet: Sheet, ready: Sequence[tuple[_Cells, float]], top: float) -> list[list[tuple[_Cells, float]]]:
    """The rows of each page; the first page has less room, for it says what it is about."""
    bottom = A4[1] - _MARGIN - _FOOT
    heads = Line("", _SIZE).height + 2 * _GAP
    pages: list[list[tuple[_Cells, float]]] = [[]]
    y = top + heads
    for row in ready:
        if y + row[1] > bottom and pages[-1]:
            pages.append([])
            y = _MARGIN + Line("", _TITLE).height + _GAP + heads
        pages[-1].append(row)
        y += row[1]
    return pages


def _head(sheet: Sheet, told: SignerList) -> list[Line]:
    width = A4[0] - 2 * _MARGIN
    lines = sheet.wrapped(told.title, _TITLE, width, bold=True, most=1)
    if sheet.width(sheet.printable(told.title), _TITLE, True) > width:
        lines += sheet.wrapped(told.title, _SIZE, width, bold=True)
    lines += sheet.wrapped(told.demand, _SIZE, width, most=12)
    for label, value in told.facts:
        lines += sheet.wrapped(f"{label}: {value}", _SIZE, width, most=3)
    lines += sheet.wrapped(f"{told.group_says}:", _SIZE, width)
    for each in told.group:
        lines += sheet.wrapped(each, _SIZE, width, most=2)
    lines += sheet.wrapped(told.parts, _SIZE, width, bold=True)
    return lines + sheet.wrapped(told.secret, _SMALL, width)


def _columns(sheet: Sheet, told: SignerList, y: float) -> float:
    x = _MARGIN
    for key in _KEYS:
        sheet.write(x, y, sheet.wrapped(told.heads[key], _SIZE, _WIDTHS[key] - _GAP, bold=True, most=1))
        x += _WIDTHS[key]
    y += Line("", _SIZE).height + _GAP
    sheet.rule((_MARGIN, y - _GAP / 2), (A4[0] - _MARGIN, y - _GAP / 2), thick=0.3)
    return y


def _row(sheet: Sheet, cells: _Cells, y: float) -> None:
    x = _MARGIN
    for key, lines in zip(_KEYS, cells, strict=True):
        sheet.write(x, y, lines)
        x += _WIDTHS[key]


def _foot(sheet: Sheet, told: SignerList, proof: str, number: int, pages: int) -> None:
    width, y = A4[0] - 2 * _MARGIN, A4[1] - _MARGIN - _FOOT + 2
    sheet.rule((_MARGIN, y - 1), (A4[0] - _MARGIN, y - 1), thick=0.1)
    lines = sheet.wrapped(f"{told.checksum_says}: {proof}", _SMALL, width, bold=True, most=2)
    lines += sheet.wrapped(told.explained, _SMALL, width, most=3)
    lines += sheet.wrapped(told.page.format(page=number, pages=pages), _SIZE, width)
    sheet.write(_MARGIN, y, lines)


_COLUMNS = {"number": (6, Kind.NUMBER), "kind": (12, Kind.TEXT), "name": (40, Kind.TEXT)}
_REST = {"village": (24, Kind.TEXT), "street": (32, Kind.TEXT), "day": (14, Kind.DAY)}


def as_sheet(told: SignerList, signers: Sequence[Signer]) -> bytes:
    """The list as a spreadsheet; a second sheet says what it is about and how the checksum is worked out."""
    columns = [
        Column(key, {told.language: told.heads[key]}, width=width, kind=kind)
        for key, (width, kind) in {**_COLUMNS, **_REST}.items()
    ]
    rows: list[Row] = []
    for number, each in enumerate(signers, 1):
        _, kind, name, village, street, _ = _cells(number, each)
        values: dict[str, Value] = {
            "number": number,
            "kind": kind,
            "name": name,
            "village": village,
            "street": street,
            "day": each.day,
        }
        rows.append(Row(values))
    about = [
        ("", told.title),
        ("", told.demand),
        *told.facts,
        *((told.group_says if place == 0 else "", each) for place, each in enumerate(told.group)),
        ("", told.parts),
        (told.checksum_says, checksum(signers)),
        ("", told.explained),
        ("", told.secret),
    ]
    return as_xlsx(columns, rows, told.language, told.heads["name"], stay=1, told=about)
