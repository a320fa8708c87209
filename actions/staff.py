"""Who works for the municipality? Roles are taken up by a one-time link and taken back, each in the journal."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, outbox, people
from civic.events import Event
from civic.people import RIGHTS, Right, Role, has_agreed, refuse, why_cannot_end, why_not_may
from civic.refusals import Reason, Refused
from civic.spelling import clean
from storage.municipalities import Municipality
from storage.people import Appointment, Invitation, Person, roles_of
from storage.staff import (
    appointment_of,
    invitation_by_hash,
    mark_used,
    mark_withdrawn,
    open_invitations,
    staff_of,
)

INVITED_FOR = timedelta(days=7)
UNDONE_FOR = timedelta(days=1)
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
    """The invitation of that link, if it still stands. Refused: NOT_FOUND, LINK_USED, LINK_ENDED when its days are
    over or it was withdrawn."""
    found = await invitation_by_hash(db, _hash(word))
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    if found.used_at is not None:
        raise Refused(Reason.LINK_USED)
    if found.withdrawn_at is not None or now > found.ends_at:
        raise Refused(Reason.LINK_ENDED)
    return found


async def take_up(db: AsyncSession, word: str, person: Person, home: Municipality, now: datetime) -> Appointment:
    """The person takes up the role of the link; whoever belonged to another municipality belongs to this one from now
    on. Of two who come by one link at the same moment exactly one gets it. `home` is the municipality of the
    invitation. Who invited them is written a letter. Refused: NEEDS_CONSENT, and what `invited_by` says."""
    invitation = await invited_by(db, word, now)
    if invitation.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)
    if not has_agreed(person):
        raise Refused(Reason.NEEDS_CONSENT)
    if not await mark_used(db, invitation, person.id, now):
        raise Refused(Reason.LINK_USED)
    if person.municipality_id != home.id:
        await people.move_in(db, person, home, None, now)
        person.roles = await roles_of(db, person.id, home.id)
    held = await appointment_of(db, home.id, person.id, invitation.role)
    if held is None:
        held = Appointment(municipality_id=home.id, person_id=person.id, role=invitation.role)
        db.add(held)
    held.granted_at, held.granted_by, held.ended_at, held.name = now, invitation.made_by, None, invitation.name
    person.roles |= {invitation.role}
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
    inviter = await db.get(Person, invitation.made_by)
    if inviter is not None and inviter.id != person.id:
        fact = f"role-taken-up:{invitation.id}"
        await outbox.post(db, [inviter], "role-taken-up", once=fact, municipality=home.id, now=now, appointment=held.id)
    return held


async def withdraw(db: AsyncSession, invitation: Invitation, by: Person, roles: frozenset[Role], now: datetime) -> bool:
    """The link does not work any more; False when it was withdrawn before. Refused: NOT_YOURS, NOT_FOUND for another
    municipality, LINK_USED when somebody came by it."""
    refuse(why_not_may(roles, Right.GRANT_ROLES))
    if invitation.municipality_id != by.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    if invitation.withdrawn_at is not None:
        return False
    if not await mark_withdrawn(db, invitation, now):
        raise Refused(Reason.LINK_USED)
    journal.write(
        db,
        Event.INVITATION_WITHDRAWN,
        now,
        municipality=invitation.municipality_id,
        actor=by.id,
        object_id=invitation.id,
        role=invitation.role.value,
    )
    return True


async def take_back(db: AsyncSession, held: Appointment, by: Person, roles: frozenset[Role], now: datetime) -> bool:
    """The role ends at once; what was done in it stays with its name. False when it had ended. Refused: NOT_YOURS,
    NOT_FOUND for another municipality, LAST_ADMIN when the only administrator would end their own role."""
    refuse(why_not_may(roles, Right.GRANT_ROLES))
    if held.municipality_id != by.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    if held.ended_at is not None:
        return False
    staff = await staff_of(db, held.municipality_id)
    refuse(why_cannot_end(held.role, own=held.person_id == by.id, held_by=[each.role for each in staff]))
    held.ended_at = now
    for each in _here(db, held.person_id, held.municipality_id):
        each.roles -= {held.role}
    _write(db, Event.ROLE_ENDED, held, by, now)
    if Right.GRANT_ROLES in RIGHTS[held.role]:  # or they would come back by a link of their own
        for invitation in await open_invitations(db, held.municipality_id, now):
            if invitation.made_by == held.person_id:
                await withdraw(db, invitation, by, roles, now)
    return True


async def give_back(db: AsyncSession, held: Appointment, by: Person, roles: frozenset[Role], now: datetime) -> bool:
    """A role that was taken back within the last day is held again, as before. False when it is held, or when it
    ended longer ago: then a new invitation asks the person first. Refused: NOT_YOURS, NOT_FOUND."""
    refuse(why_not_may(roles, Right.GRANT_ROLES))
    if held.municipality_id != by.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    if held.ended_at is None or now - held.ended_at > UNDONE_FOR:
        return False
    held.ended_at = None
    for each in _here(db, held.person_id, held.municipality_id):
        each.roles |= {held.role}
    _write(db, Event.ROLE_RESTORED, held, by, now)
    return True


def _here(db: AsyncSession, person_id: int, municipality_id: int) -> list[Person]:
    """The person as this transaction may know them: in a batch of arrivals their own may come next."""
    known = (thing for thing in db if isinstance(thing, Person))
    return [each for each in known if each.id == person_id and each.municipality_id == municipality_id]


def _write(db: AsyncSession, event: Event, held: Appointment, by: Person, now: datetime) -> None:
    home, role = held.municipality_id, held.role.value
    journal.write(db, event, now, municipality=home, actor=by.id, object_id=held.id, role=role)
