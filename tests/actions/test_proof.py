"""When is the head of the journal posted in the channels, and when not?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from actions import journal, proof
from civic.events import Event
from storage.chain import Head
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter, Outcome
from storage.people import Messenger
from storage.publications import LinkedPlace

HOUR = proof.POSTED_EVERY


async def linked(database: Database, home: Municipality, now: datetime, *kinds: str) -> list[int]:
    """The numbers of channels and groups that were linked."""
    async with database.transaction() as db:
        places = [
            LinkedPlace(
                municipality_id=home.id,
                messenger=Messenger.TELEGRAM,
                address=f"-100{number}",
                kind=kind,
                title="Ак-Булак",
                language="ky",
                linked_at=now,
            )
            for number, kind in enumerate(kinds)
        ]
        db.add_all(places)
        await db.flush()
        return [place.id for place in places]


async def happened(database: Database, home: Municipality | None, now: datetime) -> None:
    """Something is written into the journal."""
    async with database.transaction() as db:
        journal.write(db, Event.SETTLED, now, municipality=home.id if home is not None else None, actor=7)


async def posted(database: Database, now: datetime) -> int:
    """How many heads the timetable posts at that moment."""
    async with database.transaction() as db:
        return await proof.post_heads(db, now)


async def letters(database: Database) -> list[Letter]:
    """Every letter with a head, oldest first."""
    async with database.transaction() as db:
        return list(await db.scalars(select(Letter).order_by(Letter.id)))


async def delivered(database: Database, now: datetime) -> None:
    """The postman has passed."""
    async with database.transaction() as db:
        for letter in await db.scalars(select(Letter)):
            letter.done_at, letter.outcome = now, Outcome.SENT


async def test_a_head_goes_to_every_channel_and_to_no_group(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    places = await linked(database, home, now, "channel", "group", "channel")
    for of in (home, town, None):
        await happened(database, of, now)
    assert await posted(database, now) == 1  # the town has no channel
    told = await letters(database)
    assert [letter.place_id for letter in told] == [places[0], places[2]]
    async with database.transaction() as db:
        head = await db.get_one(Head, home.id)
    assert told[0].arguments == {"number": 1, "hash": head.hash, "at": now.isoformat()}
    assert (head.posted_number, head.posted_hash, head.posted_at) == (1, head.hash, now)


async def test_it_is_posted_when_something_was_written_and_not_twice_within_an_hour(
    database: Database, home: Municipality, now: datetime
) -> None:
    await linked(database, home, now, "channel")
    assert await posted(database, now) == 0  # nothing is written yet
    await happened(database, home, now)
    assert await posted(database, now) == 1
    await delivered(database, now)
    assert await posted(database, now + 5 * HOUR) == 0
    await happened(database, home, now)
    assert await posted(database, now + HOUR - timedelta(seconds=1)) == 0
    assert await posted(database, now + HOUR) == 1
    assert [letter.arguments["number"] for letter in await letters(database)] == [1, 2]


async def test_where_the_last_head_still_waits_no_other_is_added(
    database: Database, home: Municipality, now: datetime
) -> None:
    await linked(database, home, now, "channel")
    await happened(database, home, now)
    assert await posted(database, now) == 1
    await happened(database, home, now)
    assert await posted(database, now + HOUR) == 0
    await delivered(database, now)
    assert await posted(database, now + HOUR) == 1  # nothing was lost
    assert [letter.arguments["number"] for letter in await letters(database)] == [1, 2]


@pytest.mark.parametrize("gone", [True, False])
async def test_a_channel_that_is_linked_no_more_gets_nothing(
    database: Database, home: Municipality, now: datetime, gone: bool
) -> None:
    [number] = await linked(database, home, now, "channel")
    async with database.transaction() as db:
        (await db.get_one(LinkedPlace, number)).unlinked_at = now if gone else None
    await happened(database, home, now)
    assert await posted(database, now) == (0 if gone else 1)
