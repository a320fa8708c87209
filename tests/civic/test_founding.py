"""How does a municipality get its key, how are typed places read, and which numbers may be changed?"""

import pytest

from civic.founding import (
    GROUPS,
    MOST_LINES,
    NAME_LIMIT,
    Counted,
    Step,
    key_for,
    line_of,
    own_settings_with,
    range_of,
    read_places,
    steps_done,
)
from civic.municipalities import Settings, numbers, settings_from
from civic.refusals import Reason, Refused

THREE = {"ky": "Ак-Булак айыл аймагы", "ru": "Ак-Булакский айылный аймак", "en": "Ak-Bulak aiyl aimak"}


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Ак-Булак айыл аймагы", (), "ak-bulak"),
        ("Көк-Жар шаары", ("ak-bulak",), "kok-jar"),
        ("Көк-Жар шаары", ("kok-jar",), "kok-jar-2"),
        ("Көк-Жар шаары", ("kok-jar", "kok-jar-2"), "kok-jar-3"),
        ("Ысык-Көл", (), "ysyk-kol"),
        ("Жаңы-Жол айылдык аймак", (), "jangy-jol"),
        ("Чүй № 5", (), "chui-5"),
        ("айыл аймагы", (), "home"),
        ("🏔", (), "home"),
    ],
)
def test_the_key_is_the_name_in_latin_letters_and_unique(name: str, taken: tuple[str, ...], key: str) -> None:
    assert key_for(name, taken) == key


def test_a_key_is_one_that_a_file_may_name() -> None:
    key = key_for("Ж" * 300, {key_for("Ж" * 300, ())})
    assert len(key) <= 40
    assert key.replace("-", "").isalnum()


def test_places_are_read_line_by_line_in_up_to_three_languages() -> None:
    text = "1. Ак-Булак / Ак-Булак / Ak-Bulak\n\n — Көк-Дөбө/Кок-Добо\n• Жаңы-Турмуш\nТалды-Суу;;Taldy-Suu"
    found = read_places(text)
    assert found == [
        {"ky": "Ак-Булак", "ru": "Ак-Булак", "en": "Ak-Bulak"},
        {"ky": "Көк-Дөбө", "ru": "Кок-Добо", "en": ""},
        {"ky": "Жаңы-Турмуш", "ru": "", "en": ""},
        {"ky": "Талды-Суу", "ru": "", "en": "Taldy-Suu"},
    ]
    assert read_places("\n".join(map(line_of, found))) == found


def test_a_name_that_begins_with_a_number_keeps_it() -> None:
    assert [place["ky"] for place in read_places("8-Март\n2. 40 жылдык\n1-кичи район")] == [
        "8-Март",
        "40 жылдык",
        "1-кичи район",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ак-Булак\nа / б / в / г", 2),
        ("Ак-Булак\n\nак булак", 3),
        ("А", 1),
        ("/ Кок-Добо", 1),
        ("Ак-Булак\n" + "а" * (NAME_LIMIT + 1), 2),
        ("***", 1),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, line: int) -> None:
    with pytest.raises(Refused) as no:
        read_places(text)
    assert (no.value.reason, no.value.details["line"]) == (Reason.BAD_LINE, line)


def test_too_many_lines_and_none_at_all_are_refused() -> None:
    assert len(read_places("\n".join(f"Көчө {n}" for n in range(MOST_LINES)))) == MOST_LINES
    for text, reason in (
        ("\n".join(f"Көчө {n}" for n in range(101)), Reason.TOO_MANY_LINES),
        (" \n ", Reason.TOO_SHORT),
    ):
        with pytest.raises(Refused) as no:
            read_places(text)
        assert no.value.reason is reason


def test_nothing_is_done_in_an_empty_municipality_but_its_numbers() -> None:
    nothing = Counted(villages=0, channels=0, staff=0, issues=0)
    assert steps_done({"ky": "Ак-Булак"}, {}, {}, nothing, city=False) == {Step.NUMBERS}
    assert steps_done({"ky": "Көк-Жар"}, {}, {}, nothing, city=True) == {Step.NUMBERS, Step.ABOUT}
    everything = Counted(villages=1, channels=1, staff=1, issues=1)
    contacts = {"address": {"ky": "Манас, 1"}, "phone": "+996 312 621 123"}
    assert steps_done(THREE, {"ky": "Ала-Кыр району"}, contacts, everything, city=False) == set(Step)
    assert Step.CONTACTS not in steps_done(THREE, {}, {"phone": "+996"}, everything, city=False)


def test_every_number_stands_in_one_group() -> None:
    grouped = [key for keys in GROUPS.values() for key in keys]
    assert sorted(grouped) == sorted(each.name for each in numbers())


def test_a_number_is_changed_within_its_bounds_and_comes_back_to_the_model() -> None:
    own = own_settings_with({}, "assembly_notice_days", 10)
    assert settings_from(own).assembly_notice_days == 10
    assert own_settings_with(own, "assembly_notice_days", None) == {}
    assert own_settings_with(own, "assembly_notice_days", Settings().assembly_notice_days) == {}
    for key, value in (("assembly_notice_days", 61), ("assembly_notice_days", 0), ("petition_days", 366)):
        with pytest.raises(Refused) as no:
            own_settings_with(own, key, value)
        assert no.value.reason is Reason.OUT_OF_RANGE


def test_two_numbers_that_belong_together_do_not_contradict_each_other() -> None:
    assert range_of("norm_group_min", Settings()) == (3, 11)
    assert range_of("norm_group_max", Settings()) == (7, 99)
    own = own_settings_with({}, "assembly_speakers_days", 5)
    with pytest.raises(Refused) as no:
        own_settings_with(own, "assembly_notice_days", 4)
    assert no.value.details == {"least": 5, "most": 60}


@pytest.mark.parametrize("key", [each.name for each in numbers() if each.metadata["fixed"]])
def test_what_the_typical_plan_fixes_cannot_be_changed(key: str) -> None:
    for value in (1, 8, None):
        with pytest.raises(Refused) as no:
            own_settings_with({}, key, value)
        assert no.value.reason is Reason.FIXED_BY_PLAN


def test_a_number_that_there_is_not_is_not_found() -> None:
    with pytest.raises(Refused) as no:
        own_settings_with({}, "__class__", 1)
    assert no.value.reason is Reason.NOT_FOUND
