"""What the tests of the running bot share: a stage with the aimak, and one with two municipalities."""

import io
import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot import logs
from tests.bot.crowd import keep_time
from tests.conftest import NOW
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


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot in the aimak of Ak-Bulak, by webhook; the clock stands still at a Monday evening."""
    async with on_stage(tmp_path, NOW) as opened:
        keep_time(opened)
        yield opened


@pytest.fixture
async def two_homes(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot of an aimak and a city; the cast belongs to the aimak."""
    async with on_stage(tmp_path, NOW, homes=("aimak", "city")) as opened:
        keep_time(opened)
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
