"""How long does it take, and what does it cost at most, to begin with people in WhatsApp?"""

from decimal import Decimal

import pytest

from civic.tariffs import Tariff, estimate, open_to_news

SMALL = Tariff(250, Decimal("0.0250"), "USD")


@pytest.mark.parametrize(
    ("people", "begun", "days"),
    [(0, 225, 0), (225, 0, 1), (226, 0, 2), (1, 225, 2), (475, 100, 3), (350, 100, 2), (10, 300, 2)],
)
def test_whoever_fits_into_the_rest_of_today_is_reached_today(people: int, begun: int, days: int) -> None:
    assert estimate(people, SMALL, begun=begun).days == days


@pytest.mark.parametrize(("a_day", "news"), [(0, 0), (2, 2), (10, 9), (250, 225), (100_000, 90_000)])
def test_one_in_ten_people_a_day_is_kept_for_essential_letters(a_day: int, news: int) -> None:
    assert open_to_news(a_day) == news


def test_where_nobody_may_be_begun_with_no_day_is_promised() -> None:
    assert estimate(3, Tariff(0)).days is None


def test_the_cost_is_counted_exactly_and_left_out_where_no_price_is_known() -> None:
    assert estimate(1_000, SMALL).cost == Decimal(25)
    assert estimate(1_000, Tariff(250)).cost is None
