"""What is on whose list, and what does a resident find, however it is spelled?"""

from collections.abc import Iterable
from datetime import date, datetime

import pytest

from actions import issues as actions
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.issues import (
    Issue,
    followed_issues,
    get_issue,
    get_issue_read_by,
    issues_like,
    listed_issues,
    municipality_of_issue,
    whole_issues,
)
from storage.municipalities import Municipality
from tests.cast import a_resident

CHARTER = [
    "charter-trees",
    "charter-livestock-and-pets",
    "charter-irrigation-water",
    "charter-settling-disputes",
    "charter-family-celebrations",
]


async def the_issue(database: Database, of: Municipality, code: str) -> Issue:
    """The issue of that code on the list of that municipality."""
    async with database.transaction() as db:
        return next(issue for issue in await whole_issues(db, of.id) if issue.code == code)


async def found(database: Database, of: Municipality, wanted: str) -> list[str]:
    """The codes of what a search finds, best first."""
    async with database.transaction() as db:
        return [issue.code for issue in await issues_like(db, of.id, wanted)]


# --- lists ---


async def test_the_list_is_the_twenty_of_the_law_in_its_order_and_then_the_charter_issues_switched_on(
    database: Database, home: Municipality
) -> None:
    async with database.transaction() as db:
        whole = await whole_issues(db, home.id)
    assert [issue.position for issue in whole[:20]] == list(range(1, 21))
    assert [issue.law_code for issue in whole[:20]] == [issue.code for issue in whole[:20]]
    assert [(issue.code, issue.law_code) for issue in whole[20:]] == [
        (code, None) for code in sorted(CHARTER, key=[*CHARTER].index)
    ]


async def test_two_municipalities_have_lists_of_their_own(
    database: Database, home: Municipality, town: Municipality
) -> None:
    async with database.transaction() as db:
        ours = {issue.id for issue in await listed_issues(db, home.id)}
        theirs = {issue.id for issue in await listed_issues(db, town.id)}
        assert (len(ours), len(theirs), ours & theirs) == (25, 22, set())
        assert {issue.municipality_id for issue in await whole_issues(db, town.id)} == {town.id}
        assert list(await listed_issues(db, 999)) == []


async def test_a_row_of_the_list_shows_the_same_label_as_the_issue_itself(
    database: Database, home: Municipality
) -> None:
    async with database.transaction() as db:
        rows, whole = await listed_issues(db, home.id), await whole_issues(db, home.id)
    for language in ("ky", "ru", "en", "uz"):
        assert [(row.id, row.group, row.said("label", language)) for row in rows] == [
            (issue.id, issue.group, issue.said("label", language)) for issue in whole
        ]


async def test_a_retired_issue_leaves_the_list_and_the_search_but_its_card_stays(
    database: Database, home: Municipality
) -> None:
    trees = await the_issue(database, home, "charter-trees")
    assert "charter-trees" in await found(database, home, "дарак")
    async with database.transaction() as db:
        (await get_issue(db, home.id, trees.id)).retired_on = date(2026, 5, 1)
    async with database.transaction() as db:
        assert len(await listed_issues(db, home.id)) == 24
        assert (await get_issue(db, home.id, trees.id)).code == "charter-trees"
    assert "charter-trees" not in await found(database, home, "дарак")


# --- one issue ---


async def test_an_issue_of_another_municipality_is_not_found(
    database: Database, home: Municipality, town: Municipality
) -> None:
    water = await the_issue(database, town, "drinking-water")
    async with database.transaction() as db:
        assert (await get_issue(db, town.id, water.id)).responsible == "Осмонов Тилек"
        assert await municipality_of_issue(db, water.id) == town.id
        for municipality in (home.id, None, 999):
            with pytest.raises(Refused) as no:
                await get_issue(db, municipality, water.id)
            assert no.value.reason is Reason.NOT_FOUND


async def test_an_issue_of_a_forged_number_is_not_found_however_large_it_is(
    database: Database, home: Municipality
) -> None:
    async with database.transaction() as db:
        for number in (0, -1, 10**6, 2**31 - 1, 2**31, 10**15, 10**18 - 1, -(10**18) + 1):
            with pytest.raises(Refused) as no:
                await get_issue(db, home.id, number)
            assert no.value.reason is Reason.NOT_FOUND
            assert await municipality_of_issue(db, number) is None


async def test_the_reader_is_told_whether_they_follow_it_and_not_whether_others_do(
    database: Database, home: Municipality, now: datetime
) -> None:
    water = await the_issue(database, home, "drinking-water")
    async with database.transaction() as db:
        aigul, bakyt = [await a_resident(db, home, now, address=address) for address in ("101", "102")]
        await actions.follow(db, aigul, water.id, now)
    async with database.transaction() as db:
        read = [(await get_issue_read_by(db, home.id, water.id, reader=who)) for who in (aigul.id, bakyt.id, 0)]
    assert [(issue.code, follows) for issue, follows in read] == [
        ("drinking-water", True),
        ("drinking-water", False),
        ("drinking-water", False),
    ]


