"""What do people read when a proposal of theirs, or one they support, takes a step?"""

from typing import Any

from civic.people import Right, may
from civic.proposals import State
from handlers.proposals.browse import step_name, step_words
from handlers.proposals.cards import ICONS, beginning, state_line
from handlers.proposals.presses import OpenProposal, StepFile
from storage.proposals import Beside, Proposal, ProposalStep, get_step, proposal_read_by
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
QUOTED = 160  # characters of the proposal, so that the letter makes sense a month later


@routes.letter("proposal-step")
async def proposal_step(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """To its author, its supporters and followers: what happened, in words, and why they hear of it."""
    t, home = turn.t, turn.municipality
    step_id, number = int(told["step"]), int(told["proposal"])
    if home is None:
        return None
    step = await get_step(turn.db, home.id, step_id)
    read = await proposal_read_by(turn.db, home.id, number, turn.person.id)
    proposal = read.proposal
    own = proposal.author_id == turn.person.id
    if proposal.hidden_at is not None and not own and step.what != Beside.REMOVED:
        return None  # nobody is sent a text that is hidden
    why = "author" if own else "supporter" if read.supports else "follower"
    if read.main is not None and not own:
        why = "merged"
    return Screen(
        title=t(f"proposals-letter-{why}", number=proposal.number),
        icon="💡",
        state=state_line(turn, proposal) if step.what == proposal.state else _what(turn, step),
        text="\n\n".join(part for part in (_quoted(turn, proposal), step_words(turn, step)) if part),
        facts=_answer_facts(turn, proposal, step),
        note=home.name(t.language),
        buttons=rows(
            Button(t("proposals-open"), OpenProposal(read.main.id if read.main is not None else proposal.id)),
            _attached(turn, step),
        ),
        folded="" if own else t("proposals-letter-stop"),
    )


def _attached(turn: Turn, step: ProposalStep) -> Button | None:
    if step.file_id is None or not step.public:
        return None
    return Button(f"📎 {turn.t('proposals-step-file')}", StepFile(step.proposal_id, step.id))


def _what(turn: Turn, step: ProposalStep) -> str:
    icon = "" if step.what in set(Beside) else f"{ICONS[State(step.what)]} "
    return f"{icon}{step_name(turn, step)}"


def _quoted(turn: Turn, proposal: Proposal) -> str:
    return "" if proposal.hidden_at is not None else f"«{beginning(proposal.text, QUOTED)}»"


def _answer_facts(turn: Turn, proposal: Proposal, step: ProposalStep) -> tuple[Fact, ...]:
    t = turn.t
    if step.what != proposal.state or proposal.answered_at != step.at:
        return ()
    said = (
        (t("proposals-named-cost"), proposal.cost),
        (t("proposals-named-period"), proposal.period),
        (t("proposals-named-measure"), proposal.measure),
        (t("proposals-named-competent"), proposal.competent),
    )
    return tuple(Fact(label, value) for label, value in said if value)


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
        text=_quoted(turn, read.proposal),
        note=home.name(t.language),
        buttons=rows(Button(t("proposals-open"), OpenProposal(read.proposal.id))),
    )
