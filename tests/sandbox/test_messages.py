"""Does what the bot says stand in the chat as it was said?"""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from sandbox import people
from sandbox.chats import Person
from sandbox.world import World


def inline(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=label.lower())] for label in labels]
    )


async def test_a_message_is_shown_with_its_entities_and_buttons(bot: Bot, world: World, aigul: Person) -> None:
    sent = await bot.send_message(
        aigul.id, "<b>Көчө</b> 🙂 <i>жарык</i>", parse_mode="HTML", reply_markup=inline("Ооба")
    )
    post = world.last(aigul.id)
    assert (post.id, post.text) == (sent.message_id, "Көчө 🙂 жарык")
    assert [(e["type"], e["offset"], e["length"]) for e in post.json["entities"]] == [("bold", 0, 4), ("italic", 8, 5)]
    assert post.button("Ооба")["callback_data"] == "ооба"
    assert sent.date == world.clock.now().replace(microsecond=0)


async def test_message_ids_rise_in_each_chat(bot: Bot, world: World, aigul: Person) -> None:
    first = await bot.send_message(aigul.id, "a")
    said = await people.write(world, aigul, aigul.id, "b")
    third = await bot.send_message(aigul.id, "c")
    assert first.message_id < said.id < third.message_id


async def test_an_edit_replaces_text_and_takes_away_a_keyboard_not_given_again(
    bot: Bot, world: World, aigul: Person
) -> None:
    sent = await bot.send_message(aigul.id, "one", reply_markup=inline("A"))
    edited = await bot.edit_message_text("two", chat_id=aigul.id, message_id=sent.message_id)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup, edited.message_id) == ("two", None, sent.message_id)
    assert edited.edit_date is not None
    assert [post.text for post in world.from_bot(aigul.id)] == ["two"]


async def test_only_the_keyboard_can_be_edited(bot: Bot, world: World, aigul: Person) -> None:
    sent = await bot.send_message(aigul.id, "one", reply_markup=inline("A"))
    await bot.edit_message_reply_markup(chat_id=aigul.id, message_id=sent.message_id, reply_markup=inline("B"))
    assert world.last(aigul.id).buttons == [[{"text": "B", "callback_data": "b"}]]
    assert world.last(aigul.id).text == "one"


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, aigul: Person) -> None:
    sent = await bot.send_message(aigul.id, "one", reply_markup=inline("A"))
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new message content and reply"):
        await bot.edit_message_text(" one\n", chat_id=aigul.id, message_id=sent.message_id, reply_markup=inline("A"))


async def test_what_cannot_be_edited(bot: Bot, world: World, aigul: Person) -> None:
    said = await people.write(world, aigul, aigul.id, "mine")
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="A")]])
    with_keyboard = await bot.send_message(aigul.id, "pick", reply_markup=keyboard)
    place = await bot.send_location(aigul.id, 42.87, 74.59)
    for message_id, why in (
        (said.id, "message can't be edited"),
        (with_keyboard.message_id, "message can't be edited"),
        (place.message_id, "there is no text in the message to edit"),
        (999, "message to edit not found"),
    ):
        with pytest.raises(TelegramBadRequest, match=why):
            await bot.edit_message_text("new", chat_id=aigul.id, message_id=message_id)
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await bot.edit_message_caption(chat_id=aigul.id, message_id=place.message_id, caption="x")
    sent = await bot.send_message(aigul.id, "short")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.edit_message_text("x" * 4097, chat_id=aigul.id, message_id=sent.message_id)


