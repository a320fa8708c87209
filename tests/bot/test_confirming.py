"""Does a code that is shown at the counter confirm whose it is, once, and within the declared cost?"""

from handlers.table import table
from tests.bot.crowd import pour, pressed, refused, rows, said, to
from tests.conversations.stage import Stage

CONFIRMED = "SELECT count(*) FROM people WHERE confirmed_at IS NOT NULL"


async def code_of(stage: Stage, who: str) -> str:
    """What stands on somebody's phone."""
    await stage.forge(who, "mk")
    shown = said(to(stage.calls(0), stage.world.person(who)))[-1]
    return next(word for word in shown.split() if word.count("-") == 1 and word.replace("-", "").isdigit())


async def test_staff_confirm_and_take_back_within_the_declared_cost(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    await stage.write("gulnara", "/menu")
    code = await code_of(stage, "bakyt")
    await stage.forge("gulnara", "gk")
    await stage.write("gulnara", code)
    await stage.tap("gulnara", "Документин көрдүм")
    assert await rows(stage.bot.database, CONFIRMED) == [(1,)]
    await stage.tap("gulnara", "Кайтаруу")
    assert await rows(stage.bot.database, CONFIRMED) == [(0,)]
    spent = stage.bot.turns.spent
    codes = {"mk", "gk", "gky", "gkx"}
    declared = {kind.code: route.statements for kind, route in table.presses.items() if kind.code in codes}
    assert {code: (spent[code], most) for code, most in declared.items() if spent.get(code, 0) > most} == {}
    assert {"mk", "gky", "gkx"} <= set(spent)
    assert refused(stage.calls(0)) == []


async def test_two_clerks_who_press_at_once_confirm_once(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    code = await code_of(stage, "bakyt")
    for who in ("gulnara", "cholpon"):
        await stage.write(who, "/menu")
    clerks = [stage.world.person(who) for who in ("gulnara", "cholpon")]
    since = stage.world.calls
    word = code.replace("-", "")
    await pour(stage, [pressed(clerk, f"gky:{word}") for clerk in clerks])
    assert await rows(stage.bot.database, CONFIRMED) == [(1,)]
    told = said(to(stage.calls(since), stage.world.person("bakyt")))
    assert sum("ырасталды" in words for words in told) == 1
