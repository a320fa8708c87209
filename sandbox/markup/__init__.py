"""How does formatted text become plain text and entities? As Telegram does it, with Telegram's complaints."""

from sandbox.chats import Json
from sandbox.markup.entities import clean, detect, trim, units
from sandbox.markup.html import parse_html
from sandbox.markup.legacy import parse_legacy
from sandbox.markup.markdown import parse_markdown
from sandbox.refusals import NOT_UTF8, bad

__all__ = ["clean", "formatted", "units"]


def formatted(text: str, parse_mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """Text and entities as they arrive: markup parsed, edges trimmed, links and commands found."""
    if not text.isascii() or "\0" in text:
        check_utf8(text)
    if entities:
        found = clean(text, entities)
    elif parse_mode:
        mode = parse_mode.lower()
        if mode == "html":
            text, found = parse_html(text)
        elif mode == "markdownv2":
            text, found = parse_markdown(text)
        elif mode == "markdown":
            text, found = parse_legacy(text)
        else:
            raise bad("unsupported parse_mode")
    else:
        found = []
    text, found = trim(text, found)
    return text, detect(text, found)


def check_utf8(text: str) -> None:
    """Refuse NUL and lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad(NOT_UTF8) from None
    if "\0" in text:
        raise bad(NOT_UTF8)
