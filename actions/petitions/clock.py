"""What happens to petitions by itself: deadlines, warnings, names that go."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.keeping import today_of
from actions.petitions import counting, paper, telling
from actions.petitions.unnaming import unname_letters
from civic.events import Event
from civic.people import Right
from civic.petitions import (
    FEW_DAYS,
    KENESH_LAST,
    KENESH_LATE,
    KENESH_LONGEST,
    KENESH_WITHIN,
    REMINDED_BEFORE,
    State,
)
from storage.journal import Entry
from storage.municipalities import Municipality, get_municipality, municipalities
from storage.petition_desk import owes_kenesh, owing_kenesh
from storage.petitions import Line, Link, Member, Petition, Sheet, Signature, last_step
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
        await counting.end_gathering(db, petition, home, now, once=f"closed-{petition.closes_on}")
        closed += 1
    return closed


async def watch_hand_overs(db: AsyncSession, now: datetime) -> int:
    """Reminds the groups that have gathered enough and do not hand over, a week before the term ends; when it has ended
    the petition has, or the names of who signed would be kept for nothing. Gives how many ended."""
    ended = 0
    for petition in (await db.scalars(select(Petition).where(Petition.state == State.COMPLETE))).all():
        home = await get_municipality(db, petition.municipality_id)
        today = today_of(home, now)
        if petition.hand_over_until is None:  # it was complete before there was a term
            petition.hand_over_until = today + timedelta(days=home.settings.petition_hand_over_days)
        if today <= petition.hand_over_until:
            if petition.hand_over_until - today <= REMINDED_BEFORE:
                fact = f"hand-over-{petition.hand_over_until}"
                await telling.tell_group(db, petition, "petition-hand-over-due", once=fact, now=now)
            continue
        await counting.hold(db, petition)
        if petition.state is not State.COMPLETE or petition.hand_over_until >= today:
            continue  # handed over, or given more time, a moment ago
        petition.state, petition.final_at = State.ENDED, now
        telling.step(db, petition, "not-handed-over", now, words=str(petition.count))
        telling.note(db, petition, Event.PETITION_CLOSED, now, None, count=petition.count, handed_over=False)
        fact = f"not-handed-over-{petition.hand_over_until}"
        await telling.tell_followers(db, petition, "petition-closed", once=fact, now=now, state=State.ENDED.value)
        ended += 1
    return ended


async def warn_of_deadlines(db: AsyncSession, now: datetime) -> int:
    """Tells whoever must act in time, and can: two working days before a deadline those who do the work, on its last
    day and after it whoever stands above them as well; once each. From then on the card says «overdue» to everybody.
    Also of a decision of the kenesh that nobody entered. Gives how many warnings."""
    warned = 0
    for home in await municipalities(db):
        warned += await _warn(db, home, now)
        warned += await _warn_of_kenesh(db, home, now)
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
        told = {"until": until.isoformat(), "stage": stage, "needs": right.value}
        await telling.tell_workers(db, petition, right, "petition-due", head_too=stage > 1, once=fact, now=now, **told)
        if stage == 3 and petition.warned < 3:
            telling.step(db, petition, "overdue", now, words=f"{until:%d.%m.%Y}")
            await telling.tell_followers(db, petition, "petition-overdue", once=f"{fact}-public", now=now)
        if petition.warned != stage:
            petition.warned = stage
            warned += 1
    return warned


async def _warn_of_kenesh(db: AsyncSession, home: Municipality, now: datetime) -> int:
    """The kenesh owes its decision: whoever enters it is told on the day after the session (or a quarter after the
    registration, where no session is known), the head as well two weeks later, and both when the signers can soon be
    told no more."""
    today, told = today_of(home, now), 0
    for petition in await owing_kenesh(db, home.id):
        due = petition.kenesh_on or (petition.registered_on or today) + KENESH_WITHIN
        last = today_of(home, petition.final_at + KENESH_LONGEST) if petition.final_at is not None else None
        stage = 0 if today <= due else 1 if today < due + KENESH_LATE else 2
        if last is not None and today >= last - KENESH_LAST and petition.unlinked_at is None:
            stage = 3
        if stage == 0:
            continue
        words = {"due": due.isoformat(), "last": last.isoformat() if stage == 3 and last is not None else ""}
        fact = f"kenesh-due-{due if stage < 3 else last}-{stage}"
        await telling.tell_workers(
            db, petition, Right.ANSWER, "petition-kenesh-due", head_too=stage > 1, once=fact, now=now, **words
        )
        told += 1
    return told


async def anonymise_signers(db: AsyncSession, now: datetime) -> int:
    """Takes the names and phones off the signatures of petitions that came to their end so many days ago as the
    municipality's setting says, and the people as well, who cannot be told any more then; counts, villages and receipts
    stay. Where the kenesh still owes its decision the people stay until it is told, half a year at most: their names
    do not. The photos of sheets go, and the letters that tell who was written to. Gives how many petitions."""
    done = 0
    for home in await municipalities(db):
        before = now - timedelta(days=home.settings.petition_anonymise_days)
        query = select(Petition).where(
            Petition.municipality_id == home.id,
            Petition.final_at.is_not(None),
            Petition.final_at <= before,
            Petition.unlinked_at.is_(None),
        )
        for petition in (await db.scalars(query)).all():
            await counting.hold(db, petition)
            if petition.final_at is None or petition.final_at > before:
                continue  # it goes on since a moment ago
            named = petition.anonymised_at is None
            if named:
                await _anonymise(db, petition, now)
            if not await _waits_for_kenesh(db, petition, before, now):
                await _unlink(db, petition, now)
            done += named or petition.unlinked_at is not None
    return done


async def _waits_for_kenesh(db: AsyncSession, petition: Petition, before: datetime, now: datetime) -> bool:
    """Whether the signers are still to be told what the kenesh decides, or were told so lately that letters may be
    on their way."""
    if petition.state is not State.ANSWERED or petition.final_at is None or now >= petition.final_at + KENESH_LONGEST:
        return False
    if owes_kenesh(petition):
        return True
    told = await last_step(db, petition.id, "kenesh")
    return told is not None and told.at > before


async def _anonymise(db: AsyncSession, petition: Petition, now: datetime) -> None:
    await db.flush()
    nameless = {"name_sealed": None, "name_key": None}
    plain = {"synchronize_session": False}
    await db.execute(
        update(Signature)
        .where(Signature.petition_id == petition.id)
        .values(phone_hash=None, link_id=None, shown_name="", **nameless)
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


async def _unlink(db: AsyncSession, petition: Petition, now: datetime) -> None:
    await unname_letters(db, petition)  # what the kenesh decided was told since
    nobody = update(Signature).where(Signature.petition_id == petition.id).values(person_id=None)
    await db.execute(nobody.execution_options(synchronize_session=False))
    petition.unlinked_at = now
