"""Is the public page safe whatever is written in the list, whole, small, and the same in three languages?"""

import csv
import io
import json
import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.app import words
from civic.issues import Renewal
from exports.listing import LANGUAGES, Entry, Home, Listing, Where
from exports.site import Files, call_links, front_files, listing_files, missing_page, style_hash
from handlers.publications.site import site_words
from tests.exports.reading import Page
from tests.hostile import MARKUP

SPOKEN = site_words(words())
PAGES = [f"{folder}index.html" for folder in LANGUAGES.values()]
LAW = {"ky": "№ 123 Мыйзамдын 27-беренеси", "ru": "статья 27 Закона № 123", "en": "Article 27 of Law No 123"}
CHARTER = {"ky": "Типтүү Уставдын 11.2-пункту", "ru": "пункт 11.2 Типового устава", "en": "Model Charter, clause 11.2"}
THEMES = {code: dict.fromkeys(LANGUAGES, code) for code in ("water", "roads")}


def same(text: str) -> dict[str, str]:
    """A text that is the same in every language."""
    return dict.fromkeys(LANGUAGES, text)


WATER = Entry(
    id=4,
    code="drinking-water",
    theme="water",
    own=False,
    label={"ky": "Ичүүчү суу", "ru": "Питьевая вода", "en": "Drinking water"},
    text={"ky": "ичүүчү суу менен камсыз кылуу", "ru": "снабжение водой", "en": "supply of drinking water"},
    law=LAW,
    reference={language: f"{short}!" for language, short in LAW.items()},
    mark=same("to be checked"),
    law_checked_on=None,
    responsible="Турдубеков Эрмек",
    post=same("мураб"),
    phone="+996 700 000 211",
    doing=same("Бургулоо\nжүрүп жатат."),
    renewed_on=date(2026, 4, 22),
    renew_until=date(2026, 10, 22),
    state=Renewal.FRESH,
)
ROADS = replace(WATER, id=6, code="municipal-roads", theme="roads", label=same("Жолдор"), phone="")
TREES = replace(WATER, id=22, code="own-1", own=True, law=CHARTER, reference=CHARTER, mark=same(""))
HOME = Home(
    key="ak-bulak",
    kind="aimak",
    name={"ky": "Ак-Булак айыл аймагы", "ru": "Ак-Булакский айылный аймак", "en": "Ak-Bulak aiyl aimak"},
    district=same("Ала-Кыр"),
    contacts={
        "address": same("Манас көчөсү, 1"),
        "phone": same("+996 700 000 200"),
        "email": same("ak-bulak@example.kg"),
        "hours": same("09:00–18:00"),
    },
)
SERVED = Where(bot="ashar_bot", address="https://ak-bulak.example.kg/")


def listing(*entries: Entry, home: Home = HOME) -> Listing:
    """A list of these issues on 4 May 2026."""
    return Listing(home, THEMES, entries, date(2026, 5, 4))


def files(*entries: Entry, where: Where = SERVED, home: Home = HOME) -> Files:
    """The files of such a list."""
    return listing_files(listing(*entries, home=home), SPOKEN, where)


def page(*entries: Entry, language: str = "ky", where: Where = SERVED) -> Page:
    """The page of such a list."""
    return Page(files(*entries, where=where)[f"{LANGUAGES[language]}index.html"])


# --- what is on it ---


def test_an_issue_is_shown_with_who_answers_how_to_call_and_how_fresh_that_is() -> None:
    shown = page(WATER)
    for words_ in (
        "1. Ичүүчү суу",
        "Ичүүчү суу менен камсыз кылуу.",
        "Бургулоо жүрүп жатат.",
        "Жооптуу Турдубеков Эрмек, мураб",
        "Жаңыртылды 22.04.2026 (кийинки мөөнөтү: 22.10.2026)",
        "Негизи: № 123 Мыйзамдын 27-беренеси to be checked",
    ):
        assert words_ in shown.text
    assert {"tel:+996700000211", "https://t.me/ashar_bot?start=i4", "#water"} <= set(shown.links)
    assert [found["id"] for found in shown.all("article")] == ["i4"]


def test_without_a_phone_of_its_own_the_municipalitys_is_called() -> None:
    assert "tel:+996700000200" in [link for link in page(ROADS).links if link.startswith("tel:")][:1]


def test_the_law_stands_once_where_it_is_shared_and_at_each_issue_where_it_differs() -> None:
    assert page(WATER, ROADS).text.count(f"{LAW['ky']} to be checked") == 1
    checked = replace(ROADS, mark=same(""), law_checked_on=date(2026, 5, 1))
    mixed = page(WATER, checked).text
    assert mixed.count(f"{LAW['ky']} to be checked") == 1
    assert mixed.count(f"Негизи: {LAW['ky']}") == 2
    assert "to be checked" not in page(checked).text


