"""Is nobody kept waiting by the pace, as Meta counts it, however quickly they tap?"""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.limits import Buckets
from bot.whatsapp import deliver
from sandbox.graphapi.rates import GraphRates, Pace
from tests.bot.conftest import Prepared
from tests.bot.crowd import a_neighbour, refused
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import on_stage

PATIENCE = 2.0  # seconds
FIRST_CONTACT = ("/start", "кыргызча", "1", "макулмун", "/menu")
TURNS = ("/menu", "суу", "Мен", "/issues", "1")


class Paced(WhatsAppStage):
    """The real rates of Meta; the bot counts them on the sandbox's clock too, which is turned by hand."""

    async def start(self) -> None:
        """Starts the bot with the pace that it has at Meta."""
        self.world.whatsapp.pace = Pace(GraphRates())
        rate, burst = deliver.PAIR, deliver.PAIR_BURST

        def counted(*_: float) -> Buckets:
            return Buckets(rate, burst, lambda: self.world.clock.now().timestamp())

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(deliver, "Buckets", counted)
            await super().start()

    async def waits_for(self, who: str, text: str) -> float:
        """Somebody writes; gives for how many seconds they wait."""
        before = time.monotonic()
        await self.write(who, text)
        return time.monotonic() - before


@pytest.fixture
async def stage(tmp_path: Path, prepared: Prepared) -> AsyncIterator[Paced]:
    """The bot of the aimak in both messengers."""
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=Paced) as opened:
        assert isinstance(opened, Paced)
        yield opened


@pytest.mark.parametrize(("who", "acts"), [("newcomer", FIRST_CONTACT), ("aigul", TURNS * 4)])
async def test_whoever_taps_every_three_seconds_waits_for_nothing(
    stage: Paced, who: str, acts: tuple[str, ...]
) -> None:
    person = a_neighbour(stage.world, 1_001) if who == "newcomer" else stage.world.person(who)
    before = stage.world.calls
    for act in acts:
        assert await stage.waits_for(person.username or "", act) < PATIENCE, act
        stage.world.clock.turn_by(3)
    assert refused(stage.calls(before)) == []
    assert len(stage.world.whatsapp.from_bot(person)) >= len(acts)
