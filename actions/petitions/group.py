"""Who is in the initiative group: joining by its link, declining, leaving, being replaced; and news to who signed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import telling
from actions.petitions.writing import group_details, new_word
from civic.events import Event
from civic.people import has_agreed, refuse
from civic.petitions import (
    FINAL,
    INVITES_A_DAY,
    LEAD_AWAY,
    LEAST,
    NEWS,
    SIGNED,
    Membership,
    State,
    is_member,
    why_cannot_join,
    why_cannot_take_over,
)
from civic.refusals import Reason, Refused
from civic.spelling import clean
from storage.municipalities import Municipality
from storage.people import Person
from storage.petitions import Member, Petition, find_member, last_step, members_of, phone_stands, seen_of


async def join(db: AsyncSession, petition: Petition, person: Person, home: Municipality, now: datetime) -> Member:
    """The person joins the group. The group's link led them here. Refused: NOT_FOUND for somebody of another
    municipality, what `why_cannot_join` says, NEEDS_NAME, ALREADY_MEMBER, LINK_ENDED for somebody the group removed,
    PHONE_IN_GROUP when somebody with the same proven phone is a member: one person with two messengers is one."""
    if petition.municipality_id != person.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    await _alone(db, petition)
    members = await members_of(db, petition.id)
    reason = why_cannot_join(petition, person, members=len(members), numbers=home.settings)
    found = await find_member(db, petition.id, person.id)
    if is_member(found):
        raise Refused(Reason.ALREADY_MEMBER)
    if reason is not None:
        raise Refused(reason, **group_details(petition, home.settings, len(members)))
    twin = await phone_stands(db, petition.id, person)
    if twin is Membership.ACCEPTED:
        raise Refused(Reason.PHONE_IN_GROUP)
    if Membership.REMOVED in (twin, found.standing if found is not None else None):
        raise Refused(Reason.LINK_ENDED)
    if person.name_sealed is None:
        raise Refused(Reason.NEEDS_NAME)
    await _not_too_many(db, petition, now)
    found = _set(db, petition, found, person, Membership.ACCEPTED, now)
    found.leads = not members
    telling.note(db, petition, Event.GROUP_JOINED, now, person)
    await _tell_lead(db, petition, members, "group-joined", once=f"joined-{person.id}-{now:%F}", now=now)
    await db.flush()
    return found


async def _tell_lead(
    db: AsyncSession, petition: Petition, members: Sequence[Member], key: str, *, once: str, now: datetime
) -> None:
    """Only the co-ordinator hears of everybody who comes or declines: fifteen members would read a hundred letters.
    Whoever comes and goes again and again is told of once a day, or they could flood the others with letters."""
    leads = [each.person_id for each in members if each.leads and each.person_id is not None]
    people = (await db.scalars(select(Person).where(Person.id.in_(leads)))).all()
    await telling.tell(db, petition, people, key, once=once, now=now)


async def _alone(db: AsyncSession, petition: Petition) -> None:
    """Whoever else would change this group waits until this is committed: of two who come for the last place, one."""
    await db.execute(select(Petition.id).where(Petition.id == petition.id).with_for_update())


async def _not_too_many(db: AsyncSession, petition: Petition, now: datetime) -> None:
    recent = select(func.count()).where(Member.petition_id == petition.id, Member.since > now - timedelta(days=1))
    if (await db.scalar(recent) or 0) >= INVITES_A_DAY:
        raise Refused(Reason.TOO_OFTEN)


def _set(
    db: AsyncSession, petition: Petition, found: Member | None, person: Person, standing: Membership, now: datetime
) -> Member:
    if found is None:
        found = Member(municipality_id=petition.municipality_id, petition_id=petition.id, person_id=person.id)
        found.began = False
        db.add(found)
    found.standing, found.since, found.until, found.leads = standing, now, None, False
    found.name_sealed, found.shown_name = person.name_sealed, person.shown_name
    return found


async def decline(db: AsyncSession, petition: Petition, person: Person, now: datetime) -> bool:
    """The person says no to the invitation; gives whether the co-ordinator learns that somebody did. Of whoever has not
    agreed that anything is kept, or belongs to no place or another one, nothing is written. Refused: ALREADY_MEMBER
    for a member, who leaves instead."""
    if not has_agreed(person) or petition.municipality_id != person.municipality_id:
        return False
    found = await find_member(db, petition.id, person.id)
    if is_member(found):
        raise Refused(Reason.ALREADY_MEMBER)
    if found is None or found.standing is not Membership.DECLINED:
        declined = _set(db, petition, found, person, Membership.DECLINED, now)
        declined.name_sealed, declined.shown_name = None, ""
        members = await members_of(db, petition.id)
        await _tell_lead(db, petition, members, "group-declined", once=f"declined-{person.id}", now=now)
        await db.flush()
    return True


async def leave(db: AsyncSession, petition: Petition, member: Member | None, person: Person, now: datetime) -> None:
    """A member resigns; when it was the co-ordinator, the longest-standing member leads from now on. Refused:
    GROUP_ONLY, and GROUP_TOO_SMALL for the last one, who withdraws the petition instead."""
    if not is_member(member) or member is None:
        raise Refused(Reason.GROUP_ONLY)
    await _end(db, petition, member, Membership.LEFT, now)
    telling.note(db, petition, Event.GROUP_LEFT, now, person)
    await telling.tell_group(db, petition, "group-left", once=f"left-{member.id}-{now:%F}", now=now)


async def remove(
    db: AsyncSession, petition: Petition, member: Member | None, gone: Member, person: Person, now: datetime
) -> None:
    """The co-ordinator takes somebody out of the group, who is told and cannot come back by the link. Refused:
    GROUP_ONLY for whoever is not the co-ordinator, NOT_FOUND, TOO_LATE after the answer."""
    if not is_member(member) or member is None or not member.leads or gone.id == member.id:
        raise Refused(Reason.GROUP_ONLY)
    if gone.petition_id != petition.id or not is_member(gone):
        raise Refused(Reason.NOT_FOUND)
    if petition.state in FINAL:
        raise Refused(Reason.TOO_LATE)
    await _end(db, petition, gone, Membership.REMOVED, now)
    telling.note(db, petition, Event.GROUP_LEFT, now, person, removed=True)
    out = await db.get(Person, gone.person_id) if gone.person_id is not None else None
    if out is not None:
        await telling.tell(db, petition, [out], "group-removed", once=f"removed-{gone.id}-{now.timestamp()}", now=now)


async def _end(db: AsyncSession, petition: Petition, gone: Member, standing: Membership, now: datetime) -> None:
    await _alone(db, petition)
    others = [each for each in await members_of(db, petition.id) if each.id != gone.id]
    if not others:
        raise Refused(Reason.GROUP_TOO_SMALL, least=1, most=1, count=0)
    gone.standing, gone.until = standing, now
    if gone.leads:
        gone.leads, others[0].leads = False, True
    await db.flush()


async def lead(
    db: AsyncSession, petition: Petition, member: Member | None, to: Member, person: Person, now: datetime
) -> None:
    """The co-ordinator hands the lead over to another member, who is told. Refused: GROUP_ONLY, NOT_FOUND."""
    if not is_member(member) or member is None or not member.leads:
        raise Refused(Reason.GROUP_ONLY)
    if to.petition_id != petition.id or not is_member(to):
        raise Refused(Reason.NOT_FOUND)
    member.leads, to.leads = False, True
    telling.note(db, petition, Event.GROUP_LED, now, person)
    chosen = await db.get(Person, to.person_id) if to.person_id is not None else None
    if chosen is not None and chosen.id != person.id:
        await telling.tell(db, petition, [chosen], "group-led", once=f"led-{to.id}-{now:%F}", now=now)
    await db.flush()


async def may_take_over(
    db: AsyncSession, member: Member | None, members: Sequence[Member], now: datetime
) -> Member | None:
    """Asked before anybody is offered the lead; gives who leads now. Refused: GROUP_ONLY, LEAD_IS_HERE."""
    lead = next((each for each in members if each.leads), None)
    seen_at = await seen_of(db, lead) if lead is not None else now
    reason = why_cannot_take_over(member, lead, seen_at, now)
    if reason is Reason.LEAD_IS_HERE:
        raise Refused(Reason.LEAD_IS_HERE, days=LEAD_AWAY.days)
    refuse(reason)
    return lead


async def take_over(db: AsyncSession, petition: Petition, member: Member | None, person: Person, now: datetime) -> None:
    """The member leads instead of a co-ordinator who has not been seen for two weeks, stays in the group and is told.
    Of two at the same moment one does. Refused: what `may_take_over` says."""
    await _alone(db, petition)
    lead = await may_take_over(db, member, await members_of(db, petition.id), now)
    assert member is not None
    if lead is not None:
        lead.leads = False
        gone = await db.get(Person, lead.person_id) if lead.person_id is not None else None
        fact = f"lead-taken-{lead.id}-{now:%F}"
        await telling.tell(db, petition, [gone] if gone is not None else [], "group-lead-taken", once=fact, now=now)
    member.leads = True
    telling.note(db, petition, Event.GROUP_LED, now, person, taken=True)
    await db.flush()


def new_link(petition: Petition, member: Member | None) -> None:
    """The old link of the group is worth nothing from now on. Refused(GROUP_ONLY) for all but the co-ordinator."""
    if not is_member(member) or member is None or not member.leads:
        raise Refused(Reason.GROUP_ONLY)
    petition.group_word = new_word()


async def may_write_news(
    db: AsyncSession, petition: Petition, member: Member | None, home: Municipality, now: datetime
) -> None:
    """Asked before anybody writes in vain. Refused: GROUP_ONLY, NOT_SENT_YET before signing opened, PETITION_IS_OVER
    for one that ended, was rejected, taken back or taken down, NEWS_TOO_OFTEN within the days of the setting."""
    if not is_member(member):
        raise Refused(Reason.GROUP_ONLY)
    if petition.state in FINAL - {State.ANSWERED}:
        raise Refused(Reason.PETITION_IS_OVER)
    if petition.state not in SIGNED:
        raise Refused(Reason.NOT_SENT_YET)
    last = await last_step(db, petition.id, "news")
    days = home.settings.petition_news_days
    if last is not None and now - last.at < timedelta(days=days):
        raise Refused(Reason.NEWS_TOO_OFTEN, days=days)


async def news(
    db: AsyncSession,
    petition: Petition,
    member: Member | None,
    person: Person,
    home: Municipality,
    words: str,
    now: datetime,
) -> None:
    """The group writes to everybody who signed or follows. Refused: what `may_write_news` says, TOO_SHORT,
    TOO_LONG."""
    await may_write_news(db, petition, member, home, now)
    words = telling.reason_of(clean(words), least=LEAST, most=NEWS)
    telling.step(db, petition, "news", now, words=words, by=person)
    await db.flush()
    told = await last_step(db, petition.id, "news")
    assert told is not None
    telling.note(db, petition, Event.NEWS_WRITTEN, now, person)
    await telling.tell_everybody(db, petition, "petition-news", once=f"news-{told.id}", now=now, step=told.id)
