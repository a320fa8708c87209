"""Which groups are to be linked to a village, and who asked for it?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.groups import RequestState
from civic.refusals import Reason, Refused
from storage.base import Base, may_be_key, words_of
from storage.people import BigId, Messenger

_OPEN = text("closed_at IS NULL")


class PlaceRequest(Base):
    """Somebody who is not staff added the bot to a group and asks to link it. Until they say whose it is there is no
    municipality; `village_id` without a number means the whole municipality."""

    __tablename__ = "place_requests"
    __table_args__ = (  # one for each group, however many updates come at the same moment
        Index(
            "uq_place_requests_open",
            "messenger",
            "address",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    messenger: Mapped[Messenger] = mapped_column(words_of(Messenger))
    address: Mapped[str] = mapped_column(String(128))
    title: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(64), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # None: forgotten
    asked_at: Mapped[datetime]
    state: Mapped[RequestState] = mapped_column(words_of(RequestState))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    village_id: Mapped[int | None]
    named_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(BigId)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))


_PUT = {
    name: dialect.insert(PlaceRequest).on_conflict_do_nothing().returning(PlaceRequest.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


async def put_request(db: AsyncSession, **row: Any) -> int | None:
    """Writes a request; gives its number, None when one for that group is open."""
    number: int | None = await db.scalar(_PUT[db.get_bind().dialect.name].values(row))
    return number


async def open_request_at(db: AsyncSession, messenger: Messenger, address: str) -> PlaceRequest | None:
    """The open request for the group at that address."""
    query = select(PlaceRequest).where(
        PlaceRequest.messenger == messenger, PlaceRequest.address == address, PlaceRequest.closed_at.is_(None)
    )
    return await db.scalar(query)


async def asked_since(db: AsyncSession, person_id: int, since: datetime) -> int:
    """How many groups somebody asked to link after that moment."""
    query = select(func.count()).select_from(PlaceRequest)
    return await db.scalar(query.where(PlaceRequest.person_id == person_id, PlaceRequest.asked_at > since)) or 0


async def request_of(db: AsyncSession, person_id: int, number: int) -> PlaceRequest:
    """The request that this person made; Refused(NOT_FOUND) for any other."""
    query = select(PlaceRequest).where(PlaceRequest.id == number, PlaceRequest.person_id == person_id)
    return await _one(db, number, query)


async def request_to(db: AsyncSession, municipality_id: int | None, number: int) -> PlaceRequest:
    """The request to that municipality, open or not; Refused(NOT_FOUND) for any other."""
    query = select(PlaceRequest).where(PlaceRequest.id == number, PlaceRequest.municipality_id == municipality_id)
    return await _one(db, number, query)


async def _one(db: AsyncSession, number: int, query: Any) -> PlaceRequest:
    found: PlaceRequest | None = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def requests_waiting(db: AsyncSession, municipality_id: int) -> Sequence[PlaceRequest]:
    """What waits for the staff of that municipality, the oldest first."""
    query = select(PlaceRequest).where(
        PlaceRequest.municipality_id == municipality_id, PlaceRequest.state == RequestState.WAITING
    )
    return (await db.scalars(query.order_by(PlaceRequest.named_at, PlaceRequest.id))).all()


async def name_request(
    db: AsyncSession, request: PlaceRequest, municipality_id: int, village_id: int | None, now: datetime
) -> bool:
    """Whose group it is; it waits for staff from now on. False when it was said or decided at the same moment."""
    query = update(PlaceRequest).where(
        PlaceRequest.id == request.id, PlaceRequest.state == RequestState.ASKED, PlaceRequest.closed_at.is_(None)
    )
    query = query.values(
        municipality_id=municipality_id, village_id=village_id, state=RequestState.WAITING, named_at=now
    )
    found = await db.scalar(query.returning(PlaceRequest.id).execution_options(synchronize_session=False))
    await db.refresh(request)
    return found is not None


async def close_request(
    db: AsyncSession,
    request: PlaceRequest,
    state: RequestState,
    now: datetime,
    *,
    by: int | None = None,
    place: int | None = None,
    waiting: bool = False,
) -> bool:
    """Ends the request, unless somebody did at the same moment: then False. `waiting`: only while it waits for
    staff."""
    query = update(PlaceRequest).where(PlaceRequest.id == request.id, PlaceRequest.closed_at.is_(None))
    if waiting:
        query = query.where(PlaceRequest.state == RequestState.WAITING)
    query = query.values(state=state, closed_at=now, decided_by=by, place_id=place)
    found = await db.scalar(query.returning(PlaceRequest.id).execution_options(synchronize_session=False))
    await db.refresh(request)
    return found is not None


async def requests_before(db: AsyncSession, moment: datetime) -> Sequence[PlaceRequest]:
    """The open requests that were made at that moment or earlier."""
    query = select(PlaceRequest).where(PlaceRequest.closed_at.is_(None), PlaceRequest.asked_at <= moment)
    return (await db.scalars(query.order_by(PlaceRequest.id))).all()


async def requests_by(db: AsyncSession, person_id: int) -> Sequence[PlaceRequest]:
    """Every request that this person made, the newest first."""
    query = select(PlaceRequest).where(PlaceRequest.person_id == person_id)
    return (await db.scalars(query.order_by(PlaceRequest.id.desc()))).all()


async def forget_requests(db: AsyncSession, people: Sequence[int], now: datetime) -> None:
    """Nobody knows any more who asked; what they asked for and was not decided is over."""
    theirs = PlaceRequest.person_id.in_(people)
    left = update(PlaceRequest).where(theirs, PlaceRequest.closed_at.is_(None))
    options = {"synchronize_session": False}
    await db.execute(left.values(state=RequestState.REMOVED, closed_at=now).execution_options(**options))
    await db.execute(update(PlaceRequest).where(theirs).values(person_id=None).execution_options(**options))
