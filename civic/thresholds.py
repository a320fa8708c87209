"""How many signatures does a petition need, and for what? A municipality's own dated rule with its legal reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


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
    """The thresholds for a territory with so many residents (None: nobody knows, the minimum holds), never over the
    ceiling, one for each consequence, the lowest first."""
    counts: dict[Consequence, int] = {}
    for formula in formulas:
        share = -(-residents * formula.per_mille // 1000) if residents is not None else 0
        counts[formula.consequence] = max(1, min(ceiling, max(formula.minimum, share)))
    return tuple(Step(what, count) for what, count in sorted(counts.items(), key=lambda pair: (pair[1], pair[0])))


def default_formulas(norm: int) -> tuple[Formula, ...]:
    """What holds while the municipality has adopted nothing: an answer at the number of signatures that a norm-making
    initiative needs (docs/law.md#thresholds)."""
    return (Formula(Consequence.ANSWER, norm),)
