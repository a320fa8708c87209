"""What is the bot told, and how: signed, tried again, doubled, replayed, reordered, bundled, wrongly signed?"""

import json

import pytest

from sandbox.graphapi import people
from sandbox.graphapi.deliveries import Bundle
from sandbox.graphapi.refusals import Refused
from sandbox.graphapi.setup import subscribe
from tests.sandbox.graph import Ear, Graph
from tests.sandbox.test_graph_messages import buttons, rows


async def test_the_handshake_comes_first(graph: Graph, ear: Ear) -> None:
    assert graph.world.whatsapp.deliveries.subscription is not None
    with pytest.raises(Refused, match="Callback verification failed"):
        await subscribe(graph.world.whatsapp, ear.url, "a wrong token")


async def test_a_text_as_the_documentation_has_it(graph: Graph, ear: Ear) -> None:
    whatsapp, bakyt = graph.world.whatsapp, graph.world.person("bakyt")
    said = await people.write(graph.world, bakyt, "Саламатсызбы")
    await whatsapp.settled()
    assert ear.heard == [
        {
            "object": "whatsapp_business_account",
            "entry": [
                {
                    "id": whatsapp.business_id,
                    "changes": [
                        {
                            "value": {
                                "messaging_product": "whatsapp",
                                "metadata": {
                                    "display_phone_number": whatsapp.number,
                                    "phone_number_id": whatsapp.phone_id,
                                },
                                "contacts": [
                                    {
                                        "profile": {"name": "Бакыт Токтосунов"},
                                        "user_id": "KG.73000000000000102",
                                        "wa_id": "996700000102",
                                    }
                                ],
                                "messages": [
                                    {
                                        "from": "996700000102",
                                        "from_user_id": "KG.73000000000000102",
                                        "id": said.id,
                                        "timestamp": str(int(said.at.timestamp())),
                                        "type": "text",
                                        "text": {"body": "Саламатсызбы"},
                                    }
                                ],
                            },
                            "field": "messages",
                        }
                    ],
                }
            ],
        }
    ]


async def test_whoever_hides_their_number_has_only_an_id(graph: Graph, ear: Ear) -> None:
    whatsapp, bakyt = graph.world.whatsapp, graph.world.person("bakyt")
    whatsapp.phone(bakyt).hides_number = True
    await people.write(graph.world, bakyt, "Салам")
    await graph.text("hi", whatsapp.phone(bakyt).user_id)
    await whatsapp.settled()
    assert "996700000102" not in json.dumps(ear.heard)
    assert ear.values()[0]["contacts"][0]["profile"]["username"] == "bakyt"
    assert {s["recipient_user_id"] for s in ear.statuses()} == {whatsapp.phone(bakyt).user_id}


async def test_presses_and_choices(graph: Graph, ear: Ear) -> None:
    world, bakyt = graph.world, graph.world.person("bakyt")
    await people.write(world, bakyt, "Салам")
    await graph.send("interactive", buttons("Ооба", "Жок"))
    asked = world.whatsapp.last(bakyt)
    await people.tap(world, bakyt, "Жок")
    await graph.send("interactive", rows(3, words="Көчө"))
    await people.choose(world, bakyt, world.whatsapp.last(bakyt).id, "r1")
    with pytest.raises(people.CannotDo, match="has no button"):
        await people.press(world, bakyt, asked.id, "forged")
    await people.press(world, bakyt, asked.id, "forged", stale=True)
    await world.whatsapp.settled()
    _, pressed, chosen, forged = ear.messages()
    assert pressed["interactive"] == {"type": "button_reply", "button_reply": {"id": "b1", "title": "Жок"}}
    assert pressed["context"] == {"from": world.whatsapp.number, "id": asked.id}
    row = {"id": "r1", "title": "Маселе", "description": "Көчө"}
    assert chosen["interactive"] == {"type": "list_reply", "list_reply": row}
    assert forged["interactive"]["button_reply"]["id"] == "forged"


async def test_statuses_come_in_steps_and_read_when_the_person_looks(graph: Graph, ear: Ear) -> None:
    world, bakyt = graph.world, graph.world.person("bakyt")
    await people.write(world, bakyt, "Салам")
    sent = await graph.text("hi")
    await people.read(world, bakyt)
    await world.whatsapp.settled()
    assert [(s["id"], s["status"]) for s in ear.statuses()] == [(sent, "sent"), (sent, "delivered"), (sent, "read")]
    assert ear.values()[-1]["contacts"][0]["user_id"] == world.whatsapp.phone(bakyt).user_id


