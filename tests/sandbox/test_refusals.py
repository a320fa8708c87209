"""Does the sandbox refuse what Telegram refuses, in Telegram's words?"""

import json
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendGift
from aiogram.types import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
)

from sandbox import people
from sandbox.chats import Json, Person
from sandbox.server import Handle
from sandbox.world import World
from tests.sandbox.conftest import bot_on

Fields = dict[str, Any]


async def raw(handle: Handle, method: str, body: Fields, token: str | None = None) -> tuple[int, Json]:
    url = f"{handle.url}/bot{token or handle.world.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, data=body) as response:
        return response.status, await response.json()


async def refused(handle: Handle, method: str, **body: Any) -> str:
    fields = {key: value if isinstance(value, str) else json.dumps(value) for key, value in body.items()}
    status, answer = await raw(handle, method, fields)
    assert status == answer["error_code"] == 400, answer
    assert answer["ok"] is False
    return str(answer["description"]).removeprefix("Bad Request: ")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 101}, "message text is empty"),
        ({"chat_id": 101, "text": "  \n"}, "message text is empty"),
        ({"chat_id": 101, "text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"chat_id": 101, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": 101, "text": "🙂" * 2049}, "message is too long"),
        ({"chat_id": 777, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": -1001000000001, "text": "x"}, "chat not found"),
        ({"chat_id": 101, "text": "a\0b"}, "strings must be encoded in UTF-8"),
        ({"chat_id": 101, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"chat_id": 101, "text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
    ],
)
async def test_texts_that_are_refused(handle: Handle, aigul: Person, body: Fields, why: str) -> None:
    assert await refused(handle, "sendMessage", **body) == why


async def test_4096_units_count_after_the_markup_is_parsed(bot: Bot, aigul: Person) -> None:
    sent = await bot.send_message(aigul.id, f"<b>{'ө' * 4096}</b>", parse_mode="HTML")
    assert len(sent.text or "") == 4096
    await bot.send_message(aigul.id, "🙂" * 2048)


async def test_lone_surrogates_are_refused_even_inside_buttons(handle: Handle, aigul: Person) -> None:
    body = '{"chat_id": 101, "text": "a\\ud800"}'
    url = f"{handle.url}/bot{handle.world.token}/sendMessage"
    headers = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        assert (await response.json())["description"] == "Bad Request: strings must be encoded in UTF-8"
    markup = '{"inline_keyboard": [[{"text": "\\udfff", "callback_data": "x"}]]}'
    why = await refused(handle, "sendMessage", chat_id=101, text="x", reply_markup=markup)
    assert why == "strings must be encoded in UTF-8"


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        ("<b>a", "HTML", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a<br>", "HTML", 'Unsupported start tag "br" at byte offset 1'),
        ("ө</b>", "HTML", "Unexpected end tag at byte offset 2"),
        ("<b>a</i>", "HTML", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("1 < 2", "HTML", "Unexpected end of name at byte offset 2"),
        ("<a href='x", "HTML", "Unclosed start tag at byte offset 0"),
        ("*a", "MarkdownV2", "Can't find end of Bold entity at byte offset 0"),
        ("1. a", "MarkdownV2", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a `b", "MarkdownV2", "Can't find end of Code entity at byte offset 2"),
        ("ө [a](b", "MarkdownV2", "Can't find end of a URL at byte offset 3"),
        ("a_b", "Markdown", "Can't find end of the entity starting at byte offset 1"),
    ],
)
async def test_broken_markup(handle: Handle, aigul: Person, text: str, mode: str, why: str) -> None:
    description = await refused(handle, "sendMessage", chat_id=101, text=text, parse_mode=mode)
    assert description == f"can't parse entities: {why}"


@pytest.mark.parametrize(
    ("entity", "why"),
    [
        ((0, 9), "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 4"),
        ((-1, 2), "receive an entity with incorrect offset -1"),
        ((0, 1), "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at UTF-16 offset 1"),
    ],
)
async def test_entities_outside_the_text(bot: Bot, aigul: Person, entity: tuple[int, int], why: str) -> None:
    entities = [MessageEntity(type="bold", offset=entity[0], length=entity[1])]
    with pytest.raises(TelegramBadRequest) as caught:
        await bot.send_message(aigul.id, "🙂ab", entities=entities)
    assert caught.value.message == f"Bad Request: {why}"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[{"text": "A", "callback_data": "x" * 65}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "A", "callback_data": "ө" * 33}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "A", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
        ([[{"text": " ", "callback_data": "x"}]], "inline keyboard button text must be non-empty"),
        (
            [[{"text": "A"}]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            [[{"text": "A", "callback_data": "x", "url": "https://a.kg"}]],
            "can't parse inline keyboard button: Exactly one action is expected, found url, callback_data",
        ),
        ([[{"text": "A", "url": "not a link"}]], "inline keyboard button URL 'not a link' is invalid: Wrong HTTP URL"),
        (
            [[{"text": "A", "web_app": {"url": "http://a.kg"}}]],
            "inline keyboard button Web App URL 'http://a.kg' is invalid: Only HTTPS links are allowed",
        ),
        ([[{"text": str(n), "callback_data": "x"}] for n in range(101)], "reply markup is too long"),
    ],
)
async def test_inline_keyboards_that_are_refused(handle: Handle, aigul: Person, rows: Any, why: str) -> None:
    markup = {"inline_keyboard": rows}
    assert await refused(handle, "sendMessage", chat_id=101, text="x", reply_markup=markup) == why


async def test_a_hundred_buttons_with_64_bytes_are_allowed(bot: Bot, aigul: Person) -> None:
    rows = [[InlineKeyboardButton(text=str(n), callback_data="ө" * 32)] for n in range(100)]
    await bot.send_message(aigul.id, "x", reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


async def test_a_phone_is_asked_for_in_private_only(bot: Bot, world: World, aigul: Person) -> None:
    group = world.add_group("Көчө", aigul)
    await people.add_bot(world, aigul, group)
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Телефон", request_contact=True)]])
    with pytest.raises(TelegramBadRequest, match="phone number can be requested in private chats only"):
        await bot.send_message(group.id, "x", reply_markup=keyboard)


async def test_a_caption_of_more_than_1024_units(bot: Bot, world: World, aigul: Person) -> None:
    said = await people.photo(world, aigul)
    photo = said.json["photo"][-1]["file_id"]
    await bot.send_photo(aigul.id, photo, caption="ө" * 1024)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_photo(aigul.id, photo, caption="ө" * 1025)


async def test_somebody_who_never_started_the_bot(bot: Bot) -> None:
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot can't initiate conversation with a user"):
        await bot.send_message(102, "x")


async def test_somebody_who_blocked_the_bot(bot: Bot, world: World, aigul: Person) -> None:
    await people.block(world, aigul)
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(aigul.id, "x")
    await people.unblock(world, aigul)
    await bot.send_message(aigul.id, "x")
    changes = [u.my_chat_member for u in await bot.get_updates()]
    assert [(c.old_chat_member.status, c.new_chat_member.status) for c in changes if c] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_somebody_who_left_telegram(bot: Bot, world: World, aigul: Person) -> None:
    await people.delete_account(world, aigul)
    with pytest.raises(TelegramForbiddenError, match="Forbidden: user is deactivated"):
        await bot.send_message(aigul.id, "x")


async def test_a_wrong_token_and_an_unknown_method(handle: Handle, world: World) -> None:
    stranger = bot_on(handle.url, "1:wrong")
    with pytest.raises(TelegramUnauthorizedError, match="Unauthorized"):
        await stranger.get_me()
    await stranger.session.close()
    assert (await raw(handle, "getMe", {}, token="nonsense"))[0] == 404
    status, answer = await raw(handle, "makeCoffee", {})
    assert (status, answer["description"]) == (404, "Not Found: method not found")


async def test_methods_are_found_in_any_case_and_by_get(handle: Handle) -> None:
    url = f"{handle.url}/bot{handle.world.token}/GETme"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert (await response.json())["result"]["username"] == "ashar_sandbox_bot"


async def test_what_is_not_imitated_says_so(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="the sandbox does not imitate sendGift"):
        await bot(SendGift(gift_id="1", user_id=101))


async def test_types_are_held_against_aiograms_own(handle: Handle, aigul: Person) -> None:
    markup = {"inline_keyboard": [[{"callback_data": "x"}]]}
    why = await refused(handle, "sendMessage", chat_id=101, text="x", reply_markup=markup)
    assert "text" in why
    assert "message_id" in await refused(handle, "deleteMessage", chat_id=101, message_id="first")


async def test_without_validation_the_checks_of_telegram_remain(handle: Handle, world: World, aigul: Person) -> None:
    world.validate = False
    assert await refused(handle, "sendMessage", chat_id=101) == "message text is empty"
    assert await refused(handle, "sendMessage", text="x") == "chat_id is empty"
    markup = {"inline_keyboard": [[{"callback_data": "x"}]]}
    why = await refused(handle, "sendMessage", chat_id=101, text="x", reply_markup=markup)
    assert why == "can't parse inline keyboard button: Can't find field \"text\""


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (BotCommand(command="Үй", description="x"), "BOT_COMMAND_INVALID"),
        (BotCommand(command="x" * 33, description="x"), "BOT_COMMAND_INVALID"),
        (BotCommand(command="help", description="x" * 257), "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_that_are_refused(bot: Bot, command: BotCommand, why: str) -> None:
    with pytest.raises(TelegramBadRequest, match=why):
        await bot.set_my_commands([command])


async def test_a_file_cannot_be_fetched_with_another_token(handle: Handle, world: World, aigul: Person) -> None:
    said = await people.document(world, aigul, b"paper")
    kept = world.files.find(said.json["document"]["file_id"])
    assert kept is not None
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{handle.url}/file/bot1:wrong/{kept.path}") as response:
            assert response.status == 401
        async with session.get(f"{handle.url}/file/bot{world.token}/documents/none") as response:
            assert response.status == 404
