"""What does the old parse_mode=Markdown mean? Four marks that do not nest."""

from sandbox.chats import Json
from sandbox.markup.entities import Builder
from sandbox.refusals import bad

MARKS = {"_": "italic", "*": "bold", "`": "code"}


def parse_legacy(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities; raises «can't parse entities: …»."""
    out = Builder()
    at = 0
    while at < len(source):
        symbol = source[at]
        if symbol == "\\" and source[at + 1 : at + 2] in ("_", "*", "`", "["):
            out.add(source[at + 1])
            at += 2
        elif symbol == "[":
            at = _link(source, at, out)
        elif source.startswith("```", at):
            end = source.find("```", at + 3)
            at = _span(source, at, end, 3, "pre", out)
        elif symbol in MARKS:
            end = source.find(symbol, at + 1)
            at = _span(source, at, end, 1, MARKS[symbol], out)
        else:
            out.add(symbol)
            at += 1
    return out.done()


def _span(source: str, at: int, end: int, width: int, kind: str, out: Builder) -> int:
    if end < 0:
        place = len(source[:at].encode())
        raise bad(f"can't parse entities: Can't find end of the entity starting at byte offset {place}")
    start = out.at
    out.add(source[at + width : end])
    out.mark(kind, start)
    return end + width


def _link(source: str, at: int, out: Builder) -> int:
    end = source.find("]", at)
    if end < 0:
        place = len(source[:at].encode())
        raise bad(f"can't parse entities: Can't find end of the entity starting at byte offset {place}")
    start = out.at
    out.add(source[at + 1 : end])
    if source[end + 1 : end + 2] != "(":
        return end + 1
    close = source.find(")", end)
    close = len(source) if close < 0 else close
    if "://" in source[end + 2 : close]:
        out.mark("text_link", start, url=source[end + 2 : close])
    return close + 1
