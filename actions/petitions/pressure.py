"""«I was paid or forced»: told to those who run the installation, and to nobody of the municipality."""

import hashlib
import secrets
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import outbox
from actions.petitions import telling
from civic.events import Event
from civic.people import has_agreed
from civic.petitions import PRESSURE, PRESSURES_A_DAY, PRESSURES_OF_ALL
from civic.refusals import Reason, Refused
from civic.spelling import clean
from storage.people import Person
from storage.petition_readers import people_at
from storage.petitions import Petition, Pressure, find_signature
from storage.vault import Vault

# Who told something today is known to this process alone, under marks that nobody can make again once it has ended: on
# the disk there is nothing that leads from what was told to who told it. A restart lets them tell three times more.
_SALT = secrets.token_bytes(32)
_told: dict[datetime, Counter[bytes]] = {}


async def tell(
    db: AsyncSession,
    petition: Petition,
    person: Person,
    words: str,
    now: datetime,
    *,
    vault: Vault,
    administrators: frozenset[str],
) -> None:
    """Keeps what was told, sealed, with its day but without the minute and without who told it, and writes to the
    installation's administrators (their addresses) at the next full hour: the second in which somebody told it would
    lead to whoever did something in the bot in that second. Refused: NEEDS_CONSENT, NOT_FOUND, TOO_LONG, TOO_OFTEN
    after three in a day by one person or fifty about one petition."""
    if not has_agreed(person):
        raise Refused(Reason.NEEDS_CONSENT)
    elsewhere = petition.municipality_id != person.municipality_id
    if elsewhere and await find_signature(db, petition.id, person.id) is None:  # who moved was there all the same
        raise Refused(Reason.NOT_FOUND)
    words = telling.reason_of(clean(words), least=0, most=PRESSURE)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = select(func.count()).where(Pressure.petition_id == petition.id, Pressure.at == midnight)
    if (await db.scalar(today) or 0) >= PRESSURES_OF_ALL:
        raise Refused(Reason.TOO_OFTEN)
    _not_too_often(person, midnight)
    told = Pressure(
        municipality_id=petition.municipality_id,
        petition_id=petition.id,
        told_sealed=vault.seal(words),
        at=midnight,
    )
    db.add(told)
    await db.flush()
    telling.note(db, petition, Event.PRESSURE_TOLD, midnight, None)
    await outbox.post(
        db,
        await people_at(db, administrators),
        "pressure-told",
        once=f"pressure-{told.id}",
        municipality=petition.municipality_id,
        now=midnight,
        not_before=now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1),
        pressure=told.id,
    )


def _not_too_often(person: Person, day: datetime) -> None:
    for other in _told.keys() - {day}:
        del _told[other]
    mark = hashlib.blake2b(str(person.id).encode(), key=_SALT).digest()
    by_mark = _told.setdefault(day, Counter())
    if by_mark[mark] >= PRESSURES_A_DAY:
        raise Refused(Reason.TOO_OFTEN)
    by_mark[mark] += 1
