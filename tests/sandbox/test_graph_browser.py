"""Can a person use the WhatsApp beside the Telegram? A real Chromium, and a small bot on the Graph API."""

import asyncio
import base64
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from bot.whatsapp.flows import answers_in, form_of
from civic.pages import Field, Page
from sandbox.graphapi import people
from sandbox.run import published_form
from sandbox.server import Handle
from sandbox.world import World
from tests import chromium
from tests.sandbox import test_browser as phones
from tests.sandbox.graph import Ear, Graph
from tests.sandbox.test_graph_messages import buttons, rows

browser, one_loop = chromium.browser, chromium.one_loop
AIGUL = "996700000101"


class SmallBot:
    """Answers a word with a list, a press or a choice with its title, everything else in bold."""

    def __init__(self, graph: Graph, ear: Ear) -> None:
        self.graph, self.ear = graph, ear

    async def work(self) -> None:
        done = 0
        while True:
            for message in self.ear.messages()[done:]:
                done += 1
                await self.answer(message, message["from"])
            await asyncio.sleep(0.01)

    async def answer(self, message: dict[str, Any], to: str) -> None:
        words = (message.get("text") or {}).get("body", "")
        reply = message.get("interactive") or {}
        chosen = reply.get("button_reply") or reply.get("list_reply")
        if words == "тизме":
            await self.graph.send("interactive", rows(4, words="Ак-Булак айылы", sections=2), to)
        elif words == "баскыч":
            footer = {"text": "Ак-Булак айыл аймагы"}
            await self.graph.send("interactive", buttons("Кол коюу", "Артка", footer=footer), to)
        elif chosen:
            await self.graph.send("text", {"body": f"Сиз: *{chosen['title']}*"}, to)
        else:
            await self.graph.send("text", {"body": f"*Жооп:* _{words or message['type']}_"}, to)


@pytest.fixture
async def answering(graph: Graph, ear: Ear) -> AsyncIterator[None]:
    work = asyncio.create_task(SmallBot(graph, ear).work())
    yield
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


async def say(phone: Locator, words: str) -> None:
    field = phone.get_by_role("textbox")
    await field.fill(words)
    await field.press("Enter")


@pytest.mark.usefixtures("answering")
async def test_a_person_writes_presses_and_chooses(browser: Browser, handle: Handle, world: World) -> None:
    desk = await phones.desk_on(browser, handle)
    phone = desk.phone()
    await phone.get_by_role("button", name="WhatsApp").click()
    await say(phone, "Салам")
    await expect(phone.locator(".theirs b")).to_have_text("Жооп:")
    await expect(phone.locator(".theirs i")).to_have_text("Салам")
    await expect(phone.get_by_text("эркин жазуу мөөнөтү")).to_be_visible()
    await say(phone, "баскыч")
    await phone.get_by_role("button", name="Кол коюу").click()
    await expect(phone.get_by_text("Сиз: Кол коюу")).to_be_visible()
    await say(phone, "тизме")
    await phone.get_by_role("button", name="Тандоо").click()
    sheet = phone.get_by_role("dialog", name="Тандоо")
    await expect(sheet.get_by_role("button", name="Жөнөтүү")).to_be_disabled()
    await sheet.get_by_role("radio").nth(2).check()
    await sheet.get_by_role("button", name="Жөнөтүү").click()
    await expect(phone.get_by_text("Сиз: Маселе")).to_be_visible()
    await expect(phone.locator(".theirs .ticks")).to_have_count(0)
    await world.until(lambda: all(m.status == "read" for m in world.whatsapp.from_bot("aigul")))
    await phone.get_by_role("button", name="Telegram").click()
    await expect(phone.get_by_role("button", name="Баштоо")).to_be_visible()
    await world.whatsapp.settled()
    await people.write(world, world.person("aigul"), "дагы")
    await expect(phone.get_by_role("button", name="WhatsApp")).to_contain_text("1")
    assert desk.complaints == []


async def test_the_switch_is_there_only_while_the_bot_listens(browser: Browser, handle: Handle) -> None:
    desk = await phones.desk_on(browser, handle)
    await expect(desk.phone().get_by_role("button", name="Telegram")).to_be_hidden()


@pytest.mark.usefixtures("answering")
@pytest.mark.parametrize("size", [phones.WIDE, phones.PHONE], ids=["wide", "phone"])
async def test_axe_finds_nothing_serious(
    browser: Browser, handle: Handle, graph: Graph, world: World, size: tuple[int, int]
) -> None:
    desk = await phones.desk_on(browser, handle, size, reduced_motion="reduce")
    phone, aigul = desk.phone(), world.person("aigul")

    async def clean(where: str) -> None:
        found = await chromium.barriers(desk.page)
        assert [(where, each) for each in found if each[0] in ("serious", "critical")] == []

    await phone.get_by_role("button", name="WhatsApp").click()
    await clean("an empty chat")
    await people.photo(world, aigul, phones.PICTURE, caption="Көпүрө")
    await people.location(world, aigul, 42.2, 75.7)
    await people.contact(world, aigul, aigul)
    await people.document(world, aigul, b"x", "a.pdf")
    said = await people.write(world, aigul, "баскыч")
    await graph.send("reaction", {"message_id": said.id, "emoji": "👍"}, AIGUL)
    link = {"name": "cta_url", "parameters": {"display_text": "Ачуу", "url": "https://example.org/7"}}
    await graph.send("interactive", {"type": "cta_url", "body": {"text": "x"}, "action": link}, AIGUL)
    place = {"type": "location_request_message", "body": {"text": "Кайда?"}, "action": {"name": "send_location"}}
    await graph.send("interactive", place, AIGUL)
    await people.write(world, aigul, "тизме")
    await expect(phone.get_by_role("button", name="Тандоо")).to_be_visible()
    await clean("a chat")
    assert await desk.sideways() == 0
    await phone.get_by_role("button", name="Тандоо").click()
    await clean("a list")
    await phone.get_by_role("radio").first.press("Escape")
    await phone.get_by_role("button", name="Чаттын менюсу").click()
    await clean("the menu")
    await phone.get_by_role("menuitem", name="Бөгөттөө").click()
    await expect(phone.get_by_role("button", name="Бөгөттөн чыгаруу")).to_be_visible()
    assert world.whatsapp.phone(aigul).blocked
    assert desk.complaints == []


