"""Can a stranger use the phones page? A real headless Chromium, the real sandbox, and a small bot that answers."""

import asyncio
import base64
import contextlib
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from sandbox import people
from sandbox.cast import CHANNEL, GROUP
from sandbox.people import PIXEL
from sandbox.server import Handle
from sandbox.world import World
from tests import chromium

PAGE = Path(people.__file__).parent / "web"
browser, one_loop = chromium.browser, chromium.one_loop
WIDE = (1400, 900)
PHONE = (360, 740)
PICTURE = base64.b64decode(  # a picture of 8 by 8
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGNgqC7HihiGlgQAhx9fgUwt74oAAAAASUVORK5CYII="
)


def button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)


class SmallBot:
    """Answers every kind of message in one line, edits when pressed, offers one result in inline mode."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def work(self) -> None:
        offset = 0
        while True:
            for update in await self.bot.get_updates(offset=offset, timeout=5):
                offset = update.update_id + 1
                await self.hear(update)

    async def hear(self, update: Update) -> None:
        if update.message and update.message.chat.type == "private":
            await self.answer(update.message)
        elif update.callback_query:
            await self.pressed(update.callback_query)
        elif update.inline_query:
            words = InputTextMessageContent(message_text=f"Табылды: {update.inline_query.query}")
            result = InlineQueryResultArticle(id="1", title="Маселе №48", input_message_content=words)
            await self.bot.answer_inline_query(update.inline_query.id, [result], cache_time=0)

    async def answer(self, message: Message) -> None:
        text = message.text or ""
        chat = message.chat.id
        if text == "/start":
            rows = [[button("Кол коюу", "sign"), button("Эскертүү", "alert")]]
            markup = InlineKeyboardMarkup(inline_keyboard=rows)
            await self.bot.send_message(chat, "Саламатсызбы!", reply_markup=markup)
        elif text.startswith("/start "):
            await self.bot.send_message(chat, f"Шилтеме: {text[7:]}")
        elif message.contact:
            await self.bot.send_message(chat, f"Номер: {message.contact.phone_number}")
        elif message.location:
            await self.bot.send_message(chat, f"Жер: {message.location.latitude:.2f}")
        elif message.photo:
            await self.bot.send_message(chat, f"Сүрөт: {message.photo[-1].width}")
        elif message.document:
            await self.bot.send_document(chat, message.document.file_id, caption="Файлыңыз кайтты")
        else:
            await self.bot.send_message(chat, f"Жооп: {text}")

    async def pressed(self, query: CallbackQuery) -> None:
        if query.data == "alert":
            await self.bot.answer_callback_query(query.id, "Кайтара албайсыз", show_alert=True)
            return
        await self.bot.answer_callback_query(query.id, "Кабыл алынды")
        if isinstance(query.message, Message):
            rows = [[button("Артка", "sign")]]
            markup = InlineKeyboardMarkup(inline_keyboard=rows)
            await query.message.edit_text("Колуңуз коюлду", reply_markup=markup)


expect.set_options(timeout=10_000)


@pytest.fixture
async def answering(bot: Bot) -> AsyncIterator[None]:
    work = asyncio.create_task(SmallBot(bot).work())
    yield
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


class Desk:
    """A browser on the phones page; every complaint of its console is kept."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def open(self) -> None:
        await self.page.goto(self.address)
        await expect(self.page.get_by_role("main").get_by_role("region").first).to_be_visible()

    def phone(self, name: str = "Айгүл Асанова") -> Locator:
        return self.page.get_by_role("region", name=f"Телефон: {name}")

    async def started(self, name: str = "Айгүл Асанова") -> Locator:
        phone = self.phone(name)
        await phone.get_by_role("button", name="Баштоо").click()
        await expect(phone.get_by_text("Саламатсызбы!")).to_be_visible()
        return phone

    async def sideways(self) -> int:
        width: int = await self.page.evaluate(
            "Math.max(0, ...[document.documentElement, document.body, ...document.querySelectorAll('.log, .phone')]"
            ".map((each) => each.scrollWidth - each.clientWidth))"
        )
        return width


