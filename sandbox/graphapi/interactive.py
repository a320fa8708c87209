"""Is an interactive message as the documentation wants it? Buttons, lists, links, requests for a place, forms."""

import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

from sandbox.chats import Json
from sandbox.graphapi.reading import label, listed, part, words
from sandbox.graphapi.refusals import invalid, missing, not_valid

BODY = 1024
HEADER = FOOTER = 60
BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
ROWS, SECTIONS = 10, 10
ROW_TITLE, ROW_WORDS, ROW_ID, SECTION_TITLE = 24, 72, 200, 24
PICTURES = ("image", "video", "document")
# what may stand above the body, by type
HEADERS: dict[str, tuple[str, ...]] = {
    "button": ("text", *PICTURES),
    "list": ("text",),
    "cta_url": ("text", *PICTURES),
    "location_request_message": (),
    "request_contact_info": (),
    "flow": ("text", *PICTURES),
}


def check(content: Json, medium: Callable[[str, Json], None]) -> None:
    """Raises the API's refusal of a bad `interactive` object; `medium` checks a picture in the header."""
    kind = content.get("type")
    if kind is None:
        raise missing("interactive['type']")
    if kind not in HEADERS:
        raise invalid(f"Param interactive['type'] must be one of {{{', '.join(HEADERS).upper()}}} - got \"{kind}\".")
    words(part(content, "body", "interactive"), "text", "interactive['body']", BODY)
    if content.get("footer") is not None:
        words(part(content, "footer", "interactive"), "text", "interactive['footer']", FOOTER)
    if content.get("header") is not None:
        _header(part(content, "header", "interactive"), str(kind), medium)
    action = part(content, "action", "interactive")
    ACTIONS[str(kind)](action)


def _header(header: Json, kind: str, medium: Callable[[str, Json], None]) -> None:
    header_kind = header.get("type")
    if header_kind not in HEADERS[kind]:
        raise not_valid(f"Header type {header_kind!r} is not supported for interactive type {kind}")
    if header_kind == "text":
        words(header, "text", "interactive['header']", HEADER)
    else:
        medium(str(header_kind), part(header, str(header_kind), "interactive['header']"))


def _buttons(action: Json) -> None:
    buttons = listed(action, "buttons", "interactive['action']")
    if not 1 <= len(buttons) <= BUTTONS:
        raise not_valid(f"Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: {BUTTONS}")
    ids, titles = [], []
    for button in buttons:
        if button.get("type") != "reply":
            raise not_valid("Button type must be reply")
        reply = part(button, "reply", "button")
        titles.append(label(reply, "title", "Button title", BUTTON_TITLE))
        ids.append(label(reply, "id", "Button id", BUTTON_ID))
        if ids[-1] != ids[-1].strip():
            raise not_valid("Button id cannot have leading or trailing spaces")
    if len(set(ids)) < len(ids):
        raise not_valid("Button ids must be unique: duplicated button id found")
    if len(set(titles)) < len(titles):
        raise not_valid("Button titles must be unique: duplicated button title found")


def _list(action: Json) -> None:
    label(action, "button", "Button label", BUTTON_TITLE)
    sections = listed(action, "sections", "interactive['action']")
    if not 1 <= len(sections) <= SECTIONS:
        raise not_valid(f"Invalid sections count. Min allowed sections: 1, Max allowed sections: {SECTIONS}")
    ids: list[str] = []
    for section in sections:
        if len(sections) > 1 or section.get("title"):
            label(section, "title", "Section title", SECTION_TITLE)
        rows = listed(section, "rows", "section")
        if not rows:
            raise not_valid("Section must have at least one row")
        for row in rows:
            ids.append(label(row, "id", "Row id", ROW_ID))
            label(row, "title", "Row title", ROW_TITLE)
            if row.get("description"):
                label(row, "description", "Row description", ROW_WORDS)
    if len(ids) > ROWS:
        raise not_valid(f"Total row count exceed max allowed count: {ROWS}")
    if len(set(ids)) < len(ids):
        raise not_valid("Row ids must be unique: duplicated row id found")


def _named(action: Json, name: str) -> None:
    if action.get("name") != name:
        raise not_valid(f"interactive['action']['name'] must be {name}")


def _link(action: Json) -> None:
    _named(action, "cta_url")
    parameters = part(action, "parameters", "interactive['action']")
    label(parameters, "display_text", "Button display_text", BUTTON_TITLE)
    address = words(parameters, "url", "interactive['action']['parameters']", 2000)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise not_valid("URL is not valid: it must begin with http:// or https://")


def _place(action: Json) -> None:
    _named(action, "send_location")


def _contact(action: Json) -> None:
    _named(action, "request_contact_info")


def _flow(action: Json) -> None:
    _named(action, "flow")
    parameters = part(action, "parameters", "interactive['action']")
    cta = label(parameters, "flow_cta", "flow_cta", BUTTON_TITLE)
    if any(unicodedata.category(c) in ("So", "Cs") for c in cta):
        raise not_valid("flow_cta may carry no emoji")
    if str(parameters.get("flow_message_version")) != "3":
        raise not_valid("flow_message_version must be 3")
    if bool(parameters.get("flow_id")) == bool(parameters.get("flow_name")):
        raise not_valid("Exactly one of flow_id and flow_name is required")
    if parameters.get("flow_action", "navigate") == "navigate" and "flow_action_payload" in parameters:
        payload = part(parameters, "flow_action_payload", "parameters")
        words(payload, "screen", "flow_action_payload", 200)


ACTIONS: dict[str, Callable[[Json], None]] = {
    "button": _buttons,
    "list": _list,
    "cta_url": _link,
    "location_request_message": _place,
    "request_contact_info": _contact,
    "flow": _flow,
}
