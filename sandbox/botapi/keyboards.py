"""Is this keyboard possible? Inline keyboards, reply keyboards, removal and forced replies."""

import re
from typing import Any

from sandbox.botapi.reading import Params
from sandbox.chats import Chat, Json
from sandbox.markup import units
from sandbox.refusals import Refusal, bad

MOST_BUTTONS = 100
CALLBACK_BYTES = 64
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)
REQUESTS = (
    "request_users",
    "request_user",
    "request_chat",
    "request_managed_bot",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
)
LINK = re.compile(r"(https?|tg)://[^\s/]+\S*")
BARE_LINK = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")


def read_markup(params: Params, chat: Chat | None) -> Json | None:
    """The reply_markup of a request, checked; None if there is none."""
    markup = params.object("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        rows = inline_rows(markup["inline_keyboard"], chat)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        return {**markup, "keyboard": _reply_rows(markup["keyboard"], chat)}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def read_inline(params: Params, chat: Chat | None) -> Json | None:
    """The inline keyboard of a request; other kinds are refused, as when editing."""
    markup = params.object("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    rows = inline_rows(markup["inline_keyboard"], chat)
    return {"inline_keyboard": rows} if rows else None


def inline_rows(rows: Any, chat: Chat | None) -> list[list[Json]]:
    """Rows of an inline keyboard, every button checked; empty rows fall out."""
    if not isinstance(rows, list):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an array')
    checked, count = [], 0
    for row in rows:
        if not isinstance(row, list):
            raise bad('field "inline_keyboard" must be an Array of Arrays')
        count += len(row)
        if row:
            checked.append([_inline_button(button, chat) for button in row])
    if count > MOST_BUTTONS:
        raise bad("reply markup is too long")
    return checked


def _inline_button(button: Any, chat: Chat | None) -> Json:
    if not isinstance(button, dict):
        raise _broken_inline("expected an Object")
    if button.get("text") is None:
        raise _broken_inline('Can\'t find field "text"')
    if not str(button["text"]).strip():
        raise bad("inline keyboard button text must be non-empty")
    chosen = [name for name in ACTIONS if button.get(name) is not None and button[name] is not False]
    if not chosen:
        raise _broken_inline("Text buttons are unallowed in the inline keyboard")
    if len(chosen) > 1:
        raise _broken_inline(f"Exactly one action is expected, found {', '.join(chosen)}")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= CALLBACK_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    link = button.get("url")
    if link is not None and not (LINK.fullmatch(link) or BARE_LINK.fullmatch(link)):
        raise bad(f"inline keyboard button URL '{link}' is invalid: Wrong HTTP URL")
    if "web_app" in chosen:
        if chat is not None and chat.type != "private":
            raise bad("BUTTON_TYPE_INVALID")
        _check_web_app(button["web_app"], "inline keyboard button")
    copied = button.get("copy_text")
    if copied is not None and not 1 <= units(str(copied.get("text", ""))) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    return {key: value for key, value in button.items() if value is not None}


def _reply_rows(rows: Any, chat: Chat | None) -> list[list[Json]]:
    if not isinstance(rows, list):
        raise bad('field "keyboard" of the ReplyKeyboardMarkup must be an array')
    checked, count = [], 0
    for row in rows:
        if not isinstance(row, list):
            raise bad('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
        count += len(row)
        if row:
            checked.append([_reply_button(button, chat) for button in row])
    if count > 3 * MOST_BUTTONS:
        raise bad("reply markup is too long")
    if not checked:
        raise bad("reply markup is empty")
    return checked


def _reply_button(button: Any, chat: Chat | None) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or button.get("text") is None:
        raise bad("can't parse keyboard button: Can't find field \"text\"")
    if not str(button["text"]).strip():
        raise bad("keyboard button text must be non-empty")
    wanted = [name for name in REQUESTS if button.get(name)]
    if len(wanted) > 1:
        raise bad(f"can't parse keyboard button: at most one request is expected, found {', '.join(wanted)}")
    if wanted and chat is not None and chat.type != "private":
        what = {"request_contact": "phone number", "request_location": "location", "request_poll": "poll"}
        raise bad(f"{what.get(wanted[0], wanted[0])} can be requested in private chats only")
    if "web_app" in wanted:
        _check_web_app(button["web_app"], "keyboard button")
    return {key: value for key, value in button.items() if value is not None}


def _check_web_app(web_app: Any, where: str) -> None:
    link = str(web_app.get("url", "")) if isinstance(web_app, dict) else ""
    if not link.startswith("https://"):
        raise bad(f"{where} Web App URL '{link}' is invalid: Only HTTPS links are allowed")


def _broken_inline(why: str) -> Refusal:
    return bad(f"can't parse inline keyboard button: {why}")
