"""Do native polls count, hide, close and tell as Telegram's do?"""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Poll

from sandbox import ballots, people
from sandbox.chats import Chat, Person
from sandbox.people import CannotDo
from sandbox.world import World


@pytest.fixture
async def group(world: World, aigul: Person) -> Chat:
    made = world.add_group("Көчө", aigul, world.person("bakyt"))
    await people.add_bot(world, aigul, made)
    world.updates.drop()
    return made


async def counts(bot: Bot) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    for update in await bot.get_updates():
        if update.poll_answer is not None and update.poll_answer.user is not None:
            told.append(("answer", (update.poll_answer.user.id, update.poll_answer.option_ids)))
        if update.poll is not None:
            told.append(("poll", [option.voter_count for option in update.poll.options]))
    return told


async def test_votes_are_counted_and_told(bot: Bot, world: World, aigul: Person, group: Chat) -> None:
    sent = await bot.send_poll(group.id, "Качан?", ["Бүгүн", "Эртең"], is_anonymous=False)
    await people.vote(world, aigul, group, sent.message_id, [0])
    await people.vote(world, world.person("bakyt"), group, sent.message_id, [1])
    await people.vote(world, aigul, group, sent.message_id, [1])
    await people.vote(world, aigul, group, sent.message_id, [])
    assert await counts(bot) == [
        ("answer", (101, [0])),
        ("poll", [1, 0]),
        ("answer", (102, [1])),
        ("poll", [1, 1]),
        ("answer", (101, [1])),
        ("poll", [0, 2]),
        ("answer", (101, [])),
        ("poll", [0, 1]),
    ]


async def test_an_anonymous_poll_names_nobody(bot: Bot, world: World, aigul: Person, group: Chat) -> None:
    sent = await bot.send_poll(group.id, "Качан?", ["Бүгүн", "Эртең"])
    await people.vote(world, aigul, group, sent.message_id, [0])
    assert await counts(bot) == [("poll", [1, 0])]


async def test_hidden_results_and_votes_that_stand(bot: Bot, world: World, aigul: Person, group: Chat) -> None:
    sent = await bot.send_poll(
        group.id, "Качан?", ["Бүгүн", "Эртең"], hide_results_until_closes=True, allows_revoting=False
    )
    await people.vote(world, aigul, group, sent.message_id, [0])
    with pytest.raises(CannotDo, match="does not allow a change of vote"):
        await people.vote(world, aigul, group, sent.message_id, [1])
    assert await counts(bot) == [("poll", [0, 0])]
    closed = await bot.stop_poll(group.id, sent.message_id)
    assert (closed.is_closed, closed.total_voter_count) == (True, 1)
    assert [option.voter_count for option in closed.options] == [1, 0]


async def test_a_stopped_poll_takes_no_votes(bot: Bot, world: World, aigul: Person, group: Chat) -> None:
    sent = await bot.send_poll(group.id, "Качан?", ["Бүгүн", "Эртең"])
    await bot.stop_poll(group.id, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="poll has already been closed"):
        await bot.stop_poll(group.id, sent.message_id)
    with pytest.raises(CannotDo, match="the poll is closed"):
        await people.vote(world, aigul, group, sent.message_id, [0])
    text = await bot.send_message(group.id, "x")
    with pytest.raises(TelegramBadRequest, match="message is not a poll"):
        await bot.stop_poll(group.id, text.message_id)
    with pytest.raises(TelegramBadRequest, match="message with poll to stop not found"):
        await bot.stop_poll(group.id, 999)


async def test_a_poll_closes_by_the_sandbox_clock(bot: Bot, world: World, aigul: Person, group: Chat) -> None:
    sent = await bot.send_poll(group.id, "Качан?", ["Бүгүн", "Эртең"], open_period=600)
    world.clock.turn_by(601)
    ballots.close_due(world)
    (update,) = await bot.get_updates()
    assert isinstance(update.poll, Poll)
    assert update.poll.is_closed
    shown = world.chat(group).find(sent.message_id)
    assert shown is not None
    assert shown.json["poll"]["is_closed"] is True


async def test_one_answer_or_many(bot: Bot, world: World, aigul: Person, group: Chat) -> None:
    one = await bot.send_poll(group.id, "Качан?", ["Бүгүн", "Эртең"])
    many = await bot.send_poll(group.id, "Качан?", ["Бүгүн", "Эртең"], allows_multiple_answers=True)
    with pytest.raises(CannotDo, match="one answer"):
        await people.vote(world, aigul, group, one.message_id, [0, 1])
    await people.vote(world, aigul, group, many.message_id, [0, 1])
    with pytest.raises(CannotDo, match="no such option"):
        await people.vote(world, aigul, group, one.message_id, [2])
    with pytest.raises(CannotDo, match="not in this chat"):
        await people.vote(world, world.person("emma"), group, one.message_id, [0])


async def test_a_quiz(bot: Bot, group: Chat) -> None:
    sent = await bot.send_poll(group.id, "2 + 2?", ["4", "5"], type="quiz", correct_option_ids=[0])
    assert sent.poll is not None
    assert (sent.poll.type, sent.poll.correct_option_ids) == ("quiz", [0])
    with pytest.raises(TelegramBadRequest, match="wrong correct option ID specified"):
        await bot.send_poll(group.id, "2 + 2?", ["4", "5"], type="quiz", correct_option_ids=[2])


async def test_polls_that_are_refused(bot: Bot, world: World, group: Chat) -> None:
    for question, options, why in (
        ("x" * 301, ["a", "b"], "poll question length must not exceed 300"),
        ("x", [], "poll must have at least 1 option"),
        ("x", ["a"] * 13, "poll can't have more than 12 options"),
        ("x", ["a", "b" * 101], "poll options length must not exceed 100"),
        ("x", ["a", " "], "poll options must be non-empty"),
    ):
        with pytest.raises(TelegramBadRequest) as caught:
            await bot.send_poll(group.id, question, list(options))
        assert caught.value.message == f"Bad Request: {why}"
    with pytest.raises(TelegramBadRequest, match="poll open period is invalid"):
        await bot.send_poll(group.id, "x", ["a", "b"], open_period=3)
    channel = world.chat(-1001000000002)
    await people.add_bot(world, world.person("akylbek"), channel)
    with pytest.raises(TelegramBadRequest, match="non-anonymous polls can't be sent to channel chats"):
        await bot.send_poll(channel.id, "x", ["a", "b"], is_anonymous=False)
