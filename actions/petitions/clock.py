"""What happens to petitions by itself: deadlines, warnings, names that go."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.keeping import today_of
from actions.petitions import counting, paper, telling
from actions.petitions.unnaming import unname_letters
from civic.events import Event
from civic.people import Right
from civic.petitions import FEW_DAYS, State
from storage.journal import Entry
from storage.municipalities import Municipality, get_municipality, municipalities
from storage.petitions import Line, Link, Member, Petition, Sheet, Signature
from storage.workdays import workdays_of


async def close_due(db: AsyncSession, now: datetime) -> int:
    """Closes the petitions whose last day is over where they are: with enough signatures they wait to be handed over,
    else they have ended. Gives how many."""
    tomorrow = (now + timedelta(days=1)).date()  # somewhere it may be that day already
    query = select(Petition).where(Petition.state == State.OPEN, Petition.closes_on < tomorrow)
    closed = 0
    for petition in (await db.scalars(query)).all():
        home = await get_municipality(db, petition.municipality_id)
        if petition.closes_on is None or petition.closes_on >= today_of(home, now):
            continue
        await counting.hold(db, petition)
        if petition.state is not State.OPEN or petition.closes_on >= today_of(home, now):
            continue  # handed over, or given more time, a moment ago
        await paper.settle_twins(db, petition, home, now)
        enough = petition.reached > 0
        petition.state = State.COMPLETE if enough else State.ENDED
        petition.final_at = None if enough else now
        telling.step(db, petition, petition.state.value, now, words=str(petition.count))
        telling.note(db, petition, Event.PETITION_CLOSED, now, None, count=petition.count, enough=enough)
        fact = f"closed-{petition.closes_on}"
        await telling.tell_followers(db, petition, "petition-closed", once=fact, now=now)
        closed += 1
    return closed


async def warn_of_deadlines(db: AsyncSession, now: datetime) -> int:
    """Tells whoever must act in time: two working days before a deadline those who do the work, on its last day and
    after it the head as well; once each. From then on the card says «overdue» to everybody. Gives how many warnings."""
    warned = 0
    for home in await municipalities(db):
        warned += await _warn(db, home, now)
    return warned


_WATCHED = (
    (State.CHECKING, "check_until", Right.MODERATE),
    (State.APPEALED, "check_until", Right.MODERATE),
    (State.HANDED_OVER, "register_until", Right.ANSWER),
    (State.REGISTERED, "answer_until", Right.ANSWER),
)


async def _warn(db: AsyncSession, home: Municipality, now: datetime) -> int:
    query = select(Petition).where(
        Petition.municipality_id == home.id, Petition.state.in_([state for state, _, _ in _WATCHED])
    )
    waiting = (await db.scalars(query)).all()
    if not waiting:
        return 0
    today, days = today_of(home, now), await workdays_of(db, home.id)
    warned = 0
    for petition in waiting:
        _, name, right = next(watch for watch in _WATCHED if watch[0] is petition.state)
        until = getattr(petition, name)
        if until is None:
            continue
        left = days.until(until, today)
        stage = 3 if today > until else 2 if left <= 0 else 1 if left <= FEW_DAYS else 0
        if stage == 0:
            continue
        fact = f"due-{petition.state}-{until}-{stage}"
        await telling.tell_staff(
            db, petition, right, "petition-due", once=fact, now=now, until=until.isoformat(), stage=stage
        )
        if stage > 1:
            await telling.tell_staff(
                db, petition, Right.STOP, "petition-due", once=fact, now=now, until=until.isoformat(), stage=stage
            )
        if stage == 3 and petition.warned < 3:
            telling.step(db, petition, "overdue", now, words=f"{until:%d.%m.%Y}")
            await telling.tell_followers(db, petition, "petition-overdue", once=f"{fact}-public", now=now)
        if petition.warned != stage:
            petition.warned = stage
            warned += 1
    return warned


async def anonymise_signers(db: AsyncSession, now: datetime) -> int:
    """Takes the names, phones and people off the signatures of petitions that came to their end so many days ago as the
    municipality's setting says, and off the letters about them; the photos of sheets go. Counts, villages and receipts
    stay. Gives how many petitions."""
    done = 0
    for home in await municipalities(db):
        before = now - timedelta(days=home.settings.petition_anonymise_days)
        query = select(Petition).where(
            Petition.municipality_id == home.id,
            Petition.final_at.is_not(None),
            Petition.final_at <= before,
            Petition.anonymised_at.is_(None),
        )
        for petition in (await db.scalars(query)).all():
            await _anonymise(db, petition, now)
            done += 1
    return done


async def _anonymise(db: AsyncSession, petition: Petition, now: datetime) -> None:
    await db.flush()
    nameless = {"name_sealed": None, "name_key": None}
    plain = {"synchronize_session": False}
    await db.execute(
        update(Signature)
        .where(Signature.petition_id == petition.id)
        .values(person_id=None, phone_hash=None, link_id=None, shown_name="", **nameless)
        .execution_options(**plain)
    )
    await db.execute(
        update(Line).where(Line.petition_id == petition.id).values(street=None, **nameless).execution_options(**plain)
    )
    await db.execute(
        update(Member).where(Member.petition_id == petition.id).values(name_sealed=None).execution_options(**plain)
    )
    # the photos show the same names: no sheet refers to them any more, and the file itself goes with the unwanted ones
    await db.execute(
        update(Sheet).where(Sheet.petition_id == petition.id).values(file_id=None).execution_options(**plain)
    )
    await db.execute(
        update(Link).where(Link.petition_id == petition.id).values(person_id=None).execution_options(**plain)
    )
    await unname_letters(db, petition)
    # nor does the journal tell any more who signed or took back: its chain holds without the names (docs/proof.md)
    who_signed = (Entry.object_id == petition.id, Entry.event.in_([Event.SIGNED, Event.UNSIGNED]))
    await db.execute(update(Entry).where(*who_signed).values(actor_id=None, actor_salt=None).execution_options(**plain))
    petition.anonymised_at = now
    telling.note(db, petition, Event.SIGNERS_ANONYMISED, now, None, count=petition.count)
