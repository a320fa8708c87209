"""What can be changed afterwards? Texts, captions, media, keyboards, reactions, pins - and deletion."""

from datetime import timedelta

from sandbox.botapi.keyboards import read_inline
from sandbox.botapi.media import media_item
from sandbox.botapi.places import find_chat, find_post, require_presence, writable
from sandbox.botapi.reading import Params
from sandbox.botapi.rich import read_rich
from sandbox.botapi.sending import read_caption, read_text
from sandbox.botapi.table import Answer, method
from sandbox.cast import ADMINISTRATOR
from sandbox.chats import Chat, Json, Post
from sandbox.refusals import NOT_MODIFIED, bad
from sandbox.world import World

DELETABLE_FOR = timedelta(hours=48)
MEDIA = ("photo", "document", "voice", "video", "audio", "animation")
SERVICE = ("new_chat_members", "left_chat_member", "pinned_message", "migrate_to_chat_id", "new_chat_title")


def target(world: World, params: Params) -> tuple[Chat, Post]:
    """The bot's own message that is to be edited."""
    inline_id = params.text("inline_message_id")
    if inline_id:
        found = world.inline_posts.get(inline_id)
        if found is None or found[1].deleted:
            raise bad("MESSAGE_ID_INVALID")
        return found
    chat = writable(world, params)
    post = find_post(chat, params, "message to edit not found")
    if (
        not post.by_bot
        or post.below is not None
        or "forward_origin" in post.json
        or any(key in post.json for key in SERVICE)
    ):
        raise bad("message can't be edited")
    return chat, post


def revise(world: World, params: Params, chat: Chat, post: Post, gone: tuple[str, ...], new: Json) -> Answer:
    """Replace fields and the keyboard; refuses a change that changes nothing."""
    changes = {key: new.get(key) for key in (*gone, *new)}
    changes["reply_markup"] = read_inline(params, chat)
    if all(post.json.get(key) == value for key, value in changes.items()):
        raise bad(NOT_MODIFIED)
    world.revise(chat, post, **changes, edit_date=world.clock.stamp())
    return True if params.text("inline_message_id") else post.json


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> Answer:
    chat, post = target(world, params)
    old = ("text", "entities", "link_preview_options", "rich_message")
    if params.object("rich_message"):
        if "text" not in post.json and "rich_message" not in post.json:
            raise bad("there is no text in the message to edit")
        return revise(world, params, chat, post, old, read_rich(params))
    new = read_text(world, params, too_long="MESSAGE_TOO_LONG")
    if "text" not in post.json and "rich_message" not in post.json:
        raise bad("there is no text in the message to edit")
    return revise(world, params, chat, post, old, new)


@method("editMessageCaption")
def edit_message_caption(world: World, params: Params) -> Answer:
    chat, post = target(world, params)
    if not any(kind in post.json for kind in MEDIA):
        raise bad("there is no caption in the message to edit")
    old = ("caption", "caption_entities", "show_caption_above_media")
    return revise(world, params, chat, post, old, read_caption(world, params))


@method("editMessageMedia")
def edit_message_media(world: World, params: Params) -> Answer:
    chat, post = target(world, params)
    item = params.object("media")
    if not item:
        raise bad("input media is not specified")
    if not any(kind in post.json for kind in (*MEDIA, "text")):
        raise bad("message can't be edited")
    if "media_group_id" in post.json and item.get("type") in ("voice", "animation"):
        raise bad("message can't be edited")
    old = (*MEDIA, "caption", "caption_entities", "text", "entities", "has_media_spoiler")
    return revise(world, params, chat, post, old, media_item(world, params, item))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> Answer:
    chat, post = target(world, params)
    return revise(world, params, chat, post, (), {})


@method("editMessageLiveLocation", "stopMessageLiveLocation")
def edit_message_live_location(world: World, params: Params) -> Answer:
    chat, post = target(world, params)
    if "location" not in post.json:
        raise bad("there is no live location in the message to edit")
    latitude, longitude = params.real("latitude"), params.real("longitude")
    location = dict(post.json["location"])
    if latitude is not None and longitude is not None:
        location |= {"latitude": latitude, "longitude": longitude}
    else:
        location.pop("live_period", None)
    return revise(world, params, chat, post, (), {"location": location})


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    chat = find_chat(world, params)
    if chat.type != "private":
        require_presence(chat)
    _delete(world, chat, find_post(chat, params, "message to delete not found"))
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> bool:
    chat = find_chat(world, params)
    numbers = params.array("message_ids") or []
    if not 1 <= len(numbers) <= 100:
        raise bad("message identifiers are not specified" if not numbers else "too many messages to delete")
    for number in numbers:
        post = chat.find(int(number))
        if post is not None:  # what is not there is skipped
            _delete(world, chat, post)
    return True


def _delete(world: World, chat: Chat, post: Post) -> None:
    age = world.clock.stamp() - int(post.json["date"])
    may = post.by_bot or chat.type == "private" or chat.bot_status == ADMINISTRATOR
    if not may:
        raise bad("message can't be deleted")
    if age > DELETABLE_FOR.total_seconds() and (chat.type == "private" or chat.bot_status != ADMINISTRATOR):
        raise bad("message can't be deleted for everyone")
    world.remove(chat, post)


@method("setMessageReaction")
def set_message_reaction(world: World, params: Params) -> bool:
    chat = writable(world, params)
    post = find_post(chat, params, "message to react not found")
    reactions = params.array("reaction") or []
    if len(reactions) > 1 or any(r.get("type") == "paid" for r in reactions):
        raise bad("REACTIONS_TOO_MANY" if len(reactions) > 1 else "REACTION_INVALID")
    post.bot_reaction = reactions[0] if reactions else None
    world.changed(chat, post)
    return True


@method("pinChatMessage")
def pin_chat_message(world: World, params: Params) -> bool:
    chat = writable(world, params)
    _may_pin(chat)
    post = find_post(chat, params, "message to pin not found")
    if post.id in chat.pinned:
        chat.pinned.remove(post.id)
    chat.pinned.append(post.id)
    world.changed(chat)
    if chat.type != "channel":
        pinned = {key: value for key, value in post.json.items() if key != "reply_to_message"}
        note = world.post(chat, {"from": world.bot.user(), "pinned_message": pinned}, by_bot=True)
        world.updates.add("message", note.json)
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, params: Params) -> bool:
    chat = writable(world, params)
    _may_pin(chat)
    number = params.number("message_id")
    if number is None:
        if chat.pinned:
            chat.pinned.pop()
    elif number in chat.pinned:
        chat.pinned.remove(number)
    else:
        raise bad("message to unpin not found")
    world.changed(chat)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(world: World, params: Params) -> bool:
    chat = writable(world, params)
    _may_pin(chat)
    chat.pinned.clear()
    world.changed(chat)
    return True


def _may_pin(chat: Chat) -> None:
    if chat.is_group and chat.bot_status != ADMINISTRATOR:
        raise bad("not enough rights to manage pinned messages in the chat")
