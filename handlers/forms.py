"""What does a form look like: the question that waits, every answer before it is sent, and a form put away?"""

from dataclasses import replace

from handlers.ways import page_of
from storage.drafts import Draft
from talk.answers import Option
from talk.form import Answered, Do, FormRoute, FormStep, GoOn, Played
from talk.routes import Routes
from talk.screen import Button, Fact, Question, Screen, rows
from talk.turn import Turn

routes = Routes()
LONG = 5  # from so many answers on they are a numbered list with pages
PAGE = 8


def asks(turn: Turn, form: FormRoute, draft: Draft, played: Played, page: int, wrong: str) -> Screen:
    """The question that waits; all answers when none does."""
    if played.waits is None:
        return review_screen(turn, form, draft, played)
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
    return Screen(
        title=turn.t(form.title) if form.title else "",
        state=wrong,
        question=Question(asking.says, asking.answer.asks, turn.t("kit-send-contact") if asking.answer.asks else ""),
        choice=tuple(tap(options[i]) for i in shown) if long else (),
        first_number=shown.start + 1,
        buttons=(
            *(() if long else rows(*map(tap, options))),
            *rows(turning(turn.t("kit-previous"), page - 1), turning(turn.t("kit-next"), page + 1), width=2),
            *rows(skip),
            *rows(_back(turn, draft) if played.asked else None, cancel, width=2),
        ),
        at=GoOn(),
    )


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
        at=GoOn(),
    )


def dropped(turn: Turn, home: Screen, draft: Draft | None) -> Screen:
    """Home again, with «undo» on top; nothing is lost."""
    if draft is None:
        return replace(home, lead=turn.t("kit-nothing-to-cancel"))
    undo = Button(turn.t("kit-undo"), FormStep(draft.number, Do.PICK_UP))
    return replace(home, lead=turn.t("kit-cancelled"), buttons=((undo,), *home.buttons))


routes.asks, routes.dropped = asks, dropped
