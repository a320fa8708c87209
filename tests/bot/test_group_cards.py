"""Does a card in a group count by itself, stand there once, and never come back where somebody deleted it?"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions import cards
from actions.petitions import signing
from bot.telegram import calls
from civic.petitions import State
from handlers.table import table
from sandbox import people
from sandbox.cast import GROUP
from sandbox.chats import Person, Post
from sandbox.faults import Fault, Kind
from scheduler.timetable import TIMETABLE
from storage.municipalities import get_municipality
from storage.petitions import Petition
from tests.bot.crowd import a_crowd, do, pour, pressed, refused, rows, said, to
from tests.bot.test_petition_desk import a_petition, known
from tests.cast import VAULT
from tests.conversations.stage import Stage
from tests.proposals import a_proposal

CARDS = "SELECT message IS NOT NULL, over_at IS NOT NULL, down_at IS NOT NULL FROM group_cards ORDER BY id"
PAUSE = timedelta(seconds=5)


async def followed(stage: Stage, after: timedelta = PAUSE) -> None:
    """Some seconds pass, and the timetable comes round."""
    stage.world.clock.turn_by(after)
    [job] = [job for job in TIMETABLE if job.does is cards.follow]
    await stage.bot.clockwork.run(job)
    await stage.settled()


def standing(stage: Stage, chat: int = GROUP) -> list[Post]:
    """What the bot has said in the group and nobody deleted; the notes that something was pinned are Telegram's."""
    return [post for post in stage.world.from_bot(chat) if post.text]


async def changed(stage: Stage, number: int, **what: object) -> None:
    """Something happens to the petition."""
    async with stage.bot.database.transaction() as db:
        petition = await db.scalar(select(Petition).where(Petition.id == number))
        assert petition is not None
        for name, value in what.items():
            setattr(petition, name, value)


async def a_linked_group(stage: Stage, chat: int = GROUP) -> Person:
    """The village's group is linked by staff, and the bot may pin there; gives whoever linked it."""
    await people.add_bot(stage.world, stage.world.person("gulnara"), chat)
    await stage.settled()
    stage.world.chat(chat).bot_status = "administrator"
    return stage.world.person("gulnara")


async def a_card(stage: Stage) -> tuple[Person, int, list[Person]]:
    """A petition that gathers signatures stands as a card in a linked group; gives the clerk, the petition's number and
    neighbours who may sign."""
    leader, *neighbours = await a_crowd(stage.bot.database, stage.world, 6)
    number = await a_petition(stage, leader, state=State.OPEN)
    await changed(stage, number, public_at=stage.world.clock.now())
    async with stage.bot.database.transaction() as db:
        for person in neighbours:
            signing.introduce(
                db, await known(db, person), "Айбек Асанов", stage.world.clock.now(), vault=VAULT, shown=True
            )
    gulnara = await a_linked_group(stage)
    await pour(stage, [pressed(gulnara, f"qcp:1:petition:{number}")])
    await stage.settled()
    return gulnara, number, neighbours


async def sign(stage: Stage, number: int, *signers: Person) -> None:
    """They sign in the bot."""
    await pour(stage, [pressed(person, f"es:{number}::1") for person in signers])


async def test_a_card_is_posted_once_and_pinned_without_a_sound_and_its_button_opens_the_bot(stage: Stage) -> None:
    clerk, number, _ = await a_card(stage)
    [post] = standing(stage)
    assert stage.world.chat(GROUP).pinned == [post.id]
    [[button]] = post.buttons
    assert button["url"].endswith(f"?start=p{number}")
    assert [call.params.get("disable_notification") for call in stage.calls(0) if call.chat == GROUP] == [True, True]
    await pour(stage, [pressed(clerk, f"qcp:1:petition:{number}")])
    assert [each.id for each in standing(stage)] == [post.id], "the same stands in a place once"


async def test_the_count_follows_those_who_sign_and_however_many_do_at_once_it_is_one_change(stage: Stage) -> None:
    _, number, neighbours = await a_card(stage)
    [post] = standing(stage)
    await sign(stage, number, *neighbours[:3])
    await followed(stage)
    assert post.edits == 1
    assert "ботто 4" in post.text, post.text
    await followed(stage)
    assert post.edits == 1, "nothing happened"
    await sign(stage, number, neighbours[3])
    await followed(stage)
    assert post.edits == 2
    assert stage.world.chat(GROUP).pinned == [post.id]


