"""How does the database come to the present shape?"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database

FOLDER = Path(__file__).with_name("migrations")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


async def is_behind(database: Database) -> bool:
    """Whether the database is not at the present shape yet."""

    def compare(connection: Connection) -> bool:
        newest = ScriptDirectory.from_config(_config()).get_current_head()
        return MigrationContext.configure(connection).get_current_revision() != newest

    async with database.engine.begin() as connection:
        return await connection.run_sync(compare)


async def migrate(database: Database) -> tuple[str | None, str | None]:
    """Brings the database to the present shape, in one transaction; gives the versions before and after."""

    def upgrade(connection: Connection) -> tuple[str | None, str | None]:
        before = MigrationContext.configure(connection).get_current_revision()
        newest = ScriptDirectory.from_config(_config()).get_current_head()
        if before != newest:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return before, newest

    async with database.engine.begin() as connection:
        return await connection.run_sync(upgrade)
