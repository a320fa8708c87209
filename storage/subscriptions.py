"""What do people want to hear of, and how often?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, and_, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.people import Notify
from civic.subscriptions import Topic
from storage.base import Base, words_of
from storage.issues import Issue
from storage.municipalities import Municipality, Village
from storage.people import Person
from storage.petitions import Petition
from storage.proposals import Proposal


class Subscription(Base):
    """How often somebody wants to hear of a topic; without a row it is as they chose for everything
    (`Person.notify`)."""

    __tablename__ = "subscriptions"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    topic: Mapped[Topic] = mapped_column(words_of(Topic), primary_key=True)
    how: Mapped[Notify] = mapped_column(words_of(Notify))
    since: Mapped[datetime]


class VillageSubscription(Base):
    """Somebody wants the news of a village beside their own."""

    __tablename__ = "village_subscriptions"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    village_id: Mapped[int] = mapped_column(
        ForeignKey("villages.id"), primary_key=True, autoincrement=False, index=True
    )
    since: Mapped[datetime]


class Mute(Base):
    """Somebody wants to hear no more of one thing: a petition, a proposal, an issue (civic.subscriptions.OBJECTS)."""

    __tablename__ = "mutes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    subject: Mapped[str] = mapped_column(String(16), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[datetime]


async def choice_of(db: AsyncSession, person: Person, topic: Topic) -> Notify:
    """How often that person wants to hear of that topic."""
    query = select(Subscription.how).where(Subscription.person_id == person.id, Subscription.topic == topic)
    return await db.scalar(query) or person.notify


async def own_choices(db: AsyncSession, person_id: int) -> dict[Topic, Notify]:
    """What the person chose for single topics; for the others it is as they chose for everything."""
    query = select(Subscription.topic, Subscription.how).where(Subscription.person_id == person_id)
    return {row[0]: row[1] for row in (await db.execute(query)).all()}


async def is_muted(db: AsyncSession, person_id: int, subject: str, number: int) -> bool:
    """Whether the person muted that one thing."""
    query = select(Mute.person_id).where(
        Mute.person_id == person_id, Mute.subject == subject, Mute.subject_id == number
    )
    return await db.scalar(query) is not None


async def muted_things(db: AsyncSession, person: Person) -> Sequence[tuple[Mute, Issue | Petition | Proposal | None]]:
    """Everything that the person muted, the newest first, with the thing itself where it belongs to their
    municipality."""
    query = (
        select(Mute, Issue, Petition, Proposal)
        .outerjoin(Issue, and_(Mute.subject == "issue", Issue.id == Mute.subject_id))
        .outerjoin(Petition, and_(Mute.subject == "petition", Petition.id == Mute.subject_id))
        .outerjoin(Proposal, and_(Mute.subject == "proposal", Proposal.id == Mute.subject_id))
        .where(Mute.person_id == person.id)
        .order_by(Mute.since.desc(), Mute.subject, Mute.subject_id)
    )
    found = [(row[0], row[1] or row[2] or row[3]) for row in (await db.execute(query)).all()]
    return [
        (mute, thing if thing is not None and thing.municipality_id == person.municipality_id else None)
        for mute, thing in found
    ]


async def villages_of(db: AsyncSession, person_id: int) -> Sequence[tuple[Village, Municipality]]:
    """The villages whose news the person wants beside their own, with whose they are."""
    query = (
        select(Village, Municipality)
        .join(VillageSubscription, VillageSubscription.village_id == Village.id)
        .join(Municipality, Municipality.id == Village.municipality_id)
        .where(VillageSubscription.person_id == person_id)
        .order_by(Municipality.id, Village.position, Village.id)
    )
    return [(row[0], row[1]) for row in (await db.execute(query)).all()]


async def drop_mute(db: AsyncSession, person_id: int, subject: str, number: int) -> bool:
    """Whether there was a mute of that one thing to take away."""
    gone = delete(Mute).where(Mute.person_id == person_id, Mute.subject == subject, Mute.subject_id == number)
    query = gone.returning(Mute.subject_id).execution_options(synchronize_session=False)
    return await db.scalar(query) is not None


async def forget_subscriptions(db: AsyncSession, person_id: int) -> None:
    """Nothing is kept of what the person wanted to hear."""
    await db.execute(delete(Subscription).where(Subscription.person_id == person_id))
    await db.execute(delete(VillageSubscription).where(VillageSubscription.person_id == person_id))
    await db.execute(delete(Mute).where(Mute.person_id == person_id))


async def join_subscriptions(db: AsyncSession, gone: int, owner: int) -> None:
    """What two numbers of one person chose becomes one: where both chose, the owner's stands."""
    chosen: tuple[tuple[Any, tuple[Any, ...]], ...] = (
        (Subscription, (Subscription.topic,)),
        (VillageSubscription, (VillageSubscription.village_id,)),
        (Mute, (Mute.subject, Mute.subject_id)),
    )
    for table, keys in chosen:
        has = {tuple(row) for row in (await db.execute(select(*keys).where(table.person_id == owner))).all()}
        for row in (await db.scalars(select(table).where(table.person_id == gone))).all():
            if tuple(getattr(row, key.key) for key in keys) in has:
                await db.delete(row)
            else:
                row.person_id = owner
    await db.flush()
