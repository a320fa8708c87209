"""Did it reach Telegram? Every call ends as Sent, Gone or Failed; waiting and trying again happens here."""

import asyncio
import logging
from enum import StrEnum
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    EditMessageText,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import InlineQueryResultArticle, InputTextMessageContent

from bot.telegram.draw import draw, keyboard_of
from talk.screen import Screen
from talk.turn import Heard

ALERT_LIMIT = 200
_TRIES = 8  # at growing pauses of 0.5 s up to 16 s: about a minute of a messenger that is down
_log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of something that was to be shown."""

    SENT = "sent"
    GONE = "gone"
    FAILED = "failed"


async def call(bot: Bot, method: TelegramMethod[Any]) -> Outcome:
    """Makes one call: obeys «too many requests» to the second, tries again through faults of the network and of
    Telegram (an HTML page instead of an answer too). What cannot succeed is not tried again."""
    pause = 0.5
    for attempt in range(_TRIES):
        try:
            await bot(method)
            return Outcome.SENT
        except TelegramRetryAfter as wait:
            await asyncio.sleep(wait.retry_after)
        except TelegramForbiddenError:
            return Outcome.GONE
        except TelegramBadRequest as no:
            return _refused(method, str(no.message))
        except TelegramUnauthorizedError:
            _log.error("Telegram does not accept the bot's token any more")
            return Outcome.FAILED
        except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as fault:
            _log.info("%s: %s, try %d", type(method).__name__, type(fault).__name__, attempt + 1)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 16)
        except TelegramAPIError as no:
            return _refused(method, str(no.message))
    _log.warning("%s: given up", type(method).__name__)
    return Outcome.FAILED


def _refused(method: TelegramMethod[Any], why: str) -> Outcome:
    if "message is not modified" in why:
        return Outcome.SENT
    if "query is too old" in why or "QUERY_ID_INVALID" in why:
        return Outcome.SENT  # the person saw the screen; only the little clock on the button was late
    if "chat not found" in why or "user is deactivated" in why:
        return Outcome.GONE
    if not isinstance(method, EditMessageText):
        _log.error("%s refused: %s", type(method).__name__, why)
    return Outcome.FAILED


class TelegramDoor:
    """Shows screens to people in Telegram."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def show(self, address: str, heard: Heard, screen: Screen) -> Outcome:
        """Shows the screen: redraws the message that was pressed, else sends a new one."""
        if heard.inline is not None:
            return await call(self.bot, _inline_answer(heard, screen))
        chat = int(address)
        query, _, pressed = (heard.message or "").partition(":")
        if not query:
            return await self._all(screen, chat, None)
        alone = screen.alert and not (screen.title or screen.text or screen.question or screen.lead)
        answered = call(
            self.bot,
            AnswerCallbackQuery(
                callback_query_id=query,
                text=screen.alert[:ALERT_LIMIT] or None,
                show_alert=bool(alone) or None,
            ),
        )
        if alone:
            return await answered
        redraw = int(pressed) if pressed.isdecimal() and pressed != "0" else None
        _, outcome = await asyncio.gather(answered, self._all(screen, chat, redraw))
        return outcome

    async def _all(self, screen: Screen, chat: int, redraw: int | None) -> Outcome:
        calls = draw(screen, chat, redraw=redraw)
        for one in calls:
            outcome = await call(self.bot, one)
            if outcome is Outcome.FAILED and isinstance(one, EditMessageText):
                # the message is too old or was deleted: the answer comes as a new one
                outcome = await self._all(screen, chat, None)
            if outcome is not Outcome.SENT:
                return outcome
        return Outcome.SENT

    async def sign_of_life(self, address: str) -> None:
        """Tells the person that something is being done."""
        try:
            await self.bot.send_chat_action(int(address), "typing", request_timeout=5)
        except (TelegramAPIError, ClientDecodeError) as fault:
            _log.debug("no sign of life: %s", type(fault).__name__)

    async def tell(self, address: str, text: str) -> Outcome:
        """Sends plain words, for admins."""
        return await call(self.bot, SendMessage(chat_id=int(address), text=text[:4_000], parse_mode=None))


def _inline_answer(heard: Heard, screen: Screen) -> AnswerInlineQuery:
    results = [
        InlineQueryResultArticle(
            id=str(i),
            title=result.title[:60],
            description=result.state[:120],
            input_message_content=InputTextMessageContent(message_text=result.text[:4_000], parse_mode=None),
            reply_markup=keyboard_of(Screen(buttons=result.buttons)),
        )
        for i, result in enumerate(screen.results or ())
    ]
    return AnswerInlineQuery(
        inline_query_id=heard.message or "", results=list(results), cache_time=60, is_personal=True
    )
