"""Which channels and groups are linked, and what happens when the bot comes into one or goes?"""

from dataclasses import replace
from datetime import datetime, timedelta

from actions import groups, publications
from civic.municipalities import local
from civic.people import Right, may
from civic.publications import Channel, PlaceKind, is_behind
from civic.refusals import Reason, Refused
from handlers.groups.presses import GreetGroup, OpenRequest, PlaceCards, WhoseIsPlace
from handlers.opinions.presses import AskOpinion, Opinions
from handlers.publications.presses import (
    AskToPost,
    HowToLink,
    ListCard,
    OpenChannel,
    OpenPlace,
    PostList,
    RelinkPlace,
    SpeakThere,
    UnlinkPlace,
    own_home,
)
from handlers.ways import Publishing
from storage.changes import list_changed_at
from storage.municipalities import find_village
from storage.publications import (
    LinkedPlace,
    Publication,
    get_place,
    last_post,
    last_posts,
    lately_unlinked,
    linked_places,
    place_at,
)
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Links, Turn
from talk.words import LANGUAGES

BROKEN_SHOWN = timedelta(days=30)  # so long staff see that a place is linked no more
routes = Routes()


# --- the bot comes and goes ---


async def joined(turn: Turn) -> Screen:
    """The bot was added to a channel or group, got or lost a right there, or was taken out: staff's are linked to
    their municipality; whoever else did it gets one line at most, and only privately."""
    came = turn.heard.place
    assert came is not None
    messenger = turn.account.messenger
    if came.kind == PlaceKind.MOVED:
        await publications.moved(turn.db, messenger, came.address, came.name, turn.now)
        await groups.moved(turn.db, messenger, came.address, came.name, turn.now)
        return Screen()
    place = await place_at(turn.db, messenger, came.address)
    if came.kind == PlaceKind.LEFT or not came.may_post:
        return await _gone(turn, place)
    home = turn.municipality
    try:
        if home is None or not may(turn.roles, Right.PUBLISH):
            raise Refused(Reason.NOT_YOURS)
        async with turn.db.begin_nested():
            linked, new = await publications.link_place(
                turn.db,
                home,
                turn.person,
                turn.roles,
                turn.now,
                messenger=messenger,
                address=came.address,
                kind=came.kind,
                title=came.title,
                name=came.name,
            )
    except Refused as no:
        if no.reason is Reason.NOT_YOURS:
            return Screen() if place is not None else await _by_neighbour(turn)
        if no.reason is not Reason.TAKEN:
            raise
        return Screen(text=turn.t("refusal-taken"), fresh=True)
    await groups.linked(turn.db, linked, turn.person, turn.now)
    screen = await place_screen(turn, linked)
    return replace(screen, lead=turn.t("publications-joined" if new else "publications-joined-already"), fresh=True)


async def _by_neighbour(turn: Turn) -> Screen:
    """Somebody who is not staff added it: of a group they say whose it is, and staff decide. Whoever never wrote to
    the bot cannot be written to: the way stands in the group itself (bot/telegram/deliver.py)."""
    came = turn.heard.place
    assert came is not None
    if came.kind != PlaceKind.GROUP:
        return Screen(text=turn.t("publications-joined-not-staff"), fresh=True)
    request = await groups.ask(
        turn.db,
        turn.person,
        turn.now,
        messenger=turn.account.messenger,
        address=came.address,
        title=came.title,
        name=came.name,
    )
    if request is None:
        return Screen()
    known = turn.account.at is not None
    screen = await turn.go(turn, OpenRequest(request.id) if known else GreetGroup(request.id))
    return replace(screen, fresh=True)


async def _gone(turn: Turn, place: LinkedPlace | None) -> Screen:
    """It may not post there (any more): what was linked is linked no more, and staff read what to press."""
    came, t = turn.heard.place, turn.t
    assert came is not None
    if place is not None:
        publications.lost(turn.db, place, turn.now)
    await groups.removed(turn.db, turn.account.messenger, came.address, turn.now)
    own = turn.municipality is not None and may(turn.roles, Right.PUBLISH)
    own = own and (place is None or place.municipality_id == turn.person.municipality_id)
    if not own or (place is None and came.kind == PlaceKind.LEFT):
        return Screen()
    if came.kind == PlaceKind.LEFT:
        return Screen(
            title=came.title,
            text=t("publications-left"),
            buttons=rows(Button(t("publications-how-to-link"), HowToLink()), _to_publishing(turn)),
            fresh=True,
        )
    words = t(
        "publications-needs-right-channel" if came.kind == PlaceKind.CHANNEL else "publications-needs-right-group"
    )
    return Screen(title=came.title, icon="⚠️", text=words, buttons=rows(_to_publishing(turn)), fresh=True)


