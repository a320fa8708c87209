"""The product's table with one feature more: forms that ask for a file, and a word for whoever sends one unasked."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from actions import people
from civic.files import FileKind, content_of
from handlers import files
from handlers.answers import a_file, words
from handlers.table import table
from handlers.ways import Menu
from talk.form import Form, ask, ask_if_wanted
from talk.press import Press
from talk.routes import Routes, Table
from talk.screen import Screen
from talk.turn import Turn

_KNOWN = dict(Press.known)


@dataclass(frozen=True)
class Report(Press, code="tf-rep"):
    """Report a hole: a photo or a paper, then words."""


@dataclass(frozen=True)
class Portrait(Press, code="tf-pic"):
    """Send a photo, or none."""


_OWN = {code: kind for code, kind in Press.known.items() if code not in _KNOWN}
for _code in _OWN:  # the codes of the bot stay its own
    del Press.known[_code]


def report_questions(turn: Turn, _: Report) -> Form[tuple[str, str]]:
    """What is seen, and in words."""
    file = yield from ask("file", "Файлыңызды жөнөтүңүз", a_file(), named="Файл")
    note = yield from ask("note", "Бул эмне?", words(max=40), named="Сөз")
    return file, note


async def report_done(turn: Turn, _: Report, told: tuple[str, str]) -> Screen:
    """What was told, with the file."""
    return await files.with_file(turn.db, Screen(title=f"Кабыл алынды: {told[1]}", at=Menu()), told[0])


def portrait_questions(turn: Turn, _: Portrait) -> Form[str | None]:
    """A photo, perhaps."""
    return (yield from ask_if_wanted("photo", "Сүрөтүңүз?", a_file(kinds=frozenset({FileKind.PICTURE})), named="Сүрөт"))


async def portrait_done(turn: Turn, _: Portrait, photo: str | None) -> Screen:
    """Whether there is one."""
    return Screen(title="Сүрөт бар" if photo else "Сүрөт жок", at=Menu())


async def sent(turn: Turn) -> Screen:
    """Nobody asked for it. With the word «жаз» it is read all the same, after something was written."""
    assert turn.heard.file is not None
    if turn.heard.text != "жаз":
        return Screen(text="Файл сурабадык", at=Menu())
    people.speak(turn.person, "ru")
    await turn.db.flush()
    return Screen(text=f"{len(content_of(turn.heard.file))} байт", at=Menu())


def filing() -> Table:
    """The product's table with this feature."""
    routes = Routes()
    routes.form(Report, questions=report_questions, done=report_done)
    routes.form(Portrait, questions=portrait_questions, done=portrait_done, review=False)
    routes.command("report", Report())
    routes.command("portrait", Portrait())
    later = copy.copy(table)
    later.forms, later.commands = {**table.forms, **routes.forms}, {**table.commands, **routes.commands}
    later.sent = sent
    return later


@contextmanager
def known() -> Iterator[None]:
    """The presses of this feature are known inside the block only."""
    Press.known.update(_OWN)
    try:
        yield
    finally:
        for code in _OWN:
            del Press.known[code]
