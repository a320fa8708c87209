"""How does a conversation gather answers? A generator replayed over the answers kept so far, by key, so that it
survives a restart, a release that reorders its questions, and a change of the messenger."""

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncSession

from civic.people import Right
from talk.answers import Answer, T, Unfit
from talk.press import Press
from talk.screen import Screen
from talk.turn import Turn


@dataclass(frozen=True)
class Asking:
    """A question that waits for its answer."""

    key: str
    says: str
    answer: Answer[Any]
    optional: bool = False
    named: str = ""
    is_now: str = ""  # what stands there now, to begin from where it can be shown in its place


Form = Generator[Asking | tuple[Asking, ...] | Callable[[AsyncSession], Awaitable[object]], object, T]


def ask(key: str, says: str, answer: Answer[T], *, named: str = "") -> Form[T]:
    """Asks: `title = yield from ask("title", t("…"), words(max=80))`. `named` is what a page of answers calls it."""
    return cast(T, (yield Asking(key, says, answer, named=named)))


def ask_if_wanted(key: str, says: str, answer: Answer[T], *, named: str = "") -> Form[T | None]:
    """Asks what may be skipped, and gives the answer or None."""
    return cast(T | None, (yield Asking(key, says, answer, optional=True, named=named)))


def together(*askings: Asking) -> Form[tuple[Any, ...]]:
    """Asks what may be answered in any order: one by one, or on one page where the messenger has forms of its own."""
    return cast(tuple[Any, ...], (yield askings))


def fetch(query: Callable[[AsyncSession], Awaitable[T]]) -> Form[T]:
    """Reads from the database: `villages = yield from fetch(lambda db: villages(db, 1))`."""
    return cast(T, (yield query))


@dataclass(frozen=True)
class Answered(Press, code="a"):
    """An answer that was tapped; an empty value skips the question."""

    draft: int
    key: str
    value: str | None


class Do(StrEnum):
    """What can be done with a form, besides answering."""

    PAGE = "p"
    BACK = "b"
    CHANGE = "c"
    DROP = "x"
    PICK_UP = "u"
    SEND = "s"
    FILL = "f"


@dataclass(frozen=True)
class FormStep(Press, code="as"):
    """More answers to tap, back, change one, drop the form, pick it up again, send it, or take a page filled in."""

    draft: int
    do: Do
    what: str = ""


@dataclass(frozen=True)
class GoOn(Press, code="ar"):
    """Show the question that waits; `question` says which one was shown, where that is where somebody stands."""

    question: str = ""


@dataclass(frozen=True)
class FormRoute:
    """A form as a feature declares it. `review` shows every answer before it is done."""

    questions: Callable[[Turn, Any], Form[Any]]
    done: Callable[[Turn, Any, Any], Awaitable[Screen]]
    review: bool
    title: str
    right: Right | None = None


@dataclass
class Played:
    """A form played over its kept answers: a question waits, alone or on a page of several, or there is a result."""

    waits: Asking | None
    result: object
    asked: list[Asking]
    page: tuple[Asking, ...] = ()


async def play(turn: Turn, form: FormRoute, press: Press, answers: dict[str, Any]) -> Played:
    """Replays the form; an answer that no longer fits is forgotten and asked again."""
    steps = form.questions(turn, press)
    asked: list[Asking] = []
    value: object = None
    while True:
        try:
            step = steps.send(value)
        except StopIteration as end:
            return Played(None, end.value, asked)
        if not isinstance(step, Asking | tuple):
            value = await step(turn.db)
            continue
        page = step if isinstance(step, tuple) else (step,)
        values: list[object] = []
        for asking in page:
            if asking.key not in answers:
                return Played(asking, None, asked, page)
            stored = answers[asking.key]
            try:
                values.append(None if stored is None and asking.optional else asking.answer.value(stored))
            except (Unfit, TypeError):
                del answers[asking.key]
                return Played(asking, None, asked, page)
            asked.append(asking)
        value = tuple(values) if isinstance(step, tuple) else values[0]