async def test_a_deleted_message_is_gone_for_editing_and_deleting(bot: Bot, world: World, aigul: Person) -> None:
    sent = await bot.send_message(aigul.id, "one")
    assert await bot.delete_message(aigul.id, sent.message_id)
    assert world.from_bot(aigul.id) == []
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("two", chat_id=aigul.id, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(aigul.id, sent.message_id)


async def test_after_two_days_a_message_cannot_be_deleted(bot: Bot, world: World, aigul: Person) -> None:
    sent = await bot.send_message(aigul.id, "one")
    world.clock.turn_by(49 * 3600)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await bot.delete_message(aigul.id, sent.message_id)


async def test_copies_and_forwards(bot: Bot, world: World, aigul: Person) -> None:
    said = await people.write(world, aigul, aigul.id, "суу жок")
    await people.start(world, world.person("cholpon"))
    copied = await bot.copy_message(103, aigul.id, said.id)
    forwarded = await bot.forward_message(103, aigul.id, said.id)
    assert world.chat(103).posts[copied.message_id].json.get("forward_origin") is None
    assert forwarded.text == "суу жок"
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "user"
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(103, aigul.id, 999)
    with pytest.raises(TelegramBadRequest, match="message to forward not found"):
        await bot.forward_message(103, aigul.id, 999)


async def test_a_protected_message_is_not_copied(bot: Bot, aigul: Person) -> None:
    sent = await bot.send_message(aigul.id, "secret", protect_content=True)
    with pytest.raises(TelegramBadRequest, match="protected content"):
        await bot.copy_message(aigul.id, aigul.id, sent.message_id)


async def test_replies_quote_their_message(bot: Bot, world: World, aigul: Person) -> None:
    said = await people.write(world, aigul, aigul.id, "question")
    sent = await bot.send_message(aigul.id, "answer", reply_parameters=ReplyParameters(message_id=said.id))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "question"
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(aigul.id, "answer", reply_parameters=ReplyParameters(message_id=99))
    lenient = ReplyParameters(message_id=99, allow_sending_without_reply=True)
    assert (await bot.send_message(aigul.id, "answer", reply_parameters=lenient)).reply_to_message is None


async def test_pins_are_kept_and_told(bot: Bot, world: World, aigul: Person) -> None:
    sent = await bot.send_message(aigul.id, "read me")
    await bot.pin_chat_message(aigul.id, sent.message_id)
    chat = await bot.get_chat(aigul.id)
    assert chat.pinned_message is not None
    assert chat.pinned_message.message_id == sent.message_id
    await bot.unpin_all_chat_messages(aigul.id)
    assert (await bot.get_chat(aigul.id)).pinned_message is None
    with pytest.raises(TelegramBadRequest, match="message to pin not found"):
        await bot.pin_chat_message(aigul.id, 999)


async def test_the_reply_keyboard_of_a_chat(bot: Bot, world: World, aigul: Person) -> None:
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="Телефон", request_contact=True), KeyboardButton(text="Кийин")]],
        one_time_keyboard=True,
        resize_keyboard=True,
    )
    await bot.send_message(aigul.id, "phone?", reply_markup=keyboard)
    shown = world.keyboard(aigul.id)
    assert shown is not None
    assert shown["keyboard"][0][0] == {"text": "Телефон", "request_contact": True}
    await people.contact(world, aigul, aigul)
    assert world.keyboard(aigul.id) is None  # it was for one time
    await bot.send_message(aigul.id, "again", reply_markup=ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="X")]]))
    await people.write(world, aigul, aigul.id, "X")
    assert world.keyboard(aigul.id) is not None
    await bot.send_message(aigul.id, "done", reply_markup=ReplyKeyboardRemove())
    assert world.keyboard(aigul.id) is None
    await bot.send_message(aigul.id, "name?", reply_markup=ForceReply(input_field_placeholder="…"))
    assert world.chat(aigul.id).force_reply == {"force_reply": True, "input_field_placeholder": "…"}


async def test_contact_venue_dice_and_reaction(bot: Bot, world: World, aigul: Person) -> None:
    contact = await bot.send_contact(aigul.id, "+996312000000", "Айыл өкмөтү")
    venue = await bot.send_venue(aigul.id, 42.8, 74.6, "Клуб", "Ленин көчөсү")
    dice = await bot.send_dice(aigul.id)
    assert contact.contact is not None
    assert venue.venue is not None
    assert dice.dice is not None
    assert 1 <= dice.dice.value <= 6
    said = await people.write(world, aigul, aigul.id, "рахмат")
    assert await bot.set_message_reaction(aigul.id, said.id, [ReactionTypeEmoji(emoji="👍")])
    assert said.bot_reaction == {"type": "emoji", "emoji": "👍"}


async def test_history_is_kept_to_five_hundred_posts(bot: Bot, world: World, aigul: Person) -> None:
    for number in range(520):
        world.post(world.chat(aigul.id), {"from": world.bot.user(), "text": str(number)}, by_bot=True)
    assert len(world.messages(aigul.id)) == 500
    assert world.last(aigul.id).text == "519"


async def test_link_previews_are_kept(bot: Bot, aigul: Person) -> None:
    preview = LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(aigul.id, "https://example.kg/a", link_preview_options=preview)
    assert sent.link_preview_options is not None
    assert sent.link_preview_options.is_disabled
    assert sent.entities is not None
    assert sent.entities[0].type == "url"
