"""What is on the list of issues of local importance, and who follows what?"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import (
    JSON,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.refusals import Reason, Refused
from storage.alike import alike
from storage.base import Base, Json, may_be_key
from storage.people import Person


class Issue(Base):
    """An issue of local importance of one municipality. A statutory one has a law_code: its texts come from the
    law and are the same everywhere; a charter one belongs to the municipality."""

    __tablename__ = "issues"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    code: Mapped[str] = mapped_column(String(40))
    law_code: Mapped[str | None] = mapped_column(String(40))
    group: Mapped[str] = mapped_column("theme", String(24))
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    effective_on: Mapped[date]
    law: Mapped[Json] = mapped_column(JSON)
    checked_on: Mapped[date | None]
    label_ky: Mapped[str] = mapped_column(String(40))
    label_ru: Mapped[str] = mapped_column(String(40))
    label_en: Mapped[str] = mapped_column(String(40))
    text_ky: Mapped[str] = mapped_column(Text)
    text_ru: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    found_by: Mapped[str] = mapped_column(Text)
    responsible: Mapped[str] = mapped_column(String(200), default="")
    post_ky: Mapped[str] = mapped_column(String(200), default="")
    post_ru: Mapped[str] = mapped_column(String(200), default="")
    post_en: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    doing_ky: Mapped[str] = mapped_column(Text, default="")
    doing_ru: Mapped[str] = mapped_column(Text, default="")
    doing_en: Mapped[str] = mapped_column(Text, default="")
    renewed_on: Mapped[date | None]
    retired_on: Mapped[date | None]
    listed_on: Mapped[date | None]  # since when this municipality has it on its list; None: longer than that is kept
    file_id: Mapped[str | None] = mapped_column(
        String(64)
    )  # of storage.files: a photo or paper to «what is being done»

    def law_in(self, language: str, *, form: str = "short") -> str:
        """The law it rests on, short or in full (`reference`), in that language."""
        words = self.law.get(form, {})
        return str(words.get(language) or words.get("ky") or "")

    def said(self, part: str, language: str) -> str:
        """A part (label, text, post, doing) in that language, else in Kyrgyz."""
        return str(getattr(self, f"{part}_{language}", "") or getattr(self, f"{part}_ky"))


class Following(Base):
    """Somebody wants to know when an issue changes."""

    __tablename__ = "followings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True, autoincrement=False, index=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    since: Mapped[datetime]


class IssueReminder(Base):
    """Staff were reminded once of this stage of an issue's renewal: a warning, or a week of being overdue. `cycle` is
    the day of the last renewal, so that the next half-year begins anew."""

    __tablename__ = "issue_reminders"
    __table_args__ = (UniqueConstraint("issue_id", "cycle", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"))
    cycle: Mapped[str] = mapped_column(String(10))
    stage: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]


class Listed(NamedTuple):
    """What a list shows of an issue: a row, not an entity, for every browsing turn passes here."""

    id: int
    group: str
    label_ky: str
    label_ru: str
    label_en: str

    def said(self, part: str, language: str) -> str:
        """The label in that language, else in Kyrgyz."""
        return str(getattr(self, f"{part}_{language}", "") or self.label_ky)


_ON_THE_LIST = (
    select(Issue.id, Issue.group, Issue.label_ky, Issue.label_ru, Issue.label_en)
    .where(Issue.municipality_id == bindparam("municipality"), Issue.retired_on.is_(None))
    .order_by(Issue.position, Issue.id)
)
_SEARCHED = (
    select(Issue)
    .where(Issue.municipality_id == bindparam("municipality"), Issue.retired_on.is_(None))
    .order_by(Issue.position, Issue.id)
)
_ONE = select(Issue, Following.since).outerjoin(
    Following, (Following.issue_id == Issue.id) & (Following.person_id == bindparam("reader"))
)
_ONE = _ONE.where(Issue.id == bindparam("issue"), Issue.municipality_id == bindparam("municipality"))


async def listed_issues(db: AsyncSession, municipality_id: int) -> list[Listed]:
    """The issues on the municipality's list in order, with what a list shows of them (labels and theme)."""
    found = await (await db.connection()).execute(_ON_THE_LIST, {"municipality": municipality_id})
    return [Listed(*row) for row in found]


