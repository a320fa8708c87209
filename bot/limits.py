"""How many messages may go out, and when is the next one's turn?"""

import asyncio
import time
from collections import deque
from collections.abc import Callable


class Bucket:
    """Lets `rate` things through in a second, and up to `burst` at once after a pause."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._since = burst, clock()

    def take(self) -> float:
        """Takes the next turn; gives how many seconds off it is. Turns are given in the order they are taken."""
        self._fill()
        self._left -= 1
        return max(0.0, -self._left / self._rate)

    def wait(self) -> float:
        """How many seconds off the next turn is; nothing is taken."""
        self._fill()
        return max(0.0, (1 - self._left) / self._rate)

    def spend(self) -> None:
        """Whoever counts at the other end says that nothing is left: the next turn is a whole step off."""
        self._fill()
        self._left = min(self._left, 0.0)

    @property
    def left(self) -> float:
        """How many things may go through at once now."""
        self._fill()
        return self._left

    @property
    def is_full(self) -> bool:
        """Whether it has been left alone for so long that it remembers nothing."""
        self._fill()
        return self._left >= self._burst

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._since) * self._rate)
        self._since = now


class Buckets:
    """A bucket for each person, forgotten when it is full again."""

    MANY = 10_000

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._of: dict[str, Bucket] = {}

    def wait(self, whose: str) -> float:
        """How many seconds off that person's next turn is; nothing is taken."""
        bucket = self._of.get(whose)
        return 0.0 if bucket is None else bucket.wait()

    def take(self, whose: str) -> float:
        """Takes that person's next turn; gives how many seconds off it is."""
        if len(self._of) >= self.MANY:
            self._of = {name: bucket for name, bucket in self._of.items() if not bucket.is_full}
        return self._bucket(whose).take()

    def spend(self, whose: str) -> None:
        """That person's bucket is empty, as is known from the other end."""
        self._bucket(whose).spend()

    def _bucket(self, whose: str) -> Bucket:
        bucket = self._of.get(whose)
        if bucket is None:
            bucket = self._of[whose] = Bucket(self._rate, self._burst, self._clock)
        return bucket


class Window:
    """Remembers when things went through, for as long as it takes to let a rate's worth of them through: a second, or
    longer where the rate is below one."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = max(1, int(rate))
        self._length, self._clock = self._most / rate, clock
        self._went: deque[float] = deque(maxlen=self._most)

    def wait(self) -> float:
        """How many seconds off the next turn is, so that no window holds more than the rate."""
        full = len(self._went) == self._most
        return max(0.0, self._went[0] + self._length - self._clock()) if full else 0.0

    def take(self) -> None:
        """Something goes through now."""
        self._went.append(self._clock())


class Pace:
    """The rates of one messenger: in no second more than `a_second` letters and answers, in no second more than
    `chat_a_second` letters to one person, in no minute more than `group_a_minute` to one group. Answers to people never
    wait here: they take their turn, and the letters that the bot begins by itself use what is left."""

    def __init__(
        self,
        a_second: float,
        chat_a_second: float,
        group_a_minute: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        # what is saved up in a pause belongs to the answers; two or three letters make up for waking a little late, and
        # the window sees to it that no second holds more for that
        self._overall = Bucket(a_second, max(2.0, a_second / 10), clock)
        self._second = Window(a_second, clock)
        self._chats = Buckets(chat_a_second, 1, clock)
        self._groups = Buckets(group_a_minute / 60, 1, clock)
        self._rests_until = 0.0

    def _of(self, chat: str) -> Buckets:
        return self._groups if chat.startswith("-") else self._chats

    def answer(self, chat: str) -> None:
        """An answer goes out now."""
        self._overall.take()
        self._second.take()
        self._of(chat).take(chat)

    def rest(self, seconds: float) -> None:
        """The messenger takes too many from us: no letter goes out for so long. Answers still try."""
        self._rests_until = max(self._rests_until, self._clock() + seconds)

    @property
    def rests(self) -> float:
        """For how many seconds no letter goes out."""
        return max(0.0, self._rests_until - self._clock())

    def wait(self, chat: str) -> float:
        """How many seconds off a letter to that chat is; nothing is taken."""
        return max(self.rests, self._of(chat).wait(chat), self._overall.wait(), self._second.wait())

    async def letter(self, chat: str) -> None:
        """Waits until a letter to that chat may go out, and takes its turn."""
        while (wait := self.wait(chat)) > 0:  # noqa: ASYNC110  others go before
            await asyncio.sleep(wait)
        self.answer(chat)
