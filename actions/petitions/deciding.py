"""Staff check what was sent in: open it for signatures, give it back, reject it; appeals, deadlines, taking down."""

import hashlib
import json
from datetime import date, datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.keeping import today_of
from actions.petitions import counting, telling
from civic.events import Event
from civic.moderation import Rejection
from civic.municipalities import norm_signatures
from civic.people import Right, Role, refuse
from civic.petitions import (
    BEFORE_HAND_OVER,
    LEFT_LEAST,
    LOCKED_FOR,
    REASON_LEAST,
    REASON_MOST,
    WRITABLE,
    PetitionKind,
    State,
    appeal_until,
    awaits_answer,
    group_size,
    is_second_look,
    reasons_against,
    why_cannot_appeal,
    why_cannot_decide,
)
from civic.refusals import Reason, Refused
from civic.spelling import clean
from civic.thresholds import CHARTER, Consequence, Step, default_formulas, steps
from storage.issues import get_issue
from storage.municipalities import Municipality, find_village
from storage.people import Person
from storage.petitions import Member, Petition, last_step, members_of
from storage.thresholds import rule_on
from storage.workdays import workdays_of

LONGEST = timedelta(days=365)  # from the opening to the last day, with every extension


async def take(db: AsyncSession, petition: Petition, by: Person, roles: frozenset[Role], now: datetime) -> None:
    """From now on, for a quarter of an hour, only this member of staff decides on the petition. Refused: NOT_YOURS,
    NOT_FOUND, LOCKED while somebody else has it, DECIDED_ALREADY, ANOTHER_DECIDES for an appeal against oneself."""
    telling.may_act(petition, by, roles, Right.MODERATE)
    refuse(why_cannot_decide(petition, by.id, now))
    await db.flush()
    free = or_(Petition.lock_by.is_(None), Petition.lock_by == by.id, Petition.lock_until <= now)
    locked = (
        update(Petition)
        .where(Petition.id == petition.id, free)
        .values(lock_by=by.id, lock_until=now + LOCKED_FOR)
        .returning(Petition.id)
        .execution_options(synchronize_session=False)
    )
    got = await db.scalar(locked)
    await db.refresh(petition)
    if got is None:
        raise Refused(Reason.LOCKED)


def leave(petition: Petition, by: Person) -> None:
    """Somebody else may decide."""
    if petition.lock_by == by.id:
        petition.lock_by = petition.lock_until = None


async def thresholds_for(
    db: AsyncSession, petition: Petition, home: Municipality, today: date
) -> tuple[tuple[Step, ...], str]:
    """The thresholds that hold for the petition today and their legal reference: the municipality's own rule, never
    more than the norm-making ladder; without one the ladder itself (docs/law.md#thresholds). The ladder of Charter 19.6
    for a norm-making initiative."""
    ladder = norm_signatures(home.population, capital=home.capital)
    if petition.kind is PetitionKind.NORM:
        return (Step(Consequence.KENESH, ladder),), f"{CHARTER}19.6"
    rule = await rule_on(db, home.id, today)
    residents = await residents_of(db, petition, home)
    formulas = rule.formula_list if rule is not None else default_formulas(ladder)
    return steps(formulas, residents, ladder), rule.basis if rule is not None else ""


async def residents_of(db: AsyncSession, petition: Petition, home: Municipality) -> int | None:
    """How many people live in the territory of the petition; None where nobody knows, as of every street."""
    if petition.street_id is not None:
        return None
    if petition.village_id is None:
        return home.population
    village = await find_village(db, home.id, petition.village_id)
    return village.population if village is not None else None


def text_mark(petition: Petition) -> str:
    """Letters that change with what is read and for whom it is: whoever opens a petition opens what they read, for it
    may have been given back, changed and sent anew since."""
    said = (petition.title, petition.demand, petition.reasons, petition.kind.value, petition.issue_id)
    where = (petition.village_id, petition.street_id, petition.file_id, petition.about)
    return hashlib.sha256(json.dumps([*said, *where], sort_keys=True).encode()).hexdigest()[:32]


async def closing_day(db: AsyncSession, petition: Petition, home: Municipality, today: date) -> date:
    """The last day if signing opens today. After a take-down that was undone as many days are left as there were, and
    a week at least."""
    down = await last_step(db, petition.id, State.TAKEN_DOWN.value) if is_second_look(petition) else None
    if down is None or petition.closes_on is None:
        return today + timedelta(days=home.settings.petition_days)
    return today + max(petition.closes_on - today_of(home, down.at), LEFT_LEAST)


