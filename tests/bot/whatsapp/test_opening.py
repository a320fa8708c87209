"""Does the bot start whatever WhatsApp says, does it open by itself, and does it run with WhatsApp alone?"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from actions import outbox
from bot.whatsapp import deliver, start
from sandbox.faults import Fault, Kind
from sandbox.graphapi import people
from storage.municipalities import find_by_key
from storage.people import Messenger, accounts_at
from tests.bot.conftest import Prepared
from tests.bot.crowd import a_neighbour, rows
from tests.bot.test_crashes import break_the_settings
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import Stage, on_stage

KEY = "resident-confirmed"  # a letter that everybody can get, essential
LETTER = f"SELECT outcome FROM outbox WHERE key = '{KEY}'"
TOKEN, UNREACHABLE, OPENED = "WHATSAPP_TOKEN", "WhatsApp менен байланыш жок", "WhatsApp ачылды"

REFUSED = "Бул иш сизге ачык эмес"


class Alone(WhatsAppStage):
    """WhatsApp alone; ADMIN_IDS name Gulnara by her telephone number."""

    admin = "whatsapp:{phone}"

    async def start(self) -> None:
        """Starts the bot without Telegram."""
        phone = self.world.whatsapp.phone("gulnara")
        named = (self.admin.format(phone=phone.wa_id, id=phone.user_id),)
        self.settings = self.settings.model_copy(update={"bot_token": None, "admin_ids": named})
        await super().start()


class AloneById(Alone):
    """ADMIN_IDS name Gulnara by her business-scoped id."""

    admin = "whatsapp:{id}"


async def becomes(true: Callable[[], Any]) -> None:
    """Waits until something is so."""
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.02)


async def has_a_letter(stage: WhatsAppStage, who: str) -> None:
    """The bot has a letter for somebody who uses WhatsApp, and the postman looks."""
    address = (Messenger.WHATSAPP, stage.world.whatsapp.phone(who).user_id)
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        person = (await accounts_at(db, [address]))[address].person
        person.municipality_id = home.id
        now = stage.world.clock.now()
        await outbox.post(db, [person], KEY, once=who, municipality=home.id, now=now, essential=True)
    await stage.bot.postman.idle()


async def refuses(stage: WhatsAppStage, trouble: str) -> None:
    """WhatsApp lets nobody in."""
    stage.world.whatsapp.expired = trouble == TOKEN
    if trouble != TOKEN:
        stage.world.faults.add(Fault(Kind.SERVER_ERROR, method="whatsapp", times=100_000))


async def lets_in(stage: WhatsAppStage) -> None:
    """WhatsApp is well again."""
    stage.world.whatsapp.expired = False
    stage.world.faults.clear()


@pytest.mark.parametrize("trouble", [TOKEN, UNREACHABLE])
async def test_a_whatsapp_that_lets_nobody_in_keeps_telegram_from_nothing_and_opens_later(
    tmp_path: Path, prepared: Prepared, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(start, "KNOCKS_EVERY", 0.05)
    monkeypatch.setattr(start, "PAUSES", (0, 0))
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=WhatsAppStage) as stage:
        assert isinstance(stage, WhatsAppStage)
        bakyt, admin = stage.world.person("bakyt"), stage.world.person("gulnara").id
        await Stage.write(stage, "gulnara", "/menu")
        await stage.write("bakyt", "/menu")
        before, told = len(stage.words_for("bakyt")), len(stage.world.from_bot(admin))
        await refuses(stage, trouble)
        await stage.restart()
        await Stage.write(stage, "aigul", "/menu")
        assert "Ак-Булак" in stage.world.last(101).text
        assert [links.bot for links in stage.bot.turns._doors["telegram"].links.elsewhere] == []
        await becomes(lambda: len(stage.world.from_bot(admin)) > told)
        await people.write(stage.world, bakyt, "суу")
        await stage.settled()
        await has_a_letter(stage, "bakyt")
        assert trouble in stage.world.last(admin).text
        assert stage.words_for("bakyt")[before:] == []
        assert await rows(stage.bot.database, LETTER) == [(None,)]
        await lets_in(stage)
        await becomes(lambda: len(stage.words_for("bakyt")) > before)
        await becomes(lambda: OPENED in stage.world.last(admin).text)
        assert "суу" in stage.words_for("bakyt")[before]
        [elsewhere] = stage.bot.turns._doors["telegram"].links.elsewhere
        assert elsewhere.bot == stage.world.whatsapp.number
        stage.world.clock.turn_by(600)
        await stage.settled()
        assert await rows(stage.bot.database, LETTER) == [("sent",)]
        assert len(stage.world.from_bot(admin)) == told + 2


@pytest.mark.parametrize("kind", [Alone, AloneById])
async def test_with_whatsapp_alone_people_come_read_and_are_written_to_and_the_admin_is_told_of_crashes(
    tmp_path: Path, prepared: Prepared, kind: type[Alone]
) -> None:
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=kind) as stage:
        assert isinstance(stage, WhatsAppStage)
        a_neighbour(stage.world, 1_001)
        await stage.write("resident1001", "/start")
        await stage.tap("resident1001", "Кыргызча")
        assert "Кайсы айылда жашайсыз?" in stage.words_for("resident1001")[-1]
        await has_a_letter(stage, "resident1001")
        assert "ырастоо кайтарып алынды" in stage.words_for("resident1001")[-1]
        await stage.write("gulnara", "/menu")
        told = len(stage.words_for("gulnara"))
        await break_the_settings(stage)
        await stage.forge("resident1001", "pf:meetings")
        await becomes(lambda: len(stage.words_for("gulnara")) > told)
        assert "handlers/participation.py" in stage.words_for("gulnara")[-1]
        assert {call.method.partition(".")[0] for call in stage.calls(0)} == {"whatsapp"}


async def test_whatsapp_alone_waits_for_its_token_too(
    tmp_path: Path, prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "KNOCKS_EVERY", 0.05)
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=Alone) as stage:
        assert isinstance(stage, WhatsAppStage)
        await refuses(stage, TOKEN)
        await stage.restart()
        await people.write(stage.world, stage.world.person("bakyt"), "/menu")
        await stage.settled()
        assert stage.words_for("bakyt") == []
        await lets_in(stage)
        await becomes(lambda: stage.words_for("bakyt"))


@pytest.mark.parametrize("kind", [Alone, AloneById])
async def test_an_installation_with_whatsapp_alone_is_founded_by_whom_admin_ids_name_and_nobody_else(
    tmp_path: Path, kind: type[Alone]
) -> None:
    async with on_stage(tmp_path, NOW, homes=(), kind=kind) as stage:
        await stage.write("bakyt", "/start")
        await stage.tap("bakyt", "Кыргызча")
        await stage.forge("bakyt", "uf")
        assert REFUSED in stage.words_for("bakyt")[-1]
        await stage.write("gulnara", "/start")
        await stage.tap("gulnara", "Аймак же шаар кошуу")
        assert "Толук аталышы кандай?" in stage.words_for("gulnara")[-1]


async def test_a_number_that_whatsapp_does_not_tell_makes_nobody_an_installer(tmp_path: Path) -> None:
    async with on_stage(tmp_path, NOW, homes=(), kind=Alone) as stage:
        for who in ("bakyt", "gulnara"):
            stage.world.whatsapp.phone(who).hides_number = True
            await stage.write(who, "/start")
            await stage.tap(who, "Кыргызча")
            await stage.share_contact(who, "gulnara")
            await stage.forge(who, "uf")
            assert REFUSED in stage.words_for(who)[-1]
        stage.world.whatsapp.phone("gulnara").hides_number = False
        await stage.forge("gulnara", "uf")
        assert REFUSED not in stage.words_for("gulnara")[-1]
        stage.world.whatsapp.phone("gulnara").wa_id = "996700999999"  # it is another number now
        await stage.forge("gulnara", "uf")
        assert REFUSED in stage.words_for("gulnara")[-1]


async def test_a_token_that_is_refused_is_told_to_each_admin_in_their_language(
    tmp_path: Path, prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "_TOKEN", 0.2)  # times half a second between two looks
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=WhatsAppStage) as stage:
        admin = stage.world.person("gulnara").id
        await Stage.write(stage, "gulnara", "/language")
        await Stage.tap(stage, "gulnara", "Русский")
        stage.world.whatsapp.expired = True
        for who in ("bakyt", "aigul"):
            await people.write(stage.world, stage.world.person(who), "суу")
        await becomes(lambda: TOKEN in stage.world.last(admin).text)
        assert stage.world.last(admin).text.startswith(
            "WhatsApp больше не принимает ключ бота (WHATSAPP_TOKEN), код 190."
        )
        assert sum(TOKEN in post.text for post in stage.world.from_bot(admin)) == 1
        stage.world.whatsapp.expired = False


async def test_whatsapp_without_an_address_for_its_news_is_named_at_the_start(
    tmp_path: Path, prepared: Prepared, caplog: pytest.LogCaptureFixture
) -> None:
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), polling=True, kind=WhatsAppStage):
        assert "WEBHOOK_URL is empty: nothing comes from WhatsApp" in caplog.text
