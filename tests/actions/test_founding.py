"""Who may found and set up a municipality, and does another one ever see or lose anything by it?"""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import founding, municipalities, people
from actions.founding import About
from civic.founding import Contact, Names
from civic.municipalities import Kind, Place
from civic.people import Role
from civic.refusals import Reason, Refused
from storage.catalogue import catalogue
from storage.database import Database
from storage.issues import listed_issues
from storage.journal import Entry
from storage.municipalities import Municipality, get_village, streets_of, villages
from storage.people import Person
from storage.staff import staff_of
from tests.cast import a_guest, a_resident

ADMIN = frozenset({Role.ADMIN})
NAMES = {"ky": "Үч-Коргон айыл аймагы", "ru": "Уч-Коргонский айылный аймак", "en": ""}
ABOUT = About(Kind.AIMAK, capital=False, population=9_100, district={"ky": "Ала-Кыр району", "ru": "", "en": ""})


def named(name: str) -> Names:
    """A place that is called so in Kyrgyz only."""
    return {"ky": name, "ru": "", "en": ""}


async def a_founder(db: AsyncSession, now: datetime) -> Person:
    """Somebody of ADMIN_IDS who has just come."""
    return (await a_guest(db, now, address="107")).person


async def founded(db: AsyncSession, by: Person, now: datetime, names: Names = NAMES) -> Municipality:
    """A municipality founded by that person."""
    return await founding.found(db, names, ABOUT, by, catalogue(), now, now.date(), installs=True)


