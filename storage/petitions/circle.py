"""Who is in a group, who signed, who follows, and what happened to a petition?"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from civic.petitions import (
    Membership,
    Standing,
)
from civic.refusals import Reason, Refused
from storage.base import may_be_key
from storage.people import Person
from storage.petitions.tables import Line, Member, Petition, PetitionFollowing, PetitionStep, Signature


async def find_member(db: AsyncSession, petition_id: int, person_id: int) -> Member | None:
    """How somebody stands to the group, if they ever did."""
    return await db.scalar(select(Member).where(Member.petition_id == petition_id, Member.person_id == person_id))


async def members_of(db: AsyncSession, petition_id: int) -> Sequence[Member]:
    """The group as it is now, the co-ordinator first."""
    query = select(Member).where(Member.petition_id == petition_id, Member.standing == Membership.ACCEPTED)
    return (await db.scalars(query.order_by(Member.leads.desc(), Member.since, Member.id))).all()


async def get_member(db: AsyncSession, petition_id: int, member_id: int) -> Member:
    """That member of that group; Refused(NOT_FOUND) for any other."""
    query = select(Member).where(Member.id == member_id, Member.petition_id == petition_id)
    found = await db.scalar(query) if may_be_key(member_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def phone_stands(db: AsyncSession, petition_id: int, person: Person) -> Membership | None:
    """How somebody else with the same proven phone stands to the group, where they are in it or were removed."""
    query = (
        select(Member.standing)
        .join(Person, Person.id == Member.person_id)
        .where(
            Member.petition_id == petition_id,
            Member.standing.in_([Membership.ACCEPTED, Membership.REMOVED]),
            Person.id != person.id,
            Person.phone_hash == person.phone_hash,
        )
    )
    return await db.scalar(query.order_by(Member.standing).limit(1))


async def people_of_group(db: AsyncSession, petition_id: int) -> Sequence[Person]:
    """The people of the group as it is now."""
    members = select(Member.person_id).where(Member.petition_id == petition_id, Member.standing == Membership.ACCEPTED)
    return (await db.scalars(select(Person).where(Person.id.in_(members)).order_by(Person.id))).all()


async def people_who_lead(db: AsyncSession, petition_id: int) -> Sequence[Person]:
    """Who co-ordinates the group."""
    query = select(Person).join(Member, Member.person_id == Person.id)
    query = query.where(Member.petition_id == petition_id, Member.standing == Membership.ACCEPTED)
    return (await db.scalars(query.where(Member.leads.is_(True)).order_by(Person.id))).all()


async def named_members(db: AsyncSession, petition_id: int) -> Sequence[tuple[Member, Person | None]]:
    """The group as it is now with the people in it, the co-ordinator first."""
    query = select(Member, Person).outerjoin(Person, Person.id == Member.person_id)
    query = query.where(Member.petition_id == petition_id, Member.standing == Membership.ACCEPTED)
    found = await db.execute(query.order_by(Member.leads.desc(), Member.since, Member.id))
    return [(row[0], row[1]) for row in found.all()]


async def people_who_signed(db: AsyncSession, petition_id: int) -> Sequence[Person]:
    """Everybody whose signature counts."""
    signed = select(Signature.person_id).where(
        Signature.petition_id == petition_id, Signature.standing == Standing.COUNTED
    )
    return (await db.scalars(select(Person).where(Person.id.in_(signed)).order_by(Person.id))).all()


async def people_who_follow(db: AsyncSession, petition_id: int) -> Sequence[Person]:
    """Everybody who follows the petition without being in its group."""
    following = select(PetitionFollowing.person_id).where(PetitionFollowing.petition_id == petition_id)
    return (await db.scalars(select(Person).where(Person.id.in_(following)).order_by(Person.id))).all()


async def shown_signers(db: AsyncSession, petition_id: int, *, page: int, size: int) -> tuple[Sequence[str], int]:
    """Whose signature counts and who let themselves be shown, the newest first: their short names on that page, the
    last one where there is none so far on, and how many they are."""
    shown = (
        Signature.petition_id == petition_id,
        Signature.standing == Standing.COUNTED,
        Signature.shown_name != "",
    )
    count = await db.scalar(select(func.count()).select_from(Signature).where(*shown)) or 0
    query = select(Signature.shown_name).where(*shown).order_by(Signature.signed_at.desc(), Signature.id.desc())
    first = min(page, max(0, (count - 1) // size)) * size
    return (await db.scalars(query.offset(first).limit(size))).all(), count


async def find_signature(db: AsyncSession, petition_id: int, person_id: int) -> Signature | None:
    """Somebody's signature under a petition, whatever it counts for."""
    query = select(Signature).where(Signature.petition_id == petition_id, Signature.person_id == person_id)
    return await db.scalar(query)


async def everything_signed(db: AsyncSession, person_id: int) -> Sequence[tuple[Signature, Petition]]:
    """Every signature of a person with its petition, the newest first."""
    query = select(Signature, Petition).join(Petition, Petition.id == Signature.petition_id)
    query = query.where(Signature.person_id == person_id).order_by(Signature.id.desc())
    return [(row[0], row[1]) for row in (await db.execute(query)).all()]


async def signed_by_village(db: AsyncSession, petition_id: int) -> dict[int | None, int]:
    """How many counted signatures each village gave, in the bot and on paper; None for those who named none."""
    counts: dict[int | None, int] = {}
    in_bot = select(Signature.village_id, func.count()).where(
        Signature.petition_id == petition_id, Signature.standing == Standing.COUNTED
    )
    on_paper = select(Line.village_id, func.count()).where(Line.petition_id == petition_id, Line.counts.is_(True))
    for query in (in_bot.group_by(Signature.village_id), on_paper.group_by(Line.village_id)):
        for village, count in (await db.execute(query)).all():
            counts[village] = counts.get(village, 0) + count
    return counts


async def steps_of(db: AsyncSession, petition_id: int, *, limit: int = 100) -> Sequence[PetitionStep]:
    """The way of a petition so far, the newest first."""
    query = select(PetitionStep).where(PetitionStep.petition_id == petition_id)
    return (await db.scalars(query.order_by(PetitionStep.id.desc()).limit(limit))).all()


async def last_step(db: AsyncSession, petition_id: int, what: str) -> PetitionStep | None:
    """The newest step of that kind."""
    query = select(PetitionStep).where(PetitionStep.petition_id == petition_id, PetitionStep.what == what)
    return await db.scalar(query.order_by(PetitionStep.id.desc()).limit(1))
