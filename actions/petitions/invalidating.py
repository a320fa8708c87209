"""Take signatures out of the count together, by what they have in common; in pieces, with a way to stop and to undo."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import counting, telling
from actions.petitions.signing import receipt_mark
from civic.events import Event
from civic.people import Right, Role
from civic.petitions import BEFORE_HAND_OVER, REASON_LEAST, REASON_MOST, Standing
from civic.refusals import Reason, Refused
from civic.spelling import clean
from storage.municipalities import Municipality, get_municipality
from storage.outbox import Letter, Outcome
from storage.people import Person
from storage.petitions import Flag, Invalidation, Petition, Signature, get_petition

PIECE = 200  # signatures in one transaction: a turn waits no longer than that


@dataclass(frozen=True, slots=True)
class Criteria:
    """What the signatures have in common: the link they came by, from when to when, the village, whether staff
    confirmed the signers. At least one is given."""

    link: int | None = None
    since: str | None = None  # ISO moments
    until: str | None = None
    village: int | None = None
    unconfirmed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether every signature would fit."""
        return self.link is None and self.since is None and self.village is None and not self.unconfirmed


def _that_fit(petition_id: int, criteria: Criteria, *columns: Any) -> Select[Any]:
    query = select(*columns).where(Signature.petition_id == petition_id, Signature.standing == Standing.COUNTED)
    if criteria.link is not None:
        query = query.where(Signature.link_id == criteria.link)
    if criteria.since is not None:
        query = query.where(Signature.signed_at >= datetime.fromisoformat(criteria.since))
    if criteria.until is not None:
        query = query.where(Signature.signed_at <= datetime.fromisoformat(criteria.until))
    if criteria.village is not None:
        query = query.where(Signature.village_id == criteria.village)
    if criteria.unconfirmed:
        query = query.where(Signature.confirmed.is_(False))
    return query


async def preview(db: AsyncSession, petition: Petition, criteria: Criteria) -> int:
    """How many counted signatures fit."""
    return await db.scalar(_that_fit(petition.id, criteria, func.count())) or 0


async def begin(
    db: AsyncSession,
    petition: Petition,
    by: Person,
    roles: frozenset[Role],
    criteria: Criteria,
    words: str,
    now: datetime,
) -> Invalidation:
    """Begins to take out what fits; `go_on` does it piece by piece. Refused: NOT_YOURS, NOT_FOUND, TOO_LATE after the
    hand-over, WRONG_KIND for criteria that fit everybody, TOO_SHORT, TOO_LONG."""
    telling.may_act(petition, by, roles, Right.INVALIDATE)
    if petition.state not in BEFORE_HAND_OVER:
        raise Refused(Reason.TOO_LATE)
    if criteria.is_empty:
        raise Refused(Reason.WRONG_KIND)
    words = telling.reason_of(clean(words), least=REASON_LEAST, most=REASON_MOST)
    begun = Invalidation(
        municipality_id=petition.municipality_id,
        petition_id=petition.id,
        criteria={name: value for name, value in asdict(criteria).items() if value},
        reason=words,
        by=by.id,
        at=now,
        found=await preview(db, petition, criteria),
        done=0,
    )
    db.add(begun)
    await db.flush()
    telling.step(db, petition, "invalidated", now, words=words, by=by, by_staff=True)
    telling.note(db, petition, Event.SIGNATURES_INVALIDATED, now, by, invalidation=begun.id, found=begun.found)
    return begun


async def go_on(db: AsyncSession, begun: Invalidation, home: Municipality, now: datetime) -> int:
    """The next piece; gives how many were taken out. Each owner is told, with the reason and the way to object."""
    await _hold(db, begun)
    if begun.finished_at is not None or begun.cancelled_at is not None:
        return 0
    petition = await get_petition(db, begun.municipality_id, begun.petition_id)
    await counting.hold(db, petition)
    if petition.state not in BEFORE_HAND_OVER:
        begun.cancelled_at = now
        return 0
    before = Signature.signed_at <= begun.at  # what was signed later is looked at later
    query = _that_fit(petition.id, Criteria(**begun.criteria), Signature.id).where(before)
    ids = (await db.scalars(query.order_by(Signature.id).limit(PIECE))).all()
    if not ids:
        begun.finished_at = now
        return 0
    await db.flush()
    taken = (
        await db.execute(
            update(Signature)
            .where(Signature.id.in_(ids), Signature.standing == Standing.COUNTED)
            .values(standing=Standing.INVALID, invalidation_id=begun.id, changed_at=now)  # its phone signs no more
            .returning(Signature.id, Signature.person_id, Signature.receipt)
            .execution_options(synchronize_session=False)
        )
    ).all()
    begun.done += len(taken)
    if len(ids) < PIECE:
        begun.finished_at = now
    receipts = sorted(receipt_mark(row.receipt) for row in taken)
    telling.note(
        db, petition, Event.SIGNATURES_TAKEN_OUT, now, None, invalidation=begun.id, count=len(taken), receipts=receipts
    )
    await counting.move(db, petition, home.settings, now, signed=-len(taken))
    await _refresh(db, [row.id for row in taken])
    owners = await db.scalars(select(Person).where(Person.id.in_([row.person_id for row in taken])))
    fact = f"invalidated-{begun.id}"
    await telling.tell(db, petition, owners.all(), "petition-invalidated", once=fact, now=now, invalidation=begun.id)
    return len(taken)