async def desk_on(browser: Browser, handle: Handle, size: tuple[int, int] = WIDE, **more: Any) -> Desk:
    width, height = size
    context: BrowserContext = await browser.new_context(viewport={"width": width, "height": height}, **more)
    context.set_default_timeout(8_000)
    desk = Desk(await context.new_page(), handle.url)
    await desk.open()
    return desk


@pytest.fixture
async def desk(browser: Browser, handle: Handle, answering: None) -> AsyncIterator[Desk]:
    opened = await desk_on(browser, handle)
    yield opened
    assert opened.complaints == []


async def attach(desk: Desk, phone: Locator, *choices: str) -> None:
    await phone.get_by_role("button", name="Тиркөө").click()
    for choice in choices:
        await phone.get_by_role("menuitem", name=re.compile(f"^{choice}")).click()


async def test_a_person_starts_writes_and_sees_the_answer(desk: Desk) -> None:
    phone = await desk.started()
    field = phone.get_by_role("textbox")
    await field.fill("Көпүрө сынып калды")
    await field.press("Enter")
    await expect(phone.get_by_text("Жооп: Көпүрө сынып калды")).to_be_visible()
    await expect(field).to_have_value("")
    await expect(desk.phone("Чолпон Жумабаева").get_by_text("Көпүрө")).to_have_count(0)


async def test_a_press_edits_the_message_in_place_and_shows_what_the_bot_says(desk: Desk) -> None:
    phone = await desk.started()
    await phone.get_by_role("button", name="Кол коюу").click()
    await expect(phone.get_by_text("Кабыл алынды")).to_be_visible()
    await expect(phone.get_by_role("article")).to_have_count(2)
    await expect(phone.get_by_text("Колуңуз коюлду")).to_be_visible()
    await expect(phone.get_by_text("түзөтүлдү")).to_be_visible()


async def test_an_alert_covers_its_own_phone_until_it_is_closed(desk: Desk) -> None:
    phone = await desk.started()
    await phone.get_by_role("button", name="Эскертүү").click()
    alert = phone.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Кайтара албайсыз")
    await expect(desk.phone("Чолпон Жумабаева").get_by_role("button", name="Баштоо")).to_be_enabled()
    await desk.page.keyboard.press("Escape")
    await expect(alert).to_have_count(0)
    await expect(phone.get_by_role("button", name="Эскертүү")).to_be_focused()


async def test_contact_and_location_are_sent(desk: Desk) -> None:
    phone = await desk.started()
    await attach(desk, phone, "Байланыш", "Өзүмдүн номерим")
    await expect(phone.get_by_text("Номер: +996700000101")).to_be_visible()
    await attach(desk, phone, "Байланыш", "Бакыт Токтосунов")
    await expect(phone.get_by_text("Номер: +996700000102")).to_be_visible()
    await attach(desk, phone, "Жайгашкан жер", "Кочкор айылы")
    await expect(phone.get_by_text("Жер: 42.22")).to_be_visible()


async def test_the_bots_own_keyboard_sends_the_number_and_goes_away(desk: Desk, bot: Bot) -> None:
    phone = await desk.started()
    keyboard = [[KeyboardButton(text="Номеримди жөнөтүү", request_contact=True)], [KeyboardButton(text="Кийинчерээк")]]
    markup = ReplyKeyboardMarkup(keyboard=keyboard, resize_keyboard=True, one_time_keyboard=True)
    await bot.send_message(101, "Номериңиз керек", reply_markup=markup)
    await phone.get_by_role("button", name="Номеримди жөнөтүү").click()
    await expect(phone.get_by_text("Номер: +996700000101")).to_be_visible()
    await expect(phone.get_by_role("button", name="Кийинчерээк")).to_have_count(0)


