"""Words, places, people and dice: messages that carry no file."""

import secrets

from sandbox.botapi.places import find_chat, find_post, require_presence, writable
from sandbox.botapi.reading import Params
from sandbox.botapi.sending import place, read_caption, read_text, send
from sandbox.botapi.table import method
from sandbox.chats import Chat, Json, Post
from sandbox.refusals import bad
from sandbox.world import World

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
NOT_COPIED = ("poll_answer", "new_chat_members", "left_chat_member", "pinned_message", "new_chat_title")
ENVELOPE = (
    "message_id",
    "date",
    "edit_date",
    "chat",
    "from",
    "sender_chat",
    "via_bot",
    "reply_to_message",
    "reply_markup",
    "forward_origin",
    "media_group_id",
    "has_protected_content",
)


@method("sendMessage")
def send_message(world: World, params: Params) -> Json:
    if not params.text("chat_id"):
        raise bad("chat_id is empty")
    return send(world, params, read_text(world, params))


@method("sendLocation")
def send_location(world: World, params: Params) -> Json:
    return send(world, params, {"location": _location(params)})


@method("sendVenue")
def send_venue(world: World, params: Params) -> Json:
    location = _location(params)
    venue = {"location": location, "title": params.text("title"), "address": params.text("address")}
    return send(world, params, {"venue": venue, "location": location})


@method("sendContact")
def send_contact(world: World, params: Params) -> Json:
    phone, name = params.text("phone_number"), params.text("first_name")
    if not phone:
        raise bad("phone number is empty")
    if not name:
        raise bad("first name must be non-empty")
    contact = {"phone_number": phone, "first_name": name}
    for key in ("last_name", "vcard"):
        value = params.text(key)
        if value:
            contact[key] = value
    return send(world, params, {"contact": contact})


@method("sendDice")
def send_dice(world: World, params: Params) -> Json:
    emoji = params.text("emoji") or "🎲"
    most = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}.get(emoji.rstrip("\ufe0f"))
    if most is None:
        raise bad("wrong dice emoji specified")
    return send(world, params, {"dice": {"emoji": emoji, "value": 1 + secrets.randbelow(most)}})


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    if params.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat = writable(world, params)
    world.tell({"kind": "typing", "chat": chat.id, "action": params.text("action")})
    return True


@method("sendMessageDraft")
def send_message_draft(world: World, params: Params) -> bool:
    chat = writable(world, params)
    if not params.number("draft_id"):
        raise bad("draft identifier must be non-zero")
    world.tell({"kind": "typing", "chat": chat.id, "action": "typing"})
    return True


@method("copyMessage")
def copy_message(world: World, params: Params) -> Json:
    chat, _, post = _both(world, params, "message to copy not found")
    return {"message_id": _copy(world, params, chat, post).id}


@method("copyMessages")
def copy_messages(world: World, params: Params) -> list[Json]:
    chat, source, posts = _many(world, params)
    del source
    return [{"message_id": _copy(world, params, chat, post).id} for post in posts]


@method("forwardMessage")
def forward_message(world: World, params: Params) -> Json:
    chat, source, post = _both(world, params, "message to forward not found")
    return _forward(world, params, chat, source, post).json


@method("forwardMessages")
def forward_messages(world: World, params: Params) -> list[Json]:
    chat, source, posts = _many(world, params)
    return [{"message_id": _forward(world, params, chat, source, post).id} for post in posts]


def _location(params: Params) -> Json:
    latitude, longitude = params.real("latitude"), params.real("longitude")
    if latitude is None or longitude is None:
        raise bad("latitude and longitude are required")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad("wrong location: latitude or longitude is out of bounds")
    location: Json = {"latitude": latitude, "longitude": longitude}
    for key in ("horizontal_accuracy", "live_period", "heading", "proximity_alert_radius"):
        value = params.real(key)
        if value is not None:
            location[key] = value if key == "horizontal_accuracy" else int(value)
    return location


def _both(world: World, params: Params, missing: str) -> tuple[Chat, Chat, Post]:
    chat = writable(world, params)
    source = _source(world, params)
    return chat, source, find_post(source, params, missing)


def _source(world: World, params: Params) -> Chat:
    source = find_chat(world, params, "from_chat_id")
    if source.type != "private":
        require_presence(source)
    return source


def _many(world: World, params: Params) -> tuple[Chat, Chat, list[Post]]:
    chat = writable(world, params)
    source = _source(world, params)
    numbers = params.array("message_ids") or []
    if not 1 <= len(numbers) <= 100:
        raise bad("wrong number of messages specified" if numbers else "message identifiers are not specified")
    posts = [post for post in (source.find(int(number)) for number in numbers) if post is not None]
    if not posts:
        raise bad("there are no messages to forward")
    return chat, source, posts


def _content(post: Post, what: str) -> Json:
    if post.json.get("has_protected_content"):
        raise bad(f"message has protected content and can't be {what}")
    if any(key in post.json for key in NOT_COPIED):
        raise bad(f"message can't be {what}")
    return {key: value for key, value in post.json.items() if key not in ENVELOPE}


def _copy(world: World, params: Params, chat: Chat, post: Post) -> Post:
    content = _content(post, "copied")
    if params.values.get("caption") is not None and "text" not in content:
        for key in ("caption", "caption_entities", "show_caption_above_media"):
            content.pop(key, None)
        content.update(read_caption(world, params))
    return place(world, params, chat, content)


def _forward(world: World, params: Params, chat: Chat, source: Chat, post: Post) -> Post:
    content = _content(post, "forwarded")
    origin: Json = {"date": post.json["date"]}
    if source.type == "channel":
        origin |= {"type": "channel", "chat": source.json(), "message_id": post.id}
    else:
        origin |= {"type": "user", "sender_user": post.json["from"]}
    if "forward_origin" in post.json:
        origin = post.json["forward_origin"]
    return place(world, params, chat, {**content, "forward_origin": origin})
