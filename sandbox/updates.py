"""What does the bot still have to be told? The queue of updates, delivered again until confirmed."""

import asyncio
import random
from collections import OrderedDict
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

Json = dict[str, Any]

# Telegram sends these only to those who ask for them by name.
BY_NAME_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """Unconfirmed updates in order. Identifiers rise by one from a random start."""

    def __init__(self, taken: Callable[[], None]) -> None:
        self._taken = taken  # called when there is less to tell
        self.next_id = random.randint(100_000_000, 900_000_000)  # noqa: S311 - nothing secret
        self.allowed: frozenset[str] | None = None
        self._pending: OrderedDict[int, Json] = OrderedDict()
        self._waiters: list[asyncio.Future[None]] = []
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, kind: str, body: Json) -> int | None:
        """Queue an update; None if the bot has not asked for its kind."""
        if not self.wants(kind):
            self.dropped += 1
            return None
        update_id = self.next_id
        self.next_id += 1
        self._pending[update_id] = {"update_id": update_id, kind: body}
        self.wake()
        return update_id

    def wants(self, kind: str) -> bool:
        """Whether updates of this kind are delivered."""
        return kind not in BY_NAME_ONLY if self.allowed is None else kind in self.allowed

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Keep the bot's choice of kinds; an empty list is Telegram's default choice."""
        chosen = frozenset(kinds or ())
        self.allowed = chosen or None

    def confirm(self, offset: int) -> None:
        """Drop what is below `offset`; a negative one keeps only so many from the end."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popitem(last=False)
        else:
            while self._pending and next(iter(self._pending)) < offset:
                self._pending.popitem(last=False)
        self._taken()

    def first(self, limit: int) -> list[Json]:
        """The oldest unconfirmed updates, not removed."""
        return list(islice(self._pending.values(), limit))

    def settle(self, update_id: int) -> None:
        """Remove one update that a webhook has taken."""
        self._pending.pop(update_id, None)
        self._taken()

    def drop(self) -> None:
        """Forget everything unconfirmed."""
        self._pending.clear()
        self._taken()

    async def wait(self, seconds: float) -> None:
        """Until something is added, somebody wakes the waiters, or the time is over."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            pass
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)

    def wake(self) -> None:
        """Let every waiter look again."""
        if self._waiters:
            waiters, self._waiters = self._waiters, []
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(None)
