"""What waits for a member of staff among proposals and reported texts, as «my tasks» shows it?"""

from civic.municipalities import local
from civic.people import Right, may
from civic.proposals import FEW_DAYS
from civic.reports import LOOK_WORKING_DAYS
from handlers.proposals.staff import ProposalQueue, Reported
from storage.municipalities import Municipality
from storage.proposal_queue import queue_counts
from storage.reports import hidden_texts, reported_count
from storage.workdays import workdays_of
from talk.screen import Button
from talk.turn import Turn


async def waiting(turn: Turn, home: Municipality) -> list[Button]:
    """What is overdue first, then what is due, what is assigned to oneself, and what is new; for moderators texts that
    wait hidden, and the others that were reported."""
    t, found = turn.t, list[Button]()
    days = await workdays_of(turn.db, home.id)
    if may(turn.roles, Right.ANSWER):
        near = days.after(turn.today, FEW_DAYS)
        counts = await queue_counts(turn.db, home.id, turn.person.id, turn.today, near)
        found += [
            Button(f"{sign} {t(key)} · {counts[what]}", ProposalQueue(what))
            for what, sign, key in (
                ("late", "⚠️", "desk-task-late"),
                ("due", "⏳", "desk-task-due"),
                ("mine", "👤", "desk-task-mine"),
                ("new", "💡", "desk-task-new"),
            )
            if counts[what]
        ]
    if may(turn.roles, Right.MODERATE):
        hidden, since = await hidden_texts(turn.db, home.id)
        if since is not None:
            until = days.after(local(since, home.time_zone).date(), LOOK_WORKING_DAYS)
            sign = "⚠️" if until < turn.today else "🙈"
            found.append(Button(f"{sign} {t('desk-task-hidden')} · {hidden} · {t.day(until)[:5]}", Reported()))
        more = await reported_count(turn.db, home.id) - hidden
        if more > 0:
            found.append(Button(f"⚑ {t('desk-reported')} · {more}", Reported()))
    return found
