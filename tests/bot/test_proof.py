"""Is the head of the journal posted in the channel, every hour that wrote something, silently, and does it fit?"""

import re
from datetime import timedelta

from actions.proof import POSTED_EVERY
from bot.verifying import verify
from sandbox import people
from sandbox.cast import CHANNEL, GROUP
from sandbox.world import Call
from scheduler.timetable import TIMETABLE
from tests.bot.crowd import do, pour, pressed, rows
from tests.conversations.stage import Stage

HEAD = re.compile(r"^([0-9]+:[0-9a-f]{64})$", re.MULTILINE)


async def with_channel(stage: Stage, *chats: int) -> None:
    """The clerk has added the bot to the channel; the hour of its first post is over."""
    for chat in chats or (CHANNEL,):
        await people.add_bot(stage.world, stage.world.person("gulnara"), chat)
        await stage.settled()


async def an_hour_later(stage: Stage, after: timedelta = POSTED_EVERY) -> None:
    """The clock goes on and the timetable comes round."""
    stage.world.clock.turn_by(after)
    [job] = [job for job in TIMETABLE if job.key == "post-heads"]
    await stage.bot.clockwork.run(job)
    await stage.settled()
    await stage.bot.postman.idle()


def posts(stage: Stage, chat: int = CHANNEL) -> list[str]:
    """The heads that stand in the channel or group."""
    return [found[1] for post in stage.world.from_bot(chat) if (found := HEAD.search(post.text)) is not None]


def sent(stage: Stage, since: int) -> list[Call]:
    """What the bot did in the channel since then."""
    return [call for call in stage.calls(since) if call.chat == CHANNEL]


async def heard(stage: Stage, *heads: str) -> tuple[list[str], list[str]]:
    """What following the chain comes to, for each of the heads."""
    fine: list[str] = []
    broken: list[str] = []
    for head in heads:
        good, bad = await verify(stage.bot.database, key="ak-bulak", head=head, tell=lambda _: None)
        fine, broken = fine + good, broken + bad
    return fine, broken


async def test_the_head_is_posted_once_for_every_hour_that_wrote_something(stage: Stage) -> None:
    await with_channel(stage)
    calls = stage.world.calls
    await an_hour_later(stage)
    assert len(posts(stage)) == 1
    assert [(call.method, call.params["disable_notification"]) for call in sent(stage, calls)] == [
        ("sendMessage", True)
    ]
    await an_hour_later(stage)
    assert len(posts(stage)) == 1, "nothing was written since"
    await pour(stage, [pressed(stage.world.person("bakyt"), "if:3")])
    await an_hour_later(stage, timedelta(minutes=1))
    await pour(stage, [pressed(stage.world.person("bakyt"), "iu:3")])
    await an_hour_later(stage, timedelta(minutes=50))
    assert len(posts(stage)) == 2, "no two within an hour"
    await an_hour_later(stage, timedelta(minutes=10))
    assert len(set(posts(stage))) == 3
    fine, broken = await heard(stage, *posts(stage))
    assert broken == []
    assert fine.count("The published head stands in this chain.") == 3


async def test_the_head_stands_beside_the_pinned_list_and_takes_nothing_from_it(stage: Stage) -> None:
    await with_channel(stage)
    await stage.tap("gulnara", "Азыр жарыялоо")
    [pinned] = stage.world.chat(CHANNEL).pinned
    noted = await rows(stage.bot.database, "SELECT COUNT(*) FROM publications")
    await an_hour_later(stage)
    assert stage.world.chat(CHANNEL).pinned == [pinned]
    assert len(stage.world.from_bot(CHANNEL)) == 2
    assert await rows(stage.bot.database, "SELECT COUNT(*) FROM publications") == noted
    assert await rows(stage.bot.database, "SELECT post FROM places") == [(str(pinned),)]


async def test_groups_are_left_alone(stage: Stage) -> None:
    await with_channel(stage, GROUP)
    await an_hour_later(stage)
    assert stage.world.from_bot(GROUP) == []
    assert await rows(stage.bot.database, "SELECT posted_number FROM journal_heads") == [(None,)]


async def test_a_post_that_was_made_gives_away_whoever_writes_the_journal_anew(stage: Stage) -> None:
    await with_channel(stage)
    await an_hour_later(stage)
    [head] = posts(stage)
    number = int(head.partition(":")[0])
    await do(stage.bot.database, f"UPDATE journal SET object_id = 77 WHERE number = {number}")
    _, broken = await heard(stage, head)
    assert len(broken) == 1
    assert f"entry {number} " in broken[0]
