"""Does everybody get exactly one answer when a crowd taps at once, and WhatsApp delivers it as badly as it may?"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.limits import Bucket
from sandbox.chats import Person
from sandbox.graphapi import people
from sandbox.graphapi.deliveries import Bundle
from storage.people import Messenger, accounts_of
from tests.bot.conftest import Prepared
from tests.bot.crowd import a_crowd, numbers_of, refused, rows
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import on_stage

FOLLOWED = "SELECT COUNT(*) FROM followings WHERE issue_id = 4"


@pytest.fixture
async def stage(tmp_path: Path, prepared: Prepared) -> AsyncIterator[WhatsAppStage]:
    """The bot of the aimak in both messengers."""
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=WhatsAppStage) as opened:
        assert isinstance(opened, WhatsAppStage)
        yield opened


async def in_whatsapp(stage: WhatsAppStage, size: int) -> list[Person]:
    """So many residents, who are known in WhatsApp."""
    crowd = await a_crowd(stage.bot.database, stage.world, size)
    known = await numbers_of(stage.bot.database, crowd)
    async with stage.bot.database.transaction() as db:
        for person in crowd:
            [account] = await accounts_of(db, known[person.id])
            account.messenger, account.address = Messenger.WHATSAPP, stage.world.whatsapp.phone(person).user_id
    return crowd


async def all_answered(stage: WhatsAppStage) -> None:
    """Waits until everything is taken, settled and shown."""
    async with asyncio.timeout(60):
        while len(stage.world.whatsapp.deliveries):
            await asyncio.sleep(0.01)
        await stage.bot.turns.idle()


@pytest.mark.parametrize(
    ("size", "bundle"), [(60, Bundle.MESSAGES), (60, None), pytest.param(1_000, None, marks=pytest.mark.slow)]
)
async def test_everybody_in_a_crowd_is_answered_once(stage: WhatsAppStage, size: int, bundle: Bundle | None) -> None:
    world, whatsapp = stage.world, stage.world.whatsapp
    crowd = await in_whatsapp(stage, size)
    for person in crowd:
        await people.write(world, person, "Ашар i4")
    await all_answered(stage)
    before, followed = world.calls, await rows(stage.bot.database, FOLLOWED)
    whatsapp.deliveries.hold()
    for person in crowd:
        await people.tap(world, person, "Жазылуу")
    whatsapp.deliveries.duplicate = size // 3
    whatsapp.deliveries.release(backwards=True, bundle=bundle)
    await all_answered(stage)
    whatsapp.deliveries.replay(size // 3)
    await all_answered(stage)
    assert refused(stage.calls(before)) == []
    assert {len(whatsapp.from_bot(person)) for person in crowd} == {2}
    assert await rows(stage.bot.database, FOLLOWED) == [(followed[0][0] + size,)]


def test_eighty_a_second_are_enough_for_a_thousand_in_twelve_seconds() -> None:
    bucket = Bucket(80, 80, lambda: 0.0)
    assert max(bucket.take() for _ in range(1_000)) == (1_000 - 80) / 80
