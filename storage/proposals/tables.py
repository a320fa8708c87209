"""What is kept about proposals, their supporters and their course?"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from civic.moderation import Rejection
from civic.proposals import CameBy, ForWhom, State
from storage.base import Base, words_of
from storage.people import BigId


class Proposal(Base):
    """A proposal of a resident, from the moment it is sent. `number` is the one people are told, counted in each
    municipality. `hidden_at` without `removed_because` waits until staff have looked."""

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("municipality_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    number: Mapped[int]
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issues.id"), index=True)  # None: staff sort it later
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    street_id: Mapped[int | None] = mapped_column(ForeignKey("streets.id"))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    for_whom: Mapped[ForWhom | None] = mapped_column(words_of(ForWhom))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # None: forgotten, or a caller
    came_by: Mapped[CameBy] = mapped_column(words_of(CameBy), default=CameBy.BOT)
    entered_by: Mapped[int | None] = mapped_column(BigId)
    caller_sealed: Mapped[str | None] = mapped_column(String(900))  # name and phone of whoever called or came
    found_by: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]  # the last step

    state: Mapped[State] = mapped_column(words_of(State), default=State.SENT, index=True)
    register_until: Mapped[date | None]
    registry_no: Mapped[str | None] = mapped_column(String(60))
    registered_on: Mapped[date | None]
    is_appeal: Mapped[bool] = mapped_column(default=False)  # registered as an appeal: the law's clock runs
    due_on: Mapped[date | None] = mapped_column(index=True)
    warned: Mapped[int] = mapped_column(default=0)  # of how urgent a deadline staff were told last (stage_of)
    officer_id: Mapped[int | None] = mapped_column(BigId)
    answer_ky: Mapped[str] = mapped_column(Text, default="")
    answer_ru: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[str] = mapped_column(String(120), default="")
    period: Mapped[str] = mapped_column(String(120), default="")
    answer_file_id: Mapped[str | None] = mapped_column(String(64))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(BigId)
    measure: Mapped[str] = mapped_column(Text, default="")  # of the plan
    competent: Mapped[str] = mapped_column(String(300), default="")  # the body that is in charge instead
    duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    hidden_at: Mapped[datetime | None]
    removed_because: Mapped[Rejection | None] = mapped_column(words_of(Rejection))
    support_count: Mapped[int] = mapped_column(default=0)

    def answer(self, language: str) -> str:
        """The official answer in that language, else in the other one."""
        first, second = (self.answer_ru, self.answer_ky) if language == "ru" else (self.answer_ky, self.answer_ru)
        return first or second


class ProposalNumber(Base):
    """The last number a municipality gave to a proposal."""

    __tablename__ = "proposal_numbers"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), primary_key=True, autoincrement=False)
    last: Mapped[int]


class ProposalFile(Base):
    """A photo or voice note of a proposal. A voice goes when its author is forgotten: it is known by its sound."""

    __tablename__ = "proposal_files"
    __table_args__ = (UniqueConstraint("proposal_id", "file_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    file_id: Mapped[str] = mapped_column(String(64))
    is_voice: Mapped[bool] = mapped_column(default=False)


class Support(Base):
    """Somebody supports a proposal: once for each person, and once for each proven phone. They are told how it goes
    on. `came_from` is the duplicate they supported before it was merged."""

    __tablename__ = "proposal_supports"
    __table_args__ = (
        UniqueConstraint("proposal_id", "person_id"),
        UniqueConstraint("proposal_id", "phone_hash", name="uq_proposal_supports_phone"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    phone_hash: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime]
    came_from: Mapped[int | None]


class ProposalFollowing(Base):
    """Somebody wants to hear how a proposal goes on without supporting it."""

    __tablename__ = "proposal_followings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposals.id"), primary_key=True, autoincrement=False, index=True
    )
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    since: Mapped[datetime]


class ProposalStep(Base):
    """One step of a proposal's way, as everybody reads it (unless it is not public): when, where it led, and the
    words that say why."""

    __tablename__ = "proposal_steps"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(32))  # a State, or a `Beside`
    words_ky: Mapped[str] = mapped_column(Text, default="")
    words_ru: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[str] = mapped_column(String(120), default="", server_default="")
    period: Mapped[str] = mapped_column(String(120), default="", server_default="")
    file_id: Mapped[str | None] = mapped_column(String(64))
    by: Mapped[int | None] = mapped_column(BigId)
    by_staff: Mapped[bool] = mapped_column(default=False)
    public: Mapped[bool] = mapped_column(default=True)

    def words(self, language: str) -> str:
        """The words in that language, else in the other one."""
        first, second = (self.words_ru, self.words_ky) if language == "ru" else (self.words_ky, self.words_ru)
        return first or second


class Beside(StrEnum):
    """Steps that lead to no other state."""

    SORTED = "sorted"  # to another issue
    TOOK_IN = "took-in"  # a duplicate
    REMOVED = "removed"  # its text, by staff
    KEPT = "kept"  # shown again after reports
    ASSIGNED = "assigned"
    OVERDUE = "overdue"  # an appeal was not answered in time
    HIDDEN = "hidden"  # after reports, until staff have looked
    OBJECTED = "objected"  # its author, to that


class ProposalNote(Base):
    """What staff tell each other about a proposal; nobody else reads it."""

    __tablename__ = "proposal_notes"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(BigId)
    text: Mapped[str] = mapped_column(Text)


# --- one proposal ---
