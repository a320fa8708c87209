"""What becomes of a letter that Meta took, and reports afterwards as failed?"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions import outbox
from bot.noting import MOST_TRIES
from sandbox.graphapi import people, webhooks
from sandbox.graphapi.phones import Message
from sandbox.graphapi.refusals import REENGAGE, SPARED, UNDELIVERABLE, Refused
from storage.announcements import get_announcement
from storage.broadcasts import outcomes_of
from storage.municipalities import find_by_key
from storage.outbox import Held, Letter
from storage.people import Account, Messenger, accounts_at
from tests.announcements import WATER
from tests.bot.conftest import Prepared
from tests.bot.crowd import do, rows
from tests.conftest import NOW
from tests.conversations.announced import announce
from tests.conversations.by_whatsapp import WhatsAppStage, WithTemplates
from tests.conversations.stage import on_stage

KEY = "resident-confirmed"  # a letter that everybody can get, essential
SAYS = "ырастоо кайтарып алынды"
LETTER = f"SELECT outcome, held, reason FROM outbox WHERE key = '{KEY}'"
BUSY = 131000  # «something went wrong»


@pytest.fixture
async def stage(tmp_path: Path, prepared: Prepared, request: pytest.FixtureRequest) -> AsyncIterator[WhatsAppStage]:
    """The bot of the aimak in both messengers; Bakyt has just written in WhatsApp."""
    prepared(("aimak",), tmp_path)
    async with on_stage(tmp_path, NOW, homes=(), kind=getattr(request, "param", WhatsAppStage)) as opened:
        assert isinstance(opened, WhatsAppStage)
        await opened.write("bakyt", "/menu")
        opened.world.clock.turn_by(60)
        yield opened


async def account_of(stage: WhatsAppStage, db: Any, who: str = "bakyt") -> Account:
    """Somebody's account in WhatsApp."""
    address = stage.world.whatsapp.phone(who).user_id
    return (await accounts_at(db, [(Messenger.WHATSAPP, address)]))[Messenger.WHATSAPP, address]


async def posted(stage: WhatsAppStage) -> None:
    """The bot has a letter for Bakyt, and the postman passes."""
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        account = await account_of(stage, db)
        account.person.municipality_id = home.id
        now = stage.world.clock.now()
        await outbox.post(db, [account.person], KEY, once="x", municipality=home.id, now=now, essential=True)
    await passes(stage)


async def passes(stage: WhatsAppStage, **later: float) -> None:
    """Time passes, the postman looks, and Meta tells how it went."""
    stage.world.clock.turn_by(timedelta(**later))
    await stage.bot.postman.idle()
    await stage.settled()
    await stage.bot.postman.idle()


async def comes_back(stage: WhatsAppStage, code: int) -> Message:
    """Meta reports that the newest message to Bakyt has failed; gives that message."""
    phone = stage.world.whatsapp.phone("bakyt")
    message = stage.world.whatsapp.last("bakyt")
    stage.world.whatsapp.fail(phone, message, Refused(code))
    await passes(stage)
    return message


def read(stage: WhatsAppStage) -> int:
    """How often Bakyt sees the letter."""
    return sum(SAYS in message.text for message in stage.world.whatsapp.from_bot("bakyt"))


async def test_the_whole_number_of_a_message_is_kept_with_its_letter(stage: WhatsAppStage) -> None:
    await posted(stage)
    number = stage.world.whatsapp.last("bakyt").id
    assert len(number) > 64
    assert await rows(stage.bot.database, f"SELECT message FROM outbox WHERE key = '{KEY}'") == [(number,)]


async def test_a_letter_for_which_the_day_was_over_comes_after_the_next_message(stage: WhatsAppStage) -> None:
    stage.world.whatsapp.told_later = frozenset({UNDELIVERABLE, REENGAGE})
    stage.world.clock.turn_by(timedelta(hours=25))
    change = "UPDATE accounts SET seen_at = :now WHERE messenger = 'whatsapp'"  # as if their message had come late
    await do(stage.bot.database, change, now=f"{stage.world.clock.now() - timedelta(minutes=1):%Y-%m-%d %H:%M:%S.%f}")
    before = stage.world.calls
    await posted(stage)
    await passes(stage, minutes=10)
    assert await rows(stage.bot.database, LETTER) == [(None, "window", f"code {REENGAGE}")]
    assert read(stage) == 0
    assert len([call for call in stage.calls(before) if call.method.startswith("whatsapp.send")]) == 1, (
        "once, not on and on"
    )
    await stage.write("bakyt", "/menu")
    await passes(stage)
    assert await rows(stage.bot.database, LETTER) == [("sent", None, "")]
    assert read(stage) == 1


async def test_what_fails_for_a_while_is_tried_again_so_and_so_often(stage: WhatsAppStage) -> None:
    await posted(stage)
    first = await comes_back(stage, BUSY)
    assert await rows(stage.bot.database, LETTER) == [(None, None, f"code {BUSY}")]
    await passes(stage, minutes=2)
    assert await rows(stage.bot.database, LETTER) == [("sent", None, "")]
    stage.world.whatsapp.deliveries.replay(8)  # what was told before is told again: of a message that is no letter now
    await passes(stage)
    assert stage.world.whatsapp.last("bakyt").id != first.id
    assert await rows(stage.bot.database, LETTER) == [("sent", None, "")]
    for _ in range(MOST_TRIES - 1):
        await comes_back(stage, BUSY)
        await passes(stage, hours=3)
    assert await rows(stage.bot.database, LETTER) == [("failed", None, f"code {BUSY}")]


