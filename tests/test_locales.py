"""Are the words complete, short enough and well written, and would the checks notice if they were not?"""

from pathlib import Path

import pytest

from bot.spoken import words as spoken
from talk.words import LANGUAGES
from tests.words import ROOT, Fault, Found, dynamic_keys, faults, read_words

GOOD = "pond-title = Көлмө\n"
SAYS = 't("pond-title")\n'


@pytest.fixture(scope="module")
def found() -> list[Found]:
    """What is wrong with the words of this project."""
    return faults()


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_the_words_have_no_fault(found: list[Found], fault: Fault) -> None:
    assert [str(each) for each in found if each.fault is fault] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said(language: str) -> None:
    words, _ = read_words(ROOT / "locales")
    speaker = spoken().speaker(language)
    for key, message in words[language].items():
        for number in (1, 2, 5, 21, 1_000):
            said = speaker(key, **dict.fromkeys(message.variables, number))
            assert said.strip() == said != "", key
            assert "{" not in said, key


def test_the_first_question_is_the_same_in_every_language() -> None:
    assert len(set(spoken().in_all_languages("people-ask-language").values())) == 1


def test_every_dynamic_key_is_filled_by_something() -> None:
    assert all(list(parts) for parts in dynamic_keys().values())


# --- each check fails on a broken sample ---


def broken(
    folder: Path, code: str = SAYS, *, ky: str = GOOD, ru: str = GOOD, en: str = GOOD, **dynamic: list[str]
) -> list[tuple[Fault, str]]:
    """What is wrong with a small project of that code and those words."""
    (folder / "handlers").mkdir()
    (folder / "handlers/ponds.py").write_text(code, encoding="utf-8")
    for language, words in (("ky", ky), ("ru", ru), ("en", en)):
        (folder / "locales" / language).mkdir(parents=True)
        (folder / "locales" / language / "ponds.ftl").write_text(words, encoding="utf-8")
    table = {key.replace("_", "-") + "*": parts for key, parts in dynamic.items()}
    return [(each.fault, each.what) for each in faults(folder, table)]


def test_a_sound_sample_has_no_fault(tmp_path: Path) -> None:
    assert broken(tmp_path) == []


def test_a_key_that_a_language_lacks_is_found(tmp_path: Path) -> None:
    assert broken(tmp_path, ru="") == [(Fault.MISSING, "pond-title (handlers/ponds.py:1)")]


def test_a_key_that_nobody_says_is_found(tmp_path: Path) -> None:
    assert broken(tmp_path, en=GOOD + "pond-old = Old\n") == [(Fault.UNUSED, "pond-old")]


@pytest.mark.parametrize(
    "code",
    [
        'turn.t("pond-depth")',
        'turn.words.speaker(other)("pond-depth")',
        'routes.words("pond-depth", OpenPond())',
        'routes.form(OpenPond, questions=q, done=d, title="pond-depth")',
        "Button(f\"🐟 {t('pond-depth')}\", OpenPond())",
        't("pond-depth" if deep else "pond-depth")',
        'rows(Button(t(key), to) for key, to in (("pond-depth", 1), ("pond-depth", 2)))',
    ],
)
def test_every_way_of_saying_a_key_is_seen(tmp_path: Path, code: str) -> None:
    missing = (Fault.MISSING, "pond-depth (handlers/ponds.py:2)")
    assert broken(tmp_path, SAYS + code + "\n") == [missing] * 3


def test_a_dynamic_key_is_looked_for_with_each_of_its_parts(tmp_path: Path) -> None:
    words = GOOD + "pond-is-deep = Терең\n"
    found = broken(tmp_path, SAYS + 't(f"pond-is-{how}")\n', ky=words, ru=words, en=words, pond_is_=["deep", "dry"])
    assert found == [(Fault.MISSING, "pond-is-dry (handlers/ponds.py:2)")] * 3


def test_a_dynamic_key_that_the_table_does_not_explain_is_found(tmp_path: Path) -> None:
    [(fault, what)] = broken(tmp_path, SAYS + 't(f"pond-is-{how}")\n')
    assert (fault, what.split(":")[0]) == (Fault.UNCLEAR, "pond-is-*")


def test_a_dynamic_key_that_nobody_says_any_more_is_found(tmp_path: Path) -> None:
    assert broken(tmp_path, pond_is_=["deep"]) == [(Fault.UNUSED, "pond-is-*")]


def test_a_key_that_cannot_be_told_is_found(tmp_path: Path) -> None:
    assert broken(tmp_path, SAYS + "t(key_of(pond))\n") == [(Fault.UNCLEAR, "t(key_of(pond))")]


