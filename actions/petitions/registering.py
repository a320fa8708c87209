"""Hand over, register, answer: from the group's hands to the municipality's words, and what the kenesh decided."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.keeping import today_of
from actions.petitions import counting, paper, telling
from civic.events import Event
from civic.people import RIGHTS, Right, Role, refuse
from civic.petitions import ANSWER, REASON_LEAST, PetitionKind, State, group_size, why_cannot_hand_over
from civic.refusals import Reason, Refused
from civic.spelling import clean
from storage.municipalities import Municipality
from storage.people import Person
from storage.petitions import Member, Petition, members_of, people_who_lead
from storage.workdays import workdays_of

REGISTRY_NUMBER = 60  # characters


async def hand_over(
    db: AsyncSession,
    petition: Petition,
    member: Member | None,
    person: Person,
    home: Municipality,
    now: datetime,
    today: date,
) -> bool:
    """The group hands the signatures over: nobody signs or takes back any more, and the municipality registers it
    within a working day (docs/law.md#petitions). False when too few are left without the lines on paper whose names
    signed in the bot: those are out of the count then, and it is not handed over. Refused: what `why_cannot_hand_over`
    says."""
    await counting.hold(db, petition)
    members = len(await members_of(db, petition.id))
    refuse_hand_over(petition, member, home, members)
    if await paper.settle_twins(db, petition, home, now) and not petition.reached:
        return False
    days = await workdays_of(db, home.id)
    petition.state, petition.handed_over_at = State.HANDED_OVER, now
    petition.register_until = days.after(today, home.settings.appeal_register_working_days)
    petition.hand_over_until, petition.warned = None, 0
    telling.step(db, petition, State.HANDED_OVER.value, now, by=person, words=str(petition.count))
    telling.note(db, petition, Event.HANDED_OVER, now, person, count=petition.count)
    await telling.tell_staff(db, petition, Right.ANSWER, "petition-handed-over", once="handed-over", now=now)
    await telling.tell_followers(db, petition, "petition-with-staff", once="handed-over", now=now)
    return True


def refuse_hand_over(petition: Petition, member: Member | None, home: Municipality, members: int) -> None:
    """Refused: what `why_cannot_hand_over` says, with the numbers that belong to its words."""
    steps, least = petition.thresholds, group_size(petition.kind, home.settings)[0]
    reason = why_cannot_hand_over(petition, member, members=members, numbers=home.settings)
    if reason is Reason.TOO_FEW_SIGNATURES:
        raise Refused(Reason.TOO_FEW_SIGNATURES, count=petition.count, needed=steps[0].count if steps else 0)
    refuse(reason, count=members, least=least)


async def register(
    db: AsyncSession,
    petition: Petition,
    by: Person,
    roles: frozenset[Role],
    home: Municipality,
    number: str,
    on: date,
    now: datetime,
    today: date,
) -> None:
    """Staff enter the number of the registry; the time for an answer runs from that day: working days for a petition
    (Law 67), calendar days for a request to call an assembly (Charter 18.4). Refused: NOT_YOURS, NOT_FOUND, TOO_LATE
    when it is registered, WRONG_DAY before the hand-over or in the future, TOO_SHORT, TOO_LONG."""
    telling.may_act(petition, by, roles, Right.ANSWER)
    if petition.state is not State.HANDED_OVER or petition.handed_over_at is None:
        raise Refused(Reason.TOO_LATE)
    first = today_of(home, petition.handed_over_at)
    if not first <= on <= today:
        raise Refused(Reason.WRONG_DAY, first=f"{first:%d.%m.%Y}", last=f"{today:%d.%m.%Y}")
    petition.registry_no = telling.reason_of(clean(number), least=1, most=REGISTRY_NUMBER)
    numbers = home.settings
    if petition.kind is PetitionKind.ASSEMBLY:
        petition.answer_until = on + timedelta(days=numbers.assembly_request_days)
    else:
        days = await workdays_of(db, home.id)
        petition.answer_until = days.after(on, numbers.appeal_answer_working_days)
    petition.state, petition.registered_on, petition.warned = State.REGISTERED, on, 0
    telling.step(db, petition, State.REGISTERED.value, now, words=petition.registry_no, by=by, by_staff=True)
    telling.note(db, petition, Event.PETITION_REGISTERED, now, by)
    await telling.tell_followers(db, petition, "petition-registered", once="registered", now=now)


async def answer(
    db: AsyncSession,
    petition: Petition,
    by: Person,
    roles: frozenset[Role],
    words: str,
    now: datetime,
    *,
    accepted: bool,
    file: str | None = None,
    russian: str = "",
) -> None:
    """The municipality's answer goes to everybody who signed, in Russian to who reads it where it was given so.
    Refused: NOT_YOURS, NOT_FOUND, TOO_LATE when it is answered or not registered, TOO_SHORT (an answer has words,
    Typical Plan 1.4), TOO_LONG."""
    telling.may_act(petition, by, roles, Right.ANSWER)
    if petition.state is not State.REGISTERED:
        raise Refused(Reason.TOO_LATE)
    petition.answer = telling.reason_of(clean(words), least=REASON_LEAST, most=ANSWER)
    petition.answer_ru = telling.reason_of(clean(russian), least=0, most=ANSWER)
    petition.accepted, petition.answer_file_id = accepted, file
    petition.state, petition.answered_at, petition.answered_by, petition.final_at = State.ANSWERED, now, by.id, now
    telling.step(db, petition, State.ANSWERED.value, now, by=by, by_staff=True)
    telling.note(db, petition, Event.PETITION_ANSWERED, now, by, accepted=accepted)
    await telling.tell_everybody(db, petition, "petition-answered", once="answered", now=now)


async def kenesh(
    db: AsyncSession,
    petition: Petition,
    by: Person,
    roles: frozenset[Role],
    on: date,
    decision: str,
    now: datetime,
) -> None:
    """When the kenesh considers it, or considered it and what it decided; everybody who signed is told. Refused:
    NOT_YOURS, NOT_FOUND, NOT_SENT_YET before it is registered, TOO_LONG."""
    telling.may_act(petition, by, roles, Right.ANSWER)
    if petition.state not in (State.REGISTERED, State.ANSWERED):
        raise Refused(Reason.NOT_SENT_YET)
    petition.kenesh_on = on
    petition.kenesh_decision = telling.reason_of(clean(decision), least=0, most=ANSWER)
    telling.step(db, petition, "kenesh", now, words=petition.kenesh_decision, by=by, by_staff=True)
    telling.note(db, petition, Event.KENESH_DECIDED, now, by, decided=bool(petition.kenesh_decision))
    await telling.tell_everybody(db, petition, "petition-kenesh", once=f"kenesh-{now.timestamp()}", now=now)


async def opened_list(
    db: AsyncSession, petition: Petition, by: Person, roles: frozenset[Role], how: str, now: datetime
) -> None:
    """Staff open names: of the signers (`pdf`, `xlsx`, `photo` of a sheet) or of the group (`group`). The journal keeps
    who, in which office and how; everybody who reads the petition sees the office and the moment, and
    the co-ordinator is told, once a day for an office. Refused: NOT_YOURS, NOT_FOUND."""
    telling.may_act(petition, by, roles, Right.SEE_SIGNERS)
    office = next(role.value for role in Role if role in roles and Right.SEE_SIGNERS in RIGHTS[role])
    telling.note(db, petition, Event.SIGNERS_OPENED, now, by, how=how, office=office, count=petition.count)
    leads = [each for each in await people_who_lead(db, petition.id) if each.id != by.id]
    once = f"opened-{how}-{office}-{now:%Y-%m-%d}"
    await telling.tell(db, petition, leads, "petition-list-opened", once=once, now=now, how=how, office=office)
