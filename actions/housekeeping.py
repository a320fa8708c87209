"""Tidy up what is not needed any more."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Text, cast, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, people
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
WHATSAPP_INBOX_KEPT = timedelta(days=8)  # Meta repeats for seven
CANCELLED_KEPT = timedelta(days=7)
UNFINISHED_KEPT = timedelta(days=90)
PRESSURE_BEGINS, PRESSURE_KEPT = "ek:", timedelta(hours=1)  # who began to tell that they were forced to sign
GUESTS_KEPT = timedelta(days=180)
INVITATIONS_KEPT = timedelta(days=90)
LETTERS_KEPT = timedelta(days=56)
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
    """Deletes arrivals that were settled and answered longer ago than their messenger repeats them; returns how
    many."""
    kept = {"telegram": INBOX_KEPT, "whatsapp": WHATSAPP_INBOX_KEPT}
    return sum([await inbox.purge(db, messenger, now - days) for messenger, days in kept.items()])


async def drop_old_drafts(db: AsyncSession, now: datetime) -> int:
    """Deletes drafts that were cancelled a week ago or left unfinished for ninety days, and of who began to tell that
    they were forced, after an hour; returns how many."""
    old = (Draft.dropped_at < now - CANCELLED_KEPT) | (Draft.changed_at < now - UNFINISHED_KEPT)
    telling = Draft.begun_by.startswith(PRESSURE_BEGINS) & (Draft.changed_at < now - PRESSURE_KEPT)
    gone = await db.execute(delete(Draft).where(old | telling))
    return gone.rowcount  # type: ignore[attr-defined,no-any-return]


async def drop_old_letters(db: AsyncSession, now: datetime) -> int:
    """Deletes what the bot told people eight weeks ago; returns how many letters. Those of a broadcast and the changes
    of an announcement stay, for its figures; those about a petition until its names go, for nobody is told a thing of
    it twice, however long it lasts."""
    gone = delete(Letter).where(
        Letter.done_at < now - LETTERS_KEPT,
        Letter.person_id.is_not(None),
        Letter.broadcast_id.is_(None),
        Letter.key.not_like("announcement-%"),
        Letter.once.not_like("petition-%"),
    )
    done = await db.execute(gone.execution_options(synchronize_session=False))
    return done.rowcount  # type: ignore[attr-defined,no-any-return]


async def let_guests_go(db: AsyncSession, now: datetime) -> int:
    """Deletes people who never agreed that anything is kept and came half a year ago. One at whom
    something still points is forgotten instead, and keeps nobody else. Returns how many."""
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
    if not guests:
        return 0
    try:
        async with db.begin_nested():
            await let_go(db, guests, now)
    except IntegrityError:  # something still points at one of them: they go one by one, and keep nobody else
        for guest in guests:
            await _let_go_or_forget(db, guest, now)
    return len(guests)


async def _let_go_or_forget(db: AsyncSession, guest: int, now: datetime) -> None:
    """Whoever cannot be deleted is forgotten as if they had asked for it: a row without a name stays."""
    try:
        async with db.begin_nested():
            await let_go(db, [guest], now)
    except IntegrityError:
        await people.forget(db, await db.get_one(Person, guest), now)


async def let_go(db: AsyncSession, guests: Sequence[int], now: datetime) -> None:
    """Deletes people of whom nothing is kept that they agreed to."""
    await journal.forget(db, guests)
    await forget_requests(db, guests, now)
    for table in (Draft, Letter, Account):
        gone = delete(table).where(table.person_id.in_(guests)).execution_options(synchronize_session=False)
        await db.execute(gone)
    await db.execute(delete(Person).where(Person.id.in_(guests)).execution_options(synchronize_session=False))


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
