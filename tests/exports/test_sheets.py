"""Do tables come back from offices as they were given, and is everything else that is handed in named by its fault?"""

import contextlib
import io
import re
import shutil
import subprocess
import time
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from civic.sheets import BadSheet, Flaw
from civic.spelling import clean
from exports import sheet_reading
from exports.sheet_reading import Sheet, read
from exports.sheets import Column, Kind, Row, Value, as_csv, as_xlsx
from tests.hostile import CELLS

COLUMNS = (
    Column("code", {"ky": "Коду", "ru": "Код", "en": "Code"}, needed=True),
    Column("label_ky", {"ky": "Аты", "ru": "Название", "en": "Name"}, 30, notes={"ky": "20 белгиден ашпасын"}),
    Column("phone", {"ky": "Телефону", "ru": "Телефон", "en": "Phone"}),
    Column("place", {"ky": "Орду", "ru": "Место", "en": "Place"}, kind=Kind.NUMBER),
    Column("renewed_on", {"ky": "Текшерилди", "ru": "Проверено", "en": "Checked on"}, kind=Kind.DAY),
)
ROWS = [
    Row(
        {"code": "water", "label_ky": "Ичүүчү суу; өрүш, «көчө»\nжаңы сап", "phone": "", "place": 1, "renewed_on": None}
    ),
    Row({"code": "roads", "label_ky": "Жол", "phone": "0312 1", "place": 2, "renewed_on": date(2026, 5, 4)}),
    *(
        Row({"code": f"h{n}", "label_ky": text, "phone": text, "place": None, "renewed_on": None}, frozenset({"phone"}))
        for n, text in enumerate(CELLS)
    ),
]


def held(sheet: Sheet) -> list[dict[str, Value]]:
    """The cells of each row."""
    return [dict(row.cells) for row in sheet.rows]


def flaws(content: bytes, name: str = "x.xlsx") -> list[str]:
    """What is wrong with it, as «C5 formula»."""
    with pytest.raises(BadSheet) as bad:
        read(content, name, COLUMNS)
    return [f"{fault.letter}{fault.row or ''} {fault.flaw}".strip() for fault in bad.value.faults]


def book(*rows: tuple[object, ...], head: tuple[object, ...] = ("code", "label_ky", "phone")) -> Workbook:
    """A workbook as a clerk may have made it."""
    made = Workbook()
    assert made.active is not None
    for row in (head, *rows):
        made.active.append(list(row))
    return made


def packed(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    """The workbook with something else in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            inside = old.read(part)
            new.writestr(part.filename, inside.replace(*change) if part.filename == name else inside)
    return out.getvalue()


def office(folder: Path, name: str, content: bytes, to: str) -> bytes:
    """The file as LibreOffice writes it after opening it."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    words = [soffice, profile, "--headless", "--convert-to", to, "--outdir", str(folder / "out"), str(folder / name)]
    subprocess.run(words, check=True, capture_output=True, timeout=100)
    return (folder / "out" / f"{Path(name).stem}.{to.partition(':')[0]}").read_bytes()


# --- there and back ---


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_what_was_written_reads_back_equal(language: str) -> None:
    written = [dict(row.cells) for row in ROWS]
    assert held(read(as_xlsx(COLUMNS, ROWS, language, "Маселелер"), "x.xlsx", COLUMNS)) == written
    assert held(read(as_csv(COLUMNS, ROWS, language), "x.csv", COLUMNS)) == written


def test_nothing_in_the_file_tells_when_it_was_written_so_that_the_same_table_is_the_same_bytes() -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(COLUMNS, ROWS, "ky", "Маселелер"))) as inside:
        assert {part.date_time for part in inside.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert inside.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2
    assert as_xlsx(COLUMNS, ROWS, "ky", "Маселелер") == as_xlsx(COLUMNS, ROWS, "ky", "Маселелер")


def test_the_head_is_bold_and_frozen_and_nothing_in_the_file_is_a_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(COLUMNS, ROWS, "ky", "Маселелер"))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert [cell.value for cell in sheet["B"][3:6]] == ["=1+1", "+996 700 000 200", "-2"]
    assert all(cell.font.b for cell in sheet[1])
    assert (sheet.freeze_panes, sheet.column_dimensions["B"].width) == ("A2", 30)
    assert sheet["B1"].comment.text == "20 белгиден ашпасын"
    assert all(cell.alignment.wrap_text for cell in cells)
    assert (sheet["E3"].number_format, sheet["E3"].is_date) == ("dd.mm.yyyy", True)
    assert sheet["C4"].fill.fgColor.rgb != sheet["B4"].fill.fgColor.rgb  # the locked one is shaded


