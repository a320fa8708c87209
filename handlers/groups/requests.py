"""Whose group is it that the bot was added to, and do staff link it?"""

from actions import groups
from civic.groups import RequestState
from civic.people import Right
from civic.publications import PlaceKind
from handlers.groups.presses import (
    ApproveRequest,
    DeclineRequest,
    GreetGroup,
    GroupRequests,
    LookAtRequest,
    NameVillage,
    OpenRequest,
    SetPlaceVillage,
    WhoseIsPlace,
)
from handlers.publications.presses import OpenPlace, own_home
from handlers.ways import numbered, page_of, to_menu, to_tasks
from storage.groups import PlaceRequest, request_of, request_to, requests_waiting
from storage.municipalities import (
    Municipality,
    find_village,
    get_municipality,
    municipalities,
    municipality_count,
    villages,
)
from storage.publications import get_place
from storage.staff import name_of
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

LINK = "q"  # the letter of a deep link that opens one's own request
PAGE = 8
SIGNS = {
    RequestState.ASKED: "○",
    RequestState.WAITING: "⏳",
    RequestState.LINKED: "✓",
    RequestState.DECLINED: "✕",
    RequestState.REMOVED: "○",
    RequestState.EXPIRED: "○",
}
routes = Routes()
routes.link(LINK, numbered(OpenRequest))


def village_name(turn: Turn, home: Municipality, name: str | None) -> str:
    """The village, or that it is for the whole municipality."""
    return name if name is not None else turn.t(f"groups-whole-{home.kind}")


# --- whoever added the bot ---


@routes.press(GreetGroup, reads=True, statements=1)
async def greet(turn: Turn, press: GreetGroup) -> Screen:
    """Stands in the group itself, in Kyrgyz and Russian, for nobody has said what they read there; the act itself is
    done in private."""
    request = await request_of(turn.db, turn.person.id, press.request)
    said = [turn.words.speaker(language)("groups-greeting") for language in ("ky", "ru")]
    label = turn.words.speaker("ky")("groups-greeting-open")
    return Screen(
        text="\n\n".join(said), buttons=rows(Button(label, link=turn.links.deep(f"{LINK}{request.id}"))), fresh=True
    )


@routes.press(OpenRequest, reads=True, statements=5)
async def open_request(turn: Turn, press: OpenRequest) -> Screen:
    """My request: the question whose group it is, or what became of it."""
    request = await request_of(turn.db, turn.person.id, press.request)
    if request.state is RequestState.ASKED:
        return await _whose(turn, request, press.home)
    return await _outcome(turn, request)


async def _whose(turn: Turn, request: PlaceRequest, home_id: int | None) -> Screen:
    t, language = turn.t, turn.t.language
    home = turn.municipality if home_id is None else None
    if home_id:
        home = await get_municipality(turn.db, home_id)
    if home is None:
        homes = await municipalities(turn.db)
        ways = tuple(Button(each.name(language), OpenRequest(request.id, each.id)) for each in homes)
        text, note, other = t("groups-ask-home"), "", None
    else:
        places = await villages(turn.db, home.id)
        ways = (
            *(Button(each.name(language), NameVillage(request.id, home.id, each.id)) for each in places),
            Button(t(f"groups-whole-{home.kind}"), NameVillage(request.id, home.id)),
        )
        text, note = t("groups-ask-village"), home.name(language)
        several = await municipality_count(turn.db) > 1
        other = Button(t("groups-elsewhere"), OpenRequest(request.id, 0)) if several else None
    return Screen(
        title=request.title,
        icon="👥",
        text=text,
        note=note,
        choice=ways,
        buttons=rows(other, to_menu(turn)),
        at=OpenRequest(request.id, home_id),
    )


async def _outcome(turn: Turn, request: PlaceRequest) -> Screen:
    t, home = turn.t, None
    if request.municipality_id is not None:
        home = await get_municipality(turn.db, request.municipality_id)
    village = await find_village(turn.db, home.id, request.village_id) if home is not None else None
    named = village.name(t.language) if village is not None else None
    return Screen(
        title=request.title,
        icon="👥",
        state=f"{SIGNS[request.state]} {t(f'groups-state-{request.state}')}",
        facts=(Fact(t("groups-fact-whose"), village_name(turn, home, named)),) if home is not None else (),
        text=t(f"groups-means-{request.state}"),
        note=home.name(t.language) if home is not None else "",
        buttons=rows(to_menu(turn)),
        at=OpenRequest(request.id),
    )


@routes.press(NameVillage, reads=False, statements=12)
async def name_village(turn: Turn, press: NameVillage) -> Screen:
    """It goes to staff; the screen says that it waits."""
    request = await groups.name_village(turn.db, turn.person, press.request, press.home, press.village, turn.now)
    return await _outcome(turn, request)


# --- staff ---


