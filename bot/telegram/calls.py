"""How does a call reach Telegram? At its pace, and tried again: waiting and «too many requests» are settled here."""

import asyncio
import logging
import math
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.limits import Pace
from bot.outcomes import Delivered, Outcome
from bot.telegram.session import NoAnswer, Session, Upload

LONGEST_WAIT = 20  # seconds that a letter waits in hand
MOVED = b"the group has moved"
_TRIES = 8  # at growing pauses of 0.5 s up to 16 s: about a minute of a messenger that is down
# nobody is there any more, or the bot may not write there any more
_GONE = ("chat not found", "user is deactivated", "need administrator rights", "not enough rights to send", "no rights")
_UNREACHED, _REFUSED_TOKEN = b"no connection", b"the token is refused"
_PASSING = (_UNREACHED, _REFUSED_TOKEN)  # for these reasons alone a call may succeed another time
_MAY_FAIL = (
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
    "pinChatMessage",
    "unpinChatMessage",
    "deleteMessage",
    "stopPoll",
)  # there is another way
_log = logging.getLogger(__name__)


def _refused(method: str, why: str) -> Outcome:
    if "message is not modified" in why:
        return Outcome.SENT
    if "query is too old" in why or "QUERY_ID_INVALID" in why:
        return Outcome.SENT  # the person saw the screen; only the little clock on the button was late
    if any(words in why for words in _GONE):
        return Outcome.GONE
    if method not in _MAY_FAIL:
        _log.error("%s refused: %s", method, why)
    return Outcome.FAILED


class Calls:
    """The calls of one bot."""

    def __init__(self, bot: Bot, pace: Pace | None = None) -> None:
        self.bot = bot
        self.pace = pace or Pace(30, 1, 20)
        self._resting: dict[object, int] = {}  # chats to leave alone until «retry after» is over

    def rests(self, chat: object) -> bool:
        """Whether Telegram wants the chat to be left alone."""
        return chat in self._resting

    async def call(self, method: str, body: dict[str, Any], upload: Upload | None = None) -> Outcome:
        """Makes one call: obeys «too many requests» to the second, tries again through faults of the network and of
        Telegram (an HTML page instead of an answer too). What cannot succeed is not tried again."""
        return (await self.ask(method, body, upload))[0]

    async def letter(
        self, address: str, method: str, body: dict[str, Any], upload: Upload | None = None
    ) -> tuple[Delivered, bytes]:
        """One call for a letter, when it is its turn. A long «too many requests» is given back, so that it stops no
        other letter; what may have been sent is IN_DOUBT and not tried again."""
        if self.pace.rests > LONGEST_WAIT:
            return Delivered(Outcome.LATER, wait=math.ceil(self.pace.rests)), b""
        await self.pace.letter(address)
        sends = method.startswith("send")
        outcome, answer = await self.ask(method, body, upload, longest=LONGEST_WAIT, is_letter=True, twice=not sends)
        wait = int(answer) if outcome is Outcome.LATER else 0
        failed = outcome is Outcome.FAILED
        reason = answer.decode() if failed or outcome is Outcome.IN_DOUBT else ""
        return Delivered(outcome, reason=reason, wait=wait, final=failed and answer not in _PASSING), answer

    async def ask(
        self,
        method: str,
        body: dict[str, Any],
        upload: Upload | None = None,
        *,
        longest: float = math.inf,
        is_letter: bool = False,
        twice: bool = True,
    ) -> tuple[Outcome, bytes]:
        """The same, with Telegram's answer as it came; for FAILED with the reason in a few words. «Too many requests»
        for longer than `longest` seconds is LATER, with the seconds. What may not be done `twice` is IN_DOUBT as soon
        as an answer is missing."""
        pause = 0.5
        session = self.bot.session
        assert isinstance(session, Session)
        tries = 0
        while tries < _TRIES:
            try:
                return Outcome.SENT, await session.tell(self.bot, method, body, upload)
            except TelegramRetryAfter as wait:  # no failed try: in a rush the last ones are told to wait many times
                chat = body.get("chat_id")
                if self._concerns_all(chat, is_letter=is_letter):
                    self.pace.rest(wait.retry_after)
                if wait.retry_after > longest:
                    return Outcome.LATER, str(int(wait.retry_after)).encode()
                self._resting[chat] = self._resting.get(chat, 0) + 1
                try:
                    await asyncio.sleep(wait.retry_after)
                finally:
                    self._resting[chat] -= 1
                    if not self._resting[chat]:
                        del self._resting[chat]
            except TelegramForbiddenError:
                return Outcome.GONE, b""
            except TelegramMigrateToChat as moved:  # the group has another address now, which Telegram tells
                if method.startswith(("edit", "stop")):  # what is to be changed stayed behind
                    return Outcome.FAILED, MOVED
                tries += 1
                body = {**body, "chat_id": moved.migrate_to_chat_id}
            except TelegramBadRequest as no:
                return _refused(method, str(no.message)), str(no.message)[:80].encode()
            except TelegramUnauthorizedError:
                _log.error("Telegram does not accept the bot's token any more")
                return Outcome.FAILED, _REFUSED_TOKEN
            except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as fault:
                if not twice and isinstance(fault, NoAnswer):
                    return Outcome.IN_DOUBT, b"no answer"
                tries += 1
                _log.info("%s: %s, try %d", method, type(fault).__name__, tries)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 16)
            except TelegramAPIError as no:
                return _refused(method, str(no.message)), str(no.message)[:80].encode()
        _log.warning("%s: given up", method)
        return Outcome.FAILED, _UNREACHED

    def _concerns_all(self, chat: object, *, is_letter: bool) -> bool:
        """Whether «too many requests», of which Telegram does not say whose, is about more than the one chat: a letter
        to one person comes no sooner than that chat allows, and two chats at once are no accident."""
        to_person = isinstance(chat, int) and chat > 0
        return (is_letter and to_person) or bool(self._resting.keys() - {chat})
