"""What may staff do about one petition: everything on one screen, by its state and their rights?"""

from dataclasses import replace

from civic.municipalities import local
from civic.people import Right, may
from civic.petitions import (
    BEFORE_HAND_OVER,
    FINAL,
    WRITABLE,
    PetitionKind,
    State,
    group_size,
    hides_text,
    is_own_rejection,
    is_second_look,
    reasons_against,
    takes_paper,
    why_cannot_see_group,
)
from handlers.files import with_file
from handlers.issues.presses import OpenIssue
from handlers.petitions.cards import counted, issue_of, state_line, territory
from handlers.petitions.desk_presses import (
    AnswerPetition,
    AskGroup,
    AskOpening,
    AskSigners,
    EnterKenesh,
    ExtendPetition,
    Invalidate,
    Invalidations,
    LeavePetition,
    RegisterPetition,
    RejectPetition,
    ReturnPetition,
    Sheets,
    SortPetition,
    TakeDownPetition,
    TakePetition,
    ours,
)
from handlers.petitions.presses import EnterPaper, OpenPetition, PetitionDesk, PetitionHistory, PetitionQueue
from handlers.petitions.queue import left_in_words
from storage.changes import authors
from storage.municipalities import Municipality
from storage.petition_desk import owes_kenesh, queues_of
from storage.petitions import Petition, members_of
from storage.workdays import workdays_of
from talk.form import GoOn
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
DECISIONS = (State.CHECKING, State.APPEALED)


@routes.press(PetitionDesk, reads=True, statements=10, right=Right.MODERATE)
async def desk(turn: Turn, press: PetitionDesk) -> Screen:
    """State, days left, who decides, how it counts, the whole text, and what can be done now."""
    t = turn.t
    home, petition = await ours(turn, press.petition)
    screen = Screen(
        title=petition.title,
        icon="🗂",
        state=state_line(turn, petition, turn.today),
        facts=await _facts(turn, home, petition),
        text=f"{petition.demand}\n\n{petition.reasons}",
        folded=_said(turn, petition),
        note=f"{t('petitions-desk-number', number=petition.id)} · {home.name(t.language)}",
        buttons=_acts(turn, petition),
        at=PetitionDesk(petition.id),
    )
    return await with_file(turn.db, screen, petition.file_id)


@routes.typed(PetitionDesk)
async def answered_at_once(turn: Turn, press: PetitionDesk, words: str) -> Screen:
    """What is typed while a registered petition is read is its answer: the form begins with it."""
    _, petition = await ours(turn, press.petition)
    if petition.state is not State.REGISTERED or not may(turn.roles, Right.ANSWER):
        return replace(await desk(turn, press), lead=turn.t("petitions-desk-typed"), fresh=True)
    await turn.go(turn, AnswerPetition(petition.id))
    turn.heard = replace(turn.heard, text=words)
    assert turn.person.draft is not None
    turn.person.draft.keep("words", words, turn.now)
    return await turn.go(turn, GoOn())


async def _facts(turn: Turn, home: Municipality, petition: Petition) -> tuple[Fact, ...]:
    t = turn.t
    waits = [each for each in queues_of(petition) if each.until is not None]
    facts: list[Fact] = []
    if waits and waits[0].until is not None:
        left = (await workdays_of(turn.db, home.id)).until(waits[0].until, turn.today)
        over = waits[0].until < turn.today
        facts.append(
            Fact(
                t("petitions-desk-fact-left"),
                f"{t.day(waits[0].until)}, {left_in_words(turn, min(-1, left) if over else left)}",
            )
        )
    if _held(turn, petition):
        names = await authors(turn.db, home.id, {petition.lock_by or 0})
        assert petition.lock_until is not None
        name = names.get(petition.lock_by or 0) or t("petitions-desk-colleague")
        until = f"{local(petition.lock_until, turn.time_zone):%H:%M}"
        facts.append(Fact(t("petitions-desk-fact-decides"), t("petitions-desk-decides-until", name=name, until=until)))
    if petition.opened_at is not None and petition.kind is not PetitionKind.ASSEMBLY:
        facts.append(Fact(t("petitions-desk-fact-counted"), counted(turn, petition)))
    facts.append(Fact(t("petitions-desk-fact-for"), await territory(turn, home, petition)))
    facts.append(Fact(t("group-fact-issue"), await issue_of(turn, home, petition)))
    facts.append(Fact(t("petitions-desk-fact-group"), await group_in_words(turn, home, petition)))
    return tuple(facts)


async def group_in_words(turn: Turn, home: Municipality, petition: Petition) -> str:
    """How many people are in the group; where they are too few, how many there must be."""
    count, least = len(await members_of(turn.db, petition.id)), group_size(petition.kind, home.settings)[0]
    if count >= least or petition.state in FINAL:
        return turn.t("petitions-desk-people", count=count)
    return turn.t("petitions-desk-people-few", count=count, least=least)


def _held(turn: Turn, petition: Petition) -> bool:
    return petition.lock_by is not None and petition.lock_until is not None and petition.lock_until > turn.now