def test_charter_issues_stand_in_a_section_of_their_own_after_those_of_the_law() -> None:
    shown = page(ROADS, WATER, TREES)
    assert [found["id"] for found in shown.all("section")] == ["water", "roads", "charter"]
    assert [found["id"] for found in shown.all("article")] == ["i4", "i6", "i22"]
    charter = shown.text.rpartition("Устав боюнча маселелер")[2]
    assert charter.index(CHARTER["ky"]) < charter.index("3. Ичүүчү суу")


def test_the_numbers_are_those_of_the_list_whatever_the_themes() -> None:
    assert re.findall(r"\d\. (?:Жолдор|Ичүүчү суу)", page(ROADS, WATER).text) == ["2. Ичүүчү суу", "1. Жолдор"]
    data = json.loads(files(ROADS, WATER)["issues.json"])
    assert [(issue["number"], issue["id"]) for issue in data["issues"]] == [(1, 6), (2, 4)]


def test_what_is_overdue_or_was_never_entered_is_said_and_marked() -> None:
    late = replace(WATER, state=Renewal.OVERDUE, renewed_on=date(2025, 9, 1), renew_until=date(2026, 3, 1))
    never = replace(WATER, state=Renewal.NEVER, renewed_on=None, renew_until=None, responsible="", post=same(""))
    assert "01.09.2025 (мөөнөтү өттү: 01.03.2026)" in page(late).text
    assert "Жооптуу азырынча көрсөтүлө элек" in page(never).text
    assert "Жаңыртылды Маалымат азырынча киргизиле элек" in page(never).text
    assert "late" not in {dd.get("class") for dd in page(WATER).all("dd")}
    for entry in (late, never):
        assert [dd.get("class") for dd in page(entry).all("dd")[:3]] == [None, None, "late"]


def test_an_empty_list_says_so_and_without_a_bot_nothing_leads_into_one() -> None:
    assert "Тизме азырынча толтурула элек" in page().text
    assert not re.search(
        r"t\.me|wa\.me|Чат-бот", page(WATER, where=Where()).text + str(page(WATER, where=Where()).links)
    )


def test_the_number_in_whatsapp_stands_beside_the_bot_of_telegram_or_alone() -> None:
    number, opens = "https://wa.me/996700000888", "https://wa.me/996700000888?text=Ashar"
    both = page(WATER, where=Where(bot="ashar_bot", whatsapp="996700000888"))
    alone = page(WATER, where=Where(whatsapp="996700000888"))
    assert "WhatsApp: +996700000888" in both.text
    assert [link for link in both.links if "wa.me" in link] == [opens]
    assert [link for link in both.links if "t.me" in link] == [
        f"https://t.me/ashar_bot?start=i{WATER.id}",
        "https://t.me/ashar_bot",
    ]
    assert [link for link in alone.links if "wa.me" in link] == [f"{number}?text=Ashar%20i{WATER.id}", opens]
    assert not [link for link in alone.links if "//t.me" in link]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_names_itself_and_leads_to_the_others(language: str) -> None:
    shown = page(WATER, language=language)
    assert shown.all("html") == [{"lang": language}]
    assert [a["hreflang"] for a in shown.all("a") if "hreflang" in a] == [
        each for each in LANGUAGES if each != language
    ]
    alternate = {link["hreflang"]: link["href"] for link in shown.all("link") if "hreflang" in link}
    assert alternate == {each: f"{SERVED.address}{folder}" for each, folder in LANGUAGES.items()}
    assert [link["href"] for link in shown.all("link") if link["rel"] == "canonical"] == [alternate[language]]
    assert WATER.label[language] in shown.text
    others = {WATER.label[each] for each in LANGUAGES if each != language}
    assert [label for label in others if label in shown.text] == []


# --- whatever is written ---


@pytest.mark.parametrize("hostile", MARKUP)
def test_what_people_wrote_is_text_and_never_markup_or_a_link(hostile: str) -> None:
    parts = ("label", "text", "law", "reference", "mark", "post", "doing")
    said: dict[str, Any] = dict.fromkeys(parts, same(hostile))
    entry = replace(WATER, responsible=hostile, phone=hostile, **said)
    home = replace(
        HOME, name=same(hostile), district=same(hostile), contacts=dict.fromkeys(HOME.contacts, same(hostile))
    )
    tame = {name: [tag for tag, _ in Page(content).tags] for name, content in files(WATER).items() if "html" in name}
    for name, content in files(entry, home=home).items():
        if name not in PAGES:
            continue
        shown = Page(content)
        assert shown.text.count(" ".join(hostile.split())) >= 10
        assert set(map(str, (tag for tag, _ in shown.tags))) <= set(tame[name])
        assert not [a for _, attributes in shown.tags for a in attributes if a.startswith("on") or a == "src"]
        assert not [link for link in shown.links if re.match(r"(?i)\s*(javascript|tel|mailto)", link)]
    assert json.loads(files(entry, home=home)["issues.json"])["issues"][0]["doing"]["ky"] == hostile
    front = Page(front_files([home], SPOKEN, SERVED)["index.html"])
    assert (hostile in front.text, "script" in [tag for tag, _ in front.tags]) == (True, False)


