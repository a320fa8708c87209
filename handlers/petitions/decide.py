"""How do staff decide on a petition: take it, open it, give it back, reject it; extend its time, take it down?"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from actions.petitions import deciding
from civic.moderation import HIDES_TEXT, Rejection
from civic.people import Right, refuse
from civic.petitions import (
    BEFORE_HAND_OVER,
    REASON_LEAST,
    REASON_MOST,
    PetitionKind,
    State,
    awaits_answer,
    is_second_look,
    reasons_against,
    why_cannot_decide,
)
from civic.refusals import Reason, Refused
from civic.spelling import day_meant
from handlers.answers import choice, words
from handlers.petitions.desk import group_in_words
from handlers.petitions.desk_presses import (
    AskOpening,
    ExtendPetition,
    LeavePetition,
    OpenSigning,
    RejectPetition,
    ReturnPetition,
    TakeDownPetition,
    TakePetition,
    ours,
    own_home,
    to_desk,
)
from handlers.petitions.presses import PetitionDesk
from handlers.ways import Tasks
from storage.petition_desk import hearers
from storage.petitions import Petition
from talk.answers import Answer, Option, Stored, Unfit
from talk.form import Form, ask, fetch
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()


@dataclass(frozen=True)
class a_coming_day(Answer[date]):  # noqa: N801  reads as a word inside a form
    """A day in a range, typed as 04.05.2026."""

    today: date
    first: date
    last: date

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        day = day_meant(heard.text, self.today)
        if day is None:
            raise Refused(Reason.NOT_A_DAY if heard.text else Reason.WRONG_KIND)
        if not self.first <= day <= self.last:
            raise Refused(Reason.WRONG_DAY, first=turn.t.day(self.first), last=turn.t.day(self.last))
        return day.isoformat()

    def value(self, stored: str) -> date:
        try:
            return date.fromisoformat(stored)
        except ValueError:
            raise Unfit from None

    def shown(self, stored: str) -> str:
        return f"{self.value(stored):%d.%m.%Y}"


def sure(says: str, yes: str) -> Form[str]:
    """The last question of what cannot be undone: what follows from it, and one button that does it."""
    return (yield from ask("sure", says, choice([Option("yes", yes)])))


def of_ours(turn: Turn, number: int) -> Form[Petition]:
    """The same as `ours`, inside a form."""
    _, petition = yield from fetch(lambda _: ours(turn, number))
    return petition


async def at_desk(turn: Turn, number: int, lead: str) -> Screen:
    """The desk again, with what was done on top."""
    return replace(await turn.go(turn, PetitionDesk(number)), lead=lead)


# --- who decides ---


@routes.press(TakePetition, reads=False, statements=12, right=Right.MODERATE)
async def take(turn: Turn, press: TakePetition) -> Screen:
    """Mine for a quarter of an hour; the decisions appear."""
    _, petition = await ours(turn, press.petition)
    await deciding.take(turn.db, petition, turn.person, turn.roles, turn.now)
    return await at_desk(turn, petition.id, turn.t("petitions-desk-taken"))


@routes.press(LeavePetition, reads=False, statements=12, right=Right.MODERATE)
async def leave(turn: Turn, press: LeavePetition) -> Screen:
    """Nobody's again."""
    _, petition = await ours(turn, press.petition)
    deciding.leave(petition, turn.person)
    return await at_desk(turn, petition.id, turn.t("petitions-desk-left-to-others"))


# --- open for signatures ---


@routes.press(AskOpening, reads=True, statements=8, right=Right.MODERATE)
async def ask_opening(turn: Turn, press: AskOpening) -> Screen:
    """The thresholds of today with their basis beside how many people live there, the last day, how many are in the
    group, and that it cannot be taken back."""
    t = turn.t
    home, petition = await ours(turn, press.petition)
    refuse(why_cannot_decide(petition, turn.person.id, turn.now))
    steps, basis = await deciding.thresholds_for(turn.db, petition, home, turn.today)
    if is_second_look(petition):
        steps, basis = petition.thresholds, petition.basis
    residents = await deciding.residents_of(turn.db, petition, home)
    closes = await deciding.closing_day(turn.db, petition, home, turn.today)
    by_link = petition.kind is PetitionKind.PETITION and home.settings.petition_public_after
    return Screen(
        title=t("petitions-desk-open-title"),
        icon="✅",
        text=f"«{petition.title}»\n\n{t('petitions-desk-open-text')}",
        facts=(
            *(
                Fact(t(f"petitions-desk-step-{step.consequence}"), t("petitions-desk-signatures", count=step.count))
                for step in steps
            ),
            Fact(
                t("petitions-fact-residents"),
                t.number(residents) if residents else t("petitions-residents-unknown"),
            ),
            Fact(t("petitions-desk-fact-basis"), basis or t("petitions-desk-basis-model")),
            Fact(t("petitions-desk-fact-group"), await group_in_words(turn, home, petition)),
            Fact(t("petitions-desk-fact-closes"), t.day(closes)),
        ),
        folded=t("petitions-desk-open-by-link", count=by_link) if by_link else "",
        note=home.name(t.language),
        buttons=rows(
            Button(f"✅ {t('petitions-desk-open-yes')}", OpenSigning(petition.id, deciding.text_mark(petition))),
            to_desk(turn, petition.id),
        ),
        at=AskOpening(petition.id),
    )


