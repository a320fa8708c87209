"""What did somebody do in Telegram? Updates become what the kit understands; how they are fetched."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    CallbackQuery,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUnion,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    Update,
)
from aiohttp import web
from pydantic import ValidationError

from bot.logs import scrubbed
from civic.files import Attachment, FileKind
from civic.publications import PlaceKind
from civic.spelling import clean
from talk.turn import Contact, Heard, Joined

ALLOWED = ["message", "callback_query", "inline_query", "my_chat_member"]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of the header
_OUT = ("kicked", "left")
Put = Callable[[Sequence[tuple[str, str, str]]], Awaitable[None]]
_log = logging.getLogger(__name__)


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without reading what is inside: it is written to the inbox first, and read in its turn."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = 0
    allowed_updates: list[str] = ALLOWED


def row_of(update: dict[str, Any]) -> tuple[str, str, str] | None:
    """(number, address, payload) for the inbox: who it came from is looked up without reading the rest; None for
    something that is no update."""
    number = update.get("update_id")
    if type(number) is not int or not 0 <= number < 2**63:
        return None
    for kind, inside in update.items():
        if kind != "update_id" and isinstance(inside, dict):
            sender = inside.get("from")
            if isinstance(sender, dict) and isinstance(sender.get("id"), int):
                return str(number), str(sender["id"]), json.dumps(update)
    return str(number), "", json.dumps(update)


def hear(payload: str) -> Heard | None:
    """What the update says; None when it is nothing to answer (another kind, or not from a private chat)."""
    try:
        update = Update.model_validate_json(payload)
    except ValidationError as wrong:
        _log.warning("an update that is none: %d faults", wrong.error_count())
        return None
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    if update.message is not None:
        return _written(update.message)
    if update.inline_query is not None:
        return _looked_up(update.inline_query)
    return _stands(update.my_chat_member) if update.my_chat_member is not None else None


def _pressed(query: CallbackQuery) -> Heard | None:
    message = query.message
    if message is None or message.chat.type != "private":
        return None
    return Heard(press=query.data or "?", message=f"{query.id}:{message.message_id}")


def _written(message: Message) -> Heard | None:
    if message.migrate_to_chat_id is not None and message.from_user is not None and not message.from_user.is_bot:
        to = str(message.migrate_to_chat_id)
        return Heard(place=Joined(str(message.chat.id), message.chat.title or "", PlaceKind.MOVED, True, to))
    if message.chat.type != "private" or message.from_user is None or message.from_user.is_bot:
        return None
    text = clean(message.text or message.caption or "")
    file = _sent(message)
    if file is not None:
        return Heard(text=text, file=file)
    if message.contact is not None:
        owner = str(message.contact.user_id) if message.contact.user_id is not None else None
        # a contact that was forwarded, or put together by another bot, proves nothing about who sends it now
        foreign = message.forward_origin is not None or message.via_bot is not None
        return Heard(contact=Contact(message.contact.phone_number, None if foreign else owner))
    if message.location is not None:
        return Heard(location=(message.location.latitude, message.location.longitude))
    if text.startswith("/") and len(text) > 1:
        command, _, payload = text[1:].partition(" ")
        return Heard(text=text, command=command.partition("@")[0].lower(), payload=payload.strip()[:64])
    return Heard(text=text)


def _sent(message: Message) -> Attachment | None:
    """A photo in its largest size, a voice note, or a document; a film that Telegram calls a document too is none."""
    if message.photo:
        best = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment(best.file_id, FileKind.PICTURE, "photo.jpg", best.file_size or 0)
    voice = message.voice or message.audio
    if voice is not None:
        return Attachment(voice.file_id, FileKind.VOICE, "voice.ogg", voice.file_size or 0)
    paper = message.document
    if paper is None or message.animation is not None:
        return None
    kind = FileKind.PICTURE if (paper.mime_type or "").startswith("image/") else FileKind.PAPER
    return Attachment(paper.file_id, kind, clean(paper.file_name or ""), paper.file_size or 0)


def _looked_up(query: InlineQuery) -> Heard:
    return Heard(inline=clean(query.query)[:100], message=query.id)


def _stands(change: ChatMemberUpdated) -> Heard | None:
    """What the bot is in a chat from now on: stopped or begun by a person, in or out of a channel or group. What
    other bots do, or people who hide behind a group, is nobody's act."""
    chat, now = change.chat, change.new_chat_member
    if chat.type == "private":
        return Heard(stopped=now.status in _OUT)
    if change.from_user.is_bot:
        return None
    kind = PlaceKind.CHANNEL if chat.type == "channel" else PlaceKind.GROUP
    out = now.status in _OUT or (isinstance(now, ChatMemberRestricted) and not now.is_member)
    if out:
        kind = PlaceKind.LEFT
    place = Joined(str(chat.id), chat.title or "", kind, not out and _may_post(kind, now), chat.username or "")
    return Heard(place=place)


def _may_post(kind: PlaceKind, member: ChatMemberUnion) -> bool:
    """In a channel that is a right of administrators; in a group everybody may who was not forbidden to."""
    if kind is PlaceKind.CHANNEL:
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    return not isinstance(member, ChatMemberRestricted) or member.can_send_messages


async def poll(bot: Bot, put: Put) -> None:
    """Long polling for ever: what arrives is in the inbox before it is confirmed to Telegram, so that nothing is
    lost when the process dies. Whatever fails, it goes on: what could not be written comes again."""
    offset: int | None = None
    pause = 1.0
    while True:
        try:
            updates = await bot(GetRawUpdates(offset=offset, timeout=50), request_timeout=65)
            rows = [row for row in map(row_of, updates) if row is not None]
            if rows:
                await put(rows)
                offset = max(int(number) for number, _, _ in rows) + 1
            pause = 1.0
        except TelegramRetryAfter as wait:
            await asyncio.sleep(wait.retry_after)
        except Exception as fault:  # noqa: BLE001  a poller that stops is a bot that is deaf
            _log_why(fault, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30)


def _log_why(fault: Exception, pause: float) -> None:
    if isinstance(fault, TelegramUnauthorizedError):
        _log.error("Telegram does not accept BOT_TOKEN any more; ask BotFather for a new one")
    elif isinstance(fault, TelegramConflictError):
        _log.warning("Telegram says that another bot runs with this token, or a webhook is set")
    elif isinstance(fault, ClientDecodeError | TelegramAPIError):
        _log.warning("Telegram cannot be reached (%s), again in %.0f s", type(fault).__name__, pause)
    else:
        _log.error("what arrived cannot be written, again in %.0f s\n%s", pause, scrubbed(fault))


def webhook(secret: str, put: Put) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of Telegram's webhook: 200 only when the update is in the inbox; 403 for a wrong secret, 400 for
    something that is no update."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError, web.RequestPayloadError):
            return web.Response(status=400)
        row = row_of(update) if isinstance(update, dict) else None
        if row is None:
            return web.Response(status=400)
        await put([row])
        return web.Response()

    return receive
