"""Has each municipality its own number, where it wants one, and does everybody hear from the number they write to?"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from actions import outbox
from bot.app import words
from bot.postman import Postman
from bot.settings import WrongSetting
from bot.whatsapp.deliver import WhatsAppDoor
from bot.whatsapp.graph import client
from bot.whatsapp.start import open_whatsapp
from bot.whatsapp.updates import Status, split_up
from handlers.ways import Menu
from sandbox.graphapi import people
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter, Outcome
from storage.people import Messenger, accounts_of
from talk.routes import Table
from talk.screen import Screen
from talk.turn import Heard, Links
from tests.bot.conftest import Prepared
from tests.bot.crowd import a_crowd, refused, rows
from tests.bot.whatsapp.bodies import PHONE, USER, body, change, status, text
from tests.bot.whatsapp.graph import NUMBER, PHONE_ID, TOKEN, TOWN_ID, TOWN_NUMBER, Graph
from tests.bot.whatsapp.test_start import set_up
from tests.bot.whatsapp.test_token import Clock, routes
from tests.cast import VAULT, a_resident
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import Stage, on_stage

NUMBERS = {PHONE_ID: "", TOWN_ID: "kok-jar"}
TOWN = {"phone_number_id": TOWN_ID, "display_phone_number": TOWN_NUMBER}
ASKED = Heard(text="суу", message="wamid.IN")
SCREEN = Screen(title="Тема")
WHERE = (
    "SELECT m.key, a.via FROM accounts a JOIN people p ON p.id = a.person_id "
    "LEFT JOIN municipalities m ON m.id = p.municipality_id WHERE a.address = :address"
)


# --- a bot with two numbers ---


class TwoNumbers(WhatsAppStage):
    """The bot of an aimak and a town, by a number that all share and by the town's own."""

    def more_settings(self) -> dict[str, Any]:
        """WhatsApp with both numbers."""
        meta = self.world.whatsapp
        meta.add_number(TOWN_ID, TOWN_NUMBER)
        return {**super().more_settings(), "whatsapp_phone_id": f"{meta.phone_id},{TOWN_ID}:kok-jar"}

    def turn_to_the_town(self, who: str) -> None:
        """Somebody writes to the town's own number from now on."""
        people.turn_to(self.world, self.world.person(who), TOWN_ID)

    def said(self, who: str) -> list[tuple[str, str]]:
        """What somebody was told, each with the number by which it came; empty for the shared one."""
        return [(m.via, f"{m.text} {m.buttons} {m.rows}") for m in self.world.whatsapp.from_bot(who)]

    async def where(self, who: str) -> tuple[Any, ...]:
        """To which municipality somebody belongs, and to which number they wrote last."""
        [found] = await rows(self.bot.database, WHERE, address=self.world.whatsapp.phone(who).user_id)
        return tuple(found)


@pytest.fixture
async def stage(tmp_path: Path, prepared: Prepared) -> AsyncIterator[TwoNumbers]:
    """The cast is known in Telegram only."""
    prepared(("aimak", "city"), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=TwoNumbers) as opened:
        assert isinstance(opened, TwoNumbers)
        yield opened


async def test_a_newcomer_at_a_municipalitys_own_number_belongs_to_it_and_sees_nothing_of_the_others(
    stage: TwoNumbers,
) -> None:
    stage.turn_to_the_town("bakyt")
    await stage.write("bakyt", "Салам")
    assert await stage.where("bakyt") == ("kok-jar", TOWN_ID)
    await stage.write("bakyt", "Кыргызча")
    await stage.write("bakyt", "1")  # a microdistrict is asked for at once, and no municipality
    await stage.write("bakyt", "Ооба, макулмун")
    for words_ in ("Меню", "суу", "жол"):
        await stage.write("bakyt", words_)
    told = stage.said("bakyt")
    assert len(told) >= 6
    assert {via for via, _ in told} == {TOWN_ID}
    shown = "\n".join(words_ for _, words_ in told)
    assert "Көк-Жар" in shown
    assert "Ак-Булак" not in shown
    assert await stage.where("bakyt") == ("kok-jar", TOWN_ID)
    assert refused(stage.calls(stage.begun)) == []


async def test_a_newcomer_at_the_number_that_all_share_is_asked_where_they_live(stage: TwoNumbers) -> None:
    await stage.write("bakyt", "Салам")
    assert await stage.where("bakyt") == (None, stage.world.whatsapp.phone_id)
    await stage.write("bakyt", "Кыргызча")
    via, shown = stage.said("bakyt")[-1]
    assert via == ""
    assert "Ак-Булак" in shown
    assert "Көк-Жар" in shown
    # the town's number says where they belong as long as they have not
    stage.turn_to_the_town("bakyt")
    await stage.write("bakyt", "Меню")
    assert await stage.where("bakyt") == ("kok-jar", TOWN_ID)