routes.joined = joined


def _to_publishing(turn: Turn) -> Button:
    return Button(turn.t("publications-title"), Publishing())


# --- one place ---


@routes.press(OpenPlace, reads=True, statements=4, right=Right.PUBLISH)
async def open_place(turn: Turn, press: OpenPlace) -> Screen:
    """A linked channel or group."""
    return await place_screen(turn, await get_place(turn.db, own_home(turn).id, press.place))


async def place_screen(turn: Turn, place: LinkedPlace) -> Screen:
    """A linked channel or group: whether the list stands there as it is now, and what can be done."""
    t = turn.t
    last = await last_post(turn.db, place.id)
    changed = await list_changed_at(turn.db, place.municipality_id)
    village = await find_village(turn.db, place.municipality_id, place.village_id)
    channel = place.kind == PlaceKind.CHANNEL
    post = t("publications-post-now" if last is None else "publications-post-again")
    facts = (
        Fact(t("publications-fact-kind"), t("publications-kind-channel" if channel else "publications-kind-group")),
        Fact(t("publications-fact-language"), turn.words.speaker(place.language)("kit-language-name")),
        Fact(t("publications-fact-village"), village.name(t.language)) if village is not None else None,
        Fact(t("publications-fact-posted"), t.day(last.on)) if last is not None else None,
        Fact(t("publications-fact-link"), last.link) if last is not None and last.link else None,
    )
    return Screen(
        title=place.title,
        icon=icon_of(place),
        state=state_words(turn, last, changed),
        facts=tuple(fact for fact in facts if fact is not None),
        text="" if channel else t("publications-group-pins"),
        buttons=(
            *rows(Button(post, PostList(place.id))),
            *rows(
                *(
                    Button(turn.words.speaker(other)("kit-language-name"), SpeakThere(place.id, other))
                    for other in LANGUAGES
                    if other != place.language
                ),
                width=2,
            ),
            *rows(
                Button(t("groups-cards"), PlaceCards(place.id)),
                Button(t("opinions-new"), AskOpinion(place.id)),
                Button(t("groups-whose"), WhoseIsPlace(place.id)),
                Button(t("publications-unlink"), UnlinkPlace(place.id)),
                to_social(turn),
            ),
        ),
        at=OpenPlace(place.id),
    )


def icon_of(place: LinkedPlace) -> str:
    """The sign of a channel or a group."""
    return "📢" if place.kind == PlaceKind.CHANNEL else "👥"


def state_words(turn: Turn, last: Publication | None, changed: datetime | None) -> str:
    """In one line: whether the list stands there, and whether as it is now."""
    if last is None:
        return f"⚠️ {turn.t('publications-place-empty')}"
    if is_behind(last.list_of, changed):
        return f"⚠️ {turn.t('publications-behind')}"
    return f"✓ {turn.t('publications-current')}"


def to_social(turn: Turn) -> Button:
    """The way back to all channels and groups."""
    return Button(turn.t("kit-back"), OpenChannel(Channel.SOCIAL))


@routes.press(UnlinkPlace, reads=False, statements=4, right=Right.PUBLISH)
async def unlink(turn: Turn, press: UnlinkPlace) -> Screen:
    """Nothing is posted there any more; what stands there stays. It can be undone."""
    place = await get_place(turn.db, own_home(turn).id, press.place)
    publications.unlink_place(turn.db, place, turn.person, turn.roles, turn.now)
    t = turn.t
    return Screen(
        title=place.title,
        icon=icon_of(place),
        text=t("publications-unlinked"),
        buttons=rows(Button(t("kit-undo"), RelinkPlace(place.id)), to_social(turn)),
    )


@routes.press(RelinkPlace, reads=False, statements=8, right=Right.PUBLISH)
async def relink(turn: Turn, press: RelinkPlace) -> Screen:
    """Linked again, as it was."""
    place = await publications.relink_place(turn.db, press.place, turn.person, turn.roles, turn.now)
    return (await place_screen(turn, place)).with_alert(turn.t("publications-relinked"))


