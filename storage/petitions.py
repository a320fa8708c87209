"""Which petitions are there, who is in their groups, and who signed?"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.moderation import Rejection
from civic.petitions import (
    NOT_PUBLIC,
    Membership,
    PetitionKind,
    Standing,
    State,
)
from civic.refusals import Reason, Refused
from civic.thresholds import Consequence, Step
from storage.base import Base, Json, may_be_key, words_of
from storage.people import BigId, Person


class Petition(Base):
    """A petition, a request for an assembly, or a norm-making initiative, from its draft to the answer.

    `steps` and `basis` are the thresholds and their legal reference as they were when signing opened: frozen.
    `reached` is how many of the steps the count reaches now, `told` the highest milestone that was told."""

    __tablename__ = "petitions"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    kind: Mapped[PetitionKind] = mapped_column(words_of(PetitionKind))
    state: Mapped[State] = mapped_column(words_of(State), index=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issues.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    street_id: Mapped[int | None] = mapped_column(ForeignKey("streets.id"))
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(160))
    demand: Mapped[str] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text)
    about: Mapped[Json] = mapped_column(JSON, default=dict)  # an assembly's place, number of people
    file_id: Mapped[str | None] = mapped_column(String(64))
    found_by: Mapped[str] = mapped_column(Text, default="")
    group_word: Mapped[str] = mapped_column(String(20), unique=True)  # in the link by which people join the group
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    check_until: Mapped[date | None]
    lock_by: Mapped[int | None] = mapped_column(BigId)
    lock_until: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(BigId)
    decided_at: Mapped[datetime | None]
    rejection: Mapped[Rejection | None] = mapped_column(words_of(Rejection))
    remark: Mapped[str] = mapped_column(Text, default="")  # why it was returned, rejected, ended early
    competent: Mapped[str] = mapped_column(String(300), default="")  # the body that is in charge instead
    appeal: Mapped[str | None] = mapped_column(Text)
    hidden_at: Mapped[datetime | None]  # after reports, until staff have looked

    opened_at: Mapped[datetime | None]
    closes_on: Mapped[date | None] = mapped_column(index=True)
    steps: Mapped[list[Json]] = mapped_column(JSON, default=list)
    basis: Mapped[str] = mapped_column(String(300), default="")
    public_at: Mapped[datetime | None]  # until then it is found by its link only
    signed: Mapped[int] = mapped_column(default=0)  # counted signatures in the bot
    on_paper: Mapped[int] = mapped_column(default=0)  # counted lines on paper
    reached: Mapped[int] = mapped_column(default=0)
    told: Mapped[int] = mapped_column(default=0)

    handed_over_at: Mapped[datetime | None]
    register_until: Mapped[date | None]
    registry_no: Mapped[str | None] = mapped_column(String(60))
    registered_on: Mapped[date | None]
    answer_until: Mapped[date | None] = mapped_column(index=True)
    warned: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(BigId)
    answer: Mapped[str] = mapped_column(Text, default="")
    answer_ru: Mapped[str] = mapped_column(Text, default="")  # empty: the answer is in one language only
    accepted: Mapped[bool | None]  # whether the demand is met; of an assembly: whether it is called
    answer_file_id: Mapped[str | None] = mapped_column(String(64))
    kenesh_on: Mapped[date | None]
    kenesh_decision: Mapped[str] = mapped_column(Text, default="")
    final_at: Mapped[datetime | None] = mapped_column(index=True)
    anonymised_at: Mapped[datetime | None]

    @property
    def count(self) -> int:
        """All counted signatures, in the bot and on paper."""
        return self.signed + self.on_paper

    @property
    def thresholds(self) -> tuple[Step, ...]:
        """The frozen thresholds, the lowest first."""
        return tuple(Step(Consequence(step["consequence"]), int(step["count"])) for step in self.steps)

    def answer_in(self, language: str) -> str:
        """The municipality's answer in that language where it was given in it, else as it was given."""
        return (self.answer_ru if language == "ru" else "") or self.answer


