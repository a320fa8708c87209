"""Is the paper something to hang up: one page, whole words that can be copied, codes a phone reads?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from exports.paper import Code, Entry, Group, Notice, board, hand_out
from exports.printing import A4, FONTS, POINT
from storage.catalogue import catalogue

LANGUAGES = ("ky", "ru", "en")
BOT, PAGE = "https://t.me/ak_bulak_bot?start=m1", "https://ak-bulak.example/ru/"
Printed = Callable[[Notice], bytes]
PAPERS = pytest.mark.parametrize("printed", [board, hand_out])


def a_notice(language: str = "ky", *, all_of_them: bool = False) -> Notice:
    """The shipped list as a municipality would hang it up: twenty issues of the law and five own, or all 32."""
    issues = list(catalogue().issues.values())
    shown = issues if all_of_them else issues[:25]
    number, groups = 0, []
    for theme in catalogue().themes.values():
        entries = []
        for issue in (issue for issue in shown if issue.theme == theme.code):
            number += 1
            who = f"Асаналиев Кубаныч, +996 700 000 2{number // 3:02}, айыл өкмөтүнүн башчысынын орун басары"
            entries.append(Entry(number, issue.label[language], issue.text[language], "", who))
        groups.append(Group(theme.label[language], tuple(entries)))
    return Notice(
        language=language,
        place="Ак-Булак айыл аймагы",
        title="Жергиликтүү маанидеги маселелер",
        subtitle=str(catalogue().law["short"][language]),
        groups=tuple(groups),
        contacts=("Ак-Булак айылы, Манас көчөсү, 1", "+996 700 000 200", "Дүйшөмбү–жума 09:00–18:00"),
        codes=(Code("Телеграм-бот", BOT), Code("Веб-барак", PAGE)),
        as_of="22.11.2026 абалына карата",
        appeal="Телефонуңуздун камерасын кодго каратыңыз: маселени номери менен табасыз.",
        day=date(2026, 11, 22),
    )


def the_page(made: bytes) -> pypdfium2.PdfPage:
    """The only page of the file."""
    [page] = pypdfium2.PdfDocument(made)
    return page


def words_on(made: bytes) -> str:
    """All the words of the page, as they would be copied."""
    return " ".join(str(the_page(made).get_textpage().get_text_range()).split())


def extreme_notices() -> dict[str, Notice]:
    """Contents nobody should print, by what is wrong with them."""
    usual = a_notice(all_of_them=True)

    def each(**change: Any) -> Notice:
        groups = [replace(g, entries=tuple(replace(e, **change) for e in g.entries)) for g in usual.groups]
        return replace(usual, groups=tuple(groups))

    long = "жергиликтүү маанидеги маселелерди биргелешип чечүү " * 10
    return {
        "long": each(text=long[:170], doing=long[:400], state="Жаңыртуунун мөөнөтү өттү: 04.05.2026", who=long[:300]),
        "one word": each(label="ө" * 60, text="ңүөү" * 40, who="ү" * 300, state="ң" * 200),
        "foreign": each(label="水 🚰 Суу", text="\u202e👨‍👩‍👧 \x00\ud800 ქართული \u200b", doing="🙂", who="\n\t"),
        "empty": replace(usual, groups=(), contacts=(), codes=(), appeal="", place="", subtitle="", as_of="", title=""),
        "empty themes": replace(usual, groups=tuple(Group(g.heading, ()) for g in usual.groups)),
        "empty issues": each(label="", text="", who=""),
        "much around": replace(
            usual,
            title=long,
            place=long * 2,
            subtitle=long * 3,
            as_of=long,
            appeal=long * 3,
            contacts=(long,) * 20,
            codes=tuple(Code(long, f"{PAGE}{n}/{'a' * 300}") for n in range(5)),
        ),
        "hundreds": replace(usual, groups=usual.groups * 10),
    }


@PAPERS
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_issue_and_whom_to_call_can_be_read_and_copied(printed: Printed, language: str) -> None:
    notice = a_notice(language, all_of_them=True)
    words = words_on(printed(notice))
    for group in notice.groups:
        assert group.heading in words
        for entry in group.entries:
            assert f"{entry.number} {entry.label}" in words
            assert f"+996 700 000 2{entry.number // 3:02}" in words
    assert notice.place in words
    assert notice.as_of in words


def test_a_usual_board_has_labels_that_are_read_from_one_metre_and_words_of_each_text() -> None:
    notice = a_notice("ky")
    made = board(notice)
    text = the_page(made).get_textpage()
    copied = str(text.get_text_range())
    for entry in (entry for group in notice.groups for entry in group.entries):
        assert pypdfium2.raw.FPDFText_GetFontSize(text.raw, copied.index(entry.label)) >= 11
        assert " ".join(entry.text.split()[:3]) in words_on(made)


@PAPERS
def test_the_codes_are_read_from_the_page_as_a_phone_would(printed: Printed) -> None:
    read = zxingcpp.read_barcodes(the_page(printed(a_notice())).render(scale=2).to_pil())
    assert sorted(code.text for code in read) == ([PAGE, BOT] if printed is board else [BOT, BOT])
    for code in read:
        side = code.position.top_right.x - code.position.top_left.x
        assert side / 2 * POINT >= 34.5  # two dots to a point


@PAPERS
@pytest.mark.parametrize("kind", sorted(extreme_notices()))
def test_whatever_is_written_it_stays_on_one_page_within_its_margins(printed: Printed, kind: str) -> None:
    page = the_page(printed(extreme_notices()[kind]))
    picture = page.render(scale=2).to_pil().convert("L")
    wide, high = A4 if printed is board else A4[::-1]
    dots = 2 / POINT
    edges = (0, wide) if printed is board else (0, wide / 2, wide)
    margin = 12
    blank: list[tuple[float, ...]] = [(0, 0, wide, margin), (0, high - margin, wide, high)]
    blank += [(max(edge - margin, 0), 0, min(edge + margin, wide), high) for edge in edges]
    if printed is hand_out:  # the line to cut along stands alone in the middle
        picture.paste(255, (int((wide / 2 - 1) * dots), 0, int((wide / 2 + 1) * dots), picture.height))
    for box in blank:
        left, top, right, bottom = (int(side * dots) for side in box)
        assert picture.crop((left, top, right, bottom)).getextrema() == (255, 255)


def test_what_has_no_room_goes_in_order_doings_first_then_the_ends_of_texts() -> None:
    roomy = replace(a_notice(), groups=tuple(replace(g, entries=g.entries[:1]) for g in a_notice().groups))
    doing = tuple(
        replace(g, entries=tuple(replace(e, doing="Түтүк тартылды") for e in g.entries)) for g in roomy.groups
    )
    assert words_on(board(replace(roomy, groups=doing))).count("Түтүк тартылды") == len(doing)
    full = extreme_notices()["long"]
    words = words_on(board(full))
    assert "– жергиликтүү" not in words
    assert "…" in words
    assert all(entry.label in words for group in full.groups for entry in group.entries)


def test_letters_the_typeface_lacks_are_seen_to_be_missing_and_ornaments_go() -> None:
    words = words_on(board(extreme_notices()["foreign"]))
    assert "1 \ufffd Суу" in words
    assert "🚰" not in words
    assert "1–4:" not in words  # nobody is named by a tab and a line break


def test_all_kyrgyz_letters_are_in_both_weights() -> None:
    alphabet = "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ"
    notice = replace(a_notice(), place=alphabet[:18], title=alphabet[18:], subtitle=alphabet.lower() + " «№»–—…")
    words = words_on(board(notice))
    assert alphabet[:18] in words
    assert alphabet[18:] in words
    assert alphabet.lower() + " «№»–—…" in words
    assert (FONTS / "OFL.txt").read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE") == 1


@PAPERS
def test_the_same_notice_is_the_same_file_and_says_whose_it_is(printed: Printed) -> None:
    made = printed(a_notice())
    assert made == printed(a_notice())
    assert b"/Lang (ky)" in made
    told = pypdfium2.PdfDocument(made).get_metadata_dict()
    assert told["Title"] == "Жергиликтүү маанидеги маселелер · Ак-Булак айыл аймагы"
    assert told["Author"] == "Ак-Булак айыл аймагы"
    assert told["CreationDate"].startswith("D:20261122")
