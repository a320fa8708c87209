"""What counts as an answer to a question, and how is it kept, understood again and shown?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from civic.refusals import Reason, Refused
from civic.spelling import clean, fold, meant_by
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

    def read(self, turn: Turn, heard: Heard) -> Stored:
        """What is kept of an answer; Refused with the reason when it is none."""
        raise NotImplementedError(type(self))

    def value(self, stored: str) -> T:
        """What the form works with; Unfit when the kept answer no longer fits."""
        raise NotImplementedError(type(self))

    def shown(self, stored: str) -> str:
        """The kept answer in words."""
        return stored


@dataclass(frozen=True)
class words(Answer[str]):  # noqa: N801  reads as a word inside a form
    """A text of so many characters."""

    max: int = 1_000
    min: int = 1

    def read(self, turn: Turn, heard: Heard) -> Stored:
        text = clean(heard.text)
        if not text and not heard.text:
            raise Refused(Reason.WRONG_KIND)
        if len(text) < self.min:
            raise Refused(Reason.TOO_SHORT, least=self.min)
        if len(text) > self.max:
            raise Refused(Reason.TOO_LONG, most=self.max, is_now=len(text))
        return text

    def value(self, stored: str) -> str:
        if not self.min <= len(stored) <= self.max:
            raise Unfit
        return stored


@dataclass(frozen=True)
class choice(Answer[str]):  # noqa: N801
    """One of a list, tapped, or typed as its number or its name (ө ү ң optional, a slip forgiven)."""

    options: Sequence[Option] = field(default=())

    def read(self, turn: Turn, heard: Heard) -> Stored:
        typed, labels = fold(heard.text), [option.label for option in self.options]
        numbered = typed.isascii() and typed.isdecimal()
        places = [int(typed[:6]) - 1] if numbered else meant_by(typed, labels) if typed else []
        meant = {self.options[place].value for place in places if 0 <= place < len(labels)}
        if len(meant) != 1:  # what could mean two of them is not guessed
            raise Refused(Reason.NOT_A_CHOICE if heard.text else Reason.WRONG_KIND)
        return meant.pop()

    def value(self, stored: str) -> str:
        if all(option.value != stored for option in self.options):
            raise Unfit
        return stored

    def shown(self, stored: str) -> str:
        return next((option.label for option in self.options if option.value == stored), stored)
