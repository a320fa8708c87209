"""What does the bot do when Telegram is slow, broken, full, or does not want it any more?

aiogram never tries again by itself: every one of these is ours (architecture.md, «Facts already tried»)."""

import asyncio
import time
from datetime import timedelta

import pytest
from aiohttp import ClientTimeout

from bot.telegram import session
from sandbox import people
from sandbox.faults import Fault, Kind
from sandbox.limits import Limits, Rates
from sandbox.world import Call
from tests.bot.crowd import a_crowd, pour, pressed, refused, rows, said, seconds_of, to, wrote
from tests.conversations.stage import Stage

STOPPED = "SELECT stopped_at IS NOT NULL FROM accounts WHERE address = '102'"
PASSING = [Kind.BAD_GATEWAY, Kind.SERVER_ERROR, Kind.RESET, Kind.TOO_MANY_REQUESTS]


def outcomes(calls: list[Call], method: str) -> list[int]:
    """How the calls of that method ended, in their order."""
    return [call.status for call in calls if call.method == method]


async def answers(stage: Stage, who: str, *, text: str) -> list[Call]:
    """What the bot calls when somebody writes that."""
    before = stage.world.calls
    await stage.write(who, text)
    return stage.calls(before)


# --- every way of answering is tried again ---


@pytest.mark.parametrize("kind", PASSING)
async def test_a_message_is_sent_again_after_a_passing_fault(stage: Stage, kind: Kind) -> None:
    stage.world.faults.add(Fault(kind, method="sendMessage", retry_after=1))
    calls = await answers(stage, "bakyt", text="/menu")
    assert [status == 200 for status in outcomes(calls, "sendMessage")] == [False, True]
    assert len(stage.world.from_bot(102)) == 1


@pytest.mark.parametrize("kind", PASSING)
async def test_a_press_is_answered_and_redrawn_again_after_a_passing_fault(stage: Stage, kind: Kind) -> None:
    await stage.write("bakyt", "/menu")
    for method in ("answerCallbackQuery", "editMessageText"):
        stage.world.faults.add(Fault(kind, method=method, retry_after=1))
    before = stage.world.calls
    await stage.tap("bakyt", "Маселелер")
    for method in ("answerCallbackQuery", "editMessageText"):
        assert [status == 200 for status in outcomes(stage.calls(before), method)] == [False, True]
    [post] = stage.world.from_bot(102)
    assert post.edits == 1


@pytest.mark.parametrize("kind", [Kind.BAD_GATEWAY, Kind.RESET])
async def test_a_file_is_sent_again_whole(stage: Stage, kind: Kind) -> None:
    stage.world.faults.add(Fault(kind, method="sendDocument"))
    await stage.write("bakyt", "/me")
    await stage.tap("bakyt", "Менин маалыматтарым")
    document = stage.world.last(102).json["document"]
    assert document["file_size"] > 100


async def test_an_inline_query_is_answered_again(stage: Stage) -> None:
    stage.world.faults.add(Fault(Kind.BAD_GATEWAY, method="answerInlineQuery"))
    await stage.look_up("bakyt", "жол")
    assert outcomes(stage.calls(0), "answerInlineQuery") == [502, 200]


async def test_every_fault_in_a_row_is_survived(stage: Stage) -> None:
    for kind in PASSING:
        stage.world.faults.add(Fault(kind, method="sendMessage", retry_after=1))
    calls = await answers(stage, "bakyt", text="/menu")
    assert len(outcomes(calls, "sendMessage")) == 5
    assert len(stage.world.from_bot(102)) == 1


async def test_the_pauses_between_the_tries_grow(stage: Stage) -> None:
    stage.world.faults.add(Fault(Kind.SERVER_ERROR, method="sendMessage", times=2))
    calls = await answers(stage, "bakyt", text="/menu")
    at = [seconds_of(stage.world, call) for call in calls if call.method == "sendMessage"]
    first, second = at[1] - at[0], at[2] - at[1]
    assert 0.4 < first < second


# --- too many requests ---


async def test_too_many_requests_is_obeyed_to_the_second_and_the_chat_is_left_alone_meanwhile(stage: Stage) -> None:
    stage.world.faults.add(Fault(Kind.TOO_MANY_REQUESTS, chat=102, retry_after=3))
    started = time.monotonic()
    calls = await answers(stage, "bakyt", text="/menu")
    at = [seconds_of(stage.world, call) for call in to(calls, stage.world.person("bakyt"))]
    assert [call.status for call in to(calls, stage.world.person("bakyt"))] == [429, 200]
    assert 3 <= at[1] - at[0] < 3.5
    assert at[0] - started < 1


