"""How does everything come together? All wiring, by plain calls."""

import asyncio
import contextlib
import functools
import gc
import logging
import os
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aiohttp import web

from bot.admins import Admins, Trouble
from bot.outcomes import Outcome
from bot.postman import Postman
from bot.settings import Settings, WrongSetting, has_whatsapp, secret_key, whatsapp_numbers
from bot.showing import Clock, Door
from bot.site import Site
from bot.spoken import words as words  # whoever wires the bot speaks with it
from bot.turns import Turns
from bot.web import Handler, application, serve
from handlers.table import table
from scheduler.clockwork import Clockwork
from storage.chain import seal_older, unsealed_count
from storage.database import Database, open_database
from storage.migrate import is_behind, migrate
from storage.municipalities import municipalities
from storage.vault import Vault
from talk.turn import Links
from talk.words import LANGUAGES, Words

if TYPE_CHECKING:
    from bot.telegram.start import Telegram
    from bot.whatsapp.start import WhatsApp
    from bot.whatsapp.updates import Status

Rows = Sequence[tuple[str, str, str]]
Report = Callable[[Trouble, int], Awaitable[None]]
CLAIM_CHECKED_EVERY = 10  # seconds
CHAINED_AT_ONCE = 2_000  # older entries of the journal, in one transaction
WEBHOOK_PATH = "/telegram/webhook"
WHATSAPP_PATH = "/whatsapp/webhook"
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
    name: str  # in Telegram; empty without it
    numbers: tuple[str, ...]  # in WhatsApp; none without it
    port: int


