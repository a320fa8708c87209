"""What does a person do in WhatsApp? Write, press, choose, send, react, block - each becomes a webhook."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox.chats import Json, Person
from sandbox.graphapi import flows, webhooks
from sandbox.graphapi.phones import Message, Phone
from sandbox.groups import CannotDo
from sandbox.people import PIXEL
from sandbox.world import World

LONGEST = 65_536
STRANGER = ("+996555999999", "Бейтааныш")
HOSTS = ("wa.me", "api.whatsapp.com")

__all__ = [
    "CannotDo",
    "answer_form",
    "arrive",
    "audio",
    "block",
    "change_number",
    "choose",
    "contact",
    "document",
    "edit",
    "fill_form",
    "location",
    "open_link",
    "photo",
    "press",
    "react",
    "read",
    "revoke",
    "sticker",
    "tap",
    "turn_to",
    "unblock",
    "unsupported",
    "video",
    "write",
]


async def arrive(world: World, person: Person) -> Message:
    """Open the chat for the first time: WhatsApp tells of it where the business asked for welcomes."""
    return _say(world, person, "request_welcome", {})


async def write(
    world: World, person: Person, text: str, *, reply_to: str | None = None, forwarded: bool = False
) -> Message:
    """Write a text to the business, or forward it from elsewhere."""
    text = text.strip()
    if not text:
        raise CannotDo("an empty message cannot be sent")
    if len(text) > LONGEST:
        raise CannotDo(f"the text is longer than {LONGEST} characters")
    return _say(world, person, "text", {"body": text}, reply_to, forwarded=forwarded)


async def edit(world: World, person: Person, message_id: str, text: str) -> Message:
    """Change one's own text."""
    message = _own(world, person, message_id)
    if message.kind != "text" or not text.strip():
        raise CannotDo("only texts can be edited, and not into nothing")
    message.content = {"body": text.strip()}
    now = {"type": "text", "text": message.content}
    return _tell(world, person, "edit", {"original_message_id": message_id, "message": now}, message)


async def revoke(world: World, person: Person, message_id: str) -> Message:
    """Delete one's own message for everybody."""
    message = _own(world, person, message_id)
    message.deleted = True
    return _tell(world, person, "revoke", {"original_message_id": message_id}, message)


async def press(world: World, person: Person, message_id: str, button_id: str, *, stale: bool = False) -> Message:
    """Press a reply button, or the quick reply of a template. `stale` allows one that was never shown."""
    message = _message(world, person, message_id)
    for button in message.buttons:
        if button["id"] == button_id:
            break
    else:
        if not stale:
            raise CannotDo(f"the message has no button {button_id!r}")
        button = {"id": button_id, "title": button_id[:20]}
    if message.kind == "template":
        return _say(world, person, "button", {"payload": button["id"], "text": button["title"]}, message_id)
    reply = {"id": button["id"], "title": button["title"]}
    return _say(world, person, "interactive", {"type": "button_reply", "button_reply": reply}, message_id)


async def choose(world: World, person: Person, message_id: str, row_id: str, *, stale: bool = False) -> Message:
    """Choose a row of a list. `stale` allows one that was never shown."""
    message = _message(world, person, message_id)
    row = next((row for row in message.rows if row["id"] == row_id), None)
    if row is None:
        if not stale:
            raise CannotDo(f"the list has no row {row_id!r}")
        row = {"id": row_id, "title": row_id[:24]}
    return _say(world, person, "interactive", {"type": "list_reply", "list_reply": row}, message_id)


async def tap(world: World, person: Person, label: str) -> Message:
    """Press the button or choose the row whose title contains `label`, on the latest message that has it."""
    for message in reversed(world.whatsapp.from_bot(person)):
        for button in message.buttons:
            if label in button["title"]:
                return await press(world, person, message.id, button["id"])
        for row in message.rows:
            if label in row["title"]:
                return await choose(world, person, message.id, row["id"])
    raise CannotDo(f"there is no button or row «{label}» here")


def turn_to(world: World, person: Person, phone_id: str) -> None:
    """Whatever the person writes goes to that number of the business from now on."""
    phone = world.whatsapp.phone(person)
    phone.writes_to = "" if phone_id == world.whatsapp.phone_id else phone_id


