"""Does the list of issues go out as a spreadsheet and come back corrected, on the command line?"""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.console import EXIT_BAD_FILE
from tests.bot.process import ROOT


@pytest.fixture(autouse=True)
def town_hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a database that holds the aimak of Ak-Bulak; logging is put back afterwards."""
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    assert told("import", str(ROOT / "sandbox" / "aimak.yaml")).exit_code == 0
    yield tmp_path
    root.handlers[:] = handlers
    root.setLevel(level)


def told(*words: str, answer: str = "") -> Result:
    """What a command says, run in this process."""
    env = {"DATABASE_URL": "sqlite:///a.db", "BOT_TOKEN": None, "SECRET_KEY": None}
    return CliRunner(env=env).invoke(main, words, input=answer)


def asked(query: str) -> list[tuple[Any, ...]]:
    """What stands in the database."""
    with contextlib.closing(sqlite3.connect("a.db")) as db:
        return db.execute(query).fetchall()


def corrected(name: str, cell: str, value: str | int) -> None:
    """A cell of the first sheet is overwritten and the file saved, as an office would."""
    book = openpyxl.load_workbook(name)
    assert book.active is not None
    book.active[cell] = value
    book.save(name)


def place_of(name: str, code: str, heading: str) -> str:
    """The cell of that issue in the column of that heading."""
    sheet = openpyxl.load_workbook(name).active
    assert sheet is not None
    column = next(cell.column_letter for cell in sheet[1] if cell.value == heading)
    return f"{column}{next(cell.row for cell in sheet['A'] if cell.value == code)}"


@pytest.mark.parametrize("name", ["issues.xlsx", "issues.csv"])
def test_what_export_gives_import_takes_and_changes_nothing(name: str) -> None:
    assert told("export", "--to", name).exit_code == 0
    first = Path(name).read_bytes()
    taken = told("import", name)
    assert (taken.exit_code, taken.stdout.splitlines()[-1]) == (0, "Nothing was changed.")
    told("export", "ak-bulak", "--to", name)
    assert Path(name).read_bytes() == first


def test_a_correction_is_shown_confirmed_and_stands_in_the_history() -> None:
    told("export", "--to", "issues.xlsx")
    corrected("issues.xlsx", place_of("issues.xlsx", "drinking-water", "Телефону"), 996700000299)
    refused = told("import", "issues.xlsx", answer="n\n")
    assert refused.exit_code == 1
    assert "phone: «+996 700 000 211» → «996700000299»" in refused.stdout
    assert asked("SELECT phone FROM issues WHERE code = 'drinking-water'") == [("+996 700 000 211",)]
    done = told("import", "issues.xlsx", answer="y\n")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Applied.")
    assert asked("SELECT phone FROM issues WHERE code = 'drinking-water'") == [("996700000299",)]
    assert asked('SELECT kind, "by" FROM issue_changes ORDER BY id DESC LIMIT 1') == [("edited", None)]
    stale = told(
        "import", "issues.xlsx", "--yes"
    )  # by its day the row is older than the list: others may have been there
    assert (stale.exit_code, "If the file is old, take a new one" in stale.stderr) == (EXIT_BAD_FILE, True)
    told("export", "--to", "issues.xlsx")
    assert told("import", "issues.xlsx", "--yes").stdout.splitlines()[-1] == "Nothing was changed."


def test_faults_are_one_line_each_and_nothing_is_saved() -> None:
    told("export", "--to", "issues.xlsx")
    label = place_of("issues.xlsx", "drinking-water", "Кыска аты, кыргызча")
    phone = place_of("issues.xlsx", "sewerage", "Телефону")
    corrected("issues.xlsx", label, "Таза суу")
    corrected("issues.xlsx", phone, "=A1")
    before = asked("SELECT * FROM issues ORDER BY id")
    result = told("import", "issues.xlsx", "--yes")
    assert result.exit_code == EXIT_BAD_FILE
    assert "Traceback" not in result.output
    head, locked, formula = result.stderr.splitlines()[-3:]
    assert head == "Ashar: nothing was saved; wrong in issues.xlsx:"
    where = f"  row {label[1:]}, column {label[0]} (Short name, Kyrgyz): "
    assert locked == f"{where}this is set by law and cannot be changed: put back what stood there"
    where = f"  row {phone[1:]}, column {phone[0]} (Phone): "
    assert formula == f"{where}this cell holds a formula (=A1): write the value instead"
    assert asked("SELECT * FROM issues ORDER BY id") == before


def test_with_two_municipalities_it_must_be_said_whose_list_it_is() -> None:
    assert told("import", str(ROOT / "sandbox" / "city.yaml")).exit_code == 0
    both = "issues i JOIN municipalities m ON m.id = i.municipality_id"
    told("export", "ak-bulak", "--to", "issues.xlsx")
    corrected("issues.xlsx", place_of("issues.xlsx", "drinking-water", "Телефону"), "0312 1")
    asking = told("import", "issues.xlsx", "--yes")
    assert asking.exit_code == EXIT_BAD_FILE
    assert "say which municipality: ak-bulak, kok-jar" in asking.stderr
    assert told("import", "issues.xlsx", "--yes", "--municipality", "ak-bulak").exit_code == 0
    phones = dict(asked(f"SELECT m.key, i.phone FROM {both} WHERE i.code = 'drinking-water'"))
    assert phones["ak-bulak"] == "0312 1"
    assert phones["kok-jar"] != "0312 1"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "this is the old XLS kind"),
        ("a.xlsx", b"PK\x03\x04 cut", "the file is broken"),
        ("a.csv", b"", "there is not a single row"),
        ("a.csv", b"Colour\nred\n", "row 1, column A (Colour): there is no such column"),
    ],
)
def test_a_file_that_is_no_sheet_is_told_in_words(name: str, content: bytes, words: str) -> None:
    Path(name).write_bytes(content)
    result = told("import", name)
    assert result.exit_code == EXIT_BAD_FILE
    assert words in result.stderr
    assert told("import", name, str(ROOT / "sandbox" / "aimak.yaml")).exit_code == EXIT_BAD_FILE
    assert told("export", "--to", "a.xls").exit_code == EXIT_BAD_FILE
