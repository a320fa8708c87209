"""How is what others wrote read, when every part of it may be missing or something else?"""

from typing import Any

Json = dict[str, Any]


def a_dict(value: object) -> Json:
    """An object; empty for anything else."""
    return value if isinstance(value, dict) else {}


def dicts(value: object) -> list[Json]:
    """The objects of a list; none for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def a_word(value: object) -> str:
    """A text; empty for anything else."""
    return value if isinstance(value, str) else ""


def digits(text: str) -> str:
    """The digits of a telephone number as people write it."""
    return "".join(c for c in text if c.isdigit())


def code_of(fault: Json) -> int:
    """The number of a fault of Meta; 0 where there is none."""
    code = fault.get("code")
    return code if isinstance(code, int) else 0