async def _hold(db: AsyncSession, begun: Invalidation) -> None:
    """How far it is at this moment: the timetable works through it while staff may stop or undo it."""
    await db.flush()
    await db.refresh(begun, with_for_update=True)


async def _refresh(db: AsyncSession, ids: Sequence[int]) -> None:
    """Signatures that this transaction knows already are read anew."""
    changed = set(ids)
    for known in [thing for thing in db if isinstance(thing, Signature) and thing.id in changed]:
        await db.refresh(known)


async def cancel(db: AsyncSession, begun: Invalidation, by: Person, roles: frozenset[Role], now: datetime) -> bool:
    """No more are taken out; False when it had ended. Refused: NOT_YOURS, NOT_FOUND."""
    telling.may_act(await get_petition(db, by.municipality_id, begun.petition_id), by, roles, Right.INVALIDATE)
    await _hold(db, begun)
    if begun.finished_at is not None or begun.cancelled_at is not None:
        return False
    begun.cancelled_at = now
    return True


async def undo(
    db: AsyncSession, begun: Invalidation, by: Person, roles: frozenset[Role], home: Municipality, now: datetime
) -> int:
    """Everything it took out counts again, and owners who were told of it are told that; except where the same phone
    has signed since or the person has had themselves forgotten. Gives how many. Refused: NOT_YOURS, NOT_FOUND, TOO_LATE
    after the hand-over or when it was undone."""
    petition = await get_petition(db, by.municipality_id, begun.petition_id)
    telling.may_act(petition, by, roles, Right.INVALIDATE)
    await _hold(db, begun)
    await counting.hold(db, petition)
    if petition.state not in BEFORE_HAND_OVER or begun.undone_at is not None:
        raise Refused(Reason.TOO_LATE)
    begun.undone_at = now
    begun.cancelled_at = begun.cancelled_at or (None if begun.finished_at else now)
    await db.flush()
    taken_out = (Signature.invalidation_id == begun.id, Signature.standing == Standing.INVALID)
    nobodys = select(Signature).where(*taken_out, Signature.person_id.is_(None), Signature.phone_hash.is_not(None))
    for gone in (await db.scalars(nobodys)).all():  # who signed is forgotten: it is taken back, and the phone is free
        gone.standing, gone.phone_hash, gone.invalidation_id = Standing.WITHDRAWN, None, None
        mark = receipt_mark(gone.receipt)
        telling.note(db, petition, Event.UNSIGNED, now, None, receipt=mark, invalidation=begun.id)
    await db.flush()
    query = select(Signature, Person).join(Person, Person.id == Signature.person_id).where(*taken_out)
    rows = [(row[0], row[1], row[0].phone_hash or row[1].phone_hash) for row in (await db.execute(query)).all()]
    phones = select(Signature.phone_hash).where(
        Signature.petition_id == petition.id,
        Signature.phone_hash.in_([phone for _, _, phone in rows if phone]),
        Signature.id.not_in([signature.id for signature, _, _ in rows]),
    )
    used = set(await db.scalars(phones))
    owners: list[Person] = []
    receipts: list[str] = []
    for signature, owner, phone in rows:
        if phone is None or phone in used:
            continue
        used.add(phone)
        signature.standing, signature.phone_hash, signature.invalidation_id = Standing.COUNTED, phone, None
        signature.changed_at = now
        owners.append(owner)
        receipts.append(receipt_mark(signature.receipt))
    restored = len(owners)
    heard = await _heard_of(db, petition, begun)
    told = [owner for owner in owners if owner.id in heard]
    await telling.tell(db, petition, told, "petition-restored", once=f"restored-{begun.id}", now=now)
    telling.step(db, petition, "restored", now, words=str(restored), by=by, by_staff=True)
    receipts.sort()
    telling.note(
        db, petition, Event.SIGNATURES_RESTORED, now, by, invalidation=begun.id, count=restored, receipts=receipts
    )
    await counting.move(db, petition, home.settings, now, signed=restored)
    return restored


async def _heard_of(db: AsyncSession, petition: Petition, begun: Invalidation) -> set[int | None]:
    """Who was told that their signature counts no more, or is being told."""
    about = Letter.once.startswith(f"petition-{petition.id}-invalidated-{begun.id}:")
    out = or_(Letter.outcome == Outcome.SENT, Letter.lease_until.is_not(None))
    return set(await db.scalars(select(Letter.person_id).where(about, out)))


async def settle_flag(db: AsyncSession, flag: Flag, by: Person, roles: frozenset[Role], now: datetime) -> bool:
    """A moderator has looked at it; False when somebody had. Refused: NOT_YOURS, NOT_FOUND."""
    petition = await get_petition(db, by.municipality_id, flag.petition_id)
    telling.may_act(petition, by, roles, Right.INVALIDATE)
    if flag.settled_at is not None:
        return False
    flag.settled_at, flag.settled_by = now, by.id
    telling.note(db, petition, Event.FLAG_SETTLED, now, by, flag=flag.id)
    return True


async def go_on_with_all(db: AsyncSession, now: datetime) -> int:
    """The next piece of every invalidation that has not ended; gives how many signatures were taken out."""
    query = select(Invalidation).where(Invalidation.finished_at.is_(None), Invalidation.cancelled_at.is_(None))
    taken = 0
    for begun in (await db.scalars(query.order_by(Invalidation.id))).all():
        taken += await go_on(db, begun, await get_municipality(db, begun.municipality_id), now)
    return taken
