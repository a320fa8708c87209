"""How does the bot answer a press or an inline query? Once, in time, and not with too much."""

import re
from datetime import timedelta
from typing import Any

from sandbox.botapi.keyboards import inline_rows
from sandbox.botapi.reading import Params
from sandbox.botapi.sending import CAPTION_UNITS, TEXT_UNITS
from sandbox.botapi.table import method
from sandbox.chats import Json
from sandbox.markup import formatted, units
from sandbox.refusals import QUERY_TOO_OLD, bad
from sandbox.world import Asked, World

ANSWERABLE_FOR = timedelta(minutes=15)
ALERT_UNITS = 200
MOST_RESULTS = 50
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> bool:
    asked = _fresh(world, world.callbacks.get(params.text("callback_query_id") or ""))
    text, url = params.text("text") or "", params.text("url")
    if units(text) > ALERT_UNITS:
        raise bad("MESSAGE_TOO_LONG")
    if url and not re.match(rf"(https?://)?t\.me/{re.escape(world.bot.username)}\?start=", url):
        raise bad("URL_INVALID")
    asked.answered = True
    asked.answer = {"text": text, "show_alert": params.flag("show_alert"), "url": url}
    if text or url:
        world.alert(asked.person, text, show_alert=params.flag("show_alert"), url=url)
    return True


@method("answerInlineQuery")
def answer_inline_query(world: World, params: Params) -> bool:
    asked = _fresh(world, world.inline.get(params.text("inline_query_id") or ""))
    results = params.array("results") or []
    if len(results) > MOST_RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    seen: set[str] = set()
    for result in results:
        _check_result(result)
        if result["id"] in seen:
            raise bad("RESULT_ID_DUPLICATE")
        seen.add(result["id"])
    offset = params.text("next_offset") or ""
    if len(offset.encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    button: Any = params.object("button")
    if button and "web_app" not in button:
        if not START_PARAMETER.fullmatch(str(button.get("start_parameter", ""))):
            raise bad("START_PARAM_INVALID")
        if not button.get("text"):
            raise bad("BUTTON_TEXT_EMPTY")
    asked.answered = True
    asked.answer = {"results": results, "next_offset": offset, "button": button}
    if asked.waiter is not None and not asked.waiter.done():
        asked.waiter.set_result(asked.answer)
    return True


def _fresh(world: World, asked: Asked | None) -> Asked:
    if asked is None or world.clock.now() - asked.at > ANSWERABLE_FOR:
        raise bad(QUERY_TOO_OLD)
    return asked


def _check_result(result: Any) -> None:
    if not isinstance(result, dict) or not result.get("type"):
        raise bad("can't parse inline query result: Can't find field \"type\"")
    if not 1 <= len(str(result.get("id", "")).encode()) <= 64:
        raise bad("RESULT_ID_INVALID")
    content = result.get("input_message_content")
    if result["type"] == "article":
        if not str(result.get("title", "")).strip():
            raise bad("ARTICLE_TITLE_EMPTY")
        if not content:
            raise bad("message text is empty")
    if content and "message_text" in content:
        text, _ = formatted(content["message_text"] or "", content.get("parse_mode"), content.get("entities"))
        if not text:
            raise bad("message text is empty")
        if units(text) > TEXT_UNITS:
            raise bad("MESSAGE_TOO_LONG")
    if result.get("caption"):
        text, _ = formatted(result["caption"], result.get("parse_mode"), result.get("caption_entities"))
        if units(text) > CAPTION_UNITS:
            raise bad("MEDIA_CAPTION_TOO_LONG")
    markup: Json = result.get("reply_markup") or {}
    if markup:
        inline_rows(markup.get("inline_keyboard", []), None)
