"""Who may write at a time, what happens when something fails, and may two bots run on one database?"""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, InvalidRequestError

from storage.database import BadDatabaseUrl, Database, DatabaseInUse, open_database
from storage.journal import Entry
from storage.municipalities import Municipality, villages
from storage.people import Account, Messenger, Person, accounts_at
from tests.cast import a_guest
from tests.conftest import POSTGRES

Opener = Callable[[], Database]


@pytest.fixture(params=["sqlite", "postgresql"])
async def opened_again(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opener]:
    """Opens the same database anew, as another process would."""
    if request.param == "postgresql" and not POSTGRES:
        pytest.skip("TEST_POSTGRES_URL is not set")
    address = POSTGRES if request.param == "postgresql" else f"sqlite:///{tmp_path}/data/ashar.db"
    opened: list[Database] = []

    def again() -> Database:
        opened.append(open_database(str(address)))
        return opened[-1]

    yield again
    for database in opened:
        await database.close()


# --- transactions ---


async def test_what_is_done_in_a_transaction_is_there_for_the_next_one(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        db.add(Person(created_at=now))
    async with database.transaction() as db:
        assert await db.scalar(select(func.count()).select_from(Person)) == 1


async def test_a_transaction_that_raises_leaves_nothing(database: Database, now: datetime) -> None:
    async def fails() -> None:
        async with database.transaction() as db:
            db.add(Person(created_at=now))
            await db.flush()
            assert await db.scalar(select(func.count()).select_from(Person)) == 1
            raise RuntimeError("кокустан")

    with pytest.raises(RuntimeError, match="кокустан"):
        await fails()
    async with database.transaction() as db:
        assert await db.scalar(select(func.count()).select_from(Person)) == 0


async def test_a_refused_part_can_be_undone_without_the_rest(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        db.add(Person(created_at=now, language="ru"))
        part = await db.begin_nested()
        db.add(Person(created_at=now, language="en"))
        await db.flush()
        await part.rollback()
    async with database.transaction() as db:
        assert (await db.scalars(select(Person.language))).all() == ["ru"]


async def test_objects_stay_readable_after_their_transaction(database: Database, home: Municipality) -> None:
    assert (home.name("ky"), home.population) == ("Ак-Булак айыл аймагы", 14_870)


async def test_many_at_once_are_all_written_and_none_waits_for_ever(database: Database, now: datetime) -> None:
    async def one(number: int) -> None:
        async with database.transaction() as db:
            seen = await db.scalar(select(func.count()).select_from(Entry)) or 0
            await asyncio.sleep(0)
            db.add(Entry(at=now, event="person.settled", object_id=number, details={"seen": seen}))

    async with asyncio.timeout(30):
        await asyncio.gather(*(one(number) for number in range(40)))
    async with database.transaction() as db:
        entries = (await db.scalars(select(Entry).order_by(Entry.id))).all()
    assert sorted(entry.object_id or 0 for entry in entries) == list(range(40))
    if database.is_sqlite:  # one at a time, in the order in which they were asked for
        assert [entry.object_id for entry in entries] == [entry.details["seen"] for entry in entries] == [*range(40)]


async def test_statements_and_those_that_write_are_counted(database: Database, now: datetime) -> None:
    statements, writes = database.statements, database.writes
    async with database.transaction() as db:
        await db.scalar(select(func.count()).select_from(Person))
    assert (database.statements - statements, database.writes - writes) == (1 + database.is_sqlite, 0)  # and BEGIN
    async with database.transaction() as db:
        db.add(Person(created_at=now))
    assert database.writes - writes == 1


async def test_what_people_wrote_does_not_reach_an_error(database: Database, home: Municipality) -> None:
    with pytest.raises(IntegrityError) as fault:
        async with database.transaction() as db:
            await db.execute(
                text("INSERT INTO municipalities (key, name_ky) VALUES (:k, :n)"), {"k": home.key, "n": "Менин сырым"}
            )
    assert "Менин сырым" not in str(fault.value)
    assert "INSERT INTO municipalities" in str(fault.value)


# --- one bot on one database ---


async def test_a_second_bot_on_the_same_database_is_refused_until_the_first_one_ends(opened_again: Opener) -> None:
    first, second = opened_again(), opened_again()
    await first.hold()
    with pytest.raises(DatabaseInUse):
        await second.hold()
    with pytest.raises(DatabaseInUse):  # the refused attempt took nothing away
        await second.hold()
    await first.close()
    await second.hold()
    third = opened_again()
    with pytest.raises(DatabaseInUse):
        await third.hold()


async def test_a_bot_may_hold_its_database_again_after_it_let_go(opened_again: Opener) -> None:
    first = opened_again()
    await first.hold()
    await first.close()
    await opened_again().hold()


async def test_who_only_looks_needs_no_claim(opened_again: Opener) -> None:
    first, second = opened_again(), opened_again()
    await first.hold()
    async with second.transaction() as db:
        assert await db.scalar(text("SELECT 1")) == 1


async def test_a_database_in_memory_is_nobody_elses() -> None:
    one, other = open_database("sqlite:///:memory:"), open_database("sqlite:///:memory:")
    await one.hold()
    await other.hold()
    await one.close()
    await other.close()


# --- addresses ---


async def test_no_thread_of_the_driver_outlives_a_database_that_was_closed(tmp_path: Path) -> None:
    """One that cannot be opened has a thread as well, and it would report to a loop that is gone."""
    others = set(threading.enumerate())  # of databases that another test has left open
    (tmp_path / "text.db").write_text("Dear neighbours, this is no database at all.\n" * 100)
    for address in (str(tmp_path), f"{tmp_path}/text.db", f"{tmp_path}/a.db"):
        for _ in range(20):
            database = open_database(f"sqlite:///{address}")
            with contextlib.suppress(BadDatabaseUrl):
                await database.knock()
            await database.close()
            left = set(threading.enumerate()) - others
            assert [thread for thread in left if "_connection_worker" in thread.name] == [], address


async def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/жаңы/ashar.db")
    async with database.transaction() as db:
        assert await db.scalar(text("PRAGMA journal_mode")) == "wal"
        assert await db.scalar(text("PRAGMA foreign_keys")) == 1
        assert await db.scalar(text("PRAGMA synchronous")) == 2  # FULL
    await database.close()
    assert (tmp_path / "жаңы" / "ashar.db").exists()


@pytest.mark.parametrize("url", ["postgresql://ashar:s3cret@host/ashar", "postgresql+asyncpg://ashar:s3cret@host/a"])
async def test_short_and_long_addresses_of_postgresql_mean_the_same(url: str) -> None:
    database = open_database(url)
    assert (database.engine.url.drivername, database.is_sqlite) == ("postgresql+asyncpg", False)
    await database.close()


@pytest.mark.parametrize("url", ["", "ashar.db", "mysql://ashar:s3cret@host/ashar", "postgresql:/s3cret@host", "::"])
def test_an_address_that_names_no_database_is_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(BadDatabaseUrl) as no:
        open_database(url)
    assert "s3cret" not in str(no.value)
    assert "expected sqlite:///" in str(no.value)


# --- relationships ---


async def test_what_was_not_asked_for_cannot_be_read_by_accident(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        await a_guest(db, now, home=home)
    async with database.transaction() as db:
        account = (await db.scalars(select(Account))).one()
        with pytest.raises(InvalidRequestError, match="lazy='raise'"):
            _ = account.person
        person = (await db.scalars(select(Person))).one()
        with pytest.raises(InvalidRequestError, match="lazy='raise'"):
            _ = person.municipality
        village = (await villages(db, home.id))[0]
        with pytest.raises(InvalidRequestError, match="lazy='raise'"):
            _ = village.streets


async def test_what_every_turn_needs_is_there_after_one_statement(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        await a_guest(db, now, home=home)
    before = database.statements
    async with database.transaction() as db:
        account = (await accounts_at(db, [(Messenger.TELEGRAM, "101")]))[Messenger.TELEGRAM, "101"]
        assert account.person.municipality is not None
        assert (account.person.municipality.key, account.person.draft) == ("ak-bulak", None)
    assert database.statements - before == 1 + database.is_sqlite
