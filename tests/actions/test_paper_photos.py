"""Is one photo the evidence of one sheet?"""

from datetime import datetime

import pytest

from actions.petitions import paper
from civic.petitions import PetitionKind
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.municipalities import Municipality
from storage.petitions import find_member
from tests.cast import VAULT
from tests.petitions import STAFF, a_named_resident, an_open_petition

PHOTO, OTHER = "a" * 64, "b" * 64


async def test_one_photo_is_one_sheet_until_that_is_taken_out(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        norm = await an_open_petition(db, home, bakyt, now, kind=PetitionKind.NORM)
        lead = await find_member(db, norm.id, bakyt.id)
        first = await paper.enter_count(db, norm, lead, bakyt, frozenset(), home, PHOTO, 200, now)
        for roles in (frozenset(), STAFF):
            with pytest.raises(Refused) as no:
                await paper.enter_count(db, norm, lead, bakyt, roles, home, PHOTO, 200, now)
            assert no.value.reason is Reason.SHEET_IS_THERE
        await paper.enter_count(db, norm, lead, bakyt, frozenset(), home, OTHER, 10, now)
        assert norm.on_paper == 210
        await paper.remove(db, norm, first, lead, bakyt, frozenset(), home, "ката жазылган", now)
        await paper.enter_count(db, norm, lead, bakyt, frozenset(), home, PHOTO, 20, now)
        assert norm.on_paper == 30


async def test_the_lines_of_one_photo_are_entered_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        lead = await find_member(db, petition.id, bakyt.id)
        for names, fits in ((["Айгүл Асанова"], True), (["Эмма Осмонова"], False)):
            lines = [paper.Keyed(name, None) for name in names]
            if fits:
                await paper.enter(db, petition, lead, bakyt, frozenset(), home, PHOTO, lines, now, vault=VAULT)
                continue
            with pytest.raises(Refused) as no:
                await paper.enter(db, petition, lead, bakyt, frozenset(), home, PHOTO, lines, now, vault=VAULT)
            assert no.value.reason is Reason.SHEET_IS_THERE
        assert petition.on_paper == 1
