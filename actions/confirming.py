"""Does somebody live here? Staff look at a document and confirm it; a short code says whose phone is shown to them."""

import hmac
import re
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, outbox, people
from civic.events import Event
from civic.people import Level, Right, Role, level, refuse, why_below, why_not_may
from civic.refusals import Reason, Refused
from storage.base import may_be_key
from storage.people import Person, person_with_all
from storage.vault import Vault

LASTS = timedelta(minutes=15)  # at least; at most twice as long
WRONG_AT_MOST = 10  # codes that one member of staff may mistype in a quarter of an hour; trying them all takes years
_DIGITS = 6
# Who typed how many wrong codes in which quarter of an hour: this process alone has to know it, and only that long.
_wrong: dict[int, Counter[int]] = {}


def _proof(vault: Vault, person: Person, window: int) -> str:
    kept = vault.hash(f"confirm {person.municipality_id} {person.id} {window}")
    return f"{int(kept[:12], 16) % 10**_DIGITS:0{_DIGITS}}"


def _window(now: datetime) -> int:
    return int(now.timestamp() // LASTS.total_seconds())


def code_of(person: Person, now: datetime, *, vault: Vault) -> str:
    """The code that the person shows at the counter, like 12-345678. It is worked out and not kept, holds for a
    quarter of an hour at least, and is of use to staff of the person's municipality only. Refused: NEEDS_CONSENT,
    NEEDS_PHONE, NEEDS_RESIDENT before the declaration, CONFIRMED_ALREADY."""
    refuse(why_below(person, Level.RESIDENT))
    if level(person) is Level.CONFIRMED:
        raise Refused(Reason.CONFIRMED_ALREADY)
    return f"{person.id}-{_proof(vault, person, _window(now))}"


async def shown_by(
    db: AsyncSession, code: str, by: Person, roles: frozenset[Role], now: datetime, *, vault: Vault
) -> Person:
    """Who shows that code, however it is typed. Refused: NOT_YOURS without the right, WRONG_CODE for one that is wrong
    or over, or somebody of another municipality; TOO_OFTEN after many of those; NOT_ONESELF for one's own."""
    refuse(why_not_may(roles, Right.CONFIRM_RESIDENTS))
    wrong = _wrong_now(_window(now))
    if wrong[by.id] >= WRONG_AT_MOST:
        raise Refused(Reason.TOO_OFTEN)
    digits = re.sub(r"[^0-9]", "", code)
    number = digits[:-_DIGITS]
    person = None
    if number and len(number) <= 19 and may_be_key(int(number)):
        person = await person_with_all(db, int(number))
    is_ours = person is not None and by.municipality_id is not None and person.municipality_id == by.municipality_id
    proofs = [_proof(vault, person, _window(now) - ago) for ago in (0, 1)] if person is not None and is_ours else []
    if person is None or not any(hmac.compare_digest(digits[-_DIGITS:], proof) for proof in proofs):
        wrong[by.id] += 1
        raise Refused(Reason.WRONG_CODE)
    if person.id == by.id:
        raise Refused(Reason.NOT_ONESELF)
    return person


def _wrong_now(window: int) -> Counter[int]:
    for other in _wrong.keys() - {window}:
        del _wrong[other]
    return _wrong.setdefault(window, Counter())


async def confirm(
    db: AsyncSession, code: str, by: Person, roles: frozenset[Role], now: datetime, *, vault: Vault
) -> Person:
    """Whoever shows the code is a member of the community, as their document says; they are told. Refused: as
    `shown_by`, NEEDS_RESIDENT before the declaration, CONFIRMED_ALREADY."""
    person = await shown_by(db, code, by, roles, now, vault=vault)
    if level(person) is Level.CONFIRMED:
        raise Refused(Reason.CONFIRMED_ALREADY)
    people.confirm_resident(db, person, by, roles, now)
    await _tell(db, person, now)
    return person


async def take_back(db: AsyncSession, number: int, by: Person, roles: frozenset[Role], now: datetime) -> Person:
    """The confirmation does not hold any more; what was signed meanwhile stays, and the person is told. Refused:
    NOT_YOURS, NOT_FOUND for somebody of another municipality or who is not confirmed."""
    refuse(why_not_may(roles, Right.CONFIRM_RESIDENTS))
    person = await person_with_all(db, number) if may_be_key(number) else None
    if person is None or person.municipality_id is None or person.municipality_id != by.municipality_id:
        raise Refused(Reason.NOT_FOUND)
    if person.confirmed_at is None:
        raise Refused(Reason.NOT_FOUND)
    person.confirmed_at = person.confirmed_by = None
    home = person.municipality_id
    journal.write(db, Event.RESIDENT_UNCONFIRMED, now, municipality=home, actor=by.id, object_id=person.id)
    await _tell(db, person, now)
    return person


async def _tell(db: AsyncSession, person: Person, now: datetime) -> None:
    once = f"resident-confirmed-{person.id}-{now.isoformat()}"
    home = person.municipality_id
    assert home is not None
    await outbox.post(db, [person], "resident-confirmed", once=once, municipality=home, now=now)
