"""What comes from WhatsApp, from whom, and when? Webhooks are split into arrivals for the inbox.

One body may hold several entries, changes, messages and statuses. Meta delivers it again, for days, until it is
answered with 200, and in no sure order; so 200 means that every message in it is in the inbox, where the message's own
number keeps it single. Within a body the messages are taken in the order of Meta's own times."""

import hashlib
import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aiohttp import web

from bot.whatsapp.reading import Json, a_dict, a_word, code_of, dicts

SIGNATURE_HEADER = "X-Hub-Signature-256"
# Meta puts up to 3 MB into one body: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks
BODY_LIMIT = 4 * 1024 * 1024
LONGEST = 128  # characters of a number as the inbox holds it
_NUMBER = re.compile(r"[!-~]{1,4096}")
_ADDRESS = re.compile(r"[!-~]{1,140}")  # a country of two letters, a dot, and up to 128 characters
Put = Callable[[Sequence[tuple[str, str, str]]], Awaitable[None]]
OnStatus = Callable[["Status"], Awaitable[None]]
Handler = Callable[[web.Request], Awaitable[web.Response]]
_log = logging.getLogger(__name__)

_GONE = (131026,)  # nobody there: no WhatsApp, its terms not accepted, or the number of the bot was blocked


@dataclass(frozen=True, slots=True)
class Sender:
    """Who somebody is by WhatsApp's own word: the address answers go to, the business-scoped id where there is one,
    and the phone, which is proven by the messenger, where the person shows it. Their name is not kept."""

    address: str
    user_id: str
    phone: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody changed their phone number, or got another id: the address they had, and who they are now."""

    address: str
    now: Sender


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a message that was sent: «sent», «delivered», «read» or «failed» with Meta's code. `gone`: there
    is nobody at that address any more."""

    number: str
    address: str
    state: str
    code: int = 0
    gone: bool = False
    via: str = ""  # which of our numbers had sent it
    at: datetime | None = None  # when it came to that, by Meta's clock


# --- intake ---


def verify(verify_token: str) -> Handler:
    """The handler of Meta's handshake: gives the challenge back to whoever knows the token; 403 to others."""

    async def answer(request: web.Request) -> web.Response:
        asked = request.query
        given = asked.get("hub.verify_token", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, verify_token.encode()) or asked.get("hub.mode") != "subscribe":
            return web.Response(status=403)
        return web.Response(text=asked.get("hub.challenge", "")[:1_000])

    return answer


def receive(app_secret: str, put: Put, on_status: OnStatus, *, ours: Collection[str] = ()) -> Handler:
    """The handler of the webhook: 200 only when every message is in the inbox and every status was taken; 403 for a
    wrong signature or more than one, 400 for something that is no webhook of WhatsApp. Where `ours` are given, what
    other numbers of the same business were told is passed over."""

    async def answer(request: web.Request) -> web.Response:
        try:
            body = await request.clone(client_max_size=BODY_LIMIT).read()
        except web.RequestPayloadError:
            return web.Response(status=400)
        signatures = request.headers.getall(SIGNATURE_HEADER, ())
        if len(signatures) != 1 or not signed(body, signatures[0], app_secret):
            return web.Response(status=403)
        try:
            told = json.loads(body)
            if not isinstance(told, dict) or told.get("object") != "whatsapp_business_account":
                return web.Response(status=400)
            rows, statuses = split_up(told, ours)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if rows:
            await put(rows)
        for status in statuses:
            await on_status(status)
        return web.Response()

    return answer


def signed(body: bytes, signature: str, app_secret: str) -> bool:
    """Whether Meta, who knows the secret, signed exactly these bytes. Compared in constant time."""
    expected = "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(signature.encode("utf-8", "surrogateescape"), expected.encode())


def split_up(told: Json, ours: Collection[str] = ()) -> tuple[list[tuple[str, str, str]], list[Status]]:
    """Every message in a webhook as (number, address, payload) for the inbox, in the order in which they were written,
    and every status. What cannot be read is logged and left: it would come again for days and keep everything else in
    the same body from being taken."""
    rows: list[tuple[datetime, tuple[str, str, str]]] = []
    before = datetime.min.replace(tzinfo=UTC)  # a message without a time keeps its place behind the one before it
    statuses: list[Status] = []
    for value in _values(told):
        number = str(a_dict(value.get("metadata")).get("phone_number_id") or "")
        if ours and number not in ours:
            _log.info("passed over: news of another number of this business")
            continue
        for fault in dicts(value.get("errors")):
            _log.error("WhatsApp tells of a fault: code %s", code_of(fault))
        contacts = [_without_name(contact) for contact in dicts(value.get("contacts"))]
        for message in dicts(value.get("messages")):
            row = _row(number, contacts, message)
            if row is not None:
                before = _moment(message) or before
                rows.append((before, row))
        found = map(status_of, dicts(value.get("statuses")))
        statuses += [replace(status, via=number) for status in found if status is not None]
    rows.sort(key=lambda row: row[0])
    return [row for _, row in rows], statuses


