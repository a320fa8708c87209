"""What waits for a member of staff among proposals and reported texts, as «my tasks» shows it?"""

from civic.people import Right, may
from handlers.proposals.desk import near_day
from handlers.proposals.staff import ProposalQueue, Reported
from storage.municipalities import Municipality
from storage.proposal_queue import queue_counts
from storage.reports import reported_count
from talk.screen import Button
from talk.turn import Turn


async def waiting(turn: Turn, home: Municipality) -> list[Button]:
    """What is due first, then what is assigned to oneself, then what is new; reported texts for moderators."""
    t, found = turn.t, list[Button]()
    if may(turn.roles, Right.ANSWER):
        counts = await queue_counts(turn.db, home.id, turn.person.id, await near_day(turn, home))
        found += [
            Button(f"{sign} {t(key)} · {counts[what]}", ProposalQueue(what))
            for what, sign, key in (
                ("due", "⏳", "desk-task-due"),
                ("mine", "👤", "desk-task-mine"),
                ("new", "💡", "desk-task-new"),
            )
            if counts[what]
        ]
    if may(turn.roles, Right.MODERATE):
        count = await reported_count(turn.db, home.id)
        if count:
            found.append(Button(f"⚑ {t('desk-reported')} · {count}", Reported()))
    return found
