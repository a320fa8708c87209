"""Do updates reach a webhook with its secret, and again when the bot stumbles?"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiohttp import web

from sandbox import people
from sandbox.chats import Json, Person
from sandbox.world import World


@dataclass
class Ear:
    """A web server that plays the bot's webhook."""

    url: str = ""
    heard: list[tuple[str | None, Json]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    reply: Json | None = None
    seconds: float = 0.0
    at_once: int = 0
    most_at_once: int = 0

    async def hear(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            self.heard.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
            status = self.answers.pop(0) if self.answers else 200
            await asyncio.sleep(self.seconds)
        finally:
            self.at_once -= 1
        return web.Response(status=status) if self.reply is None else web.json_response(self.reply)


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    made = Ear()
    app = web.Application()
    app.router.add_post("/hook", made.hear)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret(bot: Bot, world: World, aigul: Person, ear: Ear) -> None:
    await people.write(world, aigul, aigul.id, "before")
    await bot.set_webhook(ear.url, secret_token="a_Secret-1")
    await people.write(world, aigul, aigul.id, "after")
    await world.until(lambda: not len(world.updates))
    assert [(secret, update["message"]["text"]) for secret, update in ear.heard] == [
        ("a_Secret-1", "before"),
        ("a_Secret-1", "after"),
    ]


async def test_a_stumble_is_tried_again_and_noted(bot: Bot, world: World, aigul: Person, ear: Ear) -> None:
    ear.answers = [500, 502]
    await bot.set_webhook(ear.url)
    await people.write(world, aigul, aigul.id, "hello")
    await world.until(lambda: len(ear.heard) >= 2)
    info = await bot.get_webhook_info()
    assert info.last_error_message in (
        "Wrong response from the webhook: 500 Internal Server Error",
        "Wrong response from the webhook: 502 Bad Gateway",
    )
    await world.until(lambda: not len(world.updates))
    numbers = [update["update_id"] for _, update in ear.heard]
    assert len(numbers) == 3
    assert len(set(numbers)) == 1


async def test_nobody_listening_keeps_updates_pending(bot: Bot, world: World, aigul: Person) -> None:
    await bot.set_webhook("http://127.0.0.1:9/nobody")
    await people.write(world, aigul, aigul.id, "hello")
    await world.until(lambda: world.webhook is not None and world.webhook.last_error)
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (1, "Connection refused")
    await bot.delete_webhook()
    assert [u.message.text for u in await bot.get_updates() if u.message] == ["hello"]


async def test_no_more_connections_than_allowed(bot: Bot, world: World, aigul: Person, ear: Ear) -> None:
    ear.seconds = 0.03
    await bot.set_webhook(ear.url, max_connections=3)
    for number in range(9):
        await people.write(world, aigul, aigul.id, str(number))
    await world.until(lambda: not len(world.updates))
    assert len(ear.heard) == 9
    assert ear.most_at_once == 3


async def test_a_method_in_the_answer_is_carried_out(bot: Bot, world: World, aigul: Person, ear: Ear) -> None:
    ear.reply = {"method": "sendMessage", "chat_id": aigul.id, "text": "by the way"}
    await bot.set_webhook(ear.url)
    said = await people.write(world, aigul, aigul.id, "hello")
    assert (await world.answer(aigul.id, after=said.id)).text == "by the way"


async def test_webhooks_that_are_refused(bot: Bot, world: World) -> None:
    for url, secret, why in (
        ("ftp://127.0.0.1/x", None, "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://example.org/x", None, "bad webhook: the sandbox posts to this machine only, not to example.org"),
        ("http://127.0.0.1/x", "ö", "secret token contains unallowed characters"),
        ("http://127.0.0.1/x", "x" * 257, "secret token is too long"),
    ):
        with pytest.raises(TelegramBadRequest) as caught:
            await bot.set_webhook(url, secret_token=secret)
        assert caught.value.message == f"Bad Request: {why}"
    assert (await bot.get_webhook_info()).url == ""


async def test_pending_updates_can_be_dropped(bot: Bot, world: World, aigul: Person) -> None:
    await people.write(world, aigul, aigul.id, "hello")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == []
