"""Which municipalities are there, with which villages and streets?"""

from collections.abc import Sequence

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.municipalities import Kind, Place, Settings, settings_from
from civic.refusals import Reason, Refused
from storage.base import Base, Json, may_be_key, words_of


class InThreeLanguages:
    """A thing with a name in Kyrgyz, Russian and English; the Kyrgyz one is authoritative."""

    name_ky: Mapped[str] = mapped_column(String(200))
    name_ru: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))

    def name(self, language: str) -> str:
        """The name in that language, else in Kyrgyz."""
        return str(getattr(self, f"name_{language}", "") or self.name_ky)


class Municipality(InThreeLanguages, Base):
    """An aiyl aimak or a city."""

    __tablename__ = "municipalities"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[Kind] = mapped_column(words_of(Kind))
    population: Mapped[int]
    capital: Mapped[bool] = mapped_column(default=False)  # Bishkek or Osh: another threshold (Charter 19.6)
    time_zone: Mapped[str] = mapped_column(String(40), default="Asia/Bishkek")
    district: Mapped[Json] = mapped_column(JSON, default=dict)
    contacts: Mapped[Json] = mapped_column(JSON, default=dict)
    own_settings: Mapped[Json] = mapped_column(JSON, default=dict)

    @property
    def settings(self) -> Settings:
        """The municipality's numbers: its own over the model values."""
        return settings_from(self.own_settings)

    def contact(self, kind: str, language: str) -> str:
        """A contact (address, phone, email, hours) in that language, else in Kyrgyz, else an empty text."""
        value = self.contacts.get(kind, "")
        if isinstance(value, dict):
            return str(value.get(language) or value.get("ky") or "")
        return str(value)


class Village(InThreeLanguages, Base):
    """A village of an aimak or a microdistrict of a city."""

    __tablename__ = "villages"
    __table_args__ = (UniqueConstraint("municipality_id", "name_ky"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    kind: Mapped[Place] = mapped_column(words_of(Place))
    position: Mapped[int] = mapped_column(default=0)
    population: Mapped[int | None]
    streets: Mapped[list["Street"]] = relationship(lazy="raise", order_by="Street.name_ky")


class Street(InThreeLanguages, Base):
    """A street or quarter of a village."""

    __tablename__ = "streets"
    __table_args__ = (UniqueConstraint("village_id", "name_ky"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"), index=True)


async def municipalities(db: AsyncSession) -> Sequence[Municipality]:
    """Every municipality of the installation, by Kyrgyz name."""
    return (await db.scalars(select(Municipality).order_by(Municipality.name_ky))).all()


async def municipality_count(db: AsyncSession) -> int:
    """How many municipalities the installation holds."""
    return await db.scalar(select(func.count()).select_from(Municipality)) or 0


async def get_municipality(db: AsyncSession, municipality_id: int) -> Municipality:
    """The municipality; Refused(NOT_FOUND) when there is none of that number."""
    found = await db.get(Municipality, municipality_id) if may_be_key(municipality_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def find_by_key(db: AsyncSession, key: str) -> Municipality | None:
    """The municipality of that stable key, or None."""
    return await db.scalar(select(Municipality).where(Municipality.key == key))


async def villages(db: AsyncSession, municipality_id: int) -> Sequence[Village]:
    """The villages or microdistricts of a municipality, in their own order."""
    query = select(Village).where(Village.municipality_id == municipality_id).order_by(Village.position, Village.id)
    return (await db.scalars(query)).all()


async def streets(db: AsyncSession, municipality_id: int) -> Sequence[Street]:
    """Every street of a municipality."""
    query = select(Street).where(Street.municipality_id == municipality_id).order_by(Street.village_id, Street.name_ky)
    return (await db.scalars(query)).all()


async def find_village(db: AsyncSession, municipality_id: int, village_id: int | None) -> Village | None:
    """The village, if it belongs to that municipality."""
    if village_id is None:
        return None
    found = await db.get(Village, village_id)
    return found if found is not None and found.municipality_id == municipality_id else None


async def get_village(db: AsyncSession, municipality_id: int, village_id: int) -> Village:
    """The village of that municipality; Refused(NOT_FOUND) for any other."""
    query = select(Village).where(Village.id == village_id, Village.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(village_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def get_street(db: AsyncSession, municipality_id: int, street_id: int) -> Street:
    """The street of that municipality; Refused(NOT_FOUND) for any other."""
    query = select(Street).where(Street.id == street_id, Street.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(street_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def find_street(db: AsyncSession, village_id: int | None, street_id: int | None) -> Street | None:
    """The street, if it belongs to that village still."""
    if village_id is None or street_id is None or not may_be_key(street_id):
        return None
    return await db.scalar(select(Street).where(Street.id == street_id, Street.village_id == village_id))


async def streets_of(db: AsyncSession, village_id: int) -> Sequence[Street]:
    """The streets of one village, by Kyrgyz name."""
    return (await db.scalars(select(Street).where(Street.village_id == village_id).order_by(Street.name_ky))).all()


async def keys(db: AsyncSession) -> frozenset[str]:
    """The keys of all municipalities."""
    return frozenset((await db.scalars(select(Municipality.key))).all())
