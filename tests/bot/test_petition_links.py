"""Is what is found by its link alone opened by the link alone: with its word, by no number that somebody types?"""

from civic.people import Role
from civic.petitions import State
from sandbox.chats import Person
from tests.bot.crowd import a_crowd, do, pour, pressed, rows, said, to, wrote
from tests.bot.test_petition_desk import a_petition, said_after, staff
from tests.conversations.stage import Stage
from tests.petitions import TREES

ASK = "Шилтемени петиция тууралуу айткан адамдан же демилгелүү топтон сураңыз"


async def heard(stage: Stage, who: Person, words: str) -> str:
    since = stage.world.calls
    await pour(stage, [wrote(who, words)])
    return " ".join(said(to(stage.calls(since), who)))


async def test_a_number_that_is_typed_opens_nothing_before_enough_have_signed(stage: Stage) -> None:
    leader = await staff(stage, first=4_003)
    number = await a_petition(stage, leader, state=State.OPEN)
    await do(stage.bot.database, "UPDATE petitions SET state = 'open', public_at = NULL")
    [(word,)] = await rows(stage.bot.database, "SELECT link_word FROM petitions")
    assert len(word) == 10
    [stranger] = await a_crowd(stage.bot.database, stage.world, 1, first=4_009)
    guest = stage.world.person("aigul")
    stage.world.chat(guest.id).started = True
    await pour(stage, [pressed(stranger, "e:open:0:::new:")])
    for who, words in (
        (stranger, f"№ {number}"),
        (stranger, f"/start p{number}"),
        (guest, f"/start p{number}_1"),
        (guest, f"/start p{number}_1_{word[:-1]}"),
        (guest, f"/start p{number}__"),
    ):
        answer = await heard(stage, who, words)
        assert ASK in answer, words
        assert TREES.title not in answer
    for who, words in (
        (guest, f"/start p{number}__{word}"),
        (stranger, f"/start p{number}_1_{word}"),
        (leader, f"/start p{number}"),  # the group, staff and who signed need no word
        (await staff(stage, Role.CLERK, first=4_004), f"/start p{number}"),
    ):
        assert TREES.demand in await heard(stage, who, words), words
    await do(stage.bot.database, "UPDATE petitions SET link_word = ''")  # passed on before there was a word
    assert TREES.demand in await heard(stage, guest, f"/start p{number}_1")
    assert ASK in await heard(stage, stranger, f"№ {number}")
    await do(stage.bot.database, "UPDATE petitions SET public_at = opened_at, link_word = :w", w=word)
    for words in (f"/start p{number}", f"/start p{number}_1", f"/start p{number}_1_{word}", f"№ {number}"):
        await pour(stage, [pressed(stranger, "e:open:0:::new:")])
        assert TREES.demand in await heard(stage, stranger, words), words


async def test_who_passes_it_on_passes_on_the_word(stage: Stage) -> None:
    leader = await staff(stage, first=4_013)
    number = await a_petition(stage, leader, state=State.OPEN)
    await do(stage.bot.database, "UPDATE petitions SET state = 'open', public_at = NULL")
    [(word,)] = await rows(stage.bot.database, "SELECT link_word FROM petitions")
    shared = " ".join(await said_after(stage, leader, f"eh:{number}"))
    assert f"start=p{number}_1_{word}" in shared
    await do(stage.bot.database, "UPDATE petitions SET public_at = opened_at")
    shared = " ".join(await said_after(stage, leader, f"eh:{number}"))
    assert f"start=p{number}_1\n" in f"{shared}\n".replace(" ", "\n")
    assert word not in shared
