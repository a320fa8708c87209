"""How does a letter stand in a chat? Sent in one or several messages, changed where they stand, taken away whole.

Telegram's numbers of its messages are kept in one line, in the order in which they stand there."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from aiogram import Bot

from bot.limits import Pace
from bot.outcomes import Delivered, Outcome
from bot.telegram.calls import Calls
from bot.telegram.draw import Call, draw
from bot.telegram.session import Upload
from handlers.files import KeptFile
from talk.screen import Screen

_AWAY = "message to delete not found"
# what Telegram says of a file that it does not know (any more), or that another bot sent
_STRANGE_FILE = ("wrong file identifier", "wrong remote file", "can't use file of type", "FILE_REFERENCE")
_Tell = Callable[[dict[str, Any], Upload | None], Awaitable[tuple[Delivered, bytes]]]


def numbers(message: str) -> list[int]:
    """The numbers of the messages in which a letter stands."""
    return [int(each) for each in message.split() if each.isdecimal()]


def in_line(standing: Iterable[int]) -> str:
    """The same, as they are kept."""
    return " ".join(map(str, standing))


class Letters(Calls):
    """The letters of one bot."""

    def __init__(self, bot: Bot, pace: Pace | None = None, *, paid: bool = False) -> None:
        super().__init__(bot, pace)
        self._paid = paid
        self._files: dict[str, str] = {}  # by the key of a kept file, what Telegram calls it
        self._going_up: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, address: str, screen: Screen, via: str | None = None, *, silent: bool = False) -> Delivered:
        """Sends a letter at Telegram's pace; gives the numbers of its messages, of those that went out where one
        failed."""
        return await self._send(address, draw(screen, int(address), redraw=None), [], silent=silent)

    async def amend(self, address: str, message: str, screen: Screen, via: str | None = None) -> Delivered:
        """Changes the messages of a letter one by one, without a sound: a caption where there is a file. What it needs
        more is sent, what it needs no more is deleted. Where people deleted one, or one is too old, all of it comes
        anew and what is left of the old is deleted."""
        standing, wanted = numbers(message), draw(screen, int(address), redraw=None)
        for number, call in zip(standing, wanted, strict=False):
            done, _ = await self.letter(address, *_change(call, number))
            if done.outcome is Outcome.FAILED and done.final:
                left = await self._delete(address, standing)
                new = await self._send(address, wanted, [], silent=True)
                return replace(new, message=in_line([*numbers(new.message), *left]))
            if done.outcome is not Outcome.SENT:
                return replace(done, message=message)
        left = await self._delete(address, standing[len(wanted) :])
        done = await self._send(address, wanted[len(standing) :], standing[: len(wanted)], silent=True)
        return replace(done, message=in_line([*numbers(done.message), *left]))

    async def remove(self, address: str, message: str, instead: Screen, via: str | None = None) -> Delivered:
        """Deletes every message of a letter. Where Telegram deletes one no more, or the reader deleted them
        all, a word follows that it does not hold."""
        refused, deleted = False, False
        for number in numbers(message):
            done, _ = await self.letter(address, "deleteMessage", {"chat_id": int(address), "message_id": number})
            if done.outcome is not Outcome.SENT and not done.final:
                return replace(done, message=message)
            deleted |= done.outcome is Outcome.SENT
            refused |= done.final and _AWAY not in done.reason  # what the reader deleted is away
        if refused or not deleted:
            return await self.deliver(address, instead, silent=True)
        return Delivered(Outcome.SENT)

    async def _send(self, address: str, calls: list[Call], standing: list[int], *, silent: bool) -> Delivered:
        """Sends what follows the messages that stand there already."""
        more: dict[str, Any] = {"disable_notification": True} if silent else {}
        if self._paid:
            more["allow_paid_broadcast"] = True
        sent, file = list(standing), None
        for call in calls:
            done, answer = await self._letter(address, call, more)
            file = done.file if done.file is not None else file
            if done.outcome is not Outcome.SENT:
                return replace(done, message=in_line(sent), file=file)
            sent.append(int(json.loads(answer)["result"]["message_id"]))
        return Delivered(Outcome.SENT, in_line(sent), file=file)

    async def _letter(self, address: str, call: Call, more: dict[str, Any]) -> tuple[Delivered, bytes]:
        async def tell(body: dict[str, Any], upload: Upload | None) -> tuple[Delivered, bytes]:
            return await self.letter(address, call.method, body | more, upload)

        return await self.with_file(call, tell)

    async def with_file(self, call: Call, tell: _Tell) -> tuple[Delivered, bytes]:
        """Makes the call by `tell`. A kept file goes up once: whoever sends the same one meanwhile waits for that, and
        from then on it is named. One that Telegram does not know any more goes up again, or LATER where its content is
        not at hand."""
        part, file = call.upload or ("", None)
        if not isinstance(file, KeptFile):
            return await tell(call.body(), call.upload)
        going_up = self._going_up.setdefault(file.key, asyncio.Lock())
        async with going_up:
            known = self._files.get(file.key) or file.known
            if not known:
                return await self._goes_up(call, part, file, tell)
        done, answer = await tell(call.body() | {part: known}, None)
        if not any(words in done.reason for words in _STRANGE_FILE):
            return done, answer
        self._files.pop(file.key, None)
        if not file.bytes:
            return Delivered(Outcome.LATER, wait=1, file=""), b""
        async with going_up:
            return await self._goes_up(call, part, file, tell)

    async def _goes_up(self, call: Call, part: str, file: KeptFile, tell: _Tell) -> tuple[Delivered, bytes]:
        done, answer = await tell(call.body(), (part, file))
        if done.outcome is Outcome.SENT:
            stands = json.loads(answer)["result"].get(part)
            largest = stands[-1] if isinstance(stands, list) else stands
            if largest:
                self._files[file.key] = str(largest["file_id"])
                done = replace(done, file=self._files[file.key])
        return done, answer

    async def _delete(self, address: str, standing: Iterable[int]) -> list[int]:
        """Deletes these messages; gives those that may still be deleted another time."""
        left = []
        for number in standing:
            done, _ = await self.letter(address, "deleteMessage", {"chat_id": int(address), "message_id": number})
            if done.outcome is not Outcome.SENT and not done.final:
                left.append(number)
        return left


def _change(call: Call, number: int) -> tuple[str, dict[str, Any]]:
    """The call that makes of the message of that number what this one would send."""
    method = "editMessageText" if call.method == "sendMessage" else "editMessageCaption"
    return method, call.body() | {"message_id": number}
