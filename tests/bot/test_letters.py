"""Does every letter that is posted anywhere have somebody who writes it, and is every written one posted?"""

import ast
from pathlib import Path

from handlers.table import table

ROOT = Path(__file__).parent.parent.parent


def posted() -> set[str]:
    """The keys of letters in every call of actions that names a fact (`once`), and those chosen before such a call."""
    found = set()
    for path in (*(ROOT / "actions").rglob("*.py"), *(ROOT / "storage" / name for name in ("cards.py", "opinions.py"))):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and any(keyword.arg == "once" for keyword in node.keywords):
                found |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
            if isinstance(node, ast.Constant) and node.value in table.letters:
                found.add(str(node.value))
    return found


def test_whoever_is_told_something_finds_words_for_it() -> None:
    """A letter without a handler would fail only when somebody should have read it."""
    assert len(posted()) > 25
    assert sorted(posted() - set(table.letters)) == []


def test_no_letter_has_words_that_nobody_is_ever_told() -> None:
    assert sorted(set(table.letters) - posted()) == []
