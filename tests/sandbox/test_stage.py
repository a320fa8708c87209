"""Does the browser get what was agreed with it?"""

import asyncio
import base64
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultArticle
from aiogram.types import InputTextMessageContent as Words

from sandbox.cast import GROUP
from sandbox.chats import Json, Person
from sandbox.faults import Fault, Kind
from sandbox.people import PIXEL
from sandbox.server import Handle
from sandbox.world import World


class Browser:
    """Asks the stage as the phones page does."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url, self.session = url, session

    async def get(self, path: str) -> Json:
        async with self.session.get(self.url + path) as response:
            body: Json = await response.json()
            return body

    async def post(self, path: str, **body: Any) -> Json:
        async with self.session.post(self.url + path, json=body) as response:
            answer: Json = await response.json()
            return answer

    async def act(self, do: str, person: int = 101, chat: int | None = None, **more: Any) -> Json:
        return await self.post("/stage/act", person=person, chat=chat or person, do=do, **more)


@pytest.fixture
async def browser(handle: Handle) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as session:
        yield Browser(handle.url, session)


async def test_state(browser: Browser, bot: Bot, world: World) -> None:
    await bot.set_my_commands([BotCommand(command="issues", description="Маселелер")])
    state = await browser.get("/stage/state")
    assert state["bot"] == {"id": 1, "name": "Ashar", "username": "ashar_sandbox_bot"}
    assert state["people"][0]["phone"] == "+996700000101"
    assert state["people"][0]["persona"] == "resident"
    private = state["chats"][0]
    assert (private["key"], private["type"], private["people"], private["blocked"]) == ("101", "private", [101], False)
    assert private["commands"] == [{"command": "issues", "description": "Маселелер"}]
    assert {chat["type"] for chat in state["chats"]} == {"private", "supergroup", "channel"}
    assert state["faults"] == []
    assert state["now"].endswith("+06:00")


async def test_messages_since_a_version(browser: Browser, bot: Bot, world: World) -> None:
    first = await browser.act("start", payload="i12")
    assert first["message"]["text"] == "/start i12"
    sent = await bot.send_message(101, "hello")
    everything = await browser.get("/stage/messages?chat=101")
    assert [m["text"] for m in everything["messages"]] == ["/start i12", "hello"]
    since = everything["version"]
    await bot.delete_message(101, sent.message_id)
    news = await browser.get(f"/stage/messages?chat=101&since={since}")
    assert [(m["message_id"], m["deleted"]) for m in news["messages"]] == [(sent.message_id, True)]
    assert (await browser.get("/stage/messages?chat=5")) == {"ok": False, "error": "there is no chat 5"}


async def test_every_verb(browser: Browser, bot: Bot, world: World) -> None:
    await browser.act("start")
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Sign", callback_data="s:1")]])
    sent = await bot.send_message(101, "petition", reply_markup=keyboard)
    picture = base64.b64encode(PIXEL).decode()
    said = await browser.act("write", text="hello", reply_to=sent.message_id)
    assert said["message"]["reply_to_message"]["text"] == "petition"
    assert (await browser.act("press", message=sent.message_id, data="s:1"))["ok"]
    assert (await browser.act("contact", whose=101))["message"]["contact"]["user_id"] == 101
    assert (await browser.act("contact", whose=102))["message"]["contact"]["user_id"] == 102
    assert "user_id" not in (await browser.act("contact", whose="stranger"))["message"]["contact"]
    assert (await browser.act("location", latitude=42.8, longitude=74.5))["ok"]
    photo = await browser.act("photo", name="a.png", base64=f"data:image/png;base64,{picture}")
    assert photo["message"]["photo"][0]["width"] == 1
    assert (await browser.act("document", name="a.txt", mime="text/plain", base64="aGk="))["ok"]
    assert (await browser.act("voice", base64="T2dn"))["message"]["voice"]["mime_type"] == "audio/ogg"
    message_id = said["message"]["message_id"]
    assert (await browser.act("edit", message=message_id, text="bye"))["message"]["text"] == "bye"
    assert (await browser.act("add_bot", chat=GROUP))["ok"]
    poll = await bot.send_poll(GROUP, "Качан?", ["Бүгүн", "Эртең"])
    assert (await browser.act("vote", chat=GROUP, message=poll.message_id, options=[0]))["ok"]
    assert (await browser.act("remove_bot", person=102, chat=GROUP))["ok"]
    assert (await browser.act("block"))["ok"]
    assert (await browser.act("write", text="x")) == {
        "ok": False,
        "error": "the bot is blocked; unblock it first",
    }
    assert (await browser.act("unblock"))["ok"]
    assert (await browser.act("delete_account"))["ok"]
    assert (await browser.act("fly"))["ok"] is False
    assert (await browser.act("write", person=999, text="x"))["error"] == "nobody here is called 999"
    assert (await browser.act("location", person=102, latitude="x"))["ok"] is False


async def test_inline_and_choose(browser: Browser, bot: Bot, world: World) -> None:
    asking = asyncio.create_task(browser.act("inline", query="жарык", offset=""))
    await world.until(lambda: len(world.updates))
    query = (await bot.get_updates())[0].inline_query
    assert query is not None
    result = InlineQueryResultArticle(id="i1", title="Жарык", input_message_content=Words(message_text="Жарык жок"))
    await bot.answer_inline_query(query.id, [result])
    answer = await asking
    assert (answer["ok"], answer["results"][0]["title"]) == (True, "Жарык")
    assert (await browser.act("choose", result="i1"))["message"]["text"] == "Жарык жок"


async def test_the_clock(browser: Browser, world: World) -> None:
    turned = await browser.post("/stage/clock", to="2026-11-04T09:00:00+06:00")
    assert turned["now"].startswith("2026-11-04T09:00:0")
    later = await browser.post("/stage/clock", by_seconds=86400)
    assert later["now"].startswith("2026-11-05T09:00:0")
    assert later["turned_seconds"] == round(world.clock.turned.total_seconds())
    assert (await browser.post("/stage/clock", reset=True))["turned_seconds"] == 0
    assert (await browser.get("/stage/clock"))["turned_seconds"] == 0


async def test_the_outbox(browser: Browser, bot: Bot, world: World, aigul: Person) -> None:
    await bot.send_message(aigul.id, "hello")
    await bot.get_me()
    await bot.get_updates()
    calls = (await browser.get("/stage/outbox?since=0"))["calls"]
    assert [(c["n"], c["method"], c["chat"], c["status"], c["summary"]) for c in calls] == [
        (1, "sendMessage", 101, 200, "hello"),
        (2, "getMe", None, 200, ""),
    ]
    assert (await browser.get("/stage/outbox?since=2")) == {"calls": []}


async def test_the_pace_and_the_letters(browser: Browser, bot: Bot, world: World, aigul: Person) -> None:
    async def letters() -> dict[str, int]:
        return {"waits": 3, "daily": 1}

    for _ in range(4):
        await bot.send_message(aigul.id, "hello")
    world.faults.add(Fault(Kind.TOO_MANY_REQUESTS, retry_after=1))
    with contextlib.suppress(TelegramRetryAfter):
        await bot.send_message(aigul.id, "hello")
    await bot.get_me()  # is no message
    said = {"a_second": 0.8, "calls": {"sent": 5, "again": 1}, "letters": None}
    assert await browser.get("/stage/post") == said
    world.letters = letters
    assert await browser.get("/stage/post") == {**said, "letters": {"waits": 3, "daily": 1}}


async def test_faults_are_ordered_and_cleared(browser: Browser, world: World) -> None:
    await browser.post("/stage/faults", kind="bad_gateway", method="sendMessage", chat=None, times=2)
    state = await browser.get("/stage/state")
    assert [(f["kind"], f["times"]) for f in state["faults"]] == [("bad_gateway", 2)]
    async with browser.session.delete(browser.url + "/stage/faults") as response:
        assert (await response.json())["ok"]
    assert world.faults.waiting() == []
    assert (await browser.post("/stage/faults", kind="earthquake"))["ok"] is False


async def test_files_have_their_type(browser: Browser, world: World) -> None:
    await browser.act("start")
    picture = base64.b64encode(PIXEL).decode()
    photo = await browser.act("photo", name="a.png", base64=picture)
    file_id = photo["message"]["photo"][0]["file_id"]
    async with browser.session.get(f"{browser.url}/stage/file?id={file_id}") as response:
        assert (response.status, await response.read()) == (200, PIXEL)
        assert response.content_type.startswith("image/")
    async with browser.session.get(f"{browser.url}/stage/file?id=none") as response:
        assert response.status == 404


async def test_events(browser: Browser, bot: Bot, world: World, aigul: Person) -> None:
    events: list[Json] = []

    async def listen() -> None:
        async with browser.session.get(browser.url + "/stage/events") as response:
            assert response.content_type == "text/event-stream"
            async for line in response.content:
                if line.startswith(b"data: "):
                    events.append(json.loads(line[6:]))

    listening = asyncio.create_task(listen())
    await world.until(lambda: world.listeners)
    await bot.send_chat_action(aigul.id, "typing")
    await bot.send_message(aigul.id, "hello")
    world.alert(aigul, "Signed", show_alert=False)
    await browser.post("/stage/clock", by_seconds=60)
    await world.until(lambda: {e["kind"] for e in events} >= {"typing", "changed", "outbox", "alert", "clock"})
    listening.cancel()
    changed = next(e for e in events if e["kind"] == "changed")
    assert changed["chats"] == [101]
    assert next(e for e in events if e["kind"] == "alert")["text"] == "Signed"


async def test_reset(browser: Browser, bot: Bot, world: World) -> None:
    await browser.act("start")
    await browser.act("add_bot", chat=GROUP)
    assert (await browser.post("/stage/reset"))["ok"]
    assert world.messages(101) == []
    assert world.chat(GROUP).bot_status == "left"
    assert len(world.updates) == 0
    assert not world.chat(101).started


async def test_only_the_page_itself_is_served(browser: Browser) -> None:
    for path in ("/../world.py", "/%2e%2e/world.py", "/nothing.html"):
        async with browser.session.get(browser.url + path) as response:
            assert response.status == 404
