"""What is each kind of message in Meta's documentation answered, with the phone and without, by the real webhook and
the real turn? None: silence, for a reason."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.whatsapp.hearing import SILENT, UNREADABLE
from tests.bot.crowd import refused
from tests.bot.whatsapp.hooks import Json, a_message, post, told_by
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import on_stage

FILE = "Бул файл эмне үчүн экенин түшүнгөн жокмун"
LOST, MENU, UNCHANGED = "Түшүнбөй калдым", "Баскычты басыңыз же эмне керек", "ошол бойдон калат"
UNKNOWN: Json = {
    "code": 131051,
    "title": "Message type unknown",
    "message": "Message type unknown",
    "error_data": {"details": "Message type is currently not supported."},
}
GONE: Json = {**UNKNOWN, "code": 131060, "title": "Message unavailable", "message": "This message is unavailable."}
MEDIA: Json = {"id": "1003383421387256", "sha256": "xMeYCkLlEmbYGp6RGLgsXNKpIH", "mime_type": "image/jpeg"}
CARD: Json = {
    "addresses": [],
    "birthday": "1999-01-23",
    "emails": [{"email": "barbara@example.com", "type": "HOME"}],
    "name": {"formatted_name": "Барбара", "first_name": "Барбара"},
    "org": {"company": "x", "department": "y", "title": "z"},
    "phones": [{"phone": "+1 (650) 555-1234", "wa_id": "16505551234", "type": "HOME"}],
    "urls": [],
}
# what it is, the message, the words of the answer
KINDS: list[tuple[str, Json, str | None]] = [
    ("text", a_message("", "text", {"body": "/menu"}), MENU),
    ("text of an advertisement", {**a_message("", "text", {"body": "Ашар"}), "referral": {"source_id": "1"}}, MENU),
    (
        "text about a ware",
        {**a_message("", "text", {"body": "?"}), "context": {"referred_product": {"catalog_id": "1"}}},
        LOST,
    ),
    (
        "text that quotes",
        {**a_message("", "text", {"body": "/menu"}), "context": {"from": "996700000777", "id": "wamid.0"}},
        MENU,
    ),
    ("text passed on", {**a_message("", "text", {"body": "/menu"}), "context": {"forwarded": True}}, MENU),
    ("empty text", a_message("", "text", {"body": ""}), LOST),
    ("image", a_message("", "image", {**MEDIA, "caption": "Жол"}), "Жол"),
    ("image that may be seen once", a_message("", "image", {**MEDIA, "view_once": True}), FILE),
    ("document", a_message("", "document", {**MEDIA, "mime_type": "application/pdf", "filename": "a.pdf"}), FILE),
    ("voice note", a_message("", "audio", {**MEDIA, "mime_type": "audio/ogg; codecs=opus", "voice": True}), FILE),
    ("music", a_message("", "audio", {**MEDIA, "mime_type": "audio/mpeg", "voice": False}), FILE),
    ("video", a_message("", "video", {**MEDIA, "mime_type": "video/mp4"}), LOST),
    ("video with words", a_message("", "video", {**MEDIA, "mime_type": "video/mp4", "caption": "суу"}), "суу"),
    ("sticker", a_message("", "sticker", {**MEDIA, "mime_type": "image/webp", "animated": True}), LOST),
    ("location", a_message("", "location", {"latitude": 42.87, "longitude": 74.59, "name": "Үй"}), LOST),
    ("contacts", a_message("", "contacts", [CARD]), LOST),
    ("two contacts", a_message("", "contacts", [CARD, CARD]), LOST),
    (
        "reply button",
        a_message("", "interactive", {"type": "button_reply", "button_reply": {"id": "m", "title": "Меню"}}),
        MENU,
    ),
    (
        "row of a list",
        a_message(
            "", "interactive", {"type": "list_reply", "list_reply": {"id": "h", "title": "?", "description": ""}}
        ),
        "Жардам",
    ),
    (
        "native form that nobody knows",
        a_message(
            "",
            "interactive",
            {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": '{"a": 1}'}},
        ),
        "Бул баскыч эскирип калган",
    ),
    (
        "leave to be called, which we never ask for",
        a_message(
            "", "interactive", {"type": "call_permission_reply", "call_permission_reply": {"response": "accept"}}
        ),
        None,
    ),
    ("button of a template", a_message("", "button", {"payload": "m", "text": "Ачуу"}), MENU),
    ("button of somebody else's template", a_message("", "button", {"payload": "Ооба", "text": "Ооба"}), "эскирип"),
    ("first opening of the chat", a_message("", "request_welcome", {}), MENU),
    (
        "basket of a shop",
        a_message("", "order", {"catalog_id": "1", "text": "", "product_items": [{"quantity": 1, "item_price": 7}]}),
        LOST,
    ),
    ("basket with words", a_message("", "order", {"catalog_id": "1", "text": "суу", "product_items": []}), "суу"),
    ("poll", {**a_message("", "unsupported", {"type": "poll_creation"}), "errors": [UNKNOWN]}, LOST),
    ("unsupported", {"id": "wamid.", "type": "unsupported", "errors": [UNKNOWN]}, LOST),
    ("unsupported, as it was called", {"id": "wamid.", "type": "unknown", "errors": [UNKNOWN]}, LOST),
    ("view once, as it was called", {"id": "wamid.", "type": "ephemeral", "errors": [UNKNOWN]}, LOST),
    ("message that Meta lost", {**a_message("", "unsupported", {"type": "unknown"}), "errors": [GONE]}, LOST),
    (
        "edit",
        a_message(
            "",
            "edit",
            {"original_message_id": "wamid.0", "message": {"type": "text", "text": {"body": "башкача"}}},
        ),
        UNCHANGED,
    ),
    ("edit, unsupported", {**a_message("", "unsupported", {"type": "edit"}), "errors": [UNKNOWN]}, UNCHANGED),
    ("deletion", a_message("", "revoke", {"original_message_id": "wamid.0"}), UNCHANGED),
    ("reaction", a_message("", "reaction", {"message_id": "wamid.0", "emoji": "👍"}), None),
    ("reaction taken back", a_message("", "reaction", {"message_id": "wamid.0"}), None),
    (
        "system: proof of who it is",
        a_message("", "system", {"body": "x", "type": "customer_identity_changed", "customer": "996700000101"}),
        None,
    ),
    ("kind of the next year", a_message("", "hologram", {"body": "x"}), None),
]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[WhatsAppStage]:
    """The bot of the aimak, whose people use WhatsApp."""
    async with on_stage(tmp_path, NOW, kind=WhatsAppStage) as opened:
        assert isinstance(opened, WhatsAppStage)
        yield opened


def told_since(stage: WhatsAppStage, before: int) -> str:
    """Every word that Bakyt was told since he had been told so much."""
    return "\n".join(
        f"{each.text} {each.buttons} {each.rows}" for each in stage.world.whatsapp.from_bot("bakyt")[before:]
    )


@pytest.mark.parametrize(("phone", "user"), [(True, True), (False, True)], ids=["with phone", "without phone"])
async def test_every_kind_of_message_is_answered_politely_or_left_for_a_reason(
    stage: WhatsAppStage, phone: bool, user: bool
) -> None:
    wrong = []
    for number, (name, message, expected) in enumerate(KINDS):
        await stage.write("bakyt", "/menu")
        before, calls = len(stage.world.whatsapp.from_bot("bakyt")), stage.world.calls
        one = {**message, "id": f"wamid.kind-{number}"}
        assert await post(stage, told_by(stage, "bakyt", one, phone=phone, user=user)) == 200, name
        said = told_since(stage, before)
        if (expected is None and said) or (expected or "") not in said or refused(stage.calls(calls)):
            wrong.append((name, said))
    assert wrong == []


async def test_in_a_form_what_is_no_answer_is_told_so_and_the_question_stays(stage: WhatsAppStage) -> None:
    await stage.write("bakyt", "/menu")
    await stage.tap("bakyt", "Сунуштар")
    await stage.tap("bakyt", "Сунуш киргизүү")
    await stage.write("bakyt", "жарык")
    asked = "Эмне жакшырышы керек"
    for number, (name, message, expected) in enumerate(KINDS):
        before = len(stage.world.whatsapp.from_bot("bakyt"))
        one = {**message, "id": f"wamid.form-{number}"}
        if one["type"] in (*UNREADABLE, "sticker", "location") and expected == LOST:
            await post(stage, told_by(stage, "bakyt", one))
            assert asked in told_since(stage, before), name
        elif one["type"] in ("edit", "revoke", *SILENT):
            await post(stage, told_by(stage, "bakyt", one))
            said = told_since(stage, before)
            assert (UNCHANGED if expected else "") in said, name
            assert asked not in said, name
    await stage.write("bakyt", "Көчөбүзгө чырак коюлсун, кечинде караңгы")
    assert "Сүрөт жөнөтүңүз" in stage.world.whatsapp.last("bakyt").text, "the question stood there all the time"


def test_every_kind_that_is_left_or_cannot_be_read_is_in_the_table() -> None:
    shown: set[Any] = {message["type"] for _, message, _ in KINDS}
    assert shown >= {*SILENT, *UNREADABLE}
