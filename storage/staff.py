"""Who works for a municipality, and who is invited to?"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from civic.people import Role
from civic.refusals import Reason, Refused
from storage.base import may_be_key
from storage.people import Appointment, Invitation, Person


async def staff_of(db: AsyncSession, municipality_id: int) -> Sequence[Appointment]:
    """The roles that are held in the municipality now, the oldest first."""
    query = select(Appointment).where(Appointment.municipality_id == municipality_id, Appointment.ended_at.is_(None))
    return (await db.scalars(query.order_by(Appointment.granted_at, Appointment.id))).all()


async def get_appointment(db: AsyncSession, municipality_id: int | None, number: int) -> Appointment:
    """The role of that municipality, held or ended; Refused(NOT_FOUND) for any other."""
    query = select(Appointment).where(Appointment.id == number, Appointment.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def appointment_of(db: AsyncSession, municipality_id: int, person_id: int, role: Role) -> Appointment | None:
    """That person's appointment to the role, held or ended."""
    query = select(Appointment).where(
        Appointment.municipality_id == municipality_id, Appointment.person_id == person_id, Appointment.role == role
    )
    return await db.scalar(query)


async def name_of(db: AsyncSession, municipality_id: int, person_id: int) -> str:
    """The name under which somebody acts for the municipality, or an empty text."""
    query = select(Appointment.name).where(
        Appointment.municipality_id == municipality_id, Appointment.person_id == person_id, Appointment.name != ""
    )
    return await db.scalar(query.order_by(Appointment.granted_at.desc()).limit(1)) or ""


async def every_name_of(db: AsyncSession, person_id: int) -> Sequence[str]:
    """The names under which somebody acts or acted, in any municipality."""
    query = select(Appointment.name).where(Appointment.person_id == person_id, Appointment.name != "")
    return (await db.scalars(query.distinct().order_by(Appointment.name))).all()


async def holders(db: AsyncSession, municipality_id: int, roles: Iterable[Role]) -> Sequence[Person]:
    """The people who hold one of the roles now and belong to the municipality, each once."""
    query = (
        select(Person)
        .where(
            Person.municipality_id == municipality_id,
            Person.id.in_(
                select(Appointment.person_id).where(
                    Appointment.municipality_id == municipality_id,
                    Appointment.role.in_(list(roles)),
                    Appointment.ended_at.is_(None),
                )
            ),
        )
        .order_by(Person.id)
    )
    return (await db.scalars(query)).all()


async def open_invitations(db: AsyncSession, municipality_id: int, now: datetime) -> Sequence[Invitation]:
    """The links that somebody may still come by."""
    query = select(Invitation).where(
        Invitation.municipality_id == municipality_id,
        Invitation.used_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.ends_at > now,
    )
    return (await db.scalars(query.order_by(Invitation.id))).all()


async def get_invitation(db: AsyncSession, municipality_id: int | None, number: int) -> Invitation:
    """The invitation of that municipality; Refused(NOT_FOUND) for any other."""
    query = select(Invitation).where(Invitation.id == number, Invitation.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def invitation_by_hash(db: AsyncSession, word_hash: str) -> Invitation | None:
    """The invitation whose link holds the word of that hash."""
    return await db.scalar(select(Invitation).where(Invitation.word_hash == word_hash))


async def mark_used(db: AsyncSession, invitation: Invitation, person_id: int, now: datetime) -> bool:
    """Marks the link as used, unless somebody came by it or withdrew it at the same moment: then False."""
    return await _mark(db, invitation, used_at=now, used_by=person_id)


async def mark_withdrawn(db: AsyncSession, invitation: Invitation, now: datetime) -> bool:
    """Marks the link as withdrawn, unless somebody came by it at the same moment: then False."""
    return await _mark(db, invitation, withdrawn_at=now)


async def _mark(db: AsyncSession, invitation: Invitation, **marks: object) -> bool:
    still_open = (Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))
    query = update(Invitation).where(Invitation.id == invitation.id, *still_open).values(**marks)
    found = await db.scalar(query.returning(Invitation.id).execution_options(synchronize_session=False))
    await db.refresh(invitation)
    return found is not None


async def names_of(db: AsyncSession, municipality_id: int, appointments: set[int]) -> dict[int, str]:
    """The names of these appointments of the municipality, held or ended."""
    query = select(Appointment.id, Appointment.name).where(
        Appointment.municipality_id == municipality_id, Appointment.id.in_(appointments)
    )
    return {row.id: row.name for row in (await db.execute(query)).all()}


async def invited_names(db: AsyncSession, municipality_id: int, invitations: set[int]) -> dict[int, str]:
    """The names in these invitations of the municipality."""
    query = select(Invitation.id, Invitation.name).where(
        Invitation.municipality_id == municipality_id, Invitation.id.in_(invitations)
    )
    return {row.id: row.name for row in (await db.execute(query)).all()}
