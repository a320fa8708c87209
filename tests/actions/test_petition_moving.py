"""Who moves to another municipality: what of their petitions stays theirs, and what does not?"""

from datetime import datetime

import pytest
from sqlalchemy import select

from actions import people
from actions.petitions import signing
from civic.petitions import Membership, Standing, State
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.petitions import (
    find_member,
    groups_elsewhere,
    members_of,
    petition_kept_by,
    petitions_of,
)
from tests.petitions import a_draft, a_named_resident, an_open_petition, signed


async def test_whoever_moves_leaves_the_group_which_is_told_and_the_lead_passes_on(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await a_draft(db, home, bakyt, now, members=3)
        alone = await a_draft(db, home, bakyt, now, members=1)
        _, second, third = await members_of(db, petition.id)
        assert await groups_elsewhere(db, bakyt.id, town.id) == 2
        assert await people.move_in(db, bakyt, home, None, now) == 0  # another village is no move
        assert await people.move_in(db, bakyt, town, None, now) == 2
        await db.flush()
        assert [(each.id, each.leads) for each in await members_of(db, petition.id)] == [
            (second.id, True),
            (third.id, False),
        ]
        own = await find_member(db, petition.id, bakyt.id)
        assert own is not None
        assert (own.standing, own.leads, own.until) == (Membership.LEFT, False, now)
        told = await db.scalars(select(Letter.person_id).where(Letter.key == "group-left"))
        assert set(told) == {second.person_id, third.person_id}
        assert alone.state is State.WITHDRAWN  # nobody is left to finish it


async def test_a_signature_stays_and_is_taken_back_from_elsewhere_but_not_given_anew(
    database: Database, home: Municipality, town: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        aigul = await a_named_resident(db, home, now, address="101")
        stranger = await a_named_resident(db, town, now, address="109", name="Асан Үсөнов")
        own = await signed(db, petition, aigul, home, now)
        await people.move_in(db, aigul, town, None, now)
        await db.flush()
        assert (petition.count, own.standing) == (1, Standing.COUNTED)
        assert [each.id for each in await petitions_of(db, town.id, aigul.id)] == [petition.id]
        found, mine, _, _ = await petition_kept_by(db, petition.id, aigul.id)
        assert (found.id, mine) == (petition.id, own)
        for other in (stranger, bakyt):
            with pytest.raises(Refused) as no:
                await petition_kept_by(db, petition.id, other.id)
            assert no.value.reason is Reason.NOT_FOUND
        with pytest.raises(Refused) as no:
            await signing.unsign(db, petition, own, stranger, home, now)
        assert no.value.reason is Reason.NOT_FOUND
        assert await signing.unsign(db, petition, own, aigul, home, now) == 0
        with pytest.raises(Refused) as no:
            await signed(db, petition, aigul, home, now)
        assert no.value.reason is Reason.NOT_FOUND
