"""Is a page of questions a native form that Meta takes, and does what it sends come back as answers?"""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.whatsapp.draw import BODY_LIMIT, draw
from bot.whatsapp.flows import OPTIONS, SCREEN, answers_in, flow_json, flow_name, form_of
from civic.pages import MOST, Field, Page
from handlers.ways import Menu
from sandbox.graphapi import flows, interactive
from sandbox.graphapi.refusals import Refused
from talk.screen import Button, Question, Screen

FLOW = "6"
PUBLISHED = {FLOW: flows.Flow(FLOW, flow_name(), json.loads(flow_json()), status="PUBLISHED")}
PAGE = Page(
    "Баарын бир баракка толтурсаңыз да болот.",
    "Баракты ачуу",
    "Жообуңуз",
    "Жөнөтүү",
    "as:1777:f:",
    (
        Field("title", "Эмне жөнүндө?", most=60),
        Field("text", "Толук жазыңыз.", most=1_000, is_needed=False, is_now="*эски* ${data.key_1}"),
        Field("theme", "Кайсы тема?", options=(("w", "Суу"), ("r", "Жол"))),
        Field("day", "Качан?", is_day=True),
    ),
)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=200) | st.sampled_from(
    ["", "\u202e", "🙂" * 90, "${form.day_1}"]
)
FIELDS = st.builds(
    Field,
    key=TEXTS,
    says=TEXTS | TEXTS.map(lambda text: text * 40),
    most=st.integers(0, 4_000),
    options=st.dictionaries(TEXTS.filter(bool), TEXTS, max_size=9).map(lambda each: tuple(each.items())),
    is_day=st.booleans(),
    is_needed=st.booleans(),
    is_now=TEXTS,
)
PAGES = st.builds(Page, TEXTS, TEXTS, TEXTS, TEXTS, st.just("as:1:f:"), st.lists(FIELDS, max_size=MOST).map(tuple))


def parameters_of(page: Page) -> dict[str, Any]:
    """What a message carries that offers the page."""
    found: dict[str, Any] = form_of(page, FLOW)["action"]["parameters"]
    return found


def sent(page: Page, **values: str) -> dict[str, Any]:
    """What comes back when its inputs, by name, are filled so."""
    return flows.filled(PUBLISHED, parameters_of(page), values)


def test_meta_finds_no_fault_with_the_form_and_would_with_a_broken_one() -> None:
    assert list(flows._faults(flow_json())) == []
    for was, broken in (
        ('"version": "7.3"', '"version": "2.1"'),
        ("TextArea", "TextAria"),
        ("${data.says_2}", "${data.sais_2}"),
        ('"name": "long_2"', '"name": "long_1"'),
        ('"label": "☰"', '"label": "${data.answer}"'),
        ('"label": "☰"', f'"label": "{"☰" * 21}"'),
        ('"__example__": true', '"__example__": "true"'),
        (f'"id": "{SCREEN}"', '"id": "PAGE1"'),
        ("{", ""),
    ):
        assert was in flow_json()
        assert list(flows._faults(flow_json().replace(was, broken, 1))), broken


def test_the_name_of_the_form_follows_what_is_in_it() -> None:
    assert flow_name().startswith("ashar-")
    assert len(flow_name()) == len("ashar-") + 8


@given(page=PAGES, asked=TEXTS)
@settings(max_examples=150, derandomize=True, deadline=None)
def test_every_page_is_accepted_whatever_it_asks(page: Page, asked: str) -> None:
    screen = Screen(question=Question(asked), together=page, buttons=((Button("Артка", Menu()),),))
    form, ways = [call for call in draw(screen, flow=FLOW) if call.kind == "interactive"]
    interactive.check(form.body, lambda kind, medium: None)
    flows.check(PUBLISHED, form.body["action"]["parameters"])
    assert len(form.body["body"]["text"]) <= BODY_LIMIT
    assert [row["reply"]["title"] for row in ways.body["action"]["buttons"]] == ["Артка"]


def test_each_question_is_seen_with_the_one_input_it_wants() -> None:
    seen = [(part["type"], part.get("required")) for part in flows.shown(PUBLISHED, parameters_of(PAGE))]
    assert seen == [
        ("TextBody", None),
        ("TextInput", True),
        ("TextBody", None),
        ("TextArea", False),
        ("TextBody", None),
        ("Dropdown", True),
        ("TextBody", None),
        ("DatePicker", True),
        ("Footer", None),
    ]
    text = flows.shown(PUBLISHED, parameters_of(PAGE))[3]
    assert (text["max-length"], text["init-value"]) == ("1000", "*эски* ${data.key_1}")  # nobody's words are a formula


