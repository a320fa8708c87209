"""What does a form look like: the question that waits, every answer before it is sent, and a form put away? And what
is kept of a page of answers that comes at once?"""

import contextlib
from dataclasses import replace
from datetime import date

from civic.pages import MOST, Field, Page, is_worth_a_page
from civic.refusals import Reason, Refused
from handlers.answers import a_day, choice, number, words
from handlers.ways import page_of
from storage.drafts import Draft
from talk.answers import Option, Stored
from talk.form import Answered, Asking, Do, FormRoute, FormStep, GoOn, Played
from talk.routes import Routes
from talk.screen import Ask, Button, Fact, Question, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()
LONG = 5  # from so many answers on they are a numbered list with pages
PAGE = 8


def asks(turn: Turn, form: FormRoute, draft: Draft, played: Played, page: int, wrong: str) -> Screen:
    """The question that waits; all answers when none does. `wrong` stands above."""
    if played.waits is None:
        return replace(review_screen(turn, form, draft, played), lead=wrong)
    return question_screen(turn, form, draft, played, page=page, wrong=wrong)


def question_screen(
    turn: Turn, form: FormRoute, draft: Draft, played: Played, *, page: int = 0, wrong: str = ""
) -> Screen:
    """The question with its answers to tap, «back» and «cancel»; `wrong` says why the last answer was none."""
    asking = played.waits
    assert asking is not None
    number, options = draft.number, asking.answer.options
    shown, page, pages = page_of(len(options), page, PAGE)

    def tap(option: Option) -> Button:
        return Button(option.label, Answered(number, asking.key, option.value))

    def turning(words: str, to: int) -> Button | None:
        return Button(words, FormStep(number, Do.PAGE, str(to))) if 0 <= to < pages else None

    long = len(options) > LONG
    skip = Button(turn.t("kit-skip"), Answered(number, asking.key, None)) if asking.optional else None
    # a form without a title is the greeting: it cannot be cancelled before it has begun
    cancel = Button(turn.t("kit-cancel"), FormStep(number, Do.DROP)) if played.asked or form.title else None
    was = [stored for stored in draft.was(asking.key) if stored is not None]
    return Screen(
        title=turn.t(form.title) if form.title else "",
        state=wrong,
        facts=tuple(Fact(turn.t("kit-is-now"), asking.answer.shown(stored)) for stored in was),
        question=Question(
            asking.says,
            asking.answer.asks,
            _own_button(turn, asking.answer.asks),
            answers=len(options) if isinstance(asking.answer, choice) and not long else 0,
        ),
        choice=tuple(tap(options[i]) for i in shown) if long else (),
        first_number=shown.start + 1,
        buttons=(
            *(() if long else rows(*map(tap, options))),
            *rows(turning(turn.t("kit-previous"), page - 1), turning(turn.t("kit-next"), page + 1), width=2),
            *rows(skip),
            *rows(_back(turn, draft) if played.asked or was else None, cancel, width=2),
        ),
        at=GoOn(f"{number} {asking.key}"),
        together=_together(turn, draft, played),
    )


def _own_button(turn: Turn, asks: Ask | None) -> str:
    """The label of the messenger's own button."""
    if asks is None:
        return ""
    return turn.t("kit-send-contact" if asks is Ask.CONTACT else "kit-send-location")


def _together(turn: Turn, draft: Draft, played: Played) -> Page | None:
    """The questions that may be asked on one page with the one that waits, where that spares enough messages."""
    asked = (_field(step) for step in played.page if step.key not in draft.answers)
    fields = [field for field in asked if field is not None][:MOST]
    if not is_worth_a_page(len(fields)):
        return None
    t, press = turn.t, FormStep(draft.number, Do.FILL).pack()
    return Page(t("kit-page-offer"), t("kit-page-open"), t("kit-page-answer"), t("kit-send"), press, tuple(fields))


def _field(asking: Asking) -> Field | None:
    """The question as it stands on a page; None for one that a page cannot ask."""
    field = Field(asking.key, asking.says, is_needed=not asking.optional, is_now=asking.is_now)
    match asking.answer:
        case words(max=most):
            return replace(field, most=most)
        case number(most=most):
            return replace(field, most=len(str(most)))
        case choice(options=options):
            return replace(field, options=tuple((option.value, option.label) for option in options))
        case a_day():
            return replace(field, is_day=True)
    return None


async def filled(turn: Turn, draft: Draft, played: Played) -> str:
    """Keeps every answer of a page that is right, each read as if it had come alone; gives what was wrong with the
    others, which are asked again. What was left empty is skipped where it may be. Refused(OLD_QUESTION) when the page
    asked something else."""
    known = {step.key: step for step in (*played.asked, *played.page)}
    given = {key: text.strip() for key, text in turn.heard.filled if key in known}
    if not given:
        raise Refused(Reason.OLD_QUESTION)
    wrong: list[str] = []
    for step, text in ((known[key], text) for key, text in given.items()):
        try:
            stored = None if step.optional and not text else await _read(turn, step, text)
        except Refused as no:
            draft.answers = {key: value for key, value in draft.answers.items() if key != step.key}
            if text:
                why = turn.t(f"refusal-{no.reason}", **no.details)
                wrong.append(turn.t("kit-page-wrong", what=step.named or step.says, why=why))
        else:
            draft.keep(step.key, stored, turn.now)
    return "\n".join(wrong)


async def _read(turn: Turn, step: Asking, text: str) -> Stored:
    """One of the options by its value, as a tap would bring it; everything else is read as if it had been typed."""
    if any(option.value == text for option in step.answer.options):
        return text
    if isinstance(step.answer, a_day):
        with contextlib.suppress(ValueError):  # as a calendar writes it
            text = f"{date.fromisoformat(text):%d.%m.%Y}"
    return await step.answer.read(turn, Heard(text=text, message=turn.heard.message))


def _back(turn: Turn, draft: Draft) -> Button:
    return Button(turn.t("kit-back"), FormStep(draft.number, Do.BACK))


def review_screen(turn: Turn, form: FormRoute, draft: Draft, played: Played) -> Screen:
    """Every answer, each with a way to change it, and the button that does it."""
    t, number = turn.t, draft.number
    given = [(step, draft.answers.get(step.key)) for step in played.asked]
    changes = (
        Button(t("kit-change", what=step.named or step.key), FormStep(number, Do.CHANGE, step.key)) for step, _ in given
    )
    return Screen(
        title=t(form.title) if form.title else "",
        state=t("kit-check-answers"),
        facts=tuple(
            Fact(step.named or step.says, t("kit-skipped") if stored is None else step.answer.shown(stored))
            for step, stored in given
        ),
        buttons=(
            *rows(Button(t("kit-send"), FormStep(number, Do.SEND)), *changes),
            *rows(_back(turn, draft), Button(t("kit-cancel"), FormStep(number, Do.DROP)), width=2),
        ),
        at=GoOn(str(number)),
    )


def dropped(turn: Turn, home: Screen, draft: Draft | None) -> Screen:
    """Home again, with «undo» on top; nothing is lost."""
    if draft is None:
        return replace(home, lead=turn.t("kit-nothing-to-cancel"))
    undo = Button(turn.t("kit-undo"), FormStep(draft.number, Do.PICK_UP))
    return replace(home, lead=turn.t("kit-cancelled"), buttons=((undo,), *home.buttons))


routes.asks, routes.filled, routes.dropped = asks, filled, dropped
