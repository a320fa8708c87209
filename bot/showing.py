"""How does an answer reach the person after the commit: in order, once, with a sign of life when it takes long?"""

import asyncio
import logging
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions import people
from bot.logs import scrubbed
from bot.outcomes import Delivered, Outcome
from civic.files import Attachment
from civic.refusals import Reason
from storage import inbox
from storage.database import Database
from storage.municipalities import Municipality
from storage.people import accounts_at
from talk.screen import Screen
from talk.turn import Heard, Links

LIFE_SIGN_AFTER = 1.0  # seconds
MOST_WAITING = 50  # answers to one address: whoever floods a slow chat is shown the newest only
_log = logging.getLogger(__name__)


class Clock(Protocol):
    """Says what time it is; the sandbox's can be turned."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...


class Door(Protocol):
    """A messenger: what was said in it, and how to show something there."""

    links: Links
    is_open: bool  # once the messenger has answered; before that nothing is sent, and what arrives waits
    own: dict[str, Links]  # by the key of a municipality that has a number of its own, in whichever messenger

    def via(self, payload: str) -> str | None:
        """Which of our numbers an arrival was written to; None where there is one for all."""
        ...

    def home_of(self, via: str | None) -> str:
        """The key of the municipality whose number that is; empty for one that all share."""
        ...

    def sent(self, payload: str) -> datetime | None:
        """When somebody did what an arrival tells of, by the messenger's own clock; None where it keeps the order."""
        ...

    def known_by(self, payload: str) -> str:
        """Another address under which whoever did it may be known from before; empty where there is none."""
        ...

    def hear(self, payload: str) -> Heard | None:
        """What an arrival says; None when nothing is to be answered."""
        ...

    def moved(self, payload: str) -> tuple[str, str, str] | None:
        """Who has another address from now on: the old one, the new one, and the phone that goes with it, if known."""
        ...

    async def show(self, address: str, heard: Heard, screen: Screen, via: str | None = None) -> str:
        """Shows a screen by that number of ours; gives one of `bot/outcomes.py: Outcome`."""
        ...

    async def deliver(self, address: str, screen: Screen, via: str | None = None, *, silent: bool = False) -> Delivered:
        """Sends a letter that the bot begins by itself, at the messenger's pace, without a sound when `silent`."""
        ...

    async def amend(self, address: str, message: str, screen: Screen, via: str | None = None) -> Delivered:
        """Changes a letter that was sent; where that cannot be, sends it anew."""
        ...

    async def remove(self, address: str, message: str, instead: Screen, via: str | None = None) -> Delivered:
        """Deletes a letter that was sent; where that cannot be, sends a word that it does not hold any more."""
        ...

    async def tell(self, address: str, text: str) -> str:
        """Sends plain words to an admin; gives one of `bot/outcomes.py: Outcome`."""
        ...

    async def nod(self, heard: Heard, screen: Screen) -> None:
        """The least that a press can be answered: it stops waiting, and a line pops up, where there is such a thing."""
        ...

    async def sign_of_life(self, address: str) -> None:
        """Tells the person that something is being done."""
        ...

    async def fetch(self, file: Attachment) -> bytes | Reason | None:
        """What is in a file that was sent; FILE_TOO_BIG or FILE_LOST when it cannot be had, None when the messenger
        gives us none now: it is asked again later."""
        ...

    async def post(self, address: str, screen: Screen, *, instead_of: str | None, pin: bool) -> Delivered:
        """Posts and pins a screen in a channel or group, or changes the post `instead_of` (and pins it again when
        `pin` says so); gives the messenger's number of the post."""
        ...

    async def keep(self, address: str, screen: Screen, message: str | None, *, pin: bool | None) -> Delivered:
        """Posts a card in a channel or group without a sound, or changes the one of that number: MISSING where it was
        deleted. `pin` it, take it off the pinned ones (False), or leave that as it is."""
        ...

    async def poll(self, address: str, screen: Screen, until: datetime | None) -> Delivered:
        """Asks everybody in a channel or group: the title of the screen is the question, its choice the options. Nobody
        learns who chose what. At that moment the messenger closes it by itself."""
        ...

    async def count(self, address: str, screen: Screen, message: str) -> Delivered:
        """Closes the poll of that number and gives what was answered (`tally`); MISSING where it was deleted. The way
        on of the screen stands under it from then on."""
        ...

    async def take_away(self, address: str, screen: Screen, message: str) -> Delivered:
        """Deletes a card; where that cannot be any more, it is changed to the screen, which says so."""
        ...

    def address_of(self, address: str, name: str, message: str) -> str:
        """The link of a post in the channel or group of that address and public name; empty where there is none."""
        ...


