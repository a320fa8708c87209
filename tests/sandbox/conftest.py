"""A sandbox of its own for every test, and a real aiogram bot that speaks with it over loopback."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from sandbox import people
from sandbox.chats import Person
from sandbox.clock import Clock
from sandbox.graphapi.setup import subscribe
from sandbox.server import Handle, serve
from sandbox.world import World
from tests.sandbox.graph import Ear, Graph

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


class QuickSession(AiohttpSession):
    """aiogram's session without the quarter of a second it sleeps when closed."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def bot_on(url: str, token: str, timeout: float = 10.0) -> Bot:
    """An aiogram bot whose Telegram is the sandbox."""
    session = QuickSession(api=TelegramAPIServer.from_base(url), timeout=timeout)
    return Bot(token=token, session=session)


@pytest.fixture
def world() -> World:
    return World(clock=Clock(at=NOW), rates=None, webhook_retry=0.02)


@pytest.fixture
async def handle(world: World) -> AsyncIterator[Handle]:
    running = await serve(world, "127.0.0.1", 0)
    yield running
    await running.close()


@pytest.fixture
async def bot(world: World, handle: Handle) -> AsyncIterator[Bot]:
    made = bot_on(handle.url, world.token)
    yield made
    await made.session.close()


@pytest.fixture
async def aigul(world: World) -> Person:
    """Aigul has started the bot, and the bot has been told."""
    person = world.person("aigul")
    await people.start(world, person)
    world.updates.drop()
    return person


@pytest.fixture
async def graph(handle: Handle) -> AsyncIterator[Graph]:
    """Requests to the local WhatsApp."""
    async with aiohttp.ClientSession() as session:
        yield Graph(handle, session)


@pytest.fixture
async def ear(world: World, handle: Handle) -> AsyncIterator[Ear]:
    """A webhook that is subscribed to the local WhatsApp."""
    made = Ear(world.whatsapp.verify_token, world.whatsapp.app_secret)
    app = web.Application()
    app.router.add_get("/hook", made.shake)
    app.router.add_post("/hook", made.hear)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await subscribe(world.whatsapp, made.url)
    yield made
    await runner.cleanup()
