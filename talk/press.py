"""What does a button mean? A frozen dataclass that packs to at most 64 bytes and reads back for years."""

import re
import types
from dataclasses import MISSING, fields
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints
from urllib.parse import quote, unquote

LIMIT = 64  # bytes of callback data that Telegram carries
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)


class Press:
    """What a button means. Each subclass is a frozen dataclass of numbers, words and flags with a short code, like
    `class OpenIssue(Press, code="i")`. Codes are unique and never reused. A new field goes last and has a default,
    so that old buttons still work."""

    code: ClassVar[str]
    known: ClassVar[dict[str, Any]] = {}  # type["Press"], with the fields of each

    def __init_subclass__(cls, code: str, **rest: object) -> None:
        super().__init_subclass__(**rest)
        taken = Press.known.get(code)
        if taken is not None and taken.__qualname__ != cls.__qualname__:
            raise TypeError(f"the code {code!r} already belongs to {taken.__qualname__}")
        cls.code = code
        Press.known[code] = cls

    def pack(self) -> str:
        """The text that rides on the button; ValueError when it would be over 64 bytes."""
        packed = ":".join([self.code, *(_written(getattr(self, name)) for name, _, _ in _shape(self.code))])
        if len(packed.encode()) > LIMIT:
            raise ValueError(f"{packed!r} is over {LIMIT} bytes")
        return packed


def unpack(packed: str) -> Press | None:
    """The press that was packed so; None for anything else, be it forged, cut or from a release long gone."""
    if len(packed.encode(errors="replace")) > LIMIT:
        return None
    code, *parts = packed.split(":")
    own = _shape(code) if code in Press.known else ()
    if code not in Press.known or len(parts) > len(own) or not all(default for _, _, default in own[len(parts) :]):
        return None
    try:
        press: Press = Press.known[code](*(_value(part, kind) for part, (_, kind, _) in zip(parts, own, strict=False)))
        press.pack()  # a forged text that no button could carry would fail only later
    except ValueError:
        return None
    return press


@cache
def _shape(code: str) -> "tuple[tuple[str, object, bool], ...]":
    """(name, type, has a default) of each field of the press of that code."""
    kind: Any = Press.known[code]
    hints = get_type_hints(kind)
    return tuple((f.name, hints[f.name], f.default is not MISSING) for f in fields(kind))


def _written(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(int(value))
    return str(value) if isinstance(value, int) else quote(str(value), safe=" /=-_.,!?", encoding="utf-8")


def _value(part: str, kind: object) -> object:
    if get_origin(kind) in (Union, types.UnionType):
        if part == "":
            return None
        kind = next(k for k in get_args(kind) if k is not type(None))
    text = unquote(part, errors="strict")
    if (kind is bool and part not in ("0", "1")) or (kind is int and not _WHOLE.fullmatch(part)) or "\x00" in text:
        raise ValueError(part)
    if kind is bool or kind is int:
        return bool(int(part)) if kind is bool else int(part)
    return kind(text) if isinstance(kind, type) and issubclass(kind, StrEnum) else text