async def test_the_end_is_said_and_the_card_is_pinned_no_more(stage: Stage) -> None:
    _, number, _ = await a_card(stage)
    await changed(stage, number, state=State.HANDED_OVER, handed_over_at=stage.world.clock.now())
    await followed(stage)
    [post] = standing(stage)
    assert "тапшырылды" in post.text
    assert stage.world.chat(GROUP).pinned == []
    await changed(stage, number, state=State.ANSWERED)
    await followed(stage)
    assert post.edits == 1, "what is over is changed no more"


async def test_a_card_that_somebody_deleted_does_not_come_back_and_staff_are_told_once(stage: Stage) -> None:
    clerk, number, neighbours = await a_card(stage)
    stage.world.remove(stage.world.chat(GROUP), standing(stage)[0])
    for signer in neighbours[:2]:
        await sign(stage, number, signer)
        await followed(stage)
    assert standing(stage) == []
    told = [words for words in said(to(stage.calls(0), clerk)) if "топтон өчүрүлдү" in words]
    assert len(told) == 1
    assert await rows(stage.bot.database, CARDS) == [(1, 0, 1)]
    await stage.tap("gulnara", "Кайра коюу")
    await stage.settled()
    assert len(standing(stage)) == 1, "staff put it back"


async def test_what_was_taken_down_is_deleted_and_comes_back_by_undo(stage: Stage) -> None:
    clerk, number, neighbours = await a_card(stage)
    [old] = standing(stage)
    await pour(stage, [pressed(clerk, "qcd:1")])
    await stage.settled()
    assert standing(stage) == []
    await sign(stage, number, neighbours[0])
    await followed(stage)
    assert standing(stage) == [], "it counts no more"
    await pour(stage, [pressed(clerk, "qcb:1")])
    await stage.settled()
    [new] = standing(stage)
    assert new.id > old.id
    assert "ботто 2" in new.text


async def test_one_that_telegram_deletes_no_more_says_that_it_was_taken_down(stage: Stage) -> None:
    clerk, _, _ = await a_card(stage)
    stage.world.chat(GROUP).bot_status = "member"
    stage.world.clock.turn_by(timedelta(days=3))
    await pour(stage, [pressed(clerk, "qcd:1")])
    await stage.settled()
    [post] = standing(stage)
    assert "алып салды" in post.text
    assert post.buttons == []


async def test_put_and_taken_down_at_one_moment_nothing_is_left_there(stage: Stage) -> None:
    clerk, number, _ = await a_card(stage)
    await pour(stage, [pressed(clerk, "qcd:1")])
    stage.world.faults.add(Fault(Kind.SLOW, method="sendMessage", chat=GROUP, seconds=0.5))
    await pour(stage, [pressed(clerk, f"qcp:1:petition:{number}"), pressed(clerk, "qcd:2")])
    for _ in range(3):
        await followed(stage)
    assert standing(stage) == []
    assert await rows(stage.bot.database, "SELECT count(*) FROM outbox WHERE done_at IS NULL") == [(0,)]


async def test_a_group_that_becomes_a_supergroup_gets_its_card_anew(stage: Stage) -> None:
    _, number, neighbours = await a_card(stage)
    moved = people.migrate(stage.world, stage.world.chat(GROUP))
    await stage.settled()
    await sign(stage, number, neighbours[0])
    await followed(stage)
    [post] = standing(stage, moved.id)
    assert "ботто 2" in post.text
    assert stage.world.chat(moved.id).pinned == [post.id]


async def test_a_move_that_only_telegrams_refusal_tells_loses_no_card(stage: Stage) -> None:
    _, number, neighbours = await a_card(stage)
    stage.world.faults.add(Fault(Kind.MIGRATE, method="editMessageText", chat=GROUP))
    await sign(stage, number, neighbours[0])
    await followed(stage)
    moved = stage.world.chat(GROUP).moved_to
    assert moved is not None
    assert "ботто 2" in standing(stage, moved)[-1].text


