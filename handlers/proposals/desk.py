"""What can staff do about one proposal: register, assign, note, sort?"""

from collections.abc import Sequence

from actions.proposals import deciding
from civic.people import Right
from civic.proposals import NEXT, NOTE, REGISTRY, WAITING, deadline_of, owes_answer, why_cannot_register
from civic.refusals import Reason, Refused
from handlers.answers import choice, words
from handlers.proposals.cards import ICONS, place_in_words
from handlers.proposals.presses import OpenProposal, ProposalHistory, ProposalPicture
from handlers.proposals.staff import (
    AssignProposal,
    ChooseOfficer,
    DecideProposal,
    MergeProposal,
    NoteProposal,
    ProposalDesk,
    ProposalQueue,
    RegisterProposal,
    SortProposal,
    home_worked_for,
)
from storage.changes import authors
from storage.issues import listed_issues
from storage.proposals import (
    Proposal,
    ProposalNote,
    Read,
    files_of_proposal,
    get_proposal,
    notes_of_proposal,
    proposal_read_by,
)
from talk.answers import Option
from talk.form import Form, ask, fetch
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
OTHER = "0"
TEXT = 2_200  # characters of a proposal on the desk's card; more is read as residents do
NOTES = 4  # the newest of staff's notes


@routes.press(ProposalDesk, reads=True, statements=5, right=Right.ANSWER)
async def proposal_desk(turn: Turn, press: ProposalDesk) -> Screen:
    """One proposal with everything that staff may do about it."""
    return await desk_card(turn, press.proposal)


async def desk_card(turn: Turn, number: int, *, lead: str = "") -> Screen:
    """The card that staff work on, the likely act first. Refused(NOT_FOUND)."""
    t, home = turn.t, home_worked_for(turn)
    read = await proposal_read_by(turn.db, home.id, number, turn.person.id)
    proposal = read.proposal
    notes = (await notes_of_proposal(turn.db, number))[:NOTES]
    files = await files_of_proposal(turn.db, number)
    names = await authors(
        turn.db, home.id, {each for each in (proposal.officer_id, *(note.by for note in notes)) if each is not None}
    )
    return Screen(
        lead=lead,
        title=t("proposals-title", number=proposal.number),
        icon="💡",
        state=_state(turn, proposal),
        text=beginning_of(proposal.text),
        facts=_facts(turn, read, names),
        folded=_notes(turn, notes, names),
        note=home.name(t.language),
        buttons=_acts(turn, proposal)
        + rows(
            Button(f"📎 {t('desk-files', count=len(files))}", ProposalPicture(number)) if files else None,
            Button(f"🕘 {t('proposals-history')}", ProposalHistory(number)),
            Button(f"👁 {t('keep-as-resident')}", OpenProposal(number)),
            Button(t("kit-back"), ProposalQueue("all")),
            width=2,
        ),
        at=ProposalDesk(number),
    )


def beginning_of(text: str) -> str:
    """The text, cut where a card has no more room."""
    return text if len(text) <= TEXT else f"{text[:TEXT]}…"


def _state(turn: Turn, proposal: Proposal) -> str:
    t = turn.t
    said = f"{ICONS[proposal.state]} {t(f'proposals-state-{proposal.state}')}"
    due = deadline_of(proposal)
    if due is None:
        return said
    if not (owes_answer(proposal) and due == proposal.due_on):
        return f"{said}. {t('desk-register-late' if turn.today > due else 'desk-register-by', day=t.day(due))}"
    return f"{said}. {t('proposals-overdue' if turn.today > due else 'proposals-due', day=t.day(due))}"


def _facts(turn: Turn, read: Read, names: dict[int, str]) -> tuple[Fact, ...]:
    t, proposal = turn.t, read.proposal
    where = place_in_words(turn, read)
    caller = turn.vault.open(proposal.caller_sealed) if proposal.caller_sealed else None
    officer = names.get(proposal.officer_id or 0) or (t("desk-officer-some") if proposal.officer_id else "—")
    facts = (
        Fact(t("proposals-fact-issue"), read.issue.said("label", t.language) if read.issue else t("desk-unsorted")),
        Fact(t("proposals-fact-place"), where) if where else None,
        Fact(t("proposals-fact-support"), t.number(proposal.support_count)),
        Fact(t("desk-officer"), officer),
        Fact(t("desk-registry"), proposal.registry_no) if proposal.registry_no else None,
        Fact(t(f"desk-caller-{proposal.came_by}"), caller) if caller else None,
    )
    return tuple(fact for fact in facts if fact is not None)


def _notes(turn: Turn, notes: Sequence[ProposalNote], names: dict[int, str]) -> str:
    t = turn.t
    lines = [
        f"{t.moment(note.at, turn.time_zone)}, {names.get(note.by or 0) or t('desk-officer-some')}: {note.text}"
        for note in notes
    ]
    return "\n\n".join((t("desk-notes"), *lines)) if lines else ""


def _acts(turn: Turn, proposal: Proposal) -> tuple[tuple[Button, ...], ...]:
    t, number = turn.t, proposal.id
    waits = proposal.state in WAITING
    decides = bool(NEXT[proposal.state])
    registered = why_cannot_register(proposal, as_appeal=False) is not None
    return rows(
        Button(f"🗂 {t('desk-register')}", RegisterProposal(number))
        if not registered or why_cannot_register(proposal, as_appeal=True) is None
        else None,
        Button(f"✉️ {t('desk-answer')}", DecideProposal(number)) if decides else None,
        Button(f"👤 {t('desk-assign')}", ChooseOfficer(number)) if waits else None,
        Button(f"📝 {t('desk-note')}", NoteProposal(number)),
        Button(f"📋 {t('desk-sort')}", SortProposal(number)),
        Button(f"🔁 {t('desk-merge')}", MergeProposal(number)) if waits else None,
        width=2,
    )


