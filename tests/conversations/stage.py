"""The stage of a conversation: the real bot on a real database, the local Telegram, and people who tap and type."""

import contextlib
import os
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from actions import municipalities
from bot.app import Running, running
from bot.settings import Settings
from sandbox import people
from sandbox.chats import Person
from sandbox.clock import Clock
from sandbox.inline import inline
from sandbox.run import have_started, seed
from sandbox.server import serve
from sandbox.world import Call, World
from storage.catalogue import catalogue
from storage.database import open_database
from storage.migrate import migrate

BISHKEK = ZoneInfo("Asia/Bishkek")
ONE_TIME = re.compile(
    r"(?<=\?start=)([ge][\w-]{16}|p\d+_\d*_[0-9a-f]{10})"
)  # another word in it each time it is played
RECEIPT = re.compile(r"(?<![^\W_])[2-9A-HJ-NP-Z]{10}(?![^\W_])")  # of a signature: by chance too
SANDBOX = Path(__file__).parents[2] / "sandbox"


# what stands in the database of a stage at the beginning, for those that begin alike: half of the cost of a stage
_SEEDED: dict[tuple[tuple[str, ...], datetime, bool], bytes] = {}


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stage:
    """People act, the bot answers: `await stage.write(aigul, "/start")`, then look at `stage.world`."""

    def __init__(
        self, folder: Path, now: datetime, *, homes: tuple[str, ...] = ("aimak",), polling: bool = False
    ) -> None:
        self.world = World(clock=Clock(at=now, frozen=True), rates=None)
        self._folder, self._homes, self._polling = folder, homes, polling
        self._stack = contextlib.AsyncExitStack()
        self._bot_stack = contextlib.AsyncExitStack()
        self.bot: Running
        self.url = ""
        self.begun = 0  # the number of calls the bot made before anybody acted
        self.settings: Settings

    async def __aenter__(self) -> "Stage":
        handle = await serve(self.world, "127.0.0.1", 0)
        self._stack.push_async_callback(handle.close)
        self.url = handle.url
        port = free_port()
        self.settings = Settings(
            **self.more_settings(),
            _env_file=None,
            bot_token=SecretStr(self.world.token),
            telegram_api_url=handle.url,
            database_url=SecretStr(os.environ.get("STAGE_DATABASE_URL") or f"sqlite:///{self._folder}/stage.db"),
            webhook_url=None if self._polling else f"http://127.0.0.1:{port}",
            webhook_secret=SecretStr("a-secret-of-the-webhook"),
            secret_key=SecretStr("a secret of thirty-two characters and more"),
            http_port=port,
            admin_ids=("107",),
            telegram_a_second=10_000,  # the sandbox sets no limits here, and nobody waits
            telegram_chat_a_second=10_000,
            telegram_group_a_minute=600_000,
        )
        file = self._folder / "stage.db"
        known = (self._homes, self.world.clock.now(), self.speaks_whatsapp)
        is_new = "STAGE_DATABASE_URL" not in os.environ and not file.exists()
        if is_new and known in _SEEDED:
            file.write_bytes(_SEEDED[known])
        else:
            await self._seed()
            if is_new:
                _SEEDED[known] = file.read_bytes()
        have_started(self.world)
        await self.start()
        return self

    async def _seed(self) -> None:
        """Fills the database with the municipalities and their people."""
        database = open_database(self.settings.database_url.get_secret_value())
        await migrate(database)
        now = self.world.clock.now()
        if "aimak" in self._homes:
            await seed(database, self.settings, now, whatsapp=self.world.whatsapp if self.speaks_whatsapp else None)
        for name in self._homes:
            if name != "aimak":
                data = yaml.safe_load((SANDBOX / f"{name}.yaml").read_text(encoding="utf-8"))
                async with database.transaction() as db:
                    await municipalities.take_in(db, data, catalogue(), now.date())
        await database.close()

    speaks_whatsapp = False

    def more_settings(self) -> dict[str, Any]:
        """Settings that this kind of stage has besides those of every stage."""
        return {}

    async def start(self) -> None:
        """Starts the bot."""
        self._bot_stack = contextlib.AsyncExitStack()
        # nothing comes in between: what happens by itself is wound by hand, and has happened before anybody acts
        self.bot = await self._bot_stack.enter_async_context(
            running(self.settings, clock=self.world.clock, introduce=False, ticks=False)
        )
        await self.bot.clockwork.run_all()
        await self.bot.postman.idle()
        self.begun = self.world.calls

    async def restart(self, meanwhile: Callable[[AsyncSession], Awaitable[None]] | None = None) -> None:
        """Stops the bot and starts it again on the same database; something may happen to that in between."""
        await self._bot_stack.aclose()
        if meanwhile is not None:
            database = open_database(self.settings.database_url.get_secret_value())
            async with database.transaction() as db:
                await meanwhile(db)
            await database.close()
        await self.start()
        await self.settled()

    async def __aexit__(self, *failure: object) -> None:
        await self._bot_stack.aclose()
        await self._stack.aclose()

    async def settled(self) -> None:
        """Waits until everything that people did is answered."""
        await self.world.until(lambda: not len(self.world.updates), within=10)
        await self.bot.turns.idle()
        await self.bot.postman.idle()

    def calls(self, since: int) -> list[Call]:
        """The bot's calls after that number."""
        return [call for call in self.world.outbox if call.n > since]

    async def write(self, who: str, text: str) -> None:
        """Somebody writes to the bot (a /start with a payload too)."""
        person = self.world.person(who)
        if text == "/start" or text.startswith("/start "):
            await people.start(self.world, person, text[7:].strip())
        else:
            await people.write(self.world, person, person.id, text)
        await self.settled()

    async def tap(self, who: str, label: str, *, oldest: bool = False) -> None:
        """Somebody taps the newest (or oldest) button of that label, in a message or on the keyboard below."""
        person = self.world.person(who)
        posts = [post for post in self.world.from_bot(person.id) if not post.deleted]
        for post in posts if oldest else reversed(posts):
            for row in post.buttons:
                for button in row:
                    if bare(button["text"]) == bare(label) and "callback_data" in button:
                        await people.press(self.world, person, person.id, post.id, button["callback_data"])
                        await self.settled()
                        return
        keyboard = self.world.keyboard(person.id) or {}
        for row in keyboard.get("keyboard", []):
            for key in row:
                words = key if isinstance(key, str) else key["text"]
                if bare(words) == bare(label):
                    if isinstance(key, dict) and key.get("request_contact"):
                        await people.contact(self.world, person, person)
                    else:
                        await people.write(self.world, person, person.id, words)
                    await self.settled()
                    return
        seen = [b["text"] for p in posts for r in p.buttons for b in r]
        raise LookupError(f"{who} sees no button «{label}», only {seen[-20:]}")

    async def forge(self, who: str, data: str) -> None:
        """Somebody presses a button that the bot never showed."""
        person = self.world.person(who)
        last = self.world.from_bot(person.id)[-1]
        await people.press(self.world, person, person.id, last.id, data, stale=True)
        await self.settled()

    async def share_contact(self, who: str, whose: str) -> None:
        """Somebody sends a contact: their own, another person's, or a stranger's."""
        person = self.world.person(who)
        other: Person | None = None if whose == "stranger" else self.world.person(whose)
        await people.contact(self.world, person, other)
        await self.settled()

    async def send(self, who: str, name: str, content: bytes, *, photo: bool = False, words: str = "") -> None:
        """Somebody sends a photo or a file, with words below it."""
        person = self.world.person(who)
        if photo:
            await people.photo(self.world, person, content, name=name, caption=words)
        elif name.endswith(".ogg"):
            await people.voice(self.world, person, content)
        else:
            await people.document(self.world, person, content, name, "application/octet-stream", caption=words)
        await self.settled()

    async def share_place(self, who: str, latitude: float, longitude: float) -> None:
        """Somebody sends a place on the map."""
        await people.location(self.world, self.world.person(who), latitude, longitude)
        await self.settled()

    async def fill_in(self, who: str, answers: list[str]) -> None:
        """Somebody answers several questions, one after the other, for there is no form to fill them in at once; an
        empty answer skips."""
        for words in answers:
            await self.write(who, words or "-")

    async def open_link(self, who: str, whose: str) -> None:
        """Somebody opens the one-time link that the bot showed another person last."""
        sent = [ONE_TIME.search(post.text) for post in self.world.from_bot(self.world.person(whose).id)]
        await self.write(who, f"/start {[found[1] for found in sent if found][-1]}")

    def words_for(self, who: str) -> list[str]:
        """What the bot has told somebody, the newest last."""
        return [post.text for post in self.world.from_bot(self.world.person(who).id)]

    async def look_up(self, who: str, query: str) -> None:
        """Somebody types @bot and words in any chat."""
        await inline(self.world, self.world.person(who), query)
        await self.settled()


def bare(label: str) -> str:
    """A label without its number and icon."""
    return "".join(c for c in label.partition(". ")[2] or label if c.isalnum() or c == " ").strip().casefold()


@contextlib.asynccontextmanager
async def on_stage(
    folder: Path,
    now: datetime,
    *,
    homes: tuple[str, ...] = ("aimak",),
    polling: bool = False,
    kind: type[Stage] = Stage,
) -> AsyncIterator[Stage]:
    """A stage that is taken down at the end of the block."""
    async with kind(folder, now, homes=homes, polling=polling) as stage:
        yield stage
