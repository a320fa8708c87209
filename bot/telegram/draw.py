"""How is a screen drawn in Telegram? Text with entities (so what people wrote is never markup) and a keyboard."""

import logging
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import quote

from bot.drawing import Entities, bar_of, split, units
from civic.spelling import clean
from talk.screen import Ask, Button, File, Screen

TEXT_LIMIT = 4_096  # UTF-16 units
CAPTION_LIMIT = 1_024
Markup = dict[str, Any]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """A call to the Bot API as it travels: plain values, for building and reading aiogram's objects is most of the
    work of a simple answer (make bench). `upload` goes along as the field of that name."""

    method: str
    chat: int
    params: dict[str, Any]
    upload: tuple[str, File] | None = None

    def body(self) -> dict[str, Any]:
        """The fields of the call; what is None is left out."""
        return {"chat_id": self.chat, **{name: value for name, value in self.params.items() if value is not None}}


# Every part of a screen is drawn, or belongs to something that is drawn. A new part fails the test until it is here.
DRAWN = frozenset(
    (
        "title icon state text folded facts bar choice first_number question note forward picture document "
        "buttons alert at fresh puts_keyboard_away results lead together language"
    ).split()
)
assert {f.name for f in fields(Screen)} == DRAWN, {f.name for f in fields(Screen)} ^ DRAWN


@dataclass
class _Page:
    """Text that grows with its entities."""

    text: str = ""
    length: int = 0
    entities: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, words: str, style: str = "") -> None:
        words = clean(words)
        if not words:
            return
        length = units(words)
        if style:
            self.entities.append((style, self.length, length))
        self.text += words
        self.length += length

    def gap(self, lines: int) -> None:
        """So many line ends, but no more than one empty line between two parts."""
        lines = min(lines, 2 - len(self.text) + len(self.text.rstrip("\n")))
        if self.text:
            self.text += "\n" * lines
            self.length += lines


def page_of(screen: Screen) -> _Page:
    """The words of a screen in their order, with what is bold and what is folded."""
    page = _Page()
    if screen.lead:
        page.add(screen.lead)
        page.gap(2)
    if screen.title:
        page.add(f"{screen.icon} {screen.title}" if screen.icon else screen.title, "bold")
        page.gap(1)
    if screen.state:
        page.add(screen.state)
        page.gap(1)
    if screen.text:
        page.gap(1)
        page.add(screen.text)
        page.gap(1)
    if screen.facts:
        page.gap(1)
        for fact in screen.facts:
            page.add(f"{fact.label}:", "bold")
            page.text, page.length = page.text + " ", page.length + 1
            page.add(fact.value)
            page.gap(1)
    if screen.bar:
        page.add(bar_of(screen.bar))
        page.gap(1)
    if screen.question:
        page.gap(1)
        page.add(screen.question.text)
        page.gap(1)
    if screen.folded:
        page.gap(1)
        page.add(screen.folded, "expandable_blockquote")
        page.gap(1)
    if screen.note:
        page.gap(0 if screen.folded else 1)  # a quotation keeps its own distance
        page.add(f"📍 {screen.note}", "italic")
    text = page.text.rstrip()
    page.length -= len(page.text) - len(text)
    page.text = text
    return page


def keyboard_of(screen: Screen) -> Markup | None:
    """The numbered choice, then the rows of actions."""
    rows = [
        [_inline(button, f"{number}. {button.label}")]
        for number, button in enumerate(screen.choice, screen.first_number)
    ]
    rows += [[_inline(button, button.label) for button in row] for row in screen.buttons if row]
    return {"inline_keyboard": rows} if rows else None


def _inline(button: Button, label: str) -> dict[str, str]:
    shown = {"text": clean(label)[:64] or "…"}
    if button.press is not None:
        return {**shown, "callback_data": button.press.pack()}
    if button.inline is not None:
        return {**shown, "switch_inline_query": clean(button.inline)}
    if button.share is not None:
        return {**shown, "url": f"https://t.me/share/url?url={quote(button.share, safe='')}"}
    return {**shown, "url": button.link or ""}


