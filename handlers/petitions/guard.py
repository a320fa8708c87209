"""How do staff look at suspicious signatures: what was flagged, and taking many out of the count with a way to stop and
to undo?"""

from dataclasses import dataclass, replace
from datetime import datetime

from actions.petitions import invalidating
from actions.petitions.invalidating import Criteria
from civic.municipalities import local
from civic.people import Right
from civic.petitions import BEFORE_HAND_OVER, REASON_LEAST, REASON_MOST, steps_reached
from civic.refusals import Reason, Refused
from handlers.answers import a_moment, choice, words
from handlers.petitions.cards import counted
from handlers.petitions.decide import of_ours, sure
from handlers.petitions.desk_presses import (
    CancelInvalidation,
    Invalidate,
    Invalidations,
    OpenFlag,
    OpenInvalidation,
    SettleFlag,
    UndoInvalidation,
    ours,
    own_home,
    to_desk,
    to_queue,
)
from handlers.petitions.presses import PetitionDesk, PetitionQueue
from storage.changes import authors
from storage.municipalities import Municipality, villages
from storage.petition_desk import get_flag, get_invalidation, invalidations_of, links_used
from storage.petitions import Invalidation, Petition, get_petition
from talk.answers import Option
from talk.form import Form, ask, ask_if_wanted, fetch
from talk.routes import Routes
from talk.screen import Bar, Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
BY = ("link", "hours", "village", "unconfirmed")


# --- flags ---


@routes.press(OpenFlag, reads=True, statements=3, right=Right.INVALIDATE)
async def open_flag(turn: Turn, press: OpenFlag) -> Screen:
    """How many came by that link in how short a time; whose link it is stays unsaid."""
    t, home = turn.t, own_home(turn)
    flag = await get_flag(turn.db, home.id, press.flag)
    petition = await get_petition(turn.db, home.id, flag.petition_id)
    fits = await invalidating.preview(turn.db, petition, Criteria(link=flag.link_id))
    settled = flag.settled_at is not None
    return Screen(
        title=petition.title,
        icon="🚩",
        state=f"✓ {t('petitions-desk-flag-settled')}" if settled else t("petitions-desk-flag-waits"),
        text=t(f"petitions-desk-flag-{flag.kind}", count=flag.count) + f"\n\n{t('petitions-desk-flag-text')}",
        facts=(
            Fact(t("petitions-desk-flag-link"), t("petitions-desk-link-number", number=flag.link_id)),
            Fact(t("petitions-desk-flag-at"), t.moment(flag.at, turn.time_zone)),
            Fact(t("petitions-desk-flag-now"), t("petitions-desk-signatures", count=fits)),
            Fact(t("petitions-desk-fact-counted"), counted(turn, petition)),
        ),
        note=f"{t('petitions-desk-number', number=petition.id)} · {home.name(t.language)}",
        buttons=rows(
            Button(f"✓ {t('petitions-desk-flag-fine')}", SettleFlag(flag.id)) if not settled else None,
            Button(f"⛔ {t('petitions-desk-invalidate')}", Invalidate(petition.id, flag.id))
            if fits and petition.state in BEFORE_HAND_OVER
            else None,
            Button(f"🗂 {t('petitions-desk-open-desk')}", PetitionDesk(petition.id)),
            to_queue(turn, "flagged"),
        ),
        at=OpenFlag(flag.id),
    )


