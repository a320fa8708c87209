"""What staff do with letters of which nobody knows whether they went out: send them again, or leave it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from civic.events import Event
from civic.people import Right, Role, refuse, why_not_may
from civic.refusals import Reason, Refused
from storage.outbox import Letter
from storage.people import Person
from storage.post_desk import leave_doubtful, send_doubtful


async def send_again(
    db: AsyncSession, by: Person, roles: frozenset[Role], now: datetime, *, letter: int = 0, until: int = 0
) -> int:
    """One letter, or all up to that number, go out again, to whoever still wants them; gives how many. Refused:
    NOT_YOURS, NOT_FOUND, DECIDED_ALREADY when a colleague was quicker or what they are part of was cancelled."""
    refuse(why_not_may(roles, Right.SET_UP))
    count = await send_doubtful(db, by.municipality_id, now, letter=letter, until=until)
    await _note(db, Event.POST_SENT_AGAIN, by, now, count, letter)
    return count


async def leave(
    db: AsyncSession, by: Person, roles: frozenset[Role], now: datetime, *, letter: int = 0, until: int = 0
) -> int:
    """They are left as they are, and listed no more; gives how many. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY
    when a colleague was quicker."""
    refuse(why_not_may(roles, Right.SET_UP))
    count = await leave_doubtful(db, by.municipality_id, letter=letter, until=until)
    await _note(db, Event.POST_LEFT, by, now, count, letter)
    return count


async def _note(db: AsyncSession, event: Event, by: Person, now: datetime, count: int, letter: int) -> None:
    if not count:
        found = await db.get(Letter, letter) if letter else None
        ours = not letter or (found is not None and found.municipality_id == by.municipality_id)
        raise Refused(Reason.DECIDED_ALREADY if ours else Reason.NOT_FOUND)
    journal.write(db, event, now, municipality=by.municipality_id, actor=by.id, count=count)
