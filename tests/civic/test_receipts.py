"""Is a receipt understood however it is typed, and nothing else taken for one?"""

import pytest

from civic.receipts import receipt_meant


@pytest.mark.parametrize(
    "typed",
    [
        "7KQ4M2XWLA",
        "7kq4m2xwla",
        " 7KQ4 M2XW-LA ",
        "7КQ4М2ХWLА",
        "7kq4m2xw1a",
        "7KQ4M2XWIA",
        "7кq4м2хwla",
        "(7KQ4M2XWLA)",
    ],
)
def test_a_receipt_is_understood_in_any_alphabet_and_with_what_looks_alike(typed: str) -> None:
    assert receipt_meant(typed) == "7KQ4M2XWLA"


@pytest.mark.parametrize(
    "typed", ["", "7KQ4M2XWL", "7KQ4M2XWLAA", "7KQ4M2XWL0", "менин колум", "7KQ4M2XWLA" * 5, "٧KQ4M2XWLA"]
)
def test_what_can_be_no_receipt_is_none(typed: str) -> None:
    assert receipt_meant(typed) is None
