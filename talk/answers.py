"""What counts as an answer to a question, and how is it kept, understood again and shown?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from talk.screen import Ask
from talk.turn import Heard, Turn

T = TypeVar("T")
Stored = str | None


class Unfit(Exception):
    """A kept answer that no longer fits its question: it is asked again."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from: what is kept and what is read."""

    value: str
    label: str


class Answer(Generic[T]):
    """A kind of answer. `read` turns what a person did into what is kept, or refuses in words; `value` turns
    what is kept into what the form works with, or raises Unfit."""

    options: Sequence[Option] = ()
    asks: Ask | None = None

    async def read(self, turn: Turn, heard: Heard) -> Stored:
        """What is kept of an answer; Refused with the reason when it is none."""
        raise NotImplementedError(type(self))

    def value(self, stored: str) -> T:
        """What the form works with; Unfit when the kept answer no longer fits."""
        raise NotImplementedError(type(self))

    def shown(self, stored: str) -> str:
        """The kept answer in words."""
        return stored
