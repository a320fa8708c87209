"""Did it reach WhatsApp? Every message ends as Sent, Gone, Closed, Later or Failed; pacing, waiting and trying again
happen here."""

import asyncio
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx
from pywa.errors import WhatsAppError
from pywa_async.client import WhatsApp

from bot.admins import Trouble
from bot.limits import Bucket, Buckets
from bot.outcomes import Delivered, Outcome
from bot.whatsapp.draw import TEXT_LIMIT, Call, Says, draw
from bot.whatsapp.fetch import OutOfReach, fetch
from bot.whatsapp.graph import META, Means, meaning_of, meant_by
from bot.whatsapp.hearing import hear
from bot.whatsapp.templates import Filled
from bot.whatsapp.text import pieces_of, styled
from bot.whatsapp.updates import Sender, known_by, moved, sender_of, sent_at, via_of
from civic.files import Attachment
from civic.refusals import Reason
from talk.screen import File, Screen
from talk.turn import Heard, Links

# https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput
PER_SECOND = 80  # messages of one number
# to one person: messages a second in the long run, and how many may be borrowed from the time that follows (131056)
PAIR, PAIR_BURST = 1 / 6, 45
REMEMBERED = 20_000  # people of whom the last message is remembered
_TRIES = 8  # at pauses that grow to 32 times the first, of 0.5 s: about a minute of a messenger that is down
_TOKEN = 60  # times the first pause is between two looks whether our token holds again
_TOLD_EVERY = 3_600.0  # seconds between two reports of the same trouble
_TROUBLE = {Means.TOKEN: Trouble.TOKEN, Means.OURS: Trouble.ACCOUNT, Means.TEMPLATE: Trouble.TEMPLATE}
_BEGIN = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"%PDF": "application/pdf",
    b"OggS": "audio/ogg",
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ENDINGS = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
}
Report = Callable[[Trouble, int], Awaitable[None]]
_log = logging.getLogger(__name__)


class _Unsent(Exception):
    """It was not sent, and why it will not be."""

    def __init__(self, outcome: Outcome, reason: str = "") -> None:
        super().__init__(outcome)
        self.outcome, self.reason = outcome, reason


