"""Which cards of petitions and proposals stand in linked groups and channels, and what does each say?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic import petitions, proposals
from civic.cards import CardKind
from civic.refusals import Reason, Refused
from storage.base import Base, may_be_key, words_of
from storage.municipalities import Municipality
from storage.outbox import Letter
from storage.people import BigId
from storage.petitions import Petition
from storage.proposals import Proposal
from storage.publications import LinkedPlace

CARD = "group-card"  # the letter that puts the card there or changes it
MOST_TO_CHOOSE = 40  # petitions, and as many proposals: one that is further down is found by its own list
_STANDS = text("down_at IS NULL")


class Card(Base):
    """A card with a live counter. `shown` is what the newest letter about it was posted for, `told_at` when; `message`
    is the messenger's number of it, once it stands there. `over_at`: it said the end and is changed no more."""

    __tablename__ = "group_cards"
    __table_args__ = (  # the same thing stands in a place once
        Index(
            "uq_group_cards_standing",
            "place_id",
            "kind",
            "object_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    kind: Mapped[CardKind] = mapped_column(words_of(CardKind))
    object_id: Mapped[int]
    put_at: Mapped[datetime]
    put_by: Mapped[int | None] = mapped_column(BigId)
    shown: Mapped[str] = mapped_column(String(80))
    told_at: Mapped[datetime]
    message: Mapped[str | None] = mapped_column(String(64))
    over_at: Mapped[datetime | None]
    down_at: Mapped[datetime | None]


_IS_PETITION = (Card.kind == CardKind.PETITION) & (Petition.id == Card.object_id)
_IS_PROPOSAL = (Card.kind == CardKind.PROPOSAL) & (Proposal.id == Card.object_id)
_PUT = {
    name: dialect.insert(Card).on_conflict_do_nothing().returning(Card.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


async def put_card(db: AsyncSession, **row: Any) -> int | None:
    """Writes a card; gives its number, None when the same stands there already."""
    number: int | None = await db.scalar(_PUT[db.get_bind().dialect.name].values(row))
    return number


async def get_card(db: AsyncSession, municipality_id: int | None, number: int) -> Card:
    """The card of that municipality, taken down or not; Refused(NOT_FOUND) for any other."""
    query = select(Card).where(Card.id == number, Card.municipality_id == municipality_id)
    found: Card | None = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def card_standing(db: AsyncSession, place_id: int, kind: CardKind, object_id: int) -> Card | None:
    """The card of that thing that stands in that place."""
    query = select(Card).where(Card.place_id == place_id, Card.kind == kind, Card.object_id == object_id)
    return await db.scalar(query.where(Card.down_at.is_(None)))


async def cards_at(
    db: AsyncSession, municipality_id: int, place_id: int
) -> list[tuple[Card, Petition | None, Proposal | None]]:
    """The cards that stand in that place with what stands on them, the newest first."""
    query = (
        select(Card, Petition, Proposal)
        .outerjoin(Petition, _IS_PETITION)
        .outerjoin(Proposal, _IS_PROPOSAL)
        .where(Card.municipality_id == municipality_id, Card.place_id == place_id, Card.down_at.is_(None))
        .order_by(Card.id.desc())
    )
    return [(card, petition, proposal) for card, petition, proposal in await db.execute(query)]


async def live_cards(
    db: AsyncSession,
) -> list[tuple[Card, Municipality, Petition | None, Proposal | None]]:
    """Every card that still counts in a linked place and about which no letter waits, with what stands on it."""
    waits = select(Letter.id).where(
        Letter.key == CARD,
        Letter.place_id == Card.place_id,
        Letter.done_at.is_(None),
        Letter.arguments["card"].as_integer() == Card.id,
    )
    query = (
        select(Card, Municipality, Petition, Proposal)
        .join(LinkedPlace, LinkedPlace.id == Card.place_id)
        .join(Municipality, Municipality.id == Card.municipality_id)
        .outerjoin(Petition, _IS_PETITION)
        .outerjoin(Proposal, _IS_PROPOSAL)
        .where(Card.over_at.is_(None), Card.down_at.is_(None), LinkedPlace.unlinked_at.is_(None), ~waits.exists())
        .order_by(Card.id)
    )
    return [(card, home, petition, proposal) for card, home, petition, proposal in await db.execute(query)]


async def letter_before(db: AsyncSession, card: Card, letter: Letter) -> bool:
    """Whether an older letter about the card is still on its way: the two must not overtake each other."""
    query = select(Letter.id).where(
        Letter.key == CARD,
        Letter.place_id == card.place_id,
        Letter.done_at.is_(None),
        Letter.id < letter.id,
        Letter.arguments["card"].as_integer() == card.id,
    )
    return await db.scalar(query.limit(1)) is not None


async def left_behind(db: AsyncSession, place_id: int) -> None:
    """The place has another address, where no message of before stands: its cards are put there anew."""
    query = update(Card).where(Card.place_id == place_id, Card.down_at.is_(None), Card.over_at.is_(None))
    await db.execute(query.values(message=None, shown="").execution_options(synchronize_session=False))


async def petitions_to_put(db: AsyncSession, municipality_id: int, place_id: int, now: datetime) -> Sequence[Petition]:
    """The public petitions that gather signatures and do not stand in that place, the most signed first."""
    stands = _stands(place_id, CardKind.PETITION)
    query = select(Petition).where(
        Petition.municipality_id == municipality_id,
        Petition.state == petitions.State.OPEN,
        Petition.public_at <= now,
        Petition.hidden_at.is_(None),
        Petition.id.not_in(stands),
    )
    most = (Petition.signed + Petition.on_paper).desc()
    return (await db.scalars(query.order_by(most, Petition.id.desc()).limit(MOST_TO_CHOOSE))).all()


async def proposals_to_put(db: AsyncSession, municipality_id: int, place_id: int) -> Sequence[Proposal]:
    """The proposals that are not decided and do not stand in that place, the most supported first."""
    stands = _stands(place_id, CardKind.PROPOSAL)
    query = select(Proposal).where(
        Proposal.municipality_id == municipality_id,
        Proposal.state.not_in(proposals.FINAL),
        Proposal.hidden_at.is_(None),
        Proposal.id.not_in(stands),
    )
    most = Proposal.support_count.desc()
    return (await db.scalars(query.order_by(most, Proposal.id.desc()).limit(MOST_TO_CHOOSE))).all()


def _stands(place_id: int, kind: CardKind) -> Select[int]:
    return select(Card.object_id).where(Card.place_id == place_id, Card.kind == kind, Card.down_at.is_(None))


async def tell(db: AsyncSession, card: Card, mark: str, now: datetime, *, over: bool) -> bool:
    """The card says something new from now on; False when another process changed it at this moment."""
    query = update(Card).where(Card.id == card.id, Card.told_at == card.told_at, Card.down_at.is_(None))
    query = query.values(shown=mark, told_at=now, over_at=now if over else None).returning(Card.id)
    return await db.scalar(query) is not None