def test_a_list_that_is_too_long_for_the_form_is_typed() -> None:
    many = Field("home", "Кайсы айыл?", options=tuple((str(n), f"Айыл {n}") for n in range(OPTIONS + 1)))
    shown = flows.shown(PUBLISHED, parameters_of(replace(PAGE, fields=(many,))))
    assert [part["type"] for part in shown] == ["TextBody", "TextInput", "Footer"]
    shown = flows.shown(PUBLISHED, parameters_of(replace(PAGE, fields=(replace(many, options=many.options[1:]),))))
    assert [part["type"] for part in shown] == ["TextBody", "Dropdown", "Footer"]


def test_the_answers_come_back_by_the_keys_of_their_questions() -> None:
    back = sent(PAGE, short_1="Суу жок", long_2="", choice_3="r", day_4="2026-05-04")
    assert answers_in(back) == (("title", "Суу жок"), ("text", ""), ("theme", "r"), ("day", "2026-05-04"))


def test_what_is_left_as_it_stood_comes_back_too() -> None:
    back = sent(PAGE, short_1="x", choice_3="w", day_4="2026-05-04")
    assert dict(answers_in(back))["text"] == "*эски* ${data.key_1}"


def test_the_form_itself_asks_for_what_is_needed_and_takes_no_more_than_fits() -> None:
    whole = {"short_1": "Суу жок", "choice_3": "r", "day_4": "2026-05-04"}
    for wrong in ({"short_1": " "}, {"short_1": "x" * 61}, {"choice_3": "z"}, {"day_4": ""}, {"long_2": "x" * 1_001}):
        with pytest.raises(LookupError):
            sent(PAGE, **{**whole, **wrong})


def test_of_a_forged_answer_only_the_input_counts_that_belongs_to_its_question() -> None:
    forged: dict[str, object] = {
        **sent(PAGE, short_1="Суу жок", choice_3="r", day_4="2026-05-04"),
        "long_1": "башка",
        "kind_2": "drop table",
        "key_3": 7,
        "choice_4": "z",
        "key_9": "phone",
        "kind_9": "short",
        "short_9": "0",
    }
    assert answers_in(forged) == (("title", "Суу жок"), ("day", "2026-05-04"))
    assert answers_in({"key_1": "title", "kind_1": "short", "short_1": ["x"]}) == (("title", ""),)


def test_what_meta_refuses_of_a_form_the_sandbox_refuses() -> None:
    def take(parameters: dict[str, Any]) -> None:
        action = {"name": "flow", "parameters": parameters}
        interactive.check({"type": "flow", "body": {"text": "x"}, "action": action}, lambda kind, medium: None)
        flows.check(PUBLISHED, parameters)

    def refusal(**changed: Any) -> str:
        with pytest.raises(Refused) as no:
            take({**parameters_of(PAGE), **changed})
        return f"{no.value.code} {no.value.details or no.value.message}"

    payload = parameters_of(PAGE)["flow_action_payload"]
    data = payload["data"]

    def with_data(**changed: Any) -> dict[str, Any]:
        return {**payload, "data": {**data, **changed}}

    assert "does not exist" in refusal(flow_id="7")
    assert "emoji" in refusal(flow_cta="Ачуу 📝")
    assert "length" in refusal(flow_cta="x" * 21)
    assert "screen" in refusal(flow_action_payload={})
    assert "not in the Flow" in refusal(flow_action_payload={"screen": "OTHER", "data": data})
    assert "non-empty" in refusal(flow_action_payload={"screen": SCREEN, "data": {}})
    assert "says_8" in refusal(
        flow_action_payload={**payload, "data": {k: v for k, v in data.items() if k != "says_8"}}
    )
    assert "type boolean" in refusal(flow_action_payload=with_data(is_short_1="yes"))
    assert "TextBody" in refusal(flow_action_payload=with_data(says_1=" "))
    assert "TextInput label" in refusal(flow_action_payload=with_data(answer="x" * 21))
    assert "Footer" in refusal(flow_action_payload=with_data(send="x" * 36))
    assert "options" in refusal(flow_action_payload=with_data(options_3=[]))
    assert "Option title" in refusal(flow_action_payload=with_data(options_3=[{"id": "1", "title": "x" * 31}]))
    draft = {FLOW: flows.Flow(FLOW, flow_name(), json.loads(flow_json()))}
    with pytest.raises(Refused):
        flows.check(draft, parameters_of(PAGE))
    flows.check(draft, {**parameters_of(PAGE), "mode": "draft"})
