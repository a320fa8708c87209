"""Write an announcement: a draft, its changes, new words for what was sent, templates. How it goes out stands in
actions/announcing.py."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal
from civic.announcements import (
    SEEN,
    TEXT,
    TEXT_LEAST,
    TITLE,
    TITLE_LEAST,
    URGENT,
    URGENT_LEAST,
    Audience,
    Crowd,
    State,
    why_not_plan,
)
from civic.events import Event
from civic.people import Right, Role, refuse, why_not_may
from civic.refusals import Reason, Refused
from civic.spelling import clean
from civic.subscriptions import Topic
from storage.announcements import (
    Announcement,
    AnnouncementTemplate,
    announcement_templates,
    announcement_to_change,
)
from storage.issues import get_issue
from storage.municipalities import Municipality, streets, villages
from storage.people import Person
from storage.petitions import get_petition
from storage.publications import linked_places

NAME_LEAST, NAME = 2, 60  # characters of a template's name
MOST = 50  # templates of one municipality: more nobody reads through


@dataclass(frozen=True, slots=True)
class Words:
    """What it says, in Kyrgyz and, if wanted, in Russian."""

    title_ky: str
    text_ky: str
    title_ru: str = ""
    text_ru: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that somebody decides about an announcement before it goes out."""

    topic: Topic
    words: Words
    audience: Audience
    file: str | None = None
    urgent: str = ""  # the reason; empty: it is not urgent
    at: datetime | None = None  # None: as soon as it is confirmed


def said_of(announcement: Announcement) -> Said:
    """What was decided about it so far."""
    return Said(
        announcement.topic,
        words_of(announcement),
        Audience.unpacked(announcement.audience),
        announcement.file_id,
        announcement.urgent_because,
        announcement.send_at,
    )


def words_of(announcement: Announcement) -> Words:
    """What it says now."""
    return Words(announcement.title_ky, announcement.text_ky, announcement.title_ru, announcement.text_ru)


def mark_of(announcement: Announcement) -> str:
    """Letters that change with everything that is decided about it: whoever agrees, agrees to what they saw. Nobody can
    write two announcements with the same ones, so that one is agreed to and the other is sent."""
    said = said_of(announcement)
    return hashlib.sha256(repr((said, announcement.corrects)).encode()).hexdigest()[:32]


async def make(
    db: AsyncSession, home: Municipality, said: Said, by: Person, roles: frozenset[Role], now: datetime
) -> Announcement:
    """A draft. Refused: NOT_YOURS, NOT_FOUND, TOO_SHORT, TOO_LONG, TIME_PASSED."""
    _may(home.id, by, roles)
    announcement = Announcement(municipality_id=home.id, state=State.DRAFT, remark="", made_at=now, made_by=by.id)
    await _decide(db, announcement, said, now)
    db.add(announcement)
    await db.flush()
    note(db, announcement, Event.ANNOUNCEMENT_WRITTEN, by, now)
    return announcement


async def change(
    db: AsyncSession, number: int, said: Said, by: Person, roles: frozenset[Role], now: datetime
) -> Announcement:
    """A draft says something else from now on. Whoever wrote last counts as its author, and what a second person was
    asked about has to be agreed to anew. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY, TOO_SHORT, TOO_LONG,
    TIME_PASSED."""
    announcement = await ours(db, number, by, roles)
    if announcement.state not in (State.DRAFT, State.ASKED):
        raise Refused(Reason.DECIDED_ALREADY)
    await _decide(db, announcement, said, now)
    announcement.state, announcement.made_by, announcement.approved_by = State.DRAFT, by.id, None
    note(db, announcement, Event.ANNOUNCEMENT_WRITTEN, by, now)
    return announcement


async def begin_correction(
    db: AsyncSession, number: int, words: Words, by: Person, roles: frozenset[Role], now: datetime
) -> Announcement:
    """New words for what was sent, as a draft of its own: it is previewed, agreed to and sent like the first one.
    Refused: NOT_YOURS, NOT_FOUND, NOT_SENT_YET, TOO_SHORT, TOO_LONG."""
    first = await ours(db, number, by, roles)
    if first.state not in SEEN or first.corrects is not None:
        raise Refused(Reason.NOT_SENT_YET)
    new = Announcement(
        municipality_id=first.municipality_id,
        state=State.DRAFT,
        remark="",
        made_at=now,
        made_by=by.id,
        corrects=first.id,
        topic=first.topic,
        audience=first.audience,
        urgent_because=first.urgent_because,
        file_id=first.file_id,
    )
    put(new, words)
    db.add(new)
    await db.flush()
    note(db, new, Event.ANNOUNCEMENT_WRITTEN, by, now)
    return new


# --- templates ---


