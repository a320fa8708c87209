"""Where do entities begin and end? Offsets in UTF-16 units: checked, trimmed and found by themselves."""

import re
from bisect import bisect_right

from sandbox.chats import Json
from sandbox.refusals import bad

# With the same start and length the outer one comes first.
PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "mention": 50,
    "bot_command": 50,
    "url": 50,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
KNOWN = frozenset(PRIORITY) | {"hashtag", "cashtag", "email", "phone_number", "date_time"}
FOUND_BY_THEMSELVES = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})
NO_FINDING_INSIDE = frozenset({"code", "pre", "text_link", "text_mention"})

CANDIDATE = re.compile(
    r"(?P<url>https?://[^\s<>\"'«»]+[^\s<>\"'«».,;:!?)\]])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/@])(?P<mention>@[A-Za-z]\w{3,31})\b"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?)(?![\w/])"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
    r"|(?<![\w./@-])(?P<bare>(?:[a-z0-9-]+\.)+(?:com|org|net|kg|me|ru|io|info)(?:/[^\s<>«»]*[^\s<>«».,;:!?)])?)\b"
)


def units(text: str) -> int:
    """Length in UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str, entities: list[Json]) -> list[Json]:
    """Entities given by the bot, checked and sorted; raises for impossible ones."""
    starts = _starts(text)
    total = units(text)
    kept = []
    for entity in entities:
        offset, length = int(entity.get("offset", 0)), int(entity.get("length", 0))
        kind = entity.get("type")
        if kind not in KNOWN:
            raise bad(f"can't parse MessageEntity: Unsupported type specified: {kind}")
        if offset < 0 or offset > 1_000_000:
            raise bad(f"receive an entity with incorrect offset {offset}")
        if length < 0 or length > 1_000_000:
            raise bad(f"receive an entity with incorrect length {length}")
        end = offset + length
        if end > total:
            raise bad(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {total}"
            )
        if starts is not None:
            if offset not in starts:
                raise bad(f"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {offset}")
            if end not in starts:
                raise bad(
                    f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol"
                    f" at UTF-16 offset {end}"
                )
        if length and kind not in FOUND_BY_THEMSELVES:
            kept.append({key: value for key, value in entity.items() if value is not None})
    return arrange(kept)


def arrange(entities: list[Json]) -> list[Json]:
    """In the order in which Telegram lists them."""
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], PRIORITY.get(e["type"], 60)))


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at either end; entities move along, empty ones go."""
    shorter = text.strip()
    if len(shorter) == len(text):
        return text, entities
    if not entities:
        return shorter, entities
    lead = units(text[: len(text) - len(text.lstrip())])
    total = units(shorter)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(total, entity["offset"] - lead + entity["length"])
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return shorter, moved


def detect(text: str, entities: list[Json]) -> list[Json]:
    """Adds commands, mentions, links, hashtags and addresses that stand in the text."""
    if not ("/" in text or "@" in text or "#" in text or "." in text):
        return entities
    closed = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in NO_FINDING_INSIDE]
    found = []
    for match in CANDIDATE.finditer(text):
        start = units(text[: match.start()])
        length = units(match.group())
        if any(start < end and begin < start + length for begin, end in closed):
            continue
        kind = "url" if match.lastgroup == "bare" else match.lastgroup
        found.append({"offset": start, "length": length, "type": kind})
    return arrange([*entities, *found]) if found else entities


def _starts(text: str) -> "set[int] | None":
    """The UTF-16 offsets at which symbols begin; None if every symbol is one unit."""
    if all(symbol <= "\uffff" for symbol in text):
        return None
    places, at = {0}, 0
    for symbol in text:
        at += 2 if symbol > "\uffff" else 1
        places.add(at)
    return places


class Builder:
    """Collects plain text and counts UTF-16 units while markup is read."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.entities: list[Json] = []

    def add(self, text: str) -> None:
        """More plain text."""
        self.parts.append(text)
        self.at += units(text)

    def mark(self, kind: str, start: int, **more: object) -> None:
        """An entity from `start` to here, if there is anything between."""
        if self.at > start:
            self.entities.append({"offset": start, "length": self.at - start, "type": kind, **more})

    def since(self, start: int) -> str:
        """The plain text from a UTF-16 offset on."""
        ends, at = [], 0
        for part in self.parts:
            at += units(part)
            ends.append(at)
        first = bisect_right(ends, start)
        return "".join(self.parts[first:])

    def done(self) -> tuple[str, list[Json]]:
        """The text and its entities."""
        return "".join(self.parts), arrange(self.entities)
