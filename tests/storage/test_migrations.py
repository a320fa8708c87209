"""Do the migrations lead to the tables that the code declares, on both engines?"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.database import Database, open_database
from storage.migrate import FOLDER, is_behind, migrate
from storage.municipalities import municipality_count
from storage.tables import MODULES, metadata
from tests.cast import a_guest
from tests.conftest import NOW, POSTGRES

NEWEST = ScriptDirectory(str(FOLDER)).get_current_head()


@pytest.fixture(params=["sqlite", "postgresql"])
async def bare(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database without a single table."""
    if request.param == "postgresql":
        if not POSTGRES:
            pytest.skip("TEST_POSTGRES_URL is not set")
        database = open_database(POSTGRES)
        async with database.engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    else:
        database = open_database(f"sqlite:///{tmp_path}/bare.db")
    yield database
    await migrate(database)  # the next test finds the tables
    await database.close()


def differences(connection: Connection) -> list[object]:
    """What alembic would still change."""
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


async def test_migrated_tables_are_the_declared_ones(bare: Database) -> None:
    assert await migrate(bare) == (None, NEWEST)
    async with bare.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_difference_would_be_seen(bare: Database) -> None:
    await migrate(bare)
    async with bare.engine.begin() as connection:
        await connection.execute(text("DROP INDEX ix_inbox_unsettled"))
        await connection.execute(text("ALTER TABLE journal ADD COLUMN extra INTEGER"))
    async with bare.engine.begin() as connection:
        assert len(await connection.run_sync(differences)) == 2
        await connection.execute(text("ALTER TABLE journal DROP COLUMN extra"))
        await connection.execute(text("CREATE INDEX ix_inbox_unsettled ON inbox (id) WHERE settled_at IS NULL"))


def rules(connection: Connection) -> dict[str, object]:
    """What alembic does not compare: the words a column may hold, what is unique, what belongs to what."""
    looked = inspect(connection)
    return {
        name: (
            sorted(str(check["name"]) for check in looked.get_check_constraints(name)),
            sorted(tuple(unique["column_names"]) for unique in looked.get_unique_constraints(name)),
            sorted(tuple(index["column_names"]) for index in looked.get_indexes(name) if not index["unique"]),
            sorted(tuple(key["constrained_columns"]) for key in looked.get_foreign_keys(name)),
        )
        for name in sorted(metadata.tables)
    }


async def test_the_rules_that_the_database_checks_are_the_declared_ones(bare: Database) -> None:
    declared = open_database("sqlite:///:memory:")
    async with declared.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        wanted = await connection.run_sync(rules)
    await declared.close()
    await migrate(bare)
    async with bare.engine.connect() as connection:
        assert await connection.run_sync(rules) == wanted
    assert wanted["people"] == (
        ["ck_people_basis", "ck_people_notify"],
        [],
        [("municipality_id",), ("phone_hash",)],
        [("municipality_id",), ("village_id",)],
    )


async def test_migrating_twice_is_harmless(bare: Database) -> None:
    await migrate(bare)
    async with bare.transaction() as db:
        await a_guest(db, NOW)
    assert await migrate(bare) == (NEWEST, NEWEST)
    async with bare.transaction() as db:
        assert await db.scalar(text("SELECT count(*) FROM accounts")) == 1
        assert await municipality_count(db) == 0


async def test_a_bare_database_is_behind_until_it_is_migrated(bare: Database) -> None:
    assert await is_behind(bare)
    await migrate(bare)
    assert not await is_behind(bare)


def test_there_is_one_line_of_migrations_and_every_table_is_in_a_known_module() -> None:
    scripts = ScriptDirectory(str(FOLDER))
    assert len(scripts.get_heads()) == 1
    declared = {mapper.class_.__module__ for mapper in MODULES[0].Base.registry.mappers}
    assert declared == {module.__name__ for module in MODULES}
