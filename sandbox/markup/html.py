"""What does parse_mode=HTML mean? Telegram's small HTML, with Telegram's words for what is broken."""

import re

from sandbox.chats import Json
from sandbox.markup.entities import Builder
from sandbox.refusals import Refusal, bad

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
}
TAGS = frozenset(SIMPLE) | {"a", "code", "pre", "span", "blockquote", "tg-emoji", "tg-time"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|[a-zA-Z]+);?")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")
TEXT = re.compile(r"[^<&]+")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities; raises «can't parse entities: …»."""
    out = Builder()
    open_tags: list[tuple[str, int, dict[str, str]]] = []
    at = 0
    while at < len(source):
        run = TEXT.match(source, at)
        if run:
            out.add(run.group())
            at = run.end()
        elif source[at] == "&":
            text, at = _reference(source, at)
            out.add(text)
        elif source.startswith("</", at):
            at = _close(source, at, open_tags, out)
        else:
            name, attributes, at = _open(source, at)
            open_tags.append((name, out.at, attributes))
    if open_tags:
        raise _broken(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return out.done()


def _reference(source: str, at: int) -> tuple[str, int]:
    match = REFERENCE.match(source, at)
    if match:
        name = match.group(1)
        if name.startswith("#"):
            number = int(name[2:], 16) if name[1] == "x" else int(name[1:])
            if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000:
                return chr(number), match.end()
        elif name in NAMED:
            return NAMED[name], match.end()
    return "&", at + 1


def _open(source: str, at: int) -> tuple[str, dict[str, str], int]:
    begin = at
    match = re.compile(r"[^\s>/]*").match(source, at + 1)
    name = match.group().lower() if match else ""
    if not name:
        raise _broken(f"Unexpected end of name at byte offset {_bytes(source, begin)}")
    if name not in TAGS:
        raise _broken(f'Unsupported start tag "{name}" at byte offset {_bytes(source, begin)}')
    at += 1 + len(name)
    attributes: dict[str, str] = {}
    while True:
        while at < len(source) and (source[at].isspace() or source[at] == "/"):
            at += 1
        if at >= len(source):
            raise _broken(f"Unclosed start tag at byte offset {_bytes(source, begin)}")
        if source[at] == ">":
            return name, attributes, at + 1
        found = ATTRIBUTE.match(source, at)
        if not found:
            raise _broken(f'Empty attribute name in the tag "{name}" at byte offset {_bytes(source, begin)}')
        value = found.group(2) or ""
        if value[:1] in ("'", '"'):
            value = value[1:-1]
        elif source[found.end() :].lstrip()[:1] == "=":  # a quote that never ends
            raise _broken(f"Unclosed start tag at byte offset {_bytes(source, begin)}")
        attributes[found.group(1).lower()] = _plain(value)
        at = found.end()


def _close(source: str, at: int, open_tags: list[tuple[str, int, dict[str, str]]], out: Builder) -> int:
    end = source.find(">", at)
    name = source[at + 2 : end if end >= 0 else len(source)].strip().lower()
    place = _bytes(source, at)
    if not open_tags:
        raise _broken(f"Unexpected end tag at byte offset {place}")
    if end < 0:
        raise _broken(f"Unclosed end tag at byte offset {place}")
    opened, start, attributes = open_tags[-1]
    if name and name != opened:
        raise _broken(f'Unmatched end tag at byte offset {place}, expected "</{opened}>", found "</{name}>"')
    open_tags.pop()
    _mark(opened, start, attributes, out, inside=open_tags[-1] if open_tags else None)
    return end + 1


def _mark(
    name: str,
    start: int,
    attributes: dict[str, str],
    out: Builder,
    inside: tuple[str, int, dict[str, str]] | None,
) -> None:
    if name in SIMPLE:
        out.mark(SIMPLE[name], start)
    elif name == "span":
        if attributes.get("class") != "tg-spoiler":
            raise _broken('Tag "span" must have class "tg-spoiler"')
        out.mark("spoiler", start)
    elif name == "blockquote":
        out.mark("expandable_blockquote" if "expandable" in attributes else "blockquote", start)
    elif name == "a":
        _link(attributes.get("href") or out.since(start), start, out)
    elif name == "code":
        language = attributes.get("class", "")
        if inside and inside[0] == "pre" and inside[1] == start and language.startswith("language-"):
            inside[2]["language"] = language[len("language-") :]
        elif not (inside and inside[0] == "pre"):
            out.mark("code", start)
    elif name == "pre":
        language = attributes.get("language", "")
        out.mark("pre", start, **({"language": language} if language else {}))
    elif name == "tg-emoji":
        emoji = attributes.get("emoji-id", "")
        if not emoji.isdigit():
            raise _broken("Invalid custom emoji identifier specified")
        out.mark("custom_emoji", start, custom_emoji_id=emoji)
    elif name == "tg-time":
        moment = attributes.get("unix", "")
        if not moment.lstrip("-").isdigit():
            raise _broken("Invalid date specified")
        style = attributes.get("format")
        out.mark("date_time", start, unix_time=int(moment), **({"date_time_format": style} if style else {}))


def _link(address: str, start: int, out: Builder) -> None:
    address = address.strip()
    user = re.fullmatch(r"tg://user\?id=(\d+)", address)
    if user:
        out.mark("text_mention", start, user={"id": int(user.group(1)), "is_bot": False, "first_name": "-"})
    elif re.match(r"(https?|tg|ton|tonsite)://\S+|mailto:\S+|tel:\S+", address):
        out.mark("text_link", start, url=address)
    elif re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", address):
        out.mark("text_link", start, url=f"http://{address}")


def _plain(value: str) -> str:
    out, at = "", 0
    while at < len(value):
        if value[at] == "&":
            text, at = _reference(value, at)
            out += text
        else:
            out += value[at]
            at += 1
    return out


def _bytes(source: str, at: int) -> int:
    return len(source[:at].encode("utf-8", "surrogatepass"))


def _broken(why: str) -> Refusal:
    return bad(f"can't parse entities: {why}")
