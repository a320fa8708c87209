"""What do staff do with a proposal: register, give it to somebody, note, sort, and say what becomes of it?"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import outbox
from actions.keeping import today_of
from actions.proposals import telling
from civic.events import Event
from civic.people import RIGHTS, Right, Role, refuse
from civic.proposals import (
    ANSWER,
    COMPETENT,
    COST,
    MEASURE,
    NOTE,
    PERIOD,
    REASON_LEAST,
    REGISTRY,
    State,
    is_answer,
    needs_words,
    owes_answer,
    why_cannot_become,
    why_cannot_register,
)
from civic.refusals import Reason, Refused
from storage.issues import get_issue
from storage.municipalities import Municipality, get_municipality
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
    proposal.warned = 0
    if as_appeal:
        await _owe_answer(db, proposal, home, proposal.registered_on)
        proposal.is_appeal = True
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
    cost = telling.fitting(said.cost, least=0, most=COST)
    period = telling.fitting(said.period, least=0, most=PERIOD)
    if is_answer(proposal, state, has_words=bool(ky or ru)):
        _answer(proposal, state, Decision(ky, ru, cost, period, file_id=said.file_id), by, now)
    if state is State.UNDER_REVIEW and proposal.answered_at is not None:
        await _look_anew(db, proposal, now)
    proposal.measure, proposal.competent = measure or proposal.measure, competent
    proposal.state = state
    words, terms = (ky, ru), (cost, period)
    await telling.step(
        db, proposal, state.value, now, words=words, terms=terms, file_id=said.file_id, by=by, by_staff=True
    )
    telling.note(db, proposal, Event.PROPOSAL_DECIDED, now, by, state=state.value)
    return proposal


def _answer(proposal: Proposal, state: State, said: Decision, by: Person, now: datetime) -> None:
    """The answer that everybody reads from now on. Where one stands already, what is not said anew of cost, term and
    file goes on to hold; and whatever is said of its being in the plan now is no other answer."""
    stands = proposal.answered_at is not None
    proposal.cost = said.cost or (proposal.cost if stands else "")
    proposal.period = said.period or (proposal.period if stands else "")
    if state is State.INCLUDED and stands:
        return  # a file is that of the step
    proposal.answer_file_id = said.file_id or (proposal.answer_file_id if stands else None)
    proposal.answer_ky, proposal.answer_ru = said.ky, said.ru
    proposal.answered_at, proposal.answered_by = now, by.id


async def _look_anew(db: AsyncSession, proposal: Proposal, now: datetime) -> None:
    """The old answer stands in its way only; an appeal is owed another one, within the same term from today."""
    proposal.answered_at = proposal.answered_by = proposal.due_on = None
    if proposal.is_appeal:
        home = await get_municipality(db, proposal.municipality_id)
        await _owe_answer(db, proposal, home, today_of(home, now))


async def _owe_answer(db: AsyncSession, proposal: Proposal, home: Municipality, since: date) -> None:
    """The law's clock runs from that day. A term that ends sooner, of what was merged into it, goes on to hold."""
    days = await workdays_of(db, home.id)
    due = days.after(since, home.settings.appeal_answer_working_days)
    if owes_answer(proposal) and proposal.due_on is not None:
        due = min(due, proposal.due_on)
    proposal.due_on, proposal.warned = due, 0


def _words(proposal: Proposal, state: State, said: Decision, measure: str) -> tuple[str, str]:
    ky, ru = (telling.fitting(words, least=0, most=ANSWER) for words in (said.ky, said.ru))
    if state is State.INCLUDED and not ky and not ru:
        ky = measure
    if needs_words(proposal, state, has_file=said.file_id is not None):
        telling.fitting(ky or ru, least=REASON_LEAST, most=ANSWER)
    return ky, ru
