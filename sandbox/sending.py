"""How does a person's message come into a chat, and does the bot hear it? Privacy mode included."""

from sandbox.attachments import Upload, fields, keep_upload
from sandbox.cast import ADMINISTRATOR, CREATOR
from sandbox.chats import Chat, Json, Person, Post
from sandbox.groups import PRESENT, CannotDo
from sandbox.markup.entities import detect, units
from sandbox.refusals import Refusal
from sandbox.world import World


def say(world: World, person: Person, chat: Chat, content: Json, *, reply_to: int | None = None) -> Post:
    """Put a person's message into a chat and tell the bot, if it may hear it."""
    check_may_write(person, chat)
    body: Json = {"sender_chat": chat.json()} if chat.type == "channel" else {"from": person.user()}
    replied = None
    if reply_to is not None:
        replied = chat.find(reply_to)
        if replied is None:
            raise CannotDo("the message to reply to is not there")
        body["reply_to_message"] = {k: v for k, v in replied.json.items() if k != "reply_to_message"}
    if chat.type == "private":
        chat.started = True
        _use_keyboard(chat, content)
    post = world.post(chat, {**body, **content}, by_bot=False)
    if hears(world, chat, content, replied):
        world.updates.add("channel_post" if chat.type == "channel" else "message", post.json)
    return post


def attach(
    world: World, person: Person, chat: Chat, kind: str, data: bytes, name: str, mime: str, caption: str
) -> Post:
    """Send a file with a caption."""
    check_may_write(person, chat)
    if units(caption) > 1024:
        raise CannotDo("the caption is longer than 1024 characters")
    try:
        kept = keep_upload(world.files, kind, Upload(name, mime, data))
    except Refusal as refusal:
        raise CannotDo(f"the file cannot be sent: {refusal.description}") from None
    content = fields(kind, kept)
    if caption.strip():
        content["caption"] = caption.strip()
        found = detect(caption.strip(), [])
        if found:
            content["caption_entities"] = found
    return say(world, person, chat, content)


def check_may_write(person: Person, chat: Chat) -> None:
    """Raises CannotDo if this person cannot write here."""
    if person.deactivated:
        raise CannotDo(f"{person.first_name} has deleted the account")
    if chat.moved_to is not None:
        raise CannotDo(f"the group has become the supergroup {chat.moved_to}")
    if chat.type == "private":
        if chat.person is not person:
            raise CannotDo("this is somebody else's chat with the bot")
        if chat.blocked:
            raise CannotDo("the bot is blocked; unblock it first")
        return
    status = chat.members.get(person.id)
    if status not in PRESENT:
        raise CannotDo(f"{person.first_name} is not in this chat")
    if chat.type == "channel" and status not in (CREATOR, ADMINISTRATOR):
        raise CannotDo("only administrators write in a channel")


def hears(world: World, chat: Chat, content: Json, replied: Post | None) -> bool:
    """Whether the bot is told: in groups with privacy mode only commands, replies to it and its own inline."""
    if chat.type == "private":
        return True
    if chat.bot_status not in PRESENT:
        return False
    if chat.type == "channel" or chat.bot_status == ADMINISTRATOR or world.bot.reads_everything:
        return True
    if replied is not None and replied.by_bot:
        return True
    if "via_bot" in content:
        return True
    text = str(content.get("text") or content.get("caption") or "")
    if not text.startswith("/"):
        return False
    _, at, name = text.split()[0].partition("@")
    return not at or name.lower() == world.bot.username.lower()


def _use_keyboard(chat: Chat, content: Json) -> None:
    """A one-time keyboard goes away once it was used; a forced reply once anything was sent."""
    chat.force_reply = None
    keyboard = chat.keyboard
    if keyboard is None or not keyboard.get("one_time_keyboard"):
        return
    for row in keyboard["keyboard"]:
        for button in row:
            used = (
                button["text"] == content.get("text")
                or ("contact" in content and button.get("request_contact"))
                or ("location" in content and button.get("request_location"))
            )
            if used:
                chat.keyboard = None
                return
