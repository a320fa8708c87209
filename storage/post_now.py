"""How does the post of the whole installation stand at this moment?"""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.outbox import Letter

WAITS, IN_HAND = "waits", "in-hand"


async def post_now(db: AsyncSession) -> dict[str, int]:
    """How many letters wait («waits»), are on their way («in-hand»), are held (by why: Held) or done (by what became
    of them: Outcome). What there is none of is left out."""
    done, leased = Letter.done_at.is_not(None), Letter.lease_until.is_not(None)
    query = select(done, Letter.outcome, Letter.held, leased, func.count()).group_by(
        done, Letter.outcome, Letter.held, leased
    )
    found = Counter[str]()
    for is_done, outcome, held, in_hand, count in (await db.execute(query)).all():
        open_ = held.value if held is not None else IN_HAND if in_hand else WAITS
        found[outcome.value if is_done and outcome is not None else open_] += count
    return dict(found)
