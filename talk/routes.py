"""What does a feature answer to, and which handler answers a turn?"""

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from civic.refusals import Reason, Refused
from civic.spelling import fold
from storage.people import accounts_at
from talk.form import (
    Answered,
    Do,
    Form,
    FormRoute,
    FormStep,
    GoOn,
    Played,
    keep,
    keep_tapped,
    new_draft,
    play,
    question_screen,
    review_screen,
)
from talk.press import Press, unpack
from talk.screen import Button, Screen
from talk.turn import Turn

P = TypeVar("P", bound=Press)
T = TypeVar("T")
_Handler = Callable[[Turn, Any], Awaitable[Screen]]


@dataclass(frozen=True)
class PressRoute:
    """A handler of presses. `reads`: it changes nothing, so it may be run again to show its screen.
    `statements`: how many it may cost, asserted by the tests."""

    handler: _Handler
    reads: bool
    statements: int


class Routes:
    """What one feature answers to."""

    def __init__(self) -> None:
        self.presses: dict[type[Press], PressRoute] = {}
        self.forms: dict[type[Press], FormRoute] = {}
        self.commands: dict[str, Press] = {}
        self.links: dict[str, Callable[[str], Press | None]] = {}
        self.spoken: dict[str, Press] = {}
        self.typed_at: dict[type[Press], Callable[[Turn, Any, str], Awaitable[Screen]]] = {}
        self.inline_answer: Callable[[Turn, str], Awaitable[Screen]] | None = None
        self.otherwise: Callable[[Turn], Awaitable[Screen]] | None = None
        self.refused: Callable[[Turn, Refused], Awaitable[Screen]] | None = None
        self.old_button: Callable[[Turn], Awaitable[Screen]] | None = None
        self.began: Callable[[Turn], Press] | None = None

    def press(
        self, kind: type[P], *, reads: bool, statements: int = 3
    ) -> Callable[[Callable[[Turn, P], Awaitable[Screen]]], Callable[[Turn, P], Awaitable[Screen]]]:
        """Declares the handler of a press."""

        def declare(
            handler: Callable[[Turn, P], Awaitable[Screen]],
        ) -> Callable[[Turn, P], Awaitable[Screen]]:
            assert kind not in self.presses, kind
            self.presses[kind] = PressRoute(handler, reads, statements)
            return handler

        return declare

    def form(
        self,
        begins: type[P],
        *,
        questions: Callable[[Turn, P], Form[T]],
        done: Callable[[Turn, P, T], Awaitable[Screen]],
        review: bool = True,
        title: str = "",
    ) -> None:
        """Declares a form: the press that begins it, its questions, and what is done with the answers."""
        self.forms[begins] = FormRoute(begins, questions, done, review, title)

    def command(self, name: str, press: Press) -> None:
        """Declares that /name means that press."""
        self.commands[name] = press

    def words(self, key: str, press: Press) -> None:
        """Declares that typing these words, in any language, means that press."""
        self.spoken[key] = press

    def link(self, letter: str, meaning: Callable[[str], Press | None]) -> None:
        """Declares what a deep link means that begins with the letter; the rest of it is given."""
        self.links[letter] = meaning

    def typed(
        self, at: type[P]
    ) -> Callable[[Callable[[Turn, P, str], Awaitable[Screen]]], Callable[[Turn, P, str], Awaitable[Screen]]]:
        """Declares what typed words mean while that screen stands, when they name none of its buttons."""

        def declare(
            handler: Callable[[Turn, P, str], Awaitable[Screen]],
        ) -> Callable[[Turn, P, str], Awaitable[Screen]]:
            self.typed_at[at] = handler
            return handler

        return declare


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def numbered(kind: Callable[[int], Press]) -> Callable[[str], Press | None]:
    """The meaning of a deep link that is a letter and a number: `i12` opens issue 12."""

    def meaning(rest: str) -> Press | None:
        number = _whole_number(rest)
        return None if number is None else kind(number)

    return meaning