async def test_answers_that_come_meanwhile_wait_too_and_keep_their_order(stage: Stage) -> None:
    bakyt = stage.world.person("bakyt")
    await stage.write("bakyt", "/menu")
    stage.world.faults.add(Fault(Kind.TOO_MANY_REQUESTS, chat=102, retry_after=1))
    before = stage.world.calls
    for text in ("/help", "/issues", "/me"):
        await people.write(stage.world, bakyt, bakyt.id, text)
        await asyncio.sleep(0.1)
    await stage.settled()
    calls = to(stage.calls(before), bakyt)
    assert [call.status for call in calls] == [429, 200, 200, 200]
    assert seconds_of(stage.world, calls[1]) - seconds_of(stage.world, calls[0]) >= 1
    titles = [text.split("\n")[0] for text in said(calls)[1:]]
    assert titles == ["Жардам", "📋 Жергиликтүү маанидеги маселелер: 25", "👤 Мен"]


async def test_one_persons_wait_is_nobody_elses(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 5)
    stage.world.faults.add(Fault(Kind.TOO_MANY_REQUESTS, chat=crowd[0].id, retry_after=1))
    began = time.monotonic()
    await pour(stage, [wrote(person, "/menu") for person in crowd])
    at = {
        call.chat: seconds_of(stage.world, call) - began
        for call in stage.calls(stage.begun)
        if call.method == "sendMessage"
    }
    last = at.pop(crowd[0].id)
    assert last >= 1
    assert max(at.values()) < last


@pytest.mark.slow
async def test_a_rush_over_telegrams_rate_is_answered_to_the_last_person(stage: Stage) -> None:
    """Refused again and again with «retry after 1 second»: whoever waits long is served all the same."""
    crowd = await a_crowd(stage.bot.database, stage.world, 66)
    stage.world.limits = Limits(Rates(overall_a_second=6, overall_burst=6))
    await pour(stage, [wrote(person, "/menu") for person in crowd])
    assert [person.id for person in crowd if len(stage.world.from_bot(person.id)) != 1] == []
    assert 429 in outcomes(stage.calls(0), "sendMessage")


# --- a time-out after Telegram has accepted ---


async def test_a_press_whose_answer_never_came_is_shown_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_PATIENCE", ClientTimeout(total=0.4))
    await stage.write("bakyt", "/menu")
    for method in ("answerCallbackQuery", "editMessageText"):
        stage.world.faults.add(Fault(Kind.TIMEOUT_AFTER_ACCEPTING, method=method))
    before = stage.world.calls
    await stage.tap("bakyt", "Маселелер")
    edits = [call.description for call in stage.calls(before) if call.method == "editMessageText"]
    assert len(edits) == 2
    assert "not modified" in edits[1]  # the first one had come through; that is no fault
    [post] = stage.world.from_bot(102)
    assert post.edits == 1
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM inbox WHERE settled_at IS NULL") == [(0,)]


