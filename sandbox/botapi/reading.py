"""What did the bot send? Parameters of one request, read as forgivingly as Telegram reads them."""

import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args, get_origin

from aiogram.methods import TelegramMethod
from pydantic import BaseModel, ValidationError

from sandbox.attachments import Upload
from sandbox.refusals import MISSING, NOT_UTF8, Refusal, bad

LEFT_OUT = {"setWebhook": {"url": ""}, "editMessageText": {"text": ""}}


@dataclass(slots=True)
class Params:
    """Named values of a request; JSON values may come as text."""

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """A string; None if absent."""
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value) if isinstance(value, dict | list | bool) else str(value)

    def number(self, name: str) -> int | None:
        """A whole number; None if absent or empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad(f"can't parse {name}: a number is expected") from None

    def real(self, name: str) -> float | None:
        """A number; None if absent or empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            raise bad(f"can't parse {name}: a number is expected") from None

    def flag(self, name: str, default: bool = False) -> bool:
        """Yes or no."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        return value is True or str(value).lower() in ("true", "1", "yes", "t", "y")

    def json(self, name: str) -> Any:
        """A JSON object or array; None if absent."""
        value = self.values.get(name)
        if isinstance(value, str):
            if not value:
                return None
            try:
                value = json.loads(value)
            except ValueError:
                raise bad(f"can't parse {name} JSON object") from None
            _check_strings(value)
            self.values[name] = value
        return value

    def object(self, name: str) -> dict[str, Any] | None:
        """A JSON object; None if absent."""
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise bad(f"object expected as {name.replace('_', ' ')}")
        return value

    def array(self, name: str) -> list[Any] | None:
        """A JSON array; None if absent."""
        value = self.json(name)
        if value is not None and not isinstance(value, list):
            raise bad(f"array expected as {name.replace('_', ' ')}")
        return value


def check(model: type[TelegramMethod[Any]], params: Params) -> None:
    """Hold the request against aiogram's own type of this method."""
    values: dict[str, Any] = dict(LEFT_OUT.get(model.__api_method__, {}))
    json_fields = _json_fields(model)
    for name, value in params.values.items():
        values[name] = params.json(name) if name in json_fields and isinstance(value, str) else value
        if name in ("chat_id", "from_chat_id") and isinstance(value, str) and value.lstrip("-").isdigit():
            values[name] = int(value)
    for name in params.uploads:
        values.setdefault(name, f"attach://{name}")
    values.pop("certificate", None)
    try:
        model.model_validate(values)
    except ValidationError as error:
        raise _in_words(error) from None


def _in_words(error: ValidationError) -> Refusal:
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    if first["type"] == "missing" and len(place) == 1:
        return bad(MISSING.get(place[0], f'parameter "{place[0]}" is required'))
    if first["type"] == "missing":
        return bad(f"can't parse {place[0]}: Can't find field \"{place[-1]}\" (at {'.'.join(place)})")
    return bad(f"can't parse {place[0]}: {first['msg']} (at {'.'.join(place)})")


@cache
def _json_fields(model: type[BaseModel]) -> frozenset[str]:
    """Names of the fields that come as JSON text."""
    return frozenset(name for name, info in model.model_fields.items() if _is_json(info.annotation))


def _is_json(annotation: Any) -> bool:
    if get_origin(annotation) in (list, dict):
        return True
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(_is_json(part) for part in get_args(annotation))


def _check_strings(value: Any) -> None:
    """Refuse NUL and lone surrogates anywhere inside."""
    if isinstance(value, str):
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise bad(NOT_UTF8) from None
        if "\0" in value:
            raise bad(NOT_UTF8)
    elif isinstance(value, dict):
        for inner in value.values():
            _check_strings(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_strings(inner)
