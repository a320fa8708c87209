"""Which petitions and proposals stand as a card in a channel or group, and what does a card say?"""

from dataclasses import replace
from typing import Any

from actions import cards
from civic.cards import CardKind, petition_counter, proposal_counter
from civic.people import Right
from civic.petitions import PetitionKind, State, goal, hides_text
from handlers.groups.presses import (
    ChooseCard,
    LookAtCard,
    OpenCard,
    PlaceCards,
    PlacesForCard,
    PutCard,
    PutCardBack,
    TakeCardDown,
)
from handlers.petitions.cards import SIGNS, counted, name_of_petition, payload_of
from handlers.petitions.cards import state_line as where_petition_stands
from handlers.petitions.presses import OpenPetition
from handlers.proposals.cards import ICONS, beginning
from handlers.proposals.cards import state_line as where_proposal_stands
from handlers.proposals.presses import OpenProposal
from handlers.publications.places import icon_of
from handlers.publications.presses import HowToLink, OpenPlace, own_home
from handlers.ways import page_of
from storage.cards import Card, cards_at, get_card, petitions_to_put, proposals_to_put
from storage.municipalities import Municipality, get_municipality
from storage.petitions import Petition, get_petition
from storage.proposals import Proposal, get_proposal
from storage.publications import LinkedPlace, get_place, linked_places
from talk.routes import Routes
from talk.screen import Bar, Button, Fact, Screen, rows
from talk.turn import Turn

PAGE = 8
EXCERPT = 240  # characters of what is demanded or proposed: the whole is one tap away
NOBODY = "\u2060"  # a word joiner, so that «@name» in somebody's text calls nobody in the group
routes = Routes()


# --- what stands in the channel or group ---


@routes.letter("group-card")
async def in_group(turn: Turn, arguments: dict[str, Any]) -> Screen:
    """The card as everybody there reads it, with the way to the bot, where the act itself is done."""
    card = await get_card(turn.db, turn.person.municipality_id, int(arguments["card"]))
    home = await get_municipality(turn.db, card.municipality_id)
    if card.down_at is not None:
        return Screen(text=turn.t("groups-card-gone"), note=home.name(turn.t.language))
    return await _card(turn, home, card.kind, card.object_id)


async def _card(turn: Turn, home: Municipality, kind: CardKind, number: int) -> Screen:
    if kind is CardKind.PROPOSAL:
        return _of_proposal(turn, home, await get_proposal(turn.db, home.id, number))
    return _of_petition(turn, home, await get_petition(turn.db, home.id, number))


def _of_petition(turn: Turn, home: Municipality, petition: Petition) -> Screen:
    t, counter = turn.t, petition_counter(petition, turn.today)
    hidden, late = hides_text(petition), counter.days is not None and counter.days < 0
    signs = petition.kind is PetitionKind.PETITION and not (counter.over or late or hidden)
    state = (
        f"{SIGNS[State.ENDED]} {t('groups-card-late')}" if late else where_petition_stands(turn, petition, turn.today)
    )
    return Screen(
        title=_said(name_of_petition(turn, petition)),
        icon="✍️",
        state=state,
        facts=(Fact(t("petitions-fact-counted"), _count(turn, petition)),),
        bar=Bar(petition.count, goal(petition.thresholds, petition.count)) if petition.thresholds else None,
        text=t("petitions-hidden") if hidden else _said(beginning(petition.demand, EXCERPT)),
        note=f"{t('petitions-number', number=petition.id)} · {home.name(t.language)}",
        buttons=rows(
            Button(t("groups-card-sign" if signs else "groups-card-read"), link=turn.links.deep(payload_of(petition)))
        ),
    )


def _count(turn: Turn, petition: Petition) -> str:
    return counted(turn, petition) if petition.on_paper else turn.t.number(petition.count)


