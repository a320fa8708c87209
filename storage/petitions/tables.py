"""What is kept about petitions, their groups and their signatures?"""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.moderation import Rejection
from civic.petitions import (
    Membership,
    PetitionKind,
    Standing,
    State,
)
from civic.thresholds import Consequence, Step
from storage.base import Base, Json, words_of
from storage.people import BigId


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
    link_word: Mapped[str] = mapped_column(String(20), default="")  # in the link that opens it before it is public
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

    hand_over_until: Mapped[date | None]  # of a complete one: then it ends, for names are not kept for nothing
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
    anonymised_at: Mapped[datetime | None]  # the names are gone
    unlinked_at: Mapped[datetime | None]  # and nobody can be told any more that they signed it

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
    whether it counts. `phone_hash` stands while it counts, and when staff took it out of the count until the names go:
    one phone, one signature."""

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
    twin: Mapped[str] = mapped_column(
        String(20), default=""
    )  # "signature", "line", "namesake" (staff said so), or nothing


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
