"""Is the signature with this receipt counted? Answered to anybody, without a word on whose it is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions.signing import receipt_mark
from civic.events import Event
from civic.petitions import NOT_PUBLIC, Standing, State
from civic.receipts import receipt_meant
from storage.journal import Entry
from storage.petitions import Invalidation, Petition, Signature


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt tells: how the signature stands, under which petition (its title is empty while that is hidden),
    when it was given, at which number of the journal, and why it was taken out of the count if it was."""

    code: str
    standing: Standing
    municipality: int
    petition: int
    title: str
    signed_at: datetime
    changed_at: datetime
    number: int | None
    reason: str = ""


async def look_up(db: AsyncSession, typed: str) -> Receipt | None:
    """What the receipt tells that somebody typed, of whichever municipality: whoever holds it may ask, for it says of
    nobody whose it is. None when there is no such signature."""
    code = receipt_meant(typed)
    if code is None:
        return None
    query = (
        select(Signature, Petition, Invalidation.reason)
        .join(Petition, Petition.id == Signature.petition_id)
        .outerjoin(Invalidation, Invalidation.id == Signature.invalidation_id)
        .where(Signature.receipt == code)
    )
    row = (await db.execute(query)).first()
    if row is None:
        return None
    signature, petition, reason = row
    hidden = petition.hidden_at is not None or petition.state in NOT_PUBLIC or petition.state is State.TAKEN_DOWN
    return Receipt(
        code=code,
        standing=signature.standing,
        municipality=petition.municipality_id,
        petition=petition.id,
        title="" if hidden else petition.title,
        signed_at=signature.signed_at,
        changed_at=signature.changed_at,
        number=await _number(db, signature),
        reason=(reason or "") if signature.standing is Standing.INVALID else "",
    )


async def _number(db: AsyncSession, signature: Signature) -> int | None:
    """At which number of the municipality's journal the signature stands."""
    query = select(Entry.number, Entry.details).where(
        Entry.object_id == signature.petition_id,
        Entry.event == Event.SIGNED.value,
        Entry.municipality_id == signature.municipality_id,
        Entry.at == signature.signed_at,
    )
    mark = receipt_mark(signature.receipt)
    newest = query.order_by(Entry.number.desc())
    return next((row.number for row in await db.execute(newest) if row.details.get("receipt") == mark), None)