def test_in_csv_no_cell_begins_with_what_an_office_would_run() -> None:
    text = as_csv(COLUMNS, ROWS, "ky").decode("utf-8-sig")
    assert [cell for line in text.splitlines() for cell in line.split(";") if re.match(r'"?[=+\-@\t\r]', cell)] == []
    assert "04.05.2026" in text


# --- a real office ---


def test_a_file_that_libreoffice_opened_and_saved_reads_back_equal(tmp_path: Path) -> None:
    saved = office(tmp_path, "issues.xlsx", as_xlsx(COLUMNS, ROWS, "ky", "Маселелер"), "xlsx")
    assert saved != as_xlsx(COLUMNS, ROWS, "ky", "Маселелер")
    assert held(read(saved, "issues.xlsx", COLUMNS)) == [dict(row.cells) for row in ROWS]
    shown = office(tmp_path, "issues.xlsx", saved, "csv:Text - txt - csv (StarCalc):59,34,76")
    assert [text for text in CELLS[:4] if f";{text};{text};" not in shown.decode()] == []  # «=1+1» and not «2»


def test_a_csv_of_ours_becomes_a_spreadsheet_of_texts_in_libreoffice(tmp_path: Path) -> None:
    read_with = "xlsx:Calc MS Excel 2007 XML"
    csv = as_csv(COLUMNS, ROWS, "ru")
    soffice_reads = f"--infilter=CSV:{ord(';')},34,76,1"
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (tmp_path / "a.csv").write_bytes(csv)
    words = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", soffice_reads]
    words += ["--convert-to", read_with, "--outdir", str(tmp_path / "out"), str(tmp_path / "a.csv")]
    subprocess.run(words, check=True, capture_output=True, timeout=100)
    got = held(read((tmp_path / "out" / "a.xlsx").read_bytes(), "a.xlsx", COLUMNS))
    wanted = [dict(row.cells) for row in ROWS]
    for row in wanted:  # what an office takes for a number has lost its zeros for good
        row |= {key: "7" for key in ("label_ky", "phone") if row[key] == "007"}
    assert got == wanted


# --- what clerks do ---


def test_columns_come_in_any_order_under_headings_of_any_language_or_by_their_key() -> None:
    for head in (("Название", "КОД"), ("label ky", "code"), ("  Аты ", "Code"), ("Name", "Коду")):
        made = packed(book(("Суу", "water"), head=head))
        assert held(read(made, "x.xlsx", COLUMNS)) == [{"code": "water", "label_ky": "Суу"}]


def test_headings_that_are_unknown_missing_twice_or_lacking_are_named_by_their_column() -> None:
    assert flaws(packed(book(("a",), head=("code", "Түсү", "Код", "phone")))) == [
        "B1 unknown-heading",
        "C1 heading-twice",
    ]
    assert flaws(packed(book(("a", "b"), head=("phone", None)))) == ["B1 no-heading", "1 missing-column"]


