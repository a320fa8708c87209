"""What may a quick poll ask, and how is it counted?"""

import pytest

from civic.opinions import OPTION_MOST, OPTIONS_MOST, Tally, read_options, together, why_wrong_options
from civic.refusals import Reason


def test_options_are_the_lines_of_one_message_and_empty_lines_are_none() -> None:
    assert read_options("  Ооба \n\n Жок\r\nБилбейм   эле\n") == ("Ооба", "Жок", "Билбейм эле")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("Ооба", "Жок"), None),
        (("Ооба",), Reason.WRONG_OPTIONS),
        ((), Reason.WRONG_OPTIONS),
        (tuple(map(str, range(OPTIONS_MOST))), None),
        (tuple(map(str, range(OPTIONS_MOST + 1))), Reason.WRONG_OPTIONS),
        (("Ооба", "ООБА"), Reason.SAME_OPTION),
        (("Ооба", "я" * OPTION_MOST), None),
        (("Ооба", "я" * (OPTION_MOST + 1)), Reason.LONG_OPTION),
    ],
)
def test_a_poll_has_two_to_ten_different_short_options(options: tuple[str, ...], reason: Reason | None) -> None:
    assert why_wrong_options(options) is reason


def test_shares_are_whole_per_cent_of_those_who_answered() -> None:
    assert [Tally((1, 2, 0), 3).per_cent(place) for place in range(3)] == [33, 67, 0]
    assert [Tally((1, 7), 8).per_cent(place) for place in range(2)] == [13, 88], "halves go up"
    assert Tally((0, 0), 0).per_cent(0) == 0


def test_several_groups_are_added_up() -> None:
    assert together([Tally((1, 2), 3), Tally((4, 0), 4)]) == Tally((5, 2), 7)
    assert together([]) is None
