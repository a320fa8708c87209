"""Is the bot told to slow down at the documented rates?"""

import time

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter

from sandbox import people
from sandbox.chats import Person
from sandbox.limits import Limits, Rates
from sandbox.refusals import Refusal
from sandbox.world import World


async def burst(bot: Bot, chat: int, most: int) -> tuple[int, TelegramRetryAfter | None]:
    for number in range(most):
        try:
            await bot.send_message(chat, str(number))
        except TelegramRetryAfter as refusal:
            return number, refusal
    return most, None


async def test_a_private_chat_takes_a_short_burst_then_one_a_second(bot: Bot, world: World, aigul: Person) -> None:
    world.limits.rates = Rates()
    sent, refusal = await burst(bot, aigul.id, 20)
    assert sent == 5
    assert refusal is not None
    assert refusal.retry_after == 1
    assert "Too Many Requests: retry after 1" in refusal.message
    assert world.outbox[-1].retry_after == 1
    time.sleep(1.0)
    await bot.send_message(aigul.id, "patient")


async def test_a_group_takes_twenty_a_minute(bot: Bot, world: World, aigul: Person) -> None:
    world.limits.rates = Rates()
    group = world.add_group("Көчө", aigul)
    await people.add_bot(world, aigul, group)
    sent, refusal = await burst(bot, group.id, 30)
    assert sent == 20
    assert refusal is not None
    assert refusal.retry_after == 3


async def test_thirty_a_second_over_all_chats() -> None:
    limits = Limits(Rates(overall_a_second=30, overall_burst=30))
    refusals = []
    for chat in range(1, 60):
        try:
            limits.take(chat)
        except Refusal as refusal:
            refusals.append(refusal.body()["parameters"])
    assert 28 <= len(refusals) <= 29  # the clock may give one more while the loop runs
    assert refusals[0] == {"retry_after": 1}


async def test_an_album_counts_every_picture() -> None:
    limits = Limits(Rates(private_burst=10))
    limits.take(101, 10)
    with pytest.raises(Refusal):
        limits.take(101)


async def test_a_refused_message_does_not_count_and_is_not_kept(bot: Bot, world: World, aigul: Person) -> None:
    world.limits.rates = Rates(private_burst=1, private_a_second=20)
    sent, refusal = await burst(bot, aigul.id, 5)
    assert refusal is not None
    assert len(world.from_bot(aigul.id)) == sent


async def test_rates_can_be_switched_off(bot: Bot, world: World, aigul: Person) -> None:
    assert (await burst(bot, aigul.id, 60))[0] == 60


async def test_edits_are_not_counted(bot: Bot, world: World, aigul: Person) -> None:
    world.limits.rates = Rates(private_burst=1)
    sent = await bot.send_message(aigul.id, "0")
    for number in range(1, 10):
        await bot.edit_message_text(str(number), chat_id=aigul.id, message_id=sent.message_id)
