"""Does a button read back as what it meant, years later, and is everything else nothing?"""

import string
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from talk.press import LIMIT, Press, unpack
from tests.talk.trial import Everything, Home, Mood, OpenRoad

NUMBERS = some.integers(-(10**18) + 1, 10**18 - 1)
WORDS = some.text(
    some.characters(exclude_categories=["Cs"], exclude_characters="\x00", max_codepoint=0xFFFF), max_size=2
)
quick = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_a_press_is_its_code_and_its_values() -> None:
    assert OpenRoad(12).pack() == "t-road:12"
    assert Home().pack() == "t-home"
    assert Everything(-7, flag=True, mood=Mood.UP, word="a:b ", maybe="ө").pack() == "t-all:-7:1:up:a%3Ab ::%D3%A9"
    assert Everything(0, flag=False, mood=Mood.DOWN, perhaps=5).pack() == "t-all:0:0:down::5:"


@quick
@given(number=NUMBERS)
def test_any_number_of_up_to_18_digits_comes_back(number: int) -> None:
    assert unpack(OpenRoad(number).pack()) == OpenRoad(number)


@quick
@given(
    flag=some.booleans(),
    number=some.integers(-999, 999),
    word=WORDS,
    perhaps=some.none() | some.integers(-99, 99),
    maybe=some.none() | WORDS.filter(bool),
)
def test_a_press_that_packs_reads_back_as_itself(
    flag: bool, number: int, word: str, perhaps: int | None, maybe: str | None
) -> None:
    press = Everything(number, flag=flag, mood=Mood.DOWN, word=word, perhaps=perhaps, maybe=maybe)
    packed = press.pack()
    assert len(packed.encode()) <= LIMIT
    assert unpack(packed) == press


def test_an_optional_word_that_is_empty_reads_back_as_none() -> None:
    press = unpack(Everything(1, flag=True, mood=Mood.UP, maybe="").pack())
    assert isinstance(press, Everything)
    assert press.maybe is None
    assert press.word == ""


@dataclass(frozen=True)
class Carries(Press, code="t-c"):
    """Carries text: the code and the colon take four bytes."""

    text: str


def test_sixty_four_bytes_fit_on_a_button_and_sixty_five_do_not() -> None:
    assert len(Carries("a" * 60).pack()) == 64
    with pytest.raises(ValueError, match="is over 64 bytes"):
        Carries("a" * 61).pack()


def test_bytes_are_counted_and_not_letters() -> None:
    assert Carries("ө" * 10).pack() == "t-c:" + "%D3%A9" * 10
    with pytest.raises(ValueError, match="is over 64 bytes"):
        Carries("ө" * 11).pack()


@pytest.mark.parametrize(
    "packed",
    [
        "",
        ":",
        "t-road",  # cut: the number is missing
        "t-road:",
        "t-roa:12",
        "T-ROAD:12",
        "t-road:12:13",  # one value too many
        "t-road:12:",
        "t-home:",
        "t-road:x",
        "t-road:1.0",
        "t-road:+1",
        "t-road: 1",
        "t-road:01",
        "t-road:1_000",
        "t-road:١٢",  # digits of another script
        "t-road:１２",
        "t-road:-",
        "t-road:--1",
        "t-road:1\n",
        "t-road:9999999999999999999",  # 19 digits
        "t-road:" + "9" * 57,
        "t-road:1e3",
        "t-all:1:2:up",
        "t-all:1:true:up",
        "t-all:1::up",
        "t-all:1:1:upper",
        "t-all:1:1:",
        "t-all:1:1",
        "t-c:a%00b",
        "t-c:%ff%fe",  # no UTF-8
        "t-c:%D0",
        "t-c:" + "a" * 61,
        "t-c:\ud800",
        "\ud800",
        "unknown",
        "unknown:1:2:3",
        "🙂",
    ],
)
def test_forged_cut_over_long_and_unknown_presses_are_nothing(packed: str) -> None:
    assert unpack(packed) is None


@pytest.mark.parametrize("text", ["а" * 30, "<" * 60, "%3C" * 19 + "<<<", "\ue000" * 20])
def test_a_forged_text_that_no_button_could_carry_is_nothing(text: str) -> None:
    assert len(f"t-c:{text}".encode()) <= LIMIT
    assert unpack(f"t-c:{text}") is None


@quick
@given(
    some.text(max_size=70)
    | some.text(max_size=60).map("t-c:".__add__)
    | some.text(string.printable, max_size=60).map("t-all:1:1:up:".__add__)
)
def test_whatever_is_sent_reads_as_nothing_or_as_a_press_that_packs(packed: str) -> None:
    press = unpack(packed)
    assert press is None or unpack(press.pack()) == press


def test_a_button_of_an_older_release_gets_the_defaults_of_newer_fields() -> None:
    old = Everything(7, flag=False, mood=Mood.DOWN).pack().split(":")
    assert unpack(":".join(old[:4])) == Everything(7, flag=False, mood=Mood.DOWN)
    assert unpack(":".join([*old[:4], "суу"])) == Everything(7, flag=False, mood=Mood.DOWN, word="суу")


def test_a_code_that_is_taken_is_refused() -> None:
    with pytest.raises(TypeError, match="the code 't-road' already belongs to OpenRoad"):

        @dataclass(frozen=True)
        class Another(Press, code="t-road"):
            """Wants the code of another press."""

    assert unpack("t-road:1") == OpenRoad(1)


def test_a_press_is_a_value() -> None:
    assert {OpenRoad(1), OpenRoad(1), OpenRoad(2)} == {OpenRoad(1), OpenRoad(2)}
