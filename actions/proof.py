"""Make known how far the journal goes, where everybody sees it: then nobody can write it anew. (docs/proof.md)"""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import outbox
from storage.chain import heads_to_post
from storage.outbox import places_waiting

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
