"""What is shown: the union of what the messengers can do. Each messenger draws a part, replaces it, or says in
its log that it dropped it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from civic.pages import Page
from talk.press import Press


class Ask(StrEnum):
    """What a question asks the messenger's own button for."""

    CONTACT = "contact"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class Button:
    """A labelled way on: a press, or an address outside the conversation (`share`: one to pass on in a chat of one's
    choice), or words to look up inline."""

    label: str
    press: Press | None = None
    link: str | None = None
    share: str | None = None
    inline: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A short labelled line: «Responsible: Asanov A.»."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How far a count has come; drawn beside its figures, never instead of them."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class File:
    """A file to take away. `bytes` is the content, `name` what it is saved as."""

    name: str
    bytes: bytes


@dataclass(frozen=True, slots=True)
class Question:
    """The question of a form, what the messenger's own button asks for, and how many buttons are numbered answers."""

    text: str
    asks: Ask | None = None
    button: str = ""
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: title, state, facts, text (folded when long), then what can be done, the likely thing first.

    `choice` is a numbered list of things to open, `buttons` are rows of actions. `at` is the reading press that
    shows this screen again, for typed words and lost answers. `alert` pops up over the pressed message, `forward` is
    plain text to pass on, `together` asks more on one page. `language` is the one it speaks, for a messenger that
    has to add words of its own."""

    title: str = ""
    icon: str = ""
    state: str = ""
    text: str = ""
    folded: str = ""
    facts: tuple[Fact, ...] = ()
    bar: Bar | None = None
    choice: tuple[Button, ...] = ()
    first_number: int = 1
    question: Question | None = None
    note: str = ""
    forward: str = ""
    picture: File | None = None
    document: File | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    alert: str = ""
    at: Press | None = None
    fresh: bool = False
    puts_keyboard_away: str = ""
    results: tuple["Screen", ...] | None = None
    lead: str = ""
    together: Page | None = None
    language: str = ""

    @property
    def ways(self) -> tuple[Button, ...]:
        """Every way on from here, the numbered ones first, in the order in which they are seen."""
        return (*self.choice, *(button for row in self.buttons for button in row))

    @property
    def numbered(self) -> tuple[Button, ...]:
        """The ways on that are typed as a number, from `first_number` on; below a question the answers alone."""
        actions = [button for row in self.buttons for button in row if button.press is not None]
        return (*self.choice, *(actions if self.question is None else actions[: self.question.answers]))

    def with_alert(self, words: str) -> Self:
        """The same screen with a line that pops up over it."""
        return replace(self, alert=words)


def rows(*buttons: Button | None, width: int = 1) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows of that width; None is left out."""
    shown = [button for button in buttons if button is not None]
    return tuple(tuple(shown[i : i + width]) for i in range(0, len(shown), width))
