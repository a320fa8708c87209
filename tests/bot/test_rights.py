"""Who may press what? Every button and command × every role and people from elsewhere, out of the route table itself:
a new button is tried without a line here, and fails until somebody says for whom it is."""

import pytest

from civic.people import RIGHTS, Right, Role
from handlers.table import table
from sandbox.chats import Person
from talk.form import FormRoute
from talk.press import Press
from talk.routes import PressRoute
from tests.bot.buttons import OPEN, ways_of
from tests.bot.crowd import a_crowd, appointed, do, pour, pressed, refused, rows, said, state, to, wrote
from tests.conversations.stage import Stage

NOT_YOURS = "Бул иш сизге ачык эмес"
ROUTES: dict[type[Press], PressRoute | FormRoute] = {**table.presses, **table.forms}
INSTALLER = {"uf"}  # for those of ADMIN_IDS alone, whatever else somebody may: the action asks once more
STAFF = {kind: route.right for kind, route in ROUTES.items() if route.right is not None}


def test_every_button_that_asks_for_no_right_is_known_to_be_for_everybody() -> None:
    assert {kind.code for kind, route in ROUTES.items() if route.right is None} == OPEN


def test_every_right_is_asked_for_somewhere() -> None:
    """A right that no button asks for would be a word without meaning."""
    assert set(STAFF.values()) == set(Right)


async def somebody(stage: Stage, *roles: Role, home: str = "ak-bulak", first: int) -> Person:
    """Somebody of that municipality with those roles."""
    [person] = await a_crowd(stage.bot.database, stage.world, 1, first=first, key=home)
    for role in roles:
        await appointed(stage.bot.database, person, role, home)
    return person


async def denied(stage: Stage, person: Person, way: str) -> bool:
    """Whether the press is answered with «not yours»."""
    since = stage.world.calls
    await pour(stage, [pressed(person, way)])
    calls = stage.calls(since)
    alerts = [str(call.params.get("text")) for call in calls if call.method == "answerCallbackQuery"]
    return any(NOT_YOURS in words for words in [*said(to(calls, person)), *alerts])


WITHOUT = [("resident", ()), *((role.value, (role,)) for role in Role)]


@pytest.mark.parametrize(("who", "roles"), WITHOUT, ids=[name for name, _ in WITHOUT])
async def test_each_role_may_press_what_its_rights_say_and_nothing_else(
    two_homes: Stage, who: str, roles: tuple[Role, ...]
) -> None:
    person = await somebody(two_homes, *roles, first=3_000)
    has = {right for role in roles for right in RIGHTS[role]}
    wrong = []
    before = await state(two_homes.bot.database)
    for kind, right in STAFF.items():
        if right in has:
            continue
        for way in ways_of(kind):
            if not await denied(two_homes, person, way):
                wrong.append(way)
    assert wrong == []
    assert await state(two_homes.bot.database) == before, f"a {who} changed something by a button that is not theirs"
    allowed = [way for kind, right in STAFF.items() if right in has for way in ways_of(kind)]
    assert {way for way in allowed if await denied(two_homes, person, way)} == INSTALLER & set(allowed)
    assert refused(two_homes.calls(0)) == []


async def test_staff_of_another_municipality_change_nothing_of_this_one(two_homes: Stage) -> None:
    elsewhere = await somebody(two_homes, *Role, home="kok-jar", first=3_100)
    ours = await kept(two_homes)
    for kind in STAFF:
        await pour(two_homes, [pressed(elsewhere, way) for way in ways_of(kind)])
        await pour(two_homes, [wrote(elsewhere, "/cancel")])
    assert await kept(two_homes) == ours
    assert refused(two_homes.calls(0)) == []


async def test_a_role_that_was_taken_back_is_worth_nothing_at_once_even_in_the_middle_of_a_form(
    two_homes: Stage,
) -> None:
    clerk = await somebody(two_homes, Role.CLERK, first=3_200)
    await pour(two_homes, [pressed(clerk, "kd:3")])
    await do(two_homes.bot.database, "UPDATE appointments SET ended_at = '2026-05-04 10:00:00' WHERE role = 'clerk'")
    before = await kept(two_homes)
    since = two_homes.world.calls
    await pour(two_homes, [wrote(clerk, "Кудук казылып жатат"), pressed(clerk, "kr:3"), wrote(clerk, "/tasks")])
    assert sum(NOT_YOURS in words for words in said(to(two_homes.calls(since), clerk))) >= 1
    assert await kept(two_homes) == before


@pytest.mark.parametrize("command", sorted(table.commands))
async def test_a_command_is_guarded_like_the_button_it_stands_for(two_homes: Stage, command: str) -> None:
    resident = await somebody(two_homes, first=3_300)
    since = two_homes.world.calls
    await pour(two_homes, [wrote(resident, f"/{command}")])
    calls = to(two_homes.calls(since), resident)
    texts = [*said(calls), *(str(call.params.get("text")) for call in calls)]
    is_staffs = type(table.commands[command]) in STAFF
    assert any(NOT_YOURS in words for words in texts) is is_staffs


async def kept(stage: Stage) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the aimak, table by table."""
    [(home,)] = await rows(stage.bot.database, "SELECT id FROM municipalities WHERE key = 'ak-bulak'")
    found = {"municipalities": await rows(stage.bot.database, "SELECT * FROM municipalities WHERE id = :h", h=home)}
    names = "issues issue_changes villages streets appointments invitations places place_requests publications outbox"
    for name in (*names.split(), "day_exceptions", "petition_rules", "stops"):
        found[name] = await rows(
            stage.bot.database, f"SELECT * FROM {name} WHERE municipality_id = :h ORDER BY id", h=home
        )
    return found
