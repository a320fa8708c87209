"""Which entry of the journal does a receipt lead to, and who may ask?"""

from datetime import datetime, timedelta

from actions.petitions import signing
from actions.petitions.receipts import look_up
from civic.petitions import Standing
from storage.database import Database
from storage.municipalities import Municipality
from storage.people import Person
from storage.petitions import find_signature, get_petition
from tests.petitions import a_named_resident, an_open_petition, signed


async def test_a_receipt_leads_to_the_newest_signing_and_stays_when_the_signature_goes(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        aigul = await a_named_resident(db, home, now, address="101")
        other = await signed(db, petition, await a_named_resident(db, home, now, address="104"), home, now)
        mine = await signed(db, petition, aigul, home, now)
    async with database.transaction() as db:
        first, neighbour = await look_up(db, mine.receipt), await look_up(db, other.receipt)
        assert await look_up(db, "AAAAAAAAAA") is None
    assert first is not None
    assert neighbour is not None
    assert (first.standing, first.petition, first.signed_at) == (Standing.COUNTED, petition.id, now)
    assert (first.number or 0) == (neighbour.number or 0) + 1
    later = now + timedelta(hours=1)
    async with database.transaction() as db:
        petition, own = await get_petition(db, home.id, petition.id), await find_signature(db, petition.id, aigul.id)
        assert own is not None
        await signing.unsign(db, petition, own, await db.get_one(Person, aigul.id), home, later)
        gone = await look_up(db, mine.receipt)
    assert gone is not None
    assert (gone.standing, gone.changed_at, gone.number) == (Standing.WITHDRAWN, later, first.number)
