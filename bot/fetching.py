"""How does what is in a file come to the handler that wants it? Fetched and cleaned between two tries at one turn.

The turn is put back untouched, and what the same person did after it waits; nobody else does. Only a handler that
wants what is in a file causes a fetch, so whoever floods the bot with files nobody asked for costs nothing; and whoever
answers one question with file after file soon waits, for each is kept for a day at least. A fetch
that ends with the process loses nothing: the arrival is still open in the inbox, and its turn is taken again."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Collection
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
AGAIN_IN = 30.0  # seconds, while a messenger gives us no files at all
KEPT = 7 * 24 * 3600.0  # seconds: for so long WhatsApp keeps what people sent
_log = logging.getLogger(__name__)


class Fetching:
    """The files that are wanted now: each is fetched, and `wake` is set when its turn can be taken again."""

    def __init__(self, doors: dict[str, Door], wake: asyncio.Event) -> None:
        self._doors, self._wake = doors, wake
        self._under_way: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._hour, self._in_an_hour = 0, Counter[tuple[str, str]]()
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
        self._in_an_hour[key] += 1
        return self._in_an_hour[key] > AN_HOUR

    def _over(self, key: tuple[str, str]) -> None:
        del self._under_way[key]
        self._wake.set()

    def forget(self, row: Waiting) -> None:
        """The turn is settled: its file is not needed any more."""
        self._here.pop(row.id, None)

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
                        self._here[row.id] = await self._cleaned(file, found)
                        return
                await asyncio.sleep(AGAIN_IN)  # without a slot: whoever uses the other messenger does not wait
            self._here[row.id] = replace(file, wrong=Reason.FILE_LOST)
        except Exception as fault:  # noqa: BLE001  whatever happens, the person must not wait for ever
            _log.error("the file of arrival %d cannot be fetched\n%s", row.id, scrubbed(fault))
            self._here[row.id] = replace(file, wrong=Reason.FILE_LOST)

    async def _cleaned(self, file: Attachment, found: bytes | Reason) -> Attachment:
        if isinstance(found, Reason):
            return replace(file, wrong=found)
        async with self._one_cleaning:
            kept = await asyncio.to_thread(cleaned, found, file.name)
        if kept is None:
            return replace(file, wrong=Reason.FILE_NOT_ACCEPTED)
        return replace(file, kind=kept.kind, name=kept.name, size=len(kept.content), content=kept.content)
