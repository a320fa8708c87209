"""How is an event told to the bot? The envelope of `whatsapp_business_account` and its signature."""

import hashlib
import hmac
from datetime import datetime

from sandbox.chats import Json
from sandbox.graphapi.phones import Message, Phone


def sign(body: bytes, secret: str) -> str:
    """The value of X-Hub-Signature-256 for a raw body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def stamp(at: datetime) -> str:
    """Whole seconds since 1970, as text."""
    return str(int(at.timestamp()))


def envelope(business_id: str, changes: list[Json]) -> Json:
    """One entry of the business account with these changes."""
    return {"id": business_id, "changes": changes}


def posted(entries: list[Json]) -> Json:
    """The whole body of a POST."""
    return {"object": "whatsapp_business_account", "entry": entries}


def change(metadata: Json, **parts: list[Json]) -> Json:
    """A change of the field `messages`: `contacts` with `messages`, `statuses` or `errors`."""
    value: Json = {"messaging_product": "whatsapp", "metadata": metadata}
    value |= {name: part for name, part in parts.items() if part}
    return {"value": value, "field": "messages"}


def incoming(phone: Phone, message: Message, number: str) -> Json:
    """What a person wrote to the business `number`, as an entry of `messages`."""
    body: Json = {}
    if not phone.hides_number:
        body["from"] = phone.wa_id
    body |= {"from_user_id": phone.user_id, "id": message.id, "timestamp": stamp(message.at), "type": message.kind}
    if message.replies_to:
        body["context"] = {"from": number, "id": message.replies_to}
    elif message.forwarded:
        body["context"] = {"forwarded": True}
    if message.kind == "unsupported":
        body["errors"] = [
            {
                "code": 131051,
                "title": "Message type unknown",
                "message": "Message type unknown",
                "error_data": {"details": "Message type is currently not supported."},
            }
        ]
        body["unsupported"] = message.content
    elif message.kind != "request_welcome":
        body[message.kind] = message.content.get("list") if message.kind == "contacts" else message.content
    return body


def status(phone: Phone, message: Message, state: str, at: datetime) -> Json:
    """How far a message of the bot has come, as an entry of `statuses`."""
    body: Json = {"id": message.id, "status": state, "timestamp": stamp(at)}
    if not phone.hides_number:
        body["recipient_id"] = phone.wa_id
    if phone.registered:
        body["recipient_user_id"] = phone.user_id
    if message.tracker:
        body["biz_opaque_callback_data"] = message.tracker
    if state == "failed":
        body["errors"] = [message.error]
        return body
    category = "utility" if message.kind == "template" else "service"
    body["pricing"] = {
        "billable": message.kind == "template",
        "pricing_model": "PMP",
        "category": category,
        "type": "regular" if message.kind == "template" else "free_customer_service",
    }
    return body
