"""How fast may the business send? 80 messages a second, and one per six seconds to the same person with a burst."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.graphapi.refusals import PAIR_RATE, THROUGHPUT, Refused


@dataclass(frozen=True, slots=True)
class GraphRates:
    """The documented limits: whoever sends faster than one message in a step borrows from the time that follows, up to
    `pair_burst` messages."""

    overall_a_second: int = 80
    pair_step: timedelta = timedelta(seconds=6)
    pair_burst: int = 45


class Pace:
    """Counts accepted messages on the sandbox's clock."""

    def __init__(self, rates: GraphRates | None) -> None:
        self.rates = rates
        self._second: dict[str, tuple[datetime, int]] = {}
        self._pairs: dict[tuple[str, int], datetime] = {}  # when all that was sent to the person is paid back

    def take(self, person_id: int, now: datetime, via: str = "") -> None:
        """Count one message by a number of the business to a person at `now`; raises 130429 or 131056, and then nothing
        is counted."""
        rates = self.rates
        if rates is None:
            return
        second = self._next(self._second.get(via), now, timedelta(seconds=1))
        if second[1] > rates.overall_a_second:
            raise Refused(THROUGHPUT)
        paid_back = self._pairs.get((via, person_id), now)
        if paid_back - now > rates.pair_step * rates.pair_burst:
            paid_back = now  # the clock was turned back
        if paid_back - now > rates.pair_step * (rates.pair_burst - 1):
            raise Refused(PAIR_RATE)
        self._second[via] = second
        self._pairs[via, person_id] = max(paid_back, now) + rates.pair_step

    def forget(self) -> None:
        """Start counting anew."""
        self._second.clear()
        self._pairs.clear()

    @staticmethod
    def _next(counted: tuple[datetime, int] | None, now: datetime, span: timedelta) -> tuple[datetime, int]:
        if counted is None or not timedelta() <= now - counted[0] < span:
            return now, 1
        return counted[0], counted[1] + 1
