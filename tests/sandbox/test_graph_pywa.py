"""Does the library the bot is built on understand the local WhatsApp, and is it understood?"""

from collections.abc import AsyncIterator

import httpx
import pytest
from pywa import errors
from pywa.types.callback import Button, Section, SectionList, SectionRow
from pywa_async.client import WhatsApp

from sandbox.graphapi import people
from sandbox.people import PIXEL
from tests.sandbox.graph import BAKYT, Graph


class ToSandbox(httpx.AsyncHTTPTransport):
    """Whatever is meant for the public Graph API goes to the sandbox."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = httpx.URL(address)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host=self.address.host, port=self.address.port)
        request.headers["Host"] = self.address.netloc.decode()
        return await super().handle_async_request(request)


@pytest.fixture
async def pywa(graph: Graph) -> AsyncIterator[WhatsApp]:
    await people.write(graph.world, graph.world.person("bakyt"), "Салам")
    own = graph.world.whatsapp
    async with httpx.AsyncClient(transport=ToSandbox(graph.handle.url)) as session:
        yield WhatsApp(phone_id=own.phone_id, token=own.token, session=session)


async def test_texts_buttons_lists_and_pictures(pywa: WhatsApp, graph: Graph) -> None:
    seen = graph.world.whatsapp
    sent = await pywa.send_message(BAKYT, "Саламатсызбы", buttons=[Button(title="Ооба", callback_data="y")])
    assert (seen.last("bakyt").id, seen.last("bakyt").buttons) == (sent.id, [{"id": "y", "title": "Ооба"}])
    rows = [SectionRow(title="Жарык", callback_data="i1", description="Ак-Булак")]
    await pywa.send_message(seen.phone("bakyt").user_id, "x", buttons=SectionList("Тандоо", [Section("Бөлүм", rows)]))
    assert seen.last("bakyt").rows == [{"id": "i1", "title": "Жарык", "description": "Ак-Булак"}]
    await pywa.send_image(BAKYT, PIXEL, caption="Көпүрө", mime_type="image/png")
    media = seen.last("bakyt").media
    assert media is not None
    assert seen.data(media) == PIXEL


async def test_a_photo_is_fetched(pywa: WhatsApp, graph: Graph) -> None:
    said = await people.photo(graph.world, graph.world.person("bakyt"), PIXEL)
    about = await pywa.get_media_url(said.content["id"])
    assert await pywa.get_media_bytes(about.url) == PIXEL


async def test_refusals_have_their_classes(pywa: WhatsApp, graph: Graph) -> None:
    with pytest.raises(errors.ReEngagementMessage):
        await pywa.send_message("996700000101", "x")
    graph.world.whatsapp.expired = True
    with pytest.raises(errors.ExpiredAccessToken):
        await pywa.send_message(BAKYT, "x")
