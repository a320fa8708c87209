"""Can features be put together in one table without taking each other's place?"""

import pytest

from handlers.ways import numbered
from talk.routes import Routes, Table
from tests.talk.trial import Home, OpenRoad, road, routes, table


def test_a_numbered_link_is_a_letter_and_a_number() -> None:
    meaning = numbered(OpenRoad)
    assert meaning("12") == OpenRoad(12)
    assert [meaning(rest) for rest in ("", "a", "1.5", "9" * 16)] == [None, None, None, None]


def test_what_is_declared_twice_is_a_fault() -> None:
    again = Routes()
    again.press(OpenRoad, reads=True)(road)
    with pytest.raises(AssertionError, match="declared twice"):
        Table(routes, again, home=Home())
    with pytest.raises(AssertionError):
        again.press(OpenRoad, reads=True)(road)


@pytest.mark.parametrize("name", ["refused", "otherwise", "old_button", "inline_answer", "began"])
def test_only_one_feature_may_answer_what_no_feature_owns(name: str) -> None:
    again = Routes()
    setattr(again, name, getattr(table, name))
    with pytest.raises(AssertionError, match=f"declared twice: {name}"):
        Table(routes, again, home=Home())
