"""Who is in an initiative group, who leads it, and what can a group of which size do?"""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from actions.petitions import group, leaving, writing
from civic.petitions import INVITES_A_DAY, Membership, PetitionKind, State, group_size
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Person
from storage.petition_circles import readers_count, similar_petitions
from storage.petitions import Member, Petition, find_member, get_petition, members_of
from tests.cast import a_guest, a_resident
from tests.petitions import TREES, a_draft, a_named_resident, an_open_petition, signed

SIZES = {PetitionKind.PETITION: (5, 15), PetitionKind.ASSEMBLY: (11, 15), PetitionKind.NORM: (7, 11)}
NAMES = "АБВГДЕЖЗИКЛМНОПРСТУ"


@pytest.fixture
async def bakyt(database: Database, home: Municipality, now: datetime) -> Person:
    """Whoever begins."""
    async with database.transaction() as db:
        return await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")


@pytest.mark.parametrize("kind", PetitionKind)
async def test_a_group_sends_from_its_smallest_size_on_and_takes_nobody_in_over_its_largest(
    database: Database, home: Municipality, now: datetime, bakyt: Person, kind: PetitionKind
) -> None:
    least, most = group_size(kind, home.settings)
    assert (least, most) == SIZES[kind]
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, kind=kind, members=least - 1)
        lead = await find_member(db, petition.id, bakyt.id)
        with pytest.raises(Refused) as no:
            await writing.send(db, petition, lead, bakyt, home, now, now.date())
        assert (no.value.reason, no.value.details["count"]) == (Reason.GROUP_TOO_SMALL, least - 1)
        for number in range(least, most + 1):
            person = await a_named_resident(
                db, home, now, address=f"7{number:02}", name=f"Асан Осмонов {NAMES[number]}"
            )
            await group.join(db, petition, person, home, now)
        late = await a_named_resident(db, home, now, address="799", name="Кеч Келгенов")
        with pytest.raises(Refused) as no:
            await group.join(db, petition, late, home, now)
        assert (no.value.reason, no.value.details["most"]) == (Reason.GROUP_FULL, most)
        await writing.send(db, petition, lead, bakyt, home, now, now.date())
        sent = State.HANDED_OVER if kind is PetitionKind.ASSEMBLY else State.CHECKING
        assert petition.state is sent


async def test_of_twelve_who_race_for_the_last_two_places_two_get_in(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, members=13)
        racers = [await a_named_resident(db, home, now, address=f"6{n:02}", name="Асан Асанов") for n in range(12)]

    async def joins(number: int) -> Reason | None:
        try:
            async with database.transaction() as db:
                person = await db.get_one(Person, number)
                await group.join(db, await get_petition(db, home.id, petition.id), person, home, now)
        except Refused as no:
            return no.reason
        return None

    said = await asyncio.gather(*(joins(each.id) for each in racers))
    assert sorted(map(str, said)) == sorted(["None"] * 2 + [str(Reason.GROUP_FULL)] * 10)
    async with database.transaction() as db:
        assert len(await members_of(db, petition.id)) == 15


async def test_somebody_joins_once_and_without_a_name_not_at_all(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, members=1)
        aigul = await a_resident(db, home, now, address="101")
        with pytest.raises(Refused) as no:
            await group.join(db, petition, aigul, home, now)
        assert no.value.reason is Reason.NEEDS_NAME
        with pytest.raises(Refused) as no:
            await group.join(db, petition, bakyt, home, now)
        assert no.value.reason is Reason.ALREADY_MEMBER


async def test_a_removed_person_cannot_come_back_and_one_who_left_can(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, members=1)
        aigul = await a_named_resident(db, home, now, address="101")
        chynara = await a_named_resident(db, home, now, address="104", name="Чынара Токтоева")
        lead = await find_member(db, petition.id, bakyt.id)
        for person in (aigul, chynara):
            await group.join(db, petition, person, home, now)
        own = await find_member(db, petition.id, aigul.id)
        assert own is not None
        assert lead is not None
        with pytest.raises(Refused) as no:  # only the co-ordinator, and never oneself
            await group.remove(db, petition, own, lead, aigul, now)
        assert no.value.reason is Reason.GROUP_ONLY
        await group.remove(db, petition, lead, own, bakyt, now)
        group.new_link(petition, lead)
        with pytest.raises(Refused) as no:
            await group.join(db, petition, aigul, home, now)
        assert no.value.reason is Reason.LINK_ENDED
        theirs = await find_member(db, petition.id, chynara.id)
        await group.leave(db, petition, theirs, chynara, now)
        back = await group.join(db, petition, chynara, home, now)
        assert back.standing is Membership.ACCEPTED


async def test_the_lead_passes_on_and_the_last_one_cannot_leave(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, members=1)
        aigul = await a_named_resident(db, home, now, address="101")
        chynara = await a_named_resident(db, home, now, address="104", name="Чынара Токтоева")
        await group.join(db, petition, aigul, home, now)
        await group.join(db, petition, chynara, home, now + timedelta(hours=1))
        lead = await find_member(db, petition.id, bakyt.id)
        await group.leave(db, petition, lead, bakyt, now)
        assert [(each.person_id, each.leads) for each in await members_of(db, petition.id)] == [
            (aigul.id, True),
            (chynara.id, False),
        ]
        await leaving.forget(db, aigul, now)
        [last] = await members_of(db, petition.id)
        assert (last.person_id, last.leads) == (chynara.id, True)
        with pytest.raises(Refused) as no:
            await group.leave(db, petition, last, chynara, now)
        assert no.value.reason is Reason.GROUP_TOO_SMALL
        await leaving.forget(db, chynara, now)
        assert (petition.state, await members_of(db, petition.id)) == (State.WITHDRAWN, [])


