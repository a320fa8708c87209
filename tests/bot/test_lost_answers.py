"""Who was not answered because the bot was stopped in between: are they shown how things stand?"""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.telegram.updates import row_of
from sandbox import people
from sandbox.chats import Person
from sandbox.faults import Fault, Kind
from tests.bot.crowd import a_crowd, do, pour, pressed, rows, said, to, wrote
from tests.conversations.stage import Stage

LOST = "UPDATE inbox SET answered_at = NULL"  # committed, and nothing was shown


async def restarted(stage: Stage) -> int:
    """The bot is started again after it was stopped before any answer; gives the number of its calls so far."""
    await stage.bot.turns.finish()
    await do(stage.bot.database, LOST)
    calls = stage.world.calls
    await stage.restart()
    await stage.bot.turns.finish()
    return calls


def shown(stage: Stage, since: int, person: Person) -> list[str]:
    """The first line of each message somebody was shown since then."""
    return [text.split("\n")[0] for text in said(to(stage.calls(since), person))]


async def test_everybody_is_shown_the_screen_at_which_they_stand(stage: Stage) -> None:
    [aisha, beksultan, chynara] = await a_crowd(stage.bot.database, stage.world, 3)
    await pour(stage, [pressed(aisha, "il::1:"), pressed(beksultan, "me"), wrote(chynara, "таштанды")])
    since = await restarted(stage)
    assert shown(stage, since, aisha) == ["📋 Бардык маселелер (25)"]
    assert shown(stage, since, beksultan) == ["👤 Мен"]
    assert shown(stage, since, chynara) == ["🔎 «таштанды» боюнча табылды: 1"]
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM inbox WHERE answered_at IS NULL") == [(0,)]


async def test_it_is_the_present_state_not_the_one_at_which_they_pressed(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    await pour(stage, [pressed(aisha, "i:3")])
    assert "Коңшулар көпүрө оңдошту" not in stage.world.last(aisha.id).text
    await do(stage.bot.database, "UPDATE issues SET doing_ky = 'Коңшулар көпүрө оңдошту' WHERE id = 3")
    await restarted(stage)
    assert "Коңшулар көпүрө оңдошту" in stage.world.last(aisha.id).text


async def test_several_lost_answers_to_one_person_are_one_message(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    await pour(stage, [pressed(aisha, data) for data in ("m", "is", "i:3", "if:3", "me")])
    assert shown(stage, await restarted(stage), aisha) == ["👤 Мен"]


async def test_an_effect_whose_answer_was_lost_is_not_repeated(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    await pour(stage, [pressed(aisha, "mns:daily")])
    await restarted(stage)
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM journal WHERE event = 'person.notify'") == [(1,)]


async def test_in_the_middle_of_a_form_the_question_that_waits_is_shown(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    await pour(stage, [pressed(aisha, "mv")])
    question = stage.world.last(aisha.id).text
    await restarted(stage)
    assert [post.text for post in stage.world.from_bot(aisha.id)] == [question, question]
    await pour(stage, [wrote(aisha, "2")])
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM drafts") == [(0,)]


async def test_whoever_has_no_screen_yet_or_one_that_is_gone_is_shown_the_menu(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    aigul = stage.world.person("aigul")
    stage.world.chat(aigul.id).started = True
    await pour(stage, [pressed(aisha, "i:3"), wrote(aigul, "/start i999")])  # Aigul's first word, and a dead link
    await do(stage.bot.database, "UPDATE accounts SET at = 'i:999' WHERE address = :a", a=str(aisha.id))
    since = await restarted(stage)
    assert shown(stage, since, aisha) == ["Ак-Булак айыл аймагы"]
    assert shown(stage, since, aigul) == ["Ак-Булак айыл аймагы"]


async def test_a_screen_that_cannot_be_made_keeps_nobody_else_waiting_and_the_bot_runs(stage: Stage) -> None:
    [aisha, beksultan] = await a_crowd(stage.bot.database, stage.world, 2)
    await pour(stage, [pressed(aisha, "pf:norms"), pressed(beksultan, "me")])
    await do(stage.bot.database, 'UPDATE municipalities SET own_settings = \'{"norm_age": "eighteen"}\'')
    since = await restarted(stage)
    assert shown(stage, since, beksultan) == ["👤 Мен"]
    await pour(stage, [wrote(aisha, "/menu")])
    assert shown(stage, since, aisha)[-1] == "Ак-Булак айыл аймагы"


async def test_somebody_who_was_forgotten_is_not_written_to(stage: Stage) -> None:
    [aisha, beksultan] = await a_crowd(stage.bot.database, stage.world, 2)
    await pour(stage, [pressed(aisha, "mf"), pressed(aisha, "mfy"), pressed(beksultan, "me")])
    since = await restarted(stage)
    assert shown(stage, since, aisha) == []
    assert shown(stage, since, beksultan) == ["👤 Мен"]


async def test_what_was_answered_is_not_shown_again(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    await pour(stage, [pressed(aisha, "me")])
    calls = stage.world.calls
    await stage.restart()
    stage.world.clock.turn_by(timedelta(days=1))
    await stage.restart()
    assert to(stage.calls(calls), aisha) == []


async def test_a_polite_stop_waits_for_the_answers_on_their_way(stage: Stage) -> None:
    bakyt = stage.world.person("bakyt")
    await stage.write("bakyt", "/menu")
    stage.world.faults.add(Fault(Kind.SLOW, method="sendMessage", seconds=1))
    calls = stage.world.calls
    await people.write(stage.world, bakyt, bakyt.id, "/help")
    await stage.world.until(lambda: stage.calls(calls))
    await stage.restart()
    assert shown(stage, calls, bakyt) == ["Жардам"]  # once: it was waited for, and is not shown again


@pytest.mark.slow
async def test_after_a_rush_however_many_answers_were_lost_everybody_is_shown_something(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 1_300)
    await pour(stage, [wrote(person, "/menu") for person in crowd])
    since = await restarted(stage)
    await stage.bot.turns.finish()
    written = {call.chat for call in stage.calls(since)}
    assert len(written & {person.id for person in crowd}) == len(crowd)


async def test_stopping_at_any_moment_tears_no_batch_apart(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 4)
    for moments in range(40):
        written = [row_of(wrote(person, "суу")) for person in crowd]
        await stage.bot.turns.put("telegram", [row for row in written if row])
        for _ in range(moments):
            await asyncio.sleep(0)
        [job] = [task for task in asyncio.all_tasks() if task.get_name() == "turns"]
        job.cancel()
        done, _ = await asyncio.wait([job], timeout=2)
        assert done, "a stop that comes together with an arrival is heard"
        await stage.restart()
    assert not [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM inbox WHERE answered_at IS NULL") == [(0,)]
