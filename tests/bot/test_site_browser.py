"""Can everybody read the public page? A real headless Chromium at the size of a small phone, with axe."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from exports.listing import LANGUAGES
from tests import chromium
from tests.bot.test_site import change
from tests.conversations.stage import Stage

browser, one_loop = chromium.browser, chromium.one_loop
PHONE = {"width": 320, "height": 570}
LONG = "Сөзсүзузунжанабөлүнбөгөнсөз" * 8
SMALLEST = 24  # CSS pixels: WCAG 2.2, 2.5.8


@asynccontextmanager
async def opened(browser: Browser, **more: Any) -> AsyncIterator[Page]:
    """A page on a small phone; whatever its console complains of fails the test."""
    context = await browser.new_context(**{"viewport": PHONE, "device_scale_factor": 1, **more})
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert [said for said in complaints if "404" not in said] == []
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
    await context.close()


async def sideways(page: Page) -> int:
    """How far the page can be pushed to the side."""
    width: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


async def boxes(page: Page) -> list[tuple[str, float, float, float]]:
    """Each link that can be seen: its words, and how wide, how high and how far to the right it reaches."""
    found = await page.get_by_role("link").evaluate_all(
        "links => links.map(link => [link.innerText, link.getBoundingClientRect()])"
        ".map(([text, box]) => [text, box.width, box.height, box.right])"
    )
    return [(text, width, height, right) for text, width, height, right in found]


@pytest.mark.parametrize("folder", LANGUAGES.values(), ids=LANGUAGES)
async def test_each_language_is_read_without_scripts_and_nothing_is_too_small_or_too_wide(
    browser: Browser, two_homes: Stage, folder: str
) -> None:
    base = f"{two_homes.settings.webhook_url}/ak-bulak/{folder}"
    async with opened(browser, java_script_enabled=False) as page:
        answer = await page.goto(base)
        assert answer is not None
        assert answer.status == 200
        assert await page.get_by_role("article").count() == 25
        links = await boxes(page)
        assert len(links) > 60
        assert [text for text, width, height, _ in links if height < SMALLEST or width < SMALLEST] == []
        assert [text for text, _, _, right in links if right > PHONE["width"]] == []
        await page.locator("a[href='#roads']").click()  # the contents lead to a theme
        heading = await page.locator("#roads h2").bounding_box()
        assert heading is not None
        assert -1 < heading["y"] < 60
    async with opened(browser) as page:
        await page.goto(base)
        assert await sideways(page) == 0
        assert await chromium.barriers(page) == []


async def test_the_list_of_municipalities_and_the_missing_page_are_for_everybody_too(
    browser: Browser, two_homes: Stage
) -> None:
    for path in ("/", "/ru/", "/nowhere"):
        async with opened(browser) as page:
            await page.goto(f"{two_homes.settings.webhook_url}{path}")
            assert await sideways(page) == 0
            assert await chromium.barriers(page) == []
            assert min(height for _, _, height, _ in await boxes(page)) >= SMALLEST


async def test_from_one_language_to_another_and_back_and_between_municipalities(
    browser: Browser, two_homes: Stage
) -> None:
    async with opened(browser, java_script_enabled=False) as page:
        await page.goto(f"{two_homes.settings.webhook_url}/")
        await page.get_by_role("link", name="Көк-Жар шаары").click()
        assert page.url.endswith("/kok-jar/")
        await page.get_by_role("link", name="English").click()
        assert page.url.endswith("/kok-jar/en/")
        await page.get_by_role("link", name="Aiyl aimaks and cities").click()
        assert page.url.endswith(f"{two_homes.settings.http_port}/en/")
        await page.get_by_role("link", name="Ak-Bulak aiyl aimak").click()
        await page.get_by_role("link", name="Кыргызча").click()
        assert page.url.endswith("/ak-bulak/")


async def test_endless_words_and_hostile_ones_break_nothing(browser: Browser, stage: Stage) -> None:
    hostile = f'<script>document.title = "broken"</script><img src=x onerror="document.title = 1"> {LONG}'
    await change(stage, doing_ky=hostile, responsible=LONG, post_ky=LONG, phone=LONG, label_ky=LONG[:40], text_ky=LONG)
    async with opened(browser) as page:
        await page.goto(f"{stage.settings.webhook_url}/")
        assert await sideways(page) == 0
        assert (await page.title()).startswith("Жергиликтүү маанидеги маселелер")
        assert await page.locator("article img, article script").count() == 0
        assert await chromium.barriers(page) == []


async def test_on_paper_the_ways_around_the_page_are_left_out(browser: Browser, stage: Stage) -> None:
    async with opened(browser, java_script_enabled=False) as page:
        await page.goto(f"{stage.settings.webhook_url}/")
        await page.emulate_media(media="print")
        assert not await page.locator("#contents").is_visible()
        assert not await page.get_by_role("link", name="Русский").is_visible()
        assert await page.get_by_text("+996 700 000 211").first.is_visible()
        assert (await page.pdf(format="A4")).startswith(b"%PDF")


async def test_large_letters_fit_a_small_phone(browser: Browser, stage: Stage) -> None:
    """Text twice as large (WCAG 1.4.4), on 320 pixels."""
    async with opened(browser) as page:
        await page.goto(f"{stage.settings.webhook_url}/ru/")
        await page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert await sideways(page) == 0