def test_a_full_list_and_a_long_list_of_municipalities_stay_small() -> None:
    """Two dozen issues with some 200 letters of what is being done each, and forty municipalities: at most 30 KB."""
    doing = same("Көчөлөргө жаңы суу түтүгү тартылып жатат, ага бюджеттен акча бөлүндү. " * 3)
    many = [replace(entry, id=n, doing=doing) for n, entry in enumerate([WATER, ROADS, TREES] * 8)]
    homes = [replace(HOME, key=f"aimak-{n}") for n in range(40)]
    made = {
        **files(*many),
        **{f"front/{name}": content for name, content in front_files(homes, SPOKEN, SERVED).items()},
    }
    assert {name: len(content) for name, content in made.items() if "html" in name and len(content) > 30 * 1024} == {}


def test_no_page_has_scripts_or_takes_anything_from_elsewhere() -> None:
    made = [content for name, content in files(WATER).items() if name in PAGES]
    made += [*front_files([HOME], SPOKEN, SERVED).values(), missing_page(SPOKEN, "/")]
    for content in made:
        shown = Page(content)
        assert {tag for tag, _ in shown.tags}.isdisjoint({"script", "img", "iframe", "object", "form", "input", "base"})
        assert {link["rel"] for link in shown.all("link")} <= {"alternate", "canonical"}
        assert b"url(" not in content
        assert b"@import" not in content
        assert [tag for tag, attributes in shown.tags if "style" in attributes] == []
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", style_hash())


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ("+996 700 000 211", ["tel:+996700000211"]),
        ("(03922) 5-12-34", ["tel:0392251234"]),
        ("+996 700 000 211, 0312 66 55 44", ["tel:+996700000211", "tel:0312665544"]),
        ("103", ["tel:103"]),
        ("кабылдамада", [""]),
        ("javascript:alert(1)", [""]),
        ("+", [""]),
        ("", []),
    ],
)
def test_numbers_are_called_and_other_words_are_not(written: str, links: Sequence[str]) -> None:
    assert [link for _, link in call_links(written)] == links


# --- as a folder ---


def test_in_a_folder_every_link_leads_to_a_file_or_a_place_on_the_page() -> None:
    below = Where(bot="ashar_bot", ending="index.html", neighbours=True)
    made = front_files([HOME], SPOKEN, Where(bot="ashar_bot", ending="index.html"))
    made |= {f"ak-bulak/{name}": content for name, content in files(WATER, TREES, where=below).items()}
    followed = 0
    for name in [name for name in made if name.endswith(".html")]:
        shown = Page(made[name])
        places = {attributes["id"] for _, attributes in shown.tags if "id" in attributes}
        for link in [*shown.links, *(link["href"] for link in shown.all("link"))]:
            followed += 1
            if link.startswith("#"):
                assert link[1:] in places
            elif not re.match(r"(https://t\.me/ashar_bot|tel:|mailto:)", link):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(name), link)) in made, (name, link)
    assert followed > 60


def test_the_folder_and_the_served_page_differ_in_their_links_only() -> None:
    def without_links(content: bytes) -> str:
        return re.sub(r'<link rel="canonical".*?>\n|href="[^"]*"', "", content.decode())

    served, folder = files(WATER, TREES), files(WATER, TREES, where=Where(bot="ashar_bot", ending="index.html"))
    assert served.keys() == folder.keys()
    assert [without_links(served[name]) for name in PAGES] == [without_links(folder[name]) for name in PAGES]
    assert served["issues.csv"] == folder["issues.csv"]


# --- the data ---


def test_the_json_has_all_languages_stable_codes_and_iso_dates() -> None:
    data = json.loads(files(WATER, TREES)["issues.json"])
    assert (data["schema_version"], data["as_of"], data["page"]) == (1, "2026-05-04", SERVED.address)
    assert data["municipality"]["name"] == HOME.name
    first, second = data["issues"]
    assert (first["code"], first["origin"], first["renewed_on"], first["renew_until"], first["state"]) == (
        "drinking-water",
        "law",
        "2026-04-22",
        "2026-10-22",
        "fresh",
    )
    assert (first["label"], first["law"]["checked_on"], second["origin"]) == (WATER.label, None, "charter")


def test_the_table_reads_back_and_no_text_is_a_formula_there() -> None:
    formulas = ["=1+1", "@SUM(A1)", "-2+3", '=HYPERLINK("https://x.example","x")', "+SUM(1)"]
    entries = [replace(WATER, id=i, doing=same(text), responsible=text) for i, text in enumerate(formulas)]
    content = files(*entries)["issues.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["doing_ky"] for row in rows] == [f"'{text}" for text in formulas]
    assert {row["phone"] for row in rows} == {WATER.phone}
    assert [(name, row[name]) for row in rows for name in row if row[name][:1] in "=@-" and row[name]] == []
    assert rows[0]["label_ru"] == "Питьевая вода"
