"""How does a letter reach people after the commit: written in their language, at the messenger's pace, tried again?

A letter is taken in hand by a lease, written when it is delivered and not when it was posted (what is true no more is
skipped), sent outside every transaction, and noted afterwards. Answers to people never come here and never wait for
it. What a killed postman had in hand is settled by the rule of storage.outbox.settle_lost."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from actions import broadcasts, opinions
from bot import outcomes
from bot.envelopes import Choice, Envelopes, Kept
from bot.logs import scrubbed
from bot.noting import POLLS, Noting, hold
from bot.outcomes import Delivered
from bot.showing import Clock, Door
from civic.refusals import Refused
from storage.broadcasts import Broadcast, due_broadcasts
from storage.database import Database
from storage.outbox import Held, Letter, Outcome, claim, release_written, settle_lost
from storage.vault import Vault
from talk.routes import Table
from talk.words import Words

if TYPE_CHECKING:
    from bot.whatsapp.approving import Templates

IN_HAND = 40  # letters at once: more than a second of Telegram's pace, so that nobody waits for the next claim
LANDED = 10  # results noted together, or what has landed within …
LANDS = 0.3  # seconds
LEASE = timedelta(minutes=10)  # longer than any door tries
LOOKS_EVERY = 5  # seconds, for letters that had to wait for their hour
RETURNS_AFTER = (1, 5, 30)  # seconds until a letter that came back before it was noted is looked for again
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Flight:
    """A letter on its way, and what became of it. One to the same account goes after the one `before` it, from which it
    learns where the letters stand that were sent or changed since it was written (`stands`, by their numbers)."""

    letter: int
    kept: Kept
    done: Delivered = field(default_factory=lambda: Delivered(outcomes.Outcome.FAILED))
    before: "_Flight | None" = None
    stands: dict[int, str] = field(default_factory=dict)
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
        self._noting = Noting(self._envelopes, clock)
        self._looking: set[asyncio.Task[None]] = set()
        self._early: dict[str, tuple[Delivered, str, datetime | None]] = {}  # came back before they were noted
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._busy: set[int] = set()  # channels and groups with a letter on its way, or not noted yet
        self._newest: dict[int, _Flight] = {}  # to each account, of what is on its way or not noted yet
        self._landed: list[_Flight] = []
        self._broken: set[int] = set()  # broadcasts that cannot be written
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
        for job in self._looking:
            job.cancel()
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
            released = await release_written(db)
            wrote = sum([await self._write_some(db, one, now) for one in await due_broadcasts(db, now)])
            # a group takes a letter in three seconds: one in hand keeps their order, and room for all the others
            busy = self._busy - {flight.kept.place.id for flight in self._landed[:noted] if flight.kept.place}
            letters = await claim(db, now, now + LEASE, limit=room, busy=busy) if room else ()
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
            self._busy.discard(flight.kept.place.id if flight.kept.place is not None else 0)
        del self._landed[:noted]
        for flight in flights:
            account = flight.kept.account
            if account is not None:
                flight.before, self._newest[account] = self._newest.get(account), flight
            if flight.kept.place is not None:
                self._busy.add(flight.kept.place.id)
            self._flying[flight.letter] = asyncio.create_task(self._send(flight))
        return landed + released + wrote + len(letters)

    async def _write_some(self, db: AsyncSession, broadcast: Broadcast, now: datetime) -> int:
        """Some letters of a broadcast. One that cannot be written keeps no other letter waiting; the log tells once."""
        number = broadcast.id
        try:
            async with db.begin_nested():
                return await broadcasts.write_some(db, broadcast, now)
        except Exception as fault:  # noqa: BLE001  one broadcast must not keep all the others
            if number not in self._broken:
                _log.error("broadcast %d cannot be written\n%s", number, scrubbed(fault))
            self._broken.add(number)
            return 0

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
        elif choice.held is Held.WINDOW:
            hold(letter, self._clock.now())
            letter.reason = choice.reason
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
                kept = flight.kept
                flight.stands = dict(flight.before.stands) if flight.before is not None else {}
                if kept.corrects is not None:
                    kept = replace(kept, amends=flight.stands.get(kept.corrects, kept.amends))
                flight.done = await self._envelopes.send(kept)
                if flight.done.message:
                    flight.stands[kept.corrects or flight.letter] = flight.done.message
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
            await self._noting.note(db, letter, flight.kept, flight.done)
            early = self._early.get(flight.done.message)
            if early is not None:
                await self._noting.returned(db, flight.done.message, *early)
        return len(flights)

    # --- what the messenger says later ---

    async def returned(self, message: str, done: Delivered, via: str, at: datetime | None) -> None:
        """The messenger took a message from that number of ours, and says now that it did not arrive: a letter is held,
        tried again or over, as if it had been said at once. What became of the letter may not be noted yet: then it is
        looked for again."""
        if message in self._early or await self._whole(self._returned(message, done, via, at)):
            return
        job = asyncio.create_task(self._look_again(message, done, via, at))
        self._looking.add(job)
        job.add_done_callback(self._looking.discard)

    async def _look_again(self, message: str, done: Delivered, via: str, at: datetime | None) -> None:
        """It is on its way, in the hand of another postman, or no letter at all."""
        self._early[message] = done, via, at
        try:
            for pause in RETURNS_AFTER:
                await asyncio.sleep(pause)
                if await self._whole(self._returned(message, done, via, at)):
                    return
        except Exception as fault:  # noqa: BLE001  nobody waits for this
            _log.error("a letter that came back is not noted\n%s", scrubbed(fault))
        finally:
            self._early.pop(message, None)

    async def _returned(self, message: str, done: Delivered, via: str, at: datetime | None) -> bool:
        async with self._database.transaction() as db:
            found = await self._noting.returned(db, message, done, via, at)
        if found:
            self.wake()
        return found


async def _first(*events: asyncio.Event, seconds: float) -> None:
    """Waits until one of them is set, or for so long."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waits:
            one.cancel()
