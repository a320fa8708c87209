"""Do pictures and papers go up, come down for five minutes and only with the token, and not of any kind or size?"""

import hashlib
import io
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox.graphapi import people
from sandbox.people import PIXEL
from tests.sandbox.graph import Ear, Graph


async def upload(graph: Graph, data: bytes, mime: str, name: str = "a.bin") -> tuple[int, dict[str, Any]]:
    form = aiohttp.FormData()
    form.add_field("messaging_product", "whatsapp")
    form.add_field("type", mime)
    form.add_field("file", io.BytesIO(data), filename=name, content_type=mime)
    return await graph.ask("POST", f"{graph.world.whatsapp.phone_id}/media", data=form)


async def test_up_into_a_message_and_down_again(graph: Graph) -> None:
    world = graph.world
    await people.write(world, world.person("bakyt"), "Салам")
    status, body = await upload(graph, b"%PDF-1.7", "application/pdf", "paper.pdf")
    assert status == 200
    content = {"id": body["id"], "caption": "Токтом", "filename": "Токтом.pdf"}
    assert (await graph.send("document", content))[0] == 200
    seen = world.whatsapp.last("bakyt")
    assert (seen.text, seen.content["filename"]) == ("Токтом", "Токтом.pdf")
    assert seen.media is not None
    assert world.whatsapp.data(seen.media) == b"%PDF-1.7"
    assert (await graph.refused("image", {"id": body["id"]}))[1] == 131009
    assert (await graph.refused("document", {"id": body["id"], "caption": "x" * 1025}))[1] == 100
    assert await graph.ask("DELETE", body["id"]) == (200, {"success": True})
    assert (await graph.ask("GET", body["id"]))[1]["error"]["error_subcode"] == 33


async def test_a_persons_photo_comes_down_for_five_minutes_with_the_token(graph: Graph, ear: Ear) -> None:
    world = graph.world
    await people.photo(world, world.person("bakyt"), PIXEL, caption="Көпүрө")
    await world.whatsapp.settled()
    (told,) = ear.messages()
    picture = told["image"]
    assert (told["type"], picture["caption"], picture["mime_type"]) == ("image", "Көпүрө", "image/png")
    assert picture["sha256"] == hashlib.sha256(PIXEL).hexdigest()
    status, about = await graph.ask("GET", picture["id"])
    assert (status, about["sha256"], about["file_size"]) == (200, picture["sha256"], str(len(PIXEL)))
    token = {"Authorization": f"Bearer {world.whatsapp.token}"}
    async with graph.session.get(about["url"], headers=token) as answer:
        assert (answer.status, answer.content_type, await answer.read()) == (200, "image/png", PIXEL)
    async with graph.session.get(about["url"]) as answer:
        assert answer.status == 401
    async with graph.session.get(about["url"] + "0", headers=token) as answer:
        assert answer.status == 404
    world.clock.turn_by(timedelta(minutes=6))
    async with graph.session.get(about["url"], headers=token) as answer:
        assert answer.status == 404
    assert (await graph.ask("GET", picture["id"]))[0] == 200
    world.clock.turn_by(timedelta(days=31))
    assert (await graph.ask("GET", picture["id"]))[0] == 400


@pytest.mark.parametrize(
    ("mime", "size", "why"),
    [
        ("text/csv", 10, "Received file of type 'text/csv'."),
        ("application/octet-stream", 10, "Received file of type 'application/octet-stream'."),
        ("image/jpeg", 5 * 1024 * 1024 + 1, "at most 5242880 bytes"),
        ("video/mp4", 16 * 1024 * 1024 + 1, "at most 16777216 bytes"),
        ("image/png", 0, "must not be empty"),
    ],
)
async def test_what_is_not_taken(graph: Graph, mime: str, size: int, why: str) -> None:
    status, body = await upload(graph, b"x" * size, mime)
    assert (status, body["error"]["code"]) == (400, 100)
    assert why in body["error"]["message"]


async def test_media_by_link_are_fetched_from_this_machine(graph: Graph) -> None:
    await people.write(graph.world, graph.world.person("bakyt"), "Салам")
    app = web.Application()

    async def picture(request: web.Request) -> web.Response:
        return web.Response(body=PIXEL, content_type="image/png")

    app.router.add_get("/a.png", picture)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    header = {"type": "image", "image": {"link": f"{base}/a.png"}}
    button = {"type": "reply", "reply": {"id": "1", "title": "Ооба"}}
    content = {"type": "button", "header": header, "body": {"text": "x"}, "action": {"buttons": [button]}}
    assert (await graph.send("interactive", content))[0] == 200
    media = graph.world.whatsapp.last("bakyt").media
    assert media is not None
    assert graph.world.whatsapp.data(media) == PIXEL
    status, code, why = await graph.refused("image", {"link": f"{base}/none.png"})
    assert (status, code, why) == (400, 131052, "Downloading media from weblink failed with http code 404")
    await runner.cleanup()
