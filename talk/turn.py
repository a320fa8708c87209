"""One thing a person did, answered once: what a handler is given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from civic.files import Attachment
from civic.people import Role
from civic.tariffs import Tariff
from storage.municipalities import Municipality
from storage.people import Account, Person
from storage.vault import Vault
from talk.press import Press
from talk.screen import Screen
from talk.words import Speaker, Words


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared contact: the number, and whose it is by the messenger's own word."""

    phone: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class Joined:
    """A channel or group the bot was added to (or taken out of, or may post in no more) by the person."""

    address: str
    title: str
    kind: str
    may_post: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person did, in no messenger's terms. `message` is the one that was pressed."""

    text: str = ""
    press: str = ""
    command: str = ""
    payload: str = ""
    contact: Contact | None = None
    location: tuple[float, float] | None = None
    file: Attachment | None = None
    place: Joined | None = None
    inline: str | None = None
    message: str | None = None
    stopped: bool | None = None
    filled: tuple[tuple[str, str], ...] = ()  # a page of answers, each with its key


@dataclass(frozen=True, slots=True)
class Links:
    """Where the bot is found: deep links, public page, clock; and who set it up: the addresses of ADMIN_IDS."""

    bot: str
    time_zone: str = "Asia/Bishkek"
    page: str = ""
    admins: frozenset[str] = frozenset()
    elsewhere: "tuple[Links, ...]" = ()  # the bot in the other messengers
    a_second: float = 0  # letters that go out there in a second beside the answers, where that is set
    tariff: Tariff | None = None  # what it costs there to begin with people who are silent, where that costs anything

    def deep(self, payload: str) -> str:
        """The address that opens the bot at that payload."""
        return f"https://t.me/{self.bot}?start={payload}"


@dataclass(slots=True)
class Turn:
    """One thing a person did, with everything its answer may need. Never kept after the answer."""

    person: Person
    account: Account
    db: AsyncSession
    now: datetime
    heard: Heard
    words: Words
    vault: Vault
    links: Links
    go: Callable[["Turn", Press], Awaitable[Screen]]  # what another feature's press means: `await turn.go(turn, press)`
    t: Speaker = field(init=False)
    wanted: Press | None = None
    roles: frozenset[Role] = frozenset()
    shown: Screen | None = None  # what the person was shown last, while that is remembered

    def __post_init__(self) -> None:
        self.t = self.words.speaker(self.person.language)

    @property
    def municipality(self) -> Municipality | None:
        """The municipality the person belongs to, if they have chosen one."""
        return self.person.municipality

    @property
    def time_zone(self) -> str:
        """The clock the person lives by."""
        return self.municipality.time_zone if self.municipality is not None else self.links.time_zone

    @property
    def today(self) -> date:
        """The date where the person lives."""
        return self.now.astimezone(ZoneInfo(self.time_zone)).date()

    def speak(self, language: str) -> None:
        """From here on this turn speaks another language."""
        self.t = self.words.speaker(language)
