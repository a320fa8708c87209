"""Write down what happened."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from civic.events import Event
from storage.journal import Entry


def write(
    db: AsyncSession,
    event: Event,
    now: datetime,
    *,
    municipality: int | None,
    actor: int | None,
    object_id: int | None = None,
    **details: str | int | bool | None,
) -> None:
    """Adds an entry. Details hold words and numbers of ours, never what somebody typed, never a name or phone."""
    db.add(
        Entry(
            at=now,
            event=event,
            municipality_id=municipality,
            actor_id=actor,
            object_id=object_id,
            details=details,
        )
    )
