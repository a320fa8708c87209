"""What is in a file that somebody sent? Asked for with getFile, then read from the address it gives."""

import asyncio
import logging

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import GetFile
from aiohttp import ClientError, ClientTimeout

from bot.telegram.session import Session
from civic.files import LARGEST
from civic.refusals import Reason

TRIES = 5  # at growing pauses of 0.5 s up to 4 s
LONGEST = 180  # seconds for all tries together: somebody is waiting; the largest file at one megabit takes 80
_PATIENCE = ClientTimeout(total=None, sock_connect=15, sock_read=15)
_PIECE = 64 * 1024
_log = logging.getLogger(__name__)


class _Passing(Exception):
    """It may go better in a moment."""


async def fetch(bot: Bot, file_id: str) -> bytes | Reason:
    """What is in the file; FILE_TOO_BIG as soon as it is over the limit, FILE_LOST when Telegram has it no more or
    cannot be reached."""
    pause = 0.5
    try:
        async with asyncio.timeout(LONGEST):
            for tries in range(1, TRIES + 1):
                try:
                    return await _once(bot, file_id)
                except _Passing as fault:
                    _log.info("a file: %s, try %d", fault, tries)
                    await asyncio.sleep(pause)
                    pause *= 2
    except TimeoutError:
        pass
    _log.warning("a file: given up")
    return Reason.FILE_LOST


async def _once(bot: Bot, file_id: str) -> bytes | Reason:
    try:
        told = await bot(GetFile(file_id=file_id), request_timeout=15)
    except TelegramRetryAfter as wait:
        await asyncio.sleep(wait.retry_after)
        raise _Passing("too many requests") from None
    except TelegramBadRequest as no:
        if "too big" in no.message:
            return Reason.FILE_TOO_BIG
        if "temporarily unavailable" in no.message:
            raise _Passing("not there at this moment") from None
        return Reason.FILE_LOST
    except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as fault:
        raise _Passing(type(fault).__name__) from None
    except TelegramAPIError as no:
        _log.error("getFile refused: %s", type(no).__name__)
        return Reason.FILE_LOST
    if (told.file_size or 0) > LARGEST:
        return Reason.FILE_TOO_BIG
    return await _read(bot, told.file_path) if told.file_path else Reason.FILE_LOST


async def _read(bot: Bot, path: str) -> bytes | Reason:
    session = bot.session
    assert isinstance(session, Session)
    http = await session.create_session()
    content = bytearray()
    try:
        # the address holds the bot's token: it must not follow anybody elsewhere, nor reach the log
        address = session.api.file_url(bot.token, path)
        async with http.get(address, timeout=_PATIENCE, allow_redirects=False) as answer:
            if answer.status == 429 or answer.status >= 500:
                raise _Passing(f"status {answer.status}")
            if answer.status != 200:
                _log.warning("a file cannot be had: status %d", answer.status)
                return Reason.FILE_LOST
            async for piece in answer.content.iter_chunked(_PIECE):
                content += piece
                if len(content) > LARGEST:
                    return Reason.FILE_TOO_BIG
    except (OSError, ClientError) as fault:
        raise _Passing(type(fault).__name__) from None
    return bytes(content)
