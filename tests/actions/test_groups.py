"""Is a group linked only when staff said so, once, to whom it belongs, and is whoever asked told?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import groups, housekeeping, people, publications
from civic.groups import REQUEST_STANDS, REQUESTS_A_DAY, RequestState
from civic.people import Role
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.groups import PlaceRequest, open_request_at, request_to, requests_waiting
from storage.municipalities import Municipality, villages
from storage.outbox import Letter
from storage.people import Messenger, Person
from storage.publications import get_place, linked_places
from tests.cast import a_guest, a_resident

CLERK = frozenset({Role.CLERK})
TELEGRAM = Messenger.TELEGRAM


async def asked(db: AsyncSession, person: Person, now: datetime, address: str = "-7") -> PlaceRequest:
    """The person adds the bot to a group."""
    request = await groups.ask(db, person, now, messenger=TELEGRAM, address=address, title="Көчө", name="")
    assert request is not None
    return request


async def named(db: AsyncSession, person: Person, home: Municipality, now: datetime) -> PlaceRequest:
    """The person says that it is the group of the first village."""
    request = await asked(db, person, now)
    village = (await villages(db, home.id))[0]
    return await groups.name_village(db, person, request.id, home.id, village.id, now)


async def letters(db: AsyncSession, key: str) -> list[int | None]:
    """Who gets letters of that key."""
    return list(await db.scalars(select(Letter.person_id).where(Letter.key == key).order_by(Letter.id)))


async def refusal_of(act: object) -> Reason:
    """Why it was refused."""
    with pytest.raises(Refused) as no:
        await act  # type: ignore[misc]
    return no.value.reason


async def test_a_group_is_linked_to_its_village_when_staff_say_so(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt, cholpon = (
            await a_resident(db, home, now),
            await a_resident(db, home, now, address="103", role=Role.CLERK),
        )
        request = await named(db, bakyt, home, now)
        assert await letters(db, "group-asks") == [cholpon.id]
        assert await linked_places(db, home.id) == []
        _, place = await groups.approve(db, home, request.id, cholpon, CLERK, now)
        assert [each.id for each in await linked_places(db, home.id)] == [place.id]
        assert (place.village_id, place.linked_by, place.kind) == (request.village_id, cholpon.id, "group")
        assert (request.state, request.place_id) == (RequestState.LINKED, place.id)
        assert await letters(db, "group-decided") == [bakyt.id]


async def test_two_clerks_decide_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        bakyt = await a_resident(db, home, now)
        clerks = [await a_resident(db, home, now, address=at, role=Role.CLERK) for at in ("103", "104")]
        request = await named(db, bakyt, home, now)
        await groups.decline(db, home, request.id, clerks[0], CLERK, now)
        again = groups.approve(db, home, request.id, clerks[1], CLERK, now)
        assert await refusal_of(again) is Reason.DECIDED_ALREADY
        assert await linked_places(db, home.id) == []
        assert await letters(db, "group-decided") == [bakyt.id]


async def test_whoever_is_not_staff_decides_nothing(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        bakyt = await a_resident(db, home, now)
        request = await named(db, bakyt, home, now)
        assert await refusal_of(groups.approve(db, home, request.id, bakyt, frozenset(), now)) is Reason.NOT_YOURS
        stranger = await a_resident(db, home, now, address="104", role=Role.CLERK)
        stranger.municipality_id = None
        assert await refusal_of(groups.approve(db, home, request.id, stranger, CLERK, now)) is Reason.NOT_FOUND


async def test_only_whoever_added_the_bot_says_whose_group_it_is_and_only_a_village_from_there(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt, aigul = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        request = await asked(db, bakyt, now)
        theirs = groups.name_village(db, aigul, request.id, home.id, None, now)
        assert await refusal_of(theirs) is Reason.NOT_FOUND
        nowhere = groups.name_village(db, bakyt, request.id, home.id, 9_999, now)
        assert await refusal_of(nowhere) is Reason.NOT_FOUND
        guest = (await a_guest(db, now, address="105", home=home)).person
        own = await asked(db, guest, now, "-8")
        assert await refusal_of(groups.name_village(db, guest, own.id, home.id, None, now)) is Reason.NEEDS_CONSENT
        assert await requests_waiting(db, home.id) == []


async def test_one_request_is_open_for_a_group_and_a_few_a_day_for_a_person(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_resident(db, home, now)
        for number in range(REQUESTS_A_DAY):
            await asked(db, bakyt, now, f"-{number + 1}")
        twice = await groups.ask(db, bakyt, now, messenger=TELEGRAM, address="-1", title="Көчө", name="")
        assert twice is None
        more = groups.ask(db, bakyt, now, messenger=TELEGRAM, address="-99", title="Көчө", name="")
        assert await refusal_of(more) is Reason.TOO_MANY_GROUPS
        await asked(db, bakyt, now + timedelta(days=1, minutes=1), "-99")


async def test_a_bot_that_is_taken_out_leaves_no_request_and_may_come_back(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_resident(db, home, now)
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        request = await named(db, bakyt, home, now)
        await groups.removed(db, TELEGRAM, request.address, now)
        assert request.state is RequestState.REMOVED
        late = groups.approve(db, home, request.id, cholpon, CLERK, now)
        assert await refusal_of(late) is Reason.DECIDED_ALREADY
        assert (await asked(db, bakyt, now)).id != request.id


async def test_a_group_that_moves_takes_its_request_along(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_resident(db, home, now)
        request = await asked(db, bakyt, now)
        await groups.moved(db, TELEGRAM, "-7", "-1007", now)
        await db.flush()
        found = await open_request_at(db, TELEGRAM, "-1007")
        assert found is not None
        assert found.id == request.id
        await asked(db, bakyt, now, "-8")
        await groups.moved(db, TELEGRAM, "-8", "-1007", now)
        assert await open_request_at(db, TELEGRAM, "-8") is None, "two cannot stand at one address"


async def test_what_nobody_decided_for_two_weeks_is_over(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        bakyt = await a_resident(db, home, now)
        request = await named(db, bakyt, home, now)
        assert await groups.expire(db, now + REQUEST_STANDS - timedelta(minutes=1)) == 0
        assert await groups.expire(db, now + REQUEST_STANDS) == 1
        assert request.state is RequestState.EXPIRED
        assert await letters(db, "group-decided") == [bakyt.id]
        assert await groups.expire(db, now + REQUEST_STANDS) == 0


async def test_staff_who_link_the_group_themselves_settle_what_was_asked(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_resident(db, home, now)
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        request = await named(db, bakyt, home, now)
        place, _ = await publications.link_place(
            db, home, cholpon, CLERK, now, messenger=TELEGRAM, address="-7", kind="group", title="Көчө", name=""
        )
        await groups.linked(db, place, cholpon, now)
        assert (request.state, place.village_id) == (RequestState.LINKED, request.village_id)
        assert await letters(db, "group-decided") == [bakyt.id]


async def test_staff_say_whose_a_linked_place_is(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        place, _ = await publications.link_place(
            db, home, cholpon, CLERK, now, messenger=TELEGRAM, address="-7", kind="group", title="Көчө", name=""
        )
        village = (await villages(db, home.id))[1]
        await groups.set_village(db, place.id, village.id, cholpon, CLERK, now)
        assert (await get_place(db, home.id, place.id)).village_id == village.id
        await groups.set_village(db, place.id, None, cholpon, CLERK, now)
        assert place.village_id is None
        nowhere = groups.set_village(db, place.id, 9_999, cholpon, CLERK, now)
        assert await refusal_of(nowhere) is Reason.NOT_FOUND
        no_right = groups.set_village(db, place.id, None, cholpon, frozenset(), now)
        assert await refusal_of(no_right) is Reason.NOT_YOURS


async def test_whoever_is_forgotten_or_never_agreed_leaves_no_name_at_a_request(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_resident(db, home, now)
        waits = await named(db, bakyt, home, now)
        guest = (await a_guest(db, now, address="105", home=home)).person
        own = await asked(db, guest, now, "-8")
        await people.forget(db, bakyt, now)
        await housekeeping.let_guests_go(db, now + housekeeping.GUESTS_KEPT + timedelta(days=1))
        for request in (waits, own):
            await db.refresh(request)
            assert (request.person_id, request.state) == (None, RequestState.REMOVED)
        assert await requests_waiting(db, home.id) == []
        assert (await request_to(db, home.id, waits.id)).title == "Көчө"
