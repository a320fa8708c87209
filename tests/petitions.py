"""Petitions without surprises, for tests: `await an_open_petition(db, home, bakyt, now, needs=3)`."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import deciding, group, signing, writing
from civic.people import Role
from civic.petitions import PetitionKind, State, group_size
from civic.thresholds import Consequence, Step
from storage.municipalities import Municipality
from storage.people import Person
from storage.petitions import Petition, Signature, find_signature
from tests.cast import VAULT, a_resident

STAFF = frozenset({Role.HEAD})
TREES = writing.Text(
    title="Манас көчөсүнө бак-дарак тигүү",
    demand="Манас көчөсүнүн эки жагына быйыл бак-дарак тигүүнү талап кылабыз.",
    reasons="Жайында көчөдө көлөкө жок, балдар мектепке ысыкта барат.",
    language="ky",
)


async def a_named_resident(
    db: AsyncSession,
    home: Municipality,
    now: datetime,
    *,
    address: str,
    name: str = "Айгүл Асанова",
    shown: bool = True,
) -> Person:
    """A resident who said under which name they sign."""
    person = await a_resident(db, home, now, address=address)
    signing.introduce(db, person, name, now, vault=VAULT, shown=shown)
    await db.flush()
    return person


async def a_draft(
    db: AsyncSession,
    home: Municipality,
    initiator: Person,
    now: datetime,
    *,
    kind: PetitionKind = PetitionKind.PETITION,
    text: writing.Text = TREES,
    members: int = 5,
) -> Petition:
    """A draft with a group of so many people."""
    petition = await writing.begin(db, kind, text, initiator, home, now)
    for number in range(1, members):
        address = f"8{petition.id:02}{number:02}"
        person = await a_named_resident(
            db, home, now, address=address, name=f"Мүчө Топтоева {'АБВГДЕЖЗИКЛМНО'[number]}"
        )
        await group.join(db, petition, person, home, now)
    return petition


async def an_open_petition(
    db: AsyncSession,
    home: Municipality,
    initiator: Person,
    now: datetime,
    *,
    needs: int = 10,
    kind: PetitionKind = PetitionKind.PETITION,
    text: writing.Text = TREES,
) -> Petition:
    """A petition that gathers so many signatures until ninety days from now. A group of two is enough there."""
    home.own_settings = {**home.own_settings, "petition_group_min": 2}
    members = 2 if kind is PetitionKind.PETITION else group_size(kind, home.settings)[0]
    petition = await a_draft(db, home, initiator, now, kind=kind, text=text, members=members)
    petition.state, petition.opened_at = State.OPEN, now
    petition.closes_on = now.date() + timedelta(days=90)
    petition.steps = [{"consequence": Consequence.ANSWER.value, "count": needs}]
    await db.flush()
    return petition


async def signed(
    db: AsyncSession, petition: Petition, person: Person, home: Municipality, now: datetime, *, link: int | None = None
) -> Signature:
    """The person signs, as their turn would."""
    own = await find_signature(db, petition.id, person.id)
    return await signing.sign(db, petition, own, person, home, now, now.date(), vault=VAULT, link=link)


def thresholds(petition: Petition) -> list[Step]:
    """The frozen thresholds."""
    return list(petition.thresholds)


async def checked(
    db: AsyncSession, petition: Petition, staff: Person, home: Municipality, now: datetime, today: date
) -> None:
    """Staff open it for signatures."""
    await deciding.open_signing(db, petition, staff, STAFF, home, now, today)
