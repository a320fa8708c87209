"""What does POST /{phone number id}/messages do? Check, count, put into the chat, and tell how far it came."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from sandbox.chats import Json
from sandbox.graphapi import flows, interactive
from sandbox.graphapi.media import LARGEST, TYPES
from sandbox.graphapi.phones import Media, Message, Phone
from sandbox.graphapi.reading import listed, number, part, words
from sandbox.graphapi.refusals import (
    MEDIA_DOWN,
    NOT_ALLOWED,
    REENGAGE,
    UNDELIVERABLE,
    Refused,
    invalid,
    missing,
    not_valid,
)
from sandbox.graphapi.templates import fill
from sandbox.graphapi.whatsapp import WhatsApp

TEXT = 4096
CAPTION = 1024
CAPTIONED = ("image", "video", "document")
HERE = ("127.0.0.1", "localhost", "::1")


async def post(whatsapp: WhatsApp, body: Json, via: str = "") -> Json:
    """The answer to a request to send by that number (empty: the first) of the business; raises Refused."""
    if body.get("messaging_product") != "whatsapp":
        raise invalid("The parameter messaging_product is required.")
    if "status" in body:
        return _read(whatsapp, body)
    to = str(body.get("recipient") or body.get("to") or "")
    if not to:
        raise invalid("The parameter to is required.")
    digits = "".join(c for c in to if c.isdigit())
    phone = whatsapp.addressee(to if "." in to else digits)
    if whatsapp.allowed is not None and (phone is None or phone.wa_id not in whatsapp.allowed):
        raise Refused(NOT_ALLOWED)
    if phone is None and "." not in to and not 8 <= len(digits) <= 15:
        raise not_valid("Recipient is not a valid phone number")
    kind = str(body.get("type") or "text")
    if kind not in CHECKS:
        raise invalid(f'Param type must be one of {{{", ".join(CHECKS).upper()}}} - got "{kind}".')
    content: Json = {"list": listed(body, "contacts", "")} if kind == "contacts" else part(body, kind)
    CHECKS[kind](whatsapp, content)
    media = await _medium(whatsapp, kind, content)
    filled = fill(whatsapp.templates, content) if kind == "template" else None
    if phone is None:
        return _nobody(whatsapp, to, digits, via)
    late = _trouble(whatsapp, phone, kind, via)
    if late is not None and late.code not in whatsapp.told_later:
        raise late
    whatsapp.pace.take(phone.person.id, whatsapp.world.clock.now(), via)
    if kind == "reaction":
        message = _react(whatsapp, phone, content)
    else:
        message = whatsapp.new_message(phone, kind, content, by_bot=True)
    message.media, message.via = media, via
    message.replies_to = (body.get("context") or {}).get("message_id")
    message.tracker = body.get("biz_opaque_callback_data")
    if filled is not None:
        message.words, message.quick, message.link = filled.text, filled.quick, filled.link
        if filled.header is not None:
            above = str(filled.header["type"])
            message.media = await _medium(whatsapp, above, filled.header[above])
    if kind == "interactive" and content["type"] == "cta_url":
        parameters = content["action"]["parameters"]
        message.link = {"title": parameters["display_text"], "url": parameters["url"]}
    phone.typing_until = None
    if late is not None:
        whatsapp.fail(phone, message, late)
    else:
        whatsapp.deliver(phone, message)
    contact: Json = {"input": to}
    if "." not in to:
        contact["wa_id"] = phone.wa_id
    contact["user_id"] = phone.user_id
    sent: Json = {"id": message.id}
    if kind == "template":
        sent["message_status"] = "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]}


def _trouble(whatsapp: WhatsApp, phone: Phone, kind: str, via: str) -> Refused | None:
    if phone.blocked or not phone.registered:
        return Refused(UNDELIVERABLE)
    if kind != "template" and not phone.is_open(whatsapp.world.clock.now(), via):
        return Refused(REENGAGE)
    return None


def _nobody(whatsapp: WhatsApp, to: str, digits: str, via: str) -> Json:
    """Nobody of that number has WhatsApp: the API accepts the message all the same, and tells later."""
    refusal = Refused(UNDELIVERABLE)
    if UNDELIVERABLE not in whatsapp.told_later or "." in to:
        raise refusal
    wamid = whatsapp.tell_nobody(digits, refusal, via)
    contacts = [{"input": to, "wa_id": digits}]
    return {"messaging_product": "whatsapp", "contacts": contacts, "messages": [{"id": wamid}]}


def _read(whatsapp: WhatsApp, body: Json) -> Json:
    if body["status"] != "read":
        raise invalid('Param status must be one of {READ} - got "' + str(body["status"]) + '".')
    wamid = body.get("message_id")
    if not wamid:
        raise missing("message_id")
    found = next(((p, m) for p in whatsapp.phones.values() if (m := p.find(str(wamid))) is not None), None)
    if found is None or found[1].by_bot:
        raise invalid("Invalid parameter: message_id does not belong to an incoming message")
    phone, message = found
    message.status = "read"
    indicator: Any = body.get("typing_indicator")
    if indicator is not None:
        if not isinstance(indicator, dict) or indicator.get("type") != "text":
            raise invalid("Param typing_indicator['type'] must be one of {TEXT}.")
        whatsapp.begin_typing(phone)
    whatsapp.changed(phone, message)
    return {"success": True}


def _react(whatsapp: WhatsApp, phone: Phone, content: Json) -> Message:
    target = phone.find(content["message_id"])
    if target is None:
        raise not_valid("Reaction message_id is not known")
    if content.get("emoji"):
        target.reactions["bot"] = content["emoji"]
    else:
        target.reactions.pop("bot", None)
    whatsapp.changed(phone, target)
    return whatsapp.loose_message(phone, "reaction", content)


async def _medium(whatsapp: WhatsApp, kind: str, content: Json) -> Media | None:
    if kind == "interactive":
        header: Json = content.get("header") or {}
        header_kind = str(header.get("type", "text"))
        return None if header_kind == "text" else await _medium(whatsapp, header_kind, header[header_kind])
    if kind not in TYPES:
        return None
    if content.get("id"):
        return whatsapp.find_media(str(content["id"]))
    link = str(content["link"])
    if urlsplit(link).hostname not in HERE:
        raise Refused(MEDIA_DOWN, f"the sandbox fetches media from this machine only, not {link}")
    try:
        timeout = aiohttp.ClientTimeout(total=5)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(link) as response:
            if response.status != 200:
                raise Refused(MEDIA_DOWN, f"Downloading media from weblink failed with http code {response.status}")
            data, mime = await response.read(), response.content_type
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Refused(MEDIA_DOWN, f"Downloading media from weblink failed: {type(error).__name__}") from error
    if mime not in TYPES[kind] or len(data) > LARGEST[kind]:
        raise Refused(MEDIA_DOWN, f"Media of {len(data)} bytes and type {mime} cannot be sent as {kind}")
    return whatsapp.keep(kind, data, str(content.get("filename") or link.rsplit("/", 1)[-1]), mime)


def _text(whatsapp: WhatsApp, content: Json) -> None:
    words(content, "body", "text", TEXT)


def _media(kind: str) -> Callable[[WhatsApp, Json], None]:
    def check(whatsapp: WhatsApp, content: Json) -> None:
        _source(whatsapp, kind, content)
        if content.get("caption") is not None:
            if kind not in CAPTIONED:
                raise invalid(f'Unexpected key "caption" on param "{kind}".')
            words(content, "caption", kind, CAPTION, needed=False)
        if content.get("filename") is not None and kind != "document":
            raise invalid(f'Unexpected key "filename" on param "{kind}".')

    return check


def _source(whatsapp: WhatsApp, kind: str, content: Json) -> None:
    media_id, link = content.get("id"), content.get("link")
    if bool(media_id) == bool(link):
        raise invalid(f"The parameter {kind} must have either id or link.")
    if link:
        if urlsplit(str(link)).scheme not in ("http", "https"):
            raise invalid(f"Param {kind}['link'] is not a valid URI.")
        return
    media = whatsapp.find_media(str(media_id))
    if media is None:
        raise not_valid(f"Media ID {media_id} is not valid or has expired")
    if media.mime not in TYPES[kind]:
        raise not_valid(f"Media of type {media.mime} cannot be sent as {kind}")
    if media.size > LARGEST[kind]:
        raise not_valid(f"Media of {media.size} bytes is too large to be sent as {kind}")


def _interactive(whatsapp: WhatsApp, content: Json) -> None:
    interactive.check(content, lambda kind, medium: _source(whatsapp, kind, medium))
    if content["type"] == "flow":
        flows.check(whatsapp.flows, content["action"]["parameters"])


def _location(whatsapp: WhatsApp, content: Json) -> None:
    number(content, "latitude", "location", -90, 90)
    number(content, "longitude", "location", -180, 180)


def _contacts(whatsapp: WhatsApp, content: Json) -> None:
    people = listed(content, "list", "contacts")
    if not people:
        raise missing("contacts")
    for person in people:
        name = part(person, "name", "contacts")
        words(name, "formatted_name", "contacts['name']", 1000)
        if not any(name.get(key) for key in ("first_name", "last_name", "middle_name", "suffix", "prefix")):
            raise not_valid("At least one of the optional name parameters must be set with formatted_name")


def _reaction(whatsapp: WhatsApp, content: Json) -> None:
    if not content.get("message_id"):
        raise missing("reaction['message_id']")
    words(content, "emoji", "reaction", 8, needed=False)


def _template(whatsapp: WhatsApp, content: Json) -> None:
    for component in listed(content, "components", "template"):
        listed(component, "parameters", "template['components']")


CHECKS: dict[str, Callable[[WhatsApp, Json], None]] = {
    "text": _text,
    "interactive": _interactive,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "template": _template,
    **{kind: _media(kind) for kind in TYPES},
}
