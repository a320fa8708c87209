"""How is text written for WhatsApp, so that only what we mean is bold or italic, and long texts are cut at sense?

WhatsApp has no entities and no way to escape its signs. So the signs that people wrote are shown by others that look
alike and mean nothing to it; inside addresses, which must stay whole, they are percent-encoded. Lines that it would
make a list or a quotation begin with a sign that has no width."""

import re

from bot.drawing import split
from civic.spelling import clean

# Private signs, which `clean` takes out of everything that people write; each is written as one sign in the end.
BOLD, ITALIC = "\ue000", "\ue002"
_MARKS = {BOLD: "*", "\ue001": "*", ITALIC: "_", "\ue003": "_"}
_ENDS = {BOLD: "\ue001", ITALIC: "\ue003"}
NO_WIDTH = "\u2060"
LOOKALIKES = {"*": "\u2217", "_": "\uff3f", "~": "\u223c", "`": "\u02cb"}
_SIGN = re.compile(r"[*~`]|(?<![^\W_])_|_(?![^\W_])")  # an underscore inside a word means nothing
_ANY_SIGN = re.compile(r"[*_~`]")
_ADDRESS = re.compile(r"(https?://\S+)")
_LINE_OF_A_LIST = re.compile(r"^(?=[^\S\n]*(?:-\s|\d{1,9}[.)]\s|>))", re.MULTILINE)
_CARRY = 4  # signs that a cut through something bold adds, and one without width at a new beginning


def styled(words: str, style: str = "") -> str:
    """The words as they are to be read, none of them markup; in that style and on a single line where they hold no
    address."""
    parts = _ADDRESS.split(clean(words))
    for i, part in enumerate(parts):
        if i % 2:
            parts[i] = _SIGN.sub(lambda sign: f"%{ord(sign[0]):02X}", part)
        else:
            signs = _SIGN if style != ITALIC else _ANY_SIGN
            parts[i] = signs.sub(lambda sign: LOOKALIKES[sign[0]], part)
    text = "".join(parts)
    if not style or len(parts) > 1:  # a sign right behind an address would be taken for a part of it
        return _LINE_OF_A_LIST.sub(NO_WIDTH, text)
    text = " ".join(text.split())
    return f"{style}{text}{_ENDS[style]}" if text else ""


def pieces_of(text: str, limit: int, *, last: int | None = None) -> list[str]:
    """The text as it is sent, in pieces of at most so many UTF-16 units, cut at a paragraph, else a sentence, else a
    space; the last one of at most `last`."""
    if last is not None:
        tail = split(text, (), last - _CARRY)
        if len(tail) > 1:
            begins = len(text.rstrip()) - len(tail[-1][0])
            before, style = _pieces(text[:begins], limit, "")
            return before + _pieces(text[begins:], last, style)[0]
        limit = last
    return _pieces(text, limit, "")[0]


def _pieces(text: str, limit: int, style: str) -> tuple[list[str], str]:
    """The pieces, and the style that is still open at the end."""
    written = []
    for part, _ in split(text, (), limit - _CARRY):
        opened = style
        for sign in part:
            if sign in _ENDS:
                style = sign
            elif sign in _ENDS.values():
                style = ""
        piece = f"{opened}{part.strip()}{_ENDS.get(style, '')}"
        for sign, mark in _MARKS.items():
            piece = piece.replace(sign, mark)
        piece = piece.replace("**", "").replace("__", "").strip()
        if piece:
            written.append(_LINE_OF_A_LIST.sub(NO_WIDTH, piece, count=1) if _LINE_OF_A_LIST.match(piece) else piece)
    return written, style
