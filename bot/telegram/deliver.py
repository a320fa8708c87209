"""Did it reach Telegram? Every call ends as Sent, Gone or Failed; waiting and trying again happens here."""

import asyncio
import json
import logging
import math
from dataclasses import replace
from datetime import datetime
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

from bot.drawing import beginning
from bot.limits import Pace
from bot.outcomes import Delivered, Outcome
from bot.telegram.draw import TEXT_LIMIT, draw
from bot.telegram.session import Session, Upload
from civic.opinions import Tally
from civic.publications import PlaceKind
from talk.screen import Screen
from talk.turn import Heard, Joined

ALERT_LIMIT = 200
RESULTS_LIMIT = 50
POLL_LIMIT, OPTION_LIMIT = 300, 100  # characters of a native poll's question and of each option
LONGEST_WAIT = 20  # seconds that a letter waits in hand
_TRIES = 8  # at growing pauses of 0.5 s up to 16 s: about a minute of a messenger that is down
# nobody is there any more, or the bot may not write there any more
_GONE = ("chat not found", "user is deactivated", "need administrator rights", "not enough rights to send", "no rights")
_MISSING = (
    "message to edit not found",
    "message with poll to stop not found",
    "message can't be edited",
    "MESSAGE_ID_INVALID",
)
_MOVED = b"the group has moved"
_MAY_FAIL = (
    "editMessageText",
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


class TelegramDoor:
    """Shows screens to people in Telegram."""

    def __init__(self, bot: Bot, pace: Pace | None = None, *, paid: bool = False) -> None:
        self.bot = bot
        self._pace = pace or Pace(30, 1, 20)
        self._paid = paid
        self._resting: set[object] = set()  # chats to leave alone until «retry after» is over

    async def call(self, method: str, body: dict[str, Any], upload: Upload | None = None) -> Outcome:
        """Makes one call: obeys «too many requests» to the second, tries again through faults of the network and of
        Telegram (an HTML page instead of an answer too). What cannot succeed is not tried again."""
        return (await self.ask(method, body, upload))[0]

    async def ask(
        self, method: str, body: dict[str, Any], upload: Upload | None = None, *, longest: float = math.inf
    ) -> tuple[Outcome, bytes]:
        """The same, with Telegram's answer as it came; for FAILED with the reason in a few words. «Too many requests»
        for longer than `longest` seconds is LATER, with the seconds."""
        pause = 0.5
        session = self.bot.session
        assert isinstance(session, Session)
        tries = 0
        while tries < _TRIES:
            try:
                return Outcome.SENT, await session.tell(self.bot, method, body, upload)
            except TelegramRetryAfter as wait:  # no failed try: in a rush the last ones are told to wait many times
                if wait.retry_after > longest:
                    return Outcome.LATER, str(int(wait.retry_after)).encode()
                self._resting.add(body.get("chat_id"))
                await asyncio.sleep(wait.retry_after)
                self._resting.discard(body.get("chat_id"))
            except TelegramForbiddenError:
                return Outcome.GONE, b""
            except TelegramMigrateToChat as moved:  # the group has another address now, which Telegram tells
                if method.startswith(("edit", "stop")):  # what is to be changed stayed behind
                    return Outcome.FAILED, _MOVED
                tries += 1
                body = {**body, "chat_id": moved.migrate_to_chat_id}
            except TelegramBadRequest as no:
                return _refused(method, str(no.message)), str(no.message)[:80].encode()
            except TelegramUnauthorizedError:
                _log.error("Telegram does not accept the bot's token any more")
                return Outcome.FAILED, b"the token is refused"
            except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as fault:
                tries += 1
                _log.info("%s: %s, try %d", method, type(fault).__name__, tries)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 16)
            except TelegramAPIError as no:
                return _refused(method, str(no.message)), str(no.message)[:80].encode()
        _log.warning("%s: given up", method)
        return Outcome.FAILED, b"no connection"

    async def show(self, address: str, heard: Heard, screen: Screen, via: str | None = None) -> Outcome:
        """Shows the screen: redraws the message that was pressed, else sends a new one."""
        if heard.inline is not None:
            return await self.call("answerInlineQuery", _inline_answer(heard, screen))
        chat = int(address)
        query, _, pressed = (heard.message or "").partition(":")
        if not query:
            outcome = await self._all(screen, chat, None)
            if outcome is Outcome.GONE and heard.place is not None:
                await self._greet(heard.place, screen)
            return outcome
        alone = bool(screen.alert) and not draw(replace(screen, alert=""), chat, redraw=None)
        answered = self._answer(query, screen, loud=alone)
        if alone:
            return await answered
        redraw = int(pressed) if pressed.isdecimal() and pressed != "0" else None
        _, outcome = await asyncio.gather(answered, self._all(screen, chat, redraw))
        return outcome

    async def _greet(self, place: Joined, screen: Screen) -> None:
        """Whoever added the bot to a group cannot be written to: what may be read by everybody there, because nothing
        can be pressed in it, is said in the group itself."""
        public = bool(screen.ways) and all(way.link for way in screen.ways)
        if public and place.may_post and place.kind == PlaceKind.GROUP:
            await self._all(screen, int(place.address), None)

    async def nod(self, heard: Heard, screen: Screen) -> None:
        """The press stops waiting, and a line pops up; the message stays as it is."""
        query, _, _ = (heard.message or "").partition(":")
        if query and heard.inline is None:
            await self._answer(query, screen, loud=False)

    async def _answer(self, query: str, screen: Screen, *, loud: bool) -> Outcome:
        answer: dict[str, Any] = {"callback_query_id": query}
        if screen.alert:
            answer |= {"text": beginning(screen.alert, ALERT_LIMIT), "show_alert": loud}
        return await self.call("answerCallbackQuery", answer)

    async def _all(self, screen: Screen, chat: int, redraw: int | None) -> Outcome:
        calls = draw(screen, chat, redraw=redraw)
        for one in calls:
            if one.method.startswith("send"):
                self._pace.answer(str(chat))
            outcome = await self.call(one.method, one.body(), one.upload)
            if outcome is Outcome.FAILED and one.method == "editMessageText":
                # the message is too old or was deleted: the answer comes as a new one
                outcome = await self._all(screen, chat, None)
            if outcome is not Outcome.SENT:
                return outcome
        return Outcome.SENT

    async def deliver(self, address: str, screen: Screen, via: str | None = None, *, silent: bool = False) -> Delivered:
        """Sends a letter at Telegram's pace; gives the number of its first message."""
        more: dict[str, Any] = {"disable_notification": True} if silent else {}
        if self._paid:
            more["allow_paid_broadcast"] = True
        message = ""
        for one in draw(screen, int(address), redraw=None):
            await self._pace.letter(address)
            done, answer = await self._letter(one.method, one.body() | more, one.upload)
            if done.outcome is not Outcome.SENT:
                return replace(done, message=message)
            message = message or str(json.loads(answer)["result"]["message_id"])
        return Delivered(Outcome.SENT, message)

    async def amend(self, address: str, message: str, screen: Screen, via: str | None = None) -> Delivered:
        """Changes the message; what people deleted or what is too old comes as a new one."""
        changed = draw(screen, int(address), redraw=int(message)) if message.isdecimal() else []
        if len(changed) == 1 and changed[0].method.startswith("edit"):
            await self._pace.letter(address)
            done, _ = await self._letter(changed[0].method, changed[0].body(), changed[0].upload)
            if done.outcome is not Outcome.FAILED:
                return replace(done, message=message)
        return await self.deliver(address, screen, silent=True)

    async def remove(self, address: str, message: str, instead: Screen, via: str | None = None) -> Delivered:
        """Deletes the message; one that Telegram deletes no more is followed by a word that it does not hold."""
        if message.isdecimal():
            await self._pace.letter(address)
            done, _ = await self._letter("deleteMessage", {"chat_id": int(address), "message_id": int(message)}, None)
            if done.outcome is not Outcome.FAILED:
                return done
        return await self.deliver(address, instead, silent=True)

    async def _letter(self, method: str, body: dict[str, Any], upload: Upload | None) -> tuple[Delivered, bytes]:
        """One call for a letter. A long «too many requests» is given back, so that it stops no other letter."""
        outcome, answer = await self.ask(method, body, upload, longest=LONGEST_WAIT)
        wait = int(answer) if outcome is Outcome.LATER else 0
        reason = answer.decode() if outcome is Outcome.FAILED else ""
        return Delivered(outcome, reason=reason, wait=wait), answer

    async def post(
        self, address: str, screen: Screen, *, instead_of: str | None, pin: bool, passing: bool = False
    ) -> tuple[Outcome, str | None]:
        """Posts and pins a screen in a channel or group, or changes the post `instead_of` where it still stands (and
        pins it again when `pin` says so); gives what became of it and the number of the post. Where the bot may not
        pin, it is posted all the same. What is `passing` is neither pinned nor heard."""
        chat = int(address)
        if instead_of is not None:
            changed = draw(screen, chat, redraw=int(instead_of))
            if len(changed) == 1 and changed[0].method == "editMessageText":
                outcome = await self.call("editMessageText", changed[0].body())
                if outcome is Outcome.SENT and pin:
                    await self._pin(chat, instead_of)
                if outcome is not Outcome.FAILED:
                    return outcome, instead_of
        message: str | None = None
        for one in draw(screen, chat, redraw=None):
            await self._pace.letter(address)
            body = one.body() | ({"disable_notification": True} if passing else {})
            outcome, answer = await self.ask(one.method, body, one.upload)
            if outcome is not Outcome.SENT:
                return outcome, message
            message = message or str(json.loads(answer)["result"]["message_id"])
        if message is not None and not passing:
            await self._pin(chat, message)
        return Outcome.SENT, message

    async def keep(self, address: str, screen: Screen, message: str | None, *, pin: bool | None) -> Delivered:
        """Posts a card without a sound and pins it, where the bot may; or changes the one of that number: MISSING where
        somebody deleted it. With `pin` False it is pinned no more."""
        if message is None:
            done = await self.deliver(address, screen, silent=True)
        else:
            [changed] = draw(screen, int(address), redraw=int(message))
            await self._pace.letter(address)
            done, _ = await self._letter(changed.method, changed.body(), changed.upload)
            if done.reason == _MOVED.decode():
                return await self.keep(address, screen, None, pin=True)
            missing = any(words in done.reason for words in _MISSING)
            done = replace(done, message=message, outcome=Outcome.MISSING if missing else done.outcome)
        if done.outcome is Outcome.SENT and pin is not None:
            await self._pin(int(address), done.message, up=pin)
        return done

    async def take_away(self, address: str, screen: Screen, message: str) -> Delivered:
        """Deletes a card; what Telegram deletes no more is changed to the screen and pinned no more. One that somebody
        deleted before is away, too."""
        await self._pace.letter(address)
        done, _ = await self._letter("deleteMessage", {"chat_id": int(address), "message_id": int(message)}, None)
        if done.outcome is not Outcome.FAILED:
            return done
        done = await self.keep(address, screen, message, pin=False)
        return replace(done, outcome=Outcome.SENT) if done.outcome is Outcome.MISSING else done

    async def poll(self, address: str, screen: Screen, until: datetime | None) -> Delivered:
        """Asks by a native poll in which nobody learns who chose what. `count` closes it, for only then Telegram tells
        the counts to whoever asks; where nobody does, Telegram closes it at that moment."""
        asked: dict[str, Any] = {
            "chat_id": int(address),
            "question": beginning(screen.title, POLL_LIMIT),
            "options": [{"text": beginning(option.label, OPTION_LIMIT)} for option in screen.choice],
            "is_anonymous": True,
        }
        if until is not None:
            asked["close_date"] = int(until.timestamp())
        await self._pace.letter(address)
        done, answer = await self._letter("sendPoll", asked, None)
        if done.outcome is not Outcome.SENT:
            return done
        return Delivered(Outcome.SENT, str(json.loads(answer)["result"]["message_id"]))

    async def count(self, address: str, screen: Screen, message: str) -> Delivered:
        """Closes the poll and reads its counts. One that was closed before, by a bot that was killed before it could
        note them or by Telegram at its time, tells them again when the buttons under it change."""
        post: dict[str, Any] = {"chat_id": int(address), "message_id": int(message)}
        ways = [[{"text": way.label, "url": way.link}] for way in screen.ways if way.link]
        await self._pace.letter(address)
        with_ways = post | {"reply_markup": {"inline_keyboard": ways}}
        done, answer = await self._letter("stopPoll", with_ways, None)
        if "already been closed" in done.reason:
            done, answer = await self._letter("editMessageReplyMarkup", with_ways, None)
            if not answer.startswith(b"{"):  # they were put there before: nothing changed, and so nothing is told
                done, answer = await self._letter("editMessageReplyMarkup", post, None)
        if done.outcome is not Outcome.SENT:
            missing = any(words in done.reason for words in (*_MISSING, _MOVED.decode()))
            return replace(done, outcome=Outcome.MISSING) if missing else done
        if not answer.startswith(b"{"):
            return Delivered(Outcome.FAILED, reason="closed, and its counts are not told")
        told = json.loads(answer)["result"]
        poll = told.get("poll", told)
        counts = tuple(int(option["voter_count"]) for option in poll["options"])
        return Delivered(Outcome.SENT, message, tally=Tally(counts, int(poll["total_voter_count"])))

    async def _pin(self, chat: int, message: str, *, up: bool = True) -> None:
        pinned: dict[str, Any] = {"chat_id": chat, "message_id": int(message)}
        if up:
            await self.call("pinChatMessage", pinned | {"disable_notification": True})
        else:
            await self.call("unpinChatMessage", pinned)

    def address_of(self, address: str, name: str, message: str) -> str:
        """The link of a post in a channel or group; an ordinary group has none."""
        if not message or not (name or address.startswith("-100")):
            return ""
        return f"https://t.me/{name}/{message}" if name else f"https://t.me/c/{address.removeprefix('-100')}/{message}"

    async def sign_of_life(self, address: str) -> None:
        """Tells the person that something is being done."""
        if int(address) in self._resting:
            return
        try:
            await self.bot.send_chat_action(int(address), "typing", request_timeout=5)
        except (TelegramAPIError, ClientDecodeError) as fault:
            _log.debug("no sign of life: %s", type(fault).__name__)

    async def tell(self, address: str, text: str) -> Outcome:
        """Sends plain words, for admins."""
        return await self.call("sendMessage", {"chat_id": int(address), "text": beginning(text, TEXT_LIMIT)})


def _inline_answer(heard: Heard, screen: Screen) -> dict[str, Any]:
    results = [
        {
            "type": "article",
            "id": str(i),
            "title": beginning(result.title, 60) or "…",
            "description": beginning(result.state, 120),
            "input_message_content": {"message_text": beginning(result.text, TEXT_LIMIT) or "…"},
        }
        for i, result in enumerate((screen.results or ())[:RESULTS_LIMIT])
    ]
    return {"inline_query_id": heard.message or "", "results": results, "cache_time": 60, "is_personal": True}
