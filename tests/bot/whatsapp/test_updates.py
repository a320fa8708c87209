"""What did somebody do in WhatsApp, and who are they?"""

import json
from typing import Any

import pytest

from bot.whatsapp.draw import SEND_CONTACT
from bot.whatsapp.hearing import called_with, hear
from bot.whatsapp.updates import Moved, Sender, moved, sender_of, split_up
from civic.files import Attachment, FileKind
from talk.turn import Contact, Heard
from tests.bot.whatsapp.bodies import (
    PHONE,
    USER,
    body,
    change,
    contact,
    message,
    tapped,
    text,
)

# --- who ---


def arrival(told: dict[str, Any], who: dict[str, Any] | None = None) -> str:
    """The payload of a message."""
    [(_, _, payload)], _ = split_up(body(change(told, contacts=[contact() if who is None else who])))
    return payload


def test_the_business_scoped_id_is_the_address_and_the_phone_may_be_missing() -> None:
    for phone, user, address in ((PHONE, USER, USER), (None, USER, USER), (PHONE, None, PHONE)):
        told = text("1", "Салам", phone=phone, user=user)
        found = sender_of(json.loads(arrival(told, contact(phone=phone, user=user))))
        assert found == Sender(address, user or "", phone or "")
    # the id in the contact only, as before the messages carried it
    assert sender_of(json.loads(arrival(text("1", "x", user=None)))) == Sender(USER, USER, PHONE)
    assert split_up(body(change(text("1", "x", phone=None, user=None), contacts=[]))) == ([], [])


def test_a_changed_number_tells_who_it_was_and_who_it_is() -> None:
    told = {"body": "User A changed from X to Y", "wa_id": "996555000101", "type": "user_changed_number"}
    payload = arrival(message("1", "system", told, user=None), {})
    assert moved(payload) == Moved(PHONE, Sender("996555000101", "", "996555000101"))
    with_id = {**told, "user_id": "KG.2", "previous_user_id": USER}
    assert moved(arrival(message("1", "system", with_id))) == Moved(USER, Sender("KG.2", "KG.2", "996555000101"))
    assert hear(payload) is None
    assert moved(arrival(text("1", "Салам"))) is None


# --- what ---


def said(told: dict[str, Any], who: dict[str, Any] | None = None) -> Heard | None:
    """What is understood of a message."""
    return hear(arrival(told, who))


def test_words_are_cleaned_and_nothing_else() -> None:
    assert said(text("1", "  Суу\u202e жок\x00 ")) == Heard(text="Суу жок", message="wamid.1")
    assert said(text("1", "")) == Heard(message="wamid.1")


def test_a_tap_carries_its_press_even_when_the_same_press_was_there_twice() -> None:
    for kind in ("button_reply", "list_reply"):
        assert said(message("1", "interactive", tapped(kind, id="i:4", title="Суу"))) == Heard(
            press="i:4", message="wamid.1"
        )
        found = said(message("1", "interactive", tapped(kind, id="i:4#2", title="Суу")))
        assert found is not None
        assert found.press == "i:4"
    found = said(message("1", "button", {"payload": "i:4", "text": "Ачуу"}))
    assert found == Heard(press="i:4", message="wamid.1")
    found = said(message("1", "interactive", tapped("button_reply", title="Суу")))
    assert found is not None
    assert found.press == "?"  # a button that means nothing is an old button


