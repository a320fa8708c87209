"""What becomes of a quick poll when its group goes another way meanwhile?"""

from datetime import timedelta

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer

from bot.limits import Pace
from bot.spoken import words
from bot.telegram.deliver import POLL_LIMIT, TelegramDoor
from bot.telegram.session import Session
from civic.opinions import QUESTION_MOST, Tally
from sandbox import ballots, people
from sandbox.cast import GROUP
from sandbox.faults import Fault, Kind
from talk.screen import Button, Screen
from talk.screen import rows as rows_of
from tests.bot.crowd import refused, rows, said, to
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


async def test_while_the_bot_is_down_telegram_closes_it_and_its_counts_are_read_afterwards(stage: Stage) -> None:
    await asked(stage, await linked(stage))
    [post] = polls(stage)
    await votes(stage, post, ("bakyt", 0), ("emma", 1))

    async def two_days(_: object) -> None:
        stage.world.clock.turn_by(timedelta(days=2))
        ballots.close_due(stage.world)
        assert post.json["poll"]["is_closed"]

    await stage.restart(meanwhile=two_days)
    await passes(stage, timedelta(minutes=1))
    [told] = results(stage)
    assert "Ооба: 1 (50 %)\nЖок: 1 (50 %)" in told


async def test_counts_that_were_told_and_never_noted_are_told_again_however_often(stage: Stage) -> None:
    """Killed after the poll was closed, and killed again after the buttons under it were changed."""
    await asked(stage, await linked(stage))
    [post] = polls(stage)
    await votes(stage, post, ("bakyt", 2))
    door = TelegramDoor(
        Bot(stage.world.token, session=Session(api=TelegramAPIServer.from_base(stage.url))), Pace(1_000, 1_000, 60_000)
    )
    under = Screen(buttons=rows_of(Button("Ботту ачуу", link="https://t.me/ashar_bot")))
    told = [await door.count(str(GROUP), under, str(post.id)) for _ in range(4)]
    await door.bot.session.close()
    assert [done.tally for done in told] == [Tally((0, 0, 1), 1)] * 4


async def test_what_could_not_be_posted_before_its_time_was_over_is_not_posted_any_more(stage: Stage) -> None:
    gulnara = await linked(stage)
    for _ in range(9):
        stage.world.faults.add(Fault(Kind.TOO_MANY_REQUESTS, method="sendPoll", chat=GROUP, retry_after=90_000))
    await asked(stage, gulnara)
    stage.world.faults.clear()
    stage.world.clock.turn_by(timedelta(days=2))  # and the timetable did not come round yet
    await stage.bot.postman.idle()
    assert polls(stage) == []
    assert len(refused(stage.calls(0))) == 1, "Telegram takes no poll whose end is past, and is not asked to"
    await passes(stage, timedelta(minutes=1))
    assert await rows(stage.bot.database, POSTS) == [(0, None, 1)]


async def test_the_question_says_until_when_it_is_open_and_fits_at_its_longest_in_every_language(stage: Stage) -> None:
    await linked(stage)
    await asked(stage, stage.world.person("gulnara"))
    assert "Бүтөт: " in polls(stage)[0].json["poll"]["question"]
    for language in ("ky", "ru", "en"):
        mark = words().speaker(language)("opinions-mark", on="07.05.2026")
        assert len(f"{mark} ") + QUESTION_MOST <= POLL_LIMIT