def _of_proposal(turn: Turn, home: Municipality, proposal: Proposal) -> Screen:
    t, counter = turn.t, proposal_counter(proposal)
    return Screen(
        title=t("proposals-title", number=proposal.number),
        icon="💡",
        state=where_proposal_stands(turn, proposal),
        facts=(
            Fact(t("proposals-fact-support"), t("proposals-support-count", count=t.number(proposal.support_count))),
        ),
        text=t("proposals-hidden") if counter.hidden else _said(beginning(proposal.text, EXCERPT)),
        note=home.name(t.language),
        buttons=rows(
            Button(
                t("groups-card-read" if counter.over or counter.hidden else "groups-card-support"),
                link=turn.links.deep(f"s{proposal.id}"),
            )
        ),
    )


def _said(words: str) -> str:
    return words.replace("@", f"@{NOBODY}")


# --- what staff do with it ---


@routes.press(PlaceCards, reads=True, statements=5, right=Right.PUBLISH)
async def place_cards(turn: Turn, press: PlaceCards) -> Screen:
    """The cards there, the newest first."""
    home = own_home(turn)
    place = await get_place(turn.db, home.id, press.place)
    return await _list(turn, home, place)


async def _list(turn: Turn, home: Municipality, place: LinkedPlace) -> Screen:
    t = turn.t
    standing = await cards_at(turn.db, home.id, place.id)
    return Screen(
        title=place.title,
        icon=icon_of(place),
        text=t("groups-cards-text") if standing else f"{t('groups-cards-none')}\n\n{t('groups-cards-text')}",
        choice=tuple(
            Button(_label(turn, petition, proposal), OpenCard(card.id)) for card, petition, proposal in standing
        ),
        buttons=rows(
            Button(f"➕ {t('groups-card-new')}", ChooseCard(place.id)), Button(t("kit-back"), OpenPlace(place.id))
        ),
        at=PlaceCards(place.id),
    )


def _label(turn: Turn, petition: Petition | None, proposal: Proposal | None) -> str:
    t = turn.t
    if petition is not None:
        return f"✍️ {name_of_petition(turn, petition)} · {t.number(petition.count)}"
    assert proposal is not None
    words = "" if proposal.hidden_at is not None else beginning(proposal.text, 40)
    return f"{ICONS[proposal.state]} № {proposal.number} {words} · {t.number(proposal.support_count)}"


