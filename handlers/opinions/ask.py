"""What is asked for a quick opinion, in which words, for how long and where?"""

from dataclasses import dataclass, replace

from actions import opinions
from civic.opinions import (
    LASTS,
    OPTION_MOST,
    OPTIONS_LEAST,
    OPTIONS_MOST,
    QUESTION_LEAST,
    QUESTION_MOST,
    read_options,
    why_wrong_options,
)
from civic.people import Right
from civic.refusals import Reason, Refused
from handlers.answers import choice, words
from handlers.opinions.desk import opinion_screen
from handlers.opinions.presses import AskOpinion
from handlers.publications.presses import own_home
from storage.publications import get_place, linked_places
from talk.answers import Answer, Option, Stored, Unfit
from talk.form import Form, ask, fetch
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Heard, Turn

EVERYWHERE = "all"
routes = Routes()


@dataclass(frozen=True)
class Opinion:
    """What staff want to know, and from whom."""

    question: str
    options: tuple[str, ...]
    days: int
    places: tuple[int, ...]


@dataclass(frozen=True)
class _Options(Answer[tuple[str, ...]]):
    """The options, one on each line of one message."""

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        options = read_options(heard.text)
        reason = why_wrong_options(options)
        if reason is not None:
            most = OPTION_MOST if reason is Reason.LONG_OPTION else OPTIONS_MOST
            raise Refused(reason, least=OPTIONS_LEAST, most=most)
        return "\n".join(options)

    def value(self, stored: str) -> tuple[str, ...]:
        options = read_options(stored)
        if why_wrong_options(options) is not None:
            raise Unfit
        return options

    def shown(self, stored: str) -> str:
        return " · ".join(read_options(stored))


def questions(turn: Turn, press: AskOpinion) -> Form[Opinion]:
    """The question, its options, for how many days, and where; everything is looked over before it is asked."""
    t, home = turn.t, own_home(turn)
    if press.place is not None:
        place = press.place
        linked = [(yield from fetch(lambda db: get_place(db, home.id, place)))]
    else:
        linked = list((yield from fetch(lambda db: linked_places(db, home.id))))
    if not linked:
        raise Refused(Reason.NO_PLACES)
    question = yield from ask(
        "question",
        t("opinions-ask-question"),
        words(max=QUESTION_MOST, min=QUESTION_LEAST),
        named=t("opinions-named-question"),
    )
    options = yield from ask("options", t("opinions-ask-options"), _Options(), named=t("opinions-named-options"))
    lasts = [Option(str(days), t("opinions-days", count=days)) for days in LASTS]
    days = yield from ask("days", t("opinions-ask-days"), choice(lasts), named=t("opinions-named-days"))
    where = [str(linked[0].id)]
    if len(linked) > 1:
        offered = [Option(EVERYWHERE, t("opinions-everywhere", count=len(linked)))]
        offered += [Option(str(place.id), place.title) for place in linked]
        where = [(yield from ask("where", t("opinions-ask-where"), choice(offered), named=t("opinions-named-where")))]
    places = tuple(place.id for place in linked) if where == [EVERYWHERE] else tuple(map(int, where))
    return Opinion(question, options, int(days), places)


async def asked(turn: Turn, press: AskOpinion, said: Opinion) -> Screen:
    """It goes out after the commit."""
    home = own_home(turn)
    poll = await opinions.begin(
        turn.db, home, said.question, said.options, said.days, said.places, turn.person, turn.roles, turn.now
    )
    return replace(await opinion_screen(turn, home, poll), lead=turn.t("opinions-asked"))


routes.form(AskOpinion, questions=questions, done=asked, title="opinions-new", right=Right.PUBLISH)
