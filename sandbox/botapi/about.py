"""What does the bot say of itself? Its name, descriptions, commands and the menu button."""

import re

from sandbox.botapi.places import find_chat
from sandbox.botapi.reading import Params
from sandbox.botapi.table import method
from sandbox.chats import Json
from sandbox.commands import scope_key
from sandbox.markup import units
from sandbox.refusals import bad
from sandbox.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
LONGEST = {"name": 64, "description": 512, "short_description": 120}


@method("getMe")
def get_me(world: World, params: Params) -> Json:
    return {
        **world.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": world.bot.reads_everything,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> bool:
    commands = params.array("commands") or []
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for given in commands:
        name = str(given.get("command", "")).removeprefix("/")
        if not COMMAND.fullmatch(name):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(str(given.get("description", "")).strip()) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        command: Json = {"command": name, "description": str(given["description"]).strip()}
        if given.get("is_ephemeral"):
            command["is_ephemeral"] = True
        kept.append(command)
    world.profile.commands[_scope(world, params), _language(params)] = kept
    _commands_changed(world)
    return True


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.profile.commands.get((_scope(world, params), _language(params)), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> bool:
    world.profile.commands.pop((_scope(world, params), _language(params)), None)
    _commands_changed(world)
    return True


@method("setMyName")
def set_my_name(world: World, params: Params) -> bool:
    _set_text(world, params, "name")
    if not _language(params) and params.text("name"):
        world.bot.name = params.text("name") or world.bot.name
    return True


@method("setMyDescription")
def set_my_description(world: World, params: Params) -> bool:
    return _set_text(world, params, "description")


@method("setMyShortDescription")
def set_my_short_description(world: World, params: Params) -> bool:
    return _set_text(world, params, "short_description")


@method("getMyName")
def get_my_name(world: World, params: Params) -> Json:
    return {"name": _get_text(world, params, "name") or world.bot.name}


@method("getMyDescription")
def get_my_description(world: World, params: Params) -> Json:
    return {"description": _get_text(world, params, "description")}


@method("getMyShortDescription")
def get_my_short_description(world: World, params: Params) -> Json:
    return {"short_description": _get_text(world, params, "short_description")}


@method("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> bool:
    button = params.object("menu_button") or {"type": "default"}
    if button.get("type") == "web_app":
        link = str((button.get("web_app") or {}).get("url", ""))
        if not button.get("text"):
            raise bad("menu button text must be non-empty")
        if not link.startswith("https://"):
            raise bad(f"menu button Web App URL '{link}' is invalid: Only HTTPS links are allowed")
    if params.text("chat_id"):
        chat = find_chat(world, params)
        if chat.type != "private":
            raise bad("chat not found")
        chat.menu_button = None if button["type"] == "default" else button
        world.changed(chat)
    else:
        world.profile.menu_button = {"type": "commands"} if button["type"] == "default" else button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> Json:
    if params.text("chat_id"):
        return find_chat(world, params).menu_button or world.profile.menu_button
    return world.profile.menu_button


@method("getUserProfilePhotos")
def get_user_profile_photos(world: World, params: Params) -> Json:
    if params.number("user_id") not in world.people:
        raise bad("user not found")
    return {"total_count": 0, "photos": []}


def _scope(world: World, params: Params) -> str:
    scope = params.object("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        find_chat(world, Params({"chat_id": scope["chat_id"]}))
    return scope_key(str(kind), scope.get("chat_id"), scope.get("user_id"))


def _language(params: Params) -> str:
    language = params.text("language_code") or ""
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    return language


def _set_text(world: World, params: Params, what: str) -> bool:
    text = (params.text(what) or "").strip()
    if units(text) > LONGEST[what]:
        raise bad(f"bot {what.replace('_', ' ')} is too long")
    world.profile.texts[what, _language(params)] = text
    return True


def _get_text(world: World, params: Params, what: str) -> str:
    texts = world.profile.texts
    return texts.get((what, _language(params))) or texts.get((what, ""), "")


def _commands_changed(world: World) -> None:
    if world.listeners:
        world.version += 1
        world.tell({"kind": "changed", "version": world.version, "chats": list(world.chats)})
