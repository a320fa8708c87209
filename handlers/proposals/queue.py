"""What waits for staff among the proposals, and how do they hear of it?"""

from datetime import date
from typing import Any

from civic.people import Right, may
from civic.proposals import FEW_DAYS, deadline_of
from handlers.proposals.cards import ICONS, beginning, state_line
from handlers.proposals.letters import quoted
from handlers.proposals.staff import (
    PAGE,
    EnterProposal,
    GiveRegister,
    ProposalDesk,
    ProposalQueue,
    Reported,
    Templates,
    home_worked_for,
)
from handlers.ways import page_of, to_tasks
from storage.municipalities import Municipality
from storage.proposal_queue import QUEUES, among_proposals, queue, queue_counts
from storage.proposals import Proposal, proposal_read_by
from storage.workdays import workdays_of
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Turn

routes = Routes()
_STAGES = {1: "soon", 2: "today", 3: "over"}


async def near_day(turn: Turn, home: Municipality) -> date:
    """The last day that counts as soon: two working days from now."""
    return (await workdays_of(turn.db, home.id)).after(turn.today, FEW_DAYS)


@routes.press(ProposalQueue, reads=True, statements=3, right=Right.ANSWER)
async def proposal_queue(turn: Turn, press: ProposalQueue) -> Screen:
    """One row for each: its sign, its deadline, its first words."""
    t, home = turn.t, home_worked_for(turn)
    what = press.what if press.what in QUEUES else "all"
    near = await near_day(turn, home)
    counts = await queue_counts(turn.db, home.id, turn.person.id, turn.today, near)
    shown, page, pages = page_of(counts[what], press.page, PAGE)
    waiting = await queue(turn.db, what, home.id, turn.person.id, turn.today, near, after=shown.start, limit=PAGE)
    others = [each for each in QUEUES if each != what and counts[each]]
    return Screen(
        title=t("desk-queue-title", what=t(f"desk-queue-{what}"), count=counts[what]),
        icon="💡",
        state=t("issues-page", page=page + 1, pages=pages) if pages > 1 else "",
        text="" if waiting else t("desk-queue-none"),
        note=home.name(t.language),
        choice=tuple(_row(turn, each, near) for each in waiting),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), ProposalQueue(what, page - 1)) if page > 0 else None,
            Button(t("kit-next"), ProposalQueue(what, page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(
            *(Button(f"{t(f'desk-queue-{each}')} · {counts[each]}", ProposalQueue(each)) for each in others), width=2
        )
        + rows(
            Button(f"➕ {t('desk-enter')}", EnterProposal()) if may(turn.roles, Right.DESK) else None,
            Button(f"📝 {t('desk-templates')}", Templates()),
            Button(f"📄 {t('desk-register-sheet')}", GiveRegister()),
            Button(f"⚑ {t('desk-reported')}", Reported()) if may(turn.roles, Right.MODERATE) else None,
            to_tasks(turn),
            width=2,
        ),
        at=ProposalQueue(what, page),
    )


def _row(turn: Turn, proposal: Proposal, near: date) -> Button:
    due = deadline_of(proposal)
    left = "" if due is None else "⚠️ " if due < turn.today else "⏳ " if due <= near else ""
    until = f" · {turn.t.day(due)[:5]}" if due is not None else ""
    words = f"№ {proposal.number} {beginning(proposal.text, 40)}"
    return Button(f"{left}{ICONS[proposal.state]} {words}{until}", ProposalDesk(proposal.id))


# --- letters ---


@routes.letter("proposals-new")
async def proposals_new(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """To those who answer: what came in and nobody has registered; nothing, once that was done."""
    home = turn.municipality
    if home is None or not may(turn.roles, Right.ANSWER):
        return None
    near = await near_day(turn, home)
    count = (await queue_counts(turn.db, home.id, turn.person.id, turn.today, near))["new"]
    if not count:
        return None
    waiting = await queue(turn.db, "new", home.id, turn.person.id, turn.today, near, limit=PAGE)
    title = turn.t("desk-letter-new", count=count)
    return _letter(turn, home, title, [_row(turn, each, near) for each in waiting], ProposalQueue("new"))


@routes.letter("proposals-due")
async def proposals_due(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """Deadlines that are near, are today, or are over; without those that were met or moved in the meantime."""
    t, home = turn.t, turn.municipality
    if home is None or not may(turn.roles, Right.ANSWER):
        return None
    stage, near = int(told["stage"]), await near_day(turn, home)
    listed = await among_proposals(turn.db, home.id, [int(number) for number in told["proposals"]])
    still = [each for each in listed if (due := deadline_of(each)) is not None and due <= near]
    if not still:
        return None
    title = t(f"desk-letter-due-{_STAGES[stage]}", count=len(still))
    return _letter(
        turn,
        home,
        title,
        [_row(turn, each, near) for each in still[:PAGE]],
        ProposalQueue("late" if stage == 3 else "due"),
    )


def _letter(turn: Turn, home: Municipality, title: str, listed: list[Button], queue_: ProposalQueue) -> Screen:
    t = turn.t
    return Screen(
        title=title,
        icon="💡",
        note=home.name(t.language),
        choice=tuple(listed),
        buttons=rows(Button(t("desk-open-queue"), queue_)),
        folded=t("desk-letter-why"),
        at=queue_,
    )


@routes.letter("proposal-assigned")
async def proposal_assigned(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """To a member of staff: it is theirs to answer, unless it is not any more."""
    t, home = turn.t, turn.municipality
    if home is None or not may(turn.roles, Right.ANSWER):
        return None
    read = await proposal_read_by(turn.db, home.id, int(told["proposal"]), turn.person.id)
    if read.proposal.officer_id != turn.person.id:
        return None
    return Screen(
        title=t("proposals-letter-assigned", number=read.proposal.number),
        icon="📌",
        state=state_line(turn, read.proposal),
        text=quoted(turn, read.proposal),
        note=home.name(t.language),
        buttons=rows(Button(f"🗂 {t('proposals-to-desk')}", ProposalDesk(read.proposal.id))),
        at=ProposalDesk(read.proposal.id),
    )
