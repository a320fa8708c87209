"""Is the shipped list whole, and is a broken one refused with the place where it is broken?"""

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from storage.catalogue import ISSUES, BadCatalogue, catalogue

LANGUAGES = ("ky", "ru", "en")


SHIPPED = yaml.safe_load(ISSUES.read_text(encoding="utf-8"))


@pytest.fixture
def data() -> Any:
    """The shipped file, parsed, with three issues of the law and two of the charter, to be broken."""
    part = copy.deepcopy(SHIPPED)
    part["statutory"], part["charter_issues"] = part["statutory"][2:5], part["charter_issues"][:2]
    return part


def written(data: object, folder: Path) -> Path:
    """The data as a file."""
    file = folder / "issues.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return file


def fault_of(data: object, folder: Path) -> str:
    """What is said about a broken file."""
    with pytest.raises(BadCatalogue) as no:
        catalogue(written(data, folder))
    return str(no.value)


# --- the shipped list ---


def test_the_law_names_twenty_issues_and_the_model_charter_twelve() -> None:
    issues = list(catalogue().issues.values())
    assert [issue.number for issue in issues if issue.statutory] == list(range(1, 21))
    assert [issue.number for issue in issues if not issue.statutory] == list(range(1, 13))


def test_charter_issues_are_told_by_their_codes() -> None:
    for code, issue in catalogue().issues.items():
        assert code == issue.code
        assert code.startswith("charter-") is not issue.statutory


def test_every_label_has_at_most_twenty_characters_and_no_two_are_alike() -> None:
    for language in LANGUAGES:
        labels = [issue.label[language] for issue in catalogue().issues.values()]
        assert [label for label in labels if not 1 <= len(label) <= 20] == []
        assert len(set(labels)) == len(labels) == 32


def test_every_issue_has_its_text_in_three_languages_and_words_to_find_it_by() -> None:
    for issue in catalogue().issues.values():
        assert all(len(issue.text[language]) > 3 for language in LANGUAGES), issue.code
        assert len(issue.words) >= 9, issue.code


def test_the_seven_groups_hold_every_issue_and_none_is_empty() -> None:
    groups = catalogue().themes
    assert list(groups) == ["water", "roads", "tidiness", "money", "land", "culture", "order"]
    assert {issue.theme for issue in catalogue().issues.values()} == set(groups)


def test_the_law_is_named_with_its_date_and_is_still_to_be_checked_by_a_person() -> None:
    shipped = catalogue()
    assert shipped.law["short"]["ky"] == "№ 123 Мыйзамдын 27-беренеси"
    assert shipped.effective_on == date(2021, 10, 20)
    assert shipped.checked_on is None


def test_the_kyrgyz_texts_are_spelled_with_the_kyrgyz_letters() -> None:
    texts = " ".join(issue.text["ky"] for issue in catalogue().issues.values())
    assert {letter for letter in "өүң" if letter in texts} == set("өүң")


# --- broken ones ---


def test_a_copy_of_the_shipped_file_is_read_the_same(tmp_path: Path) -> None:
    assert catalogue(written(SHIPPED, tmp_path)) == catalogue()


def test_the_part_that_the_tests_below_break_is_itself_whole(data: Any, tmp_path: Path) -> None:
    assert list(catalogue(written(data, tmp_path)).issues) == [
        "local-budget",
        "drinking-water",
        "sewerage",
        "charter-streets-and-water-structures",
        "charter-trees",
    ]


def test_a_code_that_stands_twice_is_named(data: Any, tmp_path: Path) -> None:
    data["charter_issues"][0]["code"] = "drinking-water"
    assert fault_of(data, tmp_path) == "charter_issues/drinking-water: the code stands twice"


def test_a_group_that_is_not_there_is_named(data: Any, tmp_path: Path) -> None:
    data["statutory"][1]["group"] = "sky"
    assert fault_of(data, tmp_path) == "statutory/drinking-water: there is no group sky"


@pytest.mark.parametrize("missing", [{"ky": "Суу", "ru": "Вода"}, {"ky": "Суу", "ru": "", "en": "Water"}, "Суу", None])
def test_words_that_a_language_lacks_are_named_with_their_place(data: Any, tmp_path: Path, missing: object) -> None:
    data["statutory"][1]["label"] = missing
    assert fault_of(data, tmp_path) == "statutory/drinking-water/label: expected words in ky, ru and en"


def test_a_text_that_a_language_lacks_is_named(data: Any, tmp_path: Path) -> None:
    del data["charter_issues"][1]["text"]["ru"]
    assert fault_of(data, tmp_path) == "charter_issues/charter-trees/text: expected words in ky, ru and en"


def test_a_label_of_twenty_one_characters_is_named_with_its_languages(data: Any, tmp_path: Path) -> None:
    data["statutory"][1]["label"] = {"ky": "ө" * 21, "ru": "в" * 20, "en": "w" * 21}
    assert fault_of(data, tmp_path) == "statutory/drinking-water/label: over 20 characters in ky, en"


def test_a_group_without_words_is_named(data: Any, tmp_path: Path) -> None:
    data["groups"][0]["label"] = {"ky": "Суу"}
    assert fault_of(data, tmp_path) == "groups/water: expected words in ky, ru and en"


def test_a_law_without_its_reference_in_every_language_is_named(data: Any, tmp_path: Path) -> None:
    data["law"]["short"] = {"ky": "27-берене"}
    assert fault_of(data, tmp_path) == "law/short: expected words in ky, ru and en"


@pytest.mark.parametrize("part", ["law", "charter", "groups", "statutory", "charter_issues"])
def test_a_part_that_is_missing_is_named(data: Any, tmp_path: Path, part: str) -> None:
    del data[part]
    assert fault_of(data, tmp_path) == f"issues.yaml: missing {part}"


@pytest.mark.parametrize("field", ["code", "number", "group", "label", "text", "words"])
def test_a_field_that_is_missing_is_named_with_its_issue(data: Any, tmp_path: Path, field: str) -> None:
    del data["statutory"][1][field]
    where = "statutory" if field == "code" else "statutory/drinking-water"
    assert fault_of(data, tmp_path) == f"{where}: missing {field}"


def test_words_to_find_by_that_a_language_lacks_are_named(data: Any, tmp_path: Path) -> None:
    del data["statutory"][1]["words"]["ru"]
    assert fault_of(data, tmp_path) == "statutory/drinking-water/words: missing ru"


@pytest.mark.parametrize(("part", "key"), [("law", "effective_on"), ("law", "check_against"), ("charter", "short")])
def test_what_a_source_lacks_is_named(data: Any, tmp_path: Path, part: str, key: str) -> None:
    del data[part][key]
    assert fault_of(data, tmp_path) == f"{part}: missing {key}"


@pytest.mark.parametrize("text", ["", "- бир\n- эки\n", "жөн эле сөз", "law: [", "\tlaw: 1"])
def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "issues.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadCatalogue, match=r"^issues\.yaml: "):
        catalogue(file)
