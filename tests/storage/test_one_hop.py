"""Does the one-hop cursor give what SQLAlchemy's own cursor gives? The same questions to both, side by side."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, insert, select, text, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.one_hop import OneHopCursor, use_one_hop

metadata = MetaData()
ROADS = Table(
    "roads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, unique=True, nullable=False),
    Column("length", Integer, default=0),
    Column("map", LargeBinary),
)
NAMES = [{"name": name, "length": len(name)} for name in ("Манас", "Токтогул", "Достук", "Ынтымак")]


@pytest.fixture
async def both() -> AsyncIterator[tuple[AsyncEngine, AsyncEngine]]:
    """An engine with SQLAlchemy's own cursor, and one with ours."""
    own, one_hop = (create_async_engine("sqlite+aiosqlite:///:memory:") for _ in range(2))
    use_one_hop(one_hop)
    for engine in (own, one_hop):
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
            await connection.execute(insert(ROADS), NAMES)
    yield own, one_hop
    await own.dispose()
    await one_hop.dispose()


async def alike(both: tuple[AsyncEngine, AsyncEngine], question: Callable[[AsyncConnection], Awaitable[object]]) -> Any:
    """What both engines answer, which must be the same; the tables afterwards too."""
    answers = []
    for engine in both:
        async with engine.begin() as connection:
            answer = await question(connection)
            left = [tuple(row) for row in await connection.execute(select(ROADS).order_by(ROADS.c.id))]
            answers.append((answer, left))
    assert answers[0] == answers[1]
    return answers[1][0]


async def test_the_one_hop_cursor_is_the_one_in_use(both: tuple[AsyncEngine, AsyncEngine]) -> None:
    cursors = []
    for engine in both:
        async with engine.connect() as connection:
            raw = await connection.get_raw_connection()
            cursors.append(type(raw.dbapi_connection._cursor_cls))  # type: ignore[union-attr]
            cursors.append(raw.dbapi_connection._cursor_cls)  # type: ignore[union-attr]
    assert (cursors[1] is OneHopCursor, cursors[3] is OneHopCursor) == (False, True)


async def test_rows_are_fetched_one_by_one_in_parts_and_together(both: tuple[AsyncEngine, AsyncEngine]) -> None:
    async def question(connection: AsyncConnection) -> object:
        result = await connection.execute(select(ROADS.c.name).order_by(ROADS.c.name))
        return [result.fetchone(), result.fetchmany(2), result.fetchall(), list(result.keys())]

    one, two, rest, keys = await alike(both, question)
    assert (one[0], [row[0] for row in two], [row[0] for row in rest], keys) == (
        "Достук",
        ["Манас", "Токтогул"],
        ["Ынтымак"],
        ["name"],
    )


async def test_nothing_found_is_nothing(both: tuple[AsyncEngine, AsyncEngine]) -> None:
    async def question(connection: AsyncConnection) -> object:
        found = await connection.execute(select(ROADS).where(ROADS.c.id == 99))
        return [found.first(), await connection.scalar(select(ROADS.c.id).where(ROADS.c.id == 99))]

    assert await alike(both, question) == [None, None]


async def test_an_insert_tells_its_key_and_an_update_how_many(both: tuple[AsyncEngine, AsyncEngine]) -> None:
    async def question(connection: AsyncConnection) -> object:
        new = await connection.execute(insert(ROADS).values(name="Жибек Жолу", map=b"\x00\xff"))
        changed = await connection.execute(update(ROADS).where(ROADS.c.id <= 2).values(length=5))
        gone = await connection.execute(ROADS.delete().where(ROADS.c.id == 99))
        return [new.inserted_primary_key, new.rowcount, changed.rowcount, gone.rowcount]

    assert await alike(both, question) == [(5,), 1, 2, 0]


async def test_many_rows_at_once_are_counted(both: tuple[AsyncEngine, AsyncEngine]) -> None:
    async def question(connection: AsyncConnection) -> object:
        changed = await connection.execute(
            text("UPDATE roads SET length = :length WHERE id = :id"),
            [{"id": 1, "length": 10}, {"id": 2, "length": 20}, {"id": 99, "length": 30}],
        )
        return changed.rowcount

    assert await alike(both, question) == 2


async def test_rows_come_back_from_an_insert_of_one_and_of_many(both: tuple[AsyncEngine, AsyncEngine]) -> None:
    async def question(connection: AsyncConnection) -> object:
        one = await connection.execute(insert(ROADS).values(name="Көпүрө").returning(ROADS.c.id, ROADS.c.name))
        many = await connection.execute(
            insert(ROADS).returning(ROADS.c.id, sort_by_parameter_order=True), [{"name": "Өзөн"}, {"name": "Терек"}]
        )
        return [one.all(), many.all()]

    assert await alike(both, question) == [[(5, "Көпүрө")], [(6,), (7,)]]


async def test_the_loser_of_a_race_gets_nothing_back(both: tuple[AsyncEngine, AsyncEngine]) -> None:
    async def question(connection: AsyncConnection) -> object:
        again = sqlite.insert(ROADS).values(name="Манас").on_conflict_do_nothing().returning(ROADS.c.id)
        return [await connection.scalar(again), await connection.scalar(again.values(name="Жаңы"))]

    assert (await alike(both, question))[0] is None


async def test_several_results_may_be_read_in_turns(both: tuple[AsyncEngine, AsyncEngine]) -> None:
    async def question(connection: AsyncConnection) -> object:
        names = await connection.execute(select(ROADS.c.name).order_by(ROADS.c.id))
        first = names.fetchone()
        lengths = await connection.execute(select(ROADS.c.length).order_by(ROADS.c.id))
        return [first, lengths.fetchone(), names.fetchone(), lengths.fetchall(), names.fetchall()]

    assert len((await alike(both, question))[3]) == 3


FAULTS: dict[str, tuple[Any, type[DBAPIError]]] = {
    "twice the same name": (insert(ROADS).values(name="Манас"), IntegrityError),
    "no name": (insert(ROADS).values(name=None), IntegrityError),
    "no such table": (text("SELECT * FROM rivers"), OperationalError),
    "no SQL": (text("SELEKT"), OperationalError),
}


@pytest.mark.parametrize("what", FAULTS)
async def test_a_fault_is_the_same_fault_and_the_connection_goes_on(
    both: tuple[AsyncEngine, AsyncEngine], what: str
) -> None:
    statement, kind = FAULTS[what]
    said = []
    for engine in both:
        async with engine.connect() as connection:
            with pytest.raises(kind) as fault:
                await connection.execute(statement)
            assert type(fault.value) is kind
            said.append(str(fault.value.orig))
            await connection.rollback()
            assert await connection.scalar(select(ROADS.c.name).where(ROADS.c.id == 1)) == "Манас"
    assert said[0] == said[1]


async def test_a_fault_among_many_rows_is_an_integrity_error(both: tuple[AsyncEngine, AsyncEngine]) -> None:
    for engine in both:
        with pytest.raises(IntegrityError):
            async with engine.begin() as connection:
                await connection.execute(insert(ROADS), [{"name": "Жаңы"}, {"name": "Манас"}])
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT count(*) FROM roads")) == 4


async def test_who_is_cancelled_leaves_the_connection_to_the_next(both: tuple[AsyncEngine, AsyncEngine]) -> None:
    slow = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n")
    for engine in both:

        async def ask(engine: AsyncEngine = engine) -> object:
            async with engine.connect() as connection:
                return await connection.scalar(slow)

        task = asyncio.create_task(ask())
        await asyncio.sleep(0.005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT 7")) == 7