async def whole_issues(db: AsyncSession, municipality_id: int) -> Sequence[Issue]:
    """The issues on the municipality's list in order, whole."""
    return (await db.scalars(_SEARCHED, {"municipality": municipality_id})).all()


async def renewal_days(db: AsyncSession) -> dict[int, set[date]]:
    """For each municipality, the days on which issues that are on its list were renewed last."""
    query = select(Issue.municipality_id, Issue.renewed_on).where(
        Issue.retired_on.is_(None), Issue.renewed_on.is_not(None)
    )
    days: dict[int, set[date]] = {}
    for home, day in await db.execute(query.distinct()):
        assert day is not None
        days.setdefault(home, set()).add(day)
    return days


async def kept_issues(db: AsyncSession, municipality_id: int) -> Sequence[Issue]:
    """Every issue the municipality ever had on its list, the retired ones too."""
    return (await db.scalars(select(Issue).where(Issue.municipality_id == municipality_id).order_by(Issue.id))).all()


async def get_issue(db: AsyncSession, municipality_id: int | None, issue_id: int) -> Issue:
    """The issue of that municipality; Refused(NOT_FOUND) for any other."""
    issue, _ = await get_issue_read_by(db, municipality_id, issue_id, reader=0)
    return issue


async def get_issue_read_by(
    db: AsyncSession, municipality_id: int | None, issue_id: int, *, reader: int
) -> tuple[Issue, bool]:
    """The issue of that municipality and whether the reader follows it; Refused(NOT_FOUND) for any other."""
    values = {"issue": issue_id, "municipality": municipality_id, "reader": reader}
    row = (await db.execute(_ONE, values)).first() if may_be_key(issue_id) else None
    if row is None:
        raise Refused(Reason.NOT_FOUND)
    return row[0], row[1] is not None


async def municipality_of_issue(db: AsyncSession, issue_id: int) -> int | None:
    """Whose list an issue is on: how a guest who came by a link finds their municipality."""
    return await db.scalar(select(Issue.municipality_id).where(Issue.id == issue_id)) if may_be_key(issue_id) else None


async def everything_followed(db: AsyncSession, person_id: int) -> Sequence[Issue]:
    """Every issue somebody follows, of municipalities they have left too."""
    query = select(Issue).join(Following, Following.issue_id == Issue.id).where(Following.person_id == person_id)
    return (await db.scalars(query.order_by(Issue.municipality_id, Issue.position))).all()


async def people_who_follow_issue(
    db: AsyncSession, issue_id: int, *, after: int = 0, limit: int = 500
) -> Sequence[Person]:
    """The next people who follow the issue, those with a number above `after`."""
    query = select(Person).join(Following, Following.person_id == Person.id).where(Following.issue_id == issue_id)
    query = query.where(Person.id > after, Person.forgotten_at.is_(None))
    return (await db.scalars(query.order_by(Person.id).limit(limit))).all()


async def followed_issues(db: AsyncSession, person_id: int, municipality_id: int | None) -> Sequence[Issue]:
    """The issues of that municipality that somebody follows."""
    query = select(Issue).join(Following, Following.issue_id == Issue.id).where(Following.person_id == person_id)
    query = query.where(Issue.municipality_id == municipality_id)
    return (await db.scalars(query.order_by(Issue.position))).all()


async def issues_like(db: AsyncSession, municipality_id: int, wanted: str) -> list[Issue]:
    """The municipality's issues that fit the words, best first: in any language, with ө ү ң optional and a
    mistyped letter forgiven."""
    things = [(issue.found_by, issue) for issue in await whole_issues(db, municipality_id)]
    return [issue for _, issue in alike(wanted, things)]
