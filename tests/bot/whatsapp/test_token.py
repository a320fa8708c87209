"""While WhatsApp refuses our token, does every letter and every answer wait, instead of being lost?"""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions import outbox, people
from bot import fetching
from bot.app import words
from bot.noting import LATER, MOST_TRIES
from bot.postman import Postman
from bot.showing import Showing, Taken
from bot.whatsapp import fetch
from bot.whatsapp.deliver import WhatsAppDoor
from bot.whatsapp.graph import client
from civic.refusals import Reason
from handlers.ways import Menu
from sandbox.faults import Fault, Kind
from sandbox.graphapi import people as acts
from storage import inbox
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter, Outcome
from storage.people import Messenger, accounts_of
from talk.routes import Routes, Table
from talk.screen import Screen
from talk.turn import Heard, Links, Turn
from tests.attachments import photo
from tests.bot.whatsapp.bodies import USER
from tests.bot.whatsapp.graph import NUMBER, PHONE_ID, TOKEN, Graph
from tests.cast import VAULT, a_resident
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import on_stage

routes = Routes()


@routes.letter("accounts-joined")
async def greeting(_turn: Turn, _told: dict[str, Any]) -> Screen | None:
    """A letter that is always true."""
    return Screen(text="Салам")


class Clock:
    """A clock that is turned by hand."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        """The present moment."""
        return self.time


async def test_a_letter_waits_as_long_as_the_token_is_refused(
    database: Database, home: Municipality, now: datetime, graph: Graph
) -> None:
    clock = Clock(now)
    async with database.transaction() as db:
        resident = await a_resident(db, home, now)
        [account] = await accounts_of(db, resident.id)
        account.messenger, account.address = Messenger.WHATSAPP, USER
        account.seen_at = now
        await outbox.post(db, [resident], "accounts-joined", once="x", municipality=home.id, now=now)
    api, session = client(TOKEN, PHONE_ID, graph.url)
    async with session:
        door = WhatsAppDoor(api, Links(NUMBER), graph=graph.url, pause=0.0005)
        postman = Postman(database, Table(routes, home=Menu()), words(), VAULT, clock, {"whatsapp": door})
        run = asyncio.create_task(postman.run())
        graph.tokens = {"another"}
        for _ in range(MOST_TRIES + 2):
            await postman.idle()
            clock.time += LATER
        graph.tokens.add(TOKEN)
        await postman.idle()
        run.cancel()
    async with database.transaction() as db:
        letter = (await db.scalars(select(Letter))).one()
        assert (letter.outcome, letter.tries) == (Outcome.SENT, 1)
    assert len(graph.sent) == 1


async def test_what_could_not_be_shown_stays_unanswered_for_the_next_start(
    database: Database, now: datetime, graph: Graph
) -> None:
    graph.tokens = {"another"}
    row = {"messenger": "whatsapp", "number": "wamid.1", "address": USER, "payload": "{}", "arrived_at": now}
    async with database.transaction() as db:
        await inbox.put(db, [row])
        people.arrive(db, Messenger.WHATSAPP, USER, now, None)
    async with database.transaction() as db:
        [waiting] = await inbox.waiting(db, limit=1)
        await inbox.settle(db, [{"row": waiting.id, "when": now, "screen": None, "done": None}])
    api, session = client(TOKEN, PHONE_ID, graph.url)
    async with session:
        door = WhatsAppDoor(api, Links(NUMBER), graph=graph.url, pause=0.0005)
        showing = Showing(database, Clock(now), {"whatsapp": door}, asyncio.Event())
        showing.soon(Taken(waiting, Heard(), Screen(text="Мына")))
        await showing.finish()
        async with database.transaction() as db:
            assert len(await inbox.unanswered(db, before=now + timedelta(seconds=1), limit=9)) == 1
        graph.tokens.add(TOKEN)
        showing.soon(Taken(waiting, Heard(), Screen(text="Мына")))
        await showing.finish()
    async with database.transaction() as db:
        assert list(await inbox.unanswered(db, before=now + timedelta(seconds=1), limit=9)) == []


@pytest.mark.parametrize("trouble", ["expired", "locked", "down"])
async def test_a_photo_waits_until_whatsapp_gives_it_and_the_admins_are_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(fetching, "AGAIN_IN", 0.05)
    monkeypatch.setattr(fetch, "TRIES", 1)
    real, tries = fetch.fetch, []

    async def counted(*asked: Any, **how: Any) -> bytes | Reason:
        tries.append(asked)
        return await real(*asked, **how)

    monkeypatch.setattr("bot.whatsapp.deliver.fetch", counted)
    async with on_stage(tmp_path, NOW, kind=WhatsAppStage) as stage:
        cholpon, admin = stage.world.person("cholpon"), stage.world.person("gulnara")
        await stage.write("cholpon", "/menu")
        await stage.forge("cholpon", "kd:3")
        await stage.write("cholpon", "Кудукту тазалап жатабыз.")
        for _ in range(2):
            await stage.tap("cholpon", "Өткөрүп жиберүү")
        before, told = len(stage.words_for("cholpon")), len(stage.world.from_bot(admin.id))
        whatsapp, faults = stage.world.whatsapp, stage.world.faults
        whatsapp.expired = trouble == "expired"
        if trouble != "expired":
            kind = Kind.ACCOUNT_LOCKED if trouble == "locked" else Kind.SERVER_ERROR
            faults.add(Fault(kind, method="whatsapp", times=1_000))
        await acts.photo(stage.world, cholpon, photo(), name="кудук.jpg")
        async with asyncio.timeout(10):
            while len(tries) < 3:
                await asyncio.sleep(0.02)
        assert stage.words_for("cholpon")[before:] == []
        assert len(stage.world.from_bot(admin.id)) == told + (trouble != "down")
        whatsapp.expired = False
        faults.clear()
        await stage.settled()
    answer = stage.words_for("cholpon")[before:]
    assert len(answer) == 1
    assert "Жөнөтөрдөн мурун текшериңиз" in answer[0]