async def test_a_photo_and_a_file_are_sent_and_a_file_can_be_taken_back(desk: Desk) -> None:
    phone = await desk.started()
    async with desk.page.expect_file_chooser() as asked:
        await attach(desk, phone, "Сүрөт")
    await (await asked.value).set_files({"name": "көпүрө.png", "mimeType": "image/png", "buffer": PICTURE})
    await expect(phone.get_by_text("Сүрөт: 8")).to_be_visible()
    await expect(phone.get_by_role("img", name="Сүрөт")).to_have_js_property("naturalWidth", 8)
    async with desk.page.expect_file_chooser() as asked:
        await attach(desk, phone, "Файл")
    paper = {"name": "Бюджет 2026.csv", "mimeType": "text/csv", "buffer": "жол;1 234 сом".encode()}
    await (await asked.value).set_files(paper)  # type: ignore[arg-type]
    back = phone.get_by_role("article").filter(has_text="Файлыңыз кайтты")
    async with desk.page.expect_download() as downloading:
        await back.get_by_role("link", name="Жүктөп алуу: Бюджет 2026.csv").click()
    saved = await (await downloading.value).path()
    assert saved.read_bytes().decode() == "жол;1 234 сом"


async def test_the_clock_turns(desk: Desk, world: World) -> None:
    clock = desk.page.get_by_role("button", name="Сынамыктын сааты")
    await expect(clock).to_contain_text("18:30")
    await expect(clock).to_contain_text("04.05.2026, дүйшөмбү")
    phone = await desk.started()
    await desk.page.get_by_role("button", name="+1 күн").first.click()
    await expect(clock).to_contain_text("05.05.2026, шейшемби")
    await expect(phone.get_by_text("Кечээ")).to_be_visible()
    await desk.page.get_by_role("button", name="+1 ай").first.click()
    await expect(clock).to_contain_text("05.06.2026, жума")
    await clock.click()
    await desk.page.get_by_label("Убакытты коюу", exact=True).fill("2026-11-04T09:00")
    await desk.page.get_by_role("button", name="Коюу", exact=True).click()
    await expect(clock).to_contain_text("09:00")
    assert world.clock.now().isoformat()[:16] == "2026-11-04T03:00"
    world.clock.turn_by(3600)  # by somebody else: the page is told
    await expect(clock).to_contain_text("10:00")


async def test_the_outbox_shows_what_succeeded_and_what_did_not(desk: Desk, bot: Bot) -> None:
    phone = await desk.started()
    await desk.page.get_by_role("button", name="Үзгүлтүктөр").click()
    await desk.page.get_by_label("Эмне болот").select_option("forbidden")
    await desk.page.get_by_label("Кайсы чакырууда").select_option("sendMessage")
    await desk.page.get_by_role("button", name="Кошуу", exact=True).click()
    await expect(desk.page.get_by_text("калды: 1")).to_be_visible()
    with pytest.raises(Exception, match="blocked"):
        await bot.send_message(103, "Жетпейт")
    await expect(desk.page.get_by_text("Үзгүлтүк жок")).to_be_visible()
    await desk.page.get_by_role("button", name="Жөнөтүүлөр").click()
    calls = desk.page.get_by_role("complementary").get_by_role("listitem")
    failed = calls.filter(has_text="Жетпейт")
    await expect(failed).to_contain_text("✕")
    await expect(failed).to_contain_text("403 ката.")
    await expect(failed).to_contain_text("Чолпон")
    await expect(calls.filter(has_text="Саламатсызбы!")).to_contain_text("✓")
    await phone.get_by_role("textbox").fill("Жаңы")
    await phone.get_by_role("button", name="Жөнөтүү").click()
    await expect(calls.first).to_contain_text("Жооп: Жаңы")
    await desk.page.get_by_label("Каталарды гана көрсөтүү").check()
    await expect(calls.filter(visible=True)).to_have_count(1)


