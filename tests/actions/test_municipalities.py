"""Can a clerk's file be taken in, again and again, and is a wrong one refused with every place that is wrong?"""

import copy
from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml
from sqlalchemy import func, select

from actions import issues, people
from actions.municipalities import BadFile, TakenIn, give_back, take_in
from civic.municipalities import Kind, Place
from storage.catalogue import catalogue
from storage.database import Database
from storage.issues import Issue, listed_issues, whole_issues
from storage.municipalities import Municipality, Street, find_by_key, streets, villages
from storage.tables import metadata
from tests.cast import VAULT, a_resident
from tests.conftest import NOW, SANDBOX

TODAY = NOW.date()
AIMAK, CITY = [
    yaml.safe_load((SANDBOX / f"{name}.yaml").read_text(encoding="utf-8"))["municipality"] for name in ("aimak", "city")
]


def a_file(**fields: object) -> Any:
    """A small whole file, with these fields otherwise."""
    own = {
        "key": "jyrgal",
        "kind": "aimak",
        "name": {"ky": "Жыргал айыл аймагы", "ru": "Жыргальский аймак", "en": "Jyrgal aimak"},
        "population": 3_200,
        "villages": [{"name": "Жыргал", "streets": ["Манас", {"ky": "Талаа", "ru": "Полевая"}]}],
        "issues": [
            {
                "code": "drinking-water",
                "responsible": {"name": "Асанов Асан", "post": "инженер", "phone": "+996 700 000 300"},
                "doing": "Кудук казылып жатат.",
                "renewed_on": date(2026, 4, 1),
            }
        ],
    }
    return {"municipality": {name: value for name, value in (own | fields).items() if value is not ...}}


async def taken(database: Database, data: object) -> TakenIn:
    """The file, taken in in a transaction of its own."""
    async with database.transaction() as db:
        return await take_in(db, data, catalogue(), TODAY)


async def wrong_with(database: Database, data: object) -> list[str]:
    """Everything that is said to be wrong with the file."""
    with pytest.raises(BadFile) as no:
        await taken(database, data)
    return no.value.wrong