async def test_what_somebody_follows_is_theirs_and_of_this_municipality(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    roads, water = [await the_issue(database, home, code) for code in ("municipal-roads", "drinking-water")]
    elsewhere = await the_issue(database, town, "drinking-water")
    async with database.transaction() as db:
        aigul, bakyt = [await a_resident(db, home, now, address=address) for address in ("101", "102")]
        cholpon = await a_resident(db, town, now, address="103")
        for person, issue in ((aigul, roads), (aigul, water), (bakyt, roads), (cholpon, elsewhere)):
            await actions.follow(db, person, issue.id, now)
    async with database.transaction() as db:
        codes = {
            (person.id, place): [issue.code for issue in await followed_issues(db, person.id, place)]
            for person in (aigul, bakyt, cholpon)
            for place in (home.id, town.id)
        }
    assert codes == {
        (aigul.id, home.id): ["drinking-water", "municipal-roads"],
        (aigul.id, town.id): [],
        (bakyt.id, home.id): ["municipal-roads"],
        (bakyt.id, town.id): [],
        (cholpon.id, home.id): [],
        (cholpon.id, town.id): ["drinking-water"],
    }


async def test_an_issue_says_its_parts_in_the_readers_language_and_in_kyrgyz_where_that_is_missing(
    database: Database, home: Municipality
) -> None:
    water = await the_issue(database, home, "drinking-water")
    assert [water.said("label", language) for language in ("ky", "ru", "en", "uz")] == [
        "Ичүүчү суу",
        "Питьевая вода",
        "Drinking water",
        "Ичүүчү суу",
    ]
    assert [water.law_in(language) for language in ("ky", "ru", "uz")] == [
        "№ 123 Мыйзамдын 27-беренеси",
        "статья 27 Закона № 123",
        "№ 123 Мыйзамдын 27-беренеси",
    ]
    assert (water.law_in("ky", form="nothing"), Issue(label_ky="Суу", label_ru="").said("label", "ru")) == ("", "Суу")


# --- search ---


async def all_found(database: Database, of: Municipality, wanted: Iterable[str]) -> dict[str, list[str]]:
    """What each search finds."""
    return {each: await found(database, of, each) for each in wanted}


async def test_the_words_of_any_of_the_three_languages_find_the_issue_first(
    database: Database, home: Municipality
) -> None:
    best = {
        "таштанды": "household-waste",
        "Мусор!": "household-waste",
        "GARBAGE": "household-waste",
        "көчө жарыгы": "street-lighting",
        "фонарь": "street-lighting",
        "street lamp": "street-lighting",
        "ичүүчү суу": "drinking-water",
        "нет воды": "drinking-water",
        "чуңкур": "municipal-roads",
        "pothole": "municipal-roads",
        "суу": "drinking-water",
        "той": "charter-family-celebrations",
        "жер": "land-use-and-planning",  # and not «жергиликтүү», with which nine others begin
    }
    assert {wanted: codes[0] for wanted, codes in (await all_found(database, home, best)).items()} == best


async def test_the_kyrgyz_letters_need_not_be_typed(database: Database, home: Municipality) -> None:
    codes = {
        "кочо жарыгы": ["street-lighting"],
        "корустон": ["cemeteries"],
        "чункур": ["municipal-roads"],
        "ичуучу": ["drinking-water"],
        "мурзо": ["cemeteries"],
    }
    assert await all_found(database, home, codes) == codes


async def test_a_mistyped_letter_is_forgiven(database: Database, home: Municipality) -> None:
    codes = {
        "ташанды": ["household-waste"],
        "таштанда": ["household-waste"],
        "библиотэка": ["libraries"],
        "rubish": ["household-waste"],
        "маршутка": ["municipal-transport"],
    }
    assert await all_found(database, home, codes) == codes


async def test_the_beginning_of_a_word_is_enough(database: Database, home: Municipality) -> None:
    codes = {
        "автоб": ["municipal-transport"],
        "маршрутк": ["municipal-transport"],
        "бродяч соба": ["charter-livestock-and-pets"],
    }
    assert await all_found(database, home, codes) == codes


async def test_what_nobody_means_finds_nothing(database: Database, home: Municipality) -> None:
    nothing = ["", "   ", "?!", "ъ", "к", "Бишкек", "qwerty", "١٢٣", "🙂", "\x00", "%", "_", "' OR 1=1"]
    assert await all_found(database, home, nothing) == {wanted: [] for wanted in nothing}


async def test_one_word_that_fits_is_not_enough_for_two_that_are_asked(database: Database, home: Municipality) -> None:
    assert await found(database, home, "суу") != []
    assert await found(database, home, "суу космонавт") == []


async def test_the_search_finds_only_what_is_on_this_municipalitys_list(
    database: Database, home: Municipality, town: Municipality
) -> None:
    assert await found(database, home, "свадьба") == ["charter-family-celebrations"]
    assert await found(database, town, "свадьба") == []
    assert await found(database, town, "базарная площадь") == ["charter-public-places"]
    assert await found(database, home, "базарная площадь") == []
    async with database.transaction() as db:
        issues = await issues_like(db, town.id, "таштанды")
    assert [(issue.code, issue.municipality_id) for issue in issues] == [("household-waste", town.id)]


async def test_a_very_long_question_is_answered_quickly_and_does_not_fail(
    database: Database, home: Municipality
) -> None:
    assert await found(database, home, "космонавт " * 500) == []
