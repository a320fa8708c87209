"""Killed, stopped before it answers, told everything twice: does the bot in WhatsApp do all once, and answer?"""

import asyncio
import random
from collections import defaultdict
from pathlib import Path

from sandbox.chats import Person
from sandbox.graphapi import people
from storage.database import Database
from storage.people import Messenger, accounts_of
from tests.bot.conftest import Prepared
from tests.bot.crowd import do, numbers_of, rows
from tests.bot.process import Process
from tests.bot.test_killed import HOW, LABEL, a_village, all_is_told
from tests.bot.test_lost_answers import LOST
from tests.bot.whatsapp.test_crowd import in_whatsapp
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import free_port, on_stage

NOTIFIED = (
    "SELECT actor_id, json_extract(details, '$.how') FROM journal"
    " WHERE event = 'person.notify' AND actor_id IS NOT NULL ORDER BY id"
)
WHATSAPP = "SELECT COUNT(*), COUNT(answered_at) FROM inbox WHERE messenger = 'whatsapp'"


async def journal_of(database: Database) -> dict[int, list[str]]:
    """What everybody chose, as the journal has it."""
    found = defaultdict(list)
    for actor, how in await rows(database, NOTIFIED):
        found[actor].append(how)
    return found


async def test_killed_again_and_again_every_press_counts_once_and_everybody_is_answered(tmp_path: Path) -> None:
    dice = random.Random(9)
    async with a_village(tmp_path, 6) as (world, url, database, crowd):
        whatsapp, port = world.whatsapp, free_port()
        known = await numbers_of(database, crowd)
        async with database.transaction() as db:
            for person in crowd:
                [account] = await accounts_of(db, known[person.id])
                account.messenger, account.address = Messenger.WHATSAPP, whatsapp.phone(person).user_id
        settings = {
            "whatsapp_token": whatsapp.token,
            "whatsapp_phone_id": whatsapp.phone_id,
            "whatsapp_app_secret": whatsapp.app_secret,
            "whatsapp_verify_token": whatsapp.verify_token,
            "whatsapp_api_url": url,
            "webhook_url": f"http://127.0.0.1:{port}",
            "webhook_secret": "a-secret-of-the-webhook",
            "http_port": port,
        }
        chose: dict[int, list[str]] = defaultdict(list)

        async def choose(person: Person, how: str) -> None:
            chose[known[person.id]].append(how)
            await people.press(world, person, whatsapp.from_bot(person)[0].id, f"mns:{how}", stale=True)

        async with Process(tmp_path, url, world.token, **settings) as bot:
            await bot.start()
            for person in crowd:
                await people.write(world, person, "/menu")
            await whatsapp.until(lambda: all(whatsapp.from_bot(person) for person in crowd), within=20)
            for _ in range(2):
                whatsapp.deliveries.duplicate = 5
                for _ in range(12):
                    await choose(dice.choice(crowd), dice.choice(HOW))
                    await asyncio.sleep(0.01)
                await bot.kill()
                await choose(dice.choice(crowd), dice.choice(HOW))  # while nobody listens
                await bot.start()
                whatsapp.deliveries.replay(12)
            await whatsapp.settled(within=60)
            for person, how in zip(crowd, HOW * 2, strict=False):
                await choose(person, how)
            await whatsapp.settled(within=60)
            await all_is_told(world, database)
            assert {actor: sorted(how) for actor, how in (await journal_of(database)).items()} == {
                actor: sorted(how) for actor, how in chose.items()
            }
            for person, how in zip(crowd, HOW * 2, strict=False):
                assert LABEL[how] in whatsapp.last(person).text, person.id


async def test_whoever_was_not_answered_before_the_bot_was_stopped_is_shown_how_things_stand(
    tmp_path: Path, prepared: Prepared
) -> None:
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=WhatsAppStage) as stage:
        await stage.write("bakyt", "суу")
        [answer] = stage.words_for("bakyt")
        await stage.bot.turns.finish()
        await do(stage.bot.database, LOST)
        await stage.restart()
        await stage.bot.turns.finish()
        assert stage.words_for("bakyt") == [answer] * 2
        assert await rows(stage.bot.database, WHATSAPP) == [(1, 1)]


async def test_what_comes_again_after_a_restart_changes_nothing_and_is_not_answered(
    tmp_path: Path, prepared: Prepared
) -> None:
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=WhatsAppStage) as stage:
        assert isinstance(stage, WhatsAppStage)
        [person] = await in_whatsapp(stage, 1)
        who = person.username or ""
        followed = "SELECT COUNT(*) FROM journal WHERE event = 'issue.followed'"
        [(others,)] = await rows(stage.bot.database, followed)
        stage.world.whatsapp.deliveries.duplicate = 2
        await stage.write(who, "/menu")
        await stage.forge(who, "if:3")
        before = len(stage.words_for(who)), await rows(stage.bot.database, followed)
        assert before == (2, [(others + 1,)])
        await stage.restart()
        stage.world.whatsapp.deliveries.replay(20)
        await stage.settled()
        assert (len(stage.words_for(who)), await rows(stage.bot.database, followed)) == before