async def test_whoever_belongs_elsewhere_is_answered_by_the_number_they_write_to_and_stays_where_they_are(
    stage: TwoNumbers,
) -> None:
    await stage.write("bakyt", "Салам")
    for words_ in ("Кыргызча", "Ак-Булак айыл аймагы", "1", "Ооба, макулмун"):
        await stage.write("bakyt", words_)
    assert await stage.where("bakyt") == ("ak-bulak", stage.world.whatsapp.phone_id)
    before = len(stage.said("bakyt"))
    stage.turn_to_the_town("bakyt")
    await stage.write("bakyt", "Меню")
    told = stage.said("bakyt")[before:]
    assert {via for via, _ in told} == {TOWN_ID}
    assert "Ак-Булак" in told[0][1]
    assert await stage.where("bakyt") == ("ak-bulak", TOWN_ID)


async def test_which_number_somebody_wrote_to_is_known_after_a_new_start(stage: TwoNumbers) -> None:
    stage.turn_to_the_town("bakyt")
    await stage.write("bakyt", "Салам")
    await stage.restart()
    await people.write(stage.world, stage.world.person("bakyt"), "Кыргызча")
    await stage.settled()
    assert {via for via, _ in stage.said("bakyt")} == {TOWN_ID}


async def test_who_blocked_one_number_and_writes_to_another_is_still_there(stage: TwoNumbers) -> None:
    stage.turn_to_the_town("bakyt")
    await stage.write("bakyt", "Салам")
    address = stage.world.whatsapp.phone("bakyt").user_id
    stopped = "SELECT stopped_at IS NOT NULL FROM accounts WHERE address = :address"
    for via, gone in ((PHONE_ID, 0), (TOWN_ID, 1)):
        await stage.bot.turns.gone("whatsapp", address, via)
        assert await rows(stage.bot.database, stopped, address=address) == [(gone,)]


async def test_links_lead_to_the_municipalitys_own_number(stage: TwoNumbers) -> None:
    [townsman] = await a_crowd(stage.bot.database, stage.world, 1, key="kok-jar")
    for who, number in ((str(townsman.username), TOWN_NUMBER), ("bakyt", stage.world.whatsapp.number)):
        await Stage.write(stage, who, "/me")
        await Stage.tap(stage, who, "Экинчи мессенджер")
        shown = "\n".join(post.text for post in stage.world.from_bot(stage.world.person(who).id))
        assert f"https://wa.me/{number}?text=" in shown
        assert shown.count("https://wa.me/") == 1


async def test_the_public_page_of_a_municipality_shows_its_own_number(stage: TwoNumbers) -> None:
    shared = stage.world.whatsapp.number
    async with aiohttp.ClientSession() as http:
        for key, right, wrong in (("kok-jar", TOWN_NUMBER, shared), ("ak-bulak", shared, TOWN_NUMBER)):
            async with http.get(f"{stage.settings.webhook_url}/{key}/") as answer:
                page = await answer.text()
            assert f"https://wa.me/{right}?text=Ashar" in page
            assert wrong not in page


async def test_a_key_of_no_municipality_is_said_and_stops_nothing(
    tmp_path: Path, prepared: Prepared, caplog: pytest.LogCaptureFixture
) -> None:
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=TwoNumbers) as opened:
        assert isinstance(opened, TwoNumbers)
        assert "there is no municipality «kok-jar» (yet)" in caplog.text
        opened.turn_to_the_town("aigul")
        await opened.write("aigul", "Салам")
        assert await opened.where("aigul") == ("ak-bulak", TOWN_ID)  # the only one there is


# --- what comes in ---


