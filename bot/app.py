"""How does everything come together? All wiring, by plain calls."""

import asyncio
import contextlib
import functools
import gc
import logging
import os
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bot.postman import Postman
from bot.settings import Settings, secret_key
from bot.showing import Clock
from bot.site import Site
from bot.turns import Turns
from bot.web import application, serve
from handlers.table import table
from scheduler.clockwork import Clockwork
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.vault import Vault
from talk.words import Words

LOCALES = Path(__file__).parent.parent / "locales"
CLAIM_CHECKED_EVERY = 10  # seconds
WEBHOOK_PATH = "/telegram/webhook"
_log = logging.getLogger(__name__)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)


@dataclass
class Running:
    """A bot that runs: its parts, for tests and the sandbox."""

    turns: Turns
    postman: Postman
    clockwork: Clockwork
    database: Database
    web: web.Application
    name: str
    port: int


@functools.cache
def words() -> Words:
    """The words of the installation, read once."""
    return Words(LOCALES)


@contextlib.asynccontextmanager
async def running(settings: Settings, *, clock: Clock | None = None, introduce: bool = True) -> AsyncIterator[Running]:
    """The bot, running until the block ends. Raises DatabaseInUse, WrongSetting, OSError (port taken)."""
    clock = clock or SystemClock()
    database = open_database(settings.database_url.get_secret_value())
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        await database.hold()
        await migrate(database)
        from bot.telegram.start import open_telegram  # seconds of importing: not before the database is ours

        spoken = words()
        telegram = await stack.enter_async_context(open_telegram(settings))
        vault = Vault(secret_key(settings))
        postman = Postman(database, table, spoken, vault, clock, {"telegram": telegram.door})
        turns = Turns(
            database,
            table,
            spoken,
            vault,
            clock,
            {"telegram": telegram.door},
            on_crash=_to_admins(settings, telegram.door.tell),
        )

        async def put(rows: object) -> None:
            await turns.put("telegram", rows)  # type: ignore[arg-type]

        webhooks = {}
        if settings.webhook_url:
            secret = (
                settings.webhook_secret.get_secret_value() if settings.webhook_secret else secrets.token_urlsafe(32)
            )
            webhooks[WEBHOOK_PATH] = telegram.webhook(secret, put)
        site = Site(database, spoken, clock, bot=telegram.name, public_url=settings.public_url)
        app = application(database, webhooks, site.answer)
        runner = await serve(app, settings.http_host, settings.http_port)
        stack.push_async_callback(runner.cleanup)
        clockwork = Clockwork(database, clock.now)
        clockwork.start()
        stack.push_async_callback(clockwork.stop)
        stack.push_async_callback(turns.finish)
        stack.push_async_callback(postman.finish)
        jobs = [
            asyncio.create_task(turns.run(), name="turns"),
            asyncio.create_task(postman.run(), name="postman"),
            asyncio.create_task(_watch(database), name="claim"),
        ]
        if settings.webhook_url:
            await telegram.set_webhook(settings.webhook_url + WEBHOOK_PATH, secret)
        else:
            await telegram.drop_webhook()
            jobs.append(asyncio.create_task(telegram.poll(put), name="polling"))
        if introduce:
            jobs.append(asyncio.create_task(telegram.introduce(spoken), name="introduction"))
        for job in jobs:
            stack.push_async_callback(_stop, job)
        # what was imported stays for ever: collecting it again and again costs a third of the speed (make bench)
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        port = runner.addresses[0][1] if runner.addresses else settings.http_port
        yield Running(turns, postman, clockwork, database, app, telegram.name, port)


async def _watch(database: Database) -> None:
    """Stops the bot when its claim on the database is lost: another one may run on it by now."""
    while await database.still_held():  # noqa: ASYNC110  nothing says when a connection dies
        await asyncio.sleep(CLAIM_CHECKED_EVERY)
    _log.error("the claim on the database is lost with its connection; stopping, so that no two bots run on it")
    os.kill(os.getpid(), signal.SIGTERM)


async def _stop(job: asyncio.Task[None]) -> None:
    job.cancel()
    await asyncio.wait([job])


def _to_admins(settings: Settings, tell: Callable[[str, str], Awaitable[object]]) -> Callable[[str], Awaitable[None]]:
    """Reports a crash to the admins: each kind of trace once an hour, so that a flood stays readable."""
    told: dict[int, float] = {}

    async def report(trace: str) -> None:
        kind = hash(trace.partition("\n")[2])
        now = asyncio.get_running_loop().time()
        if now - told.get(kind, -3_600) < 3_600:
            return
        if len(told) > 1_000:
            told.clear()
        told[kind] = now
        for admin in settings.admin_ids:
            await tell(str(admin), trace)

    return report
