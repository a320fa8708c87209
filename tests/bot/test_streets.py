"""Does what concerns one street alone reach those who said that they live there, and nobody else?"""

from dataclasses import replace

import pytest
from sqlalchemy import select

from actions import announcements, announcing
from actions.announcements import mark_of
from actions.petitions import signing
from civic.announcements import Audience, Crowd
from civic.refusals import Reason, Refused
from handlers.petitions.presses import SignPetition
from handlers.table import table
from sandbox.chats import Person as Sandboxed
from storage.database import Database
from storage.municipalities import Street
from storage.people import Person, accounts_at
from tests.announcements import CLERK
from tests.announcements import said as words_of
from tests.bot.crowd import a_crowd, do, pour, pressed, rows, said, to
from tests.bot.test_petition_desk import known
from tests.cast import VAULT
from tests.conversations.announced import person
from tests.conversations.stage import Stage
from tests.petitions import TREES, a_named_resident, an_open_petition

STREET = "SELECT p.street_id FROM people p JOIN accounts a ON a.person_id = p.id WHERE a.address = :a"


async def streets_of_village(database: Database, number: int) -> list[int]:
    """The streets of a village, by name."""
    query = "SELECT id FROM streets WHERE village_id = :v ORDER BY name_ky"
    return [street for (street,) in await rows(database, query, v=number)]


async def two_neighbours(stage: Stage) -> tuple[Sandboxed, Sandboxed, list[int]]:
    """Two people of one village, and its streets."""
    one, other = await a_crowd(stage.bot.database, stage.world, 2)
    addresses = [str(one.id), str(other.id)]
    for address in addresses:
        change = "UPDATE people SET village_id = 1 WHERE id = (SELECT person_id FROM accounts WHERE address = :a)"
        await do(stage.bot.database, change, a=address)
    return one, other, await streets_of_village(stage.bot.database, 1)


async def test_a_resident_says_the_street_changes_it_and_takes_it_back(stage: Stage) -> None:
    one, _, [first, second, *_] = await two_neighbours(stage)
    for street in (first, second):
        await pour(stage, [pressed(one, f"mss:{street}")])
        assert await rows(stage.bot.database, STREET, a=str(one.id)) == [(street,)]
    assert "Көчө:" in said(to(stage.calls(0), one))[-1]
    await pour(stage, [pressed(one, "mss:0")])
    assert stage.bot.turns.spent["mss"] <= 10
    assert await rows(stage.bot.database, STREET, a=str(one.id)) == [(None,)]


async def test_a_street_of_another_village_and_a_forged_one_are_nobodys(stage: Stage) -> None:
    one, _, _ = await two_neighbours(stage)
    [elsewhere, *_] = await streets_of_village(stage.bot.database, 2)
    await pour(stage, [pressed(one, f"mss:{number}") for number in (elsewhere, 9999, 2**40)])
    assert await rows(stage.bot.database, STREET, a=str(one.id)) == [(None,)]


async def test_who_signs_for_a_street_is_asked_once_and_whoever_named_another_is_told_so(stage: Stage) -> None:
    one, other, [first, second, *_] = await two_neighbours(stage)
    await pour(stage, [pressed(other, f"mss:{second}")])
    numbers = []
    async with stage.bot.database.transaction() as db:
        now = stage.world.clock.now()
        neighbours = [await known(db, who) for who in (one, other)]
        home = neighbours[0].municipality
        assert home is not None
        for address in ("7001", "7002"):
            leader = await a_named_resident(db, home, now, address=address)
            text = replace(TREES, village=1, street=first)
            numbers.append((await an_open_petition(db, home, leader, now, text=text)).id)
        for neighbour in neighbours:
            signing.introduce(db, neighbour, "Айбек Асанов", now, vault=VAULT, shown=True)
    for who, told in ((one, False), (other, True)):
        await pour(stage, [pressed(who, f"es:{numbers[0]}::0")])
        shown = said(to(stage.calls(0), who))[-1]
        assert ("Сиз ушул көчөдө жашайсызбы?" in shown, "башка көчөнү көрсөткөнсүз" in shown) == (True, told)
        await pour(stage, [pressed(who, f"es:{numbers[0]}::1")])
        assert await rows(stage.bot.database, STREET, a=str(who.id)) == [(first,)]
        await pour(stage, [pressed(who, f"es:{numbers[1]}::0")])
    query = "SELECT count(*) FROM petition_signatures WHERE petition_id IN (:a, :b) GROUP BY petition_id"
    assert await rows(stage.bot.database, query, a=numbers[0], b=numbers[1]) == [(2,), (2,)]
    assert stage.bot.turns.spent["es"] <= table.presses[SignPetition].statements


