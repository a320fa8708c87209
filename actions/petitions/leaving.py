"""What becomes of signatures and groups when somebody is forgotten or moves, or when two turn out to be one person?"""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import counting, telling
from actions.petitions.signing import receipt_mark
from civic.events import Event
from civic.petitions import BEFORE_HAND_OVER, FINAL, TURNED_DOWN, Membership, Standing, State
from storage.municipalities import get_municipality
from storage.people import Person
from storage.petitions import (
    Link,
    Member,
    Petition,
    PetitionFollowing,
    Signature,
    get_petition,
    members_of,
)

_WEIGHT = (Standing.WITHDRAWN, Standing.INVALID, Standing.COUNTED)
_MAY_GO_ON = BEFORE_HAND_OVER | TURNED_DOWN | {State.APPEALED}  # also after a second look


async def forget(db: AsyncSession, person: Person, now: datetime) -> None:
    """Nothing leads from petitions to the person any more. A signature is taken back where the list was not handed
    over: nobody could stand behind it, and the phone could sign once more; elsewhere it counts on without a name. A
    group goes on with its other members; a draft nobody is left to finish is withdrawn."""
    for signature, petition in await _signed(db, person.id):
        if signature.standing is Standing.COUNTED and petition.state in _MAY_GO_ON:
            await _hold(db, petition, signature)
        if signature.standing is Standing.COUNTED and petition.state in _MAY_GO_ON:
            signature.standing = Standing.WITHDRAWN
            home = await get_municipality(db, petition.municipality_id)
            await counting.move(db, petition, home.settings, now, signed=-1)
            mark = receipt_mark(signature.receipt)
            telling.note(db, petition, Event.UNSIGNED, now, None, receipt=mark, forgotten=True)
        if signature.standing is not Standing.INVALID:  # what staff took out does not come back by being forgotten
            signature.phone_hash = None
        signature.person_id = signature.name_sealed = signature.name_key = None
        signature.shown_name, signature.changed_at = "", now
    for member in (await db.scalars(select(Member).where(Member.person_id == person.id))).all():
        await _leave(db, member, now)
    await db.execute(update(Link).where(Link.person_id == person.id).values(person_id=None))
    await db.execute(delete(PetitionFollowing).where(PetitionFollowing.person_id == person.id))
    person.name_sealed, person.shown_name = None, ""
    await db.flush()


async def _hold(db: AsyncSession, petition: Petition, *signatures: Signature) -> None:
    """The signatures as they stand at this moment: staff may be taking them out of the count."""
    await counting.hold(db, petition)
    for signature in signatures:
        await db.refresh(signature)


async def _signed(db: AsyncSession, person_id: int) -> list[tuple[Signature, Petition]]:
    query = select(Signature, Petition).join(Petition, Petition.id == Signature.petition_id)
    rows = (await db.execute(query.where(Signature.person_id == person_id))).all()
    return [(row[0], row[1]) for row in rows]


async def move(db: AsyncSession, person: Person, now: datetime) -> int:
    """Somebody belongs to another municipality from now on: they leave the groups of the one before, whose others are
    told; the lead passes on. Signatures stay. Gives how many groups."""
    query = _memberships(person).where(
        Member.standing == Membership.ACCEPTED, Member.municipality_id != person.municipality_id
    )
    left = (await db.scalars(query)).all()
    for member in left:
        petition = await get_petition(db, member.municipality_id, member.petition_id)
        await counting.hold(db, petition)
        await _part(db, member, petition, now)
        telling.note(db, petition, Event.GROUP_LEFT, now, person, moved=True)
        if petition.state not in FINAL:
            await telling.tell_group(db, petition, "group-left", once=f"left-{member.id}-{now:%F}", now=now)
    return len(left)


async def _leave(db: AsyncSession, member: Member, now: datetime) -> None:
    was_in = member.standing is Membership.ACCEPTED
    member.person_id, member.name_sealed, member.shown_name = None, None, ""
    if was_in:
        await _part(db, member, await get_petition(db, member.municipality_id, member.petition_id), now)


async def _part(db: AsyncSession, member: Member, petition: Petition, now: datetime) -> None:
    """Out of the group. The longest-standing member leads where they led; a draft nobody is left to finish is
    withdrawn."""
    led = member.leads
    member.standing, member.until, member.leads = Membership.LEFT, now, False
    await db.flush()
    others = await members_of(db, petition.id)
    if led and others:
        others[0].leads = True
    if not others and petition.state in (State.DRAFT, State.RETURNED) and petition.state not in FINAL:
        petition.state, petition.final_at = State.WITHDRAWN, now
        telling.note(db, petition, Event.PETITION_WITHDRAWN, now, None)


async def become(db: AsyncSession, gone: Person, owner: Person, now: datetime) -> None:
    """Two turned out to be one person: what both signed counts once, the earlier signature stays; groups and followings
    are the owner's."""
    own = {petition.id: signature for signature, petition in await _signed(db, owner.id)}
    for signature, petition in await _signed(db, gone.id):
        twin = own.get(petition.id)
        if twin is None:
            signature.person_id = owner.id
            continue
        await _hold(db, petition, twin, signature)
        both = twin.standing is Standing.COUNTED and signature.standing is Standing.COUNTED
        # the one that counts stays the owner's, else the one that staff took out: nobody signs anew beside it
        if _WEIGHT.index(signature.standing) > _WEIGHT.index(twin.standing):
            twin.person_id, signature.person_id = None, None
            await db.flush()
            signature.person_id = owner.id
            continue
        signature.person_id = signature.phone_hash = signature.name_sealed = signature.name_key = None
        signature.shown_name = ""
        if both:
            signature.standing, signature.changed_at = Standing.WITHDRAWN, now
            home = await get_municipality(db, petition.municipality_id)
            await counting.move(db, petition, home.settings, now, signed=-1)
            telling.note(db, petition, Event.UNSIGNED, now, owner, receipt=receipt_mark(signature.receipt), joined=True)
    await db.flush()
    mine = {member.petition_id: member for member in await db.scalars(_memberships(owner))}
    for member in (await db.scalars(_memberships(gone))).all():
        twin_member = mine.get(member.petition_id)
        if twin_member is None:
            member.person_id = owner.id
            continue
        if member.standing is Membership.ACCEPTED and twin_member.standing is not Membership.ACCEPTED:
            twin_member.standing, twin_member.until = member.standing, None
        twin_member.leads = twin_member.leads or member.leads
        twin_member.began = twin_member.began or member.began
        await db.delete(member)
    followed = select(PetitionFollowing.petition_id).where(PetitionFollowing.person_id == owner.id)
    theirs = PetitionFollowing.person_id == gone.id
    await db.execute(delete(PetitionFollowing).where(theirs, PetitionFollowing.petition_id.in_(followed)))
    await db.execute(update(PetitionFollowing).where(theirs).values(person_id=owner.id))
    linked = select(Link.petition_id).where(Link.person_id == owner.id)
    await db.execute(update(Link).where(Link.person_id == gone.id, Link.petition_id.in_(linked)).values(person_id=None))
    await db.execute(update(Link).where(Link.person_id == gone.id).values(person_id=owner.id))
    if owner.name_sealed is None:
        owner.name_sealed, owner.shown_name = gone.name_sealed, gone.shown_name
    await db.flush()


def _memberships(person: Person):  # type: ignore[no-untyped-def]
    return select(Member).where(Member.person_id == person.id)
