"""What every test may use: databases (SQLite always, PostgreSQL where TEST_POSTGRES_URL is set) and the cast."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import yaml
from sqlalchemy import text

from sandbox.run import AIMAK
from storage.catalogue import catalogue
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.municipalities import Municipality
from storage.tables import metadata
from tests.cast import home_from

POSTGRES = os.environ.get("TEST_POSTGRES_URL")
NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)  # 18:30 in Bishkek, a Monday


@pytest.fixture
def now() -> datetime:
    """The moment at which every test begins."""
    return NOW


async def _empty(url: str) -> Database:
    """A database with the present tables and nothing in them. Each parallel worker has a schema of its own."""
    database = open_database(url)
    if database.is_sqlite:
        async with database.engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        return database
    async with database.engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await migrate(database)
    return database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgres"))])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """An empty database on each engine."""
    if request.param == "postgresql":
        if not POSTGRES:
            pytest.skip("TEST_POSTGRES_URL is not set")
        opened = await _empty(POSTGRES)
    else:
        opened = await _empty("sqlite:///:memory:")
    yield opened
    await opened.close()


@pytest.fixture
async def home(database: Database) -> Municipality:
    """The aimak of Ak-Bulak with its villages and its list."""
    async with database.transaction() as db:
        return await home_from(db, yaml.safe_load(AIMAK.read_text(encoding="utf-8")), catalogue(), NOW.date())
