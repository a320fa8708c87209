"""How does the count of a petition move, and what follows from it?"""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions.telling import note, step, tell_followers, tell_group
from civic.events import Event
from civic.municipalities import Settings
from civic.petitions import State, milestone, steps_reached
from storage.people import set_loaded
from storage.petitions import Petition

_READ_BACK = ("signed", "on_paper", "reached", "told", "public_at", "state")


async def hold(db: AsyncSession, petition: Petition) -> None:
    """The petition as it is at this moment; nobody else changes it, or its count, before this transaction ends. Whoever
    changes signatures as well holds the petition first, so that no two wait for each other."""
    await db.flush()
    await db.refresh(petition, with_for_update=True)


async def move(
    db: AsyncSession, petition: Petition, numbers: Settings, now: datetime, *, signed: int = 0, on_paper: int = 0
) -> int:
    """Moves the count by so many signatures, in the database itself, so that none is lost when many sign at once; and
    does what follows: the petition becomes public, milestones are told once each, thresholds are reached or lost.
    Gives the count."""
    await db.flush()
    moved = (
        update(Petition)
        .where(Petition.id == petition.id)
        .values(signed=Petition.signed + signed, on_paper=Petition.on_paper + on_paper)
        .returning(*(getattr(Petition, name) for name in _READ_BACK))
        .execution_options(synchronize_session=False)
    )
    row = (await db.execute(moved)).one()
    for name, value in zip(_READ_BACK, row, strict=True):
        set_loaded(petition, name, value)
    # the row is ours until the commit: what follows can be told from what was read back
    count = petition.count
    if petition.public_at is None and petition.state is State.OPEN and count >= numbers.petition_public_after:
        petition.public_at = now
        step(db, petition, "public", now)
    await _cross(db, petition, now)
    return count


async def _cross(db: AsyncSession, petition: Petition, now: datetime) -> None:
    """Thresholds reached or lost since the count was last seen, and milestones nobody was told of yet."""
    steps, count = petition.thresholds, petition.count
    before, after = petition.reached, steps_reached(steps, count)
    if before != after:
        petition.reached = after
        up = after > before
        for one in steps[min(before, after) : max(before, after)]:
            event = Event.THRESHOLD_REACHED if up else Event.THRESHOLD_LOST
            note(db, petition, event, now, None, consequence=one.consequence.value, threshold=one.count, count=count)
            step(db, petition, "reached" if up else "lost", now, words=str(one.count))
            fact = f"reached-{one.consequence}"
            if up:
                await tell_followers(
                    db, petition, "petition-reached", once=fact, now=now, consequence=one.consequence.value
                )
            else:
                await tell_group(db, petition, "petition-lost", once=f"lost-{now.timestamp()}", now=now)
    per_cent = milestone(steps, count)
    if per_cent > petition.told:
        petition.told = per_cent
        if per_cent < 100:  # the whole of it is told as the threshold reached
            fact = f"milestone-{per_cent}"
            await tell_followers(db, petition, "petition-milestone", once=fact, now=now, per_cent=per_cent)
