"""Do the pages still say what the code does? Links, anchors, names, numbers, settings and commands."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from actions import housekeeping, municipalities
from bot import __main__ as command_line
from bot import console
from bot.settings import Settings
from civic.municipalities import numbers
from storage.catalogue import catalogue
from storage.database import Database
from tests.conversations.transcript import ACTS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
FOLDERS = "actions benchmarks bot civic exports handlers locales sandbox scheduler storage talk tests .ci"
SOURCES = (*FOLDERS.split(), "Makefile", "pyproject.toml", ".env.example")
EXAMPLE = "thanks"  # the feature that CONTRIBUTING.md makes up

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_NAMED = re.compile(r"(?<![/\w])docs/[\w./-]*\w(?:#[\w-]+)?")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def read(name: str) -> str:
    """The text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """What can stand behind the # of a link to the page."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def spans(text: str) -> list[str]:
    """What stands between single backticks, outside of blocks."""
    return re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))


def code(text: str) -> list[str]:
    """Everything that is set as code: spans and the lines of blocks."""
    return [*spans(text), *(line for block in _FENCE.findall(text) for line in block.splitlines())]


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    section = read(page).split(f"# {heading}\n", 1)[1].split("\n#")[0]
    rows = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert rows is not None, heading
    lines = rows[0].strip().splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def sources() -> list[Path]:
    """Every text file of the code."""
    found = []
    for name in SOURCES:
        path = ROOT / name
        inside = [path] if path.is_file() else path.rglob("*")
        found += [file for file in inside if file.is_file() and file != Path(__file__)]
    return [file for file in found if file.suffix not in (".pyc", ".png") and "__pycache__" not in file.parts]


# --- links and anchors ---


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_named_in_the_code_is_there() -> None:
    broken, seen = [], 0
    for file in sources():
        for link in _NAMED.findall(file.read_text(encoding="utf-8", errors="replace")):
            name, _, anchor = link.partition("#")
            named = [ROOT / name] if (ROOT / name).exists() else list(ROOT.glob(f"{name}*.md"))
            seen += 1
            if len(named) != 1 or (anchor and anchor not in anchors(named[0])):
                broken.append(f"{file.relative_to(ROOT)}: {link}")
    assert broken == []
    assert seen > 5


@pytest.mark.parametrize("anchor", ["numbers", "renewal", "membership", "consent", "spelling", "hearings"])
def test_the_law_has_its_anchors(anchor: str) -> None:
    assert anchor in anchors(ROOT / "docs/law.md")


# --- names ---


@every_page
def test_every_file_named_in_a_page_is_there(page: Path) -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")} - {"data"}
    missing = []
    for span in spans(page.read_text(encoding="utf-8")):
        path = span.partition(": ")[0]
        if path.partition("/")[0] in folders and re.fullmatch(r"[\w./*-]+", path) and EXAMPLE not in path:
            missing += [] if any(ROOT.glob(path.rstrip("/"))) else [span]
    assert missing == []


@every_page
def test_every_name_that_follows_a_file_is_in_it(page: Path) -> None:
    missing = []
    for span in spans(page.read_text(encoding="utf-8")):
        named = re.fullmatch(r"([\w/]+\.py): ([\w.]+)", span)
        if named is None:
            continue
        text = read(named[1])
        for name in named[2].split("."):
            if not re.search(rf"^\s*(async def|def|class) {name}\b|^{name}\b.* = ", text, re.MULTILINE):
                missing.append(span)
    assert missing == []


def test_the_glossary_names_what_is_in_the_code() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources() if file.suffix in (".py", ".yaml"))
    names = {part for span in spans(read("docs/glossary.md")) if ".py" not in span for part in span.split(".")}
    assert [name for name in sorted(names) if not re.search(rf"\b{re.escape(name)}\b", text)] == []


# --- commands ---


@every_page
def test_every_make_target_is_in_the_makefile(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    used = {name for line in code(page.read_text(encoding="utf-8")) for name in re.findall(r"\bmake ([a-z]+)", line)}
    assert used <= targets


@every_page
def test_every_command_is_on_the_command_line(page: Path) -> None:
    used = {name for line in code(page.read_text(encoding="utf-8")) for name in re.findall(r"-m bot ([a-z]+)", line)}
    assert used <= set(command_line.main.commands)


def test_operating_lists_every_command_and_exit_code() -> None:
    assert {row[0] for row in table("docs/operating.md", "Commands")} == set(command_line.main.commands)
    codes = {value for name, value in vars(console).items() if name.startswith("EXIT_")}
    assert {int(row[0]) for row in table("docs/operating.md", "When something is wrong")} == codes


def test_what_people_do_in_a_transcript_is_understood() -> None:
    lines = [line for row in table("docs/conversations.md", "Transcripts") for line in row[0].split("`, `")]
    assert lines
    assert [line for line in lines if not any(re.fullmatch(pattern, line) for pattern, _ in ACTS)] == []


# --- settings and numbers ---


def test_the_settings_are_the_same_everywhere() -> None:
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", read(".env.example"), re.MULTILINE))
    assert {name.upper() for name in Settings.model_fields} == set(example)
    assert {row[0]: row[1] for row in table("docs/operating.md", "Settings")} == example


@every_page
def test_every_name_in_capitals_is_a_setting_or_in_the_code(page: Path) -> None:
    text = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in sources())
    lines = code(page.read_text(encoding="utf-8"))
    named = {name for line in lines for name in re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", line)}
    known = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", text)) | {"ALREADY_THANKED", "ISSUE_THANKED"}
    assert named <= known


def test_the_law_lists_every_number_as_the_code_has_it() -> None:
    told = {row[0]: row[1:5] for row in table("docs/law.md", "Numbers")}
    true = {}
    for number in numbers():
        about = number.metadata
        fixed = "yes" if about["fixed"] else "no"
        true[number.name] = [f"{number.default}", f"{about['low']:,}–{about['high']:,}", fixed, about["source"]]
    assert told == true


async def test_the_file_that_operating_shows_can_be_taken_in(database: Database) -> None:
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", read("docs/operating.md"), re.MULTILINE | re.DOTALL)
    async with database.transaction() as db:
        taken = await municipalities.take_in(db, yaml.safe_load(shown), catalogue(), date(2026, 11, 30))
    assert (taken.is_new, taken.villages, taken.streets) == (True, 1, 1)


def test_operating_tells_how_long_things_are_kept() -> None:
    text = read("docs/operating.md")
    kept = [value.days for name, value in vars(housekeeping).items() if name.endswith("_KEPT")]
    assert kept
    assert [days for days in kept if f"{days} days" not in text] == []


# --- decisions ---


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_is_one_page_of_three_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert text.startswith(f"# {page.stem[:4]} ")
    assert len(text.splitlines()) <= 60


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [page.stem[:4] for page in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


def test_every_library_has_a_reason() -> None:
    asked_for = re.findall(r'^    "([A-Za-z0-9.-]+)[\[>"<]', read("pyproject.toml"), re.MULTILINE)
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", read("docs/decisions/0002-libraries.md"), re.MULTILINE)
    reasoned = {name for names, _ in rows for name in names.split(", ")} - {"to run", "to develop"}
    assert reasoned == {name for name in asked_for if name.islower()}
