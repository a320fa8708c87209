"""What may the bot send in WhatsApp, and what is refused in Meta's words?"""

import json
from datetime import timedelta
from typing import Any

import pytest

from sandbox.graphapi import flows, people
from sandbox.graphapi.whatsapp import WhatsApp
from tests.sandbox.graph import BAKYT, Graph


def buttons(
    *titles: str, body: str = "Көчөгө жарык?", ids: tuple[str, ...] | None = None, **more: Any
) -> dict[str, Any]:
    """An interactive message with reply buttons."""
    replies = [{"id": ids[n] if ids else f"b{n}", "title": title} for n, title in enumerate(titles)]
    action = {"buttons": [{"type": "reply", "reply": reply} for reply in replies]}
    return {"type": "button", "body": {"text": body}, "action": action, **more}


def rows(count: int, *, title: str = "Маселе", words: str = "", sections: int = 1, **more: Any) -> dict[str, Any]:
    """An interactive list."""
    made = [{"id": f"r{n}", "title": title, **({"description": words} if words else {})} for n in range(count)]
    parts = [{"title": f"Бөлүм {n}", "rows": made[n::sections]} for n in range(sections)]
    action = {"button": "Тандоо", "sections": parts}
    return {"type": "list", "body": {"text": "Тандаңыз"}, "action": action | more}


def published(whatsapp: WhatsApp) -> str:
    """The number of a published form with one input."""
    footer: dict[str, Any] = {"type": "Footer", "label": "Жөнөтүү"}
    footer |= {"on-click-action": {"name": "complete", "payload": {"text": "${form.text}"}}}
    children = [{"type": "TextInput", "name": "text", "label": "Эмне?", "required": True, "max-chars": "60"}, footer]
    screen = {"id": "ONE", "terminal": True, "layout": {"type": "SingleColumnLayout", "children": children}}
    text = json.dumps({"version": "7.3", "screens": [screen]})
    made = flows.make(whatsapp.flows, {"name": "form", "categories": ["OTHER"], "flow_json": text, "publish": True})
    assert made["success"], made
    return str(made["id"])


@pytest.fixture(autouse=True)
async def bakyt_wrote(graph: Graph) -> None:
    await people.write(graph.world, graph.world.person("bakyt"), "Салам")


async def test_a_text_arrives(graph: Graph) -> None:
    status, body = await graph.send("text", {"body": "*Саламатсызбы*"}, "+996 700 000 102")
    user_id = graph.world.whatsapp.phone("bakyt").user_id
    assert (status, body["contacts"]) == (200, [{"input": "+996 700 000 102", "wa_id": BAKYT, "user_id": user_id}])
    assert body["messages"][0]["id"].startswith("wamid.")
    seen = graph.world.whatsapp.last("bakyt")
    assert (seen.text, seen.status, seen.id) == ("*Саламатсызбы*", "delivered", body["messages"][0]["id"])


async def test_by_the_business_scoped_id_without_the_number(graph: Graph) -> None:
    user_id = graph.world.whatsapp.phone("bakyt").user_id
    status, body = await graph.send("text", {"body": "hi"}, user_id)
    assert (status, body["contacts"]) == (200, [{"input": user_id, "user_id": user_id}])


async def test_buttons_and_lists_are_seen(graph: Graph) -> None:
    more: dict[str, Any] = {"header": {"type": "text", "text": "Маселе 7"}, "footer": {"text": "Ак-Булак"}}
    assert (await graph.send("interactive", buttons("Ооба", "Жок", **more)))[0] == 200
    seen = graph.world.whatsapp.last("bakyt")
    assert [b["title"] for b in seen.buttons] == ["Ооба", "Жок"]
    assert (seen.header, seen.text, seen.footer) == ("Маселе 7", "Көчөгө жарык?", "Ак-Булак")
    assert (await graph.send("interactive", rows(10, words="Көчө")))[0] == 200
    seen = graph.world.whatsapp.last("bakyt")
    assert (seen.opens, len(seen.rows), seen.rows[0]["description"]) == ("Тандоо", 10, "Көчө")


