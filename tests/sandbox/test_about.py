"""Does the bot's own profile keep commands, names and buttons by scope and language?"""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)

from sandbox import people
from sandbox.cast import GROUP
from sandbox.chats import Person
from sandbox.commands import commands_for
from sandbox.world import World


def names(commands: object) -> list[str]:
    assert isinstance(commands, list)
    return [c["command"] if isinstance(c, dict) else c.command for c in commands]


async def test_me(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.supports_inline_queries) == (1, "ashar_sandbox_bot", True)


async def test_commands_by_scope_and_language(bot: Bot, world: World, aigul: Person) -> None:
    def one(command: str) -> list[BotCommand]:
        return [BotCommand(command=command, description=command)]

    await bot.set_my_commands(one("plain"))
    await bot.set_my_commands(one("ky"), scope=BotCommandScopeAllPrivateChats(), language_code="ky")
    await bot.set_my_commands(one("private"), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(one("group"), scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands(one("heads"), scope=BotCommandScopeAllChatAdministrators())
    await bot.set_my_commands(one("clerk"), scope=BotCommandScopeChat(chat_id=aigul.id))
    assert names(await bot.get_my_commands()) == ["plain"]
    assert names(await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats(), language_code="ky")) == ["ky"]
    assert names(await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats(), language_code="ru")) == []
    bakyt, emma = world.person("bakyt"), world.person("emma")
    assert names(commands_for(world, aigul, world.chat(aigul.id))) == ["clerk"]
    assert names(commands_for(world, bakyt, world.chat(bakyt.id))) == ["ky"]
    assert names(commands_for(world, emma, world.chat(emma.id))) == ["private"]
    assert names(commands_for(world, emma, world.chat(GROUP))) == ["group"]
    assert names(commands_for(world, bakyt, world.chat(GROUP))) == ["heads"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=aigul.id))
    assert names(commands_for(world, aigul, world.chat(aigul.id))) == ["ky"]


async def test_names_and_descriptions(bot: Bot) -> None:
    await bot.set_my_description("Айылдын боту", language_code="ky")
    await bot.set_my_description("Village bot")
    await bot.set_my_short_description("Короткое", language_code="ru")
    await bot.set_my_name("Ашар")
    assert (await bot.get_my_description(language_code="ky")).description == "Айылдын боту"
    assert (await bot.get_my_description(language_code="en")).description == "Village bot"
    assert (await bot.get_my_short_description(language_code="ru")).short_description == "Короткое"
    assert (await bot.get_my_name()).name == "Ашар"
    assert (await bot.me()).first_name == "Ашар"
    with pytest.raises(TelegramBadRequest, match="bot short description is too long"):
        await bot.set_my_short_description("x" * 121)
    with pytest.raises(TelegramBadRequest, match="invalid language code specified"):
        await bot.set_my_description("x", language_code="kyrgyz")


async def test_the_menu_button(bot: Bot, aigul: Person) -> None:
    assert (await bot.get_chat_menu_button()).type == "commands"
    app = MenuButtonWebApp(text="Карта", web_app=WebAppInfo(url="https://example.kg"))
    await bot.set_chat_menu_button(chat_id=aigul.id, menu_button=app)
    assert (await bot.get_chat_menu_button(chat_id=aigul.id)).type == "web_app"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    insecure = MenuButtonWebApp(text="Карта", web_app=WebAppInfo(url="http://example.kg"))
    with pytest.raises(TelegramBadRequest, match="Only HTTPS links are allowed"):
        await bot.set_chat_menu_button(menu_button=insecure)


async def test_typing_needs_a_known_action(bot: Bot, world: World, aigul: Person) -> None:
    told: list[object] = []
    world.listeners.append(told.append)
    await bot.send_chat_action(aigul.id, "typing")
    assert {"kind": "typing", "chat": aigul.id, "action": "typing"} in told
    with pytest.raises(TelegramBadRequest, match="wrong parameter action in request"):
        await bot.send_chat_action(aigul.id, "dancing")
    await people.block(world, aigul)
