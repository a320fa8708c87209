"""Somebody has another address in a messenger from now on: who they were goes along."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import accounts, housekeeping, outbox, people
from civic.people import has_agreed
from storage.people import Account, Messenger, Person, accounts_at, accounts_of, ever_held
from storage.vault import Vault


async def move_account(
    db: AsyncSession, messenger: Messenger, address: str, to: str, phone: str, now: datetime, *, vault: Vault
) -> bool:
    """The messenger says that somebody has another address from now on. A phone that was proven is proven anew, by the
    messenger's own word, or no more. A guest who is at the new address already, because something of theirs came first,
    is the same human and makes way. Where somebody is there of whom anything is kept, the old address is given up, for
    it may be another human's tomorrow, and they are offered to be joined. False when nobody has moved."""
    found = await accounts_at(db, [(messenger.value, address), (messenger.value, to)])
    account, there = found.get((messenger.value, address)), found.get((messenger.value, to))
    if account is None:
        return False
    if there is not None and not await _makes_way(db, there, now):
        await _part(db, account, there, now)
        return False
    account.address, account.stopped_at = to, None
    _prove_anew(db, account.person, phone, now, vault)
    await db.flush()
    return True


def _prove_anew(db: AsyncSession, person: Person, phone: str, now: datetime, vault: Vault) -> None:
    if person.phone_hash is not None:
        person.phone_hash = person.phone_sealed = person.phone_proven_at = None
        if phone:
            people.prove_phone(db, person, f"+{phone.lstrip('+')}", now, vault=vault, keep_number=False)


async def _makes_way(db: AsyncSession, there: Account, now: datetime) -> bool:
    """Whether the one at the new address was a guest of whom nothing is kept, and is gone now."""
    guest = there.person
    if has_agreed(guest) or len(await accounts_of(db, guest.id)) > 1 or await ever_held(db, guest.id):
        return False
    await housekeeping.let_go(db, [guest.id], now)
    for gone in (there, guest, guest.draft):
        if gone is not None:
            db.expunge(gone)
    return True


async def _part(db: AsyncSession, account: Account, there: Account, now: datetime) -> None:
    """The old address leads to nobody any more, and the number is not theirs; whoever is at the new one gets a letter
    with the code that joins the two, for as long as their day with the messenger lasts."""
    left, found = account.person, there.person
    if left.id == found.id or not has_agreed(left):
        await db.delete(account)
        await db.flush()
        return
    left.phone_hash = left.phone_sealed = left.phone_proven_at = None
    await db.delete(account)
    await db.flush()
    if found.municipality_id is None:
        return
    code = await accounts.make_code(db, left, now, lasts=accounts.MOVED_CODE_LASTS)
    await outbox.post(
        db,
        [found],
        "account-left",
        once=f"account-left:{left.id}:{now.timestamp()}",
        municipality=found.municipality_id,
        now=now,
        account=there.id,
        code=code,
    )