REFUSALS: list[tuple[str, Any, int, str]] = [
    ("text", {"body": "x" * 4097}, 100, "(#100) Param text['body'] must be at most 4096 characters long."),
    ("text", {"body": " "}, 100, "(#100) Param text['body'] cannot be empty."),
    ("text", {}, 131008, "Parameter 'text['body']' is required."),
    ("interactive", buttons("1", "2", "3", "4"), 131009, "Invalid buttons count. Min allowed buttons: 1, Max"),
    ("interactive", buttons("x" * 21), 131009, "Button title length invalid. Min length: 1, Max length: 20"),
    (
        "interactive",
        buttons("Ооба", ids=("x" * 257,)),
        131009,
        "Button id length invalid. Min length: 1, Max",
    ),
    ("interactive", buttons("Ооба", "Жок", ids=("a", "a")), 131009, "Button ids must be unique"),
    ("interactive", buttons("Ооба", "Ооба"), 131009, "Button titles must be unique"),
    (
        "interactive",
        buttons("Ооба", body="x" * 1025),
        100,
        "Param interactive['body']['text'] must be at most 1024",
    ),
    ("interactive", buttons("Ооба", footer={"text": "x" * 61}), 100, "must be at most 60 characters"),
    ("interactive", buttons("Ооба", header={"type": "text", "text": "x" * 61}), 100, "must be at most 60 characters"),
    ("interactive", rows(11), 131009, "Total row count exceed max allowed count: 10"),
    ("interactive", rows(1, title="x" * 25), 131009, "Row title length invalid. Min length: 1, Max length: 24"),
    ("interactive", rows(1, words="x" * 73), 131009, "Row description length invalid. Min length: 1, Max length: 72"),
    ("interactive", rows(1, button="x" * 21), 131009, "Button label length invalid. Min length: 1, Max length: 20"),
    ("interactive", rows(2, sections=2, title="x"), 0, ""),
    (
        "interactive",
        rows(1) | {"header": {"type": "image", "image": {"id": "1"}}},
        131009,
        "Header type 'image'",
    ),
    ("interactive", {"type": "carousel"}, 100, "(#100) Param interactive['type'] must be one of"),
    ("image", {"id": "12345"}, 131009, "Media ID 12345 is not valid or has expired"),
    ("image", {"id": "1", "link": "http://x"}, 100, "(#100) The parameter image must have either id or link."),
    ("image", {"link": "https://example.org/a.png"}, 131052, "the sandbox fetches media from this machine only"),
    ("location", {"latitude": 91, "longitude": 0}, 131009, "location['latitude'] must be between -90 and 90"),
    ("contacts", [{"name": {"formatted_name": "A"}}], 131009, "At least one of the optional name parameters"),
    ("reaction", {"message_id": "wamid.none", "emoji": "👍"}, 131009, "Reaction message_id is not known"),
    ("poll", {}, 100, "(#100) Param type must be one of"),
]


@pytest.mark.parametrize(("kind", "content", "code", "why"), REFUSALS)
async def test_what_is_refused(graph: Graph, kind: str, content: Any, code: int, why: str) -> None:
    if not code:
        assert (await graph.send(kind, content))[0] == 200
        return
    status, refused, details = await graph.refused(kind, content)
    assert (status, refused) == (400, code)
    assert why in details
    assert graph.world.whatsapp.from_bot("bakyt") == []


async def test_links_places_and_forms(graph: Graph) -> None:
    link = {"name": "cta_url", "parameters": {"display_text": "Ачуу", "url": "https://example.org/7"}}
    assert (await graph.send("interactive", {"type": "cta_url", "body": {"text": "x"}, "action": link}))[0] == 200
    assert graph.world.whatsapp.last("bakyt").link == {"title": "Ачуу", "url": "https://example.org/7"}
    link["parameters"] = {"display_text": "Ачуу", "url": "tg://x"}
    bad = await graph.refused("interactive", {"type": "cta_url", "body": {"text": "x"}, "action": link})
    assert bad[:2] == (400, 131009)
    place = {"type": "location_request_message", "body": {"text": "Кайда?"}, "action": {"name": "send_location"}}
    assert (await graph.send("interactive", place))[0] == 200
    assert graph.world.whatsapp.last("bakyt").asks_location
    number = published(graph.world.whatsapp)
    parameters = {"flow_message_version": "3", "flow_cta": "Толтуруу", "flow_id": number, "flow_token": "t"}
    flow = {"type": "flow", "body": {"text": "x"}, "action": {"name": "flow", "parameters": parameters}}
    assert (await graph.send("interactive", flow))[0] == 200
    assert (graph.world.whatsapp.last("bakyt").flow or {})["flow_cta"] == "Толтуруу"
    parameters["flow_name"] = "also"
    assert (await graph.refused("interactive", flow))[:2] == (400, 131009)


