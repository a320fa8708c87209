"""What goes wrong before or between what people do: the bot is killed in the middle of the post, a job fails."""

import re
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from civic.announcements import Audience, Crowd, State
from civic.subscriptions import Topic
from scheduler.timetable import TIMETABLE, Job
from storage.announcements import Announcement
from storage.broadcasts import Broadcast, Going
from storage.municipalities import find_by_key
from storage.outbox import Letter, Rank
from storage.people import accounts_at
from tests.conversations.stage import Stage


async def killed(stage: Stage, said: re.Match[str]) -> None:
    """«The bot is killed while «Суу» goes to Bakyt and Emma»: their letters were in the postman's hand."""
    names = re.split(r", | and ", said[2])
    addresses = [str(stage.world.person(name.lower()).id) for name in names]
    now = stage.world.clock.now()

    async def in_hand(db: AsyncSession) -> None:
        home = await find_by_key(db, "ak-bulak")
        assert home is not None
        audience = Audience(Crowd.EVERYBODY).packed()
        about = {"municipality_id": home.id, "audience": audience, "topic": Topic.ANNOUNCEMENTS}
        told = Announcement(
            title_ky=said[1], text_ky=f"{said[1]}.", state=State.SENT, made_at=now, sent_at=now, **about
        )
        db.add(told)
        await db.flush()
        arguments = {"announcement": told.id, "topic": Topic.ANNOUNCEMENTS.value, "urgent": False}
        moments = {"posted_at": now, "not_before": now}
        letter = {"key": "announcement", "arguments": arguments, **moments}
        begun = Broadcast(going=Going.WRITTEN, written_at=now, **about, **letter)
        db.add(begun)
        await db.flush()
        told.broadcast_id = begun.id
        known = await accounts_at(db, [("telegram", address) for address in addresses])
        db.add_all(_letter(begun, known["telegram", address].person_id, letter, now) for address in addresses)

    await stage.restart(in_hand)


def _letter(begun: Broadcast, person: int, letter: dict[str, object], now: datetime) -> Letter:
    return Letter(
        once=f"b{begun.id}:{person}",
        municipality_id=begun.municipality_id,
        person_id=person,
        broadcast_id=begun.id,
        rank=Rank.BROADCAST,
        lease_until=now + timedelta(minutes=10),
        **letter,
    )


async def fails(stage: Stage, said: re.Match[str]) -> None:
    """«The job send-digests fails»: its database does not answer."""

    async def times_out(_: AsyncSession, __: datetime) -> int:
        raise TimeoutError

    [job] = [job for job in TIMETABLE if job.key == said[1]]
    await stage.bot.clockwork.run(Job(job.key, job.every, times_out, job.because))


ACTS = (
    (r"The bot is killed while «(.+)» goes to (.+)", killed),
    (r"The job (\S+) fails", fails),
)
