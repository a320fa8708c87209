"""Names on paper that repeat: who learns of it, when do they stop counting, and what of two people of one name?"""

from datetime import datetime

import pytest
from sqlalchemy import select

from actions.petitions import paper, registering
from actions.petitions.paper import Keyed
from civic.people import Role
from civic.petitions import State
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.petitions import Line, Signature, find_member
from tests.cast import VAULT, a_resident
from tests.petitions import STAFF, a_named_resident, an_open_petition, signed

NOBODY = frozenset[Role]()
PHOTO = "f" * 64


async def test_a_member_of_the_group_learns_nothing_by_keying_names(
    database: Database, home: Municipality, now: datetime
) -> None:
    """Neither the sheet nor the tally tells whether Aigul, who hides her name, has signed."""
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        await signed(db, petition, await a_named_resident(db, home, now, address="101", shown=False), home, now)
        lead = await find_member(db, petition.id, bakyt.id)
        for name in ("Айгүл Асанова", "Жоомарт Бөкөнбаев", "Жоомарт Бөкөнбаев"):
            line = [Keyed(name, None)]
            sheet = await paper.enter(db, petition, lead, bakyt, NOBODY, home, PHOTO, line, now, vault=VAULT)
            assert (sheet.counted, petition.on_paper) == (1, 1)
            await paper.remove(db, petition, sheet, lead, bakyt, NOBODY, home, "ката экен", now)
            assert petition.on_paper == 0


async def test_what_a_member_entered_is_settled_at_the_hand_over_and_then_they_take_out_nothing(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now, needs=3)
        await signed(db, petition, await a_named_resident(db, home, now, address="101"), home, now)
        lead = await find_member(db, petition.id, bakyt.id)
        names = ("Айгүл Асанова", "Жоомарт Бөкөнбаев", "Жоомарт Бөкөнбаев", "Сүйүн Эралиев")
        lines = [Keyed(name, None) for name in names]
        sheet = await paper.enter(db, petition, lead, bakyt, NOBODY, home, PHOTO, lines, now, vault=VAULT)
        assert (petition.signed, petition.on_paper) == (1, 4)
        petition.state = State.COMPLETE
        with pytest.raises(Refused) as no:
            await paper.remove(db, petition, sheet, lead, bakyt, NOBODY, home, "ката экен", now)
        assert no.value.reason is Reason.TOO_LATE
        await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        kept = select(Line.number, Line.counts, Line.twin).order_by(Line.number)
        assert [tuple(row) for row in await db.execute(kept)] == [
            (1, False, "signature"),
            (2, True, ""),
            (3, False, "line"),
            (4, True, ""),
        ]
        assert (petition.on_paper, sheet.counted, petition.count) == (2, 2, 3)


async def test_staff_say_that_a_line_is_another_person_of_that_name_and_it_counts(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        cholpon = await a_resident(db, home, now, address="103", role=Role.CLERK)
        clerk = frozenset({Role.CLERK})
        petition = await an_open_petition(db, home, bakyt, now, needs=2)
        await signed(db, petition, await a_named_resident(db, home, now, address="101"), home, now)
        lead = await find_member(db, petition.id, bakyt.id)
        lines = [Keyed("Айгүл Асанова", None), Keyed("Сүйүн Эралиев", None)]
        sheet = await paper.enter(db, petition, None, cholpon, clerk, home, PHOTO, lines, now, vault=VAULT)
        assert (sheet.counted, petition.on_paper) == (1, 1)

        async def name(number: int, roles: frozenset[Role] = clerk) -> None:
            await paper.name_another(db, petition, sheet, number, cholpon, roles, home, now)

        for number, roles, reason in ((1, NOBODY, Reason.NOT_YOURS), (2, clerk, Reason.NOT_FOUND)):
            with pytest.raises(Refused) as no:
                await name(number, roles)
            assert no.value.reason is reason
        await name(1)
        assert (sheet.counted, petition.on_paper) == (2, 2)
        with pytest.raises(Refused):  # a second tap
            await name(1)
        written = (await db.scalars(select(Entry).where(Entry.event == "petition.paper-namesake"))).one()
        assert (written.actor_id, written.object_id) == (cholpon.id, petition.id)
        assert (written.details["sheet"], written.details["line"]) == (sheet.id, 1)
        await registering.hand_over(db, petition, lead, bakyt, home, now, now.date())
        assert petition.count == 3  # what staff looked at is not taken out again
        with pytest.raises(Refused) as no:
            await name(1)
        assert no.value.reason is Reason.TOO_LATE


async def test_a_line_of_a_member_that_staff_look_at_counts_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)
        own = await signed(db, petition, await a_named_resident(db, home, now, address="101"), home, now)
        lead = await find_member(db, petition.id, bakyt.id)
        line = [Keyed("Айгүл Асанова", None)]
        sheet = await paper.enter(db, petition, lead, bakyt, NOBODY, home, PHOTO, line, now, vault=VAULT)
        await paper.name_another(db, petition, sheet, 1, head, STAFF, home, now)
        assert (sheet.counted, petition.on_paper) == (1, 1)
        assert await paper.settle_twins(db, petition, home, now) == 0
        assert own.receipt == await db.scalar(select(Signature.receipt))
