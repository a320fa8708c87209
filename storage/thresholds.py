"""Which rule about the number of signatures did a municipality adopt, and from which day?"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.refusals import Reason, Refused
from civic.thresholds import Consequence, Formula
from storage.base import Base, Json, may_be_key
from storage.people import BigId


class PetitionRule(Base):
    """How many signatures a petition needs from a day on, by which act."""

    __tablename__ = "petition_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    from_on: Mapped[date]
    formulas: Mapped[list[Json]] = mapped_column(JSON)
    basis: Mapped[str] = mapped_column(String(300))
    made_by: Mapped[int | None] = mapped_column(BigId)
    made_at: Mapped[datetime]

    @property
    def formula_list(self) -> tuple[Formula, ...]:
        """The formulas as values."""
        return tuple(
            Formula(Consequence(each["consequence"]), int(each["minimum"]), int(each["per_mille"]))
            for each in self.formulas
        )


async def rules_of(db: AsyncSession, municipality_id: int) -> Sequence[PetitionRule]:
    """Every rule a municipality adopted, the newest first."""
    query = select(PetitionRule).where(PetitionRule.municipality_id == municipality_id)
    return (await db.scalars(query.order_by(PetitionRule.from_on.desc(), PetitionRule.id.desc()))).all()


async def rule_on(db: AsyncSession, municipality_id: int, day: date) -> PetitionRule | None:
    """The rule that holds on that day; None before the first one."""
    query = select(PetitionRule).where(PetitionRule.municipality_id == municipality_id, PetitionRule.from_on <= day)
    return await db.scalar(query.order_by(PetitionRule.from_on.desc(), PetitionRule.id.desc()).limit(1))


async def get_rule(db: AsyncSession, municipality_id: int, number: int) -> PetitionRule:
    """The rule of that municipality; Refused(NOT_FOUND) for any other."""
    query = select(PetitionRule).where(PetitionRule.id == number, PetitionRule.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found