async def test_of_two_last_members_who_leave_at_once_one_stays(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, members=2)
        people = [member.person_id for member in await members_of(db, petition.id)]

    async def leaves(number: int | None) -> Reason | None:
        try:
            async with database.transaction() as db:
                person = await db.get_one(Person, number)
                found = await get_petition(db, home.id, petition.id)
                await group.leave(db, found, await find_member(db, found.id, person.id), person, now)
        except Refused as no:
            return no.reason
        return None

    said = await asyncio.gather(*map(leaves, people))
    assert sorted(map(str, said)) == sorted(["None", str(Reason.GROUP_TOO_SMALL)])


async def test_whoever_declines_is_not_named_and_may_think_again(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, members=1)
        aigul = await a_named_resident(db, home, now, address="101")
        await group.decline(db, petition, aigul, now)
        await group.decline(db, petition, aigul, now)  # a second tap tells nobody again
        own = await find_member(db, petition.id, aigul.id)
        assert own is not None
        assert (own.name_sealed, own.shown_name) == (None, "")
        await db.flush()
        told = list(await db.scalars(select(Letter).where(Letter.key == "group-declined")))
        assert len(told) == 1
        assert "Айгүл" not in str(told[0].arguments)
        assert (await group.join(db, petition, aigul, home, now)).standing is Membership.ACCEPTED


async def test_a_group_does_not_take_in_more_than_thirty_a_day(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, members=1)
        for number in range(INVITES_A_DAY - 1):
            person = await a_named_resident(db, home, now, address=f"5{number:02}", name="Асан Асанов")
            own = await group.join(db, petition, person, home, now)
            await group.leave(db, petition, own, person, now)
        late = await a_named_resident(db, home, now, address="599", name="Асан Асанов")
        with pytest.raises(Refused) as no:
            await group.join(db, petition, late, home, now)
        assert no.value.reason is Reason.TOO_OFTEN
        await group.join(db, petition, late, home, now + timedelta(days=2))


async def test_only_members_of_the_community_of_that_place_join(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, members=1)
        aigul = await a_named_resident(db, home, now, address="101")
        aigul.municipality_id = None
        with pytest.raises(Refused) as no:
            await group.join(db, petition, aigul, home, now)
        assert no.value.reason is Reason.NOT_FOUND


async def test_whoever_says_no_without_having_agreed_or_from_elsewhere_leaves_nothing_behind(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, members=1)
        guest = (await a_guest(db, now, address="300", home=home)).person  # the only municipality is theirs at once
        stranger = (await a_guest(db, now, address="301")).person
        elsewhere = await a_named_resident(db, home, now, address="101")
        elsewhere.municipality_id = None
        for person in (guest, stranger, elsewhere):
            await group.decline(db, petition, person, now)
        assert [each.person_id for each in await db.scalars(select(Member))] == [bakyt.id]
        assert list(await db.scalars(select(Letter).where(Letter.key == "group-declined"))) == []


async def test_news_goes_to_everybody_once_and_not_twice_in_three_days(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await an_open_petition(db, home, bakyt, now)  # a group of two
        aigul = await a_named_resident(db, home, now, address="101")
        await signed(db, petition, aigul, home, now)
        await signed(db, petition, bakyt, home, now)  # signs and leads: one reader
        own = await find_member(db, petition.id, bakyt.id)
        assert await readers_count(db, petition.id) == 3
        await group.news(db, petition, own, bakyt, home, "Кеңешке жолугуп келдик.", now)
        await db.flush()
        told = list(await db.scalars(select(Letter).where(Letter.key == "petition-news")))
        assert len({letter.person_id for letter in told}) == len(told) == 3
        for later, refused in ((timedelta(days=3) - timedelta(seconds=1), True), (timedelta(days=3), False)):
            if refused:
                with pytest.raises(Refused) as no:
                    await group.may_write_news(db, petition, own, home, now + later)
                assert no.value.reason is Reason.NEWS_TOO_OFTEN
            else:
                await group.may_write_news(db, petition, own, home, now + later)


async def test_the_group_of_a_petition_that_is_over_is_not_told_that_it_is_too_early_for_news(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition = await a_draft(db, home, bakyt, now, members=1)
        own = await find_member(db, petition.id, bakyt.id)
        for state, reason in (
            (State.DRAFT, Reason.NOT_SENT_YET),
            (State.ENDED, Reason.PETITION_IS_OVER),
            (State.WITHDRAWN, Reason.PETITION_IS_OVER),
            (State.TAKEN_DOWN, Reason.PETITION_IS_OVER),
        ):
            petition.state = state
            with pytest.raises(Refused) as no:
                await group.may_write_news(db, petition, own, home, now)
            assert no.value.reason is reason


async def test_who_writes_much_the_same_is_shown_what_others_wrote(
    database: Database, home: Municipality, now: datetime, bakyt: Person
) -> None:
    async with database.transaction() as db:
        petition: Petition = await an_open_petition(db, home, bakyt, now)
        said = f"{TREES.title} {TREES.demand}"
        assert await similar_petitions(db, home.id, said) == []  # found by its link only so far
        petition.public_at = now
        await db.flush()
        assert [each.id for each in await similar_petitions(db, home.id, said)] == [petition.id]
        assert await similar_petitions(db, home.id, "Таза суу түтүгүн оңдоо керек") == []
