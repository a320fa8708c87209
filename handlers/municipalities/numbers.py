"""The numbers a municipality lives by: each with what it means, its source, and whether it may be changed."""

from dataclasses import replace

from actions import founding
from civic.founding import GROUPS, is_fixed, range_of
from civic.municipalities import Settings, numbers
from civic.people import Right
from civic.refusals import Reason, Refused
from handlers.answers import number
from handlers.municipalities.presses import (
    ChangeNumber,
    ModelNumber,
    NumberGroup,
    NumberGroups,
    OpenNumber,
    to_set_up,
)
from handlers.people.staff import own_home
from talk.form import Form, ask
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Turn

routes = Routes()
_YES_OR_NO = ("plan_needs_assembly", "approve_by_order", "petition_confirmed_only", "announcement_second_person")
SOURCES = {
    "Typical Plan ": "plan",
    "Guidelines ": "guidelines",
    "Charter ": "charter",
    "own rule": "own",
    "Law 67": "appeals",
    "Cabinet resolution 80": "cabinet",
}


@routes.press(NumberGroups, reads=True, statements=0, right=Right.SET_UP)
async def number_groups(turn: Turn, _: NumberGroups) -> Screen:
    """The groups, with how many numbers each holds."""
    t, home = turn.t, own_home(turn)
    return Screen(
        title=t("setup-step-numbers"),
        icon="🔢",
        text=t("setup-numbers-text"),
        note=home.name(t.language),
        choice=tuple(Button(t(f"setup-group-{group}"), NumberGroup(group)) for group in GROUPS),
        buttons=rows(to_set_up(turn)),
        at=NumberGroups(),
    )


@routes.press(NumberGroup, reads=True, statements=0, right=Right.SET_UP)
async def number_group(turn: Turn, press: NumberGroup) -> Screen:
    """Each number with its value; a lock where the Typical Plan fixes it."""
    t, home = turn.t, own_home(turn)
    if press.group not in GROUPS:
        raise Refused(Reason.NOT_FOUND)
    settings, keys = home.settings, GROUPS[press.group]
    return Screen(
        title=t(f"setup-group-{press.group}"),
        icon="🔢",
        facts=tuple(
            Fact(
                f"{'🔒' if is_fixed(key) else '✎' if key in home.own_settings else '•'} {t(f'setup-number-{key}')}",
                _value(turn, settings, key),
            )
            for key in keys
        ),
        text=t("setup-group-text"),
        note=home.name(t.language),
        choice=tuple(Button(t(f"setup-number-{key}"), OpenNumber(key)) for key in keys),
        buttons=rows(Button(t("kit-back"), NumberGroups())),
        at=NumberGroup(press.group),
    )


def _value(turn: Turn, settings: Settings, key: str) -> str:
    value = int(getattr(settings, key))
    if key in _YES_OR_NO:
        return turn.t("setup-yes")
    return f"{turn.t.number(value)} %" if key.endswith("_percent") else turn.t.number(value)


def _source(turn: Turn, key: str) -> str:
    source = str(next(each for each in numbers() if each.name == key).metadata["source"])
    begins = next(each for each in SOURCES if source.startswith(each))
    clause = source.removeprefix(begins).removesuffix(" (example)")
    said = turn.t(f"setup-source-{SOURCES[begins]}", clause=clause)
    return f"{said} ({turn.t('setup-source-example')})" if source.endswith("(example)") else said


@routes.press(OpenNumber, reads=True, statements=0, right=Right.SET_UP)
async def open_number(turn: Turn, press: OpenNumber) -> Screen:
    """One number: what it means, its value, the model value, its source and its bounds."""
    t, home, key = turn.t, own_home(turn), press.key
    fixed = is_fixed(key)
    low, high = range_of(key, home.settings)
    group = next(name for name, keys in GROUPS.items() if key in keys)
    facts = (
        Fact(t("setup-number-now"), _value(turn, home.settings, key)),
        Fact(t("setup-number-model"), _value(turn, Settings(), key)),
        Fact(t("setup-number-source"), _source(turn, key)),
        None if fixed else Fact(t("setup-number-range"), f"{t.number(low)}–{t.number(high)}"),
    )
    return Screen(
        title=t(f"setup-number-{key}"),
        state=f"🔒 {t('setup-number-fixed')}" if fixed else "",
        text=t(f"setup-about-{key}"),
        facts=tuple(fact for fact in facts if fact is not None),
        note=home.name(t.language),
        buttons=rows(
            None if fixed else Button(t("setup-number-change"), ChangeNumber(key)),
            Button(t("setup-number-reset"), ModelNumber(key)) if key in home.own_settings else None,
            Button(t("kit-back"), NumberGroup(group)),
        ),
        at=OpenNumber(key),
    )


def number_questions(turn: Turn, press: ChangeNumber) -> Form[int]:
    """Another value within the bounds."""
    t, home, key = turn.t, own_home(turn), press.key
    if is_fixed(key):
        raise Refused(Reason.FIXED_BY_PLAN)
    low, high = range_of(key, home.settings)
    says = t("setup-ask-number", least=low, most=high, now=_value(turn, home.settings, key))
    return (yield from ask("value", f"{t(f'setup-about-{key}')}\n\n{says}", number(low, high)))


async def number_told(turn: Turn, press: ChangeNumber, value: int) -> Screen:
    """The municipality lives by it from now on."""
    return await _number_is(turn, press.key, value)


async def _number_is(turn: Turn, key: str, value: int | None) -> Screen:
    founding.set_number(turn.db, own_home(turn), key, value, turn.person, turn.roles, turn.now)
    return replace(await open_number(turn, OpenNumber(key)), lead=turn.t("setup-saved"))


@routes.press(ModelNumber, reads=False, statements=2, right=Right.SET_UP)
async def model_number(turn: Turn, press: ModelNumber) -> Screen:
    """The model value again."""
    return await _number_is(turn, press.key, None)


routes.form(
    ChangeNumber,
    questions=number_questions,
    done=number_told,
    review=False,
    title="setup-step-numbers",
    right=Right.SET_UP,
)
