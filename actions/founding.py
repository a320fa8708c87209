"""How is a municipality founded and set up from chat: names, contacts, numbers, villages and streets?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import issues, journal, people
from civic.events import Event
from civic.founding import LANGUAGES, Contact, Names, key_for, own_settings_with
from civic.municipalities import Kind, Place
from civic.people import Right, Role, refuse, why_not_may
from civic.refusals import Reason, Refused
from civic.spelling import fold
from storage.catalogue import Catalogue
from storage.municipalities import Municipality, Street, Village, keys, municipalities, streets_of, villages
from storage.people import Person, lives_somebody
from storage.subscriptions import VillageSubscription


@dataclass(frozen=True)
class About:
    """What a municipality is: its kind, how many people live there, its district. `capital`: Bishkek or Osh."""

    kind: Kind
    capital: bool
    population: int
    district: Names


async def found(
    db: AsyncSession,
    names: Names,
    about: About,
    by: Person,
    catalogue: Catalogue,
    now: datetime,
    today: date,
    *,
    installs: bool,
) -> Municipality:
    """A new municipality with the statutory list; the founder belongs to it from now on. `installs`: they are one of
    ADMIN_IDS. Refused: NOT_YOURS for anybody else, ALREADY_THERE when one is called so."""
    refuse(None if installs else Reason.NOT_YOURS)
    if any(fold(home.name_ky) == fold(names["ky"]) for home in await municipalities(db)):
        raise Refused(Reason.ALREADY_THERE, said=names["ky"])
    home = Municipality(key=key_for(names["ky"], {*await keys(db), *LANGUAGES}), contacts={}, own_settings={})
    _name(home, names)
    _describe(home, about)
    db.add(home)
    await db.flush()
    for listed in catalogue.issues.values():
        if listed.statutory:
            issues.enlist(db, home, listed, catalogue, today)
    await people.move_in(db, by, home, None, now)
    await db.flush()
    journal.write(db, Event.MUNICIPALITY_FOUNDED, now, municipality=home.id, actor=by.id, object_id=home.id)
    return home


def may_set_up(home: Municipality, by: Person, roles: frozenset[Role]) -> None:
    """Refused: NOT_YOURS without the right, NOT_FOUND for a municipality they do not belong to."""
    refuse(why_not_may(roles, Right.SET_UP))
    if by.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)


def _note(db: AsyncSession, home: Municipality, by: Person, now: datetime, what: str, **more: str | int | None) -> None:
    journal.write(
        db, Event.MUNICIPALITY_CHANGED, now, municipality=home.id, actor=by.id, object_id=home.id, what=what, **more
    )


def _name(thing: Municipality | Village | Street, names: Mapping[str, str]) -> None:
    for language in LANGUAGES:
        setattr(thing, f"name_{language}", names.get(language, ""))


def _describe(home: Municipality, about: About) -> None:
    home.kind, home.capital, home.population = about.kind, about.capital, about.population
    home.district = dict(about.district) if about.district.get("ky") else {}


async def rename(
    db: AsyncSession, home: Municipality, names: Names, by: Person, roles: frozenset[Role], now: datetime
) -> None:
    """The municipality is called so from now on; its key stays. Refused: NOT_YOURS, NOT_FOUND, ALREADY_THERE."""
    may_set_up(home, by, roles)
    others = [other for other in await municipalities(db) if other.id != home.id]
    if any(fold(other.name_ky) == fold(names["ky"]) for other in others):
        raise Refused(Reason.ALREADY_THERE, said=names["ky"])
    _name(home, names)
    _note(db, home, by, now, "names")


async def describe(
    db: AsyncSession, home: Municipality, about: About, by: Person, roles: frozenset[Role], now: datetime
) -> None:
    """Kind, population and district; the parts of a city are microdistricts. Refused: NOT_YOURS, NOT_FOUND."""
    may_set_up(home, by, roles)
    _describe(home, about)
    for village in await villages(db, home.id):
        village.kind = _part_of(home)
    _note(db, home, by, now, "about")


def set_contact(
    db: AsyncSession,
    home: Municipality,
    contact: Contact,
    value: str | Names,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> None:
    """How the municipality is reached; an empty value takes it away. Refused: NOT_YOURS, NOT_FOUND."""
    may_set_up(home, by, roles)
    rest = {name: known for name, known in home.contacts.items() if name != contact}
    home.contacts = {**rest, contact.value: value} if value else rest
    _note(db, home, by, now, "contacts", which=contact.value)


def set_number(
    db: AsyncSession,
    home: Municipality,
    key: str,
    value: int | None,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> None:
    """One of the numbers the municipality lives by; None: the model value again. Refused: NOT_YOURS, NOT_FOUND,
    FIXED_BY_PLAN, OUT_OF_RANGE."""
    may_set_up(home, by, roles)
    home.own_settings = own_settings_with(home.own_settings, key, value)
    _note(db, home, by, now, "numbers", which=key, value=value)


# --- villages and streets ---


def _part_of(home: Municipality) -> Place:
    return Place.VILLAGE if home.kind is Kind.AIMAK else Place.MICRODISTRICT


def _new_ones(known: Sequence[Village] | Sequence[Street], told: Sequence[Names]) -> list[Names]:
    """Those that are not there yet; a place that is called so already stays as it is."""
    there = {fold(each.name_ky) for each in known}
    return [names for names in told if fold(names["ky"]) not in there]


async def add_villages(
    db: AsyncSession, home: Municipality, told: Sequence[Names], by: Person, roles: frozenset[Role], now: datetime
) -> int:
    """Villages (or microdistricts) of these names, in this order after those that are there; gives how many are new.
    Refused: NOT_YOURS, NOT_FOUND."""
    may_set_up(home, by, roles)
    known = await villages(db, home.id)
    after = max((village.position for village in known), default=-1) + 1
    new = _new_ones(known, told)
    for position, names in enumerate(new, after):
        village = Village(municipality_id=home.id, kind=_part_of(home), position=position)
        _name(village, names)
        db.add(village)
    if new:
        _note(db, home, by, now, "villages", count=len(new))
    await db.flush()
    return len(new)


async def add_streets(
    db: AsyncSession,
    home: Municipality,
    village: Village,
    told: Sequence[Names],
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> int:
    """Streets of that village; gives how many are new. Refused: NOT_YOURS, NOT_FOUND."""
    may_set_up(home, by, roles)
    _belongs(home, village)
    new = _new_ones(await streets_of(db, village.id), told)
    for names in new:
        street = Street(municipality_id=home.id, village_id=village.id)
        _name(street, names)
        db.add(street)
    if new:
        _note(db, home, by, now, "streets", count=len(new))
    await db.flush()
    return len(new)


def _belongs(home: Municipality, place: Village | Street) -> None:
    if place.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)


async def rename_place(
    db: AsyncSession,
    home: Municipality,
    place: Village | Street,
    names: Names,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> None:
    """A village or street is called so from now on. Refused: NOT_YOURS, NOT_FOUND, ALREADY_THERE."""
    may_set_up(home, by, roles)
    _belongs(home, place)
    beside: Sequence[Village] | Sequence[Street]
    beside = await (villages(db, home.id) if isinstance(place, Village) else streets_of(db, place.village_id))
    if any(fold(other.name_ky) == fold(names["ky"]) for other in beside if other.id != place.id):
        raise Refused(Reason.ALREADY_THERE, said=names["ky"])
    _name(place, names)
    _note(db, home, by, now, "place-renamed")


def set_residents(
    db: AsyncSession,
    home: Municipality,
    village: Village,
    count: int | None,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> None:
    """How many people live in the village; None: nobody knows. Refused: NOT_YOURS, NOT_FOUND, OUT_OF_RANGE when they
    would be more than in the whole municipality."""
    may_set_up(home, by, roles)
    _belongs(home, village)
    if count is not None and not 0 <= count <= home.population:
        raise Refused(Reason.OUT_OF_RANGE, least=0, most=home.population)
    village.population = count
    _note(db, home, by, now, "residents", which=village.id, value=count)


async def remove_village(
    db: AsyncSession, home: Municipality, village: Village, by: Person, roles: frozenset[Role], now: datetime
) -> None:
    """The village and its streets are gone. Refused: NOT_YOURS, NOT_FOUND, LIVED_IN when anybody said that they live
    there."""
    may_set_up(home, by, roles)
    _belongs(home, village)
    if await lives_somebody(db, village.id):
        raise Refused(Reason.LIVED_IN)
    for gone in (
        delete(VillageSubscription).where(VillageSubscription.village_id == village.id),
        delete(Street).where(Street.village_id == village.id),
        delete(Village).where(Village.id == village.id),
    ):
        await db.execute(gone.execution_options(synchronize_session=False))
    db.expunge(village)
    _note(db, home, by, now, "village-removed")


async def remove_street(
    db: AsyncSession, home: Municipality, street: Street, by: Person, roles: frozenset[Role], now: datetime
) -> None:
    """The street is gone, for whoever said that they live there too. Refused: NOT_YOURS, NOT_FOUND."""
    may_set_up(home, by, roles)
    _belongs(home, street)
    lived = update(Person).where(Person.street_id == street.id).values(street_id=None)
    await db.execute(lived)
    await db.delete(street)
    await db.flush()
    _note(db, home, by, now, "street-removed")
