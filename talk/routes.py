"""What does a feature answer to, and which handler answers a turn?"""

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from civic.people import Right, refuse, why_not_may
from civic.refusals import Reason, Refused
from civic.spelling import fold, is_label, whole_number
from storage.drafts import Draft
from storage.people import accounts_at
from talk.answers import T
from talk.form import Answered, Do, Form, FormRoute, FormStep, GoOn, Played, play
from talk.press import Press, unpack
from talk.screen import Button, Screen
from talk.turn import Turn

P = TypeVar("P", bound=Press)
Handler = Callable[[Turn, P], Awaitable[Screen]]
TypedHandler = Callable[[Turn, P, str], Awaitable[Screen]]
Asks = Callable[[Turn, P], Form[T]]
Done = Callable[[Turn, P, T], Awaitable[Screen]]
Letter = Callable[[Turn, dict[str, Any]], Awaitable[Screen | None]]
Looks = Callable[[Turn, FormRoute, Draft, Played, int, str], Screen]
_TABLES = ("presses", "forms", "commands", "links", "spoken", "typed_at", "letters")
_MANNERS = "inline_answer otherwise refused old_button began asks filled dropped sent joined".split()


@dataclass(frozen=True)
class PressRoute:
    """A handler of presses. `reads`: it changes nothing, so it may be run again to show its screen.
    `statements`: how many it may cost, asserted by the tests. `right`: what staff must have; None is for everybody."""

    handler: Callable[[Turn, Any], Awaitable[Screen]]
    reads: bool
    statements: int
    right: Right | None = None


class Routes:
    """What one feature answers to: presses, forms, /commands, words that mean a press, deep links by their first
    letter, and what is typed under a screen. One feature each gives the bot its manners, named below."""

    inline_answer: Callable[[Turn, str], Awaitable[Screen]]  # @bot words
    otherwise: Callable[[Turn], Awaitable[Screen]]  # what was not understood
    refused: Callable[[Turn, Refused], Awaitable[Screen]]  # how no is said
    old_button: Callable[[Turn], Awaitable[Screen]]  # a button that no release knows any more
    began: Callable[[Turn], Press]  # what /start without a link means
    asks: Looks  # how the question of a form looks, or all its answers when none waits
    filled: Callable[[Turn, Draft, Played], Awaitable[str]]  # a page of answers is kept; what was wrong, in words
    dropped: Callable[[Turn, Screen, Draft | None], Screen]  # home, after a form was put away
    sent: Callable[[Turn], Awaitable[Screen | None]]  # a file that no question asked for; None: its words count
    joined: Callable[[Turn], Awaitable[Screen]]  # the bot was added to a channel or group, or taken out

    def __init__(self) -> None:
        self.presses: dict[type[Press], PressRoute] = {}
        self.forms: dict[type[Press], FormRoute] = {}
        self.commands: dict[str, Press] = {}
        self.links: dict[str, Callable[[str], Press | None]] = {}
        self.spoken: dict[str, Press] = {}
        self.typed_at: dict[type[Press], Callable[[Turn, Any, str], Awaitable[Screen]]] = {}
        self.letters: dict[str, Letter] = {}

    def press(
        self, kind: type[P], *, reads: bool, statements: int = 3, right: Right | None = None
    ) -> Callable[[Handler[P]], Handler[P]]:
        """Declares the handler of a press."""

        def declare(handler: Handler[P]) -> Handler[P]:
            assert kind not in self.presses, kind
            self.presses[kind] = PressRoute(handler, reads, statements, right)
            return handler

        return declare

    def typed(self, at: type[P]) -> Callable[[TypedHandler[P]], TypedHandler[P]]:
        """Declares what typed words mean while that screen stands, when they name none of its buttons."""
        return lambda handler: self.typed_at.setdefault(at, handler)

    def form(
        self,
        begins: type[P],
        *,
        questions: Asks[P, T],
        done: Done[P, T],
        review: bool = True,
        title: str = "",
        right: Right | None = None,
    ) -> None:
        """Declares a form: the press that begins it, its questions, and what is done with the answers. A press with
        a field `then`, a packed press, has that done afterwards."""
        self.forms[begins] = FormRoute(questions, done, review, title, right)

    def letter(self, key: str) -> Callable[[Letter], Letter]:
        """Declares how a letter reads when it is delivered; None: it is true no more, and nobody gets it."""
        return lambda handler: self.letters.setdefault(key, handler)

    def command(self, name: str, press: Press) -> None:
        """Declares that /name means that press."""
        self.commands[name] = press

    def words(self, key: str, press: Press) -> None:
        """Declares that typing these words, in any language, means that press."""
        self.spoken[key] = press

    def link(self, letter: str, meaning: Callable[[str], Press | None]) -> None:
        """Declares what a deep link means that begins with the letter; the rest of it is given."""
        self.links[letter] = meaning


