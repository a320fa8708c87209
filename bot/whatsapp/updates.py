"""What did somebody do in WhatsApp? Webhooks are split into arrivals for the inbox; an arrival becomes what the kit
understands.

One body may hold several entries, changes, messages and statuses. Meta delivers it again, for days, until it is
answered with 200, and in no sure order; so 200 means that every message in it is in the inbox, where the message's own
number keeps it single."""

import hashlib
import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.whatsapp.draw import SEND_CONTACT
from bot.whatsapp.flows import answers_in
from civic.files import Attachment, FileKind
from civic.spelling import clean
from talk.turn import Contact, Heard

SIGNATURE_HEADER = "X-Hub-Signature-256"
_PLAIN = re.compile(r"[!-~]{1,128}")  # a number or address as the inbox holds it
Json = dict[str, Any]
Put = Callable[[Sequence[tuple[str, str, str]]], Awaitable[None]]
OnStatus = Callable[["Status"], Awaitable[None]]
Handler = Callable[[web.Request], Awaitable[web.Response]]
_log = logging.getLogger(__name__)

# «Ашар i12» is what a link to the bot writes for the person (start.py: deep); alone, the name greets. Typed by hand it
# may come in capitals, in either script or in letters of both that look alike, with a comma or a full stop.
_CALL = re.compile(
    r"([^\W\d_]{4,5})[\s,:]*(?:([^\W\d_])\s?([0-9]{1,9})|([A-Za-z](?:[0-9]{1,9}_|[A-Za-z0-9_-]{7})[A-Za-z0-9_-]{0,53}))?[.!]?"
)
_TO_CYRILLIC = str.maketrans("aeopcxyk", "аеорсхук")
_TO_LATIN = str.maketrans("аеорсхукмтівни", "aeopcxykmtibhi")
_BY_SOUND = str.maketrans("глд", "gld")
_NAMES = ("ашар", "ashar", "ashap")
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
    wrong signature, 400 for something that is no webhook of WhatsApp. Where `ours` are given, what other numbers of the
    same business were told is passed over."""

    async def answer(request: web.Request) -> web.Response:
        try:
            body = await request.read()
        except web.RequestPayloadError:
            return web.Response(status=400)
        if not signed(body, request.headers.get(SIGNATURE_HEADER, ""), app_secret):
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
    """Every message in a webhook as (number, address, payload) for the inbox, and every status. What cannot be read is
    logged and left: it would come again for days and keep everything else in the same body from being taken."""
    rows: list[tuple[str, str, str]] = []
    statuses: list[Status] = []
    for value in _values(told):
        number = str(_dict(value.get("metadata")).get("phone_number_id") or "")
        if ours and number not in ours:
            _log.info("passed over: news of another number of this business")
            continue
        for fault in _dicts(value.get("errors")):
            _log.error("WhatsApp tells of a fault: code %s", _code(fault))
        contacts = [_without_name(contact) for contact in _dicts(value.get("contacts"))]
        for message in _dicts(value.get("messages")):
            row = _row(number, contacts, message)
            if row is not None:
                rows.append(row)
        found = map(status_of, _dicts(value.get("statuses")))
        statuses += [replace(status, via=number) for status in found if status is not None]
    return rows, statuses


def _values(told: Json) -> Iterator[Json]:
    for entry in _dicts(told.get("entry")):
        for change in _dicts(entry.get("changes")):
            if change.get("field") == "messages":
                yield _dict(change.get("value"))


def _row(number: str, contacts: list[Json], message: Json) -> tuple[str, str, str] | None:
    mine = [c for c in contacts if c.get("wa_id", 0) == message.get("from") or c.get("user_id", 0) == _user(message)]
    contact = mine[0] if mine else contacts[0] if len(contacts) == 1 and not message.get("from") else {}
    arrival = {"phone_number_id": number, "contact": contact, "message": message}
    sender, wamid = sender_of(arrival), message.get("id")
    if message.get("group_id"):
        _log.info("passed over: a message in a group")
        return None
    if sender is None or not isinstance(wamid, str) or not _PLAIN.fullmatch(wamid):
        _log.error("a message without number or sender, of type %s", str(message.get("type"))[:32])
        return None
    return wamid, sender.address, json.dumps(arrival)


def _without_name(contact: Json) -> Json:
    return {key: contact[key] for key in ("wa_id", "user_id") if isinstance(contact.get(key), str)}


def status_of(told: Json) -> Status | None:
    """One status; a failure goes to the log with its code, never with the address. None for something that is none."""
    number, state = told.get("id"), told.get("status")
    address = told.get("recipient_user_id") or told.get("recipient_id") or ""
    if not isinstance(number, str) or not isinstance(state, str):
        return None
    code = next((_code(fault) for fault in _dicts(told.get("errors"))), 0)
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
    return _word(_dict(json.loads(payload)).get("phone_number_id"))


def sender_of(arrival: Json) -> Sender | None:
    """Who sent the message of an arrival; None when that cannot be told."""
    contact, message = _dict(arrival.get("contact")), _dict(arrival.get("message"))
    user_id = _user(message) or _word(contact.get("user_id"))
    phone = _word(message.get("from")) or _word(contact.get("wa_id"))
    if message.get("type") == "system":  # it speaks of who they were
        user_id = _word(_dict(message.get("system")).get("previous_user_id")) or user_id
    if phone and not phone.isdecimal():
        user_id, phone = user_id or phone, ""
    address = user_id or phone
    return Sender(address, user_id, phone) if _PLAIN.fullmatch(address) else None


def moved(payload: str) -> Moved | None:
    """Who an arrival says has another number or id from now on; None for every other arrival."""
    arrival = _dict(json.loads(payload))
    message = _dict(arrival.get("message"))
    system = _dict(message.get("system"))
    if message.get("type") != "system":
        return None
    sender = sender_of(arrival)
    before = sender.address if sender is not None else ""
    user_id = _word(system.get("user_id"))
    phone = _word(system.get("wa_id")) or _word(system.get("new_wa_id"))
    address = user_id or phone
    if not before or not address or address == before:
        return None
    return Moved(before, Sender(address, user_id, phone))


def _user(message: Json) -> str:
    return _word(message.get("from_user_id"))


# --- what ---


def hear(payload: str) -> Heard | None:
    """What the arrival says; None when it is nothing to answer (a reaction, a note of the system, an unknown kind)."""
    arrival = _dict(json.loads(payload))
    message, sender = _dict(arrival.get("message")), sender_of(arrival)
    kind = message.get("type")
    inside = _dict(message.get(kind)) if isinstance(kind, str) else {}
    number = _word(message.get("id")) or None
    if sender is None:
        return None
    match kind:
        case "text":
            return _said(_word(inside.get("body")), number)
        case "interactive":
            return _tapped(inside, sender, number)
        case "button":
            return _pressed(_word(inside.get("payload")), "", sender, number)
        case "image" | "document":
            return Heard(text=_caption(inside), file=_file(inside, is_image=kind == "image"), message=number)
        case "audio" | "voice" if _word(inside.get("id")):
            return Heard(file=Attachment(_word(inside.get("id")), FileKind.VOICE, "voice.ogg", 0), message=number)
        case "audio" | "voice" | "video" | "sticker":
            return Heard(text=_caption(inside), message=number)
        case "location":
            return _place(inside, number)
        case "contacts":
            forwarded = bool(_dict(message.get("context")).get("forwarded"))
            return _contact(message.get("contacts"), sender, number, forwarded=forwarded)
        case "request_welcome":
            return Heard(command="start", message=number)
    faults = ", ".join(str(_code(fault)) for fault in _dicts(message.get("errors")))
    _log.info("nothing to answer: %s %s", str(kind)[:32], faults)
    return None


def _said(words: str, number: str | None) -> Heard:
    text = clean(words)
    if text.startswith("/") and len(text) > 1:
        command, _, payload = text[1:].partition(" ")
        return Heard(text=text, command=command.lower(), payload=payload.strip()[:64], message=number)
    called = called_with(text)
    if called is not None:
        return Heard(text=text, command="start", payload=called, message=number)
    return Heard(text=text, message=number)


def called_with(text: str) -> str | None:
    """The payload of a text that a link wrote: «Ашар i12» gives «i12», «Ашар» alone nothing; None for other words."""
    found = _CALL.fullmatch(text.strip()) if len(text) <= 100 else None
    if found is None:
        return None
    name = found[1].casefold()
    if name.translate(_TO_CYRILLIC) not in _NAMES and name.translate(_TO_LATIN) not in _NAMES:
        return None
    if found[2]:
        return found[2].lower().translate(_TO_LATIN).translate(_BY_SOUND) + found[3]
    return found[4] or ""


def _tapped(inside: Json, sender: Sender, number: str | None) -> Heard | None:
    kind = inside.get("type")
    reply = _dict(inside.get(kind)) if isinstance(kind, str) else {}
    if kind in ("button_reply", "list_reply"):
        return _pressed(_word(reply.get("id")), _word(reply.get("title")), sender, number)
    if kind == "nfm_reply":
        return _filled_in(_word(reply.get("response_json")), number)
    _log.info("nothing to answer: interactive %s", str(kind)[:32])
    return None


def _pressed(press: str, label: str, sender: Sender, number: str | None) -> Heard:
    """A button. «Send my number» carries none: the number is the one that WhatsApp itself tells of the sender."""
    if press == SEND_CONTACT:
        contact = Contact(sender.phone, sender.address) if sender.phone else None
        return Heard(text="" if contact else clean(label), contact=contact, message=number)
    return Heard(press=re.sub(r"#[0-9]{1,3}\Z", "", press) or "?", message=number)


def _filled_in(sent: str, number: str | None) -> Heard:
    """The answers of a native form, and the press that we gave the form as its token; «?» where there is none."""
    try:
        given = _dict(json.loads(sent))
    except (ValueError, RecursionError):
        given = {}
    return Heard(press=_word(given.get("flow_token")) or "?", filled=answers_in(given), message=number)


def _caption(inside: Json) -> str:
    return clean(_word(inside.get("caption")))


def _file(inside: Json, *, is_image: bool) -> Attachment | None:
    """A photo or paper; how large it is becomes known when it is fetched."""
    ref = _word(inside.get("id"))
    if not ref:
        return None
    if is_image:
        return Attachment(ref, FileKind.PICTURE, "photo.jpg", 0)
    picture = _word(inside.get("mime_type")).startswith("image/")
    return Attachment(ref, FileKind.PICTURE if picture else FileKind.PAPER, clean(_word(inside.get("filename"))), 0)


def _place(inside: Json, number: str | None) -> Heard | None:
    latitude, longitude = inside.get("latitude"), inside.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    return Heard(location=(float(latitude), float(longitude)), message=number)


def _contact(cards: object, sender: Sender, number: str | None, *, forwarded: bool) -> Heard:
    """A shared card. It is the sender's own when its number is the one WhatsApp tells of them; where WhatsApp tells
    none, when WhatsApp itself says that it answers our request for their number."""
    card = next(iter(_dicts(cards)), {})
    phones = _dicts(card.get("phones"))
    numbers = [_word(phone.get("wa_id")) or _digits(_word(phone.get("phone"))) for phone in phones]
    if sender.phone and sender.phone in numbers and not forwarded:
        return Heard(contact=Contact(sender.phone, sender.address), message=number)
    own = not sender.phone and not forwarded and card.get("origin") == "contact_request" and len(phones) == 1
    phone = next((n for n in numbers if n), "")
    if not phone:
        return Heard(message=number)
    proven = own and bool(_word(phones[0].get("wa_id")))
    return Heard(contact=Contact(phone, sender.address if proven else None), message=number)


# --- reading what others wrote ---


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _code(fault: Json) -> int:
    code = fault.get("code")
    return code if isinstance(code, int) else 0
