"""Meta posts to the webhook of a bot that runs: whatever bodies, in whatever order, signed or not."""

from datetime import datetime
from typing import Any

import aiohttp

from bot.app import WHATSAPP_PATH
from sandbox.graphapi import webhooks
from tests.bot.whatsapp.bodies import raw, sign
from tests.conversations.by_whatsapp import WhatsAppStage

Json = dict[str, Any]


async def post(stage: WhatsAppStage, told: Json | bytes, *, signature: str | None = None) -> int:
    """Posts one body, rightly signed unless a signature is given, and waits for what comes of it; gives the status."""
    content = told if isinstance(told, bytes) else raw(told)
    headers = {"X-Hub-Signature-256": signature or sign(content, stage.world.whatsapp.app_secret)}
    url = f"http://127.0.0.1:{stage.bot.port}{WHATSAPP_PATH}"
    async with aiohttp.ClientSession() as http, http.post(url, data=content, headers=headers) as answer:
        status = answer.status
    await stage.settled()
    return status


def a_message(number: str, kind: str, inside: object, *, at: datetime | None = None) -> Json:
    """A message of that kind, written then; whose it is, `told_by` says."""
    when = {"timestamp": webhooks.stamp(at)} if at is not None else {}
    return {"id": f"wamid.{number}", **when, "type": kind, kind: inside}


def a_text(number: str, words: str, *, at: datetime | None = None) -> Json:
    """A text, written then."""
    return a_message(number, "text", {"body": words}, at=at)


def told_by(stage: WhatsAppStage, who: str, *messages: Json, phone: bool = True, user: bool = True) -> Json:
    """A body with these messages of somebody, with their phone, their id or both; written now unless they say when."""
    theirs = stage.world.whatsapp.phone(who)
    ids = {"from": theirs.wa_id if phone else None, "from_user_id": theirs.user_id if user else None}
    known = {"wa_id": theirs.wa_id if phone else None, "user_id": theirs.user_id if user else None}
    when = {"timestamp": webhooks.stamp(stage.world.clock.now())}
    meta = stage.world.whatsapp
    metadata = {"display_phone_number": meta.number, "phone_number_id": meta.phone_id}
    given = [{**when, **{name: value for name, value in ids.items() if value}, **each} for each in messages]
    contact = {"profile": {"name": "Айгүл"}, **{name: value for name, value in known.items() if value}}
    return webhooks.posted(
        [webhooks.envelope(meta.business_id, [webhooks.change(metadata, contacts=[contact], messages=given)])]
    )


def held(stage: WhatsAppStage) -> list[Json]:
    """What people wrote and was held back, body by body in their order; the sandbox delivers them no more."""
    deliveries = stage.world.whatsapp.deliveries
    bodies = [delivery.body for delivery in deliveries._waiting]
    deliveries.drop()
    return [body for body in bodies if "messages" in body["entry"][0]["changes"][0]["value"]]
