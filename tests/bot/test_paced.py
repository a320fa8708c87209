"""Do letters keep Telegram's pace, in order, and does nobody wait behind a slow group or a Telegram that has enough?"""

import asyncio
import time
from datetime import datetime

import pytest

from actions import outbox
from bot.limits import Pace
from bot.postman import IN_HAND
from bot.telegram.calls import LONGEST_WAIT
from sandbox import groups
from sandbox.chats import Json
from sandbox.faults import Fault, Kind
from storage.database import Database
from storage.municipalities import Municipality
from storage.outbox import Rank, put_letters
from storage.people import Messenger, Person
from storage.publications import LinkedPlace
from talk.screen import Screen
from talk.turn import Heard
from tests.bot.post_office import Office, an_office
from tests.bot.test_postman import a_village, announce

FAST = 100_000


def moments(office: Office) -> list[tuple[int, float]]:
    """From now on, who was sent something, and when."""
    went: list[tuple[int, float]] = []

    def note(event: Json) -> None:
        if event.get("kind") == "outbox":
            call = next(one for one in reversed(office.world.outbox) if one.n == event["n"])
            if call.chat is not None and call.status == 200:
                went.append((call.chat, time.monotonic()))

    office.world.listeners.append(note)
    return went


async def tell(office: Office, home: Municipality, people: list[Person], once: str, says: str) -> None:
    """A letter about their own affairs."""
    async with office.database.transaction() as db:
        now = office.clock.now()
        await outbox.post(db, people, "accounts-joined", once=once, municipality=home.id, now=now, says=says)


async def test_two_letters_to_one_person_are_a_second_apart(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now, pace=Pace(30, 1, 20)) as office:
        [person] = await a_village(office, home, 1)
        went = moments(office)
        for number in range(2):
            await tell(office, home, [person], f"n{number}", str(number))
        await office.idle()
        first, second = (at for _, at in went)
        assert second - first >= 0.99
        assert [call.params["text"] for call in office.sent()] == ["0", "1"]


@pytest.mark.parametrize("paid", [True, False])
async def test_telegram_is_paid_for_a_faster_broadcast_only_where_that_is_set(
    database: Database, home: Municipality, now: datetime, paid: bool
) -> None:
    async with an_office(database, now, paid=paid) as office:
        await a_village(office, home, 2)
        await announce(office, home)
        await office.idle()
        assert [call.params.get("allow_paid_broadcast") for call in office.sent()] == [True if paid else None] * 2


async def test_a_telegram_that_has_enough_gets_no_letter_until_it_says_so_but_answers_still_try(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now, pace=Pace(FAST, FAST, FAST)) as office:
        people = await a_village(office, home, 12)
        went = moments(office)
        office.world.faults.add(Fault(Kind.TOO_MANY_REQUESTS, chat=2_001, retry_after=2))
        await tell(office, home, people[:1], "first", "Биринчи")
        while not office.world.outbox:
            await asyncio.sleep(0.01)
        refused = time.monotonic()
        await tell(office, home, people[1:], "others", "Калгандары")
        door = office.postmen[0]._doors["telegram"]
        assert await door.show("2002", Heard(), Screen(text="Жооп")) == "sent"
        assert time.monotonic() - refused < 1
        await office.idle()
        assert [chat for chat, at in went if at - refused < 1.9] == [2_002]
        assert sorted({chat for chat, _ in went}) == list(range(2_001, 2_013))


async def test_when_telegram_has_enough_for_long_letters_wait_outside(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now, pace=Pace(FAST, FAST, FAST)) as office:
        people = await a_village(office, home, 3)
        office.world.faults.add(Fault(Kind.TOO_MANY_REQUESTS, chat=2_001, retry_after=LONGEST_WAIT + 40))
        await tell(office, home, people[:1], "first", "Биринчи")
        await office.idle()
        await tell(office, home, people[1:], "others", "Калгандары")
        await office.idle()
        assert (office.sent(), len(office.world.outbox), office.postmen[0].in_hand) == ([], 1, frozenset())


async def test_a_slow_group_gets_its_letters_in_order_and_keeps_nobody_else_waiting(
    database: Database, home: Municipality, now: datetime
) -> None:
    async with an_office(database, now, pace=Pace(FAST, FAST, 300)) as office:
        people = await a_village(office, home, 3)
        group = office.world.add_group("Көчө", office.world.people[2_001], kind="supergroup")
        await groups.add_bot(office.world, office.world.people[2_001], group.id)
        went = moments(office)
        async with database.transaction() as db:
            place = LinkedPlace(
                municipality_id=home.id,
                messenger=Messenger.TELEGRAM,
                address=str(group.id),
                kind="group",
                title="Көчө",
                linked_at=now,
            )
            db.add(place)
            await db.flush()
            for number in range(IN_HAND + 5):  # more than a postman takes at once
                once, says = f"b{number}", str(number)
                row = {"municipality_id": home.id, "place_id": place.id, "key": "announcement", "posted_at": now}
                row |= {"once": once, "arguments": {"says": says}, "not_before": now, "tries": 0, "essential": False}
                await put_letters(db, [row | {"rank": Rank.OWN.value}])
        await tell(office, home, people, "others", "Калгандары")
        await office.idle()
        assert [call.params["text"] for call in office.sent() if call.chat == group.id] == [
            str(number) for number in range(IN_HAND + 5)
        ]
        in_the_group = [at for chat, at in went if chat == group.id]
        assert max(at for chat, at in went if chat != group.id) < in_the_group[5]
