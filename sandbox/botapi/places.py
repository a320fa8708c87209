"""To whom may the bot speak? Finds the chat a request names, and says why it may not write there."""

from sandbox.botapi.reading import Params
from sandbox.cast import ADMINISTRATOR, CREATOR, MEMBER
from sandbox.chats import Chat, Person, Post
from sandbox.refusals import bad, forbidden, migrated
from sandbox.world import World

HERE = (MEMBER, ADMINISTRATOR, CREATOR, "restricted")


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat a request means; the bot must know it."""
    asked = params.text(name)
    if not asked:
        raise bad("chat_id is empty")
    if asked.startswith("@"):
        for chat in world.chats.values():
            if chat.username == asked[1:] and chat.type != "private":
                return chat
        raise bad("chat not found")
    try:
        found = world.chats.get(int(asked))
    except ValueError:
        raise bad("chat not found") from None
    if found is None or (found.type != "private" and not found.bot_was_here):
        raise bad("chat not found")
    return found


def writable(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat a request wants to write to; raises what Telegram raises if it may not."""
    chat = find_chat(world, params, name)
    if chat.type == "private":
        if chat.person is not None and chat.person.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
    if chat.moved_to is not None:
        raise migrated(chat.moved_to)
    require_presence(chat)
    if chat.type == "channel" and chat.bot_status != ADMINISTRATOR:
        raise bad("need administrator rights in the channel chat")
    return chat


def require_presence(chat: Chat) -> None:
    """Raises if the bot is not, or no longer, in a group or channel."""
    if chat.bot_status in HERE:
        return
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    raise forbidden(f"bot is not a member of the {chat.type} chat")


def find_post(chat: Chat, params: Params, missing: str, name: str = "message_id") -> Post:
    """The post a request means; `missing` is what to say when it is not there."""
    number = params.number(name)
    if number is None:
        raise bad("message identifier is not specified")
    post = chat.find(number)
    if post is None:
        raise bad(missing)
    return post


def find_user(world: World, params: Params, name: str = "user_id") -> Person:
    """The person a request means."""
    number = params.number(name)
    if number is None or number <= 0:
        raise bad("invalid user_id specified")
    person = world.people.get(number)
    if person is None:
        raise bad("user not found")
    return person
