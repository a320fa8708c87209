"""Does one municipality's bot ever show or change what belongs to another? A thousand forged numbers say no."""

from dataclasses import fields
from typing import get_args, get_type_hints

import pytest

from handlers.table import table
from sandbox.chats import Person
from talk.press import Press
from tests.bot.crowd import a_crowd, do, numbers_of, pour, pressed, refused, rows, said, state, to, wrote
from tests.conversations.stage import Stage

SECRET = "СЫР"  # stands in every word of the town's list: whatever leaks, leaks with it


@pytest.fixture
async def town(two_homes: Stage) -> Stage:
    """The aimak and the town; each of the town's issues and districts is marked."""
    ours = "municipality_id = (SELECT id FROM municipalities WHERE key = 'kok-jar')"
    for column in ("label_ky", "label_ru", "label_en", "text_ky", "doing_ky", "responsible", "found_by", "phone"):
        await do(two_homes.bot.database, f"UPDATE issues SET {column} = '{SECRET} ' || {column} WHERE {ours}")
    await do(two_homes.bot.database, f"UPDATE issues SET found_by = 'сыр ' || found_by WHERE {ours}")
    await do(two_homes.bot.database, f"UPDATE villages SET name_ky = '{SECRET} ' || name_ky WHERE {ours}")
    return two_homes


async def the_towns(stage: Stage, table_name: str) -> list[int]:
    """The numbers of the town's things."""
    query = f"SELECT id FROM {table_name} WHERE municipality_id = (SELECT id FROM municipalities WHERE key = 'kok-jar')"
    return [number for (number,) in await rows(stage.bot.database, query)]


async def the_aimaks(stage: Stage) -> set[int]:
    """The numbers of the aimak's own issues, which may be followed."""
    query = "SELECT id FROM issues WHERE municipality_id = (SELECT id FROM municipalities WHERE key = 'ak-bulak')"
    return {number for (number,) in await rows(stage.bot.database, query)}


def numbered(kind: type[Press], number: int, home: int) -> str | None:
    """The press with that number wherever it takes one (a `home` is the town); None when it takes none."""
    hints, values = get_type_hints(kind), []
    takes_one = False
    for each in fields(kind):  # type: ignore[arg-type]
        is_number = hints[each.name] is int or int in get_args(hints[each.name])
        takes_one = takes_one or is_number
        values.append(str(home if each.name == "home" else number) if is_number else "")
    return ":".join([kind.code, *values]) if takes_one else None


TAKE_NUMBERS = [kind for kind in table.presses if numbered(kind, 1, 1)]


def test_the_presses_that_open_and_change_issues_are_among_those_tried() -> None:
    assert {"i", "if", "iu", "ish", "is", "il"} <= {kind.code for kind in TAKE_NUMBERS}


def leaks(stage: Stage, person: Person, since: int) -> list[str]:
    """Everything somebody was sent since then in which the mark stands: texts, buttons, alerts, inline results."""
    mine = [call for call in stage.calls(since) if call.chat == person.id or call.method.startswith("answer")]
    return [f"{call.method} {call.params}"[:300] for call in mine if SECRET in str(call.params)]


async def forged(stage: Stage, person: Person, *, every: bool) -> list[str]:
    """A thousand forged presses, links and searches by that person, or as many as there are numbers of the town's;
    gives what they were shown of the town's."""
    issues, places = await the_towns(stage, "issues"), await the_towns(stage, "villages")
    some = (*issues, *places, 0, -1, 9_999, 2**31 - 1) if every else (issues[0], issues[-1], places[-1], 0, 9_999)
    strange = [n for n in some if n not in await the_aimaks(stage)]
    [(home,)] = await rows(stage.bot.database, "SELECT id FROM municipalities WHERE key = 'kok-jar'")
    updates = [pressed(person, data) for kind in TAKE_NUMBERS for n in strange if (data := numbered(kind, n, home))]
    updates += [wrote(person, f"/start i{n}") for n in issues]
    for n in issues:  # in small letters, so that the echo of the search is not the mark
        updates += [pressed(person, "is"), wrote(person, f"сыр {n}"), wrote(person, str(n)), wrote(person, "сыр")]
    while len(updates) < 1_000:
        updates += [pressed(person, f"{code}:{n}") for n in issues for code in ("i", "if", "iu", "ish")]
    before = stage.world.calls
    for begin in range(0, len(updates), 40):  # somebody who floods the bot is shown the newest answers only
        await pour(stage, updates[begin : begin + 40])
    assert refused(stage.calls(before)) == []
    return leaks(stage, person, before)


