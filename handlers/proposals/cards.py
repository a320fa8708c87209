"""How is one proposal shown: its text, where it stands, what was answered, who supports it?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from civic.municipalities import local
from civic.people import Right, may
from civic.proposals import FINAL, WAITING, CameBy, State, owes_answer
from civic.reports import Subject
from handlers.issues.presses import OpenIssue, named
from handlers.proposals.presses import (
    FollowProposal,
    ObjectToHiding,
    OpenProposal,
    ProposalHistory,
    ProposalPicture,
    Proposals,
    ReportText,
    ShareProposal,
    StepFile,
    SupportProposal,
    UnfollowProposal,
    UnsupportProposal,
    WithdrawProposal,
    home_of_proposal,
    may_read,
)
from handlers.proposals.staff import ProposalDesk
from handlers.ways import other_languages
from storage.municipalities import Municipality
from storage.proposals import (
    Beside,
    Proposal,
    ProposalFile,
    ProposalStep,
    Read,
    files_of_proposal,
    last_step,
    proposal_read_by,
    steps_of_proposal,
)
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

SHORT = 500  # characters of a text that is shown whole; a longer one is folded
BEGINNING = 60  # characters of a text in a list
ICONS = {
    State.SENT: "📨",
    State.REGISTERED: "🗂",
    State.UNDER_REVIEW: "🔍",
    State.ACCEPTED: "✓",
    State.PARTLY_ACCEPTED: "✓",
    State.REJECTED: "✗",
    State.INCLUDED: "📌",
    State.IN_PROGRESS: "🛠",
    State.DONE: "✅",
    State.DUPLICATE: "🔁",
    State.OUT_OF_COMPETENCE: "↪️",
    State.WITHDRAWN: "↩️",
}


async def proposal_card(turn: Turn, proposal_id: int, *, lead: str = "") -> Screen:
    """The card of a proposal, for whoever may read it. Refused(NOT_FOUND)."""
    home = await home_of_proposal(turn, proposal_id)
    read = await proposal_read_by(turn.db, home.id, proposal_id, turn.person.id)
    if not may_read(turn, read.proposal):
        return replace(await hidden_card(turn, home, read.proposal), lead=lead)
    files = await files_of_proposal(turn.db, read.proposal.id)
    steps = await steps_of_proposal(turn.db, read.proposal.id)
    return replace(card(turn, home, read, files, steps), lead=lead)


def card(
    turn: Turn, home: Municipality, read: Read, files: Sequence[ProposalFile], steps: Sequence[ProposalStep]
) -> Screen:
    """What is proposed, where it stands and why, what was answered, and what one can do."""
    t, proposal = turn.t, read.proposal
    text, folded = texts(turn, home, proposal, steps)
    return Screen(
        title=t("proposals-title", number=proposal.number),
        state=state_line(turn, proposal),
        text=text,
        facts=facts(turn, home, read),
        folded=folded,
        note=home.name(t.language),
        buttons=_ways(turn, home, read, files, steps),
        at=OpenProposal(proposal.id),
    )


async def hidden_card(turn: Turn, home: Municipality, proposal: Proposal) -> Screen:
    """A proposal whose text is hidden after reports, or was removed: why, and nothing of what it said."""
    t = turn.t
    step = await last_step(turn.db, proposal.id, Beside.REMOVED) if proposal.removed_because is not None else None
    why = (
        t("proposals-removed", why=t(f"moderation-why-{proposal.removed_because}"))
        if proposal.removed_because is not None
        else t("proposals-hidden")
    )
    return Screen(
        title=t("proposals-title", number=proposal.number),
        state=why,
        text=step.words(t.language) if step is not None else "",
        note=home.name(t.language),
        buttons=rows(
            _to_desk(turn, proposal),
            Button(f"🕘 {t('proposals-history')}", ProposalHistory(proposal.id))
            if proposal.removed_because is not None
            else None,
            Button(t("proposals-all"), Proposals(home=named(turn, home))),
        ),
        at=OpenProposal(proposal.id),
    )


def state_line(turn: Turn, proposal: Proposal) -> str:
    """Where it stands, and until when the law wants an answer."""
    t = turn.t
    said = f"{ICONS[proposal.state]} {t(f'proposals-state-{proposal.state}')}"
    due = proposal.due_on if owes_answer(proposal) else None
    if due is None:
        return said
    late = turn.today > due
    return f"{said}. {t('proposals-overdue' if late else 'proposals-due', day=t.day(due))}"


def texts(turn: Turn, home: Municipality, proposal: Proposal, steps: Sequence[ProposalStep]) -> tuple[str, str]:
    """What is shown, and what is folded: the text, the answer to it, and the words of the last step where they are no
    answer, each whole while it is short."""
    t = turn.t
    own = _own_hidden(turn, proposal)
    body, folded = proposal.text, ""
    if len(body) > SHORT:
        body, folded = f"{beginning(body, SHORT // 2)}", f"{t('proposals-whole')}\n{body}"
    shown = [own, body]
    for said in (_answer(turn, home, proposal), _reason(turn, home, proposal, steps)):
        if len(said) > SHORT * 2:
            folded = "\n\n".join(part for part in (folded, said) if part)
            said = beginning(said, SHORT)
        shown.append(said)
    return "\n\n".join(part for part in shown if part), folded


def _own_hidden(turn: Turn, proposal: Proposal) -> str:
    """What the author of a hidden text reads above it."""
    t = turn.t
    if proposal.removed_because is not None:
        return t("proposals-removed", why=t(f"moderation-why-{proposal.removed_because}"))
    return t("proposals-own-hidden") if proposal.hidden_at is not None else ""


def _answer(turn: Turn, home: Municipality, proposal: Proposal) -> str:
    t = turn.t
    if proposal.answered_at is None:
        return ""
    day = t.day(local(proposal.answered_at, home.time_zone).date())
    lines = (
        t("proposals-answer", day=day),
        proposal.answer(t.language),
        t("proposals-cost", cost=proposal.cost) if proposal.cost else "",
        t("proposals-period", period=proposal.period) if proposal.period else "",
        t("proposals-measure", measure=proposal.measure) if proposal.measure else "",
        t("proposals-competent", body=proposal.competent) if proposal.competent else "",
    )
    return "\n".join(line for line in lines if line)


def _reason(turn: Turn, home: Municipality, proposal: Proposal, steps: Sequence[ProposalStep]) -> str:
    """Why it stands where it stands, where the answer does not say so: done, taken back, merged, looked at anew."""
    t, step = turn.t, _last(proposal, steps)
    if step is None or step.what == State.REGISTERED:
        return ""
    words = step.words(t.language)
    if not words or (proposal.answered_at is not None and words in (proposal.answer(t.language), proposal.measure)):
        return ""
    state = t(f"proposals-state-{proposal.state}")
    return f"{t('proposals-said', state=state, day=t.day(local(step.at, home.time_zone).date()))}\n{words}"


def _last(proposal: Proposal, steps: Sequence[ProposalStep]) -> ProposalStep | None:
    return next((step for step in steps if step.what == proposal.state), None)


def _papers(turn: Turn, proposal: Proposal, steps: Sequence[ProposalStep]) -> list[Button]:
    """The file of the answer, and that of the last step where it is another one."""
    t = turn.t
    answer = next((each for each in steps if each.file_id and each.file_id == proposal.answer_file_id), None)
    last = _last(proposal, steps)
    found = []
    if answer is not None and proposal.answered_at is not None:
        found.append(Button(f"📎 {t('proposals-answer-file')}", StepFile(proposal.id, answer.id)))
    if last is not None and last.file_id and last is not answer:
        found.append(Button(f"📎 {t('proposals-step-file')}", StepFile(proposal.id, last.id)))
    return found


def beginning(text: str, most: int) -> str:
    """The first words of a text, in one line."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(".,;:– ") + "…"


