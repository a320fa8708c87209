"""What time is it in the sandbox? The machine's own time, moved by as much as somebody turned it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that runs on and can be turned. `frozen=True` stops it between turns (for exact tests)."""

    def __init__(self, at: datetime | None = None, *, frozen: bool = False) -> None:
        self.frozen = frozen
        self._turned = timedelta()
        self._stopped_at = datetime.now(UTC)
        self._listeners: list[Callable[[], None]] = []
        if at is not None:
            self._turned = _aware(at) - self._real()

    def now(self) -> datetime:
        """The sandbox's present moment, an aware UTC datetime."""
        return self._real() + self._turned

    def stamp(self) -> int:
        """The present moment as the Bot API writes it: whole seconds since 1970."""
        return int(self.now().timestamp())

    @property
    def turned(self) -> timedelta:
        """By how much the sandbox is ahead of the machine's time."""
        return self._turned

    def turn_to(self, at: datetime) -> datetime:
        """Make it `at` now; the clock runs on from there."""
        return self._turn(_aware(at) - self._real())

    def turn_by(self, amount: timedelta | float) -> datetime:
        """Move the clock forward (or back) by a timedelta or by seconds."""
        step = amount if isinstance(amount, timedelta) else timedelta(seconds=amount)
        return self._turn(self._turned + step)

    def reset(self) -> datetime:
        """Back to the machine's own time."""
        return self._turn(timedelta())

    def on_turn(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every turn."""
        self._listeners.append(listener)

    def _real(self) -> datetime:
        return self._stopped_at if self.frozen else datetime.now(UTC)

    def _turn(self, turned: timedelta) -> datetime:
        self._turned = turned
        for listener in self._listeners:
            listener()
        return self.now()


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("the sandbox clock takes aware datetimes only")
    return at.astimezone(UTC)
