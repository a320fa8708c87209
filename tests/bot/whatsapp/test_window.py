"""Does a letter reach whoever has not written to WhatsApp for a day, by a template, a tap, and nothing twice?"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from actions import outbox
from civic.post import KNOCKED
from sandbox.faults import Fault, Kind
from sandbox.graphapi.phones import Message
from storage.municipalities import find_by_key
from storage.people import Account, Messenger, Person, accounts_at
from tests.announcements import a_draft
from tests.bot.conftest import Prepared
from tests.bot.crowd import do, pour, pressed, rows, said, to
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage, WithTemplates
from tests.conversations.stage import on_stage

KEY = "resident-confirmed"  # a letter that everybody can get, essential
HELD = "SELECT held, reason FROM outbox WHERE done_at IS NULL ORDER BY id"
SENT = f"SELECT COUNT(*) FROM outbox WHERE outcome = 'sent' AND key = '{KEY}'"


class TwoADay(WithTemplates):
    """The smallest of tiers."""

    daily = 2


class TenADay(WithTemplates):
    """One of ten is kept for what is essential."""

    daily = 10


@pytest.fixture
async def stage(tmp_path: Path, prepared: Prepared, request: pytest.FixtureRequest) -> AsyncIterator[WhatsAppStage]:
    """The bot of the aimak in both messengers, with templates."""
    prepared(("aimak",), tmp_path)
    kind = getattr(request, "param", WithTemplates)
    async with on_stage(tmp_path, NOW, homes=(), kind=kind) as opened:
        assert isinstance(opened, WhatsAppStage)
        yield opened


async def a_day_later(stage: WhatsAppStage, *who: str) -> None:
    """They write once by WhatsApp, and are silent for more than a day."""
    for each in who:
        await stage.write(each, "/menu")
    stage.world.clock.turn_by(timedelta(hours=25))


async def tells(stage: WhatsAppStage, who: str, number: int = 1, *, essential: bool = True) -> None:
    """The bot has a letter for somebody who uses WhatsApp."""
    address = stage.world.whatsapp.phone(who).user_id
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        account = (await accounts_at(db, [(Messenger.WHATSAPP, address)]))[Messenger.WHATSAPP, address]
        account.person.municipality_id = home.id
        now = stage.world.clock.now()
        once = f"{KEY}-{who}-{number}"
        await outbox.post(db, [account.person], KEY, once=once, municipality=home.id, now=now, essential=essential)
    await stage.bot.postman.idle()


async def other_templates_are_tried(stage: WhatsAppStage) -> None:
    """A second after a template was refused the next one is."""
    for _ in range(4):
        stage.world.clock.turn_by(timedelta(seconds=2))
        stage.bot.postman.wake()
        await stage.bot.postman.idle()


def seen(stage: WhatsAppStage, who: str) -> list[Message]:
    """What the bot has said to somebody in WhatsApp."""
    return list(stage.world.whatsapp.from_bot(stage.world.person(who)))


async def test_a_template_tells_of_the_letter_and_the_tap_brings_it(stage: WhatsAppStage) -> None:
    await a_day_later(stage, "bakyt")
    before = len(seen(stage, "bakyt"))
    await tells(stage, "bakyt")
    [knock] = seen(stage, "bakyt")[before:]
    assert (knock.kind, knock.buttons[0]["title"]) == ("template", "Ачуу")
    assert "Ак-Булак айыл аймагы" in knock.text
    assert await rows(stage.bot.database, HELD) == [("window", "waits for the tap")]
    await stage.tap("bakyt", "Ачуу")
    answer, letter = seen(stage, "bakyt")[before + 1 :]
    assert "Сизге 1 кабар келди" in answer.text
    assert "ырастоо кайтарып алынды" in letter.text
    assert await rows(stage.bot.database, HELD) == []
    await stage.tap("bakyt", "Ачуу", oldest=False)
    assert "Жаңы кабар калган жок" in seen(stage, "bakyt")[-1].text


async def test_ten_letters_to_somebody_silent_are_one_template(stage: WhatsAppStage) -> None:
    await a_day_later(stage, "bakyt")
    before = len(seen(stage, "bakyt"))
    for number in range(10):
        await tells(stage, "bakyt", number)
    assert [each.kind for each in seen(stage, "bakyt")[before:]] == ["template"]
    await stage.write("bakyt", "/menu")  # a word opens the day as well as the tap
    assert len(seen(stage, "bakyt")) == before + 1 + 1 + 10
    assert await rows(stage.bot.database, SENT) == [(10,)]


async def test_who_does_not_answer_is_told_again_a_day_later_of_something_new(stage: WhatsAppStage) -> None:
    await a_day_later(stage, "bakyt")
    before = len(seen(stage, "bakyt"))
    await tells(stage, "bakyt", 1)
    stage.world.clock.turn_by(timedelta(hours=20))
    await tells(stage, "bakyt", 2)
    assert len(seen(stage, "bakyt")) == before + 1
    stage.world.clock.turn_by(timedelta(hours=5))
    await tells(stage, "bakyt", 3)
    assert len(seen(stage, "bakyt")) == before + 2


@pytest.mark.parametrize("stage", [TwoADay], indirect=True)
async def test_no_more_people_are_begun_with_than_whatsapp_allows_and_a_restart_does_not_forget(
    stage: WhatsAppStage,
) -> None:
    people = ("bakyt", "emma", "gulnara")
    await a_day_later(stage, *people)
    before = {who: len(seen(stage, who)) for who in people}
    await tells(stage, "bakyt")
    await stage.restart()
    for who in ("emma", "gulnara"):
        await tells(stage, who)
    assert [len(seen(stage, who)) - before[who] for who in people] == [1, 1, 0]
    [*_, (held, reason)] = await rows(stage.bot.database, HELD)
    assert (held, reason) == (None, "the day's people are reached")
    stage.world.clock.turn_by(timedelta(hours=24, minutes=1))
    stage.bot.postman.wake()
    await stage.bot.postman.idle()
    assert [len(seen(stage, who)) - before[who] for who in people] == [1, 1, 1]


@pytest.mark.parametrize("stage", [TenADay], indirect=True)
async def test_news_leave_a_tenth_of_the_day_to_what_is_essential(stage: WhatsAppStage) -> None:
    await a_day_later(stage, "bakyt", "emma")
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        for number in range(9):
            person = Person(created_at=now, language="ky")
            db.add(person)
            await db.flush()
            knocked = {"messenger": Messenger.WHATSAPP, "address": f"KG.{number}", "knocked_at": now}
            db.add(Account(person_id=person.id, **knocked))
    before = {who: len(seen(stage, who)) for who in ("bakyt", "emma")}
    await tells(stage, "emma", essential=False)
    await tells(stage, "bakyt")
    assert {who: len(seen(stage, who)) - count for who, count in before.items()} == {"emma": 0, "bakyt": 1}
    assert await rows(stage.bot.database, HELD) == [
        (None, "the day's people are reached"),
        ("window", "waits for the tap"),
    ]


async def test_without_an_approved_template_the_letter_waits_for_their_next_message(stage: WhatsAppStage) -> None:
    for template in stage.world.whatsapp.templates.values():
        template.status = "PAUSED"
    await a_day_later(stage, "bakyt")
    before = len(seen(stage, "bakyt"))
    await tells(stage, "bakyt")
    await other_templates_are_tried(stage)
    assert len(seen(stage, "bakyt")) == before, "Meta has paused them since the bot looked"
    assert [held for held, _ in await rows(stage.bot.database, HELD)] == ["window"]
    await stage.write("bakyt", "/menu")
    assert any("ырастоо кайтарып алынды" in each.text for each in seen(stage, "bakyt")[before:])


async def test_whom_meta_spares_is_not_begun_with_again_for_a_day_and_gets_the_letter_with_their_next_message(
    stage: WhatsAppStage,
) -> None:
    await a_day_later(stage, "bakyt")
    before = len(seen(stage, "bakyt"))
    stage.world.faults.add(Fault(Kind.SPARED, method="whatsapp.send.template"))
    for number in (1, 2):
        await tells(stage, "bakyt", number)
    await other_templates_are_tried(stage)
    assert len(seen(stage, "bakyt")) == before
    assert [held for held, _ in await rows(stage.bot.database, HELD)] == ["window", "window"]
    await stage.write("bakyt", "/menu")
    assert await rows(stage.bot.database, SENT) == [(2,)]


async def test_a_template_that_was_changed_at_meta_is_not_filled_wrongly_but_another_is_taken(
    stage: WhatsAppStage,
) -> None:
    for (_, language), template in stage.world.whatsapp.templates.items():
        if language != "ru":
            template.body += " {{9}}"  # code 132000
    await a_day_later(stage, "bakyt")
    before = len(seen(stage, "bakyt"))
    await tells(stage, "bakyt")
    await other_templates_are_tried(stage)
    [knock] = seen(stage, "bakyt")[before:]
    assert (knock.kind, knock.buttons[0]["title"]) == ("template", "Открыть")


async def test_whoever_is_gone_when_the_template_comes_is_stopped_and_written_to_no_more(stage: WhatsAppStage) -> None:
    await a_day_later(stage, "bakyt")
    before = stage.world.calls
    stage.world.faults.add(Fault(Kind.UNDELIVERABLE, method="whatsapp.send.template"))
    await tells(stage, "bakyt", 1)
    stage.world.faults.add(Fault(Kind.UNDELIVERABLE, method="whatsapp.send.template"))
    await tells(stage, "bakyt", 2)
    assert [call.method for call in stage.calls(before) if "send" in call.method] == ["whatsapp.send.template"]
    assert await rows(stage.bot.database, f"SELECT outcome FROM outbox WHERE key = '{KEY}'") == [("gone",)] * 2


async def test_a_template_in_another_language_is_taken_where_ones_own_is_not_approved(stage: WhatsAppStage) -> None:
    for (_, language), template in stage.world.whatsapp.templates.items():
        template.status = "APPROVED" if language == "ru" else "REJECTED"
    await a_day_later(stage, "bakyt")
    await tells(stage, "bakyt")
    await other_templates_are_tried(stage)
    assert seen(stage, "bakyt")[-1].buttons[0]["title"] == "Открыть"


async def test_whoever_has_telegram_too_is_written_to_there_and_not_begun_with(stage: WhatsAppStage) -> None:
    await stage.write("bakyt", "/menu")
    address = stage.world.whatsapp.phone("bakyt").user_id
    async with stage.bot.database.transaction() as db:
        telegram = str(stage.world.person("daniyar").id)
        found = await accounts_at(db, [(Messenger.WHATSAPP, address), (Messenger.TELEGRAM, telegram)])
        found[Messenger.TELEGRAM, telegram].person_id = found[Messenger.WHATSAPP, address].person_id
    stage.world.clock.turn_by(timedelta(hours=25))
    before, since = len(seen(stage, "bakyt")), stage.world.calls
    await tells(stage, "bakyt")
    assert len(seen(stage, "bakyt")) == before
    assert [call.method for call in stage.calls(since) if call.method.startswith("send")] == ["sendMessage"]


@pytest.mark.parametrize("stage", [TwoADay], indirect=True)
async def test_whoever_announces_sees_how_many_are_silent_for_how_long_and_how_much_it_costs(
    stage: WhatsAppStage,
) -> None:
    silent = ("bakyt", "emma", "daniyar")
    for who in silent:  # all of the aimak have used Telegram until now
        change = "UPDATE accounts SET messenger = 'whatsapp', seen_at = '2026-05-01 10:00:00' WHERE address = :a"
        await do(stage.bot.database, change, a=str(stage.world.person(who).id))
    cholpon = stage.world.person("cholpon")
    async with stage.bot.database.transaction() as db:
        address = (Messenger.TELEGRAM, str(cholpon.id))
        clerk = (await accounts_at(db, [address]))[address].person
        assert clerk.municipality is not None
        number = (await a_draft(db, clerk.municipality, clerk, stage.world.clock.now())).id
    since = stage.world.calls
    await pour(stage, [pressed(cholpon, f"op:{number}:ky")])
    [shown, *_] = said(to(stage.calls(since), cholpon))
    assert f"жазбагандар: {len(silent)}. Аларга адегенде «кабар бар» деген кат барат, буга 2 күн кетет." in shown
    assert "Акысы эң көбү 7,50 KGS." in shown


async def rounds(stage: WhatsAppStage) -> tuple[int, int]:
    """How often the postman looks into the queue within a second, and how often it asks a messenger."""
    postman, calls, looked = stage.bot.postman, stage.world.calls, 0
    look = postman._round

    async def counted() -> int:
        nonlocal looked
        looked += 1
        return await look()

    postman._round = counted  # type: ignore[method-assign]
    postman.wake()
    await asyncio.sleep(1)
    postman._round = look  # type: ignore[method-assign]
    return looked, stage.world.calls - calls


async def test_at_the_end_of_somebodys_day_a_letter_waits_in_peace(stage: WhatsAppStage) -> None:
    await stage.write("bakyt", "/menu")
    stage.world.clock.turn_by(timedelta(hours=23, minutes=57))
    async with stage.bot.database.transaction() as db:
        address = stage.world.whatsapp.phone("bakyt").user_id
        account = (await accounts_at(db, [(Messenger.WHATSAPP, address)]))[Messenger.WHATSAPP, address]
        account.knocked_at = stage.world.clock.now() - timedelta(hours=1)
    await tells(stage, "bakyt")
    assert await rows(stage.bot.database, HELD) == [("window", KNOCKED)]
    looked, asked = await rounds(stage)
    assert (looked < 10, asked) == (True, 0)
    stage.world.clock.turn_by(timedelta(minutes=1))
    await stage.write("bakyt", "/menu")
    await stage.bot.postman.idle()
    assert await rows(stage.bot.database, SENT) == [(1,)]


async def test_whom_meta_calls_silent_though_they_wrote_lately_is_asked_for_once(stage: WhatsAppStage) -> None:
    await stage.write("bakyt", "/menu")
    stage.world.clock.turn_by(timedelta(minutes=1))
    for _ in range(50):
        stage.world.faults.add(Fault(Kind.WINDOW_CLOSED, method="whatsapp.send.interactive"))
    await tells(stage, "bakyt")
    looked, asked = await rounds(stage)
    assert (looked < 10, asked) == (True, 0)
    stage.world.faults.clear()
    await stage.write("bakyt", "/menu")
    await stage.bot.postman.idle()
    assert await rows(stage.bot.database, SENT) == [(1,)]


async def test_who_blocked_one_messenger_gets_the_letter_by_the_other(stage: WhatsAppStage) -> None:
    await stage.write("bakyt", "/menu")
    telegram = stage.world.person("daniyar")
    async with stage.bot.database.transaction() as db:
        address = stage.world.whatsapp.phone("bakyt").user_id
        keys = [(Messenger.WHATSAPP, address), (Messenger.TELEGRAM, str(telegram.id))]
        found = await accounts_at(db, keys)
        found[keys[1]].person_id = found[keys[0]].person_id
        found[keys[1]].seen_at = stage.world.clock.now() + timedelta(seconds=5)
    stage.world.chat(telegram.id).blocked = True
    await tells(stage, "bakyt")
    assert await rows(stage.bot.database, SENT) == [(1,)]
    assert await rows(stage.bot.database, "SELECT messenger FROM accounts WHERE stopped_at IS NOT NULL") == [
        ("telegram",)
    ]
