"""Does what comes late, backwards or again from WhatsApp do no harm? All by the real webhook and turn."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.whatsapp.updates import split_up
from sandbox.graphapi import people
from sandbox.graphapi.deliveries import Bundle
from tests.bot.crowd import rows
from tests.bot.whatsapp.bodies import body, change, text
from tests.bot.whatsapp.hooks import Json, a_text, held, post, told_by
from tests.conftest import NOW
from tests.conversations.by_whatsapp import WhatsAppStage
from tests.conversations.stage import on_stage

LIGHT = "Көчөбүзгө чырак коюлсун, кечинде караңгы болуп жүрөбүз"
ANSWERS = "SELECT answers FROM drafts WHERE person_id = (SELECT person_id FROM accounts WHERE address = :address)"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[WhatsAppStage]:
    """The bot of the aimak, whose people use WhatsApp."""
    async with on_stage(tmp_path, NOW, kind=WhatsAppStage) as opened:
        assert isinstance(opened, WhatsAppStage)
        yield opened


async def proposing(stage: WhatsAppStage) -> None:
    """Bakyt is asked what the proposal is about; whatever happens to him from now on is held back."""
    await stage.write("bakyt", "/menu")
    await stage.tap("bakyt", "Сунуштар")
    await stage.tap("bakyt", "Сунуш киргизүү")
    stage.world.clock.turn_by(timedelta(seconds=5))
    stage.world.whatsapp.deliveries.hold()


async def writes(stage: WhatsAppStage, *texts: str) -> None:
    """Bakyt writes these, five seconds between one and the next."""
    for words in texts:
        await people.write(stage.world, stage.world.person("bakyt"), words)
        stage.world.clock.turn_by(timedelta(seconds=5))


async def answers(stage: WhatsAppStage) -> Json:
    """What is kept of the form that Bakyt has begun."""
    [(kept,)] = await rows(stage.bot.database, ANSWERS, address=stage.world.whatsapp.phone("bakyt").user_id)
    found: Json = json.loads(kept)
    return found


def shown(stage: WhatsAppStage) -> str:
    """What Bakyt was told last."""
    return stage.world.whatsapp.last("bakyt").text


# --- in one body ---


@pytest.mark.parametrize("bundle", list(Bundle))
async def test_the_answers_in_one_body_are_taken_in_the_order_of_their_time(
    stage: WhatsAppStage, bundle: Bundle
) -> None:
    await proposing(stage)
    await writes(stage, "жарык", LIGHT)
    stage.world.whatsapp.deliveries.release(backwards=True, bundle=bundle)
    await stage.settled()
    assert LIGHT in (await answers(stage)).values()
    assert "Сүрөт жөнөтүңүз" in shown(stage)


def test_a_message_without_a_time_keeps_its_place_behind_the_one_before_it() -> None:
    def at(number: str, stamp: Any) -> Json:
        return {**text(number, "x"), "timestamp": stamp}

    told = [at("3", "1749416390"), at("4", None), at("1", "1749416380"), at("2", "not a time"), at("5", 1749416399)]
    found, _ = split_up(body(change(*told)))
    assert [number for number, _, _ in found] == [f"wamid.{n}" for n in "12345"]


# --- across bodies ---


async def test_what_waits_together_is_taken_in_the_order_of_its_time_whatever_came_first(stage: WhatsAppStage) -> None:
    await proposing(stage)
    await writes(stage, "жарык", LIGHT)
    rows_ = [row for told in reversed(held(stage)) for row in split_up(told)[0]]
    await stage.bot.turns.put("whatsapp", rows_)  # as they stand in the inbox after a time in which nobody took them
    await stage.settled()
    assert LIGHT in (await answers(stage)).values()


async def test_an_answer_that_came_before_the_question_is_taken_when_the_one_before_it_comes(
    stage: WhatsAppStage,
) -> None:
    await proposing(stage)
    await writes(stage, "жарык", LIGHT)
    first, second = held(stage)
    assert await post(stage, second) == 200
    assert await answers(stage) == {}, "it does not answer what is asked now"
    assert "Мындай жооп тизмеде жок" in shown(stage)
    assert await post(stage, first) == 200  # written after the question, so it answers it, however late it comes
    assert len(await answers(stage)) == 1
    assert "Эмне жакшырышы керек" in shown(stage)


async def test_words_from_before_the_question_are_no_answer_to_it(stage: WhatsAppStage) -> None:
    await proposing(stage)
    await writes(stage, "Саламатсызбы, мен бир сунуш жазайын дедим эле", "жарык")
    greeting, topic = held(stage)
    assert await post(stage, topic) == 200
    kept = await answers(stage)
    assert len(kept) == 1
    assert await post(stage, greeting) == 200
    assert await answers(stage) == kept, "it would have become the text of the proposal"
    said = shown(stage)
    assert "кечигип келди" in said
    assert "Эмне жакшырышы керек" in said
    assert await post(stage, told_by(stage, "bakyt", a_text("after", LIGHT))) == 200
    assert LIGHT in (await answers(stage)).values()


async def test_a_late_number_chooses_nothing_from_a_list_that_was_not_there_when_it_was_typed(
    stage: WhatsAppStage,
) -> None:
    await stage.write("bakyt", "/menu")
    stage.world.clock.turn_by(timedelta(seconds=5))
    stage.world.whatsapp.deliveries.hold()
    await writes(stage, "1", "суу")
    number, word = held(stage)
    await post(stage, word)
    opened = shown(stage)
    await post(stage, number)
    assert "Түшүнбөй калдым" in shown(stage)
    await post(stage, told_by(stage, "bakyt", a_text("after", "суу")))
    assert shown(stage) == opened, "a word that looks something up is answered as ever"


async def test_a_late_press_means_what_it_says(stage: WhatsAppStage) -> None:
    await stage.write("bakyt", "Ашар i1")
    stage.world.clock.turn_by(timedelta(seconds=5))
    stage.world.whatsapp.deliveries.hold()
    await people.tap(stage.world, stage.world.person("bakyt"), "Жазылуу")
    stage.world.clock.turn_by(timedelta(seconds=5))
    await writes(stage, "/menu")
    tap, command = held(stage)
    for told in (command, tap):
        await post(stage, told)
    followed = (
        "SELECT COUNT(*) FROM followings f JOIN accounts a USING (person_id) WHERE issue_id = 1 AND address = :address"
    )
    assert await rows(stage.bot.database, followed, address=stage.world.whatsapp.phone("bakyt").user_id) == [(1,)]


# --- the day of 24 hours ---


async def seen_at(stage: WhatsAppStage) -> datetime:
    """Since when the day of Bakyt is open, as far as the bot knows."""
    query = "SELECT seen_at FROM accounts WHERE address = :address"
    [(at,)] = await rows(stage.bot.database, query, address=stage.world.whatsapp.phone("bakyt").user_id)
    return datetime.fromisoformat(f"{at}+00:00")


async def test_the_day_opens_with_the_time_of_the_message_and_never_later(stage: WhatsAppStage) -> None:
    await stage.write("bakyt", "/menu")
    stage.world.whatsapp.deliveries.hold()
    wrote = stage.world.clock.now().replace(microsecond=0)
    await people.write(stage.world, stage.world.person("bakyt"), "/menu")
    stage.world.clock.turn_by(timedelta(hours=30))
    [late] = held(stage)
    await post(stage, late)
    assert timedelta() <= await seen_at(stage) - wrote < timedelta(seconds=5), "Meta closed that day six hours ago"
    now = stage.world.clock.now()
    await post(stage, told_by(stage, "bakyt", a_text("ahead", "/menu", at=now + timedelta(hours=3))))
    assert now <= await seen_at(stage) <= stage.world.clock.now(), "a clock that goes ahead opens no day of 27 hours"
    newest = await seen_at(stage)
    await post(stage, told_by(stage, "bakyt", a_text("older", "/menu", at=now - timedelta(hours=3))))
    assert await seen_at(stage) == newest, "what comes late closes no day"


# --- the same again ---


@pytest.mark.parametrize("days", [1, 4, 7, 9, 30])
async def test_a_body_that_was_taken_is_not_executed_again_however_late_it_is_replayed(
    stage: WhatsAppStage, days: int
) -> None:
    await proposing(stage)
    await writes(stage, "жарык")
    [told] = held(stage)
    assert await post(stage, told) == 200
    kept, answered = await answers(stage), len(stage.world.whatsapp.from_bot("bakyt"))
    stage.world.clock.turn_by(timedelta(days=days))
    await stage.bot.clockwork.run_all()
    await stage.settled()
    assert await post(stage, told) == 200
    assert (await answers(stage), len(stage.world.whatsapp.from_bot("bakyt"))) == (kept, answered)


async def test_what_meta_could_not_deliver_for_six_days_is_taken_and_for_eight_left(
    stage: WhatsAppStage, caplog: pytest.LogCaptureFixture
) -> None:
    taken = []
    for days in (6, 8):
        old = stage.world.clock.now() - timedelta(days=days)
        told = told_by(stage, "bakyt", a_text(str(days), "/menu", at=old))
        assert await post(stage, told) == 200
        query = "SELECT COUNT(*) FROM inbox WHERE number = :number"
        taken.append(await rows(stage.bot.database, query, number=f"wamid.{days}"))
    assert taken == [[(1,)], [(0,)]]
    assert "passed over: 1 arrivals" in caplog.text
