"""How is the WhatsApp door opened?"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import quote

import httpx
from pydantic import SecretStr
from pywa.errors import WhatsAppError
from pywa_async.client import WhatsApp as Client

from bot.admins import Trouble
from bot.logs import without_secrets
from bot.settings import Settings, WrongSetting, admins_in, tariff, whatsapp_numbers
from bot.whatsapp import updates
from bot.whatsapp.approving import Templates
from bot.whatsapp.deliver import Report, WhatsAppDoor
from bot.whatsapp.draw import Says
from bot.whatsapp.graph import Means, client, meaning_of
from talk.turn import Links
from talk.words import Words

KNOCKS_EVERY = 60.0  # seconds, while WhatsApp does not let us in
PAUSES = (0.5, 1, 2, 4, 0)  # seconds after which a Graph API that answers badly is asked again
FIRST_KNOCK = 30.0  # seconds, for the other messenger waits for it
_UNKNOWN = (33, 100)  # codes of a number that is not there, or not for this token
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WhatsAppLinks(Links):
    """Where the bot is found in WhatsApp: `bot` is its number."""

    def deep(self, payload: str) -> str:
        """The address that opens the chat with the words that mean the payload (updates.py: called_with). In Latin
        letters, for Cyrillic ones make an address that nobody can read."""
        return f"https://wa.me/{self.bot}?text={quote(f'Ashar {payload}'.strip())}"


class Found(NamedTuple):
    """A number of ours that answered: its telephone number, and the name that people see."""

    telephone: str
    name: str


class CannotOpen(WrongSetting):
    """Why WhatsApp does not let us in: in words, and as what an admin is told."""

    def __init__(self, words: str, trouble: Trouble, code: int = 0) -> None:
        super().__init__(words)
        self.trouble, self.code = trouble, code


class WhatsApp:
    """A connection to the Graph API, open once a number of ours has answered there."""

    def __init__(self, api: Client, door: WhatsAppDoor, settings: Settings) -> None:
        self._api, self._settings = api, settings
        self._found: dict[str, Found] = {}
        self.door = door
        self.fault: CannotOpen | None = None  # why it is not open yet

    @property
    def number(self) -> str:
        """The telephone number that whoever has none of their municipality's own writes to; empty until it opens."""
        return self.door.links.bot

    @property
    def name(self) -> str:
        """The name that people see there."""
        return next((each.name for each in self._found.values() if each.telephone == self.number), "")

    async def knock(self) -> None:
        """Asks which of our numbers answer, and opens the door. Raises CannotOpen."""
        try:
            self._found = await _knock(self._api, self._settings)
        except CannotOpen as no:
            self.fault = no
            raise
        self.fault, self.door.is_open = None, True
        self.door.links = replace(self.door.links, bot=_shared(self._found, whatsapp_numbers(self._settings)))

    async def keep_knocking(self) -> None:
        """Knocks until it is open."""
        while not self.door.is_open:
            await asyncio.sleep(KNOCKS_EVERY)
            try:
                await self.knock()
            except CannotOpen as no:
                _log.warning("WhatsApp is not open yet: %s", no)

    @property
    def telephones(self) -> tuple[str, ...]:
        """Every telephone number that answers."""
        return tuple(each.telephone for each in self._found.values())

    @property
    def own_links(self) -> dict[str, Links]:
        """Where the bot is found by the people of a municipality that has a number of its own, by its key."""
        keys = whatsapp_numbers(self._settings)
        links = self.door.links
        return {keys[n]: replace(links, bot=each.telephone) for n, each in self._found.items() if keys[n]}

    def templates(self, words: Words) -> Templates | None:
        """The templates that may be sent, none before the first look at Meta; None where they are not set up."""
        allowed = tariff(self._settings)
        if allowed is None or self._settings.whatsapp_templates is None:
            return None
        account = self._settings.whatsapp_business_id or ""
        return Templates(self._api, self.door, account, words, self._settings.whatsapp_templates, allowed.people_a_day)

    def webhook(self, put: updates.Put, on_status: updates.OnStatus) -> tuple[updates.Handler, updates.Handler]:
        """The handlers of GET (Meta's handshake) and POST (what happened) at the address of the webhook."""
        settings = self._settings
        receive = updates.receive(
            _secret(settings.whatsapp_app_secret), put, on_status, ours=whatsapp_numbers(settings)
        )
        return updates.verify(_secret(settings.whatsapp_verify_token)), receive

    async def set_webhook(self, url: str) -> None:
        """Asks Meta to bring what happens with our numbers to that address, which it tries at once; a line in the log
        for a number with which it will not, WrongSetting when it will with none."""
        faults: list[str] = []
        numbers = whatsapp_numbers(self._settings)
        for number in numbers:
            try:
                await self._api.api.set_phone_alternate_callback_url(
                    override_callback_uri=url,
                    verify_token=_secret(self._settings.whatsapp_verify_token),
                    phone_id=number,
                )
            except (WhatsAppError, httpx.HTTPError) as fault:
                code = f"code {fault.code}" if isinstance(fault, WhatsAppError) else type(fault).__name__
                faults.append(f"WEBHOOK_URL: WhatsApp does not take this address ({code})")
                if len(numbers) > 1:
                    _log.error("%s for %s", faults[-1], _named(self._settings, number))
        if len(faults) == len(numbers):
            raise WrongSetting(faults[0])


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value is not None else ""


