"""Which ways on has a screen, and what is on which page?"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.ways import page_of
from talk.screen import Button, Screen, rows
from tests.talk.trial import Home, OpenRoad

MANAS, DOSTUK = Button("Манас", OpenRoad(1)), Button("Достук", OpenRoad(2))
BACK, MENU = Button("Артка", Home()), Button("Меню", Home())


def test_the_ways_on_are_the_numbered_ones_first_and_then_the_rows() -> None:
    screen = Screen(choice=(MANAS, DOSTUK), buttons=((BACK,), (MENU, Button("Сайт", link="https://example.kg"))))
    assert [way.label for way in screen.ways] == ["Манас", "Достук", "Артка", "Меню", "Сайт"]


def test_an_empty_screen_has_no_way_on() -> None:
    assert Screen().ways == ()


def test_buttons_come_in_rows_and_none_is_left_out() -> None:
    assert rows(MANAS, None, DOSTUK) == ((MANAS,), (DOSTUK,))
    assert rows(MANAS, None, DOSTUK, BACK, width=2) == ((MANAS, DOSTUK), (BACK,))
    assert rows(None, None) == ()


def test_an_alert_is_nothing_but_its_words() -> None:
    assert Screen(title="Жол", text="Оңдолууда").with_alert("Рахмат") == Screen(
        title="Жол", text="Оңдолууда", alert="Рахмат"
    )


@pytest.mark.parametrize(
    ("count", "asked", "page"),
    [
        (0, 0, (range(0), 0, 1)),
        (8, 0, (range(8), 0, 1)),
        (9, 0, (range(8), 0, 2)),
        (9, 1, (range(8, 9), 1, 2)),
        (9, 2, (range(8, 9), 1, 2)),
        (9, 10**15, (range(8, 9), 1, 2)),
        (9, -1, (range(8), 0, 2)),
        (16, 1, (range(8, 16), 1, 2)),
    ],
)
def test_a_page_that_is_not_there_becomes_the_nearest_one(count: int, asked: int, page: tuple[range, int, int]) -> None:
    assert page_of(count, asked, 8) == page


@given(some.integers(0, 300), some.integers(1, 20))
def test_every_thing_is_on_exactly_one_page(count: int, size: int) -> None:
    _, _, pages = page_of(count, 0, size)
    shown = [position for number in range(pages) for position in page_of(count, number, size)[0]]
    assert shown == list(range(count))
