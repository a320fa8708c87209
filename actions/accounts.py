"""One person, several messengers: accounts are joined by a code, or by a phone that both messengers proved."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, outbox, reports
from actions.petitions import leaving
from actions.proposals import supporting
from civic.events import Event
from civic.people import CHANGES_HANDS, Notify, came_later, has_agreed, is_fresh_proof
from civic.refusals import Reason, Refused
from storage.announcements import Announcement
from storage.broadcasts import Broadcast
from storage.cards import Card
from storage.changes import IssueChange
from storage.drafts import Draft, find_draft
from storage.groups import PlaceRequest
from storage.issues import Following
from storage.journal import Entry
from storage.opinions import OpinionPoll
from storage.outbox import join_letters
from storage.people import (
    Account,
    Appointment,
    Invitation,
    JoinCode,
    Person,
    accounts_of,
    ever_held,
    person_with_all,
    set_loaded,
)
from storage.petitions import Flag, Invalidation, Petition, PetitionStep, Sheet
from storage.proposals import Proposal, ProposalNote, ProposalStep
from storage.publications import LinkedPlace, Publication
from storage.reports import Look
from storage.stops import Stop
from storage.subscriptions import join_subscriptions
from storage.thresholds import PetitionRule

CODE_LASTS = timedelta(minutes=15)
MOVED_CODE_LASTS = timedelta(days=1)  # it is sent to one person, whom the messenger itself names
CODE_LENGTH = 8
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no two that look alike
# whose acts these were, or to whom they are addressed: they are the joined person's from then on
_FOLLOW = (
    (Entry, "actor_id"),
    (IssueChange, "by"),
    (Publication, "by"),
    (LinkedPlace, "linked_by"),
    (PlaceRequest, "person_id"),
    (PlaceRequest, "decided_by"),
    (Invitation, "made_by"),
    (Invitation, "used_by"),
    (Appointment, "granted_by"),
    (Person, "confirmed_by"),
    (Petition, "decided_by"),
    (Petition, "answered_by"),
    (PetitionStep, "by"),
    (Sheet, "entered_by"),
    (Sheet, "removed_by"),
    (Invalidation, "by"),
    (Flag, "settled_by"),
    (Proposal, "entered_by"),
    (Proposal, "officer_id"),
    (Proposal, "answered_by"),
    (ProposalStep, "by"),
    (ProposalNote, "by"),
    (Look, "by"),
    (PetitionRule, "made_by"),
    (Stop, "by"),
    (Stop, "lifted_by"),
    (Announcement, "made_by"),
    (Announcement, "approved_by"),
    (Broadcast, "by"),
    (OpinionPoll, "asked_by"),
    (Card, "put_by"),
)


def _hash(code: str) -> str:
    return hashlib.sha256(code.upper().encode()).hexdigest()


async def make_code(db: AsyncSession, person: Person, now: datetime, *, lasts: timedelta = CODE_LASTS) -> str:
    """A code by which the person's other messenger is joined, once and within fifteen minutes unless it lasts longer;
    an earlier one is worth nothing any more. Refused(NEEDS_CONSENT) for somebody of whom nothing is kept."""
    if not has_agreed(person):
        raise Refused(Reason.NEEDS_CONSENT)
    await db.execute(delete(JoinCode).where(JoinCode.person_id == person.id))
    code = "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))
    db.add(JoinCode(person_id=person.id, code_hash=_hash(code), ends_at=now + lasts))
    return code


async def owner_of(db: AsyncSession, code: str, person: Person, now: datetime) -> Person:
    """Who made the code, if it still stands and the two may be joined. Refused: NOT_FOUND, LINK_ENDED, ALREADY_JOINED
    for one's own, SAME_MESSENGER, OFFICE_HERE when the one who brings the code holds or held a role: then the code is
    to be made where the office is."""
    found = await db.scalar(select(JoinCode).where(JoinCode.code_hash == _hash(code)))
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    if now > found.ends_at:
        raise Refused(Reason.LINK_ENDED)
    if found.person_id == person.id:
        raise Refused(Reason.ALREADY_JOINED)
    owner = await person_with_all(db, found.person_id)
    if owner is None:
        raise Refused(Reason.NOT_FOUND)
    here, there = [{account.messenger for account in await accounts_of(db, who.id)} for who in (person, owner)]
    if here & there:
        raise Refused(Reason.SAME_MESSENGER)
    if await ever_held(db, person.id):
        raise Refused(Reason.OFFICE_HERE)  # or a stranger's code would take the office along
    return owner


async def twin_of(db: AsyncSession, person: Person, now: datetime) -> Person | None:
    """Somebody with the same proven phone who speaks by another messenger: most likely the same person. Only while
    both proofs are fresh, for a number changes hands; and never where one of the two holds or held a role: an office
    must not be carried along; staff join by a code."""
    if person.phone_hash is None or not is_fresh_proof(person, now) or await ever_held(db, person.id):
        return None
    here = {account.messenger for account in await accounts_of(db, person.id)}
    query = (
        select(Person.id)
        .where(Person.phone_hash == person.phone_hash, Person.id != person.id, Person.forgotten_at.is_(None))
        .where(Person.phone_proven_at >= now - CHANGES_HANDS)
    )
    for number in await db.scalars(query.order_by(Person.id)):
        there = {account.messenger for account in await accounts_of(db, number)}
        if there and not there & here and not await ever_held(db, number):
            return await person_with_all(db, number)
    return None


async def join_by_code(db: AsyncSession, account: Account, code: str, now: datetime) -> Person:
    """The account belongs from now on to the person who made the code, with everything its own person had. Gives that
    person. Refused: what `owner_of` says."""
    owner = await owner_of(db, code, account.person, now)
    await db.execute(delete(JoinCode).where(JoinCode.person_id == owner.id))
    return await _join(db, account, owner, now, how="code")


async def join_by_phone(db: AsyncSession, account: Account, now: datetime) -> Person:
    """The account joins the person with the same proven phone. Refused(NOT_FOUND) when there is none."""
    twin = await twin_of(db, account.person, now)
    if twin is None:
        raise Refused(Reason.NOT_FOUND)
    return await _join(db, account, twin, now, how="phone")


async def _join(db: AsyncSession, account: Account, owner: Person, now: datetime, *, how: str) -> Person:
    gone, gone_id = account.person, account.person_id
    has_others = bool(await accounts_of(db, owner.id))
    for table, column in _FOLLOW:
        attribute = getattr(table, column)
        await db.execute(update(table).where(attribute == gone.id).values({column: owner.id}))
    followed = select(Following.issue_id).where(Following.person_id == owner.id)
    await db.execute(delete(Following).where(Following.person_id == gone.id, Following.issue_id.in_(followed)))
    await db.execute(update(Following).where(Following.person_id == gone.id).values(person_id=owner.id))
    await leaving.become(db, gone, owner, now)
    await supporting.become(db, gone, owner)
    await reports.become(db, gone, owner)
    await join_subscriptions(db, gone.id, owner.id)
    await join_letters(db, gone.id, owner.id, now)
    await _join_draft(db, gone, owner)
    account.brought_phone = owner.phone_hash is None and gone.phone_hash is not None
    if account.brought_phone:
        owner.phone_hash, owner.phone_sealed = gone.phone_hash, gone.phone_sealed
        owner.phone_proven_at = gone.phone_proven_at
    await db.execute(delete(JoinCode).where(JoinCode.person_id == gone.id))
    await db.execute(update(Account).where(Account.person_id == gone.id).values(person_id=owner.id))
    account.person_id = owner.id
    account.joined_at = now if has_others else None
    account.office_rests = has_others and await ever_held(db, owner.id)
    await db.flush()
    await db.execute(delete(Person).where(Person.id == gone.id).execution_options(synchronize_session=False))
    db.expunge(gone)
    set_loaded(account, "person", owner)
    await _tell(db, owner, account, now)
    # the entries of the joined person carry the mark of their number: this entry says whose number it was
    journal.write(
        db, Event.ACCOUNTS_JOINED, now, municipality=owner.municipality_id, actor=owner.id, object_id=gone_id, how=how
    )
    return owner


async def _tell(db: AsyncSession, owner: Person, joined: Account, now: datetime) -> None:
    """Those who were there before learn of it in the messenger they used: a code may have been talked out of them."""
    for account in await accounts_of(db, owner.id):
        if account.id != joined.id and owner.municipality_id is not None:
            await outbox.post(
                db,
                [owner],
                "accounts-joined",
                once=f"accounts-joined:{joined.id}:{account.id}:{now.timestamp()}",
                municipality=owner.municipality_id,
                now=now,
                account=account.id,
                joined=joined.id,
            )


async def part(db: AsyncSession, by: Account, account_id: int, now: datetime) -> bool:
    """An account that joined the person later than `by` belongs to nobody known any more: whoever uses it begins as a
    guest, and takes along the phone that came with it or since. False for every other account: who was there before
    is removed by nobody who came after."""
    person = by.person
    account = await _joined_after(db, by, account_id)
    if account is None or account.joined_at is None:
        return False
    if account.brought_phone or (person.phone_proven_at is not None and person.phone_proven_at >= account.joined_at):
        person.phone_hash = person.phone_sealed = person.phone_proven_at = None
    guest = Person(created_at=now, language=person.language, language_chosen=True, notify=Notify.NEVER)
    guest.municipality_id = person.municipality_id
    db.add(guest)
    await db.flush()
    account.person_id, account.at = guest.id, None
    account.joined_at, account.office_rests, account.brought_phone = None, False, False
    set_loaded(account, "person", guest)
    await db.flush()
    journal.write(db, Event.ACCOUNTS_PARTED, now, municipality=person.municipality_id, actor=person.id)
    return True


async def confirm_office(db: AsyncSession, by: Account, account_id: int, now: datetime) -> None:
    """Whoever holds an office says, where the office is, that an account which joined later is their own: it may use
    the office from now on. Refused: OFFICE_RESTS where the office rests as well, NOT_FOUND for an account that is not
    theirs or was there before."""
    if by.office_rests:
        raise Refused(Reason.OFFICE_RESTS)
    account = await _joined_after(db, by, account_id)
    if account is None:
        raise Refused(Reason.NOT_FOUND)
    wake_office(db, account, by.person, now)


def wake_office(db: AsyncSession, account: Account, person: Person, now: datetime) -> None:
    """The office rests no more at that account of the person; nothing happens where it did not."""
    if account.office_rests:
        account.office_rests = False
        journal.write(db, Event.OFFICE_CONFIRMED, now, municipality=person.municipality_id, actor=person.id)


async def _joined_after(db: AsyncSession, by: Account, account_id: int) -> Account | None:
    """That account of the same person, where it came later than `by`."""
    mine = await accounts_of(db, by.person_id)
    return next((each for each in mine if each.id == account_id and came_later(each, by)), None)


async def _join_draft(db: AsyncSession, gone: Person, owner: Person) -> None:
    """What was begun goes on; where both have begun something, the newer one stays."""
    drafts = {
        draft.person_id: draft
        for draft in await db.scalars(select(Draft).where(Draft.person_id.in_([gone.id, owner.id])))
    }
    theirs, own = drafts.get(gone.id), drafts.get(owner.id)
    gone.draft = None
    for draft in drafts.values():
        db.expunge(draft)
    newer = theirs is not None and (own is None or own.dropped_at is not None or own.changed_at < theirs.changed_at)
    await db.execute(delete(Draft).where(Draft.person_id == (owner.id if newer else gone.id)))
    await db.execute(update(Draft).where(Draft.person_id == gone.id).values(person_id=owner.id))
    owner.draft = await find_draft(db, owner.id)
