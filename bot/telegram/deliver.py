"""Did it reach Telegram? Answers to people, posts and cards in channels and groups, polls."""

import asyncio
import json
import logging
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from aiogram.exceptions import ClientDecodeError, TelegramAPIError

from bot.drawing import beginning
from bot.outcomes import Delivered, Outcome
from bot.telegram.calls import MOVED
from bot.telegram.draw import TEXT_LIMIT, draw
from bot.telegram.letters import Letters, in_line, numbers
from bot.telegram.session import Upload
from civic.opinions import Tally
from civic.publications import PlaceKind
from talk.screen import Screen
from talk.turn import Heard, Joined

ALERT_LIMIT = 200
RESULTS_LIMIT = 50
POLL_LIMIT, OPTION_LIMIT = 300, 100  # characters of a native poll's question and of each option
_MISSING = (
    "message to edit not found",
    "message with poll to stop not found",
    "message can't be edited",
    "MESSAGE_ID_INVALID",
)
_log = logging.getLogger(__name__)


class TelegramDoor(Letters):
    """Shows screens to people in Telegram."""

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
                self.pace.answer(str(chat))
            done, _ = await self.with_file(one, partial(self._tell, one.method))
            outcome = done.outcome
            if outcome is Outcome.FAILED and one.method == "editMessageText":
                # the message is too old or was deleted: the answer comes as a new one
                outcome = await self._all(screen, chat, None)
            if outcome is not Outcome.SENT:
                return outcome
        return Outcome.SENT

    async def _tell(self, method: str, body: dict[str, Any], upload: Upload | None) -> tuple[Delivered, bytes]:
        outcome, answer = await self.ask(method, body, upload)
        return Delivered(outcome, reason=answer.decode() if outcome is Outcome.FAILED else ""), answer

    async def post(self, address: str, screen: Screen, *, instead_of: str | None, pin: bool) -> Delivered:
        """Posts and pins a screen in a channel or group, or changes the post `instead_of` where it still stands (and
        pins it again when `pin` says so); gives what became of it and the number of the post. Where the bot may not
        pin, it is posted all the same."""
        if instead_of is not None:
            changed = draw(screen, int(address), redraw=int(instead_of))
            if len(changed) == 1 and changed[0].method == "editMessageText":
                done, _ = await self.letter(address, "editMessageText", changed[0].body())
                if done.outcome is Outcome.SENT and pin:
                    await self._pin(address, instead_of)
                if not done.final:
                    return replace(done, message=instead_of)
        done = _first_of(await self.deliver(address, screen))
        if done.outcome is Outcome.SENT:
            await self._pin(address, done.message)
        return done

    async def keep(self, address: str, screen: Screen, message: str | None, *, pin: bool | None) -> Delivered:
        """Posts a card without a sound and pins it, where the bot may; or changes the one of that number: MISSING where
        somebody deleted it. With `pin` False it is pinned no more."""
        if message is None:
            done = _first_of(await self.deliver(address, screen, silent=True))
        else:
            [changed] = draw(screen, int(address), redraw=int(message))
            done, _ = await self.letter(address, changed.method, changed.body(), changed.upload)
            if done.reason == MOVED.decode():
                return await self.keep(address, screen, None, pin=True)
            missing = any(words in done.reason for words in _MISSING)
            done = replace(done, message=message, outcome=Outcome.MISSING if missing else done.outcome)
        if done.outcome is Outcome.SENT and pin is not None:
            await self._pin(address, done.message, up=pin)
        return done

    async def take_away(self, address: str, screen: Screen, message: str) -> Delivered:
        """Deletes a card; what Telegram deletes no more is changed to the screen and pinned no more. One that somebody
        deleted before is away, too."""
        done, _ = await self.letter(address, "deleteMessage", {"chat_id": int(address), "message_id": int(message)})
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
        done, answer = await self.letter(address, "sendPoll", asked)
        if done.outcome is not Outcome.SENT:
            return done
        return Delivered(Outcome.SENT, str(json.loads(answer)["result"]["message_id"]))

    async def count(self, address: str, screen: Screen, message: str) -> Delivered:
        """Closes the poll and reads its counts. One that was closed before, by a bot that was killed before it could
        note them or by Telegram at its time, tells them again when the buttons under it change."""
        post: dict[str, Any] = {"chat_id": int(address), "message_id": int(message)}
        ways = [[{"text": way.label, "url": way.link}] for way in screen.ways if way.link]
        with_ways = post | {"reply_markup": {"inline_keyboard": ways}}
        done, answer = await self.letter(address, "stopPoll", with_ways)
        if "already been closed" in done.reason:
            done, answer = await self.letter(address, "editMessageReplyMarkup", with_ways)
            if not answer.startswith(b"{"):  # they were put there before: nothing changed, and so nothing is told
                done, answer = await self.letter(address, "editMessageReplyMarkup", post)
        if done.outcome is not Outcome.SENT:
            missing = any(words in done.reason for words in (*_MISSING, MOVED.decode()))
            return replace(done, outcome=Outcome.MISSING) if missing else done
        if not answer.startswith(b"{"):
            return Delivered(Outcome.FAILED, reason="closed, and its counts are not told")
        told = json.loads(answer)["result"]
        poll = told.get("poll", told)
        counts = tuple(int(option["voter_count"]) for option in poll["options"])
        return Delivered(Outcome.SENT, message, tally=Tally(counts, int(poll["total_voter_count"])))

    async def _pin(self, address: str, message: str, *, up: bool = True) -> None:
        """At once, for it belongs to what was posted a moment ago; whatever comes next waits for it, too."""
        pinned: dict[str, Any] = {"chat_id": int(address), "message_id": int(message)}
        self.pace.answer(address)
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
        if self.rests(int(address)):
            return
        try:
            await self.bot.send_chat_action(int(address), "typing", request_timeout=5)
        except (TelegramAPIError, ClientDecodeError) as fault:
            _log.debug("no sign of life: %s", type(fault).__name__)

    async def tell(self, address: str, text: str) -> Outcome:
        """Sends plain words, for admins."""
        return await self.call("sendMessage", {"chat_id": int(address), "text": beginning(text, TEXT_LIMIT)})


def _first_of(done: Delivered) -> Delivered:
    """A post is known by the number of its first message alone."""
    first = numbers(done.message)[:1]
    return replace(done, message=in_line(first))


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
