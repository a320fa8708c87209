"""What may a quick poll in a group ask, and for how long? It gathers opinions and decides nothing: whoever is in the
group answers, nobody knows who, and nobody asks whether they live there."""

from collections.abc import Sequence
from dataclasses import dataclass

from civic.refusals import Reason
from civic.spelling import clean

QUESTION_LEAST, QUESTION_MOST = 5, 200  # characters; Telegram takes 300, and the mark «not binding» stands before it
OPTIONS_LEAST, OPTIONS_MOST = 2, 10
OPTION_MOST = 80  # characters; Telegram takes 100
LASTS = (1, 3, 7, 14)  # days to choose from


@dataclass(frozen=True, slots=True)
class Tally:
    """How many chose each option, in their order, and how many people answered."""

    counts: tuple[int, ...]
    voters: int

    def per_cent(self, place: int) -> int:
        """The share of those who answered, in whole per cent, rounded half up; 0 while nobody has."""
        return (200 * self.counts[place] + self.voters) // (2 * self.voters) if self.voters else 0


def read_options(text: str) -> tuple[str, ...]:
    """The options of a text with one on each line; empty lines are none."""
    return tuple(line for line in (" ".join(clean(each).split()) for each in text.splitlines()) if line)


def why_wrong_options(options: Sequence[str]) -> Reason | None:
    """Too few or too many of them, one that is too long, or the same twice whatever its capitals are."""
    if not OPTIONS_LEAST <= len(options) <= OPTIONS_MOST:
        return Reason.WRONG_OPTIONS
    if any(len(option) > OPTION_MOST for option in options):
        return Reason.LONG_OPTION
    return Reason.SAME_OPTION if len({option.casefold() for option in options}) < len(options) else None


def together(tallies: Sequence[Tally]) -> Tally | None:
    """What several groups answered together; None where nobody has counted yet. Whoever is in two groups may be in it
    twice, which only an opinion can bear."""
    if not tallies:
        return None
    counts = tuple(map(sum, zip(*(each.counts for each in tallies), strict=True)))
    return Tally(counts, sum(each.voters for each in tallies))
