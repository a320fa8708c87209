"""Is every file that is given away safe to open and true to what was written, whatever people wrote? The makers of
files are found in the folder: a new one fails here until it is said what goes into it."""

import dataclasses
import importlib
import inspect
import io
import itertools
import pkgutil
import types
import typing
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import openpyxl
import pytest

import exports
from bot.app import words
from civic.spelling import clean
from exports import listing, open_data, paper, petition_paper, sheets, signers, site, texts
from handlers.publications.site import site_words
from tests.exports.safe import danger_in
from tests.hostile import EVERYTHING

SPOKEN = site_words(words())
FIXED = {  # what is never typed
    "key": "ak-bulak",
    "kind": "aimak",
    "code": "water",
    "theme": "water",
    "url": "https://t.me/sandbox_bot?start=i1",
    "language": "ky",
    "page": "{page} / {pages}",
}
WHERE = listing.Where("sandbox_bot", "https://example.kg/")
DAY = date(2026, 5, 4)
Makes = Callable[[str], Mapping[str, bytes]]


def filled(kind: Any, text: str) -> Any:
    """A value of that kind in which every text is this one, also in what it consists of."""
    return made_of(kind, itertools.repeat(text))


def mixed(kind: Any, first: int, most: int) -> Any:
    """A value of that kind in which every text is another one of all there are, cut to so many characters."""
    return made_of(kind, (clean(EVERYTHING[n % len(EVERYTHING)])[:most] for n in itertools.count(first)))


def made_of(kind: Any, text: Iterator[str]) -> Any:
    """A value of that kind with these texts in it."""
    if kind is str:
        return next(text)
    if kind in (int, float, bool):
        return kind(1)
    if kind is date:
        return DAY
    if kind is datetime:
        return datetime(2026, 5, 4, 12, tzinfo=UTC)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{f.name: FIXED.get(f.name) or made_of(hints[f.name], text) for f in dataclasses.fields(kind)})  # type: ignore[operator]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind))
    inside = typing.get_args(kind)
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return made_of(inside[0], text)
    if origin in (dict, Mapping):
        return {key: made_of(inside[1], text) for key in KEYS}
    if origin is tuple and inside[-1] is not Ellipsis:
        return tuple(made_of(each, text) for each in inside)
    assert origin in (tuple, list, Sequence, Collection), f"what is {kind}?"
    return tuple(made_of(inside[0], text) for _ in range(2))


KEYS = (
    *listing.LANGUAGES,
    *signers._KEYS,
    "address",
    "phone",
    "email",
    "hours",
    "water",
)  # whatever a mapping is asked
COLUMNS = tuple(sheets.Column(key, dict.fromkeys(listing.LANGUAGES, key)) for key in ("one", "two"))
TOLD = [("=1+1", "<b>"), ("@SUM(A1)", "\x07")]


def rows(text: str) -> list[sheets.Row]:
    """A table of that text."""
    return [sheets.Row({"one": text, "two": f"{text} {text}"})] * 2


def on_paper(made: bytes) -> Mapping[str, bytes]:
    """A file that is printed."""
    return {"x.pdf": made}


MAKES: dict[Callable[..., Any], Makes] = {
    open_data.as_json: lambda text: {"x.json": open_data.as_json(filled(listing.Listing, text), WHERE)},
    open_data.as_csv: lambda text: {"x.csv": open_data.as_csv(filled(listing.Listing, text))},
    petition_paper.poster: lambda text: on_paper(petition_paper.poster(filled(petition_paper.Poster, text[:120]))),
    petition_paper.sheet_to_sign: lambda text: on_paper(
        petition_paper.sheet_to_sign(filled(petition_paper.Form, text[:120]))
    ),
    sheets.as_xlsx: lambda text: {"x.xlsx": sheets.as_xlsx(COLUMNS, rows(text), "ky", text, told=TOLD)},
    sheets.as_csv: lambda text: {"x;.csv": sheets.as_csv(COLUMNS, rows(text), "en")},
    signers.as_pdf: lambda text: on_paper(
        signers.as_pdf(filled(signers.SignerList, text[:120]), filled(list[signers.Signer], text[:120]))
    ),
    signers.as_sheet: lambda text: {
        "x.xlsx": signers.as_sheet(filled(signers.SignerList, text), filled(list[signers.Signer], text))
    },
    site.listing_files: lambda text: site.listing_files(filled(listing.Listing, text), SPOKEN, WHERE),
    site.front_files: lambda text: site.front_files(filled(list[listing.Home], text), SPOKEN, WHERE),
    site.receipt_page: lambda text: {
        "x.html": site.receipt_page("ky", SPOKEN, code=text, state=text, facts=[(text, text)])
    },
    site.missing_page: lambda text: {"x.html": site.missing_page(SPOKEN, "/")},
    texts.text_file: lambda text: {"x.txt": texts.text_file(text, [(text, text)], [(text, [text])])},
}


def makers() -> list[Callable[..., Any]]:
    """Every public function of the folder that makes a file or a folder of files."""
    modules = [importlib.import_module(f"exports.{each.name}") for each in pkgutil.iter_modules(exports.__path__)]
    found = [
        each
        for module in modules
        for name, each in inspect.getmembers(module, inspect.isfunction)
        if each.__module__ == module.__name__ and not name.startswith("_")
    ]
    return [each for each in found if typing.get_type_hints(each).get("return") in (bytes, dict[str, bytes])]


DRAWN = (paper.board, paper.hand_out)  # a fifth of a second each: all the texts at once


def test_of_every_maker_of_files_it_is_said_what_goes_in() -> None:
    assert {f"{each.__module__}.{each.__name__}" for each in makers()} == {
        f"{each.__module__}.{each.__name__}" for each in (*MAKES, *DRAWN)
    }


@pytest.mark.parametrize("make", MAKES, ids=lambda each: f"{each.__module__.partition('.')[2]}.{each.__name__}")
def test_no_text_makes_a_file_dangerous(make: Callable[..., Any]) -> None:
    found = [
        (text[:60], name, danger_in(name, made))
        for text in EVERYTHING
        for name, made in MAKES[make](clean(text)).items()
    ]
    assert [each for each in found if each[2]] == []


@pytest.mark.parametrize("make", DRAWN, ids=lambda each: each.__name__)
def test_no_texts_make_a_notice_that_cannot_be_opened(make: Callable[[paper.Notice], bytes]) -> None:
    for first in range(0, len(EVERYTHING), 12):
        assert danger_in("x.pdf", make(mixed(paper.Notice, first, 300))) == ""


def test_a_spreadsheet_has_every_text_back_as_it_was_written() -> None:
    for text in filter(None, map(clean, EVERYTHING)):
        made = sheets.as_xlsx(COLUMNS, rows(text), "ky", "x")
        values = [str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(made)).worksheets[0] for cell in row]
        assert text in (*values, *map(sheets.unmarked, values)), text[:60]


def test_the_public_table_holds_no_formula_however_an_office_parts_it() -> None:
    for text in ("бир\n=1+1", "бир;=1+1", 'бир;"=1+1', "бир; @SUM(A1)\n+1\n- эки", "\n\t=cmd|A0", "=1+1"):
        made = open_data.as_csv(filled(listing.Listing, text))
        assert (danger_in("x.csv", made), danger_in("x;.csv", made)) == ("", ""), text
