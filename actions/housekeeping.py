"""Tidy up what is not needed any more."""

from datetime import datetime, timedelta

from sqlalchemy import Text, cast, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from storage import inbox
from storage.announcements import Announcement
from storage.changes import IssueChange
from storage.drafts import Draft
from storage.files import File
from storage.groups import forget_requests
from storage.issues import Issue
from storage.outbox import Letter
from storage.people import Account, Appointment, Invitation, Person
from storage.petitions import Petition, Sheet
from storage.proposals import Proposal, ProposalFile, ProposalStep
from storage.publications import Publication

INBOX_KEPT = timedelta(days=3)
CANCELLED_KEPT = timedelta(days=7)
UNFINISHED_KEPT = timedelta(days=90)
PRESSURE_BEGINS, PRESSURE_KEPT = "ek:", timedelta(hours=1)  # who began to tell that they were forced to sign
GUESTS_KEPT = timedelta(days=180)
INVITATIONS_KEPT = timedelta(days=90)
A_FILE_MAY_WAIT = timedelta(days=1)
_WHERE_FILES_STAND = (
    Announcement.file_id,
    Issue.file_id,
    Publication.file_id,
    Petition.file_id,
    Petition.answer_file_id,
    Sheet.file_id,
    Proposal.answer_file_id,
    ProposalFile.file_id,
    ProposalStep.file_id,
    IssueChange.before["file_id"].as_string(),
    IssueChange.after["file_id"].as_string(),
)


async def empty_inbox(db: AsyncSession, now: datetime) -> int:
    """Deletes arrivals that were settled and answered three days ago; returns how many."""
    return await inbox.purge(db, now - INBOX_KEPT)


async def drop_old_drafts(db: AsyncSession, now: datetime) -> int:
    """Deletes drafts that were cancelled a week ago or left unfinished for ninety days, and of who began to tell that
    they were forced, after an hour; returns how many."""
    old = (Draft.dropped_at < now - CANCELLED_KEPT) | (Draft.changed_at < now - UNFINISHED_KEPT)
    telling = Draft.begun_by.startswith(PRESSURE_BEGINS) & (Draft.changed_at < now - PRESSURE_KEPT)
    gone = await db.execute(delete(Draft).where(old | telling))
    return gone.rowcount  # type: ignore[attr-defined,no-any-return]


async def let_guests_go(db: AsyncSession, now: datetime) -> int:
    """Deletes people who never agreed that anything is kept and came half a year ago; returns how many."""
    guests = list(
        await db.scalars(
            select(Person.id)
            .where(
                Person.consented_at.is_(None),
                Person.forgotten_at.is_(None),
                Person.created_at < now - GUESTS_KEPT,
                Person.id.not_in(select(Appointment.person_id)),  # staff are no guests, whatever they agreed to
            )
            .limit(1_000)
        )
    )
    if guests:
        await journal.forget(db, guests)
        await forget_requests(db, guests, now)
        for table in (Draft, Letter, Account):
            await db.execute(delete(table).where(table.person_id.in_(guests)))
        await db.execute(delete(Person).where(Person.id.in_(guests)))
    return len(guests)


async def drop_old_invitations(db: AsyncSession, now: datetime) -> int:
    """Deletes invitations, and with them the names in them, that nobody took up within ninety days after their link
    had ended; returns how many."""
    ended = Invitation.ends_at < now - INVITATIONS_KEPT
    gone = await db.execute(delete(Invitation).where(Invitation.used_at.is_(None), ended))
    return gone.rowcount  # type: ignore[attr-defined,no-any-return]


async def drop_unwanted_files(db: AsyncSession, now: datetime) -> int:
    """Deletes files to which no issue, no version of one, no publication and no answer of a form refers, a day after
    they were last sent; returns how many."""
    gone = delete(File).where(File.kept_at < now - A_FILE_MAY_WAIT)
    for place in _WHERE_FILES_STAND:
        gone = gone.where(File.id.not_in(select(place).where(place.is_not(None))))
    answers = select(Draft.person_id).where(cast(Draft.answers, Text).contains(File.id))
    return (await db.execute(gone.where(~answers.exists()))).rowcount  # type: ignore[attr-defined,no-any-return]
