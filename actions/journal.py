"""Write down what happened, and take out who it was when somebody goes."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from civic.chain import ABOUT_PEOPLE
from civic.events import Event
from storage import chain
from storage.journal import Entry


def write(
    db: AsyncSession,
    event: Event,
    now: datetime,
    *,
    municipality: int | None,
    actor: int | None,
    object_id: int | None = None,
    **details: str | int | bool | list[str] | None,
) -> None:
    """Adds an entry. Details hold words and numbers of ours, never what somebody typed, never a name or phone, and
    never the number of a person: details stay for ever."""
    chain.add(
        db,
        Entry(
            at=now,
            event=event.value,
            municipality_id=municipality,
            actor_id=actor,
            object_id=object_id,
            details=details,
        ),
    )


async def forget(db: AsyncSession, people: Collection[int]) -> None:
    """Nothing in the journal leads to these people any more. What happened stays, and so does the chain: without its
    salt an entry's mark says nothing (docs/proof.md). An entry about somebody loses both people at once."""
    joined = select(Entry.object_id).where(Entry.event == Event.ACCOUNTS_JOINED.value, Entry.actor_id.in_(people))
    numbers = {*people, *filter(None, await db.scalars(joined))}
    about = Entry.event.in_(ABOUT_PEOPLE)
    of_them = Entry.actor_id.in_(people)
    nobody = {"actor_id": None, "actor_salt": None}
    both = update(Entry).where(about, Entry.object_id.in_(numbers) | of_them)
    await db.execute(both.values(object_id=None, **nobody))
    await db.execute(update(Entry).where(of_them).values(**nobody))
