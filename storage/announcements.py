"""What did the municipality announce, to whom, and how far is it?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    JSON,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.announcements import SEEN, Audience, Crowd, State
from civic.refusals import Reason, Refused
from civic.subscriptions import Topic
from storage.base import Base, Instant, Json, may_be_key, words_of
from storage.broadcasts import Broadcast, Going
from storage.outbox import Letter, Outcome, Rank
from storage.people import BigId

LIST = 100  # announcements that a list holds, the newest
_IN_HAND = timedelta(minutes=1)  # until what a postman has in hand now has arrived


class Announcement(Base):
    """One announcement in Kyrgyz and, if given, in Russian, with a picture, paper or voice, for an audience. It goes
    out as a broadcast; `corrected_at` is when its words were changed after that, in people's chats as well."""

    __tablename__ = "announcements"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    topic: Mapped[Topic] = mapped_column(words_of(Topic))
    title_ky: Mapped[str] = mapped_column(String(100))
    title_ru: Mapped[str] = mapped_column(String(100), default="")
    text_ky: Mapped[str] = mapped_column(Text)
    text_ru: Mapped[str] = mapped_column(Text, default="")
    file_id: Mapped[str | None] = mapped_column(ForeignKey("files.id"))
    audience: Mapped[Json] = mapped_column(JSON)
    urgent_because: Mapped[str] = mapped_column(String(200), default="")  # empty: it is not urgent
    state: Mapped[State] = mapped_column(words_of(State))
    send_at: Mapped[datetime | None]  # None: as soon as it is confirmed
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(BigId)
    approved_by: Mapped[int | None] = mapped_column(BigId)
    remark: Mapped[str] = mapped_column(String(500), default="")  # of the second person who did not agree
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"))
    sent_at: Mapped[datetime | None]
    corrected_at: Mapped[datetime | None]
    recalled_at: Mapped[datetime | None]
    corrects: Mapped[int | None]  # it holds new words for that one, and becomes them when it is sent

    def title(self, language: str) -> str:
        """The title in Russian for those who read it, where there is one; else in Kyrgyz."""
        return self.title_ru if language == "ru" and self.title_ru else self.title_ky

    def text(self, language: str) -> str:
        """The words, in the same way."""
        return self.text_ru if language == "ru" and self.text_ru else self.text_ky


