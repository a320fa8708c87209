"""What else may a person do in WhatsApp, and what is the bot told of it?"""

import json

import pytest

from sandbox.chats import Json
from sandbox.graphapi import people
from tests.sandbox.graph import Ear, Graph
from tests.sandbox.test_graph_messages import published


async def test_every_kind_of_message_is_told(graph: Graph, ear: Ear) -> None:
    world, bakyt = graph.world, graph.world.person("bakyt")
    said = await people.write(world, bakyt, "Салам")
    await people.document(world, bakyt, b"%PDF", "Өтүнүч.pdf", caption="мына")
    await people.video(world, bakyt)
    await people.audio(world, bakyt)
    await people.sticker(world, bakyt)
    await people.location(world, bakyt, 42.2, 75.7)
    await people.contact(world, bakyt, world.person("emma"))
    await people.contact(world, bakyt)
    await people.react(world, bakyt, said.id, "👍")
    await people.unsupported(world, bakyt)
    await world.whatsapp.settled()
    told: dict[str, list[Json]] = {}
    for message in ear.messages()[1:]:
        told.setdefault(message["type"], []).append(message)
        assert message["from_user_id"] == world.whatsapp.phone(bakyt).user_id
    assert told["document"][0]["document"] | {"id": "", "sha256": ""} == {
        "id": "",
        "mime_type": "application/pdf",
        "sha256": "",
        "filename": "Өтүнүч.pdf",
        "caption": "мына",
    }
    assert told["audio"][0]["audio"]["voice"] is True
    assert told["sticker"][0]["sticker"]["animated"] is False
    assert told["location"][0]["location"] == {"latitude": 42.2, "longitude": 75.7}
    emma, stranger = (message["contacts"][0] for message in told["contacts"])
    assert emma["phones"] == [{"phone": "+996700000105", "type": "CELL", "wa_id": "996700000105"}]
    assert (emma["name"]["formatted_name"], "wa_id" in stranger["phones"][0]) == ("Эмма Ли", False)
    assert told["reaction"][0]["reaction"] == {"message_id": said.id, "emoji": "👍"}
    assert told["unsupported"][0]["errors"][0]["code"] == 131051
    assert told["video"][0]["video"]["mime_type"] == "video/mp4"


async def test_edits_taking_back_forwards_and_welcomes_are_told(graph: Graph, ear: Ear) -> None:
    world, bakyt = graph.world, graph.world.person("bakyt")
    await people.arrive(world, bakyt)
    said = await people.write(world, bakyt, "суу жок", forwarded=True)
    await people.edit(world, bakyt, said.id, "суу бар")
    await people.revoke(world, bakyt, said.id)
    with pytest.raises(people.CannotDo, match="only one's own"):
        await people.edit(world, bakyt, said.id, "x")
    await world.whatsapp.settled()
    welcome, forwarded, edited, revoked = ear.messages()
    assert (welcome["type"], forwarded["context"]) == ("request_welcome", {"forwarded": True})
    assert edited["edit"] == {"original_message_id": said.id, "message": {"type": "text", "text": {"body": "суу бар"}}}
    assert revoked["revoke"] == {"original_message_id": said.id}
    assert [m.kind for m in world.whatsapp.messages(bakyt)] == ["request_welcome"]


async def test_a_number_is_asked_for_and_shared(graph: Graph, ear: Ear) -> None:
    world, bakyt = graph.world, graph.world.person("bakyt")
    world.whatsapp.phone(bakyt).hides_number = True
    await people.write(world, bakyt, "Салам")
    asking = {"type": "request_contact_info", "body": {"text": "Номер?"}, "action": {"name": "request_contact_info"}}
    await graph.send("interactive", asking, world.whatsapp.phone(bakyt).user_id)
    asked = world.whatsapp.last(bakyt)
    await people.contact(world, bakyt, bakyt, reply_to=asked.id)
    with pytest.raises(people.CannotDo, match="only one's own number"):
        await people.contact(world, bakyt, world.person("emma"), reply_to=asked.id)
    await world.whatsapp.settled()
    card = ear.messages()[-1]["contacts"][0]
    assert (card["origin"], card["phones"][0]["wa_id"]) == ("contact_request", "996700000102")


async def test_a_form_is_filled(graph: Graph, ear: Ear) -> None:
    world, bakyt = graph.world, graph.world.person("bakyt")
    await people.write(world, bakyt, "Салам")
    number = published(world.whatsapp)
    parameters = {"flow_message_version": "3", "flow_cta": "Толтуруу", "flow_id": number, "flow_token": "t1"}
    flow = {"type": "flow", "body": {"text": "x"}, "action": {"name": "flow", "parameters": parameters}}
    await graph.send("interactive", flow)
    with pytest.raises(LookupError):
        await people.fill_form(world, bakyt, world.whatsapp.last(bakyt).id, {"text": " "})
    await people.fill_form(world, bakyt, world.whatsapp.last(bakyt).id, {"text": "суу жок"})
    await world.whatsapp.settled()
    reply = ear.messages()[-1]["interactive"]["nfm_reply"]
    assert json.loads(reply["response_json"]) == {"flow_token": "t1", "text": "суу жок"}


