"""Does the list of signers say the same on paper and in the spreadsheet, whatever names it holds, and prove itself?"""

import hashlib
import io
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from exports.printing import POINT
from exports.signers import Signer, SignerList, as_pdf, as_sheet, canonical, checksum

HOSTILE = [
    "=HYPERLINK(0;1) Асанова",
    "+996 Токтосунов",
    "@SUM Жумабаева",
    "'=1 Сыдыков",
    "<b>Эмма</b> Ли",
    "Ө\u202eмүрбек Мамытов",
    "Абдыкеримова-Кочкорбаева-Жумабаева-Токтосунова-Орозбекова Айгүл",
    "Ы" * 118,
]
TOLD = SignerList(
    language="ky",
    title="Манас көчөсүнө бак-дарак тигүү",
    demand="Манас көчөсүнүн эки жагына быйыл бак-дарак тигүүнү талап кылабыз.",
    place="Ак-Булак айыл аймагы",
    facts=(("Петициянын номери", "12"), ("Аймагы", "Ак-Булак"), ("Тапшырылды", "04.05.2026")),
    group_says="Демилгелүү топ",
    group=("1. Бакыт Токтосунов, Ак-Булак, Манас (координатор)", "2. =Эмма Ли"),
    parts="Колдун саны: 3. 3: ботто 2, кагазда 1",
    heads={"number": "№", "kind": "Түрү", "name": "Аты-жөнү", "village": "Айылы", "street": "Көчөсү", "day": "Күнү"},
    checksum_says="Текшерүү коду (SHA-256)",
    explained="Код тизменин саптарынан эсептелет.",
    secret="Жеке маалымат.",
    page="{page} / {pages} барак",
    day=date(2026, 5, 4),
)


def signers(names: list[str]) -> list[Signer]:
    return [
        Signer("бот" if n % 3 else "кагаз", name, "Ак-Булак", "Манас, 12-үй", date(2026, 5, 1 + n % 28))
        for n, name in enumerate(names, 1)
    ]


FEW = signers(["Айгүл Асанова", "Бакыт Токтосунов", "Чолпон Жумабаева"])


def pages(made: bytes) -> list[str]:
    """The words of each page, as they would be copied."""
    return [" ".join(str(page.get_textpage().get_text_range()).split()) for page in pypdfium2.PdfDocument(made)]


def test_the_checksum_is_what_anybody_gets_who_writes_the_rows_down_as_explained() -> None:
    rows = (
        "1\tбот\tАйгүл Асанова\tАк-Булак\tМанас, 12-үй\t02.05.2026\n"
        "2\tбот\tБакыт Токтосунов\tАк-Булак\tМанас, 12-үй\t03.05.2026\n"
        "3\tкагаз\tЧолпон Жумабаева\tАк-Булак\tМанас, 12-үй\t04.05.2026\n"
    )
    assert canonical(FEW) == rows
    assert checksum(FEW) == hashlib.sha256(rows.encode()).hexdigest()


def test_one_letter_one_day_or_another_order_gives_another_checksum() -> None:
    other = [
        signers(["Айгүл Асанов", "Бакыт Токтосунов", "Чолпон Жумабаева"]),
        FEW[:2],
        [FEW[1], FEW[0], FEW[2]],
        [*FEW[:2], Signer("бот", *(FEW[2].name, FEW[2].village, FEW[2].street), FEW[2].day)],
    ]
    assert len({checksum(FEW), *map(checksum, other)}) == 5


def test_no_field_can_pass_for_two_of_them() -> None:
    split = Signer("бот", "Айгүл\tАсанова\nБакыт", "Ак-Булак", "", date(2026, 5, 4))
    assert canonical([split]) == "1\tбот\tАйгүл Асанова Бакыт\tАк-Булак\t\t04.05.2026\n"


