"""First contact: language, municipality, village, consent."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from actions import people
from civic.people import Role, roles_at
from civic.refusals import Reason, Refused
from handlers.answers import choice
from handlers.ways import Menu, is_installer
from storage.municipalities import (
    Municipality,
    Village,
    find_village,
    get_municipality,
    municipalities,
    villages,
)
from storage.people import roles_of
from talk.answers import Option
from talk.form import Form, ask, fetch
from talk.press import Press
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn
from talk.words import LANGUAGES

routes = Routes()
ELSEWHERE = "0"


@dataclass(frozen=True)
class FirstContact(Press, code="hi"):
    """Get to know each other; then do what was wanted. `home` is whose link somebody came by: it is not asked then."""

    then: str = ""
    home: int | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Welcomed:
    """What a newcomer told."""

    language: str
    municipality: int
    village: int | None
    agreed: bool


def language_options(turn: Turn) -> list[Option]:
    """The languages, each by its own name."""
    return [Option(language, turn.words.speaker(language)("kit-language-name")) for language in LANGUAGES]


def ask_home(turn: Turn, known: int | None = None) -> Form[tuple[Municipality, int | None]]:
    """Which municipality (asked only where there are several and it is not known) and which village."""
    t = turn.t
    homes: Sequence[Municipality] = yield from fetch(municipalities)
    if not homes:
        raise Refused(Reason.NOT_SET_UP)
    homes = [home for home in homes if home.id == known] or homes
    if len(homes) == 1:
        home = homes[0]
    else:
        options = [Option(str(home.id), home.name(t.language)) for home in homes]
        number = yield from ask("municipality", t("people-ask-municipality"), choice(options))
        home = next(each for each in homes if str(each.id) == number)
    places: Sequence[Village] = yield from fetch(lambda db: villages(db, home.id))
    options = [Option(str(place.id), place.name(t.language)) for place in places]
    options.append(Option(ELSEWHERE, t("people-village-elsewhere")))
    village = yield from ask("village", t(f"people-ask-village-{home.kind}"), choice(options))
    return home, None if village == ELSEWHERE else int(village)


def questions(turn: Turn, press: FirstContact) -> Form[Welcomed]:
    """Language first, and from then on everything in it."""
    language = turn.person.language
    if not turn.person.language_chosen:
        language = yield from ask("language", turn.t("people-ask-language"), choice(language_options(turn)))
    turn.speak(language)
    t = turn.t
    # a newcomer who belongs somewhere already wrote to the number of that municipality
    by_number = None if turn.person.language_chosen else turn.person.municipality_id
    home, village = yield from ask_home(turn, press.home or by_number)
    place = home.name(t.language)
    agreed = yield from ask(
        "consent",
        t("people-consent-text", place=place),
        choice([Option("yes", t("people-consent-yes")), Option("no", t("people-consent-no"))]),
    )
    return Welcomed(language, home.id, village, agreed == "yes")


async def settle(turn: Turn, home: Municipality, village: Village | None) -> None:
    """The person belongs there from now on, with the roles they hold there: those of another municipality end with
    this very turn, whatever is wanted after it."""
    await people.move_in(turn.db, turn.person, home, village, turn.now)
    turn.person.roles = await roles_of(turn.db, turn.person.id, home.id)
    turn.roles = roles_at(turn.account, turn.person.roles) | (
        frozenset({Role.ADMIN}) if is_installer(turn) else frozenset()
    )


async def done(turn: Turn, _: FirstContact, told: Welcomed) -> Screen:
    """Remembers what was told; without consent only the language and whose list to show."""
    people.speak(turn.person, told.language)
    turn.speak(told.language)
    home = await get_municipality(turn.db, told.municipality)
    village = await find_village(turn.db, home.id, told.village) if told.agreed else None
    await settle(turn, home, village)
    if not told.agreed:
        return replace(await turn.go(turn, Menu()), lead=turn.t("people-welcome-guest"))
    people.agree(turn.db, turn.person, turn.now)
    return replace(await turn.go(turn, Menu()), lead=turn.t("people-welcome", place=home.name(turn.t.language)))


routes.form(FirstContact, questions=questions, done=done, review=False)
