"""What does a person do with their phone? Start, write, press, share, vote, block - each becomes an update."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from sandbox import ballots
from sandbox.cast import ADMINISTRATOR, CREATOR
from sandbox.chats import Chat, Json, Person, Post
from sandbox.groups import (
    PRESENT,
    CannotDo,
    add_bot,
    join,
    leave,
    migrate,
    promote_bot,
    remove_bot,
    set_bot_status,
)
from sandbox.inline import InlineAnswer, choose, inline
from sandbox.markup.entities import detect, units
from sandbox.sending import attach, say
from sandbox.world import Asked, ChatRef, World

__all__ = [
    "CannotDo",
    "InlineAnswer",
    "Person",
    "add_bot",
    "block",
    "choose",
    "contact",
    "delete_account",
    "document",
    "edit",
    "inline",
    "join",
    "leave",
    "location",
    "migrate",
    "open_link",
    "photo",
    "press",
    "promote_bot",
    "react",
    "remove_bot",
    "start",
    "tap",
    "unblock",
    "video",
    "voice",
    "vote",
    "write",
]

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
PIXEL = (  # the smallest PNG picture
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


async def start(world: World, person: Person, payload: str = "") -> Post:
    """Press Start in the bot's private chat, perhaps through a deep link with a payload."""
    if payload and not PAYLOAD.fullmatch(payload):
        raise CannotDo("a deep link carries 1-64 characters of A-Z, a-z, 0-9, _ and -")
    chat = world.chat(person.id)
    if chat.blocked:
        await unblock(world, person)
    return await write(world, person, chat, f"/start {payload}".strip())


async def open_link(world: World, person: Person, url: str) -> Post | None:
    """Follow a t.me link of the bot: start with its payload, or just open the chat when it has none."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    query = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
    name = query.get("domain") if parts.scheme == "tg" else parts.path.strip("/")
    if (name or "").lower() != world.bot.username.lower():
        raise CannotDo(f"{url} does not lead to this bot")
    payload = query.get("start")
    if payload is None or not PAYLOAD.fullmatch(payload):
        return None  # clients ignore a payload they do not understand
    return await start(world, person, payload)


async def write(
    world: World,
    person: Person,
    chat: ChatRef,
    text: str,
    *,
    reply_to: int | None = None,
    entities: list[Json] | None = None,
) -> Post:
    """Write a text; in a channel it becomes a post."""
    text = text.strip()
    if not text:
        raise CannotDo("an empty message cannot be sent")
    if units(text) > 4096:
        raise CannotDo("the text is longer than 4096 characters")
    content: Json = {"text": text}
    found = detect(text, entities or [])
    if found:
        content["entities"] = found
    return say(world, person, world.chat(chat), content, reply_to=reply_to)


async def press(
    world: World,
    person: Person,
    chat: ChatRef,
    message_id: int,
    data: str,
    *,
    stale: bool = False,
    inaccessible: bool = False,
) -> Asked:
    """Press an inline button. `stale` allows a button that is no longer shown (an old screen or a second
    tap on its way); `inaccessible` sends the message as Telegram does when it is too old to be read."""
    place = world.chat(chat)
    post = place.posts.get(message_id)
    if post is None or (post.deleted and not stale):
        raise CannotDo("there is no such message")
    if place.type != "private" and place.members.get(person.id) not in PRESENT:
        raise CannotDo(f"{person.first_name} is not in this chat")
    shown = any(button.get("callback_data") == data for row in post.buttons for button in row)
    if not shown and not stale:
        raise CannotDo(f"the message has no button with {data!r}")
    body: Json = {"id": world.new_id(), "from": person.user(), "chat_instance": f"{place.id * 7919}"}
    if post.inline_id is not None:
        body["inline_message_id"] = post.inline_id
    elif inaccessible or post.deleted:
        body["message"] = {"chat": place.json(), "message_id": post.id, "date": 0}
    else:
        body["message"] = post.json
    body["data"] = data
    asked = Asked(id=body["id"], person=person, at=world.clock.now(), body=body)
    world.remember(asked, world.callbacks)
    world.updates.add("callback_query", body)
    return asked


async def tap(world: World, person: Person, label: str, chat: ChatRef | None = None) -> Asked:
    """Press the button whose text contains `label`, on the latest message of the bot that has it."""
    place = world.chat(person.id if chat is None else chat)
    for post in reversed(world.messages(place)):
        for row in post.buttons:
            for button in row:
                if label in button["text"] and "callback_data" in button:
                    return await press(world, person, place, post.id, button["callback_data"])
    raise CannotDo(f"there is no button «{label}» here")


async def contact(
    world: World,
    person: Person,
    whose: Person | None = None,
    chat: ChatRef | None = None,
    *,
    plus: bool = True,
) -> Post:
    """Share a contact: one's own (`whose=person`), another's, or a stranger's (None, without user_id).

    Some clients send the number without a plus: `plus=False`."""
    if whose is None:
        shared: Json = {"phone_number": "+996555999999", "first_name": "Бейтааныш"}
    else:
        shared = {"phone_number": whose.phone, "first_name": whose.first_name, "user_id": whose.id}
        if whose.last_name:
            shared["last_name"] = whose.last_name
    if not plus:
        shared["phone_number"] = shared["phone_number"].lstrip("+")
    return say(world, person, world.chat(person.id if chat is None else chat), {"contact": shared})


async def location(
    world: World, person: Person, latitude: float, longitude: float, chat: ChatRef | None = None
) -> Post:
    """Share a place."""
    place = world.chat(person.id if chat is None else chat)
    return say(world, person, place, {"location": {"latitude": latitude, "longitude": longitude}})


async def photo(
    world: World,
    person: Person,
    data: bytes = PIXEL,
    *,
    chat: ChatRef | None = None,
    caption: str = "",
    name: str = "photo.png",
) -> Post:
    """Send a picture."""
    return attach(world, person, world.chat(chat or person.id), "photo", data, name, "image/png", caption)


async def document(
    world: World,
    person: Person,
    data: bytes,
    name: str = "paper.pdf",
    mime: str = "application/pdf",
    *,
    chat: ChatRef | None = None,
    caption: str = "",
) -> Post:
    """Send a file."""
    return attach(world, person, world.chat(chat or person.id), "document", data, name, mime, caption)


async def voice(world: World, person: Person, data: bytes = b"OggS", *, chat: ChatRef | None = None) -> Post:
    """Send a voice message."""
    return attach(world, person, world.chat(chat or person.id), "voice", data, "voice.oga", "audio/ogg", "")


async def video(
    world: World, person: Person, data: bytes = b"mp4", *, chat: ChatRef | None = None, caption: str = ""
) -> Post:
    """Send a film."""
    return attach(world, person, world.chat(chat or person.id), "video", data, "v.mp4", "video/mp4", caption)


async def vote(world: World, person: Person, chat: ChatRef, message_id: int, options: Sequence[int]) -> None:
    """Vote in a native poll; no options retract the vote."""
    place = world.chat(chat)
    post = place.find(message_id)
    ballot = world.polls.get(post.json["poll"]["id"]) if post is not None and "poll" in post.json else None
    if ballot is None:
        raise CannotDo("there is no poll of the bot in this message")
    if place.type != "private" and place.members.get(person.id) not in PRESENT:
        raise CannotDo(f"{person.first_name} is not in this chat")
    trouble = ballots.vote(world, person, ballot, list(options))
    if trouble:
        raise CannotDo(trouble)


async def edit(world: World, person: Person, chat: ChatRef, message_id: int, text: str) -> Post:
    """Change one's own text."""
    place = world.chat(chat)
    post = place.find(message_id)
    if post is None or post.by_bot or post.json.get("from", {}).get("id") not in (person.id, None):
        raise CannotDo("only one's own messages can be edited")
    if "text" not in post.json:
        raise CannotDo("only texts can be edited here")
    changes: Json = {"text": text.strip(), "entities": detect(text.strip(), []) or None}
    world.revise(place, post, **changes, edit_date=world.clock.stamp())
    _tell_bot(world, place, "edited_channel_post" if place.type == "channel" else "edited_message", post)
    return post


