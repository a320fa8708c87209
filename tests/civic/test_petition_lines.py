"""What is understood of the lines that somebody keys in from a sheet of signatures?"""

import pytest

from civic.petition_lines import Fault, LineFlaw, Place, Written, read_lines

PLACES = (
    Place(1, ("Ак-Булак",)),
    Place(2, ("Көк-Дөбө", "Кок-Добо")),
    Place(3, ("Үч-Терек", "Уч-Терек")),
    Place(4, ("Ак-Суу",)),
)


def only_line(text: str, *, only: int | None = None) -> Written | LineFlaw:
    found, faults = read_lines(text, PLACES, only=only)
    assert len(found) + len(faults) == 1
    return found[0] if found else faults[0].flaw


@pytest.mark.parametrize(
    "text",
    [
        "Айгүл Асанова, Ак-Булак, Манас 12",
        "1. Айгүл Асанова; Ак-Булак; Манас 12",
        "12) Айгүл  Асанова\tАк-Булак\tМанас 12",
        "7\tАйгүл Асанова\tак булак\tМанас 12",
        "№ 3 Айгүл Асанова , айыл Ак-Булак , Манас 12",
        "Айгүл Асанова, с. Ак-Булак, Манас 12",
        "Айгүл Асанова, Ак-Булк, Манас 12",
    ],
)
def test_a_line_is_understood_however_it_is_parted_and_numbered(text: str) -> None:
    assert only_line(text) == Written("Айгүл Асанова", 1, "Манас 12")


def test_the_street_may_be_missing_and_may_hold_commas() -> None:
    assert only_line("Бакыт Токтосунов, кок добо") == Written("Бакыт Токтосунов", 2, "")
    assert only_line("Бакыт Токтосунов, Көк-Дөбө, Манас, 12-үй, 3") == Written("Бакыт Токтосунов", 2, "Манас, 12-үй, 3")


def test_a_village_nobody_knows_is_said_with_a_dash() -> None:
    assert only_line("Бакыт Токтосунов, -, Манас 3") == Written("Бакыт Токтосунов", None, "Манас 3")
    assert only_line("Бакыт Токтосунов") is LineFlaw.NO_VILLAGE


def test_a_petition_of_one_village_needs_it_on_no_line() -> None:
    assert only_line("Бакыт Токтосунов", only=2) == Written("Бакыт Токтосунов", 2, "")
    assert only_line("Бакыт Токтосунов, Манас 12", only=2) == Written("Бакыт Токтосунов", 2, "Манас 12")
    assert only_line("Бакыт Токтосунов, -", only=2) == Written("Бакыт Токтосунов", 2, "")
    assert only_line("Бакыт Токтосунов, Үч-Терек", only=2) is LineFlaw.OTHER_VILLAGE


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("Айгүл, Ак-Булак", LineFlaw.NO_NAME),
        ("=HYPERLINK(1) Асанова, Ак-Булак", LineFlaw.NO_NAME),
        ("Айгүл Асанова, Москва", LineFlaw.UNKNOWN_VILLAGE),
        ("Айгүл Асанова, Ак", LineFlaw.TWO_VILLAGES),
        (f"Айгүл {'А' * 130}, Ак-Булак", LineFlaw.TOO_LONG),
        (f"Айгүл Асанова, Ак-Булак, {'у' * 210}", LineFlaw.TOO_LONG),
    ],
)
def test_what_cannot_be_taken_says_why(text: str, flaw: LineFlaw) -> None:
    assert only_line(text) is flaw


def test_faults_are_named_by_the_numbers_of_the_lines_that_are_not_empty() -> None:
    found, faults = read_lines("Айгүл Асанова, Ак-Булак\r\n\r\n  \nБакыт, Ак-Булак\nЭмма Ли, Лондон", PLACES)
    assert [line.name for line in found] == ["Айгүл Асанова"]
    assert faults == [
        Fault(2, "Бакыт, Ак-Булак", LineFlaw.NO_NAME),
        Fault(3, "Эмма Ли, Лондон", LineFlaw.UNKNOWN_VILLAGE),
    ]