@pytest.mark.parametrize(
    "code",
    [
        'Button(t("pond-title"), OpenPond())',
        "Button(f\"🐟 {t('pond-title')}\", OpenPond())",
        'Option("pond", t("pond-title"))',
        'Button(("✓ " if chosen else "") + t("pond-title"), OpenPond())',
        'Question(says, asks, t("pond-title") if asks else "")',
        'Button(press=OpenPond(), label=t("pond-title"))',
    ],
)
def test_a_label_over_twenty_characters_is_found(tmp_path: Path, code: str) -> None:
    found = broken(tmp_path, code, ky=f"pond-title = {'ө' * 21}\n")
    assert found == [(Fault.LONG, "21 of 20 on a button (handlers/ponds.py:1)")]


def test_a_label_of_twenty_characters_fits_and_one_more_does_not(tmp_path: Path) -> None:
    code = 'Button(t("pond-title"), OpenPond())\n'
    found = broken(tmp_path, code, ky=f"pond-title = {'ө' * 20}\n", ru=f"pond-title = {'о' * 21}\n")
    assert found == [(Fault.LONG, "21 of 20 on a button (handlers/ponds.py:1)")]


def test_a_short_form_makes_a_long_label_fit(tmp_path: Path) -> None:
    code = 'Button(t("pond-title"), OpenPond())\n'
    assert broken(tmp_path, code, ky=f"pond-title = {'ө' * 30}\n    .short = Көлмө\n") == []


def test_the_longest_variant_of_a_label_counts(tmp_path: Path) -> None:
    words = "pond-title = { $n ->\n    [one] аз\n   *[other] " + "ө" * 21 + "\n }\n"
    found = broken(tmp_path, 'Button(t("pond-title", n=1), 1)\n', ky=words, ru=words, en=words)
    assert found == [(Fault.LONG, "21 of 20 on a button (handlers/ponds.py:1)")] * 3


def test_a_line_that_pops_up_is_at_most_two_hundred_characters(tmp_path: Path) -> None:
    found = broken(tmp_path, 'card.with_alert(turn.t("pond-title"))\n', en=f"pond-title = {'o' * 201}\n")
    assert found == [(Fault.LONG, "201 of 200 in a line that pops up")]


def test_variables_that_differ_between_languages_are_found(tmp_path: Path) -> None:
    with_one = "pond-title = Көлмө { $n }\n"
    assert (Fault.VARIABLES, "ky n; ru none; en n") in broken(
        tmp_path, 't("pond-title", n=1)\n', ky=with_one, en=with_one
    )


def test_a_variable_that_the_code_does_not_give_is_found(tmp_path: Path) -> None:
    words = "pond-title = Көлмө { $n }\n"
    found = broken(tmp_path, 't("pond-title", m=1)\n', ky=words, ru=words, en=words)
    assert found == [(Fault.VARIABLES, "n not given (handlers/ponds.py:1)")] * 3


def test_a_variable_that_a_refusal_is_not_given_is_found(tmp_path: Path) -> None:
    words = "refusal-too-short = Кыска { $least }\n"
    code = 't(f"refusal-{no.reason}", **no.details)\nraise Refused(Reason.TOO_SHORT)\n'
    found = broken(tmp_path, code, ky=words, ru=words, en=words, refusal_=["too-short"])
    assert found == [(Fault.VARIABLES, "least not given (handlers/ponds.py:1)")] * 3


@pytest.mark.parametrize("glued", ["Көлмө{ $n }", "{ $n }го", "{ $n }-көлмө"])
def test_a_variable_glued_to_a_word_is_found(tmp_path: Path, glued: str) -> None:
    words = "pond-title = Көлмө { $n }, { $n }–{ $n }\n"
    found = broken(tmp_path, 't("pond-title", n=1)\n', ky=f"pond-title = {glued}\n", ru=words, en=words)
    assert [fault for fault, _ in found] == [Fault.GLUED]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ('"Көлмө"', "a straight quote"),
        ("Aibek's pond", "a straight quote"),
        ("Көлмө...", "three dots instead of …"),
        ("Көлмө  терең", "two spaces"),
        ("Кoлмo", "two alphabets in «Кoлмo»"),
        ("Көл\u202eмө", "an invisible character U+202E"),
        ("Көл\u200eмө", "an invisible character U+200E"),
        ("Көл\u200bмө", "an invisible character U+200B"),
    ],
)
def test_bad_writing_is_found(tmp_path: Path, words: str, what: str) -> None:
    assert broken(tmp_path, ky=f"pond-title = {words}\n") == [(Fault.SPELLING, what)]


def test_good_writing_passes(tmp_path: Path) -> None:
    words = "«Көлмө» — WhatsApp ID… 👨‍👩‍👧 “pond”, Aibek’s"
    assert broken(tmp_path, ky=f"pond-title = {words}\n") == []


def test_a_message_that_cannot_be_read_is_found(tmp_path: Path) -> None:
    assert broken(tmp_path, ky=GOOD + "pond depth\n") == [(Fault.SYNTAX, "pond depth")]


def test_a_message_that_stands_twice_is_found(tmp_path: Path) -> None:
    assert broken(tmp_path, ky=GOOD + GOOD) == [(Fault.TWICE, "pond-title")]
