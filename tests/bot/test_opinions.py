"""Is a quick poll asked, closed and counted in the groups where it stands, and does nobody take it for a decision?"""

from datetime import timedelta

from actions import opinions
from handlers.table import table
from sandbox import ballots, people
from sandbox.cast import CHANNEL, GROUP
from sandbox.chats import Chat, Person, Post
from sandbox.faults import Fault, Kind
from scheduler.timetable import TIMETABLE
from tests.bot.crowd import pour, pressed, refused, rows, said, to, wrote
from tests.conversations.stage import Stage

POSTS = "SELECT counts IS NOT NULL, voters, settled_at IS NOT NULL FROM opinion_posts ORDER BY id"


async def passes(stage: Stage, time: timedelta) -> None:
    """Time passes, and the timetable comes round."""
    stage.world.clock.turn_by(time)
    [job] = [job for job in TIMETABLE if job.does is opinions.close_due]
    await stage.bot.clockwork.run(job)
    await stage.settled()


async def linked(stage: Stage, *chats: int) -> Person:
    """The groups and channels are linked by staff; gives whoever linked them."""
    for chat in chats or (GROUP,):
        await people.add_bot(stage.world, stage.world.person("gulnara"), chat)
    await stage.settled()
    return stage.world.person("gulnara")


async def asked(stage: Stage, who: Person, *more: str, place: str = "1") -> None:
    """Somebody of the staff asks for an opinion for a day."""
    await pour(stage, [pressed(who, f"qon:{place}")])
    for words in ("Көчөгө жарык керекпи?", "Ооба\nЖок\nБилбейм", "1", *more):
        await pour(stage, [wrote(who, words)])
    await stage.tap("gulnara", "Жөнөтүү")
    await stage.settled()


def polls(stage: Stage, chat: int = GROUP) -> list[Post]:
    """The polls that stand there."""
    return [post for post in stage.world.from_bot(chat) if "poll" in post.json and not post.deleted]


def results(stage: Stage, chat: int = GROUP) -> list[str]:
    """What the bot has told there of the answers."""
    return [post.text for post in stage.world.from_bot(chat) if "жыйынтыгы" in post.text and "poll" not in post.json]


async def votes(stage: Stage, post: Post, *choices: tuple[str, int], chat: int = GROUP) -> None:
    """Neighbours answer."""
    group: Chat = stage.world.chat(chat)
    for who, choice in choices:
        person = stage.world.person(who)
        group.members.setdefault(person.id, "member")
        await people.vote(stage.world, person, chat, post.id, [choice])
    await stage.settled()


async def test_it_is_anonymous_and_says_that_it_binds_nobody(stage: Stage) -> None:
    await asked(stage, await linked(stage))
    [post] = polls(stage)
    poll = post.json["poll"]
    assert poll["is_anonymous"] is True
    assert poll["question"].startswith("Сурамжылоо. Эч кимди милдеттендирбейт")
    assert poll["question"].endswith("Көчөгө жарык керекпи?")
    assert [option["text"] for option in poll["options"]] == ["Ооба", "Жок", "Билбейм"]


async def test_at_its_time_it_is_closed_and_the_group_and_whoever_asked_read_the_counts(stage: Stage) -> None:
    gulnara = await linked(stage)
    await asked(stage, gulnara)
    [post] = polls(stage)
    await votes(stage, post, ("bakyt", 0), ("daniyar", 0), ("emma", 1))
    await passes(stage, timedelta(hours=23))
    assert not post.json["poll"]["is_closed"]
    await passes(stage, timedelta(hours=2))
    assert post.json["poll"]["is_closed"]
    [told] = results(stage)
    assert "Ооба: 2 (67 %)\nЖок: 1 (33 %)\nБилбейм: 0 (0 %)\nЖооп бергендер: 3" in told
    assert "эч кимди милдеттендирбейт" in told
    mine = [words for words in said(to(stage.calls(0), gulnara)) if "Ооба: 2 (67 %)" in words]
    assert len(mine) == 1
    await passes(stage, timedelta(days=1))
    assert len(results(stage)) == 1, "told once"


