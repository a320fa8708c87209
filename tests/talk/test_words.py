"""Which words does a person read? On words of the test's own, in the three languages."""

import logging
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from talk.words import LANGUAGES, PSEUDO, Words

FILES = {
    "ky/suu.ftl": (
        "suu-title = Суу\nsuu-count = { $count } айыл\nsuu-name = Айыл: { $name }\nsuu-only = Кыргызча гана\n"
    ),
    "ru/suu.ftl": (
        "suu-title = Вода\nsuu-name = Село: { $name }\n"
        "suu-count = { $count ->\n    [one] { $count } село\n    [few] { $count } села\n   *[many] { $count } сёл\n}\n"
    ),
    "en/suu.ftl": "suu-title = Water\nsuu-name = Village: { $name }\nsuu-count = { $count } villages\n",
    "en/jol.ftl": "jol-title = Road\n",
}


@pytest.fixture
def own(tmp_path: Path) -> Words:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Words(tmp_path)


def test_everybody_reads_their_own_language(own: Words) -> None:
    assert [own.speaker(language)("suu-title") for language in LANGUAGES] == ["Суу", "Вода", "Water"]
    assert own.in_all_languages("suu-title") == {"ky": "Суу", "ru": "Вода", "en": "Water"}


def test_words_of_several_files_are_read_together(own: Words) -> None:
    assert (own.speaker("en")("suu-title"), own.speaker("en")("jol-title")) == ("Water", "Road")


@pytest.mark.parametrize("language", ["uz", "de", "", None, "KY"])
def test_a_language_that_is_not_spoken_here_becomes_kyrgyz(own: Words, language: str | None) -> None:
    assert own.speaker(language).language == "ky"
    assert own.speaker(language)("suu-title") == "Суу"


def test_what_a_translation_lacks_is_said_in_kyrgyz_and_noted_in_the_log(
    own: Words, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert own.speaker("ru")("suu-only") == "Кыргызча гана"
    assert [record.getMessage() for record in caplog.records] == ["words missing: suu-only in ru"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_that_kyrgyz_lacks_is_a_fault(own: Words, language: str) -> None:
    with pytest.raises(KeyError, match="suu-nothing"):
        own.speaker(language)("suu-nothing")


def test_kyrgyz_words_that_only_a_translation_has_are_a_fault(own: Words) -> None:
    with pytest.raises(KeyError, match="jol-title"):
        own.speaker("ky")("jol-title")


def test_a_variable_that_is_not_given_is_a_fault_and_never_a_hole_in_the_text(own: Words) -> None:
    with pytest.raises(KeyError, match="suu-name"):
        own.speaker("ky")("suu-name")


@pytest.mark.parametrize(("count", "shown"), [(1, "1 село"), (2, "2 села"), (5, "5 сёл"), (21, "21 село")])
def test_russian_counts_in_its_own_way(own: Words, count: int, shown: str) -> None:
    assert own.speaker("ru")("suu-count", count=count) == shown


def test_the_same_words_with_other_values_are_said_anew(own: Words) -> None:
    say = own.speaker("ky")
    assert [say("suu-count", count=5), say("suu-count", count=6), say("suu-title"), say("suu-title")] == [
        "5 айыл",
        "6 айыл",
        "Суу",
        "Суу",
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Ак-Булак", "Ак-Булак"),
        ("{ $count }", "{ $count }"),
        ("{ suu-title }", "{ suu-title }"),
        ("<b>айыл</b> *жылдыз* _сызык_", "<b>айыл</b> *жылдыз* _сызык_"),
        ("\u202eашык\u202c\x00", "ашык"),
        ("\ud800Ак", "Ак"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
    ],
)
def test_what_somebody_wrote_is_shown_as_it_is_but_cleaned(own: Words, given: str, shown: str) -> None:
    assert own.speaker("ky")("suu-name", name=given) == f"Айыл: {shown}"


def test_the_pseudo_language_shows_keys_and_values(own: Words) -> None:
    say = own.speaker(PSEUDO)
    assert say("suu-title") == "⟦suu-title⟧"
    assert say("suu-name", name="Ак-Булак") == "⟦suu-name name=Ак-Булак⟧"
    assert say("suu-nothing") == "⟦suu-nothing⟧"


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
def test_a_day_is_written_alike_in_every_language(own: Words, language: str) -> None:
    assert own.speaker(language).day(date(2025, 10, 7)) == "07.10.2025"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ky", "07.10.2025, шейшемби, 00:30"),
        ("ru", "07.10.2025, вторник, 00:30"),
        ("en", "07.10.2025, Tuesday, 00:30"),
        (PSEUDO, "07.10.2025, шейшемби, 00:30"),
    ],
)
def test_a_moment_is_said_with_its_weekday_on_the_clocks_of_the_municipality(
    own: Words, language: str, shown: str
) -> None:
    moment = datetime(2025, 10, 6, 18, 30, tzinfo=UTC)
    assert own.speaker(language).moment(moment, "Asia/Bishkek") == shown


def test_a_week_in_kyrgyz_begins_with_duishombu(own: Words) -> None:
    week = [own.speaker("ky").moment(datetime(2026, 5, day, tzinfo=UTC), "UTC").split(", ")[1] for day in range(4, 11)]
    assert week == ["дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби", "жекшемби"]


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (999, "999"), (1_234, "1\u00a0234"), (14_870, "14\u00a0870"), (2_350_000, "2\u00a0350\u00a0000")],
)
def test_thousands_are_parted_by_a_space_that_does_not_break(
    own: Words, language: str, number: int, shown: str
) -> None:
    assert own.speaker(language).number(number) == shown
