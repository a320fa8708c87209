"""What does staff's work on proposals cost, and does what changes something change it?"""

from actions import reports, templates
from actions.proposals import supporting
from civic.people import Role
from civic.reports import Complaint, Subject
from handlers.table import table
from storage.municipalities import find_by_key
from tests.bot.buttons import ways_of
from tests.bot.crowd import a_crowd, appointed, pour, pressed, refused, state
from tests.bot.test_proposals import a_lively_one, person_of
from tests.conversations.stage import Stage
from tests.proposals import CLERK

STAFF = [kind for kind in table.presses if kind.code.startswith(("st", "sv"))]
CHANGES = ("sta", "stx", "sty", "svk")


async def test_no_screen_of_the_desk_costs_more_than_it_says_and_what_writes_does_write(stage: Stage) -> None:
    author, supporter, clerk, head = await a_crowd(stage.bot.database, stage.world, 4)
    await appointed(stage.bot.database, clerk, Role.CLERK)
    await appointed(stage.bot.database, head, Role.HEAD)
    number = await a_lively_one(stage, author, supporter, clerk)
    crowd = await a_crowd(stage.bot.database, stage.world, 6, first=7_000)
    now = stage.world.clock.now()
    async with stage.bot.database.transaction() as db:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        staff = await person_of(db, clerk)
        officer = (await person_of(db, head)).id
        template = await templates.write(db, home, None, "Жарык", "Чырак орнотулат.", "", staff, CLERK, now)
        people = [await person_of(db, who) for who in crowd]
        for person in people:
            await supporting.support(db, person, number, now)
        for person in people:
            await reports.report(db, person, home, Subject.PROPOSAL, number, Complaint.RUDE, now)
        mark = template.id
    ways = {
        "sta": [f"sta:{number}:{officer}", f"sta:{number}:"],
        "stx": [f"stx:{mark}"],
        "sty": [f"sty:{mark}"],
        "svk": [f"svk:proposal:{number}"],
    }
    for kind in sorted(STAFF, key=lambda kind: kind.code):
        if kind.code not in CHANGES:
            await pour(stage, [pressed(clerk, way) for way in (*ways_of(kind), f"{kind.code}:{number}")])
    for code in CHANGES:
        for way in ways[code]:
            before = await state(stage.bot.database)
            await pour(stage, [pressed(head, way)])
            assert await state(stage.bot.database) != before, way
    spent, declared = stage.bot.turns.spent, {kind.code: table.presses[kind].statements for kind in STAFF}
    assert set(declared) <= set(spent)
    assert {code: (spent[code], most) for code, most in declared.items() if spent[code] > most} == {}
    assert refused(stage.calls(0)) == []
