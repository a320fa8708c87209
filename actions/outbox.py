"""Write a letter that the bot begins by itself; the postman delivers it after the commit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from civic.subscriptions import about
from storage.outbox import Rank, places_waiting, put_letters
from storage.people import Person


async def post(
    db: AsyncSession,
    people: Iterable[Person],
    key: str,
    *,
    once: str,
    municipality: int,
    now: datetime,
    not_before: datetime | None = None,
    again: bool = False,
    **arguments: Any,
) -> None:
    """A letter of that key to each of the people, in their language when it is delivered. `once` names the fact:
    whoever has a letter about it already gets no second one; with `again` it goes out after all to whom it was skipped
    for, because it was not true at that moment. `essential=True` among the arguments says that these
    readers cannot mute it (civic/subscriptions.py)."""
    what = about(key, arguments)
    rows = [
        {
            "once": f"{once}:{person.id}",
            "municipality_id": municipality,
            "person_id": person.id,
            "key": key,
            "arguments": arguments,
            "posted_at": now,
            "not_before": not_before or now,
            "tries": 0,
            "rank": (Rank.NEWS if what.topic is not None and not what.essential else Rank.OWN).value,
            "essential": what.essential,
        }
        for person in people
    ]
    await put_letters(db, rows, again=again)


async def post_to_places(
    db: AsyncSession, places: Iterable[int], key: str, *, once: str, municipality: int, now: datetime, **arguments: Any
) -> None:
    """A letter to each of these linked channels and groups, except where one of that key waits already: it will say
    what is the case when it is delivered, and must not stand there twice."""
    waiting = await places_waiting(db, key)
    rows = [
        {
            "once": f"{once}:place-{place}",
            "municipality_id": municipality,
            "place_id": place,
            "key": key,
            "arguments": arguments,
            "posted_at": now,
            "not_before": now,
            "tries": 0,
            "rank": Rank.NEWS.value,
            "essential": False,
        }
        for place in places
        if place not in waiting
    ]
    await put_letters(db, rows)
