"""What a test of a page needs: one headless Chromium for all of them, and a window of its own for each.

To start Chromium and the driver that leads it costs a second and a half. Both live in the event loop that started
them, so the modules that use them import `one_loop` as well: their tests share the loop of the session."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(name="_function_scoped_runner")
def one_loop(_session_scoped_runner: asyncio.Runner) -> asyncio.Runner:
    """The loop in which pytest-asyncio runs a test and its fixtures: here that of the session."""
    return _session_scoped_runner


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator["Browser"]:
    """Chromium, started when it is asked for first."""
    if CHROMIUM is None:
        why = "no Chromium here: install chromium to run the tests of the pages (.ci/run does)"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    from playwright.async_api import async_playwright  # half a second, for these tests only

    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        await started.close()


@pytest.fixture
async def browser(chromium: "Browser") -> AsyncIterator["Browser"]:
    """The same; every window that a test opened is closed after it."""
    yield chromium
    for context in chromium.contexts:
        await context.close()


async def barriers(page: "Page") -> list[tuple[str, str]]:
    """What axe finds that shuts somebody out, each with its weight: the page in light, its contrasts in the dark."""
    await page.emulate_media(color_scheme="light")
    found: list[Any] = (await Axe().run(page)).response["violations"]
    await page.emulate_media(color_scheme="dark")
    found += await page.evaluate("axe.run({runOnly: ['color-contrast']}).then(all => all.violations)")
    await page.emulate_media(color_scheme="light")
    return [(each["impact"], f"{each['id']}: {each['nodes'][0]['html'][:160]}") for each in found]