@contextlib.asynccontextmanager
async def running(
    settings: Settings, *, clock: Clock | None = None, introduce: bool = True, ticks: bool = True
) -> AsyncIterator[Running]:
    """The bot, running until the block ends; without `ticks` the timetable is wound by hand only. Raises
    DatabaseInUse, WrongSetting, OSError (port taken)."""
    clock = clock or SystemClock()
    database = open_database(settings.database_url.get_secret_value())
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        await database.hold()
        await migrate(database)
        await _take_older_in(database)
        spoken, vault = words(), Vault(secret_key(settings))
        admins = Admins(database, spoken, settings)
        telegram = await _telegram(stack, settings)
        whatsapp = await _whatsapp(stack, settings, spoken, admins.trouble)
        if telegram is None and whatsapp is None:
            raise WrongSetting("BOT_TOKEN: expected the token BotFather gave; without one, run the sandbox")
        admins.doors = doors = _doors(telegram, whatsapp)
        if whatsapp is not None:
            await _warn_of_strangers(database, settings)
        templates = whatsapp.templates(spoken) if whatsapp is not None else None
        postman = Postman(database, table, spoken, vault, clock, doors, templates)
        turns = Turns(database, table, spoken, vault, clock, doors, on_crash=admins.crash)

        async def from_telegram(rows: Rows) -> None:
            await turns.put("telegram", rows)

        async def from_whatsapp(rows: Rows) -> None:
            await turns.put("whatsapp", rows)

        async def undelivered(status: "Status") -> None:
            if status.state != "failed" or whatsapp is None:
                return
            done = await whatsapp.door.returned(status.code)
            await postman.returned(status.number, done, status.via, status.at)
            if done.outcome is Outcome.GONE:
                await turns.gone("whatsapp", status.address, status.via, status.at)

        webhooks: dict[str, Handler] = {}
        handshakes: dict[str, Handler] = {}
        if telegram is not None and settings.webhook_url:
            secret = (
                settings.webhook_secret.get_secret_value() if settings.webhook_secret else secrets.token_urlsafe(32)
            )
            webhooks[WEBHOOK_PATH] = telegram.webhook(secret, from_telegram)
        if whatsapp is not None:
            handshakes[WHATSAPP_PATH], webhooks[WHATSAPP_PATH] = whatsapp.webhook(from_whatsapp, undelivered)
        bot = telegram.name if telegram is not None else ""
        telephones: dict[str, str] = {}
        site = Site(database, spoken, clock, bot=bot, whatsapp=telephones, public_url=settings.public_url)
        app = application(database, webhooks, site.answer, handshakes)
        runner = await serve(app, settings.http_host, settings.http_port)
        stack.push_async_callback(runner.cleanup)
        clockwork = Clockwork(database, clock.now)
        await clockwork.start(ticks=ticks)
        stack.push_async_callback(clockwork.stop)
        stack.push_async_callback(turns.finish)
        stack.push_async_callback(postman.finish)

        def begin(work: Coroutine[object, object, None], name: str) -> None:
            # stopped in any case: what is still to come may fail, and nobody may write once the database is closed
            stack.push_async_callback(_stop, asyncio.create_task(work, name=name))

        async def whatsapp_is_open(whatsapp: "WhatsApp") -> None:
            _wire(telegram, whatsapp)
            telephones.update({key: links.bot for key, links in whatsapp.own_links.items()}, **{"": whatsapp.number})
            if templates is not None:
                await templates.look()
            if settings.webhook_url:
                await whatsapp.set_webhook(settings.webhook_url + WHATSAPP_PATH)

        async def whatsapp_opens(whatsapp: "WhatsApp") -> None:
            await whatsapp.keep_knocking()
            try:
                await whatsapp_is_open(whatsapp)
            except WrongSetting as no:
                _log.error("%s", no)  # what was told to Meta before may still hold
            await turns.opened()
            await admins.trouble(Trouble.OPENED)

        if whatsapp is not None and whatsapp.fault is None:
            await whatsapp_is_open(whatsapp)
        begin(turns.run(), "turns")
        begin(postman.run(), "postman")
        begin(_watch(database), "claim")
        if templates is not None:
            begin(templates.keep_looking(), "templates")
        if telegram is not None and settings.webhook_url:
            await telegram.set_webhook(settings.webhook_url + WEBHOOK_PATH, secret)
        elif telegram is not None:
            await telegram.drop_webhook()
            begin(telegram.poll(from_telegram), "polling")
        if telegram is not None and introduce:
            begin(telegram.introduce(spoken), "introduction")
        if whatsapp is not None and not settings.webhook_url:
            _log.warning(
                "WEBHOOK_URL is empty: nothing comes from WhatsApp unless Meta's own webhook page names this machine"
            )
        if whatsapp is not None and whatsapp.fault is not None:
            begin(admins.trouble(whatsapp.fault.trouble, whatsapp.fault.code), "trouble")
            begin(whatsapp_opens(whatsapp), "opening")
        _keep_what_was_imported()
        port = runner.addresses[0][1] if runner.addresses else settings.http_port
        numbers = whatsapp.telephones if whatsapp is not None else ()
        yield Running(turns, postman, clockwork, database, app, bot, numbers, port)


