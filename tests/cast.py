"""The standing cast of the tests: Aigul a resident, Bakyt, Cholpon a clerk, Daniyar a deputy, Emma."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import municipalities, people
from civic.people import Basis, Role
from storage.catalogue import Catalogue
from storage.municipalities import Municipality
from storage.people import Account, Appointment, Messenger, Person
from storage.vault import Vault

VAULT = Vault("a secret of thirty-two characters and more")


async def home_from(db: AsyncSession, data: object, catalogue: Catalogue, today: date) -> Municipality:
    """A municipality from a parsed file."""
    return (await municipalities.take_in(db, data, catalogue, today)).municipality


async def a_guest(
    db: AsyncSession, now: datetime, *, address: str = "101", home: Municipality | None = None
) -> Account:
    """Somebody the bot has just met."""
    account = people.arrive(db, Messenger.TELEGRAM, address, now, home)
    await db.flush()
    return account


async def a_resident(
    db: AsyncSession, home: Municipality, now: datetime, *, address: str = "101", role: Role | None = None
) -> Person:
    """Somebody who agreed, proved a phone and declared membership; with a role, staff."""
    person = (await a_guest(db, now, address=address, home=home)).person
    people.speak(person, "ky")
    people.settle_in(db, person, home, None, now)
    people.agree(db, person, now)
    people.prove_phone(db, person, f"+996700000{address}", now, vault=VAULT, keep_number=True)
    people.declare_resident(db, person, Basis.REGISTERED, now)
    if role is not None:
        db.add(Appointment(municipality_id=home.id, person_id=person.id, role=role, granted_at=now))
    await db.flush()
    return person
