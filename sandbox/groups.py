"""How do people and the bot come into groups and channels, and go? Membership and moving to a supergroup."""

from sandbox.cast import ADMINISTRATOR, CREATOR, MEMBER
from sandbox.chats import Chat, Json, Person
from sandbox.standing import standing
from sandbox.world import ChatRef, World

PRESENT = (CREATOR, ADMINISTRATOR, MEMBER, "restricted")


class CannotDo(Exception):
    """This person cannot do that on a real phone either."""


async def add_bot(
    world: World, person: Person, chat: ChatRef, *, administrator: bool | None = None, payload: str = ""
) -> None:
    """Add the bot to a group (as a member) or a channel (as an administrator)."""
    place = world.chat(chat)
    if place.type == "private":
        raise CannotDo("a bot cannot be added to a private chat")
    if place.bot_status in PRESENT:
        raise CannotDo("the bot is there already")
    if place.members.get(person.id) not in PRESENT:
        raise CannotDo(f"{person.first_name} is not in this chat")
    as_admin = place.type == "channel" if administrator is None else administrator
    if (as_admin or place.type == "channel") and place.members[person.id] not in (CREATOR, ADMINISTRATOR):
        raise CannotDo("only administrators may add administrators")
    set_bot_status(world, place, ADMINISTRATOR if as_admin else MEMBER, by=person.user())
    if place.is_group:
        body: Json = {"from": person.user(), "new_chat_members": [world.bot.user()]}
        note = world.post(place, body | {"new_chat_member": world.bot.user()}, by_bot=False)
        world.updates.add("message", note.json)
        if payload:
            text = f"/start@{world.bot.username} {payload}"
            entity = {"offset": 0, "length": text.index(" "), "type": "bot_command"}
            said = world.post(place, {"from": person.user(), "text": text, "entities": [entity]}, by_bot=False)
            world.updates.add("message", said.json)


async def remove_bot(world: World, person: Person, chat: ChatRef) -> None:
    """Throw the bot out of a group or channel."""
    place = world.chat(chat)
    if place.bot_status not in PRESENT or place.type == "private":
        raise CannotDo("the bot is not there")
    if place.members.get(person.id) not in (CREATOR, ADMINISTRATOR):
        raise CannotDo("only administrators may remove the bot")
    set_bot_status(world, place, "kicked", by=person.user())


async def promote_bot(world: World, person: Person, chat: ChatRef, *, administrator: bool = True) -> None:
    """Make the bot an administrator of a group or channel, or a plain member again."""
    place = world.chat(chat)
    if place.bot_status not in PRESENT or place.type == "private":
        raise CannotDo("the bot is not there")
    if place.members.get(person.id) not in (CREATOR, ADMINISTRATOR):
        raise CannotDo("only administrators may give and take rights")
    set_bot_status(world, place, ADMINISTRATOR if administrator else MEMBER, by=person.user())


async def join(world: World, person: Person, chat: ChatRef) -> None:
    """Become a member of a group or channel."""
    place = world.chat(chat)
    status = place.members.get(person.id)
    if status in PRESENT:
        raise CannotDo(f"{person.first_name} is there already")
    if status == "kicked":
        raise CannotDo(f"{person.first_name} was banned")
    set_member_status(world, place, person, MEMBER, by=person.user())
    if place.is_group:
        note = world.post(place, {"from": person.user(), "new_chat_members": [person.user()]}, by_bot=False)
        if place.bot_status in PRESENT:
            world.updates.add("message", note.json)


async def leave(world: World, person: Person, chat: ChatRef) -> None:
    """Leave a group or channel."""
    place = world.chat(chat)
    if place.members.get(person.id) not in PRESENT:
        raise CannotDo(f"{person.first_name} is not there")
    set_member_status(world, place, person, "left", by=person.user())
    if place.is_group:
        note = world.post(place, {"from": person.user(), "left_chat_member": person.user()}, by_bot=False)
        if place.bot_status in PRESENT:
            world.updates.add("message", note.json)


def set_bot_status(world: World, chat: Chat, status: str, *, by: Json) -> None:
    """Change what the bot is in a chat and tell it so."""
    before, chat.bot_status = chat.bot_status, status
    chat.bot_was_here = chat.bot_was_here or status in PRESENT
    me = world.bot.user()
    body = _updated(world, chat, by, standing(me, before), standing(me, status))
    world.updates.add("my_chat_member", body)
    world.changed(chat)


def set_member_status(world: World, chat: Chat, person: Person, status: str, *, by: Json) -> None:
    """Change what a person is in a chat; an administrator bot is told if it asked for such updates."""
    before = chat.members.get(person.id, "left")
    chat.members[person.id] = status
    if chat.bot_status == ADMINISTRATOR:
        user = person.user()
        body = _updated(world, chat, by, standing(user, before), standing(user, status))
        world.updates.add("chat_member", body)
    world.changed(chat)


def migrate(world: World, chat: Chat) -> Chat:
    """A group becomes a supergroup with a new identifier; returns the new chat."""
    moved = world.add_group(chat.title or "", kind="supergroup")
    moved.members = dict(chat.members)
    moved.bot_status, moved.bot_was_here = chat.bot_status, chat.bot_was_here
    moved.description = chat.description
    chat.moved_to = moved.id
    author = next((world.people[k].user() for k, s in chat.members.items() if s == CREATOR), world.bot.user())
    old = world.post(chat, {"from": author, "migrate_to_chat_id": moved.id}, by_bot=False)
    new = world.post(moved, {"from": author, "migrate_from_chat_id": chat.id}, by_bot=False)
    if chat.bot_status in PRESENT:
        world.updates.add("message", old.json)
        world.updates.add("message", new.json)
    return moved


def _updated(world: World, chat: Chat, by: Json, old: Json, new: Json) -> Json:
    return {
        "chat": chat.json(),
        "from": by,
        "date": world.clock.stamp(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
