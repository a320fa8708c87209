"""When is the head of the journal posted in the channels, and when not?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from actions import journal, proof
from actions.petitions import paper, signing
from bot.verifying import verify
from civic.events import Event
from storage.chain import Head
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter, Outcome
from storage.people import Messenger
from storage.petitions import find_member, find_signature
from storage.publications import LinkedPlace
from tests.cast import VAULT
from tests.petitions import a_named_resident, an_open_petition, signed

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


# --- do the counts come from the journal? ---


async def test_a_signature_that_nobody_gave_and_a_count_that_was_changed_are_named(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        await an_open_petition(db, home, bakyt, now)
        aigul, emma = [await a_named_resident(db, home, now, address=f"50{number}") for number in range(2)]
        for person in (bakyt, aigul, emma):
            await signed(db, petition, person, home, now)
        await signing.unsign(db, petition, await find_signature(db, petition.id, emma.id), emma, home, now)
        lead = await find_member(db, petition.id, bakyt.id)
        line = [paper.Keyed("Жоомарт Бөкөнбаев", None)]
        await paper.enter(db, petition, lead, bakyt, frozenset(), home, "f" * 64, line, now, vault=VAULT)
        number = petition.id

    async def said() -> list[str]:
        fine, broken = await verify(database, key=home.key, head=None, tell=lambda _: None)
        assert len(fine) == 1, "the chain itself is whole"
        return broken

    async def change(query: str) -> None:
        async with database.transaction() as db:
            await db.execute(text(query))

    assert await said() == []
    await change(f"UPDATE petitions SET signed = signed + 7 WHERE id = {number}")
    counted = f"ak-bulak: petition {number} counts {{}} in the bot and 1 on paper, but by the journal it is 2 and 1."
    assert await said() == [counted.format(9)]
    await change(f"UPDATE petitions SET signed = signed - 7 WHERE id = {number}")
    columns = "municipality_id, standing, signed_at, changed_at, changes, confirmed, shown_name"
    await change(
        f"INSERT INTO petition_signatures (petition_id, receipt, {columns}) "
        f"SELECT petition_id, 'ABCDEFGHJK', {columns} FROM petition_signatures WHERE standing = 'counted' LIMIT 1"
    )
    invented = f"ak-bulak: petition {number} has 1 signatures of which no entry of the journal speaks."
    assert await said() == [invented]
    await change(f"UPDATE petitions SET signed = signed + 1 WHERE id = {number}")
    assert await said() == [counted.format(3), invented]
    if database.is_sqlite:
        await change(f"UPDATE petition_signatures SET signed_at = 'кечээ' WHERE petition_id = {number}")
        assert await said() == [f"ak-bulak: what is kept of the signatures of petition {number} cannot be read."]


async def test_a_petition_that_is_gone_is_missed(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        journal.write(db, Event.SIGNED, now, municipality=home.id, actor=7, object_id=77, receipt="0f" * 16)
        journal.write(db, Event.PETITION_FOLLOWED, now, municipality=home.id, actor=7, object_id=78)
    _, broken = await verify(database, key=home.key, head=None, tell=lambda _: None)
    assert broken == ["ak-bulak: petition 77 is not there, and entry 1 speaks of its signatures."]
