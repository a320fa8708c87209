"""What the tests of WhatsApp share: a Graph API on this machine."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.bot.whatsapp.graph import Graph


@pytest.fixture
async def graph() -> AsyncIterator[Graph]:
    """A Graph API that refuses what the real one refuses."""
    made = Graph()
    runner = web.AppRunner(made.app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()
