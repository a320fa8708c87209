"""Is each person served in the order of what they did, and many people side by side?"""

import asyncio
import gc
import random
import time

from bot.telegram.updates import row_of
from sandbox import people
from sandbox.chats import Json
from sandbox.faults import Fault, Kind
from tests.bot.crowd import a_crowd, a_neighbour, numbers_of, pour, pressed, rows, said, seconds_of, to, wrote
from tests.conversations.stage import Stage

COMMANDS = {"/menu": "Ак-Булак айыл аймагы", "/help": "Жардам", "/me": "👤 Мен", "/participate": "🙋 Кантип катышам?"}


async def test_everybody_is_answered_in_the_order_in_which_they_wrote_however_telegram_limps(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 6)
    dice = random.Random(3)
    wanted = {person.id: [dice.choice(list(COMMANDS)) for _ in range(8)] for person in crowd}
    for person in crowd:
        for kind in (Kind.SLOW, Kind.RESET, Kind.SLOW):
            stage.world.faults.add(Fault(kind, method="sendMessage", chat=person.id, seconds=0.2))
    updates = [wrote(person, wanted[person.id][i]) for i in range(8) for person in crowd]
    await pour(stage, updates)
    for person in crowd:
        came = [text.split("\n")[0] for text in said(call for call in to(stage.calls(0), person) if call.status == 200)]
        assert came == [COMMANDS[text] for text in wanted[person.id]]


async def test_one_slow_chat_delays_nobody_else(stage: Stage) -> None:
    slow, *others = await a_crowd(stage.bot.database, stage.world, 30)
    stage.world.faults.add(Fault(Kind.SLOW, chat=slow.id, seconds=1.2))
    began = time.monotonic()
    await pour(stage, [wrote(person, "/menu") for person in (slow, *others)])
    at = {
        call.chat: seconds_of(stage.world, call) - began
        for call in stage.calls(stage.begun)
        if call.method == "sendMessage"
    }
    last = at.pop(slow.id)
    assert last >= 1.2
    assert len(at) == 29
    assert max(at.values()) < last


async def test_the_next_answer_to_a_slow_chat_waits_for_the_one_before(stage: Stage) -> None:
    bakyt = stage.world.person("bakyt")
    await stage.write("bakyt", "/menu")
    stage.world.faults.add(Fault(Kind.SLOW, chat=bakyt.id, seconds=0.5))
    since = stage.world.calls
    for text in ("/help", "/me"):
        await people.write(stage.world, bakyt, bakyt.id, text)
    await stage.settled()
    first, second = (call for call in stage.calls(since) if call.method == "sendMessage")
    assert [text.split("\n")[0] for text in said([first, second])] == ["Жардам", "👤 Мен"]
    assert seconds_of(stage.world, second) > seconds_of(stage.world, first)


async def test_twenty_presses_of_each_of_twenty_people_at_once_are_all_answered(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 20)
    updates = [pressed(person, "mns:daily") for _ in range(20) for person in crowd]
    await asyncio.gather(*(stage.bot.turns.put("telegram", [_row(update)]) for update in updates))
    await stage.bot.turns.idle()
    numbers = await numbers_of(stage.bot.database, crowd)
    lines = "SELECT actor_id, COUNT(*) FROM journal WHERE event = 'person.notify' GROUP BY actor_id"
    assert dict(await rows(stage.bot.database, lines)) == dict.fromkeys(numbers.values(), 20)
    answered = [call for call in stage.calls(0) if call.method == "answerCallbackQuery"]
    assert len(answered) == len(updates)


def _row(update: Json) -> tuple[str, str, str]:
    row = row_of(update)
    assert row is not None
    return row


async def test_a_thousand_people_leave_no_locks_behind(stage: Stage) -> None:
    """aiogram's SimpleEventIsolation never frees its locks."""
    crowd = [a_neighbour(stage.world, 10_000 + number) for number in range(1_000)]
    await pour(stage, [wrote(person, "/help") for person in crowd])
    assert len({call.chat for call in stage.calls(stage.begun) if call.method == "sendMessage"}) == 1_000
    await stage.bot.turns.finish()
    showing = stage.bot.turns.showing
    kept = {name: len(value) for name, value in vars(showing).items() if isinstance(value, dict | set | list)}
    del kept["_doors"]
    assert kept == dict.fromkeys(kept, 0)
    assert {"_tails", "_queued", "_begun", "answered", "_side_jobs"} <= kept.keys()
    await asyncio.sleep(0)
    still = [task for task in asyncio.all_tasks() if "Showing._show" in repr(task)]
    assert still == []


async def test_what_was_imported_is_not_collected_again_and_again(stage: Stage) -> None:
    assert gc.get_threshold() == (50_000, 20, 20)
    assert gc.get_freeze_count() > 10_000
