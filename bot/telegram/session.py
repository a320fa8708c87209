"""How does a call travel to the Bot API with little work?"""

import json
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientConnectorError, ClientError, ClientTimeout, ConnectionTimeoutError, FormData

from talk.screen import File

Upload = tuple[str, File]  # the field it goes in, and the file
_JSON = {"Content-Type": "application/json"}
_PATIENCE = ClientTimeout(total=60)


class Told(TelegramMethod[bool]):
    """Stands for a plain call in aiogram's errors."""

    __returning__ = bool
    __api_method__ = "told"


class NoAnswer(TelegramNetworkError):
    """The call was on its way when something broke or took too long: Telegram may have done what it asks for."""


class Session(AiohttpSession):
    """aiogram's session; a fault below HTTP (a reset, a broken answer) is always a network error."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  aiogram's own signature
    ) -> TelegramType:
        """Makes the call; TelegramNetworkError for everything that went wrong on the way."""
        try:
            return await super().make_request(bot, method, timeout)
        except (OSError, ClientError) as fault:
            raise TelegramNetworkError(method=method, message=type(fault).__name__) from fault

    async def close(self) -> None:
        """Closes the connections. The pause that aiogram makes then is for TLS."""
        if self._session is not None and self.api.base.startswith("http:"):
            await self._session.close()
        await super().close()

    async def tell(self, bot: Bot, method: str, body: dict[str, Any], upload: Upload | None = None) -> bytes:
        """Makes a call of which mostly the success matters: sent as JSON (with a file, as a form), and the answer is
        read as far as its `ok`, and given as it came. Raises what aiogram raises, and NoAnswer."""
        data: bytes | FormData = json.dumps(body).encode()
        headers: dict[str, str] | None = _JSON
        if upload is not None:
            data, headers = _form(body, upload), None
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method)
        try:
            async with session.post(url, data=data, headers=headers, timeout=_PATIENCE) as answer:
                content = await answer.read()
        except (ClientConnectorError, ConnectionTimeoutError) as fault:  # it never left
            raise TelegramNetworkError(method=Told(), message=type(fault).__name__) from fault
        except (OSError, ClientError) as fault:  # TimeoutError is an OSError
            raise NoAnswer(method=Told(), message=type(fault).__name__) from fault
        if answer.status != 200 or b'"ok":true' not in content[:20].replace(b" ", b""):
            self.check_response(bot, Told(), answer.status, content.decode(errors="replace"))
        return content


def _form(body: dict[str, Any], upload: Upload) -> FormData:
    field, file = upload
    form = FormData(quote_fields=False)
    for name, value in body.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    form.add_field(field, file.bytes, filename=file.name)
    return form
