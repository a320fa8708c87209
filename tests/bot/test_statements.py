"""What does each screen cost, and does a screen that only reads write nothing?"""

from civic.people import Role
from handlers.table import table
from sandbox.chats import Person
from talk.press import Press
from tests.bot.buttons import LAST, ways_of
from tests.bot.crowd import a_crowd, appointed, do, pour, pressed, refused, state, wrote
from tests.conversations.stage import Stage


def test_every_press_of_every_feature_is_tried() -> None:
    assert [kind.__name__ for kind in (*table.presses, *table.forms) if not ways_of(kind)] == []


# what every issue of the list takes part in, or everything that somebody has
WHOLE_LIST = {"md", "ku", "kan", "ksa", "jn", "jtn", "mfy", "ecu", "stz"}
WHOLE_LIST |= {"ega", "ern"}  # the group with what it can do; the count moves and the sheet is shown anew
WHOLE_LIST |= {"es"}  # the petition is held and the rule asked anew before anything is written
WHOLE_LIST |= {"os"}  # counts everybody whom an announcement reaches, before it goes out and on the progress
WHOLE_LIST |= {"oh", "og", "oxy", "ozy"}  # the message that shows how far an announcement is follows
# what must have happened before a press can change anything
FIRST = {
    "nvx": ["nva:1"],
    "nu": ["nq:issue:3"],
    "iu": ["if:3"],
    "kb": ["ko:21"],
    "ku": ["kr:4"],
    "ko": ["kb:21"],
    "gu": ["gx:1"],
}
# what only a conversation leads up to: a file to remove, a change to take back, a link or a second messenger to come
# by, a village where nobody lives; for channels and groups, and the log of publications, test_channels.py counts
ELSEWHERE: set[str] = {
    "ha",
    "kf",
    "ksa",
    "hb",
    "puy",
    "pux",
    "puk",
    "pug",
    "puw",
    "puq",
    "gw",
    "gy",
    "uvx",
    *"gky gkx".split(),  # somebody who shows a code: test_confirming.py counts
    "mj",
    "jn",
    "jtn",
    "jx",
    "jy",
    *"uwx utx uxx".split(),  # a day, a rule or a stop that was entered: test_calendar_and_stops.py counts
    "ern",  # wants a line that repeats: test_petition_desk.py
    *"ega egd egn egx egc egy egz ean eao".split(),  # a group of one's own: test_petition_groups.py counts
    "oo",  # an announcement that came: test_announced.py counts
    *"os oq oh og oxy oxu ozy otx oty".split(),  # an announcement of one's own: test_announcement_desk.py counts
    "ydx",  # a letter in doubt: test_post_desk.py counts
    *"qv qa qd qs".split(),  # a group that somebody asked to link: test_village_groups.py counts
    *"qcp qcd qcb".split(),  # a card in a group: test_group_cards.py counts
    "mss",  # a street of one's own village: test_streets.py counts
    "qox",  # a quick poll that is open: test_opinions.py counts
    *"edt edl edy edf edm erp ecs ecc ecu".split(),  # a petition that is checked, signed: test_petition_desk.py counts
    *"es eu ef eo eh".split(),  # a petition that gathers signatures: test_petition_signing.py counts
    *"sta stx sty stz svk svr".split(),  # a proposal that waits: test_proposal_desk.py counts
    *"su sx sl sn".split(),  # a proposal of somebody else: test_proposals.py counts
}


def _last(kind: type[Press]) -> bool:
    return kind.code == LAST


async def somebody_with_every_role(stage: Stage, *, first: int = 1_001) -> Person:
    """A resident of the aimak who may press everything."""
    [person] = await a_crowd(stage.bot.database, stage.world, 1, first=first)
    for role in Role:
        await appointed(stage.bot.database, person, role)
    return person


READING = {kind: route for kind, route in table.presses.items() if route.reads}
WRITING = {kind: route for kind, route in table.presses.items() if not route.reads}


async def test_no_screen_costs_more_statements_than_its_route_declares(two_homes: Stage) -> None:
    aisha = await somebody_with_every_role(two_homes)
    guest = two_homes.world.person("aigul")
    two_homes.world.chat(guest.id).started = True
    order = sorted(table.presses, key=lambda kind: kind.code == LAST)
    for kind in order:
        await pour(two_homes, [pressed(guest, way) for way in ways_of(kind)])
        await pour(two_homes, [pressed(aisha, way) for way in ways_of(kind)])
    spent = two_homes.bot.turns.spent
    declared = {kind.code: route.statements for kind, route in table.presses.items()}
    assert set(declared) <= set(spent)
    too_much = {code: (spent[code], most) for code, most in declared.items() if spent[code] > most}
    assert too_much == {}
    assert max(most for code, most in declared.items() if code not in WHOLE_LIST) <= 12
    assert refused(two_homes.calls(0)) == []


async def test_a_screen_that_costs_more_than_it_says_would_be_noticed(stage: Stage) -> None:
    await stage.write("bakyt", "/menu")
    for way in ("h", "i:3"):
        await stage.forge("bakyt", way)
    await stage.forge("bakyt", "if:7")
    spent = stage.bot.turns.spent
    assert 0 == spent["h"] < spent["i"] < spent["if"]


async def test_a_screen_that_reads_writes_nothing(two_homes: Stage) -> None:
    """`reads` lets a screen be shown again, for somebody whose answer was lost or who types: it must be harmless."""
    aisha = await somebody_with_every_role(two_homes)
    guest = two_homes.world.person("aigul")
    two_homes.world.chat(guest.id).started = True
    await pour(two_homes, [wrote(guest, "/menu"), wrote(aisha, "/menu")])
    await two_homes.bot.turns.finish()
    before = await state(two_homes.bot.database)
    for kind in READING:
        writes, calls = two_homes.bot.database.writes, two_homes.world.calls
        presses = [pressed(person, way) for way in ways_of(kind) for person in (aisha, guest)]
        await pour(two_homes, presses)
        assert await state(two_homes.bot.database) == before, kind
        # only the kit's own writing: into the inbox, settled, where people stand, answered
        assert two_homes.bot.database.writes - writes <= 4, kind
        answered = [call for call in two_homes.calls(calls) if call.method == "answerCallbackQuery"]
        assert len(answered) == len(presses), kind


async def test_every_way_that_writes_does_write(stage: Stage) -> None:
    """The test above could not fail if a print of the tables never changed."""
    for kind in sorted(WRITING.keys() - {kind for kind in WRITING if kind.code in ELSEWHERE}, key=_last):
        await do(stage.bot.database, "DELETE FROM followings")
        await do(stage.bot.database, "UPDATE issues SET renewed_on = NULL")
        aisha = await somebody_with_every_role(stage, first=5_000 + len(stage.world.people))
        for way in FIRST.get(kind.code, ()):
            await pour(stage, [pressed(aisha, way)])
        before = await state(stage.bot.database)
        await pour(stage, [pressed(aisha, ways_of(kind)[0])])
        assert await state(stage.bot.database) != before, kind
