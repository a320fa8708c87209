"""Is every entry chained when its transaction ends, by many at once too, and is whatever was changed found?"""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from actions import journal
from civic.chain import FIRST, Flaw, body_of, hash_of
from civic.events import Event
from storage.chain import Head, chains, find_head, seal_older, unsealed_count
from storage.database import Database, open_database
from storage.journal import Entry
from storage.migrate import migrate
from storage.verifying import PAGE, Bad, Verdict, verify_chain
from tests.conftest import POSTGRES


async def written(database: Database, now: datetime, *, of: int | None, count: int = 1) -> None:
    """So many transactions, each with an entry of somebody about something."""
    for number in range(count):
        async with database.transaction() as db:
            at = now + timedelta(seconds=number)
            journal.write(db, Event.ISSUE_FOLLOWED, at, municipality=of, actor=7, object_id=number + 1, how="weekly")


async def verified(database: Database, chain: int = 1, **published: str) -> Verdict:
    """What following the chain comes to; published heads are given as n3="…"."""
    known = {int(name[1:]): value for name, value in published.items()}
    async with database.snapshot() as db:
        return await verify_chain(db, chain, published=known)


async def does(database: Database, sql: str) -> None:
    """Changes the tables behind the program's back."""
    async with database.transaction() as db:
        await db.execute(text(sql))


async def entries(database: Database) -> list[Entry]:
    """Every entry in the order in which it was written."""
    async with database.transaction() as db:
        return list(await db.scalars(select(Entry).order_by(Entry.id)))


@pytest.fixture(params=["sqlite", "postgresql"])
async def opened(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Callable[[], Database]]:
    """Opens the same empty database again and again, as other processes would."""
    if request.param == "postgresql" and not POSTGRES:
        pytest.skip("TEST_POSTGRES_URL is not set")
    address = str(POSTGRES) if request.param == "postgresql" else f"sqlite:///{tmp_path}/ashar.db"
    all_opened: list[Database] = []

    def again() -> Database:
        all_opened.append(open_database(address))
        return all_opened[-1]

    await migrate(again())
    for table in ("journal", "journal_heads"):
        await does(all_opened[0], f"DELETE FROM {table}")
    yield again
    for database in all_opened:
        await database.close()


# --- sealing ---


async def test_every_entry_holds_the_one_before_it_and_the_head_the_last(database: Database, now: datetime) -> None:
    await written(database, now, of=1, count=3)
    last = FIRST
    for number, entry in enumerate(await entries(database), 1):
        body = body_of(entry.at, entry.event, entry.object_id, entry.details, entry.actor_mark)
        last = hash_of(last, 1, number, body)
        assert (entry.number, entry.hash) == (number, last)
    async with database.transaction() as db:
        head = await find_head(db, 1)
    assert head is not None
    assert (head.number, head.hash, head.at) == (3, last, now + timedelta(seconds=2))
    verdict = await verified(database)
    assert (verdict.number, verdict.hash, verdict.bad) == (3, last, None)


