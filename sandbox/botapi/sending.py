"""How does a message of the bot come into a chat? The steps every send method shares."""

from typing import Any

from sandbox.botapi.keyboards import read_markup
from sandbox.botapi.places import writable
from sandbox.botapi.reading import Params
from sandbox.chats import Chat, Json, Post
from sandbox.markup import formatted, units
from sandbox.refusals import bad
from sandbox.world import World

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
# Silently dropping one of these would put a message before other eyes than the bot meant.
NOT_IMITATED = (
    "ephemeral_message_parameters",
    "business_connection_id",
    "direct_messages_topic_id",
    "receiver_user_id",
)


def send(world: World, params: Params, content: Json) -> Json:
    """Put `content` into the chat the request names and return the message."""
    return place(world, params, writable(world, params), content).json


def place(world: World, params: Params, chat: Chat, content: Json, *, count: int = 1) -> Post:
    """Check keyboard, reply and rate, then post."""
    for name in NOT_IMITATED:
        if params.values.get(name):
            raise bad(f"the sandbox does not imitate {name}")
    markup = read_markup(params, chat)
    body: Json = {}
    if chat.type == "channel":
        body["sender_chat"] = chat.json()
    else:
        body["from"] = world.bot.user()
    replied = _replied(world, params, chat)
    if count:
        world.limits.take(chat.id, count)
    if replied is not None:
        body["reply_to_message"] = replied
    if params.flag("protect_content"):
        body["has_protected_content"] = True
    body.update(content)
    below: Json | None = None
    if markup is not None:
        if "inline_keyboard" in markup:
            body["reply_markup"] = markup
        else:
            below = markup
            show_keyboard(chat, markup)
    post = world.post(chat, body, by_bot=True)
    post.below = below
    return post


def show_keyboard(chat: Chat, markup: Json) -> None:
    """What a reply keyboard, its removal or a forced reply does to the chat."""
    if "keyboard" in markup:
        chat.keyboard, chat.force_reply = markup, None
    elif markup.get("remove_keyboard"):
        chat.keyboard = chat.force_reply = None
    else:
        chat.force_reply = markup


def read_text(world: World, params: Params, *, too_long: str = "message is too long") -> Json:
    """`text` and `entities` of a request, as fields of the message."""
    text, entities = formatted(params.text("text") or "", params.text("parse_mode"), params.array("entities"))
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT_UNITS:
        raise bad(too_long)
    body: Json = {"text": text}
    if entities:
        body["entities"] = name_people(world, entities)
    preview = params.object("link_preview_options")
    if preview:
        body["link_preview_options"] = preview
    return body


def read_caption(world: World, source: Params) -> Json:
    """`caption` and its entities, as fields of the message; empty if there is none."""
    given = source.text("caption")
    if not given:
        return {}
    text, entities = formatted(given, source.text("parse_mode"), source.array("caption_entities"))
    if units(text) > CAPTION_UNITS:
        raise bad("message caption is too long")
    body: Json = {"caption": text} if text else {}
    if text and entities:
        body["caption_entities"] = name_people(world, entities)
    if source.flag("show_caption_above_media"):
        body["show_caption_above_media"] = True
    return body


def name_people(world: World, entities: list[Json]) -> list[Json]:
    """Gives the users of text mentions their names; strangers' mentions fall out."""
    if not any(entity["type"] == "text_mention" for entity in entities):
        return entities
    named = []
    for entity in entities:
        if entity["type"] == "text_mention":
            person = world.people.get(int(entity["user"]["id"]))
            if person is None:
                continue
            entity = {**entity, "user": person.user()}
        named.append(entity)
    return named


def _replied(world: World, params: Params, chat: Chat) -> Json | None:
    wanted: Any = params.object("reply_parameters")
    if wanted:
        number, lenient = wanted.get("message_id"), wanted.get("allow_sending_without_reply")
        other = wanted.get("chat_id")
        if other is not None and str(other) != str(chat.id):
            return None  # a reply to another chat is shown as an external quote; not imitated
    else:
        number, lenient = params.number("reply_to_message_id"), params.flag("allow_sending_without_reply")
    if not number:
        return None
    post = chat.find(int(number))
    if post is None:
        if lenient:
            return None
        raise bad("message to be replied not found")
    return {key: value for key, value in post.json.items() if key != "reply_to_message"}