def facts(turn: Turn, home: Municipality, read: Read) -> tuple[Fact, ...]:
    """At most five: issue, place, for whom, who supports it and how that counts, when and how it came."""
    t, proposal = turn.t, read.proposal
    where = place_in_words(turn, read)
    count = t.number(proposal.support_count)
    return (
        Fact(t("proposals-fact-issue"), read.issue.said("label", t.language) if read.issue else t("proposals-other")),
        *((Fact(t("proposals-fact-place"), where),) if where else ()),
        *((Fact(t("proposals-fact-for"), t(f"proposals-for-{proposal.for_whom}")),) if proposal.for_whom else ()),
        Fact(t("proposals-fact-support"), t("proposals-support-count", count=count)),
        Fact(t("proposals-fact-sent"), _came(turn, home, proposal)),
    )


def place_in_words(turn: Turn, read: Read) -> str:
    """Village and street, or a point on the map."""
    language = turn.t.language
    parts = [each.name(language) for each in (read.village, read.street) if each is not None]
    if read.proposal.latitude is not None and read.proposal.longitude is not None:
        parts.append(f"{read.proposal.latitude:.5f}, {read.proposal.longitude:.5f}")
    return ", ".join(parts)


def _came(turn: Turn, home: Municipality, proposal: Proposal) -> str:
    t = turn.t
    parts = [t.day(_day(home, proposal))]
    if proposal.came_by is not CameBy.BOT:
        parts.append(t(f"proposals-came-{proposal.came_by}"))
    if proposal.registry_no is not None:
        parts.append(t("proposals-registered-as", number=proposal.registry_no))
    return " · ".join(parts)


