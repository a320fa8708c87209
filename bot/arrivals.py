"""Whose are arrivals: of somebody known, or of a newcomer; and to which municipality does a newcomer belong?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions import people
from bot.showing import Door
from storage import inbox
from storage.municipalities import Municipality, municipalities
from storage.people import Account, Messenger, accounts_at


async def accounts_for(
    db: AsyncSession, doors: Mapping[str, Door], rows: Sequence[inbox.Waiting], now: datetime
) -> dict[tuple[str, str], Account]:
    """The accounts that these arrivals come from; newcomers become guests. Whoever belongs nowhere yet belongs to the
    municipality whose number they wrote to, or to the only one there is. Whoever belongs somewhere stays there."""
    keys: dict[tuple[str, str], str] = {}
    for row in rows:
        door = doors[row.messenger]
        keys.setdefault((row.messenger, row.address), door.home_of(door.via(row.payload)))
    accounts = await accounts_at(db, keys) if keys else {}
    new = sorted(keys.keys() - accounts.keys())
    undecided = [at for at, each in accounts.items() if keys[at] and each.person.municipality_id is None]
    if not new and not undecided:
        return accounts
    homes = await municipalities(db)
    for at in undecided:
        people.find_home(accounts[at].person, _home(homes, keys[at]))
    for messenger, address in new:
        home = _home(homes, keys[messenger, address])
        accounts[messenger, address] = people.arrive(db, Messenger(messenger), address, now, home)
    await db.flush()
    return accounts


def _home(homes: Sequence[Municipality], key: str) -> Municipality | None:
    found = next((home for home in homes if home.key == key), None)
    return found or (homes[0] if len(homes) == 1 else None)