def test_what_comes_to_each_of_our_numbers_is_taken_and_nothing_of_others(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    told = body(
        change(text("1", "бир")),
        change(text("2", "эки"), metadata=TOWN),
        change(text("3", "үч"), metadata={"phone_number_id": "999999999999999"}),
        change(text("4", "төрт"), metadata={}),
    )
    door = WhatsAppDoor(client(TOKEN, PHONE_ID, "http://127.0.0.1:9")[0], Links(NUMBER), numbers=NUMBERS)
    taken, _ = split_up(told, NUMBERS)
    assert [(number, door.via(payload)) for number, _, payload in taken] == [
        ("wamid.1", PHONE_ID),
        ("wamid.2", TOWN_ID),
    ]
    assert [door.home_of(door.via(payload)) for _, _, payload in taken] == ["", "kok-jar"]
    assert caplog.text.count("news of another number") == 2


def test_a_status_says_which_number_had_sent_the_message() -> None:
    told = status("failed", 131026)
    told["value"]["metadata"] = TOWN
    assert split_up(body(told), NUMBERS)[1] == [
        Status("wamid.OUT", USER, "failed", 131026, True, TOWN_ID, datetime(2025, 6, 18, 16, 22, 53, tzinfo=UTC))
    ]


# --- what goes out ---


async def test_answers_signs_of_life_and_files_leave_by_the_number_that_was_written_to(graph: Graph) -> None:
    api, session = client(TOKEN, PHONE_ID, graph.url)
    async with session:
        door = WhatsAppDoor(api, Links(NUMBER), graph=graph.url, numbers=NUMBERS)
        for via in (TOWN_ID, PHONE_ID, None, "106540352242000"):  # the last is ours no more
            assert await door.show(USER, ASKED, SCREEN, via) == "sent"
        assert graph.sent_by == [TOWN_ID, PHONE_ID, PHONE_ID, PHONE_ID]
        [(_, _, payload)], _ = split_up(body(change(text("IN", "Салам"), metadata=TOWN)))
        door.hear(payload)
        await door.sign_of_life(USER)
        assert graph.asked[-1].endswith(f"/{TOWN_ID}/messages")
        await door.tell(PHONE, "сөз")
        assert graph.sent_by[-1] == PHONE_ID


async def test_a_number_that_is_shared_is_the_way_for_whoever_has_none_wherever_it_stands(graph: Graph) -> None:
    api, session = client(TOKEN, TOWN_ID, graph.url)
    async with session:
        door = WhatsAppDoor(api, Links(NUMBER), graph=graph.url, numbers={TOWN_ID: "kok-jar", PHONE_ID: ""})
        await door.show(USER, Heard(), SCREEN)
    assert graph.sent_by == [PHONE_ID]


@pytest.mark.parametrize("via", [None, PHONE_ID, TOWN_ID])
async def test_a_letter_leaves_by_the_number_the_person_wrote_to_last(
    database: Database, home: Municipality, now: datetime, graph: Graph, via: str | None
) -> None:
    async with database.transaction() as db:
        resident = await a_resident(db, home, now)
        [account] = await accounts_of(db, resident.id)
        account.messenger, account.address, account.via = Messenger.WHATSAPP, USER, via
        account.seen_at = now
        await outbox.post(db, [resident], "accounts-joined", once="x", municipality=home.id, now=now)
    api, session = client(TOKEN, PHONE_ID, graph.url)
    async with session:
        door = WhatsAppDoor(api, Links(NUMBER), graph=graph.url, numbers=NUMBERS)
        postman = Postman(database, Table(routes, home=Menu()), words(), VAULT, Clock(now), {"whatsapp": door})
        run = asyncio.create_task(postman.run())
        await postman.idle()
        run.cancel()
    async with database.transaction() as db:
        assert (await db.scalars(select(Letter))).one().outcome == Outcome.SENT
    assert graph.sent_by == [via or PHONE_ID]


async def test_each_number_has_a_pace_of_its_own(graph: Graph) -> None:
    api, session = client(TOKEN, PHONE_ID, graph.url)

    async def how_long(*numbers: str) -> float:
        door = WhatsAppDoor(api, Links(NUMBER), graph=graph.url, numbers=NUMBERS, number_rate=(20, 5))
        before = time.monotonic()
        await asyncio.gather(*(door.show(f"KG.{n}", ASKED, SCREEN, via) for n, via in enumerate(numbers)))
        return time.monotonic() - before

    async with session:
        assert await how_long(*[PHONE_ID] * 20) >= 15 / 20 - 0.01
        assert await how_long(*[PHONE_ID, TOWN_ID] * 10) < 15 / 20 - 0.1


# --- at the start ---


async def test_one_number_that_is_refused_is_named_and_the_others_go_on(
    graph: Graph, caplog: pytest.LogCaptureFixture
) -> None:
    graph.unknown = {TOWN_ID}
    settings = set_up(graph, whatsapp_phone_id=f"{PHONE_ID},{TOWN_ID}:kok-jar")
    async with open_whatsapp(settings) as whatsapp:
        assert whatsapp.telephones == (NUMBER,)
        assert whatsapp.own_links == {}
        await whatsapp.set_webhook("https://ashar.example.kg/whatsapp/webhook")
    said = "the number of «kok-jar», at place 2 in WHATSAPP_PHONE_ID"
    assert caplog.text.count(said) == 2
    assert "WhatsApp knows no such number" in caplog.text
    assert graph.hooks == [(PHONE_ID, "https://ashar.example.kg/whatsapp/webhook")]


async def test_when_no_number_answers_the_bot_does_not_start(graph: Graph) -> None:
    graph.unknown = {PHONE_ID, TOWN_ID}
    with pytest.raises(WrongSetting, match="WHATSAPP_PHONE_ID: WhatsApp knows no such number"):
        async with open_whatsapp(set_up(graph, whatsapp_phone_id=f"{PHONE_ID},{TOWN_ID}:kok-jar")):
            pass


async def test_every_number_asks_meta_for_its_news_and_has_its_own_links(graph: Graph) -> None:
    async with open_whatsapp(set_up(graph, whatsapp_phone_id=f"{TOWN_ID}:kok-jar,{PHONE_ID}")) as whatsapp:
        await whatsapp.set_webhook("https://ashar.example.kg/w")
        assert [number for number, _ in graph.hooks] == [TOWN_ID, PHONE_ID]
        assert whatsapp.door.links.deep("i1") == f"https://wa.me/{NUMBER}?text=Ashar%20i1"
        assert whatsapp.own_links["kok-jar"].deep("i1") == f"https://wa.me/{TOWN_NUMBER}?text=Ashar%20i1"
        assert whatsapp.telephones == (TOWN_NUMBER, NUMBER)