async def test_everything_is_done_with_the_keyboard_alone(desk: Desk) -> None:
    keys = desk.page.keyboard
    phone = desk.phone()

    async def walk_to(goal: Locator, key: str = "Tab") -> None:
        for _ in range(40):
            if await goal.evaluate("(each) => each === document.activeElement"):
                return
            await keys.press(key)
        raise AssertionError(f"{key} does not lead to {goal}")

    await walk_to(phone.get_by_role("button", name="Баштоо"))
    await keys.press("Enter")
    field = phone.get_by_role("textbox")
    await expect(field).to_be_focused()
    await keys.type("Салам")
    await keys.press("Enter")
    await expect(phone.get_by_text("Жооп: Салам")).to_be_visible()
    await walk_to(phone.get_by_role("button", name="Кол коюу"), "Shift+Tab")
    await keys.press("ArrowRight")
    await expect(phone.get_by_role("button", name="Эскертүү")).to_be_focused()
    await keys.press("ArrowLeft")
    await keys.press("Enter")
    await expect(phone.get_by_role("button", name="Артка")).to_be_focused()  # the redrawn message keeps the focus
    await walk_to(phone.get_by_role("log"), "Shift+Tab")
    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    await expect(phone.get_by_role("article").filter(has_text="Сиз: Салам")).to_be_focused()
    await keys.press("Enter")
    await keys.press("ArrowDown")
    await expect(phone.get_by_role("menuitem", name="Түзөтүү")).to_be_focused()
    await keys.press("Enter")
    await expect(field).to_have_value("Салам")
    await keys.type("!")
    await keys.press("Enter")
    await expect(phone.get_by_role("article").filter(has_text="Сиз: Салам!")).to_be_visible()
    await walk_to(phone.get_by_role("tab", name="Ashar"), "Shift+Tab")
    await keys.press("ArrowRight")
    await keys.press("Enter")
    await expect(phone.get_by_role("tab", name="кошуналар")).to_have_attribute("aria-selected", "true")
    await walk_to(desk.page.get_by_role("button", name="Жардам"), "Shift+Tab")
    await keys.press("Enter")
    await expect(desk.page.get_by_role("complementary")).to_have_count(0)


async def test_on_a_phone_one_persona_fills_the_screen_and_nothing_scrolls_sideways(
    browser: Browser, handle: Handle, answering: None, bot: Bot
) -> None:
    desk = await desk_on(browser, handle, PHONE, has_touch=True, is_mobile=True)
    phone = await desk.started()
    await expect(desk.phone("Чолпон Жумабаева")).to_have_count(0)
    rows = [[button("Абдан узун баскыч, бир сапка эч качан батпай турган сөз менен", "sign")] * 3]
    await bot.send_message(101, "сөз" * 300, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))
    await expect(phone.get_by_text("сөзсөз")).to_be_visible()
    assert await desk.sideways() == 0
    await desk.page.get_by_role("button", name="Чолпон").click()
    await expect(desk.phone("Чолпон Жумабаева")).to_be_visible()
    await expect(desk.phone()).to_have_count(0)
    await bot.send_message(101, "Сизге кабар")
    await expect(desk.page.get_by_role("button", name="Айгүл")).to_contain_text("Окула элек билдирүүлөр: 1")
    for panel in ("Жардам", "Жөнөтүүлөр", "Үзгүлтүктөр"):
        await desk.page.get_by_role("button", name=panel).click()
        await expect(desk.page.get_by_role("complementary")).to_be_visible()
        assert await desk.sideways() == 0
    await desk.page.get_by_role("button", name="Бөлүмдү жабуу").click()
    await desk.page.reload()
    await expect(desk.phone("Чолпон Жумабаева")).to_be_visible()  # remembered
    assert desk.complaints == []


async def test_words_of_people_never_become_html_and_never_break_the_layout(desk: Desk, world: World) -> None:
    phone = await desk.started()
    nasty = (
        "<img src=x onerror=alert(1)><b>калың</b> \u202eтескери 👨‍👩‍👧‍👦🏳️‍🌈 "
        + "ұ\u0300\u0301\u0302" * 60
        + " "
        + "О" * 200
    )
    await people.write(world, world.person("aigul"), world.chat(101), nasty)
    await people.write(world, world.person("aigul"), world.chat(101), "javascript:alert(1) https://example.org/а?б=1.")
    await expect(phone.get_by_text("Жооп: <img src=x onerror=alert(1)>")).to_be_visible()
    assert await phone.locator("article img, article b").count() == 0
    link = phone.get_by_role("article").last.get_by_role("link")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(link).to_have_attribute("target", "_blank")
    assert await desk.sideways() == 0


