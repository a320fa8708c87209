"""How does a page of questions become WhatsApp's native form, a Flow, and what came back from one?

One Flow, put up at Meta once (`python -m bot flows`), serves every page of every feature: it has places for questions,
each with an input of every kind, and what is offered to somebody says which of them are seen and what they ask. Where
a place is unused, or an input is not the one that is wanted, it is invisible and not required."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pywa.types.flows import (
    CompleteAction,
    Component,
    DatePicker,
    Dropdown,
    FlowJSON,
    Footer,
    Form,
    FormComponent,
    Layout,
    Screen,
    ScreenData,
    TextArea,
    TextBody,
    TextInput,
)

from bot.drawing import beginning, units
from civic.pages import MOST, Field, Page
from civic.spelling import clean

# https://developers.facebook.com/docs/whatsapp/flows/reference/components
VERSION = "7.3"
SCREEN = "PAGE"  # the id of the one screen: capital letters and underscores
TITLE = "Ашар"
QUESTION = 4_096  # characters of a text
SHORT = 80  # characters that fit into an input of one line
LABEL = 20  # of an input
OPTIONS, OPTION = 200, 30  # of a list, and characters of one of them
SEND = 35  # characters of the button below
OPEN = 20  # of the button in the chat; it may carry no picture sign
CHOOSE = "☰"  # over a list, whose label cannot be told with what is asked
KINDS = ("short", "long", "choice", "day")
_NOTHING = "…"  # where WhatsApp demands a text
Json = dict[str, Any]


# --- offering ---


def form_of(page: Page, flow: str) -> Json:
    """The interactive message that opens the page in the Flow of that number, still without its words."""
    data = {"answer": _cut(page.answer, LABEL), "send": _cut(page.sends, SEND)}
    for number in range(1, MOST + 1):
        data |= _place(number, page.fields[number - 1] if number <= len(page.fields) else None)
    parameters = {
        "flow_message_version": "3",
        "flow_token": page.press,
        "flow_id": flow,
        "flow_cta": _cut("".join(c for c in page.opens if c.isalnum() or c in " -.,«»"), OPEN),
        "mode": "published",
        "flow_action": "navigate",
        "flow_action_payload": {"screen": SCREEN, "data": data},
    }
    return {"type": "flow", "action": {"name": "flow", "parameters": parameters}}


def _place(number: int, field: Field | None) -> Json:
    """What the place of that number shows: every value has to be told, also of what is not seen."""
    kind = _kind(field) if field is not None else ""
    field = field or Field("", _NOTHING)
    options = [{"id": value, "title": _cut(label, OPTION)} for value, label in field.options]
    data: Json = {
        "is_seen": bool(kind),
        "says": _cut(field.says, QUESTION),
        "key": field.key,
        "kind": kind,
        "most": str(field.most or SHORT),
        "now": clean(field.is_now) if kind in ("short", "long") else "",
        "options": options if kind == "choice" else [{"id": _NOTHING, "title": _NOTHING}],
    }
    for each in KINDS:
        data |= {f"is_{each}": each == kind, f"must_{each}": each == kind and field.is_needed}
    return {f"{name}_{number}": value for name, value in data.items()}


def _kind(field: Field) -> str:
    if field.is_day:
        return "day"
    if field.options and len(field.options) <= OPTIONS:
        return "choice"
    return "long" if field.most > SHORT else "short"


def _cut(words: str, most: int) -> str:
    words = clean(words).strip()
    if 0 < units(words) <= most:
        return words
    return beginning(words, most - 1) + _NOTHING


# --- what came back ---


def answers_in(given: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The answers in what a Flow sent, each with the key of its question. Of each place only the input counts that was
    to be seen; whoever forged the rest finds that nobody reads it."""

    def word(name: str) -> str:
        value = given.get(name)
        return value if isinstance(value, str) else ""

    found = []
    for number in range(1, MOST + 1):
        key, kind = word(f"key_{number}"), word(f"kind_{number}")
        if key and kind in KINDS:
            found.append((key, clean(word(f"{kind}_{number}"))))
    return tuple(found)


# --- the Flow itself ---


@cache
def flow_json() -> str:
    """The Flow as Meta takes it."""
    answer, send = ScreenData(key="answer", example="Жообуңуз"), ScreenData(key="send", example="Жөнөтүү")
    data: list[ScreenData[Any]] = [answer, send]
    children: list[Form | Component | Json] = []
    sent: dict[str, Any] = {}
    for number in range(1, MOST + 1):
        told = {name: ScreenData(key=name, example=value) for name, value in _place(number, _EXAMPLE).items()}
        data += told.values()
        for component in _components(number, told, answer):
            children.append(component)
            if isinstance(component, FormComponent):
                sent[component.name] = component.ref
        sent |= {name: told[name].ref for name in (f"key_{number}", f"kind_{number}")}
    children.append(Footer(label=send.ref, on_click_action=CompleteAction(payload=sent)))
    screen = Screen(id=SCREEN, title=TITLE, terminal=True, data=data, layout=Layout(children=children))
    return str(FlowJSON(version=VERSION, screens=[screen]).to_json())  # type: ignore[no-untyped-call]


_EXAMPLE = Field("title", "Эмне жөнүндө?", options=(("1", "Суу"),))


def _components(number: int, told: dict[str, ScreenData[Any]], answer: ScreenData[str]) -> Iterator[Component]:
    """The question of a place, and an input of every kind."""

    def its(name: str) -> Any:
        return told[f"{name}_{number}"].ref

    def name(kind: str) -> Json:
        return {"name": f"{kind}_{number}", "visible": its(f"is_{kind}"), "required": its(f"must_{kind}")}

    yield TextBody(text=its("says"), visible=its("is_seen"))
    yield TextInput(**name("short"), label=answer.ref, max_chars=its("most"), init_value=its("now"))
    yield TextArea(**name("long"), label=answer.ref, max_length=its("most"), init_value=its("now"))
    yield Dropdown(**name("choice"), label=CHOOSE, data_source=its("options"))
    yield DatePicker(**name("day"), label=answer.ref)


def flow_name() -> str:
    """What the Flow is called at Meta: another release of it is another Flow, for a published one stays as it is."""
    return f"ashar-{hashlib.sha256(flow_json().encode()).hexdigest()[:8]}"
