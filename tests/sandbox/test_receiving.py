"""Are updates told in order, again until confirmed, and to one listener only?"""

import asyncio
import time

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramConflictError
from aiogram.types import Message, Update

from sandbox import people
from sandbox.chats import Person
from sandbox.world import World


async def test_updates_come_again_until_the_offset_confirms_them(bot: Bot, world: World, aigul: Person) -> None:
    for text in ("one", "two", "three"):
        await people.write(world, aigul, aigul.id, text)
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [u.update_id for u in first] == [u.update_id for u in again]
    assert [u.message.text for u in first if u.message] == ["one", "two", "three"]
    rest = await bot.get_updates(offset=first[1].update_id + 1)
    assert [u.message.text for u in rest if u.message] == ["three"]
    assert len(world.updates) == 1  # what was confirmed is gone for good
    assert await bot.get_updates(offset=first[2].update_id + 1) == []


async def test_update_ids_rise_by_one(bot: Bot, world: World, aigul: Person) -> None:
    for text in ("one", "two"):
        await people.write(world, aigul, aigul.id, text)
    first, second = await bot.get_updates()
    assert second.update_id == first.update_id + 1


async def test_limit_and_negative_offset(bot: Bot, world: World, aigul: Person) -> None:
    for text in "abcde":
        await people.write(world, aigul, aigul.id, text)
    assert [u.message.text for u in await bot.get_updates(limit=2) if u.message] == ["a", "b"]
    assert [u.message.text for u in await bot.get_updates(offset=-2) if u.message] == ["d", "e"]
    assert len(world.updates) == 2


async def test_no_more_than_a_hundred_at_once(bot: Bot, world: World, aigul: Person) -> None:
    for number in range(120):
        await people.write(world, aigul, aigul.id, str(number))
    assert len(await bot.get_updates(limit=1000)) == 100


async def test_a_long_poll_waits_and_wakes(bot: Bot, world: World, aigul: Person) -> None:
    began = time.monotonic()
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    assert not poll.done()
    await people.write(world, aigul, aigul.id, "hello")
    updates = await poll
    assert [u.message.text for u in updates if u.message] == ["hello"]
    assert time.monotonic() - began < 2


async def test_a_long_poll_ends_empty(bot: Bot, world: World) -> None:
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == []
    assert 0.9 < time.monotonic() - began < 2


async def test_a_second_poll_throws_the_first_one_out(bot: Bot, world: World, aigul: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(bot.get_updates(timeout=5))
    with pytest.raises(TelegramConflictError, match="Conflict: terminated by other getUpdates request"):
        await first
    await people.write(world, aigul, aigul.id, "hello")
    assert len(await second) == 1


async def test_only_the_kinds_asked_for_are_kept(bot: Bot, world: World, aigul: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await people.write(world, aigul, aigul.id, "hello")
    assert await bot.get_updates() == []  # the choice is remembered
    await bot.get_updates(allowed_updates=[])
    await people.write(world, aigul, aigul.id, "hello")
    assert len(await bot.get_updates()) == 1


async def test_member_updates_come_only_by_name(bot: Bot, world: World, aigul: Person) -> None:
    daniyar, emma = world.person("daniyar"), world.person("emma")
    group = world.add_group("Көчө", aigul)
    await people.add_bot(world, aigul, group, administrator=True)
    await people.join(world, daniyar, group)
    kinds = [u.event_type for u in await bot.get_updates()]
    assert kinds == ["my_chat_member", "message", "message"]
    await bot.get_updates(allowed_updates=["chat_member"])
    await people.join(world, emma, group)
    assert [u.event_type for u in await bot.get_updates(offset=-1)] == ["chat_member"]


async def test_a_webhook_and_polling_exclude_each_other(bot: Bot, world: World) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    await bot.set_webhook("http://127.0.0.1:9/nobody")
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_aiograms_own_polling_runs_against_the_sandbox(bot: Bot, world: World, aigul: Person) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(f"{message.text}!")

    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False, polling_timeout=1)
    )
    said = await people.write(world, aigul, aigul.id, "hello")
    post = await world.answer(aigul.id, after=said.id)
    assert post.text == "hello!"
    await dispatcher.stop_polling()
    await polling


async def test_every_update_is_an_update_to_aiogram(bot: Bot, world: World, aigul: Person) -> None:
    await people.edit(world, aigul, aigul.id, (await people.write(world, aigul, aigul.id, "a")).id, "b")
    await people.voice(world, aigul)
    await people.video(world, aigul)
    await people.location(world, aigul, 42.8, 74.6)
    await people.block(world, aigul)
    for update in world.updates.first(100):
        Update.model_validate(update)
    assert len(world.updates) == 6
