"""Make known how far the journal goes, where everybody sees it: then nobody can write it anew. And do the counts of
petitions come from what stands in it? (docs/proof.md)"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import outbox
from actions.petitions.signing import receipt_mark
from civic.tallies import TOLD, Difference, Off, Stands, Tally, Took, differences
from storage.chain import heads_to_post
from storage.journal import Entry
from storage.outbox import places_waiting
from storage.petitions import Invalidation, Petition, Sheet, Signature

CHAIN_HEAD = "chain-head"  # the letter that holds the head of a chain
POSTED_EVERY = timedelta(hours=1)  # at most: a channel is there for people


async def post_heads(db: AsyncSession, now: datetime) -> int:
    """Posts the head of each municipality's chain in its channels when something was written since the last post, at
    most once an hour; where the last post still waits, nothing is added. Gives how many heads were posted."""
    waiting, posted = await places_waiting(db, CHAIN_HEAD), 0
    for head, places in await heads_to_post(db, now - POSTED_EVERY):
        free = [place for place in places if place not in waiting]
        if not free:
            continue
        head.posted_number, head.posted_hash, head.posted_at = head.number, head.hash, now
        await outbox.post_to_places(
            db,
            free,
            CHAIN_HEAD,
            once=f"{CHAIN_HEAD}:{head.chain}:{head.number}",
            municipality=head.chain,
            now=now,
            number=head.number,
            hash=head.hash,
            at=head.at.isoformat(),
        )
        posted += 1
    return posted


@dataclass(frozen=True, slots=True)
class Miscount:
    """A petition of which the tables say something else than the journal."""

    petition: int
    differences: tuple[Difference, ...]


async def miscounts(db: AsyncSession, municipality: int) -> AsyncIterator[Miscount]:
    """Every petition of the municipality whose count, signatures, sheets or invalidations are not those that come of
    the numbered entries of its journal. What stands in no chain yet says nothing."""
    counters = select(Petition.id, Petition.signed, Petition.on_paper).where(Petition.municipality_id == municipality)
    says = {number: (signed, on_paper) for number, signed, on_paper in (await db.execute(counters)).all()}
    spoken_of = select(Entry.object_id).where(
        Entry.municipality_id == municipality, Entry.event.in_(TOLD), Entry.number.is_not(None)
    )
    for number in sorted({*says, *filter(None, await db.scalars(spoken_of.distinct()))}):
        journal = await _told(db, municipality, number)
        if number not in says:
            yield Miscount(number, (Difference(Off.PETITION, entry=min([*journal.last.values(), *journal.unclear])),))
            continue
        try:
            kept = await _kept(db, municipality, number)
        except (ValueError, TypeError, LookupError):  # SQLite takes anything for a moment or a standing
            yield Miscount(number, (Difference(Off.UNREADABLE),))
            continue
        if found := differences(journal, kept, says[number]):
            yield Miscount(number, tuple(found))


async def _told(db: AsyncSession, municipality: int, petition: int) -> Tally:
    """What the journal says of the petition."""
    tally = Tally()
    query = select(Entry.number, Entry.at, Entry.event, Entry.details).where(
        Entry.object_id == petition,
        Entry.event.in_(TOLD),
        Entry.municipality_id == municipality,
        Entry.number.is_not(None),
    )
    for number, at, event, details in await db.execute(query.order_by(Entry.number)):
        tally.take(int(number or 0), at, event, details)
    return tally


async def _kept(db: AsyncSession, municipality: int, petition: int) -> Tally:
    """What the tables say of it."""
    tally = Tally()
    signatures = select(Signature.receipt, Signature.standing, Signature.signed_at, Signature.invalidation_id)
    mine = Signature.municipality_id == municipality, Signature.petition_id == petition
    for receipt, standing, signed_at, invalidation in await db.execute(signatures.where(*mine)):
        tally.signatures[receipt_mark(receipt)] = Stands(standing, signed_at, invalidation)
    sheets = select(Sheet.id, Sheet.counted, Sheet.removed_at)
    of_it = Sheet.municipality_id == municipality, Sheet.petition_id == petition
    for sheet, counted, removed_at in await db.execute(sheets.where(*of_it)):
        tally.sheets[sheet] = counted if removed_at is None else 0
    invalidations = select(Invalidation.id, Invalidation.found, Invalidation.done, Invalidation.undone_at)
    about = Invalidation.municipality_id == municipality, Invalidation.petition_id == petition
    for number, found, done, undone_at in await db.execute(invalidations.where(*about)):
        tally.invalidations[number] = Took(found, done, undone_at is not None)
    return tally
