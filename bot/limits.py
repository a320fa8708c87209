"""How many messages may go out, and when is the next one's turn?"""

import time
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

    def take(self, whose: str) -> float:
        """Takes that person's next turn; gives how many seconds off it is."""
        if len(self._of) >= self.MANY:
            self._of = {name: bucket for name, bucket in self._of.items() if not bucket.is_full}
        bucket = self._of.get(whose)
        if bucket is None:
            bucket = self._of[whose] = Bucket(self._rate, self._burst, self._clock)
        return bucket.take()