def draw(screen: Screen, chat: int, *, redraw: int | None) -> list[Call]:
    """The calls that show the screen in a chat: an edit of the message `redraw` where that is possible, then what
    needs messages of its own."""
    calls: list[Call] = []
    if screen.together is not None:
        _log.info("dropped: a page of questions, for Telegram has no forms; they are asked one by one")
    if screen.puts_keyboard_away:
        away = split(clean(screen.puts_keyboard_away) or "…", (), TEXT_LIMIT)
        calls += _messages(chat, away, {"remove_keyboard": True})
    page = page_of(screen)
    keyboard = keyboard_of(screen)
    has_file = screen.document is not None or screen.picture is not None
    asks = screen.question is not None and screen.question.asks is not None
    if not page.text and screen.alert and redraw is None:
        page.add(screen.alert)
    if not page.text and not has_file and (keyboard is not None or asks):
        page.add("👇")
    parts = split(page.text, page.entities, TEXT_LIMIT)
    if has_file:
        calls += _media(screen, chat, page, keyboard)
    elif asks:
        calls += _with_reply_keyboard(screen, chat, page)
    elif redraw is not None and len(parts) == 1 and not screen.fresh and not calls:
        text, entities = parts[0]
        calls.append(
            Call("editMessageText", chat, {"message_id": redraw, **_text(text, entities), "reply_markup": keyboard})
        )
    else:
        calls += _messages(chat, parts, keyboard)
    if screen.forward:
        calls += _messages(chat, split(clean(screen.forward), (), TEXT_LIMIT), None)
    return calls


def _text(text: str, entities: Entities) -> dict[str, Any]:
    return {"text": text, "entities": entities or None, "link_preview_options": {"is_disabled": True}}


def _messages(chat: int, parts: list[tuple[str, Entities]], markup: Markup | None) -> list[Call]:
    """The parts as messages, the markup under the last."""
    last = len(parts) - 1
    return [
        Call("sendMessage", chat, {**_text(text, entities), "reply_markup": markup if i == last else None})
        for i, (text, entities) in enumerate(parts)
    ]


def _media(screen: Screen, chat: int, page: _Page, keyboard: Markup | None) -> list[Call]:
    """The file with the text as its caption; a longer text follows in messages of its own."""
    kind = "document" if screen.document is not None else "photo"
    file = screen.document or screen.picture
    kind = "voice" if file is not None and file.name.endswith(".ogg") else kind
    assert file is not None
    parts = split(page.text, page.entities, CAPTION_LIMIT)
    if len(parts) > 1:
        alone = Call(f"send{kind.capitalize()}", chat, {}, (kind, file))
        return [alone, *_messages(chat, split(page.text, page.entities, TEXT_LIMIT), keyboard)]
    caption, entities = parts[0] if parts else ("", [])
    under = {"caption": caption or None, "caption_entities": entities or None, "reply_markup": keyboard}
    return [Call(f"send{kind.capitalize()}", chat, under, (kind, file))]


def _with_reply_keyboard(screen: Screen, chat: int, page: _Page) -> list[Call]:
    """A question that only the messenger's own button can answer; the other ways on are typed by their buttons."""
    question = screen.question
    assert question is not None
    wanted = "request_contact" if question.asks is Ask.CONTACT else "request_location"
    ways = [*((button,) for button in screen.choice), *screen.buttons]
    rest = [[{"text": clean(button.label) or "…"} for button in row] for row in ways if row]
    keyboard = [[{"text": clean(question.button) or "…", wanted: True}], *rest]
    markup = {"keyboard": keyboard, "resize_keyboard": True, "one_time_keyboard": True}
    return _messages(chat, split(page.text, page.entities, TEXT_LIMIT), markup)
