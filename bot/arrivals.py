"""Whose are arrivals, in which order are they taken, and which come too late? Messengers deliver late, twice and in no
sure order (docs/decisions/0028)."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions import moving, people
from bot.showing import Door
from storage import inbox
from storage.municipalities import Municipality, municipalities
from storage.people import Account, Messenger, accounts_at, set_loaded
from storage.vault import Vault
from talk.form import GoOn
from talk.press import Press, unpack
from talk.routes import Table
from talk.screen import Screen
from talk.turn import Heard, Turn

# Meta repeats what was not taken for seven days, and what was taken is known for eight (actions/housekeeping.py)
REPEATED = timedelta(days=7, hours=12)
Row = tuple[str, str, str]  # number, address, payload
_log = logging.getLogger(__name__)


class Alone(Exception):
    """This turn must be taken in a transaction of its own; it had come to that press."""

    def __init__(self, wanted: Press | None = None) -> None:
        super().__init__()
        self.wanted = wanted


async def follow(db: AsyncSession, door: Door, row: inbox.Waiting, now: datetime, *, vault: Vault) -> None:
    """Somebody who has another number or id in the messenger from now on is still the same person."""
    change = door.moved(row.payload)
    if change is not None:
        await moving.move_account(db, Messenger(row.messenger), *change, now, vault=vault)


def fresh(door: Door, rows: Sequence[Row], now: datetime) -> list[Row]:
    """The arrivals that may be taken: what the messenger itself dates further back than it repeats anything is not
    executed again, for nobody remembers whether it was."""
    kept = [row for row in rows if (door.sent(row[2]) or now) >= now - REPEATED]
    if len(kept) < len(rows):
        _log.warning("passed over: %d arrivals that are older than WhatsApp repeats any", len(rows) - len(kept))
    return kept


def in_order(doors: Mapping[str, Door], rows: Sequence[inbox.Waiting]) -> list[inbox.Waiting]:
    """The same arrivals; those of one person in the order in which they were sent, where the messenger says when."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault((row.messenger, row.address), []).append(place)
    ordered = list(rows)
    for (messenger, _), own in places.items():
        if len(own) > 1:
            sent = {place: doors[messenger].sent(rows[place].payload) for place in own}
            dated = sorted((at, place) for place, at in sent.items() if at is not None)
            for to, (_, place) in zip((place for place in own if sent[place]), dated, strict=True):
                ordered[to] = rows[place]
    return ordered


async def accounts_for(
    db: AsyncSession, doors: Mapping[str, Door], rows: Sequence[inbox.Waiting], now: datetime, vault: Vault
) -> dict[tuple[str, str], Account]:
    """The accounts that these arrivals come from; newcomers become guests. Whoever belongs nowhere yet belongs to the
    municipality whose number they wrote to, or to the only one there is. Whoever belongs somewhere stays there, and
    whoever was known by another address moves from there first."""
    keys: dict[tuple[str, str], str] = {}
    before: dict[tuple[str, str], str] = {}  # the other address of whoever has one
    for row in rows:
        door = doors[row.messenger]
        keys.setdefault((row.messenger, row.address), door.home_of(door.via(row.payload)))
        if known := door.known_by(row.payload):
            before[row.messenger, row.address] = known
    accounts = await accounts_at(db, keys) if keys else {}
    if any(at in before for at in keys.keys() - accounts.keys()):
        accounts |= await _moved(
            db, {at: before[at] for at in keys.keys() - accounts.keys() if at in before}, now, vault
        )
    new = sorted(keys.keys() - accounts.keys())
    undecided = [at for at in keys if keys[at] and at in accounts and accounts[at].person.municipality_id is None]
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


async def _moved(
    db: AsyncSession, addresses: Mapping[tuple[str, str], str], now: datetime, vault: Vault
) -> dict[tuple[str, str], Account]:
    """The accounts of those who were known by their other address, each moved to the one it has now; found under both,
    for something may have come from the other in the same moment."""
    known = await accounts_at(db, {(messenger, other) for (messenger, _), other in addresses.items()})
    moved: dict[tuple[str, str], Account] = {}
    for (messenger, address), other in addresses.items():
        account = known.get((messenger, other))
        if account is not None:
            await moving.move_account(db, Messenger(messenger), other, address, other, now, vault=vault)
            moved[messenger, address] = moved[messenger, other] = account
    return moved


def _home(homes: Sequence[Municipality], key: str) -> Municipality | None:
    found = next((home for home in homes if home.key == key), None)
    return found or (homes[0] if len(homes) == 1 else None)


def seen(account: Account, sent: datetime | None, now: datetime) -> datetime:
    """When somebody was last heard from: the messenger opens their day with what they wrote, however late it comes."""
    return max(min(now, sent or now), account.seen_at or min(now, sent or now))


def comes_late(account: Account, heard: Heard, sent: datetime | None) -> bool:
    """Whether somebody typed this before something of theirs that was taken already, and before they were asked what
    waits for an answer now. A press or a command says by itself what it means."""
    if sent is None or account.seen_at is None or heard.press or heard.command:
        return False
    draft = account.person.draft
    asked = draft.changed_at if draft is not None and draft.dropped_at is None else None
    # the messenger counts in whole seconds
    return sent < account.seen_at.replace(microsecond=0) and (asked is None or sent < asked.replace(microsecond=0))


async def answer_late(table: Table, turn: Turn) -> Screen:
    """What comes late answers no question that was asked after it, and chooses from no list that was shown after it:
    the question stands there again, and other words are heard as if no list were shown."""
    at = unpack(turn.account.at or "")
    if isinstance(at, GoOn):
        stands = await table.again(turn, at.pack())
        if stands is not None:
            return replace(stands, alert=turn.t("kit-came-late"))
    set_loaded(turn.account, "at", None)
    return await table.answer(turn)
