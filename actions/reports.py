"""What happens to a text that people report? (docs/law.md#reports)"""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from actions.petitions import deciding
from actions.proposals import telling
from civic.events import Event
from civic.moderation import Rejection
from civic.people import Right, Role, refuse, why_not_may
from civic.petitions import NOT_PUBLIC, REASON_LEAST, REASON_MOST, is_member
from civic.refusals import Reason, Refused
from civic.reports import DAY, Complaint, Subject, must_hide, why_cannot_object, why_cannot_remove, why_cannot_report
from storage.municipalities import Municipality
from storage.people import Person
from storage.petitions import Petition, petition_read_by
from storage.proposals import Beside, Proposal, objection_to, proposal_to_change
from storage.reports import Look, Report, everything_reported, open_reports, reported_lately, was_kept

_REPORT = {
    name: dialect.insert(Report).on_conflict_do_nothing().returning(Report.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


async def report(
    db: AsyncSession,
    person: Person,
    home: Municipality,
    subject: Subject,
    subject_id: int,
    complaint: Complaint,
    now: datetime,
) -> bool:
    """The person finds something wrong with a text; False when they, or their phone, said so before. So many reports
    (`hide_after_reports`) hide it until staff have looked. Refused: NOT_FOUND, what `why_cannot_report` says."""
    if person.municipality_id is None:  # who has not said where they belong would find nothing
        refuse(why_cannot_report(person, own=False, lately=0))
    thing, own = await _read(db, person, subject, subject_id)
    if await is_removed(db, thing):
        raise Refused(Reason.NOT_FOUND)  # nobody reads it any more, and staff have nothing to decide
    lately = await reported_lately(db, person.id, now - DAY)
    refuse(why_cannot_report(person, own=own, lately=lately))
    row = {
        "municipality_id": home.id,
        "subject": subject,
        "subject_id": thing.id,
        "person_id": person.id,
        "phone_hash": person.phone_hash,
        "complaint": complaint,
        "at": now,
        "settled_at": None,
    }
    if await db.scalar(_REPORT[db.get_bind().dialect.name].values(row)) is None:
        return False
    _note(db, Event.TEXT_REPORTED, now, subject, thing, person, complaint=complaint.value)
    # whoever deleted their data could report it once more: nameless reports wait for staff and hide nothing
    count = sum(each.person_id is not None for each in await open_reports(db, subject, thing.id))
    kept = await was_kept(db, subject, thing.id, mark(thing))
    if thing.hidden_at is None and must_hide(count, home.settings.hide_after_reports, looked_at=kept):
        await _hide(db, subject, thing, now)
        _note(db, Event.TEXT_HIDDEN, now, subject, thing, None, count=count)
    return True


async def _hide(db: AsyncSession, subject: Subject, thing: Proposal | Petition, now: datetime) -> None:
    """Nobody reads it until staff have looked: they are told at once, and so is the author of a proposal, who may
    object."""
    thing.hidden_at = now
    once = f"text-hidden-{subject}-{thing.id}-{now.timestamp():.0f}"
    told: dict[str, Any] = {"subject": subject.value, "number": thing.id}
    readers = await telling.first_to_act(db, thing.municipality_id, Right.MODERATE)
    await telling.tell_staff(db, thing.municipality_id, readers, "text-hidden", once=once, now=now, **told)
    if isinstance(thing, Proposal):
        await telling.step(db, thing, Beside.HIDDEN.value, now, public=False)


async def why_cannot_object_now(db: AsyncSession, person: Person, proposal: Proposal) -> Reason | None:
    """What stands against an objection of the person to the hiding of that proposal."""
    return why_cannot_object(
        own=proposal.author_id is not None and proposal.author_id == person.id,
        hidden=proposal.hidden_at is not None,
        removed=proposal.removed_because is not None,
        already=await objection_to(db, proposal) is not None,
    )


async def object_to_hiding(db: AsyncSession, person: Person, proposal_id: int, words: str, now: datetime) -> Proposal:
    """The author of a hidden proposal says why it should be read again; staff read that beside the reports. Refused:
    NOT_FOUND, what `why_cannot_object` says, TOO_SHORT, TOO_LONG."""
    proposal = await proposal_to_change(db, person.municipality_id, proposal_id)
    refuse(await why_cannot_object_now(db, person, proposal))
    said = telling.in_language(telling.fitting(words, least=REASON_LEAST, most=REASON_MOST), person.language)
    await telling.step(db, proposal, Beside.OBJECTED.value, now, by=person, words=said, public=False)
    _note(db, Event.TEXT_OBJECTED, now, Subject.PROPOSAL, proposal, person)
    once = f"text-objected-{proposal.id}-{now.timestamp():.0f}"
    readers = await telling.first_to_act(db, proposal.municipality_id, Right.MODERATE)
    told: dict[str, Any] = {"subject": Subject.PROPOSAL.value, "number": proposal.id}
    await telling.tell_staff(db, proposal.municipality_id, readers, "text-hidden", once=once, now=now, **told)
    return proposal


async def keep(
    db: AsyncSession, by: Person, roles: frozenset[Role], subject: Subject, subject_id: int, now: datetime
) -> None:
    """Staff looked and find nothing wrong: it is shown again, and no report hides it before its text changes.
    Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY when it was removed."""
    refuse(why_not_may(roles, Right.MODERATE))
    thing, _ = await _read(db, by, subject, subject_id)
    if await is_removed(db, thing):
        raise Refused(Reason.DECIDED_ALREADY)
    was_hidden, thing.hidden_at = thing.hidden_at is not None, None
    await _looked(db, by, subject, thing, None, now)
    if was_hidden and isinstance(thing, Proposal):
        await telling.step(db, thing, Beside.KEPT.value, now, by=by, by_staff=True, public=False)


async def remove(
    db: AsyncSession,
    by: Person,
    roles: frozenset[Role],
    subject: Subject,
    subject_id: int,
    why: Rejection,
    words: str,
    now: datetime,
    *,
    competent: str = "",
) -> None:
    """Staff remove the text for a reason of the catalogue and in words: a petition is taken down, after the hand-over
    its text is hidden. Whoever wrote it is told, everybody reads why. Refused: NOT_YOURS (a petition needs the right to
    take petitions down), NOT_FOUND, DECIDED_ALREADY, TOO_SHORT, TOO_LONG, for a petition what `take_down` says."""
    refuse(why_cannot_remove(roles, subject))
    thing, _ = await _read(db, by, subject, subject_id)
    words = telling.fitting(words, least=REASON_LEAST, most=REASON_MOST)
    if await is_removed(db, thing):
        raise Refused(Reason.DECIDED_ALREADY)
    if isinstance(thing, Petition):
        await deciding.take_down(db, thing, by, roles, why, words, now, competent=competent)
    else:
        thing.removed_because = why
        await telling.step(
            db, thing, Beside.REMOVED.value, now, by=by, by_staff=True, words=telling.in_language(words, by.language)
        )
    thing.hidden_at = thing.hidden_at or now
    await _looked(db, by, subject, thing, why, now)


async def _read(
    db: AsyncSession, person: Person, subject: Subject, subject_id: int
) -> tuple[Proposal | Petition, bool]:
    """The text, and whether the person wrote it. Refused(NOT_FOUND) for another municipality's, and for what is not
    public."""
    if subject is Subject.PROPOSAL:
        proposal = await proposal_to_change(db, person.municipality_id, subject_id)
        return proposal, proposal.author_id is not None and proposal.author_id == person.id
    petition, _, member, _ = await petition_read_by(db, person.municipality_id or 0, subject_id, person.id)
    if petition.state in NOT_PUBLIC:
        raise Refused(Reason.NOT_FOUND)
    return petition, is_member(member)


async def is_removed(db: AsyncSession, thing: Proposal | Petition) -> bool:
    """Whether staff removed the text before."""
    if isinstance(thing, Proposal):
        return thing.removed_because is not None
    return await deciding.is_removed(db, thing)


def mark(thing: Proposal | Petition) -> str:
    """What tells one text from another: the SHA-256 of what is read."""
    parts = (thing.text,) if isinstance(thing, Proposal) else (thing.title, thing.demand, thing.reasons)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


async def _looked(
    db: AsyncSession, by: Person, subject: Subject, thing: Proposal | Petition, removed: Rejection | None, now: datetime
) -> None:
    db.add(
        Look(
            municipality_id=thing.municipality_id,
            subject=subject,
            subject_id=thing.id,
            text_mark=mark(thing),
            at=now,
            by=by.id,
            removed=removed,
        )
    )
    waiting = Report.subject == subject, Report.subject_id == thing.id, Report.settled_at.is_(None)
    await db.execute(update(Report).where(*waiting).values(settled_at=now))
    reason = removed.value if removed is not None else None
    _note(db, Event.REPORTS_SETTLED, now, subject, thing, by, removed=reason)
    await db.flush()


def _note(
    db: AsyncSession,
    event: Event,
    now: datetime,
    subject: Subject,
    thing: Proposal | Petition,
    by: Person | None,
    **details: str | int | None,
) -> None:
    journal.write(
        db,
        event,
        now,
        municipality=thing.municipality_id,
        actor=by.id if by is not None else None,
        object_id=thing.id,
        subject=subject.value,
        **details,
    )


async def forget(db: AsyncSession, person: Person) -> None:
    """That something was reported stays; who did does not."""
    own = update(Report).where(Report.person_id == person.id)
    await db.execute(own.values(person_id=None, phone_hash=None).execution_options(synchronize_session=False))


async def become(db: AsyncSession, gone: Person, owner: Person) -> None:
    """Two turned out to be one person: what both reported counts once."""
    had = {(each.subject, each.subject_id) for each in await everything_reported(db, owner.id)}
    for each in await everything_reported(db, gone.id):
        if (each.subject, each.subject_id) in had:
            await db.delete(each)
        else:
            each.person_id = owner.id
    await db.flush()
