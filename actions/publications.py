"""Where is the list published? Channels and groups are linked, publications are noted. (Typical Plan 2.2)"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, opinions, outbox
from civic.events import Event
from civic.issues import renew_until
from civic.municipalities import local
from civic.people import Right, Role, refuse, why_not_may
from civic.publications import Channel, must_follow
from civic.refusals import Reason, Refused
from civic.spelling import clean
from storage.cards import left_behind
from storage.changes import last_changes, list_changed_at
from storage.issues import renewal_days
from storage.municipalities import Municipality
from storage.opinions import standing_in
from storage.outbox import Letter
from storage.people import Messenger, Person, set_loaded
from storage.publications import (
    LinkedPlace,
    Publication,
    get_place,
    last_post,
    linked_places,
    place_at,
    place_lately_at,
    place_once_at,
    places_told,
)

LIST_POST = "list-post"  # the letter that holds the list
LANGUAGES = ("ky", "ru", "en")
WHERE_LIMIT = 200
MOVES_WITHIN = timedelta(minutes=10)


def _may_publish(municipality_id: int, by: Person, roles: frozenset[Role]) -> None:
    """NOT_YOURS without the right, NOT_FOUND for whatever belongs to another municipality."""
    refuse(why_not_may(roles, Right.PUBLISH))
    if by.municipality_id != municipality_id:
        raise Refused(Reason.NOT_FOUND)


async def link_place(
    db: AsyncSession,
    home: Municipality,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
    *,
    messenger: Messenger,
    address: str,
    kind: str,
    title: str,
    name: str,
    village: int | None = None,
) -> tuple[LinkedPlace, bool]:
    """Links a channel or group to the municipality (to one of its villages); gives it and whether it is new. Refused:
    NOT_YOURS, NOT_FOUND, TAKEN when another municipality has linked it."""
    _may_publish(home.id, by, roles)
    place = await place_at(db, messenger, address)
    if place is not None and place.municipality_id != home.id:
        raise Refused(Reason.TAKEN)
    new = place is None
    if place is None:
        # one that comes back keeps its pinned post, so that the list does not stand there twice
        place = await place_once_at(db, home.id, messenger, address)
        if place is None:
            place = LinkedPlace(municipality_id=home.id, messenger=messenger, address=address, language="ky")
            db.add(place)
        place.linked_at, place.linked_by, place.unlinked_at = now, by.id, None
    place.kind, place.title, place.name = kind, clean(title)[:255], name[:64]
    place.village_id = place.village_id if village is None else village
    await db.flush()
    if new:
        journal.write(db, Event.PLACE_LINKED, now, municipality=home.id, actor=by.id, object_id=place.id, kind=kind)
    return place, new


def unlink_place(db: AsyncSession, place: LinkedPlace, by: Person, roles: frozenset[Role], now: datetime) -> None:
    """Nothing is posted there any more. Refused: NOT_YOURS, NOT_FOUND."""
    _may_publish(place.municipality_id, by, roles)
    place.unlinked_at = now
    journal.write(
        db, Event.PLACE_UNLINKED, now, municipality=place.municipality_id, actor=by.id, object_id=place.id, how="staff"
    )


async def relink_place(
    db: AsyncSession, place_id: int, by: Person, roles: frozenset[Role], now: datetime
) -> LinkedPlace:
    """Undoes an unlinking. Refused: NOT_YOURS, NOT_FOUND, TAKEN when another municipality linked it meanwhile."""
    refuse(why_not_may(roles, Right.PUBLISH))
    place = await get_place(db, by.municipality_id, place_id, linked=False)
    if await place_at(db, place.messenger, place.address) is not None:
        raise Refused(Reason.TAKEN)
    place.unlinked_at = None
    journal.write(
        db,
        Event.PLACE_LINKED,
        now,
        municipality=place.municipality_id,
        actor=by.id,
        object_id=place.id,
        kind=place.kind,
    )
    return place


def set_language(place: LinkedPlace, language: str, by: Person, roles: frozenset[Role]) -> None:
    """The language of the next post there. Refused: NOT_YOURS, NOT_FOUND."""
    refuse(why_not_may(roles, Right.PUBLISH))
    if place.municipality_id != by.municipality_id or language not in LANGUAGES:
        raise Refused(Reason.NOT_FOUND)
    place.language = language


def lost(db: AsyncSession, place: LinkedPlace, now: datetime) -> None:
    """The messenger says that the bot cannot post there any more."""
    place.unlinked_at = now
    journal.write(
        db, Event.PLACE_UNLINKED, now, municipality=place.municipality_id, actor=None, object_id=place.id, how="lost"
    )


async def moved(db: AsyncSession, messenger: Messenger, address: str, to: str, now: datetime) -> None:
    """A group has another address now and stays linked; its pinned post stayed behind. The messenger may have said
    before that the bot is out of the old one."""
    place = await place_at(db, messenger, address) or await place_lately_at(db, messenger, address, now - MOVES_WITHIN)
    if place is None:
        return
    known = await place_at(db, messenger, to)
    if known is not None:
        place.unlinked_at = place.unlinked_at or now
        return
    place.address, place.post, place.unlinked_at = to, None, None
    await left_behind(db, place.id)
    for number in await standing_in(db, place.id):  # no bot closes what stayed behind, and the new group counts anew
        await opinions.lost(db, number, now)


async def set_home(db: AsyncSession, reader: Person) -> None:
    """Gives a reader who stands for a place the municipality it belongs to."""
    set_loaded(reader, "municipality", await db.get(Municipality, reader.municipality_id))


async def post_list(
    db: AsyncSession,
    home: Municipality,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
    *,
    only: int | None = None,
) -> int:
    """Posts the list to every linked channel and group, or to one; where it is pinned already, that post is changed.
    Gives to how many. Refused: NOT_YOURS, NOT_FOUND."""
    _may_publish(home.id, by, roles)
    places = [place for place in await linked_places(db, home.id) if only in (None, place.id)]
    await _post(db, home, [place.id for place in places], now, by=by.id)
    return len(places)


async def _post(db: AsyncSession, home: Municipality, places: list[int], now: datetime, *, by: int | None) -> None:
    changed = await list_changed_at(db, home.id)
    await outbox.post_to_places(
        db,
        places,
        LIST_POST,
        once=f"{LIST_POST}:{now.isoformat()}",
        municipality=home.id,
        now=now,
        by=by,
        list_of=changed.isoformat() if changed is not None else None,
    )


async def bring_up_to_date(db: AsyncSession, now: datetime) -> int:
    """The pinned posts follow the list: wherever it was posted and an older one is shown, the post is changed (or
    made anew where it stayed behind), once for each state and not before the list is quiet again. Gives how many."""
    told = await places_told(db, LIST_POST)
    changed, renewed = (await last_changes(db), await renewal_days(db)) if told else ({}, {})
    due = 0
    for place, home, told_at in told:
        before, today = local(told_at, home.time_zone).date(), local(now, home.time_zone).date()
        ends = (renew_until(day, home.settings.info_refresh_months) for day in renewed.get(home.id, ()))
        fell = any(before <= end < today for end in ends)
        if must_follow(told_at, changed.get(home.id), now, fell_overdue=fell):
            await _post(db, home, [place.id], now, by=None)
            due += 1
    return due


async def posted(
    db: AsyncSession, place: LinkedPlace, letter: Letter, message: str | None, link: str, now: datetime
) -> None:
    """The list stands in that channel or group: the log says so, with the link. A post that the bot changed by itself
    is noted when the list says something else since; a renewal alone would fill the log."""
    place.post = message or place.post
    home = await db.get(Municipality, place.municipality_id)
    assert home is not None
    by, said_at = letter.arguments.get("by"), letter.arguments.get("list_of")
    list_of = datetime.fromisoformat(said_at) if said_at else None
    last = await last_post(db, place.id)
    if by is None and last is not None and (last.list_of, last.link) == (list_of, link):
        return
    write(
        db,
        home,
        Channel.SOCIAL,
        now,
        on=now.astimezone(ZoneInfo(home.time_zone)).date(),
        where=place.title,
        link=link,
        by=by,
        list_of=list_of,
        place=place.id,
    )


def write(
    db: AsyncSession,
    home: Municipality,
    channel: Channel,
    now: datetime,
    *,
    on: date,
    where: str,
    by: int | None,
    list_of: datetime | None,
    link: str = "",
    file_id: str | None = None,
    place: int | None = None,
) -> Publication:
    """Adds an entry to the log of publications."""
    entry = Publication(
        municipality_id=home.id,
        channel=channel,
        on=on,
        where=where,
        link=link,
        file_id=file_id,
        place_id=place,
        by=by,
        noted_at=now,
        list_of=list_of,
    )
    db.add(entry)
    journal.write(db, Event.PUBLISHED, now, municipality=home.id, actor=by, channel=channel.value)
    return entry


async def note_publication(
    db: AsyncSession,
    home: Municipality,
    channel: Channel,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
    *,
    on: date,
    where: str,
    link: str = "",
    file_id: str | None = None,
) -> Publication:
    """Staff say that the list was published: by which channel, when, where, with a link or a photo. What they hung up
    is taken to be the list as it was that day. Refused: NOT_YOURS, NOT_FOUND, IN_THE_FUTURE, TOO_SHORT, TOO_LONG."""
    _may_publish(home.id, by, roles)
    if on > now.astimezone(ZoneInfo(home.time_zone)).date():
        raise Refused(Reason.IN_THE_FUTURE)
    where = clean(where)
    if not where:
        raise Refused(Reason.TOO_SHORT, least=1)
    if len(where) > WHERE_LIMIT:
        raise Refused(Reason.TOO_LONG, most=WHERE_LIMIT, is_now=len(where))
    changed = await list_changed_at(db, home.id)
    shown = changed if changed is None or changed.astimezone(ZoneInfo(home.time_zone)).date() <= on else None
    entry = write(db, home, channel, now, on=on, where=where, link=link, file_id=file_id, by=by.id, list_of=shown)
    await db.flush()
    return entry


def withdraw(db: AsyncSession, entry: Publication, by: Person, roles: frozenset[Role], now: datetime) -> None:
    """Takes back an entry that was noted by mistake; the journal keeps that. Refused: NOT_YOURS, NOT_FOUND."""
    _may_publish(entry.municipality_id, by, roles)
    entry.withdrawn_at = now
    journal.write(
        db,
        Event.PUBLICATION_WITHDRAWN,
        now,
        municipality=entry.municipality_id,
        actor=by.id,
        object_id=entry.id,
        channel=entry.channel.value,
    )


def put_back(db: AsyncSession, entry: Publication, by: Person, roles: frozenset[Role], now: datetime) -> None:
    """Undoes a withdrawal. Refused: NOT_YOURS, NOT_FOUND."""
    _may_publish(entry.municipality_id, by, roles)
    entry.withdrawn_at = None
    journal.write(
        db,
        Event.PUBLISHED,
        now,
        municipality=entry.municipality_id,
        actor=by.id,
        object_id=entry.id,
        channel=entry.channel.value,
    )
