"""What do staff do with a proposal: register, give it to somebody, note, sort, and say what becomes of it?"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import outbox
from actions.proposals import telling
from civic.events import Event
from civic.people import RIGHTS, Right, Role, refuse
from civic.proposals import (
    ANSWER,
    ANSWERS,
    COMPETENT,
    COST,
    MEASURE,
    NOTE,
    PERIOD,
    REASON_LEAST,
    REASON_MOST,
    REGISTRY,
    State,
    needs_words,
    why_cannot_become,
    why_cannot_register,
)
from civic.refusals import Reason, Refused
from storage.issues import get_issue
from storage.municipalities import Municipality
from storage.people import Person
from storage.proposals import Beside, Proposal, ProposalNote
from storage.staff import holders
from storage.workdays import workdays_of

_OWN_WAY = frozenset({State.SENT, State.REGISTERED, State.DUPLICATE, State.WITHDRAWN})  # not by `decide`


@dataclass(frozen=True, slots=True)
class Decision:
    """What staff say with a decision: words in Kyrgyz and, where somebody wrote them, in Russian; of an answer what it
    costs and by when, the measure of the plan, the body that is in charge instead, a photo or paper."""

    ky: str = ""
    ru: str = ""
    cost: str = ""
    period: str = ""
    measure: str = ""
    competent: str = ""
    file_id: str | None = None


async def register(
    db: AsyncSession,
    proposal_id: int,
    by: Person,
    roles: frozenset[Role],
    home: Municipality,
    number: str,
    on: date,
    now: datetime,
    today: date,
    *,
    as_appeal: bool,
) -> Proposal:
    """Staff enter the number of the registry. As an appeal, the law's clock runs from that day: it must be answered in
    so many working days (Law 67; docs/law.md#numbers). Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY, IN_THE_FUTURE,
    TOO_SHORT, TOO_LONG."""
    proposal = await telling.taken(db, proposal_id, by, roles, Right.ANSWER)
    refuse(why_cannot_register(proposal, as_appeal=as_appeal))
    if on > today:
        raise Refused(Reason.IN_THE_FUTURE)
    proposal.registry_no = telling.fitting(number, least=1, most=REGISTRY)
    proposal.registered_on = proposal.registered_on or on
    if as_appeal:
        days = await workdays_of(db, home.id)
        proposal.is_appeal, proposal.warned = True, 0
        proposal.due_on = days.after(proposal.registered_on, home.settings.appeal_answer_working_days)
    if proposal.state is State.SENT:
        proposal.state = State.REGISTERED
    words = (proposal.registry_no, proposal.registry_no)
    await telling.step(db, proposal, State.REGISTERED.value, now, by=by, by_staff=True, words=words)
    telling.note(db, proposal, Event.PROPOSAL_REGISTERED, now, by, appeal=as_appeal)
    return proposal


async def assign(
    db: AsyncSession, proposal_id: int, officer: int | None, by: Person, roles: frozenset[Role], now: datetime
) -> Proposal:
    """From now on that member of staff is to answer it, and is told; None: nobody in particular. Refused: NOT_YOURS,
    NOT_FOUND, also for somebody who may not answer."""
    proposal = await telling.taken(db, proposal_id, by, roles, Right.ANSWER)
    able = {person.id: person for person in await officers(db, proposal.municipality_id)}
    if officer is not None and officer not in able:
        raise Refused(Reason.NOT_FOUND)
    if proposal.officer_id == officer:
        return proposal
    proposal.officer_id = officer
    await telling.step(db, proposal, Beside.ASSIGNED.value, now, by=by, by_staff=True, public=False, told=False)
    telling.note(db, proposal, Event.PROPOSAL_ASSIGNED, now, by, assigned=officer is not None)
    if officer is not None and officer != by.id:
        await outbox.post(
            db,
            [able[officer]],
            "proposal-assigned",
            once=f"proposal-assigned-{proposal.id}-{now.timestamp():.0f}",
            municipality=proposal.municipality_id,
            now=now,
            proposal=proposal.id,
        )
    return proposal


async def officers(db: AsyncSession, municipality_id: int) -> list[Person]:
    """The staff of a municipality who may answer proposals."""
    return list(await holders(db, municipality_id, [role for role in Role if Right.ANSWER in RIGHTS[role]]))


async def note(
    db: AsyncSession, proposal_id: int, text: str, by: Person, roles: frozenset[Role], now: datetime
) -> ProposalNote:
    """Something for other staff to know. Refused: NOT_YOURS, NOT_FOUND, TOO_SHORT, TOO_LONG."""
    proposal = await telling.taken(db, proposal_id, by, roles, Right.ANSWER)
    text = telling.fitting(text, least=1, most=NOTE)
    noted = ProposalNote(municipality_id=proposal.municipality_id, proposal_id=proposal.id, at=now, by=by.id, text=text)
    db.add(noted)
    telling.note(db, proposal, Event.PROPOSAL_NOTED, now, by)
    await db.flush()
    return noted


async def sort(
    db: AsyncSession, proposal_id: int, issue: int | None, by: Person, roles: frozenset[Role], now: datetime
) -> bool:
    """It belongs to that issue of the list, or to none yet; False when it did already. Refused: NOT_YOURS,
    NOT_FOUND."""
    proposal = await telling.taken(db, proposal_id, by, roles, Right.ANSWER)
    listed = await get_issue(db, proposal.municipality_id, issue) if issue is not None else None
    if proposal.issue_id == issue:
        return False
    proposal.issue_id = issue
    words = (listed.label_ky, listed.label_ru) if listed is not None else ("", "")
    await telling.step(db, proposal, Beside.SORTED.value, now, by=by, by_staff=True, told=False, words=words)
    telling.note(db, proposal, Event.PROPOSAL_SORTED, now, by, issue=issue)
    return True


async def decide(
    db: AsyncSession,
    proposal_id: int,
    state: State,
    said: Decision,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> Proposal:
    """Staff say what becomes of a proposal; author, supporters and followers are told. Refused: NOT_YOURS, NOT_FOUND,
    DECIDED_ALREADY for a step that does not lead there, TOO_SHORT without the reason in words, the measure or the name
    of the body that such a step needs, TOO_LONG."""
    proposal = await telling.taken(db, proposal_id, by, roles, Right.ANSWER)
    if state in _OWN_WAY:
        raise Refused(Reason.DECIDED_ALREADY)
    refuse(why_cannot_become(proposal, state))
    measure = telling.fitting(said.measure, least=REASON_LEAST if state is State.INCLUDED else 0, most=MEASURE)
    competent = telling.fitting(said.competent, least=2 if state is State.OUT_OF_COMPETENCE else 0, most=COMPETENT)
    ky, ru = _words(proposal, state, said, measure)
    if state in ANSWERS:
        proposal.answer_ky, proposal.answer_ru = ky, ru
        proposal.cost = telling.fitting(said.cost, least=0, most=COST)
        proposal.period = telling.fitting(said.period, least=0, most=PERIOD)
        proposal.answer_file_id = said.file_id
        proposal.answered_at, proposal.answered_by = now, by.id
    if state is State.UNDER_REVIEW and proposal.answered_at is not None:
        proposal.answered_at = proposal.answered_by = (
            None  # it is looked at anew: the old answer stands in its way only
        )
    proposal.measure, proposal.competent = measure or proposal.measure, competent
    proposal.state = state
    await telling.step(db, proposal, state.value, now, words=(ky, ru), file_id=said.file_id, by=by, by_staff=True)
    telling.note(db, proposal, Event.PROPOSAL_DECIDED, now, by, state=state.value)
    return proposal


def _words(proposal: Proposal, state: State, said: Decision, measure: str) -> tuple[str, str]:
    most = ANSWER if state in ANSWERS else REASON_MOST
    ky, ru = (telling.fitting(words, least=0, most=most) for words in (said.ky, said.ru))
    if state is State.INCLUDED and not ky and not ru:
        ky = measure
    if needs_words(proposal, state, has_file=said.file_id is not None):
        telling.fitting(ky or ru, least=REASON_LEAST, most=most)
    return ky, ru