def test_numbers_become_the_text_that_was_typed_and_days_come_in_three_ways() -> None:
    made = book(
        (1.0, 996700000200, date(2026, 5, 4)),
        (2.5, 9.967e11, "04.05.2026"),
        (True, "x", " 2026-05-04 "),
        head=("code", "phone", "renewed_on"),
    )
    day = date(2026, 5, 4)
    assert held(read(packed(made), "x.xlsx", COLUMNS)) == [
        {"code": "1", "phone": "996700000200", "renewed_on": day},
        {"code": "2.5", "phone": "996700000000", "renewed_on": day},
        {"code": "True", "phone": "x", "renewed_on": day},
    ]
    wrong = book(("a", "x", "31.02.2026"), ("b", "1.5", 46146), head=("code", "place", "renewed_on"))
    assert flaws(packed(wrong)) == ["B2 not-a-number", "C2 not-a-day", "B3 not-a-number", "C3 not-a-day"]


def test_rows_keep_their_real_numbers_and_empty_ones_are_left_out() -> None:
    made = book((None,), ("a", "b"), (None, "  "), ("c",), (None,), (None,))
    assert [(row.number, row.cells["code"]) for row in read(packed(made), "x.xlsx", COLUMNS).rows] == [
        (3, "a"),
        (5, "c"),
    ]
    text = '\r\n\r\ncode;label_ky\r\n\r\na;"б\r\nв"\r\n;\r\nc;d\r\n'
    rows = read(text.encode(), "x.csv", COLUMNS).rows
    assert [(row.number, row.cells["label_ky"]) for row in rows] == [(5, "б\nв"), (7, "d")]


def test_formulas_errors_and_merged_cells_are_named_and_the_rest_is_still_read() -> None:
    made = book(("a", "=B3", "1"), ("b", "#REF!", "2"), ("c", "d", "3"), ("e", None, "4"))
    assert made.active is not None
    made.active.merge_cells("B4:B5")
    with pytest.raises(BadSheet) as bad:
        read(packed(made), "x.xlsx", COLUMNS)
    assert [(f.row, f.letter, f.heading, f.flaw) for f in bad.value.faults] == [
        (2, "B", "label_ky", Flaw.FORMULA),
        (3, "B", "label_ky", Flaw.CELL_ERROR),
        (4, "B", "", Flaw.MERGED),
    ]
    assert bad.value.faults[0].details == {"shown": "=B3"}
    assert isinstance(bad.value.sheet, Sheet)
    assert [row.cells.get("code") for row in bad.value.sheet.rows] == ["a", "b", "c", "e"]
    assert "label_ky" not in bad.value.sheet.rows[0].cells


def test_marks_of_merged_cells_that_are_strewn_through_a_comment_cost_no_more_than_their_size() -> None:
    content = packed(book(("a", "b", "1")))
    hostile = with_part(
        content,
        "xl/worksheets/sheet1.xml",
        (b"</worksheet>", b"<!--" + b"<mergeCell " * 200_000 + b"--></worksheet>"),
    )
    assert len(hostile) < 50_000
    began = time.process_time()
    assert len(read(hostile, "x.xlsx", COLUMNS).rows) == 1
    assert time.process_time() - began < 5


