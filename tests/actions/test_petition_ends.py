"""What people decide about an open petition: gathered longer, taken back, taken down; and «I was paid or forced»."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from actions.petitions import clock, deciding, pressure, writing
from civic.moderation import Rejection
from civic.people import Role
from civic.petitions import PRESSURES_A_DAY, State
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.petitions import Pressure, find_member, public_petitions, steps_of
from tests.cast import VAULT, a_resident
from tests.petitions import STAFF, a_named_resident, an_open_petition, signed

WHY = "Жамааттын суранычы боюнча."


async def test_gathering_longer_needs_the_right_a_reason_and_a_later_day(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)
        last, today = petition.closes_on, now.date()
        assert last is not None
        later = last + timedelta(days=30)
        for by, roles, until, words, reason in (
            (bakyt, frozenset[Role](), later, WHY, Reason.NOT_YOURS),
            (head, STAFF, last, WHY, Reason.WRONG_DAY),
            (head, STAFF, today + timedelta(days=400), WHY, Reason.WRONG_DAY),
            (head, STAFF, later, "", Reason.TOO_SHORT),
        ):
            with pytest.raises(Refused) as refused:
                await deciding.extend(db, petition, by, roles, until, words, now, today)
            assert refused.value.reason is reason
        assert petition.closes_on == last
        ended = now + timedelta(days=91)
        assert await clock.close_due(db, ended) == 1
        await deciding.extend(db, petition, head, STAFF, later, WHY, ended, ended.date())
        assert (petition.state, petition.closes_on, petition.final_at) == (State.OPEN, later, None)
        await db.flush()
        step = next(iter(await steps_of(db, petition.id)))
        assert (step.what, step.words) == ("extended", WHY)


async def test_the_co_ordinator_takes_it_back_with_words_and_nobody_signs_it_then(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        aigul = await a_named_resident(db, home, now, address="101")
        petition = await an_open_petition(db, home, bakyt, now)
        await signed(db, petition, aigul, home, now)
        lead = await find_member(db, petition.id, bakyt.id)
        for member, person, words, reason in (
            (None, aigul, WHY, Reason.GROUP_ONLY),
            (lead, bakyt, "", Reason.TOO_SHORT),
        ):
            with pytest.raises(Refused) as refused:
                await writing.withdraw(db, petition, member, person, words, now)
            assert refused.value.reason is reason
        await writing.withdraw(db, petition, lead, bakyt, WHY, now)
        assert (petition.state, petition.remark) == (State.WITHDRAWN, WHY)
        other = await a_named_resident(db, home, now, address="109", name="Асан Үсөнов")
        with pytest.raises(Refused):
            await signed(db, petition, other, home, now)
        with pytest.raises(Refused) as again:
            await writing.withdraw(db, petition, lead, bakyt, WHY, now)
        assert again.value.reason is Reason.TOO_LATE


async def test_taken_down_it_says_why_and_only_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)
        why = Rejection.OUT_OF_COMPETENCE
        for by, roles, words, reason in (
            (bakyt, frozenset[Role](), WHY, Reason.NOT_YOURS),
            (head, STAFF, "", Reason.TOO_SHORT),
        ):
            with pytest.raises(Refused) as refused:
                await deciding.take_down(db, petition, by, roles, why, words, now)
            assert refused.value.reason is reason
        await deciding.take_down(db, petition, head, STAFF, why, WHY, now)
        assert (petition.state, petition.rejection, petition.remark) == (State.TAKEN_DOWN, why, WHY)
        with pytest.raises(Refused) as again:
            await deciding.take_down(db, petition, head, STAFF, why, WHY, now)
        assert again.value.reason is Reason.TOO_LATE


async def test_who_was_paid_or_forced_is_heard_by_the_installation_and_not_by_the_municipality(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        aigul = await a_named_resident(db, home, now, address="101")
        admin = await a_resident(db, home, now, address="107")
        await a_resident(db, home, now, address="105", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)

        async def tell() -> None:
            words = "Мага акча беришти."
            await pressure.tell(db, petition, aigul, words, now, vault=VAULT, administrators=frozenset({"107"}))

        for _ in range(PRESSURES_A_DAY):
            await tell()
        with pytest.raises(Refused) as refused:
            await tell()
        assert refused.value.reason is Reason.TOO_OFTEN
        readers = await db.scalars(select(Letter.person_id).where(Letter.key == "pressure-told"))
        assert set(readers) == {admin.id}
        moments = select(Letter.posted_at, Letter.not_before).where(Letter.key == "pressure-told").distinct()
        [(posted, goes)] = (await db.execute(moments)).all()
        assert posted == now.replace(hour=0, minute=0), "the minute would lead to who did something in it"
        assert (goes.minute, goes > now) == (0, True)
        told = (await db.scalars(select(Pressure))).first()
        assert told is not None
        assert "акча" not in told.told_sealed
        assert "акча" not in str([entry.details for entry in await db.scalars(select(Entry))])


async def test_it_is_found_by_its_link_alone_until_so_many_have_signed(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        home.own_settings = {**home.own_settings, "petition_public_after": 2}
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        petition = await an_open_petition(db, home, bakyt, now)
        for count, name in enumerate(("Асан Үсөнов", "Үсөн Асанов"), start=1):
            assert await public_petitions(db, home.id) == []
            person = await a_named_resident(db, home, now, address=f"12{count}", name=name)
            await signed(db, petition, person, home, now)
        assert [each.id for each in await public_petitions(db, home.id)] == [petition.id]