def links_of(door: Door, home: Municipality | None) -> Links:
    """Where people of that municipality find the bot: by its own numbers, where it has any."""
    return door.own.get(home.key, door.links) if home is not None else door.links


@dataclass(slots=True)
class Taken:
    """A turn that is settled and waits to be shown; without a screen there is nothing to show."""

    row: inbox.Waiting
    heard: Heard
    screen: Screen | None
    via: str | None = None  # which of our numbers shows it


class Showing:
    """Shows what turns led to: one after another to the same address, side by side to different ones."""

    def __init__(self, database: Database, clock: Clock, doors: dict[str, Door], wake: asyncio.Event) -> None:
        self._database, self._clock, self._doors, self._wake = database, clock, doors, wake
        self.answered: list[int] = []  # shown, and not yet noted in the inbox
        self._tails: dict[str, asyncio.Task[None]] = {}  # the last answer on its way to each address
        self._queued: dict[str, int] = {}  # how many answers are on their way to each address
        self._begun: dict[int, tuple[float, str, str]] = {}
        self._side_jobs: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether answers are on their way."""
        return bool(self._tails)

    def begun(self, row: inbox.Waiting) -> None:
        """Somebody waits from now on."""
        self._begun.setdefault(row.id, (time.monotonic(), row.messenger, row.address))

    def over(self, row: inbox.Waiting) -> None:
        """Nobody waits for this one any more."""
        self._begun.pop(row.id, None)

    def soon(self, one: Taken) -> None:
        """Shows the outcome after what is already on its way to the same address."""
        if one.screen is None:
            self.over(one.row)
            return
        key = f"{one.row.messenger}:{one.row.address}"
        before = self._tails.get(key)
        task = asyncio.create_task(self._show(one, one.screen, before, key))
        self._tails[key] = task
        self._queued[key] = self._queued.get(key, 0) + 1
        task.add_done_callback(lambda done: self._shown(key, done))

    def _shown(self, key: str, done: asyncio.Task[None]) -> None:
        self._queued[key] -= 1
        if not self._queued[key]:
            del self._queued[key]
        if self._tails.get(key) is done:
            del self._tails[key]
        if not self._tails:
            self._wake.set()

    async def _show(self, one: Taken, screen: Screen, before: asyncio.Task[None] | None, key: str) -> None:
        if before is not None:
            await asyncio.wait([before])
        outcome = "passed over"
        if self._queued[key] <= MOST_WAITING:
            try:
                outcome = await self._doors[one.row.messenger].show(one.row.address, one.heard, screen, one.via)
            except Exception as fault:  # noqa: BLE001  one screen that cannot be drawn stops nobody else's
                _log.error("a screen could not be drawn\n%s", scrubbed(fault))
        else:
            self.aside(self._doors[one.row.messenger].nod(one.heard, screen))
        self.over(one.row)
        if outcome == Outcome.LATER:
            return  # it stays unanswered in the inbox: after the next start the person is shown how things stand
        if outcome == Outcome.GONE:
            await self._gone(one.row)
        self.answered.append(one.row.id)

    async def _gone(self, row: inbox.Waiting) -> None:
        async with self._database.transaction() as db:
            account = (await accounts_at(db, [(row.messenger, row.address)])).get((row.messenger, row.address))
            if account is not None:
                people.stop(account, self._clock.now())

    async def note_answered(self) -> None:
        """Notes in the inbox what has been shown."""
        answered, self.answered = self.answered, []
        if answered:
            async with self._database.transaction() as db:
                await inbox.mark_answered(db, answered, self._clock.now())

    async def finish(self) -> None:
        """Waits for the answers that are on their way, then notes that they were given."""
        if self._tails:
            await asyncio.wait(list(self._tails.values()), timeout=10)
        await self.note_answered()

    def aside(self, job: Awaitable[None]) -> None:
        """Does something beside the turns; when it fails that is logged, and nothing stops."""

        async def do() -> None:
            try:
                await job
            except Exception:  # noqa: BLE001
                _log.exception("a report failed")

        task = asyncio.create_task(do())
        self._side_jobs.add(task)
        task.add_done_callback(self._side_jobs.discard)

    async def signs_of_life(self) -> None:
        """Whoever waits for more than a second is told that something is being done; for ever."""
        told: set[tuple[str, str]] = set()
        while True:
            await asyncio.sleep(LIFE_SIGN_AFTER / 2)
            late = time.monotonic() - LIFE_SIGN_AFTER
            waiting = {(messenger, address) for since, messenger, address in self._begun.values() if since < late}
            for messenger, address in waiting - told:
                self.aside(self._doors[messenger].sign_of_life(address))
            told = waiting