class Table(Routes):
    """The routes of all features together: answers any turn with a screen."""

    def __init__(self, *features: Routes, home: Press) -> None:
        super().__init__()
        self.home = home
        for routes in features:
            for name in ("presses", "forms", "commands", "links", "spoken", "typed_at"):
                own, new = getattr(self, name), getattr(routes, name)
                twice = own.keys() & new.keys()
                assert not twice, f"declared twice: {twice}"
                own.update(new)
            for name in ("inline_answer", "otherwise", "refused", "old_button", "began"):
                if getattr(routes, name) is not None:
                    assert getattr(self, name) is None, f"declared twice: {name}"
                    setattr(self, name, getattr(routes, name))
        self._by_words: dict[str, Press] = {}

    def _spoken(self, turn: Turn, text: str) -> Press | None:
        if not self._by_words:
            for key, press in self.spoken.items():
                for words in turn.words.in_all_languages(key).values():
                    self._by_words[fold(words)] = press
        return self._by_words.get(fold(text[:200]))

    async def answer(self, turn: Turn) -> Screen:
        """The screen that answers what the person did. Raises Refused where the answer is no."""
        heard = turn.heard
        if heard.inline is not None:
            assert self.inline_answer is not None
            return await self.inline_answer(turn, heard.inline)
        if heard.press:
            press = unpack(heard.press)
            if press is None or not self.answers_to(press):
                assert self.old_button is not None
                return await self.old_button(turn)
            return await self.go(turn, press)
        if heard.command:
            return await self._command(turn)
        return await self._said(turn)

    def answers_to(self, press: Press) -> bool:
        """Whether some feature, or the kit itself, answers to this press."""
        return type(press) in self.presses or type(press) in self.forms or isinstance(press, _KIT)

    async def go(self, turn: Turn, press: Press) -> Screen:
        """Does what a press means."""
        if isinstance(press, _KIT):
            return await self._form_press(turn, press)
        turn.wanted = press
        if type(press) in self.forms:
            return await self.begin(turn, press)
        return await self.presses[type(press)].handler(turn, press)

    async def again(self, turn: Turn, at: str | None) -> Screen | None:
        """The screen that stands at that place, as it is now; None when the place is gone."""
        press = unpack(at) if at else None
        if isinstance(press, GoOn):
            return await self._go_on(turn)
        route = self.presses.get(type(press)) if press is not None else None
        return await route.handler(turn, press) if route is not None and route.reads else None

    async def _command(self, turn: Turn) -> Screen:
        heard = turn.heard
        if heard.command == "cancel":
            return await self._drop(turn)
        if heard.command == "start":
            if heard.payload:
                meaning = self.links.get(heard.payload[0])
                press = meaning(heard.payload[1:]) if meaning is not None else None
                if press is None:
                    raise Refused(Reason.NOT_FOUND)
                return await self.go(turn, press)
            assert self.began is not None
            return await self.go(turn, self.began(turn))
        press = self.commands.get(heard.command)
        assert self.otherwise is not None
        return await (self.otherwise(turn) if press is None else self.go(turn, press))

    async def _said(self, turn: Turn) -> Screen:
        heard, at = turn.heard, unpack(turn.account.at or "")
        draft = turn.person.draft
        waiting = draft is not None and draft.dropped_at is None
        text = heard.text
        spoken = self._spoken(turn, text) if text else None
        if waiting and (isinstance(at, GoOn) or (heard.contact is not None)):
            return await self._form_answer(turn, spoken)
        if spoken is not None:
            return await self.go(turn, spoken)
        if text and at is not None:
            try:
                stands = await self.again(turn, turn.account.at)
            except Refused:
                stands = None
            pressed = _named(stands, text) if stands is not None else None
            if pressed is not None:
                return await self.go(turn, pressed)
            typed = self.typed_at.get(type(at))
            if typed is not None:
                return await typed(turn, at, text)
        assert self.otherwise is not None
        return await self.otherwise(turn)

    # --- forms ---

    async def begin(self, turn: Turn, press: Press) -> Screen:
        """Begins a form. A press that carries `then`, a packed press, has that done afterwards."""
        draft = new_draft(turn, press)
        await turn.db.flush()
        turn.person.draft = draft
        return await self._ask_or_do(turn)

    async def _played(self, turn: Turn, number: int | None) -> tuple[FormRoute, Press, Played]:
        draft = turn.person.draft
        if draft is None or draft.dropped_at is not None or number not in (None, draft.number):
            raise Refused(Reason.OLD_QUESTION)
        press = unpack(draft.begun_by)
        form = self.forms.get(type(press)) if press is not None else None
        if press is None or form is None:
            raise Refused(Reason.OLD_QUESTION)
        answers = dict(draft.answers)
        played = await play(turn, form, press, answers)
        if answers != draft.answers:
            draft.answers = answers
        return form, press, played

    async def _ask_or_do(self, turn: Turn, *, page: int = 0, wrong: str = "", put_away: str = "") -> Screen:
        form, press, played = await self._played(turn, None)
        draft = turn.person.draft
        assert draft is not None
        if played.waits is not None:
            screen = question_screen(turn, form, draft, played, page=page, wrong=wrong)
        elif form.review:
            screen = review_screen(turn, form, draft, played)
        else:
            screen = await self._do(turn, form, press, played.result)
        return replace(screen, puts_keyboard_away=put_away) if put_away else screen

    async def _do(self, turn: Turn, form: FormRoute, press: Press, result: object) -> Screen:
        draft = turn.person.draft
        assert draft is not None
        then = unpack(str(getattr(press, "then", "")))
        await turn.db.delete(draft)
        turn.person.draft = None
        done = await form.done(turn, press, result)
        await turn.db.flush()
        if then is None or not self.answers_to(then):
            return done
        address = turn.account.messenger, turn.account.address
        try:
            async with turn.db.begin_nested():  # a refusal of what was wanted must not undo the form
                after = await self.go(turn, then)
        except Refused as no:
            assert self.refused is not None
            await accounts_at(turn.db, [address])  # what was half done is undone in memory too
            after = await self.refused(turn, no)
        return replace(after, lead=done.lead or done.title or done.alert)

    async def _go_on(self, turn: Turn) -> Screen:
        form, _, played = await self._played(turn, None)
        draft = turn.person.draft
        assert draft is not None
        if played.waits is None:
            return review_screen(turn, form, draft, played)
        return question_screen(turn, form, draft, played)

    async def _form_answer(self, turn: Turn, spoken: Press | None) -> Screen:
        heard = turn.heard
        draft = turn.person.draft
        assert draft is not None
        form, _, played = await self._played(turn, None)
        screen = await self._go_on(turn)
        if heard.text:
            pressed = _named(screen, heard.text, numbers=False)
            if pressed is not None:
                return await self.go(turn, pressed)
        if played.waits is None:
            return await self.go(turn, spoken) if spoken is not None else screen
        try:
            keep(turn, draft, played.waits, heard)
        except Refused as no:
            if spoken is not None:
                return await self.go(turn, spoken)
            wrong = turn.t(f"refusal-{no.reason}", **no.details)
            return question_screen(turn, form, draft, played, wrong=wrong)
        put_away = turn.t("kit-received") if played.waits.answer.asks is not None else ""
        return await self._ask_or_do(turn, put_away=put_away)

    async def _form_press(self, turn: Turn, press: Press) -> Screen:
        if isinstance(press, GoOn):
            return await self._go_on(turn)
        if isinstance(press, FormStep) and press.do is Do.PICK_UP:
            return await self._pick_up(turn, press)
        assert isinstance(press, Answered | FormStep)
        form, begun_by, played = await self._played(turn, press.draft)
        draft = turn.person.draft
        assert draft is not None
        if isinstance(press, Answered):
            keep_tapped(turn, draft, played, press)
            return await self._ask_or_do(turn)
        forget = press.what
        match press.do:
            case Do.DROP:
                return await self._drop(turn)
            case Do.PAGE:
                return await self._ask_or_do(turn, page=_whole_number(press.what) or 0)
            case Do.SEND if played.waits is None:
                return await self._do(turn, form, begun_by, played.result)
            case Do.BACK if played.asked:
                forget = played.asked[-1].key
        draft.answers = {key: value for key, value in draft.answers.items() if key != forget}
        return await self._ask_or_do(turn)

    async def _drop(self, turn: Turn) -> Screen:
        draft = turn.person.draft
        if draft is None or draft.dropped_at is not None:
            return replace(await self.go(turn, self.home), lead=turn.t("kit-nothing-to-cancel"))
        with contextlib.suppress(Refused):
            await self._played(turn, None)  # a form may have said in which language to go on
        draft.dropped_at = turn.now
        home = await self.go(turn, self.home)
        undo = Button(turn.t("kit-undo"), FormStep(draft.number, Do.PICK_UP))
        return replace(home, lead=turn.t("kit-cancelled"), buttons=((undo,), *home.buttons))

    async def _pick_up(self, turn: Turn, press: FormStep) -> Screen:
        draft = turn.person.draft
        if draft is None or draft.number != press.draft:
            raise Refused(Reason.OLD_QUESTION)
        draft.dropped_at = None
        return await self._ask_or_do(turn)


_KIT = (Answered, FormStep, GoOn)


def _named(screen: Screen, text: str, *, numbers: bool = True) -> Press | None:
    """The way on that a person typed: its number in the list, or its label."""
    typed = fold(text)
    if not typed:
        return None
    number = _whole_number(typed)
    if number is not None and numbers:
        position = number - screen.first_number
        return screen.choice[position].press if 0 <= position < len(screen.choice) else None
    return next((way.press for way in screen.ways if way.press is not None and fold(way.label) == typed), None)
