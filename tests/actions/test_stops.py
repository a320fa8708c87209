"""What is stopped for everybody."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from actions import stops
from actions.petitions import signing, writing
from civic.events import Event
from civic.people import Role
from civic.petitions import PetitionKind, State
from civic.refusals import Reason, Refused
from civic.stops import Stoppable
from storage.database import Database, open_database
from storage.journal import entries_about
from storage.migrate import migrate
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.petitions import find_member, find_signature
from storage.stops import get_stop, open_stops, stop_of
from tests.cast import a_resident
from tests.petitions import TREES, a_draft, a_named_resident, an_open_petition, signed

HEAD = frozenset({Role.HEAD})
NOTICE = ("Кол коюу убактылуу токтотулду.", "Подписание временно приостановлено.")


async def test_what_is_stopped_says_why_in_two_languages_until_it_is_lifted(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        head = await a_resident(db, home, now, role=Role.HEAD)
        stop = await stops.stop(db, home, Stoppable.SIGNING, NOTICE, head, HEAD, now)
        found = await stop_of(db, home.id, Stoppable.SIGNING)
        assert found is not None
        assert (found.id, found.notice("ru"), found.notice("en")) == (
            stop.id,
            NOTICE[1],
            NOTICE[0],
        )
        assert await stop_of(db, home.id, Stoppable.PETITIONS) is None
        assert await stop_of(db, town.id, Stoppable.SIGNING) is None
        lifted = await stops.lift(db, home, Stoppable.SIGNING, head, HEAD, now)
        assert (lifted.id, lifted.lifted_by, lifted.lifted_at) == (stop.id, head.id, now)
        assert (await stop_of(db, home.id, Stoppable.SIGNING), list(await open_stops(db, home.id))) == (None, [])
        again = await stops.stop(db, home, Stoppable.SIGNING, NOTICE, head, HEAD, now)
        assert again.id != stop.id
        written = await entries_about(db, home.id, [Event.STOPPED, Event.STOP_LIFTED])
        assert [(entry.event, entry.details) for entry in written] == [
            (Event.STOPPED, {"what": "signing"}),
            (Event.STOP_LIFTED, {"what": "signing"}),
            (Event.STOPPED, {"what": "signing"}),
        ]


async def test_the_second_to_stop_or_lift_is_told_so(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        head = await a_resident(db, home, now, role=Role.HEAD)
        with pytest.raises(Refused) as no:
            await stops.lift(db, home, Stoppable.PROPOSALS, head, HEAD, now)
        assert no.value.reason is Reason.LIFTED_ALREADY
        first = await stops.stop(db, home, Stoppable.PROPOSALS, NOTICE, head, HEAD, now)
        with pytest.raises(Refused) as no:
            await stops.stop(db, home, Stoppable.PROPOSALS, ("Башка билдирүү болот", ""), head, HEAD, now)
        assert no.value.reason is Reason.STOPPED_ALREADY
        assert [stop.id for stop in await open_stops(db, home.id)] == [first.id]


async def test_of_two_who_stop_at_the_same_moment_one_does(home: Municipality, now: datetime, tmp_path: Path) -> None:
    """On a file, where two transactions are really two."""
    database = open_database(f"sqlite:///{tmp_path}/two.db")
    await migrate(database)
    async with database.transaction() as db:
        mine = Municipality(
            key="two", kind=home.kind, population=9, name_ky="Эки", name_ru="Два", name_en="Two", contacts={}
        )
        db.add(mine)
        await db.flush()
        heads = [await a_resident(db, mine, now, address=address, role=Role.HEAD) for address in ("201", "202")]

    async def press(number: int) -> Reason | None:
        try:
            async with database.transaction() as db:
                await stops.stop(db, mine, Stoppable.SIGNING, NOTICE, heads[number], HEAD, now)
        except Refused as no:
            return no.reason
        return None

    said = await asyncio.gather(press(0), press(1))
    async with database.transaction() as db:
        assert (set(said), len(await open_stops(db, mine.id))) == ({None, Reason.STOPPED_ALREADY}, 1)
    await database.close()


async def test_the_other_staff_who_may_stop_get_a_letter_once(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        head = await a_resident(db, home, now, role=Role.HEAD)
        moderator = await a_resident(db, home, now, address="102", role=Role.MODERATOR)
        await a_resident(db, home, now, address="103", role=Role.CLERK)
        await a_resident(db, home, now, address="104")
        await a_resident(db, town, now, address="105", role=Role.HEAD)
        stop = await stops.stop(db, home, Stoppable.SIGNING, NOTICE, head, HEAD, now)
        await stops.lift(db, home, Stoppable.SIGNING, moderator, frozenset({Role.MODERATOR}), now)
        letters = (await db.scalars(select(Letter).order_by(Letter.id))).all()
        assert [(each.key, each.person_id, each.arguments) for each in letters] == [
            ("stop-set", moderator.id, {"stop": stop.id}),
            ("stop-lifted", head.id, {"stop": stop.id}),
        ]


async def test_who_may_not_stop_is_refused_and_nothing_stops(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        clerk = await a_resident(db, home, now, role=Role.CLERK)
        elsewhere = await a_resident(db, town, now, address="102", role=Role.HEAD)
        head = await a_resident(db, home, now, address="103", role=Role.HEAD)
        held = await stops.stop(db, home, Stoppable.PROPOSALS, NOTICE, head, HEAD, now)
        for person, roles, reason in (
            (clerk, frozenset({Role.CLERK}), Reason.NOT_YOURS),
            (elsewhere, HEAD, Reason.NOT_FOUND),
        ):
            with pytest.raises(Refused) as no:
                await stops.stop(db, home, Stoppable.SIGNING, NOTICE, person, roles, now)
            assert no.value.reason is reason
            with pytest.raises(Refused) as no:
                await stops.lift(db, home, Stoppable.PROPOSALS, person, roles, now)
            assert no.value.reason is reason
        with pytest.raises(Refused) as no:
            await get_stop(db, town.id, held.id)
        assert no.value.reason is Reason.NOT_FOUND
        assert [stop.what for stop in await open_stops(db, home.id)] == [Stoppable.PROPOSALS]


@pytest.mark.parametrize(
    ("notice", "reason"),
    [
        (("Токтоду", "Подписание приостановлено"), Reason.TOO_SHORT),
        (("т" * 501, ""), Reason.TOO_LONG),
        ((NOTICE[0], "п" * 501), Reason.TOO_LONG),
    ],
)
async def test_nothing_stops_without_a_notice_in_kyrgyz(
    database: Database, home: Municipality, now: datetime, notice: tuple[str, str], reason: Reason
) -> None:
    async with database.transaction() as db:
        head = await a_resident(db, home, now, role=Role.HEAD)
        with pytest.raises(Refused) as no:
            await stops.stop(db, home, Stoppable.SIGNING, notice, head, HEAD, now)
        assert (no.value.reason, list(await open_stops(db, home.id))) == (reason, [])


async def test_while_it_is_stopped_nobody_signs_begins_or_sends_and_reads_why(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        head = await a_resident(db, home, now, role=Role.HEAD)
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        aigul = await a_named_resident(db, home, now, address="104")
        aigul.language = "ru"
        petition = await an_open_petition(db, home, bakyt, now)
        draft = await a_draft(db, home, bakyt, now, members=2)
        lead = await find_member(db, draft.id, bakyt.id)
        await signed(db, petition, bakyt, home, now)

        async def begin() -> None:
            await writing.begin(db, PetitionKind.PETITION, TREES, aigul, home, now)

        async def send() -> None:
            await writing.send(db, draft, lead, bakyt, home, now, now.date())

        async def sign() -> None:
            await signed(db, petition, aigul, home, now)

        for what, acts in (
            (Stoppable.SIGNING, {sign: NOTICE[1]}),
            (Stoppable.PETITIONS, {begin: NOTICE[1], send: NOTICE[0]}),
        ):
            await stops.stop(db, home, what, NOTICE, head, HEAD, now)
            for act, notice in acts.items():
                with pytest.raises(Refused) as no:
                    await act()
                assert (no.value.reason, no.value.details) == (Reason.STOPPED, {"notice": notice})
            if what is Stoppable.SIGNING:  # what was given before counts on, and may be taken back
                own = await find_signature(db, petition.id, bakyt.id)
                assert petition.count == 1
                await signing.unsign(db, petition, own, bakyt, home, now)
            await stops.lift(db, home, what, head, HEAD, now)
            for act in acts:
                await act()
        assert (petition.count, draft.state) == (1, State.CHECKING)
