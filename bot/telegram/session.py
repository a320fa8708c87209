"""How does a call travel to the Bot API with little work?"""

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientError


class Session(AiohttpSession):
    """aiogram's session; a fault below HTTP (a reset, a broken answer) is always a network error."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> TelegramType:
        """Makes the call; TelegramNetworkError for everything that went wrong on the way."""
        try:
            return await super().make_request(bot, method, timeout)
        except (TimeoutError, OSError, ClientError) as fault:
            raise TelegramNetworkError(method=method, message=type(fault).__name__) from fault
