"""Does an update arrive exactly once, wait for its turn, and go when it is done?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage import inbox
from storage.database import Database
from storage.inbox import Arrival

HOUR = timedelta(hours=1)


def row(number: str, now: datetime, *, messenger: str = "telegram", payload: str = "Салам") -> dict[str, object]:
    """An arrival as the messenger's intake writes it."""
    return {"messenger": messenger, "number": number, "address": "101", "payload": payload, "arrived_at": now}


def done(row: int, now: datetime, *, screen: str | None = "menu", answered: bool = False) -> dict[str, object]:
    """What settles an arrival."""
    return {"row": row, "when": now, "screen": screen, "done": now if answered else None}


async def numbers(database: Database, *, limit: int = 10) -> list[str]:
    """The numbers that wait for their turn."""
    async with database.transaction() as db:
        return [waiting.number for waiting in await inbox.waiting(db, limit=limit)]


async def fill(database: Database, now: datetime, *given: str) -> dict[str, int]:
    """Puts arrivals of these numbers; gives their rows."""
    async with database.transaction() as db:
        await inbox.put(db, [row(number, now) for number in given])
    async with database.transaction() as db:
        return {waiting.number: waiting.id for waiting in await inbox.waiting(db, limit=100)}


async def test_what_arrives_twice_is_kept_once_and_the_first_one_stays(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        await inbox.put(db, [row("1", now, payload="биринчи"), row("1", now, payload="ошол эле топто")])
    async with database.transaction() as db:
        await inbox.put(db, [row("1", now + HOUR, payload="кайра"), row("2", now)])
    async with database.transaction() as db:
        assert [(w.number, w.payload) for w in await inbox.waiting(db, limit=10)] == [("1", "биринчи"), ("2", "Салам")]


async def test_what_was_settled_and_arrives_again_does_not_wait_again(database: Database, now: datetime) -> None:
    rows = await fill(database, now, "1")
    async with database.transaction() as db:
        await inbox.settle(db, [done(rows["1"], now)])
    async with database.transaction() as db:
        await inbox.put(db, [row("1", now + HOUR)])
        assert await inbox.open_count(db) == 0


async def test_the_same_number_of_another_messenger_is_another_update(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        await inbox.put(db, [row("1", now), row("1", now, messenger="whatsapp")])
    async with database.transaction() as db:
        assert [w.messenger for w in await inbox.waiting(db, limit=10)] == ["telegram", "whatsapp"]


async def test_the_oldest_wait_in_front_and_a_batch_takes_no_more_than_its_size(
    database: Database, now: datetime
) -> None:
    await fill(database, now, "30", "4", "500")
    assert await numbers(database) == ["30", "4", "500"]
    assert await numbers(database, limit=2) == ["30", "4"]


async def test_an_address_that_is_held_back_lets_others_pass(database: Database, now: datetime) -> None:
    async with database.transaction() as db:
        people = [("1", "101"), ("2", "102"), ("3", "101"), ("4", "103")]
        await inbox.put(db, [row(number, now) | {"address": address} for number, address in people])
    async with database.transaction() as db:
        assert [w.number for w in await inbox.waiting(db, limit=9, held={"101", "999"})] == ["2", "4"]
        assert [w.number for w in await inbox.waiting(db, limit=1, held=["102", "101"])] == ["4"]


async def test_a_waiting_arrival_has_all_that_its_turn_needs(database: Database, now: datetime) -> None:
    rows = await fill(database, now, "1")
    async with database.transaction() as db:
        assert await inbox.waiting(db, limit=10) == [(rows["1"], "telegram", "1", "101", "Салам")]


async def test_settling_forgets_what_the_person_wrote(database: Database, now: datetime) -> None:
    rows = await fill(database, now, "1", "2", "3")
    async with database.transaction() as db:
        await inbox.settle(db, [done(rows["1"], now), done(rows["3"], now, screen=None)])
    async with database.transaction() as db:
        kept = (await db.scalars(select(Arrival).order_by(Arrival.id))).all()
    assert [(a.payload, a.settled_at, a.at) for a in kept] == [
        ("", now, "menu"),
        ("Салам", None, None),
        ("", now, None),
    ]
    assert await numbers(database) == ["2"]


async def test_an_arrival_is_settled_once(database: Database, now: datetime) -> None:
    rows = await fill(database, now, "1", "2")
    async with database.transaction() as db:
        await inbox.settle(db, [done(rows["1"], now, screen="first")])
    async with database.transaction() as db:
        await inbox.settle(db, [done(rows["1"], now + HOUR, screen="second"), done(rows["2"], now + HOUR)])
    async with database.transaction() as db:
        kept = (await db.scalars(select(Arrival).order_by(Arrival.id))).all()
    assert [(a.settled_at, a.at) for a in kept] == [(now, "first"), (now + HOUR, "menu")]


async def test_a_turn_that_fails_settles_nothing(database: Database, now: datetime) -> None:
    rows = await fill(database, now, "1")

    async def fails() -> None:
        async with database.transaction() as db:
            await inbox.settle(db, [done(rows["1"], now)])
            db.add(Arrival(**row("1", now)))

    with pytest.raises(IntegrityError):
        await fails()
    assert await numbers(database) == ["1"]


async def test_what_took_effect_without_an_answer_is_found_until_it_is_answered(
    database: Database, now: datetime
) -> None:
    rows = await fill(database, now, "1", "2", "3", "4")
    async with database.transaction() as db:
        await inbox.settle(db, [done(rows["1"], now), done(rows["2"], now, answered=True), done(rows["3"], now + HOUR)])
    async with database.transaction() as db:
        lost = await inbox.unanswered(db, before=now + HOUR, limit=10)
        assert [arrival.number for arrival in lost] == ["1"]
        lost = await inbox.unanswered(db, before=now + HOUR + HOUR, limit=10)
        assert [arrival.number for arrival in lost] == ["1", "3"]
        assert [a.number for a in await inbox.unanswered(db, before=now + HOUR + HOUR, limit=1)] == ["1"]
        await inbox.mark_answered(db, [rows["1"], rows["3"]], now + HOUR)
    async with database.transaction() as db:
        assert list(await inbox.unanswered(db, before=now + HOUR + HOUR, limit=10)) == []


async def test_only_what_is_settled_and_answered_is_deleted_after_its_time(database: Database, now: datetime) -> None:
    rows = await fill(database, now, "old", "fresh", "lost", "open")
    async with database.transaction() as db:
        await inbox.settle(
            db,
            [
                done(rows["old"], now - HOUR, answered=True),
                done(rows["fresh"], now, answered=True),
                done(rows["lost"], now - HOUR),
            ],
        )
    async with database.transaction() as db:
        assert await inbox.purge(db, "telegram", now) == 1
        assert await inbox.purge(db, "telegram", now) == 0
        assert (await db.scalars(select(Arrival.number).order_by(Arrival.id))).all() == ["fresh", "lost", "open"]


async def test_the_open_ones_are_counted(database: Database, now: datetime) -> None:
    rows = await fill(database, now, "1", "2", "3")
    async with database.transaction() as db:
        assert await inbox.open_count(db) == 3
        await inbox.settle(db, [done(rows["2"], now)])
        assert await inbox.open_count(db) == 2


async def test_a_sender_who_is_forgotten_leaves_no_address_behind_and_nobody_elses_goes(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as db:
        arrivals = [row("1", now), row("2", now), {**row("3", now), "address": "102"}]
        await inbox.put(db, [*arrivals, row("4", now, messenger="whatsapp")])
        ids = {(w.messenger, w.number): w.id for w in await inbox.waiting(db, limit=10)}
        await inbox.settle(db, [done(each, now) for (_, number), each in ids.items() if number != "2"])
        await inbox.forget_sender(db, "telegram", "101")
    async with database.transaction() as db:
        kept = (await db.execute(select(Arrival.number, Arrival.address, Arrival.at).order_by(Arrival.number))).all()
        assert [tuple(each) for each in kept] == [
            ("1", "", None),
            ("2", "101", None),  # still waits for its turn, and for its answer
            ("3", "102", "menu"),
            ("4", "101", "menu"),
        ]
        lost = await inbox.unanswered(db, before=now + HOUR, limit=10)
        assert [arrival.number for arrival in lost] == ["3", "4"]
