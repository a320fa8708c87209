"""Staff check what was sent in: open it for signatures, give it back, reject it; appeals, deadlines, taking down."""

import hashlib
from datetime import date, datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import telling
from civic.events import Event
from civic.moderation import Rejection
from civic.municipalities import norm_signatures
from civic.people import Right, Role, refuse
from civic.petitions import (
    LOCKED_FOR,
    REASON_LEAST,
    REASON_MOST,
    WRITABLE,
    PetitionKind,
    State,
    is_member,
    why_cannot_decide,
)
from civic.refusals import Reason, Refused
from civic.spelling import clean
from civic.thresholds import CHARTER, Consequence, Step, default_formulas, steps
from storage.issues import get_issue
from storage.municipalities import Municipality, find_village
from storage.people import Person
from storage.petitions import Member, Petition
from storage.thresholds import rule_on
from storage.workdays import workdays_of

LONGEST = timedelta(days=365)  # from the opening to the last day, with every extension
CAN_BE_TAKEN_DOWN = (State.OPEN, State.COMPLETE, State.ENDED, State.HANDED_OVER, State.REGISTERED)


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
    village = await find_village(db, home.id, petition.village_id)
    residents = home.population if petition.village_id is None else village.population if village else None
    if petition.street_id is not None:
        residents = None  # nobody counts the people of a street
    formulas = rule.formula_list if rule is not None else default_formulas(ladder)
    return steps(formulas, residents, ladder), rule.basis if rule is not None else ""


def text_mark(petition: Petition) -> str:
    """Letters that change with the text: whoever opens a petition opens what they read, for it may have been given
    back, changed and sent anew since."""
    said = "\n".join((petition.title, petition.demand, petition.reasons))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


async def open_signing(
    db: AsyncSession,
    petition: Petition,
    by: Person,
    roles: frozenset[Role],
    home: Municipality,
    now: datetime,
    today: date,
) -> None:
    """Signing begins, with the thresholds of today frozen into the petition. Refused: what `take` says."""
    await take(db, petition, by, roles, now)
    frozen, petition.basis = await thresholds_for(db, petition, home, today)
    petition.steps = [{"consequence": one.consequence.value, "count": one.count} for one in frozen]
    petition.opened_at, petition.closes_on = now, today + timedelta(days=home.settings.petition_days)
    if petition.kind is PetitionKind.NORM or home.settings.petition_public_after == 0:
        petition.public_at = now
    petition.remark, petition.rejection, petition.competent = "", None, ""
    petition.final_at = None
    await _decided(db, petition, State.OPEN, by, now)


async def give_back(
    db: AsyncSession, petition: Petition, by: Person, roles: frozenset[Role], words: str, now: datetime
) -> None:
    """The group may better its text and send it again. Refused: what `take` says, TOO_SHORT, TOO_LONG."""
    await take(db, petition, by, roles, now)
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
    """It is not opened for signatures, for a reason of the published catalogue and in words. Out of competence names
    the body that is in charge. Refused: what `take` says, TOO_SHORT, TOO_LONG."""
    await take(db, petition, by, roles, now)
    petition.remark = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    petition.competent = (
        telling.reason_of(clean(competent), least=3, most=300) if why is Rejection.OUT_OF_COMPETENCE else ""
    )
    petition.rejection, petition.final_at = why, now
    await _decided(db, petition, State.REJECTED, by, now, words=petition.remark)


async def _decided(
    db: AsyncSession, petition: Petition, state: State, by: Person, now: datetime, *, words: str = ""
) -> None:
    petition.state, petition.decided_by, petition.decided_at = state, by.id, now
    petition.lock_by = petition.lock_until = petition.check_until = None
    telling.step(db, petition, state.value, now, words=words, by=by, by_staff=True)
    telling.note(db, petition, Event.PETITION_DECIDED, now, by, state=state.value)
    await telling.tell_followers(db, petition, "petition-decided", once=f"decided-{now.timestamp()}", now=now)


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
    """The group asks for a second look, once; somebody else than who rejected it decides. Refused: GROUP_ONLY,
    TOO_LATE when it is not rejected, ALREADY_APPEALED, TOO_SHORT, TOO_LONG."""
    if not is_member(member):
        raise Refused(Reason.GROUP_ONLY)
    if petition.appeal is not None:
        raise Refused(Reason.ALREADY_APPEALED)
    if petition.state is not State.REJECTED:
        raise Refused(Reason.TOO_LATE)
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
    opened = petition.opened_at
    if petition.state not in (State.OPEN, State.COMPLETE, State.ENDED) or opened is None or petition.anonymised_at:
        raise Refused(Reason.TOO_LATE)
    last = (opened + LONGEST).date()
    first = max(today, petition.closes_on or today) + timedelta(days=1)
    if not first <= until <= last:
        raise Refused(Reason.WRONG_DAY, first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}")
    words = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    petition.closes_on, petition.state, petition.final_at = until, State.OPEN, None
    telling.step(db, petition, "extended", now, words=words, by=by, by_staff=True)
    telling.note(db, petition, Event.PETITION_EXTENDED, now, by, until=until.isoformat())
    await telling.tell_followers(db, petition, "petition-extended", once=f"extended-{until}", now=now)


async def hide(
    db: AsyncSession, petition: Petition, by: Person, roles: frozenset[Role], why: Rejection, words: str, now: datetime
) -> None:
    """The text of a petition that is over is read no more, for a reason that is; what came of it stays. Refused:
    NOT_YOURS, NOT_FOUND, DECIDED_ALREADY when it was taken down, TOO_SHORT, TOO_LONG."""
    telling.may_act(petition, by, roles, Right.INVALIDATE)
    if petition.state is State.TAKEN_DOWN:
        raise Refused(Reason.DECIDED_ALREADY)
    words = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    petition.hidden_at = now
    telling.step(db, petition, "hidden", now, words=words, by=by, by_staff=True)
    telling.note(db, petition, Event.TEXT_HIDDEN, now, by, subject="petition", why=why.value)
    await telling.tell_group(db, petition, "petition-hidden", once=f"hidden-{now.timestamp()}", now=now)


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
    db: AsyncSession, petition: Petition, by: Person, roles: frozenset[Role], why: Rejection, words: str, now: datetime
) -> None:
    """It is public no more, for a reason that is. Refused: NOT_YOURS, NOT_FOUND, TOO_LATE before it was opened or after
    the answer, TOO_SHORT, TOO_LONG."""
    telling.may_act(petition, by, roles, Right.INVALIDATE)
    if petition.state not in CAN_BE_TAKEN_DOWN:
        raise Refused(Reason.TOO_LATE)
    petition.remark = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    petition.rejection, petition.state, petition.final_at = why, State.TAKEN_DOWN, now
    telling.step(db, petition, State.TAKEN_DOWN.value, now, words=petition.remark, by=by, by_staff=True)
    telling.note(db, petition, Event.PETITION_TAKEN_DOWN, now, by, why=why.value)
    await telling.tell_everybody(db, petition, "petition-taken-down", once="taken-down", now=now)
