"""Begin a petition, change its text, send it in, withdraw it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import telling
from civic.events import Event
from civic.municipalities import Settings
from civic.people import Right, refuse
from civic.petitions import (
    DEMAND,
    LEAST,
    REASON_LEAST,
    REASON_MOST,
    REASONS,
    SIGNED,
    TITLE,
    Membership,
    PetitionKind,
    State,
    group_size,
    is_member,
    why_cannot_begin,
    why_cannot_change,
    why_cannot_send,
)
from civic.refusals import Reason, Refused
from civic.spelling import clean, fold
from civic.stops import Stoppable
from storage.issues import get_issue
from storage.municipalities import Municipality, get_street, get_village
from storage.people import Person
from storage.petitions import Member, Petition, begun_by, members_of
from storage.stops import stop_of
from storage.workdays import workdays_of

A_MONTH = timedelta(days=30)
LINK_WORD = 5  # bytes of the word in a link: short enough to be typed from a poster


@dataclass(frozen=True, slots=True)
class Text:
    """What a petition says: `issue` None is «other»; without village it is for the whole municipality; `about` holds
    what an assembly needs (`place`, `people`)."""

    title: str
    demand: str
    reasons: str
    language: str
    issue: int | None = None
    village: int | None = None
    street: int | None = None
    file: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)


async def may_begin(db: AsyncSession, person: Person, home: Municipality, now: datetime) -> None:
    """Asked before anybody writes a long text in vain. Refused: NOT_FOUND, STOPPED, what `why_cannot_begin` says,
    NEEDS_NAME."""
    if person.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)
    stop = await stop_of(db, home.id, Stoppable.PETITIONS)
    if stop is not None:
        raise Refused(Reason.STOPPED, notice=stop.notice(person.language))
    drafts, begun = await begun_by(db, person.id, now - A_MONTH)
    refuse(why_cannot_begin(person, drafts=drafts, begun=begun))
    if person.name_sealed is None:
        raise Refused(Reason.NEEDS_NAME)


async def begin(
    db: AsyncSession, kind: PetitionKind, text: Text, person: Person, home: Municipality, now: datetime
) -> Petition:
    """A draft, with the person as the first member and co-ordinator of its group. Refused: NOT_FOUND, STOPPED, what
    `why_cannot_begin` says, NEEDS_NAME, TOO_SHORT and TOO_LONG for a text."""
    await may_begin(db, person, home, now)
    petition = Petition(
        municipality_id=home.id,
        kind=kind,
        state=State.DRAFT,
        group_word=new_word(),
        link_word=secrets.token_hex(LINK_WORD),
        begun_at=now,
        changed_at=now,
        signed=0,
        on_paper=0,
        reached=0,
        told=0,
    )
    await _take(db, petition, text)
    db.add(petition)
    await db.flush()
    db.add(
        Member(
            municipality_id=home.id,
            petition_id=petition.id,
            person_id=person.id,
            standing=Membership.ACCEPTED,
            leads=True,
            began=True,
            name_sealed=person.name_sealed,
            shown_name=person.shown_name,
            since=now,
        )
    )
    telling.note(db, petition, Event.PETITION_BEGUN, now, person, kind=kind.value)
    await db.flush()
    return petition


def new_word() -> str:
    """A word for the link of a group that nobody guesses."""
    return secrets.token_urlsafe(12)


async def _take(db: AsyncSession, petition: Petition, text: Text) -> None:
    """The petition says that from now on. Refused: NOT_FOUND for an issue, village or street of elsewhere."""
    home = petition.municipality_id
    if text.issue is not None:
        await get_issue(db, home, text.issue)
    if text.village is not None:
        await get_village(db, home, text.village)
    if text.street is not None and (await get_street(db, home, text.street)).village_id != text.village:
        raise Refused(Reason.NOT_FOUND)
    said = {"title": (text.title, TITLE), "demand": (text.demand, DEMAND), "reasons": (text.reasons, REASONS)}
    for name, (words, most) in said.items():
        setattr(petition, name, telling.reason_of(clean(words), least=LEAST, most=most))
    petition.language, petition.issue_id, petition.file_id = text.language, text.issue, text.file
    petition.village_id, petition.street_id, petition.about = text.village, text.street, dict(text.about)
    pieces = {piece for piece in fold(f"{petition.title} {petition.demand}").split() if len(piece) > 1}
    petition.found_by = " ".join(sorted(pieces))


async def edit(
    db: AsyncSession, petition: Petition, member: Member | None, person: Person, text: Text, now: datetime
) -> None:
    """A member of the group gives the draft another text. Refused: GROUP_ONLY, TOO_LATE, and what `begin` says of
    texts."""
    refuse(why_cannot_change(petition, member))
    await _take(db, petition, text)
    petition.changed_at = now
    telling.note(db, petition, Event.PETITION_EDITED, now, person)


async def send(
    db: AsyncSession,
    petition: Petition,
    member: Member | None,
    person: Person,
    home: Municipality,
    now: datetime,
    today: date,
) -> None:
    """The group sends it in: a petition is checked first, a request for an assembly goes to be registered at once.
    Refused: what `why_cannot_send` says (GROUP_TOO_SMALL with the numbers), STOPPED."""
    members, numbers = len(await members_of(db, petition.id)), home.settings
    reason = why_cannot_send(petition, member, members=members, numbers=numbers)
    if reason is not None:
        raise Refused(reason, **group_details(petition, numbers, members))
    stop = await stop_of(db, home.id, Stoppable.PETITIONS)
    if stop is not None:
        raise Refused(Reason.STOPPED, notice=stop.notice(person.language))
    days = await workdays_of(db, home.id)
    if petition.kind is PetitionKind.ASSEMBLY:
        petition.state, petition.handed_over_at = State.HANDED_OVER, now
        petition.register_until = days.after(today, numbers.appeal_register_working_days)
        right, key = Right.ANSWER, "petition-handed-over"
    else:
        petition.state = State.CHECKING
        petition.check_until = days.after(today, numbers.petition_moderation_working_days)
        right, key = Right.MODERATE, "petition-new"
    petition.lock_by = petition.lock_until = None
    petition.warned = 0
    telling.step(db, petition, petition.state.value, now, by=person)
    telling.note(db, petition, Event.PETITION_SENT, now, person, state=petition.state.value)
    await telling.tell_staff(db, petition, right, key, once=f"sent-{now.timestamp()}", now=now)
    await telling.tell_group(db, petition, "petition-sent", once=f"sent-{now.timestamp()}", now=now, besides=person)


def group_details(petition: Petition, numbers: Settings, members: int) -> dict[str, int]:
    """The numbers that belong to the words of GROUP_TOO_SMALL and GROUP_FULL."""
    least, most = group_size(petition.kind, numbers)
    return {"least": least, "most": most, "count": members}


async def withdraw(
    db: AsyncSession, petition: Petition, member: Member | None, person: Person, words: str, now: datetime
) -> None:
    """The co-ordinator takes the petition back for the group, with a reason that everybody reads. Refused: GROUP_ONLY,
    TOO_LATE once it is handed over, TOO_SHORT, TOO_LONG."""
    if not is_member(member) or member is None or not member.leads:
        raise Refused(Reason.GROUP_ONLY)
    if petition.state not in (State.DRAFT, State.CHECKING, State.RETURNED, State.OPEN, State.COMPLETE):
        raise Refused(Reason.TOO_LATE)
    words = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    was_signed = petition.state in SIGNED
    petition.state, petition.remark, petition.final_at = State.WITHDRAWN, words, now
    telling.step(db, petition, State.WITHDRAWN.value, now, words=words, by=person)
    telling.note(db, petition, Event.PETITION_WITHDRAWN, now, person)
    tell = telling.tell_everybody if was_signed else telling.tell_group
    await tell(db, petition, "petition-withdrawn", once="withdrawn", now=now)
