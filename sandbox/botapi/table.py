"""Which function answers which method? One table, filled by decorators."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import aiogram.methods
from aiogram.methods import TelegramMethod

from sandbox.botapi.reading import Params
from sandbox.world import World

Answer = Any  # whatever JSON the method returns
Handler = Callable[[World, Params], Answer | Awaitable[Answer]]
H = TypeVar("H", bound=Handler)


@dataclass(frozen=True, slots=True)
class Method:
    """A method the sandbox imitates."""

    name: str
    handler: Handler
    model: type[TelegramMethod[Any]] | None


METHODS: dict[str, Method] = {}
MODELS: dict[str, type[TelegramMethod[Any]]] = {
    model.__api_method__.lower(): model
    for model in vars(aiogram.methods).values()
    if isinstance(model, type) and issubclass(model, TelegramMethod) and model is not TelegramMethod
}


def method(*names: str) -> Callable[[H], H]:
    """The decorated function answers these methods."""

    def register(handler: H) -> H:
        for name in names:
            METHODS[name.lower()] = Method(name, handler, MODELS.get(name.lower()))
        return handler

    return register
