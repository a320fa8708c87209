"""Make known how far the journal goes, where everybody sees it: then nobody can write it anew. And do the counts of
petitions come from what stands in it? (docs/proof.md)"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import outbox
from actions.petitions.signing import receipt_mark
from civic.events import Event
from civic.petitions import Standing
from storage.chain import heads_to_post
from storage.journal import Entry
from storage.outbox import places_waiting
from storage.petitions import Petition, Sheet, Signature

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
    """A petition whose count is not what was written down: what it says (in the bot, on paper), what its signatures and
    sheets come to, and how many counted signatures no entry of the journal speaks of."""

    petition: int
    says: tuple[int, int]
    comes_to: tuple[int, int]
    invented: int

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong after all."""
        return self.says == self.comes_to and not self.invented


async def miscounts(db: AsyncSession, municipality: int) -> AsyncIterator[Miscount]:
    """Every petition of the municipality whose count was changed, or to which signatures were added, without anybody
    signing: each signature that counts must be in the chain by the mark of its receipt."""
    query = select(Petition.id, Petition.signed, Petition.on_paper).where(Petition.municipality_id == municipality)
    for number, signed, on_paper in (await db.execute(query.order_by(Petition.id))).all():
        counted = select(Signature.receipt).where(
            Signature.petition_id == number, Signature.standing == Standing.COUNTED
        )
        receipts = list(await db.scalars(counted))
        sheets = select(func.coalesce(func.sum(Sheet.counted), 0)).where(
            Sheet.petition_id == number, Sheet.removed_at.is_(None)
        )
        entries = select(Entry.details["receipt"].as_string()).where(
            Entry.object_id == number, Entry.event == Event.SIGNED.value, Entry.municipality_id == municipality
        )
        known = set(await db.scalars(entries)) if receipts else set()
        invented = sum(receipt_mark(receipt) not in known for receipt in receipts)
        paper = int(await db.scalar(sheets) or 0)
        found = Miscount(number, (signed, on_paper), (len(receipts), paper), invented)
        if not found.is_right:
            yield found
