"""How does one turn go: read from the inbox, answered, settled, committed, and only then shown?

Arrivals are taken in batches: one transaction holds many turns, one after another, and one commit settles them
all. Handlers touch nothing but the database, so a batch in which something unexpected happens is rolled back whole
and its turns are taken again one by one: nobody pays for somebody else's failure (docs/decisions/0004)."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from actions import people
from bot.arrivals import Alone, accounts_for, answer_late, comes_late, follow, fresh, in_order, seen
from bot.fetching import Fetching
from bot.last_shown import LastShown
from bot.logs import scrubbed
from bot.showing import Clock, Door, Showing, Taken, links_of
from civic.files import NotFetched
from civic.people import Role, may_have_changed_hands, roles_at
from civic.refusals import Reason, Refused
from storage import inbox
from storage.database import Database
from storage.people import Account, accounts_at, set_loaded, stand
from storage.vault import Vault
from talk.press import Press
from talk.routes import Table
from talk.screen import Screen
from talk.turn import Heard, Turn
from talk.words import Words

BATCH = 64
LOST = 1_000  # lost answers looked up at a time
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Turns:
    """Takes turns for ever: `put` arrivals, `run` in the background, `idle` to wait until all is shown."""

    def __init__(
        self,
        database: Database,
        table: Table,
        words: Words,
        vault: Vault,
        clock: Clock,
        doors: dict[str, Door],
        *,
        on_crash: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.spent: dict[str, int] = {}  # statements of the costliest turn of each kind, for the tests
        self.taken = 0
        self._table, self._words, self._vault, self._doors, self._on_crash = table, words, vault, doors, on_crash
        self._under_way: set[asyncio.Task[Any]] = set()
        self._wake = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self.showing = Showing(database, clock, doors, self._wake)
        self.fetching = Fetching(doors, self._wake, self._count_try)
        self.last_shown = LastShown()

    async def put(self, messenger: str, arrivals: Sequence[tuple[str, str, str]]) -> None:
        """Writes arrivals (number, address, payload) to the inbox; when this returns they are safe. What is older than
        its messenger repeats anything is left."""
        now = self.clock.now()
        arrivals = fresh(self._doors[messenger], arrivals, now)
        if not arrivals:
            return
        rows = [
            {
                "messenger": messenger,
                "number": number,
                "address": address,
                "payload": payload,
                "arrived_at": now,
            }
            for number, address, payload in arrivals
        ]
        await self._whole(self._put(rows))
        self._quiet.clear()
        self._wake.set()

    async def _put(self, rows: list[dict[str, Any]]) -> None:
        async with self.database.transaction() as db:
            await inbox.put(db, rows)

    async def _count_try(self, row: int) -> int:
        async with self.database.transaction() as db:
            return await inbox.count_try(db, row)

    async def _whole(self, work: Coroutine[object, object, _T]) -> _T:
        """What writes is never torn apart when the bot stops: the work goes on, and `finish` waits for it."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    async def run(self) -> None:
        """Takes turns until cancelled. After a start it first answers those whose turn was committed, but whose
        answer was lost with the process."""
        life = asyncio.create_task(self.showing.signs_of_life())
        try:
            try:
                await self._whole(self.answer_the_lost(before=self.clock.now() + timedelta(seconds=1)))
            except Exception as fault:  # noqa: BLE001
                _log.error("lost answers cannot be given\n%s", scrubbed(fault))
            while True:
                try:
                    took = await self._whole(self._take(BATCH))
                except Exception as fault:  # noqa: BLE001  the turns go on whatever happens
                    _log.error("turns cannot be taken, again in 1 s\n%s", scrubbed(fault))
                    await asyncio.sleep(1)
                    continue
                if took:
                    await asyncio.sleep(0)
                    continue
                busy = self.showing.busy or self.fetching.busy or self.showing.answered
                if not busy and not self._wake.is_set():
                    self._quiet.set()
                try:
                    # not wait_for: on Python 3.11 it swallows a cancellation that comes together with the waking
                    async with asyncio.timeout(0.5 if self.showing.answered or self.showing.busy else 5):
                        await self._wake.wait()
                except TimeoutError:
                    await self._whole(self.showing.note_answered())
                self._wake.clear()
        finally:
            life.cancel()

    @property
    def _closed(self) -> list[str]:
        """The messengers that have not let us in yet: what arrived from there waits."""
        return [name for name, door in self._doors.items() if not door.is_open]

    async def opened(self) -> None:
        """A messenger is open that was not at the start: whoever waits there is answered."""
        await self._whole(self.answer_the_lost(before=self.clock.now()))
        self._quiet.clear()
        self._wake.set()

    async def gone(self, messenger: str, address: str, via: str = "", at: datetime | None = None) -> None:
        """The messenger says, some time after it took a message from that number of ours, that nobody was at that
        address at that moment."""
        async with self.database.transaction() as db:
            account = (await accounts_at(db, [(messenger, address)])).get((messenger, address))
            if account is not None:
                people.stop(account, self.clock.now(), via=via, said_at=at)

    async def idle(self) -> None:
        """Waits until every arrival is settled and shown."""
        while True:
            await self._quiet.wait()
            async with self.database.transaction() as db:
                if not await inbox.open_count(db, closed=self._closed) and not self.showing.busy:
                    return
            self._quiet.clear()
            self._wake.set()
            await asyncio.sleep(0.005)

    async def finish(self) -> None:
        """Waits for the batch that is under way and for the answers on their way, then notes that they were given."""
        if self._under_way:
            await asyncio.wait(self._under_way)
        await self.fetching.stop()
        await self.showing.finish()
        if self.taken:
            each = self.database.statements / self.taken
            _log.info("%d turns were taken, %.1f statements a turn, commits and all", self.taken, each)

    # --- one batch ---

    async def _take(self, limit: int) -> int:
        """Takes up to so many turns in one transaction; returns how many. One by one when that fails."""
        answered, self.showing.answered = self.showing.answered, []
        rows: list[inbox.Waiting] = []
        try:
            async with self.database.transaction() as db:
                if answered:
                    await inbox.mark_answered(db, answered, self.clock.now())
                rows = await inbox.waiting(db, limit=limit, held=self.fetching.held, closed=self._closed)
                taken = await self._turns(db, rows) if rows else []
        except Exception as fault:
            self.showing.answered = answered + self.showing.answered
            if not rows:
                raise
            for _ in rows if len(rows) > 1 else ():
                await self._take(1)
            if len(rows) == 1:
                await self._alone_or_never(rows[0], fault)
            return len(rows)
        for one in taken:
            self.fetching.forget(one.row)
            self.showing.soon(one)
        self.taken += len(taken)
        return len(rows)

    async def _turns(self, db: AsyncSession, rows: list[inbox.Waiting]) -> list[Taken]:
        now = self.clock.now()
        rows = in_order(self._doors, rows)
        heard = [self._hear(row) for row in rows]
        spoke = [row for row, said in zip(rows, heard, strict=True) if said is not None]
        moves = (
            said is None and self._doors[r.messenger].moved(r.payload) for r, said in zip(rows, heard, strict=True)
        )
        if spoke and any(moves):
            raise Alone  # whose the others are is known only when somebody has moved
        accounts = await accounts_for(db, self._doors, spoke, now, self._vault)
        taken = []
        for row, said in zip(rows, heard, strict=True):
            if said is None:
                await follow(db, self._doors[row.messenger], row, now, vault=self._vault)
                taken.append(Taken(row, Heard(), None))
                continue
            account = accounts[row.messenger, row.address]
            if self.fetching.holds(row):
                continue  # what somebody did before waits for its file
            self.fetching.look_out(row)
            if account not in db:  # forgotten a moment ago, in this very batch
                raise Alone
            self.showing.begun(row)
            if may_have_changed_hands(account, now):
                account.office_rests = True
            sent = self._doors[row.messenger].sent(row.payload)
            late = comes_late(account, said, sent)
            set_loaded(account, "seen_at", seen(account, sent, now))  # written by `stand`, and so is `via`
            if said.stopped is not None:
                account.stopped_at = now if said.stopped else None
                taken.append(Taken(row, said, None))
                continue
            set_loaded(account, "via", self._doors[row.messenger].via(row.payload))
            try:
                screen = await self._answer(db, row, account, said, now, late=late)
            except NotFetched:
                self.fetching.begin(row, said)
                continue
            taken.append(Taken(row, said, screen, account.via))
        if taken:
            await self._settle(db, taken, now)
        await stand(db, [(a.id, a.at, a.via, a.seen_at) for a in accounts.values() if a in db])
        return taken

    def _hear(self, row: inbox.Waiting) -> Heard | None:
        return self.fetching.heard(row, self._doors[row.messenger].hear(row.payload))

    async def _answer(
        self, db: AsyncSession, row: inbox.Waiting, account: Account, heard: Heard, now: datetime, *, late: bool
    ) -> Screen:
        turn = self._turn(db, row.messenger, account, heard, now)
        if account.stopped_at is not None:
            account.stopped_at = None  # somebody who was gone is back
        before, writes = self.database.statements, self.database.writes
        try:
            screen = await (answer_late(self._table, turn) if late else self._table.answer(turn))
        except (Refused, NotFetched) as no:
            if self.database.writes != writes or db.new or db.deleted or db.dirty:
                raise Alone(turn.wanted) from no
            if isinstance(no, NotFetched):
                raise
            screen = await self._refused(turn, no)
        if db.new or db.deleted or db.dirty:
            await db.flush()
        self._spend(heard, self.database.statements - before)
        if screen.at is not None and account in db:
            set_loaded(account, "at", screen.at.pack())  # written for the whole batch at once, in _settle
        return self.last_shown.note(turn, screen)

    def _turn(self, db: AsyncSession, messenger: str, account: Account, heard: Heard, now: datetime) -> Turn:
        person = account.person
        links = links_of(self._doors[messenger], person.municipality)
        turn = Turn(person, account, db, now, heard, self._words, self._vault, links, self._table.go)
        turn.roles = roles_at(account, person.roles)
        turn.roles |= {Role.ADMIN} if account.address in links.admins else frozenset()
        turn.shown = self.last_shown.of(account)
        return turn

    async def _refused(self, turn: Turn, no: Refused) -> Screen:
        if no.reason is Reason.NOT_YOURS and turn.account.office_rests and turn.person.roles:
            no = Refused(Reason.OFFICE_RESTS)
        _log.info("refused: %s", no.reason)
        return await self._table.refused(turn, no)

    def _spend(self, heard: Heard, statements: int) -> None:
        kind = heard.press.partition(":")[0]
        if kind not in Press.known:  # what people write is endless, and no business of this table
            kind = f"/{heard.command}" if heard.command in self._table.commands else "words"
        if statements > self.spent.get(kind, -1):
            self.spent[kind] = statements

    async def _settle(self, db: AsyncSession, taken: list[Taken], now: datetime) -> None:
        rows = [
            {
                "row": one.row.id,
                "when": now,
                "screen": one.screen.at.pack() if one.screen is not None and one.screen.at is not None else None,
                "done": None if one.screen is not None else now,
            }
            for one in taken
        ]
        await inbox.settle(db, rows)

    # --- one by one ---

    async def _alone_or_never(self, row: inbox.Waiting, fault: Exception) -> None:
        """Nothing that arrives may block what comes behind it: what cannot even be answered as a crash is settled
        without a word. When that fails too, it is the database, and everybody waits."""
        try:
            await self._alone(row, fault)
        except Exception as worse:  # noqa: BLE001
            _log.error("arrival %d cannot be answered\n%s\n%s", row.id, scrubbed(fault), scrubbed(worse))
            async with self.database.transaction() as db:
                await self._settle(db, [Taken(row, Heard(), None)], self.clock.now())
            self.fetching.forget(row)
            self.showing.over(row)

    async def _alone(self, row: inbox.Waiting, fault: Exception) -> None:
        """A turn that failed in a transaction of its own: a refusal is said in words, anything else is a crash."""
        heard = self._hear(row)
        if heard is None:
            raise fault  # nobody spoke to the bot, so nobody is answered
        refusal = fault.__cause__ if isinstance(fault, Alone) else None
        if isinstance(refusal, NotFetched):
            self.fetching.begin(row, heard)  # what it had written before is undone
            return
        code = secrets.token_hex(3).upper()
        if not isinstance(refusal, Refused) and not isinstance(fault, Alone):
            trace = scrubbed(fault)
            _log.error("crash %s\n%s", code, trace)
            if self._on_crash is not None:
                self.showing.aside(self._on_crash(f"{code}\n{trace}"))
        async with self.database.transaction() as db:
            now = self.clock.now()
            account = (await accounts_for(db, self._doors, [row], now, self._vault))[row.messenger, row.address]
            door = self._doors[row.messenger]
            account.via, account.seen_at = door.via(row.payload), seen(account, door.sent(row.payload), now)
            turn = self._turn(db, row.messenger, account, heard, now)
            if isinstance(fault, Alone) and isinstance(refusal, Refused):
                turn.wanted = fault.wanted
                screen = self.last_shown.note(turn, await self._refused(turn, refusal))
            else:
                screen = Screen(text=turn.t("kit-crashed", code=code), fresh=True)
            one = Taken(row, heard, screen, account.via)
            await self._settle(db, [one], now)
        self.fetching.forget(row)
        self.showing.soon(one)
        self.taken += 1

    # --- what was lost ---

    async def answer_the_lost(self, *, before: datetime) -> None:
        """Shows the present state to people whose turn was committed, but whose answer was lost."""
        after, answers, people_shown = 0, 0, 0
        while True:
            shown: dict[tuple[str, str], Taken] = {}
            async with self.database.transaction() as db:
                lost = await inbox.unanswered(db, before=before, after=after, limit=LOST, closed=self._closed)
                accounts = await accounts_at(db, {(row.messenger, row.address) for row in lost}) if lost else {}
                for row in {(row.messenger, row.address): row for row in lost}.values():
                    account = accounts.get((row.messenger, row.address))
                    screen = await self._as_it_stands(db, account) if account is not None else None
                    if account is not None and screen is not None:
                        waiting = inbox.Waiting(row.id, row.messenger, row.number, row.address, "")
                        shown[row.messenger, row.address] = Taken(waiting, Heard(), screen, account.via)
                ids = {row.id for row in lost} - {one.row.id for one in shown.values()}
                await inbox.mark_answered(db, sorted(ids) or [0], before)
            for one in shown.values():
                self.showing.soon(one)
            answers, people_shown = answers + len(lost), people_shown + len(shown)
            if len(lost) < LOST:
                break
            after = lost[-1].id
        if answers:
            _log.info("%d answers were lost; %d people are shown how things stand", answers, people_shown)

    async def _as_it_stands(self, db: AsyncSession, account: Account) -> Screen | None:
        """The screen at which somebody stands, as it is now; the menu when that is gone or fails, None when both do."""
        if str(account.messenger) not in self._doors:
            return None
        turn = self._turn(db, str(account.messenger), account, Heard(), self.clock.now())
        for at in (account.at, self._table.home.pack()):
            try:
                async with db.begin_nested():
                    screen = await self._table.again(turn, at)
            except Refused:
                continue
            except Exception as fault:  # noqa: BLE001  one screen must not keep everybody from theirs
                _log.error("a lost answer cannot be made\n%s", scrubbed(fault))
                continue
            if screen is not None:
                account.at = screen.at.pack() if screen.at is not None else account.at
                return self.last_shown.note(turn, screen)
        return None
