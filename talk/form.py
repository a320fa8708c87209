"""How does a conversation gather answers? A generator replayed over the answers kept so far, by key, so that it
survives a restart, a release that reorders its questions, and a change of the messenger."""

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncSession

from civic.people import Right
from storage.drafts import Draft
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


Form = Generator[Asking | Callable[[AsyncSession], Awaitable[object]], object, T]


def ask(key: str, says: str, answer: Answer[T], *, named: str = "") -> Form[T]:
    """Asks, and gives the answer: `title = yield from ask("title", t("…"), words(max=80))`. `named` is what the
    answer is called on the screen that shows every answer."""
    return cast(T, (yield Asking(key, says, answer, named=named)))


def ask_if_wanted(key: str, says: str, answer: Answer[T], *, named: str = "") -> Form[T | None]:
    """Asks what may be skipped, and gives the answer or None."""
    return cast(T | None, (yield Asking(key, says, answer, optional=True, named=named)))


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


@dataclass(frozen=True)
class FormStep(Press, code="as"):
    """Another page of answers, back, change one answer, drop the form, pick it up again, or send it."""

    draft: int
    do: Do
    what: str = ""


@dataclass(frozen=True)
class GoOn(Press, code="ar"):
    """Show the question that waits."""


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
    """A form played over its kept answers: either a question waits, or it has come to its result."""

    waits: Asking | None
    result: object
    asked: list[Asking]


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
        if not isinstance(step, Asking):
            value = await step(turn.db)
            continue
        if step.key in answers:
            stored = answers[step.key]
            try:
                value = None if stored is None and step.optional else step.answer.value(stored)
            except (Unfit, TypeError):
                del answers[step.key]
            else:
                asked.append(step)
                continue
        return Played(step, None, asked)


def new_draft(turn: Turn, press: Press) -> None:
    """A draft begun now, in place of whatever the person had begun before."""
    number = int(turn.now.timestamp() * 1000)
    draft = turn.person.draft
    if draft is None:
        draft = Draft(person_id=turn.person.id, number=0, begun_by="", answers={}, changed_at=turn.now)
        turn.db.add(draft)
        turn.person.draft = draft
    draft.number, draft.begun_by = max(number, draft.number + 1), press.pack()
    draft.answers, draft.changed_at, draft.dropped_at = {}, turn.now, None


def keep(turn: Turn, key: str, stored: str | None) -> None:
    """Keeps an answer in the draft."""
    draft = turn.person.draft
    assert draft is not None
    draft.answers, draft.changed_at = {**draft.answers, key: stored}, turn.now
