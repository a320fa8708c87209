"""How do two spellings of the same Kyrgyz, Russian or English word compare?"""

import difflib
import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date

# People and even offices type without ө, ү, ң (docs/law.md#spelling); ё is written as е everywhere.
_LONGEST_NAME = 200  # what is longer names nothing, and comparing it with every name costs seconds
_FOLDED = str.maketrans({"ө": "о", "ү": "у", "ң": "н", "ё": "е", "й": "и", "ъ": None, "ь": None, "'": None, "’": None})

# Characters that change how the text around them is drawn: overrides, isolates and marks of direction.
_DIRECTION = frozenset(chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))
_NOWHERE = _DIRECTION | {"\ufffe", "\uffff"}  # no XML may hold these two, and so no spreadsheet


# a quick look: whatever this does not find needs no closer one
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]"
)


def fold(text: str) -> str:
    """The text as search compares it: lower case, ө→о ү→у ң→н ё→е, words parted by single spaces."""
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_FOLDED)
    return " ".join("".join(c if c.isalnum() else " " for c in lowered).split())


def clean(text: str) -> str:
    """The text as it may be stored and shown: NFC, no control or direction-changing characters, no lone
    surrogates; line breaks and joined emoji stay."""
    if _UNSAFE.search(text) is None:
        return unicodedata.normalize("NFC", text).strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(
        c for c in text if c == "\n" or (c not in _NOWHERE and unicodedata.category(c) not in {"Cc", "Cs", "Co"})
    )
    return unicodedata.normalize("NFC", kept).strip()


def meant_by(typed: str, names: Sequence[str]) -> list[int]:
    """Which of the names somebody meant, by their places: the same words, else the names in which every typed piece
    begins a word, else the closest spelling (three letters of four). Several when it could be any of them."""
    if len(typed) > _LONGEST_NAME:
        return []
    whole = fold(typed)
    pieces = whole.split()
    closeness = []
    for name in names:
        words = fold(name).split()
        begins = len(whole) > 1 and all(any(word.startswith(piece) for word in words) for piece in pieces)
        alike = difflib.SequenceMatcher(None, " ".join(words), " ".join(pieces)).ratio()
        closeness.append(3.0 if words == pieces else 2.0 if begins else alike)
    best = max(closeness, default=0)
    return [place for place, close in enumerate(closeness) if close == best >= 0.75]


def is_label(typed: str, label: str) -> bool:
    """Whether somebody typed what a row or a button says: all of it, or its longest part without the marks and the
    counts that stand beside it, as in «✅ Peat for the school · 210»."""
    words = fold(typed[:_LONGEST_NAME])
    return bool(words) and words in (fold(label), max((fold(part) for part in label.split(" · ")), key=len))


def whole_number(text: str) -> int | None:
    """The number of at most fifteen plain digits, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


_DAY = re.compile(r"(\d{1,2})[.,/ -](\d{1,2})(?:[.,/ -](20\d\d|\d\d))?\.?", re.ASCII)


def day_meant(text: str, today: date) -> date | None:
    """The day that somebody typed, day first: 04.05.2026, 4.5.26, 4/5, 04 05 2026; without a year it is this year.
    None when it is no day of this century."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found[3]) if found[3] else today.year
    try:
        return date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
    except ValueError:
        return None


_LATIN = dict(
    zip(
        "абвгдеёжзийклмнңоөпрстуүфхцчшщыэюя",
        "a b v g d e yo j z i i k l m n ng o o p r s t u u f kh ts ch sh shch y e yu ya".split(),
        strict=True,
    )
)


def latin_key(name: str, taken: Collection[str], *, most: int, otherwise: str, without: Collection[str] = ()) -> str:
    """A short key in small Latin letters, digits and hyphens made of a name, with a number behind it where it is taken;
    `without` these words (folded), at most so many characters and the number, `otherwise` that when nothing is left."""

    def latin(words: str) -> str:
        return "".join(_LATIN.get(c, c) for c in words if c not in "ъь")

    left_out = {latin(word) for word in without}
    pieces = [piece for piece in re.findall(r"[a-z0-9]+", latin(clean(name).casefold())) if piece not in left_out]
    key = found = "-".join(pieces)[:most].strip("-") or otherwise
    number = 1
    while found in taken:
        number += 1
        found = f"{key}-{number}"
    return found
