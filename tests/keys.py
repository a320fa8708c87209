"""Which words does the code say? Reads the keys out of the Python sources, without running them."""

import ast
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from civic.refusals import Reason

PACKAGES = ("civic", "storage", "exports", "actions", "talk", "handlers", "scheduler", "bot")

# Whose label is which positional argument of what.
LABELS = {"Button": 0, "Option": 1, "Question": 2}
SAID_ELSEWHERE = {"form.title"}  # title=… of routes.form is found where the form is declared


@dataclass(frozen=True)
class Use:
    """A place in the code that says something. `key` has `*` for each dynamic part; `given` are the names of the
    variables, None when they cannot be told."""

    key: str
    where: str
    given: frozenset[str] | None = frozenset()
    label: bool = False
    alert: bool = False


@dataclass
class Code:
    """What the code says: its uses, the keys that are unclear, and what each refusal is given."""

    uses: list[Use] = field(default_factory=list)
    unclear: list[tuple[str, str]] = field(default_factory=list)
    refused: dict[str, list[frozenset[str]]] = field(default_factory=lambda: defaultdict(list))
    may_be_given: set[str] = field(default_factory=set)


def named_in(file: Path, variable: str) -> list[str]:
    """The keys of the dict that the file assigns to that variable."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Dict)
            and any(isinstance(target, ast.Name) and target.id == variable for target in node.targets)
        ):
            return [ast.literal_eval(key) for key in node.value.keys if key is not None]
    raise LookupError(f"{file} assigns no dict to {variable}")


def read_code(root: Path) -> Code:
    """Everything the packages under `root` say."""
    code = Code()
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Call):
                    _read_call(node, above, code, f"{file.relative_to(root)}:{node.lineno}")
    return code


def _read_call(call: ast.Call, above: Mapping[ast.AST, ast.AST], code: Code, where: str) -> None:
    name = _name(call.func)
    names = frozenset(word.arg for word in call.keywords if word.arg is not None)
    if name == "Refused" and call.args and isinstance(call.args[0], ast.Attribute):
        reason = Reason.__members__.get(call.args[0].attr)
        if reason is not None:
            code.refused[reason].append(names)
    elif name == "refuse":
        code.may_be_given |= names
    if not _speaks(call):
        titles = [word.value for word in call.keywords if name == "form" and word.arg == "title"]
        code.uses += [Use(key, where) for title in titles for key in _keys(title, above) or ()]
        return
    keys = _keys(call.args[0], above)
    if keys is None:
        if ast.unparse(call.args[0]) not in SAID_ELSEWHERE:
            code.unclear.append((where, ast.unparse(call)))
        return
    given = None if any(word.arg is None for word in call.keywords) else names
    label, alert = _stands_in(call, above)
    code.uses += [Use(key, where, given, label, alert) for key in keys]


def _name(func: ast.expr) -> str:
    if isinstance(func, ast.Name):
        return func.id
    return func.attr if isinstance(func, ast.Attribute) else ""


def _speaks(call: ast.Call) -> bool:
    """t(…), turn.t(…), words.speaker(…)(…), and the keys given to routes.words(…) and in_all_languages(…)."""
    if not call.args:
        return False
    if isinstance(call.func, ast.Call):
        return _name(call.func.func) == "speaker"
    if _name(call.func) == "t":
        return True
    by_key = isinstance(call.func, ast.Attribute) and call.func.attr in ("words", "in_all_languages")
    return by_key and isinstance(call.args[0], ast.Constant)


def _keys(said: ast.expr, above: Mapping[ast.AST, ast.AST]) -> list[str] | None:
    """The keys an argument can be, with `*` for dynamic parts; None when that cannot be told."""
    match said:
        case ast.Constant(value=str(key)):
            return [key] if key else []
        case ast.JoinedStr(values=parts):
            return ["".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)]
        case ast.IfExp(body=one, orelse=other):
            both = [_keys(one, above), _keys(other, above)]
            return [key for keys in both if keys for key in keys] if None not in both else None
        case ast.Name(id=name):
            return _looped(name, said, above)
    return None


def _looped(name: str, node: ast.AST, above: Mapping[ast.AST, ast.AST]) -> list[str] | None:
    """The strings a loop variable takes, when the loop runs over a literal."""
    at: ast.AST | None = node
    while at is not None:
        loops: list[Any] = [at] if isinstance(at, ast.For) else list(getattr(at, "generators", ()))
        for loop in loops:
            targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
            position = next((i for i, t in enumerate(targets) if isinstance(t, ast.Name) and t.id == name), None)
            if position is None or not isinstance(loop.iter, ast.Tuple | ast.List):
                continue
            items = [row.elts[position] if isinstance(row, ast.Tuple) else row for row in loop.iter.elts]
            strings = [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
            if len(strings) == len(items):
                return strings
        at = above.get(at)
    return None


def _stands_in(node: ast.AST, above: Mapping[ast.AST, ast.AST]) -> tuple[bool, bool]:
    """Whether what is said becomes (a button's label, a line that pops up)."""
    label = alert = False
    child, parent = node, above.get(node)
    while parent is not None:
        if isinstance(parent, ast.Call):
            name = _name(parent.func)
            position = parent.args.index(child) if child in parent.args else None
            label = label or (name in LABELS and LABELS[name] == position)
            alert = alert or (name in ("with_alert", "alert") and position == 0)
        elif isinstance(parent, ast.keyword):
            label = label or parent.arg == "label"
            alert = alert or parent.arg == "alert"
        child, parent = parent, above.get(parent)
    return label, alert
