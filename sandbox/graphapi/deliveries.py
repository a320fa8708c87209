"""How do events reach the bot? Posted with a signature, again and again until it answers 200; and all the mischief."""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from enum import StrEnum

import aiohttp

from sandbox.chats import Json
from sandbox.graphapi import webhooks

LONGEST_PAUSE = 60.0
PATIENCE = 20.0
REMEMBERED = 2_000
AT_ONCE = 40


class Bundle(StrEnum):
    """In what several events are put together into one POST."""

    ENTRIES = "entries"
    CHANGES = "changes"
    MESSAGES = "messages"


@dataclass(slots=True, eq=False)
class Delivery:
    """One POST to the bot: its body, and how often it was tried."""

    body: Json
    lane: int = 0  # events of one person are first tried one after the other
    attempts: int = 0
    status: int | None = None
    times: int = 1  # how often it is delivered although it was taken
    wrongly_signed: bool = False

    @property
    def raw(self) -> bytes:
        """The bytes that are posted and signed."""
        return json.dumps(self.body, ensure_ascii=True, separators=(",", ":")).encode()


@dataclass(slots=True)
class Subscription:
    """Where events are posted to, and how that goes."""

    url: str
    last_error: str | None = None


@dataclass(slots=True)
class Deliveries:
    """The events the bot still has to take."""

    business_id: str
    app_secret: str
    taken: Callable[[], None]  # called whenever the bot has taken something
    retry: float = 1.0
    subscription: Subscription | None = None
    duplicate: int = 0  # so many of the next deliveries come twice
    missign: int = 0  # so many of the next deliveries carry a wrong signature, once each
    held: bool = False
    log: deque[Delivery] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _waiting: list[Delivery] = field(default_factory=list)
    _lanes: dict[int, deque[Delivery]] = field(default_factory=dict)
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _under_way: int = 0
    _session: aiohttp.ClientSession | None = None
    _room: asyncio.Semaphore | None = None

    def __len__(self) -> int:
        """How many are not taken yet."""
        return len(self._waiting) + self._under_way

    async def open(self) -> None:
        """Begin to deliver."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        self._room = asyncio.Semaphore(AT_ONCE)
        self._go()

    async def close(self) -> None:
        """Stop at once; what was not taken is lost with the sandbox."""
        for task in list(self._tasks):
            task.cancel()
        for task in list(self._tasks):
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._session is not None:
            await self._session.close()
        self._session = None
        self._lanes.clear()
        self._under_way = 0

    def add(self, change: Json, lane: int = 0) -> None:
        """Queue one change of the field `messages`."""
        body = webhooks.posted([webhooks.envelope(self.business_id, [change])])
        self._queue(Delivery(body, lane))

    def hold(self) -> None:
        """Keep events back until `release`."""
        self.held = True

    def release(self, *, backwards: bool = False, bundle: Bundle | None = None) -> None:
        """Deliver what was held back: in another order, or put together into one POST."""
        waiting = self._waiting
        if backwards:
            waiting.reverse()
            for place, delivery in enumerate(waiting):
                delivery.lane = -1 - place  # nobody waits for anybody
        if bundle is not None and waiting:
            self._waiting = [Delivery(_together([d.body for d in waiting], bundle))]
        self.held = False
        self._go()

    def replay(self, last: int = 1) -> None:
        """Deliver the latest events again that the bot has taken already."""
        taken = [delivery for delivery in self.log if delivery.status == 200][-last:]
        for delivery in taken:
            self._queue(Delivery(delivery.body, delivery.lane))

    def subscribe(self, url: str | None) -> None:
        """Post to this address from now on; None keeps events until there is one."""
        self.subscription = Subscription(url) if url else None
        self._go()

    def drop(self) -> None:
        """Forget everything that has not been tried yet, and the mischief."""
        self._waiting.clear()
        self.log.clear()
        self.duplicate = self.missign = 0
        self.held = False

    def _queue(self, delivery: Delivery) -> None:
        if self.duplicate:
            self.duplicate -= 1
            delivery.times = 2
        if self.missign:
            self.missign -= 1
            delivery.wrongly_signed = True
        self._waiting.append(delivery)
        self._go()

    def _go(self) -> None:
        if self.held or self.subscription is None or self._session is None:
            return
        waiting, self._waiting = self._waiting, []
        for delivery in waiting:
            self._under_way += 1
            lane = self._lanes.get(delivery.lane)
            if lane is not None:
                lane.append(delivery)
                continue
            self._lanes[delivery.lane] = deque([delivery])
            self._spawn(self._drive(delivery.lane))

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drive(self, number: int) -> None:
        lane = self._lanes[number]
        while lane:
            delivery = lane.popleft()
            if await self._try(delivery):
                self._settled(delivery)
            else:
                self._spawn(self._insist(delivery))
        del self._lanes[number]

    async def _insist(self, delivery: Delivery) -> None:
        pause = self.retry
        while True:
            await asyncio.sleep(pause)
            if await self._try(delivery):
                break
            pause = min(pause * 2, LONGEST_PAUSE)
        self._settled(delivery)

    def _settled(self, delivery: Delivery) -> None:
        if delivery.times > 1:
            delivery.times -= 1
            self._spawn(self._again(delivery))
            return
        self._under_way -= 1
        self.taken()

    async def _again(self, delivery: Delivery) -> None:
        if await self._try(delivery):
            self._settled(delivery)
        else:
            await self._insist(delivery)

    async def _try(self, delivery: Delivery) -> bool:
        assert self._session is not None
        assert self._room is not None
        hook = self.subscription
        if hook is None:
            return False
        raw = delivery.raw
        wrong, delivery.wrongly_signed = delivery.wrongly_signed, False
        signature = webhooks.sign(raw, self.app_secret + "?" if wrong else self.app_secret)
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature,
        }
        delivery.attempts += 1
        if delivery.attempts == 1:
            self.log.append(delivery)
        try:
            async with self._room, self._session.post(hook.url, data=raw, headers=headers) as response:
                await response.read()
                delivery.status = response.status
                if response.status == 200:
                    hook.last_error = None
                    return True
                hook.last_error = f"the bot answered {response.status}"
        except TimeoutError:
            hook.last_error = "the bot did not answer in time"
        except aiohttp.ClientError as error:
            hook.last_error = f"the bot was not reached: {type(error).__name__}"
        return False


def _together(bodies: list[Json], bundle: Bundle) -> Json:
    entries = [entry for body in bodies for entry in body["entry"]]
    if bundle is Bundle.ENTRIES:
        return webhooks.posted(entries)
    changes = [change for entry in entries for change in entry["changes"]]
    if bundle is Bundle.CHANGES:
        return webhooks.posted([webhooks.envelope(entries[0]["id"], changes)])
    merged: dict[str, list[Json]] = {"contacts": [], "messages": [], "statuses": []}
    for change in changes:
        for name, part in merged.items():
            part += [each for each in change["value"].get(name, []) if each not in part]
    one = webhooks.change(changes[0]["value"]["metadata"], **merged)
    return webhooks.posted([webhooks.envelope(entries[0]["id"], [one])])