async def get_announcement(db: AsyncSession, municipality_id: int | None, number: int) -> Announcement:
    """That announcement of the municipality; Refused(NOT_FOUND) for any other."""
    query = select(Announcement).where(Announcement.id == number, Announcement.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def announcement_to_change(db: AsyncSession, municipality_id: int | None, number: int) -> Announcement:
    """The same, for somebody who changes it: on PostgreSQL whoever comes second waits, and sees what the first did."""
    query = select(Announcement).where(Announcement.id == number, Announcement.municipality_id == municipality_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def announcement_read(db: AsyncSession, number: int) -> Announcement | None:
    """That announcement of whichever municipality: how a guest who came by a link finds what it is about."""
    return await db.get(Announcement, number) if may_be_key(number) else None


async def announcements_of(
    db: AsyncSession, municipality_id: int, *, states: Sequence[State] = tuple(State), limit: int = LIST
) -> Sequence[Announcement]:
    """The municipality's announcements in one of these states, the newest first."""
    query = select(Announcement).where(
        Announcement.municipality_id == municipality_id, Announcement.state.in_(list(states))
    )
    return (await db.scalars(query.order_by(Announcement.id.desc()).limit(limit))).all()


async def public_announcements(db: AsyncSession, municipality_id: int) -> Sequence[Announcement]:
    """What everybody may read, the newest first: what went out, and not to staff alone."""
    query = select(Announcement).where(
        Announcement.municipality_id == municipality_id,
        Announcement.state.in_(SEEN),
        Announcement.corrects.is_(None),
    )
    found = await db.scalars(query.order_by(Announcement.sent_at.desc(), Announcement.id.desc()).limit(LIST))
    return [each for each in found if Audience.unpacked(each.audience).crowd is not Crowd.STAFF]


async def newly_announced(db: AsyncSession, municipality_id: int, since: datetime) -> int:
    """How many that everybody may read went out since then."""
    query = select(Announcement.audience).where(
        Announcement.municipality_id == municipality_id,
        Announcement.state.in_(SEEN),
        Announcement.corrects.is_(None),
        Announcement.sent_at >= since,
    )
    return sum(Audience.unpacked(kept).crowd is not Crowd.STAFF for kept in await db.scalars(query))


async def announcements_asked(db: AsyncSession, municipality_id: int) -> int:
    """How many announcements wait for a second person."""
    query = select(func.count()).where(
        Announcement.municipality_id == municipality_id, Announcement.state == State.ASKED
    )
    return await db.scalar(query) or 0


async def announcements_to_settle(db: AsyncSession) -> Sequence[tuple[Announcement, Broadcast]]:
    """What is planned or goes out now, with its broadcast."""
    query = (
        select(Announcement, Broadcast)
        .join(Broadcast, Broadcast.id == Announcement.broadcast_id)
        .where(Announcement.state.in_([State.PLANNED, State.SENDING]))
        .order_by(Announcement.id)
        .with_for_update(of=Announcement)
        .execution_options(populate_existing=True)
    )
    return [(row[0], row[1]) for row in (await db.execute(query)).all()]


# --- its letters ---


async def is_on_its_way(db: AsyncSession, broadcast: Broadcast) -> bool:
    """Whether letters of it are still to be written or delivered; those kept for a digest or for somebody's next
    message are not waited for."""
    if broadcast.going is not Going.WRITTEN:
        return True
    query = select(Letter.id).where(
        Letter.broadcast_id == broadcast.id, Letter.done_at.is_(None), Letter.held.is_(None)
    )
    return await db.scalar(query.limit(1)) is not None


async def has_anything_gone_out(db: AsyncSession, broadcast_id: int) -> bool:
    """Whether a letter of it reached somebody, may have reached somebody, or is in a postman's hand."""
    out = or_(Letter.outcome.in_([Outcome.SENT, Outcome.IN_DOUBT]), Letter.lease_until.is_not(None))
    return await db.scalar(select(Letter.id).where(Letter.broadcast_id == broadcast_id, out).limit(1)) is not None


async def gone_out(db: AsyncSession, broadcast_id: int) -> int:
    """How many letters of it are where people can read them."""
    query = select(func.count()).where(Letter.broadcast_id == broadcast_id, Letter.outcome == Outcome.SENT)
    return await db.scalar(query) or 0


async def last_letter(db: AsyncSession, announcement: Announcement, key: str) -> Letter | None:
    """The newest letter of that key about it."""
    written = select(Letter).where(Letter.once.startswith(f"{key}-{announcement.id}-"))
    return await db.scalar(written.order_by(Letter.id.desc()).limit(1))


async def faults_of(db: AsyncSession, broadcast_id: int) -> Sequence[tuple[Outcome, str, int]]:
    """Why letters of it did not arrive: what became of them, the reason, how many; the most first."""
    query = (
        select(Letter.outcome, Letter.reason, func.count())
        .where(
            Letter.broadcast_id == broadcast_id, Letter.outcome.in_([Outcome.FAILED, Outcome.GONE, Outcome.IN_DOUBT])
        )
        .group_by(Letter.outcome, Letter.reason)
        .order_by(func.count().desc(), Letter.reason)
    )
    return [(outcome, reason, count) for outcome, reason, count in (await db.execute(query)).all() if outcome]


async def was_told(db: AsyncSession, broadcast_id: int, person_id: int) -> bool:
    """Whether the person got, or is to get, a letter of it."""
    return await db.scalar(select(Letter.id).where(Letter.once == f"b{broadcast_id}:{person_id}")) is not None


async def note_pressed(db: AsyncSession, broadcast_id: int, person_id: int, now: datetime) -> bool:
    """The reader of that letter pressed something in it; the first time counts. False when they got no such letter."""
    letter = update(Letter).where(Letter.once == f"b{broadcast_id}:{person_id}")
    letter = letter.values(pressed_at=func.coalesce(Letter.pressed_at, literal(now, Instant())))
    query = letter.returning(Letter.id).execution_options(synchronize_session=False)
    return await db.scalar(query) is not None


async def amend_letters(db: AsyncSession, announcement: Announcement, key: str, now: datetime, *, because: int) -> int:
    """For every letter of it that went out, be it in part, one of that key to the same reader, in one statement: it
    changes or deletes what stands there. What is in a postman's hand follows a minute later. `because` is the number of
    the announcement that corrects it, or its own when it is recalled: each changes it once. Gives how many."""
    in_hand = and_(Letter.done_at.is_(None), Letter.lease_until.is_not(None))
    in_part = and_(Letter.message != "", ~Letter.by_template, Letter.outcome.is_distinct_from(Outcome.GONE))
    once = literal(f"{key}-{announcement.id}-{because}:", String).concat(cast(Letter.id, String))
    telling = func.json_object if db.get_bind().dialect.name == "sqlite" else func.json_build_object
    told = telling(
        literal("announcement", String),
        literal(announcement.id, Integer),
        literal("letter", String),
        Letter.id,
    )
    rows = select(
        once,
        Letter.municipality_id,
        Letter.person_id,
        Letter.place_id,
        literal(key, String),
        told,
        literal(now, Instant()),
        case((in_hand, literal(now + _IN_HAND, Instant())), else_=literal(now, Instant())),
        literal(0, Integer),
        literal(Rank.BROADCAST.value, SmallInteger),
        case((Letter.person_id.is_not(None), literal(True)), else_=false()),
    ).where(
        Letter.broadcast_id == announcement.broadcast_id,
        or_(Letter.outcome == Outcome.SENT, in_hand, in_part),
        or_(Letter.person_id.is_not(None), Letter.place_id.is_not(None)),  # not where the reader's name has gone
    )
    columns = "once municipality_id person_id place_id key arguments posted_at not_before tries rank essential".split()
    # `once` holds the correction and the letter: nothing can be there already
    done = await db.execute(insert(Letter).from_select(columns, rows, include_defaults=False))
    db.info["letters"] = True
    return done.rowcount  # type: ignore[attr-defined,no-any-return]


# --- templates ---


class AnnouncementTemplate(Base):
    """Words that are announced again and again: their name for staff, title and text in Kyrgyz and, if wanted, in
    Russian."""

    __tablename__ = "announcement_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    title_ky: Mapped[str] = mapped_column(String(100))
    title_ru: Mapped[str] = mapped_column(String(100), default="")
    text_ky: Mapped[str] = mapped_column(Text)
    text_ru: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[int | None] = mapped_column(BigId)
    made_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


async def announcement_templates(db: AsyncSession, municipality_id: int) -> Sequence[AnnouncementTemplate]:
    """The templates that are offered, by name."""
    query = select(AnnouncementTemplate).where(
        AnnouncementTemplate.municipality_id == municipality_id, AnnouncementTemplate.removed_at.is_(None)
    )
    return (await db.scalars(query.order_by(AnnouncementTemplate.name, AnnouncementTemplate.id))).all()


async def get_announcement_template(db: AsyncSession, municipality_id: int | None, number: int) -> AnnouncementTemplate:
    """That template of the municipality, removed ones too; Refused(NOT_FOUND) for any other."""
    query = select(AnnouncementTemplate).where(
        AnnouncementTemplate.id == number, AnnouncementTemplate.municipality_id == municipality_id
    )
    found = await db.scalar(query) if may_be_key(number) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found