async def test_styles_nest_and_a_long_quote_unfolds(desk: Desk, bot: Bot) -> None:
    phone = await desk.started()
    long = "Мыйзам боюнча маселе он төрт жумуш күнүнүн ичинде каралат. " * 5
    text = f"<b>Калың <i>жана жантык</i></b> <code>№48</code><blockquote expandable>{long}</blockquote>"
    await bot.send_message(101, text, parse_mode="HTML")
    await expect(phone.locator("b > i")).to_have_text("жана жантык")
    await expect(phone.locator("article code")).to_have_text("№48")
    quote = phone.locator("blockquote .fold")
    before = await quote.evaluate("(each) => each.clientHeight")
    unfold = phone.get_by_role("button", name="Толугу менен")
    await expect(unfold).to_have_attribute("aria-expanded", "false")
    await unfold.click()
    assert await quote.evaluate("(each) => each.clientHeight") > before
    await expect(phone.get_by_role("button", name="Жыйноо")).to_have_attribute("aria-expanded", "true")


async def test_a_deep_link_starts_the_bot_in_the_same_phone(desk: Desk, bot: Bot, world: World) -> None:
    await people.add_bot(world, world.person("bakyt"), GROUP)
    phone = await desk.started()
    await phone.get_by_role("tab", name="кошуналар").click()
    await bot.send_message(GROUP, "Маселе: https://t.me/ashar_sandbox_bot?start=i48")
    await phone.get_by_role("link", name="start=i48").click()
    await expect(phone.get_by_text("Шилтеме: i48")).to_be_visible()
    await expect(phone.get_by_role("tab", name="Ashar")).to_have_attribute("aria-selected", "true")
    assert len(desk.page.context.pages) == 1


async def test_the_head_says_that_the_bot_is_typing_until_it_has_written(desk: Desk, bot: Bot) -> None:
    phone = await desk.started()
    await bot.send_chat_action(101, "typing")
    await expect(phone.get_by_text("жазып жатат")).to_be_visible()
    await bot.send_message(101, "Даяр")
    await expect(phone.get_by_text("Даяр")).to_be_visible()
    await expect(phone.get_by_text("жазып жатат")).to_have_count(0)


async def test_sharing_asks_the_bot_and_puts_the_chosen_result_into_the_group(desk: Desk, bot: Bot) -> None:
    phone = await desk.started()
    share = InlineKeyboardButton(text="Бөлүшүү", switch_inline_query="i48")
    await bot.send_message(101, "Маселе", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[share]]))
    await phone.get_by_role("button", name="Бөлүшүү").click()
    box = phone.get_by_role("dialog")
    await box.get_by_label("кошуналар").check()
    await box.get_by_role("button", name="Маселе №48").click()
    await expect(phone.get_by_text("Табылды: i48")).to_be_visible()
    await expect(phone.get_by_role("tab", name="кошуналар")).to_have_attribute("aria-selected", "true")


async def test_what_is_said_in_the_group_is_seen_on_the_other_phone(desk: Desk) -> None:
    aigul, cholpon = desk.phone(), desk.phone("Чолпон Жумабаева")
    await aigul.get_by_role("tab", name="кошуналар").click()
    await aigul.get_by_role("textbox").fill("Ишембиде чогулабыз")
    await aigul.get_by_role("textbox").press("Enter")
    tab = cholpon.get_by_role("tab", name="кошуналар")
    await expect(tab).to_contain_text("Окула элек билдирүүлөр: 1")
    await tab.click()
    await expect(cholpon.get_by_role("article")).to_contain_text("Айгүл Асанова")
    await expect(tab).not_to_contain_text("Окула элек")


