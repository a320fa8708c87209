"""Send an announcement out: have a second person agree, at once or at a time, pause, cancel, correct, recall."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions import broadcasts, outbox
from actions.announcements import fitting, mark_of, note, ours, put, words_of
from civic.announcements import GOING, SEEN, Audience, Crowd, State, why_not_plan, why_not_recall, why_not_send
from civic.events import Event
from civic.people import RIGHTS, Right, Role, refuse
from civic.refusals import Reason, Refused
from civic.tariffs import Estimate, Tariff, estimate
from storage.announcements import (
    Announcement,
    amend_letters,
    announcement_to_change,
    announcements_to_settle,
    gone_out,
    has_anything_gone_out,
    is_on_its_way,
    last_letter,
)
from storage.broadcasts import Broadcast, get_broadcast
from storage.municipalities import get_municipality
from storage.outbox import Outcome, people_by_template
from storage.people import Account, Person, streets_unsaid
from storage.staff import holders

LETTER, PROGRESS = "announcement", "announcement-progress"
REMARK_LEAST, REMARK = 5, 500  # characters
FOLLOWS = timedelta(seconds=3)  # until a message that is on its way stands there and can be changed


async def ask(db: AsyncSession, number: int, mark: str, by: Person, roles: frozenset[Role], now: datetime) -> int:
    """The others who may announce are asked to agree; gives how many. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY,
    WORDS_CHANGED, TIME_PASSED, NEEDS_SECOND when there is nobody else."""
    announcement = await ours(db, number, by, roles)
    if announcement.state is not State.DRAFT:
        raise Refused(Reason.DECIDED_ALREADY)
    _is_what_was_seen(announcement, mark)
    refuse(why_not_plan(announcement.send_at, now))
    able = [role for role in Role if Right.PUBLISH in RIGHTS[role]]
    author = announcement.made_by
    others = [person for person in await holders(db, announcement.municipality_id, able) if person.id != author]
    if not others:
        raise Refused(Reason.NEEDS_SECOND)
    announcement.state, announcement.remark = State.ASKED, ""
    note(db, announcement, Event.ANNOUNCEMENT_ASKED, by, now)
    await _tell(db, others, announcement, "announcement-asks", now, mark=mark)
    return len(others)


async def decline(
    db: AsyncSession, number: int, remark: str, by: Person, roles: frozenset[Role], now: datetime
) -> Announcement:
    """A second person does not agree and says why; the author is told. Refused: NOT_YOURS, NOT_FOUND,
    DECIDED_ALREADY, NEEDS_SECOND for the author, TOO_SHORT, TOO_LONG."""
    announcement = await ours(db, number, by, roles)
    if announcement.state is not State.ASKED:
        raise Refused(Reason.DECIDED_ALREADY)
    if announcement.made_by == by.id:
        raise Refused(Reason.NEEDS_SECOND)
    announcement.remark = fitting(remark, REMARK_LEAST, REMARK)
    announcement.state = State.DRAFT
    note(db, announcement, Event.ANNOUNCEMENT_DECLINED, by, now)
    await _tell_author(db, announcement, "announcement-decided", now, agreed=False)
    return announcement


async def send(
    db: AsyncSession, number: int, mark: str, by: Person, roles: frozenset[Role], now: datetime
) -> Announcement:
    """It goes out, at once or at its time; a correction is written over what was sent. `mark` is what the sender saw
    (mark_of). Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY, NEEDS_SECOND, WORDS_CHANGED, TIME_PASSED,
    NOBODY_HEARS."""
    announcement = await ours(db, number, by, roles)
    home = await get_municipality(db, announcement.municipality_id)
    wants = bool(home.settings.announcement_second_person)
    refuse(why_not_send(announcement.state, wants_second=wants, author=announcement.made_by, sender=by.id))
    _is_what_was_seen(announcement, mark)
    if announcement.made_by != by.id:
        announcement.approved_by = by.id
    asked = announcement.state is State.ASKED
    if announcement.corrects is not None:
        await _correct(db, announcement, by, now)
    else:
        refuse(why_not_plan(announcement.send_at, now))
        if not sum((await reach(db, announcement)).values()):
            raise Refused(Reason.NOBODY_HEARS)
        await _begin(db, announcement, by, now)
        note(db, announcement, Event.ANNOUNCEMENT_SENT, by, now)
    if asked:
        await _tell_author(db, announcement, "announcement-decided", now, agreed=True)
    return announcement


async def reach(db: AsyncSession, announcement: Announcement) -> dict[str, int]:
    """How many would get it: «at-once», «daily», «weekly», «places»."""
    audience = Audience.unpacked(announcement.audience)
    found = await broadcasts.reach(db, announcement.municipality_id, audience, announcement.topic)
    if announcement.urgent_because:  # nobody waits for a digest
        found["at-once"] += found["daily"] + found["weekly"]
        found["daily"] = found["weekly"] = 0
    return found


async def unsaid(db: AsyncSession, announcement: Announcement) -> int:
    """Of those who live around the streets it is for, how many never said on which, so that it does not reach them."""
    audience = Audience.unpacked(announcement.audience)
    if audience.crowd is not Crowd.STREETS:
        return 0
    return await streets_unsaid(db, announcement.municipality_id, audience.which)


async def cost(db: AsyncSession, announcement: Announcement, tariff: Tariff, now: datetime) -> Estimate:
    """What it takes at most to tell those who are reached by a template alone: how many, on how many days, how much."""
    a_day_ago, audience = now - timedelta(hours=24), Audience.unpacked(announcement.audience)
    people = await broadcasts.silent(db, announcement.municipality_id, audience, announcement.topic, a_day_ago)
    return estimate(people, tariff, begun=await people_by_template(db, a_day_ago) if people else 0)


async def pause(db: AsyncSession, number: int, by: Person, roles: frozenset[Role], now: datetime) -> Announcement:
    """No further letter goes out until it is continued. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY."""
    announcement = await ours(db, number, by, roles)
    if announcement.state is not State.SENDING:
        raise Refused(Reason.DECIDED_ALREADY)
    broadcast = await _broadcast(db, announcement)
    await broadcasts.pause(db, broadcast)
    announcement.state = State.PAUSED
    note(db, announcement, Event.ANNOUNCEMENT_PAUSED, by, now)
    await _show_progress(db, announcement, broadcast, now, over=True)
    return announcement


async def go_on(db: AsyncSession, number: int, by: Person, roles: frozenset[Role], now: datetime) -> Announcement:
    """What was paused goes out again. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY."""
    announcement = await ours(db, number, by, roles)
    if announcement.state is not State.PAUSED:
        raise Refused(Reason.DECIDED_ALREADY)
    broadcast = await _broadcast(db, announcement)
    await broadcasts.go_on(db, broadcast)
    announcement.state = State.SENDING
    note(db, announcement, Event.ANNOUNCEMENT_CONTINUED, by, now)
    await _show_progress(db, announcement, broadcast, now, over=True)
    return announcement


async def cancel(db: AsyncSession, number: int, by: Person, roles: frozenset[Role], now: datetime) -> Announcement:
    """What has not gone out never will; a draft is put away. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY."""
    announcement = await ours(db, number, by, roles)
    if announcement.state not in (State.DRAFT, State.ASKED, *GOING):
        raise Refused(Reason.DECIDED_ALREADY)
    announcement.state = State.CANCELLED
    note(db, announcement, Event.ANNOUNCEMENT_CANCELLED, by, now)
    if announcement.broadcast_id is not None:
        broadcast = await _broadcast(db, announcement)
        await broadcasts.cancel(db, broadcast, now)
        await _show_progress(db, announcement, broadcast, now, over=True)
    return announcement


async def can_restore(db: AsyncSession, announcement: Announcement) -> bool:
    """Whether a cancelled one can be put back: nobody has got anything of it."""
    if announcement.state is not State.CANCELLED:
        return False
    number = announcement.broadcast_id
    return number is None or not await has_anything_gone_out(db, number)


async def restore(db: AsyncSession, number: int, by: Person, roles: frozenset[Role], now: datetime) -> Announcement:
    """Undoes a cancelling while nothing was sent: a draft is a draft again, the rest goes out, at its time or at once
    when that is over. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY."""
    announcement = await ours(db, number, by, roles)
    if not await can_restore(db, announcement):
        raise Refused(Reason.DECIDED_ALREADY)
    if announcement.broadcast_id is None:
        announcement.state = State.DRAFT
    else:
        # a letter that a postman had in hand and could not bring is still there: it must not come beside the new one
        await broadcasts.cancel(db, await _broadcast(db, announcement), now)
        await _begin(db, announcement, by, now)
    note(db, announcement, Event.ANNOUNCEMENT_RESTORED, by, now)
    return announcement


async def _correct(db: AsyncSession, new: Announcement, by: Person, now: datetime) -> None:
    """The words of the new one stand in the first one, and in every message that was sent of it."""
    first = await announcement_to_change(db, new.municipality_id, new.corrects or 0)
    if first.state not in SEEN:
        raise Refused(Reason.DECIDED_ALREADY)
    put(first, words_of(new))
    first.corrected_at = now
    new.state, new.sent_at = State.SENT, now
    note(db, first, Event.ANNOUNCEMENT_CORRECTED, by, now)
    await db.flush()
    await amend_letters(db, first, "announcement-edit", now, because=new.id)


async def recall(db: AsyncSession, number: int, by: Person, roles: frozenset[Role], now: datetime) -> int:
    """Nobody else gets it, and it is deleted where it was sent; gives in how many places. Refused: NOT_YOURS,
    NOT_FOUND, NOT_SENT_YET, RECALL_OVER."""
    announcement = await ours(db, number, by, roles)
    refuse(why_not_recall(announcement.state, announcement.sent_at, now))
    broadcast = await _broadcast(db, announcement)
    await broadcasts.cancel(db, broadcast, now)
    announcement.state, announcement.recalled_at = State.RECALLED, now
    note(db, announcement, Event.ANNOUNCEMENT_RECALLED, by, now)
    await _show_progress(db, announcement, broadcast, now, over=True)
    await db.flush()
    return await amend_letters(db, announcement, "announcement-delete", now, because=announcement.id)


async def settle(db: AsyncSession, now: datetime) -> int:
    """Moves on what the postman has begun or finished: planned ones whose time has come are sending, those of which
    no letter waits are sent, and their author gets the figures. Gives how many moved."""
    moved = 0
    for announcement, broadcast in await announcements_to_settle(db):
        if announcement.state is State.PLANNED and broadcast.not_before <= now:
            announcement.state, announcement.sent_at = State.SENDING, now
            moved += 1
        over = announcement.state is State.SENDING and not await is_on_its_way(db, broadcast)
        if over:
            announcement.state = State.SENT
            await _tell_author(db, announcement, "announcement-done", now)
            moved += 1
        if announcement.state in (State.SENDING, State.SENT):
            moved += await _show_progress(db, announcement, broadcast, now, over=over)
    return moved


async def _show_progress(
    db: AsyncSession, announcement: Announcement, broadcast: Broadcast, now: datetime, *, over: bool
) -> int:
    """Whoever sent it sees how far it is in one message that changes, the last time when it is `over` or stands still;
    it is begun only for what takes longer. Where no message can be changed, the figures come at the end alone."""
    have, last = await gone_out(db, broadcast.id), await last_letter(db, announcement, PROGRESS)
    sender = await db.get(Person, broadcast.by) if broadcast.by is not None else None
    if sender is None or sender.forgotten_at is not None or (last is None and over):
        return 0
    on_its_way = last is not None and last.done_at is None
    if last is not None and not (on_its_way and over):
        account = await db.get(Account, last.account_id) if last.account_id is not None else None
        shown = account is not None and account.messenger.changes_messages and last.outcome is Outcome.SENT
        if not shown or (last.arguments["have"] == have and not over):
            return 0
    told: dict[str, Any] = {"announcement": announcement.id, "have": have}
    if last is not None:
        told["letter"] = last.id  # whose message changes
    once, home = f"{PROGRESS}-{announcement.id}-{announcement.state}-{now.timestamp()}", announcement.municipality_id
    at = now + FOLLOWS if on_its_way else now
    await outbox.post(
        db, [sender], PROGRESS, once=once, municipality=home, now=now, not_before=at, essential=True, **told
    )
    return 1


# --- together ---


def _is_what_was_seen(announcement: Announcement, mark: str) -> None:
    if mark != mark_of(announcement):
        raise Refused(Reason.WORDS_CHANGED)


async def _broadcast(db: AsyncSession, announcement: Announcement) -> Broadcast:
    return await get_broadcast(db, announcement.municipality_id, announcement.broadcast_id or 0)


async def _begin(db: AsyncSession, announcement: Announcement, by: Person, now: datetime) -> None:
    at = announcement.send_at if announcement.send_at is not None and announcement.send_at > now else None
    broadcast = await broadcasts.begin(
        db,
        announcement.municipality_id,
        LETTER,
        Audience.unpacked(announcement.audience),
        now,
        topic=announcement.topic,
        by=by.id,
        urgent=bool(announcement.urgent_because),
        not_before=at,
        announcement=announcement.id,
    )
    announcement.broadcast_id = broadcast.id
    announcement.state = State.SENDING if at is None else State.PLANNED
    announcement.sent_at = now if at is None else None


async def _tell_author(db: AsyncSession, announcement: Announcement, key: str, now: datetime, **told: Any) -> None:
    author = await db.get(Person, announcement.made_by) if announcement.made_by is not None else None
    if author is not None and author.forgotten_at is None:
        await _tell(db, [author], announcement, key, now, **told)


async def _tell(
    db: AsyncSession, people: list[Person], announcement: Announcement, key: str, now: datetime, **told: Any
) -> None:
    fact = f"{key}-{announcement.id}-{now.isoformat()}"
    home = announcement.municipality_id
    await outbox.post(db, people, key, once=fact, municipality=home, now=now, announcement=announcement.id, **told)