class Member(Base):
    """Somebody who is or was in an initiative group. Their name is sealed; strangers see the short form."""

    __tablename__ = "petition_members"
    __table_args__ = (UniqueConstraint("petition_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    standing: Mapped[Membership] = mapped_column(words_of(Membership))
    leads: Mapped[bool] = mapped_column(default=False)  # the co-ordinator
    began: Mapped[bool] = mapped_column(default=False)  # the initiator
    name_sealed: Mapped[str | None] = mapped_column(String(600))
    shown_name: Mapped[str] = mapped_column(String(80), default="")
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class Link(Base):
    """The link by which somebody passes a petition on: signatures that come by it can be counted together."""

    __tablename__ = "petition_links"
    __table_args__ = (UniqueConstraint("petition_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]


class Signature(Base):
    """A signature in the bot: one row for a person and petition, whatever they do. `receipt` tells without a name
    whether it counts. `phone_hash` stands while it counts: one phone, one signature."""

    __tablename__ = "petition_signatures"
    __table_args__ = (
        UniqueConstraint("petition_id", "person_id"),
        UniqueConstraint("petition_id", "phone_hash", name="uq_petition_signatures_phone"),
        Index("ix_petition_signatures_link", "petition_id", "link_id", "signed_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    phone_hash: Mapped[str | None] = mapped_column(String(64))
    standing: Mapped[Standing] = mapped_column(words_of(Standing))
    signed_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changes: Mapped[int] = mapped_column(default=0)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    confirmed: Mapped[bool] = mapped_column(default=False)  # staff had confirmed the signer's membership
    link_id: Mapped[int | None] = mapped_column(BigId)
    name_sealed: Mapped[str | None] = mapped_column(String(600))
    name_key: Mapped[str | None] = mapped_column(String(64), index=True)  # keyed hash: finds the same name on paper
    shown_name: Mapped[str] = mapped_column(String(80), default="")  # empty: hidden
    receipt: Mapped[str] = mapped_column(String(16), unique=True)
    invalidation_id: Mapped[int | None] = mapped_column(BigId, index=True)


class Sheet(Base):
    """A sheet of signatures on paper: its photo stays as evidence. A norm-making initiative's sheet has a count
    only, for the law wants passports on it and the bot wants none."""

    __tablename__ = "petition_sheets"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    file_id: Mapped[str | None] = mapped_column(String(64))
    counted: Mapped[int]  # how many of its lines count
    entered_by: Mapped[int | None] = mapped_column(BigId)
    by_staff: Mapped[bool]
    entered_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[int | None] = mapped_column(BigId)
    removed_because: Mapped[str] = mapped_column(String(300), default="")


class Line(Base):
    """A line on a sheet: name, village, street, as they were keyed in. `twin` says what it repeats."""

    __tablename__ = "petition_lines"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("petition_sheets.id"), index=True)
    number: Mapped[int]
    name_sealed: Mapped[str | None] = mapped_column(String(600))
    name_key: Mapped[str | None] = mapped_column(String(64), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    street: Mapped[str | None] = mapped_column(String(200))
    counts: Mapped[bool]
    twin: Mapped[str] = mapped_column(String(20), default="")  # "signature", "line", or nothing


class PetitionStep(Base):
    """One step of a petition's way, as everybody reads it: when, to which state, with which words."""

    __tablename__ = "petition_steps"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(32))  # a State, or "extended", "reached", "news", "kenesh", …
    words: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[int | None] = mapped_column(BigId)
    by_staff: Mapped[bool] = mapped_column(default=False)


class PetitionFollowing(Base):
    """Somebody wants to hear how a petition goes on without signing it."""

    __tablename__ = "petition_followings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True, autoincrement=False)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    since: Mapped[datetime]


class Flag(Base):
    """Something a moderator should look at: many signatures by one link in a short time."""

    __tablename__ = "petition_flags"
    __table_args__ = (UniqueConstraint("petition_id", "link_id", "kind", "window"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    link_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[str] = mapped_column(String(12))  # "burst" or "sustained"
    window: Mapped[str] = mapped_column(String(20))  # the hour or the day
    count: Mapped[int]
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(BigId)


class Invalidation(Base):
    """Signatures taken out of the count together, by a filter, with a reason everybody can read. It works through
    them in pieces and can be stopped and undone."""

    __tablename__ = "petition_invalidations"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    criteria: Mapped[Json] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime]
    found: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class Pressure(Base):
    """«I was paid or forced»: what somebody told the installation's administrators. Who it was is not kept."""

    __tablename__ = "petition_pressures"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"))
    told_sealed: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


async def get_petition(db: AsyncSession, municipality_id: int | None, petition_id: int) -> Petition:
    """The petition of that municipality; Refused(NOT_FOUND) for any other."""
    query = select(Petition).where(Petition.id == petition_id, Petition.municipality_id == municipality_id)
    found = await db.scalar(query) if may_be_key(petition_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def petition_read_by(
    db: AsyncSession, municipality_id: int, petition_id: int, person_id: int
) -> tuple[Petition, Signature | None, Member | None, bool]:
    """The petition, the reader's signature and place in the group, and whether they follow it, in one statement.
    Refused(NOT_FOUND) for another municipality's, and for one that is not public to whoever is not in its group."""
    query = (
        select(Petition, Signature, Member, PetitionFollowing.since)
        .outerjoin(Signature, and_(Signature.petition_id == Petition.id, Signature.person_id == person_id))
        .outerjoin(Member, and_(Member.petition_id == Petition.id, Member.person_id == person_id))
        .outerjoin(
            PetitionFollowing,
            and_(PetitionFollowing.petition_id == Petition.id, PetitionFollowing.person_id == person_id),
        )
        .where(Petition.id == petition_id, Petition.municipality_id == municipality_id)
    )
    row = (await db.execute(query)).first() if may_be_key(petition_id) else None
    if row is None:
        raise Refused(Reason.NOT_FOUND)
    return row[0], row[1], row[2], row[3] is not None


async def municipality_of_petition(db: AsyncSession, petition_id: int) -> int | None:
    """Whose petition it is: how a guest who came by a link finds their municipality."""
    if not may_be_key(petition_id):
        return None
    return await db.scalar(select(Petition.municipality_id).where(Petition.id == petition_id))


async def petition_by_group_word(db: AsyncSession, word: str) -> Petition | None:
    """The petition whose group is joined by a link with that word."""
    return await db.scalar(select(Petition).where(Petition.group_word == word))


def _public(municipality_id: int) -> tuple[object, ...]:
    return (
        Petition.municipality_id == municipality_id,
        Petition.state.not_in(list(NOT_PUBLIC)),
        or_(Petition.public_at.is_not(None), Petition.kind != PetitionKind.PETITION),
        Petition.hidden_at.is_(None),
    )


async def public_petitions(
    db: AsyncSession,
    municipality_id: int,
    *,
    states: Collection[State] | None = None,
    issue_id: int | None = None,
    village_id: int | None = None,
) -> Sequence[Petition]:
    """The petitions that everybody may find, the open ones first, then by the newest."""
    query = select(Petition).where(*_public(municipality_id))  # type: ignore[arg-type]
    if states is not None:
        query = query.where(Petition.state.in_(list(states)))
    if issue_id is not None:
        query = query.where(Petition.issue_id == issue_id)
    if village_id is not None:
        query = query.where(Petition.village_id == village_id)
    order = ((Petition.state != State.OPEN), Petition.opened_at.desc(), Petition.id.desc())
    return (await db.scalars(query.order_by(*order))).all()


async def petitions_of(db: AsyncSession, municipality_id: int | None, person_id: int) -> Sequence[Petition]:
    """The petitions in whose group somebody is, or which they signed, the newest first."""
    in_group = select(Member.petition_id).where(Member.person_id == person_id, Member.standing == Membership.ACCEPTED)
    signed = select(Signature.petition_id).where(
        Signature.person_id == person_id, Signature.standing == Standing.COUNTED
    )
    query = select(Petition).where(
        Petition.municipality_id == municipality_id, or_(Petition.id.in_(in_group), Petition.id.in_(signed))
    )
    return (await db.scalars(query.order_by(Petition.id.desc()))).all()


async def petitions_in(
    db: AsyncSession, municipality_id: int, states: Collection[State], *, limit: int = 500
) -> Sequence[Petition]:
    """The petitions of a municipality in one of these states, the oldest first: what staff work through."""
    query = select(Petition).where(Petition.municipality_id == municipality_id, Petition.state.in_(list(states)))
    return (await db.scalars(query.order_by(Petition.changed_at, Petition.id).limit(limit))).all()


async def begun_by(db: AsyncSession, person_id: int, since: datetime) -> tuple[int, int]:
    """How many unfinished drafts somebody has, and how many petitions they began since then."""
    mine = select(Member.petition_id).where(Member.person_id == person_id, Member.began.is_(True))
    query = select(
        func.count().filter(Petition.state.in_([State.DRAFT, State.RETURNED])),
        func.count().filter(Petition.begun_at >= since),
    ).where(Petition.id.in_(mine))
    row = (await db.execute(query)).one()
    return int(row[0] or 0), int(row[1] or 0)


async def find_member(db: AsyncSession, petition_id: int, person_id: int) -> Member | None:
    """How somebody stands to the group, if they ever did."""
    return await db.scalar(select(Member).where(Member.petition_id == petition_id, Member.person_id == person_id))


async def members_of(db: AsyncSession, petition_id: int) -> Sequence[Member]:
    """The group as it is now, the co-ordinator first."""
    query = select(Member).where(Member.petition_id == petition_id, Member.standing == Membership.ACCEPTED)
    return (await db.scalars(query.order_by(Member.leads.desc(), Member.since, Member.id))).all()


async def get_member(db: AsyncSession, petition_id: int, member_id: int) -> Member:
    """That member of that group; Refused(NOT_FOUND) for any other."""
    query = select(Member).where(Member.id == member_id, Member.petition_id == petition_id)
    found = await db.scalar(query) if may_be_key(member_id) else None
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


async def people_of_group(db: AsyncSession, petition_id: int) -> Sequence[Person]:
    """The people of the group as it is now."""
    members = select(Member.person_id).where(Member.petition_id == petition_id, Member.standing == Membership.ACCEPTED)
    return (await db.scalars(select(Person).where(Person.id.in_(members)).order_by(Person.id))).all()


async def people_who_signed(db: AsyncSession, petition_id: int) -> Sequence[Person]:
    """Everybody whose signature counts."""
    signed = select(Signature.person_id).where(
        Signature.petition_id == petition_id, Signature.standing == Standing.COUNTED
    )
    return (await db.scalars(select(Person).where(Person.id.in_(signed)).order_by(Person.id))).all()


async def people_who_follow(db: AsyncSession, petition_id: int) -> Sequence[Person]:
    """Everybody who follows the petition without being in its group."""
    following = select(PetitionFollowing.person_id).where(PetitionFollowing.petition_id == petition_id)
    return (await db.scalars(select(Person).where(Person.id.in_(following)).order_by(Person.id))).all()


async def find_signature(db: AsyncSession, petition_id: int, person_id: int) -> Signature | None:
    """Somebody's signature under a petition, whatever it counts for."""
    query = select(Signature).where(Signature.petition_id == petition_id, Signature.person_id == person_id)
    return await db.scalar(query)


async def signature_of_receipt(db: AsyncSession, receipt: str) -> Signature | None:
    """The signature that has that receipt."""
    return await db.scalar(select(Signature).where(Signature.receipt == receipt))


async def signatures_of(db: AsyncSession, petition_id: int, *, counted: bool = True) -> Sequence[Signature]:
    """The signatures under a petition in the order in which they were given."""
    query = select(Signature).where(Signature.petition_id == petition_id)
    if counted:
        query = query.where(Signature.standing == Standing.COUNTED)
    return (await db.scalars(query.order_by(Signature.signed_at, Signature.id))).all()


async def everything_signed(db: AsyncSession, person_id: int) -> Sequence[tuple[Signature, Petition]]:
    """Every signature of a person with its petition, the newest first."""
    query = select(Signature, Petition).join(Petition, Petition.id == Signature.petition_id)
    query = query.where(Signature.person_id == person_id).order_by(Signature.id.desc())
    return [(row[0], row[1]) for row in (await db.execute(query)).all()]


async def signed_by_village(db: AsyncSession, petition_id: int) -> dict[int | None, int]:
    """How many counted signatures each village gave, in the bot and on paper; None for those who named none."""
    counts: dict[int | None, int] = {}
    in_bot = select(Signature.village_id, func.count()).where(
        Signature.petition_id == petition_id, Signature.standing == Standing.COUNTED
    )
    on_paper = select(Line.village_id, func.count()).where(Line.petition_id == petition_id, Line.counts.is_(True))
    for query in (in_bot.group_by(Signature.village_id), on_paper.group_by(Line.village_id)):
        for village, count in (await db.execute(query)).all():
            counts[village] = counts.get(village, 0) + count
    return counts


async def steps_of(db: AsyncSession, petition_id: int, *, limit: int = 100) -> Sequence[PetitionStep]:
    """The way of a petition so far, the newest first."""
    query = select(PetitionStep).where(PetitionStep.petition_id == petition_id)
    return (await db.scalars(query.order_by(PetitionStep.id.desc()).limit(limit))).all()


async def last_step(db: AsyncSession, petition_id: int, what: str) -> PetitionStep | None:
    """The newest step of that kind."""
    query = select(PetitionStep).where(PetitionStep.petition_id == petition_id, PetitionStep.what == what)
    return await db.scalar(query.order_by(PetitionStep.id.desc()).limit(1))
