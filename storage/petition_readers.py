"""What do readers of petitions ask for beside the card: by words, on an issue, their own, and who opened the list?"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from civic.events import Event
from civic.petitions import Membership, hides_text
from storage.alike import alike
from storage.base import may_be_key
from storage.journal import Entry
from storage.municipalities import Municipality
from storage.people import Account, Person
from storage.petitions import Member, Petition, PetitionFollowing, Pressure, found_by_all, public_petitions


async def petitions_like(db: AsyncSession, municipality_id: int, words: str) -> list[Petition]:
    """The petitions that everybody may find and that fit the words, best first; none by words that nobody may read."""
    listed = [each for each in await public_petitions(db, municipality_id) if not hides_text(each)]
    return [petition for _, petition in alike(words, ((each.found_by, each) for each in listed))]


async def petitions_on_issue(db: AsyncSession, municipality_id: int, issue_id: int) -> int:
    """How many petitions that everybody may find are about that issue."""
    query = select(func.count()).where(*found_by_all(municipality_id), Petition.issue_id == issue_id)
    return await db.scalar(query) or 0


async def pressure_told(db: AsyncSession, number: int) -> tuple[Pressure, Petition, Municipality] | None:
    """What somebody told under that number, with the petition and its municipality."""
    query = select(Pressure, Petition, Municipality).join(Petition, Petition.id == Pressure.petition_id)
    query = query.join(Municipality, Municipality.id == Petition.municipality_id).where(Pressure.id == number)
    row = (await db.execute(query)).first() if may_be_key(number) else None
    return (row[0], row[1], row[2]) if row is not None else None


async def times_opened(db: AsyncSession, petition: Petition) -> Sequence[Entry]:
    """When and how the list of signers with their names was opened, the newest first."""
    query = select(Entry).where(Entry.object_id == petition.id, Entry.event == Event.SIGNERS_OPENED.value)
    query = query.where(Entry.municipality_id == petition.municipality_id)
    return (await db.scalars(query.order_by(Entry.id.desc()).limit(100))).all()


async def groups_of_person(db: AsyncSession, person_id: int) -> Sequence[Petition]:
    """The petitions in whose group somebody is, in any municipality."""
    mine = select(Member.petition_id).where(Member.person_id == person_id, Member.standing == Membership.ACCEPTED)
    return (await db.scalars(select(Petition).where(Petition.id.in_(mine)).order_by(Petition.id))).all()


async def petitions_followed(db: AsyncSession, person_id: int) -> Sequence[Petition]:
    """The petitions somebody follows, in any municipality."""
    followed = select(PetitionFollowing.petition_id).where(PetitionFollowing.person_id == person_id)
    return (await db.scalars(select(Petition).where(Petition.id.in_(followed)).order_by(Petition.id))).all()


async def people_at(db: AsyncSession, addresses: frozenset[str]) -> Sequence[Person]:
    """The people who write from one of these addresses, in whichever messenger."""
    theirs = select(Account.person_id).where(Account.address.in_(addresses))
    return (await db.scalars(select(Person).where(Person.id.in_(theirs)).order_by(Person.id))).all()
