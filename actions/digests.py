"""Who has news that was kept for a digest? Each gets one letter; nobody without news is even looked at."""

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import JSON, Integer, SmallInteger, String, cast, false, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from civic.municipalities import local
from storage.base import Instant
from storage.municipalities import municipalities
from storage.outbox import Held, Letter, Rank

FRIDAY = 4
_KEPT = timedelta(days=60)  # what lay longer is no news


async def send_digests(db: AsyncSession, now: datetime) -> int:
    """Posts the digests that are due by now: the day's from the hour of the municipality (`digest_hour`) on, the
    week's from that hour of a Friday on, until it is posted: a Friday that was missed is made up for on Saturday. Gives
    how many."""
    posted = 0
    for home in await municipalities(db):
        at = local(now, home.time_zone)
        hour = at.replace(hour=home.settings.digest_hour, minute=0, second=0, microsecond=0)
        day = hour if hour <= at else hour - timedelta(days=1)
        friday = day - timedelta(days=(day.weekday() - FRIDAY) % 7)
        posted += await _post(db, home.id, Held.DAILY, f"digest-{day.date()}", day, now)
        posted += await _post(db, home.id, Held.WEEKLY, f"digest-week-{friday.date()}", friday, now)
    return posted


async def _post(db: AsyncSession, municipality: int, how: Held, fact: str, due: datetime, now: datetime) -> int:
    """One statement for everybody with news from before the digest was due, however many they are."""
    waits = (
        Letter.municipality_id == municipality,
        Letter.held == how,
        Letter.done_at.is_(None),
        Letter.posted_at > now - _KEPT,
        Letter.posted_at <= due.astimezone(UTC),
    )
    newest = await db.scalar(select(func.max(Letter.id)).where(*waits))
    if newest is None:
        return 0
    told = json.dumps({"how": how.value, "until": newest})
    people = select(
        literal(f"{fact}:").concat(cast(Letter.person_id, String)),
        literal(municipality),
        Letter.person_id,
        literal("digest"),
        cast(literal(told, String), JSON) if _is_postgresql(db) else literal(told, String),
        literal(now, Instant()),
        literal(now, Instant()),
        literal(0, Integer),
        literal(Rank.NEWS.value, SmallInteger),
        false(),
    ).where(*waits, Letter.person_id.is_not(None))
    columns = "once municipality_id person_id key arguments posted_at not_before tries rank essential".split()
    dialect = postgresql if _is_postgresql(db) else sqlite
    posted = dialect.insert(Letter).from_select(columns, people.group_by(Letter.person_id)).on_conflict_do_nothing()
    count: int = (await db.execute(posted)).rowcount  # type: ignore[attr-defined]
    if count:
        db.info["letters"] = True
    return count


def _is_postgresql(db: AsyncSession) -> bool:
    return db.get_bind().dialect.name == "postgresql"