async def open_link(world: World, person: Person, url: str) -> Message | None:
    """Follow a wa.me link to a number of the business and send its text there; None if it carries none."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    query = parse_qs(parts.query)
    number = query.get("phone", [""])[0] if parts.hostname == HOSTS[1] else parts.path.strip("/")
    ids = {telephone: phone_id for phone_id, telephone in world.whatsapp.numbers.items()}
    if parts.hostname not in HOSTS or number.lstrip("+") not in ids:
        raise CannotDo(f"{url} does not lead to this number")
    turn_to(world, person, ids[number.lstrip("+")])
    text = query.get("text", [""])[0]
    return await write(world, person, text) if text else None


async def photo(
    world: World, person: Person, data: bytes = PIXEL, *, caption: str = "", name: str = "photo.jpg"
) -> Message:
    """Send a picture (WhatsApp makes a JPEG of whatever it was)."""
    return _attach(world, person, "image", data, name, "image/png" if data[:4] == b"\x89PNG" else "image/jpeg", caption)


async def document(
    world: World,
    person: Person,
    data: bytes,
    name: str = "paper.pdf",
    mime: str = "application/pdf",
    *,
    caption: str = "",
) -> Message:
    """Send a file of any kind."""
    return _attach(world, person, "document", data, name, mime, caption)


async def video(world: World, person: Person, data: bytes = b"mp4", *, caption: str = "") -> Message:
    """Send a film."""
    return _attach(world, person, "video", data, "video.mp4", "video/mp4", caption)


async def audio(world: World, person: Person, data: bytes = b"OggS") -> Message:
    """Send a voice message."""
    return _attach(world, person, "audio", data, "voice.ogg", "audio/ogg; codecs=opus", "", voice=True)


async def sticker(world: World, person: Person, data: bytes = b"RIFF0000WEBP") -> Message:
    """Send a sticker."""
    return _attach(world, person, "sticker", data, "sticker.webp", "image/webp", "", animated=False)


async def location(
    world: World, person: Person, latitude: float, longitude: float, *, reply_to: str | None = None
) -> Message:
    """Share a place; `reply_to` is the message that asked for it."""
    return _say(world, person, "location", {"latitude": latitude, "longitude": longitude}, reply_to)


async def contact(
    world: World,
    person: Person,
    whose: Person | None = None,
    *,
    reply_to: str | None = None,
    forwarded: bool = False,
) -> Message:
    """Share a contact: one's own, another's, or a stranger's (None), who has no WhatsApp.

    `reply_to` is the message that asked for one's own number; WhatsApp then vouches for the card."""
    phone, name = STRANGER if whose is None else (whose.phone, whose.first_name)
    number: Json = {"phone": phone, "type": "CELL"}
    last = None if whose is None else whose.last_name
    if whose is not None:
        number["wa_id"] = world.whatsapp.phone(whose).wa_id
    full: Json = {"first_name": name, "formatted_name": " ".join(filter(None, (name, last)))}
    if last:
        full["last_name"] = last
    card: Json = {"name": full, "phones": [number]}
    if reply_to is not None:
        if whose is not person or not _message(world, person, reply_to).asks_contact:
            raise CannotDo("only one's own number answers a request for it")
        card["origin"] = "contact_request"
    return _say(world, person, "contacts", {"list": [card]}, reply_to, forwarded=forwarded)


async def react(world: World, person: Person, message_id: str, emoji: str | None) -> Message:
    """Put an emoji on a message, or take it away (None)."""
    target = _message(world, person, message_id)
    target.reactions.pop("person", None)
    content: Json = {"message_id": message_id}
    if emoji:
        target.reactions["person"] = content["emoji"] = emoji
    return _tell(world, person, "reaction", content, target)


async def fill_form(world: World, person: Person, message_id: str, values: dict[str, str]) -> Message:
    """Open the native form of a message, fill its inputs by their names, and send it."""
    form = _message(world, person, message_id).flow
    if form is None:
        raise CannotDo("this message opens no form")
    return await answer_form(world, person, message_id, flows.filled(world.whatsapp.flows, form, values))


async def answer_form(world: World, person: Person, message_id: str, answers: dict[str, Any]) -> Message:
    """Send whatever one likes as the answers of the native form of a message."""
    form = _message(world, person, message_id).flow
    if form is None:
        raise CannotDo("this message opens no form")
    answer = json.dumps({"flow_token": form.get("flow_token") or "unused", **answers}, ensure_ascii=False)
    reply = {"name": "flow", "body": "Sent", "response_json": answer}
    return _say(world, person, "interactive", {"type": "nfm_reply", "nfm_reply": reply}, message_id)


async def unsupported(world: World, person: Person, kind: str = "poll_creation") -> Message:
    """Send what the API has no words for: a poll, a message that vanishes."""
    return _say(world, person, "unsupported", {"type": kind})


