"""How is the Telegram door opened?"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import User
from aiohttp import web

from bot.limits import Pace
from bot.logs import without_secrets
from bot.outcomes import Outcome
from bot.settings import Settings, WrongSetting, admins_in
from bot.telegram import menu, updates
from bot.telegram.deliver import TelegramDoor
from bot.telegram.fetch import fetch
from bot.telegram.session import Session
from civic.files import Attachment
from civic.refusals import Reason
from talk.turn import Heard, Links
from talk.words import Words

LEFT_TO_LETTERS = 5 / 6  # of the rate; the rest goes to answers while a broadcast goes out


class TelegramDoorway(TelegramDoor):
    """The door with what belongs to this bot: its links, and how it hears."""

    def __init__(self, bot: Bot, links: Links, pace: Pace, *, paid: bool) -> None:
        super().__init__(bot, pace, paid=paid)
        self.links = links
        self.own: dict[str, Links] = {}
        self.is_open = True

    def via(self, payload: str) -> str | None:
        """None: there is one bot of ours in Telegram."""
        return None

    def home_of(self, via: str | None) -> str:
        """Empty: all municipalities share the bot."""
        return ""

    def sent(self, payload: str) -> datetime | None:
        """None: Telegram keeps the order, and repeats nothing that was confirmed."""
        return None

    def known_by(self, payload: str) -> str:
        """Empty: a Telegram account has one address."""
        return ""

    def hear(self, payload: str) -> Heard | None:
        """What an arrival says; None when nothing is to be answered."""
        return updates.hear(payload)

    def moved(self, payload: str) -> tuple[str, str, str] | None:
        """Nobody: a Telegram account keeps its number for life."""
        return None

    async def fetch(self, file: Attachment) -> bytes | Reason:
        """What is in a file that was sent; FILE_TOO_BIG or FILE_LOST when it cannot be had."""
        return await fetch(self.bot, file.ref)


class Telegram:
    """An open connection to the Bot API."""

    def __init__(self, bot: Bot, links: Links, settings: Settings) -> None:
        self._bot = bot
        self.name = links.bot
        pace = Pace(settings.telegram_a_second, settings.telegram_chat_a_second, settings.telegram_group_a_minute)
        self.door = TelegramDoorway(bot, links, pace, paid=settings.telegram_paid_broadcast)

    async def poll(self, put: updates.Put) -> None:
        """Fetches updates for ever."""
        await updates.poll(self._bot, put)

    def webhook(self, secret: str, put: updates.Put) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The handler of the webhook."""
        return updates.webhook(secret, put)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Asks Telegram to bring updates to that address; WrongSetting when it will not."""
        wanted = {"url": url, "secret_token": secret, "allowed_updates": updates.ALLOWED, "max_connections": 100}
        if await self.door.call("setWebhook", wanted) is not Outcome.SENT:
            raise WrongSetting("WEBHOOK_URL: Telegram does not take this address; the log says why")

    async def drop_webhook(self) -> None:
        """Asks Telegram to keep updates until they are fetched."""
        await self.door.call("deleteWebhook", {})

    async def introduce(self, words: Words) -> None:
        """Tells Telegram the commands and the description."""
        await menu.introduce(self._bot, words)


async def _who_am_i(bot: Bot) -> User:
    """The bot as Telegram knows it; a Telegram that answers, but badly, is asked again for a while."""
    for pause in (0.5, 1, 2, 4):
        try:
            return await bot.get_me(request_timeout=20)
        except TelegramRetryAfter as wait:
            await asyncio.sleep(wait.retry_after)
        except (TelegramServerError, ClientDecodeError):
            await asyncio.sleep(pause)
    return await bot.get_me(request_timeout=20)


@contextlib.asynccontextmanager
async def open_telegram(settings: Settings) -> AsyncIterator[Telegram]:
    """The Telegram of BOT_TOKEN; WrongSetting when the token is missing, refused, or Telegram cannot be reached."""
    if settings.bot_token is None:
        raise WrongSetting("BOT_TOKEN: expected the token BotFather gave; without one, run the sandbox")
    session = Session(api=TelegramAPIServer.from_base(settings.telegram_api_url), limit=200)
    async with Bot(settings.bot_token.get_secret_value(), session=session) as bot:
        try:
            me = await _who_am_i(bot)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise WrongSetting("BOT_TOKEN: Telegram does not know this token; ask BotFather for a new one") from None
        except (TelegramAPIError, ClientDecodeError) as fault:
            raise WrongSetting(
                f"TELEGRAM_API_URL: {without_secrets(settings.telegram_api_url)} cannot be reached "
                f"({type(fault).__name__})"
            ) from None
        links = Links(
            me.username or "",
            settings.time_zone,
            page=settings.public_url or "",
            admins=admins_in(settings, "telegram"),
            a_second=settings.telegram_a_second * LEFT_TO_LETTERS,
        )
        yield Telegram(bot, links, settings)
