"""Does a card follow its petition by letters, at most every three seconds, and never outside its municipality?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import cards, publications
from civic.cards import EDIT_PAUSE, CardKind
from civic.people import Role
from civic.petitions import State
from civic.publications import PlaceKind
from civic.refusals import Reason, Refused
from storage.cards import CARD, Card, cards_at
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import Messenger, Person
from storage.petitions import Petition
from storage.publications import LinkedPlace
from tests.cast import a_resident
from tests.petitions import a_named_resident, an_open_petition, signed

CLERK = frozenset({Role.CLERK})


async def a_card(db: AsyncSession, home: Municipality, now: datetime) -> tuple[Card, Petition, Person, LinkedPlace]:
    """A public petition whose card a clerk put into a linked group."""
    clerk = await a_resident(db, home, now, address="900")
    place, _ = await publications.link_place(
        db,
        home,
        clerk,
        CLERK,
        now,
        messenger=Messenger.TELEGRAM,
        address="-7",
        kind=PlaceKind.GROUP,
        title="Көчө",
        name="",
    )
    bakyt = await a_named_resident(db, home, now, address="901")
    petition = await an_open_petition(db, home, bakyt, now)
    petition.public_at = now
    card = await cards.put(db, home, place.id, CardKind.PETITION, petition.id, clerk, CLERK, now)
    return card, petition, clerk, place


async def letters(db: AsyncSession) -> int:
    """How many letters about cards there are."""
    return await db.scalar(select(func.count()).select_from(Letter).where(Letter.key == CARD)) or 0


async def delivered(db: AsyncSession, now: datetime) -> None:
    """The postman passes."""
    await db.execute(update(Letter).where(Letter.key == CARD).values(done_at=now))


async def refusal_of(act: object) -> Reason:
    """Why it was refused."""
    with pytest.raises(Refused) as no:
        await act  # type: ignore[misc]
    return no.value.reason


async def test_many_signatures_in_a_second_change_the_card_once(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        _, petition, _, _ = await a_card(db, home, now)
        await delivered(db, now)
        assert await letters(db) == 1
        for number in range(5):
            signer = await a_named_resident(db, home, now, address=str(1000 + number))
            await signed(db, petition, signer, home, now)
        await db.flush()
        assert await cards.follow(db, now + timedelta(seconds=1)) == 0  # too early
        assert await cards.follow(db, now + EDIT_PAUSE) == 1
        assert await letters(db) == 2
        await delivered(db, now)
        assert await cards.follow(db, now + 2 * EDIT_PAUSE) == 0  # nothing changed
        assert await letters(db) == 2


async def test_while_a_letter_waits_no_second_one_is_written(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        _, petition, _, _ = await a_card(db, home, now)
        signer = await a_named_resident(db, home, now, address="1000")
        await signed(db, petition, signer, home, now)
        await db.flush()
        assert await cards.follow(db, now + timedelta(hours=1)) == 0  # it will say what is the case when it is sent


async def test_the_card_says_the_end_once_and_is_quiet(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        card, petition, _, _ = await a_card(db, home, now)
        await delivered(db, now)
        petition.state = State.WITHDRAWN
        await db.flush()
        assert await cards.follow(db, now + EDIT_PAUSE) == 1
        await db.refresh(card)
        assert card.over_at == now + EDIT_PAUSE
        await delivered(db, now)
        petition.state = State.OPEN
        await db.flush()
        assert await cards.follow(db, now + timedelta(days=1)) == 0


async def test_the_same_petition_stands_in_a_group_once(database: Database, home: Municipality, now: datetime) -> None:
    async with database.transaction() as db:
        card, petition, clerk, place = await a_card(db, home, now)
        again = await cards.put(db, home, place.id, CardKind.PETITION, petition.id, clerk, CLERK, now)
        assert (again.id, await letters(db)) == (card.id, 1)
        await cards.take_down(db, card.id, clerk, CLERK, now)
        assert await cards_at(db, home.id, place.id) == []
        assert await refusal_of(cards.take_down(db, card.id, clerk, CLERK, now)) is Reason.DECIDED_ALREADY
        later = now + timedelta(minutes=1)
        back = await cards.put_back(db, home, card.id, clerk, CLERK, later)
        assert [standing.id for standing, *_ in await cards_at(db, home.id, place.id)] == [back.id]
        assert await letters(db) == 3  # it came, went and came again


async def test_staff_of_another_municipality_reach_no_card(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        card, _, _, _ = await a_card(db, home, now)
        stranger = Person(id=0, language="ky", municipality_id=home.id + 1)
        assert await refusal_of(cards.take_down(db, card.id, stranger, CLERK, now)) is Reason.NOT_FOUND
        assert await refusal_of(cards.put_back(db, home, card.id, stranger, CLERK, now)) is Reason.NOT_FOUND


async def test_a_card_that_was_taken_down_or_whose_group_is_unlinked_counts_no_more(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        card, petition, clerk, place = await a_card(db, home, now)
        await delivered(db, now)
        signer = await a_named_resident(db, home, now, address="1000")
        await signed(db, petition, signer, home, now)
        place.unlinked_at = now
        await db.flush()
        assert await cards.follow(db, now + EDIT_PAUSE) == 0
        place.unlinked_at = None
        await cards.take_down(db, card.id, clerk, CLERK, now)
        assert await cards.follow(db, now + EDIT_PAUSE) == 0


async def test_what_not_everybody_may_read_is_not_put_before_a_village(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with database.transaction() as db:
        card, petition, clerk, place = await a_card(db, home, now)
        await cards.take_down(db, card.id, clerk, CLERK, now)
        petition.public_at = None
        await db.flush()
        put = cards.put(db, home, place.id, CardKind.PETITION, petition.id, clerk, CLERK, now)
        assert await refusal_of(put) is Reason.NOT_FOUND
        nobody = cards.put(db, home, place.id, CardKind.PETITION, petition.id, clerk, frozenset(), now)
        assert await refusal_of(nobody) is Reason.NOT_YOURS
