"""How does the public page become a folder, for the official site of the municipality?"""

from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from exports.listing import Where
from exports.site import Files, front_files, listing_files
from handlers.publications.site import home_of, page_of, site_words
from storage.database import Database
from storage.municipalities import municipalities
from talk.words import Words


class NoSuchHome(LookupError):
    """There is no municipality of that key; the message names those that are."""


async def bot_name(settings: Settings) -> str:
    """The user name of the bot, asked of Telegram; empty without a token. Raises WrongSetting."""
    if settings.bot_token is None:
        return ""
    from bot.telegram.start import open_telegram  # seconds of importing

    async with open_telegram(settings) as telegram:
        return telegram.name


async def site_files(database: Database, words: Words, now: datetime, *, key: str | None, bot: str) -> Files:
    """The public page as files whose links work from a disk and below any address: of one municipality, or (without a
    key, where there are several) of all of them under a list. Raises NoSuchHome."""
    spoken, where = site_words(words), Where(bot, ending="index.html")
    async with database.transaction() as db:
        homes = {home.key: home for home in await municipalities(db)}
        if not homes or (key is not None and key not in homes):
            raise NoSuchHome(f"there is no municipality «{key or ''}»; there are: {', '.join(homes) or 'none yet'}")
        if key is not None or len(homes) == 1:
            home = homes[key] if key is not None else next(iter(homes.values()))
            return listing_files(await page_of(db, home, now), spoken, where)
        files = front_files([home_of(home) for home in homes.values()], spoken, where)
        below = Where(bot, ending="index.html", neighbours=True)
        for home in homes.values():
            own = listing_files(await page_of(db, home, now), spoken, below)
            files |= {f"{home.key}/{name}": content for name, content in own.items()}
        return files


def write_files(files: Files, folder: Path) -> None:
    """Puts the files into the folder, over those of the same name; OSError when it cannot be written."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
