"""Sign, take the signature back, and what happens to signatures when people change."""

import hashlib
import secrets
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions import journal
from actions.petitions import counting, telling
from civic.events import Event
from civic.people import Level, Right, has_agreed, level, refuse
from civic.petitions import (
    BURST,
    BURST_WITHIN,
    LINK_LIMITS,
    SIGNING_LIMITS,
    SUSTAINED,
    SUSTAINED_WITHIN,
    Standing,
    hours_until,
    shown_name,
    why_cannot_sign,
    why_cannot_unsign,
    why_no_name,
)
from civic.refusals import Reason, Refused
from civic.spelling import clean, fold
from civic.stops import Stoppable
from storage.municipalities import Municipality
from storage.people import Person
from storage.petitions import (
    Flag,
    Link,
    Petition,
    PetitionFollowing,
    Signature,
    find_signature,
)
from storage.stops import stop_of
from storage.subscriptions import drop_mute
from storage.vault import Vault

RECEIPT_LENGTH = 10
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no two that look alike
_SIGN = {
    name: dialect.insert(Signature).on_conflict_do_nothing().returning(Signature.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_FOLLOW = {
    name: dialect.insert(PetitionFollowing).on_conflict_do_nothing().returning(PetitionFollowing.petition_id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_FLAG = {
    name: dialect.insert(Flag).on_conflict_do_nothing().returning(Flag.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_LINK = {
    name: dialect.insert(Link).on_conflict_do_nothing().returning(Link.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
NAME_LIMIT = 120


def name_key(vault: Vault, full_name: str) -> str:
    """A keyed hash by which the same name is found again, whatever the order and spelling of its words."""
    return vault.hash("name:" + " ".join(sorted(fold(full_name).split())))


def receipt_mark(receipt: str) -> str:
    """What the journal holds of a receipt: enough to find its entry by, and nothing to make the receipt from."""
    return hashlib.sha256(f"receipt:{receipt}".encode()).hexdigest()[:32]


def introduce(db: AsyncSession, person: Person, full_name: str, now: datetime, *, vault: Vault, shown: bool) -> None:
    """The name under which the person signs: sealed; strangers see the first name and an initial, or nothing.
    Refused: NEEDS_CONSENT, NOT_A_NAME, TOO_LONG."""
    if not has_agreed(person):
        raise Refused(Reason.NEEDS_CONSENT)
    full_name = " ".join(clean(full_name).split())
    if len(full_name) > NAME_LIMIT:
        raise Refused(Reason.TOO_LONG, most=NAME_LIMIT, is_now=len(full_name))
    refuse(why_no_name(full_name))
    person.name_sealed = vault.seal(full_name)
    person.shown_name = shown_name(full_name) if shown else ""
    journal.write(db, Event.NAMED, now, municipality=person.municipality_id, actor=person.id, shown=shown)


async def show_in_lists(db: AsyncSession, person: Person) -> None:
    """What the person said of being shown holds for what they signed before as well, not where the names are gone."""
    await db.flush()
    nameless = select(Petition.id).where(Petition.anonymised_at.is_not(None))
    given = update(Signature).where(Signature.person_id == person.id, Signature.petition_id.not_in(nameless))
    await db.execute(given.values(shown_name=person.shown_name).execution_options(synchronize_session="fetch"))


async def sign(
    db: AsyncSession,
    petition: Petition,
    own: Signature | None,
    person: Person,
    home: Municipality,
    now: datetime,
    today: date,
    *,
    vault: Vault,
    link: int | None = None,
) -> Signature:
    """The person signs. `own` is their signature as it was read in this transaction, `link` the number of the link by
    which they came. Refused: NOT_FOUND, STOPPED with the notice, everything `why_cannot_sign` says, NEEDS_NAME,
    SAME_PHONE when somebody with the same proven phone has signed, taken out of the count or not, SIGNED_TOO_OFTEN,
    LINK_TOO_OFTEN with the hours to wait."""
    if petition.municipality_id != person.municipality_id or home.id != petition.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    stop = await stop_of(db, home.id, Stoppable.SIGNING)
    if stop is not None:
        raise Refused(Reason.STOPPED, notice=stop.notice(person.language))
    refuse(why_cannot_sign(petition, person, own, today=today, numbers=home.settings))
    if person.name_sealed is None:
        raise Refused(Reason.NEEDS_NAME)
    by = await _known_link(db, petition, person, link)
    await _not_too_often(db, petition, person, by, now)
    await _hold(db, petition, own)
    refuse(why_cannot_sign(petition, person, own, today=today, numbers=home.settings))
    await _phone_is_free(db, petition, person)
    if own is None:
        own = await _sign_first(db, petition, person, now, vault=vault, link=by)
    else:
        await _sign_again(db, petition, own, person, now, vault=vault, link=by)
    count = await counting.move(db, petition, home.settings, now, signed=1)
    telling.note(db, petition, Event.SIGNED, now, person, receipt=receipt_mark(own.receipt), count=count)
    if own.link_id is not None:
        await _look_for_bursts(db, petition, own.link_id, now)
    return own


async def _hold(db: AsyncSession, petition: Petition, own: Signature | None) -> None:
    """The petition and the signature as they are at this moment, for whoever asks a second time whether it may be: what
    was read at the beginning may have been handed over, or taken out of the count, meanwhile."""
    await counting.hold(db, petition)
    if own is not None:
        await db.refresh(own)


async def _not_too_often(db: AsyncSession, petition: Petition, person: Person, link: int | None, now: datetime) -> None:
    """Neither by one person nor by one link more than people can do, in an hour and in a day."""
    free = [
        at + within
        for most, within in SIGNING_LIMITS
        if (at := await _last_but(db, most, Signature.changed_at, now - within, Signature.person_id == person.id))
    ]
    if free:
        raise Refused(Reason.SIGNED_TOO_OFTEN, hours=hours_until(free, now))
    by_link = (Signature.petition_id == petition.id, Signature.link_id == link)
    free = [
        at + within
        for most, within in (LINK_LIMITS if link is not None else ())
        if (at := await _last_but(db, most, Signature.signed_at, now - within, *by_link))
    ]
    if free:
        raise Refused(Reason.LINK_TOO_OFTEN, hours=hours_until(free, now))


async def _last_but(
    db: AsyncSession,
    most: int,
    moment: InstrumentedAttribute[datetime],
    since: datetime,
    *which: ColumnElement[bool],
) -> datetime | None:
    """When the oldest of the `most` newest was, if there are so many since then: with it there is room again."""
    return await db.scalar(
        select(moment).where(*which, moment > since).order_by(moment.desc()).offset(most - 1).limit(1)
    )


async def _phone_is_free(db: AsyncSession, petition: Petition, person: Person) -> None:
    """One phone, one signature; and a phone whose signature staff took out of the count does not sign anew by another
    messenger."""
    theirs = (
        select(Signature.id)
        .outerjoin(Person, Person.id == Signature.person_id)
        .where(
            Signature.petition_id == petition.id,
            Signature.person_id.is_distinct_from(person.id),
            or_(
                Signature.phone_hash == person.phone_hash,
                and_(Signature.standing == Standing.INVALID, Person.phone_hash == person.phone_hash),
            ),
        )
    )
    if await db.scalar(theirs.limit(1)) is not None:
        raise Refused(Reason.SAME_PHONE)


async def _sign_first(
    db: AsyncSession, petition: Petition, person: Person, now: datetime, *, vault: Vault, link: int | None
) -> Signature:
    row = {
        "municipality_id": petition.municipality_id,
        "petition_id": petition.id,
        "person_id": person.id,
        "standing": Standing.COUNTED,
        "signed_at": now,
        "changed_at": now,
        "changes": 0,
        "link_id": link,
        "receipt": "".join(secrets.choice(_LETTERS) for _ in range(RECEIPT_LENGTH)),
        **_said_of(person, vault),
    }
    new = await db.scalar(_SIGN[db.get_bind().dialect.name].values(row))
    if new is None:
        already = await find_signature(db, petition.id, person.id)
        raise Refused(Reason.ALREADY_SIGNED if already is not None else Reason.SAME_PHONE)
    own = await db.get(Signature, new)
    assert own is not None
    return own


async def _sign_again(
    db: AsyncSession,
    petition: Petition,
    own: Signature,
    person: Person,
    now: datetime,
    *,
    vault: Vault,
    link: int | None,
) -> None:
    """Whoever took it back and comes by a link now was brought by that link."""
    said = _said_of(person, vault)
    own.standing, own.signed_at, own.changed_at = Standing.COUNTED, now, now
    own.changes += 1
    own.link_id = link or own.link_id
    for name, value in said.items():
        setattr(own, name, value)
    await db.flush()


def _said_of(person: Person, vault: Vault) -> dict[str, object]:
    full_name = vault.open(person.name_sealed or "")
    if full_name is None:  # sealed under a key that was lost: it is asked for anew
        raise Refused(Reason.NEEDS_NAME)
    return {
        "phone_hash": person.phone_hash,
        "village_id": person.village_id,
        "confirmed": level(person) is Level.CONFIRMED,
        "name_sealed": person.name_sealed,
        "name_key": name_key(vault, full_name),
        "shown_name": person.shown_name,
    }


async def unsign(
    db: AsyncSession, petition: Petition, own: Signature | None, person: Person, home: Municipality, now: datetime
) -> int:
    """The person takes their signature back, wherever they belong by now; gives the count. Refused: NOT_FOUND for
    another's signature, NOT_SIGNED, HANDED_OVER_ALREADY, PETITION_IS_OVER."""
    if home.id != petition.municipality_id or (own is not None and own.person_id != person.id):
        raise Refused(Reason.NOT_FOUND)
    refuse(why_cannot_unsign(petition, own))
    assert own is not None
    await _hold(db, petition, own)
    refuse(why_cannot_unsign(petition, own))
    own.standing, own.phone_hash, own.changed_at = Standing.WITHDRAWN, None, now
    own.changes += 1
    count = await counting.move(db, petition, home.settings, now, signed=-1)
    telling.note(db, petition, Event.UNSIGNED, now, person, receipt=receipt_mark(own.receipt), count=count)
    return count


async def link_of(db: AsyncSession, petition: Petition, person: Person, now: datetime) -> int:
    """The number of the link by which the person passes the petition on; the same one every time."""
    mine = select(Link.id).where(Link.petition_id == petition.id, Link.person_id == person.id)
    found = await db.scalar(mine)
    if found is None:
        row = {
            "municipality_id": petition.municipality_id,
            "petition_id": petition.id,
            "person_id": person.id,
            "made_at": now,
        }
        found = await db.scalar(_LINK[db.get_bind().dialect.name].values(row)) or await db.scalar(mine)
    return int(found or 0)


async def _known_link(db: AsyncSession, petition: Petition, person: Person, link: int | None) -> int | None:
    """The link, if it is one of this petition and somebody else's."""
    if link is None or not 0 < link < 2**31:
        return None
    query = select(Link.id).where(Link.id == link, Link.petition_id == petition.id)
    return await db.scalar(query.where(Link.person_id.is_distinct_from(person.id)))


async def _look_for_bursts(db: AsyncSession, petition: Petition, link: int, now: datetime) -> None:
    """Tells moderators, once an hour or a day, of more signatures by one link than people usually bring."""
    for kind, most, within, shape in (
        ("burst", BURST, BURST_WITHIN, "%Y-%m-%dT%H"),
        ("sustained", SUSTAINED, SUSTAINED_WITHIN, "%Y-%m-%d"),
    ):
        count = await db.scalar(
            select(func.count()).where(
                Signature.petition_id == petition.id, Signature.link_id == link, Signature.signed_at > now - within
            )
        )
        if (count or 0) < most:
            continue
        row = {
            "municipality_id": petition.municipality_id,
            "petition_id": petition.id,
            "link_id": link,
            "kind": kind,
            "window": now.strftime(shape),
            "count": count,
            "at": now,
        }
        new = await db.scalar(_FLAG[db.get_bind().dialect.name].values(row))
        if new is not None:
            await telling.tell_staff(
                db, petition, Right.INVALIDATE, "petition-flagged", once=f"flag-{new}", now=now, flag=new
            )


async def follow(db: AsyncSession, petition: Petition, person: Person, now: datetime) -> bool:
    """The person hears how the petition goes on; False when they did already. Refused: NEEDS_CONSENT, NOT_FOUND."""
    if not has_agreed(person):
        raise Refused(Reason.NEEDS_CONSENT)
    if petition.municipality_id != person.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    row = {
        "person_id": person.id,
        "petition_id": petition.id,
        "municipality_id": petition.municipality_id,
        "since": now,
    }
    new = await db.scalar(_FOLLOW[db.get_bind().dialect.name].values(row))
    await drop_mute(db, person.id, "petition", petition.id)
    if new is not None:
        telling.note(db, petition, Event.PETITION_FOLLOWED, now, person)
    return new is not None


async def unfollow(db: AsyncSession, petition: Petition, person: Person, now: datetime) -> bool:
    """Not any more; False when they did not."""
    gone = await db.execute(
        delete(PetitionFollowing).where(
            PetitionFollowing.person_id == person.id, PetitionFollowing.petition_id == petition.id
        )
    )
    if gone.rowcount:  # type: ignore[attr-defined]
        telling.note(db, petition, Event.PETITION_UNFOLLOWED, now, person)
        return True
    return False
