"""Does a press that meets what staff or the group do at the same moment leave the whole of itself, or nothing?

The person presses while the other transaction is open: on SQLite the turn waits for its end, on PostgreSQL it has read
the petition as it was and waits for the row."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import invalidating, registering
from bot.app import words
from bot.verifying import verify
from civic.people import Role
from sandbox.chats import Person
from storage.municipalities import Municipality
from storage.people import Person as Known
from storage.people import accounts_at
from storage.petitions import Petition, find_member, get_petition
from tests.bot.crowd import a_crowd, appointed, pour, pressed, said, to
from tests.bot.test_petition_crowds import counted, introduced
from tests.conversations.stage import Stage
from tests.petitions import STAFF

T = words().speaker("ky")
Meanwhile = Callable[[AsyncSession, Municipality, Petition], Awaitable[object]]


async def known(db: AsyncSession, person: Person) -> Known:
    return (await accounts_at(db, [("telegram", str(person.id))]))["telegram", str(person.id)].person


async def waits(stage: Stage) -> None:
    """Until the turn stands before what the open transaction holds."""
    if stage.bot.database.is_sqlite:
        return await asyncio.sleep(0.1)
    held = text("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    async with asyncio.timeout(10):
        while True:
            async with stage.bot.database.engine.connect() as connection:
                if await connection.scalar(held):
                    return None
            await asyncio.sleep(0.02)


async def meets(stage: Stage, who: Person, way: str, petition: int, meanwhile: Meanwhile) -> str:
    """The person presses before what happens meanwhile is committed; gives what they read. The check finds nothing."""
    since = stage.world.calls
    async with stage.bot.database.transaction() as db:
        home = (await db.scalars(select(Municipality).order_by(Municipality.id))).first()
        assert home is not None
        await meanwhile(db, home, await get_petition(db, home.id, petition))
        await db.flush()
        press = asyncio.create_task(pour(stage, [pressed(who, way)]))
        await waits(stage)
    await press
    await stage.settled()
    _, broken = await verify(stage.bot.database, key=None, head=None, tell=lambda _: None)
    assert broken == []
    return " ".join(said(to(stage.calls(since), who)))


async def test_who_takes_back_what_staff_take_out_at_that_moment_is_told_so_and_nothing_falls_twice(
    on_both: Stage,
) -> None:
    crowd = await a_crowd(on_both.bot.database, on_both.world, 4)
    petition = await introduced(on_both.bot.database, on_both.world, crowd, needs=2)
    await appointed(on_both.bot.database, crowd[3], Role.HEAD)
    await pour(on_both, [pressed(person, f"es:{petition}:") for person in crowd[:3]])
    assert await counted(on_both.bot.database, petition) == (3, 3, 3)

    async def taken_out(db: AsyncSession, home: Municipality, about: Petition) -> None:
        head, now = await known(db, crowd[3]), on_both.world.clock.now()
        everybody = invalidating.Criteria(unconfirmed=True)
        begun = await invalidating.begin(db, about, head, STAFF, everybody, "Акча берилген", now)
        assert await invalidating.go_on(db, begun, home, now) == 3

    read = await meets(on_both, crowd[1], f"eu:{petition}", petition, taken_out)
    assert T("refusal-not-signed") in read
    assert await counted(on_both.bot.database, petition) == (0, 0, 3)


async def test_who_signs_while_the_list_is_handed_over_is_not_on_it_and_reads_so(on_both: Stage) -> None:
    crowd = await a_crowd(on_both.bot.database, on_both.world, 4)
    petition = await introduced(on_both.bot.database, on_both.world, crowd, needs=2)
    await pour(on_both, [pressed(person, f"es:{petition}:") for person in crowd[:3]])

    async def handed_over(db: AsyncSession, home: Municipality, about: Petition) -> None:
        lead, now = await known(db, crowd[0]), on_both.world.clock.now()
        member = await find_member(db, about.id, lead.id)
        await registering.hand_over(db, about, member, lead, home, now, now.date())

    read = await meets(on_both, crowd[3], f"es:{petition}:", petition, handed_over)
    assert T("refusal-not-open") in read
    assert await counted(on_both.bot.database, petition) == (3, 3, 3)
