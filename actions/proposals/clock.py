"""Who hears in time that a proposal waits: of a new one, of a deadline that is near, and of one that is over?"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.keeping import today_of
from actions.proposals import telling
from civic.people import Right
from civic.proposals import FEW_DAYS, deadline_of, owes_answer, stage_of
from storage.municipalities import Municipality, municipalities
from storage.people import Person
from storage.proposal_queue import proposals_with_deadline
from storage.proposals import Beside, Proposal
from storage.workdays import workdays_of

OVER = 3  # of civic.proposals.stage_of


async def tell_of_new(db: AsyncSession, home: Municipality, by: Person, today: date, now: datetime) -> None:
    """Whoever answers proposals hears of the first new one of a day; the letter says how many there are when it is
    delivered, so that twenty on one day are one letter."""
    readers = [each for each in await telling.first_to_act(db, home.id, Right.ANSWER) if each.id != by.id]
    once = f"proposals-new-{home.id}-{today}"
    await telling.tell_staff(db, home.id, readers, "proposals-new", once=once, now=now)


async def warn_of_deadlines(db: AsyncSession, now: datetime) -> int:
    """Tells whoever must act in time: two working days before an answer is due, on the last day of any deadline, and
    when it is over, then the head as well; once each, and everything of one hour in one letter. Of an appeal that was
    not answered in time its author and supporters hear too. Gives how many proposals."""
    warned = 0
    for home in await municipalities(db):
        warned += await _warn(db, home, now)
    return warned


async def _warn(db: AsyncSession, home: Municipality, now: datetime) -> int:
    today, days = today_of(home, now), await workdays_of(db, home.id)
    near = await proposals_with_deadline(db, home.id, days.after(today, FEW_DAYS))
    if not near:
        return 0
    first = await telling.first_to_act(db, home.id, Right.ANSWER)
    heads = await telling.head_of(db, home.id)
    staff = {each.id: each for each in (*first, *heads)}
    told: defaultdict[tuple[int, int], list[int]] = defaultdict(list)  # of whom, how urgent: which proposals
    warned = 0
    for proposal in near:
        until = deadline_of(proposal)
        assert until is not None
        to_answer = owes_answer(proposal) and until == proposal.due_on
        stage = stage_of(until, today, left=days.until(until, today), to_answer=to_answer)
        if stage <= proposal.warned:
            continue
        proposal.warned = stage
        warned += 1
        for reader in _readers(proposal, stage, first, heads):
            told[reader.id, stage].append(proposal.id)
        if stage == OVER and to_answer:
            words = (f"{until:%d.%m.%Y}", f"{until:%d.%m.%Y}")
            await telling.step(db, proposal, Beside.OVERDUE.value, now, words=words)
    for (reader_id, stage), numbers in told.items():
        once = f"proposals-due-{home.id}-{stage}-{numbers[0]}-{today}"
        await telling.tell_staff(
            db, home.id, [staff[reader_id]], "proposals-due", once=once, now=now, stage=stage, proposals=numbers
        )
    return warned


def _readers(proposal: Proposal, stage: int, first: Sequence[Person], heads: Sequence[Person]) -> Sequence[Person]:
    """Those who are to answer it, and once it is too late the head."""
    officer = [each for each in (*first, *heads) if each.id == proposal.officer_id]
    readers = (*(officer or first), *(heads if stage == OVER else ()))
    return list({each.id: each for each in readers}.values())
