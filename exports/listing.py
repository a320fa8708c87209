"""What does a published list consist of, and where will it stand?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from civic.issues import Renewal

LANGUAGES = {"ky": "", "ru": "ru/", "en": "en/"}  # language -> its folder; Kyrgyz stands at the plain address
InLanguages = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue as the page shows it. `own`: of the charter, not of the law. `mark` says that the wording is still to
    be compared with the official one, and is empty when it was."""

    id: int
    code: str
    theme: str
    own: bool
    label: InLanguages
    text: InLanguages
    law: InLanguages
    reference: InLanguages
    mark: InLanguages
    law_checked_on: date | None
    responsible: str
    post: InLanguages
    phone: str
    doing: InLanguages
    renewed_on: date | None
    renew_until: date | None
    state: Renewal


@dataclass(frozen=True, slots=True)
class Home:
    """A municipality; `contacts` are the published ones: address, phone, email, hours."""

    key: str
    kind: str
    name: InLanguages
    district: InLanguages
    contacts: Mapping[str, InLanguages]


@dataclass(frozen=True, slots=True)
class Head:
    """How far the municipality's journal goes: number, hash and moment (in its own time) of the newest entry."""

    number: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole list of a municipality as it stands on a day. `themes` has every theme in use, in order; the entries
    are in the order of the list. `head` is that of the journal, where the page shows it."""

    home: Home
    themes: Mapping[str, InLanguages]
    entries: Sequence[Entry]
    as_of: date
    head: Head | None = None

    def numbered(self) -> list[tuple[int, Entry]]:
        """The issues with their numbers, which are those of the whole list in the bot and on the notice board."""
        return list(enumerate(self.entries, 1))


@dataclass(frozen=True, slots=True)
class Where:
    """Where the pages will stand. `bot` is its user name, empty for no links into it; `address` is the address of the
    folder, with a slash at its end, or empty; `ending` is what a link to a folder needs (index.html where no server
    adds it); `neighbours`: whether there is a list of municipalities above; `whatsapp` is the bot's telephone
    number, the municipality's own where it has one, empty for none."""

    bot: str = ""
    address: str = ""
    ending: str = ""
    neighbours: bool = False
    whatsapp: str = ""

    def link(self, page: str, target: str) -> str:
        """The link from the page of one language to a folder, both relative to the folder of the pages."""
        way = ("../" if LANGUAGES[page] else "") + target + self.ending
        return way or "./"

    def in_bot(self, entry: Entry) -> str:
        """The link that opens an issue in the bot, in Telegram where it is there; empty when there is no bot."""
        if self.bot:
            return f"https://t.me/{self.bot}?start=i{entry.id}"
        return f"https://wa.me/{self.whatsapp}?text=Ashar%20i{entry.id}" if self.whatsapp else ""

    def languages(self, page: str) -> dict[str, str]:
        """The links from the page of one language to that of each."""
        return {language: self.link(page, folder) for language, folder in LANGUAGES.items()}
