"""What does Telegram itself show of the bot: its commands and its description?"""

import logging

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import BotCommand

from talk.words import LANGUAGES, Words

COMMANDS = (
    "menu",
    "issues",
    "proposals",
    "petitions",
    "announcements",
    "participate",
    "me",
    "language",
    "cancel",
    "help",
)
_log = logging.getLogger(__name__)


async def introduce(bot: Bot, words: Words) -> None:
    """Tells Telegram the commands and the description in every language. A fault is only logged: the bot works."""
    try:
        for language in (None, *LANGUAGES):
            t = words.speaker(language)
            commands = [BotCommand(command=name, description=t(f"menu-command-{name}")) for name in COMMANDS]
            await bot.set_my_commands(commands, language_code=language)
            await bot.set_my_short_description(t("menu-short-description"), language_code=language)
            await bot.set_my_description(t("menu-description"), language_code=language)
    except (TelegramAPIError, ClientDecodeError) as fault:
        _log.warning("Telegram did not take the commands: %s", type(fault).__name__)
