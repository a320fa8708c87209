"""Which templates has Meta approved, which may be sent now, and how are they submitted?"""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from pywa.errors import WhatsAppError
from pywa_async.client import WhatsApp as Client

from bot.outcomes import Delivered, Outcome
from bot.settings import Settings, WrongSetting, whatsapp_numbers
from bot.whatsapp.deliver import WhatsAppDoor
from bot.whatsapp.graph import Means, client, meaning_of
from bot.whatsapp.templates import (
    METAS,
    TEMPLATES,
    Filled,
    Json,
    Template,
    fits_letter,
    gaps_in,
    languages_for,
    name_at_meta,
    to_submit,
    values_of,
    words_of,
)
from civic.post import TEMPLATE_REFUSED
from talk.press import Press
from talk.screen import Screen
from talk.words import Words

APPROVED = "APPROVED"
PREFIX = "ashar"  # where none is set yet
LOOKS_EVERY, AGAIN_IN = 3_600.0, 60.0  # seconds between two looks at Meta; after one that failed
_PAGE = 100  # templates that Meta tells at a time
_FIELDS = ("name", "language", "status", "category", "components", "rejected_reason")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How one template in one language stands at Meta. `status` is Meta's own word; empty when it is not there."""

    template: Template
    language: str  # ours
    status: str = ""
    same_words: bool = True  # as in this release
    same_gaps: bool = True
    reason: str = ""  # why it was rejected, in Meta's words

    @property
    def usable(self) -> bool:
        """Whether it may be sent: with other words it still says what is meant, with other gaps Meta refuses it."""
        return self.status == APPROVED and self.same_gaps


async def states(api: Client, account: str, words: Words, prefix: str) -> list[State]:
    """How every template of ours stands in every language, in the order of the table."""
    known: dict[tuple[str, str], Json] = {}
    async for each in _told(api, account):
        known[str(each.get("name")), str(each.get("language"))] = each
    return [
        _state(template, language, known.get((name_at_meta(prefix, template), METAS[language])), words)
        for template in TEMPLATES.values()
        for language in METAS
    ]


async def _told(api: Client, account: str) -> AsyncIterator[Json]:
    """Every template of the account, page after page."""
    after = ""
    while True:
        page = {"limit": str(_PAGE), **({"after": after} if after else {})}
        told = await api.api.get_templates(waba_id=account, fields=_FIELDS, pagination=page)
        for each in told.get("data") or ():
            yield each
        paging: dict[str, Any] = told.get("paging") or {}
        after = str((paging.get("cursors") or {}).get("after") or "")
        if not after or not paging.get("next"):
            return


def _state(template: Template, language: str, told: Json | None, words: Words) -> State:
    if told is None:
        return State(template, language)
    body = next((str(c.get("text", "")) for c in told.get("components") or () if c.get("type") == "BODY"), "")
    reason = str(told.get("rejected_reason") or "")
    return State(
        template,
        language,
        str(told.get("status") or ""),
        same_words=body == words_of(template, language, words),
        same_gaps=gaps_in(body) == len(template.gaps),
        reason="" if reason == "NONE" else reason,
    )


# --- while the bot runs ---


@dataclass
class Templates:
    """The templates that may be sent now. Without Meta's word there are none: letters wait for their readers."""

    api: Client
    door: WhatsAppDoor
    account: str
    words: Words
    prefix: str
    people_a_day: int  # with whom WhatsApp lets us begin within 24 hours
    _usable: set[tuple[str, str]] = field(default_factory=set)  # name, language: ours
    _refused: set[tuple[str, str]] = field(default_factory=set)  # until the next look at Meta

    async def look(self) -> bool:
        """Asks Meta how the templates stand; False when it cannot be asked now, and what was known stays."""
        try:
            found = await states(self.api, self.account, self.words, self.prefix)
        except (WhatsAppError, httpx.HTTPError, ValueError) as fault:
            code = f"code {fault.code}" if isinstance(fault, WhatsAppError) else type(fault).__name__
            _log.warning("WhatsApp does not tell how the templates stand (%s)", code)
            return False
        self._usable = {(state.template.name, state.language) for state in found if state.usable}
        self._refused.clear()
        _log.info("WhatsApp: %d of %d templates may be sent", len(self._usable), len(found))
        return True

    async def keep_looking(self) -> None:
        """Looks again for ever: Meta approves and pauses templates by itself."""
        fine = bool(self._usable)
        while True:
            await asyncio.sleep(LOOKS_EVERY if fine else AGAIN_IN)
            fine = await self.look()

    def fill(self, key: str, screen: Screen, home: str, language: str | None, press: Press) -> Filled | None:
        """A letter as a template, in its reader's language if that is approved; None when none may be sent."""
        for template in fits_letter(key):
            for spoken in languages_for(language):
                if (template.name, spoken) in self._usable - self._refused:
                    values = values_of(template, screen, home)
                    return Filled(name_at_meta(self.prefix, template), METAS[spoken], values, press.pack())
        return None

    async def send(self, address: str, filled: Filled, via: str | None) -> Delivered:
        """Sends it. One that Meta does not take any more is not tried again before the next look, and its letter goes
        another way at once."""
        done = await self.door.show_template(address, filled, via)
        if done.outcome is not Outcome.REFUSED:
            return done
        ours = {language: spoken for spoken, language in METAS.items()}
        self._refused.add((filled.name.removeprefix(f"{self.prefix}_"), ours[filled.language]))
        return Delivered(Outcome.LATER, reason=f"{TEMPLATE_REFUSED}, {done.reason}", wait=1)


# --- submitting ---


async def submit(settings: Settings, words: Words) -> list[State]:
    """Asks Meta to approve whatever it does not know yet; gives how everything stands then. WrongSetting in words."""
    return await _at_meta(settings, words, submits=True)


async def look_up(settings: Settings, words: Words) -> list[State]:
    """How everything stands at Meta. WrongSetting in words."""
    return await _at_meta(settings, words, submits=False)


async def _at_meta(settings: Settings, words: Words, *, submits: bool) -> list[State]:
    token, phone, account = settings.whatsapp_token, settings.whatsapp_phone_id, settings.whatsapp_business_id
    if token is None or phone is None or account is None:
        raise WrongSetting("WHATSAPP_TOKEN, WHATSAPP_PHONE_ID, WHATSAPP_BUSINESS_ID: expected all three")
    prefix = settings.whatsapp_templates or PREFIX
    api, session = client(token.get_secret_value(), next(iter(whatsapp_numbers(settings))), settings.whatsapp_api_url)
    async with session:
        try:
            found = await states(api, account, words, prefix)
            for state in found if submits else ():
                if not state.status:
                    await _submit(api, account, to_submit(state.template, state.language, words, prefix))
            return await states(api, account, words, prefix) if submits else found
        except WhatsAppError as no:
            name = "WHATSAPP_TOKEN" if meaning_of(no) is Means.TOKEN else "WHATSAPP_BUSINESS_ID"
            raise WrongSetting(
                f"{name}: Meta does not answer for the templates (code {no.code}: {no.message})"
            ) from None
        except httpx.HTTPError as fault:
            raise WrongSetting(f"WHATSAPP_API_URL: it cannot be reached ({type(fault).__name__})") from None


async def _submit(api: Client, account: str, template: Json) -> None:
    """One that Meta will not even look at is told, and does not keep the others."""
    try:
        await api.api.create_template(waba_id=account, template=template)
    except WhatsAppError as no:
        if meaning_of(no) is not Means.NO:
            raise
        _log.error("Meta does not take %s in %s (code %d: %s)", template["name"], template["language"], no.code, no)