@routes.press(OpenSigning, reads=False, statements=12, right=Right.MODERATE)
async def open_signing(turn: Turn, press: OpenSigning) -> Screen:
    """Signatures are gathered from now on; or the text is read once more, when it changed under an old button."""
    home, petition = await ours(turn, press.petition)
    refuse(why_cannot_decide(petition, turn.person.id, turn.now))
    if press.seen not in ("", deciding.text_mark(petition)):
        return await at_desk(turn, petition.id, turn.t("petitions-desk-changed"))
    await deciding.open_signing(turn.db, petition, turn.person, turn.roles, home, turn.now, turn.today)
    return await done_with(turn, petition, turn.t("petitions-desk-opened"))


async def done_with(turn: Turn, petition: Petition, said: str) -> Screen:
    """What was decided; from here the clerk goes on with the next thing."""
    t, home = turn.t, own_home(turn)
    number = petition.id
    return Screen(
        lead=said,
        title=petition.title,
        icon="🗂",
        text=t("petitions-desk-told", count=await hearers(turn.db, petition.id)),
        note=f"{t('petitions-desk-number', number=petition.id)} · {home.name(t.language)}",
        buttons=rows(Button(f"🗂 {t('petitions-desk-open-desk')}", PetitionDesk(number)), _next(turn)),
        at=PetitionDesk(number),
    )


def _next(turn: Turn) -> Button:
    return Button(f"📌 {turn.t('petitions-desk-next')}", Tasks())


# --- give back ---


def return_questions(turn: Turn, press: ReturnPetition) -> Form[str]:
    """The remark, and who will read it."""
    t = turn.t
    petition = yield from of_ours(turn, press.petition)
    refuse(why_cannot_decide(petition, turn.person.id, turn.now))
    refuse(Reason.SIGNED_TEXT if is_second_look(petition) else None)
    remark = yield from ask("words", t("petitions-desk-ask-remark"), words(min=REASON_LEAST, max=REASON_MOST))
    people = yield from fetch(lambda db: hearers(db, petition.id))
    yield from sure(f"{t('petitions-desk-return-sure', count=people)}\n\n«{remark}»", t("petitions-desk-return-yes"))
    return remark


async def returned(turn: Turn, press: ReturnPetition, remark: str) -> Screen:
    """The group may better its text."""
    _, petition = await ours(turn, press.petition)
    await deciding.give_back(turn.db, petition, turn.person, turn.roles, remark, turn.now)
    return await done_with(turn, petition, turn.t("petitions-desk-returned"))


routes.form(
    ReturnPetition,
    questions=return_questions,
    done=returned,
    review=False,
    title="petitions-desk-return-title",
    right=Right.MODERATE,
)


# --- reject, take down ---


@dataclass(frozen=True, slots=True)
class Turned:
    """Why it is turned down, in words, and which body is in charge instead."""

    why: Rejection
    words: str
    competent: str = ""


def _why(turn: Turn, reasons: Collection[Rejection] = tuple(Rejection)) -> Form[Turned]:
    t = turn.t
    options = [Option(each.value, t(f"moderation-why-{each}")) for each in Rejection if each in reasons]
    why = Rejection((yield from ask("why", t("petitions-desk-ask-why"), choice(options))))
    body = ""
    if why is Rejection.OUT_OF_COMPETENCE:
        body = yield from ask("body", t("petitions-desk-ask-body"), words(min=3, max=300))
    said = yield from ask("words", t("petitions-desk-ask-words"), words(min=REASON_LEAST, max=REASON_MOST))
    return Turned(why, said, body)


def _shown(turn: Turn, told: Turned) -> str:
    t = turn.t
    seen = t("petitions-desk-text-hidden") if told.why in HIDES_TEXT else t("petitions-desk-text-visible")
    return f"{t(f'moderation-why-{told.why}')}{_body(turn, told)}\n«{told.words}»\n\n{seen}"


def _body(turn: Turn, told: Turned) -> str:
    return f"\n{turn.t('petitions-desk-body', body=told.competent)}" if told.competent else ""