async def test_whoever_blocked_us_is_gone_until_they_write_and_old_news_of_it_stops_nobody(
    stage: WhatsAppStage,
) -> None:
    person, deliveries = stage.world.person("bakyt"), stage.world.whatsapp.deliveries
    await people.block(stage.world, person)
    await posted(stage)
    assert await rows(stage.bot.database, LETTER) == [("gone", None, f"code {UNDELIVERABLE}")]
    async with stage.bot.database.transaction() as db:
        assert (await account_of(stage, db)).stopped_at == stage.world.clock.now()
    await people.unblock(stage.world, person)
    stage.world.clock.turn_by(3_600)
    await stage.write("bakyt", "/menu")
    deliveries.replay(50)
    await passes(stage)
    late = webhooks.change(
        stage.world.whatsapp.metadata(),
        statuses=[
            {
                "id": stage.world.whatsapp.last("bakyt").id,
                "status": "failed",
                "timestamp": webhooks.stamp(stage.world.clock.now() - timedelta(minutes=30)),
                "recipient_user_id": stage.world.whatsapp.phone("bakyt").user_id,
                "errors": [Refused(UNDELIVERABLE).for_webhook()],
            }
        ],
    )
    deliveries.add(late)
    await passes(stage)
    async with stage.bot.database.transaction() as db:
        assert (await account_of(stage, db)).stopped_at is None


async def test_the_figures_of_an_announcement_tell_what_really_arrived(stage: WhatsAppStage) -> None:
    async with stage.bot.database.transaction() as db:
        account = await account_of(stage, db)
        telegram = ("telegram", str(stage.world.person("bakyt").id))
        account.person_id = (await accounts_at(db, [telegram]))[telegram].person_id
    number = await announce(stage, "cholpon", WATER)

    async def figures() -> dict[str, int]:
        async with stage.bot.database.transaction() as db:
            one = await get_announcement(db, 1, number)
            return {word: count for word, count in (await outcomes_of(db, one.broadcast_id or 0)).items() if count}

    arrived = (await figures())["sent"]
    assert arrived > 1
    await comes_back(stage, REENGAGE)
    assert await figures() == {"sent": arrived - 1, "window": 1}
    stage.world.clock.turn_by(60)
    await stage.write("bakyt", "/menu")
    await passes(stage)
    assert await figures() == {"sent": arrived}
    await comes_back(stage, UNDELIVERABLE)
    assert await figures() == {"sent": arrived - 1, "waiting": 1}  # it goes by Telegram, where they are as well
    await passes(stage, minutes=2)
    assert await figures() == {"sent": arrived}
    assert "Суу өчүрүлөт" in stage.world.last(stage.world.person("bakyt").id).text


async def test_what_a_digest_told_that_came_back_is_in_the_next_try(stage: WhatsAppStage) -> None:
    async with stage.bot.database.transaction() as db:
        person = (await account_of(stage, db)).person
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        person.municipality_id = home.id
        now = stage.world.clock.now()
        await outbox.post(db, [person], KEY, once="x", municipality=home.id, now=now)
        inside = (await db.scalars(select(Letter).where(Letter.key == KEY))).one()
        inside.held = Held.DAILY
        told: dict[str, Any] = {"how": Held.DAILY.value, "until": inside.id}
        await outbox.post(db, [person], "digest", once="digest", municipality=home.id, now=now, **told)
    await passes(stage)
    assert (read(stage), await rows(stage.bot.database, LETTER)) == (1, [("sent", "daily", "")])
    await comes_back(stage, BUSY)
    assert (read(stage), await rows(stage.bot.database, LETTER)) == (0, [(None, "daily", "")])
    await passes(stage, minutes=2)
    assert (read(stage), await rows(stage.bot.database, LETTER)) == (1, [("sent", "daily", "")])


@pytest.mark.parametrize("stage", [WithTemplates], indirect=True)
@pytest.mark.parametrize(("code", "templates"), [(BUSY, 2), (SPARED, 1)])
async def test_a_template_that_came_back_has_told_nobody(stage: WhatsAppStage, code: int, templates: int) -> None:
    stage.world.clock.turn_by(timedelta(hours=25))
    before = len(stage.world.whatsapp.phone("bakyt").messages)
    await posted(stage)
    assert await rows(stage.bot.database, LETTER) == [(None, "window", "waits for the tap")]
    await comes_back(stage, code)
    assert await rows(stage.bot.database, "SELECT by_template FROM outbox WHERE by_template") == []
    await passes(stage, minutes=2)
    sent = list(stage.world.whatsapp.phone("bakyt").messages.values())[before:]
    assert [message.kind for message in sent] == ["template"] * templates
    stage.world.clock.turn_by(60)
    await stage.write("bakyt", "/menu")
    await passes(stage)
    assert (read(stage), await rows(stage.bot.database, LETTER)) == (1, [("sent", None, "")])
