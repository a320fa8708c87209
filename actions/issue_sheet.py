"""How does the list of issues become a spreadsheet for staff, and what do its columns mean?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from actions import keeping
from civic.issues import is_locked
from civic.spelling import clean, fold, latin_key
from exports.sheets import Column, Kind, Row, Value
from storage.catalogue import catalogue
from storage.issues import Issue, kept_issues
from storage.municipalities import Municipality

SAID = keeping.SAID[:-1]  # without the photo or paper
_LABELS, _TEXTS = keeping.WORDS[:3], keeping.WORDS[3:]
KEYS = ("code", *_LABELS, "theme", "place", "origin", *_TEXTS, *SAID, "renewed_on", "retired")
STAY = 2  # columns that stay in sight: the code and the Kyrgyz label
NOTED = ("code", "theme", "place", "origin", "label_ky", "label_ru", "doing_ky", "renewed_on", "retired")
CHOICES = ("law", "charter", "yes", "no")
_SETTLED = frozenset({"code", "theme", "place", "origin", *keeping.WORDS, "retired"})  # by law, for a statutory issue
_WIDTHS = {"code": 26, "theme": 24, "place": 8, "origin": 12, "phone": 20, "renewed_on": 13, "retired": 12}
_WIDE = {"label": 22, "text": 50, "responsible": 28, "post": 28, "doing": 60}
InLanguages = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of the sheet in every language: headings and notes by the key of the column, and what is chosen."""

    names: Mapping[str, InLanguages]
    notes: Mapping[str, InLanguages]
    choices: Mapping[str, InLanguages]


def columns(words: SheetWords) -> tuple[Column, ...]:
    """The columns of the sheet; only the code must be there, and what is left out stays as it is."""
    kinds = {"place": Kind.NUMBER, "renewed_on": Kind.DAY}
    return tuple(
        Column(
            key,
            words.names[key],
            width=_WIDTHS.get(key) or _WIDE[key.partition("_")[0]],
            kind=kinds.get(key, Kind.TEXT),
            notes=words.notes.get(key, {}),
            needed=key == "code",
        )
        for key in KEYS
    )


def places(kept: Sequence[Issue]) -> dict[str, int]:
    """The place of every issue that is on the list, counted from 1, by its code."""
    listed = sorted((i for i in kept if i.retired_on is None), key=lambda issue: (issue.position, issue.id))
    return {issue.code: number for number, issue in enumerate(listed, 1)}


def one_line(name: str, text: str) -> str:
    """What may stand in that field: only texts and what is being done have several lines."""
    return clean(text) if name.startswith(("text_", "doing_")) else " ".join(clean(text).split())


async def give_sheet(db: AsyncSession, home: Municipality, words: SheetWords, language: str) -> list[Row]:
    """Every issue the municipality ever had, those on the list first, in their order; what the law settles is locked.
    `plans.read_sheet` takes the rows back."""
    kept = await kept_issues(db, home.id)
    order = places(kept)
    ranked = sorted(kept, key=lambda issue: (order.get(issue.code, len(kept) + 1), issue.position, issue.id))
    return [_row(issue, order.get(issue.code), words, language) for issue in ranked]


def _row(issue: Issue, place: int | None, words: SheetWords, language: str) -> Row:
    locked = is_locked(issue.law_code)
    theme = catalogue().themes.get(issue.group)
    cells: dict[str, Value] = {
        "code": issue.code,
        "theme": theme.label[language] if theme is not None else issue.group,
        "place": place,
        "origin": words.choices["law" if locked else "charter"][language],
        "renewed_on": issue.renewed_on,
        "retired": words.choices["no" if issue.retired_on is None else "yes"][language],
    }
    cells |= {name: one_line(name, getattr(issue, name)) for name in (*keeping.WORDS, *SAID)}
    return Row(cells, _SETTLED if locked else frozenset({"code", "origin"}))


def themes() -> dict[str, InLanguages]:
    """The themes an issue may belong to, by their codes."""
    return {code: theme.label for code, theme in catalogue().themes.items()}


def chosen(said: str, choices: Mapping[str, InLanguages]) -> str | None:
    """Which of the choices is meant, by its code or its words in any language; None when it is none of them."""
    wanted = fold(said)
    return next(
        (
            code
            for code, labels in choices.items()
            if wanted in {fold(code), *(fold(label) for label in labels.values())}
        ),
        None,
    )


def code_for(label: str, taken: set[str]) -> str:
    """A code in Latin letters made of a label, another one than those taken."""
    return latin_key(label, taken, most=30, otherwise="own")
