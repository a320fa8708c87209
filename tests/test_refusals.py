"""Can a handler that catches a refusal keep the half of what was refused?

Whatever a turn has written is undone when a refusal gets out of it. One that is caught on the way is not seen there, so
what it comes from must either write nothing or stand in a savepoint of its own (docs/decisions/0029)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("talk", "handlers", "actions", "scheduler")


def catchers(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """The blocks out of which a refusal does not get."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Try) and any(_names(each.type) for each in node.handlers):
            yield node.body
        if isinstance(node, ast.With) and any(_suppresses(item.context_expr) for item in node.items):
            yield node.body


def _names(caught: ast.expr | None) -> bool:
    """Whether an except clause catches refusals, alone or among others."""
    if caught is None:
        return True
    names = {node.id for node in ast.walk(caught) if isinstance(node, ast.Name)}
    return bool(names & {"Refused", "Exception", "BaseException"})


def _suppresses(context: ast.expr) -> bool:
    return isinstance(context, ast.Call) and "suppress" in ast.dump(context.func) and any(map(_names, context.args))


def acting(tree: ast.Module) -> set[str]:
    """The names in a module that lead to an action: imported ones, and its own functions that use one of those."""
    found = {"go", "_do"}  # whatever a press or a form does
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "actions":
            found |= {name.asname or name.name for name in node.names}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    while more := {each.name for each in functions if each.name not in found and _called(each.body) & found}:
        found |= more
    return found


def _called(body: list[ast.stmt]) -> set[str]:
    """The names of what is called in these lines, `module.verb(…)` by both; what stands in a savepoint is left out."""
    found, left = set(), list[ast.AST](body)
    while left:
        node = left.pop()
        if isinstance(node, ast.AsyncWith) and "begin_nested" in ast.dump(node.items[0].context_expr):
            continue
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                found.add(node.func.id)
            if isinstance(node.func, ast.Attribute):
                found.add(node.func.attr)
                if isinstance(node.func.value, ast.Name):
                    found.add(node.func.value.id)
        left += ast.iter_child_nodes(node)
    return found


def halves(source: str) -> list[str]:
    """What acts in a block that catches refusals, outside of every savepoint."""
    tree = ast.parse(source)
    return sorted(name for body in catchers(tree) for name in _called(body) & acting(tree))


# a screen is looked at again by presses that write nothing: tests/bot/test_statements.py holds them to that
READ = {
    "talk/routes.py": ["again"],
    "handlers/people/join.py": ["accounts"],  # owner_of reads
    "handlers/petitions/group.py": ["groups"],  # may_take_over reads
}


def test_whatever_catches_a_refusal_acts_in_a_savepoint() -> None:
    found, looked = {}, 0
    for path in (file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))):
        source = path.read_text(encoding="utf-8")
        looked += len(list(catchers(ast.parse(source))))
        if half := halves(source):
            found[str(path.relative_to(ROOT))] = half
    assert looked >= 10
    assert found == READ


@pytest.mark.parametrize(
    "block",
    [
        "try:\n        await signing.sign(db)\n    except Refused:\n        return",
        "try:\n        await helped(db)\n    except (Refused, ValueError) as no:\n        return",
        "with contextlib.suppress(Refused):\n        await signing.sign(db)",
        "try:\n        return await turn.go(turn, press)\n    except Exception:\n        return",
    ],
)
def test_the_walk_sees_what_is_written_before_a_refusal_is_caught(block: str) -> None:
    source = (
        "from actions.petitions import signing\n"
        "async def helped(db):\n    await signing.sign(db)\n"
        f"async def handler(turn):\n    {block}\n"
    )
    assert halves(source) != []
    nested = source.replace("await signing", "async with db.begin_nested():\n            await signing")
    nested = nested.replace("return await turn.go(turn, press)", "async with db.begin_nested():\n            turn.go()")
    assert halves(nested) == []
