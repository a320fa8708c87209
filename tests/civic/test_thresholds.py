"""How many signatures does a petition need, and for what?"""

from datetime import date

import pytest

from civic.refusals import Reason
from civic.thresholds import Consequence, Formula, Step, default_formulas, steps, why_cannot_adopt, why_not_from

ANSWER, KENESH = Consequence.ANSWER, Consequence.KENESH


@pytest.mark.parametrize(
    ("residents", "needed"),
    [(None, 50), (0, 50), (50, 50), (3_333, 50), (3_334, 51), (6_666, 100), (6_667, 101), (14_870, 224), (20_001, 300)],
)
def test_the_larger_of_number_and_share_counts_and_a_share_is_rounded_up(residents: int | None, needed: int) -> None:
    assert steps([Formula(ANSWER, 50, 15)], residents, 300) == (Step(ANSWER, needed),)


@pytest.mark.parametrize(("residents", "needed"), [(200, 200), (1, 1), (600, 600), (601, 600), (None, 600), (0, 600)])
def test_nobody_needs_more_signatures_than_there_are_residents(residents: int | None, needed: int) -> None:
    assert steps(default_formulas(600), residents, 600) == (Step(ANSWER, needed),)


def test_a_share_that_is_a_whole_number_is_not_rounded_further() -> None:
    assert [steps([Formula(ANSWER, 1, 5)], n, 1_000)[0].count for n in (1_000, 1_001, 1_200, 1_201)] == [5, 6, 6, 7]


def test_nothing_is_over_the_ceiling_and_nothing_is_free() -> None:
    assert steps([Formula(ANSWER, 100), Formula(KENESH, 100, 500)], 10_000, 600)[1] == Step(KENESH, 600)
    assert steps([Formula(ANSWER, 0)], 0, 600) == (Step(ANSWER, 1),)


def test_the_lowest_threshold_stands_first_and_each_consequence_once() -> None:
    told = [Formula(KENESH, 300), Formula(ANSWER, 100), Formula(ANSWER, 120)]
    assert steps(told, None, 600) == (Step(ANSWER, 120), Step(KENESH, 300))
    assert steps([Formula(KENESH, 50), Formula(ANSWER, 100)], None, 600)[0].consequence is KENESH


def test_while_nothing_was_adopted_an_answer_is_due_at_the_ladder_of_the_charter() -> None:
    assert steps(default_formulas(600), 14_870, 600) == (Step(ANSWER, 600),)


@pytest.mark.parametrize(
    ("formulas", "reason"),
    [
        ([Formula(ANSWER, 1)], None),
        ([Formula(ANSWER, 600), Formula(KENESH, 600, 1_000)], None),
        ([Formula(KENESH, 100)], Reason.NOT_A_CHOICE),
        ([], Reason.NOT_A_CHOICE),
        ([Formula(ANSWER, 1), Formula(ANSWER, 2)], Reason.NOT_A_CHOICE),
        ([Formula(ANSWER, 0)], Reason.OUT_OF_RANGE),
        ([Formula(ANSWER, 601)], Reason.OUT_OF_RANGE),
        ([Formula(ANSWER, 1, -1)], Reason.OUT_OF_RANGE),
        ([Formula(ANSWER, 1, 1_001)], Reason.OUT_OF_RANGE),
    ],
)
def test_a_rule_needs_an_answer_and_numbers_within_bounds(formulas: list[Formula], reason: Reason | None) -> None:
    assert why_cannot_adopt(formulas, 600) is reason


def test_a_rule_is_never_adopted_backwards() -> None:
    today = date(2026, 12, 31)
    assert why_not_from(date(2026, 12, 30), today) is Reason.WRONG_DAY
    assert why_not_from(today, today) is None
    assert why_not_from(date(2027, 1, 1), today) is None
    assert why_not_from(date(2029, 12, 31), today) is Reason.WRONG_DAY
