"""How do a petition's poster and its sheets for signatures by hand look on paper? (Charter 19.8)"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from exports.printing import A4, Line, Sheet, quiet

_MARGIN = 13.0  # mm: office printers leave 4 to 6 blank
_CODE = 62.0  # mm: read from two metres, from the other side of a counter
_ROW = 11.5  # mm: room for a signature by a hand that is used to a spade
_SMALL, _TINY = 8.5, 7.0  # points


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on the poster, in one language. `facts` are the count, the goal and the last day, in words;
    `caption` says what the code is for."""

    language: str
    place: str
    kind: str
    title: str
    demand: str
    facts: tuple[str, ...]
    appeal: str
    caption: str
    url: str
    note: str
    day: date


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading in both languages, and its share of the width."""

    ky: str
    ru: str
    share: float


@dataclass(frozen=True, slots=True)
class Form:
    """What stands on a sheet for signatures: everything printed is in Kyrgyz with the Russian beneath, in pairs; the
    title is as the group wrote it."""

    place: str
    heading: tuple[str, str]
    title: str
    said: tuple[tuple[str, str], ...]  # below the title: what is signed, by whose hand
    columns: tuple[Column, ...]
    foot: tuple[tuple[str, str], ...]  # who gathered, the group's contact
    url: str
    day: date


def poster(poster: Poster) -> bytes:
    """A PDF of one page of A4 to hang up: title, demand, count, last day, and the code that leads to the petition.
    ValueError: a url too long for a code."""
    sheet = Sheet(language=poster.language, title=poster.title, author=poster.place, day=poster.day)
    x, width = _MARGIN, A4[0] - 2 * _MARGIN
    y = sheet.write(x, _MARGIN, sheet.wrapped(poster.place, 15, width, bold=True, most=2))
    y = sheet.write(x, y + 1, sheet.wrapped(poster.kind, 15, width, most=2)) + 2
    sheet.rule((x + 0.6, y), (x + width - 0.6, y), thick=1.2)
    white = quiet(poster.url, _CODE)
    top = A4[1] - _MARGIN - _CODE - white - 10
    title = _fitting(sheet, poster.title, width, (34, 20), room=(top - y) * 0.45, bold=True)
    y = sheet.write(x, y + 5, title) + 5
    sheet.write(x, y, _fitting(sheet, poster.demand, width, (26, 10), room=top - y - white - 3))
    top += white
    left = A4[0] - _MARGIN - _CODE
    sheet.rule((x, top - white), (x + width, top - white), thick=0.2)
    sheet.code(poster.url, left, top, _CODE)
    sheet.write(left, top + _CODE + 2.5, sheet.wrapped(poster.caption, 9, _CODE, most=2))
    beside = left - x - white - 3
    y = sheet.write(x, top, sheet.wrapped(poster.appeal, 20, beside, bold=True, most=3)) + 3
    for fact in poster.facts:
        y = sheet.write(x, y, sheet.wrapped(fact, 14, beside, most=3)) + 1.5
    note = sheet.wrapped(poster.note, 9, beside, most=4)
    sheet.write(x, A4[1] - _MARGIN - _tall(note), note)
    return sheet.done()


def _fitting(
    sheet: Sheet, text: str, width: float, sizes: tuple[float, float], *, room: float, bold: bool = False
) -> list[Line]:
    """The text in the largest letters with which it has room; else cut in the smallest."""
    size, smallest = sizes
    lines = sheet.wrapped(text, size, width, bold)
    while size > smallest and _tall(lines) > room:
        size -= 0.5
        lines = sheet.wrapped(text, size, width, bold)
    most = max(1, int(room / lines[0].height)) if lines else 0
    return sheet.wrapped(text, size, width, bold, most)


def _tall(lines: Sequence[Line]) -> float:
    return sum(line.height for line in lines)


def sheet_to_sign(form: Form) -> bytes:
    """A PDF of one page of A4, lying, to be copied: heading, title, columns with empty rows, who gathered. ValueError:
    a url too long for a code."""
    sheet = Sheet(
        language="ky", title=f"{form.heading[0]}: {form.title}", author=form.place, day=form.day, landscape=True
    )
    x, width, bottom = _MARGIN, A4[1] - 2 * _MARGIN, A4[0] - _MARGIN
    side = 22.0
    white = quiet(form.url, side)
    beside = width - side - white
    sheet.code(form.url, x + width - side, _MARGIN, side)
    y = sheet.write(x, _MARGIN, sheet.wrapped(form.place, 10, beside, most=1))
    y = _pair(sheet, x, y, form.heading, beside, 13, bold=True)
    y = sheet.write(x, y + 1, sheet.wrapped(f"«{form.title}»", 12, beside, bold=True, most=2))
    for said in form.said:
        y = _pair(sheet, x, y + 0.8, said, beside, _SMALL)
    y = max(y, _MARGIN + side + white) + 2
    foot = [line for pair in form.foot for line in _lines(sheet, pair, width, _SMALL)]
    end = bottom - _tall(foot) - 2 * len(form.foot)
    _table(sheet, form.columns, x, y, width, end)
    for pair in form.foot:
        end = _pair(sheet, x, end + 2, pair, width, _SMALL)
    return sheet.done()


def _lines(sheet: Sheet, pair: tuple[str, str], width: float, size: float, *, bold: bool = False) -> list[Line]:
    """The Kyrgyz words, and beneath them the Russian in smaller letters."""
    ky, ru = pair
    return sheet.wrapped(ky, size, width, bold, 2) + sheet.wrapped(ru, max(_TINY, size * 0.82), width, most=2)


def _pair(
    sheet: Sheet, x: float, y: float, pair: tuple[str, str], width: float, size: float, *, bold: bool = False
) -> float:
    return sheet.write(x, y, _lines(sheet, pair, width, size, bold=bold))


def _table(sheet: Sheet, columns: Sequence[Column], x: float, y: float, width: float, end: float) -> None:
    """Numbered rows to fill in by hand, as many as there is room for."""
    whole = sum(column.share for column in columns)
    widths = [width * column.share / whole for column in columns]
    heads = [
        _lines(sheet, (column.ky, column.ru), wide - 2, _SMALL, bold=True)
        for column, wide in zip(columns, widths, strict=True)
    ]
    top, under = y, y + max(map(_tall, heads)) + 2
    count = max(1, int((end - under) / _ROW))
    last = under + count * _ROW
    for line in (top, under, *(under + number * _ROW for number in range(1, count + 1))):
        sheet.rule((x, line), (x + width, line), thick=0.25)
    left = x
    for wide, head in zip(widths, heads, strict=True):
        sheet.rule((left, top), (left, last), thick=0.25)
        sheet.write(left + 1, top + 1, head)
        left += wide
    sheet.rule((x + width, top), (x + width, last), thick=0.25)
    for number in range(1, count + 1):
        mark = replace(sheet.wrapped(f"{number}", 10, widths[0])[0], indent=1.5)
        sheet.write(x, under + (number - 1) * _ROW + 3.2, [mark])
