"""How does a letter reach people after the commit: written in their language, at the messenger's pace, tried again?

A letter is taken in hand by a lease, written when it is delivered and not when it was posted (what is true no more is
skipped), sent outside every transaction, and noted afterwards. Answers to people never come here and never wait for
it. What a killed postman had in hand is settled by the rule of storage.outbox.settle_lost."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from actions import broadcasts, cards, opinions, people, publications
from bot import outcomes
from bot.envelopes import Choice, Envelopes, Kept
from bot.logs import scrubbed
from bot.outcomes import Delivered
from bot.showing import Clock, Door
from civic.post import KNOCKED
from civic.refusals import Refused
from storage.broadcasts import Broadcast, Going, due_broadcasts
from storage.cards import CARD
from storage.database import Database
from storage.opinions import ASKS, COUNTS
from storage.outbox import Held, Letter, Outcome, claim, release_written, settle_lost
from storage.people import Account
from storage.publications import LinkedPlace
from storage.vault import Vault
from talk.routes import Table
from talk.words import Words

if TYPE_CHECKING:
    from bot.whatsapp.approving import Templates

POLLS = (ASKS, COUNTS)
IN_HAND = 40  # letters at once: more than a second of Telegram's pace, so that nobody waits for the next claim
LANDED = 10  # results noted together, or what has landed within …
LANDS = 0.3  # seconds
LEASE = timedelta(minutes=10)  # longer than any door tries
LOOKS_EVERY = 5  # seconds, for letters that had to wait for their hour
MOST_TRIES = 8  # at pauses of 1, 2, 4 … minutes: about two hours of a messenger that is down
LATER = timedelta(minutes=10)  # until what could not even be tried is looked at again
WINDOW = timedelta(hours=24)  # after somebody's message WhatsApp takes letters to them for so long
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Flight:
    """A letter on its way, and what became of it. One to the same account goes after the one `before` it."""

    letter: int
    kept: Kept
    done: Delivered = field(default_factory=lambda: Delivered(outcomes.Outcome.FAILED))
    before: "_Flight | None" = None
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Postman:
    """Delivers letters for ever: `run` in the background, `idle` to wait until all that is due is delivered. Several
    may share one PostgreSQL database; on SQLite there is one (`alone`)."""

    def __init__(
        self,
        database: Database,
        table: Table,
        words: Words,
        vault: Vault,
        clock: Clock,
        doors: dict[str, Door],
        templates: "Templates | None" = None,
    ) -> None:
        self._database, self._clock, self._doors = database, clock, doors
        self._envelopes = Envelopes(table, words, vault, clock, doors, templates)
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._newest: dict[int, _Flight] = {}  # to each account, of what is on its way or not noted yet
        self._landed: list[_Flight] = []
        self._landing = asyncio.Event()
        self._quiet = asyncio.Event()
        self._under_way: set[asyncio.Task[Any]] = set()

    @property
    def in_hand(self) -> frozenset[int]:
        """The letters that are on their way now."""
        return frozenset((*self._flying, *(flight.letter for flight in self._landed)))

    def wake(self) -> None:
        """There may be something to deliver: the clock was turned, or a letter was posted."""
        self._quiet.clear()
        self._database.letters.set()

    async def run(self) -> None:
        """Delivers what is due until cancelled; what is under way is finished by `finish`."""
        lost = True  # what a killed postman had in hand is settled first
        while True:
            self._database.letters.clear()
            try:
                if lost:
                    await self._whole(self._settle_lost(everything=self._database.is_sqlite))
                    lost = False
                took = await self._whole(self._round())
            except Exception as fault:  # noqa: BLE001  the post goes on whatever happens
                _log.error("letters cannot be delivered, again in %d s\n%s", LOOKS_EVERY, scrubbed(fault))
                took = 0
            if took and len(self._flying) < IN_HAND:
                await asyncio.sleep(0)
                continue
            await self._wait()

    async def _wait(self) -> None:
        """Until something is posted, enough has landed, or it is time to look again."""
        if self._flying or self._landed:
            if len(self._landed) < min(LANDED, len(self._flying) + len(self._landed)):
                self._landing.clear()
                with_patience = LANDS if self._landed else LOOKS_EVERY
                await _first(self._landing, self._database.letters, seconds=with_patience)
                if self._landed and self._flying:
                    await asyncio.sleep(min(LANDS, 0.02 * len(self._flying)))
            return
        if not self._database.letters.is_set():
            self._quiet.set()
        await _first(self._database.letters, seconds=LOOKS_EVERY)

    async def idle(self) -> None:
        """Waits until everything that is due by now is delivered."""
        self.wake()
        await self._quiet.wait()

    async def finish(self) -> None:
        """Waits for what is on its way, and notes what became of it."""
        if self._under_way:
            await asyncio.wait(self._under_way)
        if self._flying:
            await asyncio.wait(list(self._flying.values()), timeout=10)
        if self._landed:
            async with self._database.transaction() as db:
                await self._note_all(db)

    async def _whole(self, work: Coroutine[object, object, _T]) -> _T:
        """What writes is never torn apart when the bot stops: the work goes on, and `finish` waits for it."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    # --- one round ---

    async def _round(self) -> int:
        """Notes what has landed, writes some letters of broadcasts, takes some in hand and sends them off. Gives how
        much there was to do."""
        landed = len(self._landed)
        room = IN_HAND - len(self._flying)
        async with self._database.transaction() as db:
            noted = await self._note_all(db)
            now = self._clock.now()
            await settle_lost(db, now, now, besides=self.in_hand)
            released = await release_written(db, now - WINDOW)
            wrote = sum([await broadcasts.write_some(db, one, now) for one in await due_broadcasts(db, now)])
            letters = await claim(db, now, now + LEASE, limit=room) if room else ()
            flights = []
            for letter in letters:
                kept = await self._write(db, letter)
                if kept is not None:
                    flights.append(_Flight(letter.id, kept))
                else:
                    letter.lease_until = None
        for flight in self._landed[:noted]:  # from now on the account itself tells what became of it
            if self._newest.get(flight.kept.account or 0) is flight:
                del self._newest[flight.kept.account or 0]
        del self._landed[:noted]
        for flight in flights:
            account = flight.kept.account
            if account is not None:
                flight.before, self._newest[account] = self._newest.get(account), flight
            self._flying[flight.letter] = asyncio.create_task(self._send(flight))
        return landed + released + wrote + len(letters)

    async def _settle_lost(self, *, everything: bool) -> None:
        now = self._clock.now()
        async with self._database.transaction() as db:
            doubt = await settle_lost(db, now, now + timedelta(days=1) if everything else now)
        if doubt:
            _log.warning("the bot was killed while letters went out: %d of broadcasts are in doubt", doubt)

    async def _write(self, db: AsyncSession, letter: Letter) -> Kept | None:
        """The letter in words and where it goes; None when it does not go out now, and the letter says why."""
        try:
            async with db.begin_nested():
                choice = await self._envelopes.choose(db, letter)
        except Refused:
            choice = Choice(outcome=Outcome.SKIPPED)  # what it speaks of is gone
        except Exception as fault:  # noqa: BLE001  one letter must not keep the others
            _log.error("letter %d (%s) cannot be written\n%s", letter.id, letter.key, scrubbed(fault))
            choice = Choice(outcome=Outcome.FAILED, reason=type(fault).__name__)
        if choice.kept is not None:
            return choice.kept
        if choice.outcome is not None:
            if letter.key in POLLS:
                await opinions.lost(db, int(letter.arguments["post"]), self._clock.now())
            letter.done_at, letter.outcome, letter.reason = self._clock.now(), choice.outcome, choice.reason
            await self._envelopes.close(db, choice.covers, letter)
        elif choice.held is not None:
            letter.held, letter.reason = choice.held, choice.reason
        elif choice.not_before is not None:
            letter.not_before, letter.reason = choice.not_before, choice.reason
        return None

    async def _send(self, flight: _Flight) -> None:
        try:
            if flight.before is not None:
                await flight.before.over.wait()
            if flight.before is not None and flight.before.done.outcome is outcomes.Outcome.GONE:
                flight.done = flight.before.done  # stopped a moment ago: nobody tries again
            else:
                flight.done = await self._envelopes.send(flight.kept)
        except Exception as fault:  # noqa: BLE001  one that cannot be drawn stops nobody else's
            _log.error("letter %d cannot be sent\n%s", flight.letter, scrubbed(fault))
            flight.done = Delivered(outcomes.Outcome.FAILED, reason=type(fault).__name__)
        finally:
            self._flying.pop(flight.letter, None)
            flight.before = None
            flight.over.set()
            self._landed.append(flight)
            self._landing.set()

    # --- afterwards ---

    async def _note_all(self, db: AsyncSession) -> int:
        """Notes what became of the letters that have landed by now; gives how many. They are forgotten only after the
        commit."""
        flights = list(self._landed)
        for flight in flights:
            letter = await db.get(Letter, flight.letter)
            if letter is None or letter.done_at is not None:
                continue
            letter.lease_until = None
            await self._note(db, letter, flight.kept, flight.done)
        return len(flights)

    async def _note(self, db: AsyncSession, letter: Letter, kept: Kept, done: Delivered) -> None:
        now = self._clock.now()
        letter.account_id, letter.reason = kept.account, done.reason[:80]
        if kept.filled is not None and done.outcome is not outcomes.Outcome.GONE:
            await self._note_knock(db, letter, done, now)
            return
        if await self._goes_on(db, letter, done, now):
            return
        missing = done.outcome is outcomes.Outcome.MISSING
        letter.done_at, letter.outcome = now, Outcome.SKIPPED if missing else Outcome(done.outcome.value)
        letter.message = done.message[:64]
        await self._envelopes.close(db, kept.covers, letter)
        if letter.outcome is Outcome.GONE and kept.account is not None:
            account = await db.get(Account, kept.account)
            if account is not None:
                people.stop(account, now)
        if kept.place is not None:
            await self._note_place(db, letter, kept, done, now)

    async def _goes_on(self, db: AsyncSession, letter: Letter, done: Delivered, now: datetime) -> bool:
        """Whether the letter is tried again, later or after the reader's next message. What was cancelled meanwhile is
        not, and what was paused meanwhile stays so."""
        match done.outcome:
            case outcomes.Outcome.CLOSED:
                _hold(letter)
            case outcomes.Outcome.LATER:
                letter.not_before = now + (timedelta(seconds=done.wait) if done.wait else LATER)
            case outcomes.Outcome.FAILED if letter.tries + 1 < MOST_TRIES:
                letter.tries += 1
                letter.not_before = now + timedelta(minutes=2 ** (letter.tries - 1))
            case _:
                letter.tries += 1
                return False
        broadcast = await db.get(Broadcast, letter.broadcast_id) if letter.broadcast_id is not None else None
        if broadcast is not None and broadcast.going is Going.CANCELLED:
            letter.done_at, letter.outcome = now, Outcome.CANCELLED
        return True

    async def _note_knock(self, db: AsyncSession, letter: Letter, done: Delivered, now: datetime) -> None:
        """A template has told of the letter, which waits for the tap. One that did not go out has begun nothing, but
        whom Meta spares is not tried again for a day."""
        account = await db.get(Account, letter.account_id)
        match done.outcome:
            case outcomes.Outcome.SENT:
                letter.reason, letter.by_template = KNOCKED, True
                _hold(letter)
                return
            case outcomes.Outcome.CLOSED:
                _hold(letter)
                return
            case outcomes.Outcome.LATER:
                letter.not_before = now + (timedelta(seconds=done.wait) if done.wait else LATER)
            case _:
                _hold(letter)  # nothing is lost: it comes with their next message
        if account is not None:
            account.knocked_at = None

    async def _note_place(self, db: AsyncSession, letter: Letter, kept: Kept, done: Delivered, now: datetime) -> None:
        place = await db.get(LinkedPlace, kept.place.id if kept.place is not None else 0)
        if place is None:
            return
        if letter.outcome is Outcome.GONE:
            publications.lost(db, place, now)
        if letter.key in POLLS:
            await _note_poll(db, letter, done, now)
        elif letter.key == CARD:
            await self._note_card(db, int(letter.arguments["card"]), done, now)
        elif letter.outcome is Outcome.SENT and not kept.passing:
            link = kept.door.address_of(place.address, place.name, done.message)
            await publications.posted(db, place, letter, done.message or None, link, now)

    async def _note_card(self, db: AsyncSession, card: int, done: Delivered, now: datetime) -> None:
        match done.outcome:
            case outcomes.Outcome.SENT:
                await cards.landed(db, card, done.message or None)
            case outcomes.Outcome.MISSING:
                await cards.vanished(db, card, now)
            case outcomes.Outcome.FAILED:
                await cards.failed(db, card, now)


async def _note_poll(db: AsyncSession, letter: Letter, done: Delivered, now: datetime) -> None:
    post = int(letter.arguments["post"])
    if letter.key == ASKS and done.outcome is outcomes.Outcome.SENT:
        await opinions.stands(db, post, done.message)
    elif done.tally is not None:
        await opinions.counted(db, post, done.tally, now)
    else:
        await opinions.lost(db, post, now)


def _hold(letter: Letter) -> None:
    """The letter waits for its reader's next message, after a pause that staff ordered meanwhile."""
    if letter.held is Held.PAUSED:
        letter.reason = Held.WINDOW.value
    else:
        letter.held = Held.WINDOW


async def _first(*events: asyncio.Event, seconds: float) -> None:
    """Waits until one of them is set, or for so long."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waits:
            one.cancel()
