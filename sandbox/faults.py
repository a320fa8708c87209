"""What goes wrong next? Faults ordered by a person or a test, each used up after so many requests."""

from dataclasses import dataclass
from enum import StrEnum

DOWNLOAD = "download"  # stands for the method where a file is read from its address


class Kind(StrEnum):
    """The ways in which a request to a messenger fails."""

    BAD_GATEWAY = "bad_gateway"  # 502 with an HTML page
    SERVER_ERROR = "server_error"  # 500
    TOO_MANY_REQUESTS = "too_many_requests"  # 429 with retry_after
    TIMEOUT_AFTER_ACCEPTING = "timeout_after_accepting"  # done, but the answer never comes
    RESET = "reset"  # connection reset, nothing done
    FORBIDDEN = "forbidden"  # 403 bot was blocked by the user
    DEACTIVATED = "deactivated"  # 403 user is deactivated
    MIGRATE = "migrate"  # the group becomes a supergroup at this very moment
    SLOW = "slow"  # answered after `seconds`
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 - WhatsApp 190
    ACCOUNT_LOCKED = "account_locked"  # WhatsApp 131031
    POLICY_BLOCK = "policy_block"  # WhatsApp 368
    THROUGHPUT = "throughput"  # WhatsApp 130429: too many messages a second
    PAIR_RATE = "pair_rate"  # WhatsApp 131056: too many messages to one person
    WINDOW_CLOSED = "window_closed"  # WhatsApp 131047: the person has not written for 24 hours
    SPARED = "spared"  # WhatsApp 131049: Meta spares this person such messages for now
    UNDELIVERABLE = "undeliverable"  # WhatsApp 131026


WHATSAPP_ONLY = frozenset(
    {
        Kind.TOKEN_EXPIRED,
        Kind.ACCOUNT_LOCKED,
        Kind.POLICY_BLOCK,
        Kind.THROUGHPUT,
        Kind.PAIR_RATE,
        Kind.WINDOW_CLOSED,
        Kind.SPARED,
        Kind.UNDELIVERABLE,
    }
)
TELEGRAM_ONLY = frozenset({Kind.FORBIDDEN, Kind.DEACTIVATED, Kind.MIGRATE})
WHATSAPP = "whatsapp"  # the first word of every method of WhatsApp: whatsapp.send.text, whatsapp.read, whatsapp.upload
UNASKED = frozenset({"getupdates", "whatsapp.read"})  # met only by their name


@dataclass(slots=True)
class Fault:
    """One ordered fault; `method` or `chat` of None match any (but getUpdates and read marks only by their name).

    A method of WhatsApp is met by its beginning too: "whatsapp", "whatsapp.send". The chat is the person's id."""

    kind: Kind
    method: str | None = None
    chat: int | None = None
    times: int = 1
    retry_after: int = 3
    seconds: float = 2.0

    def meets(self, method: str, chat: int | None) -> bool:
        """Whether this fault waits for such a request."""
        asked = method.lower()
        of_whatsapp = asked.split(".")[0] == WHATSAPP
        if self.kind in (TELEGRAM_ONLY if of_whatsapp else WHATSAPP_ONLY):
            return False
        if self.method is None:
            if asked in UNASKED:
                return False
        elif asked != self.method.lower() and not (of_whatsapp and asked.startswith(f"{self.method.lower()}.")):
            return False
        return self.chat is None or self.chat == chat


class Faults:
    """The faults still to come, in the order in which they were added."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let the next matching requests fail."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """From now on nothing fails on purpose."""
        self._waiting.clear()

    def waiting(self) -> list[Fault]:
        """What is still to come."""
        return list(self._waiting)

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault this request meets, used up once; None if it may pass."""
        if not self._waiting:
            return None
        for place, fault in enumerate(self._waiting):
            if fault.meets(method, chat):
                fault.times -= 1
                if fault.times <= 0:
                    del self._waiting[place]
                return fault
        return None