async def test_staff_close_it_before_its_time_after_they_were_asked(stage: Stage) -> None:
    gulnara = await linked(stage)
    await asked(stage, gulnara)
    [post] = polls(stage)
    await votes(stage, post, ("bakyt", 1))
    await pour(stage, [pressed(gulnara, "qoo:1")])
    await stage.tap("gulnara", "Азыр жабуу")
    assert not post.json["poll"]["is_closed"]
    await stage.tap("gulnara", "Ооба, жабуу")
    await stage.settled()
    assert post.json["poll"]["is_closed"]
    assert "Жок: 1 (100 %)" in results(stage)[0]


async def test_several_places_are_counted_each_and_together(stage: Stage) -> None:
    gulnara = await linked(stage, GROUP, CHANNEL)
    await asked(stage, gulnara, "Баарында", place="")
    for chat, choices in ((GROUP, (("bakyt", 0), ("emma", 2))), (CHANNEL, (("daniyar", 0),))):
        await votes(stage, polls(stage, chat)[0], *choices, chat=chat)
    await passes(stage, timedelta(days=1))
    assert ["Жооп бергендер: 2" in results(stage)[0], "Жооп бергендер: 1" in results(stage, CHANNEL)[0]] == [True, True]
    assert "Ооба: 2 (67 %)" in said(to(stage.calls(0), gulnara))[-1]


async def test_a_poll_that_somebody_deleted_and_a_group_that_threw_the_bot_out_are_not_waited_for(stage: Stage) -> None:
    gulnara = await linked(stage, GROUP, CHANNEL)
    await asked(stage, gulnara, "Баарында", place="")
    stage.world.remove(stage.world.chat(GROUP), polls(stage)[0])
    stage.world.chat(CHANNEL).bot_status = "kicked"
    await passes(stage, timedelta(days=1))
    assert await rows(stage.bot.database, POSTS) == [(0, None, 1), (0, None, 1)]
    assert results(stage) == []
    last = said(to(stage.calls(0), gulnara))[-1]
    assert last.count("саналбай калды") == 2


async def test_a_bot_that_was_killed_between_closing_and_noting_still_learns_the_counts(stage: Stage) -> None:
    await asked(stage, await linked(stage))
    [post] = polls(stage)
    await votes(stage, post, ("bakyt", 0))
    ballots.close(stage.world, stage.world.polls[post.json["poll"]["id"]])  # as the killed one did, with a button
    button = {"text": "Ботто окуу", "url": "https://t.me/ashar_sandbox_bot"}
    stage.world.revise(stage.world.chat(GROUP), post, reply_markup={"inline_keyboard": [[button]]})
    await passes(stage, timedelta(days=1))
    assert "Ооба: 1 (100 %)" in results(stage)[0]
    assert await rows(stage.bot.database, POSTS) == [(1, 1, 1)]


async def test_closed_before_it_was_posted_it_never_appears(stage: Stage) -> None:
    gulnara = await linked(stage)
    for _ in range(9):
        stage.world.faults.add(Fault(Kind.TOO_MANY_REQUESTS, method="sendPoll", chat=GROUP, retry_after=300))
    await asked(stage, gulnara)
    await pour(stage, [pressed(gulnara, "qox:1")])
    stage.world.faults.clear()
    for _ in range(4):
        await passes(stage, timedelta(minutes=20))
    assert polls(stage) == []
    assert await rows(stage.bot.database, POSTS) == [(0, None, 1)]
    assert await rows(stage.bot.database, "SELECT count(*) FROM outbox WHERE done_at IS NULL") == [(0,)]


async def test_where_nothing_is_linked_it_is_said_what_to_do_first(stage: Stage) -> None:
    await pour(stage, [pressed(stage.world.person("gulnara"), "qon")])
    assert "Адегенде топту же каналды кошуңуз" in str(stage.calls(0)[-1].params)


async def test_no_screen_of_quick_polls_costs_more_than_it_declares(stage: Stage) -> None:
    gulnara = await linked(stage)
    await asked(stage, gulnara)
    for way in ("qo", "qoo:1", "qoc:1", "qox:1", "qoc:1"):
        await pour(stage, [pressed(gulnara, way)])
        await stage.bot.postman.idle()
    spent = stage.bot.turns.spent
    own = {k.code: r.statements for k, r in table.presses.items() if k.code in "qo qoo qoc qox".split()}
    assert {code: (spent[code], most) for code, most in own.items() if spent[code] > most} == {}
    assert set(own) <= set(spent)
    assert refused(stage.calls(0)) == []
