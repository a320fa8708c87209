"""What do the screens of a petition that gathers signatures cost?"""

from sqlalchemy import select

from actions.petitions import signing
from civic.people import Role
from civic.petitions import State
from handlers.table import table
from storage.petitions import Petition
from tests.bot.buttons import OPEN, ways_of
from tests.bot.crowd import a_crowd, appointed, pour, pressed, refused
from tests.bot.test_petition_desk import a_petition, known
from tests.cast import VAULT
from tests.conversations.stage import Stage

READING = [kind for kind in table.presses if kind.code in OPEN and kind.code.startswith("e")]
SIGNING = {"es", "eu", "ef", "eo", "eh"}


async def test_no_screen_of_an_open_petition_costs_more_than_it_says(stage: Stage) -> None:
    leader, signer, reader, clerk = await a_crowd(stage.bot.database, stage.world, 4)
    await appointed(stage.bot.database, clerk, Role.CLERK)
    guest = stage.world.person("aigul")
    stage.world.chat(guest.id).started = True
    number = await a_petition(stage, leader)
    async with stage.bot.database.transaction() as db:
        petition = await db.scalar(select(Petition).where(Petition.id == number))
        assert petition is not None
        petition.state, petition.check_until = State.OPEN, None
        signing.introduce(db, await known(db, signer), "Айбек Асанов", stage.world.clock.now(), vault=VAULT, shown=True)
    one_petition = [kind for kind in READING if ways_of(kind)[-1].startswith(f"{kind.code}:9999")]
    assert {kind.code for kind in one_petition} >= SIGNING | {"ep", "ex", "ew", "ev"}
    for code in ("es", "eu", "es", "ef", "eo", "eh", "ep", "ex", "ew", "ev"):
        for who in (signer, reader, leader, clerk, guest):
            await pour(stage, [pressed(who, f"{code}:{number}" if code != "es" else f"es:{number}::0")])
    for kind in READING:
        for way in ways_of(kind):
            await pour(stage, [pressed(who, way) for who in (signer, leader, clerk, guest)])
    spent, declared = stage.bot.turns.spent, {kind.code: table.presses[kind].statements for kind in READING}
    assert {code: (spent[code], most) for code, most in declared.items() if spent[code] > most} == {}
    assert max(declared.values()) <= 13
    assert refused(stage.calls(0)) == []


async def test_who_wants_to_be_forgotten_reads_first_how_many_signatures_are_taken_back(stage: Stage) -> None:
    leader, signer = await a_crowd(stage.bot.database, stage.world, 2)
    number = await a_petition(stage, leader)
    async with stage.bot.database.transaction() as db:
        petition = await db.scalar(select(Petition).where(Petition.id == number))
        assert petition is not None
        petition.state, petition.check_until = State.OPEN, None
        signing.introduce(db, await known(db, signer), "Айбек Асанов", stage.world.clock.now(), vault=VAULT, shown=True)
    taken_back = "Эсептен чыга турган колуңуз (тапшырыла элек петицияларда): 1"

    async def is_said() -> bool:
        seen = len(stage.calls(0))
        await pour(stage, [pressed(signer, "mf")])
        return any(taken_back in str(call) for call in stage.calls(0)[seen:])

    assert not await is_said()
    await pour(stage, [pressed(signer, f"es:{number}::0")])
    assert await is_said()
    async with stage.bot.database.transaction() as db:
        petition = await db.get_one(Petition, number)
        petition.state = State.HANDED_OVER
    assert not await is_said()
