"""How fast may the bot send? The documented rates, counted in real seconds whatever the sandbox clock says."""

import math
import time
from dataclasses import dataclass

from sandbox.refusals import too_many

MANY_CHATS = 20_000


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages allowed: overall a second, per private chat a second (after a burst), per group a minute."""

    overall_a_second: float = 30
    overall_burst: int = 30
    private_a_second: float = 1
    private_burst: int = 5
    group_a_minute: float = 20
    group_burst: int = 20


class Limits:
    """Counts sent messages; one number a chat (the moment its allowance is used up) is all it keeps."""

    def __init__(self, rates: Rates | None) -> None:
        self.rates = rates
        self._overall = 0.0
        self._chats: dict[int, float] = {}

    def take(self, chat_id: int, messages: int = 1) -> None:
        """Count `messages` to a chat; raises the refusal 429 with the seconds to wait."""
        rates = self.rates
        if rates is None:
            return
        now = time.monotonic()
        if chat_id < 0:
            step, burst = 60 / rates.group_a_minute, rates.group_burst
        else:
            step, burst = 1 / rates.private_a_second, rates.private_burst
        every = 1 / rates.overall_a_second
        overall = max(now, self._overall) + every * messages
        chat = max(now, self._chats.get(chat_id, 0.0)) + step * messages
        wait = max(
            overall - now - every * max(rates.overall_burst, messages),
            chat - now - step * max(burst, messages),
        )
        if wait > 1e-6:
            raise too_many(max(1, math.ceil(wait)))
        self._overall = overall
        self._chats[chat_id] = chat
        if len(self._chats) > MANY_CHATS:
            self._chats = {key: until for key, until in self._chats.items() if until > now}

    def forget(self) -> None:
        """Start counting anew."""
        self._overall = 0.0
        self._chats.clear()