@routes.press(ChooseCard, reads=True, statements=5, right=Right.PUBLISH)
async def choose(turn: Turn, press: ChooseCard) -> Screen:
    """Petitions first, then proposals, those with the most people behind them on top."""
    t, home = turn.t, own_home(turn)
    place = await get_place(turn.db, home.id, press.place)
    ways = [
        *(
            Button(_label(turn, petition, None), LookAtCard(place.id, CardKind.PETITION, petition.id))
            for petition in await petitions_to_put(turn.db, home.id, place.id, turn.now)
            if petition.closes_on is None or petition.closes_on >= turn.today
        ),
        *(
            Button(_label(turn, None, proposal), LookAtCard(place.id, CardKind.PROPOSAL, proposal.id))
            for proposal in await proposals_to_put(turn.db, home.id, place.id)
        ),
    ]
    shown, page, pages = page_of(len(ways), press.page, PAGE)
    return Screen(
        title=place.title,
        icon=icon_of(place),
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text=t("groups-card-choose" if ways else "groups-card-choose-none"),
        choice=tuple(ways[shown.start : shown.stop]),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), ChooseCard(place.id, page - 1)) if page > 0 else None,
            Button(t("kit-next"), ChooseCard(place.id, page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(Button(t("kit-back"), PlaceCards(place.id))),
        at=ChooseCard(place.id, page),
    )


@routes.press(PlacesForCard, reads=True, statements=4, right=Right.PUBLISH)
async def places_for_card(turn: Turn, press: PlacesForCard) -> Screen:
    """From the thing itself: where it should stand."""
    t, home = turn.t, own_home(turn)
    seen = await _card(turn, home, press.kind, press.number)
    places = await linked_places(turn.db, home.id)
    back = OpenPetition(press.number) if press.kind is CardKind.PETITION else OpenProposal(press.number)
    return Screen(
        title=seen.title,
        icon=seen.icon,
        text=t("groups-card-where" if places else "publications-none-linked"),
        note=seen.note,
        choice=tuple(
            Button(f"{icon_of(place)} {place.title}", LookAtCard(place.id, press.kind, press.number))
            for place in places
        ),
        buttons=rows(
            None if places else Button(t("publications-how-to-link"), HowToLink()), Button(t("kit-back"), back)
        ),
        at=press,
    )


@routes.press(LookAtCard, reads=True, statements=4, right=Right.PUBLISH)
async def look(turn: Turn, press: LookAtCard) -> Screen:
    """The card as it would stand there, in the language of the place, before many people see it."""
    home = own_home(turn)
    place = await get_place(turn.db, home.id, press.place)
    t = turn.t
    turn.speak(place.language)
    seen = await _card(turn, home, press.kind, press.number)
    turn.t = t
    put = PutCard(place.id, press.kind, press.number)
    return replace(
        seen,
        lead=t("groups-card-preview", place=place.title),
        buttons=rows(Button(f"✓ {t('groups-card-put')}", put), Button(t("kit-back"), ChooseCard(place.id))),
        at=press,
    )


@routes.press(PutCard, reads=False, statements=12, right=Right.PUBLISH)
async def put(turn: Turn, press: PutCard) -> Screen:
    """It is posted after the commit; the screen is the card's own."""
    home = own_home(turn)
    card = await cards.put(turn.db, home, press.place, press.kind, press.number, turn.person, turn.roles, turn.now)
    return await _one(turn, home, card, lead=turn.t("groups-card-put-done"))


@routes.press(OpenCard, reads=True, statements=4, right=Right.PUBLISH)
async def open_card(turn: Turn, press: OpenCard) -> Screen:
    """A card as it stands there, and how to take it away."""
    home = own_home(turn)
    return await _one(turn, home, await get_card(turn.db, home.id, press.card))


async def _one(turn: Turn, home: Municipality, card: Card, lead: str = "") -> Screen:
    t = turn.t
    place = await get_place(turn.db, home.id, card.place_id)
    seen = await _card(turn, home, card.kind, card.object_id)
    down = card.down_at is not None
    return replace(
        seen,
        lead=lead or t("groups-card-is-down" if down else "groups-card-stands", place=place.title),
        buttons=rows(
            Button(t("kit-undo"), PutCardBack(card.id))
            if down
            else Button(t("groups-card-down"), TakeCardDown(card.id)),
            Button(t("groups-cards"), PlaceCards(place.id)),
        ),
        at=OpenCard(card.id),
    )


@routes.press(TakeCardDown, reads=False, statements=10, right=Right.PUBLISH)
async def take_down(turn: Turn, press: TakeCardDown) -> Screen:
    """It goes after the commit; it can be put back."""
    home = own_home(turn)
    card = await cards.take_down(turn.db, press.card, turn.person, turn.roles, turn.now)
    return await _one(turn, home, card, lead=turn.t("groups-card-down-done"))


@routes.press(PutCardBack, reads=False, statements=12, right=Right.PUBLISH)
async def put_back(turn: Turn, press: PutCardBack) -> Screen:
    """The same stands there again, as a new message."""
    home = own_home(turn)
    card = await cards.put_back(turn.db, home, press.card, turn.person, turn.roles, turn.now)
    return await _one(turn, home, card, lead=turn.t("groups-card-put-done"))


@routes.letter("card-vanished")
async def vanished(turn: Turn, arguments: dict[str, Any]) -> Screen | None:
    """Somebody deleted a card in the group: staff may put it back, and nothing comes back by itself."""
    home = own_home(turn)
    card = await get_card(turn.db, home.id, int(arguments["card"]))
    place = await get_place(turn.db, home.id, card.place_id)
    seen = await _card(turn, home, card.kind, card.object_id)
    t = turn.t
    return Screen(
        title=t("groups-card-vanished"),
        icon="👥",
        text=t("groups-card-vanished-text"),
        facts=(Fact(t("groups-fact-group"), place.title), Fact(t("groups-card-what"), seen.title)),
        note=home.name(t.language),
        buttons=rows(
            Button(t("groups-card-put-back"), PutCardBack(card.id)), Button(t("groups-cards"), PlaceCards(place.id))
        ),
    )
