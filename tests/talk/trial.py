"""A small bot for the tests of the kit: two screens and three forms, and somebody who taps and types."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from actions import people
from civic.people import why_cannot_declare
from civic.refusals import Reason, Refused
from handlers import forms
from handlers.answers import choice, words
from handlers.ways import numbered
from storage.database import Database
from storage.municipalities import Street, Village, streets, villages
from storage.people import Messenger, Person, accounts_at
from talk.answers import Answer, Option, Stored, Unfit
from talk.form import Form, ask, ask_if_wanted, fetch
from talk.press import Press
from talk.routes import Routes, Table
from talk.screen import Ask, Button, Screen, rows
from talk.turn import Contact, Heard, Links, Turn
from talk.words import Words
from tests.cast import VAULT

_KNOWN = dict(Press.known)


class Mood(StrEnum):
    """How somebody feels."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Home(Press, code="t-home"):
    """The main menu."""


@dataclass(frozen=True)
class OpenRoad(Press, code="t-road"):
    """A road; none of a number over 100."""

    road: int


@dataclass(frozen=True)
class CloseRoad(Press, code="t-close"):
    """Changes something, so it is not shown again by itself."""

    road: int


@dataclass(frozen=True)
class Everything(Press, code="t-all"):
    """One field of every kind."""

    number: int
    flag: bool
    mood: Mood
    word: str = ""
    perhaps: int | None = None
    maybe: str | None = None


@dataclass(frozen=True)
class Report(Press, code="t-rep"):
    """Report a hole in the road."""


@dataclass(frozen=True)
class Rate(Press, code="t-rate"):
    """Say how it is; then do what was wanted."""

    then: str = ""


@dataclass(frozen=True)
class PickDay(Press, code="t-day"):
    """Choose one of many days."""


@dataclass(frozen=True)
class SayPhone(Press, code="t-tel"):
    """Share a contact."""


@dataclass(frozen=True)
class Declare(Press, code="t-decl"):
    """A form that refuses, before its first question, whoever has no proven phone."""


OWN_CODES = {code: kind for code, kind in Press.known.items() if code not in _KNOWN}
for _code in OWN_CODES:  # the codes of the bot stay its own; conftest puts these in for each test of the kit
    del Press.known[_code]

routes = Routes()


@routes.press(Home, reads=True)
async def home(turn: Turn, _: Home) -> Screen:
    """The main menu."""
    return Screen(
        title="Башкы меню",
        buttons=rows(Button("Чуңкур тууралуу кабарлоо", Report()), Button("Баалоо", Rate())),
        at=Home(),
    )


@routes.press(OpenRoad, reads=True)
async def road(turn: Turn, press: OpenRoad) -> Screen:
    """A road with its neighbours."""
    if press.road > 100:
        raise Refused(Reason.NOT_FOUND)
    return Screen(
        title=f"{press.road}-жол",
        choice=(Button("Манас көчөсү", OpenRoad(7)), Button("✅ Достук көчөсү · 210", OpenRoad(8))),
        first_number=11,
        buttons=rows(Button("📌 Көчөнү жабуу", CloseRoad(press.road)), Button("Меню", Home())),
        at=press,
    )


@routes.press(CloseRoad, reads=False)
async def close_road(turn: Turn, press: CloseRoad) -> Screen:
    """Changes the person, and then says no to a road that is not there."""
    people.speak(turn.person, "ru")
    await turn.db.flush()
    if press.road > 100:
        raise Refused(Reason.NOT_FOUND)
    return Screen(title=f"{press.road}-жол жабылды", at=press)


@dataclass(frozen=True)
class Told:
    """What the form of a hole gathers."""

    what: str
    village: str
    street: str
    note: str | None


