"""Where was the list published, and which channels and groups are linked? (Typical Plan 2.2)"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.publications import Channel
from civic.refusals import Reason, Refused
from storage.base import Base, may_be_key, words_of
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import BigId, Messenger


class LinkedPlace(Base):
    """A channel or group of the municipality in a messenger. `post` is the messenger's number of the pinned message
    that holds the list."""

    __tablename__ = "places"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    messenger: Mapped[Messenger] = mapped_column(words_of(Messenger))
    address: Mapped[str] = mapped_column(String(128))
    kind: Mapped[str] = mapped_column(String(24))
    title: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(64), default="")  # its public name, of which links are made
    language: Mapped[str] = mapped_column(String(8), default="ky")
    linked_at: Mapped[datetime]
    linked_by: Mapped[int | None] = mapped_column(BigId)
    unlinked_at: Mapped[datetime | None]
    post: Mapped[str | None] = mapped_column(String(64))
    village_id: Mapped[int | None]  # whose it is; None: the whole municipality's


class Publication(Base):
    """One time the list was published by one of the four channels: where, when, by whom, with a link or a photo."""

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    channel: Mapped[Channel] = mapped_column(words_of(Channel))
    on: Mapped[date] = mapped_column("published_on")
    where: Mapped[str] = mapped_column("published_where", String(300))
    link: Mapped[str] = mapped_column(String(300), default="")
    file_id: Mapped[str | None] = mapped_column(ForeignKey("files.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    by: Mapped[int | None] = mapped_column(BigId)
    noted_at: Mapped[datetime]
    list_of: Mapped[datetime | None]  # the last change of the list that this publication shows
    withdrawn_at: Mapped[datetime | None]


async def linked_places(db: AsyncSession, municipality_id: int) -> Sequence[LinkedPlace]:
    """The channels and groups that are linked now."""
    query = select(LinkedPlace).where(LinkedPlace.municipality_id == municipality_id, LinkedPlace.unlinked_at.is_(None))
    return (await db.scalars(query.order_by(LinkedPlace.id))).all()


async def places_told(db: AsyncSession, key: str) -> list[tuple[LinkedPlace, Municipality, datetime]]:
    """The linked channels and groups of all municipalities that ever got a letter of that key, with the moment when
    the newest was posted: it says what is the case when it is delivered, so at least everything until then."""
    query = (
        select(LinkedPlace, Municipality, func.max(Letter.posted_at))
        .join(Municipality, LinkedPlace.municipality_id == Municipality.id)
        .join(Letter, Letter.place_id == LinkedPlace.id)
        .where(LinkedPlace.unlinked_at.is_(None), Letter.key == key)
        .group_by(LinkedPlace.id, Municipality.id)
        .order_by(LinkedPlace.id)
    )
    return [(place, home, told_at) for place, home, told_at in await db.execute(query)]


async def get_place(
    db: AsyncSession, municipality_id: int | None, place_id: int, *, linked: bool = True
) -> LinkedPlace:
    """The linked (or the unlinked) channel or group of that municipality; Refused(NOT_FOUND) for any other."""
    query = select(LinkedPlace).where(
        LinkedPlace.id == place_id,
        LinkedPlace.municipality_id == municipality_id,
        LinkedPlace.unlinked_at.is_(None) if linked else LinkedPlace.unlinked_at.is_not(None),
    )
    found = await db.scalar(query) if may_be_key(place_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def place_at(db: AsyncSession, messenger: Messenger, address: str) -> LinkedPlace | None:
    """The place at that address that is linked to any municipality now."""
    query = select(LinkedPlace).where(
        LinkedPlace.messenger == messenger, LinkedPlace.address == address, LinkedPlace.unlinked_at.is_(None)
    )
    return await db.scalar(query)


async def last_post(db: AsyncSession, place_id: int) -> Publication | None:
    """The newest publication in that channel or group."""
    query = select(Publication).where(Publication.place_id == place_id, Publication.withdrawn_at.is_(None))
    return await db.scalar(query.order_by(Publication.id.desc()).limit(1))


async def last_posts(db: AsyncSession, municipality_id: int) -> dict[int, Publication]:
    """The newest publication in each of the municipality's channels and groups, by the place's number."""
    newest = select(func.max(Publication.id)).where(
        Publication.municipality_id == municipality_id,
        Publication.place_id.is_not(None),
        Publication.withdrawn_at.is_(None),
    )
    query = select(Publication).where(Publication.id.in_(newest.group_by(Publication.place_id)))
    return {entry.place_id or 0: entry for entry in await db.scalars(query)}


async def place_once_at(
    db: AsyncSession, municipality_id: int, messenger: Messenger, address: str
) -> LinkedPlace | None:
    """The place at that address as the municipality had it linked last."""
    query = select(LinkedPlace).where(
        LinkedPlace.municipality_id == municipality_id,
        LinkedPlace.messenger == messenger,
        LinkedPlace.address == address,
    )
    return await db.scalar(query.order_by(LinkedPlace.id.desc()).limit(1))


async def place_lately_at(db: AsyncSession, messenger: Messenger, address: str, since: datetime) -> LinkedPlace | None:
    """The place at that address whose link broke after that moment."""
    query = select(LinkedPlace).where(
        LinkedPlace.messenger == messenger, LinkedPlace.address == address, LinkedPlace.unlinked_at >= since
    )
    return await db.scalar(query.order_by(LinkedPlace.id.desc()).limit(1))


async def lately_unlinked(db: AsyncSession, municipality_id: int, since: datetime) -> Sequence[LinkedPlace]:
    """The channels and groups whose link broke or was taken back after that moment."""
    query = select(LinkedPlace).where(LinkedPlace.municipality_id == municipality_id, LinkedPlace.unlinked_at >= since)
    return (await db.scalars(query.order_by(LinkedPlace.unlinked_at.desc()))).all()


async def publications_of(
    db: AsyncSession, municipality_id: int, *, channel: Channel | None = None, after: int = 0, limit: int = 100
) -> Sequence[Publication]:
    """The log of publications, newest first."""
    query = select(Publication).where(
        Publication.municipality_id == municipality_id, Publication.withdrawn_at.is_(None)
    )
    if channel is not None:
        query = query.where(Publication.channel == channel)
    query = query.order_by(Publication.on.desc(), Publication.id.desc()).offset(after).limit(limit)
    return (await db.scalars(query)).all()


async def get_publication(
    db: AsyncSession, municipality_id: int | None, publication_id: int, *, withdrawn: bool = False
) -> Publication:
    """The entry of that municipality's log (or one that was withdrawn); Refused(NOT_FOUND) for any other."""
    query = select(Publication).where(
        Publication.id == publication_id,
        Publication.municipality_id == municipality_id,
        Publication.withdrawn_at.is_not(None) if withdrawn else Publication.withdrawn_at.is_(None),
    )
    found = await db.scalar(query) if may_be_key(publication_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def publication_count(db: AsyncSession, municipality_id: int) -> int:
    """How many entries the log holds."""
    query = select(func.count()).select_from(Publication)
    query = query.where(Publication.municipality_id == municipality_id, Publication.withdrawn_at.is_(None))
    return await db.scalar(query) or 0


async def newest_publications(db: AsyncSession, municipality_id: int) -> dict[Channel, Publication]:
    """The newest entry of each channel that was ever used."""
    ranked = select(
        Publication.id,
        func.row_number()
        .over(partition_by=Publication.channel, order_by=(Publication.on.desc(), Publication.id.desc()))
        .label("place"),
    ).where(Publication.municipality_id == municipality_id, Publication.withdrawn_at.is_(None))
    first = ranked.subquery()
    query = select(Publication).where(Publication.id.in_(select(first.c.id).where(first.c.place == 1)))
    return {entry.channel: entry for entry in await db.scalars(query)}


async def last_published(db: AsyncSession, municipality_id: int) -> dict[Channel, tuple[date, datetime | None]]:
    """For each channel that was ever used: the day of its newest publication, and which state of the list it shows."""
    query = select(Publication.channel, func.max(Publication.on), func.max(Publication.list_of))
    query = query.where(Publication.municipality_id == municipality_id, Publication.withdrawn_at.is_(None))
    found = (await db.execute(query.group_by(Publication.channel))).all()
    return {channel: (on, of) for channel, on, of in found}