async def open_signing(
    db: AsyncSession,
    petition: Petition,
    by: Person,
    roles: frozenset[Role],
    home: Municipality,
    now: datetime,
    today: date,
) -> None:
    """Signing begins, with the thresholds of today frozen into the petition; after a take-down that was undone it goes
    on with those it had. Refused: what `take` says, GROUP_LEFT when fewer are in the group than must be."""
    await take(db, petition, by, roles, now)
    least, members = group_size(petition.kind, home.settings)[0], len(await members_of(db, petition.id))
    refuse(Reason.GROUP_LEFT if members < least else None, count=members, least=least)
    petition.closes_on = await closing_day(db, petition, home, today)
    again = is_second_look(petition)
    if not again:
        frozen, petition.basis = await thresholds_for(db, petition, home, today)
        petition.steps = [{"consequence": one.consequence.value, "count": one.count} for one in frozen]
        petition.opened_at = now
    if petition.kind is PetitionKind.NORM or home.settings.petition_public_after == 0:
        petition.public_at = petition.public_at or now
    petition.remark, petition.rejection, petition.competent = "", None, ""
    petition.final_at = petition.hidden_at = petition.hand_over_until = None
    await _decided(db, petition, State.OPEN, by, now, again=again)


async def give_back(
    db: AsyncSession, petition: Petition, by: Person, roles: frozenset[Role], words: str, now: datetime
) -> None:
    """The group may better its text and send it again. Refused: what `take` says, SIGNED_TEXT when people have signed
    it as it is, TOO_SHORT, TOO_LONG."""
    await take(db, petition, by, roles, now)
    refuse(Reason.SIGNED_TEXT if is_second_look(petition) else None)
    petition.remark = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    await _decided(db, petition, State.RETURNED, by, now, words=petition.remark)


async def reject(
    db: AsyncSession,
    petition: Petition,
    by: Person,
    roles: frozenset[Role],
    why: Rejection,
    words: str,
    now: datetime,
    *,
    competent: str = "",
) -> None:
    """It is not opened for signatures (or stays taken down), for a reason of the published catalogue and in words. Out
    of competence names the body that is in charge. Refused: what `take` says, TOO_SHORT, TOO_LONG."""
    await take(db, petition, by, roles, now)
    petition.remark = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    petition.competent = _body(why, competent)
    petition.rejection, petition.final_at = why, now
    down = is_second_look(petition)
    state = State.TAKEN_DOWN if down else State.REJECTED
    await _decided(db, petition, state, by, now, words=petition.remark, again=down)


def _body(why: Rejection, competent: str) -> str:
    """The body in charge instead, where there is one."""
    return telling.reason_of(clean(competent), least=3, most=300) if why is Rejection.OUT_OF_COMPETENCE else ""


async def _decided(
    db: AsyncSession,
    petition: Petition,
    state: State,
    by: Person,
    now: datetime,
    *,
    words: str = "",
    again: bool = False,
) -> None:
    """What follows from every decision; `again` tells of a second look at what people have signed, so they hear it."""
    petition.state, petition.decided_by, petition.decided_at = state, by.id, now
    petition.lock_by = petition.lock_until = petition.check_until = None
    petition.warned = 0
    telling.step(db, petition, state.value, now, words=words, by=by, by_staff=True)
    telling.note(db, petition, Event.PETITION_DECIDED, now, by, state=state.value)
    tell = telling.tell_everybody if again else telling.tell_followers
    await tell(db, petition, "petition-decided", once=f"decided-{now.timestamp()}", now=now, second=again)


async def appeal(
    db: AsyncSession,
    petition: Petition,
    member: Member | None,
    person: Person,
    words: str,
    home: Municipality,
    now: datetime,
    today: date,
) -> None:
    """The group asks for a second look at a rejection or a take-down, once; somebody else than who decided looks.
    Refused: what `why_cannot_appeal` says, TOO_SHORT, TOO_LONG."""
    await counting.hold(db, petition)  # the names may be going at this moment
    until = appeal_until(petition, home.settings)
    told = f"{today_of(home, until):%d.%m.%Y}" if until is not None else "—"
    refuse(why_cannot_appeal(petition, member), until=told)
    petition.warned = 0
    petition.appeal = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    petition.state, petition.final_at = State.APPEALED, None
    days = await workdays_of(db, home.id)
    petition.check_until = days.after(today, home.settings.petition_moderation_working_days)
    telling.step(db, petition, State.APPEALED.value, now, words=petition.appeal, by=person)
    telling.note(db, petition, Event.PETITION_APPEALED, now, person)
    await telling.tell_staff(db, petition, Right.MODERATE, "petition-new", once="appealed", now=now)


