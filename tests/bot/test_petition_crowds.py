"""Do petitions hold when a whole village presses at once, when updates come ten times, and when the bot is killed?"""

import asyncio
import random
from collections import Counter

from sqlalchemy import select

from actions.petitions import signing
from bot.app import words
from bot.verifying import verify
from sandbox.chats import Person
from sandbox.world import World
from storage.database import Database
from storage.municipalities import Municipality
from storage.people import Account, accounts_at
from storage.people import Person as Known
from tests.bot.crowd import a_crowd, numbers_of, post, pour, pressed, refused, rows, said, to
from tests.cast import VAULT
from tests.conversations.stage import Stage
from tests.petitions import an_open_petition

ALREADY = words().speaker("ky")("petitions-signed-already")


async def introduced(database: Database, world: World, crowd: list[Person], *, needs: int) -> int:
    """Everybody has said their name, and there is an open petition that needs so many signatures; gives its number."""
    async with database.transaction() as db:
        home = (await db.scalars(select(Municipality).order_by(Municipality.id))).first()
        assert home is not None
        now = world.clock.now()
        known = list(await db.scalars(select(Known).join(Account).where(Known.consented_at.is_not(None))))
        for person in known:
            signing.introduce(db, person, "Айбек Асанов", now, vault=VAULT, shown=True)
        first = (await accounts_at(db, [("telegram", str(crowd[0].id))]))["telegram", str(crowd[0].id)].person
        return (await an_open_petition(db, home, first, now, needs=needs)).id


async def counted(database: Database, petition: int) -> tuple[int, int, int]:
    """What the counter says, how many rows count, and how many entries the journal has of signing less taking back."""
    [(signed,)] = await rows(database, "SELECT signed FROM petitions WHERE id = :p", p=petition)
    standing = "SELECT COUNT(*) FROM petition_signatures WHERE petition_id = :p AND standing = 'counted'"
    [(counts,)] = await rows(database, standing, p=petition)
    told = Counter(
        event
        for (event,) in await rows(database, "SELECT event FROM journal WHERE object_id = :p", p=petition)
        if event in ("petition.signed", "petition.signature-withdrawn")
    )
    return signed, counts, told["petition.signed"] - told["petition.signature-withdrawn"]


async def test_two_hundred_presses_of_one_person_are_one_signature(on_both: Stage) -> None:
    [aisha, _] = crowd = await a_crowd(on_both.bot.database, on_both.world, 2)
    petition = await introduced(on_both.bot.database, on_both.world, crowd, needs=300)
    since = on_both.world.calls
    presses = [pressed(aisha, f"es:{petition}:") for _ in range(200)]
    assert set(await asyncio.gather(*(post(on_both, press) for press in presses))) == {200}
    await on_both.settled()
    assert await counted(on_both.bot.database, petition) == (1, 1, 1)
    answers = [call for call in on_both.calls(since) if call.method == "answerCallbackQuery"]
    assert len(answers) == 200
    assert sum(call.params.get("text") == ALREADY for call in answers) == 199
    assert refused(on_both.calls(since)) == []


async def test_five_hundred_signers_race_for_the_threshold_and_it_is_reached_once(on_both: Stage) -> None:
    crowd = await a_crowd(on_both.bot.database, on_both.world, 500)
    petition = await introduced(on_both.bot.database, on_both.world, crowd, needs=300)
    presses = [pressed(person, f"es:{petition}:") for person in crowd]
    random.Random(3).shuffle(presses)
    await pour(on_both, presses)
    assert await counted(on_both.bot.database, petition) == (500, 500, 500)
    events = "SELECT COUNT(*) FROM journal WHERE event = 'petition.threshold-reached' AND object_id = :p"
    assert await rows(on_both.bot.database, events, p=petition) == [(1,)]
    steps = "SELECT what FROM petition_steps WHERE petition_id = :p AND what IN ('reached', 'lost')"
    assert await rows(on_both.bot.database, steps, p=petition) == [("reached",)]
    told = "SELECT key, COUNT(*) FROM outbox WHERE key IN ('petition-milestone', 'petition-reached') AND person_id = :n"
    leader = (await numbers_of(on_both.bot.database, [crowd[0]]))[crowd[0].id]
    letters = dict(await rows(on_both.bot.database, f"{told} GROUP BY key", n=leader))
    assert letters == {"petition-milestone": 3, "petition-reached": 1}  # 25, 50 and 75 per cent; then the whole


async def test_updates_that_come_ten_times_in_any_order_count_once(on_both: Stage) -> None:
    crowd = await a_crowd(on_both.bot.database, on_both.world, 20)
    petition = await introduced(on_both.bot.database, on_both.world, crowd, needs=300)
    presses = [pressed(person, f"es:{petition}:") for person in crowd]
    copies = presses * 10
    random.Random(5).shuffle(copies)
    for piece in range(0, len(copies), 40):
        await asyncio.gather(*(post(on_both, press) for press in copies[piece : piece + 40]))
    await on_both.settled()
    assert await counted(on_both.bot.database, petition) == (20, 20, 20)


async def test_signing_and_taking_back_that_come_ten_times_in_any_order_each_count_once(on_both: Stage) -> None:
    """What came first of each update counts, in the order in which the inbox took them."""
    crowd = await a_crowd(on_both.bot.database, on_both.world, 10)
    petition = await introduced(on_both.bot.database, on_both.world, crowd, needs=300)
    ways = (f"es:{petition}:", f"eu:{petition}", f"es:{petition}:", f"eu:{petition}", f"es:{petition}:")
    presses = [pressed(person, way) for person in crowd for way in ways]
    does = {str(press["update_id"]): press["callback_query"]["data"] for press in presses}
    copies = presses * 10
    random.Random(7).shuffle(copies)
    for piece in range(0, len(copies), 50):
        await asyncio.gather(*(post(on_both, press) for press in copies[piece : piece + 50]))
    await on_both.settled()
    came = await rows(on_both.bot.database, "SELECT address, number FROM inbox ORDER BY id")
    assert sorted(number for _, number in came if number in does) == sorted(does)
    stands, moves = dict.fromkeys((str(person.id) for person in crowd), False), 0
    for address, number in came:
        if number in does and stands[address] != does[number].startswith("es"):
            stands[address], moves = not stands[address], moves + 1
    count = sum(stands.values())
    assert await counted(on_both.bot.database, petition) == (count, count, count)
    told = "SELECT COUNT(*) FROM journal WHERE event IN ('petition.signed', 'petition.signature-withdrawn')"
    assert await rows(on_both.bot.database, told) == [(moves,)]
    _, broken = await verify(on_both.bot.database, key=None, head=None, tell=lambda _: None)
    assert broken == []


async def test_everybody_reads_which_signature_is_theirs(on_both: Stage) -> None:
    crowd = await a_crowd(on_both.bot.database, on_both.world, 3)
    petition = await introduced(on_both.bot.database, on_both.world, crowd, needs=300)
    since = on_both.world.calls
    await pour(on_both, [pressed(person, f"es:{petition}:") for person in crowd])
    receipts = {code for (code,) in await rows(on_both.bot.database, "SELECT receipt FROM petition_signatures")}
    for person in crowd:
        words = " ".join(said(to(on_both.calls(since), person)))
        assert sum(code in words for code in receipts) == 1