def reject_questions(turn: Turn, press: RejectPetition) -> Form[Turned]:
    """The reason of the catalogue, the body in charge, the words, and what follows."""
    t = turn.t
    petition = yield from of_ours(turn, press.petition)
    refuse(why_cannot_decide(petition, turn.person.id, turn.now))
    told = yield from _why(turn)
    people = yield from fetch(lambda db: hearers(db, petition.id))
    after = t("petitions-desk-reject-last") if petition.appeal is not None else t("petitions-desk-reject-sure")
    yield from sure(
        f"{_shown(turn, told)}\n\n{after} {t('petitions-desk-will-be-told', count=people)}",
        t("petitions-desk-reject-yes"),
    )
    return told


async def rejected(turn: Turn, press: RejectPetition, told: Turned) -> Screen:
    """It is not opened; the group reads why and may ask once for a second look."""
    _, petition = await ours(turn, press.petition)
    await deciding.reject(
        turn.db, petition, turn.person, turn.roles, told.why, told.words, turn.now, competent=told.competent
    )
    return await done_with(turn, petition, turn.t("petitions-desk-rejected"))


routes.form(
    RejectPetition,
    questions=reject_questions,
    done=rejected,
    review=False,
    title="petitions-desk-reject-title",
    right=Right.MODERATE,
)


def take_down_questions(turn: Turn, press: TakeDownPetition) -> Form[Turned]:
    """The reason of the catalogue, the words, and whom it concerns. After the hand-over, and where it is over, only
    the text is hidden, for what nobody should read: the time for the answer runs on."""
    t = turn.t
    petition = yield from of_ours(turn, press.petition)
    reasons, hides = reasons_against(petition), petition.state not in BEFORE_HAND_OVER
    refuse(Reason.TOO_LATE if not reasons else None)
    removed = yield from fetch(lambda db: deciding.is_removed(db, petition))
    refuse(Reason.DECIDED_ALREADY if removed else None)
    told = yield from _why(turn, reasons)
    people = yield from fetch(lambda db: hearers(db, petition.id))
    consequence = (
        t("petitions-desk-hide-sure") + _goes_on(turn, petition)
        if hides
        else t("petitions-desk-take-down-sure", signatures=petition.count, count=people)
    )
    yield from sure(
        f"{t(f'moderation-why-{told.why}')}{_body(turn, told)}\n«{told.words}»\n\n{consequence}",
        t("petitions-desk-hide") if hides else t("petitions-desk-take-down-yes"),
    )
    return told


def _goes_on(turn: Turn, petition: Petition) -> str:
    return f" {turn.t('petitions-hidden-goes-on')}" if awaits_answer(petition) else ""


async def taken_down(turn: Turn, press: TakeDownPetition, told: Turned) -> Screen:
    """Nobody reads it any more; everybody who signed reads why."""
    _, petition = await ours(turn, press.petition)
    await deciding.take_down(
        turn.db, petition, turn.person, turn.roles, told.why, told.words, turn.now, competent=told.competent
    )
    t, down = turn.t, petition.state is State.TAKEN_DOWN
    said = t("petitions-desk-taken-down") if down else t("petitions-desk-hidden") + _goes_on(turn, petition)
    return await done_with(turn, petition, said)


routes.form(
    TakeDownPetition,
    questions=take_down_questions,
    done=taken_down,
    review=False,
    title="petitions-desk-take-down-title",
    right=Right.INVALIDATE,
)


# --- extend ---


def extend_questions(turn: Turn, press: ExtendPetition) -> Form[tuple[date, str]]:
    """Until which day, why, and that everybody reads it."""
    t = turn.t
    petition = yield from of_ours(turn, press.petition)
    if petition.state not in BEFORE_HAND_OVER or petition.opened_at is None or petition.anonymised_at is not None:
        raise Refused(Reason.TOO_LATE)
    first = max(turn.today, petition.closes_on or turn.today) + timedelta(days=1)
    last = (petition.opened_at + deciding.LONGEST).date()
    if first > last:
        raise Refused(Reason.TOO_LATE)
    is_now = t.day(petition.closes_on or turn.today)
    until = yield from ask(
        "until",
        t("petitions-desk-ask-until", is_now=is_now, last=t.day(last)),
        a_coming_day(turn.today, first, last),
        named=t("petitions-desk-named-until"),
    )
    why = yield from ask(
        "words",
        t("petitions-desk-ask-why-longer"),
        words(min=REASON_LEAST, max=REASON_MOST),
        named=t("petitions-desk-named-why"),
    )
    return until, why


async def extended(turn: Turn, press: ExtendPetition, told: tuple[date, str]) -> Screen:
    """The deadline is another one from now on."""
    _, petition = await ours(turn, press.petition)
    until, why = told
    await deciding.extend(turn.db, petition, turn.person, turn.roles, until, why, turn.now, turn.today)
    return await at_desk(turn, petition.id, turn.t("petitions-desk-extended", day=turn.t.day(until)))


routes.form(
    ExtendPetition,
    questions=extend_questions,
    done=extended,
    title="petitions-desk-extend-title",
    right=Right.INVALIDATE,
)
