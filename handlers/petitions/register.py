"""How do staff register a petition, answer it, and enter what the kenesh decided?"""

from dataclasses import dataclass
from datetime import date, timedelta

from actions.petitions import registering
from civic.files import EVERY_KIND
from civic.municipalities import local
from civic.people import Right
from civic.petitions import ANSWER, REASON_LEAST, PetitionKind, State
from civic.refusals import Reason, Refused
from handlers.answers import a_day, a_file, choice, words
from handlers.petitions.decide import a_coming_day, done_with, of_ours, sure
from handlers.petitions.desk_presses import AnswerPetition, EnterKenesh, RegisterPetition, ours, own_home
from storage.petition_desk import hearers
from storage.petitions import Petition
from storage.workdays import workdays_of
from talk.answers import Option
from talk.form import Form, ask, ask_if_wanted, fetch
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn
from talk.words import LANGUAGES, Speaker

routes = Routes()
A_YEAR = timedelta(days=365)
PREVIEWED = 1_200  # characters of an answer in its preview, in each language


# --- register ---


def register_questions(turn: Turn, press: RegisterPetition) -> Form[tuple[str, date]]:
    """Number and day of the registry, and until when the answer is due then."""
    t, home = turn.t, own_home(turn)
    petition = yield from of_ours(turn, press.petition)
    if petition.state is not State.HANDED_OVER:
        raise Refused(Reason.TOO_LATE)
    number = yield from ask("number", t("petitions-desk-ask-number"), words(max=registering.REGISTRY_NUMBER))
    today = Option(turn.today.isoformat(), t("petitions-desk-day-today", day=t.day(turn.today)))
    first = local(petition.handed_over_at, home.time_zone).date() if petition.handed_over_at else turn.today
    on = yield from ask("on", t("petitions-desk-ask-on"), a_day(turn.today, [today], first))
    numbers = home.settings
    if petition.kind is PetitionKind.ASSEMBLY:
        until = on + timedelta(days=numbers.assembly_request_days)
    else:
        days = yield from fetch(lambda db: workdays_of(db, home.id))
        until = days.after(on, numbers.appeal_answer_working_days)
    people = yield from fetch(lambda db: hearers(db, petition.id))
    says = t("petitions-desk-register-sure", number=number, on=t.day(on), until=t.day(until), count=people)
    yield from sure(says, t("petitions-desk-register-yes"))
    return number, on


async def registered(turn: Turn, press: RegisterPetition, told: tuple[str, date]) -> Screen:
    """The time for an answer runs."""
    home, petition = await ours(turn, press.petition)
    number, on = told
    await registering.register(turn.db, petition, turn.person, turn.roles, home, number, on, turn.now, turn.today)
    assert petition.answer_until is not None
    return await done_with(turn, petition, turn.t("petitions-desk-registered", until=turn.t.day(petition.answer_until)))


routes.form(
    RegisterPetition,
    questions=register_questions,
    done=registered,
    review=False,
    title="petitions-desk-register-title",
    right=Right.ANSWER,
)


# --- answer ---


@dataclass(frozen=True, slots=True)
class Answer:
    """What the municipality answers, and whether the demand is met."""

    words: str
    russian: str
    accepted: bool
    file: str | None


def answer_questions(turn: Turn, press: AnswerPetition) -> Form[Answer]:
    """The words in Kyrgyz, in Russian if wanted, whether the demand is met, a photo or paper; then how it is read."""
    t = turn.t
    petition = yield from of_ours(turn, press.petition)
    if petition.state is not State.REGISTERED:
        raise Refused(Reason.TOO_LATE)
    said = yield from ask("words", t("petitions-desk-ask-answer"), words(min=REASON_LEAST, max=ANSWER))
    russian = yield from ask_if_wanted(
        "russian", t("petitions-desk-ask-answer-ru"), words(min=REASON_LEAST, max=ANSWER)
    )
    met = [Option("yes", _met(t, petition, met=True)), Option("no", _met(t, petition, met=False))]
    assembly = petition.kind is PetitionKind.ASSEMBLY
    asks = t("petitions-desk-ask-assembly") if assembly else t("petitions-desk-ask-demand")
    accepted = yield from ask("accepted", asks, choice(met))
    file = yield from ask_if_wanted("file", t("petitions-desk-ask-file"), a_file(EVERY_KIND))
    people = yield from fetch(lambda db: hearers(db, petition.id))
    told = Answer(said, russian or "", accepted == "yes", file)
    yield from sure(_preview(turn, petition, told, people), t("petitions-desk-answer-yes", count=people))
    return told