async def test_the_quick_reply_of_a_template_is_a_button(graph: Graph, ear: Ear) -> None:
    world, aigul = graph.world, graph.world.person("aigul")
    world.whatsapp.add_template("news", "ky", "Жаңылык бар", buttons=["Көрүү"])
    await graph.send("template", {"name": "news", "language": {"code": "ky"}}, "996700000101")
    await people.tap(world, aigul, "Көрүү")
    await world.whatsapp.settled()
    assert ear.messages()[0]["button"] == {"payload": "Көрүү", "text": "Көрүү"}
    await graph.text("the window is open now", "996700000101")


async def test_a_link_is_a_prefilled_text(graph: Graph, ear: Ear) -> None:
    world, emma = graph.world, graph.world.person("emma")
    number = world.whatsapp.number
    assert await people.open_link(world, emma, f"https://wa.me/{number}") is None
    await people.open_link(world, emma, f"https://wa.me/{number}?text=%D0%90%D1%88%D0%B0%D1%80%20i12")
    await people.open_link(world, emma, f"https://api.whatsapp.com/send?phone={number}&text=i13")
    with pytest.raises(people.CannotDo, match="does not lead to this number"):
        await people.open_link(world, emma, "https://wa.me/996555000000?text=x")
    await world.whatsapp.settled()
    assert [message["text"]["body"] for message in ear.messages()] == ["Ашар i12", "i13"]


async def test_a_new_number_is_a_new_id_and_told_by_the_system(graph: Graph, ear: Ear) -> None:
    world, emma = graph.world, graph.world.person("emma")
    old = world.whatsapp.phone(emma).user_id
    await people.change_number(world, emma, "+996 777 123456")
    world.whatsapp.phone(emma).hides_number = True
    await people.change_number(world, emma, "+996 777 654321")
    await world.whatsapp.settled()
    changed, hidden = ear.messages()
    assert "contacts" not in ear.values()[0]
    now = changed["system"]["user_id"]
    assert changed["from"] == "996700000105"
    assert changed["system"] == {
        "type": "user_changed_number",
        "body": "User Эмма Ли changed from 996700000105 to 996777123456",
        "wa_id": "996777123456",
        "user_id": now,
        "previous_user_id": old,
    }
    assert "from" not in hidden
    assert (hidden["system"]["type"], hidden["system"]["previous_user_id"]) == ("user_changed_user_id", now)
    assert world.whatsapp.addressee("996777654321") is world.whatsapp.phone(emma)


async def test_what_cannot_be_done(graph: Graph) -> None:
    world, bakyt = graph.world, graph.world.person("bakyt")
    with pytest.raises(people.CannotDo, match="empty message"):
        await people.write(world, bakyt, " ")
    await people.block(world, bakyt)
    with pytest.raises(people.CannotDo, match="blocked; unblock it first"):
        await people.write(world, bakyt, "x")
    await people.unblock(world, bakyt)
    world.whatsapp.phone(bakyt).registered = False
    with pytest.raises(people.CannotDo, match="has no WhatsApp"):
        await people.write(world, bakyt, "x")
    with pytest.raises(people.CannotDo, match="no button or row"):
        await people.tap(world, bakyt, "Ооба")


async def test_templates_are_made_listed_and_removed_over_the_api(graph: Graph) -> None:
    path = f"{graph.world.whatsapp.business_id}/message_templates"
    body = {"type": "BODY", "text": "Сиздин № {{1}} сунушуңузга жооп берилди", "example": {"body_text": [["7"]]}}
    made = {"name": "news", "language": "ky", "category": "UTILITY", "components": [body]}
    status, answer = await graph.ask("POST", path, json=made)
    assert (status, answer["status"]) == (200, "APPROVED")
    assert (await graph.ask("POST", path, json=made))[1]["error"]["error_subcode"] == 2388024
    assert [t["name"] for t in (await graph.ask("GET", path))[1]["data"]] == ["news"]
    assert await graph.ask("DELETE", path, params={"name": "news"}) == (200, {"success": True})
    assert (await graph.ask("GET", path))[1]["data"] == []


async def test_the_webhook_is_set_over_the_api_after_the_handshake(graph: Graph, ear: Ear) -> None:
    whatsapp = graph.world.whatsapp
    whatsapp.deliveries.subscribe(None)
    path = f"{whatsapp.business_id}/subscribed_apps"
    wrong = {"override_callback_uri": ear.url, "verify_token": "other"}
    assert (await graph.ask("POST", path, json=wrong))[1]["error"]["code"] == 2200
    right = wrong | {"verify_token": whatsapp.verify_token}
    assert await graph.ask("POST", path, json=right) == (200, {"success": True})
    data = (await graph.ask("GET", path))[1]["data"]
    assert data[0]["override_callback_uri"] == ear.url
    status, number = await graph.ask("GET", whatsapp.phone_id)
    assert (status, number["display_phone_number"]) == (200, f"+{whatsapp.number}")
