"""How does the journal become a chain? One for each municipality, and one for what belongs to none. (docs/proof.md)

Entries are numbered and hashed at the end of the transaction that wrote them, three statements for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, String, bindparam, func, inspect, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from civic.chain import FIRST, body_of, hash_of, mark_of, new_salt, person_in
from civic.publications import PlaceKind
from storage.base import Base
from storage.journal import Entry
from storage.publications import LinkedPlace

NOWHERE = 0  # the chain of what happened outside of every municipality
_WRITTEN = "journal"  # in the info of a session: the entries it wrote, with what is hashed of them
_Waiting = tuple[int, int, bytes, datetime]  # chain, number of the row, what is hashed, when it happened


class Head(Base):
    """The newest entry of a chain: its number, hash and moment; and the head that was posted last in the
    municipality's channels."""

    __tablename__ = "journal_heads"

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the municipality, or NOWHERE
    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    posted_number: Mapped[int | None] = mapped_column(BigInteger)
    posted_hash: Mapped[str | None] = mapped_column(String(64))
    posted_at: Mapped[datetime | None]


_heads, _journal = Head.__table__, Entry.__table__
# takes the heads in the order of the rows, makes those that are missing, and tells how far each chain goes: who holds
# them writes the next entries, and everybody takes them in ascending order, so that no two wait for each other
_TAKE = {
    name: dialect.insert(_heads)
    .on_conflict_do_update(index_elements=[_heads.c.chain], set_={"number": _heads.c.number})
    .returning(_heads.c.chain, _heads.c.number, _heads.c.hash)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_LINK = (
    update(_journal)  # type: ignore[arg-type]
    .where(_journal.c.id == bindparam("row"))
    .values(number=bindparam("its_number"), hash=bindparam("its_hash"))
)
_MARK = (
    update(_journal)  # type: ignore[arg-type]
    .where(_journal.c.id == bindparam("row"))
    .values(actor_salt=bindparam("salt"), actor_mark=bindparam("mark"))
)
_MOVE = (
    update(_heads)  # type: ignore[arg-type]
    .where(_heads.c.chain == bindparam("its_chain"))
    .values(number=bindparam("its_number"), hash=bindparam("its_hash"), at=bindparam("its_at"))
)


def add(session: AsyncSession, entry: Entry) -> None:
    """Adds an entry that is chained when the transaction ends. What is hashed of it is settled now: the row may lose
    its actor in the same transaction, and must not be read again."""
    entry.actor_salt, entry.actor_mark = _marked(entry.event, entry.actor_id, entry.object_id)
    session.add(entry)
    body = body_of(entry.at, entry.event, entry.object_id, entry.details, entry.actor_mark)
    session.info.setdefault(_WRITTEN, []).append((entry, entry.municipality_id or NOWHERE, body, entry.at))


def _marked(event: str, actor: int | None, object_id: int | None) -> tuple[str | None, str | None]:
    """Salt and mark of an entry; none where it names nobody."""
    person = person_in(event, object_id)
    if actor is None and person is None:
        return None, None
    salt = new_salt()
    return salt, mark_of(salt, actor, person)


async def seal(session: AsyncSession) -> None:
    """Chains what this transaction wrote into the journal, right before its commit; costs nothing when it is
    nothing. What was undone in between is left out."""
    written = session.info.pop(_WRITTEN, None)
    if not written:
        return
    await session.flush()
    rows = []
    for entry, chain, body, at in written:
        key = inspect(entry).identity if entry in session else None
        if key is not None:
            rows.append((chain, int(key[0]), body, at))
    await _chain(session, rows)


async def _chain(session: AsyncSession, waiting: Iterable[_Waiting]) -> None:
    by_chain: dict[int, list[_Waiting]] = defaultdict(list)
    for one in sorted(waiting, key=lambda one: one[:2]):
        by_chain[one[0]].append(one)
    if not by_chain:
        return
    take = [{"chain": c, "number": 0, "hash": FIRST, "at": rows[0][3]} for c, rows in by_chain.items()]
    heads = {row.chain: row for row in await session.execute(_TAKE[session.get_bind().dialect.name], take)}
    links, moves = [], []
    for chain, rows in by_chain.items():
        number, last = heads[chain].number, heads[chain].hash
        for _, row, body, _ in rows:
            number += 1
            last = hash_of(last, chain, number, body)
            links.append({"row": row, "its_number": number, "its_hash": last})
        moves.append({"its_chain": chain, "its_number": number, "its_hash": last, "its_at": rows[-1][3]})
    await session.execute(_LINK, links)
    await session.execute(_MOVE, moves)


async def seal_older(session: AsyncSession, *, limit: int) -> int:
    """Chains so many entries that stand outside of every chain, the oldest first: those of a release that knew no
    chain. Gives how many it took."""
    query = select(Entry.id, Entry.municipality_id, Entry.at, Entry.event, Entry.actor_id, Entry.object_id)
    query = query.add_columns(Entry.details).where(Entry.number.is_(None)).order_by(Entry.id).limit(limit)
    rows, marks = [], []
    for row in (await session.execute(query)).all():
        salt, mark = _marked(row.event, row.actor_id, row.object_id)
        if salt is not None:
            marks.append({"row": row.id, "salt": salt, "mark": mark})
        body = body_of(row.at, row.event, row.object_id, row.details, mark)
        rows.append((row.municipality_id or NOWHERE, row.id, body, row.at))
    if marks:
        await session.execute(_MARK, marks)
    await _chain(session, rows)
    return len(rows)


async def unsealed_count(db: AsyncSession) -> int:
    """How many entries stand outside of every chain."""
    return await db.scalar(select(func.count()).select_from(Entry).where(Entry.number.is_(None))) or 0


async def chains(db: AsyncSession) -> Sequence[int]:
    """Every chain that has a head or an entry."""
    found = {chain or NOWHERE for chain in await db.scalars(select(Entry.municipality_id).distinct())}
    return sorted(found | set(await db.scalars(select(Head.chain))))


async def find_head(db: AsyncSession, chain: int) -> Head | None:
    """The head of a chain; None before its first entry."""
    return await db.get(Head, chain)


async def heads_to_post(db: AsyncSession, before: datetime) -> list[tuple[Head, list[int]]]:
    """The heads that are newer than what was posted of them, and that last before that moment; each with the linked
    channels of its municipality, where it has any."""
    query = (
        select(Head, LinkedPlace.id)
        .join(LinkedPlace, LinkedPlace.municipality_id == Head.chain)
        .where(LinkedPlace.unlinked_at.is_(None), LinkedPlace.kind == PlaceKind.CHANNEL.value)
        .where(Head.posted_hash.is_distinct_from(Head.hash), or_(Head.posted_at.is_(None), Head.posted_at <= before))
        .order_by(Head.chain, LinkedPlace.id)
    )
    found: dict[int, tuple[Head, list[int]]] = {}
    for head, place in (await db.execute(query)).all():
        found.setdefault(head.chain, (head, []))[1].append(place)
    return list(found.values())
