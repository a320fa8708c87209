"""Which texts did people report, and what did staff say when they looked?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, exists, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.moderation import Rejection
from civic.reports import Complaint, Subject
from storage.base import Base, words_of
from storage.people import BigId
from storage.petitions import Petition
from storage.proposals import Proposal


class Report(Base):
    """Somebody reported a text: once for each person, and once for each proven phone. It is open until staff have
    looked."""

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "person_id", name="uq_reports_person"),
        UniqueConstraint("subject", "subject_id", "phone_hash", name="uq_reports_phone"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    subject: Mapped[Subject] = mapped_column(words_of(Subject))
    subject_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    phone_hash: Mapped[str | None] = mapped_column(String(64))
    complaint: Mapped[Complaint] = mapped_column(words_of(Complaint))
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Look(Base):
    """Staff looked at a reported text and kept it, or removed it for a reason of the catalogue. `text_mark` is the
    SHA-256 of what they read: a text that changed has not been looked at."""

    __tablename__ = "report_looks"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    subject: Mapped[Subject] = mapped_column(words_of(Subject))
    subject_id: Mapped[int]
    text_mark: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(BigId)
    removed: Mapped[Rejection | None] = mapped_column(words_of(Rejection))  # None: kept


async def open_reports(db: AsyncSession, subject: Subject, subject_id: int) -> Sequence[Report]:
    """The reports of a text at which nobody has looked yet, the oldest first."""
    query = select(Report).where(
        Report.subject == subject, Report.subject_id == subject_id, Report.settled_at.is_(None)
    )
    return (await db.scalars(query.order_by(Report.id))).all()


async def reported_lately(db: AsyncSession, person_id: int, since: datetime) -> int:
    """How many texts a person reported from that moment on."""
    query = select(func.count()).select_from(Report).where(Report.person_id == person_id, Report.at > since)
    return await db.scalar(query) or 0


async def was_kept(db: AsyncSession, subject: Subject, subject_id: int, text_mark: str) -> bool:
    """Whether staff looked at the text as it reads now, and kept it."""
    query = select(Look.id).where(
        Look.subject == subject, Look.subject_id == subject_id, Look.text_mark == text_mark, Look.removed.is_(None)
    )
    return await db.scalar(query.limit(1)) is not None


async def everything_reported(db: AsyncSession, person_id: int) -> Sequence[Report]:
    """What a person reported, the newest first."""
    return (await db.scalars(select(Report).where(Report.person_id == person_id).order_by(Report.id.desc()))).all()


async def reported_texts(db: AsyncSession, municipality_id: int, subject: Subject) -> dict[int, int]:
    """Which texts of that kind have open reports, and how many each."""
    query = select(Report.subject_id, func.count()).where(
        Report.municipality_id == municipality_id, Report.subject == subject, Report.settled_at.is_(None)
    )
    found = (await db.execute(query.group_by(Report.subject_id).order_by(func.count().desc(), Report.subject_id))).all()
    return {row[0]: row[1] for row in found}


async def reported_count(db: AsyncSession, municipality_id: int) -> int:
    """How many texts have open reports."""
    texts = select(Report.subject, Report.subject_id).where(
        Report.municipality_id == municipality_id, Report.settled_at.is_(None)
    )
    return await db.scalar(select(func.count()).select_from(texts.distinct().subquery())) or 0


async def hidden_texts(db: AsyncSession, municipality_id: int) -> tuple[int, datetime | None]:
    """How many texts are hidden until staff have looked, and since when the oldest."""
    proposals = select(Proposal.hidden_at).where(
        Proposal.municipality_id == municipality_id,
        Proposal.hidden_at.is_not(None),
        Proposal.removed_because.is_(None),
    )
    petitions = select(Petition.hidden_at).where(
        Petition.municipality_id == municipality_id,
        Petition.hidden_at.is_not(None),
        exists().where(
            Report.subject == Subject.PETITION, Report.subject_id == Petition.id, Report.settled_at.is_(None)
        ),
    )
    both = union_all(proposals, petitions).subquery()
    row = (await db.execute(select(func.count(), func.min(both.c.hidden_at)))).one()
    return int(row[0]), row[1]


async def beginnings(
    db: AsyncSession, municipality_id: int, subject: Subject, numbers: Sequence[int]
) -> dict[int, tuple[str, bool]]:
    """How these texts of a municipality begin, and whether each is hidden now."""
    kind = Proposal if subject is Subject.PROPOSAL else Petition
    words = Proposal.text if subject is Subject.PROPOSAL else Petition.title
    query = select(kind.id, words, kind.hidden_at).where(
        kind.municipality_id == municipality_id, kind.id.in_(list(numbers))
    )
    return {number: (said, hidden is not None) for number, said, hidden in (await db.execute(query)).all()}