async def test_a_channel_is_read_by_members_and_written_by_its_owner(desk: Desk, bot: Bot, world: World) -> None:
    await people.add_bot(world, world.person("akylbek"), CHANNEL)
    await bot.send_message(CHANNEL, "Айыл жыйыны")
    phone = desk.phone()
    await phone.get_by_role("tab", name="өкмөтү").click()
    await expect(phone.get_by_text("Айыл жыйыны")).to_be_visible()
    await expect(phone.get_by_role("textbox")).to_have_count(0)
    await desk.page.get_by_role("button", name="Акылбек").click()
    owner = desk.phone("Акылбек Мамытов")
    await owner.get_by_role("tab", name="өкмөтү").click()
    await expect(owner.get_by_role("textbox")).to_be_visible()


async def test_a_vote_in_a_poll_is_counted(desk: Desk, bot: Bot) -> None:
    phone = await desk.started()
    await bot.send_poll(101, "Кайсы күнү?", ["Шейшемби", "Бейшемби"])
    poll = phone.get_by_role("group", name="Жашыруун сурамжылоо")
    await poll.get_by_label("Бейшемби").check()
    await poll.get_by_role("button", name="Добуш берүү").click()
    await expect(poll.get_by_role("listitem").filter(has_text="Бейшемби")).to_contain_text("100%")
    await expect(poll).to_contain_text("сиздин тандооңуз")


async def test_the_menu_lists_the_commands_and_the_bot_can_be_blocked(desk: Desk, bot: Bot, world: World) -> None:
    await bot.set_my_commands([BotCommand(command="issues", description="Маселелер")])
    phone = await desk.started()
    await phone.get_by_role("button", name="Боттун буйруктары").click()
    await phone.get_by_role("menuitem", name="/issues Маселелер").click()
    await expect(phone.get_by_text("Жооп: /issues")).to_be_visible()
    await phone.get_by_role("button", name="Чаттын менюсу").click()
    await phone.get_by_role("menuitem", name="Ботту бөгөттөө").click()
    await phone.get_by_role("button", name="Бөгөттөн чыгаруу").click()
    await expect(phone.get_by_role("textbox")).to_be_visible()
    assert not world.chat(101).blocked


async def test_the_page_speaks_three_languages_and_remembers_which(desk: Desk) -> None:
    choice = desk.page.get_by_role("combobox", name="Барактын тили")
    await choice.select_option("en")
    await expect(desk.page.get_by_role("button", name="Outbox")).to_be_visible()
    await desk.page.get_by_role("combobox", name="Language of the page").select_option("ru")
    await expect(desk.page.get_by_role("region", name="Телефон: Айгүл Асанова")).to_be_visible()
    await desk.page.reload()
    await expect(desk.page.get_by_role("button", name="Отправленное")).to_be_visible()
    assert await desk.page.evaluate("document.documentElement.lang") == "ru"


async def test_beginning_anew_empties_every_phone(desk: Desk) -> None:
    phone = await desk.started()
    await desk.page.get_by_role("button", name="Баарын башынан баштоо").click()
    await desk.page.get_by_role("button", name="Улантуу").click()
    await expect(phone.get_by_role("button", name="Баштоо")).to_be_visible()
    await expect(phone.get_by_role("article")).to_have_count(0)
    await desk.started()


