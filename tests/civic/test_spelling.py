"""How do spellings compare, and what of a text may be kept? People type without ө ү ң, and some type worse."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from civic.spelling import clean, fold, meant_by


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("Көчө жарыгы", "кочо жарыгы"),
        ("ЖОЛ ЧУҢКУРУ", "жол чункуру"),
        ("Үй-бүлөлүк тойлор", "уи булолук тоилор"),
        ("Берёза", "береза"),
        ("объект", "обект"),
        ("тополь", "топол"),
        ("mayor’s office", "mayors office"),
        ("mayor's office", "mayors office"),
        ("  Манас,\n көчөсү\t1 ", "манас кочосу 1"),
        ("«Ак-Булак Таза Суу»", "ак булак таза суу"),
        ("💧 Суу", "суу"),
        ("№ 27-берене", "27 берене"),
        ("Straße", "strasse"),
        ("", ""),
        ("…!?", ""),
    ],
)
def test_words_are_compared_in_lower_case_without_marks_and_without_o_u_n_of_the_kyrgyz_alphabet(
    typed: str, compared: str
) -> None:
    assert fold(typed) == compared


def test_letters_put_together_of_two_signs_are_the_same_letters() -> None:
    for word in ("май", "ёлка", "йод"):
        apart = unicodedata.normalize("NFD", word)
        assert apart != word
        assert fold(apart) == fold(word)


def test_different_words_stay_different() -> None:
    assert fold("суу") != fold("су")
    assert fold("жол") != fold("жал")


@given(some.text(alphabet="абвгөүңёйъьқЖ ,.-'’😀\n\t123abcÄß", max_size=40))
def test_what_is_folded_stays_the_same_when_folded_again(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Көпүрө бузулду  ", "Көпүрө бузулду"),
        ("Көпүрө\x00 бузулду", "Көпүрө бузулду"),
        ("\x00", ""),
        ("Жол\x1b[31m жаман\x7f", "Жол[31m жаман"),
        ("\u202eашык\u202c жол", "ашык жол"),
        ("\u2066суу\u2069 \u200eжок\u200f\u061c", "суу жок"),
        ("суу \ud800жок\udfff", "суу жок"),
        ("биринчи\r\nэкинчи\rүчүнчү\nтөртүнчү", "биринчи\nэкинчи\nүчүнчү\nтөртүнчү"),
        ("көчө\tМанас", "көчө Манас"),
        ("\ue000логотип", "логотип"),
        ("  plain words \t", "plain words"),
        ("two\x00words", "twowords"),
        ("", ""),
    ],
)
def test_a_text_is_kept_without_what_would_break_the_database_or_turn_the_line_around(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧‍👦", "👩🏽‍🌾", "🇰🇬", "❤️", "🏳️‍🌈"])
def test_emoji_joined_of_several_signs_stay_whole(emoji: str) -> None:
    assert clean(f"рахмат {emoji}!") == f"рахмат {emoji}!"


def test_the_kyrgyz_letters_stay_as_they_are() -> None:
    assert clean("Ичүүчү суу, көрүстөн, чуңкур, ёлка") == "Ичүүчү суу, көрүстөн, чуңкур, ёлка"


def test_letters_put_together_of_two_signs_are_kept_as_one() -> None:
    apart = unicodedata.normalize("NFD", "май")
    assert len(apart) == 4
    assert clean(apart) == "май"


@given(some.text(max_size=60))
def test_what_is_clean_can_be_stored_and_is_not_changed_by_another_cleaning(text: str) -> None:
    kept = clean(text)
    assert clean(kept) == kept
    assert "\x00" not in kept
    kept.encode("utf-8")


def test_every_character_that_turns_the_line_around_goes_and_its_neighbours_stay() -> None:
    turning = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    assert {hex(c): clean(f"су{chr(c)}у") for c in turning} == {hex(c): "суу" for c in turning}
    beside = [0x061B, 0x200D, 0x2010, 0x2029, 0x202F, 0x2065, 0x206A]
    assert {hex(c): clean(f"су{chr(c)}у") for c in beside} == {hex(c): f"су{chr(c)}у" for c in beside}


def test_one_unsafe_character_does_not_take_the_line_breaks_and_joined_emoji_with_it() -> None:
    assert clean("Суу\n\nжок 👨‍👩‍👧\u202e!") == "Суу\n\nжок 👨‍👩‍👧!"


NAMES = ("Ак-Булак", "Жаңы-Турмуш", "Көк-Дөбө", "Ак-Булуң", "Чоң-Өзөн")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Көк-Дөбө", [2]),  # the same words
        ("кок добо", [2]),
        ("ДӨБӨ", [2]),  # the beginning of a word
        ("ту жа", [1]),
        ("ак", [0, 3]),  # of two
        ("ак булак", [0]),  # the same words of one win over an alike spelling of the other
        ("Көк-Дөвө", [2]),  # a slip
        ("ак булах", [0]),  # nearer to one than to the other
        ("Ак-Булэр", [0, 3]),  # three letters of four of both
        ("к", []),  # one letter means nothing
        ("Бишкек", []),
        ("көк терек", []),
        ("ө" * 201, []),
    ],
)
def test_which_of_the_names_somebody_meant(typed: str, meant: list[int]) -> None:
    assert meant_by(typed, NAMES) == meant


def test_a_name_of_two_hundred_letters_is_still_compared_and_a_longer_one_is_not() -> None:
    assert meant_by("ө" * 200, ["ө" * 200]) == [0]
    assert meant_by("ө" * 201, ["ө" * 201]) == []


def test_a_slip_is_forgiven_up_to_one_letter_of_four() -> None:
    assert meant_by("суук", ["суур"]) == [0]
    assert meant_by("сук", ["сур"]) == []


def test_of_no_names_none_is_meant() -> None:
    assert meant_by("суу", []) == []