class WhatsAppDoor:
    """Shows screens to people in WhatsApp."""

    def __init__(
        self,
        whatsapp: WhatsApp,
        links: Links,
        *,
        numbers: Mapping[str, str] | None = None,
        graph: str = META,
        says: Mapping[str, Says] | None = None,
        flow: str = "",
        on_trouble: Report | None = None,
        number_rate: tuple[float, float] = (PER_SECOND, PER_SECOND),
        pair_rates: Buckets | None = None,
        pause: float = 0.5,
    ) -> None:
        self.links, self._admins = links, links.admins
        self.own: dict[str, Links] = {}
        self.is_open = True
        self._whatsapp, self._graph, self._on_trouble = whatsapp, graph, on_trouble
        self._says = dict(says or {})  # by language
        self._flow = flow
        self._numbers = dict(numbers or {str(whatsapp.phone_id): ""})  # each with the key of its municipality
        self._default = next((number for number, key in self._numbers.items() if not key), next(iter(self._numbers)))
        self._rates = {number: Bucket(*number_rate) for number in self._numbers}
        self._pause = pause
        self._pairs = pair_rates or Buckets(PAIR, PAIR_BURST)
        self._last: OrderedDict[str, tuple[str, bool, str]] = OrderedDict()  # message, phone known, our number
        self._begun: OrderedDict[int, int] = OrderedDict()  # letters of which so many messages went out, and no more
        self._told: dict[tuple[Means, int], float] = {}

    # --- hearing ---

    def hear(self, payload: str) -> Heard | None:
        """What an arrival says; None when nothing is to be answered."""
        arrival = json.loads(payload)
        sender = sender_of(arrival)
        if sender is not None:
            message, via = str(arrival["message"].get("id", "")), str(arrival.get("phone_number_id", ""))
            self._last[sender.address] = (message, bool(sender.phone), via)
            if arrival["message"].get("type") != "system":  # which speaks of who they were
                self._know_admin(sender)
            self._last.move_to_end(sender.address)
            _forget_the_oldest(self._last)
        return hear(payload)

    def _know_admin(self, sender: Sender) -> None:
        """Whom ADMIN_IDS name by the telephone is known by their id, too, for as long as WhatsApp tells of that number
        with what they write."""
        if not sender.phone or sender.phone == sender.address:
            return
        named, known = sender.phone in self._admins, sender.address in self.links.admins
        if named == known or sender.address in self._admins:
            return
        admins = self.links.admins ^ {sender.address}
        self.links = replace(self.links, admins=admins)
        self.own = {key: replace(links, admins=admins) for key, links in self.own.items()}

    def via(self, payload: str) -> str | None:
        """Which of our numbers an arrival was written to."""
        return via_of(payload) or None

    def home_of(self, via: str | None) -> str:
        """The key of the municipality whose number that is; empty for one that all share."""
        return self._numbers.get(via or "", "")

    def sent(self, payload: str) -> datetime | None:
        """When somebody did what an arrival tells of, by Meta's clock: deliveries come late, twice and in no order."""
        return sent_at(payload)

    def known_by(self, payload: str) -> str:
        """The phone of somebody who has an id, too: they may have come before WhatsApp told it."""
        return known_by(payload)

    def moved(self, payload: str) -> tuple[str, str, str] | None:
        """Who has another number or id from now on: the old address, the new one, and the new phone, if known."""
        change = moved(payload)
        return None if change is None else (change.address, change.now.address, change.now.phone)

    async def fetch(self, file: Attachment) -> bytes | Reason | None:
        """What is in a file that was sent; FILE_TOO_BIG or FILE_LOST when it cannot be had, None while our token is
        refused or WhatsApp cannot be reached."""
        try:
            return await fetch(self._whatsapp, file.ref, self._graph, pause=self._pause)
        except OutOfReach as no:
            if no.meant in _TROUBLE:
                await self._report(no.meant, no.code)
            return None

    # --- showing ---

    async def show(self, address: str, heard: Heard, screen: Screen, via: str | None = None) -> Outcome:
        """Shows the screen as new messages by that number of ours, for WhatsApp redraws none; a line that pops up
        quotes what the person did. An answer waits for as long as our token is refused; whatever the bot begins by
        itself is LATER then."""
        _, phone_known, _ = self._last.get(address, ("", not _is_id(address), ""))
        quotes = heard.message if screen.alert else None
        says = self._says.get(screen.language)
        calls, sent = draw(screen, phone_known=phone_known, says=says, flow=self._flow), 0
        while sent < len(calls):
            call = calls[sent]
            try:
                await self._send(address, call, via, quotes=quotes, patient=heard.message is not None)
            except _Unsent as unsent:
                if call.is_form and unsent.outcome is Outcome.FAILED:
                    _log.error("dropped: a page of questions, for WhatsApp does not take WHATSAPP_FLOW")
                    without = replace(screen, together=None)
                    plain = draw(without, phone_known=phone_known, says=says)
                    calls, sent = plain, sent if plain[:sent] == calls[:sent] else 0
                    continue
                return unsent.outcome
            quotes, sent = None, sent + 1
        return Outcome.SENT

    async def deliver(self, address: str, screen: Screen, via: str | None = None, *, silent: bool = False) -> Delivered:
        """Sends a letter; CLOSED when the person has not written for a day. WhatsApp knows no silent messages. One of
        several messages that failed on the way goes on from there when it is tried again."""
        _, phone_known, _ = self._last.get(address, ("", not _is_id(address), ""))
        calls = draw(screen, phone_known=phone_known, says=self._says.get(screen.language))
        letter, message = hash((address, *map(_print_of, calls))), ""
        begun = self._begun.pop(letter, 0)
        for sent, call in enumerate(calls[begun:], begun):
            try:
                message = await self._send(address, call, via, quotes=None, patient=False)
            except _Unsent as unsent:
                if sent and unsent.outcome in (Outcome.FAILED, Outcome.LATER):
                    self._begun[letter] = sent
                    _forget_the_oldest(self._begun)
                return Delivered(unsent.outcome, reason=unsent.reason)
        return Delivered(Outcome.SENT, message)

    async def show_template(self, address: str, filled: Filled, via: str | None = None) -> Delivered:
        """Sends a template, which may be done at any time; REFUSED when Meta does not take this one."""
        try:
            message = await self._send(address, Call("template", filled.body()), via, quotes=None, patient=False)
        except _Unsent as unsent:
            return Delivered(unsent.outcome, reason=unsent.reason)
        return Delivered(Outcome.SENT, message)

    async def returned(self, code: int) -> Delivered:
        """What it means that WhatsApp took a message and says later, by a code, that it did not arrive."""
        meant = meant_by(code)
        if meant in _TROUBLE:
            await self._report(meant, code)
        return Delivered(_outcome(meant, code), reason=f"code {code}")

    async def amend(self, address: str, message: str, screen: Screen, via: str | None = None) -> Delivered:
        """WhatsApp changes no message: what is right now comes as a new one."""
        return await self.deliver(address, screen, via)

    async def remove(self, address: str, message: str, instead: Screen, via: str | None = None) -> Delivered:
        """WhatsApp deletes no message of a bot: a word that it does not hold any more comes as a new one."""
        return await self.deliver(address, instead, via)

    async def tell(self, address: str, text: str) -> Outcome:
        """Sends plain words, for admins."""
        body = {"body": "".join(pieces_of(styled(text), TEXT_LIMIT)[:1]), "preview_url": False}
        try:
            await self._send(address, Call("text", body), None, quotes=None, patient=False)
        except _Unsent as unsent:
            return unsent.outcome
        return Outcome.SENT

    async def nod(self, heard: Heard, screen: Screen) -> None:
        """Nothing: in WhatsApp a press does not wait, and every line is a message."""

    async def sign_of_life(self, address: str) -> None:
        """Tells the person that their message was read and something is being done."""
        message, _, via = self._last.get(address, ("", False, ""))
        if not message:
            return
        try:
            await self._whatsapp.api.set_indicator(phone_id=self._ours(via), message_id=message, typ="text")
        except (WhatsAppError, httpx.HTTPError, ValueError) as fault:
            _log.debug("no sign of life: %s", type(fault).__name__)

    async def post(self, address: str, screen: Screen, *, instead_of: str | None, pin: bool = False) -> Delivered:
        """WhatsApp lets no bot post in channels or groups that people made: FAILED."""
        _log.error("dropped: a post, for WhatsApp has no channels that a bot may write in")
        return Delivered(Outcome.FAILED)

    async def keep(self, address: str, screen: Screen, message: str | None, *, pin: bool | None) -> Delivered:
        """As `post`: FAILED."""
        return await self.post(address, screen, instead_of=message)

    async def take_away(self, address: str, screen: Screen, message: str) -> Delivered:
        """As `post`: FAILED."""
        return await self.post(address, screen, instead_of=message)

    async def poll(self, address: str, screen: Screen, until: datetime | None) -> Delivered:
        """As `post`: FAILED."""
        return await self.post(address, screen, instead_of=None)

    async def count(self, address: str, screen: Screen, message: str) -> Delivered:
        """As `post`: FAILED."""
        return await self.post(address, screen, instead_of=message)

    def address_of(self, address: str, name: str, message: str) -> str:
        """Posts of WhatsApp have no addresses."""
        return ""

    # --- sending ---

    def _ours(self, via: str | None) -> str:
        """That number where it is (still) ours, else the one that all share."""
        return via if via is not None and via in self._rates else self._default

    async def _send(self, address: str, call: Call, via: str | None, *, quotes: str | None, patient: bool) -> str:
        """Sends one message; gives what WhatsApp calls it."""
        body, ours = call.body, self._ours(via)
        if call.upload is not None:
            file = call.upload
            media = await self._through(lambda: self._upload(file, ours), patient=patient)
            body = call.with_media(str(media["id"]))
        is_id, pair = _is_id(address), f"{ours}:{address}"

        async def send() -> dict[str, Any]:
            await asyncio.sleep(max(self._pairs.take(pair), self._rates[ours].take()))
            try:
                return await self._whatsapp.api.send_message(
                    sender=ours,
                    to=None if is_id else address,
                    recipient=address if is_id else None,
                    recipient_type="individual",
                    typ=call.kind,
                    msg=body,
                    reply_to_message_id=quotes,
                )
            except WhatsAppError as no:
                if meaning_of(no) is Means.SLOWER:  # sent before a start of ours, or by another process
                    self._pairs.spend(pair)
                raise

        told = await self._through(send, patient=patient)
        messages = told.get("messages") or [{}]
        return str(messages[0].get("id", ""))

    def _upload(self, file: File, ours: str) -> Awaitable[dict[str, Any]]:
        return self._whatsapp.api.upload_media(
            phone_id=ours, media=file.bytes, mime_type=_mime(file), filename=file.name
        )

    async def _through(self, call: Callable[[], Awaitable[dict[str, Any]]], *, patient: bool) -> dict[str, Any]:
        """The answer to a call that is tried again through whatever passes: faults of the network, a Graph API that is
        down or finds us too quick, and (when `patient`) a token that is refused. Raises _Unsent."""
        pause, tries, slowed = self._pause, 0, 0
        while tries < _TRIES and slowed <= PAIR_BURST:
            try:
                return await call()
            except WhatsAppError as no:
                meant, code = meaning_of(no), no.code
            except (httpx.HTTPError, ValueError) as fault:  # ValueError: an answer that is no JSON
                meant, code = Means.AGAIN, 0
                _log.info("WhatsApp: %s", type(fault).__name__)
            if meant in _TROUBLE:
                await self._report(meant, code)
            if meant is Means.TOKEN and patient:
                await asyncio.sleep(self._pause * _TOKEN)
                continue
            if meant is Means.SLOWER:  # the next try comes when the next message to that person is due
                slowed += 1
                _log.info("WhatsApp: code %d, too much for one person", code)
                continue
            if meant is Means.AGAIN:
                tries += 1
                _log.info("WhatsApp: code %d, try %d", code, tries)
                await asyncio.sleep(pause)
                pause = min(pause * 2, self._pause * 32)
                continue
            raise _Unsent(_outcome(meant, code), f"code {code}")
        _log.warning("WhatsApp: given up")
        raise _Unsent(Outcome.FAILED, "no connection")

    async def _report(self, meant: Means, code: int) -> None:
        """Says once an hour what must be put right."""
        now = time.monotonic()
        if now - self._told.get((meant, code), -_TOLD_EVERY) < _TOLD_EVERY:
            return
        self._told[meant, code] = now
        _log.error("WhatsApp refuses what we do: %s, code %d", meant.value, code)
        if self._on_trouble is not None:
            try:
                await self._on_trouble(_TROUBLE[meant], code)
            except Exception:  # noqa: BLE001  whoever cannot be told must not keep the answers
                _log.exception("the admins could not be told")


