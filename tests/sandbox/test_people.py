"""Do people do on the sandbox's phones what people can do, and no more?"""

import pytest
from aiogram import Bot

from sandbox import people
from sandbox.chats import Person
from sandbox.people import CannotDo
from sandbox.world import World


async def test_starting_with_a_payload(bot: Bot, world: World) -> None:
    bakyt = world.person("bakyt")
    await people.start(world, bakyt, "i12")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start i12"
    assert update.message.from_user is not None
    assert (update.message.from_user.id, update.message.from_user.language_code) == (102, "ky")
    assert update.message.entities is not None
    assert update.message.entities[0].type == "bot_command"
    await bot.send_message(102, "welcome")


@pytest.mark.parametrize("payload", ["x" * 65, "a b", "үй", "a.b"])
async def test_payloads_that_no_client_sends(world: World, payload: str) -> None:
    with pytest.raises(CannotDo, match="1-64 characters"):
        await people.start(world, world.person("bakyt"), payload)


async def test_links_to_the_bot_are_followed(world: World) -> None:
    bakyt = world.person("bakyt")
    post = await people.open_link(world, bakyt, "https://t.me/ashar_sandbox_bot?start=p-7_A")
    assert post is not None
    assert post.text == "/start p-7_A"
    assert await people.open_link(world, bakyt, "t.me/ashar_sandbox_bot") is None
    assert await people.open_link(world, bakyt, "https://t.me/ashar_sandbox_bot?start=a.b") is None
    with pytest.raises(CannotDo, match="does not lead to this bot"):
        await people.open_link(world, bakyt, "https://t.me/another_bot?start=p7")


async def test_contacts_of_ones_own_of_another_and_of_a_stranger(bot: Bot, world: World, aigul: Person) -> None:
    await people.contact(world, aigul, aigul)
    await people.contact(world, aigul, world.person("bakyt"))
    await people.contact(world, aigul)
    await people.contact(world, aigul, aigul, plus=False)
    shared = [u.message.contact for u in await bot.get_updates() if u.message]
    assert [(c.phone_number, c.user_id) for c in shared if c] == [
        ("+996700000101", 101),
        ("+996700000102", 102),
        ("+996555999999", None),
        ("996700000101", 101),
    ]


async def test_presses_need_a_button_that_is_there(bot: Bot, world: World, aigul: Person) -> None:
    said = await people.write(world, aigul, aigul.id, "x")
    with pytest.raises(CannotDo, match="has no button"):
        await people.press(world, aigul, aigul.id, said.id, "sign:1")
    with pytest.raises(CannotDo, match="there is no such message"):
        await people.press(world, aigul, aigul.id, 99, "sign:1")
    with pytest.raises(CannotDo, match="there is no button"):
        await people.tap(world, aigul, "Sign")


async def test_an_edited_text_is_told(bot: Bot, world: World, aigul: Person) -> None:
    said = await people.write(world, aigul, aigul.id, "one")
    await people.edit(world, aigul, aigul.id, said.id, "two")
    edited = (await bot.get_updates())[-1].edited_message
    assert edited is not None
    assert (edited.text, edited.message_id) == ("two", said.id)
    sent = await bot.send_message(aigul.id, "the bot's")
    with pytest.raises(CannotDo, match="one's own"):
        await people.edit(world, aigul, aigul.id, sent.message_id, "x")


async def test_what_people_cannot_do(world: World, aigul: Person) -> None:
    bakyt = world.person("bakyt")
    with pytest.raises(CannotDo, match="somebody else's chat"):
        await people.write(world, bakyt, aigul.id, "x")
    with pytest.raises(CannotDo, match="empty"):
        await people.write(world, aigul, aigul.id, "  ")
    with pytest.raises(CannotDo, match="4096"):
        await people.write(world, aigul, aigul.id, "x" * 4097)
    await people.block(world, aigul)
    with pytest.raises(CannotDo, match="blocked"):
        await people.write(world, aigul, aigul.id, "x")
    await people.start(world, aigul)  # Start unblocks
    await people.delete_account(world, aigul)
    with pytest.raises(CannotDo, match="deleted the account"):
        await people.write(world, aigul, aigul.id, "x")


async def test_replies_and_places(bot: Bot, world: World, aigul: Person) -> None:
    sent = await bot.send_message(aigul.id, "where?")
    await people.write(world, aigul, aigul.id, "here", reply_to=sent.message_id)
    await people.location(world, aigul, 42.87, 74.59)
    reply, place = [u.message for u in await bot.get_updates()]
    assert reply is not None
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "where?"
    assert place is not None
    assert place.location is not None
    assert place.location.latitude == 42.87


async def test_reactions_are_told_to_those_who_asked(bot: Bot, world: World, aigul: Person) -> None:
    await bot.get_updates(allowed_updates=["message_reaction"])
    sent = await bot.send_message(aigul.id, "thanks")
    await people.react(world, aigul, aigul.id, sent.message_id, "❤")
    (update,) = await bot.get_updates()
    assert update.message_reaction is not None
    assert [r.type for r in update.message_reaction.new_reaction] == ["emoji"]


def test_the_cast(world: World) -> None:
    assert [(p.username, p.id, p.language_code) for p in world.people.values()] == [
        ("aigul", 101, "ky"),
        ("bakyt", 102, "ky"),
        ("cholpon", 103, "ky"),
        ("daniyar", 104, "ru"),
        ("emma", 105, "en"),
        ("akylbek", 106, "ky"),
        ("gulnara", 107, "ky"),
    ]
    assert world.person("emma").phone == "+996700000105"
    with pytest.raises(LookupError, match="nobody here is called 'ghost'"):
        world.person("ghost")
