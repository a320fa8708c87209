"""What does parse_mode=MarkdownV2 mean? Marks that nest, and eighteen characters that must be escaped."""

from urllib.parse import parse_qs, urlsplit

from sandbox.chats import Json
from sandbox.markup.entities import Builder
from sandbox.refusals import Refusal, bad

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
MARKS = ("__", "||", "_", "*", "~")
KINDS = {"__": "underline", "||": "spoiler", "_": "italic", "*": "bold", "~": "strikethrough"}
NAMES = {"__": "Underline", "||": "Spoiler", "_": "Italic", "*": "Bold", "~": "Strikethrough"}
NAMES |= {"[": "TextUrl", "![": "CustomEmoji", "`": "Code", "```": "PreCode"}


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities; raises «can't parse entities: …»."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out = Builder()
        self.open: list[tuple[str, int, int]] = []  # mark, start in the text, start in the source
        self.quote: int | None = None
        self.line_start = True

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if self.line_start:
                self._begin_line()
                if self.at >= len(self.source):
                    break
            self._step()
        self._end_quote()
        if self.open:
            mark, _, place = self.open[-1]
            raise self._unfinished(mark, place)
        return self.out.done()

    def _begin_line(self) -> None:
        self.line_start = False
        mark = 3 if self.source.startswith("**>", self.at) else 0
        if mark or self.source.startswith(">", self.at):
            if mark:
                self._end_quote()
            if self.quote is None:
                self.quote = self.out.at
            self.at += mark or 1
        else:
            self._end_quote()

    def _end_quote(self, kind: str = "blockquote") -> None:
        if self.quote is not None:
            self.out.mark(kind, self.quote)
            if self.out.parts and self.out.parts[-1] == "\n" and self.out.at > self.quote:
                self.out.entities[-1]["length"] -= 1  # the line's end does not belong to the quote
            self.quote = None

    def _step(self) -> None:
        source, at = self.source, self.at
        symbol = source[at]
        if symbol == "\\" and at + 1 < len(source) and 0 < ord(source[at + 1]) < 127:
            self.out.add(source[at + 1])
            self.at += 2
        elif symbol == "\n":
            self.out.add(symbol)
            self.at += 1
            self.line_start = True
        elif symbol == "`":
            self._code()
        elif symbol == "[" or source.startswith("![", at):
            mark = "[" if symbol == "[" else "!["
            self.open.append((mark, self.out.at, at))
            self.at += len(mark)
        elif symbol == "]" and self.open and self.open[-1][0] in ("[", "!["):
            self._end_link()
        elif self._ends_expandable():
            self._end_quote("expandable_blockquote")
            self.at += 2
        else:
            self._mark_or_text(symbol)

    def _ends_expandable(self) -> bool:
        if self.quote is None or not self.source.startswith("||", self.at):
            return False
        after = self.source[self.at + 2 : self.at + 3]
        return after in ("", "\n") and not any(mark == "||" for mark, _, _ in self.open)

    def _mark_or_text(self, symbol: str) -> None:
        for mark in MARKS:
            if not self.source.startswith(mark, self.at):
                continue
            if self.open and self.open[-1][0] == mark:
                _, start, _ = self.open.pop()
                self.out.mark(KINDS[mark], start)
                self.at += len(mark)
                return
            if any(opened == mark for opened, _, _ in self.open):
                raise self._unfinished(*self.open[-1][::2])
            self.open.append((mark, self.out.at, self.at))
            self.at += len(mark)
            return
        if symbol in RESERVED:
            raise _broken(f"Character '{symbol}' is reserved and must be escaped with the preceding '\\'")
        self.out.add(symbol)
        self.at += 1

    def _code(self) -> None:
        begin = self.at
        mark = "```" if self.source.startswith("```", begin) else "`"
        at = begin + len(mark)
        language = ""
        if mark == "```":
            line = at
            while line < len(self.source) and not self.source[line].isspace() and self.source[line] != "`":
                line += 1
            if self.source[line : line + 1] == "\n":
                language, at = self.source[at:line], line + 1
        start = self.out.at
        while not self.source.startswith(mark, at):
            if at >= len(self.source):
                raise self._unfinished(mark, begin)
            if self.source[at] == "\\" and self.source[at + 1 : at + 2] in ("`", "\\"):
                at += 1
            self.out.add(self.source[at])
            at += 1
        self.at = at + len(mark)
        if mark == "`":
            self.out.mark("code", start)
        else:
            self.out.mark("pre", start, **({"language": language} if language else {}))

    def _end_link(self) -> None:
        mark, start, place = self.open.pop()
        self.at += 1
        if self.source[self.at : self.at + 1] != "(":
            if mark == "![":
                raise _broken(f"Custom emoji entity must contain a tg://emoji URL at byte offset {self._byte(place)}")
            return
        self.at += 1
        address = ""
        while self.source[self.at : self.at + 1] != ")":
            if self.at >= len(self.source):
                what = "URL" if mark == "[" else "custom emoji URL"
                raise _broken(f"Can't find end of a {what} at byte offset {self._byte(place)}")
            if self.source[self.at] == "\\" and 0 < ord(self.source[self.at + 1 : self.at + 2] or "\x7f") < 127:
                self.at += 1
            address += self.source[self.at]
            self.at += 1
        self.at += 1
        self._mark_address(mark, start, address.strip())

    def _mark_address(self, mark: str, start: int, address: str) -> None:
        parts = urlsplit(address)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if mark == "![" and parts.netloc == "time" and query.get("unix", "").isdigit():
            style = query.get("format")
            more = {"date_time_format": style} if style else {}
            self.out.mark("date_time", start, unix_time=int(query["unix"]), **more)
        elif mark == "![":
            if parts.netloc != "emoji" or not query.get("id", "").isdigit():
                raise _broken("Custom emoji URL must have scheme tg and contain an identifier")
            self.out.mark("custom_emoji", start, custom_emoji_id=query["id"])
        elif parts.scheme == "tg" and parts.netloc == "user" and query.get("id", "").isdigit():
            self.out.mark("text_mention", start, user={"id": int(query["id"]), "is_bot": False, "first_name": "-"})
        elif parts.scheme in ("http", "https", "tg", "mailto", "tel"):
            self.out.mark("text_link", start, url=address)

    def _unfinished(self, mark: str, place: int) -> Refusal:
        return _broken(f"Can't find end of {NAMES[mark]} entity at byte offset {self._byte(place)}")

    def _byte(self, place: int) -> int:
        return len(self.source[:place].encode())


def _broken(why: str) -> Refusal:
    return bad(f"can't parse entities: {why}")