async def react(world: World, person: Person, chat: ChatRef, message_id: int, emoji: str | None) -> None:
    """Put an emoji on a message, or take it away (None)."""
    place = world.chat(chat)
    post = place.find(message_id)
    if post is None:
        raise CannotDo("there is no such message")
    old = post.reactions.pop(person.id, None)
    if emoji:
        post.reactions[person.id] = emoji
    world.changed(place, post)
    if place.type == "private" or place.bot_status == ADMINISTRATOR:
        body: Json = {"chat": place.json(), "message_id": post.id, "user": person.user()}
        body |= {
            "date": world.clock.stamp(),
            "old_reaction": _reaction(old),
            "new_reaction": _reaction(emoji),
        }
        world.updates.add("message_reaction", body)


async def block(world: World, person: Person) -> None:
    """Stop the bot."""
    chat = world.chat(person.id)
    if chat.blocked:
        raise CannotDo("the bot is blocked already")
    chat.blocked = True
    set_bot_status(world, chat, "kicked", by=person.user())


async def unblock(world: World, person: Person) -> None:
    """Let the bot write again."""
    chat = world.chat(person.id)
    if not chat.blocked:
        raise CannotDo("the bot is not blocked")
    chat.blocked = False
    set_bot_status(world, chat, "member", by=person.user())


async def delete_account(world: World, person: Person) -> None:
    """Leave Telegram for good: the bot gets 403 «user is deactivated»."""
    person.deactivated = True
    for chat in world.chats.values():
        if chat.type != "private" and chat.members.get(person.id) not in (None, CREATOR):
            chat.members[person.id] = "left"
    world.changed(world.chat(person.id))


def _tell_bot(world: World, chat: Chat, kind: str, post: Post) -> None:
    if chat.bot_status in PRESENT:
        world.updates.add(kind, post.json)


def _reaction(emoji: str | None) -> list[Json]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []
