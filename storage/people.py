"""Who are the people, and by which accounts do they speak?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    bindparam,
    false,
    func,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from civic.people import Basis, Notify, Role
from storage.base import Base, words_of
from storage.drafts import Draft
from storage.municipalities import Municipality, Street

BigId = BigInteger().with_variant(Integer, "sqlite")


class Messenger(StrEnum):
    """Where an account lives."""

    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"

    @property
    def changes_messages(self) -> bool:
        """Whether the bot can change and delete there what it has sent."""
        return self is Messenger.TELEGRAM

    @property
    def knows_by_number(self) -> bool:
        """Whether an address there may be a telephone number, which another person may have later."""
        return self is Messenger.WHATSAPP

    @property
    def keeps_files(self) -> bool:
        """Whether a file that went there once goes again by the name it got there."""
        return self is Messenger.TELEGRAM

    @property
    def has_a_day(self) -> bool:
        """Whether it takes letters for a day after their reader's last message only, and templates later."""
        return self is Messenger.WHATSAPP


class Person(Base):
    """Somebody the bot speaks with; a guest until they agree that something is kept about them."""

    __tablename__ = "people"
    __allow_unmapped__ = True

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    created_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(8), default="ky")
    language_chosen: Mapped[bool] = mapped_column(default=False)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    street_id: Mapped[int | None]  # of that village, where they said so
    notify: Mapped[Notify] = mapped_column(words_of(Notify), default=Notify.AT_ONCE)
    consent_version: Mapped[int | None]
    consented_at: Mapped[datetime | None]
    phone_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    phone_sealed: Mapped[str | None] = mapped_column(String(255))
    phone_proven_at: Mapped[datetime | None]
    resident_basis: Mapped[Basis | None] = mapped_column(words_of(Basis))
    resident_municipality_id: Mapped[int | None]
    resident_declared_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(BigId)
    forgotten_at: Mapped[datetime | None]
    name_sealed: Mapped[str | None] = mapped_column(String(600))  # asked for by what needs it: a list of signers
    shown_name: Mapped[str] = mapped_column(String(80), default="", server_default="")  # to strangers; empty: hidden

    municipality: Mapped[Municipality | None] = relationship(lazy="raise")

    draft: Draft | None = None  # what they have begun; put there by accounts_at, kept by the form
    roles: frozenset[Role] = frozenset()  # held in the municipality they belong to; put there by accounts_at


_KNOCKED = text("knocked_at IS NOT NULL")


class Account(Base):
    """One messenger account of a person. `at` is where the conversation stands: the screen last shown there. `via` is
    which of our numbers they last wrote to, in a messenger where we have several: they are answered by that one.
    `seen_at` is when they last did something, by the messenger's own clock where it tells, never later than ours."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("messenger", "address"),
        Index("ix_accounts_knocked", "knocked_at", sqlite_where=_KNOCKED, postgresql_where=_KNOCKED),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    messenger: Mapped[Messenger] = mapped_column(words_of(Messenger))
    address: Mapped[str] = mapped_column(String(140))
    at: Mapped[str | None] = mapped_column(String(64))
    via: Mapped[str | None] = mapped_column(String(32))
    seen_at: Mapped[datetime | None]
    joined_at: Mapped[datetime | None]  # to somebody who was known already; null for whoever was there first
    brought_phone: Mapped[bool] = mapped_column(default=False, server_default=false())  # theirs, when it joined
    office_rests: Mapped[bool] = mapped_column(default=False, server_default=false())  # until confirmed elsewhere
    stopped_at: Mapped[datetime | None]
    knocked_at: Mapped[datetime | None]  # when a template last told them that there is news (WhatsApp)

    person: Mapped[Person] = relationship(lazy="raise")


class Appointment(Base):
    """A role that somebody holds in a municipality, or held until it ended: who changed what is read here later.
    `name` is what the admin who invited them wrote: officials act under their name."""

    __tablename__ = "appointments"
    __table_args__ = (UniqueConstraint("municipality_id", "person_id", "role"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role] = mapped_column(words_of(Role))
    granted_at: Mapped[datetime]
    granted_by: Mapped[int | None] = mapped_column(BigId)
    name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    ended_at: Mapped[datetime | None]


class Invitation(Base):
    """A link by which somebody takes up a role once. Only a hash of the word in the link is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    role: Mapped[Role] = mapped_column(words_of(Role))
    name: Mapped[str] = mapped_column(String(120))
    word_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(BigId)
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(BigId)
    withdrawn_at: Mapped[datetime | None]


class JoinCode(Base):
    """A code by which somebody joins their other messenger. Only a hash of it is kept."""

    __tablename__ = "join_codes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ends_at: Mapped[datetime]


