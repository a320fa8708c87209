"""Webhook bodies as Meta's public documentation describes them."""

import hashlib
import hmac
import json
from typing import Any

from tests.bot.whatsapp.graph import NUMBER, PHONE_ID

Json = dict[str, Any]
SECRET, VERIFY = "0123456789abcdef-app-secret", "verify-me-please"
PHONE, USER = "996700000101", "KG.13491208655302741918"
METADATA = {"display_phone_number": NUMBER, "phone_number_id": PHONE_ID}


def contact(*, phone: str | None = PHONE, user: str | None = USER) -> Json:
    """Who wrote, as the webhook tells it: with and without the phone, with and without the id."""
    ids = {"wa_id": phone, "user_id": user}
    return {"profile": {"name": "Айгүл *Асанова*"}, **{key: value for key, value in ids.items() if value}}


def message(number: str, kind: str, inside: object, *, phone: str | None = PHONE, user: str | None = USER) -> Json:
    """A message of that kind, with that inside."""
    ids = {"from": phone, "from_user_id": user}
    told = {key: value for key, value in ids.items() if value}
    return {**told, "id": f"wamid.{number}", "timestamp": "1749416383", "type": kind, kind: inside}


def text(number: str, words: str, *, phone: str | None = PHONE, user: str | None = USER) -> Json:
    """A text message."""
    return message(number, "text", {"body": words}, phone=phone, user=user)


def change(*messages: Json, contacts: list[Json] | None = None, **more: Any) -> Json:
    """A change with these messages."""
    told = {"contacts": [contact()] if contacts is None else contacts, "messages": list(messages)} if messages else {}
    return {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": METADATA, **told, **more}}


def body(*changes: Json) -> Json:
    """A webhook with one entry that holds these changes."""
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": list(changes)}]}


def status(state: str, code: int = 0, *, user: str | None = USER) -> Json:
    """A change with a status of a message."""
    told: Json = {"id": "wamid.OUT", "status": state, "timestamp": "1750263773", "recipient_id": PHONE}
    if user:
        told["recipient_user_id"] = user
    if code:
        data = {"details": "Message Undeliverable."}
        told["errors"] = [{"code": code, "title": "Undeliverable", "message": "Undeliverable", "error_data": data}]
    return change(statuses=[told])


def tapped(kind: str, **reply: str) -> Json:
    """The inside of an interactive message."""
    return {"type": kind, kind: reply}


def raw(told: object) -> bytes:
    """The body as it travels."""
    return json.dumps(told, ensure_ascii=False).encode()


def sign(content: bytes, secret: str = SECRET) -> str:
    """Meta's signature of these bytes."""
    return "sha256=" + hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
