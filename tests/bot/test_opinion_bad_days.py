"""What becomes of a quick poll when its group goes another way meanwhile?"""

from datetime import timedelta

from sandbox import people
from sandbox.cast import GROUP
from sandbox.faults import Fault, Kind
from tests.bot.crowd import rows, said, to
from tests.bot.test_opinions import POSTS, asked, linked, passes, polls, results, votes
from tests.conversations.stage import Stage


async def test_in_a_group_that_becomes_a_supergroup_it_is_lost_and_no_other_poll_is_closed_for_it(stage: Stage) -> None:
    gulnara = await linked(stage)
    await asked(stage, gulnara)
    [left] = polls(stage)
    await votes(stage, left, ("bakyt", 0))
    moved = people.migrate(stage.world, stage.world.chat(GROUP))
    await stage.settled()
    await asked(stage, gulnara)
    while polls(stage, moved.id)[-1].id < left.id:  # until one has the number which the first had in the old group
        await asked(stage, gulnara)
    await passes(stage, timedelta(hours=23))
    assert not any(post.json["poll"]["is_closed"] for post in polls(stage, moved.id))
    await passes(stage, timedelta(hours=2))
    assert all(post.json["poll"]["is_closed"] for post in polls(stage, moved.id))
    assert (await rows(stage.bot.database, POSTS))[0] == (0, None, 1)
    assert any("саналбай калды" in words for words in said(to(stage.calls(0), gulnara)))


async def test_a_group_that_moves_at_the_moment_of_counting_loses_it_too(stage: Stage) -> None:
    await asked(stage, await linked(stage))
    stage.world.faults.add(Fault(Kind.MIGRATE, method="stopPoll", chat=GROUP))
    await passes(stage, timedelta(days=1, minutes=1))
    assert await rows(stage.bot.database, POSTS) == [(0, None, 1)]
    assert results(stage) == []