async def nothing_leaks(town: Stage, *, every: bool) -> None:
    """Whatever somebody of the aimak forges, they see and change nothing of the town's."""
    [aisha] = await a_crowd(town.bot.database, town.world, 1, key="ak-bulak")
    [tynchtyk] = await a_crowd(town.bot.database, town.world, 1, first=2_001, key="kok-jar")
    before = await state(town.bot.database)
    assert await forged(town, aisha, every=every) == []
    assert await state(town.bot.database) == before
    # the same presses by somebody of the town show much and change something: there was something to leak
    assert len(await forged(town, tynchtyk, every=every)) > 100
    assert await state(town.bot.database) != before


async def test_a_thousand_forged_numbers_of_another_municipality_show_and_change_nothing(town: Stage) -> None:
    """Every press that takes a number, with five of them; every number is tried in `make bar`."""
    await nothing_leaks(town, every=False)


@pytest.mark.slow
async def test_no_number_of_another_municipality_shows_or_changes_anything(town: Stage) -> None:
    await nothing_leaks(town, every=True)


async def test_inline_search_finds_ones_own_municipality_only(town: Stage) -> None:
    for query in ("суу", "сыр", "", "сыр суу"):
        before = town.world.calls
        await town.look_up("bakyt", query)
        assert leaks(town, town.world.person("bakyt"), before) == []


async def test_a_village_of_another_municipality_cannot_be_chosen_by_a_forged_answer(town: Stage) -> None:
    [aisha] = await a_crowd(town.bot.database, town.world, 1, key="ak-bulak")
    [home] = await rows(town.bot.database, "SELECT id FROM municipalities WHERE key = 'ak-bulak'")
    await pour(town, [pressed(aisha, "mv")])
    [(draft,)] = await rows(town.bot.database, "SELECT number FROM drafts")
    await pour(town, [pressed(aisha, f"a:{draft}:municipality:{home[0]}")])
    before, places = await state(town.bot.database), await the_towns(town, "villages")
    for place in places:
        await pour(town, [pressed(aisha, f"a:{draft}:village:{place}"), wrote(aisha, f"{SECRET} {place}")])
    assert await state(town.bot.database) == before
    own = (await rows(town.bot.database, "SELECT MIN(id) FROM villages WHERE municipality_id = :m", m=home[0]))[0][0]
    await pour(town, [pressed(aisha, f"a:{draft}:village:{own}")])
    assert await state(town.bot.database) != before  # one's own can be


async def test_what_somebody_followed_in_the_town_is_not_shown_after_they_moved_away(town: Stage) -> None:
    [tynchtyk] = await a_crowd(town.bot.database, town.world, 1, key="kok-jar")
    issue = (await the_towns(town, "issues"))[0]
    await pour(town, [pressed(tynchtyk, f"if:{issue}"), pressed(tynchtyk, "io")])
    assert SECRET in str(town.world.last(tynchtyk.id).json)
    number = (await numbers_of(town.bot.database, [tynchtyk]))[tynchtyk.id]
    away = "UPDATE people SET municipality_id = (SELECT id FROM municipalities WHERE key = 'ak-bulak') WHERE id = :n"
    await do(town.bot.database, away, n=number)
    before = town.world.calls
    await pour(town, [pressed(tynchtyk, data) for data in ("io", f"i:{issue}", f"iu:{issue}", "m", "me", "md")])
    assert leaks(town, tynchtyk, before) == []
    assert len(said(to(town.calls(before), tynchtyk))) >= 5


async def test_a_guest_who_has_not_chosen_yet_may_read_any_list_but_follow_nothing(town: Stage) -> None:
    """The list is open to all (Typical Plan 2.1); what is kept about somebody needs their consent."""
    aigul = town.world.person("aigul")
    issue = (await the_towns(town, "issues"))[0]
    await town.write("aigul", f"/start i{issue}")
    assert SECRET in town.world.last(aigul.id).text
    await pour(town, [pressed(aigul, f"if:{issue}")])
    number = (await numbers_of(town.bot.database, [aigul]))[aigul.id]
    assert await rows(town.bot.database, "SELECT issue_id FROM followings WHERE person_id = :n", n=number) == []