@functools.cache  # once in a process: what a bot that was stopped has left must not stay
def _keep_what_was_imported() -> None:
    """It stays for ever: collecting it again and again costs a third of the speed (make bench)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@contextlib.asynccontextmanager
async def posting(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[Postman]:
    """One more postman beside a running bot, until the block ends: it only delivers letters, and shares them with the
    others. Raises WrongSetting on SQLite, where there is one process."""
    clock = clock or SystemClock()
    database = open_database(settings.database_url.get_secret_value())
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        if database.is_sqlite:
            raise WrongSetting("DATABASE_URL: on SQLite the bot is one process; a second one needs PostgreSQL")
        await database.knock()
        if await is_behind(database):
            raise WrongSetting("DATABASE_URL: the database is of an older release; start the bot itself first")
        spoken, vault = words(), Vault(secret_key(settings))
        telegram = await _telegram(stack, settings)
        admins = Admins(database, spoken, settings)
        whatsapp = await _whatsapp(stack, settings, spoken, admins.trouble)
        templates = whatsapp.templates(spoken) if whatsapp is not None else None
        admins.doors = doors = _doors(telegram, whatsapp)
        postman = Postman(database, table, spoken, vault, clock, doors, templates)
        stack.push_async_callback(postman.finish)
        stack.push_async_callback(_stop, asyncio.create_task(postman.run(), name="postman"))
        if templates is not None:
            await templates.look()
            stack.push_async_callback(_stop, asyncio.create_task(templates.keep_looking(), name="templates"))

        async def whatsapp_opens(whatsapp: "WhatsApp") -> None:
            await whatsapp.keep_knocking()
            _wire(telegram, whatsapp)
            postman.wake()

        if whatsapp is not None and whatsapp.fault is not None:
            stack.push_async_callback(_stop, asyncio.create_task(whatsapp_opens(whatsapp), name="opening"))
        yield postman


async def _take_older_in(database: Database) -> None:
    """Entries of the journal from before it was a chain are chained, piece by piece."""
    async with database.snapshot() as db:
        waiting = await unsealed_count(db)
    for taken in range(0, waiting, CHAINED_AT_ONCE):
        async with database.transaction() as db:
            took = await seal_older(db, limit=CHAINED_AT_ONCE)
        _log.info("the journal becomes a chain: %d of %d entries", taken + took, waiting)


async def _watch(database: Database) -> None:
    """Stops the bot when its claim on the database is lost: another one may run on it by now."""
    while await database.still_held():  # noqa: ASYNC110  nothing says when a connection dies
        await asyncio.sleep(CLAIM_CHECKED_EVERY)
    _log.error("the claim on the database is lost with its connection; stopping, so that no two bots run on it")
    os.kill(os.getpid(), signal.SIGTERM)


async def _stop(job: asyncio.Task[None]) -> None:
    job.cancel()
    await asyncio.wait([job])


async def _telegram(stack: contextlib.AsyncExitStack, settings: Settings) -> "Telegram | None":
    if settings.bot_token is None:
        return None
    from bot.telegram.start import open_telegram  # seconds of importing: not before the database is ours

    return await stack.enter_async_context(open_telegram(settings))


async def _whatsapp(
    stack: contextlib.AsyncExitStack, settings: Settings, spoken: Words, report: Report
) -> "WhatsApp | None":
    if not has_whatsapp(settings):
        return None
    from bot.whatsapp.draw import Says
    from bot.whatsapp.start import open_whatsapp

    speakers = {language: spoken.speaker(language) for language in LANGUAGES}
    says = {name: Says(t("kit-choose"), t("kit-choose-more"), t("kit-choose-how")) for name, t in speakers.items()}
    return await stack.enter_async_context(open_whatsapp(settings, says=says, on_trouble=report, waits=True))


def _doors(telegram: "Telegram | None", whatsapp: "WhatsApp | None") -> dict[str, Door]:
    """The messengers that are set up."""
    doors: dict[str, Door] = {}
    if telegram is not None:
        doors["telegram"] = telegram.door
    if whatsapp is not None:
        doors["whatsapp"] = whatsapp.door
    _wire(telegram, whatsapp)
    return doors


def _wire(telegram: "Telegram | None", whatsapp: "WhatsApp | None") -> None:
    """Each messenger learns where the bot is found in the other, once that is open."""
    opened: dict[str, Door] = {}
    if telegram is not None:
        opened["telegram"] = telegram.door
    if whatsapp is not None and whatsapp.door.is_open:
        opened["whatsapp"] = whatsapp.door
    links = {name: door.links for name, door in opened.items()}
    own = whatsapp.own_links if whatsapp is not None else {}
    for name, door in opened.items():
        door.links = _among(links, name)
        door.own = {key: _among(links | {"whatsapp": theirs}, name) for key, theirs in own.items()}


def _among(links: dict[str, Links], name: str) -> Links:
    return replace(links[name], elsewhere=tuple(others for n, others in links.items() if n != name))


async def _warn_of_strangers(database: Database, settings: Settings) -> None:
    """Says which keys in WHATSAPP_PHONE_ID are of no municipality; one that is founded later finds its number."""
    async with database.transaction() as db:
        known = {home.key for home in await municipalities(db)}
    for key in sorted(set(whatsapp_numbers(settings).values()) - known - {""}):
        _log.warning("WHATSAPP_PHONE_ID: there is no municipality «%s» (yet); until then all share its number", key)
