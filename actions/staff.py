"""Who works for the municipality? Roles are taken up by a one-time link and taken back, each in the journal."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from civic.events import Event
from civic.people import Right, Role, has_agreed, refuse, why_not_may
from civic.refusals import Reason, Refused
from civic.spelling import clean
from storage.municipalities import Municipality
from storage.people import Appointment, Invitation, Person
from storage.staff import appointment_of, invitation_by_hash

INVITED_FOR = timedelta(days=7)
NAME_LIMIT = 80


def _hash(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


async def invite(
    db: AsyncSession, home: Municipality, role: Role, name: str, by: Person, roles: frozenset[Role], now: datetime
) -> tuple[Invitation, str]:
    """A link's word by which one person takes up the role within seven days; gives the invitation and the word, which
    is kept nowhere. Refused: NOT_YOURS, NOT_FOUND for another municipality, TOO_SHORT or TOO_LONG for the name."""
    refuse(why_not_may(roles, Right.GRANT_ROLES))
    if by.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)
    name = clean(name)
    if len(name) < 2:
        raise Refused(Reason.TOO_SHORT, least=2)
    if len(name) > NAME_LIMIT:
        raise Refused(Reason.TOO_LONG, most=NAME_LIMIT, is_now=len(name))
    word = secrets.token_urlsafe(12)
    invitation = Invitation(
        municipality_id=home.id,
        role=role,
        name=name,
        word_hash=_hash(word),
        made_at=now,
        made_by=by.id,
        ends_at=now + INVITED_FOR,
    )
    db.add(invitation)
    await db.flush()
    journal.write(db, Event.INVITED, now, municipality=home.id, actor=by.id, object_id=invitation.id, role=role.value)
    return invitation, word


async def invited_by(db: AsyncSession, word: str, now: datetime) -> Invitation:
    """The invitation of that link, if it still stands. Refused: NOT_FOUND, LINK_USED, LINK_ENDED."""
    found = await invitation_by_hash(db, _hash(word))
    if found is None or found.withdrawn_at is not None:
        raise Refused(Reason.NOT_FOUND)
    if found.used_at is not None:
        raise Refused(Reason.LINK_USED)
    if now > found.ends_at:
        raise Refused(Reason.LINK_ENDED)
    return found


async def take_up(db: AsyncSession, word: str, person: Person, home: Municipality, now: datetime) -> Appointment:
    """The person takes up the role of the link; whoever belonged to another municipality belongs to this one from now
    on. `home` is the municipality of the invitation. Refused: NEEDS_CONSENT, and what `invited_by` says."""
    invitation = await invited_by(db, word, now)
    if invitation.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)
    if not has_agreed(person):
        raise Refused(Reason.NEEDS_CONSENT)
    invitation.used_at, invitation.used_by = now, person.id
    held = await appointment_of(db, home.id, person.id, invitation.role)
    if held is None:
        held = Appointment(municipality_id=home.id, person_id=person.id, role=invitation.role)
        db.add(held)
    held.granted_at, held.granted_by, held.ended_at, held.name = now, invitation.made_by, None, invitation.name
    person.roles = (person.roles if person.municipality_id == home.id else frozenset()) | {invitation.role}
    await db.flush()
    journal.write(
        db,
        Event.ROLE_TAKEN_UP,
        now,
        municipality=home.id,
        actor=person.id,
        object_id=held.id,
        role=invitation.role.value,
        granted_by=invitation.made_by,
    )
    return held


def withdraw(db: AsyncSession, invitation: Invitation, by: Person, roles: frozenset[Role], now: datetime) -> None:
    """The link does not work any more. Refused: NOT_YOURS, NOT_FOUND, LINK_USED when somebody came by it."""
    refuse(why_not_may(roles, Right.GRANT_ROLES))
    if invitation.municipality_id != by.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    if invitation.used_at is not None:
        raise Refused(Reason.LINK_USED)
    invitation.withdrawn_at = now
    journal.write(
        db,
        Event.INVITATION_WITHDRAWN,
        now,
        municipality=invitation.municipality_id,
        actor=by.id,
        object_id=invitation.id,
        role=invitation.role.value,
    )


def take_back(db: AsyncSession, held: Appointment, by: Person, roles: frozenset[Role], now: datetime) -> bool:
    """The role ends at once; what was done in it stays with its name. False when it had ended. Refused: NOT_YOURS,
    NOT_FOUND for another municipality."""
    refuse(why_not_may(roles, Right.GRANT_ROLES))
    if held.municipality_id != by.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    if held.ended_at is not None:
        return False
    held.ended_at = now
    if held.person_id == by.id:
        by.roles = by.roles - {held.role}
    journal.write(
        db,
        Event.ROLE_ENDED,
        now,
        municipality=held.municipality_id,
        actor=by.id,
        object_id=held.id,
        role=held.role.value,
    )
    return True
