"""Which ways lead from every screen? The presses that all features point to."""

from collections.abc import Callable
from dataclasses import dataclass

from civic.spelling import whole_number
from talk.press import Press
from talk.screen import Button, rows
from talk.turn import Turn
from talk.words import LANGUAGES


@dataclass(frozen=True)
class Menu(Press, code="m"):
    """The main menu."""


@dataclass(frozen=True)
class Unchanged(Press, code="mz"):
    """Something that was read already was changed or deleted in the chat."""


@dataclass(frozen=True)
class SpeakLanguage(Press, code="mls"):
    """From now on this language; `back` is the packed press of the screen to show in it."""

    language: str
    back: str = ""


@dataclass(frozen=True)
class Me(Press, code="me"):
    """What is kept about me and what I can change."""


@dataclass(frozen=True)
class MyData(Press, code="md"):
    """Everything that is kept about me, as a file."""


@dataclass(frozen=True)
class ShowCode(Press, code="mk"):
    """A code to show at the counter, where staff confirm that I am a member of the community."""


@dataclass(frozen=True)
class ConfirmSomebody(Press, code="gk"):
    """Somebody stands at the counter with such a code."""


@dataclass(frozen=True)
class Followed(Press, code="io"):
    """The issues I follow."""


@dataclass(frozen=True)
class Staff(Press, code="g"):
    """Who works for the municipality, and who is invited to."""

    page: int = 0


@dataclass(frozen=True)
class SetUp(Press, code="u"):
    """What a municipality needs to be set up: what is there and what is missing."""


@dataclass(frozen=True)
class Publishing(Press, code="pu"):
    """Where the list is published, and what is behind."""


@dataclass(frozen=True)
class Tasks(Press, code="t"):
    """What waits for me as staff."""


def to_tasks(turn: Turn) -> Button:
    """The way to «my tasks»."""
    return Button(turn.t("tasks-title"), Tasks())


def is_installer(turn: Turn) -> bool:
    """Whether it is somebody of ADMIN_IDS: they are an administrator wherever they belong, and they alone found
    municipalities."""
    return turn.account.address in turn.links.admins


def to_me(turn: Turn) -> Button:
    """The way back to «me»."""
    return Button(turn.t("kit-back"), Me())


def to_menu(turn: Turn) -> Button:
    """The way to the main menu."""
    return Button(turn.t("kit-main-menu"), Menu())


def other_languages(turn: Turn, here: Press) -> tuple[tuple[Button, ...], ...]:
    """The other languages, for somebody who has not said yet which one they read."""
    if turn.person.language_chosen:
        return ()
    others = [language for language in LANGUAGES if language != turn.t.language]
    return rows(
        *(Button(turn.words.speaker(o)("kit-language-name"), SpeakLanguage(o, here.pack())) for o in others),
        width=len(others),
    )


def numbered(kind: Callable[[int], Press]) -> Callable[[str], Press | None]:
    """The meaning of a deep link that is a letter and a number: `i12` opens issue 12."""
    return lambda rest: None if (number := whole_number(rest)) is None else kind(number)


def page_of(count: int, number: int, size: int) -> tuple[range, int, int]:
    """Which positions are on a page: (range, page number put right, number of pages)."""
    pages = max(1, -(-count // size))
    number = min(max(0, number), pages - 1)
    return range(number * size, min(count, (number + 1) * size)), number, pages