def _day(home: Municipality, proposal: Proposal) -> date:
    return local(proposal.created_at, home.time_zone).date()


def _to_desk(turn: Turn, proposal: Proposal) -> Button | None:
    """The way of staff from what residents read to what can be done about it."""
    if not may(turn.roles, Right.ANSWER) or turn.person.municipality_id != proposal.municipality_id:
        return None
    return Button(f"🗂 {turn.t('proposals-to-desk')}", ProposalDesk(proposal.id))


def _ways(
    turn: Turn, home: Municipality, read: Read, files: Sequence[ProposalFile], steps: Sequence[ProposalStep]
) -> tuple[tuple[Button, ...], ...]:
    t, proposal, number = turn.t, read.proposal, read.proposal.id
    own = proposal.author_id is not None and proposal.author_id == turn.person.id
    photos = sum(not each.is_voice for each in files)
    point = proposal.latitude is not None and proposal.longitude is not None
    return (
        *rows(
            _to_desk(turn, proposal),
            Button(f"🔁 {t('proposals-main')}", OpenProposal(read.main.id)) if read.main is not None else None,
            *_papers(turn, proposal, steps),
            _supporting(turn, read),
            Button(f"↗️ {t('proposals-share')}", ShareProposal(number)) if proposal.hidden_at is None else None,
            _following(turn, read),
            Button(f"🕘 {t('proposals-history')}", ProposalHistory(number)),
            Button(f"📷 {t('proposals-photos', count=photos)}", ProposalPicture(number)) if photos else None,
            Button(f"🎤 {t('proposals-voice')}", ProposalPicture(number, photos)) if photos < len(files) else None,
            Button(f"📋 {t('proposals-to-issue')}", OpenIssue(read.issue.id)) if read.issue is not None else None,
            width=2,
        ),
        *rows(Button(f"🗺 {t('proposals-map')}", link=map_link(proposal)) if point else None),
        *rows(
            Button(f"🙋 {t('proposals-object')}", ObjectToHiding(number))
            if own and proposal.hidden_at is not None and proposal.removed_because is None
            else None,
            Button(f"↩️ {t('proposals-withdraw')}", WithdrawProposal(number))
            if own and proposal.state in WAITING
            else None,
            Button(f"⚑ {t('proposals-report')}", ReportText(Subject.PROPOSAL, number)) if not own else None,
        ),
        *other_languages(turn, OpenProposal(number)),
        *rows(Button(t("kit-back"), Proposals(home=named(turn, home)))),
    )


def _supporting(turn: Turn, read: Read) -> Button | None:
    t, proposal = turn.t, read.proposal
    if read.supports:
        return Button(f"👍 {t('proposals-unsupport')}", UnsupportProposal(proposal.id))
    own = proposal.author_id is not None and proposal.author_id == turn.person.id
    if own or not is_supported(proposal):
        return None
    return Button(f"👍 {t('proposals-support')}", SupportProposal(proposal.id))


def is_supported(proposal: Proposal) -> bool:
    """Whether support still means something: not after the last step."""
    return proposal.state not in FINAL


def _following(turn: Turn, read: Read) -> Button | None:
    t, proposal = turn.t, read.proposal
    own = proposal.author_id is not None and proposal.author_id == turn.person.id
    if own or read.supports:
        return None  # they are told anyway
    if read.follows:
        return Button(f"🔕 {t('proposals-unfollow')}", UnfollowProposal(proposal.id))
    return Button(f"🔔 {t('proposals-follow')}", FollowProposal(proposal.id))


def map_link(proposal: Proposal) -> str:
    """Where the point is on a map that everybody can open."""
    point = f"mlat={proposal.latitude:.5f}&mlon={proposal.longitude:.5f}"
    return f"https://www.openstreetmap.org/?{point}#map=17/{proposal.latitude:.5f}/{proposal.longitude:.5f}"


def in_a_list(turn: Turn, proposal: Proposal) -> Button:
    """One row of a list: its sign, number, first words, and how many support it."""
    count = f" · {turn.t.number(proposal.support_count)}" if proposal.support_count else ""
    words = f"№ {proposal.number} {beginning(proposal.text, BEGINNING - len(count) - 10)}"
    return Button(f"{ICONS[proposal.state]} {words}{count}", OpenProposal(proposal.id))