def report_questions(turn: Turn, _: Report) -> Form[Told]:
    """What, where exactly, and perhaps more."""
    assert turn.municipality is not None
    home = turn.municipality.id
    what = yield from ask("what", "Эмне болду?", words(min=3, max=40), named="Окуя")
    places: Sequence[Village] = yield from fetch(lambda db: villages(db, home))
    options = [Option(str(place.id), place.name_ky) for place in places]
    village = yield from ask("village", "Кайсы айылда?", choice(options), named="Айыл")
    every: Sequence[Street] = yield from fetch(lambda db: streets(db, home))
    options = [Option(str(each.id), each.name_ky) for each in every if str(each.village_id) == village]
    street = yield from ask("street", "Кайсы көчөдө?", choice(options), named="Көчө")
    note = yield from ask_if_wanted("note", "Дагы эмне айтасыз?", words(max=100))
    return Told(what, village, street, note)


async def report_done(turn: Turn, _: Report, told: Told) -> Screen:
    """The person now lives where the hole is."""
    turn.person.village_id = int(told.village)
    return Screen(title="Кабыл алынды", text=f"{told.what} | {told.note}", at=Home())


def rate_questions(turn: Turn, _: Rate) -> Form[str]:
    """One question."""
    return (yield from ask("mood", "Жол кандай?", choice([Option("good", "Жакшы"), Option("bad", "Жаман")])))


async def rate_done(turn: Turn, _: Rate, mood: str) -> Screen:
    """The rating is kept, here in the person's village."""
    people.agree(turn.db, turn.person, turn.now)
    return Screen(title=f"Бааңыз: {mood}")


DAYS = [Option(f"d{number}", f"{number}-май") for number in range(1, 21)]


def day_questions(turn: Turn, _: PickDay) -> Form[str]:
    """One question with twenty answers."""
    return (yield from ask("day", "Кайсы күнү?", choice(DAYS)))


async def day_done(turn: Turn, _: PickDay, day: str) -> Screen:
    """The chosen day."""
    return Screen(title=f"Күнү: {day}", at=Home())


@dataclass(frozen=True)
class OwnNumber(Answer[str]):
    """A shared contact."""

    asks: Ask | None = Ask.CONTACT

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        if heard.contact is None:
            raise Refused(Reason.NEEDS_PHONE_BUTTON)
        return heard.contact.phone

    def value(self, stored: str) -> str:
        if not stored.startswith("+996"):
            raise Unfit
        return stored


def phone_questions(turn: Turn, _: SayPhone) -> Form[str]:
    """The contact, and one more word."""
    phone = yield from ask("phone", "Номериңизди жөнөтүңүз", OwnNumber())
    name = yield from ask("name", "Атыңыз ким?", words(max=20))
    return f"{name} {phone}"


async def phone_done(turn: Turn, _: SayPhone, told: str) -> Screen:
    """What was told."""
    return Screen(title=told, at=Home())


def declare_questions(turn: Turn, _: Declare) -> Form[str]:
    """Refuses at once whoever may not."""
    reason = why_cannot_declare(turn.person)
    if reason is not None:
        raise Refused(reason)
    return (yield from ask("basis", "Качантан бери жашайсыз?", words()))


async def declare_done(turn: Turn, _: Declare, basis: str) -> Screen:
    """What was declared."""
    return Screen(title=basis, at=Home())


async def refused(turn: Turn, no: Refused) -> Screen:
    """No, in words, and whether the person still has something unfinished."""
    unfinished = "бүтпөгөнү бар" if turn.person.draft is not None else "бүтпөгөнү жок"
    return Screen(text=f"{turn.t(f'refusal-{no.reason}', **no.details)} {turn.person.language} {unfinished}")


async def otherwise(turn: Turn) -> Screen:
    """What was not understood."""
    return Screen(text=f"түшүнбөдүм: {turn.heard.text or turn.heard.command}")


async def old_button(turn: Turn) -> Screen:
    """A press that nobody knows."""
    return Screen(text="эски баскыч")


@routes.typed(OpenRoad)
async def typed(turn: Turn, press: OpenRoad, text: str) -> Screen:
    """Words typed while a road is shown."""
    return Screen(text=f"{press.road}-жолдон издейм: {text}")


