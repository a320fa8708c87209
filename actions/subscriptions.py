"""What do people want to hear of, how often, and what no more? Their own affair: the journal does not tell of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from actions import people
from civic.people import Notify, has_agreed
from civic.refusals import Reason, Refused
from civic.subscriptions import OBJECTS, Topic, subject_of
from storage.base import may_be_key
from storage.issues import municipality_of_issue
from storage.municipalities import Village, get_village
from storage.outbox import Letter
from storage.people import Person
from storage.petitions import municipality_of_petition
from storage.proposals import municipality_of_proposal
from storage.subscriptions import Mute, Subscription, VillageSubscription, drop_mute

_DIALECTS = (("sqlite", sqlite), ("postgresql", postgresql))
_CHOOSE = {name: dialect.insert(Subscription) for name, dialect in _DIALECTS}
_VILLAGE = {
    name: dialect.insert(VillageSubscription).on_conflict_do_nothing().returning(VillageSubscription.village_id)
    for name, dialect in _DIALECTS
}
_MUTE = {name: dialect.insert(Mute).on_conflict_do_nothing().returning(Mute.subject_id) for name, dialect in _DIALECTS}
_WHOSE = {
    "issue": municipality_of_issue,
    "petition": municipality_of_petition,
    "proposal": municipality_of_proposal,
}


def _agreed(person: Person) -> None:
    if not has_agreed(person):
        raise Refused(Reason.NEEDS_CONSENT)


def choose_for_all(db: AsyncSession, person: Person, how: Notify, now: datetime) -> Notify:
    """From now on the person hears this often of every topic for which they chose nothing else; gives what it was
    before. Refused(NEEDS_CONSENT)."""
    _agreed(person)
    before = person.notify
    people.notify(db, person, how, now)
    return before


async def choose_nothing(db: AsyncSession, person: Person, now: datetime) -> None:
    """From now on the person hears of no topic, whatever they chose for single ones; what is essential comes.
    Refused(NEEDS_CONSENT)."""
    choose_for_all(db, person, Notify.NEVER, now)
    own = delete(Subscription).where(Subscription.person_id == person.id)
    await db.execute(own.execution_options(synchronize_session=False))


async def choose(db: AsyncSession, person: Person, topic: Topic, how: Notify | None, now: datetime) -> Notify | None:
    """From now on the person hears this often of that topic; None: as often as of everything. Gives what they had
    chosen before. Refused(NEEDS_CONSENT)."""
    _agreed(person)
    of_topic = (Subscription.person_id == person.id, Subscription.topic == topic)
    before = await db.scalar(select(Subscription.how).where(*of_topic))
    if how is None:
        await db.execute(delete(Subscription).where(*of_topic).execution_options(synchronize_session=False))
        return before
    row = _CHOOSE[db.get_bind().dialect.name].values(person_id=person.id, topic=topic, how=how, since=now)
    await db.execute(row.on_conflict_do_update(index_elements=["person_id", "topic"], set_={"how": how, "since": now}))
    return before


async def subscribe_village(db: AsyncSession, person: Person, village_id: int, now: datetime) -> Village:
    """The person hears of that village of their municipality beside their own. Refused: NEEDS_CONSENT, NOT_FOUND."""
    _agreed(person)
    village = await get_village(db, person.municipality_id or 0, village_id)
    row = {"person_id": person.id, "village_id": village.id, "since": now}
    await db.execute(_VILLAGE[db.get_bind().dialect.name].values(row))
    return village


async def unsubscribe_village(db: AsyncSession, person: Person, village_id: int) -> bool:
    """Not any more; of a village of a municipality that the person left as well. False when they did not."""
    if not may_be_key(village_id):
        return False
    gone = delete(VillageSubscription).where(
        VillageSubscription.person_id == person.id, VillageSubscription.village_id == village_id
    )
    query = gone.returning(VillageSubscription.village_id).execution_options(synchronize_session=False)
    return await db.scalar(query) is not None


async def mute(db: AsyncSession, person: Person, subject: str, number: int, now: datetime) -> bool:
    """The person hears no more of that one thing (civic.subscriptions.OBJECTS), of their municipality or from a letter
    they got. False when it was muted already. Refused: NEEDS_CONSENT, NOT_FOUND."""
    _agreed(person)
    if subject not in OBJECTS or not may_be_key(number) or not await _concerns(db, person, subject, number):
        raise Refused(Reason.NOT_FOUND)
    row: dict[str, Any] = {"person_id": person.id, "subject": subject, "subject_id": number, "since": now}
    return await db.scalar(_MUTE[db.get_bind().dialect.name].values(row)) is not None


async def _concerns(db: AsyncSession, person: Person, subject: str, number: int) -> bool:
    whose = await _WHOSE[subject](db, number)
    if whose is not None and whose == person.municipality_id:
        return True
    told = await db.scalars(select(Letter.arguments).where(Letter.person_id == person.id))
    return any(subject_of(arguments) == (subject, number) for arguments in told)


async def unmute(db: AsyncSession, person: Person, subject: str, number: int) -> bool:
    """The person hears of it again; False when it was not muted."""
    return may_be_key(number) and await drop_mute(db, person.id, subject, number)


async def own_letter(db: AsyncSession, person: Person, number: int) -> Letter:
    """A letter that the bot wrote to that person; Refused(NOT_FOUND) for anybody else's."""
    query = select(Letter).where(Letter.id == number, Letter.person_id == person.id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found
