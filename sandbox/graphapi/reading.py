"""Is a part of a request there, of the right type and not too long? The words of refusal are the API's own."""

from typing import Any

from sandbox.chats import Json
from sandbox.graphapi.refusals import invalid, missing, not_valid


def part(source: Json, name: str, where: str = "") -> Json:
    """An object that must be there."""
    value = source.get(name)
    label = f"{where}['{name}']" if where else name
    if value is None:
        raise missing(label)
    if not isinstance(value, dict):
        raise invalid(f"Param {label} must be a JSON object.")
    return value


def listed(source: Json, name: str, where: str) -> list[Json]:
    """A list of objects; empty if it is not there."""
    value = source.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise invalid(f"Param {where}['{name}'] must be an array.")
    return value


def words(source: Json, name: str, where: str, most: int, *, needed: bool = True) -> str:
    """A text of at most `most` characters; empty only if it is not needed."""
    value: Any = source.get(name)
    label = f"{where}['{name}']"
    if value is None:
        if needed:
            raise missing(label)
        return ""
    if not isinstance(value, str):
        raise invalid(f"Param {label} must be a string.")
    if needed and not value.strip():
        raise invalid(f"Param {label} cannot be empty.")
    if len(value) > most:
        raise invalid(f"Param {label} must be at most {most} characters long.")
    return value


def label(source: Json, name: str, called: str, most: int) -> str:
    """The words on a button or row: 1 to `most` characters."""
    value = source.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= most or not value.strip():
        raise not_valid(f"{called} length invalid. Min length: 1, Max length: {most}")
    return value


def number(source: Json, name: str, where: str, least: float, most: float) -> float:
    """A number within bounds; numbers written as text count."""
    value = source.get(name)
    if value is None:
        raise missing(f"{where}['{name}']")
    try:
        found = float(value)
    except (TypeError, ValueError):
        raise invalid(f"Param {where}['{name}'] must be a number.") from None
    if not least <= found <= most:
        raise not_valid(f"{where}['{name}'] must be between {least:g} and {most:g}")
    return found