async def test_what_is_founded_has_a_key_the_list_of_the_law_and_its_founder(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        founder = await a_founder(db, now)
        home = await founded(db, founder, now)
        assert (home.key, home.kind, home.population, home.time_zone) == (
            "uch-korgon",
            Kind.AIMAK,
            9_100,
            "Asia/Bishkek",
        )
        assert home.name("ru") == NAMES["ru"]
        assert home.name("en") == NAMES["ky"]
        assert founder.municipality_id == home.id
        listed = await listed_issues(db, home.id)
        assert len(listed) == sum(issue.statutory for issue in catalogue().issues.values())
        assert list(await staff_of(db, home.id)) == []
        given = await municipalities.give_back(db, home)
    async with database.transaction() as db:  # what chat made is what a file reads
        taken = await municipalities.take_in(db, given, catalogue(), now.date())
        assert (taken.is_new, taken.municipality.key) == (False, "uch-korgon")


async def test_only_those_of_admin_ids_found_and_never_the_same_name_twice(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        with pytest.raises(Refused) as no:
            await founding.found(db, NAMES, ABOUT, admin, catalogue(), now, now.date(), installs=False)
        assert no.value.reason is Reason.NOT_YOURS
        with pytest.raises(Refused) as no:
            await founded(db, await a_founder(db, now), now, named("ак булак АЙЫЛ аймагы"))
        assert no.value.reason is Reason.ALREADY_THERE


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
async def test_setting_up_is_for_administrators_of_that_municipality(
    database: Database, home: Municipality, town: Municipality, now: datetime, role: Role
) -> None:
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, address="102", role=role)
        stranger = await a_resident(db, town, now, address="103", role=Role.ADMIN)
        ours = (await villages(db, home.id))[0]
        street = (await streets_of(db, ours.id))[0]
        for by, roles, reason in (
            (clerk, frozenset({role}), Reason.NOT_YOURS),
            (stranger, ADMIN, Reason.NOT_FOUND),
        ):
            for act in (
                founding.rename(db, home, NAMES, by, roles, now),
                founding.describe(db, home, ABOUT, by, roles, now),
                founding.add_villages(db, home, [named("Жаңы")], by, roles, now),
                founding.add_streets(db, home, ours, [named("Жаңы")], by, roles, now),
                founding.rename_place(db, home, ours, named("Жаңы"), by, roles, now),
                founding.remove_village(db, home, ours, by, roles, now),
                founding.remove_street(db, home, street, by, roles, now),
            ):
                with pytest.raises(Refused) as no:
                    await act
                assert no.value.reason is reason
            with pytest.raises(Refused) as no:
                founding.set_contact(db, home, Contact.PHONE, "+996", by, roles, now)
            assert no.value.reason is reason
            with pytest.raises(Refused) as no:
                founding.set_number(db, home, "petition_days", 30, by, roles, now)
            assert no.value.reason is reason


async def test_a_place_of_another_municipality_is_not_found_even_by_an_administrator(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        theirs = (await villages(db, town.id))[0]
        for act in (
            get_village(db, home.id, theirs.id),
            get_village(db, home.id, 2**40),
            founding.add_streets(db, home, theirs, [named("Жаңы")], admin, ADMIN, now),
            founding.rename_place(db, home, theirs, named("Жаңы"), admin, ADMIN, now),
            founding.remove_village(db, home, theirs, admin, ADMIN, now),
        ):
            with pytest.raises(Refused) as no:
                await act
            assert no.value.reason is Reason.NOT_FOUND


async def test_places_are_added_once_whatever_letters_they_are_typed_with(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        there = [village.name_ky for village in await villages(db, home.id)]
        told = [named("ак булак"), {"ky": "Кара-Суу", "ru": "Кара-Суу", "en": "Kara-Suu"}]
        assert await founding.add_villages(db, home, told, admin, ADMIN, now) == 1
        assert await founding.add_villages(db, home, told, admin, ADMIN, now) == 0
        listed = await villages(db, home.id)
        assert [village.name_ky for village in listed] == [*there, "Кара-Суу"]
        new = listed[-1]
        assert (new.kind, new.name("ru"), new.name("en")) == (Place.VILLAGE, "Кара-Суу", "Kara-Suu")
        assert await founding.add_streets(db, home, new, [named("Манас"), named("Достук")], admin, ADMIN, now) == 2
        assert await founding.add_streets(db, home, new, [named("манас")], admin, ADMIN, now) == 0
        assert [street.name("en") for street in await streets_of(db, new.id)] == ["Достук", "Манас"]


async def test_a_place_is_renamed_but_not_like_its_neighbour(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        first, second, *_ = await villages(db, home.id)
        with pytest.raises(Refused) as no:
            await founding.rename_place(db, home, first, named(second.name_ky.upper()), admin, ADMIN, now)
        assert no.value.reason is Reason.ALREADY_THERE
        await founding.rename_place(db, home, first, named("Жаңы-Ат"), admin, ADMIN, now)
        street = (await streets_of(db, first.id))[0]
        await founding.rename_place(db, home, street, named("Жаңы-Көчө"), admin, ADMIN, now)
    async with database.transaction() as db:
        assert (await get_village(db, home.id, first.id)).name_ky == "Жаңы-Ат"
        assert "Жаңы-Көчө" in [each.name_ky for each in await streets_of(db, first.id)]


async def test_a_village_where_somebody_lives_stays_and_an_empty_one_goes_with_its_streets(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        lived_in, empty, *_ = await villages(db, home.id)
        people.settle_in(db, admin, home, lived_in, now)
        await db.flush()
        with pytest.raises(Refused) as no:
            await founding.remove_village(db, home, lived_in, admin, ADMIN, now)
        assert no.value.reason is Reason.LIVED_IN
        await founding.remove_village(db, home, empty, admin, ADMIN, now)
    async with database.transaction() as db:
        assert empty.id not in [village.id for village in await villages(db, home.id)]
        assert list(await streets_of(db, empty.id)) == []
        assert len(list(await streets_of(db, lived_in.id))) > 0


async def test_the_parts_of_what_became_a_city_are_microdistricts(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        about = About(Kind.CITY, capital=True, population=700_000, district=named(""))
        await founding.describe(db, home, about, admin, ADMIN, now)
        assert {village.kind for village in await villages(db, home.id)} == {Place.MICRODISTRICT}
        assert (home.capital, home.population, home.district) == (True, 700_000, {})


async def test_contacts_and_numbers_are_kept_and_taken_away_one_by_one(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        mine = await db.get_one(Municipality, home.id)
        before = dict(mine.contacts)
        founding.set_contact(db, mine, Contact.PHONE, "+996 312 621 123", admin, ADMIN, now)
        founding.set_contact(db, mine, Contact.EMAIL, "", admin, ADMIN, now)
        founding.set_contact(db, mine, Contact.ADDRESS, {"ky": "Манас, 2", "ru": "", "en": ""}, admin, ADMIN, now)
        founding.set_number(db, mine, "assembly_notice_days", 10, admin, ADMIN, now)
    async with database.transaction() as db:
        kept = await db.get_one(Municipality, home.id)
        assert kept.contacts.keys() == before.keys() - {"email"}
        assert (kept.contact("phone", "ru"), kept.contact("address", "ru")) == ("+996 312 621 123", "Манас, 2")
        assert kept.contacts["hours"] == before["hours"]
        assert kept.settings.assembly_notice_days == 10


async def test_two_that_are_founded_side_by_side_share_nothing(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        founder = await a_founder(db, now)
        new = await founded(db, founder, now)
        await founding.add_villages(db, new, [named("Ак-Булак")], founder, ADMIN, now)
        founding.set_contact(db, new, Contact.PHONE, "+996 312 000 000", founder, ADMIN, now)
        assert [village.name_ky for village in await villages(db, new.id)] == ["Ак-Булак"]
        assert len(await villages(db, home.id)) == 5
        ours = {issue.id for issue in await listed_issues(db, home.id)}
        assert ours.isdisjoint(issue.id for issue in await listed_issues(db, new.id))
        assert home.contacts["phone"] != new.contacts["phone"]


async def test_the_journal_says_what_was_changed_and_never_to_what_words(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        founder = await a_founder(db, now)
        home = await founded(db, founder, now)
        await founding.rename(db, home, named("Жаңы аталыш"), founder, ADMIN, now)
        await founding.add_villages(db, home, [named("Сырдуу-Айыл")], founder, ADMIN, now)
        founding.set_contact(db, home, Contact.EMAIL, "someone@example.kg", founder, ADMIN, now)
        founding.set_number(db, home, "petition_days", 30, founder, ADMIN, now)
        await db.flush()
        entries = list(
            await db.scalars(select(Entry).where(Entry.event.startswith("municipality.")).order_by(Entry.id))
        )
        assert [entry.details.get("what") for entry in entries] == [None, "names", "villages", "contacts", "numbers"]
        said = str([entry.details for entry in entries])
        assert not any(word in said for word in ("аталыш", "Сырдуу", "example.kg"))


async def test_how_many_live_in_a_village_is_said_by_who_sets_up_and_taken_back(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        admin = await a_resident(db, home, now, address="102", role=Role.ADMIN)
        village, elsewhere = (await villages(db, home.id))[0], (await villages(db, town.id))[0]
        assert village.population is None
        for count in (0, 14_870, None):
            founding.set_residents(db, home, village, count, admin, ADMIN, now)
            assert village.population == count
        for place, count, roles, reason in (
            (village, 14_871, ADMIN, Reason.OUT_OF_RANGE),
            (village, -1, ADMIN, Reason.OUT_OF_RANGE),
            (village, 5, frozenset({Role.CLERK}), Reason.NOT_YOURS),
            (elsewhere, 5, ADMIN, Reason.NOT_FOUND),
        ):
            with pytest.raises(Refused) as no:
                founding.set_residents(db, home, place, count, admin, roles, now)
            assert no.value.reason is reason
        assert (village.population, elsewhere.population) == (None, None)
