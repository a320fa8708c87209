"""Who may sign a petition, does one person and one phone count once, and what happens when the count moves?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from actions import people
from actions.petitions import deciding, signing, writing
from civic.people import Basis, Role
from civic.petitions import Standing, State
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.municipalities import Municipality, villages
from storage.outbox import Letter
from storage.petitions import find_signature, get_petition, members_of
from tests.cast import VAULT, a_resident
from tests.petitions import STAFF, a_draft, a_named_resident, an_open_petition, checked, signed


async def test_a_petition_goes_from_its_draft_to_the_first_signature(
    database: Database, home: Municipality, now: datetime
) -> None:
    today = now.date()
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        cholpon = await a_resident(db, home, now, address="103", role=Role.HEAD)
        petition = await a_draft(db, home, bakyt, now, members=5)
        [lead, *_] = await members_of(db, petition.id)
        assert (lead.person_id, lead.leads, lead.began, lead.shown_name) == (bakyt.id, True, True, "Бакыт О.")
        await writing.send(db, petition, lead, bakyt, home, now, today)
        assert petition.state is State.CHECKING
        await checked(db, petition, cholpon, home, now, today)
        assert (petition.state, petition.closes_on) == (State.OPEN, today + timedelta(days=90))
        assert [step.count for step in petition.thresholds] == [600]  # 14,870 residents, no rule of its own
        aigul = await a_named_resident(db, home, now, address="101")
        own = await signed(db, petition, aigul, home, now)
        assert (petition.signed, own.standing, len(own.receipt)) == (1, Standing.COUNTED, 10)
    async with database.transaction() as db:
        keys = set(await db.scalars(select(Letter.key)))
    assert keys >= {"group-joined", "petition-new", "petition-decided"}


async def test_nobody_signs_twice_and_one_phone_counts_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        aigul = await a_named_resident(db, home, now, address="101")
        twin = await a_named_resident(db, home, now, address="104", name="Айгүл Асанова")
        twin.phone_hash = aigul.phone_hash
        await signed(db, petition, aigul, home, now)
        for person, reason in ((aigul, Reason.ALREADY_SIGNED), (twin, Reason.SAME_PHONE)):
            with pytest.raises(Refused) as no:
                await signed(db, petition, person, home, now)
            assert no.value.reason is reason
        assert petition.signed == 1
        own = await find_signature(db, petition.id, aigul.id)
        await signing.unsign(db, petition, own, aigul, home, now)
        assert petition.signed == 0
        await signed(db, petition, twin, home, now)  # the phone is free again
        with pytest.raises(Refused) as no:
            await signed(db, petition, aigul, home, now)
        assert no.value.reason is Reason.SAME_PHONE
        assert petition.signed == 1


async def test_the_threshold_is_reached_and_lost_and_told_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now, needs=2)
        signers = [await a_named_resident(db, home, now, address=f"20{n}") for n in range(3)]
        for person in signers[:2]:
            await signed(db, petition, person, home, now)
        assert (petition.reached, petition.told) == (1, 100)
        own = await find_signature(db, petition.id, signers[0].id)
        await signing.unsign(db, petition, own, signers[0], home, now)
        assert petition.reached == 0
        await signed(db, petition, signers[2], home, now)
        assert petition.reached == 1
    async with database.transaction() as db:
        letters = list(await db.scalars(select(Letter.key).where(Letter.person_id == bakyt.id).order_by(Letter.id)))
    assert letters.count("petition-reached") == 1
    assert letters.count("petition-lost") == 1
    assert letters.count("petition-milestone") == 1  # 50 per cent; the whole is told as the threshold


async def test_who_is_forgotten_takes_an_open_signature_along(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        aigul = await a_named_resident(db, home, now, address="101")
        own = await signed(db, petition, aigul, home, now)
        await people.forget(db, aigul, now)
        assert (petition.signed, own.person_id, own.name_sealed, own.phone_hash) == (0, None, None, None)


async def test_two_clerks_do_not_decide_at_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        first = await a_resident(db, home, now, address="103", role=Role.HEAD)
        second = await a_resident(db, home, now, address="105", role=Role.CLERK)
        petition = await a_draft(db, home, bakyt, now, members=5)
        [lead, *_] = await members_of(db, petition.id)
        await writing.send(db, petition, lead, bakyt, home, now, now.date())
        await deciding.take(db, petition, first, STAFF, now)
        with pytest.raises(Refused) as no:
            await deciding.give_back(db, petition, second, STAFF, "Талапты так жазыңыз.", now)
        assert no.value.reason is Reason.LOCKED
        later = now + timedelta(minutes=16)
        await deciding.give_back(db, petition, second, STAFF, "Талапты так жазыңыз.", later)
        assert petition.state is State.RETURNED


async def test_a_village_signs_for_itself(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        ours, theirs, *_ = await villages(db, home.id)
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        petition.village_id = ours.id
        aigul = await a_named_resident(db, home, now, address="101")
        for village, reason in ((None, Reason.NEEDS_VILLAGE), (theirs, Reason.OTHER_VILLAGE)):
            people.settle_in(db, aigul, home, village, now)
            people.declare_resident(db, aigul, Basis.REGISTERED, now)
            with pytest.raises(Refused) as no:
                await signed(db, petition, aigul, home, now)
            assert no.value.reason is reason
        people.settle_in(db, aigul, home, ours, now)
        await signed(db, petition, aigul, home, now)
        assert (await get_petition(db, home.id, petition.id)).signed == 1
        assert VAULT.open(aigul.name_sealed or "") == "Айгүл Асанова"