def _values(told: Json) -> Iterator[Json]:
    for entry in dicts(told.get("entry")):
        for change in dicts(entry.get("changes")):
            if change.get("field") == "messages":
                yield a_dict(change.get("value"))


def _row(number: str, contacts: list[Json], message: Json) -> tuple[str, str, str] | None:
    mine = [c for c in contacts if c.get("wa_id", 0) == message.get("from") or c.get("user_id", 0) == _user(message)]
    contact = mine[0] if mine else contacts[0] if len(contacts) == 1 and not message.get("from") else {}
    arrival = {"phone_number_id": number, "contact": contact, "message": message}
    sender, wamid = sender_of(arrival), message.get("id")
    if message.get("group_id"):
        _log.info("passed over: a message in a group")
        return None
    if sender is None or not isinstance(wamid, str) or not _NUMBER.fullmatch(wamid):
        _log.error("a message without number or sender, of type %s", str(message.get("type"))[:32])
        return None
    if len(wamid) > LONGEST:  # still single, if not legible
        wamid = f"sha256:{hashlib.sha256(wamid.encode()).hexdigest()}"
    return wamid, sender.address, json.dumps(arrival)


def _without_name(contact: Json) -> Json:
    return {key: contact[key] for key in ("wa_id", "user_id") if isinstance(contact.get(key), str)}


def status_of(told: Json) -> Status | None:
    """One status; a failure goes to the log with its code, never with the address. None for something that is none."""
    number, state = told.get("id"), told.get("status")
    address = told.get("recipient_user_id") or told.get("recipient_id") or ""
    if not isinstance(number, str) or not isinstance(state, str):
        return None
    code = next((code_of(fault) for fault in dicts(told.get("errors"))), 0)
    if state == "failed":
        _log.warning("a message could not be delivered: code %d", code)
    return Status(number, str(address), state, code, state == "failed" and code in _GONE, at=_moment(told))


def _moment(told: Json) -> datetime | None:
    """When something happened, by Meta's word; None where it cannot be read."""
    stamp = str(told.get("timestamp") or "")
    return datetime.fromtimestamp(int(stamp), UTC) if re.fullmatch(r"[0-9]{1,11}", stamp) else None


# --- who ---


def via_of(payload: str) -> str:
    """Which of our numbers an arrival was written to."""
    return a_word(a_dict(json.loads(payload)).get("phone_number_id"))


def sent_at(payload: str) -> datetime | None:
    """When somebody did what an arrival tells of, by Meta's clock; None where it does not say."""
    return _moment(a_dict(a_dict(json.loads(payload)).get("message")))


def known_by(payload: str) -> str:
    """The phone of a sender who has an id besides: the address of whoever came before WhatsApp told their id; empty
    where only one of the two is told."""
    sender = sender_of(a_dict(json.loads(payload)))
    return sender.phone if sender is not None and sender.address != sender.phone else ""


def sender_of(arrival: Json) -> Sender | None:
    """Who sent the message of an arrival; None when that cannot be told."""
    contact, message = a_dict(arrival.get("contact")), a_dict(arrival.get("message"))
    user_id = _user(message) or a_word(contact.get("user_id"))
    phone = a_word(message.get("from")) or a_word(contact.get("wa_id"))
    if message.get("type") == "system":  # it speaks of who they were
        user_id = a_word(a_dict(message.get("system")).get("previous_user_id")) or user_id
    if phone and not phone.isdecimal():
        user_id, phone = user_id or phone, ""
    address = user_id or phone
    return Sender(address, user_id, phone) if _ADDRESS.fullmatch(address) else None


def moved(payload: str) -> Moved | None:
    """Who an arrival says has another number or id from now on; None for every other arrival."""
    arrival = a_dict(json.loads(payload))
    message = a_dict(arrival.get("message"))
    system = a_dict(message.get("system"))
    if message.get("type") != "system":
        return None
    sender = sender_of(arrival)
    before = sender.address if sender is not None else ""
    user_id = a_word(system.get("user_id"))
    phone = a_word(system.get("wa_id")) or a_word(system.get("new_wa_id"))
    address = user_id or phone
    if not before or not address or address == before:
        return None
    return Moved(before, Sender(address, user_id, phone))


def _user(message: Json) -> str:
    return a_word(message.get("from_user_id"))
