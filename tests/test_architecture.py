"""Does the tree keep the rules of docs/map.md? And would anybody notice when it does not?"""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
PACKAGES = "bot handlers talk actions storage civic scheduler exports sandbox".split()
BELOW = "handlers talk actions storage exports civic".split()  # bot/ and scheduler/


@cache
def read(file: Path) -> ast.Module:
    """What is written in a module."""
    return ast.parse(file.read_text(encoding="utf-8"))


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of these folders: its path and what is written in it."""
    for folder in folders:
        for file in sorted((HOUSE / folder).rglob("*.py")):
            yield file.relative_to(HOUSE).as_posix(), read(file)


# --- the contracts of imports see what breaks them ---


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small tree with the folders of ours and our contracts, in which nothing is broken."""
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text('"""A folder."""\n')
    (tmp_path / "sandbox" / "run.py").write_text('"""The world to try it in."""\n')
    (tmp_path / "bot" / "__main__.py").write_text("import sandbox.run\n")
    (tmp_path / "bot" / "draw.py").write_text("import aiogram\nimport pywa\nimport handlers.thanks\n")
    (tmp_path / "handlers" / "thanks.py").write_text("import actions\nimport talk\n")
    (tmp_path / "storage" / "thanks.py").write_text("import sqlalchemy\nimport civic\n")
    return tmp_path


def broken(tree: Path) -> str:
    """What import-linter says of the tree; empty when it keeps every contract."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert ("Contracts: 4 kept, 0 broken" in done.stdout) == (done.returncode == 0), done.stdout
    return done.stdout if done.returncode else ""


def test_the_contracts_are_kept_by_a_tree_that_keeps_the_rules(copy: Path) -> None:
    assert broken(copy) == ""


@pytest.mark.parametrize(
    ("module", "imports"),
    [
        ("handlers.thanks", "pywa"),
        ("handlers.thanks", "aiogram"),
        ("talk", "pywa_async"),
        ("actions", "handlers"),
        ("civic", "sqlalchemy"),
    ],
)
def test_a_contract_breaks_when_a_module_names_what_it_must_not_know(copy: Path, module: str, imports: str) -> None:
    file = copy / module.replace(".", "/")
    file = file.with_suffix(".py") if "." in module else file / "__init__.py"
    file.write_text(f"import {imports}\n")
    assert re.search(rf"{module} is not allowed to import {imports}|{module} -> {imports}", broken(copy))


# --- a screen that a messenger cannot draw ---


@pytest.mark.parametrize("drawing", ["bot.telegram.draw", "bot.whatsapp.draw"])
def test_a_part_of_a_screen_that_a_messenger_does_not_know_stops_its_drawing(drawing: str, tmp_path: Path) -> None:
    for package in ("bot", "talk", "civic"):
        shutil.copytree(HOUSE / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    draws = [sys.executable, "-c", f"import {drawing}"]
    assert subprocess.run(draws, cwd=tmp_path, check=False).returncode == 0
    screen = tmp_path / "talk" / "screen.py"
    known = '    language: str = ""\n'
    assert known in screen.read_text(encoding="utf-8")
    screen.write_text(
        screen.read_text(encoding="utf-8").replace(known, f'{known}    smell: str = ""\n'), encoding="utf-8"
    )
    failed = subprocess.run(draws, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "AssertionError: {'smell'}" in failed.stderr


# --- no messenger by its name ---

MESSENGERS = re.compile(r"telegram|whatsapp|aiogram|pywa|\bt\.me\b|\bwa\.me\b", re.IGNORECASE)
NAMED = {
    "actions/housekeeping.py": "each messenger repeats its arrivals for a time of its own",
    "handlers/files.py": "what Telegram calls a file that went there once stands beside the file",
    "talk/turn.py": "the address that every messenger without another one gives to the bot",
    "exports/listing.py": "the public page gives the addresses of both",
    "exports/open_data.py": "the addresses in open data are the same as on the public page",
    "handlers/opinions/in_groups.py": "quick polls are Telegram's own (decision 0024)",
    "handlers/publications/places.py": "how a channel or group is linked, which Telegram alone has",
    "scheduler/timetable.py": "why jobs come as often as they do, in the words of the page",
}


def named(tree: ast.AST) -> Iterator[str]:
    """What the code of a module names and says; what stands beside it for people does not count."""
    beside = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in beside:
            yield node.value
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
        for field in ("id", "attr", "arg", "name", "asname"):
            word = getattr(node, field, None)
            if isinstance(word, str):
                yield word


def names_a_messenger(tree: ast.AST) -> bool:
    """Whether the code of that module knows one messenger from another."""
    return any(MESSENGERS.search(word) for word in named(tree))


def test_nobody_between_the_rules_and_the_screens_names_a_messenger() -> None:
    folders = ("handlers", "actions", "civic", "talk", "scheduler", "exports")
    assert {path for path, tree in modules(*folders) if names_a_messenger(tree)} == NAMED.keys()


@pytest.mark.parametrize(
    "code",
    [
        "if turn.account.messenger is Messenger.WHATSAPP: pass",
        "if turn.account.messenger == 'telegram': pass",
        "from bot.whatsapp import draw",
        "import pywa as messenger",
        "def telegram_card(): pass",
        "send(to_whatsapp=True)",
        "link = f'https://wa.me/{number}'",
    ],
)
def test_a_module_that_names_a_messenger_would_be_seen(code: str) -> None:
    assert names_a_messenger(ast.parse(code))
    assert not names_a_messenger(ast.parse('"""As in WhatsApp."""\nasync def f():\n    """Telegram."""  # Telegram\n'))


# --- who commits and who looks at the clock ---

COMMITS = {"commit", "rollback"}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
OF_TIME = {"datetime", "date", "time", "dt", "func", "loop", "get_event_loop", "get_running_loop"}
# what it commits itself is its claim on the database; `transaction` is what bot/ and scheduler/ call
COMMITTING = {"storage/database.py"}


def is_a_commit(call: ast.Call) -> bool:
    """Whether it ends a transaction."""
    return isinstance(call.func, ast.Attribute) and call.func.attr in COMMITS


def reads_a_clock(call: ast.Call) -> bool:
    """Whether it asks what time it is: `datetime.now()`, `time.time()`, `func.now()`, `loop.time()`."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in CLOCKS:
        return False
    asked = {node.id for node in ast.walk(call.func.value) if isinstance(node, ast.Name)}
    asked |= {node.attr for node in ast.walk(call.func.value) if isinstance(node, ast.Attribute)}
    return bool(asked & OF_TIME)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Everything that is called in a module."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_nobody_below_the_process_and_the_timetable_commits() -> None:
    assert {path for path, tree in modules(*BELOW) if any(map(is_a_commit, calls(tree)))} == COMMITTING