async def keep_as_template(
    db: AsyncSession, announcement: Announcement, name: str, by: Person, roles: frozenset[Role], now: datetime
) -> AnnouncementTemplate:
    """Its words can be begun from again. Refused: NOT_YOURS, NOT_FOUND, TOO_SHORT, TOO_LONG, TOO_MANY_LINES for the
    fifty-first."""
    _may(announcement.municipality_id, by, roles)
    there = len(await announcement_templates(db, announcement.municipality_id))
    if there >= MOST:
        raise Refused(Reason.TOO_MANY_LINES, most=MOST, is_now=there + 1)
    template = AnnouncementTemplate(
        municipality_id=announcement.municipality_id,
        name=fitting(name, NAME_LEAST, NAME),
        title_ky=announcement.title_ky,
        title_ru=announcement.title_ru,
        text_ky=announcement.text_ky,
        text_ru=announcement.text_ru,
        made_by=by.id,
        made_at=now,
    )
    db.add(template)
    await db.flush()
    _note_template(db, template, by, now)
    return template


def put_template_away(
    db: AsyncSession, template: AnnouncementTemplate, by: Person, roles: frozenset[Role], now: datetime, *, away: bool
) -> None:
    """It is offered no more, or again. Refused: NOT_YOURS, NOT_FOUND."""
    _may(template.municipality_id, by, roles)
    template.removed_at = now if away else None
    _note_template(db, template, by, now)


def _note_template(db: AsyncSession, template: AnnouncementTemplate, by: Person, now: datetime) -> None:
    home = template.municipality_id
    journal.write(db, Event.TEMPLATE_WRITTEN, now, municipality=home, actor=by.id, object_id=template.id)


# --- together ---


def _may(municipality_id: int, by: Person, roles: frozenset[Role]) -> None:
    refuse(why_not_may(roles, Right.PUBLISH))
    if by.municipality_id != municipality_id:
        raise Refused(Reason.NOT_FOUND)


async def ours(db: AsyncSession, number: int, by: Person, roles: frozenset[Role]) -> Announcement:
    """That announcement, for somebody who changes it. Refused: NOT_YOURS, NOT_FOUND."""
    refuse(why_not_may(roles, Right.PUBLISH))
    return await announcement_to_change(db, by.municipality_id, number)


def note(db: AsyncSession, announcement: Announcement, event: Event, by: Person, now: datetime) -> None:
    """It stands in the journal."""
    journal.write(db, event, now, municipality=announcement.municipality_id, actor=by.id, object_id=announcement.id)


async def _decide(db: AsyncSession, announcement: Announcement, said: Said, now: datetime) -> None:
    refuse(why_not_plan(said.at, now))
    await _is_ofours(db, announcement.municipality_id, said.audience)
    put(announcement, said.words)
    announcement.topic, announcement.file_id, announcement.send_at = said.topic, said.file, said.at
    announcement.audience = said.audience.packed()
    announcement.urgent_because = fitting(said.urgent, URGENT_LEAST, URGENT) if said.urgent else ""


def put(announcement: Announcement, words: Words) -> None:
    """Whoever reads Russian reads all of it in Russian: title and text, or neither."""
    announcement.title_ky = fitting(words.title_ky, TITLE_LEAST, TITLE)
    announcement.text_ky = fitting(words.text_ky, TEXT_LEAST, TEXT)
    russian = bool(words.title_ru or words.text_ru)
    announcement.title_ru = fitting(words.title_ru, TITLE_LEAST, TITLE) if russian else ""
    announcement.text_ru = fitting(words.text_ru, TEXT_LEAST, TEXT) if russian else ""


def fitting(words: str, least: int, most: int) -> str:
    """The words without what cannot be read. Refused: TOO_SHORT, TOO_LONG."""
    text = clean(words)
    if len(text) < least:
        raise Refused(Reason.TOO_SHORT, least=least)
    if len(text) > most:
        raise Refused(Reason.TOO_LONG, most=most, is_now=len(text))
    return text


async def _is_ofours(db: AsyncSession, municipality: int, audience: Audience) -> None:
    """Refused(NOT_FOUND) for villages, issues, petitions, roles and channels that are not the municipality's."""
    known: set[Any] = set(audience.which)
    match audience.crowd:
        case Crowd.VILLAGES:
            known = {village.id for village in await villages(db, municipality)}
        case Crowd.STREETS:
            known = {street.id for street in await streets(db, municipality)}
        case Crowd.ISSUE:
            for issue in audience.which:
                await get_issue(db, municipality, issue)
        case Crowd.PETITION:
            for petition in audience.which:
                await get_petition(db, municipality, petition)
    needed = audience.crowd in (Crowd.VILLAGES, Crowd.STREETS, Crowd.ISSUE, Crowd.PETITION)
    places = {place.id for place in await linked_places(db, municipality)} if audience.places else set[int]()
    if (
        not known >= set(audience.which)
        or bool(audience.which) != needed
        or not {str(role) for role in Role} >= set(audience.roles)
        or bool(audience.roles) != (audience.crowd is Crowd.STAFF)
        or not places >= set(audience.places)
        or (audience.crowd is Crowd.PLACES and not audience.places)
    ):
        raise Refused(Reason.NOT_FOUND)
