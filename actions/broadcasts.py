"""Tell an audience something: one row now, the letters in pieces afterwards, with pause, cancelling and a digest."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from civic.announcements import Audience, Crowd
from civic.people import Notify, Role
from civic.petitions import Standing
from civic.subscriptions import Topic
from storage.broadcasts import Broadcast, Going
from storage.issues import Following
from storage.outbox import Held, Letter, Outcome, Rank, put_letters
from storage.people import Account, Appointment, Messenger, Person
from storage.petitions import Signature
from storage.publications import linked_places
from storage.subscriptions import Subscription, VillageSubscription

PIECE = 500  # people whose letters are written in one transaction
AHEAD = 2_000  # letters of one broadcast that are due at most: so cancelling is quick and nothing else is crowded out


async def begin(
    db: AsyncSession,
    municipality: int,
    key: str,
    audience: Audience,
    now: datetime,
    *,
    topic: Topic | None,
    by: int | None,
    urgent: bool = False,
    not_before: datetime | None = None,
    **arguments: Any,
) -> Broadcast:
    """A broadcast that goes out from `not_before` on. Rights are asked by whoever begins it. To staff it is their work,
    not a topic of which they might want less."""
    topic, work = _topic(audience, topic), audience.crowd is Crowd.STAFF
    told = {**arguments, "topic": topic.value if topic is not None else None, "urgent": urgent}
    broadcast = Broadcast(
        municipality_id=municipality,
        key=key,
        arguments={**told, "work": True} if work else told,
        audience=audience.packed(),
        topic=topic,
        urgent=urgent,
        going=Going.RUNNING,
        cursor=0,
        posted_at=now,
        not_before=not_before or now,
        by=by,
    )
    db.add(broadcast)
    await db.flush()
    db.info["letters"] = True
    return broadcast


def _topic(audience: Audience, topic: Topic | None) -> Topic | None:
    return None if audience.crowd is Crowd.STAFF else topic


def _belongs(municipality: int, audience: Audience) -> ColumnElement[bool]:
    """Who is in that audience."""
    at_home = Person.municipality_id == municipality
    match audience.crowd:
        case Crowd.EVERYBODY:
            return at_home
        case Crowd.VILLAGES:
            wants = exists().where(
                VillageSubscription.person_id == Person.id, VillageSubscription.village_id.in_(audience.which)
            )
            return or_(and_(at_home, Person.village_id.in_(audience.which)), wants)
        case Crowd.STREETS:
            return and_(at_home, Person.street_id.in_(audience.which))
        case Crowd.ISSUE:
            return exists().where(
                Following.person_id == Person.id,
                Following.issue_id.in_(audience.which),
                Following.municipality_id == municipality,
            )
        case Crowd.PETITION:
            return exists().where(
                Signature.person_id == Person.id,
                Signature.petition_id.in_(audience.which),
                Signature.municipality_id == municipality,
                Signature.standing == Standing.COUNTED,
            )
        case Crowd.STAFF:
            holds = exists().where(
                Appointment.person_id == Person.id,
                Appointment.municipality_id == municipality,
                Appointment.role.in_([Role(role) for role in audience.roles]),
                Appointment.ended_at.is_(None),
            )
            return and_(at_home, holds)  # a role is of no effect while its holder belongs elsewhere
        case Crowd.PLACES:
            return literal(False)


def _readers(municipality: int, audience: Audience, topic: Topic | None) -> Select[int, Notify]:
    """Everybody in the audience who can be written to and wants the topic, with how often they want it; without a topic
    everybody, at once."""
    topic = _topic(audience, topic)
    wants: ColumnElement[Notify] = func.coalesce(Subscription.how, Person.notify)
    if topic is None:
        wants = literal(Notify.AT_ONCE, Person.notify.type)
    query: Select[int, Notify] = (
        select(Person.id, wants)
        .outerjoin(Subscription, and_(Subscription.person_id == Person.id, Subscription.topic == topic))
        .where(
            _belongs(municipality, audience),
            Person.consented_at.is_not(None),
            Person.forgotten_at.is_(None),
            exists().where(Account.person_id == Person.id, Account.stopped_at.is_(None)),
        )
    )
    if topic is not None:
        query = query.where(wants != Notify.NEVER)
    return query


async def reach(db: AsyncSession, municipality: int, audience: Audience, topic: Topic | None) -> dict[str, int]:
    """How many would get it: «at-once», «daily», «weekly», and «places» for channels and groups."""
    query = _readers(municipality, audience, topic).subquery()
    wants = query.c[1]
    found = {"at-once": 0, "daily": 0, "weekly": 0, "places": len(await _places(db, municipality, audience))}
    for how, count in (await db.execute(select(wants, func.count()).group_by(wants))).all():
        found[Notify(how).value] += count
    return found


async def silent(db: AsyncSession, municipality: int, audience: Audience, topic: Topic | None, since: datetime) -> int:
    """How many of them can only be begun with by a template: they use no other messenger than one that has a day, and
    have not written since."""
    readers = _readers(municipality, audience, topic).subquery()
    usable = (Account.person_id == readers.c[0], Account.stopped_at.is_(None))
    with_a_day = [messenger for messenger in Messenger if messenger.has_a_day]
    opened = exists().where(*usable, or_(Account.messenger.not_in(with_a_day), Account.seen_at > since))
    return await db.scalar(select(func.count()).select_from(readers).where(~opened)) or 0


async def _places(db: AsyncSession, municipality: int, audience: Audience) -> list[int]:
    return [place.id for place in await linked_places(db, municipality) if place.id in audience.places]


async def write_some(db: AsyncSession, broadcast: Broadcast, now: datetime) -> int:
    """Writes the letters for the next people of the audience, or none while many are due and not delivered; gives how
    many. Letters that wait for an hour, a day or a message keep nobody behind them waiting. After the last one the
    broadcast is WRITTEN."""
    audience = Audience.unpacked(broadcast.audience)
    waiting = select(func.count()).where(
        Letter.broadcast_id == broadcast.id,
        Letter.done_at.is_(None),
        Letter.held.is_(None),
        Letter.not_before <= now,
    )
    if (await db.scalar(waiting) or 0) >= AHEAD:
        return 0
    if not broadcast.cursor:
        await _write_to_places(db, broadcast, audience, now)
    readers = _readers(broadcast.municipality_id, audience, broadcast.topic).where(Person.id > broadcast.cursor)
    found = (await db.execute(readers.order_by(Person.id).limit(PIECE))).all()
    await put_letters(db, [_letter(broadcast, person, Notify(wants), now) for person, wants in found])
    if found:
        broadcast.cursor = found[-1][0]
    if len(found) < PIECE:
        broadcast.going, broadcast.written_at = Going.WRITTEN, now
    return len(found)


def _letter(broadcast: Broadcast, person: int, wants: Notify, now: datetime) -> dict[str, Any]:
    digest = {Notify.DAILY: Held.DAILY, Notify.WEEKLY: Held.WEEKLY}.get(wants)
    return {
        "once": f"b{broadcast.id}:{person}",
        "municipality_id": broadcast.municipality_id,
        "person_id": person,
        "key": broadcast.key,
        "arguments": broadcast.arguments,
        "posted_at": now,
        "not_before": now,
        "tries": 0,
        "rank": Rank.BROADCAST.value,
        "essential": False,
        "broadcast_id": broadcast.id,
        "held": digest if broadcast.topic is not None and not broadcast.urgent else None,
    }


async def _write_to_places(db: AsyncSession, broadcast: Broadcast, audience: Audience, now: datetime) -> None:
    """Channels and groups first: there it is read by many. An announcement is a post of its own, so it comes although
    another one waits there."""
    rows = [
        {
            "once": f"b{broadcast.id}:place-{place}",
            "municipality_id": broadcast.municipality_id,
            "place_id": place,
            "key": broadcast.key,
            "arguments": broadcast.arguments,
            "posted_at": now,
            "not_before": now,
            "tries": 0,
            "rank": Rank.NEWS.value,
            "essential": False,
            "broadcast_id": broadcast.id,
        }
        for place in await _places(db, broadcast.municipality_id, audience)
    ]
    await put_letters(db, rows)


async def pause(db: AsyncSession, broadcast: Broadcast) -> None:
    """No further letter of it goes out until `go_on`, by a digest or after somebody's next message neither. Those in a
    postman's hand do, unless the messenger does not take them now. What a letter waited for stands in its reason
    meanwhile."""
    if broadcast.going is Going.RUNNING:
        broadcast.going = Going.PAUSED
    waited = func.coalesce(cast(Letter.held, String), "")
    await db.execute(_waiting(broadcast).values(held=Held.PAUSED, reason=waited))


async def go_on(db: AsyncSession, broadcast: Broadcast) -> None:
    """What was paused goes out again, when and how it would have."""
    if broadcast.going is Going.PAUSED:
        broadcast.going = Going.RUNNING
    paused = update(Letter).where(Letter.broadcast_id == broadcast.id, Letter.held == Held.PAUSED)
    kinds = (Held.DAILY, Held.WEEKLY, Held.WINDOW)
    waits = case(*((Letter.reason == kind.value, literal(kind, Letter.held.type)) for kind in kinds), else_=None)
    await db.execute(paused.values(held=waits, reason=""))
    db.info["letters"] = True


async def cancel(db: AsyncSession, broadcast: Broadcast, now: datetime) -> int:
    """What has not gone out never will, digests included; gives how many letters that were written are dropped."""
    broadcast.going = Going.CANCELLED
    left = update(Letter).where(Letter.broadcast_id == broadcast.id, Letter.done_at.is_(None))
    left = left.where(Letter.lease_until.is_(None)).values(done_at=now, outcome=Outcome.CANCELLED)
    return (await db.execute(left)).rowcount  # type: ignore[attr-defined,no-any-return]


def _waiting(broadcast: Broadcast) -> Any:
    return update(Letter).where(
        Letter.broadcast_id == broadcast.id,
        Letter.done_at.is_(None),
        Letter.held.is_distinct_from(Held.PAUSED),
    )
