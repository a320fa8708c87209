"""How many signatures does a petition need, and why? Everybody reads it; staff enter what was adopted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from actions import thresholds
from civic.people import Right, may
from civic.refusals import Reason, Refused
from civic.spelling import clean
from civic.thresholds import BASIS_LIMIT, LATEST, Consequence, Formula, Step, default_formulas, steps
from handlers.answers import choice, day_between, number, words
from handlers.municipalities.presses import (
    AdoptRule,
    OpenRule,
    Rules,
    Thresholds,
    WithdrawRule,
    WithdrawRuleNow,
    to_set_up,
)
from handlers.people.staff import own_home
from handlers.ways import page_of, to_menu
from storage.changes import authors
from storage.municipalities import Municipality, Village, get_municipality, villages
from storage.thresholds import PetitionRule, get_rule, rules_of
from talk.answers import Answer, Option, Stored, Unfit
from talk.form import Form, ask, fetch
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()
PAGE = 8
SHARE = ("number", "share")
_PER_CENT = re.compile(r"(\d{1,3})(?:[.,](\d))?\s*%?", re.ASCII)
Told = tuple[tuple[Formula, ...], str, date]


@dataclass(frozen=True)
class per_cent(Answer[int]):  # noqa: N801  reads as a word inside a form
    """A share from 0.1 to 100 per cent with at most one decimal, kept in thousandths."""

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        """The share in thousandths; Refused(NOT_A_PER_CENT) when it is none."""
        found = _PER_CENT.fullmatch(clean(heard.text))
        share = int(found[1]) * 10 + int(found[2] or 0) if found else 0
        if not 1 <= share <= 1_000:
            raise Refused(Reason.NOT_A_PER_CENT)
        return str(share)

    def value(self, stored: str) -> int:
        """Thousandths."""
        if not stored.isdecimal() or not 1 <= int(stored) <= 1_000:
            raise Unfit
        return int(stored)

    def shown(self, stored: str) -> str:
        """As it is written."""
        return f"{shown_share(int(stored))} %"


def shown_share(per_mille: int, language: str = "ky") -> str:
    """Thousandths as a number of per cent: 1,5 (1.5 in English)."""
    whole, tenth = divmod(per_mille, 10)
    return f"{whole}{'.' if language == 'en' else ','}{tenth}" if tenth else str(whole)


# --- what everybody reads ---


@routes.press(Thresholds, reads=True, statements=3)
async def how_many(turn: Turn, press: Thresholds) -> Screen:
    """How many signatures are needed here and in each village, for what, by which act, and what is to come."""
    t = turn.t
    home = turn.municipality
    if home is None:
        if press.home is None:
            raise Refused(Reason.NEEDS_MUNICIPALITY)
        home = await get_municipality(turn.db, press.home)
    rules, places = await rules_of(turn.db, home.id), await villages(turn.db, home.id)
    rule = next((each for each in rules if each.from_on <= turn.today), None)
    formulas = _formulas(home, rule)
    coming = [each for each in reversed(rules) if each.from_on > turn.today]
    return Screen(
        title=t("thresholds-title"),
        icon="✍️",
        state=_basis(turn, rule),
        facts=_facts(turn, steps(formulas, home.population, thresholds.ceiling_of(home))),
        text="\n\n".join(
            part
            for part in (
                _said(turn, home, formulas),
                t("thresholds-frozen"),
                *(t("thresholds-coming", day=t.day(each.from_on), basis=each.basis) for each in coming[:1]),
                _by_place(turn, home, formulas, places),
            )
            if part
        ),
        note=home.name(t.language),
        buttons=rows(
            Button(f"⚙️ {t('thresholds-rules')}", Rules()) if may(turn.roles, Right.SET_UP) else None, to_menu(turn)
        ),
        at=Thresholds(press.home),
    )


def _formulas(home: Municipality, rule: PetitionRule | None) -> tuple[Formula, ...]:
    return rule.formula_list if rule is not None else default_formulas(thresholds.ceiling_of(home))


def _basis(turn: Turn, rule: PetitionRule | None) -> str:
    t = turn.t
    return t("thresholds-none") if rule is None else t("thresholds-by", day=t.day(rule.from_on), basis=rule.basis)


def _facts(turn: Turn, needed: Sequence[Step]) -> tuple[Fact, ...]:
    t = turn.t
    return tuple(Fact(t(f"thresholds-for-{step.consequence}"), t.number(step.count)) for step in needed)


def _said(turn: Turn, home: Municipality, formulas: Sequence[Formula]) -> str:
    """The formulas in words, with what no number may be over."""
    t, most = turn.t, turn.t.number(thresholds.ceiling_of(home))
    lines = []
    for each in formulas:
        named, least = t(f"thresholds-for-{each.consequence}"), t.number(each.minimum)
        if each.per_mille:
            share = shown_share(each.per_mille, t.language)
            lines.append(f"• {t('thresholds-says-share', what=named, least=least, share=share)}")
        else:
            lines.append(f"• {t('thresholds-says-number', what=named, least=least)}")
    return "\n".join([*lines, t("thresholds-ceiling", most=most)])


def _by_place(turn: Turn, home: Municipality, formulas: Sequence[Formula], places: Sequence[Village]) -> str:
    """The numbers of each village, where they depend on how many people live there."""
    t, most = turn.t, thresholds.ceiling_of(home)
    if not places or not any(each.per_mille for each in formulas):
        return ""
    lines = [t(f"thresholds-places-{home.kind}")]
    for place in places:
        counts = " / ".join(t.number(step.count) for step in steps(formulas, place.population, most))
        people = t("thresholds-nobody-knows") if place.population is None else t.number(place.population)
        lines.append(t("thresholds-place", place=place.name(t.language), people=people, counts=counts))
    if any(place.population is None for place in places):
        lines.append(t("thresholds-unknown"))
    return "\n".join(lines)


# --- the rules, for staff ---


@routes.press(Rules, reads=True, statements=1, right=Right.SET_UP)
async def rules_list(turn: Turn, press: Rules) -> Screen:
    """Every rule that was adopted: to come, in force, and those before."""
    t, home = turn.t, own_home(turn)
    listed = await rules_of(turn.db, home.id)
    in_force = next((each for each in listed if each.from_on <= turn.today), None)
    shown, page, pages = page_of(len(listed), press.page, PAGE)
    return Screen(
        title=t("thresholds-rules"),
        icon="✍️",
        state=_basis(turn, in_force),
        facts=_facts(turn, steps(_formulas(home, in_force), home.population, thresholds.ceiling_of(home))),
        text=t("thresholds-rules-text"),
        note=home.name(t.language),
        choice=tuple(
            Button(f"{t.day(listed[i].from_on)} · {_standing(turn, listed[i], in_force)}", OpenRule(listed[i].id))
            for i in shown
        ),
        first_number=shown.start + 1,
        buttons=rows(
            Button(t("kit-previous"), Rules(page - 1)) if page > 0 else None,
            Button(t("kit-next"), Rules(page + 1)) if page + 1 < pages else None,
            width=2,
        )
        + rows(
            Button(f"➕ {t('thresholds-adopt')}", AdoptRule()),
            Button(t("thresholds-as-read"), Thresholds()),
            to_set_up(turn),
        ),
        at=Rules(page),
    )


def _standing(turn: Turn, rule: PetitionRule, in_force: PetitionRule | None) -> str:
    if rule.from_on > turn.today:
        return turn.t("thresholds-is-coming")
    return turn.t("thresholds-is-in-force" if in_force is not None and rule.id == in_force.id else "thresholds-is-over")


@routes.press(OpenRule, reads=True, statements=3, right=Right.SET_UP)
async def open_rule(turn: Turn, press: OpenRule) -> Screen:
    """One rule: what it says, by which act, who entered it; one to come can be withdrawn."""
    t, home = turn.t, own_home(turn)
    rule = await get_rule(turn.db, home.id, press.rule)
    listed = await rules_of(turn.db, home.id)
    in_force = next((each for each in listed if each.from_on <= turn.today), None)
    names = await authors(turn.db, home.id, {rule.made_by}) if rule.made_by is not None else {}
    by = names.get(rule.made_by or 0, "")
    return Screen(
        title=t("thresholds-rule-title", day=t.day(rule.from_on)),
        icon="✍️",
        state=_standing(turn, rule, in_force),
        text=_said(turn, home, rule.formula_list),
        facts=(
            Fact(t("thresholds-named-basis"), rule.basis),
            *((Fact(t("thresholds-entered-by"), by),) if by else ()),
        ),
        note=home.name(t.language),
        buttons=rows(
            Button(t("thresholds-withdraw"), WithdrawRule(rule.id)) if rule.from_on > turn.today else None,
            Button(t("kit-back"), Rules()),
        ),
        at=OpenRule(rule.id),
    )


# --- adopting ---


def _formula(turn: Turn, consequence: Consequence, most: int) -> Form[Formula]:
    t = turn.t
    options = [Option(how, t(f"thresholds-how-{how}")) for how in SHARE]
    how = yield from ask(f"{consequence}-how", t(f"thresholds-ask-{consequence}"), choice(options))
    says = t("thresholds-ask-least", most=t.number(most))
    least = yield from ask(f"{consequence}-least", says, number(1, most))
    if how == "number":
        return Formula(consequence, least)
    return Formula(consequence, least, (yield from ask(f"{consequence}-share", t("thresholds-ask-share"), per_cent())))


def adopt_questions(turn: Turn, _: AdoptRule) -> Form[Told]:
    """Number or share for each consequence, the act, the day; and what comes of it, to be looked over."""
    t, home, today = turn.t, own_home(turn), turn.today
    most = thresholds.ceiling_of(home)
    formulas = [(yield from _formula(turn, Consequence.ANSWER, most))]
    also = [Option("yes", t("thresholds-kenesh-yes")), Option("no", t("thresholds-kenesh-no"))]
    if (yield from ask("also", t("thresholds-ask-also"), choice(also))) == "yes":
        formulas.append((yield from _formula(turn, Consequence.KENESH, most)))
    basis = yield from ask("basis", t("thresholds-ask-basis"), words(max=BASIS_LIMIT, min=thresholds.BASIS_MIN))
    next_month = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    days = [Option(day.isoformat(), t.day(day)) for day in (today, next_month)]
    from_on = yield from ask("from", t("thresholds-ask-from"), day_between(today, today + LATEST, days))
    places = yield from fetch(lambda db: villages(db, home.id))
    preview = _preview(turn, home, (tuple(formulas), basis, from_on), places)
    yield from ask("check", preview, choice([Option("yes", t("thresholds-adopt-yes"))]))
    return tuple(formulas), basis, from_on


def _preview(turn: Turn, home: Municipality, told: Told, places: Sequence[Village]) -> str:
    """What residents will read, with the numbers for the whole municipality and for each village."""
    t, (formulas, basis, from_on) = turn.t, told
    needed = steps(formulas, home.population, thresholds.ceiling_of(home))
    parts = (
        t("thresholds-check"),
        t("thresholds-by", day=t.day(from_on), basis=basis),
        "\n".join(f"{fact.label}: {fact.value}" for fact in _facts(turn, needed)),
        _said(turn, home, formulas),
        _by_place(turn, home, formulas, places),
    )
    return "\n\n".join(part for part in parts if part)


async def adopted(turn: Turn, _: AdoptRule, told: Told) -> Screen:
    """It holds from its day on."""
    formulas, basis, from_on = told
    home = own_home(turn)
    await thresholds.adopt(turn.db, home, formulas, from_on, basis, turn.person, turn.roles, turn.now)
    return replace(await rules_list(turn, Rules()), lead=turn.t("thresholds-adopted", day=turn.t.day(from_on)))


routes.form(
    AdoptRule,
    questions=adopt_questions,
    done=adopted,
    review=False,
    title="thresholds-adopt-title",
    right=Right.SET_UP,
)


# --- withdrawing ---


@routes.press(WithdrawRule, reads=True, statements=1, right=Right.SET_UP)
async def withdraw_rule(turn: Turn, press: WithdrawRule) -> Screen:
    """That it will not begin, and the question."""
    t, home = turn.t, own_home(turn)
    rule = await get_rule(turn.db, home.id, press.rule)
    return Screen(
        title=t("thresholds-withdraw-title"),
        text=t("thresholds-withdraw-text", day=t.day(rule.from_on)),
        note=home.name(t.language),
        buttons=rows(
            Button(t("thresholds-withdraw-yes"), WithdrawRuleNow(rule.id)), Button(t("kit-back"), OpenRule(rule.id))
        ),
        at=WithdrawRule(rule.id),
    )


@routes.press(WithdrawRuleNow, reads=False, statements=5, right=Right.SET_UP)
async def withdraw_rule_now(turn: Turn, press: WithdrawRuleNow) -> Screen:
    """What was in force stays so."""
    t, home = turn.t, own_home(turn)
    rule = await get_rule(turn.db, home.id, press.rule)
    await thresholds.withdraw(turn.db, home, rule, turn.person, turn.roles, turn.now)
    return replace(await rules_list(turn, Rules()), lead=t("thresholds-withdrawn"))
