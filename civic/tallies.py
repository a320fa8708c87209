"""What comes of all that the journal says of a petition's signatures, and where do the tables say something else?
(docs/proof.md)

Everything is derived from the numbered entries, in their order: how each signature stands, known by the mark of its
receipt, what each sheet counts, and what each invalidation took out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from civic.events import Event
from civic.petitions import Standing

TOLD = frozenset(
    {
        Event.SIGNED.value,
        Event.UNSIGNED.value,
        Event.SIGNATURES_INVALIDATED.value,
        Event.SIGNATURES_TAKEN_OUT.value,
        Event.SIGNATURES_RESTORED.value,
        Event.PAPER_ENTERED.value,
        Event.PAPER_REMOVED.value,
    }
)


class Off(StrEnum):
    """What can be otherwise than the journal says."""

    PETITION = "petition"  # it is not there
    ENTRY = "entry"  # the journal says something that nobody of us wrote
    UNREADABLE = "unreadable"  # what the tables hold of it
    COUNT = "count"  # its counter
    SIGNATURE = "signature"  # one is not there, or stands otherwise
    INVENTED = "invented"  # a signature that nobody gave
    SHEET = "sheet"  # one is not there, or counts otherwise
    INVENTED_SHEET = "invented-sheet"
    INVALIDATION = "invalidation"  # one is not there, or took out otherwise
    INVENTED_INVALIDATION = "invented-invalidation"


@dataclass(frozen=True, slots=True)
class Difference:
    """So many things of a petition are otherwise than the journal says; `entry` is the first one they contradict. Of
    the counter: what it says, and what it should say, in the bot and on paper."""

    off: Off
    many: int = 1
    entry: int | None = None
    says: tuple[int, int] = (0, 0)
    should: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Stands:
    """How a signature stands: since which moment it was given, and by which invalidation it was taken out."""

    standing: Standing
    signed_at: datetime | None
    invalidation: int | None = None


@dataclass(frozen=True, slots=True)
class Took:
    """What an invalidation found when it began, how many signatures it has taken out, whether it was undone."""

    found: int
    done: int = 0
    undone: bool = False


@dataclass(slots=True)
class Tally:
    """How the signatures (by the mark of their receipts), sheets and invalidations (by their numbers) of a petition
    stand: by the journal, or by the tables. `last` is the newest entry that speaks of each."""

    signatures: dict[str, Stands] = field(default_factory=dict)
    sheets: dict[int, int] = field(default_factory=dict)
    invalidations: dict[int, Took] = field(default_factory=dict)
    last: dict[str | tuple[str, int], int] = field(default_factory=dict)
    unclear: list[int] = field(default_factory=list)  # entries that are nothing we write

    @property
    def count(self) -> tuple[int, int]:
        """How many signatures count in the bot and on paper."""
        counted = sum(each.standing is Standing.COUNTED for each in self.signatures.values())
        return counted, sum(self.sheets.values())

    def take(self, number: int, at: datetime, event: str, told: Mapping[str, Any]) -> None:
        """The next entry of the journal about the petition."""
        try:
            self._take(number, at, event, told)
        except (LookupError, TypeError, ValueError):
            self.unclear.append(number)

    def _take(self, number: int, at: datetime, event: str, told: Mapping[str, Any]) -> None:
        match event:
            case Event.SIGNED:
                self._stand(number, [told["receipt"]], Standing.COUNTED, at=at)
            case Event.UNSIGNED:
                self._stand(number, [told["receipt"]], Standing.WITHDRAWN)
            case Event.PAPER_ENTERED | Event.PAPER_REMOVED:
                sheet, counted = int(told["sheet"]), int(told["counted"])
                less = counted if event == Event.PAPER_ENTERED else -counted
                self.sheets[sheet] = self.sheets.get(sheet, 0) + less
                self.last["sheet", sheet] = number
            case _:
                self._invalidated(number, event, told)

    def _stand(
        self,
        number: int,
        receipts: Iterable[str],
        standing: Standing,
        *,
        at: datetime | None = None,
        invalidation: int | None = None,
    ) -> None:
        for receipt in map(str, receipts):
            known = self.signatures.get(receipt)
            signed_at = at or (known.signed_at if known is not None else None)
            self.signatures[receipt] = Stands(standing, signed_at, invalidation)
            self.last[receipt] = number

    def _invalidated(self, number: int, event: str, told: Mapping[str, Any]) -> None:
        """One begins, takes out a piece, or gives all back that can be given back."""
        invalidation, receipts = int(told["invalidation"]), told.get("receipts", ())
        known = self.invalidations.get(invalidation, Took(-1))
        self.last["invalidation", invalidation] = number
        match event:
            case Event.SIGNATURES_INVALIDATED:
                known = Took(int(told["found"]))
            case Event.SIGNATURES_TAKEN_OUT:
                known = Took(known.found, known.done + len(receipts))
                self._stand(number, receipts, Standing.INVALID, invalidation=invalidation)
            case Event.SIGNATURES_RESTORED:
                known = Took(known.found, known.done, undone=True)
                self._stand(number, receipts, Standing.COUNTED)
        self.invalidations[invalidation] = known


def differences(journal: Tally, tables: Tally, says: tuple[int, int]) -> list[Difference]:
    """Where the tables, and the counter with them, say something else than the journal."""
    found = [Difference(Off.ENTRY, len(journal.unclear), journal.unclear[0])] if journal.unclear else []
    if says != journal.count:
        found.append(Difference(Off.COUNT, says=says, should=journal.count))
    for off, invented, told, kept, kind in (
        (Off.SIGNATURE, Off.INVENTED, journal.signatures, tables.signatures, ""),
        (Off.SHEET, Off.INVENTED_SHEET, journal.sheets, tables.sheets, "sheet"),
        (Off.INVALIDATION, Off.INVENTED_INVALIDATION, journal.invalidations, tables.invalidations, "invalidation"),
    ):
        found += _compared(off, invented, told, kept, journal.last, kind)
    return found


def _compared(
    off: Off,
    invented: Off,
    told: Mapping[Any, object],
    kept: Mapping[Any, object],
    last: Mapping[Any, int],
    kind: str,
) -> Iterable[Difference]:
    wrong = [last[(kind, key) if kind else key] for key, stands in told.items() if kept.get(key) != stands]
    if wrong:
        yield Difference(off, len(wrong), min(wrong))
    if more := len(kept.keys() - told.keys()):
        yield Difference(invented, more)