def _met(t: Speaker, petition: Petition, *, met: bool) -> str:
    """Whether the demand is met, or the assembly called, in words."""
    if petition.kind is PetitionKind.ASSEMBLY:
        return t("petitions-desk-assembly-yes") if met else t("petitions-desk-assembly-no")
    return t("petitions-desk-demand-yes") if met else t("petitions-desk-demand-no")


def _preview(turn: Turn, petition: Petition, told: Answer, people: int) -> str:
    """The answer as it will be read, in each language that residents read."""
    shown = [turn.t("petitions-desk-preview", count=people)]
    for language in LANGUAGES:
        speaks = turn.words.speaker(language)
        said = told.russian if language == "ru" and told.russian else told.words
        cut = said[:PREVIEWED] + ("…" if len(said) > PREVIEWED else "")
        met = _met(speaks, petition, met=told.accepted)
        head = f"{speaks('kit-language-name')} ▸ «{petition.title}»\n{met}"
        same = language != "ky" and said == told.words
        shown.append(f"{head}\n{turn.t('petitions-desk-preview-same') if same else cut}")
    if not told.russian:
        shown.append(turn.t("petitions-desk-preview-one-language"))
    return "\n\n".join(shown)


async def answered(turn: Turn, press: AnswerPetition, told: Answer) -> Screen:
    """On its way to everybody who signed."""
    _, petition = await ours(turn, press.petition)
    await registering.answer(
        turn.db,
        petition,
        turn.person,
        turn.roles,
        told.words,
        turn.now,
        accepted=told.accepted,
        file=told.file,
        russian=told.russian,
    )
    return await done_with(turn, petition, turn.t("petitions-desk-answered"))


routes.form(
    AnswerPetition,
    questions=answer_questions,
    done=answered,
    review=False,
    title="petitions-desk-answer-title",
    right=Right.ANSWER,
)


# --- kenesh ---


def kenesh_questions(turn: Turn, press: EnterKenesh) -> Form[tuple[date, str]]:
    """The day of the session, and the decision when it was held."""
    t = turn.t
    petition = yield from of_ours(turn, press.petition)
    if petition.state not in (State.REGISTERED, State.ANSWERED) or petition.registered_on is None:
        raise Refused(Reason.NOT_SENT_YET)
    first, last = petition.registered_on, turn.today + A_YEAR
    on = yield from ask("on", t("petitions-desk-ask-kenesh-on"), a_coming_day(turn.today, first, last))
    decision = ""
    if on <= turn.today:
        decision = yield from ask("decision", t("petitions-desk-ask-kenesh"), words(min=REASON_LEAST, max=ANSWER))
    people = yield from fetch(lambda db: hearers(db, petition.id))
    shown = f"«{decision[:PREVIEWED]}»" if decision else t("petitions-desk-kenesh-later")
    yield from sure(
        f"{t('petitions-desk-kenesh-sure', day=t.day(on), count=people)}\n\n{shown}", t("petitions-desk-kenesh-yes")
    )
    return on, decision


async def kenesh_entered(turn: Turn, press: EnterKenesh, told: tuple[date, str]) -> Screen:
    """Everybody who signed is told."""
    _, petition = await ours(turn, press.petition)
    on, decision = told
    await registering.kenesh(turn.db, petition, turn.person, turn.roles, on, decision, turn.now)
    return await done_with(turn, petition, turn.t("petitions-desk-kenesh-entered"))


routes.form(
    EnterKenesh,
    questions=kenesh_questions,
    done=kenesh_entered,
    review=False,
    title="petitions-desk-kenesh-title",
    right=Right.ANSWER,
)