async def test_without_a_stream_of_events_the_page_asks_again_and_again(
    browser: Browser, handle: Handle, answering: None
) -> None:
    context = await browser.new_context()
    await context.route("**/stage/events", lambda route: route.abort())
    desk = Desk(await context.new_page(), handle.url)
    await desk.open()
    await desk.phone().get_by_role("button", name="Баштоо").click()
    await expect(desk.phone().get_by_text("Саламатсызбы!")).to_be_visible(timeout=10_000)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_axe_finds_nothing_serious(
    browser: Browser, handle: Handle, answering: None, bot: Bot, world: World, size: tuple[int, int]
) -> None:
    desk = await desk_on(browser, handle, size, reduced_motion="reduce")
    page = desk.page

    async def clean(where: str) -> None:
        assert [(where, each) for each in await chromium.barriers(page) if each[0] in ("serious", "critical")] == []

    await clean("the first screen")
    await bot.set_my_commands([BotCommand(command="issues", description="Маселелер")])
    phone = await desk.started()
    aigul = world.person("aigul")
    await people.photo(world, aigul, PICTURE, caption="Көпүрө")
    await people.location(world, aigul, 42.2, 75.7)
    await people.contact(world, aigul, aigul)
    await people.document(world, aigul, b"x", "a.pdf", "application/pdf")
    await people.photo(world, aigul, PIXEL)
    styles = ["primary", "success", "danger", None]
    keys = [InlineKeyboardButton(text=str(each), callback_data="x", style=each) for each in styles]
    link = "<a href='https://example.org'>в</a>"
    text = f"<b>а</b> <code>б</code> {link} <blockquote>г</blockquote> <tg-spoiler>д</tg-spoiler>"
    markup = InlineKeyboardMarkup(inline_keyboard=[keys])
    sent = await bot.send_message(101, text, parse_mode="HTML", reply_markup=markup)
    await bot.pin_chat_message(101, sent.message_id)
    await bot.send_poll(101, "Кайсы?", ["1", "2"])
    await bot.send_message(
        101, "Б", reply_markup=ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Орун", request_location=True)]])
    )
    await expect(phone.get_by_role("button", name="Орун")).to_be_visible()
    await clean("a chat")
    await phone.get_by_role("button", name="Тиркөө").click()
    await clean("the attachments")
    await page.keyboard.press("Escape")
    await phone.get_by_role("button", name="Чаттын менюсу").click()
    await clean("the menu of the chat")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Сынамыктын сааты").click()
    await clean("the clock")
    await page.keyboard.press("Escape")
    await phone.get_by_role("tab", name="кошуналар").click()
    await clean("the group")
    await phone.get_by_role("tab", name="Ashar").click()
    world.alert(aigul, "Болбойт", show_alert=True)
    await expect(phone.get_by_role("alertdialog")).to_be_visible()
    await clean("an alert")
    await phone.get_by_role("alertdialog").get_by_role("button").click()
    with contextlib.suppress(Exception):
        await bot.send_message(999, "Жок адам")
    for panel in ("Жөнөтүүлөр", "Үзгүлтүктөр"):
        await page.get_by_role("button", name=panel).click()
        await clean(panel)
    assert desk.complaints == []


def test_the_pages_words_are_the_same_in_three_languages_and_all_of_them_are_used() -> None:
    words = {code: json.loads((PAGE / "words" / f"{code}.json").read_text()) for code in ("ky", "ru", "en")}
    assert list(words["ky"]) == list(words["ru"]) == list(words["en"])
    code = "\n".join(path.read_text() for path in sorted(PAGE.rglob("*.js")))
    said = set(re.findall(r"""["'`]([a-z][a-z0-9_-]+)["'`]""", code))
    beginnings = ("persona-", "fault-", "guide-", "panel-", "place-", "post-")
    unused = [key for key in words["ky"] if key not in said and not key.startswith(beginnings)]
    assert unused == []
    asked = set(re.findall(r"""\bt\(["']([a-z0-9_-]+)["']""", code))
    assert asked - set(words["ky"]) == set()
    for key, text in words["ky"].items():
        if isinstance(text, str):
            marks = set(re.findall(r"\{\w+\}", text))
            assert all(set(re.findall(r"\{\w+\}", words[code][key])) == marks for code in ("ru", "en")), key


def test_the_page_asks_nothing_of_the_outside_and_never_writes_html() -> None:
    for path in sorted(PAGE.rglob("*")):
        if path.suffix not in (".js", ".css", ".html"):
            continue
        text = path.read_text()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), path
        links = set(re.findall(r"https?://[\w.]+", text)) - {"http://www.w3.org", "https://www.openstreetmap.org"}
        assert links == set(), path
        assert len(text.splitlines()) <= 250, path
