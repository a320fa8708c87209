"""What did somebody key in from a sheet of signatures: on each line a name, a village, a street?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from civic.petitions import why_no_name
from civic.spelling import clean, fold, meant_by

LINES = 60  # of one sheet
NAME, STREET = 120, 200  # characters
_NUMBER = re.compile(r"^\s*(?:№\s*)?\d{1,3}\s*[.)\]:-]?\s+(?=\D)", re.ASCII)
_NOTHING = {"", "-", "–", "—", "?"}


class LineFlaw(StrEnum):
    """Why a line cannot be taken."""

    NO_NAME = "no-name"
    TOO_LONG = "too-long"
    NO_VILLAGE = "no-village"
    UNKNOWN_VILLAGE = "unknown-village"
    TWO_VILLAGES = "two-villages"
    OTHER_VILLAGE = "other-village"


@dataclass(frozen=True, slots=True)
class Place:
    """A village by its number and its names in every language."""

    number: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A line that was understood. Without a village nobody could say which one it was («-»)."""

    name: str
    village: int | None
    street: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that was not understood: its number, what stood there, and why."""

    line: int
    said: str
    flaw: LineFlaw


def read_lines(text: str, places: Sequence[Place], *, only: int | None = None) -> tuple[list[Written], list[Fault]]:
    """The lines in their order, and what is wrong with others, by their numbers among the lines that are not empty.
    Commas, semicolons and tabs part them; a number before a name is left out, slips in villages are forgiven. Where the
    petition is of one village only, that need not be written."""
    found: list[Written] = []
    faults: list[Fault] = []
    lines = [line for line in re.split(r"\r\n|\r|\n", text) if clean(line)]
    for number, line in enumerate(lines, 1):
        read = _read(line, places, only)
        if isinstance(read, LineFlaw):
            faults.append(Fault(number, clean(line)[:60], read))
        else:
            found.append(read)
    return found, faults


def _parts(line: str) -> list[str]:
    apart = next((mark for mark in ("\t", ";") if mark in line), ",")
    return [" ".join(clean(part).split()) for part in line.split(apart)]


def _read(line: str, places: Sequence[Place], only: int | None) -> Written | LineFlaw:
    name, *rest = _parts(_NUMBER.sub("", line))
    if name.isdecimal() and rest:  # the number stood in a column of its own
        name, *rest = rest
    if why_no_name(name) is not None:
        return LineFlaw.NO_NAME
    named = rest[0] if rest else ""
    if named in _NOTHING:
        if only is not None:
            village: int | None = only
        elif rest:
            village = None
        else:
            return LineFlaw.NO_VILLAGE
        street = rest[1:]
    else:
        meant = _village(named, places)
        if isinstance(meant, LineFlaw):
            if only is None:
                return meant
            village, street = only, rest  # only the street is written
        else:
            village, street = meant, rest[1:]
    if only is not None and village != only:
        return LineFlaw.OTHER_VILLAGE
    where = ", ".join(part for part in street if part not in _NOTHING)
    return LineFlaw.TOO_LONG if len(name) > NAME or len(where) > STREET else Written(name, village, where)


_KINDS = {"аилы", "аил", "село", "с", "village", "кичи", "району", "район", "микрораион", "мкр"}


def _village(named: str, places: Sequence[Place]) -> int | LineFlaw:
    said = " ".join(word for word in fold(named).split() if word not in _KINDS) or named
    names = [(place.number, name) for place in places for name in place.names]
    meant = {names[place][0] for place in meant_by(said, [name for _, name in names])}
    if len(meant) > 1:
        return LineFlaw.TWO_VILLAGES
    return meant.pop() if meant else LineFlaw.UNKNOWN_VILLAGE