def test_nobody_below_the_process_and_the_timetable_reads_the_clock() -> None:
    assert [path for path, tree in modules(*BELOW) if any(map(reads_a_clock, calls(tree)))] == []
    imported = {
        path: {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        for path, tree in modules(*BELOW)
    }
    assert [path for path, names in imported.items() if names & {"monotonic", "perf_counter", "time_ns"}] == []


@pytest.mark.parametrize(
    "code",
    ["datetime.now(UTC)", "datetime.datetime.utcnow()", "date.today()", "time.time()", "func.now()", "loop.time()"],
)
def test_a_look_at_the_clock_would_be_seen(code: str) -> None:
    assert any(map(reads_a_clock, calls(ast.parse(code))))
    assert not any(map(reads_a_clock, calls(ast.parse("turn.clock.now(); screen.time()"))))


# --- features know each other by presses alone ---

# whose handlers other features use besides presses, and what for: no more than these
SHARED = {
    "handlers.people.staff": "whom a member of staff works for is asked by every desk",
    "handlers.people.phone": "how a telephone number is written",
    "handlers.issues.sheet": "what is wrong in a spreadsheet is said alike of places and of issues",
    "handlers.subscriptions.things": "what one follows stands in «my data»",
    "handlers.petitions.cards": "a card in a group is the card of the thing itself, shorter",
    "handlers.proposals.cards": "as above",
    "handlers.publications.places": "a group has the sign of the place that it is",
}


def presses() -> set[tuple[str, str]]:
    """Where every press is declared, and its name."""
    return {
        (path.removesuffix(".py").replace("/", "."), node.name)
        for path, tree in modules("handlers")
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "Press" for base in node.bases)
    }


def test_a_feature_reaches_the_handlers_of_another_by_presses_alone() -> None:
    features = {folder.name for folder in (HOUSE / "handlers").iterdir() if (folder / "__init__.py").is_file()}
    found, known = set[str](), presses()
    for path, tree in modules("handlers"):
        own = path.split("/")[1]
        for node in ast.walk(tree):
            module = node.module if isinstance(node, ast.ImportFrom) and node.module else ""
            _, _, theirs = module.partition("handlers.")
            feature = theirs.partition(".")[0]
            if own not in features or feature not in features or feature == own or module.endswith(".presses"):
                continue  # the modules beside the features (ways, answers, the menu, the table) belong to all of them
            assert isinstance(node, ast.ImportFrom)
            if any((module, alias.name) not in known for alias in node.names):
                found.add(module)
    assert found == SHARED.keys()
