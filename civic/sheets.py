"""What can be wrong with a spreadsheet that somebody hands in? `sheets-flaw-<flaw>` names the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Flaw(StrEnum):
    """Every way a spreadsheet, or a cell of it, can be wrong. The value is the key of its words."""

    # the file
    TOO_BIG = "too-big"
    TOO_MANY = "too-many"
    TOO_MANY_CHANGES = "too-many-changes"
    NOT_A_SHEET = "not-a-sheet"
    OLD_KIND = "old-kind"
    PASSWORD = "password"  # noqa: S105  the name of a flaw
    BROKEN = "broken"
    EMPTY = "empty"
    # its headings
    UNKNOWN_HEADING = "unknown-heading"
    MISSING_COLUMN = "missing-column"
    HEADING_TWICE = "heading-twice"
    NO_HEADING = "no-heading"
    # a cell
    FORMULA = "formula"
    CELL_ERROR = "cell-error"
    MERGED = "merged"
    NOT_A_DAY = "not-a-day"
    NOT_A_NUMBER = "not-a-number"
    LETTERS_LOST = "letters-lost"
    NOT_A_CHOICE = "not-a-choice"
    TOO_LONG = "too-long"
    EMPTY_CELL = "empty-cell"
    # what a cell says of an issue
    LOCKED = "locked"
    CANNOT_CHANGE = "cannot-change"
    UNKNOWN_CODE = "unknown-code"
    CODE_TWICE = "code-twice"
    UNKNOWN_ISSUE = "unknown-issue"
    LABEL_TAKEN = "label-taken"
    IN_THE_FUTURE = "in-the-future"
    OLDER_DAY = "older-day"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong and where: the row as an office shows it (0: the file or a whole column), the letter of
    the column, its stable key, and its heading as it stands in the file."""

    flaw: Flaw
    row: int = 0
    letter: str = ""
    key: str = ""
    heading: str = ""
    details: Mapping[str, str | int] = field(default_factory=dict)


class BadSheet(ValueError):
    """The spreadsheet cannot be taken in, for these reasons. `sheet` is what could be read in spite of them, so that
    whoever asked may look for more; None when nothing could be read."""

    def __init__(self, faults: Sequence[Fault], sheet: object = None) -> None:
        super().__init__("; ".join(f"{f.letter}{f.row or ''} {f.flaw}".strip() for f in faults[:10]))
        self.faults = tuple(faults)
        self.sheet = sheet