@routes.press(SettleFlag, reads=False, statements=12, right=Right.INVALIDATE)
async def settle_flag(turn: Turn, press: SettleFlag) -> Screen:
    """Looked at; it waits no more."""
    home = own_home(turn)
    flag = await get_flag(turn.db, home.id, press.flag)
    new = await invalidating.settle_flag(turn.db, flag, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    screen = await turn.go(turn, PetitionQueue("flagged"))
    return replace(screen, lead=turn.t("petitions-desk-flag-settled" if new else "petitions-desk-flag-was-settled"))


# --- taking out of the count ---


@dataclass(frozen=True, slots=True)
class Taken:
    """What is to be taken out, why, and the flag it began with."""

    criteria: Criteria
    reason: str


def questions(turn: Turn, press: Invalidate) -> Form[Taken]:
    """What the signatures have in common, how many there are, why; then the consequence in numbers."""
    t, home = turn.t, own_home(turn)
    petition = yield from of_ours(turn, press.petition)
    if petition.state not in BEFORE_HAND_OVER:
        raise Refused(Reason.TOO_LATE)
    criteria = yield from _criteria(turn, home, petition, press.flag)
    count = yield from fetch(lambda db: invalidating.preview(db, petition, criteria))
    if count == 0:
        yield from ask("none", t("petitions-desk-none-fit"), choice())  # only back and cancel lead on
    reason = yield from ask(
        "words", t("petitions-desk-ask-invalid", count=count), words(min=REASON_LEAST, max=REASON_MOST)
    )
    after = petition.count - count
    says = t("petitions-desk-invalid-sure", count=count, now=petition.count, after=after)
    if steps_reached(petition.thresholds, after) < petition.reached:
        says += f"\n⚠️ {t('petitions-desk-invalid-threshold')}"
    yield from sure(f"{says}\n\n«{reason}»", t("petitions-desk-invalid-yes", count=count))
    return Taken(criteria, reason)


def _criteria(turn: Turn, home: Municipality, petition: Petition, flag: int | None) -> Form[Criteria]:
    t = turn.t
    if flag is not None:
        flagged = yield from fetch(lambda db: get_flag(db, home.id, flag))
        if flagged.petition_id != petition.id:
            raise Refused(Reason.NOT_FOUND)
        by, link = "link", flagged.link_id
    else:
        by = yield from ask(
            "by", t("petitions-desk-ask-by"), choice([Option(each, t(f"petitions-desk-by-{each}")) for each in BY])
        )
        link = None
    village = None
    if by == "link" and link is None:
        used = yield from fetch(lambda db: links_used(db, petition.id))
        options = [Option(str(number), t("petitions-desk-link-brought", number=number, count=n)) for number, n in used]
        link = int(
            (
                yield from ask(
                    "link", t("petitions-desk-ask-link" if used else "petitions-desk-no-links"), choice(options)
                )
            )
        )
    if by == "village":
        places = yield from fetch(lambda db: villages(db, home.id))
        named = [Option(str(each.id), each.name(t.language)) for each in places]
        village = int((yield from ask("village", t("petitions-desk-ask-village"), choice(named))))
    moment = a_moment(turn.time_zone, turn.now)
    since: datetime | None = None
    until: datetime | None = None
    if by == "hours":
        since = yield from ask("since", t("petitions-desk-ask-since"), moment)
    else:
        since = yield from ask_if_wanted("since", t("petitions-desk-ask-since"), moment)
    if since is not None:
        until = yield from ask_if_wanted("until", t("petitions-desk-ask-to"), moment)
    return Criteria(
        link=link,
        since=since.isoformat() if since is not None else None,
        until=until.isoformat() if until is not None else None,
        village=village,
        unconfirmed=by == "unconfirmed",
    )


async def begun(turn: Turn, press: Invalidate, told: Taken) -> Screen:
    """The first piece at once, the rest by itself every ten seconds."""
    home, petition = await ours(turn, press.petition)
    began = await invalidating.begin(turn.db, petition, turn.person, turn.roles, told.criteria, told.reason, turn.now)
    await invalidating.go_on(turn.db, began, home, turn.now)
    if press.flag is not None:
        flag = await get_flag(turn.db, home.id, press.flag)
        await invalidating.settle_flag(turn.db, flag, turn.person, turn.roles, turn.now)
    await turn.db.flush()
    lead = turn.t("petitions-desk-invalid-begun") if began.finished_at is None else ""
    return replace(await open_invalidation(turn, OpenInvalidation(began.id)), lead=lead)


routes.form(
    Invalidate,
    questions=questions,
    done=begun,
    review=False,
    title="petitions-desk-invalid-title",
    right=Right.INVALIDATE,
)


def _state(begun: Invalidation) -> str:
    if begun.undone_at is not None:
        return "undone"
    if begun.cancelled_at is not None:
        return "cancelled"
    return "finished" if begun.finished_at is not None else "running"


@routes.press(OpenInvalidation, reads=True, statements=4, right=Right.INVALIDATE)
async def open_invalidation(turn: Turn, press: OpenInvalidation) -> Screen:
    """How many of how many, why, by whom; stop it, or undo it until the hand-over."""
    t, home = turn.t, own_home(turn)
    begun = await get_invalidation(turn.db, home.id, press.invalidation)
    petition = await get_petition(turn.db, home.id, begun.petition_id)
    names = await authors(turn.db, home.id, {begun.by or 0})
    state = _state(begun)
    undoable = begun.done and begun.undone_at is None and petition.state in BEFORE_HAND_OVER
    return Screen(
        title=t("petitions-desk-invalid-title"),
        icon="⛔",
        state=t(f"petitions-desk-invalid-{state}"),
        bar=Bar(begun.done, max(begun.found, 1)),
        facts=(
            Fact(t("petitions-desk-invalid-what"), await _in_words(turn, home, begun)),
            Fact(t("petitions-desk-fact-by"), names.get(begun.by or 0) or t("petitions-desk-colleague")),
            Fact(t("petitions-desk-fact-at"), t.moment(begun.at, turn.time_zone)),
            Fact(t("petitions-desk-fact-counted"), counted(turn, petition)),
        ),
        text=f"«{petition.title}»\n\n{begun.reason}",
        note=f"{t('petitions-desk-number', number=petition.id)} · {home.name(t.language)}",
        buttons=rows(
            Button(f"🔄 {t('petitions-desk-refresh')}", OpenInvalidation(begun.id)) if state == "running" else None,
            Button(t("petitions-desk-invalid-stop"), CancelInvalidation(begun.id)) if state == "running" else None,
            Button(f"↩ {t('kit-undo')}", UndoInvalidation(begun.id)) if undoable else None,
            to_desk(turn, petition.id),
        ),
        at=OpenInvalidation(begun.id),
    )


async def _in_words(turn: Turn, home: Municipality, begun: Invalidation) -> str:
    t, criteria = turn.t, Criteria(**begun.criteria)
    said: list[str] = []
    if criteria.link is not None:
        said.append(t("petitions-desk-link-number", number=criteria.link))
    if criteria.village is not None:
        named = {each.id: each.name(t.language) for each in await villages(turn.db, home.id)}
        said.append(named.get(criteria.village, str(criteria.village)))
    if criteria.unconfirmed:
        said.append(t("petitions-desk-by-unconfirmed"))
    hours = [
        f"{local(datetime.fromisoformat(each), turn.time_zone):%d.%m.%Y %H:%M}" if each else "…"
        for each in (criteria.since, criteria.until)
    ]
    if criteria.since or criteria.until:
        said.append(" – ".join(hours))
    return ", ".join(said)


@routes.press(CancelInvalidation, reads=False, statements=12, right=Right.INVALIDATE)
async def cancel(turn: Turn, press: CancelInvalidation) -> Screen:
    """No more are taken out; what was, can be undone."""
    home = own_home(turn)
    found = await get_invalidation(turn.db, home.id, press.invalidation)
    stopped = await invalidating.cancel(turn.db, found, turn.person, turn.roles, turn.now)
    screen = await open_invalidation(turn, OpenInvalidation(found.id))
    return screen.with_alert(turn.t("petitions-desk-was-stopped" if stopped else "petitions-desk-had-ended"))


@routes.press(UndoInvalidation, reads=False, statements=20, right=Right.INVALIDATE)
async def undo(turn: Turn, press: UndoInvalidation) -> Screen:
    """They count again, except those whose phone has signed since."""
    home = own_home(turn)
    found = await get_invalidation(turn.db, home.id, press.invalidation)
    restored = await invalidating.undo(turn.db, found, turn.person, turn.roles, home, turn.now)
    screen = await open_invalidation(turn, OpenInvalidation(found.id))
    return replace(screen, lead=turn.t("petitions-desk-invalid-restored", count=restored))


@routes.press(Invalidations, reads=True, statements=3, right=Right.INVALIDATE)
async def invalidations(turn: Turn, press: Invalidations) -> Screen:
    """Everything that was taken out so far."""
    t = turn.t
    home, petition = await ours(turn, press.petition)
    found = await invalidations_of(turn.db, petition.id)
    return Screen(
        title=t("petitions-desk-invalidations-title", count=len(found)),
        icon="📋",
        text=f"«{petition.title}»" if found else t("petitions-desk-no-invalidations"),
        note=home.name(t.language),
        choice=tuple(
            Button(
                f"{t.day(local(each.at, turn.time_zone).date())} · {each.done} / {each.found} · "
                f"{t(f'petitions-desk-invalid-{_state(each)}')}",
                OpenInvalidation(each.id),
            )
            for each in found
        ),
        buttons=rows(to_desk(turn, petition.id)),
        at=Invalidations(petition.id),
    )