def _said(turn: Turn, petition: Petition) -> str:
    """What was said so far that whoever decides should know: why it was rejected, the appeal, the answer."""
    t = turn.t
    said: list[str] = []
    if petition.kind is PetitionKind.ASSEMBLY and petition.about:
        said.append("\n".join(str(value) for value in petition.about.values()))
    if petition.rejection is not None:
        why = t(f"moderation-why-{petition.rejection}")
        said.append(f"{t('petitions-desk-said-rejected')}\n{why}\n{petition.remark}\n{petition.competent}".strip())
    elif petition.remark:
        said.append(f"{t('petitions-desk-said-remark')}\n{petition.remark}")
    if petition.appeal:
        said.append(f"{t('petitions-desk-said-appeal')}\n{petition.appeal}")
    if is_own_rejection(petition, turn.person.id):
        said.append(t("refusal-another-decides"))
    if petition.answer:
        said.append(f"{t('petitions-desk-said-answer')}\n{petition.answer_in(t.language)}")
    return "\n\n".join(said)


def _acts(turn: Turn, petition: Petition) -> tuple[tuple[Button, ...], ...]:
    t, number = turn.t, petition.id
    return (
        *rows(*_decisions(turn, petition)),
        *rows(*_after_hand_over(turn, petition)),
        *rows(*_while_gathering(turn, petition), width=2),
        *rows(
            Button(f"📋 {t('petitions-issue')}", OpenIssue(petition.issue_id))
            if petition.issue_id
            else _sorting(turn, petition),
            Button(f"🕘 {t('petitions-desk-history')}", PetitionHistory(number)),
            Button(f"👁 {t('petitions-desk-as-seen')}", OpenPetition(number)),
            Button(t("kit-back"), PetitionQueue()),
            width=2,
        ),
    )


def _sorting(turn: Turn, petition: Petition) -> Button | None:
    if petition.state in WRITABLE or not may(turn.roles, Right.MODERATE):
        return None
    return Button(f"📋 {turn.t('petitions-desk-sort')}", SortPetition(petition.id))


def _decisions(turn: Turn, petition: Petition) -> list[Button]:
    t, number = turn.t, petition.id
    if petition.state not in DECISIONS or is_own_rejection(petition, turn.person.id):
        return []
    if not _held(turn, petition):
        return [Button(f"⚖️ {t('petitions-desk-take')}", TakePetition(number))]
    if petition.lock_by != turn.person.id:
        return []
    return [
        Button(f"✅ {t('petitions-desk-open')}", AskOpening(number)),
        *([] if is_second_look(petition) else [Button(f"↩ {t('petitions-desk-return')}", ReturnPetition(number))]),
        Button(f"✕ {t('petitions-desk-reject')}", RejectPetition(number)),
        Button(t("petitions-desk-leave"), LeavePetition(number)),
    ]


def _after_hand_over(turn: Turn, petition: Petition) -> list[Button]:
    t, number = turn.t, petition.id
    found: list[Button] = []
    if may(turn.roles, Right.ANSWER):
        if petition.state is State.HANDED_OVER:
            found.append(Button(f"🔖 {t('petitions-desk-register')}", RegisterPetition(number)))
        if petition.state is State.REGISTERED:
            found.append(Button(f"✉️ {t('petitions-desk-answer')}", AnswerPetition(number)))
        if petition.state in (State.REGISTERED, State.ANSWERED) and petition.kind is not PetitionKind.ASSEMBLY:
            late = "⏳" if owes_kenesh(petition) else "🏛"
            found.append(Button(f"{late} {t('petitions-desk-kenesh')}", EnterKenesh(number)))
    if may(turn.roles, Right.SEE_SIGNERS) and why_cannot_see_group(petition) is None:
        found.append(Button(f"👥 {t('petitions-desk-group')}", AskGroup(number)))
    handed = petition.handed_over_at is not None and petition.kind is PetitionKind.PETITION
    if handed and petition.anonymised_at is None and may(turn.roles, Right.SEE_SIGNERS):
        found.append(Button(f"🔒 {t('petitions-desk-signers')}", AskSigners(number)))
    return found


def _while_gathering(turn: Turn, petition: Petition) -> list[Button]:
    t, number = turn.t, petition.id
    found: list[Button] = []
    paper = petition.kind is not PetitionKind.ASSEMBLY and petition.opened_at is not None
    if paper and may(turn.roles, Right.DESK):
        if takes_paper(petition, turn.today):
            found.append(Button(f"📝 {t('petitions-desk-enter')}", EnterPaper(number)))
        found.append(Button(f"📄 {t('petitions-desk-sheets')}", Sheets(number)))
    if may(turn.roles, Right.INVALIDATE):
        if petition.state in BEFORE_HAND_OVER:
            found.append(Button(f"⏱ {t('petitions-desk-extend')}", ExtendPetition(number)))
        if petition.state in BEFORE_HAND_OVER and petition.signed:
            found.append(Button(f"⛔ {t('petitions-desk-invalidate')}", Invalidate(number)))
        if petition.opened_at is not None and petition.kind is PetitionKind.PETITION:
            found.append(Button(f"📋 {t('petitions-desk-invalidations')}", Invalidations(number)))
        if petition.state in BEFORE_HAND_OVER:
            found.append(Button(f"🚫 {t('petitions-desk-take-down')}", TakeDownPetition(number)))
        elif reasons_against(petition) and not hides_text(petition):
            found.append(Button(f"🚫 {t('petitions-desk-hide')}", TakeDownPetition(number)))
    return found
