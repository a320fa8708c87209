"""What does a button mean? A frozen dataclass that packs to at most 64 bytes and reads back for years."""

import re
import types
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from typing import ClassVar, Self, Union, get_args, get_origin, get_type_hints
from urllib.parse import quote, unquote

LIMIT = 64  # bytes of callback data that Telegram carries
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)


class Press:
    """What a button means. Each subclass is a frozen dataclass of numbers, words and flags with a short code:

    >>> @dataclass(frozen=True)
    ... class OpenIssue(Press, code="issue"):
    ...     issue: int

    Codes are unique and never reused. A new field goes last and has a default, so that old buttons still work."""

    code: ClassVar[str]
    known: ClassVar[dict[str, type["Press"]]] = {}

    def __init_subclass__(cls, code: str, **rest: object) -> None:
        super().__init_subclass__(**rest)
        taken = Press.known.get(code)
        if taken is not None and taken.__qualname__ != cls.__qualname__:
            raise TypeError(f"the code {code!r} already belongs to {taken.__qualname__}")
        cls.code = code
        Press.known[code] = cls

    def pack(self) -> str:
        """The text that rides on the button; ValueError when it would be over 64 bytes."""
        values = [getattr(self, f.name) for f in _fields(type(self))]
        packed = ":".join([self.code, *map(_written, values)])
        if len(packed.encode()) > LIMIT:
            raise ValueError(f"{packed!r} is over {LIMIT} bytes")
        return packed

    @classmethod
    def _read(cls, parts: list[str]) -> Self | None:
        own = _fields(cls)
        hints = get_type_hints(cls)
        if len(parts) > len(own) or any(f.default is MISSING for f in own[len(parts) :]):
            return None
        try:
            return cls(*(_value(part, hints[f.name]) for part, f in zip(parts, own, strict=False)))
        except ValueError:
            return None


def unpack(packed: str) -> Press | None:
    """The press that was packed so; None for anything else, be it forged, cut or from a release long gone."""
    if len(packed.encode(errors="replace")) > LIMIT:
        return None
    code, *parts = packed.split(":")
    kind = Press.known.get(code)
    return None if kind is None else kind._read(parts)


def _fields(kind: type[Press]) -> "tuple[Field[object], ...]":
    return fields(kind)  # type: ignore[arg-type]  # every subclass is a dataclass, by contract


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value) if isinstance(value, int) else quote(str(value), safe=" /=-_.,!?", encoding="utf-8")


def _value(part: str, kind: object) -> object:
    if get_origin(kind) in (Union, types.UnionType):
        if part == "":
            return None
        kind = next(k for k in get_args(kind) if k is not type(None))
    if kind is bool:
        if part not in ("0", "1"):
            raise ValueError(part)
        return part == "1"
    if kind is int:
        if not _WHOLE.fullmatch(part):
            raise ValueError(part)
        return int(part)
    text = unquote(part, errors="strict")
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(text)
    if "\x00" in text:
        raise ValueError("a zero byte")
    return text
