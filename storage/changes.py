"""How did the list of issues come to be what it is? Every change: who, when, what stood before and what after."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, Json, words_of
from storage.issues import Issue
from storage.people import Appointment, BigId


class Change(StrEnum):
    """What kind of change it was."""

    ADDED = "added"
    EDITED = "edited"
    RENEWED = "renewed"
    MOVED = "moved"
    RETIRED = "retired"
    RESTORED = "restored"
    LAW = "law"


class IssueChange(Base):
    """One change of one issue. `before` and `after` hold the fields that changed, by their names; `number` counts an
    issue's changes from 1."""

    __tablename__ = "issue_changes"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), index=True)
    number: Mapped[int]
    kind: Mapped[Change] = mapped_column(words_of(Change))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(BigId)  # None: the installation itself, from the law or a file
    before: Mapped[Json] = mapped_column(JSON)
    after: Mapped[Json] = mapped_column(JSON)


async def changes_of(db: AsyncSession, issue_id: int, *, after: int = 0, limit: int = 100) -> Sequence[IssueChange]:
    """An issue's changes, newest first."""
    query = select(IssueChange).where(IssueChange.issue_id == issue_id).order_by(IssueChange.id.desc())
    return (await db.scalars(query.offset(after).limit(limit))).all()


async def change_count(db: AsyncSession, issue_id: int) -> int:
    """How often an issue was changed."""
    return await db.scalar(select(func.count()).where(IssueChange.issue_id == issue_id)) or 0


async def get_change(db: AsyncSession, municipality_id: int, change_id: int) -> IssueChange | None:
    """That change, if it belongs to the municipality."""
    query = select(IssueChange).where(IssueChange.id == change_id, IssueChange.municipality_id == municipality_id)
    return await db.scalar(query)


async def list_changed_at(db: AsyncSession, municipality_id: int) -> datetime | None:
    """When what the list says last became different; a renewal that found nothing new does not count."""
    query = select(func.max(IssueChange.at)).where(
        IssueChange.municipality_id == municipality_id, IssueChange.kind != Change.RENEWED
    )
    return await db.scalar(query)


async def issues_changed_since(db: AsyncSession, municipality_id: int, since: datetime) -> Sequence[Issue]:
    """The issues that say something else than they did at that moment, the ones taken off the list too."""
    changed = select(IssueChange.issue_id).where(
        IssueChange.municipality_id == municipality_id, IssueChange.kind != Change.RENEWED, IssueChange.at > since
    )
    return (await db.scalars(select(Issue).where(Issue.id.in_(changed)).order_by(Issue.position, Issue.id))).all()


async def last_changes(db: AsyncSession) -> dict[int, datetime]:
    """For each municipality, when anything about its list was last changed or renewed: what a post that shows the
    list must follow."""
    query = select(IssueChange.municipality_id, func.max(IssueChange.at)).group_by(IssueChange.municipality_id)
    return dict((await db.execute(query)).all())


async def authors(db: AsyncSession, municipality_id: int, people: set[int]) -> dict[int, str]:
    """The names under which these people act or acted for the municipality, and nothing for anybody else."""
    query = select(Appointment.person_id, Appointment.name).where(
        Appointment.municipality_id == municipality_id, Appointment.person_id.in_(people), Appointment.name != ""
    )
    found = (await db.execute(query.order_by(Appointment.granted_at))).all()
    return {row.person_id: row.name for row in found}


async def renewals_by(db: AsyncSession, person_id: int, at: datetime) -> Sequence[int]:
    """The numbers of the renewals somebody made at that very moment, in order."""
    query = select(IssueChange.id).where(
        IssueChange.by == person_id, IssueChange.at == at, IssueChange.kind == Change.RENEWED
    )
    return (await db.scalars(query.order_by(IssueChange.id))).all()
