"""Do petitions hold when a whole village presses at once, when updates come ten times, and when the bot is killed?"""

import asyncio
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.petitions import signing
from bot.app import words
from sandbox import people
from sandbox.chats import Person
from sandbox.world import World
from storage.database import Database
from storage.municipalities import Municipality
from storage.people import Account, accounts_at
from storage.people import Person as Known
from tests.bot.crowd import a_crowd, numbers_of, post, pour, pressed, refused, rows, said, to
from tests.bot.process import KEY, Process, command
from tests.bot.test_killed import a_village, all_is_told
from tests.cast import VAULT
from tests.conversations.stage import Stage, free_port
from tests.petitions import an_open_petition

ALREADY = words().speaker("ky")("petitions-signed-already")


async def introduced(database: Database, world: World, crowd: list[Person], *, needs: int) -> int:
    """Everybody has said their name, and there is an open petition that needs so many signatures; gives its number."""
    async with database.transaction() as db:
        home = (await db.scalars(select(Municipality).order_by(Municipality.id))).first()
        assert home is not None
        now = world.clock.now()
        known = list(await db.scalars(select(Known).join(Account).where(Known.consented_at.is_not(None))))
        for person in known:
            signing.introduce(db, person, "Айбек Асанов", now, vault=VAULT, shown=True)
        first = (await accounts_at(db, [("telegram", str(crowd[0].id))]))["telegram", str(crowd[0].id)].person
        return (await an_open_petition(db, home, first, now, needs=needs)).id


async def counted(database: Database, petition: int) -> tuple[int, int, int]:
    """What the counter says, how many rows count, and how many entries the journal has of signing less taking back."""
    [(signed,)] = await rows(database, "SELECT signed FROM petitions WHERE id = :p", p=petition)
    standing = "SELECT COUNT(*) FROM petition_signatures WHERE petition_id = :p AND standing = 'counted'"
    [(counts,)] = await rows(database, standing, p=petition)
    told = Counter(
        event
        for (event,) in await rows(database, "SELECT event FROM journal WHERE object_id = :p", p=petition)
        if event in ("petition.signed", "petition.signature-withdrawn")
    )
    return signed, counts, told["petition.signed"] - told["petition.signature-withdrawn"]


async def test_two_hundred_presses_of_one_person_are_one_signature(stage: Stage) -> None:
    [aisha, _] = crowd = await a_crowd(stage.bot.database, stage.world, 2)
    petition = await introduced(stage.bot.database, stage.world, crowd, needs=300)
    since = stage.world.calls
    presses = [pressed(aisha, f"es:{petition}:") for _ in range(200)]
    assert set(await asyncio.gather(*(post(stage, press) for press in presses))) == {200}
    await stage.settled()
    assert await counted(stage.bot.database, petition) == (1, 1, 1)
    answers = [call for call in stage.calls(since) if call.method == "answerCallbackQuery"]
    assert len(answers) == 200
    assert sum(call.params.get("text") == ALREADY for call in answers) == 199
    assert refused(stage.calls(since)) == []


async def test_five_hundred_signers_race_for_the_threshold_and_it_is_reached_once(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 500)
    petition = await introduced(stage.bot.database, stage.world, crowd, needs=300)
    presses = [pressed(person, f"es:{petition}:") for person in crowd]
    random.Random(3).shuffle(presses)
    await pour(stage, presses)
    assert await counted(stage.bot.database, petition) == (500, 500, 500)
    events = "SELECT COUNT(*) FROM journal WHERE event = 'petition.threshold-reached' AND object_id = :p"
    assert await rows(stage.bot.database, events, p=petition) == [(1,)]
    steps = "SELECT what FROM petition_steps WHERE petition_id = :p AND what IN ('reached', 'lost')"
    assert await rows(stage.bot.database, steps, p=petition) == [("reached",)]
    told = "SELECT key, COUNT(*) FROM outbox WHERE key IN ('petition-milestone', 'petition-reached') AND person_id = :n"
    leader = (await numbers_of(stage.bot.database, [crowd[0]]))[crowd[0].id]
    letters = dict(await rows(stage.bot.database, f"{told} GROUP BY key", n=leader))
    assert letters == {"petition-milestone": 3, "petition-reached": 1}  # 25, 50 and 75 per cent; then the whole


async def test_updates_that_come_ten_times_in_any_order_count_once(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 20)
    petition = await introduced(stage.bot.database, stage.world, crowd, needs=300)
    presses = [pressed(person, f"es:{petition}:") for person in crowd]
    copies = presses * 10
    random.Random(5).shuffle(copies)
    for piece in range(0, len(copies), 40):
        await asyncio.gather(*(post(stage, press) for press in copies[piece : piece + 40]))
    await stage.settled()
    assert await counted(stage.bot.database, petition) == (20, 20, 20)


async def test_everybody_reads_which_signature_is_theirs(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 3)
    petition = await introduced(stage.bot.database, stage.world, crowd, needs=300)
    since = stage.world.calls
    await pour(stage, [pressed(person, f"es:{petition}:") for person in crowd])
    receipts = {code for (code,) in await rows(stage.bot.database, "SELECT receipt FROM petition_signatures")}
    for person in crowd:
        words = " ".join(said(to(stage.calls(since), person)))
        assert sum(code in words for code in receipts) == 1


# --- killed ---


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
