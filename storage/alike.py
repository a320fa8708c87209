"""Which things fit somebody's words best?"""

from collections.abc import Iterable
from typing import TypeVar

from rapidfuzz import fuzz, process

from civic.spelling import fold

T = TypeVar("T")

LIKE_ENOUGH = 74.0  # of 100: one wrong letter in a word of five still finds it, another word does not


def closeness(wanted: str, words: list[str]) -> float:
    """How well the folded words of a query fit a thing's folded words: the mean of each word's best fit, where
    a beginning («жол» for «жолдор») fits fully."""
    total = 0.0
    for piece in wanted.split():
        if any(word.startswith(piece) for word in words) and len(piece) > 1:
            total += 101 if piece in words else 100  # «жер» means the land before it means «жергиликтүү»
            continue
        best = process.extractOne(piece, words, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
        total += best[1] if best else 0
    return total / max(1, len(wanted.split()))


def alike(wanted: str, things: Iterable[tuple[str, T]], *, at_least: float = LIKE_ENOUGH) -> list[tuple[float, T]]:
    """The things, each given with its folded words, that fit what is wanted, best first and else in the order given:
    in any language, with ө ү ң optional and a mistyped letter forgiven."""
    folded = fold(wanted)[:100]
    if not folded:
        return []
    ranked = [(fit, thing) for words, thing in things if (fit := closeness(folded, words.split())) >= at_least]
    return sorted(ranked, key=lambda pair: -pair[0])
