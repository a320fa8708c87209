"""Is an update safe before Telegram is told that it arrived, and does polling go on whatever happens?"""

import pytest

from sandbox import people
from sandbox.faults import Fault, Kind
from tests.bot.crowd import do, rows, said, to
from tests.conversations.stage import Stage


async def test_an_update_whose_writing_fails_is_not_confirmed_and_comes_again(polling: Stage) -> None:
    """aiogram's polling confirms the offset before handlers finish: at most once on a crash."""
    world, aigul = polling.world, polling.world.person("aigul")
    await do(polling.bot.database, "ALTER TABLE inbox RENAME TO inbox_elsewhere")
    fetched = world.polling
    await people.start(world, aigul)
    await world.until(lambda: world.polling > fetched)  # fetched, not written, fetched again
    assert len(world.updates) == 1
    await do(polling.bot.database, "ALTER TABLE inbox_elsewhere RENAME TO inbox")
    await polling.settled()
    assert len(said(to(polling.calls(0), aigul))) == 1
    assert await rows(polling.bot.database, "SELECT COUNT(*) FROM inbox") == [(1,)]


async def test_what_was_written_is_confirmed_with_the_next_fetch(polling: Stage) -> None:
    aigul = polling.world.person("aigul")
    await people.start(polling.world, aigul)
    await polling.settled()
    assert len(polling.world.updates) == 0
    assert len(said(to(polling.calls(0), aigul))) == 1


@pytest.mark.parametrize("kind", [Kind.BAD_GATEWAY, Kind.SERVER_ERROR, Kind.RESET, Kind.TOO_MANY_REQUESTS])
async def test_polling_goes_on_after_a_bad_moment(polling: Stage, kind: Kind) -> None:
    """A 502 with an HTML body is a ClientDecodeError, which is no TelegramAPIError."""
    world, aigul = polling.world, polling.world.person("aigul")
    world.faults.add(Fault(kind, method="getUpdates", retry_after=1))
    await people.start(world, aigul)  # ends the fetch that waits; the next one fails
    await world.until(lambda: not world.faults.waiting())
    await people.write(world, aigul, aigul.id, "?")
    await world.until(lambda: len(world.from_bot(aigul.id)) == 2)


async def test_a_token_that_is_refused_while_the_bot_runs_stands_in_the_log(
    polling: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    world = polling.world
    world.token = "1:another-token-of-the-same-bot-00000001"
    await people.start(world, world.person("aigul"))  # ends the fetch that waits
    await world.until(lambda: "does not accept BOT_TOKEN" in caplog.text)
    assert "sandbox-token" not in caplog.text