class Table(Routes):
    """The routes of all features together: answers any turn with a screen."""

    def __init__(self, *features: Routes, home: Press) -> None:
        super().__init__()
        self.home = home
        self._by_words: dict[str, Press] = {}
        for routes in features:
            for name in _TABLES:
                own, new = getattr(self, name), getattr(routes, name)
                assert not own.keys() & new.keys(), f"declared twice: {own.keys() & new.keys()}"
                own.update(new)
            for name in vars(routes).keys() & set(_MANNERS):
                assert name not in vars(self), f"declared twice: {name}"
                setattr(self, name, vars(routes)[name])

    async def answer(self, turn: Turn) -> Screen:
        """The screen that answers what the person did. Raises Refused where the answer is no."""
        heard = turn.heard
        if heard.place is not None:
            return await self.joined(turn)
        if heard.inline is not None:
            return await self.inline_answer(turn, heard.inline)
        if heard.command:
            return await self._command(turn)
        if not heard.press:
            return await self._said(turn)
        press = unpack(heard.press)
        return await (self.go(turn, press) if press and self.answers_to(press) else self.old_button(turn))

    def answers_to(self, press: Press) -> bool:
        """Whether some feature, or the kit itself, answers to this press."""
        return type(press) in self.presses or type(press) in self.forms or isinstance(press, _KIT)

    async def go(self, turn: Turn, press: Press) -> Screen:
        """Does what a press means."""
        if isinstance(press, _KIT):
            return await self._form_press(turn, press)
        turn.wanted = press
        self._guard(turn, press)
        if type(press) in self.forms:
            await play(turn, self.forms[type(press)], press, {})  # a refusal comes before anything is begun
            draft = turn.person.draft = turn.person.draft or Draft(person_id=turn.person.id, number=0)
            turn.db.add(draft)
            goes_on = draft.begin(press.pack(), turn.now, anew=not self.forms[type(press)].title)
            await turn.db.flush()
            return await self._ask_or_do(turn, do=not goes_on, wrong=turn.t("kit-goes-on") if goes_on else "")
        return await self.presses[type(press)].handler(turn, press)

    def _guard(self, turn: Turn, press: Press) -> None:
        """Refused(NOT_YOURS) when the press is for staff and no role of the person carries its right."""
        right = (self.presses.get(type(press)) or self.forms[type(press)]).right
        refuse(why_not_may(turn.roles, right) if right is not None else None)

    async def again(self, turn: Turn, at: str | None) -> Screen | None:
        """The screen that stands at that place, as it is now; None when the place is gone."""
        press = unpack(at) if at else None
        if isinstance(press, GoOn):
            return await self._ask_or_do(turn, do=False)
        route = self.presses.get(type(press)) if press is not None else None
        if press is None or route is None or not route.reads:
            return None
        self._guard(turn, press)
        return await route.handler(turn, press)

    async def _command(self, turn: Turn) -> Screen:
        heard = turn.heard
        if heard.command == "cancel":
            return await self._drop(turn)
        press = self.commands.get(heard.command)
        if heard.command == "start":
            meaning = self.links.get(heard.payload[:1])
            press = self.began(turn) if not heard.payload else meaning(heard.payload[1:]) if meaning else None
            if press is None:
                raise Refused(Reason.NOT_FOUND)
        return await (self.otherwise(turn) if press is None else self.go(turn, press))

    async def _said(self, turn: Turn) -> Screen:
        """Typed words (or a contact, or a place): an answer to the question that waits; else words that mean a press
        anywhere; else a way on from the screen last shown, by its number or label; else what is typed under it."""
        heard, at, draft = turn.heard, unpack(turn.account.at or ""), turn.person.draft
        spoken = self._spoken(turn, heard.text) if heard.text else None
        if draft is not None and draft.dropped_at is None and (isinstance(at, GoOn) or heard.contact is not None):
            return await self._form_answer(turn, spoken, at)
        if heard.file is not None and (taken := await self.sent(turn)) is not None:
            return taken
        if spoken is not None:
            return await self.go(turn, spoken)
        if heard.text and at is not None:
            stands = turn.shown
            with contextlib.suppress(Refused):
                stands = stands or await self.again(turn, turn.account.at)
            if stands is not None and (pressed := _named(stands, heard.text)) is not None:
                return await self.go(turn, pressed)
            if type(at) in self.typed_at:
                return await self.typed_at[type(at)](turn, at, heard.text)
        return await self.otherwise(turn)

    def _spoken(self, turn: Turn, text: str) -> Press | None:
        if not self._by_words:
            for key, press in self.spoken.items():
                self._by_words |= {fold(words): press for words in turn.words.in_all_languages(key).values()}
        return self._by_words.get(fold(text[:200]))

    # --- forms ---

    async def _played(self, turn: Turn, number: int | None = None) -> tuple[Draft, FormRoute, Press, Played]:
        """The form that is under way, played over its answers; Refused(OLD_QUESTION) when it is another or none."""
        draft = turn.person.draft
        press = unpack(draft.begun_by) if draft is not None else None
        form = self.forms.get(type(press)) if press is not None else None
        if draft is None or draft.dropped_at or number not in (None, draft.number) or press is None or form is None:
            raise Refused(Reason.OLD_QUESTION)
        self._guard(turn, press)
        answers = dict(draft.answers)
        played = await play(turn, form, press, answers)
        if answers != draft.answers:
            draft.answers = answers
        return draft, form, press, played

    async def _ask_or_do(self, turn: Turn, *, do: bool = True, page: int = 0, wrong: str = "") -> Screen:
        """The question that waits, or all answers for review; with none of both, what the form is for is done."""
        draft, form, press, played = await self._played(turn)
        if do and played.waits is None and not form.review:
            return await self._do(turn, draft, form, press, played.result)
        return self.asks(turn, form, draft, played, page, wrong)

    async def _do(self, turn: Turn, draft: Draft, form: FormRoute, press: Press, result: object) -> Screen:
        await turn.db.delete(draft)
        turn.person.draft = None
        done = await form.done(turn, press, result)
        await turn.db.flush()
        then = unpack(str(getattr(press, "then", "")))
        if then is None or not self.answers_to(then):
            return done
        address = turn.account.messenger, turn.account.address
        try:
            async with turn.db.begin_nested():  # a refusal of what was wanted must not undo the form
                after = await self.go(turn, then)
        except Refused as no:
            await accounts_at(turn.db, [address])  # what was half done is undone in memory too
            after = await self.refused(turn, no)
        return replace(after, lead=done.lead or done.title or done.alert)

    async def _form_answer(self, turn: Turn, spoken: Press | None, at: Press | None) -> Screen:
        heard = turn.heard
        draft, form, _, played = await self._played(turn)
        screen = self.asks(turn, form, draft, played, 0, "")
        if spoken is None and isinstance(at, GoOn) and at not in (screen.at, GoOn()):  # shown here before the other
            return self.asks(turn, form, draft, played, 0, turn.t("kit-moved-on"))  # messenger went on
        if (pressed := _named(screen, heard.text)) is not None:
            return await self.go(turn, pressed)
        if played.waits is None or (spoken is not None and not played.waits.answer.options):
            return await self.go(turn, spoken) if spoken is not None else screen  # a way's own name is no free text
        try:
            skips = played.waits.optional and heard.text.strip() in ("-", "–", "—")
            stored = None if skips else await played.waits.answer.read(turn, heard)
            draft.keep(played.waits.key, stored, turn.now)
        except Refused as no:
            if spoken is not None:
                return await self.go(turn, spoken)
            return await self._ask_or_do(turn, wrong=turn.t(f"refusal-{no.reason}", **no.details))
        screen = await self._ask_or_do(turn)
        return replace(screen, puts_keyboard_away=turn.t("kit-received")) if played.waits.answer.asks else screen

    async def _form_press(self, turn: Turn, press: Press) -> Screen:
        if isinstance(press, GoOn):
            return await self._ask_or_do(turn, do=False)
        assert isinstance(press, Answered | FormStep)
        waiting = turn.person.draft
        if isinstance(press, FormStep) and press.do is Do.PICK_UP and waiting and waiting.number == press.draft:
            waiting.dropped_at = None
            return await self._ask_or_do(turn)
        draft, form, begun_by, played = await self._played(turn, press.draft)
        if isinstance(press, Answered):
            draft.keep(press.key, _tapped(played, press), turn.now)
            return await self._ask_or_do(turn)
        match press.do:
            case Do.DROP:
                return await self._drop(turn)
            case Do.PAGE:
                return await self._ask_or_do(turn, page=whole_number(press.what) or 0)
            case Do.FILL:
                return await self._ask_or_do(turn, wrong=await self.filled(turn, draft, played))
            case Do.SEND if played.waits is None:
                return await self._do(turn, draft, form, begun_by, played.result)
            case Do.CHANGE:
                draft.change(press.what)
            case Do.BACK:
                draft.step_back([step.key for step in played.asked])
        return await self._ask_or_do(turn)

    async def _drop(self, turn: Turn) -> Screen:
        draft = turn.person.draft if turn.person.draft and not turn.person.draft.dropped_at else None
        if draft is not None:
            with contextlib.suppress(Refused):
                await self._played(turn)  # a form may have said in which language to go on
            draft.dropped_at = turn.now
        return self.dropped(turn, await self.go(turn, self.home), draft)


def _tapped(played: Played, press: Answered) -> str | None:
    """What a tapped answer keeps, also for a question answered before; Refused when it is no answer to it."""
    step = next((step for step in (*played.asked, played.waits) if step and step.key == press.key), None)
    known = {option.value for option in step.answer.options} if step else set()
    if step is None or (press.value not in known if press.value is not None else not step.optional):
        raise Refused(Reason.OLD_QUESTION)
    return press.value


_KIT = (Answered, FormStep, GoOn)


def _named(screen: Screen, text: str) -> Press | None:
    """The way on that a person typed: its number, or its words."""
    if (number := whole_number(text.strip(" .)"))) is not None:  # «№ 1» is something else
        return dict(enumerate(screen.numbered, screen.first_number)).get(number, Button("")).press
    return next((way.press for way in screen.ways if way.press and is_label(text, way.label)), None)
