"""How is the WhatsApp door opened?"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

import httpx
from pydantic import SecretStr
from pywa.errors import WhatsAppError
from pywa_async.client import WhatsApp as Client

from bot.logs import without_secrets
from bot.settings import Settings, WrongSetting
from bot.whatsapp import updates
from bot.whatsapp.deliver import Report, WhatsAppDoor
from bot.whatsapp.graph import Means, client, meaning_of
from talk.turn import Links

_UNKNOWN = (33, 100)  # codes of a number that is not there, or not for this token


@dataclass(frozen=True, slots=True)
class WhatsAppLinks(Links):
    """Where the bot is found in WhatsApp: `bot` is its number."""

    def deep(self, payload: str) -> str:
        """The address that opens the chat with the words that mean the payload (updates.py: called_with). In Latin
        letters, for Cyrillic ones make an address that nobody can read."""
        return f"https://wa.me/{self.bot}?text={quote(f'Ashar {payload}'.strip())}"


class WhatsApp:
    """An open connection to the Graph API."""

    def __init__(self, api: Client, door: WhatsAppDoor, settings: Settings, *, name: str, number: str) -> None:
        self._api, self._settings = api, settings
        self.door, self.name, self.number = door, name, number

    def webhook(self, put: updates.Put, on_status: updates.OnStatus) -> tuple[updates.Handler, updates.Handler]:
        """The handlers of GET (Meta's handshake) and POST (what happened) at the address of the webhook."""
        settings = self._settings
        receive = updates.receive(
            _secret(settings.whatsapp_app_secret), put, on_status, phone_id=settings.whatsapp_phone_id or ""
        )
        return updates.verify(_secret(settings.whatsapp_verify_token)), receive

    async def set_webhook(self, url: str) -> None:
        """Asks Meta to bring what happens with this number to that address, which it tries at once; WrongSetting when
        it will not."""
        try:
            await self._api.api.set_phone_alternate_callback_url(
                override_callback_uri=url,
                verify_token=_secret(self._settings.whatsapp_verify_token),
                phone_id=str(self._api.phone_id),
            )
        except (WhatsAppError, httpx.HTTPError) as fault:
            code = f"code {fault.code}" if isinstance(fault, WhatsAppError) else type(fault).__name__
            raise WrongSetting(f"WEBHOOK_URL: WhatsApp does not take this address ({code})") from None


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value is not None else ""


@contextlib.asynccontextmanager
async def open_whatsapp(
    settings: Settings, *, choose: str = "☰", on_trouble: Report | None = None, elsewhere: tuple[Links, ...] = ()
) -> AsyncIterator[WhatsApp]:
    """The WhatsApp of WHATSAPP_TOKEN and WHATSAPP_PHONE_ID; WrongSetting when one is missing or refused, or WhatsApp
    cannot be reached. `choose` stands on the button that opens a list; `on_trouble` is told in words, once an hour,
    what has to be put right."""
    if settings.whatsapp_token is None or settings.whatsapp_phone_id is None:
        raise WrongSetting("WHATSAPP_TOKEN, WHATSAPP_PHONE_ID: expected both, from the WhatsApp manager")
    token = settings.whatsapp_token.get_secret_value()
    api, session = client(token, settings.whatsapp_phone_id, settings.whatsapp_api_url)
    async with session:
        number, name = await check(api, settings.whatsapp_api_url)
        links = WhatsAppLinks(number, settings.time_zone, page=settings.public_url or "", elsewhere=elsewhere)
        door = WhatsAppDoor(
            api,
            links,
            graph=settings.whatsapp_api_url,
            choose=choose,
            flow=settings.whatsapp_flow or "",
            on_trouble=on_trouble,
        )
        yield WhatsApp(api, door, settings, name=name, number=number)


async def check(api: Client, address: str) -> tuple[str, str]:
    """The number, digits only, and the name people see; WrongSetting in words when the token or the number is not
    known to the Graph API. One that answers, but badly, is asked again for a while."""
    fault: Exception | None = None
    for pause in (0.5, 1, 2, 4, 0):
        try:
            fields = ("display_phone_number", "verified_name")
            told = await api.api.get_business_phone_number(phone_id=str(api.phone_id), fields=fields)
            number = "".join(c for c in str(told["display_phone_number"]) if c.isdecimal())
            return number, str(told.get("verified_name") or number)
        except WhatsAppError as no:
            fault, meant = no, meaning_of(no)
            if meant is Means.TOKEN:
                raise WrongSetting(
                    "WHATSAPP_TOKEN: WhatsApp does not accept this token; make a new one for the system user"
                ) from None
            if no.code in _UNKNOWN:
                raise WrongSetting(
                    "WHATSAPP_PHONE_ID: WhatsApp knows no such number, or the token has no right to it"
                ) from None
            if meant is not Means.AGAIN:
                raise WrongSetting(
                    f"WHATSAPP_TOKEN: WhatsApp refuses (code {no.code}); look at the account in the WhatsApp manager"
                ) from None
        except httpx.HTTPError as no:
            fault = no
            if isinstance(no, httpx.ConnectError):
                break
        except (KeyError, ValueError) as no:
            fault = no
        await asyncio.sleep(pause)
    raise WrongSetting(
        f"WHATSAPP_API_URL: {without_secrets(address)} cannot be reached ({type(fault).__name__})"
    ) from None
