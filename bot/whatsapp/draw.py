"""How is a screen drawn in WhatsApp? Text in its light markup (what people wrote never is), buttons, lists, files.

Up to three ways on are reply buttons, up to ten a list. What is more comes as a second message with the rest, and as no
more messages than hold it: WhatsApp redraws nothing, so pages of our own would cost a message each, too. A list hides
its rows behind a button, and some phones cannot open it; so every row also stands in the text, whole and with the
number that may be typed instead of it. Questions that may be asked on one page are offered as a native form with the
plain question, which stands there to be answered all the same."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import quote

from bot.drawing import bar_of, split, units
from bot.whatsapp.flows import form_of
from bot.whatsapp.text import BOLD, ITALIC, pieces_of, styled
from civic.spelling import clean
from talk.screen import Ask, Button, File, Question, Screen

TEXT_LIMIT = 4_096  # https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages
BODY_LIMIT = 1_024  # of an interactive message, and of a caption
LABEL_LIMIT = 20  # of a reply button, of the button that opens a list, of a link button
ROW_LIMIT, MORE_LIMIT = 24, 72  # title and description of a row
REPLIES, ROWS = 3, 10
SEND_CONTACT = "!contact"  # the id of «send my number»; the number itself comes with every webhook
_HAND = "👇"  # where WhatsApp demands a text and there is none left
_log = logging.getLogger(__name__)

# Every part of a screen is drawn, or belongs to something that is drawn. A new part fails the test until it is here.
DRAWN = frozenset(
    (
        "title icon state text folded facts bar choice first_number question note forward picture document "
        "buttons alert at fresh puts_keyboard_away results lead together language"
    ).split()
)
assert {f.name for f in fields(Screen)} == DRAWN, {f.name for f in fields(Screen)} ^ DRAWN


@dataclass(frozen=True, slots=True)
class Call:
    """A message to send, as it travels: its type and the object of that type. `upload` goes ahead of it."""

    kind: str
    body: dict[str, Any]
    upload: File | None = None

    @property
    def is_form(self) -> bool:
        """Whether it offers a native form."""
        return self.kind == "interactive" and self.body["type"] == "flow"

    def with_media(self, media: str) -> dict[str, Any]:
        """The object with the number that the uploaded file was given."""
        if self.kind != "interactive":
            return {**self.body, "id": media}
        kind = self.body["header"]["type"]
        header = {"type": kind, kind: {**self.body["header"][kind], "id": media}}
        return {**self.body, "header": header}


@dataclass(frozen=True, slots=True)
class _Way:
    """A way on that can be tapped; `number` may be typed instead, 0 for none. One of the choice shows it always."""

    id: str
    label: str
    number: int = 0
    is_choice: bool = False

    @property
    def row(self) -> str:
        """What its row in a list says."""
        return f"{self.number}. {self.label}" if self.number else self.label

    @property
    def line(self) -> str:
        """What stands in the text for who cannot open the list."""
        return self.row if self.number else f"• {self.label}"

    @property
    def button(self) -> str:
        """What stands on it as a button, which everybody sees."""
        return self.row if self.is_choice else self.label


@dataclass(frozen=True, slots=True)
class Says:
    """The words that WhatsApp needs besides those of a screen: what stands on the button of a list, on that of a
    second list below it, and under a list, in small letters, for who cannot open it."""

    choose: str = "☰"
    more: str = "☰"
    how: str = ""


def draw(screen: Screen, *, phone_known: bool = False, says: Says | None = None, flow: str = "") -> list[Call]:
    """The messages that show the screen. `phone_known`: the person's number comes with their messages, so they need
    not be asked to share it. `flow` is the number of our native form at Meta; without one the plain question is all."""
    if screen.results is not None:
        _log.warning("dropped: %d results of looking up, which WhatsApp has no place for", len(screen.results))
    if screen.together is not None and not flow:
        _log.info("dropped: a page of questions, for WHATSAPP_FLOW is not set; they are asked one by one")
        screen = replace(screen, together=None)
    choice, actions = _ways(screen, phone_known)
    groups = _groups(choice, actions)
    frames = [_Frame(form_of(screen.together, flow))] if screen.together is not None else []
    frames += _asked_for(screen.question, phone_known)
    frames += _to_tap(groups, says or Says())
    links = [button for button in screen.ways if button.press is None]
    if any(link.share for link in links) and any(link.inline for link in links):
        _log.info("dropped: looking up words in a chat, for the same screen can be passed on by its link")
        links = [link for link in links if link.inline is None]
    hidden = [way for ways in groups if not _fit_on_buttons(ways) for way in ways]
    lists = ([way.line for way in hidden if way.is_choice], [way.line for way in hidden if not way.is_choice])
    page = page_of(screen, *lists)
    if len(links) == 1 and not frames and _is_address(links[0].link):
        frames = [_Frame(_link_button(links[0]))]
    else:
        page += "".join(f"\n\n{_in_words(link)}" for link in links)
    calls = _with_files(screen, page.strip("\n"), frames)
    for text in pieces_of(styled(screen.forward), TEXT_LIMIT):
        calls.append(_text(text))
    return calls


# --- words ---


def page_of(screen: Screen, *lists: Sequence[str]) -> str:
    """The words of a screen in their order, with signs where bold and italic begin and end; below them what is hidden
    in lists."""
    blocks: list[str] = [styled(screen.alert), styled(screen.lead)]
    title = f"{screen.icon} {screen.title}" if screen.title else ""
    blocks.append(_lines(styled(title, BOLD), styled(screen.state)))
    blocks.append(styled(screen.text))
    blocks.append(
        _lines(
            *(f"{styled(fact.label + ':', BOLD)} {styled(fact.value)}" for fact in screen.facts),
            bar_of(screen.bar) if screen.bar else "",
        )
    )
    blocks.append(styled(screen.question.text) if screen.question else "")
    blocks.append(styled(screen.together.offer) if screen.together else "")
    blocks.append(styled(screen.folded))
    blocks.append(styled(f"📍 {screen.note}", ITALIC) if screen.note else "")
    blocks += [_lines(*map(styled, lines)) for lines in lists]
    return "\n\n".join(block for block in blocks if block)


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _is_address(link: str | None) -> bool:
    return link is not None and re.match(r"https?://[^\s/]", link) is not None


def _in_words(button: Button) -> str:
    """A way out of the conversation as a line that can be tapped."""
    words = button.share or button.inline
    address = button.link or "" if words is None else f"https://wa.me/?text={quote(clean(words), safe='')}"
    return f"{styled(button.label)}: {styled(address)}"


# --- ways on ---


def _ways(screen: Screen, phone_known: bool) -> tuple[list[_Way], list[_Way]]:
    """The numbered ways and the others, each with an id of its own: WhatsApp refuses a message that has one twice."""
    seen: dict[str, int] = {}

    def way(press: str, label: str, number: int = 0, *, is_choice: bool = False) -> _Way:
        seen[press] = seen.get(press, 0) + 1
        again = f"#{seen[press]}" if seen[press] > 1 or press != press.strip() else ""  # nor may an id end in a space
        return _Way(press + again, " ".join(clean(label).split()) or "…", number, is_choice)

    choice, actions = [], []
    if screen.question is not None and screen.question.asks is Ask.CONTACT and phone_known:
        actions.append(way(SEND_CONTACT, screen.question.button))
    for number, button in enumerate(screen.choice, screen.first_number):
        if button.press is not None:
            choice.append(way(button.press.pack(), button.label, number, is_choice=True))
    last = screen.first_number + len(screen.numbered) - 1
    pressed = [button for row in screen.buttons for button in row if button.press is not None]
    for number, button in enumerate(pressed, screen.first_number + len(screen.choice)):
        assert button.press is not None
        actions.append(way(button.press.pack(), button.label, number if number <= last else 0))
    return choice, actions


@dataclass(frozen=True, slots=True)
class _Frame:
    """What can be tapped, still without its words; `body` stands over it where no words are left."""

    content: dict[str, Any]
    body: str = _HAND
    below: str = ""


def _asked_for(question: Question | None, phone_known: bool) -> list[_Frame]:
    """WhatsApp's own request for a place or for one's number."""
    kind = ""
    if question is not None and question.asks is Ask.LOCATION:
        kind, name = "location_request_message", "send_location"
    elif question is not None and question.asks is Ask.CONTACT and not phone_known:
        kind = name = "request_contact_info"
    return [_Frame({"type": kind, "action": {"name": name}})] if kind else []


def _groups(choice: list[_Way], actions: list[_Way]) -> list[list[_Way]]:
    """The ways as they share a message."""
    if _fit_on_buttons([*choice, *actions]):
        return [[*choice, *actions]] if choice or actions else []
    apart = [ways for group in (choice, actions) for ways in _cut(group)]
    mixed = _cut([*choice, *actions])
    return mixed if len(mixed) < len(apart) else apart


def _to_tap(groups: list[list[_Way]], says: Says) -> list[_Frame]:
    """Reply buttons where they fit, else lists; a second list can be told from the first by what is in it."""
    frames: list[_Frame] = []
    for ways in groups:
        listed, others = [way for way in ways if way.is_choice], [way for way in ways if not way.is_choice]
        if _fit_on_buttons(ways):
            frames.append(_Frame(_replies(ways)))
        else:
            is_first = not any(frame.content["type"] == "list" for frame in frames)
            content = _list([(_span(listed), listed), ("⋯", others)], says.choose if is_first else says.more)
            how = says.how if is_first and _span(ways) else ""
            frames.append(_Frame(content, f"{_HAND} {_span(ways)}".strip(), how))
    return frames


def _span(ways: Sequence[_Way]) -> str:
    """From which number to which they go."""
    numbers = [str(way.number) for way in ways if way.number]
    return "–".join(dict.fromkeys((numbers[0], numbers[-1]))) if numbers else ""


def _cut(ways: list[_Way]) -> list[list[_Way]]:
    """As few messages as hold the ways; the last is no list of one or two, but has as many as may be buttons."""
    cut = []
    while len(ways) > ROWS:
        size = min(ROWS, len(ways) - REPLIES)
        cut.append(ways[:size])
        ways = ways[size:]
    return [*cut, ways] if ways else cut


def _fit_on_buttons(ways: Sequence[_Way]) -> bool:
    labels = {way.button for way in ways}
    return len(ways) <= REPLIES and len(labels) == len(ways) and all(units(label) <= LABEL_LIMIT for label in labels)


def _replies(ways: Sequence[_Way]) -> dict[str, Any]:
    buttons = [{"type": "reply", "reply": {"id": way.id, "title": way.button}} for way in ways]
    return {"type": "button", "action": {"buttons": buttons}}


def _list(sections: list[tuple[str, list[_Way]]], choose: str) -> dict[str, Any]:
    filled = [(title, ways) for title, ways in sections if ways]
    shown_sections = [
        {**({"title": title} if len(filled) > 1 else {}), "rows": [_row(way) for way in ways]} for title, ways in filled
    ]
    return {"type": "list", "action": {"button": choose, "sections": shown_sections}}


def _row(way: _Way) -> dict[str, str]:
    if units(way.row) <= ROW_LIMIT:
        return {"id": way.id, "title": way.row}
    title = split(way.row, (), ROW_LIMIT)[0][0]
    rest = way.row[len(title) :].strip(" ·")
    if units(rest) > MORE_LIMIT:
        rest = split(rest, (), MORE_LIMIT - 1)[0][0] + "…"
    return {"id": way.id, "title": title.rstrip(" ·") or title, **({"description": rest} if rest else {})}


def _link_button(button: Button) -> dict[str, Any]:
    label = " ".join(clean(button.label).split()) or "…"
    if units(label) > LABEL_LIMIT:
        label = split(label, (), LABEL_LIMIT - 1)[0][0] + "…"
    return {
        "type": "cta_url",
        "action": {"name": "cta_url", "parameters": {"display_text": label, "url": button.link or ""}},
    }


# --- messages ---


def _text(text: str) -> Call:
    return Call("text", {"body": text, "preview_url": False})


def _with_files(screen: Screen, page: str, frames: list[_Frame]) -> list[Call]:
    """The words with what can be tapped under the last of them. A file stands above the words where WhatsApp allows:
    over reply buttons, or with the words as its caption; else it goes ahead alone."""
    paper = "audio" if screen.document is not None and screen.document.name.endswith(".ogg") else "document"
    files = [(kind, file) for kind, file in (("image", screen.picture), (paper, screen.document)) if file]
    words = pieces_of(page, BODY_LIMIT)
    calls: list[Call] = []
    while files:
        kind, file = files.pop(0)
        named = {"filename": clean(file.name) or "…"} if kind == "document" else {}
        together = len(words) <= 1 and not files and kind != "audio"  # a voice has no words beside it
        if together and not frames:
            caption = {"caption": words[0]} if words else {}
            return [*calls, Call(kind, {**named, **caption}, file)]
        if together and frames[0].content["type"] == "button":
            first, *others = _under(page, frames)
            header = {"type": kind, kind: named}
            return [*calls, Call("interactive", {"header": header, **first.body}, file), *others]
        calls.append(Call(kind, named, file))
    return calls + _under(page, frames)


def _under(page: str, frames: list[_Frame]) -> list[Call]:
    """The words as messages; what can be tapped hangs on the last of them, which is short enough for it."""
    if not frames:
        return [_text(text) for text in pieces_of(page, TEXT_LIMIT)]
    texts = pieces_of(page, TEXT_LIMIT, last=BODY_LIMIT) or [_HAND]
    bodies = [texts[-1], *(frame.body for frame in frames[1:])]
    calls = [_text(text) for text in texts[:-1]]
    for frame, body in zip(frames, bodies, strict=True):
        below = {"footer": {"text": frame.below}} if frame.below else {}
        content = {"type": frame.content["type"], "body": {"text": body}, **below, "action": frame.content["action"]}
        calls.append(Call("interactive", content))
    return calls