async def extend(
    db: AsyncSession,
    petition: Petition,
    by: Person,
    roles: frozenset[Role],
    until: date,
    words: str,
    now: datetime,
    today: date,
) -> None:
    """Signatures are gathered longer, for a reason that everybody reads; what ended goes on. Refused: NOT_YOURS,
    NOT_FOUND, TOO_LATE after the hand-over, OUT_OF_RANGE for a day before today or the present last day, or over a year
    after the opening, TOO_SHORT, TOO_LONG."""
    telling.may_act(petition, by, roles, Right.INVALIDATE)
    await counting.hold(db, petition)  # its last day may be over at this moment
    opened = petition.opened_at
    if petition.state not in (State.OPEN, State.COMPLETE, State.ENDED) or opened is None or petition.anonymised_at:
        raise Refused(Reason.TOO_LATE)
    last = (opened + LONGEST).date()
    first = max(today, petition.closes_on or today) + timedelta(days=1)
    if not first <= until <= last:
        raise Refused(Reason.WRONG_DAY, first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}")
    words = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    petition.closes_on, petition.state = until, State.OPEN
    petition.final_at = petition.hand_over_until = None
    telling.step(db, petition, "extended", now, words=words, by=by, by_staff=True)
    telling.note(db, petition, Event.PETITION_EXTENDED, now, by, until=until.isoformat())
    await telling.tell_followers(db, petition, "petition-extended", once=f"extended-{until}", now=now)


async def sort(
    db: AsyncSession, petition: Petition, by: Person, roles: frozenset[Role], issue: int, now: datetime
) -> None:
    """Staff say on which issue of local importance a petition is that its group called «other» (Typical Plan 1.3).
    Refused: NOT_YOURS, NOT_FOUND, NOT_SENT_YET while the group still writes, DECIDED_ALREADY when it has an issue."""
    telling.may_act(petition, by, roles, Right.MODERATE)
    if petition.state in WRITABLE:
        raise Refused(Reason.NOT_SENT_YET)
    if petition.issue_id is not None:
        raise Refused(Reason.DECIDED_ALREADY)
    petition.issue_id = (await get_issue(db, petition.municipality_id, issue)).id
    telling.note(db, petition, Event.PETITION_SORTED, now, by, issue=issue)


async def take_down(
    db: AsyncSession,
    petition: Petition,
    by: Person,
    roles: frozenset[Role],
    why: Rejection,
    words: str,
    now: datetime,
    *,
    competent: str = "",
) -> None:
    """It is public no more, for a reason that is; the group may ask for a second look. After the hand-over it is an
    appeal to the municipality, whose time for an answer nobody ends: then, and where it is over, only a text that
    nobody should read is hidden. Refused: NOT_YOURS, NOT_FOUND, TOO_LATE for what was never public or is taken down,
    TEXT_ONLY for another reason where only the text can be hidden, DECIDED_ALREADY when it is, TOO_SHORT (also without
    the body in charge, when it is out of competence), TOO_LONG."""
    telling.may_act(petition, by, roles, Right.INVALIDATE)
    await counting.hold(db, petition)
    reasons = reasons_against(petition)
    refuse(Reason.TOO_LATE if not reasons else None)
    refuse(Reason.TEXT_ONLY if why not in reasons else None)
    words = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    if petition.state not in BEFORE_HAND_OVER:
        await _hide(db, petition, by, why, words, now)
        return
    petition.rejection, petition.remark, petition.competent = why, words, _body(why, competent)
    petition.state, petition.final_at = State.TAKEN_DOWN, now
    petition.decided_by, petition.decided_at = by.id, now
    telling.step(db, petition, State.TAKEN_DOWN.value, now, words=words, by=by, by_staff=True)
    telling.note(db, petition, Event.PETITION_TAKEN_DOWN, now, by, why=why.value)
    await telling.tell_everybody(db, petition, "petition-taken-down", once=f"down-{now.timestamp()}", now=now)


async def _hide(db: AsyncSession, petition: Petition, by: Person, why: Rejection, words: str, now: datetime) -> None:
    refuse(Reason.DECIDED_ALREADY if await is_removed(db, petition) else None)
    if petition.state not in (State.REJECTED, State.WITHDRAWN):  # which keep the reason why they ended
        petition.rejection, petition.remark = why, words
    petition.hidden_at = now
    telling.step(db, petition, "hidden", now, words=words, by=by, by_staff=True)
    telling.note(db, petition, Event.TEXT_HIDDEN, now, by, subject="petition", why=why.value)
    tell = telling.tell_everybody if awaits_answer(petition) else telling.tell_group
    await tell(db, petition, "petition-hidden", once=f"hidden-{now.timestamp()}", now=now, why=why.value)


async def is_removed(db: AsyncSession, petition: Petition) -> bool:
    """Whether staff took it down or hid its text, and not reports alone."""
    if petition.state is State.TAKEN_DOWN or is_second_look(petition):
        return True
    step = await last_step(db, petition.id, "hidden") if petition.hidden_at is not None else None
    return step is not None and petition.hidden_at is not None and step.at >= petition.hidden_at