async def read(world: World, person: Person) -> None:
    """Open the chat: what was delivered is read now."""
    phone = world.whatsapp.phone(person)
    for message in list(phone.messages.values()):
        if message.by_bot and message.status == "delivered":
            world.whatsapp.advance(phone, message, "read")


async def block(world: World, person: Person) -> None:
    """Block the business: its messages fail with 131026."""
    phone = world.whatsapp.phone(person)
    if phone.blocked:
        raise CannotDo("the business is blocked already")
    phone.blocked = True
    world.whatsapp.changed(phone)


async def unblock(world: World, person: Person) -> None:
    """Let the business write again."""
    phone = world.whatsapp.phone(person)
    if not phone.blocked:
        raise CannotDo("the business is not blocked")
    phone.blocked = False
    world.whatsapp.changed(phone)


async def change_number(world: World, person: Person, number: str) -> None:
    """Move to another number: WhatsApp tells it in a system message, and the business-scoped id is a new one too."""
    phone = world.whatsapp.phone(person)
    digits = "".join(c for c in number if c.isdigit())
    if not digits or world.whatsapp.addressee(digits) is not None:
        raise CannotDo(f"{number} is not a free number")
    old_number, old_id = phone.wa_id, phone.user_id
    phone.wa_id, phone.user_id = digits, f"KG.{int(old_id.partition('.')[2]) + 10**9}"
    person.phone = f"+{digits}"
    world.whatsapp.list_addresses(phone)
    system: Json = {"user_id": phone.user_id, "previous_user_id": old_id}
    body: Json = {
        "id": world.whatsapp.loose_message(phone, "system", {}).id,
        "timestamp": webhooks.stamp(world.clock.now()),
        "type": "system",
        "system": system,
    }
    if phone.hides_number:
        system |= {"type": "user_changed_user_id", "body": f"User {phone.name} changed their user id"}
    else:
        body["from"] = old_number
        words = f"User {phone.name} changed from {old_number} to {digits}"
        system |= {"type": "user_changed_number", "body": words, "wa_id": digits}
    world.whatsapp.tell_system(phone, body)
    world.whatsapp.changed(phone)


def _able(world: World, person: Person) -> Phone:
    phone = world.whatsapp.phone(person)
    if not phone.registered:
        raise CannotDo(f"{person.first_name} has no WhatsApp")
    if phone.blocked:
        raise CannotDo("the business is blocked; unblock it first")
    return phone


def _message(world: World, person: Person, message_id: str) -> Message:
    message = world.whatsapp.phone(person).find(message_id)
    if message is None:
        raise CannotDo("there is no such message")
    return message


def _own(world: World, person: Person, message_id: str) -> Message:
    message = _message(world, person, message_id)
    if message.by_bot or message.deleted:
        raise CannotDo("only one's own messages can be changed")
    return message


def _tell(world: World, person: Person, kind: str, content: Json, about: Message) -> Message:
    """The bot is told something about another message; it stands in no bubble of its own."""
    whatsapp, phone = world.whatsapp, _able(world, person)
    said = whatsapp.loose_message(phone, kind, content)
    phone.wrote(said.at)
    whatsapp.changed(phone, about)
    whatsapp.tell(phone, said)
    return said


def _say(
    world: World, person: Person, kind: str, content: Json, reply_to: str | None = None, *, forwarded: bool = False
) -> Message:
    phone = _able(world, person)
    whatsapp = world.whatsapp
    for earlier in list(phone.messages.values()):  # whoever writes has the chat open
        if earlier.by_bot and earlier.status == "delivered":
            whatsapp.advance(phone, earlier, "read")
    message = whatsapp.new_message(phone, kind, content, by_bot=False)
    message.status = "delivered"
    message.replies_to, message.forwarded = reply_to, forwarded
    phone.wrote(message.at)
    whatsapp.changed(phone, message)
    whatsapp.tell(phone, message)
    return message


def _attach(
    world: World, person: Person, kind: str, data: bytes, name: str, mime: str, caption: str, **more: Any
) -> Message:
    _able(world, person)
    shelf = "photo" if kind == "image" else kind
    media = world.whatsapp.keep(shelf, data, name, mime)
    content: Json = {"id": media.id, "mime_type": mime, "sha256": media.sha256, **more}
    if kind == "document":
        content["filename"] = name
    if caption:
        content["caption"] = caption
    message = _say(world, person, kind, content)
    message.media = media
    return message