async def looked_up(turn: Turn, query: str) -> Screen:
    """Words typed after @bot."""
    return Screen(title=f"издеген: {query}")


routes.form(Report, questions=report_questions, done=report_done, title="trial-report")
routes.form(Rate, questions=rate_questions, done=rate_done, review=False)
routes.form(PickDay, questions=day_questions, done=day_done, review=False, title="trial-day")
routes.form(SayPhone, questions=phone_questions, done=phone_done, review=False)
routes.form(Declare, questions=declare_questions, done=declare_done, review=False)
routes.command("road", OpenRoad(1))
routes.link("r", numbered(OpenRoad))
routes.words("trial-home", Home())
routes.words("trial-roads", OpenRoad(1))
routes.refused, routes.otherwise, routes.old_button = refused, otherwise, old_button
routes.inline_answer = looked_up
routes.began = lambda turn: Home()
routes.asks, routes.filled, routes.dropped = forms.asks, forms.filled, forms.dropped
table = Table(routes, home=Home())


@dataclass
class Somebody:
    """Somebody who speaks with the trial bot. Every act is a transaction in a session of its own, as if the bot had
    been started anew before each; a refusal undoes the act."""

    database: Database
    words: Words
    now: datetime
    address: str = "101"
    table: Table = table
    screen: Screen = field(default_factory=Screen)
    pace: timedelta = timedelta(seconds=1)
    _acts: "itertools.count[int]" = field(default_factory=itertools.count)

    async def does(self, *acts: Heard) -> Screen:
        """Does these things in one transaction; the last screen is what stands."""
        async with self.database.transaction() as db:
            account = (await accounts_at(db, [(Messenger.TELEGRAM, self.address)]))[Messenger.TELEGRAM, self.address]
            for heard in acts:
                now = self.now + next(self._acts) * self.pace
                links = Links("trial_bot")
                turn = Turn(account.person, account, db, now, heard, self.words, VAULT, links, self.table.go)
                self.screen = await self.table.answer(turn)
                if self.screen.at is not None:
                    account.at = self.screen.at.pack()
        return self.screen

    async def says(self, text: str) -> Screen:
        """Types words."""
        return await self.does(Heard(text=text))

    async def commands(self, command: str, payload: str = "") -> Screen:
        """Types /command."""
        return await self.does(Heard(command=command, payload=payload))

    async def presses(self, press: Press) -> Screen:
        """Presses a button that means this."""
        return await self.does(Heard(press=press.pack()))

    async def shares(self, phone: str) -> Screen:
        """Shares their own contact."""
        return await self.does(Heard(contact=Contact(phone, self.address)))

    def way(self, label: str) -> Press:
        """What the button of that label on the present screen means."""
        found = [way.press for way in self.screen.ways if way.label == label]
        assert len(found) == 1, f"«{label}» is not one of {self.labels}"
        assert found[0] is not None
        return found[0]

    async def taps(self, label: str) -> Screen:
        """Taps the button of that label."""
        return await self.presses(self.way(label))

    @property
    def labels(self) -> list[str]:
        """Every button that is seen."""
        return [way.label for way in self.screen.ways]

    @property
    def asked(self) -> str:
        """The question that waits; empty when none does."""
        return self.screen.question.text if self.screen.question is not None else ""

    async def person(self) -> Person:
        """The person as the database knows them, with their draft."""
        async with self.database.transaction() as db:
            return (await accounts_at(db, [(Messenger.TELEGRAM, self.address)]))[
                Messenger.TELEGRAM, self.address
            ].person

    async def answers(self) -> dict[str, object] | None:
        """The answers kept so far; None when nothing is begun."""
        draft = (await self.person()).draft
        return None if draft is None else dict(draft.answers)


def with_questions(kind: type[Press], questions: object) -> Table:
    """The same bot in a later release: this form asks otherwise."""
    later = Table(routes, home=Home())
    later.forms[kind] = replace(later.forms[kind], questions=questions)  # type: ignore[arg-type]
    return later
