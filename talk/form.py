"""How does a conversation gather answers? A generator replayed over the answers kept so far.

Because it is replayed, it survives a restart and goes on in the other messenger; «back» forgets the last answer
and «change» forgets one. Answers are kept by key, so a release that reorders questions breaks no draft."""

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncSession

from civic.refusals import Reason, Refused
from storage.drafts import Draft
from talk.answers import Answer, Option, Unfit
from talk.press import Press
from talk.screen import Button, Fact, Question, Screen, page_of, rows
from talk.turn import Heard, Turn

T = TypeVar("T")
LONG = 5  # from so many answers on they are a numbered list with pages
PAGE = 8


@dataclass(frozen=True)
class Asking:
    """A question that waits for its answer."""

    key: str
    says: str
    answer: Answer[Any]
    optional: bool = False
    named: str = ""


@dataclass(frozen=True)
class Fetching:
    """Something a form must know before it can go on."""

    query: Callable[[AsyncSession], Awaitable[object]]


Step = Asking | Fetching
Form = Generator[Step, object, T]


def ask(key: str, says: str, answer: Answer[T], *, named: str = "") -> Form[T]:
    """Asks, and gives the answer: `title = yield from ask("title", t("…"), words(max=80))`. `named` is what the
    answer is called on the screen that shows every answer."""
    return cast(T, (yield Asking(key, says, answer, named=named)))


def ask_if_wanted(key: str, says: str, answer: Answer[T], *, named: str = "") -> Form[T | None]:
    """Asks what may be skipped, and gives the answer or None."""
    return cast(T | None, (yield Asking(key, says, answer, optional=True, named=named)))


def fetch(query: Callable[[AsyncSession], Awaitable[T]]) -> Form[T]:
    """Reads from the database: `villages = yield from fetch(lambda db: villages(db, 1))`."""
    return cast(T, (yield Fetching(query)))


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

    begins: type[Press]
    questions: Callable[[Turn, Any], Form[Any]]
    done: Callable[[Turn, Any, Any], Awaitable[Screen]]
    review: bool
    title: str


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
        if isinstance(step, Fetching):
            value = await step.query(turn.db)
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


def new_draft(turn: Turn, press: Press) -> Draft:
    """A draft begun now, in place of whatever the person had begun before."""
    number = int(turn.now.timestamp() * 1000)
    draft = turn.person.draft
    if draft is None:
        draft = Draft(person_id=turn.person.id, number=0, begun_by="", answers={}, changed_at=turn.now)
        turn.db.add(draft)
    draft.number, draft.begun_by = max(number, draft.number + 1), press.pack()
    draft.answers, draft.changed_at, draft.dropped_at = {}, turn.now, None
    return draft


def keep(turn: Turn, draft: Draft, asking: Asking, heard: Heard) -> None:
    """Keeps what the person said or tapped as the answer; Refused with the reason when it is none."""
    if asking.optional and heard.text.strip() in ("-", "–", "—"):
        stored = None
    else:
        stored = asking.answer.read(turn, heard)
    draft.answers = {**draft.answers, asking.key: stored}
    draft.changed_at = turn.now


def keep_tapped(turn: Turn, draft: Draft, played: Played, press: Answered) -> None:
    """Keeps a tapped answer, also for a question answered before; Refused when it is no answer to it."""
    known = [*played.asked, *([played.waits] if played.waits else [])]
    asking = next((step for step in known if step.key == press.key), None)
    if asking is None:
        raise Refused(Reason.OLD_QUESTION)
    if press.value is None:
        if not asking.optional:
            raise Refused(Reason.OLD_QUESTION)
    elif all(option.value != press.value for option in asking.answer.options):
        raise Refused(Reason.OLD_QUESTION)
    draft.answers = {**draft.answers, press.key: press.value}
    draft.changed_at = turn.now


def question_screen(
    turn: Turn, form: FormRoute, draft: Draft, played: Played, *, page: int = 0, wrong: str = ""
) -> Screen:
    """The question that waits, with its answers to tap, «back» and «cancel»."""
    asking = played.waits
    assert asking is not None
    number = draft.number
    options = asking.answer.options
    shown, page, pages = page_of(len(options), page, PAGE)

    def tap(option: Option) -> Button:
        return Button(option.label, Answered(number, asking.key, option.value))

    long = len(options) > LONG
    actions: list[tuple[Button, ...]] = [] if long else list(rows(*map(tap, options)))
    if pages > 1:
        actions.append(
            tuple(
                Button(turn.t(key), FormStep(number, Do.PAGE, str(to)))
                for key, to in (("kit-previous", page - 1), ("kit-next", page + 1))
                if 0 <= to < pages
            )
        )
    if asking.optional:
        actions.append((Button(turn.t("kit-skip"), Answered(number, asking.key, None)),))
    way_back = Button(turn.t("kit-back"), FormStep(number, Do.BACK)) if played.asked else None
    # a form without a title is the greeting: it cannot be cancelled before it has begun
    cancel = Button(turn.t("kit-cancel"), FormStep(number, Do.DROP)) if played.asked or form.title else None
    actions.extend(rows(way_back, cancel, width=2))
    return Screen(
        title=turn.t(form.title) if form.title else "",
        state=wrong,
        question=Question(asking.says, asking.answer.asks, turn.t("kit-send-contact") if asking.answer.asks else ""),
        choice=tuple(tap(options[i]) for i in shown) if long else (),
        first_number=shown.start + 1,
        buttons=tuple(actions),
        at=GoOn(),
    )


def review_screen(turn: Turn, form: FormRoute, draft: Draft, played: Played) -> Screen:
    """Every answer, each with a way to change it, and the button that does it."""
    number = draft.number
    given = [(step, draft.answers.get(step.key)) for step in played.asked]
    return Screen(
        title=turn.t(form.title) if form.title else "",
        state=turn.t("kit-check-answers"),
        facts=tuple(
            Fact(
                step.named or step.says,
                turn.t("kit-skipped") if stored is None else step.answer.shown(stored),
            )
            for step, stored in given
        ),
        buttons=(
            (Button(turn.t("kit-send"), FormStep(number, Do.SEND)),),
            *rows(
                *(
                    Button(
                        turn.t("kit-change", what=step.named or step.key),
                        FormStep(number, Do.CHANGE, step.key),
                    )
                    for step, _ in given
                )
            ),
            *rows(
                Button(turn.t("kit-back"), FormStep(number, Do.BACK)),
                Button(turn.t("kit-cancel"), FormStep(number, Do.DROP)),
                width=2,
            ),
        ),
        at=GoOn(),
    )
