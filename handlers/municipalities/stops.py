"""Stopping something for everybody, in a hurry: what it means, the notice that people read, and letting it go on."""

from dataclasses import replace
from typing import Any

from actions import stops
from civic.people import Right, may
from civic.refusals import Reason, Refused
from civic.stops import Stoppable
from handlers.answers import words
from handlers.municipalities.presses import LiftStop, LiftStopNow, OpenStop, StopIt, Stops
from handlers.people.staff import own_home
from handlers.ways import to_tasks
from storage.changes import authors
from storage.municipalities import Municipality
from storage.stops import Stop, find_stop, open_stops, stop_of
from talk.form import Form, ask, ask_if_wanted, fetch
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
Notice = tuple[str, str]


@routes.press(Stops, reads=True, statements=1, right=Right.STOP)
async def stops_list(turn: Turn, _: Stops) -> Screen:
    """What can be stopped, and since when it is."""
    t, home = turn.t, own_home(turn)
    stopped = {stop.what: stop for stop in await open_stops(turn.db, home.id)}
    return Screen(
        title=t("stops-title"),
        icon="⛔",
        state=f"⛔ {t('stops-count', count=len(stopped))}" if stopped else f"✓ {t('stops-none')}",
        text=t("stops-text"),
        facts=tuple(Fact(t(f"stops-what-{what}"), _state(turn, stopped.get(what))) for what in Stoppable),
        note=home.name(t.language),
        choice=tuple(Button(t(f"stops-what-{what}"), OpenStop(what)) for what in Stoppable),
        buttons=rows(to_tasks(turn)),
        at=Stops(),
    )


def _state(turn: Turn, stop: Stop | None) -> str:
    t = turn.t
    return t("stops-goes-on") if stop is None else f"⛔ {t('stops-since', at=t.moment(stop.at, turn.time_zone))}"


@routes.press(OpenStop, reads=True, statements=2, right=Right.STOP)
async def open_stop(turn: Turn, press: OpenStop) -> Screen:
    """One of them: whether it goes on, what stopping means; where it is stopped, the notice and who wrote it."""
    home = own_home(turn)
    return await _card(turn, home, press.what, await stop_of(turn.db, home.id, press.what))


async def _card(turn: Turn, home: Municipality, what: Stoppable, stop: Stop | None) -> Screen:
    t = turn.t
    return Screen(
        title=t(f"stops-what-{what}"),
        icon="⛔" if stop is not None else "✓",
        state=_state(turn, stop),
        text=t(f"stops-means-{what}"),
        facts=() if stop is None else await _facts(turn, home, stop),
        note=home.name(t.language),
        buttons=rows(
            Button(t("stops-stop"), StopIt(what)) if stop is None else Button(t("stops-lift"), LiftStop(what)),
            Button(t("kit-back"), Stops()),
        ),
        at=OpenStop(what),
    )


async def _facts(turn: Turn, home: Municipality, stop: Stop) -> tuple[Fact, ...]:
    t = turn.t
    names = await authors(turn.db, home.id, {stop.by}) if stop.by is not None else {}
    notice = "\n".join(text for text in (stop.notice_ky, stop.notice_ru) if text)
    by = names.get(stop.by or 0, "")
    return (Fact(t("stops-notice"), notice), *((Fact(t("stops-by"), by),) if by else ()))


# --- stopping ---


def stop_questions(turn: Turn, press: StopIt) -> Form[Notice]:
    """What it means, and the notice; both languages are looked over before it happens."""
    t, home, limit = turn.t, own_home(turn), stops.NOTICE_LIMIT
    if (yield from fetch(lambda db: stop_of(db, home.id, press.what))) is not None:
        raise Refused(Reason.STOPPED_ALREADY)
    says = f"{t(f'stops-means-{press.what}')}\n\n{t('stops-ask-ky')}"
    ky = yield from ask("ky", says, words(max=limit, min=stops.NOTICE_MIN), named=t("stops-notice-ky"))
    ru = yield from ask_if_wanted("ru", t("stops-ask-ru"), words(max=limit), named=t("stops-notice-ru"))
    return ky, ru or ""


async def stopped(turn: Turn, press: StopIt, notice: Notice) -> Screen:
    """Nobody can do it from this moment on."""
    home = own_home(turn)
    stop = await stops.stop(turn.db, home, press.what, notice, turn.person, turn.roles, turn.now)
    return replace(await _card(turn, home, press.what, stop), lead=turn.t("stops-stopped"))


routes.form(StopIt, questions=stop_questions, done=stopped, title="stops-stop", right=Right.STOP)


# --- letting it go on ---


@routes.press(LiftStop, reads=True, statements=1, right=Right.STOP)
async def lift_stop(turn: Turn, press: LiftStop) -> Screen:
    """That everybody can do it again, and the question."""
    t, home, what = turn.t, own_home(turn), press.what
    stop = await stop_of(turn.db, home.id, what)
    return Screen(
        title=t("stops-lift-title"),
        text=t("stops-lift-text", what=t(f"stops-what-{what}")),
        facts=() if stop is None else (Fact(t("stops-notice"), stop.notice(t.language)),),
        note=home.name(t.language),
        buttons=rows(Button(t("stops-lift-yes"), LiftStopNow(what)), Button(t("kit-back"), OpenStop(what))),
        at=LiftStop(what),
    )


@routes.press(LiftStopNow, reads=False, statements=9, right=Right.STOP)
async def lift_stop_now(turn: Turn, press: LiftStopNow) -> Screen:
    """It goes on; the notice is gone."""
    home = own_home(turn)
    await stops.lift(turn.db, home, press.what, turn.person, turn.roles, turn.now)
    return replace(await _card(turn, home, press.what, None), lead=turn.t("stops-lifted"))


# --- letters ---


@routes.letter("stop-set")
async def stop_letter(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """A colleague stopped something; None when it was lifted since."""
    return await _letter(turn, int(told["stop"]), lifted=False)


@routes.letter("stop-lifted")
async def lifted_letter(turn: Turn, told: dict[str, Any]) -> Screen | None:
    """A colleague let it go on."""
    return await _letter(turn, int(told["stop"]), lifted=True)


async def _letter(turn: Turn, number: int, *, lifted: bool) -> Screen | None:
    t, home = turn.t, turn.municipality
    if home is None or not may(turn.roles, Right.STOP):
        return None
    stop = await find_stop(turn.db, home.id, number)
    if stop is None or (stop.lifted_at is not None) is not lifted:
        return None
    by = stop.lifted_by if lifted else stop.by
    name = (await authors(turn.db, home.id, {by})).get(by, "") if by is not None else ""
    what = t(f"stops-what-{stop.what}")
    return Screen(
        title=t("stops-letter-lifted", what=what) if lifted else t("stops-letter-stopped", what=what),
        icon="✓" if lifted else "⛔",
        facts=(
            *((Fact(t("stops-by"), name),) if name else ()),
            *(() if lifted else (Fact(t("stops-notice"), stop.notice(t.language)),)),
        ),
        note=f"{home.name(t.language)}. {t('stops-letter-why')}",
        buttons=rows(Button(t("stops-open"), OpenStop(stop.what))),
        fresh=True,
    )
