"""What did somebody say in WhatsApp? An arrival becomes what the kit understands.

Every kind of message in Meta's documentation is answered or has a reason for silence here; what is in `UNREADABLE` was
said to the bot but cannot be read by it, and gets the answer of words that were not understood."""

import json
import logging
import re

from bot.whatsapp.draw import SEND_CONTACT
from bot.whatsapp.flows import answers_in
from bot.whatsapp.reading import Json, a_dict, a_word, code_of, dicts, digits
from bot.whatsapp.updates import Sender, sender_of
from civic.files import Attachment, FileKind
from civic.spelling import clean
from handlers.ways import Unchanged
from talk.turn import Contact, Heard

# polls, events, what may be seen once and whatever Meta's API has no words for; a basket of a shop that we do not have
UNREADABLE = ("unsupported", "unknown", "ephemeral", "order")
SILENT = {
    "reaction": "a sign on a message asks for nothing",
    "system": "Meta tells who has another number or id; the person said nothing (updates.py: moved)",
}
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


def hear(payload: str) -> Heard | None:
    """What the arrival says; None when nothing is to be answered: what is in SILENT, and kinds not known yet."""
    arrival = a_dict(json.loads(payload))
    message, sender = a_dict(arrival.get("message")), sender_of(arrival)
    kind = message.get("type")
    inside = a_dict(message.get(kind)) if isinstance(kind, str) else {}
    number = a_word(message.get("id")) or None
    if sender is None:
        return None
    match kind:
        case "text":
            return _said(a_word(inside.get("body")), number)
        case "interactive":
            return _tapped(inside, sender, number)
        case "button":
            return _pressed(a_word(inside.get("payload")), "", sender, number)
        case "image" | "document":
            return Heard(text=_caption(inside), file=_file(inside, is_image=kind == "image"), message=number)
        case "audio" | "voice" if a_word(inside.get("id")):
            return Heard(file=Attachment(a_word(inside.get("id")), FileKind.VOICE, "voice.ogg", 0), message=number)
        case "audio" | "voice" | "video" | "sticker":
            return Heard(text=_caption(inside), message=number)
        case "edit" | "revoke":
            return Heard(press=Unchanged().pack(), message=number)
        case "unsupported" if inside.get("type") in ("edit", "revoke"):
            return Heard(press=Unchanged().pack(), message=number)
        case _ if kind in UNREADABLE:
            return Heard(text=clean(a_word(inside.get("text"))), message=number)
        case "location":
            return _place(inside, number)
        case "contacts":
            return _contact(message, sender, number)
        case "request_welcome":
            return Heard(command="start", message=number)
    faults = ", ".join(str(code_of(fault)) for fault in dicts(message.get("errors")))
    _log.info("nothing to answer: %s %s (%s)", str(kind)[:32], faults, SILENT.get(str(kind), "not known"))
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
    reply = a_dict(inside.get(kind)) if isinstance(kind, str) else {}
    if kind in ("button_reply", "list_reply"):
        return _pressed(a_word(reply.get("id")), a_word(reply.get("title")), sender, number)
    if kind == "nfm_reply":
        return _filled_in(a_word(reply.get("response_json")), number)
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
        given = a_dict(json.loads(sent))
    except (ValueError, RecursionError):
        given = {}
    return Heard(press=a_word(given.get("flow_token")) or "?", filled=answers_in(given), message=number)


def _caption(inside: Json) -> str:
    return clean(a_word(inside.get("caption")))


def _file(inside: Json, *, is_image: bool) -> Attachment | None:
    """A photo or paper; how large it is becomes known when it is fetched."""
    ref = a_word(inside.get("id"))
    if not ref:
        return None
    if is_image:
        return Attachment(ref, FileKind.PICTURE, "photo.jpg", 0)
    picture = a_word(inside.get("mime_type")).startswith("image/")
    return Attachment(ref, FileKind.PICTURE if picture else FileKind.PAPER, clean(a_word(inside.get("filename"))), 0)


def _place(inside: Json, number: str | None) -> Heard | None:
    latitude, longitude = inside.get("latitude"), inside.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    return Heard(location=(float(latitude), float(longitude)), message=number)


def _contact(message: Json, sender: Sender, number: str | None) -> Heard:
    """A shared card. It is the sender's own when its number is the one WhatsApp tells of them; where WhatsApp tells
    none, when WhatsApp itself says that it answers our request for their number. It says so in the card or beside."""
    shared, context = message.get("contacts"), a_dict(message.get("context"))
    around = a_dict(shared)
    cards = dicts(around.get("contacts") if around else shared)
    card = cards[0] if cards else {}
    phones = dicts(card.get("phones"))
    numbers = [a_word(phone.get("wa_id")) or digits(a_word(phone.get("phone"))) for phone in phones]
    forwarded = any(context.get(name) for name in ("forwarded", "frequently_forwarded"))
    if sender.phone and sender.phone in numbers and not forwarded:
        return Heard(contact=Contact(sender.phone, sender.address), message=number)
    phone = next((n for n in numbers if n), "")
    if not phone:
        return Heard(message=number)
    answers = "contact_request" in (card.get("origin"), around.get("origin"), message.get("origin"))
    told = bool(a_word(phones[0].get("wa_id"))) or bool(a_word(context.get("id")))
    proven = answers and told and not sender.phone and not forwarded and len(cards) == len(phones) == 1
    return Heard(contact=Contact(phone, sender.address if proven else None), message=number)
