"""Is a chain of the journal whole? Everything in it is computed anew, page by page, in one snapshot. (docs/proof.md)"""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Text, cast, literal, select, tuple_
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from civic.chain import FIRST, Flaw, body_of, hash_of, mark_of, person_in
from civic.events import Event
from storage.chain import NOWHERE, find_head
from storage.journal import Entry

PAGE = 2_000  # entries in memory at a time
_COLUMNS = (
    Entry.id,
    Entry.number,
    Entry.at,
    Entry.event,
    Entry.object_id,
    cast(Entry.details, Text).label("details"),
    Entry.hash,
    Entry.actor_id,
    Entry.actor_salt,
    Entry.actor_mark,
)


@dataclass(frozen=True, slots=True)
class Bad:
    """The first entry of a chain that is not as it was written. Where one is missing, `number` is that one's."""

    flaw: Flaw
    number: int
    at: datetime | None = None
    event: str = ""


@dataclass(slots=True)
class Verdict:
    """How far a chain was followed: its newest entry, and what is bad if anything is."""

    chain: int
    number: int = 0
    hash: str = FIRST
    at: datetime | None = None
    bad: Bad | None = None
    _joined: dict[int, set[int]] = field(default_factory=dict)


async def verify_chain(
    db: AsyncSession,
    chain: int,
    *,
    published: Mapping[int, str] | None = None,
    tell: Callable[[int], None] = lambda _: None,
) -> Verdict:
    """Follows the chain from its first entry to its head; ends at the first bad entry. `published` are the hashes (or
    their beginnings) of entries as they were published once, `tell` hears how many entries are followed so far."""
    head, verdict, known = await find_head(db, chain), Verdict(chain), dict(published or {})
    if head is not None and head.posted_number is not None and head.posted_hash:
        known.setdefault(head.posted_number, head.posted_hash)
    async for row in _entries(db, chain):
        flaw = await _flaw(db, verdict, row, known)
        if flaw is not None:
            place = verdict.number + 1 if flaw is Flaw.MISSING else row.number
            moment = row.at if isinstance(row.at, datetime) else None
            verdict.bad = Bad(flaw, place, moment, str(row.event or ""))
            return verdict
        verdict.number, verdict.hash, verdict.at = row.number, row.hash, row.at
        if row.number % PAGE == 0:
            tell(row.number)
    ends = (head.number, head.hash) if head is not None else (0, FIRST)
    if ends != (verdict.number, verdict.hash) or any(number > verdict.number for number in known):
        verdict.bad = Bad(Flaw.CUT, verdict.number + 1)
    return verdict


async def _flaw(db: AsyncSession, so_far: Verdict, row: Row[Any], published: Mapping[int, str]) -> Flaw | None:
    """What is wrong with the next entry."""
    if not isinstance(row.number, int) or row.number <= so_far.number:
        return Flaw.TWICE
    if row.number > so_far.number + 1:
        return Flaw.MISSING
    if _hash(so_far, row) != row.hash:
        return Flaw.CHANGED
    if not row.hash.startswith(published.get(row.number, "")):
        return Flaw.PUBLISHED
    return None if await _is_theirs(db, so_far, row) else Flaw.ACTOR


def _hash(so_far: Verdict, row: Row[Any]) -> str:
    """The hash that the entry should have; empty for what can be no entry at all: SQLite takes any type anywhere."""
    details = _read(row.details)
    if details is None or not isinstance(row.at, datetime):
        return ""
    try:
        body = body_of(row.at, row.event, row.object_id, details, row.actor_mark)
    except TypeError:
        return ""
    return hash_of(so_far.hash, so_far.chain, row.number, body)


def _read(details: object) -> dict[str, Any] | None:
    """The details; None when they are nothing that was written there. A name that stands twice is none of ours."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError
        return dict(pairs)

    try:
        found = json.loads(details, object_pairs_hook=once) if isinstance(details, str) else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


async def _is_theirs(db: AsyncSession, so_far: Verdict, row: Row[Any]) -> bool:
    """Whether the entry names who did it: by their own number, or by one that was joined to them since. Whoever was
    forgotten is named nowhere, and neither is the salt."""
    person = person_in(row.event, row.object_id)
    if row.actor_mark is None or row.actor_salt is None:
        return row.actor_id is None and row.actor_salt is None and person is None
    if not isinstance(row.actor_salt, str):
        return False
    if mark_of(row.actor_salt, row.actor_id, person) == row.actor_mark:
        return True
    if not isinstance(row.actor_id, int):
        return False
    if row.actor_id not in so_far._joined:
        if len(so_far._joined) >= PAGE:
            so_far._joined.clear()
        query = select(Entry.object_id).where(
            Entry.event == Event.ACCOUNTS_JOINED.value, Entry.actor_id == row.actor_id, Entry.object_id.is_not(None)
        )
        so_far._joined[row.actor_id] = {number for number in await db.scalars(query) if number is not None}
    earlier = so_far._joined[row.actor_id]
    return any(mark_of(row.actor_salt, number, person) == row.actor_mark for number in earlier)


async def _entries(db: AsyncSession, chain: int) -> AsyncIterator[Row[Any]]:
    """The entries of the chain in the order of their numbers."""
    mine = Entry.municipality_id.is_(None) if chain == NOWHERE else Entry.municipality_id == chain
    ordered = select(*_COLUMNS).where(mine, Entry.number.is_not(None)).order_by(Entry.number, Entry.id).limit(PAGE)
    query = ordered
    while True:
        rows = await _page(db, query)
        for row in rows:
            yield row
        if len(rows) < PAGE:
            return
        query = ordered.where(tuple_(Entry.number, Entry.id) > tuple_(rows[-1].number, rows[-1].id))


async def _page(db: AsyncSession, query: Any) -> list[Row[Any]]:
    """A page of entries. Where one cannot even be read (SQLite takes anything for a moment or a text), the page ends
    with its number alone."""
    try:
        return list((await db.execute(query)).all())
    except (ValueError, TypeError, OperationalError):
        bare = query.with_only_columns(*_COLUMNS[:2], *(literal(None).label(column.key) for column in _COLUMNS[2:]))
        found: list[Row[Any]] = []
        for row in (await db.execute(bare)).all():
            try:
                found.append((await db.execute(query.where(Entry.id == row.id))).one())
            except (ValueError, TypeError, OperationalError):
                return [*found, row]
        return found
