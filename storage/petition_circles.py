"""Which open petitions ask for much the same, and how many people does a petition's news reach?"""

from sqlalchemy import func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from civic.petitions import Membership, Standing, State
from storage.alike import alike
from storage.petitions import Member, Petition, PetitionFollowing, Signature, public_petitions
from storage.proposals import LIKE_A_TEXT, telling_words

# whoever wants the same joins what goes on, or reads what came of it
ALIVE = (State.OPEN, State.COMPLETE, State.HANDED_OVER, State.REGISTERED, State.ANSWERED)


async def similar_petitions(db: AsyncSession, municipality_id: int, text: str, *, limit: int = 2) -> list[Petition]:
    """Petitions that everybody may find and that go on or were answered, which say much the same as a text, best
    first."""
    listed = await public_petitions(db, municipality_id, states=ALIVE)
    wanted = " ".join(telling_words(text))
    ranked = alike(wanted, ((each.found_by, each) for each in listed), at_least=LIKE_A_TEXT)
    return [petition for _, petition in ranked[:limit]]


async def readers_count(db: AsyncSession, petition_id: int) -> int:
    """How many people a letter to group, followers and signers reaches, each counted once."""
    group = select(Member.person_id).where(
        Member.petition_id == petition_id, Member.standing == Membership.ACCEPTED, Member.person_id.is_not(None)
    )
    follow = select(PetitionFollowing.person_id).where(PetitionFollowing.petition_id == petition_id)
    signed = select(Signature.person_id).where(
        Signature.petition_id == petition_id,
        Signature.standing == Standing.COUNTED,
        Signature.person_id.is_not(None),
    )
    everybody = union(group, follow, signed).subquery()
    return await db.scalar(select(func.count()).select_from(everybody)) or 0
