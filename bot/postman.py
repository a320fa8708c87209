"""How does a letter reach people after the commit: written in their language, sent once, tried again?

A letter is written when it is delivered, not when it is posted: what is true no more is skipped. It is noted as sent
after it was sent, so a kill in between may send it a second time, never not at all."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import people, publications
from bot import outcomes
from bot.logs import scrubbed
from bot.showing import Clock, Door, links_of
from civic.refusals import Refused
from storage.database import Database
from storage.outbox import Letter, Outcome, due_letters
from storage.people import Account, Person, accounts_of, person_with_all
from storage.publications import LinkedPlace
from storage.vault import Vault
from talk.routes import Table
from talk.screen import Screen
from talk.turn import Heard, Turn
from talk.words import Words

BATCH = 20
LOOKS_EVERY = 30  # seconds, for letters that had to wait for their hour
MOST_TRIES = 8  # at pauses of 1, 2, 4 … minutes: about two hours of a messenger that is down
_NEVER = datetime.min.replace(tzinfo=UTC)
LATER = timedelta(minutes=10)  # until what could not even be tried is looked at again
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Written:
    """A letter in words, and where it goes."""

    letter: int
    door: Door
    address: str
    screen: Screen
    account: int | None = None
    place: LinkedPlace | None = None
    via: str | None = None  # by which of our numbers
    passing: bool = False  # a post of its own, neither pinned nor heard; else it is the list, which stands there once
    asked_for: bool = False  # somebody of the staff pressed for it, so it is pinned again; by itself it only changes
    outcome: Outcome = Outcome.FAILED
    later: bool = False  # it was not even tried: the messenger takes nothing from us for now
    message: str | None = None


class Postman:
    """Delivers letters for ever: `run` in the background, `idle` to wait until all that is due is delivered."""

    def __init__(
        self, database: Database, table: Table, words: Words, vault: Vault, clock: Clock, doors: dict[str, Door]
    ) -> None:
        self._database, self._table, self._words = database, table, words
        self._vault, self._clock, self._doors = vault, clock, doors
        self._round: asyncio.Task[int] | None = None
        self._quiet = asyncio.Event()

    def wake(self) -> None:
        """There may be something to deliver: the clock was turned, or a letter was posted."""
        self._quiet.clear()
        self._database.letters.set()

    async def run(self) -> None:
        """Delivers what is due until cancelled; what is under way is finished by `finish`."""
        while True:
            self._database.letters.clear()
            try:
                self._round = asyncio.ensure_future(self._deliver())
                if await asyncio.shield(self._round):
                    continue
            except Exception as fault:  # noqa: BLE001  the post goes on whatever happens
                _log.error("letters cannot be delivered, again in %d s\n%s", LOOKS_EVERY, scrubbed(fault))
            if not self._database.letters.is_set():
                self._quiet.set()
            try:
                async with asyncio.timeout(LOOKS_EVERY):
                    await self._database.letters.wait()
            except TimeoutError:
                continue

    async def idle(self) -> None:
        """Waits until everything that is due by now is delivered."""
        self.wake()
        await self._quiet.wait()

    async def finish(self) -> None:
        """Waits for the round that is under way."""
        if self._round is not None:
            await asyncio.wait([self._round])

    async def _deliver(self) -> int:
        """One round: writes some letters, sends them side by side, notes what became of them. Gives how many."""
        async with self._database.transaction() as db:
            letters = list(await due_letters(db, self._clock.now(), limit=BATCH))
            written: list[_Written] = []
            for letter in letters:
                written += await self._write(db, letter)
        if not letters:
            return 0
        await asyncio.gather(*map(self._send, written))
        async with self._database.transaction() as db:
            for letter in letters:
                copies = [one for one in written if one.letter == letter.id]
                await self._note(db, letter.id, copies)
        return len(letters)

    async def _write(self, db: AsyncSession, letter: Letter) -> list[_Written]:
        """The letter in words, one copy for its place or for the person's account; none when there is nobody, or when
        it is true no more."""
        try:
            async with db.begin_nested():
                if letter.place_id is not None:
                    return await self._write_to_place(db, letter)
                return await self._write_to_person(db, letter)
        except Refused:
            letter.outcome = Outcome.SKIPPED  # what it speaks of is gone
        except Exception as fault:  # noqa: BLE001  one letter must not keep the others
            _log.error("letter %d (%s) cannot be written\n%s", letter.id, letter.key, scrubbed(fault))
            letter.outcome = Outcome.FAILED
        letter.done_at = self._clock.now()
        return []

    async def _write_to_person(self, db: AsyncSession, letter: Letter) -> list[_Written]:
        person = await person_with_all(db, letter.person_id or 0)
        accounts = [a for a in await accounts_of(db, person.id) if a.stopped_at is None] if person is not None else []
        reached = [account for account in accounts if str(account.messenger) in self._doors]
        told = letter.arguments.get("account")  # a letter about one's accounts goes to one of them
        reached = [account for account in reached if told is None or account.id == told]
        # where they were last heard from, for that is the phone in their hand
        account = max(reached, key=lambda account: (account.seen_at or _NEVER, -account.id), default=None)
        if person is None or account is None:
            letter.done_at, letter.outcome = self._clock.now(), Outcome.GONE
            return []
        door = self._doors[str(account.messenger)]
        screen = await self._screen(db, letter, person, account, door)
        written = _Written(letter.id, door, account.address, screen, account.id, via=account.via) if screen else None
        return [written] if written else []

    async def _write_to_place(self, db: AsyncSession, letter: Letter) -> list[_Written]:
        place = await db.get(LinkedPlace, letter.place_id)
        if place is None or place.unlinked_at is not None or str(place.messenger) not in self._doors:
            letter.done_at, letter.outcome = self._clock.now(), Outcome.GONE
            return []
        door = self._doors[str(place.messenger)]
        reader = Person(id=0, language=place.language)
        reader.municipality_id = place.municipality_id
        await publications.set_home(db, reader)
        account = Account(messenger=place.messenger, address=place.address)
        asked_for = letter.arguments.get("by") is not None
        screen = await self._screen(db, letter, reader, account, door)
        if screen is None:
            return []
        passing = letter.key != publications.LIST_POST
        return [_Written(letter.id, door, place.address, screen, place=place, passing=passing, asked_for=asked_for)]

    async def _screen(
        self, db: AsyncSession, letter: Letter, person: Person, account: Account, door: Door
    ) -> Screen | None:
        links = links_of(door, person.municipality)
        turn = Turn(person, account, db, self._clock.now(), Heard(), self._words, self._vault, links, self._table.go)
        turn.roles = person.roles
        screen = await self._table.letters[letter.key](turn, letter.arguments)
        if screen is None:
            letter.done_at, letter.outcome = self._clock.now(), Outcome.SKIPPED
        return screen

    async def _send(self, one: _Written) -> None:
        try:
            if one.place is not None:
                old = None if one.passing else one.place.post
                outcome, one.message = await one.door.post(
                    one.address, one.screen, instead_of=old, pin=one.asked_for, passing=one.passing
                )
            else:
                outcome = await one.door.show(one.address, Heard(), one.screen, one.via)
            one.later = outcome == outcomes.Outcome.LATER
            if outcome in set(Outcome):
                one.outcome = Outcome(str(outcome))
        except Exception as fault:  # noqa: BLE001  one that cannot be drawn stops nobody else's
            _log.error("letter %d cannot be sent\n%s", one.letter, scrubbed(fault))

    async def _note(self, db: AsyncSession, number: int, copies: list[_Written]) -> None:
        letter = await db.get(Letter, number)
        if letter is None or letter.done_at is not None or not copies:
            return
        now = self._clock.now()
        [one] = copies
        if one.later:
            letter.not_before = now + LATER
            return
        letter.tries += 1
        if one.outcome is Outcome.FAILED and letter.tries < MOST_TRIES:
            letter.not_before = now + timedelta(minutes=2 ** (letter.tries - 1))
            return
        letter.done_at, letter.outcome = now, one.outcome
        if one.outcome is Outcome.GONE and one.account is not None:
            account = await db.get(Account, one.account)
            if account is not None:
                people.stop(account, now)
        if one.place is not None:
            place = await db.get(LinkedPlace, one.place.id)
            if place is not None and one.outcome is Outcome.GONE:
                publications.lost(db, place, now)
            elif place is not None and one.outcome is Outcome.SENT and not one.passing:
                link = one.door.address_of(place.address, place.name, one.message or "")
                await publications.posted(db, place, letter, one.message, link, now)
