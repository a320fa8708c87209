"""What was entered: days, rules, stops. What do their buttons cost, whom do they reach, is pressing twice once?"""

from datetime import date
from typing import Any

from actions import stops, thresholds, workdays
from civic.people import Role
from civic.stops import Stoppable
from civic.thresholds import Consequence, Formula
from handlers.municipalities.presses import LiftStopNow, OpenDay, OpenRule, OpenStop, RemoveDayNow, WithdrawRuleNow
from handlers.table import table
from sandbox.chats import Person
from storage.municipalities import find_by_key
from storage.people import accounts_at
from tests.bot.crowd import a_crowd, appointed, pour, pressed, refused, rows, said, to
from tests.conversations.stage import Stage

EVERY = frozenset(Role)


async def an_admin(stage: Stage, *, first: int = 6_001, home: str = "ak-bulak") -> Person:
    """Somebody who holds every role there."""
    [person] = await a_crowd(stage.bot.database, stage.world, 1, first=first, key=home)
    for role in Role:
        await appointed(stage.bot.database, person, role, home)
    return person


async def entered(stage: Stage, admin: Person) -> None:
    """A day, a rule to come and a stop."""
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        key = ("telegram", str(admin.id))
        by = (await accounts_at(db, [key]))[key].person
        who: tuple[Any, ...] = (by, EVERY, now)
        await workdays.set_day(db, home, date(2026, 5, 27), ("Курман айт", ""), *who, works=False)
        rule = [Formula(Consequence.ANSWER, 50, 15), Formula(Consequence.KENESH, 300)]
        await thresholds.adopt(db, home, rule, date(2026, 6, 1), "Токтом № 14", *who)
        await stops.stop(db, home, Stoppable.SIGNING, ("Кол коюу токтотулду.", ""), *who)
    await stage.settled()


async def count(stage: Stage) -> tuple[int, int, int]:
    """How many days, rules and open stops there are."""
    [found] = await rows(
        stage.bot.database,
        "SELECT (SELECT count(*) FROM day_exceptions), (SELECT count(*) FROM petition_rules),"
        " (SELECT count(*) FROM stops WHERE lifted_at IS NULL)",
    )
    return found[0], found[1], found[2]


async def test_what_was_entered_is_read_and_taken_back_within_the_declared_cost(stage: Stage) -> None:
    admin = await an_admin(stage)
    colleague = await an_admin(stage, first=6_101)
    await entered(stage, admin)
    ways = ["t", "u", "uw", "ut", "ur", "ux", *(press.pack() for press in (OpenDay(1), OpenRule(1)))]
    ways += [OpenStop(Stoppable.SIGNING).pack(), "uwd:1", "utw:1", "uxl:signing"]
    await pour(stage, [pressed(admin, way) for way in ways])
    assert await count(stage) == (1, 1, 1)
    since = stage.world.calls
    last = (RemoveDayNow(1), WithdrawRuleNow(1), LiftStopNow(Stoppable.SIGNING))
    await pour(stage, [pressed(admin, press.pack()) for press in last])
    await stage.settled()
    assert await count(stage) == (0, 0, 0)
    spent = stage.bot.turns.spent
    declared = {kind.code: route.statements for kind, route in table.presses.items() if kind.code in spent}
    assert {code: (spent[code], most) for code, most in declared.items() if spent[code] > most} == {}
    assert any("Кайра ачылды: Кол коюу" in words for words in said(to(stage.calls(since), colleague)))
    assert refused(stage.calls(0)) == []


async def test_two_taps_lift_once_and_the_second_is_told_so(stage: Stage) -> None:
    admin = await an_admin(stage)
    await entered(stage, admin)
    since = stage.world.calls
    await pour(stage, [pressed(admin, "uxx:signing"), pressed(admin, "uxx:signing")])
    alerts = [str(call.params.get("text")) for call in stage.calls(since) if call.method == "answerCallbackQuery"]
    assert (await count(stage))[2] == 0
    assert sum("токтотулган эмес" in words for words in alerts) == 1


async def test_staff_of_another_municipality_neither_read_nor_change_what_was_entered_here(two_homes: Stage) -> None:
    await entered(two_homes, await an_admin(two_homes))
    stranger = await an_admin(two_homes, first=6_201, home="kok-jar")
    since = two_homes.world.calls
    ways = ["uwo:1", "uwx:1", "uto:1", "utx:1", "uxo:signing", "uxx:signing", "uw", "ut", "ur", "ux"]
    await pour(two_homes, [pressed(stranger, way) for way in ways])
    assert await count(two_homes) == (1, 1, 1)
    read = "\n".join(said(to(two_homes.calls(since), stranger)))
    assert ("Курман айт киргизил" in read, "Токтом № 14" in read, "Кол коюу токтотулду" in read) == (False,) * 3
    assert refused(two_homes.calls(0)) == []