def test_a_native_form_gives_its_answers_and_the_press_it_was_given() -> None:
    def form(answers: str) -> Heard | None:
        reply = {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": answers}}
        return said(message("1", "interactive", reply))

    told = '{"flow_token": "as:7:f:", "key_1": "title", "kind_1": "short", "short_1": "Суу\\u202e", "long_1": "x"}'
    assert form(told) == Heard(press="as:7:f:", filled=(("title", "Суу"),), message="wamid.1")
    for forged in ("{}", "not json", "[]", '{"flow_token": 7}', "", "[" * 100_000):
        assert form(forged) == Heard(press="?", message="wamid.1")  # answered like a button that means nothing


def test_photos_and_papers_come_as_files_with_their_words() -> None:
    photo = {"id": "641", "mime_type": "image/jpeg", "sha256": "x", "caption": "Жол"}
    assert said(message("1", "image", photo)) == Heard(
        text="Жол", file=Attachment("641", FileKind.PICTURE, "photo.jpg", 0), message="wamid.1"
    )
    paper = {"id": "642", "mime_type": "application/pdf", "filename": "токтом.pdf"}
    for mime, kind in (("application/pdf", FileKind.PAPER), ("image/png", FileKind.PICTURE)):
        found = said(message("1", "document", {**paper, "mime_type": mime}))
        assert found == Heard(file=Attachment("642", kind, "токтом.pdf", 0), message="wamid.1")


def test_a_voice_note_is_a_file() -> None:
    note = {"id": "643", "mime_type": "audio/ogg; codecs=opus", "voice": True}
    assert said(message("1", "audio", note)).file == Attachment("643", FileKind.VOICE, "voice.ogg", 0)  # type: ignore[union-attr]
    assert said(message("1", "audio", {"mime_type": "x"})) == Heard(message="wamid.1")


def test_films_are_answered_like_words_that_were_not_understood() -> None:
    for kind in ("video", "sticker"):
        assert said(message("1", kind, {"id": "643", "mime_type": "x"})) == Heard(message="wamid.1")
    assert said(message("1", "video", {"id": "643", "caption": "суу"})) == Heard(text="суу", message="wamid.1")


def test_a_place_is_a_place() -> None:
    place = {"latitude": 42.87, "longitude": 74, "name": "Үй", "address": "x"}
    assert said(message("1", "location", place)) == Heard(location=(42.87, 74.0), message="wamid.1")
    assert said(message("1", "location", {"latitude": "42"})) is None


def card(phone: str, *, origin: str = "other", wa_id: str | None = None) -> list[dict[str, Any]]:
    """A shared contact."""
    told = {"phone": phone, "type": "CELL", **({"wa_id": wa_id} if wa_id else {})}
    return [{"name": {"formatted_name": "Айгүл"}, "origin": origin, "phones": [told]}]


def test_a_contact_is_ones_own_only_by_whatsapps_word() -> None:
    own, foreign = Contact(PHONE, USER), Contact("996700000999", None)
    assert said(message("1", "contacts", card("+996 700 000 101"))) == Heard(contact=own, message="wamid.1")
    assert said(message("1", "contacts", card("+996 700 000 999"))) == Heard(contact=foreign, message="wamid.1")
    forwarded = {**message("1", "contacts", card(f"+{PHONE}")), "context": {"forwarded": True}}
    assert said(forwarded) == Heard(contact=Contact(PHONE, None), message="wamid.1")
    assert said(message("1", "contacts", [])) == Heard(message="wamid.1")


ASKED = {"from": "996700000777", "id": "wamid.ASKED"}


@pytest.mark.parametrize("shape", ["inside", "beside", "around"])
def test_who_hides_the_number_proves_it_by_whatsapps_own_request_wherever_it_says_so(shape: str) -> None:
    def shared(origin: str, cards: list[dict[str, Any]], *, context: dict[str, Any] | None = None) -> Contact | None:
        for each in cards:
            del each["origin"]
        told: dict[str, Any] = message("1", "contacts", cards, phone=None)
        match shape:
            case "inside":
                cards[0]["origin"] = origin
            case "beside":
                told["origin"] = origin
            case _:
                told["contacts"] = {"origin": origin, "contacts": cards}
        found = said({**told, **({"context": context} if context else {})}, contact(phone=None))
        return found.contact if found else None

    own, foreign = Contact(PHONE, USER), Contact(PHONE, None)
    assert shared("contact_request", card(f"+{PHONE}", wa_id=PHONE)) == own
    assert shared("contact_request", card(f"+{PHONE}"), context=ASKED) == own  # as Meta's page shows it: no wa_id
    # whose it is nobody says: not asked for, not as an answer, passed on from elsewhere, or one of several
    assert shared("contact_request", card(f"+{PHONE}")) == foreign
    assert shared("other", card(f"+{PHONE}", wa_id=PHONE), context=ASKED) == foreign
    for forwarded in ("forwarded", "frequently_forwarded"):
        told = card(f"+{PHONE}", wa_id=PHONE)
        assert shared("contact_request", told, context={**ASKED, forwarded: True}) == foreign
    two = card(f"+{PHONE}", wa_id=PHONE) + card("+996700000999", wa_id="996700000999")
    assert shared("contact_request", two, context=ASKED) == foreign
    numbers = card(f"+{PHONE}", wa_id=PHONE)
    numbers[0]["phones"] *= 2
    assert shared("contact_request", numbers, context=ASKED) == foreign


def test_a_strangers_card_is_never_ones_own_where_whatsapp_tells_the_number() -> None:
    cards = card("+996700000999", origin="contact_request", wa_id="996700000999")
    told = {**message("1", "contacts", cards), "origin": "contact_request", "context": ASKED}
    assert said(told) == Heard(contact=Contact("996700000999", None), message="wamid.1")


def test_sending_ones_number_takes_it_from_the_webhook_and_not_from_the_button() -> None:
    tap = message("1", "interactive", tapped("button_reply", id=SEND_CONTACT, title="Номер жөнөтүү"))
    assert said(tap) == Heard(contact=Contact(PHONE, USER), message="wamid.1")
    hidden = {key: value for key, value in tap.items() if key != "from"}
    assert said(hidden, contact(phone=None)) == Heard(text="Номер жөнөтүү", message="wamid.1")


def test_what_asks_for_no_answer_gets_none() -> None:
    for kind, inside in (
        ("reaction", {"message_id": "wamid.0", "emoji": "👍"}),
        ("system", {"type": "customer_identity_changed"}),
        ("from_next_year", {"body": "x"}),
    ):
        told = {**message("1", kind, inside), "errors": [{"code": 131051, "title": "Message type unknown"}]}
        assert said(told) is None
    assert said({**text("1", "x"), "type": 7}) is None


# --- commands ---


def test_a_command_begins_with_a_stroke_or_is_written_by_a_link() -> None:
    assert said(text("1", "/cancel")) == Heard(text="/cancel", command="cancel", message="wamid.1")
    assert said(text("1", "/start i12")) == Heard(text="/start i12", command="start", payload="i12", message="wamid.1")
    assert said(text("1", "Ашар i12")) == Heard(text="Ашар i12", command="start", payload="i12", message="wamid.1")
    assert said(message("1", "request_welcome", {})) == Heard(command="start", message="wamid.1")


@pytest.mark.parametrize(
    ("words", "payload"),
    [
        *((words, "i12") for words in ("Ашар i12", "ашар I12", " ASHAR  i 12 ", "Ashar i12.", "Aшap i12", "ашар и12")),
        *[("Ашар, і12", "i12"), ("Аshаr м7", "m7"), ("ашар", ""), ("Ashar!", "")],
        *[("Ашар lK7M2PQ9Z", "lK7M2PQ9Z"), ("Ashar gAb_C-d1234567890", "gAb_C-d1234567890")],
        *((words, None) for words in ("Ашар суу", "ашар жакшы бот", "Ashar Bishkek", "Асан i12", "i12", "ашар 12", "")),
        *[("Ашар i12 деген эмне?", None), ("Ашар " + "g" * 80, None)],
    ],
)
def test_the_text_of_a_link_is_understood_however_it_is_typed(words: str, payload: str | None) -> None:
    assert called_with(words) == payload