async def test_the_window_of_24_hours_runs_on_the_sandbox_clock(graph: Graph) -> None:
    clock = graph.world.clock
    clock.turn_by(timedelta(hours=23, minutes=59))
    await graph.text("still")
    clock.turn_by(timedelta(minutes=2))
    status, code, details = await graph.refused("text", {"body": "late"})
    assert (status, code) == (400, 131047)
    assert "more than 24 hours" in details
    await people.write(graph.world, graph.world.person("bakyt"), "эмне жаңылык?")
    await graph.text("again")


async def test_nobody_who_never_wrote_can_be_written_to(graph: Graph) -> None:
    assert (await graph.refused("text", {"body": "hi"}, "996700000101"))[:2] == (400, 131047)


async def test_templates_go_outside_the_window_with_their_gaps_filled(graph: Graph) -> None:
    whatsapp = graph.world.whatsapp
    whatsapp.add_template("issue_news", "ky", "№{{1}}: {{2}}", buttons=["Көрүү"], footer="Ак-Булак")

    def template(*given: str, name: str = "issue_news", language: str = "ky") -> dict[str, Any]:
        words = [{"type": "text", "text": each} for each in given]
        payload = [{"type": "payload", "payload": "i7"}]
        components: list[Any] = [
            {"type": "body", "parameters": words},
            {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": payload},
        ]
        return {"name": name, "language": {"code": language}, "components": components}

    status, body = await graph.send("template", template("7", "жарык"), "996700000101")
    assert (status, body["messages"][0]["message_status"]) == (200, "accepted")
    seen = whatsapp.last("aigul")
    assert (seen.text, seen.buttons) == ("№7: жарык\n\nАк-Булак", [{"id": "i7", "title": "Көрүү"}])
    assert (await graph.refused("template", template("7"), "996700000101"))[:2] == (400, 132000)
    assert (await graph.refused("template", template("7", "x", language="ru")))[:2] == (404, 132001)
    assert (await graph.refused("template", template("7", "x", name="other")))[:2] == (404, 132001)
    assert (await graph.refused("template", template("7", "two\nlines")))[:2] == (400, 132018)


async def test_read_marks_and_typing(graph: Graph) -> None:
    bakyt = graph.world.person("bakyt")
    said = await people.write(graph.world, bakyt, "суу жок")
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": said.id}
    path = f"{graph.world.whatsapp.phone_id}/messages"
    typing = body | {"typing_indicator": {"type": "text"}}
    assert await graph.ask("POST", path, json=typing) == (200, {"success": True})
    assert said.status == "read"
    assert graph.world.whatsapp.phone("bakyt").typing_until is not None
    body["message_id"] = "wamid.other"
    assert (await graph.ask("POST", path, json=body))[0] == 400


async def test_replies_and_reactions(graph: Graph) -> None:
    said = await people.write(graph.world, graph.world.person("bakyt"), "суу жок")
    await graph.send("text", {"body": "кайсы көчө?"}, context={"message_id": said.id})
    assert graph.world.whatsapp.last("bakyt").replies_to == said.id
    await graph.send("reaction", {"message_id": said.id, "emoji": "👍"})
    assert said.reactions == {"bot": "👍"}
    await graph.send("reaction", {"message_id": said.id, "emoji": ""})
    assert said.reactions == {}


async def test_who_may_ask(graph: Graph) -> None:
    content = {"messaging_product": "whatsapp", "to": BAKYT, "type": "text", "text": {"body": "x"}}
    path = f"{graph.world.whatsapp.phone_id}/messages"
    status, body = await graph.ask("POST", path, json=content, token="other")
    assert (status, body["error"]["code"]) == (401, 190)
    graph.world.whatsapp.expired = True
    status, body = await graph.ask("POST", path, json=content)
    assert (status, body["error"]["code"], body["error"]["error_subcode"]) == (401, 190, 463)
    graph.world.whatsapp.expired = False
    status, body = await graph.ask("POST", "999/messages", json=content)
    assert (status, body["error"]["code"], body["error"]["error_subcode"]) == (400, 100, 33)
    graph.world.whatsapp.allowed = {"996700000101"}
    assert (await graph.refused("text", {"body": "x"}))[:2] == (400, 131030)
