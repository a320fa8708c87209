"""What comes of the journal, and what differs from it?"""

from datetime import UTC, datetime, timedelta
from typing import Any

from civic.petitions import Standing
from civic.tallies import Difference, Off, Stands, Tally, Took, differences

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


def told(*entries: tuple[str, dict[str, Any]]) -> Tally:
    """What so many entries come to, one a minute."""
    tally = Tally()
    for number, (event, details) in enumerate(entries, 1):
        tally.take(number, AT + timedelta(minutes=number), f"petition.{event}", details)
    return tally


def test_the_last_word_of_the_journal_on_a_signature_holds() -> None:
    signed, back = ("signed", {"receipt": "a"}), ("signature-withdrawn", {"receipt": "a"})
    first = AT + timedelta(minutes=1)
    assert told(signed).signatures == {"a": Stands(Standing.COUNTED, first)}
    assert told(signed, back).signatures == {"a": Stands(Standing.WITHDRAWN, first)}
    assert told(signed, back, signed).signatures == {"a": Stands(Standing.COUNTED, AT + timedelta(minutes=3))}
    out = ("signatures-taken-out", {"invalidation": 5, "receipts": ["a"]})
    begun = ("signatures-invalidated", {"invalidation": 5, "found": 1})
    put_back = ("signatures-restored", {"invalidation": 5, "receipts": ["a"]})
    assert told(signed, begun, out).signatures == {"a": Stands(Standing.INVALID, first, 5)}
    assert told(signed, begun, out).invalidations == {5: Took(1, 1)}
    assert told(signed, begun, out, put_back).signatures == {"a": Stands(Standing.COUNTED, first)}
    assert told(signed, begun, out, put_back).invalidations == {5: Took(1, 1, undone=True)}
    assert told(signed, begun, out, put_back).count == (1, 0)


def test_a_sheet_counts_what_was_entered_less_what_was_taken_off() -> None:
    entered, other = [("paper-entered", {"sheet": sheet, "counted": 6}) for sheet in (1, 2)]
    repeated = ("paper-removed", {"sheet": 1, "counted": 2})
    removed = ("paper-removed", {"sheet": 2, "counted": 6})
    assert told(entered, other, repeated, removed).sheets == {1: 4, 2: 0}
    assert told(entered, other, repeated, removed).count == (0, 4)


def test_an_entry_that_we_never_write_is_named_and_counts_nothing() -> None:
    tally = told(("signed", {}), ("paper-entered", {"sheet": 1, "counted": "много"}), ("signed", {"receipt": "a"}))
    assert tally.unclear == [1, 2]
    same = Tally(signatures=dict(tally.signatures))
    assert differences(tally, same, (1, 0)) == [Difference(Off.ENTRY, 2, 1)]


def test_the_first_entry_that_is_contradicted_is_named() -> None:
    tally = told(("signed", {"receipt": "a"}), ("signed", {"receipt": "b"}), ("signed", {"receipt": "c"}))
    kept = dict(tally.signatures)
    kept["b"] = Stands(Standing.WITHDRAWN, kept["b"].signed_at)
    del kept["c"]
    kept["d"] = kept["a"]
    assert differences(tally, Tally(signatures=kept), (2, 0)) == [
        Difference(Off.COUNT, says=(2, 0), should=(3, 0)),
        Difference(Off.SIGNATURE, 2, 2),
        Difference(Off.INVENTED, 1),
    ]
    assert differences(tally, Tally(signatures=tally.signatures), (3, 0)) == []
