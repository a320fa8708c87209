"""When are several questions better asked on one page of a messenger's own form than one after the other?"""

from dataclasses import dataclass

SPARED = 5  # messages at least that a page must spare, or it is not offered
MOST = 8  # questions on a page


@dataclass(frozen=True, slots=True)
class Field:
    """A question on a page: its words, and what is asked for: one of the options (what is kept and what is read), a
    day, or a text of at most so many characters, which may begin from the one that is there now."""

    key: str
    says: str
    most: int = 0
    options: tuple[tuple[str, str], ...] = ()
    is_day: bool = False
    is_needed: bool = True
    is_now: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of questions: the line that offers it beside the plain question, what stands on the button that opens it,
    over each answer, and on the button that sends it; the answers come back with `press`."""

    offer: str
    opens: str
    answer: str
    sends: str
    press: str
    fields: tuple[Field, ...]


def is_worth_a_page(questions: int) -> bool:
    """Asked one by one, each of them is a message, and so is its answer. A page is the message that offers it, the one
    with the ways back that stands beside it, and the message that brings the answers."""
    return 2 * min(questions, MOST) - 3 >= SPARED