@pytest.mark.usefixtures("answering")
async def test_a_link_opens_the_other_messenger(browser: Browser, handle: Handle, graph: Graph, world: World) -> None:
    aigul = world.person("aigul")
    await people.write(world, aigul, "Салам")
    await graph.text(f"https://wa.me/{world.whatsapp.number}?text=%D0%90%D1%88%D0%B0%D1%80%20i12", AIGUL)
    await graph.text("https://t.me/ashar_sandbox_bot?start=i12", AIGUL)
    desk = await phones.desk_on(browser, handle)
    phone = desk.phone()
    await phone.get_by_role("button", name="WhatsApp").click()
    await phone.get_by_role("link", name="wa.me").click()
    await expect(phone.locator(".own").get_by_text("Ашар i12")).to_be_visible()
    await phone.get_by_role("link", name="t.me").click()
    await expect(phone.get_by_text("/start i12")).to_be_visible()


@pytest.mark.usefixtures("answering")
async def test_a_photo_is_sent_and_seen(browser: Browser, handle: Handle, world: World) -> None:
    desk = await phones.desk_on(browser, handle)
    phone = desk.phone()
    await phone.get_by_role("button", name="WhatsApp").click()
    await phone.get_by_role("button", name="Тиркөө").click()
    async with desk.page.expect_file_chooser() as choosing:
        await phone.get_by_role("menuitem", name="Сүрөт").click()
    picture: Any = {"name": "a.png", "mimeType": "image/png", "buffer": phones.PICTURE}
    await (await choosing.value).set_files(picture)
    await expect(phone.locator(".own .photo img")).to_be_visible()
    await expect(phone.get_by_text("image")).to_be_visible()
    (sent,) = [m for m in world.whatsapp.messages("aigul") if not m.by_bot]
    assert sent.media is not None
    assert base64.b64encode(world.whatsapp.data(sent.media) or b"") == base64.b64encode(phones.PICTURE)


@pytest.mark.usefixtures("answering")
async def test_a_native_form_is_filled_in_and_sent(browser: Browser, handle: Handle, graph: Graph, ear: Ear) -> None:
    world, aigul = handle.world, handle.world.person("aigul")
    fields = (
        Field("title", "Эмне жөнүндө?", most=60),
        Field("text", "Толук жазыңыз.", most=1_000, is_needed=False, is_now="Эски сөз"),
        Field("theme", "Кайсы тема?", options=(("w", "Суу"), ("r", "Жол"))),
        Field("day", "Качан?", is_day=True, is_needed=False),
    )
    page = Page("Бир баракка толтурсаңыз болот.", "Баракты ачуу", "Жообуңуз", "Жөнөтүү", "as:7:f:", fields)
    await people.write(world, aigul, "Салам")
    form = {"body": {"text": "Эмне жөнүндө?"}, **form_of(page, published_form(world.whatsapp))}
    assert (await graph.send("interactive", form, AIGUL))[0] == 200
    desk = await phones.desk_on(browser, handle)
    phone = desk.phone()
    await phone.get_by_role("button", name="WhatsApp").click()
    await phone.get_by_role("button", name="Баракты ачуу").click()
    sheet = phone.get_by_role("dialog", name="Баракты ачуу")
    first = sheet.get_by_role("textbox").first
    await expect(first).to_have_accessible_description("Эмне жөнүндө?")
    await expect(first).to_have_attribute("maxlength", "60")
    await sheet.get_by_role("button", name="Жөнөтүү").click()
    await expect(sheet).to_be_visible()  # what is needed is not filled in yet
    await first.fill("Суу жок")
    await expect(sheet.get_by_role("textbox").nth(1)).to_have_value("Эски сөз")
    await sheet.get_by_role("combobox").select_option("Жол")
    assert [each for each in await chromium.barriers(desk.page) if each[0] in ("serious", "critical")] == []
    assert await desk.sideways() == 0
    await sheet.get_by_role("button", name="Жөнөтүү").click()
    await expect(sheet).to_be_hidden()
    await world.whatsapp.settled()
    answers = json.loads(ear.messages()[-1]["interactive"]["nfm_reply"]["response_json"])
    assert answers["flow_token"] == "as:7:f:"
    assert answers_in(answers) == (("title", "Суу жок"), ("text", "Эски сөз"), ("theme", "r"), ("day", ""))
    assert desk.complaints == []
