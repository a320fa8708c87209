"""A post office for tests: a local Telegram, a database, a postman with one letter that is always true."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer

from bot.app import words
from bot.limits import Pace
from bot.postman import Postman
from bot.telegram.session import Session
from bot.telegram.start import TelegramDoorway
from handlers.ways import Menu
from sandbox.chats import Person as Somebody
from sandbox.limits import Rates
from sandbox.server import serve
from sandbox.world import Call, World
from storage.database import Database
from storage.people import Person
from talk.routes import Routes, Table
from talk.screen import Button, Screen, rows
from talk.turn import Links, Turn
from tests.cast import VAULT

routes = Routes()


@routes.letter("announcement")
@routes.letter("announcement-edit")
@routes.letter("announcement-delete")
@routes.letter("accounts-joined")
@routes.letter("petition-milestone")
async def always_true(_turn: Turn, told: dict[str, Any]) -> Screen | None:
    """A letter that says what it was told; nothing when it is told that it is not true any more."""
    return None if told.get("over") else Screen(text=str(told.get("says", "Салам")), buttons=rows(Button("…", Menu())))


@routes.letter("digest")
async def digest(_turn: Turn, told: dict[str, Any]) -> Screen | None:
    """What was kept, one line each."""
    return Screen(text="\n".join(screen.text for screen in told["screens"]))


TABLE = Table(routes, home=Menu())


class Clock:
    """A clock that is turned by hand."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        """The present moment."""
        return self.time


@dataclass
class Office:
    """A postman at work, and what came out of it."""

    world: World
    database: Database
    clock: Clock
    bot: Bot
    pace: Pace
    paid: bool = False
    postmen: list[Postman] = field(default_factory=list)
    _runs: list[asyncio.Task[None]] = field(default_factory=list)

    def hire(self) -> Postman:
        """One more postman, who begins at once."""
        door = TelegramDoorway(self.bot, Links("ashar_bot"), self.pace, paid=self.paid)
        postman = Postman(self.database, TABLE, words(), VAULT, self.clock, {"telegram": door})
        self.postmen.append(postman)
        self._runs.append(asyncio.create_task(postman.run()))
        return postman

    async def idle(self) -> None:
        """Everything that is due is delivered."""
        for postman in self.postmen:
            await postman.idle()

    async def kill(self) -> None:
        """Every postman is stopped as a killed process is: nothing is noted afterwards."""
        for run, postman in zip(self._runs, self.postmen, strict=True):
            run.cancel()
            for flight in list(postman._flying.values()):
                flight.cancel()
        await asyncio.wait(self._runs)
        self._runs.clear()
        self.postmen.clear()

    def sent(self, method: str = "sendMessage") -> list[Call]:
        """What reached people."""
        return [call for call in self.world.outbox if call.method == method and call.status == 200]


@contextlib.asynccontextmanager
async def an_office(
    database: Database,
    now: datetime,
    *,
    rates: Rates | None = None,
    pace: Pace | None = None,
    paid: bool = False,
) -> AsyncIterator[Office]:
    """A post office with one postman. Without rates nobody waits."""
    world = World(rates=rates)
    handle = await serve(world, "127.0.0.1", 0)
    session = Session(api=TelegramAPIServer.from_base(handle.url), limit=200)
    async with Bot(world.token, session=session) as bot:
        office = Office(world, database, Clock(now), bot, pace or Pace(100_000, 100_000, 6_000_000), paid)
        office.hire()
        try:
            yield office
        finally:
            await office.kill()
            await handle.close()


def has_phone(office: Office, person: Person, address: str, *, blocked: bool = False) -> None:
    """The person's chat exists in the local Telegram."""
    somebody = Somebody(
        id=int(address),
        first_name="Тургун",
        last_name=None,
        username=f"resident{person.id}",
        phone=f"+996700{int(address):06}",
        language_code="ky",
        persona="resident",
    )
    office.world.add_person(somebody)
    chat = office.world.chat(somebody.id)
    chat.started, chat.blocked = True, blocked
