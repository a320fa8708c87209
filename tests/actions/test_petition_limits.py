"""How much is too much, by one person and by one link; and what staff took out of the count: does it stay out?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import people
from actions.petitions import invalidating, leaving, pressure, signing
from bot.verifying import verify
from civic.people import Role
from civic.petitions import (
    BY_LINK_A_DAY,
    BY_LINK_AN_HOUR,
    PRESSURES_OF_ALL,
    SIGNED_A_DAY,
    SIGNED_AN_HOUR,
    SUSTAINED,
    Standing,
)
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter, Outcome
from storage.people import Person
from storage.petitions import Flag, Petition, Pressure, Signature
from tests.cast import VAULT, a_resident
from tests.petitions import STAFF, a_named_resident, an_open_petition, signed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERYBODY = invalidating.Criteria(unconfirmed=True)


def given(petition: Petition, number: int, at: datetime, **more: object) -> Signature:
    """A signature that counts, given at that moment."""
    receipt = f"R{petition.id}-{number}"
    places = {"municipality_id": petition.municipality_id, "petition_id": petition.id, "receipt": receipt}
    return Signature(**{"signed_at": at, "changed_at": at, "standing": Standing.COUNTED, **places, **more})


async def signed_elsewhere(db: AsyncSession, like: Petition, person: Person, count: int, at: datetime) -> None:
    """The person signed so many other petitions at that moment."""
    copied = {name: getattr(like, name) for name in Petition.__table__.columns.keys()}  # noqa: SIM118  columns are no dict
    others = [Petition(**{**copied, "id": None, "group_word": f"w{at:%d%H%M}-{each}"}) for each in range(count)]
    db.add_all(others)
    await db.flush()
    db.add_all([given(other, 0, at, person_id=person.id) for other in others])
    await db.flush()


async def by_link(db: AsyncSession, petition: Petition, link: int, count: int, at: datetime) -> None:
    """So many signed by that link at that moment."""
    db.add_all([given(petition, number, at, link_id=link) for number in range(count)])
    await db.flush()


@pytest.mark.parametrize(("most", "ago", "hours"), [(SIGNED_AN_HOUR, HOUR / 4, 1), (SIGNED_A_DAY, DAY / 4, 18)])
async def test_one_person_signs_no_more_in_an_hour_and_in_a_day_than_people_read_and_hears_when_again(
    database: Database, home: Municipality, now: datetime, most: int, ago: timedelta, hours: int
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        aigul = await a_named_resident(db, home, now, address="101")
        petition = await an_open_petition(db, home, bakyt, now)
        await signed_elsewhere(db, petition, aigul, most, now - ago)
        with pytest.raises(Refused) as no:
            await signed(db, petition, aigul, home, now)
        assert (no.value.reason, no.value.details) == (Reason.SIGNED_TOO_OFTEN, {"hours": hours})
        assert petition.count == 0
        await signed(db, petition, aigul, home, now + timedelta(hours=hours))
        await signed(db, petition, bakyt, home, now)


@pytest.mark.parametrize(("most", "ago", "hours"), [(BY_LINK_AN_HOUR, HOUR / 4, 1), (BY_LINK_A_DAY, DAY / 4, 18)])
async def test_one_link_brings_no_more_in_an_hour_and_in_a_day_than_people_can_and_the_others_still_sign(
    database: Database, home: Municipality, now: datetime, most: int, ago: timedelta, hours: int
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        aigul = await a_named_resident(db, home, now, address="101")
        chynara = await a_named_resident(db, home, now, address="104", name="Чынара Токтоева")
        petition = await an_open_petition(db, home, bakyt, now)
        link, other = [await signing.link_of(db, petition, each, now) for each in (bakyt, chynara)]
        await by_link(db, petition, link, most, now - ago)
        with pytest.raises(Refused) as no:
            await signed(db, petition, aigul, home, now, link=link)
        assert (no.value.reason, no.value.details) == (Reason.LINK_TOO_OFTEN, {"hours": hours})
        own = await signed(db, petition, aigul, home, now, link=other)
        assert own.link_id == other
        await signing.unsign(db, petition, own, aigul, home, now)
        await signed(db, petition, aigul, home, now + timedelta(hours=hours), link=link)
        assert own.link_id == link  # who takes it back and comes by a link was brought by that one


async def test_many_by_one_link_in_a_day_are_flagged_once_that_day(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="109", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)
        link = await signing.link_of(db, petition, bakyt, now)
        await by_link(db, petition, link, SUSTAINED - 2, now - 3 * HOUR)
        for number in range(3):
            person = await a_named_resident(db, home, now, address=f"20{number}", name="Асан Үсөнов")
            await signed(db, petition, person, home, now, link=link)
        flags = [(flag.kind, flag.link_id, flag.count) for flag in await db.scalars(select(Flag))]
        assert flags == [("sustained", link, SUSTAINED)]
        told = list(await db.scalars(select(Letter.person_id).where(Letter.key == "petition-flagged")))
        assert told == [head.id]


async def test_about_one_petition_fifty_are_heard_in_a_day_and_the_others_the_next(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        aigul = await a_named_resident(db, home, now, address="101")
        petition, other = [await an_open_petition(db, home, bakyt, now) for _ in range(2)]
        midnight = now.replace(hour=0, minute=0)
        places = {"municipality_id": home.id, "petition_id": petition.id, "told_sealed": "", "at": midnight}
        db.add_all([Pressure(**places) for _ in range(PRESSURES_OF_ALL)])
        await db.flush()

        async def tell(about: Petition, at: datetime) -> None:
            await pressure.tell(db, about, aigul, "Акча беришти.", at, vault=VAULT, administrators=frozenset())

        with pytest.raises(Refused) as no:
            await tell(petition, now)
        assert no.value.reason is Reason.TOO_OFTEN
        await tell(other, now)
        await tell(petition, now + DAY)


async def test_taking_out_that_is_stopped_on_the_way_takes_out_no_more(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="109", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)
        many = invalidating.PIECE + 7
        await by_link(db, petition, 5, many, now)
        petition.signed = many
        begun = await invalidating.begin(db, petition, head, STAFF, EVERYBODY, "Акча берилген", now)
        assert await invalidating.go_on_with_all(db, now) == invalidating.PIECE
        assert (begun.done, begun.finished_at, petition.count) == (invalidating.PIECE, None, 7)
        assert await invalidating.cancel(db, begun, head, STAFF, now) is True
        assert await invalidating.go_on_with_all(db, now) == 0
        assert (begun.done, begun.cancelled_at, petition.count) == (invalidating.PIECE, now, 7)
        left = select(Signature.id).where(Signature.standing == Standing.COUNTED)
        assert len((await db.scalars(left)).all()) == 7


async def test_what_staff_took_out_does_not_come_back_by_deleting_ones_data(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="109", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)
        aigul = await a_named_resident(db, home, now, address="101")
        await signed(db, petition, aigul, home, now)
        begun = await invalidating.begin(db, petition, head, STAFF, EVERYBODY, "Акча берилген", now)
        await invalidating.go_on(db, begun, home, now)
        await people.forget(db, aigul, now)
        again = await a_named_resident(db, home, now, address="101")
        with pytest.raises(Refused) as no:
            await signed(db, petition, again, home, now)
        assert (no.value.reason, petition.count) == (Reason.SAME_PHONE, 0)
        assert await invalidating.undo(db, begun, head, STAFF, home, now) == 0  # nobody stands behind it any more
        await signed(db, petition, again, home, now)  # and the phone is free
        assert petition.count == 1
    _, broken = await verify(database, key=None, head=None, tell=lambda _: None)
    assert broken == []  # the journal says as well that the first one is taken back


async def test_what_staff_took_out_does_not_come_back_by_joining_two_accounts(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="109", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)
        aigul, second = [await a_named_resident(db, home, now, address=each) for each in ("101", "201")]
        withdrawn = await signed(db, petition, second, home, now)
        await signing.unsign(db, petition, withdrawn, second, home, now)
        await signed(db, petition, aigul, home, now)
        begun = await invalidating.begin(db, petition, head, STAFF, EVERYBODY, "Акча берилген", now)
        await invalidating.go_on(db, begun, home, now)
        await leaving.become(db, aigul, second, now)
        with pytest.raises(Refused) as no:
            await signed(db, petition, second, home, now)
        assert (no.value.reason, petition.count) == (Reason.SIGNATURE_INVALID, 0)


async def test_who_was_told_that_a_signature_does_not_count_is_told_when_it_does_again(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        bakyt = await a_named_resident(db, home, now, address="102", name="Бакыт Осмонов")
        head = await a_resident(db, home, now, address="109", role=Role.HEAD)
        petition = await an_open_petition(db, home, bakyt, now)
        aigul = await a_named_resident(db, home, now, address="101")
        chynara = await a_named_resident(db, home, now, address="104", name="Чынара Токтоева")
        for each in (aigul, chynara):
            await signed(db, petition, each, home, now)
        begun = await invalidating.begin(db, petition, head, STAFF, EVERYBODY, "Акча берилген", now)
        await invalidating.go_on(db, begun, home, now)
        await db.flush()
        to_aigul = (Letter.key == "petition-invalidated", Letter.person_id == aigul.id)
        await db.execute(update(Letter).where(*to_aigul).values(done_at=now, outcome=Outcome.SENT))
        assert await invalidating.undo(db, begun, head, STAFF, home, now) == 2
        told = await db.scalars(select(Letter.person_id).where(Letter.key == "petition-restored"))
        assert list(told) == [aigul.id]  # nothing had come to Chynara yet
