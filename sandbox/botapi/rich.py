"""Headings, tables and details in one message: rich messages given as blocks."""

from typing import Any

from aiogram.types import RichMessage
from pydantic import ValidationError

from sandbox.botapi.places import writable
from sandbox.botapi.reading import Params
from sandbox.botapi.sending import send
from sandbox.botapi.table import method
from sandbox.chats import Json
from sandbox.markup.html import parse_html
from sandbox.refusals import bad
from sandbox.world import World


def read_rich(params: Params) -> Json:
    """`rich_message` of a request as a field of the message; markup becomes plain paragraphs."""
    given = params.object("rich_message") or {}
    blocks: list[Any]
    if given.get("blocks"):
        blocks = given["blocks"]
    elif given.get("html"):
        text, _ = parse_html(str(given["html"]))
        blocks = [{"type": "paragraph", "text": line} for line in text.splitlines() if line.strip()]
    elif given.get("markdown"):
        lines = str(given["markdown"]).splitlines()
        blocks = [{"type": "paragraph", "text": line} for line in lines if line.strip()]
    else:
        raise bad("rich message must be non-empty")
    rich: Json = {"blocks": blocks}
    if given.get("is_rtl"):
        rich["is_rtl"] = True
    try:
        RichMessage.model_validate(rich)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise bad(f"can't parse rich message: {first['msg']} (at {place})") from None
    return {"rich_message": rich}


@method("sendRichMessage")
def send_rich_message(world: World, params: Params) -> Json:
    return send(world, params, read_rich(params))


@method("sendRichMessageDraft")
def send_rich_message_draft(world: World, params: Params) -> bool:
    chat = writable(world, params)
    if not params.number("draft_id"):
        raise bad("draft identifier must be non-zero")
    world.tell({"kind": "typing", "chat": chat.id, "action": "typing"})
    return True
