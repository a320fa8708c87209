"""What the tests of the running bot share: a stage with the aimak, and one with two municipalities."""

import asyncio
import io
import logging
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from actions import municipalities
from bot import logs
from bot.settings import Settings
from sandbox.run import AIMAK, seed
from storage.catalogue import catalogue
from storage.database import open_database
from storage.migrate import migrate
from tests.bot import forkserver
from tests.bot.crowd import keep_time
from tests.bot.process import KEY
from tests.conftest import NOW, POSTGRES, all_rows, on_postgresql, put_rows
from tests.conversations.stage import Stage, on_stage

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The heavy proofs of this folder wait for `make bar`, which asks for them by -m."""
    if config.option.markexpr:
        return
    slow = [item for item in items if item.path.is_relative_to(HERE) and item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.fixture(scope="session", autouse=True)
def _no_helper_stays() -> Iterator[None]:
    """The helper that forks bots ends with its worker."""
    yield
    forkserver.end()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[str, ...], Path], None]:
    """Puts a database with these municipalities and the cast into a folder: made once, then copied."""

    async def make(homes: tuple[str, ...], folder: Path) -> None:
        database = open_database(f"sqlite:///{folder}/stage.db")
        await migrate(database)
        await seed(database, Settings(_env_file=None, secret_key=SecretStr(KEY)), NOW)
        for name in homes[1:]:
            data = yaml.safe_load(AIMAK.with_name(f"{name}.yaml").read_text(encoding="utf-8"))
            async with database.transaction() as db:
                await municipalities.take_in(db, data, catalogue(), NOW.date())
        await database.close()

    @cache
    def made(homes: tuple[str, ...]) -> Path:
        folder = tmp_path_factory.mktemp("prepared")
        asyncio.run(make(homes, folder))
        return folder / "stage.db"

    def put(homes: tuple[str, ...], folder: Path) -> None:
        shutil.copy(made(homes), folder / "stage.db")

    made(("aimak",)), made(("aimak", "city"))  # now, while no event loop runs
    return put


Prepared = Callable[[tuple[str, ...], Path], None]


@pytest.fixture
async def stage(tmp_path: Path, prepared: Prepared) -> AsyncIterator[Stage]:
    """The bot in the aimak of Ak-Bulak, by webhook; the clock stands still at a Monday evening."""
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=()) as opened:
        keep_time(opened)
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
async def on_both(request: pytest.FixtureRequest, tmp_path: Path, prepared: Prepared) -> AsyncIterator[Stage]:
    """The same on each database: on SQLite whoever writes waits for whoever wrote before, on PostgreSQL for the same
    row only."""
    prepared(("aimak",), tmp_path)
    address = POSTGRES if request.param == "postgresql" else None
    if request.param == "postgresql":
        if address is None:
            pytest.skip("TEST_POSTGRES_URL is not set")
        await _copied(tmp_path / "stage.db", address)
    async with on_stage(tmp_path, NOW, homes=(), database=address) as opened:
        keep_time(opened)
        yield opened


async def _copied(file: Path, address: str) -> None:
    """What stands in the file also stands at the address, and nothing else."""
    known = open_database(f"sqlite:///{file}")
    async with known.snapshot() as db:
        rows = await all_rows(db)
    await known.close()
    empty = await on_postgresql(address)
    async with empty.transaction() as db:
        await put_rows(db, rows)
    await empty.close()


@pytest.fixture
async def two_homes(tmp_path: Path, prepared: Prepared) -> AsyncIterator[Stage]:
    """The bot of an aimak and a city; the cast belongs to the aimak."""
    prepared(("aimak", "city"), tmp_path)
    async with on_stage(tmp_path, NOW, homes=()) as opened:
        keep_time(opened)
        yield opened


@pytest.fixture
async def polling(tmp_path: Path, prepared: Prepared) -> AsyncIterator[Stage]:
    """The bot of the aimak by long polling, which has fetched once."""
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), polling=True) as opened:
        await opened.world.until(lambda: opened.world.polling)
        yield opened


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """Logging as the bot sets it up, as talkative as it can be; gives what stands in the log so far."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.set_up("DEBUG")
    yield written.getvalue
    root.handlers[:] = handlers
    root.setLevel(level)