async def test_each_municipality_has_a_chain_of_its_own(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        for home in (2, None, 1, 2, 2, None):
            journal.write(db, Event.SETTLED, now, municipality=home, actor=7)
    told = [(entry.municipality_id, entry.number) for entry in await entries(database)]
    assert told == [(2, 1), (None, 1), (1, 1), (2, 2), (2, 3), (None, 2)]
    async with database.transaction() as db:
        assert list(await chains(db)) == [0, 1, 2]
    assert [(await verified(database, chain)).number for chain in (0, 1, 2)] == [2, 1, 3]


async def test_what_is_undone_is_not_chained(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        journal.write(db, Event.SETTLED, now, municipality=1, actor=7)
        part = await db.begin_nested()
        journal.write(db, Event.CONSENTED, now, municipality=1, actor=7)
        await db.flush()
        await journal.forget(db, [7])
        await part.rollback()
        unseen = await db.begin_nested()
        journal.write(db, Event.NAMED, now, municipality=1, actor=7)
        await unseen.rollback()
        journal.write(db, Event.PHONE_PROVEN, now, municipality=1, actor=7)

    async def fails() -> None:
        async with database.transaction() as db:
            journal.write(db, Event.FORGOTTEN, now, municipality=1, actor=7)
            await db.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    told = [(entry.event, entry.number) for entry in await entries(database)]
    assert told == [("person.settled", 1), ("person.phone-proven", 2)]
    assert (await verified(database)).bad is None


async def test_a_transaction_that_writes_no_entry_pays_nothing_and_one_with_many_pays_three_statements(
    database: Database, now: datetime
) -> None:
    await written(database, now, of=1)
    begin = int(database.is_sqlite)
    before = database.statements
    async with database.transaction() as db:
        await db.execute(text("SELECT 1"))
    assert database.statements - before == 1 + begin
    before = database.statements
    async with database.transaction() as db:
        for _ in range(40):
            journal.write(db, Event.SETTLED, now, municipality=1, actor=7)
        await db.flush()
        flushed = database.statements
    assert database.statements - flushed == 3


async def test_those_who_write_at_the_same_time_follow_one_another(database: Database, now: datetime) -> None:
    """Two municipalities in one transaction, in either order: nobody waits for somebody who waits for them."""

    async def one(number: int) -> None:
        async with database.transaction() as db:
            for home in (1, 2) if number % 2 else (2, 1):
                journal.write(db, Event.SETTLED, now, municipality=home, actor=number + 1)
                await db.flush()
                await asyncio.sleep(0)

    async with asyncio.timeout(60):
        await asyncio.gather(*(one(number) for number in range(60)))
    for chain in (1, 2):
        verdict = await verified(database, chain)
        assert (verdict.number, verdict.bad) == (60, None)


async def test_entries_from_before_the_chain_are_taken_in_once(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        for number in range(5):
            actor = 7 if number else None
            db.add(Entry(at=now, event="person.settled", municipality_id=1 + number % 2, actor_id=actor, details={}))
    async with database.transaction() as db:
        assert await unsealed_count(db) == 5
        assert [await seal_older(db, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    await written(database, now, of=1)
    assert [(await verified(database, chain)).number for chain in (1, 2)] == [4, 2]
    assert [(await verified(database, chain)).bad for chain in (1, 2)] == [None, None]
    await does(database, "UPDATE journal SET actor_id = 8 WHERE number = 2 AND municipality_id = 1")
    assert (await verified(database)).bad is not None


# --- what was changed ---

TAMPERED = {
    "UPDATE journal SET event = 'issue.unfollowed' WHERE number = 3": (Flaw.CHANGED, 3),
    "UPDATE journal SET object_id = 99 WHERE number = 3": (Flaw.CHANGED, 3),
    "UPDATE journal SET object_id = NULL WHERE number = 3": (Flaw.CHANGED, 3),
    'UPDATE journal SET details = \'{"how": "daily"}\' WHERE number = 3': (Flaw.CHANGED, 3),
    'UPDATE journal SET details = \'{"how": "daily", "how": "weekly"}\' WHERE number = 3': (Flaw.CHANGED, 3),
    "UPDATE journal SET details = '{}' WHERE number = 3": (Flaw.CHANGED, 3),
    "UPDATE journal SET details = '[1]' WHERE number = 3": (Flaw.CHANGED, 3),
    "UPDATE journal SET at = (SELECT at FROM journal WHERE number = 4) WHERE number = 3": (Flaw.CHANGED, 3),
    "UPDATE journal SET hash = (SELECT hash FROM journal WHERE number = 2) WHERE number = 3": (Flaw.CHANGED, 3),
    "UPDATE journal SET hash = NULL WHERE number = 3": (Flaw.CHANGED, 3),
    "UPDATE journal SET actor_mark = (SELECT actor_mark FROM journal WHERE number = 2) WHERE number = 3": (
        Flaw.CHANGED,
        3,
    ),
    "UPDATE journal SET actor_mark = NULL WHERE number = 3": (Flaw.CHANGED, 3),
    "UPDATE journal SET actor_id = 8 WHERE number = 3": (Flaw.ACTOR, 3),
    "UPDATE journal SET actor_id = NULL WHERE number = 3": (Flaw.ACTOR, 3),
    "UPDATE journal SET actor_id = 8, actor_salt = NULL WHERE number = 3": (Flaw.ACTOR, 3),
    "UPDATE journal SET actor_salt = NULL WHERE number = 3": (Flaw.ACTOR, 3),
    "UPDATE journal SET actor_salt = (SELECT actor_salt FROM journal WHERE number = 2) WHERE number = 3": (
        Flaw.ACTOR,
        3,
    ),
    "DELETE FROM journal WHERE number = 1": (Flaw.MISSING, 1),
    "DELETE FROM journal WHERE number = 3": (Flaw.MISSING, 3),
    "UPDATE journal SET number = NULL WHERE number = 3": (Flaw.MISSING, 3),
    "UPDATE journal SET municipality_id = 2 WHERE number = 3": (Flaw.MISSING, 3),
    "UPDATE journal SET number = 6 WHERE number = 3": (Flaw.MISSING, 3),
    "UPDATE journal SET number = 0 WHERE number = 3": (Flaw.TWICE, 0),
    "DELETE FROM journal WHERE number = 5": (Flaw.CUT, 5),
    "DELETE FROM journal WHERE number > 3": (Flaw.CUT, 4),
    "DELETE FROM journal": (Flaw.CUT, 1),
    "DELETE FROM journal_heads": (Flaw.CUT, 6),
    "UPDATE journal_heads SET number = 4": (Flaw.CUT, 6),
    "UPDATE journal_heads SET hash = 'x'": (Flaw.CUT, 6),
    "INSERT INTO journal (at, event, municipality_id, details, number, hash) "
    "SELECT at, event, municipality_id, details, 6, hash FROM journal WHERE number = 5": (Flaw.CHANGED, 6),
}


@pytest.mark.parametrize("sql", TAMPERED)
async def test_whatever_is_changed_is_found_and_named(database: Database, now: datetime, sql: str) -> None:
    await written(database, now, of=1, count=5)
    assert (await verified(database)).bad is None
    await does(database, sql)
    bad = (await verified(database)).bad
    assert bad is not None
    assert (bad.flaw, bad.number) == TAMPERED[sql]
    if bad.flaw in (Flaw.CHANGED, Flaw.ACTOR) and "at =" not in sql and "event" not in sql:
        assert (bad.event, bad.at) == ("issue.followed", now + timedelta(seconds=bad.number - 1))


@pytest.mark.parametrize("column", ["at", "event", "details", "object_id", "number", "actor_id", "actor_salt", "hash"])
async def test_what_sqlite_takes_for_anything_is_no_entry(database: Database, now: datetime, column: str) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL refuses it")
    await written(database, now, of=1, count=3)
    await does(database, f"UPDATE journal SET {column} = x'ff00' WHERE number = 2")
    bad = (await verified(database)).bad
    assert bad is not None
    assert bad.number == (3 if column == "number" else 2) or bad.flaw is Flaw.MISSING
    await does(database, f"UPDATE journal SET {column} = 'эски' WHERE {column} = x'ff00'")
    assert (await verified(database)).bad is not None


async def test_whoever_changes_an_entry_and_all_hashes_behind_it_is_found_by_what_was_published(
    database: Database, now: datetime
) -> None:
    await written(database, now, of=1, count=5)
    published = {entry.number: entry.hash for entry in await entries(database)}
    fourth = str(published[4])
    await does(database, "UPDATE journal SET object_id = 99 WHERE number = 2")
    last = FIRST
    for number, entry in enumerate(await entries(database), 1):
        last = hash_of(
            last, 1, number, body_of(entry.at, entry.event, entry.object_id, entry.details, entry.actor_mark)
        )
        await does(database, f"UPDATE journal SET hash = '{last}' WHERE number = {number}")
    await does(database, f"UPDATE journal_heads SET hash = '{last}'")
    assert (await verified(database)).bad is None  # from the inside it looks whole
    bad = (await verified(database, n4=fourth)).bad
    assert bad is not None
    assert (bad.flaw, bad.number) == (Flaw.PUBLISHED, 4)
    assert (await verified(database, n1=str(published[1])[:16])).bad is None  # before the change
    assert (await verified(database, n6=fourth)).bad == Bad(Flaw.CUT, 6)
    await does(database, f"UPDATE journal_heads SET posted_number = 4, posted_hash = '{fourth}'")
    assert (await verified(database)).bad == bad  # what the bot itself posted is compared without being asked


async def test_a_long_chain_is_followed_page_by_page_in_one_snapshot(database: Database, now: datetime) -> None:
    heard: list[int] = []
    count = 2 * PAGE + 1
    async with database.transaction() as db:
        for number in range(count):
            journal.write(db, Event.ISSUE_FOLLOWED, now, municipality=1, actor=7, object_id=number)
    before = database.statements
    async with database.snapshot() as db:
        verdict = await verify_chain(db, 1, tell=heard.append)
    assert (verdict.number, verdict.bad, heard) == (count, None, [PAGE, 2 * PAGE])
    assert database.statements - before <= 5
    await does(database, f"UPDATE journal SET object_id = 1 WHERE number = {count}")
    bad = (await verified(database)).bad
    assert bad == Bad(Flaw.CHANGED, count, now, "issue.followed")


async def test_a_snapshot_sees_one_moment_and_nobody_who_writes_waits_for_it(
    opened: Callable[[], Database], now: datetime
) -> None:
    reader, writer = opened(), opened()
    await written(writer, now, of=1, count=2)
    async with asyncio.timeout(5), reader.snapshot() as db:
        assert (await db.scalars(select(Head.number))).all() == [2]
        await written(writer, now, of=1, count=3)
        verdict = await verify_chain(db, 1)
    assert (verdict.number, verdict.bad) == (2, None)
    assert (await verified(reader)).number == 5
