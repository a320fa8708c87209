"""Who set the installation up, and how are they told what they must put right?"""

import asyncio
import logging
from collections.abc import Mapping
from enum import StrEnum

from bot.settings import Settings, admins_in
from bot.showing import Door
from storage.database import Database
from storage.people import accounts_at
from talk.words import Words

TOLD_EVERY = 3_600  # seconds between two reports of the same crash or trouble
LANGUAGE = "ky"  # of an admin whom the bot does not know yet
_log = logging.getLogger(__name__)


class Trouble(StrEnum):
    """What only an admin can put right, or should know of."""

    TOKEN = "token"  # noqa: S105  WhatsApp does not accept our token any more
    ACCOUNT = "account"  # WhatsApp does not let our number send: payment, registration, a block
    TEMPLATE = "template"  # WhatsApp refuses a template
    UNREACHABLE = "unreachable"  # WhatsApp could not be reached at the start
    UNKNOWN = "unknown"  # WhatsApp knows no such number of ours
    OPENED = "opened"  # WhatsApp answers, after it did not at the start


class Admins:
    """Those whom ADMIN_IDS name, told each thing once an hour, so that a flood stays readable."""

    def __init__(self, database: Database, words: Words, settings: Settings) -> None:
        self.doors: Mapping[str, Door] = {}
        self._database, self._words = database, words
        self._ids = {name: admins_in(settings, name) for name in ("telegram", "whatsapp")}
        self._told: dict[int, float] = {}

    async def crash(self, trace: str) -> None:
        """A trace under its code, as it stands in the log."""
        if self._is_new(trace.partition("\n")[2] or trace):
            for messenger, address, _ in await self._who():
                await self.doors[messenger].tell(address, trace)

    async def trouble(self, what: Trouble, code: int = 0) -> None:
        """What is wrong, in words: to everybody in their language, and to the log."""
        key = f"trouble-whatsapp-{what}"
        if not self._is_new(f"{key} {code}"):
            return
        _log.log(logging.INFO if what is Trouble.OPENED else logging.ERROR, "%s", self._said("en", what, code))
        for messenger, address, language in await self._who():
            await self.doors[messenger].tell(address, self._said(language, what, code))

    def _said(self, language: str, what: Trouble, code: int) -> str:
        return self._words.speaker(language)(f"trouble-whatsapp-{what}", code=str(code))

    def _is_new(self, what: str) -> bool:
        now = asyncio.get_running_loop().time()
        if now - self._told.get(hash(what), -TOLD_EVERY) < TOLD_EVERY:
            return False
        if len(self._told) > 1_000:
            self._told.clear()
        self._told[hash(what)] = now
        return True

    async def _who(self) -> list[tuple[str, str, str]]:
        """Messenger, address and language of everybody whom a messenger that is open can reach."""
        known = [(name, each) for name, ids in self._ids.items() if name in self.doors for each in sorted(ids)]
        async with self._database.snapshot() as db:
            accounts = await accounts_at(db, known) if known else {}
        spoken = {at: account.person.language for at, account in accounts.items()}
        return [(*at, spoken.get(at, LANGUAGE)) for at in known if self.doors[at[0]].is_open]
