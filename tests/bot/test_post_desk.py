"""What administrators see of the timetable and the post, what it costs, and what becomes of letters after `kill -9`."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from civic.people import Role
from handlers.table import table
from sandbox import people
from sandbox.chats import Person
from sandbox.faults import Fault, Kind
from scheduler.timetable import TIMETABLE, Job
from storage.broadcasts import Broadcast, Going
from storage.database import Database
from storage.municipalities import find_by_key
from storage.outbox import Letter, Outcome
from storage.people import Account
from tests.bot.crowd import a_crowd, appointed, numbers_of, pour, pressed, refused, rows, said, to
from tests.bot.process import Process
from tests.bot.test_killed import a_village
from tests.conversations.stage import Stage, free_port

NOT_THERE, DECIDED = "мындай нерсе жок", "Бул боюнча чечим чыгып калды"


async def an_admin(stage: Stage, *, first: int = 6_001, home: str = "ak-bulak") -> Person:
    """Somebody who may set up that municipality."""
    [person] = await a_crowd(stage.bot.database, stage.world, 1, first=first, key=home)
    await appointed(stage.bot.database, person, Role.ADMIN, home)
    return person


async def written(db: AsyncSession, reader: int, count: int, *, home: str = "ak-bulak", **more: Any) -> list[int]:
    """Letters of one broadcast to that person, each like that; gives their numbers."""
    found = await find_by_key(db, home)
    account = await db.scalar(select(Account.id).where(Account.person_id == reader))
    assert found is not None
    moment = more.pop("moment")
    begun = Broadcast(
        municipality_id=found.id,
        key="accounts-joined",
        arguments={},
        audience={},
        going=Going.WRITTEN,
        posted_at=moment,
        not_before=moment,
    )
    db.add(begun)
    await db.flush()
    letters = [
        Letter(
            once=f"{home}:{begun.id}:{number}",
            municipality_id=found.id,
            person_id=reader,
            key="accounts-joined",
            arguments={"joined": account},
            posted_at=moment,
            not_before=moment,
            broadcast_id=begun.id,
            **more,
        )
        for number in range(count)
    ]
    db.add_all(letters)
    await db.flush()
    return [letter.id for letter in letters]


async def in_doubt(stage: Stage, reader: Person, count: int, *, home: str = "ak-bulak") -> list[int]:
    """Letters to that person of which nobody knows whether they went out."""
    number = (await numbers_of(stage.bot.database, [reader]))[reader.id]
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        return await written(db, number, count, home=home, moment=now, outcome=Outcome.IN_DOUBT, done_at=now)


async def became(database: Database) -> list[tuple[str | None, str]]:
    """What became of every letter, in their order."""
    found = await rows(database, "SELECT outcome, reason FROM outbox WHERE key = 'accounts-joined' ORDER BY id")
    return [(outcome, reason) for outcome, reason in found]


async def test_every_screen_is_shown_within_its_declared_cost(two_homes: Stage) -> None:
    stage = two_homes
    admin = await an_admin(stage)
    [reader] = await a_crowd(stage.bot.database, stage.world, 1, first=6_101, key="ak-bulak")
    letters = await in_doubt(stage, reader, 10)
    ways = ["y", "yt:0", "yt:1", *(f"yo:{job.key}" for job in TIMETABLE), "yw", "yf", "yd:0", "yd:1", "t", "u"]
    ways += [f"ydo:{letters[0]}", "yds:1", "yds:0", f"yds:1:{letters[0]}", f"yds:0:{letters[0]}"]
    await pour(stage, [pressed(admin, way) for way in ways])
    assert {outcome for outcome, _ in await became(stage.bot.database)} == {"in-doubt"}
    last = [f"ydx:1:{letters[0]}:0", f"ydx:0:{letters[1]}:0", f"ydx:1:0:{letters[4]}", f"ydx:0:0:{letters[-1]}"]
    await pour(stage, [pressed(admin, way) for way in last])
    await stage.settled()
    spent = stage.bot.turns.spent
    declared = {kind.code: route.statements for kind, route in table.presses.items() if kind.code in spent}
    assert {code: (spent[code], most) for code, most in declared.items() if spent[code] > most} == {}
    assert refused(stage.calls(0)) == []
    left = ("in-doubt", "left")
    assert await became(stage.bot.database) == [("sent", ""), left, *[("sent", "")] * 3, *[left] * 5]


async def test_two_taps_send_once_and_the_second_is_told_so(stage: Stage) -> None:
    admin = await an_admin(stage)
    [reader] = await a_crowd(stage.bot.database, stage.world, 1, first=6_101, key="ak-bulak")
    letters = await in_doubt(stage, reader, 3)
    since = stage.world.calls
    for way in (f"ydx:1:0:{letters[-1]}", f"ydx:1:{letters[0]}:0"):
        await pour(stage, [pressed(admin, way), pressed(admin, way)])
        await stage.settled()
    alerts = [str(call.params.get("text")) for call in stage.calls(since) if call.method == "answerCallbackQuery"]
    assert sum(DECIDED in words for words in alerts) == 3
    assert len([call for call in to(stage.calls(since), reader) if call.status == 200]) == 3


async def test_another_municipalitys_letters_are_neither_seen_nor_sent(two_homes: Stage) -> None:
    stage = two_homes
    ours, theirs = await an_admin(stage), await an_admin(stage, first=6_201, home="kok-jar")
    [reader] = await a_crowd(stage.bot.database, stage.world, 1, first=6_301, key="kok-jar")
    letters = await in_doubt(stage, reader, 2, home="kok-jar")
    since = stage.world.calls
    tried = [f"ydo:{letters[0]}", f"yds:1:{letters[0]}", f"ydx:1:{letters[0]}:0", f"ydx:0:{letters[0]}:0"]
    await pour(stage, [pressed(ours, way) for way in (*tried, f"ydx:1:0:{letters[1]}", "yd")])
    texts = said(to(stage.calls(since), ours))
    assert sum(NOT_THERE in words for words in texts) == len(tried)
    assert any("Күмөндүү кат жок" in words for words in texts)
    assert {outcome for outcome, _ in await became(stage.bot.database)} == {"in-doubt"}
    since = stage.world.calls
    await pour(stage, [pressed(theirs, "yd")])
    assert any("Күмөндүү каттар: 2" in words for words in said(to(stage.calls(since), theirs)))


async def test_a_fault_is_shown_by_its_kind_without_a_word_of_it_and_the_next_run_goes_on(stage: Stage) -> None:
    admin, clockwork = await an_admin(stage), stage.bot.clockwork

    async def fails(_: AsyncSession, __: Any) -> int:
        raise TimeoutError("Aigul, +996 700 000 101")

    async def does(_: AsyncSession, __: Any) -> int:
        return 4

    async def shown(way: str) -> str:
        since = stage.world.calls
        await pour(stage, [pressed(admin, way)])
        return "\n".join(said(to(stage.calls(since), admin)))

    async def buttons(way: str) -> str:
        since = stage.world.calls
        await pour(stage, [pressed(admin, way)])
        return str([call.params for call in to(stage.calls(since), admin)])

    every = timedelta(minutes=5)
    for _ in range(2):
        await clockwork.run(Job("send-digests", every, fails, "to see what is shown"))
    assert "Жакшы жүрбөгөнү: 1" in await shown("yt")
    card = await shown("yo:send-digests")
    assert "өтө көп убакыт кетти (TimeoutError). Катары менен 2 жолу болду" in card
    assert "Aigul" not in card
    assert "996" not in card
    assert "Иш тартиби, почта · 1" in await buttons("t")
    await clockwork.run(Job("send-digests", every, does, "to see what is shown"))
    card = await shown("yo:send-digests")
    assert "✓ Жайында" in card
    assert "Кылганы: 4" in card
    assert "TimeoutError" not in card


@pytest.mark.parametrize("job", TIMETABLE, ids=lambda job: job.key)
async def test_a_rhythm_is_told_in_one_unit(job: Job) -> None:
    assert job.every.total_seconds() % 1 == 0
    seconds = int(job.every.total_seconds())
    assert any(seconds % size == 0 and seconds // size <= 30 for size in (86_400, 3_600, 60, 1))


async def test_killed_in_the_middle_a_reminder_goes_out_again_and_a_broadcast_waits_for_staff(tmp_path: Path) -> None:
    """The rule of decision 0022 with a real `kill -9`; then an administrator sends what is in doubt again."""
    async with a_village(tmp_path, 2) as (world, url, database, [aisha, beksultan]):
        numbers = await numbers_of(database, [aisha, beksultan])
        gulnara = world.person("gulnara")
        world.post(world.chat(gulnara.id), {"from": world.bot.user(), "text": "…"}, by_bot=True)
        async with database.transaction() as db:
            moment = world.clock.now() - timedelta(minutes=1)
            [reminder] = await written(db, numbers[aisha.id], 1, moment=moment)
            await db.execute(update(Letter).where(Letter.id == reminder).values(broadcast_id=None))
            [broadcast] = await written(db, numbers[beksultan.id], 1, moment=moment)
        await database.close()  # in SQLite the bot is alone
        async with Process(tmp_path, url, world.token, http_port=free_port()) as bot:
            world.faults.add(Fault(Kind.SLOW, method="sendMessage", seconds=60, times=9))
            await bot.start()
            in_hand = "SELECT COUNT(*) FROM outbox WHERE lease_until IS NOT NULL AND key = 'accounts-joined'"
            async with asyncio.timeout(20):
                while await rows(database, in_hand) != [(2,)]:
                    await asyncio.sleep(0.05)
            await bot.kill()
            world.faults.clear()
            before = {who.id: len(world.from_bot(who.id)) for who in (aisha, beksultan)}
            await bot.start()
            await world.until(lambda: len(world.from_bot(aisha.id)) > before[aisha.id], within=20)
            became_of = f"SELECT id, outcome FROM outbox WHERE id IN ({reminder}, {broadcast}) ORDER BY id"
            assert dict(await rows(database, became_of))[broadcast] == "in-doubt"
            assert len(world.from_bot(beksultan.id)) == before[beksultan.id]
            old = world.from_bot(gulnara.id)[0].id
            await people.press(world, gulnara, gulnara.id, old, f"ydx:1:{broadcast}:0", stale=True)
            await world.until(lambda: len(world.from_bot(beksultan.id)) > before[beksultan.id], within=20)
            assert await bot.stop() == 0
            assert dict(await rows(database, became_of)) == {reminder: "sent", broadcast: "sent"}
            assert "crash" not in bot.log
        assert len(world.from_bot(aisha.id)) == before[aisha.id] + 1
