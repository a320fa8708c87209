"""How is a membership confirmed at the counter? The resident shows a code and a document, staff compare and confirm."""

from dataclasses import dataclass
from string import digits
from typing import Any

from actions import confirming
from civic.people import Level, Right, level
from civic.refusals import Reason, Refused
from handlers.ways import ConfirmSomebody, Me, ShowCode, Tasks, to_me, to_menu, to_tasks
from storage.municipalities import find_village
from storage.people import Person
from talk.answers import Answer, Stored
from talk.form import Form, ask
from talk.press import Press
from talk.routes import Routes
from talk.screen import Button, Fact, Screen, rows
from talk.turn import Heard, Turn

routes = Routes()


@dataclass(frozen=True)
class ConfirmNow(Press, code="gky"):
    """The document was seen: whoever shows this code is a member of the community."""

    word: str


@dataclass(frozen=True)
class TakeBack(Press, code="gkx"):
    """That was a mistake."""

    person: int


# --- the resident ---


@routes.press(ShowCode, reads=True, statements=0)
async def show_code(turn: Turn, _: ShowCode) -> Screen:
    """The code, what to bring, and how long it holds."""
    t, home = turn.t, turn.municipality
    code = confirming.code_of(turn.person, turn.now, vault=turn.vault)
    minutes = int(confirming.LASTS.total_seconds() // 60)
    return Screen(
        title=t("confirm-title"),
        icon="🪪",
        text=t("confirm-text", minutes=minutes),
        facts=(Fact(t("confirm-code"), code),),
        note=home.name(t.language) if home is not None else "",
        buttons=rows(Button(f"🔄 {t('confirm-fresh')}", ShowCode()), to_me(turn)),
        at=ShowCode(),
    )


@routes.letter("resident-confirmed")
async def told(turn: Turn, _: dict[str, Any]) -> Screen | None:
    """How it stands now: confirmed, or not any more."""
    t, home = turn.t, turn.municipality
    is_confirmed = level(turn.person) is Level.CONFIRMED
    return Screen(
        title=t("confirm-told") if is_confirmed else t("confirm-told-back"),
        icon="🪪",
        text=t("confirm-told-text") if is_confirmed else t("confirm-told-back-text"),
        note=home.name(t.language) if home is not None else "",
        buttons=rows(Button(t("menu-me"), Me()), to_menu(turn)),
    )


# --- at the counter ---


class _Shown(Answer[str]):
    """The code of somebody; a wrong one is refused at once and asked again."""

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        if heard.text is None:
            raise Refused(Reason.WRONG_CODE)
        await confirming.shown_by(turn.db, heard.text, turn.person, turn.roles, turn.now, vault=turn.vault)
        return _packed(heard.text)

    def value(self, stored: str) -> str:
        return stored


def questions(turn: Turn, _: ConfirmSomebody) -> Form[str]:
    """The code on the resident's phone."""
    return (yield from ask("code", turn.t("confirm-ask-code"), _Shown(), named=turn.t("confirm-code")))


async def found(turn: Turn, _: ConfirmSomebody, code: str) -> Screen:
    """Who that is, to be compared with the document."""
    person = await confirming.shown_by(turn.db, code, turn.person, turn.roles, turn.now, vault=turn.vault)
    return await _card(turn, person, code)


routes.form(
    ConfirmSomebody,
    questions=questions,
    done=found,
    review=False,
    title="confirm-somebody",
    right=Right.CONFIRM_RESIDENTS,
)


async def _card(turn: Turn, person: Person, code: str) -> Screen:
    t = turn.t
    has = level(person)
    village = await find_village(turn.db, person.municipality_id or 0, person.village_id)
    name = turn.vault.open(person.name_sealed or "")
    facts = (
        Fact(t("confirm-name"), name) if name else None,
        Fact(t(f"people-fact-{village.kind}"), village.name(t.language)) if village is not None else None,
        Fact(t("confirm-declared"), t(f"confirm-basis-{person.resident_basis}")) if person.resident_basis else None,
    )
    return Screen(
        title=t("confirm-somebody"),
        icon="🪪",
        state=t(f"confirm-level-{has}"),
        text=t("confirm-compare") if has is Level.RESIDENT else "",
        facts=tuple(fact for fact in facts if fact is not None),
        note=turn.municipality.name(t.language) if turn.municipality is not None else "",
        buttons=rows(
            Button(f"✅ {t('confirm-yes')}", ConfirmNow(_packed(code))) if has is Level.RESIDENT else None,
            Button(t("confirm-take-back"), TakeBack(person.id)) if has is Level.CONFIRMED else None,
            Button(t("confirm-next"), ConfirmSomebody()),
            to_tasks(turn),
        ),
        at=Tasks(),
    )


def _packed(code: str) -> str:
    """The code without what people type around it: it has to fit into a button."""
    return "".join(sign for sign in code if sign in digits)[:32]


@routes.press(ConfirmNow, reads=False, statements=8, right=Right.CONFIRM_RESIDENTS)
async def confirm_now(turn: Turn, press: ConfirmNow) -> Screen:
    """It is confirmed, and the resident reads it; «undo» stands in the answer."""
    t = turn.t
    person = await confirming.confirm(turn.db, press.word, turn.person, turn.roles, turn.now, vault=turn.vault)
    return Screen(
        title=t("confirm-done"),
        icon="✅",
        text=t("confirm-done-text"),
        buttons=rows(
            Button(t("kit-undo"), TakeBack(person.id)),
            Button(t("confirm-next"), ConfirmSomebody()),
            to_tasks(turn),
        ),
    )


@routes.press(TakeBack, reads=False, statements=8, right=Right.CONFIRM_RESIDENTS)
async def take_back(turn: Turn, press: TakeBack) -> Screen:
    """It does not hold any more."""
    if turn.person.municipality_id is None:
        raise Refused(Reason.NOT_FOUND)
    await confirming.take_back(turn.db, press.person, turn.person, turn.roles, turn.now)
    t = turn.t
    return Screen(
        title=t("confirm-taken-back"),
        text=t("confirm-taken-back-text"),
        buttons=rows(Button(t("confirm-next"), ConfirmSomebody()), to_tasks(turn)),
    )
