"""What is in a file that somebody sent? Its address is asked for, then it is read from there."""

import asyncio
import logging

import httpx
from pywa.errors import WhatsAppError
from pywa_async.client import WhatsApp

from bot.whatsapp.graph import Means, may_have_token, meaning_of
from civic.files import LARGEST
from civic.refusals import Reason

TRIES = 5  # at growing pauses of 0.5 s up to 4 s
LONGEST = 180  # seconds for all tries together: somebody is waiting; the largest file at one megabit takes 80
_log = logging.getLogger(__name__)


class _Passing(Exception):
    """It may go better in a moment."""


class OutOfReach(Exception):
    """WhatsApp gives us no file now, whichever it is: it cannot be reached, or something of ours must be put right."""

    def __init__(self, meant: Means, code: int = 0) -> None:
        super().__init__(meant, code)
        self.meant, self.code = meant, code


async def fetch(whatsapp: WhatsApp, media: str, graph: str, *, pause: float = 0.5) -> bytes | Reason:
    """What is in the file; FILE_TOO_BIG as soon as it is over the limit, FILE_LOST when WhatsApp has it no more or
    does not bring it. Raises OutOfReach."""
    fault: Exception | None = None
    try:
        async with asyncio.timeout(LONGEST):
            for tries in range(1, TRIES + 1):
                try:
                    return await _once(whatsapp, media, graph)
                except (_Passing, OutOfReach, httpx.HTTPError) as no:
                    if isinstance(no, OutOfReach) and no.meant is not Means.AGAIN:
                        raise
                    fault = no
                    _log.info("a file: %s, try %d", type(no).__name__, tries)
                    await asyncio.sleep(pause)
                    pause *= 2
    except TimeoutError:
        pass
    if isinstance(fault, OutOfReach):
        raise fault
    _log.warning("a file: given up")
    return Reason.FILE_LOST


async def _once(whatsapp: WhatsApp, media: str, graph: str) -> bytes | Reason:
    if not media.isalnum():  # it becomes a part of an address
        return Reason.FILE_LOST
    try:
        told = await whatsapp.api.get_media_url(media)
        address, size = str(told["url"]), int(told.get("file_size") or 0)
    except WhatsAppError as no:
        meant = meaning_of(no)
        if meant in (Means.AGAIN, Means.TOKEN, Means.OURS):
            raise OutOfReach(meant, no.code) from None
        _log.warning("a file cannot be had: code %d", no.code)
        return Reason.FILE_LOST
    except (httpx.HTTPError, KeyError, TypeError, ValueError):
        raise OutOfReach(Means.AGAIN) from None
    if size > LARGEST:
        return Reason.FILE_TOO_BIG
    if not may_have_token(address, graph):
        _log.error("a file lies where our token must not be shown: %s", httpx.URL(address).host)
        return Reason.FILE_LOST
    return await _read(whatsapp, address)


async def _read(whatsapp: WhatsApp, address: str) -> bytes | Reason:
    content = bytearray()
    async with whatsapp.api.stream_media_bytes(address) as answer:
        if answer.status_code == 429 or answer.status_code >= 500:
            raise _Passing
        if answer.status_code == 401:
            raise OutOfReach(Means.TOKEN, answer.status_code)
        if answer.status_code != 200:
            _log.warning("a file cannot be had: status %d", answer.status_code)
            return Reason.FILE_LOST
        async for piece in answer.aiter_bytes():
            content += piece
            if len(content) > LARGEST:
                return Reason.FILE_TOO_BIG
    return bytes(content)
