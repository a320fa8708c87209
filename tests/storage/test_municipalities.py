"""Which villages and streets are whose, and what is a municipality called?"""

import pytest

from civic.municipalities import Place, Settings
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.municipalities import (
    Municipality,
    Village,
    find_by_key,
    find_village,
    get_municipality,
    municipalities,
    municipality_count,
    streets,
    villages,
)


async def test_municipalities_are_listed_by_their_kyrgyz_name_and_counted(
    database: Database, home: Municipality, town: Municipality
) -> None:
    async with database.transaction() as db:
        assert [each.key for each in await municipalities(db)] == ["ak-bulak", "kok-jar"]
        assert await municipality_count(db) == 2


async def test_a_municipality_is_found_by_its_number_and_by_its_key(
    database: Database, home: Municipality, town: Municipality
) -> None:
    async with database.transaction() as db:
        assert (await get_municipality(db, town.id)).key == "kok-jar"
        assert (await find_by_key(db, "kok-jar")) is not None
        assert await find_by_key(db, "kok") is None


async def test_a_municipality_of_a_forged_number_is_not_found_however_large_it_is(
    database: Database, home: Municipality
) -> None:
    async with database.transaction() as db:
        for number in (0, -1, 999, 2**31 - 1, 2**31, 10**18 - 1, -(10**18) + 1):
            with pytest.raises(Refused) as no:
                await get_municipality(db, number)
            assert no.value.reason is Reason.NOT_FOUND


async def test_villages_come_in_the_order_of_the_file_and_only_this_municipalitys(
    database: Database, home: Municipality, town: Municipality
) -> None:
    async with database.transaction() as db:
        ours, theirs = await villages(db, home.id), await villages(db, town.id)
    assert [(each.name_ky, each.kind) for each in ours] == [
        ("Ак-Булак", Place.VILLAGE),
        ("Жаңы-Турмуш", Place.VILLAGE),
        ("Көк-Дөбө", Place.VILLAGE),
        ("Үч-Терек", Place.VILLAGE),
        ("Чоң-Өзөн", Place.VILLAGE),
    ]
    assert [(each.name_ky, each.kind) for each in theirs] == [
        ("Борбор", Place.MICRODISTRICT),
        ("Түндүк", Place.MICRODISTRICT),
        ("Жаңы-Конуш", Place.MICRODISTRICT),
    ]


async def test_streets_are_those_of_this_municipality(
    database: Database, home: Municipality, town: Municipality
) -> None:
    async with database.transaction() as db:
        ours, theirs = await streets(db, home.id), await streets(db, town.id)
        of_ours = {village.id for village in await villages(db, home.id)}
    assert (len(ours), len(theirs)) == (28, 13)
    assert {street.village_id for street in ours} == of_ours
    assert not of_ours & {street.village_id for street in theirs}


async def test_a_village_is_found_only_in_its_own_municipality(
    database: Database, home: Municipality, town: Municipality
) -> None:
    async with database.transaction() as db:
        village: Village = (await villages(db, town.id))[0]
        assert await find_village(db, town.id, village.id) is village
        assert await find_village(db, home.id, village.id) is None
        assert await find_village(db, town.id, None) is None
        assert await find_village(db, town.id, 999) is None


def test_a_name_is_said_in_the_readers_language_and_in_kyrgyz_where_that_is_missing() -> None:
    place = Municipality(name_ky="Көк-Жар шаары", name_ru="город Кок-Жар", name_en="")
    assert [place.name(language) for language in ("ky", "ru", "en", "uz")] == [
        "Көк-Жар шаары",
        "город Кок-Жар",
        "Көк-Жар шаары",
        "Көк-Жар шаары",
    ]


def test_a_contact_may_be_the_same_in_every_language_or_differ() -> None:
    place = Municipality(contacts={"phone": "+996 700 000 200", "hours": {"ky": "09:00–18:00", "en": "9–6"}})
    assert [place.contact("phone", language) for language in ("ky", "ru")] == ["+996 700 000 200"] * 2
    assert [place.contact("hours", language) for language in ("ky", "ru", "en")] == [
        "09:00–18:00",
        "09:00–18:00",
        "9–6",
    ]
    assert place.contact("fax", "ky") == ""


def test_a_municipality_lives_by_its_own_numbers_over_the_model() -> None:
    assert Municipality(own_settings={"petition_days": 60}).settings == Settings(petition_days=60)
    assert Municipality(own_settings={}).settings == Settings()
