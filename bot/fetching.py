"""How does what is in a file come to the handler that wants it? Fetched and cleaned between two tries at one turn.

The turn is put back untouched, and what the same person did after it waits; nobody else does. Only a handler that
wants what is in a file causes a fetch, so whoever floods the bot with files nobody asked for costs nothing; and whoever
answers one question with file after file soon waits, for each is kept for a day at least. A fetch
that ends with the process loses nothing: the arrival is still open in the inbox, and its turn is taken again."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace

from bot.logs import scrubbed
from bot.showing import Door
from civic.files import Attachment
from civic.refusals import Reason
from storage.cleaning import cleaned
from storage.inbox import Waiting
from talk.turn import Heard

AT_A_TIME = 8  # fetched side by side: at most so many times LARGEST in memory
AN_HOUR = 60  # of one person: nobody looks for more photos and papers than that to send, but a disk is soon full
A_DAY = 100 * 1024 * 1024  # bytes of one person that are kept; more fills a disk and helps nobody
TRIES = 3  # of one file: what ended the process as often as that ends it again
AGAIN_IN = 30.0  # seconds, while a messenger gives us no files at all
KEPT = 7 * 24 * 3600.0  # seconds: for so long WhatsApp keeps what people sent
_log = logging.getLogger(__name__)


class PutAside(Exception):
    """A file that was begun with so often without an end that it is not begun with again."""


class Fetching:
    """The files that are wanted now: each is fetched, and `wake` is set when its turn can be taken again. `count` notes
    lastingly that the file of an arrival is begun to be cleaned, and gives how often that was."""

    def __init__(self, doors: dict[str, Door], wake: asyncio.Event, count: Callable[[int], Awaitable[int]]) -> None:
        self._doors, self._wake, self._count = doors, wake, count
        self._aside: set[int] = set()  # arrivals whose file ended the process too often
        self._under_way: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._hour, self._in_an_hour = 0, Counter[tuple[str, str]]()
        self._day, self._in_a_day = 0, Counter[tuple[str, str]]()
        self._here: dict[int, Attachment] = {}  # by the number of the arrival, until its turn is settled
        self._slots = asyncio.Semaphore(AT_A_TIME)
        self._one_cleaning = asyncio.Lock()  # a large photo takes much memory while it is drawn anew

    @property
    def busy(self) -> bool:
        """Whether files are on their way."""
        return bool(self._under_way)

    @property
    def held(self) -> Collection[str]:
        """The addresses whose arrivals wait until a file is here."""
        return {address for _, address in self._under_way}

    def holds(self, row: Waiting) -> bool:
        """Whether this arrival waits for a file, its own or that of one before it."""
        return (row.messenger, row.address) in self._under_way

    def heard(self, row: Waiting, heard: Heard | None) -> Heard | None:
        """What was done, with what is in the file once that is here."""
        here = self._here.get(row.id)
        return replace(heard, file=here) if heard is not None and here is not None else heard

    def look_out(self, row: Waiting) -> None:
        """PutAside when the process ended too often with the file of this arrival."""
        if row.id in self._aside:
            raise PutAside(f"the file of arrival {row.id} ended the process {TRIES} times")

    def begin(self, row: Waiting, heard: Heard) -> None:
        """Begins to fetch the file of a turn that was put back."""
        assert heard.file is not None, "a handler wants a file where there is none"
        assert row.id not in self._here, "a handler wants what it was given"
        key = row.messenger, row.address
        if self._are_too_many(key):
            self._here[row.id] = replace(heard.file, wrong=Reason.TOO_OFTEN)
            self._wake.set()
            return
        task = asyncio.create_task(self._fetch(row, heard.file))
        self._under_way[key] = task
        task.add_done_callback(lambda _: self._over(key))

    def _are_too_many(self, key: tuple[str, str]) -> bool:
        hour = int(time.monotonic() // 3600)
        if hour != self._hour:
            self._hour, self._in_an_hour = hour, Counter()
        if hour // 24 != self._day:
            self._day, self._in_a_day = hour // 24, Counter()
        self._in_an_hour[key] += 1
        return self._in_an_hour[key] > AN_HOUR or self._in_a_day[key] >= A_DAY

    def _over(self, key: tuple[str, str]) -> None:
        del self._under_way[key]
        self._wake.set()

    def forget(self, row: Waiting) -> None:
        """The turn is settled: its file is not needed any more."""
        self._here.pop(row.id, None)
        self._aside.discard(row.id)

    async def stop(self) -> None:
        """Lets go of what is on its way; after the next start it is fetched again."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _fetch(self, row: Waiting, file: Attachment) -> None:
        until = time.monotonic() + KEPT
        try:
            while time.monotonic() < until:
                async with self._slots:
                    found = await self._doors[row.messenger].fetch(file)
                    if found is not None:
                        await self._clean(row, file, found)
                        return
                await asyncio.sleep(AGAIN_IN)  # without a slot: whoever uses the other messenger does not wait
            self._here[row.id] = replace(file, wrong=Reason.FILE_LOST)
        except Exception as fault:  # noqa: BLE001  whatever happens, the person must not wait for ever
            _log.error("the file of arrival %d cannot be fetched\n%s", row.id, scrubbed(fault))
            self._here[row.id] = replace(file, wrong=Reason.FILE_LOST)

    async def _clean(self, row: Waiting, file: Attachment, found: bytes | Reason) -> None:
        if not isinstance(found, Reason) and await self._count(row.id) > TRIES:
            self._aside.add(row.id)
            return
        self._here[row.id] = here = await self._cleaned(file, found)
        self._in_a_day[row.messenger, row.address] += len(here.content or b"")

    async def _cleaned(self, file: Attachment, found: bytes | Reason) -> Attachment:
        if isinstance(found, Reason):
            return replace(file, wrong=found)
        async with self._one_cleaning:
            kept = await asyncio.to_thread(cleaned, found, file.name)
        if kept is None:
            return replace(file, wrong=Reason.FILE_NOT_ACCEPTED)
        return replace(file, kind=kept.kind, name=kept.name, size=len(kept.content), content=kept.content)
