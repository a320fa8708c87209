"""How do staff answer a proposal, and say that it repeats another one? Words typed, or a photo sent, under the desk's
card begin the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from actions.proposals import deciding, merging
from civic.files import EVERY_KIND, FileKind
from civic.people import Right, may, refuse, why_not_may
from civic.proposals import (
    ANSWER,
    COMPETENT,
    COST,
    MEASURE,
    NEXT,
    PERIOD,
    REASON_LEAST,
    REASON_MOST,
    State,
    needs_words,
)
from civic.refusals import Reason, Refused
from civic.spelling import clean, whole_number
from handlers.answers import a_file, choice, words
from handlers.proposals.cards import ICONS, beginning
from handlers.proposals.desk import desk_card
from handlers.proposals.staff import DecideProposal, MergeProposal, ProposalDesk, home_worked_for
from storage.proposals import Proposal, get_proposal, proposal_numbered, similar_proposals
from storage.templates import AnswerTemplate, templates_of
from talk.answers import Answer, Option, Stored, Unfit
from talk.form import Asking, Form, GoOn, ask, ask_if_wanted, fetch, together
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Heard, Turn

routes = Routes()
OWN = "own"
# in this order they are offered; registering, merging and taking back have ways of their own
OFFERED = (
    State.ACCEPTED,
    State.PARTLY_ACCEPTED,
    State.REJECTED,
    State.INCLUDED,
    State.IN_PROGRESS,
    State.DONE,
    State.OUT_OF_COMPETENCE,
    State.UNDER_REVIEW,
)
_COSTS = frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED, State.INCLUDED})
PAPERS = EVERY_KIND - {FileKind.VOICE}


@dataclass(frozen=True, slots=True)
class Told:
    """What staff decided and said."""

    state: State
    said: deciding.Decision


def decide_questions(turn: Turn, press: DecideProposal) -> Form[Told]:
    """What becomes of it, the words in two languages (a template's, if wanted), and what belongs to such an answer."""
    t, home = turn.t, home_worked_for(turn)
    proposal: Proposal = yield from fetch(lambda db: get_proposal(db, home.id, press.proposal))
    able = [state for state in OFFERED if state in NEXT[proposal.state]]
    if not able:
        raise Refused(Reason.DECIDED_ALREADY)
    options = [Option(state.value, f"{ICONS[state]} {t(f'desk-to-{state}')}") for state in able]
    says = f"№ {proposal.number}: {beginning(proposal.text, 300)}\n\n{t('desk-ask-state')}"
    which = t("desk-state-of", number=proposal.number)  # whoever answers several sees in the end which one it is
    state = State((yield from ask("state", says, choice(options), named=which)))
    offered: Sequence[AnswerTemplate] = yield from fetch(lambda db: templates_of(db, home.id))
    file = None
    if state is State.DONE:  # what was done may be shown instead of told
        file = yield from _paper(turn, t("desk-ask-proof"))
    ky, ru, own = yield from _words(turn, proposal, state, offered, has_file=file is not None)
    cost = period = measure = competent = ""
    if state is State.INCLUDED:
        measure = yield from ask(
            "measure",
            t("desk-ask-measure"),
            words(min=REASON_LEAST, max=MEASURE),
            named=t("proposals-named-measure"),
        )
    if state is State.OUT_OF_COMPETENCE:
        competent = yield from ask(
            "competent", t("desk-ask-competent"), words(min=2, max=COMPETENT), named=t("proposals-named-competent")
        )
    if state in _COSTS:
        cost, period = yield from together(
            Asking("cost", t("desk-ask-cost"), words(max=COST), optional=True, named=t("proposals-named-cost")),
            Asking("period", t("desk-ask-period"), words(max=PERIOD), optional=True, named=t("proposals-named-period")),
        )
    if state is not State.DONE:
        file = yield from _paper(turn, t("desk-ask-file"), takes_words=own)
    return Told(state, deciding.Decision(ky, ru, cost or "", period or "", measure, competent, file))


@dataclass(frozen=True)
class a_paper(a_file):  # noqa: N801  reads as a word inside a form
    """A photo or paper with an answer; what is written under it are own words of that answer."""

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        stored = await super().read(turn, heard)
        if clean(heard.text) and turn.person.draft is not None:
            turn.person.draft.keep("template", OWN, turn.now)
        return stored


def _paper(turn: Turn, says: str, *, takes_words: bool = True) -> Form[str | None]:
    language = "ru" if turn.t.language == "ru" else "ky"
    paper = a_paper(PAPERS, language, REASON_LEAST, ANSWER, takes_words)
    return (yield from ask_if_wanted("file", says, paper, named=turn.t("proposals-step-file")))


@dataclass(frozen=True)
class a_template(choice):  # noqa: N801  reads as a word inside a form
    """One of the prepared answers; before it is sent its words are read, not its name alone."""

    prepared: Sequence[AnswerTemplate] = field(default=())

    def shown(self, stored: str) -> str:
        words_of = {str(each.id): "\n".join((each.title, each.words_ky, each.words_ru)) for each in self.prepared}
        return words_of.get(stored, super().shown(stored)).strip()


def _words(
    turn: Turn, proposal: Proposal, state: State, offered: Sequence[AnswerTemplate], *, has_file: bool
) -> Form[tuple[str, str, bool]]:
    """The answer in Kyrgyz and, if wanted, in Russian, and whether these are own words; no final status without a
    reason in words (Typical Plan 1.4)."""
    t, number = turn.t, proposal.number
    if offered:
        options = [Option(OWN, t("desk-own-words")), *(Option(str(each.id), each.title) for each in offered)]
        chosen = yield from ask(
            "template", f"№ {number}. {t('desk-ask-template')}", a_template(options, offered), named=t("desk-template")
        )
        for each in offered:
            if chosen == str(each.id):
                return each.words_ky, each.words_ru, False
    # of what is in the plan the name of the measure says why
    optional = state is State.INCLUDED or not needs_words(proposal, state, has_file=has_file)
    ky, ru = yield from together(
        Asking(
            "ky",
            f"№ {number}. {t('desk-ask-ky')}",
            words(min=REASON_LEAST, max=ANSWER),
            optional=optional,
            named=t("desk-ky"),
        ),
        Asking(
            "ru",
            f"№ {number}. {t('desk-ask-ru')}",
            words(min=REASON_LEAST, max=ANSWER),
            optional=True,
            named=t("desk-ru"),
        ),
    )
    return ky or "", ru or "", True


async def decided(turn: Turn, press: DecideProposal, told: Told) -> Screen:
    """Author, supporters and followers are told; the desk's card says so."""
    proposal = await deciding.decide(turn.db, press.proposal, told.state, told.said, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    t, only_ky = turn.t, told.said.ky and not told.said.ru
    if proposal.author_id is None:
        lead = t("desk-decided-caller") if proposal.caller_sealed else t("desk-decided-nobody")
    else:
        lead = t("desk-decided")
    lead = f"{lead} {t('desk-no-ru')}" if only_ky else lead
    return await desk_card(turn, press.proposal, lead=lead)


routes.form(DecideProposal, questions=decide_questions, done=decided, title="desk-answer", right=Right.ANSWER)


@routes.typed(ProposalDesk)
async def answer_typed(turn: Turn, press: ProposalDesk, typed: str) -> Screen:
    """Words under the card are the beginning of an answer: what becomes of it is asked next."""
    refuse(why_not_may(turn.roles, Right.ANSWER))
    await get_proposal(turn.db, home_worked_for(turn).id, press.proposal)
    return await _begun(turn, press, _said(turn, typed))


def _said(turn: Turn, typed: str) -> dict[str, str]:
    """The words as the answer to the form's question. Refused: TOO_SHORT, TOO_LONG, instead of asking once more as if
    nothing had been said."""
    text = clean(typed)
    if len(text) < REASON_LEAST:
        raise Refused(Reason.TOO_SHORT, least=REASON_LEAST)
    if len(text) > ANSWER:
        raise Refused(Reason.TOO_LONG, most=ANSWER, is_now=len(text))
    return {"ru" if turn.t.language == "ru" else "ky": text}


async def answer_with_file(turn: Turn, press: ProposalDesk) -> Screen | None:
    """A photo or paper sent under the card goes with the answer, its caption as words; None for whoever may not
    answer."""
    if not may(turn.roles, Right.ANSWER):
        return None
    await get_proposal(turn.db, home_worked_for(turn).id, press.proposal)
    known = _said(turn, turn.heard.text) if clean(turn.heard.text) else {}
    known["file"] = await a_file(kinds=PAPERS).read(turn, turn.heard) or ""
    return await _begun(turn, press, known)


async def _begun(turn: Turn, press: ProposalDesk, known: dict[str, str]) -> Screen:
    """The form of an answer, with what is known of it already."""
    await turn.go(turn, DecideProposal(press.proposal))
    draft = turn.person.draft
    assert draft is not None
    for key, stored in known.items():
        draft.keep(key, stored, turn.now)
    if known.keys() & {"ky", "ru"}:
        draft.keep("template", OWN, turn.now)
    await turn.db.flush()
    return await turn.go(turn, GoOn())


# --- merge ---


@dataclass(frozen=True)
class another(Answer[int]):  # noqa: N801  reads as a word inside a form
    """Another proposal of the same municipality, tapped, or typed by its number."""

    home: int
    besides: int
    options: Sequence[Option] = field(default=())

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        number = whole_number(clean(heard.text).lstrip("№# "))
        found = await proposal_numbered(turn.db, self.home, number) if number is not None else None
        if found is None or found.id == self.besides:
            raise Refused(Reason.NOT_FOUND)
        return str(found.id)

    def value(self, stored: str) -> int:
        number = whole_number(stored)
        if number is None:
            raise Unfit
        return number

    def shown(self, stored: str) -> str:
        return next((option.label for option in self.options if option.value == stored), f"#{stored}")


def merge_questions(turn: Turn, press: MergeProposal) -> Form[tuple[int, dict[str, str]]]:
    """Which one it repeats, the similar ones first, and why in words."""
    t, home = turn.t, home_worked_for(turn)
    proposal: Proposal = yield from fetch(lambda db: get_proposal(db, home.id, press.proposal))
    like: Sequence[Proposal] = yield from fetch(
        lambda db: similar_proposals(db, home.id, proposal.text, issue_id=proposal.issue_id, besides=None, limit=4)
    )
    options = [
        Option(str(each.id), f"№ {each.number} {beginning(each.text, 40)}") for each in like if each.id != proposal.id
    ]
    into = yield from ask("into", t("desk-ask-into"), another(home.id, proposal.id, options), named=t("proposals-main"))
    least = words(min=REASON_LEAST, max=REASON_MOST)
    ky, ru = yield from together(
        Asking("ky", t("desk-ask-ky"), least, named=t("desk-ky")),
        Asking("ru", t("desk-ask-ru"), least, optional=True, named=t("desk-ru")),
    )
    return into, {"ky": ky, "ru": ru or ""}


async def merged(turn: Turn, press: MergeProposal, told: tuple[int, dict[str, str]]) -> Screen:
    """Its supporters count there; the card of the other one is shown."""
    into, said = told
    await merging.merge(turn.db, press.proposal, into, said, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    return await desk_card(turn, into, lead=turn.t("desk-merged"))


routes.form(MergeProposal, questions=merge_questions, done=merged, title="desk-merge", right=Right.ANSWER)
