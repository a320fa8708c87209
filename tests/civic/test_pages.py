"""When is a page of several questions worth it?"""

from civic.pages import MOST, is_worth_a_page


def test_a_page_is_offered_from_four_questions_on_where_it_spares_five_messages() -> None:
    assert [number for number in range(MOST + 1) if is_worth_a_page(number)] == [4, 5, 6, 7, 8]
    assert is_worth_a_page(20)
