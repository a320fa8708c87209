"""What does a letter wait for, and why did one fail?"""

import pytest

from civic.post import (
    DAY_IS_FULL,
    QUIET_HOURS,
    TEMPLATE_REFUSED,
    Failure,
    LetterKind,
    Waits,
    WhyLater,
    failure_of,
    kind_of_letter,
    waits_for,
    why_later,
)
from civic.subscriptions import LETTERS, Topic


@pytest.mark.parametrize(
    ("held", "in_hand", "due", "tries", "offered", "reason", "expected"),
    [
        (None, False, True, 0, False, "", Waits.NOW),
        (None, True, True, 0, False, "", Waits.IN_HAND),
        (None, False, False, 0, False, "", Waits.PLANNED),
        (None, False, False, 0, False, QUIET_HOURS, Waits.QUIET),
        (None, False, True, 0, False, QUIET_HOURS, Waits.NOW),  # the morning has come
        (None, False, False, 0, True, "", Waits.LATER),  # Telegram: «too many requests»
        (None, False, False, 2, True, "no connection", Waits.AGAIN),
        (None, False, False, 0, False, DAY_IS_FULL, Waits.LATER),
        ("daily", False, True, 0, False, "", Waits.DAILY),
        ("window", False, True, 3, True, "", Waits.WINDOW),
        ("paused", False, False, 0, False, "", Waits.PAUSED),
    ],
)
def test_what_a_letter_waits_for(
    held: str | None, in_hand: bool, due: bool, tries: int, offered: bool, reason: str, expected: Waits
) -> None:
    assert waits_for(held, in_hand=in_hand, due=due, tries=tries, offered=offered, reason=reason) is expected


def test_why_a_messenger_does_not_take_it_now() -> None:
    assert why_later(Waits.WINDOW, "") is WhyLater.MESSAGE
    assert why_later(Waits.WINDOW, f"{TEMPLATE_REFUSED}, code 132001") is WhyLater.TEMPLATE
    assert why_later(Waits.LATER, DAY_IS_FULL) is WhyLater.FULL
    assert why_later(Waits.LATER, "") is WhyLater.RATE
    assert why_later(Waits.QUIET, QUIET_HOURS) is None


def test_a_fault_of_ours_is_known_by_its_name_and_one_of_a_messenger_by_its_words() -> None:
    words = {
        "no connection": Failure.CONNECTION,
        "KeyError": Failure.PROGRAM,
        "Bad Request: message is too long": Failure.MESSENGER,
        "code 131009": Failure.MESSENGER,
        "": Failure.MESSENGER,
    }
    assert {said: failure_of(said) for said in words} == words


def test_every_letter_is_about_something() -> None:
    kinds = {key: kind_of_letter(key) for key in LETTERS}
    assert kinds["announcement"] is Topic.ANNOUNCEMENTS
    assert kinds["renewals-due"] is LetterKind.WORK
    assert kinds["accounts-joined"] is LetterKind.ACCOUNT
    assert kind_of_letter("list-post") is LetterKind.POST
    assert LetterKind.POST not in kinds.values()
