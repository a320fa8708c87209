"""How does the count of a petition move, and what follows from it?"""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.keeping import today_of
from actions.petitions.telling import note, step, tell_followers, tell_group
from civic.events import Event
from civic.municipalities import Settings
from civic.petitions import State, milestone, steps_reached
from storage.municipalities import Municipality, get_municipality
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
    await _cross(db, petition, now, was=count - signed - on_paper)
    return count


async def end_gathering(db: AsyncSession, petition: Petition, home: Municipality, now: datetime, *, once: str) -> None:
    """No signature is given in the bot any more: with enough of them the petition waits to be handed over, until a day
    that the municipality's setting gives; with too few it has ended. Told to the group and the followers."""
    enough = petition.reached > 0
    term = timedelta(days=home.settings.petition_hand_over_days)
    petition.state = State.COMPLETE if enough else State.ENDED
    petition.final_at = None if enough else now
    petition.hand_over_until = today_of(home, now) + term if enough else None
    step(db, petition, petition.state.value, now, words=str(petition.count))
    note(db, petition, Event.PETITION_CLOSED, now, None, count=petition.count, enough=enough)
    await tell_followers(db, petition, "petition-closed", once=once, now=now, state=petition.state.value)


async def _cross(db: AsyncSession, petition: Petition, now: datetime, *, was: int) -> None:
    """Thresholds reached or lost since the count was last seen, milestones nobody was told of yet, and what follows
    after the last day: enough become too few, and too few enough, as long as the names are there."""
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
                    db, petition, "petition-reached", once=fact, now=now, again=True, consequence=one.consequence.value
                )
            elif after or petition.state is State.OPEN:
                await tell_group(db, petition, "petition-lost", once=f"lost-{now.timestamp()}", now=now)
        gone = petition.state is State.COMPLETE and not after
        back = petition.state is State.ENDED and not before and petition.anonymised_at is None
        if gone or back:
            home = await get_municipality(db, petition.municipality_id)
            await end_gathering(db, petition, home, now, once=f"closed-again-{now.timestamp()}")
    per_cent = milestone(steps, count)
    if per_cent > milestone(steps, was):
        petition.told = max(petition.told, per_cent)
        if per_cent < 100:  # the whole of it is told as the threshold reached
            fact = f"milestone-{per_cent}"
            await tell_followers(db, petition, "petition-milestone", once=fact, now=now, again=True, per_cent=per_cent)
