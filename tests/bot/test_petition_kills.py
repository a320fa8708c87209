"""Is nothing lost that the bot said of a signature, however often it is killed while a whole village signs?"""

import asyncio
import json
import random
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from actions.petitions.signing import receipt_mark
from bot.app import words
from sandbox import people
from sandbox.chats import Json, Person
from sandbox.world import World
from storage.database import Database
from tests.bot.crowd import a_crowd, do, pour, pressed, rows
from tests.bot.process import KEY, Process, command
from tests.bot.test_killed import a_village, all_is_told
from tests.bot.test_petition_crowds import counted, introduced
from tests.conversations.stage import RECEIPT, Stage, free_port

SIGNED, BACK = (words().speaker("ky")(f"petitions-{key}-title") for key in ("signed", "unsigned"))

BACKLOG = 100  # presses that wait; more only make a slow machine slower


class Told:
    """What the bot has shown to each person of their signature, as it was shown: how often that they signed and that
    they took it back, and which receipts."""

    def __init__(self, world: World) -> None:
        self.signed, self.back = Counter[int](), Counter[int]()
        self.receipts: dict[int, set[str]] = defaultdict(set)
        self.shown = 0
        self._world = world
        world.listeners.append(self._note)

    def _note(self, event: Json) -> None:
        if event.get("kind") != "outbox":
            return
        call = next(each for each in reversed(self._world.outbox) if each.n == event["n"])
        if call.status != 200 or call.method not in ("sendMessage", "editMessageText"):
            return
        self.shown += 1
        person, words = int(call.chat or 0), str(call.params["text"])
        self.signed[person] += SIGNED in words
        self.back[person] += BACK in words
        self.receipts[person] |= set(RECEIPT.findall(words))

    async def check(self, database: Database, petition: int) -> None:
        """Whatever was shown stands in the tables and in the chain, before anybody does it again."""
        numbers = "SELECT CAST(a.address AS INTEGER), s.receipt FROM petition_signatures s JOIN accounts a"
        kept = dict(
            await rows(database, f"{numbers} ON a.person_id = s.person_id WHERE s.petition_id = :p", p=petition)
        )
        entries = Counter[tuple[str, str]]()
        spoke = "SELECT event, details FROM journal WHERE object_id = :p AND number IS NOT NULL"
        for event, details in await rows(database, spoke, p=petition):
            entries[event, json.loads(details).get("receipt", "")] += 1
        for person, receipts in self.receipts.items():
            assert receipts <= {kept.get(person)}, f"{person} was shown {receipts}"
        for event, told in (("petition.signed", self.signed), ("petition.signature-withdrawn", self.back)):
            for person, times in told.items():
                mark = receipt_mark(kept.get(person, ""))
                assert entries[event, mark] >= times, f"{person} read {times} times: {event}"


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
        told = Told(world)
        async with Process(folder, url, world.token, http_port=free_port()) as bot:
            busy = True

            async def live() -> None:
                while busy:
                    await world.until(lambda: not busy or len(world.updates) < BACKLOG, within=120)
                    await signs_and_withdraws(world, crowd, petition, dice, withdrew)
                    await asyncio.sleep(pause * dice.random())

            life = asyncio.create_task(live())
            for _ in range(kills):
                await bot.start()
                until = told.shown + dice.randint(1, 25)  # in the middle of a batch, mostly
                await world.until(lambda: told.shown >= until, within=60)  # noqa: B023
                await bot.kill()
                await told.check(database, petition)
            busy = False
            await life
            assert sum(map(bool, told.receipts.values())) >= min(kills, size)  # so many know that they signed
            await bot.start()
            for person in crowd:  # at the end everybody signs: who had, reads so
                data = f"es:{petition}:"
                await people.press(world, person, person.id, world.from_bot(person.id)[0].id, data, stale=True)
            await all_is_told(world, database)
            await told.check(database, petition)
            assert await bot.stop() == 0
            assert "crash" not in bot.log
        assert await counted(database, petition) == (size, size, size)
        assert await rows(database, "PRAGMA integrity_check") == [("ok",)]
        code, said, complaint = await command(
            folder, "verify", database_url=f"sqlite:///{folder}/ashar.db", secret_key=KEY
        )
        assert (code, complaint) == (0, ""), said


async def test_killed_twice_while_a_village_signs(tmp_path: Path) -> None:
    await killed(tmp_path, kills=2, size=40, pause=0.01, seed=1)


@pytest.mark.slow
async def test_killed_a_hundred_times_while_a_thousand_sign(tmp_path: Path) -> None:
    await killed(tmp_path, kills=100, size=1_000, pause=0.002, seed=2)


@pytest.mark.parametrize("lost", ["nothing", "the signature", "its entry", "the entry of taking it back"])
async def test_the_check_sees_what_was_shown_and_lost(stage: Stage, lost: str) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 3)
    petition = await introduced(stage.bot.database, stage.world, crowd, needs=300)
    told = Told(stage.world)
    await pour(stage, [pressed(person, f"es:{petition}:") for person in crowd])
    await pour(stage, [pressed(crowd[0], f"eu:{petition}"), pressed(crowd[0], f"es:{petition}:")])
    assert (sum(told.signed.values()), sum(told.back.values()), len(told.receipts)) == (4, 1, 3)
    newest = "DELETE FROM journal WHERE id = (SELECT MAX(id) FROM journal WHERE event = "
    match lost:
        case "the signature":
            await do(stage.bot.database, "DELETE FROM petition_signatures WHERE standing = 'counted'")
        case "its entry":
            await do(stage.bot.database, f"{newest} 'petition.signed')")
        case "the entry of taking it back":
            await do(stage.bot.database, f"{newest} 'petition.signature-withdrawn')")
        case _:
            return await told.check(stage.bot.database, petition)
    with pytest.raises(AssertionError):
        await told.check(stage.bot.database, petition)
    return None
