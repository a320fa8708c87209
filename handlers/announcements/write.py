"""How do staff write an announcement, change one part of it, and give what was sent new words?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions import announcements
from actions.announcements import Said, Words, said_of
from civic.announcements import (
    SEEN,
    TEXT,
    TEXT_LEAST,
    TITLE,
    TITLE_LEAST,
    URGENT,
    URGENT_LEAST,
    Audience,
    Crowd,
    State,
)
from civic.people import Right, Role
from civic.petitions import NOT_PUBLIC
from civic.petitions import State as PetitionState
from civic.refusals import Reason, Refused
from civic.spelling import fold
from civic.subscriptions import Topic
from handlers.announcements.presses import (
    AnnouncementDesk,
    ChangeAnnouncement,
    ChangePart,
    CorrectAnnouncement,
    Part,
    WriteAnnouncement,
    own_home,
)
from handlers.answers import a_file, a_moment, choice, words
from storage.announcements import get_announcement, get_announcement_template
from storage.issues import listed_issues
from storage.municipalities import Municipality, Street, Village, streets, villages
from storage.petitions import public_petitions
from storage.publications import linked_places
from talk.answers import Answer, Option, Stored
from talk.form import Form, ask, ask_if_wanted, fetch
from talk.routes import Routes
from talk.screen import Button, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()
# about these something is announced; petitions, proposals and polls tell of themselves
TOPICS = (Topic.ANNOUNCEMENTS, Topic.ISSUES, Topic.MEETINGS, Topic.PLAN, Topic.OUTCOMES)
ROLES = (Role.CLERK, Role.MODERATOR, Role.HEAD, Role.DEPUTY, Role.MONITORING, Role.ADMIN)
SAME = "="  # shorter than anything that somebody may write there
ENOUGH, NONE, NOW, LATER = "enough", "none", "now", "later"
SIGNED = [state for state in PetitionState if state not in NOT_PUBLIC]
Change = Callable[[Said], Said]


def questions(turn: Turn, press: WriteAnnouncement) -> Form[Said]:
    """About what, the words unless a template has them, file, for whom, urgent or not, when."""
    home = own_home(turn)
    topic = yield from _topic(turn)
    if press.template is not None:
        known = press.template
        kept = yield from fetch(lambda db: get_announcement_template(db, home.id, known))
        said = Words(kept.title_ky, kept.text_ky, kept.title_ru, kept.text_ru)
    else:
        title, text = yield from _words(turn, "ky")
        said = Words(title, text, *(yield from _russian(turn)))
    file = yield from _file(turn)
    audience = yield from _audience(turn, home)
    urgent = yield from _urgent(turn)
    at = yield from _time(turn)
    return Said(topic, said, audience, file, urgent, at)


async def written(turn: Turn, press: WriteAnnouncement, said: Said) -> Screen:
    """A draft; nothing goes out before somebody confirms what the preview shows."""
    home = own_home(turn)
    draft = await announcements.make(turn.db, home, said, turn.person, turn.roles, turn.now)
    return replace(await turn.go(turn, AnnouncementDesk(draft.id)), fresh=True)


routes.form(
    WriteAnnouncement,
    questions=questions,
    done=written,
    review=False,  # the preview shows everything, and each part can be changed there
    title="announcements-new",
    right=Right.PUBLISH,
)


# --- one part of a draft ---


@routes.press(ChangeAnnouncement, reads=True, statements=1, right=Right.PUBLISH)
async def which_part(turn: Turn, press: ChangeAnnouncement) -> Screen:
    """Its parts, each to change alone; of new words for what was sent, the words."""
    t, home = turn.t, own_home(turn)
    draft = await get_announcement(turn.db, home.id, press.announcement)
    if draft.state not in (State.DRAFT, State.ASKED):
        raise Refused(Reason.DECIDED_ALREADY)
    parts = (Part.KY, Part.RU) if draft.corrects is not None else tuple(Part)
    return Screen(
        title=t("announcements-change-title"),
        icon="✏️",
        state=f"«{draft.title(t.language)}»",
        text=t("announcements-change-asked") if draft.state is State.ASKED else "",
        note=home.name(t.language),
        choice=tuple(Button(t(f"announcements-part-{part}"), ChangePart(draft.id, part)) for part in parts),
        buttons=rows(Button(t("kit-back"), AnnouncementDesk(draft.id))),
        at=ChangeAnnouncement(draft.id),
    )


def part_questions(turn: Turn, press: ChangePart) -> Form[Change]:
    """That part alone; gives what it changes."""
    home = own_home(turn)
    draft = yield from fetch(lambda db: get_announcement(db, home.id, press.announcement))
    if draft.state not in (State.DRAFT, State.ASKED):
        raise Refused(Reason.DECIDED_ALREADY)
    if draft.corrects is not None and press.part not in (Part.KY, Part.RU):
        raise Refused(Reason.NOT_FOUND)
    match press.part:
        case Part.KY:
            title, text = yield from _words(turn, "ky", draft.title_ky, draft.text_ky)
            return lambda said: replace(said, words=replace(said.words, title_ky=title, text_ky=text))
        case Part.RU:
            title, text = yield from _russian(turn, draft.title_ru, draft.text_ru)
            return lambda said: replace(said, words=replace(said.words, title_ru=title, text_ru=text))
        case Part.FILE:
            file = yield from _file(turn)
            return lambda said: replace(said, file=file)
        case Part.AUDIENCE:
            audience = yield from _audience(turn, home)
            return lambda said: replace(said, audience=audience)
        case Part.URGENT:
            urgent = yield from _urgent(turn)
            return lambda said: replace(said, urgent=urgent)
        case Part.TIME:
            at = yield from _time(turn)
            return lambda said: replace(said, at=at)
        case Part.TOPIC:
            topic = yield from _topic(turn)
            return lambda said: replace(said, topic=topic)


async def changed(turn: Turn, press: ChangePart, change: Change) -> Screen:
    """The preview with the new part."""
    draft = await get_announcement(turn.db, own_home(turn).id, press.announcement)
    said = change(said_of(draft))
    if press.part is not Part.TIME and said.at is not None and said.at <= turn.now:
        said = replace(said, at=None)  # the time of a draft that lay too long; the preview says «at once»
    await announcements.change(turn.db, draft.id, said, turn.person, turn.roles, turn.now)
    return replace(await turn.go(turn, AnnouncementDesk(draft.id)), fresh=True)


routes.form(
    ChangePart,
    questions=part_questions,
    done=changed,
    review=False,
    title="announcements-changing",
    right=Right.PUBLISH,
)


# --- new words for what was sent ---


def correct_questions(turn: Turn, press: CorrectAnnouncement) -> Form[Words]:
    """Title and text anew; what stands there now is shown, to take over."""
    home = own_home(turn)
    first = yield from fetch(lambda db: get_announcement(db, home.id, press.announcement))
    if first.state not in SEEN or first.corrects is not None:
        raise Refused(Reason.NOT_SENT_YET)
    title, text = yield from _words(turn, "ky", first.title_ky, first.text_ky)
    return Words(title, text, *(yield from _russian(turn, first.title_ru, first.text_ru)))


async def corrected(turn: Turn, press: CorrectAnnouncement, said: Words) -> Screen:
    """A draft of its own, previewed and sent like the first one."""
    new = await announcements.begin_correction(turn.db, press.announcement, said, turn.person, turn.roles, turn.now)
    return replace(await turn.go(turn, AnnouncementDesk(new.id)), fresh=True)


routes.form(
    CorrectAnnouncement,
    questions=correct_questions,
    done=corrected,
    review=False,
    title="announcements-correct-title",
    right=Right.PUBLISH,
)


# --- the questions ---


def _topic(turn: Turn) -> Form[Topic]:
    t = turn.t
    options = [Option(topic.value, t(f"subscriptions-topic-{topic}")) for topic in TOPICS]
    found = yield from ask("topic", t("announcements-ask-topic"), choice(options), named=t("announcements-part-topic"))
    return Topic(found)


def _words(turn: Turn, language: str, title: str = "", text: str = "") -> Form[tuple[str, str]]:
    t = turn.t
    asked = yield from ask(
        f"title-{language}",
        _with_now(turn, t(f"announcements-ask-title-{language}"), title),
        _said(turn, title, TITLE_LEAST, TITLE),
        named=t(f"announcements-named-title-{language}"),
    )
    said = yield from ask(
        f"text-{language}",
        _with_now(turn, t(f"announcements-ask-text-{language}"), text),
        _said(turn, text, TEXT_LEAST, TEXT),
        named=t(f"announcements-named-text-{language}"),
    )
    return asked, said


def _russian(turn: Turn, title: str = "", text: str = "") -> Form[tuple[str, str]]:
    """Title and text in Russian, or neither: the preview then says that it is missing."""
    t = turn.t
    asked = yield from ask_if_wanted(
        "title-ru",
        _with_now(turn, t("announcements-ask-title-ru"), title),
        _said(turn, title, TITLE_LEAST, TITLE),
        named=t("announcements-named-title-ru"),
    )
    if asked is None:
        return "", ""
    said = yield from ask(
        "text-ru",
        _with_now(turn, t("announcements-ask-text-ru"), text),
        _said(turn, text, TEXT_LEAST, TEXT),
        named=t("announcements-named-text-ru"),
    )
    return asked, said


@dataclass(frozen=True)
class words_or_same(Answer[str]):  # noqa: N801  reads as a word inside a form
    """A text, or what stands there now."""

    is_now: str
    min: int
    max: int
    options: Sequence[Option] = ()

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        if any(fold(heard.text) == fold(option.label) for option in self.options):
            return SAME
        return await words(min=self.min, max=self.max).read(turn, heard)

    def value(self, stored: str) -> str:
        return self.is_now if stored == SAME else words(min=self.min, max=self.max).value(stored)

    def shown(self, stored: str) -> str:
        return self.value(stored)


def _said(turn: Turn, is_now: str, least: int, most: int) -> Answer[str]:
    """Words, which may stay as they are where there are some."""
    if not is_now:
        return words(min=least, max=most)
    return words_or_same(is_now, least, most, [Option(SAME, turn.t("announcements-same"))])


def _with_now(turn: Turn, says: str, is_now: str) -> str:
    return f"{says}\n\n{turn.t('keep-is-now', value=is_now)}" if is_now else says


def _file(turn: Turn) -> Form[str | None]:
    t = turn.t
    return (yield from ask_if_wanted("file", t("announcements-ask-file"), a_file(), named=t("announcements-part-file")))


def _urgent(turn: Turn) -> Form[str]:
    """Whether it may come at night, and why: an urgent one without a reason is none."""
    t = turn.t
    options = [Option("no", t("announcements-not-urgent")), Option("yes", t("announcements-is-urgent"))]
    named = t("announcements-part-urgent")
    if (yield from ask("is-urgent", t("announcements-ask-urgent"), choice(options), named=named)) == "no":
        return ""
    why = words(min=URGENT_LEAST, max=URGENT)
    return (yield from ask("urgent", t("announcements-ask-why-urgent"), why, named=t("announcements-named-urgent")))


def _time(turn: Turn) -> Form[datetime | None]:
    t, named = turn.t, turn.t("announcements-part-time")
    options = [Option(NOW, t("announcements-now")), Option(LATER, t("announcements-later"))]
    when = yield from ask("when", t("announcements-ask-when"), choice(options), named=named)
    if when == NOW:
        return None
    return (yield from ask("at", t("announcements-ask-at"), a_moment(turn.time_zone, turn.now), named=named))


# --- for whom ---


def _audience(turn: Turn, home: Municipality) -> Form[Audience]:
    """The crowd, which villages, issue, petition or roles, and which channels and groups as well. A crowd that nobody
    is in here is not offered."""
    t, language = turn.t, turn.t.language
    listed = yield from fetch(lambda db: villages(db, home.id))
    issues = yield from fetch(lambda db: listed_issues(db, home.id))
    petitions = yield from fetch(lambda db: public_petitions(db, home.id, states=SIGNED))
    places = yield from fetch(lambda db: linked_places(db, home.id))
    roads = yield from fetch(lambda db: streets(db, home.id))
    there = {
        Crowd.VILLAGES: listed,
        Crowd.STREETS: roads,
        Crowd.ISSUE: issues,
        Crowd.PETITION: petitions,
        Crowd.PLACES: places,
    }
    crowds = [crowd for crowd in Crowd if there.get(crowd, True)]
    named = t("announcements-part-audience")
    options = [Option(each.value, t(f"announcements-crowd-{each}")) for each in crowds]
    crowd = Crowd((yield from ask("crowd", t("announcements-ask-crowd"), choice(options), named=named)))
    which: Sequence[str] = ()
    roles: Sequence[str] = ()
    match crowd:
        case Crowd.VILLAGES:
            options = [Option(str(each.id), each.name(language)) for each in listed]
            which = yield from _several(turn, "village", t("announcements-ask-villages"), options)
        case Crowd.STREETS:
            which = yield from _streets(turn, listed, roads)
        case Crowd.ISSUE:
            options = [Option(str(each.id), each.said("label", language)) for each in issues]
            which = [(yield from ask("issue", t("announcements-ask-issue"), choice(options), named=named))]
        case Crowd.PETITION:
            options = [Option(str(each.id), each.title) for each in petitions]
            which = [(yield from ask("petition", t("announcements-ask-petition"), choice(options), named=named))]
        case Crowd.STAFF:
            options = [Option(each.value, t(f"announcements-role-{each}")) for each in ROLES]
            roles = yield from _several(turn, "role", t("announcements-ask-roles"), options)
    told: Sequence[str] = ()
    if places and crowd is not Crowd.STAFF:  # what is for staff alone is not put where everybody reads
        options = [Option(str(each.id), each.title) for each in places]
        only = crowd is Crowd.PLACES
        says = t("announcements-ask-places") if only else t("announcements-ask-places-too")
        told = yield from _several(turn, "place", says, options, none="" if only else t("announcements-no-places"))
    return Audience(crowd, tuple(map(int, which)), tuple(roles), tuple(map(int, told)))


def _streets(turn: Turn, listed: Sequence[Village], roads: Sequence[Street]) -> Form[Sequence[str]]:
    """Streets of one village."""
    t, language = turn.t, turn.t.language
    options = [
        Option(str(each.id), each.name(language))
        for each in listed
        if any(road.village_id == each.id for road in roads)
    ]
    named = t("announcements-part-audience")
    where = yield from ask("streets-of", t("announcements-ask-streets-of"), choice(options), named=named)
    options = [Option(str(road.id), road.name(language)) for road in roads if str(road.village_id) == where]
    return (yield from _several(turn, "street", t("announcements-ask-streets"), options))


def _several(turn: Turn, key: str, says: str, options: Sequence[Option], *, none: str = "") -> Form[list[str]]:
    """One or more of a list, one after another, until that is enough; none of them where that may be."""
    t, chosen, left = turn.t, list[Option](), list(options)
    named = t("announcements-part-audience")
    while left:
        extra = [Option(ENOUGH, t("announcements-enough"))] if chosen else [Option(NONE, none)] if none else []
        asks = f"{says}\n\n{t('announcements-chosen', names=', '.join(o.label for o in chosen))}" if chosen else says
        value = yield from ask(f"{key}-{len(chosen) + 1}", asks, choice([*extra, *left]), named=named)
        if value in (ENOUGH, NONE):
            break
        chosen += [option for option in left if option.value == value]
        left = [option for option in left if option.value != value]
    return [option.value for option in chosen]
