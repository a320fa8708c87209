"""Which letters would still say who signed a petition, once its names have gone?"""

from sqlalchemy import String, case, cast, delete, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from civic.announcements import Crowd
from storage.broadcasts import Broadcast
from storage.outbox import Letter
from storage.petitions import Petition

_PLAIN = {"synchronize_session": False}


async def unname_letters(db: AsyncSession, petition: Petition) -> None:
    """No letter tells any more who was written to about the petition: those of the petition itself are deleted, and
    those of announcements to its signers count on, without their readers."""
    await db.execute(
        delete(Letter).where(Letter.once.startswith(f"petition-{petition.id}-")).execution_options(**_PLAIN)
    )
    to_signers = await db.scalars(
        select(Broadcast).where(
            Broadcast.municipality_id == petition.municipality_id,
            Broadcast.audience["crowd"].as_string() == Crowd.PETITION.value,
        )
    )
    for broadcast in to_signers:
        if petition.id in broadcast.audience["which"]:
            await _unname(db, broadcast)


async def _unname(db: AsyncSession, broadcast: Broadcast) -> None:
    """What was not delivered by now is not any more, for it says who is to get it."""
    announcement = broadcast.arguments.get("announcement")
    amends = [Letter.once.startswith(f"{key}-{announcement}-") for key in ("announcement-edit", "announcement-delete")]
    people = (
        Letter.person_id.is_not(None),
        or_(Letter.broadcast_id == broadcast.id, *(amends if announcement else ())),
    )
    await db.execute(delete(Letter).where(*people, Letter.done_at.is_(None)).execution_options(**_PLAIN))
    named_in_once = literal(f"b{broadcast.id}:nobody-", String).concat(cast(Letter.id, String))
    once = case((Letter.broadcast_id.is_not(None), named_in_once), else_=Letter.once)
    nobody = {"person_id": None, "account_id": None, "message": ""}
    await db.execute(update(Letter).where(*people).values(once=once, **nobody).execution_options(**_PLAIN))