def test_only_the_first_sheet_that_is_seen_is_read() -> None:
    made = book(("a",))
    hidden = made.create_sheet("hidden", 0)
    hidden.sheet_state = "hidden"
    hidden.append(["secret", "=1+1"])
    made.create_sheet("other").append(["x"])
    assert held(read(packed(made), "x.xlsx", COLUMNS)) == [{"code": "a", "label_ky": "", "phone": ""}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_any_office_is_told_apart(encoding: str, separator: str) -> None:
    text = f'Код{separator}Название\na{separator}"Вода; дороги, свет"\n'
    got = held(read(text.encode(encoding), "таблица.CSV", COLUMNS))
    assert got == [{"code": "a", "label_ky": "Вода; дороги, свет"}]


def test_kyrgyz_letters_that_a_windows_encoding_lost_are_noticed() -> None:
    assert flaws("Код;Название\na;К?ч?\nb;Таза суу?\n".encode("cp1251"), "x.csv") == ["B2 letters-lost"]
    assert held(read("Код;Название\na;Эмне?Ким\n".encode(), "x.csv", COLUMNS))[0]["label_ky"] == "Эмне?Ким"


# --- what is hostile or broken ---

_GOOD = packed(book(("a", "b", "c")))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_BOMB = b'<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, inside in parts.items():
            new.writestr(name.replace("__", "/"), inside)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "flaw"),
    [
        (b"PK\x03\x04" + bytes(sheet_reading.LARGEST), "x.xlsx", "too-big"),
        (_zip(**{"xl__workbook.xml": b"<x/>", "xl__worksheets__sheet1.xml": bytes(51 << 20)}), "x.xlsx", "too-big"),
        (_zip(**{"xl__workbook.xml": b"<x/>", "xl__styles.xml": bytes(6 << 20)}), "x.xlsx", "too-big"),
        (_zip(word__document=b"<x/>"), "x.xlsx", "not-a-sheet"),
        (b"<html><table></table></html>", "x.xlsx", "not-a-sheet"),
        (b"\x00\x01\x02\x98", "x.csv", "not-a-sheet"),
        (_OLE, "x.xls", "old-kind"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "x.xlsx", "password"),
        (_GOOD[: len(_GOOD) // 2], "x.xlsx", "broken"),
        (with_part(_GOOD, "xl/worksheets/sheet1.xml", (b"<worksheet", _BOMB + b"<worksheet")), "x.xlsx", "broken"),
        (with_part(_GOOD, "xl/workbook.xml", (b"<workbook", _BOMB + b"<workbook")), "x.xlsx", "broken"),
        (with_part(_GOOD, "xl/worksheets/sheet1.xml", (b"</sheetData>", b"")), "x.xlsx", "broken"),
        (with_part(_GOOD, "xl/worksheets/sheet1.xml", (b'<row r="2"', b'<row r="99999999999"')), "x.xlsx", "too-many"),
        (b"code\n" + b"a\n" * 10_000, "x.csv", "too-many"),
        (b"code" + b";" * 60 + b"x\n", "x.csv", "too-many"),
        (b'code;label_ky\na;"' + b"b" * 200_000, "x.csv", "broken"),
        (b"", "x.csv", "empty"),
        (b";;\n \n", "x.csv", "empty"),
        (b"code;phone\n;\n", "x.csv", "empty"),
    ],
)
def test_whatever_is_handed_in_ends_with_a_reason(content: bytes, name: str, flaw: str) -> None:
    assert flaws(content, name) == [flaw]


def test_a_sheet_that_lies_about_its_size_costs_little() -> None:
    wide = with_part(_GOOD, "xl/worksheets/sheet1.xml", (b'r="C2"', b'r="XFD2"'))
    assert held(read(wide, "x.xlsx", COLUMNS)) == [{"code": "a", "label_ky": "b", "phone": ""}]
    boast = re.sub(rb'ref="A1:C2"', b'ref="A1:XFD1048576"', _GOOD)
    assert len(read(boast, "x.xlsx", COLUMNS).rows) == 1


def test_any_cut_or_changed_file_ends_with_a_reason_or_is_read() -> None:
    for at in range(0, len(_GOOD), 97):
        for content in (_GOOD[:at], _GOOD[:at] + b"\xff" + _GOOD[at + 1 :]):
            with contextlib.suppress(BadSheet):
                read(content, "x.xlsx", COLUMNS)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=8))
@example(
    ["a\ufffeb", "\uffff", "'=1", "''", "'", "_x0041_", "\t=1", "\ufeff", "\ufdd0", 'a;b"c', "x\ny", "1e5", "TRUE"]
)
@settings(max_examples=100, deadline=None)
def test_any_text_comes_back_as_it_may_be_stored(texts: list[str]) -> None:
    rows = [Row({"code": f"c{n}", "label_ky": text}) for n, text in enumerate(texts)]
    wanted = [clean(text) for text in texts]
    for content, name in ((as_xlsx(COLUMNS, rows, "ky", "x"), "x.xlsx"), (as_csv(COLUMNS, rows, "ky"), "x.csv")):
        assert [row.cells["label_ky"] for row in read(content, name, COLUMNS).rows] == wanted
