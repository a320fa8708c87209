"""What do all messengers draw alike? How far something has come, and how a long text is cut at sense."""

import unicodedata
from collections.abc import Sequence

from civic.spelling import clean
from talk.screen import Bar

_JOINER = "\u200d"
_MODIFIERS = "".join(map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))))  # skin tones, flags of regions
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
Entities = list[dict[str, str | int]]


def units(text: str) -> int:
    """The length as messengers count it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def bar_of(bar: Bar) -> str:
    """▰▰▰▰▰▰▰▱▱▱ 210 / 300"""
    full = 10 if bar.of <= 0 else min(10, bar.done * 10 // bar.of)
    return f"{'▰' * full}{'▱' * (10 - full)} {bar.done} / {bar.of}"


def split(text: str, entities: Sequence[tuple[str, int, int]], limit: int) -> list[tuple[str, Entities]]:
    """The text in parts of at most so many UTF-16 units, cut at a paragraph, else a sentence, else a space."""
    parts: list[tuple[str, Entities]] = []
    start = 0  # in units
    while text:
        cut = len(text) if units(text) <= limit else _cut(text, limit)
        piece, length = text[:cut], units(text[:cut])
        shown = piece.rstrip()
        inside: Entities = []
        for style, offset, long in entities:
            begin, end = max(offset, start), min(offset + long, start + units(shown))
            if begin < end:
                inside.append({"type": style, "offset": begin - start, "length": end - begin})
        if shown:
            parts.append((shown, inside))
        text, start = text[cut:], start + length
    return parts


def beginning(text: str, limit: int) -> str:
    """As much of the text as there is room for."""
    parts = split(clean(text), (), limit)
    return parts[0][0] if parts else ""


def _cut(text: str, limit: int) -> int:
    end, used = 0, 0
    for end, char in enumerate(text):  # noqa: B007  the position where the limit is reached
        used += 2 if ord(char) > 0xFFFF else 1
        if used > limit:
            break
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.rfind(mark, end // 2, end)
        if at > 0:
            return at + len(mark)
    back = end
    while back > max(1, end - 64) and _inside_a_sign(text, back):
        back -= 1
    return end if _inside_a_sign(text, back) else back  # some signs have no end


def _inside_a_sign(text: str, at: int) -> bool:
    """Whether a cut there would divide what is read as one sign: a joined emoji, a flag, a letter with its marks."""
    char = text[at]
    if char == _JOINER or text[at - 1] == _JOINER or unicodedata.category(char).startswith("M") or char in _MODIFIERS:
        return True
    flag_letters = len(text[:at]) - len(text[:at].rstrip(_FLAG_LETTERS))
    return char in _FLAG_LETTERS and flag_letters % 2 == 1
