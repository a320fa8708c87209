"""Which texts did people report, and what do staff say when they have looked?"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from actions import reports
from civic.moderation import Rejection
from civic.municipalities import local
from civic.people import Right, may, refuse
from civic.petitions import reasons_against
from civic.proposals import REASON_LEAST, REASON_MOST
from civic.refusals import Reason, Refused
from civic.reports import LOOK_WORKING_DAYS, Subject, why_cannot_remove
from handlers.answers import choice, words
from handlers.proposals.cards import beginning
from handlers.proposals.desk import beginning_of
from handlers.proposals.staff import KeepReported, OpenReported, RemoveReported, Reported, home_worked_for
from handlers.ways import page_of, to_tasks
from storage.municipalities import Municipality
from storage.petitions import Petition, get_petition
from storage.proposals import Proposal, get_proposal, objection_to
from storage.reports import beginnings, open_reports, reported_texts
from storage.workdays import workdays_of
from talk.answers import Option
from talk.form import Form, ask, fetch
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
PAGE = 8


async def _read(turn: Turn, subject: Subject, number: int) -> Proposal | Petition:
    home = home_worked_for(turn)
    if subject is Subject.PROPOSAL:
        return await get_proposal(turn.db, home.id, number)
    return await get_petition(turn.db, home.id, number)


def _named(turn: Turn, thing: Proposal | Petition) -> str:
    if isinstance(thing, Proposal):
        return turn.t("proposals-title", number=thing.number)
    return turn.t("desk-petition", number=thing.id)


@routes.press(Reported, reads=True, statements=5, right=Right.MODERATE)
async def reported(turn: Turn, press: Reported) -> Screen:
    """The most reported first."""
    t, home = turn.t, home_worked_for(turn)
    found = [
        (count, subject, number)
        for subject in Subject
        for number, count in (await reported_texts(turn.db, home.id, subject)).items()
    ]
    found.sort(key=lambda each: -each[0])
    shown, page, pages = page_of(len(found), press.page, PAGE)
    page_now = [found[i] for i in shown]
    begins = {
        subject: await beginnings(
            turn.db, home.id, subject, [number for _, which, number in page_now if which is subject]
        )
        for subject in {subject for _, subject, _ in page_now}
    }
    listed = []
    for count, subject, number in page_now:
        said, is_hidden = begins[subject][number]
        sign = "🙈 " if is_hidden else ""
        listed.append(Button(f"{sign}⚑ {count} · {beginning(said, 45)}", OpenReported(subject, number)))
    return Screen(
        title=t("desk-reported-title", count=len(found)),
        icon="⚑",
        text="" if found else t("desk-reported-none"),
        note=home.name(t.language),
        choice=tuple(listed),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), Reported(page - 1)) if page > 0 else None,
            Button(t("kit-next"), Reported(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(to_tasks(turn)),
        at=Reported(page),
    )


@routes.press(OpenReported, reads=True, statements=5, right=Right.MODERATE)
async def open_reported(turn: Turn, press: OpenReported) -> Screen:
    """The text as it was written, and what people find wrong with it; not who."""
    t, home = turn.t, home_worked_for(turn)
    thing = await _read(turn, press.subject, press.number)
    found = Counter(each.complaint for each in await open_reports(turn.db, press.subject, press.number))
    objection = await objection_to(turn.db, thing) if isinstance(thing, Proposal) else None
    text = thing.text if isinstance(thing, Proposal) else f"{thing.title}\n\n{thing.demand}\n\n{thing.reasons}"
    return Screen(
        title=_named(turn, thing),
        icon="⚑",
        state=await _shown_or_until(turn, home, thing),
        text="\n\n".join(
            (beginning_of(text), *([f"{t('desk-objection')}\n{objection.words(t.language)}"] if objection else ()))
        ),
        folded="" if why_cannot_remove(turn.roles, press.subject) is None else t("desk-reported-not-yours"),
        facts=tuple(
            Fact(t(f"reports-complaint-{complaint}"), t.number(count)) for complaint, count in found.most_common()
        ),
        note=home.name(t.language),
        buttons=rows(
            Button(f"✓ {t('desk-reported-keep')}", KeepReported(press.subject, press.number)),
            Button(f"🗑 {t('desk-reported-remove')}", RemoveReported(press.subject, press.number))
            if why_cannot_remove(turn.roles, press.subject) is None
            else None,
            Button(t("kit-back"), Reported()),
        ),
        at=OpenReported(press.subject, press.number),
    )


async def _shown_or_until(turn: Turn, home: Municipality, thing: Proposal | Petition) -> str:
    """Whether everybody reads it, and until when staff are to look at what is hidden."""
    if thing.hidden_at is None:
        return turn.t("desk-reported-shown")
    since = local(thing.hidden_at, home.time_zone).date()
    until = (await workdays_of(turn.db, home.id)).after(since, LOOK_WORKING_DAYS)
    return turn.t("desk-reported-hidden", day=turn.t.day(until))


@routes.letter("text-hidden")
async def text_hidden(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """To moderators: a text is hidden, or its author objects to that; nothing, once they have looked."""
    t, home = turn.t, turn.municipality
    if home is None or not may(turn.roles, Right.MODERATE):
        return None
    subject, number = Subject(told["subject"]), int(told["number"])
    thing = await _read(turn, subject, number)
    if thing.hidden_at is None or await reports.is_removed(turn.db, thing):
        return None
    objects = isinstance(thing, Proposal) and await objection_to(turn.db, thing) is not None
    press = OpenReported(subject, number)
    return Screen(
        title=t("desk-letter-objected" if objects else "desk-letter-hidden"),
        icon="🙈",
        state=await _shown_or_until(turn, home, thing),
        text=f"{_named(turn, thing)}\n«{beginning(thing.text if isinstance(thing, Proposal) else thing.title, 160)}»",
        folded=t("desk-letter-why"),
        note=home.name(t.language),
        buttons=rows(Button(f"⚑ {t('desk-open-reported')}", press)),
        at=press,
    )


@routes.press(KeepReported, reads=False, statements=12, right=Right.MODERATE)
async def keep_reported(turn: Turn, press: KeepReported) -> Screen:
    """Everybody reads it again, and no further report hides it before it changes."""
    await reports.keep(turn.db, turn.person, turn.roles, press.subject, press.number, turn.now)
    await turn.db.flush()
    return (await reported(turn, Reported())).with_alert(turn.t("desk-reported-kept"))


@dataclass(frozen=True, slots=True)
class Told:
    """Why nobody shall read it."""

    why: Rejection
    words: str
    competent: str = ""


def remove_questions(turn: Turn, press: RemoveReported) -> Form[Told]:
    """A reason of the catalogue, and words that its author and everybody reads."""
    t = turn.t
    refuse(why_cannot_remove(turn.roles, press.subject))
    thing = yield from fetch(lambda _: _read(turn, press.subject, press.number))
    if (yield from fetch(lambda db: reports.is_removed(db, thing))):
        raise Refused(Reason.DECIDED_ALREADY)
    reasons = frozenset(Rejection) if isinstance(thing, Proposal) else reasons_against(thing)
    refuse(Reason.TOO_LATE if not reasons else None)
    options = [Option(each.value, t(f"moderation-why-{each}")) for each in Rejection if each in reasons]
    why = yield from ask("why", t("desk-ask-why"), choice(options), named=t("desk-why"))
    body = ""
    if not isinstance(thing, Proposal) and why == Rejection.OUT_OF_COMPETENCE:
        body = yield from ask("body", t("petitions-desk-ask-body"), words(min=3, max=300))
    said = yield from ask(
        "words", t("desk-ask-why-words"), words(min=REASON_LEAST, max=REASON_MOST), named=t("desk-why-words")
    )
    return Told(Rejection(why), said, body)


async def removed(turn: Turn, press: RemoveReported, told: Told) -> Screen:
    """Nobody reads it any more; its author is told why."""
    about = (press.subject, press.number, told.why, told.words)
    await reports.remove(turn.db, turn.person, turn.roles, *about, turn.now, competent=told.competent)
    await turn.db.flush()
    thing = await _read(turn, press.subject, press.number)
    nobody = isinstance(thing, Proposal) and thing.author_id is None
    said = turn.t("desk-reported-removed-nobody" if nobody else "desk-reported-removed")
    return (await reported(turn, Reported())).with_alert(said)


routes.form(
    RemoveReported, questions=remove_questions, done=removed, title="desk-reported-remove", right=Right.MODERATE
)
