"""Does the pace keep the documented rates in every window of time, whoever wants to send, and does it use them?"""

import random
from collections.abc import Callable

import pytest

from bot.limits import Pace

PERSON, GROUP = "7", "-100"


class Clock:
    """Seconds that pass when somebody waits."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def letters(pace: Pace, clock: Clock, to: Callable[[int], str], count: int, *, late: float = 0) -> list[float]:
    """So many letters, each as soon as its turn comes, and up to `late` seconds later; gives when they went out."""
    dice, went = random.Random(1), []
    for number in range(count):
        chat = to(number)
        while (wait := pace.wait(chat)) > 0:
            clock.now += max(wait, 1e-7) + late * dice.random()
        pace.answer(chat)
        went.append(clock.now)
    return went


def most(went: list[float], seconds: float) -> int:
    """The most that went out in any window of so many seconds."""
    return max(sum(begin <= moment < begin + seconds - 1e-4 for moment in went) for begin in went)


@pytest.mark.parametrize("late", [0, 0.002, 0.02])
def test_in_no_second_more_go_out_than_telegram_permits(late: float) -> None:
    clock = Clock()
    went = letters(Pace(30, 1, 20, clock), clock, lambda number: str(number + 1), 600, late=late)
    assert most(went, 1) <= 30
    if late < 0.01:
        assert (len(went) - 1) / (went[-1] - went[0]) >= 0.97 * 30


def test_in_no_minute_a_group_gets_more_than_twenty_and_in_no_second_a_person_more_than_one() -> None:
    clock = Clock()
    pace = Pace(30, 1, 20, clock)
    went = letters(pace, clock, lambda _: GROUP, 65)
    assert most(went, 60) == 20
    assert went[-1] - went[0] == pytest.approx(64 * 3)
    clock.now += 600  # nothing is saved up in a pause
    assert most(letters(pace, clock, lambda _: GROUP, 65), 60) == 20
    assert most(letters(pace, clock, lambda _: PERSON, 30), 1) == 1


def test_a_rate_below_one_a_second_is_kept_too() -> None:
    clock = Clock()
    went = letters(Pace(0.5, 10, 600, clock), clock, lambda number: str(number + 1), 20)
    assert most(went, 2) == 1


def test_answers_never_wait_and_letters_leave_them_room() -> None:
    clock = Clock()
    pace = Pace(30, 1, 20, clock)
    for number in range(25):
        pace.answer(str(number + 1))
    went = letters(pace, clock, lambda number: str(number + 100), 20)
    assert sum(moment < 1_001 - 1e-4 for moment in went) <= 5


def test_while_the_messenger_wants_rest_no_letter_goes_out() -> None:
    clock = Clock()
    pace = Pace(30, 1, 20, clock)
    pace.rest(3)
    pace.rest(1)  # takes nothing off
    assert letters(pace, clock, lambda number: str(number + 1), 1) == [pytest.approx(1_003)]
    assert pace.rests == 0
