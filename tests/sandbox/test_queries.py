"""Are presses and inline queries answered once, in time and in shape?"""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InlineQueryResultUnion,
    InputTextMessageContent,
)

from sandbox import people
from sandbox.chats import Person
from sandbox.people import CannotDo
from sandbox.world import World

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
SIGN = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Sign", callback_data="sign:12")]])


def article(key: str, text: str = "Көчө жарыгы") -> InlineQueryResultArticle:
    content = InputTextMessageContent(message_text=text, parse_mode="HTML")
    return InlineQueryResultArticle(id=key, title="Маселе", input_message_content=content)


async def asked(bot: Bot, world: World, query: str) -> InlineQuery:
    await world.until(lambda: len(world.updates))
    update = (await bot.get_updates(offset=-1))[0]
    assert update.inline_query is not None
    assert update.inline_query.query == query
    return update.inline_query


async def test_a_press_is_told_and_answered_with_an_alert(bot: Bot, world: World, aigul: Person) -> None:
    sent = await bot.send_message(aigul.id, "petition", reply_markup=SIGN)
    await people.press(world, aigul, aigul.id, sent.message_id, "sign:12")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("sign:12", aigul.id)
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    await bot.answer_callback_query(query.id, "Signed already", show_alert=True)
    (alert,) = world.alerts(aigul)
    assert (alert.text, alert.show_alert) == ("Signed already", True)


async def test_a_press_older_than_fifteen_minutes(bot: Bot, world: World, aigul: Person) -> None:
    await bot.send_message(aigul.id, "petition", reply_markup=SIGN)
    query = await people.tap(world, aigul, "Sign")
    world.clock.turn_by(14 * 60)
    await bot.answer_callback_query(query.id)
    world.clock.turn_by(2 * 60)
    with pytest.raises(TelegramBadRequest) as caught:
        await bot.answer_callback_query(query.id)
    assert caught.value.message == TOO_OLD
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query("12345")


async def test_an_alert_of_more_than_two_hundred_units(bot: Bot, world: World, aigul: Person) -> None:
    await bot.send_message(aigul.id, "petition", reply_markup=SIGN)
    query = await people.tap(world, aigul, "Sign")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(query.id, "x" * 201)
    with pytest.raises(TelegramBadRequest, match="URL_INVALID"):
        await bot.answer_callback_query(query.id, url="https://example.kg")
    await bot.answer_callback_query(query.id, "x" * 200)


async def test_old_buttons_and_old_messages_can_be_pressed(bot: Bot, world: World, aigul: Person) -> None:
    sent = await bot.send_message(aigul.id, "petition", reply_markup=SIGN)
    await bot.edit_message_reply_markup(chat_id=aigul.id, message_id=sent.message_id)
    await people.press(world, aigul, aigul.id, sent.message_id, "sign:12", stale=True)
    await people.press(world, aigul, aigul.id, sent.message_id, "sign:12", stale=True, inaccessible=True)
    readable, unreadable = [u.callback_query for u in await bot.get_updates() if u.callback_query]
    assert not isinstance(readable.message, InaccessibleMessage)
    assert isinstance(unreadable.message, InaccessibleMessage)


async def test_an_inline_query_and_its_results(bot: Bot, world: World, aigul: Person) -> None:
    typing = asyncio.create_task(people.inline(world, aigul, "жарык"))
    query = await asked(bot, world, "жарык")
    button = InlineQueryResultsButton(text="Катталуу", start_parameter="join")
    results: list[InlineQueryResultUnion] = [article("i12", "<b>Көчө</b> жарыгы")]
    await bot.answer_inline_query(query.id, results, next_offset="10", button=button)
    answer = await typing
    assert [result["title"] for result in answer.results] == ["Маселе"]
    assert answer.next_offset == "10"
    assert answer.button is not None
    post = await people.choose(world, aigul, aigul.id, "i12")
    assert post.text == "Көчө жарыгы"
    assert post.json["entities"] == [{"offset": 0, "length": 4, "type": "bold"}]
    message, chosen = await bot.get_updates(offset=query_offset(world))
    assert message.message is not None
    assert message.message.via_bot is not None
    assert chosen.chosen_inline_result is not None
    assert chosen.chosen_inline_result.result_id == "i12"


def query_offset(world: World) -> int:
    """The two updates after the query itself."""
    return world.updates.next_id - 2


async def test_an_inline_message_is_edited_by_its_own_id(bot: Bot, world: World, aigul: Person) -> None:
    typing = asyncio.create_task(people.inline(world, aigul, ""))
    query = await asked(bot, world, "")
    result = article("i12").model_copy(update={"reply_markup": SIGN})
    await bot.answer_inline_query(query.id, [result])
    await typing
    post = await people.choose(world, aigul, aigul.id, "i12")
    assert post.inline_id is not None
    await people.press(world, aigul, aigul.id, post.id, "sign:12")
    pressed = (await bot.get_updates(offset=-1))[0].callback_query
    assert pressed is not None
    assert (pressed.inline_message_id, pressed.message) == (post.inline_id, None)
    assert await bot.edit_message_text("new", inline_message_id=post.inline_id) is True
    assert post.text == "new"
    with pytest.raises(TelegramBadRequest, match="MESSAGE_ID_INVALID"):
        await bot.edit_message_text("new", inline_message_id="nothing")


async def test_a_cached_photo_is_shared(bot: Bot, world: World, aigul: Person) -> None:
    photo = (await people.photo(world, aigul)).json["photo"][-1]["file_id"]
    typing = asyncio.create_task(people.inline(world, aigul, "poster"))
    query = await asked(bot, world, "poster")
    result = InlineQueryResultCachedPhoto(id="p", photo_file_id=photo, caption="Чакыруу")
    await bot.answer_inline_query(query.id, [result])
    await typing
    post = await people.choose(world, aigul, aigul.id, "p")
    assert (post.json["photo"][-1]["file_id"], post.text) == (photo, "Чакыруу")


async def test_nobody_answers(world: World, aigul: Person) -> None:
    with pytest.raises(CannotDo, match="did not answer the inline query in time"):
        await people.inline(world, aigul, "x", within=0.05)
    with pytest.raises(CannotDo, match="has not offered this result"):
        await people.choose(world, aigul, aigul.id, "i12")


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ([article(str(n)) for n in range(51)], "RESULTS_TOO_MUCH"),
        ([article("a"), article("a")], "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article("a", "<b>")], "can't parse entities"),
        ([article("a", " ")], "message text is empty"),
    ],
)
async def test_results_that_are_refused(
    bot: Bot, world: World, aigul: Person, results: list[InlineQueryResultUnion], why: str
) -> None:
    typing = asyncio.create_task(people.inline(world, aigul, "x"))
    query = await asked(bot, world, "x")
    with pytest.raises(TelegramBadRequest, match=why):
        await bot.answer_inline_query(query.id, results)
    await bot.answer_inline_query(query.id, [])
    assert (await typing).results == []


async def test_a_start_parameter_that_is_refused(bot: Bot, world: World, aigul: Person) -> None:
    typing = asyncio.create_task(people.inline(world, aigul, "x"))
    query = await asked(bot, world, "x")
    for parameter in ("a b", "x" * 65, "ү"):
        button = InlineQueryResultsButton(text="Join", start_parameter=parameter)
        with pytest.raises(TelegramBadRequest, match="START_PARAM_INVALID"):
            await bot.answer_inline_query(query.id, [], button=button)
    await bot.answer_inline_query(query.id, [])
    await typing
    world.clock.turn_by(3600)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_inline_query(query.id, [])