def _outcome(meant: Means, code: int) -> Outcome:
    match meant:
        case Means.GONE:
            return Outcome.GONE
        case Means.CLOSED:
            _log.info("closed: the person has not written for a day, so only a template may be sent (code %d)", code)
            return Outcome.CLOSED
        case Means.TEMPLATE:
            return Outcome.REFUSED
        case Means.TOKEN:
            return Outcome.LATER
    _log.error("WhatsApp refused a message: code %d", code)
    return Outcome.FAILED


def _forget_the_oldest(of: OrderedDict[Any, Any]) -> None:
    if len(of) > REMEMBERED:
        of.popitem(last=False)


def _print_of(call: Call) -> tuple[str, str, bytes]:
    """By what a message is known again."""
    return call.kind, json.dumps(call.body), call.upload.bytes if call.upload is not None else b""


def _is_id(address: str) -> bool:
    """Whether it is a business-scoped id (KG.1349…), and no phone number."""
    return not address.isdecimal()


def _mime(file: File) -> str:
    """The kind of a file by what is in it, else by its name. Whatever else we give away is text (csv, json, svg), and
    WhatsApp takes no other kinds."""
    for begins, kind in _BEGIN.items():
        if file.bytes.startswith(begins):
            return kind
    return _ENDINGS.get(file.name.rpartition(".")[2].lower(), "text/plain")
