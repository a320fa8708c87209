"""What is left after `kill -9`? Every update has had its effect once, everybody has an answer, forms go on."""

import asyncio
import contextlib
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.verifying import verify
from sandbox import people
from sandbox.chats import Person
from sandbox.faults import DOWNLOAD, Fault, Kind
from sandbox.run import seed
from sandbox.server import serve
from sandbox.world import World
from storage.database import Database, open_database
from storage.migrate import migrate
from tests import attachments
from tests.bot.crowd import a_crowd, numbers_of, rows
from tests.bot.process import KEY, Process
from tests.conversations.stage import free_port

HOW = ("daily", "weekly", "never", "at-once")
LABEL = {"daily": "Күнүнө бир жолу", "weekly": "Жумасына бир жолу", "never": "Жазбасын", "at-once": "Дароо"}
ISSUE, VILLAGE = 3, 2  # what everybody follows; the second of the villages to choose from


@dataclass
class Deeds:
    """What the crowd has done, for comparison with what became of it."""

    notified: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    followed: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    moved: dict[int, int] = field(default_factory=lambda: defaultdict(int))


@contextlib.asynccontextmanager
async def a_village(folder: Path, size: int) -> AsyncIterator[tuple[World, str, Database, list[Person]]]:
    """A local Telegram, a database of known residents, and nobody who answers yet."""
    world = World(rates=None, webhook_retry=0.05)
    handle = await serve(world, "127.0.0.1", 0)
    database = open_database(f"sqlite:///{folder}/ashar.db")
    try:
        await migrate(database)
        await seed(database, Settings(_env_file=None, secret_key=KEY), world.clock.now())
        crowd = await a_crowd(database, world, size)
        for person in crowd:  # each has an old menu to tap on
            world.post(world.chat(person.id), {"from": world.bot.user(), "text": "…"}, by_bot=True)
        yield world, handle.url, database, crowd
    finally:
        await database.close()
        await handle.close()


async def act(world: World, crowd: list[Person], deeds: Deeds, dice: random.Random, *, ordered: bool) -> None:
    """Somebody does something. Where updates may overtake each other, only what does not depend on their order."""
    person = dice.choice(crowd)
    old = world.from_bot(person.id)[0]
    what = dice.choice(("notify", "follow", "move")) if ordered else "notify"
    if what == "notify":
        how = dice.choice(HOW)
        deeds.notified[person.id].append(how)
        await people.press(world, person, person.id, old.id, f"mns:{how}", stale=True)
    elif what == "follow":
        event = "unfollowed" if deeds.followed[person.id][-1:] == ["followed"] else "followed"
        deeds.followed[person.id].append(event)
        await people.press(
            world, person, person.id, old.id, f"{'if' if event == 'followed' else 'iu'}:{ISSUE}", stale=True
        )
    else:
        deeds.moved[person.id] += 1
        await people.press(world, person, person.id, old.id, "mv", stale=True)
        if dice.random() < 0.5:
            await asyncio.sleep(dice.random() / 10)  # a kill may come in the middle of the form
        await people.write(world, person, person.id, str(VILLAGE))


async def last_words(world: World, crowd: list[Person], deeds: Deeds) -> dict[int, str]:
    """At the end everybody presses once more; gives what each must be shown."""
    for number, person in enumerate(crowd):
        how = HOW[number % len(HOW)]
        deeds.notified[person.id].append(how)
        await people.press(world, person, person.id, world.from_bot(person.id)[0].id, f"mns:{how}", stale=True)
    return {person.id: LABEL[deeds.notified[person.id][-1]] for person in crowd}


async def all_is_told(world: World, database: Database) -> None:
    """Waits until nothing is on its way, settled, or unanswered any more."""
    open_rows = "SELECT COUNT(*) FROM inbox WHERE settled_at IS NULL OR answered_at IS NULL"
    async with asyncio.timeout(120):  # longer than a slow machine needs
        while len(world.updates) or (await rows(database, open_rows))[0][0]:
            await asyncio.sleep(0.1)


async def check(world: World, database: Database, crowd: list[Person], deeds: Deeds, shown: dict[int, str]) -> None:
    """Every deed stands in the journal once (in its order, where there is one), and everybody sees how things are."""
    numbers = await numbers_of(database, crowd)
    journal: dict[tuple[int, str], list[str]] = defaultdict(list)
    happened = (
        "SELECT actor_id, event, json_extract(details, '$.how') FROM journal WHERE actor_id IS NOT NULL ORDER BY id"
    )
    for actor, event, how in await rows(database, happened):
        group, _, verb = event.partition(".")
        journal[actor, event if group == "person" else group].append(how if event == "person.notify" else verb)
    for person in crowd:
        mine = numbers[person.id]
        assert sorted(journal[mine, "person.notify"]) == sorted(deeds.notified[person.id])
        assert journal[mine, "issue"] == deeds.followed[person.id]
        # one line stands there since the person was made
        assert len(journal[mine, "person.settled"]) == 1 + deeds.moved[person.id]
        latest = max(world.from_bot(person.id), key=lambda post: post.version)
        assert shown[person.id] in latest.text, person.id
    if any(deeds.followed.values()):
        assert [journal[numbers[p.id], "person.notify"] for p in crowd] == [deeds.notified[p.id] for p in crowd]
    followed = {numbers[p.id] for p in crowd if deeds.followed[p.id][-1:] == ["followed"]}
    kept = await rows(database, "SELECT person_id FROM followings WHERE issue_id = :i", i=ISSUE)
    assert {number for (number,) in kept} & set(numbers.values()) == followed
    assert await rows(database, "SELECT COUNT(*) FROM drafts") == [(0,)]
    fine, broken = await verify(database, key=None, head=None, tell=lambda _: None)
    assert (broken, len(fine)) == ([], 1)  # the chain is whole, and nothing stands outside of it


