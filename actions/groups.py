"""How does a group come to be linked to a village? Whoever added the bot asks, staff decide."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, outbox, publications
from civic.events import Event
from civic.groups import (
    DAY,
    REQUEST_STANDS,
    REQUESTS_A_DAY,
    RequestState,
    why_cannot_ask,
    why_cannot_decide,
    why_cannot_name,
)
from civic.people import RIGHTS, Right, Role, refuse, why_not_may
from civic.publications import PlaceKind
from civic.refusals import Reason, Refused
from civic.spelling import clean
from storage.groups import (
    PlaceRequest,
    asked_since,
    close_request,
    name_request,
    open_request_at,
    put_request,
    request_of,
    request_to,
    requests_before,
)
from storage.municipalities import Municipality, find_village, get_municipality, get_village
from storage.people import Messenger, Person
from storage.publications import LinkedPlace, get_place
from storage.staff import holders

_MAY_PUBLISH = [role for role in Role if Right.PUBLISH in RIGHTS[role]]


async def ask(
    db: AsyncSession, person: Person, now: datetime, *, messenger: Messenger, address: str, title: str, name: str
) -> PlaceRequest | None:
    """The bot was added to a group by somebody who is not staff: they are to say whose group it is. Gives the request;
    None when one is open already. Refused(TOO_MANY_GROUPS)."""
    if await open_request_at(db, messenger, address) is not None:
        return None
    refuse(why_cannot_ask(await asked_since(db, person.id, now - DAY)), most=REQUESTS_A_DAY)
    await db.flush()
    number = await put_request(
        db,
        messenger=messenger,
        address=address,
        title=clean(title)[:255],
        name=name[:64],
        person_id=person.id,
        asked_at=now,
        state=RequestState.ASKED,
    )
    if number is None:
        return None
    journal.write(db, Event.PLACE_ASKED, now, municipality=person.municipality_id, actor=person.id, object_id=number)
    return await request_of(db, person.id, number)


async def name_village(
    db: AsyncSession, person: Person, number: int, home_id: int, village_id: int | None, now: datetime
) -> PlaceRequest:
    """Whoever asked says whose group it is, once: of a village, or of the whole municipality. Its staff get a letter;
    what they look at does not change under their hands, nor are those of one municipality after another asked.
    Refused: NOT_FOUND for somebody else's request and a village of another municipality, DECIDED_ALREADY,
    NEEDS_CONSENT."""
    request = await request_of(db, person.id, number)
    refuse(why_cannot_name(person, request.state))
    if request.state is RequestState.WAITING:
        return request
    home = await get_municipality(db, home_id)
    village = await get_village(db, home.id, village_id) if village_id is not None else None
    if not await name_request(db, request, home.id, village.id if village is not None else None, now):
        raise Refused(Reason.DECIDED_ALREADY)
    await outbox.post(
        db,
        await holders(db, home.id, _MAY_PUBLISH),
        "group-asks",
        once=f"group-asks:{request.id}:{home.id}",
        municipality=home.id,
        now=now,
        request=request.id,
    )
    return request


def _may(by: Person, roles: frozenset[Role], municipality_id: int | None) -> None:
    refuse(why_not_may(roles, Right.PUBLISH))
    if municipality_id is None or by.municipality_id != municipality_id:
        raise Refused(Reason.NOT_FOUND)


async def approve(
    db: AsyncSession, home: Municipality, number: int, by: Person, roles: frozenset[Role], now: datetime
) -> tuple[PlaceRequest, LinkedPlace]:
    """The group is linked; whoever asked is told. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY, TAKEN when another
    municipality linked it meanwhile."""
    _may(by, roles, home.id)
    request = await request_to(db, home.id, number)
    refuse(why_cannot_decide(request.state))
    village = await find_village(db, home.id, request.village_id)  # it may have been removed since
    place, _ = await publications.link_place(
        db,
        home,
        by,
        roles,
        now,
        messenger=request.messenger,
        address=request.address,
        kind=PlaceKind.GROUP,
        title=request.title,
        name=request.name,
        village=village.id if village is not None else None,
    )
    await _close(db, request, RequestState.LINKED, by, now, place=place.id)
    return request, place


async def decline(
    db: AsyncSession, home: Municipality, number: int, by: Person, roles: frozenset[Role], now: datetime
) -> PlaceRequest:
    """The group is not linked; whoever asked is told. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY."""
    _may(by, roles, home.id)
    request = await request_to(db, home.id, number)
    refuse(why_cannot_decide(request.state))
    await _close(db, request, RequestState.DECLINED, by, now)
    journal.write(db, Event.PLACE_DECLINED, now, municipality=home.id, actor=by.id, object_id=request.id)
    return request


async def _close(
    db: AsyncSession,
    request: PlaceRequest,
    state: RequestState,
    by: Person,
    now: datetime,
    *,
    place: int | None = None,
) -> None:
    if not await close_request(db, request, state, now, by=by.id, place=place, waiting=True):
        raise Refused(Reason.DECIDED_ALREADY)  # by a colleague, at this very moment
    await _tell(db, request, now)


async def _tell(db: AsyncSession, request: PlaceRequest, now: datetime) -> None:
    person = await db.get(Person, request.person_id) if request.person_id is not None else None
    if person is not None and request.municipality_id is not None:
        await outbox.post(
            db,
            [person],
            "group-decided",
            once=f"group-decided:{request.id}",
            municipality=request.municipality_id,
            now=now,
            request=request.id,
        )


async def linked(db: AsyncSession, place: LinkedPlace, by: Person, now: datetime) -> None:
    """Staff linked the group themselves: what somebody asked for it is done with."""
    request = await open_request_at(db, place.messenger, place.address)
    if request is None:
        return
    if request.municipality_id == place.municipality_id and place.village_id is None:
        place.village_id = request.village_id
    if await close_request(db, request, RequestState.LINKED, now, by=by.id, place=place.id):
        request.municipality_id = place.municipality_id
        await _tell(db, request, now)


async def removed(db: AsyncSession, messenger: Messenger, address: str, now: datetime) -> None:
    """The bot was taken out of the group, or may not write in it: what was asked is over."""
    request = await open_request_at(db, messenger, address)
    if request is not None:
        await close_request(db, request, RequestState.REMOVED, now)


async def moved(db: AsyncSession, messenger: Messenger, address: str, to: str, now: datetime) -> None:
    """The group has another address from now on; what was asked for it stands."""
    request = await open_request_at(db, messenger, address)
    if request is None:
        return
    if await open_request_at(db, messenger, to) is not None:
        await close_request(db, request, RequestState.REMOVED, now)
        return
    request.address = to


async def expire(db: AsyncSession, now: datetime) -> int:
    """Requests that nobody decided for two weeks are over, and whoever asked is told; gives how many."""
    over = await requests_before(db, now - REQUEST_STANDS)
    for request in over:
        if await close_request(db, request, RequestState.EXPIRED, now):
            await _tell(db, request, now)
    return len(over)


async def set_village(
    db: AsyncSession, place_id: int, village_id: int | None, by: Person, roles: frozenset[Role], now: datetime
) -> LinkedPlace:
    """The linked channel or group is that village's, or the whole municipality's. Refused: NOT_YOURS, NOT_FOUND."""
    refuse(why_not_may(roles, Right.PUBLISH))
    place = await get_place(db, by.municipality_id, place_id)
    village = await get_village(db, place.municipality_id, village_id) if village_id is not None else None
    place.village_id = village.id if village is not None else None
    journal.write(db, Event.PLACE_VILLAGE_SET, now, municipality=place.municipality_id, actor=by.id, object_id=place.id)
    return place
