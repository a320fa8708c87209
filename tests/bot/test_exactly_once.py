"""Does every update take effect exactly once, however often and in whatever order it comes?"""

import asyncio
import random
from collections import Counter
from datetime import timedelta

from actions import housekeeping
from sandbox.chats import Json, Person
from tests.bot.crowd import a_crowd, do, numbers_of, post, pour, pressed, rows, said, state, to, wrote
from tests.conversations.stage import Stage

HOW = ("daily", "weekly", "never", "at-once")
NOTIFIED = "SELECT actor_id, COUNT(*) FROM journal WHERE event = 'person.notify' GROUP BY actor_id"


async def notified(stage: Stage, crowd: list[Person]) -> dict[int, int]:
    """How often each of the crowd has changed how they are notified: a press that leaves a journal row each time."""
    numbers = await numbers_of(stage.bot.database, crowd)
    count: dict[int, int] = dict(await rows(stage.bot.database, NOTIFIED))
    return {person.id: count.get(numbers[person.id], 0) for person in crowd}


async def all_open(stage: Stage) -> list[tuple[object, ...]]:
    """Inbox rows that are not settled."""
    return await rows(stage.bot.database, "SELECT id FROM inbox WHERE settled_at IS NULL")


async def test_a_press_that_comes_three_times_at_once_and_out_of_order_counts_once(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 8)
    updates = [pressed(person, f"mns:{how}") for person in crowd for how in HOW]
    copies = updates * 3
    random.Random(7).shuffle(copies)
    assert set(await asyncio.gather(*(post(stage, update) for update in copies))) == {200}
    await stage.settled()
    assert await notified(stage, crowd) == {person.id: len(HOW) for person in crowd}
    assert await all_open(stage) == []
    answers = [call for call in stage.calls(0) if call.method == "answerCallbackQuery"]
    answered = Counter(call.params["callback_query_id"] for call in answers)
    assert answered == Counter(update["callback_query"]["id"] for update in updates)


async def test_the_newest_update_first_and_the_oldest_last_loses_nothing(stage: Stage) -> None:
    crowd = await a_crowd(stage.bot.database, stage.world, 5)
    await pour(stage, [pressed(person, f"mns:{how}") for person in crowd for how in HOW][::-1])
    assert await notified(stage, crowd) == {person.id: len(HOW) for person in crowd}


async def test_following_three_times_over_is_one_following_and_one_line_in_the_journal(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    follow = pressed(aisha, "if:3")
    await asyncio.gather(*(post(stage, follow) for _ in range(3)))
    await stage.settled()
    number = (await numbers_of(stage.bot.database, [aisha]))[aisha.id]
    assert await rows(stage.bot.database, "SELECT issue_id FROM followings WHERE person_id = :n", n=number) == [(3,)]
    followed = "SELECT COUNT(*) FROM journal WHERE event = 'issue.followed' AND actor_id = :n"
    assert await rows(stage.bot.database, followed, n=number) == [(1,)]


async def test_the_same_update_twice_in_one_batch_counts_once(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    update = pressed(aisha, "mns:daily")
    await pour(stage, [update, update, update])
    assert await notified(stage, [aisha]) == {aisha.id: 1}


async def test_an_update_repeated_after_a_restart_changes_nothing(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    update = pressed(aisha, "mns:daily")
    await post(stage, update)
    await stage.settled()
    await stage.restart()
    calls = stage.world.calls
    await post(stage, update)
    await stage.settled()
    assert await notified(stage, [aisha]) == {aisha.id: 1}
    assert stage.calls(calls) == []


async def test_an_update_repeated_a_day_later_changes_nothing_though_the_inbox_was_emptied(stage: Stage) -> None:
    """Telegram keeps an update for twenty-four hours."""
    [aisha, beksultan] = await a_crowd(stage.bot.database, stage.world, 2)
    old, update = pressed(beksultan, "mns:daily"), pressed(aisha, "mns:daily")
    await pour(stage, [old])
    stage.world.clock.turn_by(timedelta(days=3))
    await pour(stage, [update])
    await stage.bot.turns.finish()
    stage.world.clock.turn_by(timedelta(hours=24))
    async with stage.bot.database.transaction() as db:
        assert await housekeeping.empty_inbox(db, stage.world.clock.now()) == 1  # the old one, so it does empty
    await pour(stage, [update])
    assert await notified(stage, [aisha]) == {aisha.id: 1}


async def test_what_people_wrote_does_not_stay_in_the_inbox(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    await pour(stage, [wrote(aisha, "my neighbour drinks")])
    assert await rows(stage.bot.database, "SELECT DISTINCT payload FROM inbox") == [("",)]


async def test_five_changes_by_one_person_at_once_are_all_kept(stage: Stage) -> None:
    """aiogram's default isolation lost four of five (architecture.md, «Facts already tried»)."""
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    issues = (3, 4, 5, 6, 7)
    await asyncio.gather(*(post(stage, pressed(aisha, f"if:{issue}")) for issue in issues))
    await stage.settled()
    number = (await numbers_of(stage.bot.database, [aisha]))[aisha.id]
    kept = await rows(
        stage.bot.database, "SELECT issue_id FROM followings WHERE person_id = :n ORDER BY issue_id", n=number
    )
    assert kept == [(issue,) for issue in issues]


async def test_the_first_five_messages_of_a_newcomer_at_once_make_one_person(stage: Stage) -> None:
    """The published storages failed under concurrent first writes."""
    aigul = stage.world.person("aigul")
    stage.world.chat(aigul.id).started = True
    before = await rows(stage.bot.database, "SELECT COUNT(*) FROM people")
    await asyncio.gather(*(post(stage, wrote(aigul, "/start")) for _ in range(5)))
    await stage.settled()
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM accounts WHERE address = '101'") == [(1,)]
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM people") == [(before[0][0] + 1,)]
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM drafts") == [(1,)]
    assert len(said(to(stage.calls(0), aigul))) == 5


async def test_the_webhook_says_ok_only_when_the_update_is_in_the_inbox(stage: Stage) -> None:
    """By default aiogram's webhook answers before anything is handled: at most once."""
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    update = pressed(aisha, "mns:daily")
    before = await state(stage.bot.database)
    await do(stage.bot.database, "ALTER TABLE inbox RENAME TO inbox_elsewhere")
    assert await post(stage, update) == 500
    await do(stage.bot.database, "ALTER TABLE inbox_elsewhere RENAME TO inbox")
    assert await state(stage.bot.database) == before
    assert await post(stage, update) == 200  # Telegram brings it again
    await stage.settled()
    assert await notified(stage, [aisha]) == {aisha.id: 1}


async def test_one_batch_of_updates_that_contradict_each_other_is_taken_in_its_order(stage: Stage) -> None:
    [aisha] = await a_crowd(stage.bot.database, stage.world, 1)
    steps: list[Json] = [pressed(aisha, f"{code}:3") for code in ("if", "iu") * 3]
    await pour(stage, steps)
    number = (await numbers_of(stage.bot.database, [aisha]))[aisha.id]
    events = "SELECT event FROM journal WHERE actor_id = :n AND event LIKE 'issue.%' ORDER BY id"
    happened = [event for (event,) in await rows(stage.bot.database, events, n=number)]
    assert happened == ["issue.followed", "issue.unfollowed"] * 3
