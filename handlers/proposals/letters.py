"""What do people read when a proposal of theirs, or one they support, takes a step?"""

from typing import Any

from civic.proposals import State
from handlers.proposals.browse import step_name, step_words
from handlers.proposals.cards import ICONS, beginning, state_line
from handlers.proposals.presses import ObjectToHiding, OpenProposal, StepFile
from storage.proposals import Beside, Proposal, ProposalStep, get_step, proposal_read_by
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
_WHOLE = frozenset({Beside.HIDDEN.value, Beside.OVERDUE.value, Beside.TOOK_IN.value})  # their line says it all
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
    told_more = step_words(turn, step) if step.what not in _WHOLE else ""
    if step.what == Beside.HIDDEN:
        told_more = t("proposals-own-hidden")
    if step.what == Beside.HIDDEN and proposal.hidden_at is None:
        return None  # staff have looked in the meantime, and said so
    return Screen(
        title=t(f"proposals-letter-{why}", number=proposal.number),
        icon="💡",
        state=state_line(turn, proposal) if step.what == proposal.state else _what(turn, step),
        text="\n\n".join(part for part in (quoted(turn, proposal, own=own), told_more) if part),
        facts=_answer_facts(turn, proposal, step),
        note=home.name(t.language),
        buttons=rows(
            Button(t("proposals-open"), OpenProposal(read.main.id if read.main is not None else proposal.id)),
            Button(f"🙋 {t('proposals-object')}", ObjectToHiding(proposal.id)) if step.what == Beside.HIDDEN else None,
            _attached(turn, step),
        ),
        folded="" if own else t("proposals-letter-stop"),
    )


def _attached(turn: Turn, step: ProposalStep) -> Button | None:
    if step.file_id is None or not step.public:
        return None
    return Button(f"📎 {turn.t('proposals-step-file')}", StepFile(step.proposal_id, step.id))


def _what(turn: Turn, step: ProposalStep) -> str:
    if step.what == Beside.OVERDUE:
        return turn.t("proposals-overdue", day=step.words(turn.t.language))
    if step.what == Beside.TOOK_IN:
        return f"{step_name(turn, step)}: {step.words(turn.t.language)}"
    icon = "" if step.what in set(Beside) else f"{ICONS[State(step.what)]} "
    return f"{icon}{step_name(turn, step)}"


def quoted(turn: Turn, proposal: Proposal, *, own: bool = False) -> str:
    """The first words of a proposal, unless they are hidden from the reader."""
    return "" if proposal.hidden_at is not None and not own else f"«{beginning(proposal.text, QUOTED)}»"


def _answer_facts(turn: Turn, proposal: Proposal, step: ProposalStep) -> tuple[Fact, ...]:
    t = turn.t
    said = (
        (State.INCLUDED, t("proposals-named-measure"), proposal.measure),
        (State.OUT_OF_COMPETENCE, t("proposals-named-competent"), proposal.competent),
    )
    return tuple(Fact(label, value) for state, label, value in said if value and step.what == state == proposal.state)
