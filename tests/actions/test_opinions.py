"""Is a quick poll asked and counted once in every place, and never in another municipality's?"""

from collections.abc import Awaitable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import opinions, publications
from civic.opinions import Tally
from civic.people import Role
from civic.publications import PlaceKind
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.municipalities import Municipality
from storage.opinions import OpinionPoll, posts_of
from storage.outbox import Letter
from storage.people import Messenger, Person
from storage.publications import LinkedPlace
from tests.cast import a_resident

CLERK = frozenset({Role.CLERK})
OPTIONS = ("Ооба", "Жок")


async def a_clerk(db: AsyncSession, home: Municipality, now: datetime, address: str = "900") -> Person:
    """Somebody who may publish."""
    return await a_resident(db, home, now, address=address)


async def a_place(db: AsyncSession, home: Municipality, by: Person, now: datetime, address: str = "-7") -> LinkedPlace:
    """A linked group."""
    place, _ = await publications.link_place(
        db,
        home,
        by,
        CLERK,
        now,
        messenger=Messenger.TELEGRAM,
        address=address,
        kind=PlaceKind.GROUP,
        title="Көчө",
        name="",
    )
    return place


async def asked(db: AsyncSession, home: Municipality, now: datetime, *addresses: str) -> tuple[OpinionPoll, Person]:
    """A question in so many groups."""
    clerk = await a_clerk(db, home, now)
    places = [(await a_place(db, home, clerk, now, each)).id for each in addresses]
    poll = await opinions.begin(db, home, "Жарык керекпи?", OPTIONS, 3, places, clerk, CLERK, now)
    return poll, clerk


async def letters(db: AsyncSession) -> list[str]:
    """The keys of the letters about quick polls, in their order."""
    query = select(Letter.key).where(Letter.key.startswith("opinion")).order_by(Letter.id)
    return list(await db.scalars(query))


async def refusal_of(act: Awaitable[object]) -> Reason:
    """Why it is refused."""
    with pytest.raises(Refused) as refused:
        await act
    return refused.value.reason


async def test_it_is_asked_in_every_chosen_place_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        poll, _ = await asked(db, home, now, "-7", "-8")
        assert await letters(db) == ["opinion-ask"] * 2
        assert poll.closes_at == now + timedelta(days=3)


async def test_only_staff_ask_and_only_where_their_own_municipality_is_linked(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        clerk, stranger = await a_clerk(db, home, now), await a_clerk(db, town, now, "901")
        place = await a_place(db, home, clerk, now)

        def begin(by: Person, at: Municipality, roles: frozenset[Role] = CLERK) -> Awaitable[object]:
            return opinions.begin(db, at, "Жарык керекпи?", OPTIONS, 3, [place.id], by, roles, now)

        assert await refusal_of(begin(clerk, home, frozenset())) is Reason.NOT_YOURS
        assert await refusal_of(begin(stranger, home)) is Reason.NOT_FOUND
        assert await refusal_of(begin(stranger, town)) is Reason.NOT_FOUND
        poll = await opinions.begin(db, home, "Жарык керекпи?", OPTIONS, 3, [place.id], clerk, CLERK, now)
        assert await refusal_of(opinions.close(db, poll.id, stranger, CLERK, now)) is Reason.NOT_FOUND
        assert await refusal_of(opinions.close(db, poll.id, clerk, frozenset(), now)) is Reason.NOT_YOURS


@pytest.mark.parametrize(
    ("question", "options", "days", "places", "reason"),
    [
        ("Ээ?", OPTIONS, 3, True, Reason.TOO_SHORT),
        ("я" * 201, OPTIONS, 3, True, Reason.TOO_LONG),
        ("Жарык керекпи?", ("Ооба",), 3, True, Reason.WRONG_OPTIONS),
        ("Жарык керекпи?", OPTIONS, 31, True, Reason.NOT_A_CHOICE),
        ("Жарык керекпи?", OPTIONS, 3, False, Reason.NOT_A_CHOICE),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    database: Database,
    home: Municipality,
    now: datetime,
    question: str,
    options: tuple[str, ...],
    days: int,
    places: bool,
    reason: Reason,
) -> None:
    async with database.transaction() as db:
        clerk = await a_clerk(db, home, now)
        where = [(await a_place(db, home, clerk, now)).id] if places else []
        assert await refusal_of(opinions.begin(db, home, question, options, days, where, clerk, CLERK, now)) is reason
        assert await letters(db) == []


async def test_at_its_time_it_is_closed_once_and_counted_where_it_stands(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        poll, clerk = await asked(db, home, now, "-7")
        [(post, _)] = await posts_of(db, poll.id)
        await opinions.stands(db, post.id, "12")
        assert await opinions.close_due(db, now + timedelta(days=2)) == 0
        assert await opinions.close_due(db, now + timedelta(days=3)) == 1
        assert await opinions.close_due(db, now + timedelta(days=4)) == 0
        assert await refusal_of(opinions.close(db, poll.id, clerk, CLERK, now)) is Reason.DECIDED_ALREADY
        assert await letters(db) == ["opinion-ask", "opinion-count"]


async def test_what_is_counted_twice_is_told_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        poll, clerk = await asked(db, home, now, "-7", "-8")
        [(one, _), (other, _)] = await posts_of(db, poll.id)
        await opinions.close(db, poll.id, clerk, CLERK, now)
        await opinions.counted(db, one.id, Tally((3, 1), 4), now)
        await opinions.counted(db, one.id, Tally((9, 9), 18), now)
        assert one.tally == Tally((3, 1), 4)
        assert (await letters(db)).count("opinion-result") == 1
        await opinions.lost(db, other.id, now)
        assert (other.tally, other.settled_at) == (None, now)


async def test_counts_that_do_not_fit_the_options_are_not_believed(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        poll, clerk = await asked(db, home, now, "-7")
        [(post, _)] = await posts_of(db, poll.id)
        await opinions.close(db, poll.id, clerk, CLERK, now)
        await opinions.counted(db, post.id, Tally((3, 1, 5), 9), now)
        assert post.tally is None
        assert "opinion-result" not in await letters(db)
