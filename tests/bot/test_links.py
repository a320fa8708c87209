"""Do one-time links and rights hold when people press at the very same moment, or in a way no button offers?"""

import hashlib

from civic.people import Role
from sandbox.chats import Person
from tests.bot.crowd import a_crowd, appointed, do, pour, pressed, rows, said, to, wrote
from tests.conversations.stage import Stage

WORD = "A" * 16
NOT_YOURS = "Бул иш сизге ачык эмес"


async def a_link(stage: Stage, role: Role = Role.CLERK, word: str = WORD) -> None:
    """A link to that role in Ak-Bulak."""
    await do(
        stage.bot.database,
        "INSERT INTO invitations (municipality_id, role, name, word_hash, made_at, made_by, ends_at) VALUES"
        " ((SELECT id FROM municipalities WHERE key = 'ak-bulak'), :role, 'Асанова Бермет', :hash,"
        " '2026-05-01 00:00:00', 1, '2026-05-08 00:00:00')",
        role=role.value,
        hash=hashlib.sha256(word.encode()).hexdigest(),
    )


async def holders(stage: Stage) -> int:
    """How many roles were taken up by the link."""
    [(count,)] = await rows(stage.bot.database, "SELECT count(*) FROM appointments WHERE name = 'Асанова Бермет'")
    return int(str(count))


def denied(stage: Stage, person: Person, since: int) -> bool:
    """Whether somebody was told since then that something is not theirs."""
    calls = stage.calls(since)
    alerts = [str(call.params.get("text")) for call in calls if call.method == "answerCallbackQuery"]
    return any(NOT_YOURS in words for words in [*said(to(calls, person)), *alerts])


async def test_of_twenty_who_press_in_one_batch_one_gets_the_role(stage: Stage) -> None:
    await a_link(stage)
    crowd = await a_crowd(stage.bot.database, stage.world, 20)
    await pour(stage, [pressed(person, f"gy:{WORD}") for person in crowd])
    assert await holders(stage) == 1
    used = [person for person in crowd if "бирөө колдонуп койгон" in " ".join(said(to(stage.calls(0), person)))]
    assert len(used) == 19


async def test_who_presses_twice_takes_up_one_role(stage: Stage) -> None:
    await a_link(stage)
    [person] = await a_crowd(stage.bot.database, stage.world, 1)
    await pour(stage, [pressed(person, f"gy:{WORD}"), pressed(person, f"gy:{WORD}")])
    assert await holders(stage) == 1


async def test_a_role_is_worth_something_from_the_very_next_press_on(stage: Stage) -> None:
    await a_link(stage, Role.ADMIN)
    [person] = await a_crowd(stage.bot.database, stage.world, 1)
    await pour(stage, [pressed(person, f"gy:{WORD}"), pressed(person, "g:0")])
    assert not denied(stage, person, 0)


async def test_a_role_that_is_taken_back_is_worth_nothing_in_the_same_batch(stage: Stage) -> None:
    admin, clerk = await a_crowd(stage.bot.database, stage.world, 2)
    for person in (admin, clerk):
        await appointed(stage.bot.database, person, Role.ADMIN)
    [(number,)] = await rows(stage.bot.database, "SELECT max(id) FROM appointments")
    since = stage.world.calls
    await pour(stage, [pressed(admin, f"gx:{number}"), pressed(clerk, "gi")])
    assert denied(stage, clerk, since)
    assert await rows(stage.bot.database, "SELECT begun_by FROM drafts") == []


async def test_nobody_carries_a_role_along_into_another_municipality(two_homes: Stage) -> None:
    """Neither with the next press in the same batch, nor by what a forged form wants done after it."""
    [(town,)] = await rows(two_homes.bot.database, "SELECT id FROM municipalities WHERE key = 'kok-jar'")
    for number, form in enumerate(("mv", "hi:uc", "hi:g%3A0")):
        [person] = await a_crowd(two_homes.bot.database, two_homes.world, 1, first=4_000 + number, key="ak-bulak")
        await appointed(two_homes.bot.database, person, Role.ADMIN)
        await pour(two_homes, [pressed(person, form)])
        [(draft,)] = await rows(two_homes.bot.database, "SELECT max(number) FROM drafts")
        last = f"a:{draft}:consent:yes" if form != "mv" else f"a:{draft}:sure:yes"
        await pour(two_homes, [pressed(person, f"a:{draft}:municipality:{town}")])
        await pour(two_homes, [pressed(person, f"a:{draft}:village:0")])
        since = two_homes.world.calls
        await pour(two_homes, [pressed(person, last), pressed(person, "up:0")])
        assert denied(two_homes, person, since), form
        shown = said(to(two_homes.calls(since), person))
        assert [text for text in shown if "Байланыш" in text or "Кичи райондор" in text] == [], form
        await pour(two_homes, [wrote(person, "/me")])
        assert "администратор" not in said(to(two_homes.calls(since), person))[-1]
