"""How is something proposed: on which issue, what, with photos and a voice note, where, for whom? What others proposed
already is shown first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from actions.proposals import sending, supporting
from civic.files import FileKind
from civic.people import refuse
from civic.proposals import LEAST, MOST, PHOTOS, ForWhom, why_cannot_propose, why_cannot_support
from civic.refusals import Reason, Refused
from handlers.answers import a_file, choice, words
from handlers.proposals.cards import ICONS, beginning, proposal_card
from handlers.proposals.presses import MakeProposal
from storage.issues import listed_issues
from storage.municipalities import Municipality, streets_of, villages
from storage.proposals import Proposal, get_proposal, similar_proposals
from talk.answers import Answer, Option, Stored, Unfit
from talk.form import Form, ask, ask_if_wanted, fetch
from talk.routes import Routes
from talk.screen import Ask, Screen
from talk.turn import Heard, Turn

routes = Routes()
OTHER, EVERYWHERE, POINT, OWN = "0", "0", "map", "own"
SIMILAR = 300  # characters of a proposal that is shown as a similar one


@dataclass(frozen=True)
class a_point(Answer[tuple[float, float]]):  # noqa: N801
    """A place on the map, sent by the messenger's own button."""

    asks: Ask | None = Ask.LOCATION

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        if heard.location is None or not all(map(math.isfinite, heard.location)):
            raise Refused(Reason.NEEDS_LOCATION)
        latitude, longitude = heard.location
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise Refused(Reason.NEEDS_LOCATION)
        return f"{latitude:.6f}, {longitude:.6f}"

    def value(self, stored: str) -> tuple[float, float]:
        try:
            latitude, longitude = map(float, stored.split(","))
        except ValueError:
            raise Unfit from None
        return latitude, longitude


@dataclass(frozen=True, slots=True)
class Told:
    """What the form gathered: a proposal, or another one to support instead."""

    said: sending.Said | None
    instead: int | None = None


def questions(turn: Turn, press: MakeProposal) -> Form[Told]:
    """Issue, text, what is like it, photos, voice, place, for whom."""
    t, home = turn.t, _home(turn)
    yield from fetch(lambda db: sending.check(db, turn.person, home, turn.now))
    issue = yield from _issue(turn, home, press.issue)
    text = yield from ask("text", t("proposals-ask-text"), words(min=LEAST, max=MOST), named=t("proposals-named-text"))
    instead = yield from _instead(turn, home, text, issue)
    if instead is not None:
        return Told(None, instead)
    photos = yield from _photos(turn)
    voice = yield from ask_if_wanted(
        "voice", t("proposals-ask-voice"), a_file(frozenset({FileKind.VOICE})), named=t("proposals-named-voice")
    )
    village, street, point = yield from _place(turn, home)
    whom = yield from ask(
        "whom",
        t("proposals-ask-whom"),
        choice([Option(each.value, t(f"proposals-for-{each}")) for each in ForWhom]),
        named=t("proposals-fact-for"),
    )
    return Told(sending.Said(text, t.language, issue, village, street, point, ForWhom(whom), photos, voice))


def _home(turn: Turn) -> Municipality:
    refuse(why_cannot_propose(turn.person))
    assert turn.municipality is not None
    return turn.municipality


def _issue(turn: Turn, home: Municipality, known: int | None) -> Form[int | None]:
    t = turn.t
    listed = yield from fetch(lambda db: listed_issues(db, home.id))
    if known is not None and any(each.id == known for each in listed):
        return known
    options = [Option(str(each.id), each.said("label", t.language)) for each in listed]
    options.append(Option(OTHER, t("proposals-other")))
    number = yield from ask("issue", t("proposals-ask-issue"), choice(options), named=t("proposals-fact-issue"))
    return int(number) or None


def _instead(turn: Turn, home: Municipality, text: str, issue: int | None) -> Form[int | None]:
    """Another proposal that says the same, if the person would rather support it."""
    t = turn.t
    like: Sequence[Proposal] = yield from fetch(
        lambda db: similar_proposals(db, home.id, text, issue_id=issue, besides=turn.person.id)
    )
    if not like:
        return None
    shown = "\n\n".join(
        f"{ICONS[each.state]} № {each.number} · {t('proposals-support-short', count=t.number(each.support_count))}\n"
        f"{beginning(each.text, SIMILAR)}"
        for each in like
    )
    options = [Option(OWN, t("proposals-own-anyway"))]
    options += [Option(str(each.id), t("proposals-support-that", number=each.number)) for each in like]
    chosen = yield from ask(
        "like", f"{t('proposals-ask-like')}\n\n{shown}", choice(options), named=t("proposals-named-like")
    )
    return None if chosen == OWN else int(chosen)


def _photos(turn: Turn) -> Form[tuple[str, ...]]:
    t, kept = turn.t, list[str]()
    for number in range(1, PHOTOS + 1):
        says = t("proposals-ask-photo") if number == 1 else t("proposals-ask-photo-more", left=PHOTOS - number + 1)
        key = yield from ask_if_wanted(
            f"photo-{number}",
            says,
            a_file(frozenset({FileKind.PICTURE}), words_to="text", most_words=MOST),
            named=t("proposals-named-photo", number=number),
        )
        if key is None:
            break
        kept.append(key)
    return tuple(kept)


def _place(turn: Turn, home: Municipality) -> Form[tuple[int | None, int | None, tuple[float, float] | None]]:
    t = turn.t
    places = yield from fetch(lambda db: villages(db, home.id))
    options = [
        Option(EVERYWHERE, t(f"proposals-everywhere-{home.kind}")),
        Option(POINT, t("proposals-point")),
        *(Option(str(each.id), each.name(t.language)) for each in places),
    ]
    place = yield from ask("place", t("proposals-ask-place"), choice(options), named=t("proposals-fact-place"))
    if place == POINT:
        point = yield from ask("point", t("proposals-ask-point"), a_point(), named=t("proposals-point"))
        return None, None, point
    if place == EVERYWHERE:
        return None, None, None
    village = int(place)
    listed = yield from fetch(lambda db: streets_of(db, village))
    if not listed:
        return village, None, None
    named = [Option(str(each.id), each.name(t.language)) for each in listed]
    street = yield from ask_if_wanted(
        "street", t("proposals-ask-street"), choice(named), named=t("proposals-named-street")
    )
    return village, int(street) if street is not None else None, None


async def done(turn: Turn, _: MakeProposal, told: Told) -> Screen:
    """Sent: its number and where it stands; or the other one is supported."""
    home = _home(turn)
    if told.said is None:
        return await _supported(turn, home, told.instead or 0)
    proposal = await sending.send(turn.db, turn.person, home, told.said, turn.now)
    await turn.db.flush()
    return await proposal_card(turn, proposal.id, lead=turn.t("proposals-sent", number=proposal.number))


async def _supported(turn: Turn, home: Municipality, number: int) -> Screen:
    """Supported at once, where nothing is missing for that; else the card, from where it is one tap."""
    proposal = await get_proposal(turn.db, home.id, number)
    if why_cannot_support(proposal, turn.person) is not None:
        return await proposal_card(turn, number, lead=turn.t("proposals-support-here"))
    try:
        async with turn.db.begin_nested():
            await supporting.support(turn.db, turn.person, number, turn.now)
    except Refused:  # the phone is counted already, or too many at once: the button says which
        return await proposal_card(turn, number, lead=turn.t("proposals-support-here"))
    return await proposal_card(turn, number, lead=turn.t("proposals-supported"))


routes.form(MakeProposal, questions=questions, done=done, title="proposals-make-title")