def test_each_page_has_the_headings_the_checksum_its_explanation_and_its_number() -> None:
    many = signers([f"Айгүл Асанова-{'абвгдежзик'[n % 10]}" for n in range(100)])
    read = pages(as_pdf(TOLD, many))
    assert len(read) == 3
    for number, words in enumerate(read, 1):
        assert TOLD.title in words
        assert "Аты-жөнү" in words
        assert TOLD.explained in words
        assert checksum(many) in words.replace(" ", "")
        assert f"{number} / 3 барак" in words
    assert sum(words.count("Айгүл Асанова-") for words in read) == 100
    assert TOLD.demand in read[0]
    assert TOLD.demand not in read[1]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_long_or_hostile_name_stays_whole_and_inside_its_column(name: str) -> None:
    [page] = pypdfium2.PdfDocument(as_pdf(TOLD, signers([name])))
    copied = str(page.get_textpage().get_text_range())
    whole = "".join(name.replace("\u202e", "").split())
    assert whole in "".join(copied.split())
    text, right = page.get_textpage(), (13 + 11 + 15 + 58) / POINT
    below, above = (text.get_charbox(copied.index(words))[1] for words in ("Аты-жөнү", "Текшерүү"))
    boxes = [text.get_charbox(place) for place in range(text.count_chars()) if copied[place].strip()]
    rows = [box for box in boxes if above + 12 < box[1] < below - 5]
    names = [box for box in rows if (13 + 11 + 15) / POINT - 1 <= box[0] < right - 1]
    assert len(names) == len(whole)
    assert max(box[2] for box in names) <= right


def test_the_spreadsheet_has_the_same_rows_and_no_formula() -> None:
    many = signers([*HOSTILE, "Айгүл Асанова"])
    book = openpyxl.load_workbook(io.BytesIO(as_sheet(TOLD, many)))
    sheet, about = book.worksheets
    assert [cell.value for cell in sheet[1]] == list(TOLD.heads.values())
    assert sheet.max_row == len(many) + 1
    for number, (row, signer) in enumerate(zip(sheet.iter_rows(min_row=2), many, strict=True), 1):
        assert row[0].value == number
        assert row[2].value in (signer.name, f"'{signer.name}", signer.name.replace("\u202e", ""))
        assert isinstance(row[5].value, datetime)
        assert row[5].value.date() == signer.day
    assert {cell.data_type for row in (*sheet.iter_rows(), *about.iter_rows()) for cell in row} <= {"s", "n", "d"}
    assert checksum(many) in {cell.value for row in about.iter_rows() for cell in row}


def test_an_office_opens_it_and_calculates_nothing(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (tmp_path / "a.xlsx").write_bytes(as_sheet(TOLD, signers(HOSTILE)))
    to = "csv:Text - txt - csv (StarCalc):59,34,76"
    words = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", to]
    words += ["--outdir", str(tmp_path), str(tmp_path / "a.xlsx")]
    subprocess.run(words, check=True, capture_output=True, timeout=100)
    read = (tmp_path / "a.csv").read_text(encoding="utf-8")
    for name in HOSTILE[:4]:
        assert name in read
    assert "Err:" not in read


def test_five_thousand_signers_take_seconds() -> None:
    many = signers([f"Айгүл {'абвгдежзиклмнопрст'[n % 18]}{'аеиоу'[n % 5]}санова" for n in range(5_000)])
    began = time.process_time()
    assert as_pdf(TOLD, many).startswith(b"%PDF")
    assert time.process_time() - began < 12


def test_the_group_stands_on_the_list_in_both_forms_and_not_among_the_signers() -> None:
    first = pages(as_pdf(TOLD, FEW))[0]
    for line in TOLD.group:
        assert line in first
    signed, about = openpyxl.load_workbook(io.BytesIO(as_sheet(TOLD, FEW))).worksheets
    told = [tuple(cell.value for cell in row) for row in about.iter_rows()]
    assert ("Демилгелүү топ", TOLD.group[0]) in [row[:2] for row in told]
    assert TOLD.group[1] in [row[1] for row in told]
    assert all(cell.data_type != "f" for row in about.iter_rows() for cell in row)
    assert signed.max_row == 1 + len(FEW)


def test_a_group_of_fifteen_with_long_names_leaves_the_rows_their_place() -> None:
    many = replace(TOLD, group=tuple(f"{n}. {'Ы' * 60} {'Ж' * 58}, Көк-Дөбө, Манас" for n in range(1, 16)))
    made = pages(as_pdf(many, signers([f"Айгүл Асанова{letter}" for letter in "абвгдежзий"])))
    for letter in "абвгдежзий":
        assert sum(page.count(f"Асанова{letter} ") for page in made) == 1
