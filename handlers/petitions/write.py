"""How is a petition written: of which kind, on which issue, what it demands and why, for which place? What cannot be
one is shown first, and what others ask for already before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.petitions import writing
from civic.files import EVERY_KIND, FileKind
from civic.moderation import Rejection
from civic.municipalities import norm_signatures
from civic.people import Level, refuse, why_below
from civic.petitions import DEMAND, LEAST, REASONS, TITLE, PetitionKind, group_age, group_size, is_open
from civic.refusals import Reason, Refused
from handlers.answers import a_file, choice, number, words
from handlers.petitions.presses import BeginPetition, Group, OpenPetition
from handlers.proposals.presses import OpenProposal
from storage.catalogue import catalogue
from storage.issues import listed_issues
from storage.municipalities import Municipality, streets_of, villages
from storage.petition_circles import similar_petitions
from storage.petitions import Petition, get_petition
from storage.proposals import Proposal, similar_proposals
from talk.answers import Option
from talk.form import Asking, Form, ask, ask_if_wanted, fetch, together
from talk.routes import Routes
from talk.screen import Screen
from talk.turn import Turn

routes = Routes()
OTHER, EVERYWHERE, OWN, YES, NO = "0", "0", "own", "yes", "no"
PLACE = 200  # characters of an assembly's place
MOST_PEOPLE = 100_000  # expected at an assembly
SIMILAR = 200  # characters of what is shown as a similar one


@dataclass(frozen=True, slots=True)
class Told:
    """What the form gathered: a text, or what others wrote already, to join."""

    kind: PetitionKind
    text: writing.Text | None = None
    petition: int | None = None
    proposal: int | None = None


def questions(turn: Turn, press: BeginPetition) -> Form[Told]:
    """Kind, what cannot be one, issue, title, demand, what is like it, reasons, place, file."""
    t, home = turn.t, _home(turn)
    yield from fetch(lambda db: writing.may_begin(db, turn.person, home, turn.now))
    kind = yield from ask_kind(turn, home, press.kind)
    yield from _old_enough(turn, home, kind)
    none = "\n".join(f"• {t(f'moderation-why-{why}')}" for why in Rejection)
    says, read = f"{t('group-ask-rules')}\n\n{none}", Option(YES, t("group-rules-read"))
    yield from ask("rules", says, choice([read]), named=t("group-named-rules"))
    issue = yield from ask_issue(turn, home, press.issue)
    title = yield from ask_part(turn, kind, "title")
    demand = yield from ask_part(turn, kind, "demand")
    petition, proposal = yield from _instead(turn, home, f"{title} {demand}", issue)
    if petition or proposal:
        return Told(kind, None, petition, proposal)
    about: dict[str, str] = {}
    if kind is PetitionKind.ASSEMBLY:
        reasons, about, (village, street) = yield from _assembly(turn, home)
    else:
        reasons = yield from ask_part(turn, kind, "reasons")
        village, street = yield from ask_place(turn, home, kind)
    file = yield from ask_file(turn, kind)
    return Told(kind, writing.Text(title, demand, reasons, t.language, issue, village, street, file, about))


def _home(turn: Turn) -> Municipality:
    refuse(why_below(turn.person, Level.RESIDENT))
    assert turn.municipality is not None
    return turn.municipality


def ask_kind(turn: Turn, home: Municipality, known: str) -> Form[PetitionKind]:
    """One of the three, each explained in two lines."""
    t = turn.t
    if known in set(PetitionKind):
        return PetitionKind(known)
    numbers = home.settings
    sizes = {kind: group_size(kind, numbers) for kind in PetitionKind}
    said = (
        t("group-about-petition", least=sizes[PetitionKind.PETITION][0], days=numbers.petition_days),
        t(
            "group-about-assembly",
            least=sizes[PetitionKind.ASSEMBLY][0],
            most=sizes[PetitionKind.ASSEMBLY][1],
            days=numbers.assembly_request_days,
        ),
        t(
            "group-about-norm",
            least=sizes[PetitionKind.NORM][0],
            most=sizes[PetitionKind.NORM][1],
            age=group_age(PetitionKind.NORM, numbers),
            count=norm_signatures(home.population, capital=home.capital),
        ),
    )
    options = [Option(kind.value, t(f"group-kind-{kind}")) for kind in PetitionKind]
    question = "\n\n".join((t("group-ask-kind"), *said))
    return PetitionKind((yield from ask("kind", question, choice(options), named=t("group-fact-kind"))))


def _old_enough(turn: Turn, home: Municipality, kind: PetitionKind) -> Form[None]:
    """The group of a norm-making initiative is of an age (Charter 19.5), which a person declares. Refused:
    TOO_YOUNG."""
    if kind is not PetitionKind.NORM:
        return
    t, age = turn.t, group_age(kind, home.settings)
    options = [Option(YES, t("group-adult-yes")), Option(NO, t("group-adult-no"))]
    said = yield from ask("adult", t("group-ask-adult", age=age), choice(options), named=t("group-named-adult"))
    if said == NO:
        raise Refused(Reason.TOO_YOUNG, age=age)


def ask_issue(turn: Turn, home: Municipality, known: int | None) -> Form[int | None]:
    """The theme, then the issue; None is «other»."""
    t = turn.t
    language = t.language if t.language in ("ky", "ru", "en") else "ky"
    listed = yield from fetch(lambda db: listed_issues(db, home.id))
    if known is not None and any(each.id == known for each in listed):
        return known
    there = {each.group for each in listed}
    themes = [
        Option(theme.code, f"{theme.icon} {theme.label[language]}")
        for theme in catalogue().themes.values()
        if theme.code in there
    ]
    named = t("group-fact-theme")
    theme = yield from ask(
        "theme", t("group-ask-theme"), choice([*themes, Option(OTHER, t("group-other"))]), named=named
    )
    if theme == OTHER:
        return None
    options = [Option(str(each.id), each.said("label", t.language)) for each in listed if each.group == theme]
    options.append(Option(OTHER, t("group-other")))
    number_of = yield from ask("issue", t("group-ask-issue"), choice(options), named=t("group-fact-issue"))
    return int(number_of) or None


def ask_part(turn: Turn, kind: PetitionKind, part: str, *, is_now: str = "") -> Form[str]:
    """Title, demand or reasons, worded for that kind; with what stands there now."""
    asking = _part(turn, kind, part, is_now=is_now)
    said: str = yield from ask(asking.key, asking.says, asking.answer, named=asking.named)
    return said


def _part(turn: Turn, kind: PetitionKind, part: str, *, is_now: str = "") -> Asking:
    t, most = turn.t, {"title": TITLE, "demand": DEMAND, "reasons": REASONS}[part]
    match part:
        case "title":
            says = t(f"group-ask-title-{kind}", most=most)
        case "demand":
            says = t(f"group-ask-demand-{kind}", most=most)
        case _:
            says = t(f"group-ask-reasons-{kind}", most=most)
    if is_now:
        says = f"{says}\n\n{t('keep-is-now', value=is_now)}"
    return Asking(part, says, words(min=LEAST, max=most), named=t(f"group-named-{part}"))


def _instead(turn: Turn, home: Municipality, text: str, issue: int | None) -> Form[tuple[int | None, int | None]]:
    """Another petition or proposal that says the same, if the person would rather join it."""
    t = turn.t
    petitions: Sequence[Petition] = yield from fetch(lambda db: similar_petitions(db, home.id, text))
    proposals: Sequence[Proposal] = yield from fetch(
        lambda db: similar_proposals(db, home.id, text, issue_id=issue, besides=None, limit=2)
    )
    if not petitions and not proposals:
        return None, None
    shown = [
        *(
            f"✍️ № {each.id}. {each.title}\n{t(f'petitions-state-{each.state}')}. "
            f"{t('group-like-signed', count=each.count)}"
            for each in petitions
        ),
        *(
            f"💡 № {each.number}. {_cut(each.text)}\n{t('group-like-supported', count=each.support_count)}"
            for each in proposals
        ),
    ]
    options = [
        Option(OWN, t("group-like-own")),
        *(Option(f"p{each.id}", t("group-like-petition", number=each.id)) for each in petitions),
        *(Option(f"s{each.id}", t("group-like-proposal", number=each.number)) for each in proposals),
    ]
    says = "\n\n".join((t("group-ask-like"), *shown))
    chosen = yield from ask("like", says, choice(options), named=t("group-named-like"))
    if chosen == OWN:
        return None, None
    return (int(chosen[1:]), None) if chosen[0] == "p" else (None, int(chosen[1:]))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SIMILAR else text[:SIMILAR].rsplit(" ", 1)[0] + "…"


def ask_place(turn: Turn, home: Municipality, kind: PetitionKind) -> Form[tuple[int | None, int | None]]:
    """The whole municipality, a village, a street of it. An act of the kenesh holds everywhere."""
    if kind is PetitionKind.NORM:
        return None, None
    asking = yield from _place(turn, home, kind)
    place = yield from ask(asking.key, asking.says, asking.answer, named=asking.named)
    return (yield from _street(turn, place))


def _place(turn: Turn, home: Municipality, kind: PetitionKind) -> Form[Asking]:
    t = turn.t
    places = yield from fetch(lambda db: villages(db, home.id))
    options = [Option(EVERYWHERE, t(f"group-everywhere-{home.kind}"))]
    options += [Option(str(each.id), each.name(t.language)) for each in places]
    says = t("group-ask-place-assembly" if kind is PetitionKind.ASSEMBLY else "group-ask-place")
    return Asking("place", says, choice(options), named=t("group-fact-place"))


def _street(turn: Turn, place: str) -> Form[tuple[int | None, int | None]]:
    """The village that was chosen, and a street of it where any are known."""
    if place == EVERYWHERE:
        return None, None
    t, village = turn.t, int(place)
    listed = yield from fetch(lambda db: streets_of(db, village))
    if not listed:
        return village, None
    named = [Option(EVERYWHERE, t("group-every-street")), *(Option(str(s.id), s.name(t.language)) for s in listed)]
    street = yield from ask("street", t("group-ask-street"), choice(named), named=t("group-named-street"))
    return village, int(street) or None


def _assembly(turn: Turn, home: Municipality) -> Form[tuple[str, dict[str, str], tuple[int | None, int | None]]]:
    """Why, what an application for an assembly must say besides (Charter 18.3), and for which place: asked on one page
    where the messenger has such a thing."""
    t = turn.t
    reasons, people, where, place = yield from together(
        _part(turn, PetitionKind.ASSEMBLY, "reasons"),
        Asking("people", t("group-ask-people"), number(1, MOST_PEOPLE), named=t("group-fact-people")),
        Asking("where", t("group-ask-where"), words(max=PLACE, min=3), named=t("group-fact-where")),
        (yield from _place(turn, home, PetitionKind.ASSEMBLY)),
    )
    return reasons, {"people": str(people), "place": where}, (yield from _street(turn, place))


def ask_file(turn: Turn, kind: PetitionKind) -> Form[str | None]:
    """A photo or paper where one is wanted; a norm-making initiative cannot be without its draft (Charter 19)."""
    t = turn.t
    if kind is PetitionKind.NORM:
        paper = a_file(frozenset({FileKind.PAPER}))
        return (yield from ask("file", t("group-ask-draft"), paper, named=t("group-fact-draft")))
    return (yield from ask_if_wanted("file", t("group-ask-file"), a_file(EVERY_KIND), named=t("group-fact-file")))


async def done(turn: Turn, _: BeginPetition, told: Told) -> Screen:
    """The draft stands, and what comes next is said; or one that others wrote is shown to be joined."""
    t, home = turn.t, _home(turn)
    if told.petition is not None:
        joined = await get_petition(turn.db, home.id, told.petition)
        lead = t("group-join-this" if is_open(joined, turn.today) else "group-read-this")
        return replace(await turn.go(turn, OpenPetition(told.petition)), lead=lead)
    if told.proposal is not None:
        return replace(await turn.go(turn, OpenProposal(told.proposal)), lead=t("group-join-this"))
    assert told.text is not None
    petition = await writing.begin(turn.db, told.kind, told.text, turn.person, home, turn.now)
    await turn.db.flush()
    return replace(await turn.go(turn, Group(petition.id)), lead=t("group-draft-kept"))


routes.form(BeginPetition, questions=questions, done=done, title="group-write-title")
