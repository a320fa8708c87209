"""Does only a code shown at the counter confirm somebody, by staff of their own municipality, once, and with undo?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import confirming
from civic.events import Event
from civic.people import Level, Role, level
from civic.refusals import Reason, Refused
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Person
from storage.vault import Vault
from tests.actions.test_journal import of_events
from tests.actions.test_people import events_of
from tests.cast import VAULT, a_guest, a_resident

CLERK = frozenset({Role.CLERK})
HOLDS = timedelta(minutes=15)


async def letters_to(db: AsyncSession, person: Person) -> list[str]:
    """What the bot wants to tell somebody."""
    return list(await db.scalars(select(Letter.key).where(Letter.person_id == person.id).order_by(Letter.id)))


async def test_the_code_confirms_its_owner_once_and_they_are_told(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, cholpon = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        code = confirming.code_of(aigul, now, vault=VAULT)
        assert code.startswith(f"{aigul.id}-")
        for typed in (code, code.replace("-", " "), code.replace("-", ""), f" код: {code}. "):
            assert await confirming.shown_by(db, typed, cholpon, CLERK, now, vault=VAULT) is aigul
        assert level(aigul) is Level.RESIDENT  # looking changes nothing
        await confirming.confirm(db, code, cholpon, CLERK, now, vault=VAULT)
        assert (level(aigul), aigul.confirmed_by) == (Level.CONFIRMED, cholpon.id)
        with pytest.raises(Refused) as twice:
            await confirming.confirm(db, code, cholpon, CLERK, now, vault=VAULT)
        assert twice.value.reason is Reason.CONFIRMED_ALREADY
        with pytest.raises(Refused) as another:
            confirming.code_of(aigul, now, vault=VAULT)
        assert another.value.reason is Reason.CONFIRMED_ALREADY
        assert (await events_of(db)).count(Event.RESIDENT_CONFIRMED.value) == 1
        assert await letters_to(db, aigul) == ["resident-confirmed"]


async def test_a_confirmation_is_taken_back_and_given_again(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, cholpon = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        await confirming.confirm(db, confirming.code_of(aigul, now, vault=VAULT), cholpon, CLERK, now, vault=VAULT)
        await confirming.take_back(db, aigul.id, cholpon, CLERK, now + HOLDS)
        assert (level(aigul), aigul.confirmed_at, aigul.confirmed_by) == (Level.RESIDENT, None, None)
        with pytest.raises(Refused) as twice:
            await confirming.take_back(db, aigul.id, cholpon, CLERK, now + HOLDS)
        assert twice.value.reason is Reason.NOT_FOUND
        later = now + 2 * HOLDS
        await confirming.confirm(db, confirming.code_of(aigul, later, vault=VAULT), cholpon, CLERK, later, vault=VAULT)
        assert level(aigul) is Level.CONFIRMED
        await db.flush()
        assert len(await letters_to(db, aigul)) == 3
    assert [entry.object_id for entry in await of_events(database, Event.RESIDENT_UNCONFIRMED)] == [aigul.id]


async def test_the_code_holds_a_quarter_of_an_hour_at_least_and_half_an_hour_at_most(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, cholpon = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        for minute in range(16):
            made = now + timedelta(minutes=minute)
            code = confirming.code_of(aigul, made, vault=VAULT)
            assert await confirming.shown_by(db, code, cholpon, CLERK, made + HOLDS, vault=VAULT) is aigul
            with pytest.raises(Refused) as over:
                await confirming.shown_by(db, code, cholpon, CLERK, made + 2 * HOLDS, vault=VAULT)
            assert over.value.reason is Reason.WRONG_CODE


@pytest.mark.parametrize("typed", ["", "7", "код", "0-000000", "999999-123456", "9" * 40, "١-٢٣٤٥٦٧", "-1-123456"])
async def test_what_is_no_code_finds_nobody(database: Database, home: Municipality, now: datetime, typed: str) -> None:
    async with database.transaction() as db:
        cholpon = await a_resident(db, home, now)
        with pytest.raises(Refused) as no:
            await confirming.shown_by(db, typed, cholpon, CLERK, now, vault=VAULT)
        assert no.value.reason is Reason.WRONG_CODE


async def test_nobody_confirms_without_the_right_themselves_or_people_of_elsewhere(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        aigul, cholpon = await a_resident(db, home, now), await a_resident(db, home, now, address="102")
        code, own = (confirming.code_of(person, now, vault=VAULT) for person in (aigul, cholpon))

        async def reason(code: str, by: Person, roles: frozenset[Role], vault: Vault = VAULT) -> Reason:
            with pytest.raises(Refused) as no:
                await confirming.confirm(db, code, by, roles, now, vault=vault)
            return no.value.reason

        for role in (Role.DEPUTY, Role.MODERATOR, Role.MONITORING):
            assert await reason(code, cholpon, frozenset({role})) is Reason.NOT_YOURS
        assert await reason(own, cholpon, CLERK) is Reason.NOT_ONESELF
        assert await reason(code, cholpon, CLERK, Vault("another secret of thirty-two characters")) is Reason.WRONG_CODE
        swapped = f"{cholpon.id}-{code.split('-')[1]}"
        assert await reason(swapped, aigul, CLERK) is Reason.WRONG_CODE
        cholpon.municipality_id = None
        assert await reason(code, cholpon, CLERK) is Reason.WRONG_CODE
        for number in (aigul.id, 9_999, 2**70):
            with pytest.raises(Refused) as no:
                await confirming.take_back(db, number, cholpon, CLERK, now)
            assert no.value.reason is Reason.NOT_FOUND
        with pytest.raises(Refused) as theirs:
            await confirming.take_back(db, aigul.id, cholpon, frozenset(), now)
        assert theirs.value.reason is Reason.NOT_YOURS


async def test_who_has_declared_nothing_has_no_code(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        guest = (await a_guest(db, now, home=home)).person
        with pytest.raises(Refused) as no:
            confirming.code_of(guest, now, vault=VAULT)
        assert no.value.reason is Reason.NEEDS_CONSENT
