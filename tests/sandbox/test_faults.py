"""Does every ordered fault look to the bot as it does on a bad day?"""

import asyncio
import io
import time

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientError

from sandbox import people
from sandbox.chats import Person
from sandbox.faults import DOWNLOAD, Fault, Kind
from sandbox.server import Handle
from sandbox.world import World
from tests.sandbox.conftest import bot_on


async def test_a_bad_gateway_answers_in_html_and_nothing_is_sent(bot: Bot, world: World, aigul: Person) -> None:
    world.faults.add(Fault(Kind.BAD_GATEWAY))
    with pytest.raises(ClientDecodeError):
        await bot.send_message(aigul.id, "x")
    assert world.from_bot(aigul.id) == []
    assert world.outbox[-1].status == 502
    await bot.send_message(aigul.id, "x")  # used up


async def test_a_server_error(bot: Bot, world: World, aigul: Person) -> None:
    world.faults.add(Fault(Kind.SERVER_ERROR, times=2))
    for _ in range(2):
        with pytest.raises(TelegramServerError):
            await bot.send_message(aigul.id, "x")
    await bot.send_message(aigul.id, "x")


async def test_too_many_requests(bot: Bot, world: World, aigul: Person) -> None:
    world.faults.add(Fault(Kind.TOO_MANY_REQUESTS, retry_after=17))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(aigul.id, "x")
    assert caught.value.retry_after == 17


async def test_a_timeout_after_accepting_has_sent_the_message(handle: Handle, world: World, aigul: Person) -> None:
    world.faults.add(Fault(Kind.TIMEOUT_AFTER_ACCEPTING, method="sendMessage"))
    hasty = bot_on(handle.url, world.token, timeout=0.3)
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await hasty.send_message(aigul.id, "x")
    await hasty.session.close()
    assert [post.text for post in world.from_bot(aigul.id)] == ["x"]


async def test_a_reset_connection_has_sent_nothing(bot: Bot, world: World, aigul: Person) -> None:
    world.faults.add(Fault(Kind.RESET))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(aigul.id, "x")
    assert world.from_bot(aigul.id) == []
    await bot.send_message(aigul.id, "x")


async def test_blocked_and_deactivated_for_one_chat_only(bot: Bot, world: World, aigul: Person) -> None:
    await people.start(world, world.person("bakyt"))
    world.faults.add(Fault(Kind.FORBIDDEN, chat=aigul.id))
    world.faults.add(Fault(Kind.DEACTIVATED, chat=aigul.id))
    await bot.send_message(102, "not me")
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(aigul.id, "x")
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(aigul.id, "x")


async def test_a_group_becomes_a_supergroup(bot: Bot, world: World, aigul: Person) -> None:
    group = world.add_group("Көчө", aigul)
    await people.add_bot(world, aigul, group)
    world.updates.drop()
    world.faults.add(Fault(Kind.MIGRATE, chat=group.id))
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(group.id, "x")
    moved = caught.value.migrate_to_chat_id
    assert world.outbox[-1].description == "Bad Request: group chat was upgraded to a supergroup chat"
    sent = await bot.send_message(moved, "x")
    assert sent.chat.type == "supergroup"
    with pytest.raises(TelegramMigrateToChat):  # the old id stays dead
        await bot.send_message(group.id, "x")
    notes = [u.message for u in await bot.get_updates() if u.message]
    assert [(n.migrate_to_chat_id, n.migrate_from_chat_id) for n in notes] == [(moved, None), (None, group.id)]
    await people.write(world, aigul, moved, "/start")
    with pytest.raises(people.CannotDo):
        await people.write(world, aigul, group, "/start")


async def test_slow_is_slow_but_answers(bot: Bot, world: World, aigul: Person) -> None:
    world.faults.add(Fault(Kind.SLOW, seconds=0.3))
    began = time.monotonic()
    await bot.send_message(aigul.id, "x")
    assert time.monotonic() - began >= 0.3


async def test_faults_wait_for_their_method_and_leave_polling_alone(bot: Bot, world: World, aigul: Person) -> None:
    world.faults.add(Fault(Kind.SERVER_ERROR, method="editMessageText"))
    world.faults.add(Fault(Kind.SERVER_ERROR))
    await bot.get_updates()
    with pytest.raises(TelegramServerError):
        await bot.send_message(aigul.id, "x")
    await bot.send_message(aigul.id, "x")
    assert [fault.method for fault in world.faults.waiting()] == ["editMessageText"]
    world.faults.clear()
    assert world.faults.waiting() == []


@pytest.mark.parametrize("kind", [Kind.SERVER_ERROR, Kind.BAD_GATEWAY, Kind.RESET])
async def test_a_download_fails_when_it_is_named(bot: Bot, world: World, aigul: Person, kind: Kind) -> None:
    kept = world.files.keep("document", b"paper", name="a.pdf", mime="application/pdf")
    # the client itself reads an address again when a connection that it had used before breaks
    world.faults.add(Fault(kind, method=DOWNLOAD, times=2 if kind is Kind.RESET else 1))
    await bot.get_file(kept.file_id)
    assert len(world.faults.waiting()) == 1
    with pytest.raises(ClientError):
        await bot.download_file(kept.path, io.BytesIO())
    again = io.BytesIO()
    await bot.download_file(kept.path, again)
    assert again.getvalue() == b"paper"


async def test_polling_fails_when_it_is_named(bot: Bot, world: World) -> None:
    world.faults.add(Fault(Kind.BAD_GATEWAY, method="getUpdates"))
    with pytest.raises(ClientDecodeError):
        await bot.get_updates()


async def test_closing_lets_waiting_requests_go(handle: Handle, world: World, aigul: Person) -> None:
    world.faults.add(Fault(Kind.TIMEOUT_AFTER_ACCEPTING))
    waiting = bot_on(handle.url, world.token)
    send = asyncio.create_task(waiting.send_message(aigul.id, "x"))
    poll = asyncio.create_task(waiting.get_updates(timeout=30))
    await world.until(lambda: world.from_bot(aigul.id))
    await asyncio.sleep(0.05)
    began = time.monotonic()
    await handle.close()
    assert time.monotonic() - began < 2
    await asyncio.gather(send, poll, return_exceptions=True)
    await waiting.session.close()
