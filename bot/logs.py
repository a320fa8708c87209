"""What goes to the log? What happened and where, never what people wrote and never a secret."""

import logging
import re
import sys
import traceback

_SECRETS = (
    re.compile(r"[0-9]{1,16}:[A-Za-z0-9_-]{20,}"),  # a bot token
    re.compile(r"(?<=://)[^/\s:@]*:\S+(?=@)"),  # user:password in an address
)
_PERSONAL = (
    # quotations, also cut ones; between two letters an apostrophe is none: can't read '…'
    re.compile(r"(?<![^\W\d_])[bu]?'(?:\\.|[^'\\]|'(?=[^\W\d_]))*(?:'|\Z)", re.DOTALL),
    re.compile(r"\"(?:\\.|[^\"\\])*(?:\"|\Z)|«[^»]*(?:»|\Z)|“[^”]*(?:”|\Z)", re.DOTALL),
    re.compile(r"\+?\d[\d\s()-]{6,}\d"),
)


def without_secrets(text: str) -> str:
    """The text with tokens and passwords taken out."""
    for pattern in _SECRETS:
        text = pattern.sub("…", text)
    return text


def scrubbed(fault: BaseException) -> str:
    """Where and how it failed: the trace, the kind of fault, and its words without quotations and long numbers."""
    trace = "".join(traceback.format_tb(fault.__traceback__))
    words = without_secrets(str(fault))
    for pattern in _PERSONAL:
        words = pattern.sub("…", words)
    return f"{trace}{type(fault).__name__}: {words[:500]}"


class _Quiet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))

    def formatException(self, ei: object) -> str:  # noqa: N802  logging's own name
        return scrubbed(ei[1])  # type: ignore[index]


def set_up(level: str) -> None:
    """Logs to standard error, a line for each thing that happened."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Quiet("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%H:%M:%S"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("aiohttp.access", "apscheduler", "aiosqlite", "aiogram.event", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # a run that takes longer than its rhythm skips a beat: that is meant so, and the timetable shows how long it took
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