@routes.press(SpeakThere, reads=False, statements=6, right=Right.PUBLISH)
async def speak_there(turn: Turn, press: SpeakThere) -> Screen:
    """Another language for the posts there, from the next one on."""
    place = await get_place(turn.db, own_home(turn).id, press.place)
    publications.set_language(place, press.language, turn.person, turn.roles)
    return (await place_screen(turn, place)).with_alert(turn.t("publications-language-set"))


@routes.press(HowToLink, reads=True, statements=0, right=Right.PUBLISH)
async def how_to_link(turn: Turn, _: HowToLink) -> Screen:
    """The steps in words: whoever can forward a message can do them, in Telegram, also who reads this elsewhere."""
    t, there = turn.t, next((each for each in (turn.links, *turn.links.elsewhere) if type(each) is Links), None)
    if there is None:
        back = rows(to_social(turn))
        return Screen(
            title=t("publications-how-title"), text=t("publications-how-nowhere"), buttons=back, at=HowToLink()
        )
    to_bot = f"https://t.me/{there.bot}"
    return Screen(
        title=t("publications-how-title"),
        text=t("publications-how-text", bot=f"@{there.bot}"),
        buttons=rows(
            Button(t("publications-add-channel"), link=f"{to_bot}?startchannel&admin=post_messages+edit_messages"),
            Button(t("publications-add-group"), link=f"{to_bot}?startgroup&admin=pin_messages"),
            to_social(turn),
        ),
        at=HowToLink(),
    )


# --- all of them ---


async def social_screen(turn: Turn) -> Screen:
    """The linked channels and groups, each with its state; what broke lately is said."""
    t, home = turn.t, own_home(turn)
    places = await linked_places(turn.db, home.id)
    posts = await last_posts(turn.db, home.id)
    changed = await list_changed_at(turn.db, home.id)
    broken = await lately_unlinked(turn.db, home.id, turn.now - BROKEN_SHOWN)
    lines = [
        f"{icon_of(place)} {place.title}\n{state_words(turn, posts.get(place.id), changed)}" for place in places
    ] or [t("publications-none-linked")]
    lines += [
        t("publications-broken", title=place.title, on=t.day(local(place.unlinked_at, home.time_zone).date()))
        for place in broken
        if place.unlinked_at is not None
    ]
    return Screen(
        title=t("publications-social-title"),
        icon="📢",
        text="\n\n".join(lines),
        note=home.name(t.language),
        choice=tuple(Button(place.title, OpenPlace(place.id)) for place in places),
        buttons=rows(
            Button(t("publications-post-all"), AskToPost()) if places else None,
            Button(t("publications-how-to-link"), HowToLink()),
            Button(t("opinions-title"), Opinions()) if places or broken else None,
            Button(t("publications-card"), ListCard()),
            Button(t("kit-back"), Publishing()),
        ),
        at=OpenChannel(Channel.SOCIAL),
    )


@routes.press(AskToPost, reads=True, statements=2, right=Right.PUBLISH)
async def ask_to_post(turn: Turn, _: AskToPost) -> Screen:
    """Many people will see it: in how many places, and whether an old post is changed or a new one appears."""
    t, home = turn.t, own_home(turn)
    places = await linked_places(turn.db, home.id)
    channels = sum(place.kind == PlaceKind.CHANNEL for place in places)
    fresh = sum(place.post is None for place in places)
    return Screen(
        title=t("publications-ask-title"),
        text=t("publications-ask-text", channels=channels, groups=len(places) - channels),
        facts=(
            Fact(t("publications-ask-new"), str(fresh)),
            Fact(t("publications-ask-changed"), str(len(places) - fresh)),
        ),
        buttons=rows(Button(t("publications-ask-yes"), PostList()) if places else None, to_social(turn)),
        at=AskToPost(),
    )


@routes.press(PostList, reads=False, statements=5, right=Right.PUBLISH)
async def post_list(turn: Turn, press: PostList) -> Screen:
    """Posted after the commit, by the postman; the screen says where to."""
    home = own_home(turn)
    if press.place is not None:
        await get_place(turn.db, home.id, press.place)
    count = await publications.post_list(turn.db, home, turn.person, turn.roles, turn.now, only=press.place)
    t = turn.t
    again = OpenChannel(Channel.SOCIAL) if press.place is None else OpenPlace(press.place)
    return Screen(
        title=t("publications-posting-title"),
        text=t("publications-posting-text", count=count),
        buttons=rows(Button(t("publications-look"), again), _to_publishing(turn)),
    )
