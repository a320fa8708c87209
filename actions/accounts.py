"""One person, several messengers: accounts are joined by a code, or by a phone that both messengers proved."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from civic.events import Event
from civic.people import has_agreed
from civic.refusals import Reason, Refused
from storage.changes import IssueChange
from storage.drafts import Draft, find_draft
from storage.issues import Following
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import (
    Account,
    Appointment,
    Invitation,
    JoinCode,
    Person,
    accounts_of,
    every_role_of,
    person_with_all,
    set_loaded,
)
from storage.publications import LinkedPlace, Publication

CODE_LASTS = timedelta(minutes=15)
CODE_LENGTH = 8
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no two that look alike
# whose acts these were, or to whom they are addressed: they are the joined person's from then on
_FOLLOW = (
    (Entry, "actor_id"),
    (IssueChange, "by"),
    (Publication, "by"),
    (LinkedPlace, "linked_by"),
    (Invitation, "made_by"),
    (Invitation, "used_by"),
    (Appointment, "granted_by"),
    (Person, "confirmed_by"),
    (Letter, "person_id"),
)


def _hash(code: str) -> str:
    return hashlib.sha256(code.upper().encode()).hexdigest()


async def make_code(db: AsyncSession, person: Person, now: datetime) -> str:
    """A code by which the person's other messenger is joined, once and within fifteen minutes; an earlier one is
    worth nothing any more. Refused(NEEDS_CONSENT) for somebody of whom nothing is kept."""
    if not has_agreed(person):
        raise Refused(Reason.NEEDS_CONSENT)
    await db.execute(delete(JoinCode).where(JoinCode.person_id == person.id))
    code = "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))
    db.add(JoinCode(person_id=person.id, code_hash=_hash(code), ends_at=now + CODE_LASTS))
    return code


async def owner_of(db: AsyncSession, code: str, person: Person, now: datetime) -> Person:
    """Who made the code, if it still stands. Refused: NOT_FOUND, LINK_ENDED, ALREADY_JOINED for one's own."""
    found = await db.scalar(select(JoinCode).where(JoinCode.code_hash == _hash(code)))
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    if now > found.ends_at:
        raise Refused(Reason.LINK_ENDED)
    if found.person_id == person.id:
        raise Refused(Reason.ALREADY_JOINED)
    owner = await person_with_all(db, found.person_id)
    if owner is None:
        raise Refused(Reason.NOT_FOUND)
    return owner


async def twin_of(db: AsyncSession, person: Person) -> Person | None:
    """Somebody with the same proven phone who speaks by another messenger: most likely the same person. Never anybody
    who holds a role: a number that changed hands must not carry an office along; staff join by a code."""
    if person.phone_hash is None:
        return None
    here = {account.messenger for account in await accounts_of(db, person.id)}
    query = select(Person.id).where(
        Person.phone_hash == person.phone_hash, Person.id != person.id, Person.forgotten_at.is_(None)
    )
    for number in await db.scalars(query.order_by(Person.id)):
        there = {account.messenger for account in await accounts_of(db, number)}
        if there and not there & here and not await every_role_of(db, number):
            return await person_with_all(db, number)
    return None


async def join_by_code(db: AsyncSession, account: Account, code: str, now: datetime) -> Person:
    """The account belongs from now on to the person who made the code, with everything its own person had. Gives that
    person. Refused: what `owner_of` says."""
    owner = await owner_of(db, code, account.person, now)
    await db.execute(delete(JoinCode).where(JoinCode.person_id == owner.id))
    return await _join(db, account, owner, now, how="code")


async def join_by_phone(db: AsyncSession, account: Account, now: datetime) -> Person:
    """The account joins the person with the same proven phone. Refused(NOT_FOUND) when there is none."""
    twin = await twin_of(db, account.person)
    if twin is None:
        raise Refused(Reason.NOT_FOUND)
    return await _join(db, account, twin, now, how="phone")


async def _join(db: AsyncSession, account: Account, owner: Person, now: datetime, *, how: str) -> Person:
    gone = account.person
    for table, column in _FOLLOW:
        attribute = getattr(table, column)
        await db.execute(update(table).where(attribute == gone.id).values({column: owner.id}))
    followed = select(Following.issue_id).where(Following.person_id == owner.id)
    await db.execute(delete(Following).where(Following.person_id == gone.id, Following.issue_id.in_(followed)))
    await db.execute(update(Following).where(Following.person_id == gone.id).values(person_id=owner.id))
    await _join_roles(db, gone, owner)
    await _join_draft(db, gone, owner)
    if owner.phone_hash is None and gone.phone_hash is not None:
        owner.phone_hash, owner.phone_sealed = gone.phone_hash, gone.phone_sealed
        owner.phone_proven_at = gone.phone_proven_at
    await db.execute(delete(JoinCode).where(JoinCode.person_id == gone.id))
    await db.execute(update(Account).where(Account.person_id == gone.id).values(person_id=owner.id))
    account.person_id = owner.id
    await db.flush()
    await db.execute(delete(Person).where(Person.id == gone.id).execution_options(synchronize_session=False))
    db.expunge(gone)
    set_loaded(account, "person", owner)
    journal.write(db, Event.ACCOUNTS_JOINED, now, municipality=owner.municipality_id, actor=owner.id, how=how)
    return owner


async def _join_roles(db: AsyncSession, gone: Person, owner: Person) -> None:
    held = (await db.scalars(select(Appointment).where(Appointment.person_id == gone.id))).all()
    query = select(Appointment.municipality_id, Appointment.role).where(Appointment.person_id == owner.id)
    has = {(home, role) for home, role in await db.execute(query)}
    for appointment in held:
        if (appointment.municipality_id, appointment.role) in has:
            await db.delete(appointment)
        else:
            appointment.person_id = owner.id
    await db.flush()
    home = await db.get(Municipality, owner.municipality_id) if owner.municipality_id is not None else None
    set_loaded(owner, "municipality", home)
    again = await person_with_all(db, owner.id)
    owner.roles = again.roles if again is not None else frozenset()


async def _join_draft(db: AsyncSession, gone: Person, owner: Person) -> None:
    """What was begun goes on; where both have begun something, the newer one stays."""
    drafts = {
        draft.person_id: draft
        for draft in await db.scalars(select(Draft).where(Draft.person_id.in_([gone.id, owner.id])))
    }
    theirs, own = drafts.get(gone.id), drafts.get(owner.id)
    gone.draft = None
    for draft in drafts.values():
        db.expunge(draft)
    newer = theirs is not None and (own is None or own.dropped_at is not None or own.changed_at < theirs.changed_at)
    await db.execute(delete(Draft).where(Draft.person_id == (owner.id if newer else gone.id)))
    await db.execute(update(Draft).where(Draft.person_id == gone.id).values(person_id=owner.id))
    owner.draft = await find_draft(db, owner.id)