def ways(world: World, person: Person) -> list[str]:
    """What the buttons under the bot's last message mean."""
    return [button["callback_data"] for row in world.last(person.id).buttons for button in row]


async def killed(folder: Path, *, kills: int, size: int, pause: float, webhook: bool = False, seed: int = 1) -> None:
    """The crowd acts without a rest while the bot is killed and started so many times."""
    dice, deeds = random.Random(seed), Deeds()
    async with a_village(folder, size) as (world, url, database, crowd):
        port = free_port()
        hook = (
            {"webhook_url": f"http://127.0.0.1:{port}", "webhook_secret": "a-secret-of-the-webhook"} if webhook else {}
        )
        async with Process(folder, url, world.token, http_port=port, **hook) as bot:
            busy = True

            async def live() -> None:
                while busy:
                    await act(world, crowd, deeds, dice, ordered=not webhook)
                    await asyncio.sleep(pause * dice.random())

            life = asyncio.create_task(live())
            for _ in range(kills):
                await bot.start()
                calls, until = world.calls, time.monotonic() + 0.2 + dice.random()
                await world.until(lambda: world.calls > calls, within=20)  # noqa: B023  it does answer
                await asyncio.sleep(max(0.0, until - time.monotonic()))
                await bot.kill()
            busy = False
            await life
            shown = await last_words(world, crowd, deeds)
            await bot.start()
            await all_is_told(world, database)
            assert await bot.stop() == 0
            assert "crash" not in bot.log
            assert world.token not in bot.log
        await check(world, database, crowd, deeds, shown)
        assert sum(map(len, deeds.notified.values())) > size


async def test_killed_twice_while_thirty_people_act(tmp_path: Path) -> None:
    await killed(tmp_path, kills=2, size=30, pause=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_killed_twenty_times_while_a_hundred_people_act(tmp_path: Path, webhook: bool) -> None:
    await killed(tmp_path, kills=20, size=100, pause=0.01, webhook=webhook, seed=20 + webhook)


async def test_killed_after_the_commit_and_before_the_answer_the_person_is_shown_how_things_stand(
    tmp_path: Path,
) -> None:
    async with a_village(tmp_path, 2) as (world, url, database, [aisha, beksultan]):
        async with Process(tmp_path, url, world.token, http_port=free_port()) as bot:
            await bot.start()
            for method in ("sendMessage", "editMessageText", "answerCallbackQuery"):
                world.faults.add(Fault(Kind.SLOW, method=method, seconds=60, times=9))
            await people.press(world, aisha, aisha.id, world.from_bot(aisha.id)[0].id, f"if:{ISSUE}", stale=True)
            await people.press(world, beksultan, beksultan.id, world.from_bot(beksultan.id)[0].id, "mv", stale=True)
            settled = "SELECT COUNT(*) FROM inbox WHERE settled_at IS NOT NULL AND answered_at IS NULL"
            async with asyncio.timeout(20):
                while await rows(database, settled) != [(2,)]:
                    await asyncio.sleep(0.05)
            await bot.kill()
            world.faults.clear()
            assert [len(world.from_bot(person.id)) for person in (aisha, beksultan)] == [1, 1]
            await bot.start()
            await all_is_told(world, database)
            assert f"iu:{ISSUE}" in ways(world, aisha)  # the card as it is now: followed
            assert any(way.endswith(f":village:{VILLAGE}") for way in ways(world, beksultan))  # the question that waits
            await people.write(world, beksultan, beksultan.id, str(VILLAGE))
            await all_is_told(world, database)
        followed = "SELECT COUNT(*) FROM journal WHERE event = 'issue.followed' AND object_id = :i"
        number = (await numbers_of(database, [aisha]))[aisha.id]
        assert await rows(database, f"{followed} AND actor_id = :n", i=ISSUE, n=number) == [(1,)]
        assert await rows(database, "SELECT COUNT(*) FROM drafts") == [(0,)]


async def test_killed_while_a_photo_is_fetched_it_is_fetched_again_and_kept_once(tmp_path: Path) -> None:
    async with a_village(tmp_path, 0) as (world, url, database, _):
        cholpon = world.person("cholpon")
        old = world.post(world.chat(cholpon.id), {"from": world.bot.user(), "text": "…"}, by_bot=True)

        def fetched() -> int:
            return sum(call.method == "getFile" for call in world.outbox)

        async with Process(tmp_path, url, world.token, http_port=free_port()) as bot:
            await bot.start()
            await people.press(world, cholpon, cholpon.id, old.id, f"kd:{ISSUE}", stale=True)
            for words in ("Суу түтүгү алмашууда", "-", "-"):
                await people.write(world, cholpon, cholpon.id, words)
            await all_is_told(world, database)
            world.faults.add(Fault(Kind.SLOW, method=DOWNLOAD, seconds=60))
            await people.photo(world, cholpon, attachments.photo())
            await world.until(lambda: fetched() == 1, within=10)
            await asyncio.sleep(0.2)
            await bot.kill()
            assert await rows(database, "SELECT COUNT(*) FROM files") == [(0,)]
            await bot.start()
            await all_is_told(world, database)
            assert fetched() == 2
            assert await bot.stop() == 0
            assert "crash" not in bot.log
            assert world.token not in bot.log
        assert await rows(database, "SELECT COUNT(*) FROM files") == [(1,)]
        assert any(way.startswith("as:") for way in ways(world, cholpon))  # every answer, ready to be sent
