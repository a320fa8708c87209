"""Does the street somebody named stay true: in their village only, and gone with whatever takes it away?"""

from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from actions import broadcasts, founding, people
from civic.announcements import Audience, Crowd
from civic.people import Role
from civic.refusals import Reason, Refused
from civic.subscriptions import Topic
from storage.database import Database
from storage.municipalities import Municipality, Street, Village, streets_of, villages
from storage.people import Person, streets_unsaid
from tests.cast import a_guest, a_resident

SETS_UP = frozenset({Role.ADMIN})


async def a_neighbour(db: AsyncSession, home: Municipality, village: Village, now: datetime, *, address: str) -> Person:
    """A resident of that village who has not named a street."""
    person = await a_resident(db, home, now, address=address)
    people.settle_in(db, person, home, village, now)
    return person


async def test_a_street_is_one_of_ones_own_village_and_goes_when_one_moves_or_is_forgotten(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        here, there, *_ = await villages(db, home.id)
        [street, *_], [elsewhere, *_] = await streets_of(db, here.id), await streets_of(db, there.id)
        aigul, bakyt = [await a_neighbour(db, home, here, now, address=each) for each in ("101", "102")]
        with pytest.raises(Refused) as no:
            people.live_on(db, aigul, elsewhere, now)
        assert (no.value.reason, aigul.street_id) == (Reason.NOT_FOUND, None)
        for person in (aigul, bakyt):
            people.live_on(db, person, street, now)
        people.settle_in(db, aigul, home, here, now)
        assert aigul.street_id == street.id  # who says the same village again has not moved
        people.settle_in(db, aigul, home, there, now)
        await people.forget(db, bakyt, now)
        assert [each.street_id for each in (aigul, bakyt)] == [None, None]


async def test_nothing_is_kept_of_a_guest_who_did_not_agree(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        [village, *_] = await villages(db, home.id)
        [street, *_] = await streets_of(db, village.id)
        guest = (await a_guest(db, now, home=home)).person
        guest.village_id = village.id
        with pytest.raises(Refused) as no:
            people.live_on(db, guest, street, now)
        assert (no.value.reason, guest.street_id) == (Reason.NEEDS_CONSENT, None)


async def test_news_for_streets_reach_who_named_them_and_who_named_none_is_counted_apart(
    database: Database, home: Municipality, now: datetime
) -> None:
    async def reached(*roads: Street) -> tuple[int, int]:
        numbers = tuple(road.id for road in roads)
        for_these = Audience(Crowd.STREETS, which=numbers)
        found = await broadcasts.reach(db, home.id, for_these, Topic.ANNOUNCEMENTS)
        return sum(found.values()), await streets_unsaid(db, home.id, numbers)

    async with database.transaction() as db:
        here, there, *_ = await villages(db, home.id)
        [first, second, *_] = await streets_of(db, here.id)
        aigul, bakyt, _ = [await a_neighbour(db, home, here, now, address=each) for each in ("101", "102", "103")]
        await a_neighbour(db, home, there, now, address="104")
        people.live_on(db, aigul, first, now)
        people.live_on(db, bakyt, second, now)
        await db.flush()
        assert [await reached(first), await reached(second), await reached(first, second)] == [(1, 1), (1, 1), (2, 1)]
        await founding.remove_street(db, home, second, bakyt, SETS_UP, now)
        assert [await reached(first), bakyt.street_id] == [(1, 2), None]