# --- register ---


def register_questions(turn: Turn, press: RegisterProposal) -> Form[tuple[str, bool]]:
    """The number in the registry, and whether it is treated as an appeal."""
    t, home = turn.t, home_worked_for(turn)
    proposal: Proposal = yield from fetch(lambda db: get_proposal(db, home.id, press.proposal))
    if why_cannot_register(proposal, as_appeal=True) is not None:
        raise Refused(Reason.DECIDED_ALREADY)
    number = proposal.registry_no
    if number is None:
        number = yield from ask("number", t("desk-ask-registry"), words(max=REGISTRY), named=t("desk-registry"))
    days = home.settings.appeal_answer_working_days
    appeal = yield from ask(
        "appeal",
        t("desk-ask-appeal", days=days),
        choice([Option("yes", t("desk-appeal-yes")), Option("no", t("desk-appeal-no"))]),
        named=t("desk-appeal"),
    )
    return number, appeal == "yes"


async def registered(turn: Turn, press: RegisterProposal, told: tuple[str, bool]) -> Screen:
    """In the registry, with the day until which an appeal is answered."""
    number, as_appeal = told
    home = home_worked_for(turn)
    proposal = await deciding.register(
        turn.db,
        press.proposal,
        turn.person,
        turn.roles,
        home,
        number,
        turn.today,
        turn.now,
        turn.today,
        as_appeal=as_appeal,
    )
    await turn.db.flush()
    t = turn.t
    lead = t("desk-registered") if proposal.author_id is not None else t("desk-registered-nobody")
    return await desk_card(turn, press.proposal, lead=lead)


routes.form(RegisterProposal, questions=register_questions, done=registered, title="desk-register", right=Right.ANSWER)


# --- assign ---


@routes.press(ChooseOfficer, reads=True, statements=4, right=Right.ANSWER)
async def choose_officer(turn: Turn, press: ChooseOfficer) -> Screen:
    """Everybody of the staff who may answer."""
    t, home = turn.t, home_worked_for(turn)
    proposal = await get_proposal(turn.db, home.id, press.proposal)
    able = await deciding.officers(turn.db, home.id)
    names = await authors(turn.db, home.id, {person.id for person in able})
    listed = [
        Button(
            f"{'✓ ' if person.id == proposal.officer_id else ''}{names.get(person.id) or t('desk-officer-some')}",
            AssignProposal(proposal.id, person.id),
        )
        for person in able
    ]
    return Screen(
        title=t("desk-assign"),
        text=t("desk-assign-text", number=proposal.number),
        note=home.name(t.language),
        choice=tuple(listed),
        buttons=rows(
            Button(t("desk-assign-nobody"), AssignProposal(proposal.id)) if proposal.officer_id else None,
            Button(t("kit-back"), ProposalDesk(proposal.id)),
        ),
        at=ChooseOfficer(proposal.id),
    )


@routes.press(AssignProposal, reads=False, statements=12, right=Right.ANSWER)
async def assign(turn: Turn, press: AssignProposal) -> Screen:
    """They are told; «nobody» takes it back."""
    await deciding.assign(turn.db, press.proposal, press.officer, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    t = turn.t
    lead = t("desk-assigned") if press.officer is not None else t("desk-assigned-nobody")
    return await desk_card(turn, press.proposal, lead=lead)


# --- note ---


def note_questions(turn: Turn, press: NoteProposal) -> Form[str]:
    """The words; only staff read them."""
    yield from fetch(lambda db: get_proposal(db, home_worked_for(turn).id, press.proposal))
    return (yield from ask("note", turn.t("desk-ask-note"), words(max=NOTE), named=turn.t("desk-note")))


async def noted(turn: Turn, press: NoteProposal, text: str) -> Screen:
    """It stands on the desk's card."""
    await deciding.note(turn.db, press.proposal, text, turn.person, turn.roles, turn.now)
    return await desk_card(turn, press.proposal, lead=turn.t("desk-noted"))


routes.form(NoteProposal, questions=note_questions, done=noted, review=False, title="desk-note", right=Right.ANSWER)


# --- sort ---


def sort_questions(turn: Turn, press: SortProposal) -> Form[str]:
    """Which issue of the list it belongs to."""
    t, home = turn.t, home_worked_for(turn)
    yield from fetch(lambda db: get_proposal(db, home.id, press.proposal))
    listed = yield from fetch(lambda db: listed_issues(db, home.id))
    options = [Option(str(each.id), each.said("label", t.language)) for each in listed]
    options.append(Option(OTHER, t("desk-unsorted")))
    return (yield from ask("issue", t("desk-ask-issue"), choice(options), named=t("proposals-fact-issue")))


async def sorted_now(turn: Turn, press: SortProposal, issue: str) -> Screen:
    """It belongs there now."""
    number = int(issue) or None
    await deciding.sort(turn.db, press.proposal, number, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    return await desk_card(turn, press.proposal, lead=turn.t("desk-sorted"))


routes.form(
    SortProposal, questions=sort_questions, done=sorted_now, review=False, title="desk-sort", right=Right.ANSWER
)