async def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    async with database.transaction() as db:
        return {
            table.name: [tuple(row) for row in await db.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


async def issue_of(database: Database, home: Municipality, code: str) -> Issue:
    """The issue of that code."""
    async with database.transaction() as db:
        return next(issue for issue in await whole_issues(db, home.id) if issue.code == code)


# --- taking in ---


async def test_a_new_municipality_comes_with_its_villages_streets_and_list(database: Database) -> None:
    brought = await taken(database, {"municipality": AIMAK})
    assert (brought.is_new, brought.villages, brought.streets, brought.issues) == (True, 5, 28, 25)
    home = brought.municipality
    assert (home.key, home.kind, home.population, home.time_zone) == ("ak-bulak", Kind.AIMAK, 14_870, "Asia/Bishkek")
    assert [home.name(language) for language in ("ky", "ru", "en")] == [
        "Ак-Булак айыл аймагы",
        "Ак-Булакский айылный аймак",
        "Ak-Bulak aiyl aimak",
    ]
    assert home.contact("phone", "ky") == "+996 700 000 200"
    assert home.contact("hours", "ru").startswith("Понедельник–пятница")
    water = await issue_of(database, home, "drinking-water")
    assert (water.responsible, water.phone, water.renewed_on) == (
        "Турдубеков Эрмек",
        "+996 700 000 211",
        date(2026, 4, 22),  # twelve days before today
    )
    assert water.said("doing", "ru").startswith("В Кок-Добо прокладываем")


async def test_the_same_file_again_renews_and_doubles_nothing(database: Database) -> None:
    first = await taken(database, {"municipality": AIMAK})
    before = await everything(database)
    again = await taken(database, {"municipality": AIMAK})
    assert (again.is_new, again.villages, again.streets, again.issues) == (False, 5, 28, 25)
    assert again.municipality.id == first.municipality.id
    assert await everything(database) == before


async def test_words_may_be_given_once_for_all_languages_and_kyrgyz_stands_in_for_what_is_missing(
    database: Database,
) -> None:
    home = (await taken(database, a_file())).municipality
    async with database.transaction() as db:
        named = {street.name_ky: (street.name_ru, street.name_en) for street in await streets(db, home.id)}
    assert named == {"Манас": ("Манас", "Манас"), "Талаа": ("Полевая", "Талаа")}


async def test_without_a_time_zone_settings_contacts_or_places_the_model_is_taken(database: Database) -> None:
    brought = await taken(database, a_file(villages=..., issues=...))
    home = brought.municipality
    assert (brought.villages, brought.streets, brought.issues) == (0, 0, 20)
    assert (home.time_zone, home.own_settings, home.contacts, home.capital) == ("Asia/Bishkek", {}, {}, False)
    assert home.settings.petition_days == 90


async def test_a_file_changes_what_it_names_and_leaves_what_it_does_not(database: Database) -> None:
    home = (await taken(database, a_file())).municipality
    kept = {table: len(rows) for table, rows in (await everything(database)).items()}
    changed = a_file(
        name="Жыргал шаарчасы",
        population=3_300,
        settings={"petition_days": 60},
        villages=[{"name": {"ky": "Булак", "ru": "Родник"}, "streets": []}],
        issues=[{"code": "libraries", "doing": "Китепкана оңдолуп жатат."}],
        charter_issues=["charter-trees"],
    )
    again = await taken(database, changed)
    assert (again.is_new, again.villages, again.streets, again.issues) == (False, 1, 0, 21)
    home = again.municipality
    assert (home.name_ky, home.name_ru, home.population) == ("Жыргал шаарчасы", "Жыргал шаарчасы", 3_300)
    assert home.own_settings == {"petition_days": 60}
    async with database.transaction() as db:
        assert {village.name_ky for village in await villages(db, home.id)} == {"Жыргал", "Булак"}
    now_kept = {table: len(rows) for table, rows in (await everything(database)).items()}
    assert now_kept == kept | {"villages": 2, "issues": 21, "issue_changes": 1, "journal": 1, "journal_heads": 1}
    water = await issue_of(database, home, "drinking-water")
    assert (water.responsible, water.said("doing", "ky")) == ("Асанов Асан", "Кудук казылып жатат.")
    assert (await issue_of(database, home, "libraries")).doing_ru == "Китепкана оңдолуп жатат."


async def test_the_numbers_it_lives_by_are_the_files_after_a_second_time_too(database: Database) -> None:
    async with database.transaction() as db:
        home = (await take_in(db, a_file(settings={"petition_days": 60}), catalogue(), TODAY)).municipality
        assert home.settings.petition_days == 60
        await take_in(db, a_file(settings={"petition_days": 30}), catalogue(), TODAY)
        assert home.settings.petition_days == 30


async def test_two_municipalities_stay_apart(database: Database) -> None:
    home = (await taken(database, {"municipality": AIMAK})).municipality
    before = await everything(database)
    town = (await taken(database, {"municipality": CITY})).municipality
    after = await everything(database)
    ours = {"municipalities": 0, "villages": 1, "streets": 1, "issues": 1}
    for table, column in ours.items():
        assert [row for row in after[table] if row[column] == home.id] == before[table]
        assert len(after[table]) > len(before[table])
    async with database.transaction() as db:
        assert {village.kind for village in await villages(db, town.id)} == {Place.MICRODISTRICT}
        assert {village.kind for village in await villages(db, home.id)} == {Place.VILLAGE}
        codes = [issue.code for issue in await whole_issues(db, town.id) if issue.law_code is None]
    assert codes == ["charter-livestock-and-pets", "charter-public-places"]


async def test_an_issue_of_the_charter_that_somebody_answers_for_is_on_the_list(database: Database) -> None:
    row = {"code": "charter-trees", "doing": "Терек отургузулду."}
    home = (await taken(database, a_file(issues=[row]))).municipality
    assert (await issue_of(database, home, "charter-trees")).doing_ky == "Терек отургузулду."


async def test_a_file_without_a_day_of_renewal_keeps_the_day_that_is_known(database: Database) -> None:
    home = (await taken(database, a_file())).municipality
    await taken(database, a_file(issues=[{"code": "drinking-water", "doing": "Кудук даяр."}]))
    water = await issue_of(database, home, "drinking-water")
    assert (water.renewed_on, water.doing_ky, water.responsible) == (date(2026, 4, 1), "Кудук даяр.", "")


async def test_what_was_renewed_today_may_be_said_and_tomorrow_not(database: Database) -> None:
    row = {"code": "drinking-water", "renewed_on": TODAY}
    home = (await taken(database, a_file(issues=[row]))).municipality
    assert (await issue_of(database, home, "drinking-water")).renewed_on == TODAY
    tomorrow = TODAY.replace(day=TODAY.day + 1)
    assert await wrong_with(database, a_file(issues=[{**row, "renewed_on": tomorrow}])) == [
        f"municipality/issues/1/renewed_on: expected a past day like 2026-09-01, got {tomorrow!r}"
    ]


async def test_words_that_would_break_the_database_are_cleaned(database: Database) -> None:
    data = a_file(name="Жыр\x00гал \u202eайыл", villages=[{"name": " Бу\x00лак ", "streets": ["\u200eМанас"]}])
    home = (await taken(database, data)).municipality
    assert home.name_ky == "Жыргал айыл"
    async with database.transaction() as db:
        assert [village.name_ky for village in await villages(db, home.id)] == ["Булак"]
        assert (await db.scalars(select(Street.name_ky))).all() == ["Манас"]


async def test_an_issue_that_was_retired_is_not_put_on_the_list_a_second_time(database: Database) -> None:
    home = (await taken(database, a_file(charter_issues=["charter-trees"]))).municipality
    async with database.transaction() as db:
        trees = next(issue for issue in await whole_issues(db, home.id) if issue.code == "charter-trees")
        trees.retired_on = TODAY
    again = await taken(database, a_file(charter_issues=["charter-trees"]))
    assert again.issues == 20
    async with database.transaction() as db:
        assert await db.scalar(select(func.count()).select_from(Issue)) == 21


# --- refusing ---

LONG = "ө" * 201
MIDNIGHT = datetime(2026, 4, 1, tzinfo=UTC)
NO_KEY = "municipality/key: expected a short word of letters, digits and hyphens, like ak-bulak"
FAULTS: dict[str, tuple[dict[str, object], list[str]]] = {
    "no key": ({"key": ...}, [NO_KEY]),
    "an empty key": ({"key": ""}, [NO_KEY]),
    "a key with a space": ({"key": "ak bulak"}, [NO_KEY]),
    "a key of 41 letters": ({"key": "a" * 41}, [NO_KEY]),
    "a number as key": ({"key": 5}, [NO_KEY]),
    "an unknown kind": ({"kind": "village"}, ["municipality/kind: expected one of aimak, city, got 'village'"]),
    "nobody lives there": (
        {"population": 0},
        ["municipality/population: expected a number of residents, got 0"],
    ),
    "a population in words": (
        {"population": "3 200"},
        ["municipality/population: expected a number of residents, got '3 200'"],
    ),
    "a capital in words": (
        {"capital": "ооба"},
        ["municipality/capital: expected true (Bishkek, Osh) or false, got 'ооба'"],
    ),
    "a time zone that is none": (
        {"time_zone": "Asia/Jyrgal"},
        ["municipality/time_zone: 'Asia/Jyrgal' is no time zone; expected a name like Asia/Bishkek"],
    ),
    "a number out of its range": (
        {"settings": {"petition_days": 1}},
        ["municipality/settings: petition_days: expected a whole number from 7 to 365, got 1"],
    ),
    "a number that the Plan fixes": (
        {"settings": {"wg_min_members": 9}},
        ["municipality/settings: wg_min_members: Typical Plan 4.3 fixes it at 7"],
    ),
    "settings as a list": (
        {"settings": [60]},
        ["municipality/settings: expected names with what they stand for, got [60]"],
    ),
    "no name": ({"name": ...}, ["municipality/name: expected words in ky (and ru, en), got None"]),
    "an empty name": ({"name": "  "}, ["municipality/name: expected words in ky (and ru, en), got '  '"]),
    "a name without Kyrgyz": (
        {"name": {"ru": "Жыргал"}},
        ["municipality/name: expected words in ky (and ru, en), got {'ru': 'Жыргал'}"],
    ),
    "a name that is too long": (
        {"name": {"ky": "Жыргал", "ru": LONG}},
        ["municipality/name/ru: over 200 characters"],
    ),
    "a district without Kyrgyz": (
        {"district": {"ru": "район"}},
        ["municipality/district: expected words in ky (and ru, en), got {'ru': 'район'}"],
    ),
    "a phone without quotation marks": (
        {"contacts": {"phone": 996_700_000_200}},
        ["municipality/contacts/phone: expected words in ky (and ru, en), got 996700000200"],
    ),
    "contacts as words": (
        {"contacts": "Манас көчөсү"},
        ["municipality/contacts: expected names with what they stand for, got 'Манас көчөсү'"],
    ),
    "a misspelled field": ({"vilages": []}, ["municipality: there is no field «vilages»"]),
    "villages as words": ({"villages": "Жыргал"}, ["municipality/villages: expected a list, got str"]),
    "a village as words": ({"villages": ["Жыргал"]}, ["municipality/villages/1: expected «name:» and «streets:»"]),
    "a village twice": (
        {"villages": [{"name": "Жыргал"}, {"name": {"ky": "Жыргал ", "ru": "Другой"}}]},
        ["municipality/villages: «Жыргал» stands twice"],
    ),
    "a street twice, a misspelled field and a nameless street": (
        {"villages": [{"name": "Жыргал", "street": [], "streets": ["Манас", "Манас", {}, None]}]},
        [
            "municipality/villages/1: there is no field «street»",
            "municipality/villages/1/streets/3: expected words in ky (and ru, en), got {}",
            "municipality/villages/1/streets/4: expected words in ky (and ru, en), got None",
            "municipality/villages/1/streets: «Манас» stands twice",
        ],
    ),
    "an issue of the charter that is none": (
        {"charter_issues": ["charter-moon", "drinking-water"]},
        [
            "municipality/charter_issues: there is no charter issue «charter-moon»",
            "municipality/charter_issues: there is no charter issue «drinking-water»",
        ],
    ),
    "issues that are none": (
        {"issues": [{"code": "moon"}, {"code": ["drinking-water"]}, 5, {}]},
        [
            "municipality/issues/1: there is no issue «moon»",
            "municipality/issues/2: there is no issue «['drinking-water']»",
            "municipality/issues/3: there is no issue «5»",
            "municipality/issues/4: there is no issue «None»",
        ],
    ),
    "an issue twice": (
        {"issues": [{"code": "libraries"}, {"code": "libraries"}]},
        ["municipality/issues/2: «libraries» stands twice"],
    ),
    "a responsible person as words": (
        {"issues": [{"code": "libraries", "responsible": "Асанов"}]},
        ["municipality/issues/1/responsible: expected names with what they stand for, got 'Асанов'"],
    ),
    "what is wrong with a responsible person": (
        {
            "issues": [
                {
                    "code": "libraries",
                    "responsible": {"name": LONG, "phone": 996_700, "post": {"ru": "инженер"}, "fax": "1"},
                }
            ]
        },
        [
            "municipality/issues/1/responsible: there is no field «fax»",
            "municipality/issues/1/responsible/name: over 200 characters",
            "municipality/issues/1/responsible/phone: expected words (a number in quotation marks), got 996700",
            "municipality/issues/1/responsible/post: expected words in ky (and ru, en), got {'ru': 'инженер'}",
        ],
    ),
    "a phone of forty-one characters": (
        {
            "issues": [
                {"code": code, "responsible": {"phone": "9" * n}} for code, n in (("leisure", 40), ("folk-art", 41))
            ]
        },
        ["municipality/issues/2/responsible/phone: over 40 characters"],
    ),
    "days that are none": (
        {
            "issues": [
                {"code": "libraries", "renewed_on": "кечээ"},
                {"code": "leisure", "renewed_on": MIDNIGHT},
                {"code": "folk-art", "renewed_days_ago": -1},
                {"code": "sewerage", "renewed_days_ago": True},
                {"code": "advertising", "renewed": 5},
            ]
        },
        [
            "municipality/issues/1/renewed_on: expected a past day like 2026-09-01, got 'кечээ'",
            f"municipality/issues/2/renewed_on: expected a past day like 2026-09-01, got {MIDNIGHT!r}",
            "municipality/issues/3/renewed_days_ago: expected a number of days, got -1",
            "municipality/issues/4/renewed_days_ago: expected a number of days, got True",
            "municipality/issues/5: there is no field «renewed»",
        ],
    ),
}


async def test_every_fault_is_named_with_its_place_and_what_was_expected_there(database: Database) -> None:
    said = {what: await wrong_with(database, a_file(**fields)) for what, (fields, _) in FAULTS.items()}
    assert said == {what: expected for what, (_, expected) in FAULTS.items()}


async def test_all_faults_of_a_file_are_told_at_once_and_nothing_is_saved(database: Database) -> None:
    data = a_file(key="", kind=None, population=None, time_zone="Ай", settings={"x": 1}, name=5, district=[1])
    assert await wrong_with(database, data) == [
        NO_KEY,
        "municipality/kind: expected one of aimak, city, got None",
        "municipality/population: expected a number of residents, got None",
        "municipality/time_zone: 'Ай' is no time zone; expected a name like Asia/Bishkek",
        (await wrong_with(database, a_file(settings={"x": 1})))[0],
        "municipality/district: expected words in ky (and ru, en), got [1]",
        "municipality/name: expected words in ky (and ru, en), got 5",
    ]
    assert {table: rows for table, rows in (await everything(database)).items() if rows} == {}


async def test_a_wrong_file_leaves_a_known_municipality_as_it_was(database: Database) -> None:
    await taken(database, a_file())
    before = await everything(database)
    await wrong_with(database, a_file(name="Башка ат", population=9, issues=[{"code": "moon"}]))
    assert await everything(database) == before


@pytest.mark.parametrize("data", [None, [], {}, "Жыргал", {"municipality": []}, {"municipality": None}, {"city": {}}])
async def test_a_file_about_no_municipality_is_refused(database: Database, data: object) -> None:
    assert await wrong_with(database, data) == ["the file must begin with «municipality:» and its fields"]


def test_a_bad_file_says_one_fault_a_line() -> None:
    assert str(BadFile(["биринчи", "экинчи"])) == "биринчи\nэкинчи"


# --- giving back ---


CAPITAL = a_file(capital=True, district="Чүй", settings={"petition_days": 60})["municipality"]


@pytest.mark.parametrize("given", [AIMAK, CITY, CAPITAL], ids=["aimak", "city", "capital"])
async def test_what_is_given_back_can_be_taken_in_and_is_the_same(database: Database, given: object) -> None:
    home = (await taken(database, {"municipality": given})).municipality
    assert home.capital is (given is CAPITAL)
    before = await everything(database)
    async with database.transaction() as db:
        back = await give_back(db, home)
    text = yaml.safe_dump(back, allow_unicode=True, sort_keys=False)
    assert yaml.safe_load(text) == back
    again = await taken(database, yaml.safe_load(text))
    assert (again.is_new, await everything(database)) == (False, before)


async def test_what_is_given_back_founds_the_same_municipality_elsewhere(database: Database) -> None:
    home = (await taken(database, {"municipality": AIMAK})).municipality
    async with database.transaction() as db:
        back = await give_back(db, home)
    there = copy.deepcopy(back)
    there["municipality"]["key"] = "elsewhere"
    brought = await taken(database, there)
    assert (brought.is_new, brought.villages, brought.streets, brought.issues) == (True, 5, 28, 25)
    async with database.transaction() as db:
        found = await find_by_key(db, "elsewhere")
        assert found is not None
        theirs = await give_back(db, found)
    assert theirs["municipality"] | {"key": "ak-bulak"} == back["municipality"]


async def test_what_is_given_back_holds_nothing_about_the_people(database: Database) -> None:
    home = (await taken(database, a_file())).municipality
    async with database.transaction() as db:
        alone = await give_back(db, home)
        aigul = await a_resident(db, home, NOW, address="990101")
        people.settle_in(db, aigul, home, (await villages(db, home.id))[0], NOW)
        await issues.follow(db, aigul, (await listed_issues(db, home.id))[0].id, NOW)
        crowded = await give_back(db, home)
    assert crowded == alone
    for personal in ("990101", VAULT.hash("+996700000990101"), str(aigul.phone_sealed)):
        assert personal not in str(crowded)
