"""What every test may use: databases (SQLite always, PostgreSQL where TEST_POSTGRES_URL is set) and the cast."""

import asyncio
import contextlib
import os
import re
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from asyncpg import UndefinedTableError
from sqlalchemy import URL, create_mock_engine, insert, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import CompiledCacheType
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

import storage.chain
import storage.database
from actions import confirming
from actions.petitions import pressure
from storage.catalogue import catalogue
from storage.database import Database, open_database
from storage.journal import Entry
from storage.migrate import migrate
from storage.municipalities import Municipality, municipalities
from storage.tables import metadata
from tests import chromium as pages
from tests.cast import home_from

chromium = pages.chromium
SANDBOX = Path(__file__).parents[1] / "sandbox"


def _of_this_worker(url: str | None) -> str | None:
    """Workers that run side by side each have a database of their own, made when it is missing."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not url or not worker:
        return url
    address = make_url(url).set(drivername="postgresql+asyncpg")
    name = f"{address.database}_{worker}"

    async def make() -> None:
        engine = create_async_engine(address, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            known = text("SELECT 1 FROM pg_database WHERE datname = :name")
            if await connection.scalar(known, {"name": name}) is None:
                await connection.execute(text(f'CREATE DATABASE "{name}"'))
        await engine.dispose()

    asyncio.run(make())
    return address.set(database=name).render_as_string(hide_password=False)


POSTGRES = _of_this_worker(os.environ.get("TEST_POSTGRES_URL"))
_MADE: set[str] = set()
Rows = dict[str, list[dict[str, Any]]]
_HOME: Rows = {}
TABLES = metadata.sorted_tables  # sorted once
CODE = re.compile(r"[a-z][a-z-]{0,40}|[0-9a-f]{32}|\d{4}-\d\d-\d\d")  # a word of ours, a receipt's mark, a day
NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)  # 18:30 in Bishkek, a Monday


@pytest.fixture
def now() -> datetime:
    """The moment at which every test begins."""
    return NOW


def _compiled_once() -> None:
    """A statement is compiled once and not again for every test, which opens a database of its own: all that speak
    with the same engine share what is compiled, as in a bot that runs for months."""
    shared: dict[str, CompiledCacheType] = {}

    def create(address: URL, **more: Any) -> AsyncEngine:
        made = create_async_engine(address, **more)
        engine = made.sync_engine
        assert engine._compiled_cache is not None
        engine._compiled_cache = shared.setdefault(engine.dialect.name, engine._compiled_cache)
        return made

    monkey = pytest.MonkeyPatch()
    for dialect in (SQLiteDialect_aiosqlite, PGDialect_asyncpg):  # part of the key under which it is found
        monkey.setattr(dialect, "__eq__", lambda one, other: type(one) is type(other))
        monkey.setattr(dialect, "__hash__", lambda one: hash(type(one)))
    monkey.setattr(storage.database, "create_async_engine", create)


def _nothing_personal_is_written() -> None:
    """Whatever any test does with petitions, proposals and reports, their entries hold numbers and codes of ours only:
    a word that somebody typed, a name or a phone is none."""
    add = storage.chain.add

    def checked(session: AsyncSession, entry: Entry) -> None:
        if entry.event.partition(".")[0] in ("petition", "proposal", "text"):
            said = [
                part for value in entry.details.values() for part in (value if isinstance(value, list) else [value])
            ]
            assert all(isinstance(part, int | None) or CODE.fullmatch(part) for part in said), entry.event
        add(session, entry)

    pytest.MonkeyPatch().setattr(storage.chain, "add", checked)


_compiled_once()
_nothing_personal_is_written()
# every bot reads the authorities of TLS again, which no test speaks with: 15 ms each time
pytest.MonkeyPatch().setattr(ssl, "create_default_context", cache(ssl.create_default_context))


@cache
def _ddl() -> list[str]:
    """The statements that make the tables, compiled once and not for every test."""
    said: list[str] = []
    dialect = sqlite.dialect()
    engine = create_mock_engine("sqlite://", lambda ddl, *_, **__: said.append(str(ddl.compile(dialect=dialect))))
    metadata.create_all(engine, checkfirst=False)
    return said


@pytest.fixture(autouse=True)
def _nobody_mistyped_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who typed wrong codes at the counter is known to the process, which is one for many tests."""
    monkeypatch.setattr(confirming, "_wrong", {})


@pytest.fixture(autouse=True)
def _nobody_told_of_pressure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who told today that they were forced is known to the process as well."""
    monkeypatch.setattr(pressure, "_told", {})


async def _on_sqlite() -> Database:
    """A database in memory with the present tables and nothing in them."""
    database = open_database("sqlite:///:memory:")
    async with database.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.executescript(";".join(_ddl()))
    return database


@cache
def _emptying() -> str:
    """One request instead of one for every table; most of them are empty anyway."""
    tables = (f'DELETE FROM "{table.name}";' for table in reversed(TABLES))
    return "".join(tables)


async def on_postgresql(url: str) -> Database:
    """The database at the address, emptied in one statement; its tables are made anew only where they are missing or
    stale, for that takes twenty times as long."""
    database = open_database(url)
    if url in _MADE:
        with contextlib.suppress(UndefinedTableError):
            async with database.engine.connect() as connection:
                driver = (await connection.get_raw_connection()).driver_connection
                assert driver is not None
                await driver.execute(_emptying())
            return database
    async with database.engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await migrate(database)
    _MADE.add(url)
    return database


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """An empty database on each engine."""
    if request.param == "postgresql":
        if not POSTGRES:
            pytest.skip("TEST_POSTGRES_URL is not set")
        opened = await on_postgresql(POSTGRES)
    else:
        opened = await _on_sqlite()
    yield opened
    await opened.close()


async def all_rows(db: AsyncSession) -> Rows:
    """Everything that stands in the tables."""
    return {table.name: [dict(row) for row in (await db.execute(select(table))).mappings()] for table in TABLES}


async def put_rows(db: AsyncSession, rows: Rows) -> None:
    """Rows of another database into the empty tables of this one, which then counts on from their numbers."""
    for table in TABLES:
        if rows[table.name]:
            await db.execute(insert(table), rows[table.name])
    if db.get_bind().dialect.name == "postgresql":
        counted = ", ".join(
            f"setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))"
            for table in TABLES
            if rows[table.name] and "id" in table.columns
        )
        await db.execute(text(f"SELECT {counted}"))


@cache
def _example(name: str) -> object:
    return yaml.safe_load((SANDBOX / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.fixture
async def home(database: Database) -> Municipality:
    """The aimak of Ak-Bulak with its villages and its list: taken in from its file by the first test, and for the
    others copied row by row, which takes a fifth of the time."""
    async with database.transaction() as db:
        if not _HOME:
            await home_from(db, _example("aimak"), catalogue(), NOW.date())
            _HOME.update(await all_rows(db))
        else:
            await put_rows(db, _HOME)
        return (await municipalities(db))[0]


@pytest.fixture
async def town(database: Database, home: Municipality) -> Municipality:
    """The town of Kok-Jar beside it: whatever one municipality asks for, the other one's must not come."""
    async with database.transaction() as db:
        return await home_from(db, _example("city"), catalogue(), NOW.date())
