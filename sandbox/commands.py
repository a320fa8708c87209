"""Which commands does a person see in a chat? The narrowest scope and the person's language win."""

from sandbox.chats import Chat, Json, Person
from sandbox.world import World


def scope_key(kind: str, chat: object = None, user: object = None) -> str:
    """A scope as a dictionary key."""
    return ":".join(str(part) for part in (kind, chat, user) if part is not None)


def commands_for(world: World, person: Person, chat: Chat) -> list[Json]:
    """The command menu this person sees in this chat."""
    for scope in _scopes(person, chat):
        for language in (person.language_code, ""):
            commands = world.profile.commands.get((scope, language))
            if commands:
                return commands
    return []


def _scopes(person: Person, chat: Chat) -> list[str]:
    own = scope_key("chat", chat.id)
    if chat.type == "private":
        return [own, "all_private_chats", "default"]
    scopes = [scope_key("chat_member", chat.id, person.id)]
    administers = chat.members.get(person.id) in ("creator", "administrator")
    if administers:
        scopes.append(scope_key("chat_administrators", chat.id))
    scopes.append(own)
    if administers:
        scopes.append("all_chat_administrators")
    return [*scopes, "all_group_chats", "default"]
