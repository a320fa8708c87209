"""How does the card of a petition or a proposal come into a group, follow what happens, and go?"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, outbox
from civic.cards import AGAIN_AFTER, CardKind, Counter, is_due, petition_counter, proposal_counter, why_cannot_put
from civic.events import Event
from civic.municipalities import local
from civic.people import RIGHTS, Right, Role, refuse, why_not_may
from civic.petitions import State
from civic.refusals import Reason, Refused
from storage.cards import CARD, Card, card_standing, get_card, live_cards, put_card, tell
from storage.municipalities import Municipality
from storage.outbox import Rank, put_letters
from storage.people import Person
from storage.petitions import get_petition
from storage.proposals import get_proposal
from storage.publications import get_place
from storage.staff import holders


async def _counted(
    db: AsyncSession, home: Municipality, kind: CardKind, number: int, now: datetime
) -> tuple[Counter, bool]:
    """What the card would say, and whether everybody may read the thing itself."""
    if kind is CardKind.PROPOSAL:
        return proposal_counter(await get_proposal(db, home.id, number)), True
    petition = await get_petition(db, home.id, number)
    public = petition.public_at is not None and petition.public_at <= now and petition.state is not State.TAKEN_DOWN
    return petition_counter(petition, local(now, home.time_zone).date()), public


async def put(
    db: AsyncSession,
    home: Municipality,
    place_id: int,
    kind: CardKind,
    number: int,
    by: Person,
    roles: frozenset[Role],
    now: datetime,
) -> Card:
    """Staff put the card of a petition or a proposal into a linked group or channel; where it stands already, that one
    is given. Refused: NOT_YOURS, NOT_FOUND (what not everybody may read, too), NOT_OPEN when it is over."""
    refuse(why_not_may(roles, Right.PUBLISH))
    if by.municipality_id != home.id:
        raise Refused(Reason.NOT_FOUND)
    place = await get_place(db, home.id, place_id)
    counter, public = await _counted(db, home, kind, number, now)
    refuse(why_cannot_put(counter, public=public))
    made = await put_card(
        db,
        municipality_id=home.id,
        place_id=place.id,
        kind=kind,
        object_id=number,
        put_at=now,
        put_by=by.id,
        shown=counter.mark,
        told_at=now,
    )
    card = await card_standing(db, place.id, kind, number)
    assert card is not None
    if made is not None:
        journal.write(db, Event.CARD_PUT, now, municipality=home.id, actor=by.id, object_id=card.id, kind=kind.value)
        await _post(db, card, now)
    return card


async def take_down(db: AsyncSession, number: int, by: Person, roles: frozenset[Role], now: datetime) -> Card:
    """The card counts no more, and a letter takes its message away. Refused: NOT_YOURS, NOT_FOUND, DECIDED_ALREADY
    when a colleague took it down."""
    refuse(why_not_may(roles, Right.PUBLISH))
    card = await get_card(db, by.municipality_id, number)
    if card.down_at is not None:
        raise Refused(Reason.DECIDED_ALREADY)
    card.down_at = now
    home = card.municipality_id
    journal.write(db, Event.CARD_TAKEN_DOWN, now, municipality=home, actor=by.id, object_id=card.id)
    await db.flush()
    await _post(db, card, now)
    return card


async def put_back(
    db: AsyncSession, home: Municipality, number: int, by: Person, roles: frozenset[Role], now: datetime
) -> Card:
    """Undoes a taking down: the same stands in the same place again. Refused: as for `put`."""
    refuse(why_not_may(roles, Right.PUBLISH))
    card = await get_card(db, by.municipality_id, number)
    if card.down_at is None:
        return card
    return await put(db, home, card.place_id, card.kind, card.object_id, by, roles, now)


async def follow(db: AsyncSession, now: datetime) -> int:
    """The cards say what is the case: one letter for each that says something else than it did, however much happened
    since, at most every three seconds; the last one says the end. Gives how many."""
    due = 0
    for card, home, petition, proposal in await live_cards(db):
        if petition is not None:
            counter = petition_counter(petition, local(now, home.time_zone).date())
        elif proposal is not None:
            counter = proposal_counter(proposal)
        else:
            continue
        changed = is_due(card.shown, card.told_at, counter, now)
        if changed and await tell(db, card, counter.mark, now, over=counter.over):
            await _post(db, card, now)
            due += 1
    return due


async def landed(db: AsyncSession, number: int, message: str | None) -> None:
    """The card stands in its place as the letter said it, under that number of the messenger's."""
    card = await db.get(Card, number)
    if card is not None and message:
        card.message = message


async def failed(db: AsyncSession, number: int, now: datetime) -> None:
    """The messenger did not take the letter however often it was tried: the card is told again in an hour, the end of
    what it counts too."""
    card = await db.get(Card, number)
    if card is not None and card.down_at is None:
        card.shown, card.over_at, card.told_at = "", None, now + AGAIN_AFTER


async def vanished(db: AsyncSession, number: int, now: datetime) -> None:
    """Somebody deleted the card's message in the group: it does not come back by itself, and staff are told once."""
    card = await db.get(Card, number)
    if card is None or card.down_at is not None:
        return
    card.down_at = now
    home = card.municipality_id
    journal.write(db, Event.CARD_TAKEN_DOWN, now, municipality=home, actor=None, object_id=card.id)
    if card.over_at is None:  # what is over was of no use any more
        staff = await holders(db, home, [role for role in Role if Right.PUBLISH in RIGHTS[role]])
        fact = f"card-vanished:{card.id}"
        await outbox.post(db, staff, "card-vanished", once=fact, municipality=home, now=now, card=card.id)


async def _post(db: AsyncSession, card: Card, now: datetime) -> None:
    fact = "down" if card.down_at is not None else now.isoformat()  # put and taken down at one moment are two facts
    letter = {
        "once": f"{CARD}:{card.id}:{fact}",
        "municipality_id": card.municipality_id,
        "place_id": card.place_id,
        "key": CARD,
        "arguments": {"card": card.id},
        "posted_at": now,
        "not_before": now,
        "tries": 0,
        "rank": Rank.NEWS.value,
        "essential": False,
    }
    await put_letters(db, [letter])