async def test_a_telegram_that_is_down_loses_no_change_not_even_the_last_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "_TRIES", 1)  # each call goes on trying for a minute
    _, number, _ = await a_card(stage)
    [post] = standing(stage)
    for _ in range(8):  # tried for two hours, and given up
        stage.world.faults.add(Fault(Kind.SERVER_ERROR, method="editMessageText", chat=GROUP))
    await changed(stage, number, state=State.HANDED_OVER, handed_over_at=stage.world.clock.now())
    for _ in range(12):
        await followed(stage, timedelta(hours=2))
    assert "тапшырылды" in post.text
    assert await rows(stage.bot.database, CARDS) == [(1, 1, 0)]


async def test_what_is_hidden_or_taken_away_from_readers_is_hidden_on_the_card_as_well(stage: Stage) -> None:
    _, number, _ = await a_card(stage)
    [post] = standing(stage)
    assert "Дарак" in post.text or "дарак" in post.text
    await changed(stage, number, hidden_at=stage.world.clock.now())
    await followed(stage)
    assert "дарак" not in post.text.lower(), post.text


async def test_a_name_in_somebodys_text_calls_nobody_in_the_group(stage: Stage) -> None:
    leader, *_ = await a_crowd(stage.bot.database, stage.world, 2)
    number = await a_petition(stage, leader, state=State.OPEN)
    await changed(stage, number, public_at=stage.world.clock.now(), title="Ай, @cholpon_ak", demand="*@bakyt* <b>_!")
    gulnara = await a_linked_group(stage)
    await pour(stage, [pressed(gulnara, f"qcp:1:petition:{number}")])
    await stage.settled()
    [post] = standing(stage)
    assert "@cholpon" not in post.text
    assert "@bakyt" not in post.text
    assert "*@\u2060bakyt* <b>_!" in post.text


async def test_a_proposal_stands_there_too_and_says_what_became_of_it(stage: Stage) -> None:
    [author, neighbour] = await a_crowd(stage.bot.database, stage.world, 2)
    async with stage.bot.database.transaction() as db:
        person = await known(db, author)
        home = await get_municipality(db, person.municipality_id or 0)
        proposal = await a_proposal(db, person, home, stage.world.clock.now())
    gulnara = await a_linked_group(stage)
    await pour(stage, [pressed(gulnara, f"qcp:1:proposal:{proposal.id}")])
    await stage.settled()
    [post] = standing(stage)
    assert "жарык чырак" in post.text
    await pour(stage, [pressed(neighbour, f"su:{proposal.id}")])
    await followed(stage)
    assert post.edits == 1
    await do(stage.bot.database, "UPDATE proposals SET state = 'done'")
    await followed(stage)
    assert "Аткарылды" in post.text
    assert stage.world.chat(GROUP).pinned == []


async def test_staff_put_it_up_from_the_petition_itself_and_residents_see_no_such_way(stage: Stage) -> None:
    _, number, neighbours = await a_card(stage)
    await pour(stage, [pressed(stage.world.person("cholpon"), f"eh:{number}"), pressed(neighbours[0], f"eh:{number}")])
    ways = [
        [button["text"] for post in stage.world.from_bot(who.id) for row in post.buttons for button in row]
        for who in (stage.world.person("cholpon"), neighbours[0])
    ]
    assert ["📌 Баракча коюу" in each for each in ways] == [True, False]
    await stage.tap("cholpon", "Баракча коюу")
    [choice] = [
        each for each in said(to(stage.calls(0), stage.world.person("cholpon"))) if "кайсы жерде турсун" in each
    ]
    assert choice


async def test_no_screen_of_cards_costs_more_than_it_declares(stage: Stage) -> None:
    clerk, number, _ = await a_card(stage)
    ways = "qc:1 qcn:1:0 qco:1 qcd:1 qco:1 qcb:1 qcd:2".split()
    for way in (*ways, *(f"{code}:petition:{number}" for code in ("qcl:1", "qcg", "qcp:1"))):
        await pour(stage, [pressed(clerk, way)])
        await stage.bot.postman.idle()
    spent = stage.bot.turns.spent
    own = {k.code: r.statements for k, r in table.presses.items() if k.code.startswith("qc")}
    assert {code: (spent[code], most) for code, most in own.items() if spent[code] > most} == {}
    assert set(own) <= set(spent)
    assert refused(stage.calls(0)) == []
