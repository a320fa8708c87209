"""The calendar of working days: a year as a list, holidays that move, working days that were transferred."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from actions import workdays
from civic.people import Right, may, refuse
from civic.workdays import Feast, fixed_days, missing_feasts, watched_years, why_not_working
from handlers.answers import day_between, words
from handlers.municipalities.presses import AddDay, Calendar, OpenDay, RemoveDay, RemoveDayNow, to_set_up
from handlers.people.staff import own_home
from handlers.ways import page_of, to_tasks
from storage.workdays import YEARS, DayException, exceptions, get_exception
from talk.answers import Stored
from talk.form import Form, ask, ask_if_wanted
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()
PAGE = 8
Told = tuple[date, tuple[str, str]]


@dataclass(frozen=True)
class idle_day(day_between):  # noqa: N801  reads as a word inside a form
    """A day on which nobody works yet."""

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        """The day; Refused(WORKS_ANYWAY) when it is a working one already."""
        stored = await day_between.read(self, turn, heard)
        refuse(why_not_working(self.value(stored or "")))
        return stored


def _year(turn: Turn, year: int) -> int:
    return year if year in YEARS else turn.today.year


def _feast(turn: Turn, feast: Feast, language: str) -> str:
    return turn.words.speaker(language)(f"workdays-feast-{feast}")


def missing(turn: Turn, own: Sequence[DayException], year: int) -> tuple[Feast, ...]:
    """The moving holidays of that year which nobody entered yet."""
    called = {feast: _feast(turn, feast, "ky") for feast in Feast}
    return missing_feasts(year, called, [(each.day, each.name_ky) for each in own if not each.works])


@routes.press(Calendar, reads=True, statements=1, right=Right.ANSWER)
async def calendar(turn: Turn, press: Calendar) -> Screen:
    """The days of the year on which nobody works, and the weekend days on which one does."""
    t, home, year = turn.t, own_home(turn), _year(turn, press.year)
    own = await exceptions(turn.db, home.id)
    of_year = [each for each in own if each.day.year == year]
    shown, page, pages = page_of(len(of_year), press.page, PAGE)
    return Screen(
        title=t("workdays-title-year", year=str(year)),
        icon="📅",
        state="\n".join(_warnings(turn, own)),
        text="\n".join([*_lines(turn, of_year, year), "", t("workdays-text")]),
        note=home.name(t.language),
        choice=tuple(
            Button(f"{of_year[i].day:%d.%m} {of_year[i].name(t.language)}", OpenDay(of_year[i].id)) for i in shown
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), Calendar(year, page - 1)) if page > 0 else None,
            Button(t("kit-next"), Calendar(year, page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(
            *(
                Button(f"➕ {t(f'workdays-feast-{each}')}", AddDay(year, feast=each))
                for each in missing(turn, own, year)
            )
        )
        + rows(
            Button(f"➕ {t('workdays-add-off')}", AddDay(year)),
            Button(f"➕ {t('workdays-add-on')}", AddDay(year, works=True)),
            *(Button(f"{to}", Calendar(to)) for to in (year - 1, year + 1) if to in YEARS),
            to_tasks(turn),
            to_set_up(turn) if may(turn.roles, Right.SET_UP) else None,
            width=2,
        ),
        at=Calendar(year, page),
    )


def _warnings(turn: Turn, own: Sequence[DayException]) -> list[str]:
    t = turn.t
    found = ((year, missing(turn, own, year)) for year in watched_years(turn.today))
    return [
        f"⚠️ {t('workdays-missing', year=str(year), days=', '.join(t(f'workdays-feast-{each}') for each in feasts))}"
        for year, feasts in found
        if feasts
    ]


def _lines(turn: Turn, own: Sequence[DayException], year: int) -> list[str]:
    """Every fixed holiday, and in its place or beside it what staff entered."""
    t = turn.t
    lines = {day: f"• {day:%d.%m} {t(f'workdays-fixed-{day:%m-%d}')}" for day in fixed_days(year)}
    for each in own:
        works = f" ({t('workdays-works')})" if each.works else ""
        lines[each.day] = f"✎ {each.day:%d.%m} {each.name(t.language)}{works}"
    return [line for _, line in sorted(lines.items())]


# --- entering ---


def day_questions(turn: Turn, press: AddDay) -> Form[Told]:
    """The day, and what it is called where that is not known."""
    t, year = turn.t, _year(turn, press.year)
    own_home(turn)
    any_day = (idle_day if press.works else day_between)(date(year, 1, 1), date(year, 12, 31))
    if press.feast is not None:
        says = t("workdays-ask-feast", name=t(f"workdays-feast-{press.feast}"), year=str(year))
        day = yield from ask("day", says, any_day)
        return day, (_feast(turn, press.feast, "ky"), _feast(turn, press.feast, "ru"))
    says = t("workdays-ask-on", year=str(year)) if press.works else t("workdays-ask-off", year=str(year))
    day = yield from ask("day", says, any_day)
    ky = yield from ask("ky", t("workdays-ask-name-ky"), words(max=workdays.NAME_LIMIT, min=2))
    ru = yield from ask_if_wanted("ru", t("workdays-ask-name-ru"), words(max=workdays.NAME_LIMIT, min=2))
    return day, (ky, ru or "")


async def day_told(turn: Turn, press: AddDay, told: Told) -> Screen:
    """It counts from now on; terms that run already keep their day."""
    t, (day, name) = turn.t, told
    kept = await workdays.set_day(
        turn.db, own_home(turn), day, name, turn.person, turn.roles, turn.now, works=press.works
    )
    lead = t("workdays-entered", day=t.day(kept.day), name=kept.name(t.language))
    return replace(await calendar(turn, Calendar(day.year)), lead=lead)


routes.form(AddDay, questions=day_questions, done=day_told, review=False, title="workdays-title", right=Right.ANSWER)


# --- one day ---


@routes.press(OpenDay, reads=True, statements=1, right=Right.ANSWER)
async def open_day(turn: Turn, press: OpenDay) -> Screen:
    """One day: whether anybody works on it, in every language, and removing it."""
    t, home = turn.t, own_home(turn)
    kept = await get_exception(turn.db, home.id, press.day)
    return Screen(
        title=f"{t.day(kept.day)} · {kept.name(t.language)}",
        icon="📅",
        state=t("workdays-is-on") if kept.works else t("workdays-is-off"),
        facts=(Fact(t("setup-names"), " / ".join(name for name in (kept.name_ky, kept.name_ru) if name)),),
        note=home.name(t.language),
        buttons=rows(
            Button(t("setup-remove"), RemoveDay(kept.id)), Button(t("kit-back"), Calendar(kept.day.year)), width=2
        ),
        at=OpenDay(kept.id),
    )


@routes.press(RemoveDay, reads=True, statements=1, right=Right.ANSWER)
async def remove_day(turn: Turn, press: RemoveDay) -> Screen:
    """What the day will be then, and the question."""
    t, home = turn.t, own_home(turn)
    kept = await get_exception(turn.db, home.id, press.day)
    return Screen(
        title=t("setup-remove-title"),
        text=t("workdays-remove-text", day=t.day(kept.day), name=kept.name(t.language)),
        note=home.name(t.language),
        buttons=rows(Button(t("setup-remove-yes"), RemoveDayNow(kept.id)), Button(t("kit-back"), OpenDay(kept.id))),
        at=RemoveDay(kept.id),
    )


@routes.press(RemoveDayNow, reads=False, statements=5, right=Right.ANSWER)
async def remove_day_now(turn: Turn, press: RemoveDayNow) -> Screen:
    """It is an ordinary day again."""
    t, home = turn.t, own_home(turn)
    kept = await get_exception(turn.db, home.id, press.day)
    day, name = kept.day, kept.name(t.language)
    await workdays.remove_day(turn.db, kept, turn.person, turn.roles, turn.now)
    lead = t("workdays-removed", day=t.day(day), name=name)
    return replace(await calendar(turn, Calendar(day.year)), lead=lead)