async def accounts_at(db: AsyncSession, addresses: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Account]:
    """The accounts at these (messenger, address) pairs with their people, municipalities, drafts and roles, in one
    statement: every turn passes here."""
    query = (
        select(Account, Person, Municipality, Draft, Appointment.role)
        .join(Person, Account.person_id == Person.id)
        .outerjoin(Municipality, Person.municipality_id == Municipality.id)
        .outerjoin(Draft, Draft.person_id == Person.id)
        .outerjoin(
            Appointment,
            (Appointment.person_id == Person.id)
            & (Appointment.municipality_id == Person.municipality_id)
            & Appointment.ended_at.is_(None),
        )
        .where(tuple_(Account.messenger, Account.address).in_(list(addresses)))
    )
    found: dict[tuple[str, str], Account] = {}
    roles: dict[int, set[Role]] = {}
    for account, person, municipality, draft, role in (await db.execute(query)).all():
        set_loaded(account, "person", person)
        set_loaded(person, "municipality", municipality)
        person.draft = draft
        held = roles.setdefault(person.id, set())
        if role is not None:
            held.add(role)
        person.roles = frozenset(held)
        found[(str(account.messenger), account.address)] = account
    return found


def set_loaded(thing: Base, name: str, value: object) -> None:
    """Marks an attribute as loaded with that value, without the database noticing a change."""
    set_committed_value(thing, name, value)


_STAND = (
    update(Account.__table__)  # type: ignore[arg-type]
    .where(Account.__table__.c.id == bindparam("account"))
    .values(at=bindparam("screen"), via=bindparam("number"), seen_at=bindparam("moment"))
)


Place = tuple[int, str | None, str | None, datetime | None]


async def stand(db: AsyncSession, places: Sequence[Place]) -> None:
    """Writes where conversations stand, (account, packed press, which of our numbers), and when they were last heard
    from, in one statement."""
    if places:
        told = [{"account": a, "screen": at, "number": via, "moment": seen} for a, at, via, seen in places]
        await (await db.connection()).execute(_STAND, told)


async def person_with_all(db: AsyncSession, person_id: int) -> Person | None:
    """The person with their municipality and the roles they hold there; None when they are gone or were forgotten."""
    person = await db.get(Person, person_id)
    if person is None or person.forgotten_at is not None:
        return None
    home = await db.get(Municipality, person.municipality_id) if person.municipality_id is not None else None
    set_loaded(person, "municipality", home)
    person.roles = await roles_of(db, person.id, person.municipality_id)
    return person


async def accounts_of(db: AsyncSession, person_id: int) -> Sequence[Account]:
    """Every account of a person."""
    return (await db.scalars(select(Account).where(Account.person_id == person_id).order_by(Account.id))).all()


async def roles_of(db: AsyncSession, person_id: int, municipality_id: int | None) -> frozenset[Role]:
    """The roles a person holds in that municipality."""
    query = select(Appointment.role).where(
        Appointment.person_id == person_id,
        Appointment.municipality_id == municipality_id,
        Appointment.ended_at.is_(None),
    )
    return frozenset((await db.scalars(query)).all())


async def ever_held(db: AsyncSession, person_id: int) -> bool:
    """Whether the person holds a role anywhere, or held one: an office that ended may be given back."""
    return bool(await db.scalar(select(Appointment.id).where(Appointment.person_id == person_id).limit(1)))


async def every_role_of(db: AsyncSession, person_id: int) -> frozenset[Role]:
    """The roles a person holds anywhere."""
    query = select(Appointment.role).where(Appointment.person_id == person_id, Appointment.ended_at.is_(None))
    return frozenset((await db.scalars(query)).all())


async def people_count(db: AsyncSession, municipality_id: int) -> int:
    """How many people of the municipality have agreed to be remembered."""
    query = select(func.count()).select_from(Person)
    return (
        await db.scalar(query.where(Person.municipality_id == municipality_id, Person.consented_at.is_not(None))) or 0
    )


async def streets_unsaid(db: AsyncSession, municipality_id: int, streets: Sequence[int]) -> int:
    """How many live in the villages of those streets and never said on which street."""
    around = select(Street.village_id).where(Street.id.in_(streets), Street.municipality_id == municipality_id)
    query = select(func.count(Person.id)).where(
        Person.municipality_id == municipality_id,
        Person.village_id.in_(around),
        Person.street_id.is_(None),
        Person.consented_at.is_not(None),
        Person.forgotten_at.is_(None),
    )
    return await db.scalar(query) or 0


async def lives_somebody(db: AsyncSession, village_id: int) -> bool:
    """Whether anybody said that they live in the village."""
    return await db.scalar(select(Person.id).where(Person.village_id == village_id).limit(1)) is not None
