"""Announcements without surprises, for tests: `await a_sent_one(db, home, cholpon, now)`."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import announcements, announcing, broadcasts
from actions.announcements import Said, Words, mark_of
from civic.announcements import Audience, Crowd
from civic.people import Role
from civic.subscriptions import Topic
from storage.announcements import Announcement
from storage.broadcasts import Broadcast, get_broadcast
from storage.municipalities import Municipality, get_municipality
from storage.outbox import Letter, Outcome
from storage.people import Person

CLERK = frozenset({Role.CLERK})
EVERYBODY = Audience(Crowd.EVERYBODY)
WATER = Words(
    "Суу өчүрүлөт",
    "Эртең саат ондон он экиге чейин суу берилбейт. Алдын ала толтуруп алыңыздар.",
    "Отключение воды",
    "Завтра с десяти до двенадцати воды не будет. Наберите заранее.",
)


def said(audience: Audience = EVERYBODY, *, topic: Topic = Topic.ANNOUNCEMENTS, **more: Any) -> Said:
    """Everything that is decided about an announcement of water that is cut off."""
    return Said(**{"topic": topic, "words": WATER, "audience": audience, **more})


async def a_draft(
    db: AsyncSession, home: Municipality, by: Person, now: datetime, audience: Audience = EVERYBODY, **more: Any
) -> Announcement:
    """A draft that a clerk wrote."""
    return await announcements.make(db, home, said(audience, **more), by, CLERK, now)


async def sends(db: AsyncSession, announcement: Announcement, by: Person, now: datetime) -> Announcement:
    """A clerk sends out what they see."""
    return await announcing.send(db, announcement.id, mark_of(announcement), by, CLERK, now)


async def a_sent_one(
    db: AsyncSession, home: Municipality, by: Person, now: datetime, audience: Audience = EVERYBODY, **more: Any
) -> Announcement:
    """An announcement that goes out at once (or is planned, `at=`); no letter of it is written yet."""
    return await sends(db, await a_draft(db, home, by, now, audience, **more), by, now)


async def wants_second_person(db: AsyncSession, home: Municipality) -> None:
    """The municipality asks for a second person from now on."""
    found = await get_municipality(db, home.id)
    found.own_settings = {**found.own_settings, "announcement_second_person": 1}
    await db.flush()


async def broadcast_of(db: AsyncSession, announcement: Announcement) -> Broadcast:
    """The broadcast by which it goes out."""
    return await get_broadcast(db, announcement.municipality_id, announcement.broadcast_id or 0)


async def written(db: AsyncSession, announcement: Announcement, now: datetime) -> list[Letter]:
    """The postman has written its letters; none is delivered."""
    broadcast = await broadcast_of(db, announcement)
    await broadcasts.write_some(db, broadcast, now)
    query = select(Letter).where(Letter.once.startswith(f"b{broadcast.id}:")).order_by(Letter.id)
    return list(await db.scalars(query))


def arrived(letter: Letter, now: datetime, outcome: Outcome = Outcome.SENT, reason: str = "") -> None:
    """What became of one letter, as the postman notes it."""
    letter.done_at, letter.outcome, letter.reason = now, outcome, reason
    letter.message = f"m{letter.id}" if outcome is Outcome.SENT else ""
