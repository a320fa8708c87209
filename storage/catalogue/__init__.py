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


def _three(where: str, value: object) -> InLanguages:
    if not isinstance(value, dict) or not all(isinstance(value.get(k), str) and value[k] for k in _LANGUAGES):
        raise BadCatalogue(f"{where}: expected words in ky, ru and en")
    return {k: value[k] for k in _LANGUAGES}


@cache
def catalogue(file: Path = ISSUES) -> Catalogue:
    """The catalogue of that file; BadCatalogue names what is wrong in it."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    themes = {g["code"]: Theme(g["code"], g["icon"], _three(f"groups/{g['code']}", g["label"])) for g in data["groups"]}
    issues: dict[str, ListedIssue] = {}
    for part, statutory in (("statutory", True), ("charter_issues", False)):
        for row in data[part]:
            where = f"{part}/{row.get('code')}"
            if row["code"] in issues:
                raise BadCatalogue(f"{where}: the code stands twice")
            if row["group"] not in themes:
                raise BadCatalogue(f"{where}: there is no group {row['group']}")
            label = _three(f"{where}/label", row["label"])
            if long := [k for k, v in label.items() if len(v) > 20]:
                raise BadCatalogue(f"{where}/label: over 20 characters in {', '.join(long)}")
            words = tuple(str(word) for k in _LANGUAGES for word in row["words"][k])
            issues[row["code"]] = ListedIssue(
                row["code"],
                row["number"],
                row["group"],
                label,
                _three(f"{where}/text", row["text"]),
                words,
                statutory,
            )
    law = data["law"]
    for key in ("reference", "short", "check_against"):
        _three(f"law/{key}", law[key])
    return Catalogue(law, data["charter"], themes, issues, law["effective_on"], law["checked_on"])
