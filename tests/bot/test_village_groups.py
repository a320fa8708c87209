"""Does the bot ask whoever added it whose group it is, is it silent there meanwhile, and do staff decide?"""

from collections.abc import Callable

from handlers.table import table
from sandbox import people
from sandbox.cast import CHANNEL, GROUP
from sandbox.chats import Chat
from tests.bot.crowd import pour, pressed, refused, rows, said, to
from tests.conversations.stage import Stage

LINKED = "SELECT address, unlinked_at IS NULL, village_id FROM places ORDER BY id"
STATES = "SELECT state, address FROM place_requests ORDER BY id"


async def added(stage: Stage, who: str, name: str = "Көчө") -> Chat:
    """Somebody opens a group and adds the bot to it."""
    group = stage.world.add_group(name, stage.world.person(who))
    await people.add_bot(stage.world, stage.world.person(who), group)
    await stage.settled()
    return group


async def test_a_neighbour_asks_privately_and_staff_link_the_group(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    group = await added(stage, "bakyt")
    await stage.tap("bakyt", "Жаңы-Турмуш")
    await stage.write("gulnara", "/tasks")
    await stage.tap("gulnara", "Күткөн топтор · 1")
    await stage.tap("gulnara", "Көчө")
    await stage.tap("gulnara", "Байланыштыруу")
    [(address, now, village)] = await rows(stage.bot.database, LINKED)
    [(name,)] = await rows(stage.bot.database, "SELECT name_ky FROM villages WHERE id = :v", v=village)
    assert (address, bool(now), name) == (str(group.id), True, "Жаңы-Турмуш")
    assert stage.world.from_bot(group.id) == [], "nothing is said in the group"
    told = said(to(stage.calls(0), stage.world.person("bakyt")))
    assert "Байланыштырылды" in told[-1]


async def test_whoever_never_wrote_to_the_bot_finds_the_way_in_the_group(stage: Stage, log: Callable[[], str]) -> None:
    aigul = stage.world.person("aigul")
    group = await added(stage, "aigul", "Достор")
    [post] = stage.world.from_bot(group.id)
    [[button]] = post.buttons
    payload = button["url"].partition("?start=")[2]
    assert payload.startswith("q")
    await stage.write("aigul", f"/start {payload}")
    assert "Достор" in said(to(stage.calls(0), aigul))[-1]
    await stage.write("bakyt", f"/start {payload}")
    assert "мындай нерсе жок" in said(to(stage.calls(0), stage.world.person("bakyt")))[-1], "it is hers to say"
    assert "ERROR" not in log()


async def test_a_channel_of_somebody_who_is_not_staff_is_nobodys_village(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    channel = stage.world.chat(CHANNEL)
    channel.members[stage.world.person("bakyt").id] = "administrator"
    await people.add_bot(stage.world, stage.world.person("bakyt"), CHANNEL)
    await stage.settled()
    assert await rows(stage.bot.database, STATES) == []


async def test_a_group_that_becomes_a_supergroup_before_staff_decide_is_linked_where_it_is(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    group = await added(stage, "bakyt")
    await stage.tap("bakyt", "Бүт айыл аймагы")
    moved = people.migrate(stage.world, group)
    await stage.settled()
    await pour(stage, [pressed(stage.world.person("gulnara"), "qa:1")])
    [(address, now, village)] = await rows(stage.bot.database, LINKED)
    assert (address, bool(now), village) == (str(moved.id), True, None)


async def test_a_bot_that_is_thrown_out_waits_for_nobody(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    group = await added(stage, "bakyt")
    await people.remove_bot(stage.world, stage.world.person("bakyt"), group)
    await stage.settled()
    assert await rows(stage.bot.database, STATES) == [("removed", str(group.id))]
    await people.add_bot(stage.world, stage.world.person("bakyt"), group)
    await stage.settled()
    assert [state for state, _ in await rows(stage.bot.database, STATES)] == ["removed", "asked"]


async def test_staff_who_give_the_bot_its_rights_link_the_group_that_was_asked_for(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    await people.add_bot(stage.world, stage.world.person("bakyt"), GROUP)
    await stage.settled()
    await people.promote_bot(stage.world, stage.world.person("gulnara"), GROUP)
    await stage.settled()
    assert await rows(stage.bot.database, STATES) == [("linked", str(GROUP))]
    assert [bool(now) for _, now, _ in await rows(stage.bot.database, LINKED)] == [True]


async def test_no_screen_of_groups_costs_more_than_it_declares(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    bakyt, gulnara = stage.world.person("bakyt"), stage.world.person("gulnara")
    for name in ("Көчө", "Базар"):
        await added(stage, "bakyt", name)
    for way in "q:1 q:1:0 q:1:1 qb:1 qv:1:1:1 qv:2:1: q:2".split():
        await pour(stage, [pressed(bakyt, way)])
    for way in "ql:0 qr:1 qa:1 qr:1 qd:2 qp:1 qs:1:2 qs:1:".split():
        await pour(stage, [pressed(gulnara, way)])
        await stage.bot.postman.idle()
    spent = stage.bot.turns.spent
    own = {k.code: r.statements for k, r in table.presses.items() if k.code in "q qb qv ql qr qa qd qp qs".split()}
    assert {code: (spent[code], most) for code, most in own.items() if spent[code] > most} == {}
    assert set(own) <= set(spent)
    assert refused(stage.calls(0)) == []
