"""Which answers do staff use again and again?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.refusals import Reason, Refused
from storage.base import Base, may_be_key
from storage.people import BigId


class AnswerTemplate(Base):
    """An answer that is written once: its name for staff, its words in Kyrgyz and, if wanted, in Russian."""

    __tablename__ = "answer_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    title: Mapped[str] = mapped_column(String(60))
    words_ky: Mapped[str] = mapped_column(Text)
    words_ru: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[int | None] = mapped_column(BigId)
    made_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


async def templates_of(db: AsyncSession, municipality_id: int) -> Sequence[AnswerTemplate]:
    """The templates that are offered, by name."""
    query = select(AnswerTemplate).where(
        AnswerTemplate.municipality_id == municipality_id, AnswerTemplate.removed_at.is_(None)
    )
    return (await db.scalars(query.order_by(AnswerTemplate.title, AnswerTemplate.id))).all()


async def get_template(db: AsyncSession, municipality_id: int | None, number: int) -> AnswerTemplate:
    """That template of the municipality, removed ones too; Refused(NOT_FOUND) for any other."""
    query = select(AnswerTemplate).where(AnswerTemplate.id == number, AnswerTemplate.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found