async def test_a_message_whose_answer_never_came_is_rather_sent_twice_than_lost(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """sendMessage has no key that would let Telegram know a repetition; the effect in the database is still one."""
    monkeypatch.setattr(session, "_PATIENCE", ClientTimeout(total=0.4))
    stage.world.faults.add(Fault(Kind.TIMEOUT_AFTER_ACCEPTING, method="sendMessage"))
    calls = await answers(stage, "bakyt", text="/menu")
    assert len(set(said(calls))) == 1
    assert len(stage.world.from_bot(102)) == 2
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM inbox") == [(1,)]


# --- gone, and back ---


@pytest.mark.parametrize("kind", [Kind.FORBIDDEN, Kind.DEACTIVATED])
async def test_whoever_cannot_be_written_to_is_remembered_as_stopped_until_they_write_again(
    stage: Stage, kind: Kind
) -> None:
    stage.world.faults.add(Fault(kind, chat=102, method="sendMessage"))
    calls = await answers(stage, "bakyt", text="/menu")
    assert outcomes(calls, "sendMessage") == [403]  # not tried again
    assert await rows(stage.bot.database, STOPPED) == [(1,)]
    await stage.write("bakyt", "/menu")
    assert await rows(stage.bot.database, STOPPED) == [(0,)]
    assert len(stage.world.from_bot(102)) == 1


async def test_blocking_and_unblocking_are_heard(stage: Stage) -> None:
    bakyt = stage.world.person("bakyt")
    await stage.write("bakyt", "/menu")
    before = stage.world.calls
    await people.block(stage.world, bakyt)
    await stage.settled()
    assert await rows(stage.bot.database, STOPPED) == [(1,)]
    await people.unblock(stage.world, bakyt)
    await stage.settled()
    assert await rows(stage.bot.database, STOPPED) == [(0,)]
    assert stage.calls(before) == []  # it is no reason to speak


async def test_somebody_telegram_does_not_know_any_more_stops_nobody_else(stage: Stage) -> None:
    """A chat that was never there: 400 «chat not found»."""
    crowd = await a_crowd(stage.bot.database, stage.world, 3)
    del stage.world.chats[crowd[0].id]
    await pour(stage, [wrote(person, "/menu") for person in crowd])
    gone = await rows(stage.bot.database, "SELECT address FROM accounts WHERE stopped_at IS NOT NULL")
    assert gone == [(str(crowd[0].id),)]
    assert all(stage.world.from_bot(person.id) for person in crowd[1:])


# --- what the message or the press has become in the meantime ---


async def test_a_screen_that_has_not_changed_is_no_fault(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.write("bakyt", "/menu")
    before = stage.world.calls
    await stage.forge("bakyt", "m")
    assert ["not modified" in call.description for call in stage.calls(before) if call.chat] == [True]
    assert len(stage.world.from_bot(102)) == 1
    assert [record for record in caplog.records if record.name.startswith("bot.") and record.levelname == "ERROR"] == []


async def test_a_message_that_was_deleted_is_answered_by_a_new_one(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    bakyt, post = stage.world.person("bakyt"), stage.world.last(102)
    stage.world.remove(stage.world.chat(102), post)
    await people.press(stage.world, bakyt, 102, post.id, "is", stale=True)
    await stage.settled()
    assert stage.world.last(102).id > post.id
    assert "Жергиликтүү маанидеги маселелер" in stage.world.last(102).text


async def test_a_press_under_a_message_too_old_to_be_read_is_answered(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    stage.world.clock.turn_by(timedelta(days=90))
    bakyt, post = stage.world.person("bakyt"), stage.world.last(102)
    await people.press(stage.world, bakyt, 102, post.id, "is", inaccessible=True, stale=True)
    await stage.settled()
    assert "Жергиликтүү маанидеги маселелер" in stage.world.last(102).text


async def test_a_press_that_waited_too_long_is_shown_all_the_same(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot was off for an hour: the press cannot be answered any more, the message can be redrawn."""
    await stage.write("bakyt", "/menu")
    bakyt, post = stage.world.person("bakyt"), stage.world.last(102)
    await people.press(stage.world, bakyt, 102, post.id, "is", stale=True)
    stage.world.clock.turn_by(timedelta(hours=1))
    await stage.settled()
    answered = [call.description for call in stage.calls(0) if call.method == "answerCallbackQuery"]
    assert len(answered) == 1
    assert "query is too old" in answered[0]
    assert "Жергиликтүү маанидеги маселелер" in stage.world.last(102).text
    assert [record for record in caplog.records if record.name.startswith("bot.") and record.levelname == "ERROR"] == []


async def test_whoever_waits_longer_than_a_second_sees_a_sign_of_life(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    stage.world.faults.add(Fault(Kind.SLOW, method="sendMessage", seconds=2))
    calls = await answers(stage, "bakyt", text="/help")
    assert outcomes(calls, "sendChatAction") == [200]
    quick = await answers(stage, "bakyt", text="/help")
    assert outcomes(quick, "sendChatAction") == []


async def test_a_fault_in_the_sign_of_life_harms_nobody(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.write("bakyt", "/menu")
    stage.world.faults.add(Fault(Kind.BAD_GATEWAY, method="sendChatAction"))
    stage.world.faults.add(Fault(Kind.SLOW, method="sendMessage", seconds=1.8))
    calls = await answers(stage, "bakyt", text="/help")
    assert outcomes(calls, "sendChatAction") == [502]
    assert len(stage.world.from_bot(102)) == 2
    assert [record for record in caplog.records if record.name.startswith("bot.") and record.levelname == "ERROR"] == []


async def test_nothing_of_all_this_is_refused_by_telegram_on_a_good_day(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 4)
    await pour(stage, [pressed(person, data) for person in crowd for data in ("m", "is", "i:3", "if:3", "me", "gone")])
    assert refused(stage.calls(0)) == []
