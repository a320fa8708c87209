"""Is nothing lost that the bot said of a signature, however often it is killed while a whole village signs?"""

import asyncio
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from sandbox import people
from sandbox.chats import Person
from sandbox.world import World
from tests.bot.crowd import rows
from tests.bot.process import KEY, Process, command
from tests.bot.test_killed import a_village, all_is_told
from tests.bot.test_petition_crowds import counted, introduced
from tests.conversations.stage import free_port


async def signs_and_withdraws(
    world: World, crowd: list[Person], petition: int, dice: random.Random, withdrew: Counter[int]
) -> None:
    """Somebody signs, or takes it back; nobody does that so often that they are told to leave it."""
    person = dice.choice(crowd)
    way = f"es:{petition}:"
    if withdrew[person.id] < 2 and dice.random() < 0.3:
        withdrew[person.id] += 1
        way = f"eu:{petition}"
    await people.press(world, person, person.id, world.from_bot(person.id)[0].id, way, stale=True)


async def killed(folder: Path, *, kills: int, size: int, pause: float, seed: int) -> None:
    """The crowd signs without a rest while the bot is killed and started so many times."""
    dice, withdrew = random.Random(seed), Counter[int]()
    async with a_village(folder, size) as (world, url, database, crowd):
        petition = await introduced(database, world, crowd, needs=size)
        async with Process(folder, url, world.token, http_port=free_port()) as bot:
            busy = True

            async def live() -> None:
                while busy:
                    await signs_and_withdraws(world, crowd, petition, dice, withdrew)
                    await asyncio.sleep(pause * dice.random())

            life = asyncio.create_task(live())
            for _ in range(kills):
                await bot.start()
                calls, until = world.calls, time.monotonic() + dice.random()
                await world.until(lambda: world.calls > calls, within=20)  # noqa: B023  it does answer
                await asyncio.sleep(max(0.0, until - time.monotonic()))
                await bot.kill()
            busy = False
            await life
            await bot.start()
            for person in crowd:  # at the end everybody signs: who had, reads so
                data = f"es:{petition}:"
                await people.press(world, person, person.id, world.from_bot(person.id)[0].id, data, stale=True)
            await all_is_told(world, database)
            assert await bot.stop() == 0
            assert "crash" not in bot.log
        assert await counted(database, petition) == (size, size, size)
        assert await rows(database, "PRAGMA integrity_check") == [("ok",)]
        code, words, complaint = await command(
            folder, "verify", database_url=f"sqlite:///{folder}/ashar.db", secret_key=KEY
        )
        assert (code, complaint) == (0, ""), words


async def test_killed_twice_while_a_village_signs(tmp_path: Path) -> None:
    await killed(tmp_path, kills=2, size=40, pause=0.01, seed=1)


@pytest.mark.slow
async def test_killed_a_hundred_times_while_a_thousand_sign(tmp_path: Path) -> None:
    await killed(tmp_path, kills=100, size=1_000, pause=0.002, seed=2)