async def test_whoever_is_away_has_one_tick(graph: Graph, ear: Ear) -> None:
    world, bakyt = graph.world, graph.world.person("bakyt")
    await people.write(world, bakyt, "Салам")
    world.whatsapp.phone(bakyt).offline = True
    await graph.text("hi")
    await world.whatsapp.settled()
    assert [s["status"] for s in ear.statuses()] == ["sent"]
    assert world.whatsapp.from_bot(bakyt) == []


async def test_a_block_and_a_number_without_whatsapp_fail_later(graph: Graph, ear: Ear) -> None:
    world, bakyt = graph.world, graph.world.person("bakyt")
    await people.write(world, bakyt, "Салам")
    await people.block(world, bakyt)
    blocked = await graph.text("hi")
    nobody = await graph.text("hi", "996555000999")
    await world.whatsapp.settled()
    failed = [(s["id"], s["status"], s["errors"][0]["code"]) for s in ear.statuses()]
    assert failed == [(blocked, "failed", 131026), (nobody, "failed", 131026)]
    world.whatsapp.told_later = frozenset()
    assert (await graph.refused("text", {"body": "x"}))[:2] == (400, 131026)


async def test_tried_again_until_the_bot_says_200(graph: Graph, ear: Ear) -> None:
    ear.answers = [500, 404, 201]
    await people.write(graph.world, graph.world.person("bakyt"), "Салам")
    await graph.world.whatsapp.settled()
    assert len(ear.messages()) == 1
    assert graph.world.whatsapp.deliveries.log[-1].attempts == 4


async def test_twice_and_once_more(graph: Graph, ear: Ear) -> None:
    deliveries = graph.world.whatsapp.deliveries
    deliveries.duplicate = 1
    await people.write(graph.world, graph.world.person("bakyt"), "one")
    await people.write(graph.world, graph.world.person("bakyt"), "two")
    await graph.world.whatsapp.settled()
    deliveries.replay(2)
    await graph.world.whatsapp.settled()
    said = sorted(message["text"]["body"] for message in ear.messages())
    assert said == ["one", "one", "one", "two", "two"]


async def test_backwards(graph: Graph, ear: Ear) -> None:
    deliveries = graph.world.whatsapp.deliveries
    deliveries.hold()
    for words in ("one", "two", "three"):
        await people.write(graph.world, graph.world.person("bakyt"), words)
    assert len(deliveries) == 3
    deliveries.release(backwards=True)
    await graph.world.whatsapp.settled()
    assert [message["text"]["body"] for message in ear.messages()] == ["three", "two", "one"]


@pytest.mark.parametrize(
    ("bundle", "shape"), [(Bundle.ENTRIES, (3, 1, 1)), (Bundle.CHANGES, (1, 3, 1)), (Bundle.MESSAGES, (1, 1, 3))]
)
async def test_several_in_one_post(graph: Graph, ear: Ear, bundle: Bundle, shape: tuple[int, int, int]) -> None:
    deliveries = graph.world.whatsapp.deliveries
    deliveries.hold()
    for who in ("aigul", "bakyt", "emma"):
        await people.write(graph.world, graph.world.person(who), who)
    deliveries.release(bundle=bundle)
    await graph.world.whatsapp.settled()
    (body,) = ear.heard
    entries = body["entry"]
    changes = entries[0]["changes"]
    assert (len(entries), len(changes), len(changes[0]["value"]["messages"])) == shape
    assert [message["text"]["body"] for message in ear.messages()] == ["aigul", "bakyt", "emma"]
    assert [c["profile"]["name"] for v in ear.values() for c in v["contacts"]][2] == "Эмма Ли"


async def test_a_wrong_signature_once(graph: Graph, ear: Ear) -> None:
    graph.world.whatsapp.deliveries.missign = 1
    await people.write(graph.world, graph.world.person("bakyt"), "Салам")
    await graph.world.whatsapp.settled()
    assert (ear.forged, len(ear.messages())) == (1, 1)


async def test_events_wait_for_a_webhook(graph: Graph) -> None:
    await people.write(graph.world, graph.world.person("bakyt"), "Салам")
    assert len(graph.world.whatsapp.deliveries) == 1
    assert graph.world.whatsapp.deliveries.log == type(graph.world.whatsapp.deliveries.log)()
