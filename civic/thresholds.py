"""How many signatures does a petition need, and for what? A municipality's own dated rule with its legal reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from civic.refusals import Reason

BASIS_LIMIT = 300
CHARTER = "Charter "  # begins the reference of a number that the Model Charter itself gives; a clause follows
LATEST = timedelta(days=730)  # a rule from a later day is a slip


class Consequence(StrEnum):
    """What so many signatures oblige the municipality to."""

    ANSWER = "answer"
    KENESH = "kenesh"


@dataclass(frozen=True, slots=True)
class Formula:
    """A number of signatures, or the larger of it and so many of every thousand residents."""

    consequence: Consequence
    minimum: int
    per_mille: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """So many signatures, and what they oblige to."""

    consequence: Consequence
    count: int


def steps(formulas: Sequence[Formula], residents: int | None, ceiling: int) -> tuple[Step, ...]:
    """The thresholds for a territory with so many residents (None or 0: nobody knows, the minimum holds), never over
    the ceiling, nor over the residents, who alone may sign; one for each consequence, the lowest first."""
    counts: dict[Consequence, int] = {}
    ceiling = min(ceiling, residents or ceiling)
    for formula in formulas:
        share = -(-residents * formula.per_mille // 1000) if residents is not None else 0
        counts[formula.consequence] = max(1, min(ceiling, max(formula.minimum, share)))
    return tuple(Step(what, count) for what, count in sorted(counts.items(), key=lambda pair: (pair[1], pair[0])))


def default_formulas(norm: int) -> tuple[Formula, ...]:
    """What holds while the municipality has adopted nothing: an answer at the number of signatures that a norm-making
    initiative needs (docs/law.md#thresholds)."""
    return (Formula(Consequence.ANSWER, norm),)


def why_cannot_adopt(formulas: Sequence[Formula], ceiling: int) -> Reason | None:
    """A rule says at least at how many signatures an answer is due, everything once, and no number is under one or
    over the ceiling."""
    named = [formula.consequence for formula in formulas]
    if Consequence.ANSWER not in named or len(set(named)) < len(named):
        return Reason.NOT_A_CHOICE
    fits = all(1 <= formula.minimum <= ceiling and 0 <= formula.per_mille <= 1_000 for formula in formulas)
    return None if fits else Reason.OUT_OF_RANGE


def why_not_from(from_on: date, today: date) -> Reason | None:
    """A rule is not adopted backwards: what was signed already was signed under another one."""
    return None if today <= from_on <= today + LATEST else Reason.WRONG_DAY