@routes.press(GroupRequests, reads=True, statements=2, right=Right.PUBLISH)
async def waiting(turn: Turn, press: GroupRequests) -> Screen:
    """Every group that waits, the oldest first."""
    t, home = turn.t, own_home(turn)
    found = await requests_waiting(turn.db, home.id)
    shown, page, pages = page_of(len(found), press.page, PAGE)
    return Screen(
        title=t("groups-waiting-title", count=len(found)),
        icon="👥",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text="" if found else t("groups-waiting-none"),
        note=home.name(t.language),
        choice=tuple(Button(each.title, LookAtRequest(each.id)) for each in found[shown.start : shown.stop]),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), GroupRequests(page - 1)) if page > 0 else None,
            Button(t("kit-next"), GroupRequests(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(to_tasks(turn)),
        at=GroupRequests(page),
    )


@routes.press(LookAtRequest, reads=True, statements=4, right=Right.PUBLISH)
async def look(turn: Turn, press: LookAtRequest) -> Screen:
    """One group, and the two answers while it waits."""
    home = own_home(turn)
    return await request_screen(turn, home, await request_to(turn.db, home.id, press.request))


async def request_screen(turn: Turn, home: Municipality, request: PlaceRequest, lead: str = "") -> Screen:
    """A request as staff read it: whoever asks is no name here, for the group's members know them."""
    t = turn.t
    village = await find_village(turn.db, home.id, request.village_id)
    by = await name_of(turn.db, home.id, request.decided_by) if request.decided_by is not None else ""
    waits = request.state is RequestState.WAITING
    facts = (
        Fact(t("groups-fact-whose"), village_name(turn, home, village.name(t.language) if village else None)),
        Fact(t("groups-fact-asked"), t.moment(request.asked_at, home.time_zone)),
        Fact(t("groups-fact-name"), f"@{request.name}") if request.name else None,
        Fact(t("groups-fact-decided"), by) if by else None,
    )
    return Screen(
        lead=lead,
        title=request.title,
        icon="👥",
        state=f"{SIGNS[request.state]} {t(f'groups-state-{request.state}')}",
        facts=tuple(fact for fact in facts if fact is not None),
        text=t("groups-decide-text") if waits else "",
        note=home.name(t.language),
        buttons=rows(
            Button(f"✓ {t('groups-approve')}", ApproveRequest(request.id)) if waits else None,
            Button(f"✕ {t('groups-decline')}", DeclineRequest(request.id)) if waits else None,
            width=2,
        )
        + rows(
            Button(t("groups-open-place"), OpenPlace(request.place_id)) if request.place_id is not None else None,
            Button(t("groups-waiting"), GroupRequests()),
        ),
        at=LookAtRequest(request.id),
    )


@routes.press(ApproveRequest, reads=False, statements=12, right=Right.PUBLISH)
async def approve(turn: Turn, press: ApproveRequest) -> Screen:
    """Linked; the next step is on the group's own screen."""
    home = own_home(turn)
    request, _ = await groups.approve(turn.db, home, press.request, turn.person, turn.roles, turn.now)
    return await request_screen(turn, home, request, turn.t("groups-approved"))


@routes.press(DeclineRequest, reads=False, statements=12, right=Right.PUBLISH)
async def decline(turn: Turn, press: DeclineRequest) -> Screen:
    """Not linked."""
    home = own_home(turn)
    request = await groups.decline(turn.db, home, press.request, turn.person, turn.roles, turn.now)
    return await request_screen(turn, home, request, turn.t("groups-declined"))


# --- whose a linked place is ---


@routes.press(WhoseIsPlace, reads=True, statements=2, right=Right.PUBLISH)
async def whose_is_place(turn: Turn, press: WhoseIsPlace) -> Screen:
    """The villages to choose from."""
    t, home = turn.t, own_home(turn)
    place = await get_place(turn.db, home.id, press.place)
    named = [(each.id, each.name(t.language)) for each in await villages(turn.db, home.id)]
    options: list[tuple[int | None, str]] = [*named, (None, t(f"groups-whole-{home.kind}"))]
    return Screen(
        title=place.title,
        icon="📢" if place.kind == PlaceKind.CHANNEL else "👥",
        text=t("groups-whose-text"),
        note=home.name(t.language),
        choice=tuple(
            Button(f"✓ {name}" if number == place.village_id else name, SetPlaceVillage(place.id, number))
            for number, name in options
        ),
        buttons=rows(Button(t("kit-back"), OpenPlace(place.id))),
        at=WhoseIsPlace(place.id),
    )


@routes.press(SetPlaceVillage, reads=False, statements=9, right=Right.PUBLISH)
async def set_village(turn: Turn, press: SetPlaceVillage) -> Screen:
    """The place's own screen shows it."""
    place = await groups.set_village(turn.db, press.place, press.village, turn.person, turn.roles, turn.now)
    screen = await turn.go(turn, OpenPlace(place.id))
    return screen.with_alert(turn.t("groups-whose-set"))
