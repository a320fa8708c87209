"""Is WhatsApp opened only when it will work, and is what is wrong said in words?"""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.settings import Settings, WrongSetting
from bot.whatsapp.hearing import called_with
from bot.whatsapp.start import WhatsAppLinks, open_whatsapp
from talk.turn import Links
from tests.bot.whatsapp.bodies import SECRET, USER, VERIFY, body, change, raw, sign, text
from tests.bot.whatsapp.graph import NUMBER, PHONE_ID, TOKEN, Graph


def set_up(graph: Graph, **over: Any) -> Settings:
    """The settings of an installation with WhatsApp."""
    values: dict[str, Any] = {
        "whatsapp_token": SecretStr(TOKEN),
        "whatsapp_phone_id": PHONE_ID,
        "whatsapp_app_secret": SecretStr(SECRET),
        "whatsapp_verify_token": SecretStr(VERIFY),
        "whatsapp_api_url": graph.url,
    }
    return Settings(_env_file=None, **{**values, **over})


async def test_what_is_open_knows_its_number_its_name_and_the_way_to_it(graph: Graph) -> None:
    async with open_whatsapp(set_up(graph), elsewhere=(Links("ashar_bot"),)) as whatsapp:
        assert (whatsapp.number, whatsapp.name) == (NUMBER, "Ак-Булак айыл өкмөтү")
        links = whatsapp.door.links
        assert links.deep("i12") == f"https://wa.me/{NUMBER}?text=Ashar%20i12"
        assert [other.deep("i12") for other in links.elsewhere] == ["https://t.me/ashar_bot?start=i12"]


@pytest.mark.parametrize(
    "payload", ["", "i12", "m7", "lK7M2PQ9Z", "gAb_C-d1234567890", "p1_2", "p1__0a1b2c3d4e", "p12_34_0a1b2c3d4e"]
)
def test_the_words_of_a_link_are_understood_by_the_bot(payload: str) -> None:
    address = WhatsAppLinks(NUMBER).deep(payload)
    assert called_with(parse_qs(urlsplit(address).query)["text"][0]) == payload


@pytest.mark.parametrize(
    ("over", "fault", "named"),
    [
        ({"whatsapp_token": SecretStr("another-token")}, None, "WHATSAPP_TOKEN"),
        ({"whatsapp_phone_id": "99999"}, None, "WHATSAPP_PHONE_ID"),
        ({"whatsapp_token": None}, None, "WHATSAPP_TOKEN, WHATSAPP_PHONE_ID"),
        ({"whatsapp_api_url": "http://127.0.0.1:9"}, None, "WHATSAPP_API_URL"),
        ({}, {"code": 368, "status": 403}, "WHATSAPP_TOKEN"),
    ],
)
async def test_what_is_wrong_is_named_without_the_secret(graph: Graph, over: Any, fault: Any, named: str) -> None:
    graph.faults = [fault] if fault else []
    with pytest.raises(WrongSetting) as no:
        async with open_whatsapp(set_up(graph, **over)):
            pass
    assert str(no.value).startswith(f"{named}:")
    assert TOKEN not in str(no.value)
    assert "another-token" not in str(no.value)


async def test_a_graph_api_that_stumbles_at_the_start_is_asked_again(graph: Graph) -> None:
    graph.faults = [502]
    async with open_whatsapp(set_up(graph)) as whatsapp:
        assert whatsapp.number == NUMBER


async def test_the_handlers_of_the_webhook_take_what_meta_sends(graph: Graph) -> None:
    rows: list[tuple[str, str, str]] = []

    async def put(new: Any) -> None:
        rows.extend(new)

    async def on_status(_: object) -> None:
        raise AssertionError

    async with open_whatsapp(set_up(graph)) as whatsapp, aiohttp.ClientSession() as http:
        app = web.Application()
        verify, receive = whatsapp.webhook(put, on_status)
        app.router.add_get("/hook", verify)
        app.router.add_post("/hook", receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        content = raw(body(change(text("1", "Салам"))))
        async with http.post(url, data=content, headers={"X-Hub-Signature-256": sign(content)}) as answer:
            assert answer.status == 200
        await runner.cleanup()
    assert [(number, address) for number, address, _ in rows] == [("wamid.1", USER)]
    assert whatsapp.door.hear(rows[0][2]) is not None
    assert json.loads(rows[0][2])["phone_number_id"] == PHONE_ID
