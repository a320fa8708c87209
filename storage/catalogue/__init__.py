"""Which issues of local importance does the law name? Shipped as data, checked when it is read."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ISSUES = Path(__file__).with_name("issues.yaml")
_LANGUAGES = ("ky", "ru", "en")
InLanguages = dict[str, str]


@dataclass(frozen=True)
class Theme:
    """A group of issues that belong together, so that the first page of the list fits a small screen."""

    code: str
    icon: str
    label: InLanguages


@dataclass(frozen=True)
class ListedIssue:
    """An issue as the catalogue words it."""

    code: str
    number: int
    theme: str
    label: InLanguages
    text: InLanguages
    words: tuple[str, ...]
    statutory: bool


@dataclass(frozen=True)
class Catalogue:
    """The statutory list with its law reference, and the charter issues a municipality may switch on."""

    law: dict[str, Any]
    charter: dict[str, Any]
    themes: dict[str, Theme]
    issues: dict[str, ListedIssue]
    effective_on: date
    checked_on: date | None


class BadCatalogue(ValueError):
    """The data file says something that cannot be; the message names the place."""


def _parts(where: str, value: object, *names: str) -> list[Any]:
    missing = [name for name in names if not isinstance(value, dict) or name not in value]
    if missing or not isinstance(value, dict):
        raise BadCatalogue(f"{where}: missing {', '.join(missing)}")
    return [value[name] for name in names]


def _three(where: str, value: object) -> InLanguages:
    if not isinstance(value, dict) or not all(isinstance(value.get(k), str) and value[k] for k in _LANGUAGES):
        raise BadCatalogue(f"{where}: expected words in ky, ru and en")
    return {k: value[k] for k in _LANGUAGES}


def _issue(part: str, row: object) -> ListedIssue:
    (code,) = _parts(part, row, "code")
    where = f"{part}/{code}"
    number, theme, label, text, words = _parts(where, row, "number", "group", "label", "text", "words")
    label, text = _three(f"{where}/label", label), _three(f"{where}/text", text)
    if long := [k for k, v in label.items() if len(v) > 20]:
        raise BadCatalogue(f"{where}/label: over 20 characters in {', '.join(long)}")
    found_by = tuple(str(word) for each in _parts(f"{where}/words", words, *_LANGUAGES) for word in each)
    return ListedIssue(code, number, theme, label, text, found_by, part == "statutory")


@cache
def catalogue(file: Path = ISSUES) -> Catalogue:
    """The catalogue of that file; BadCatalogue names what is wrong in it."""
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as wrong:
        raise BadCatalogue(f"{file.name}: {wrong}") from None
    groups, law, charter, *_ = _parts(file.name, data, "groups", "law", "charter", "statutory", "charter_issues")
    themes = {}
    for group in groups:
        code, icon, label = _parts("groups", group, "code", "icon", "label")
        themes[code] = Theme(code, icon, _three(f"groups/{code}", label))
    issues: dict[str, ListedIssue] = {}
    for part in ("statutory", "charter_issues"):
        for row in data[part]:
            issue = _issue(part, row)
            if issue.code in issues:
                raise BadCatalogue(f"{part}/{issue.code}: the code stands twice")
            if issue.theme not in themes:
                raise BadCatalogue(f"{part}/{issue.code}: there is no group {issue.theme}")
            issues[issue.code] = issue
    effective_on, checked_on = _parts("law", law, "effective_on", "checked_on")
    for where, source, keys in (
        ("law", law, ("reference", "short", "check_against")),
        ("charter", charter, ("reference", "short", "own")),
    ):
        for key, value in zip(keys, _parts(where, source, *keys), strict=True):
            _three(f"{where}/{key}", value)
    return Catalogue(law, charter, themes, issues, effective_on, checked_on)