@contextlib.asynccontextmanager
async def open_whatsapp(
    settings: Settings,
    *,
    says: Mapping[str, Says] | None = None,
    on_trouble: Report | None = None,
    elsewhere: tuple[Links, ...] = (),
    waits: bool = False,
) -> AsyncIterator[WhatsApp]:
    """The WhatsApp of WHATSAPP_TOKEN and WHATSAPP_PHONE_ID; WrongSetting when one is missing. When they are refused or
    WhatsApp cannot be reached: CannotOpen, or with `waits` one that is not open, and says why (`fault`). `says` are the
    words under lists, by language; `on_trouble` is told, once an hour, what has to be put right."""
    if settings.whatsapp_token is None or settings.whatsapp_phone_id is None:
        raise WrongSetting("WHATSAPP_TOKEN, WHATSAPP_PHONE_ID: expected both, from the WhatsApp manager")
    token = settings.whatsapp_token.get_secret_value()
    numbers = whatsapp_numbers(settings)
    api, session = client(token, next(iter(numbers)), settings.whatsapp_api_url)
    async with session:
        links = WhatsAppLinks(
            "",
            settings.time_zone,
            page=settings.public_url or "",
            admins=admins_in(settings, "whatsapp"),
            elsewhere=elsewhere,
            tariff=tariff(settings),
        )
        door = WhatsAppDoor(
            api,
            links,
            numbers=numbers,
            graph=settings.whatsapp_api_url,
            says=says,
            flow=settings.whatsapp_flow or "",
            on_trouble=on_trouble,
        )
        door.is_open = False
        whatsapp = WhatsApp(api, door, settings)
        try:
            await whatsapp.knock()
        except CannotOpen as no:
            if not waits:
                raise
            _log.error("%s; WhatsApp opens as soon as it lets us in", no)
        yield whatsapp


async def _knock(api: Client, settings: Settings) -> dict[str, Found]:
    """Every number of ours that answers. One that does not is named in the log, and the others go on: what it hears is
    answered as soon as it can be. CannotOpen when none answers."""
    found: dict[str, Found] = {}
    numbers = whatsapp_numbers(settings)
    checks = (check(api, settings.whatsapp_api_url, number) for number in numbers)
    told = await asyncio.gather(*checks, return_exceptions=True)
    faults = [each for each in told if isinstance(each, BaseException)]
    if len(faults) == len(told):
        raise faults[0]
    for number, each in zip(numbers, told, strict=True):
        if isinstance(each, Found):
            found[number] = each
        elif isinstance(each, CannotOpen):
            _log.error("%s: %s; the other numbers go on", _named(settings, number), each)
        else:
            raise each
    return found


def _shared(found: dict[str, Found], numbers: dict[str, str]) -> str:
    """The telephone number that people without a number of their municipality's own are sent to."""
    return next((each.telephone for n, each in found.items() if not numbers[n]), next(iter(found.values())).telephone)


def _named(settings: Settings, number: str) -> str:
    """Which number it is, in words."""
    numbers = whatsapp_numbers(settings)
    whose = f"the number of «{numbers[number]}»" if numbers[number] else "a number that all share"
    return f"{whose}, at place {list(numbers).index(number) + 1} in WHATSAPP_PHONE_ID"


async def check(api: Client, address: str, phone_id: str) -> Found:
    """The number, digits only, and the name people see; CannotOpen in words when the token or the number is not known
    to the Graph API. One that answers, but badly, is asked again for a while."""
    fault: Exception | None = None
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(FIRST_KNOCK):
            for pause in PAUSES:
                try:
                    return await _asked(api, phone_id)
                except CannotOpen:
                    raise
                except httpx.HTTPError as no:
                    fault = no
                    if isinstance(no, httpx.ConnectError):
                        break
                except (WhatsAppError, KeyError, TypeError, ValueError) as no:
                    fault = no
                await asyncio.sleep(pause)
    name = type(fault or TimeoutError()).__name__
    raise CannotOpen(
        f"WHATSAPP_API_URL: {without_secrets(address)} cannot be reached ({name})", Trouble.UNREACHABLE
    ) from None


async def _asked(api: Client, phone_id: str) -> Found:
    try:
        told = await api.api.get_business_phone_number(
            phone_id=phone_id, fields=("display_phone_number", "verified_name")
        )
    except WhatsAppError as no:
        meant, code = meaning_of(no), no.code
        if meant is Means.AGAIN:
            raise
        if meant is Means.TOKEN:
            words = "WHATSAPP_TOKEN: WhatsApp does not accept this token; make a new one for the system user"
            raise CannotOpen(words, Trouble.TOKEN, code) from None
        if code in _UNKNOWN:
            words = "WHATSAPP_PHONE_ID: WhatsApp knows no such number, or the token has no right to it"
            raise CannotOpen(words, Trouble.UNKNOWN, code) from None
        words = f"WHATSAPP_TOKEN: WhatsApp refuses (code {code}); look at the account in the WhatsApp manager"
        raise CannotOpen(words, Trouble.ACCOUNT, code) from None
    number = "".join(c for c in str(told["display_phone_number"]) if c.isdecimal())
    return Found(number, str(told.get("verified_name") or number))