async def test_whoever_moves_leaves_the_street_and_a_street_that_is_gone_is_nobodys(stage: Stage) -> None:
    one, other, [first, second, *_] = await two_neighbours(stage)
    await pour(stage, [pressed(one, f"mss:{first}"), pressed(other, f"mss:{second}")])
    await pour(stage, [pressed(one, "mv")])
    await stage.settled()
    await pour(stage, [pressed(stage.world.person("gulnara"), f"usx:{second}")])
    async with stage.bot.database.transaction() as db:
        gone = await db.scalar(select(Street).where(Street.id == second))
        kept = await accounts_at(db, [("telegram", str(other.id))])
        assert (gone, kept["telegram", str(other.id)].person.street_id) == (None, None)


async def test_an_announcement_for_a_street_reaches_it_alone_and_says_whom_it_misses(stage: Stage) -> None:
    one, other, [first, *_] = await two_neighbours(stage)
    await pour(stage, [pressed(one, f"mss:{first}")])
    async with stage.bot.database.transaction() as db:
        clerk = await person(stage, db, "cholpon")
        assert clerk.municipality is not None
        now = stage.world.clock.now()
        draft = await announcements.make(
            db, clerk.municipality, words_of(Audience(Crowd.STREETS, which=(first,))), clerk, CLERK, now
        )
        found = await announcing.reach(db, draft)
        around = await db.scalars(
            select(Person.street_id).where(Person.village_id == 1, Person.consented_at.is_not(None))
        )
        assert found["at-once"] + found["daily"] + found["weekly"] == 1
        unsaid = await announcing.unsaid(db, draft)
        assert unsaid == sum(street is None for street in around) > 0
    await pour(stage, [pressed(stage.world.person("cholpon"), f"op:{draft.id}:ky")])
    shown = said(to(stage.calls(0), stage.world.person("cholpon")))[-1]
    assert "Айрым көчөлөр" in shown
    assert f"Бул айылда {unsaid} адам көчөсүн көрсөткөн эмес" in shown
    async with stage.bot.database.transaction() as db:
        await announcing.send(db, draft.id, mark_of(draft), clerk, CLERK, now)
    since = stage.world.calls
    await stage.settled()
    assert [len(to(stage.calls(since), who)) for who in (one, other)] == [1, 0]
    await pour(stage, [pressed(stage.world.person("cholpon"), f"od:{draft.id}")])
    assert "1 / 1" in said(to(stage.calls(since), stage.world.person("cholpon")))[-1]  # the unreached are not counted


async def test_what_no_resident_of_a_street_would_get_is_not_sent_however_many_never_named_theirs(stage: Stage) -> None:
    _, _, [first, *_] = await two_neighbours(stage)
    async with stage.bot.database.transaction() as db:
        clerk = await person(stage, db, "cholpon")
        assert clerk.municipality is not None
        now = stage.world.clock.now()
        audience = words_of(Audience(Crowd.STREETS, which=(first,)))
        draft = await announcements.make(db, clerk.municipality, audience, clerk, CLERK, now)
        assert await announcing.unsaid(db, draft) > 0
        with pytest.raises(Refused) as refused:
            await announcing.send(db, draft.id, mark_of(draft), clerk, CLERK, now)
        assert refused.value.reason is Reason.NOBODY_HEARS
    await pour(stage, [pressed(stage.world.person("cholpon"), f"op:{draft.id}:ky")])
    shown = said(to(stage.calls(0), stage.world.person("cholpon")))[-1]
    assert "эч ким албайт" in shown
    assert "көчөсүн көрсөткөн эмес" in shown


async def test_streets_of_another_municipality_are_no_audience(two_homes: Stage) -> None:
    query = "SELECT s.id FROM streets s JOIN municipalities m ON m.id = s.municipality_id WHERE m.key = 'kok-jar'"
    [(theirs,), *_] = await rows(two_homes.bot.database, query)
    async with two_homes.bot.database.transaction() as db:
        clerk = await person(two_homes, db, "cholpon")
        assert clerk.municipality is not None
        said_for = words_of(Audience(Crowd.STREETS, which=(theirs,)))
        with pytest.raises(Refused) as refused:
            await announcements.make(db, clerk.municipality, said_for, clerk, CLERK, two_homes.world.clock.now())
        assert refused.value.reason is Reason.NOT_FOUND
