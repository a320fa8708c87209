"""Does the check find nothing after whatever people did, and everything that was done behind the program's back?"""

import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from actions.petitions import clock
from actions.petitions.signing import receipt_mark
from bot.verifying import verify
from civic.petitions import State
from storage.database import Database
from storage.municipalities import Municipality
from storage.petitions import Petition
from tests.actions.test_petition_counts import a_village, live

INVENTED = "ABCDEFGHJK"
LIVED = 250  # operations: every kind of act has happened by then


class Seen:
    """What the check sees in the middle of a transaction that is undone afterwards."""

    def __init__(self, db: AsyncSession) -> None:
        self._db = db

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        self._db.expire_all()
        yield self._db


async def broken(database: Database) -> list[str]:
    """What the check says is not as it was written."""
    _, found = await verify(database, key=None, head=None, tell=lambda _: None)
    return found


async def test_whatever_people_do_the_journal_and_the_tables_say_the_same(
    database: Database, home: Municipality, now: datetime
) -> None:
    village = await a_village(database, home, now, random.Random(1))
    await live(database, village, LIVED)
    assert {"sign", "unsign", "invalidate", "undo", "paper", "tear", "merge", "forget"} <= village.done.keys()
    assert await broken(database) == []
    later = village.now + timedelta(days=60)
    async with database.transaction() as db:
        for number in village.petitions:
            petition = await db.get_one(Petition, number)
            petition.closes_on = later.date() - timedelta(days=1)
        assert await clock.close_due(db, later) == len(village.petitions)  # what repeats on paper is settled
    assert await broken(database) == []
    async with database.transaction() as db:
        for number in village.petitions:
            petition = await db.get_one(Petition, number)
            petition.state, petition.final_at = State.ENDED, later
        assert await clock.anonymise_signers(db, later + timedelta(days=400)) == len(village.petitions)
    assert await broken(database) == []
    async with database.transaction() as db:
        left = "SELECT COUNT(*) FROM journal WHERE event = 'petition.signed' AND actor_id IS NOT NULL"
        assert await db.scalar(text(left)) == 0


# --- behind the program's back ---


@dataclass(frozen=True)
class Tampering:
    """What somebody with the database does, statement by statement, and what the check then says. `:p` is the petition,
    `:o` another one, `:s` a signature that counts, `:w` one taken back, `:i` one taken out, `:e` the last entry about
    the first of them."""

    statements: tuple[str, ...]
    found: str


LESS = "UPDATE petitions SET signed = signed - 1 WHERE id = :p"
MORE = "UPDATE petitions SET signed = signed + 1 WHERE id = :p"
_COLUMNS = "municipality_id, petition_id, standing, signed_at, changed_at, changes, confirmed, shown_name"
INVENT = (
    (
        f"INSERT INTO petition_signatures ({_COLUMNS}, receipt) "
        f"SELECT {_COLUMNS}, '{INVENTED}' FROM petition_signatures WHERE id = :s"
    ),
    MORE,
)
UNSEALED = (
    "INSERT INTO journal (at, municipality_id, event, object_id, details) SELECT at, municipality_id, event, "
    f'object_id, \'{{"receipt"\\: "{receipt_mark(INVENTED)}"}}\' FROM journal WHERE id = :e'
)
SIGNATURE = r"petition {p} has 1 signatures missing or not as the journal says, first that of entry \d+"
ENTRY = r"entry \d+ \(petition\.\S+ of .*\) was changed"
TAMPERINGS = {
    "a counter that was raised": Tampering((MORE,), r"petition {p} counts \d+ in the bot .* by the journal it is \d+"),
    "a counter of paper that was raised": Tampering(
        ("UPDATE petitions SET on_paper = on_paper + 9 WHERE id = :p",),
        r"petition {p} counts \d+ in the bot and \d+ on",
    ),
    "a signature marked as taken back": Tampering(
        ("UPDATE petition_signatures SET standing = 'withdrawn', phone_hash = NULL WHERE id = :s", LESS), SIGNATURE
    ),
    "a signature marked as taken out": Tampering(
        ("UPDATE petition_signatures SET standing = 'invalid', phone_hash = NULL WHERE id = :s", LESS), SIGNATURE
    ),
    "a signature that was deleted": Tampering(("DELETE FROM petition_signatures WHERE id = :s", LESS), SIGNATURE),
    "a signature taken back that was deleted": Tampering(("DELETE FROM petition_signatures WHERE id = :w",), SIGNATURE),
    "a signature taken back that counts again": Tampering(
        ("UPDATE petition_signatures SET standing = 'counted' WHERE id = :w", MORE), SIGNATURE
    ),
    "a signature taken out that counts again": Tampering(
        ("UPDATE petition_signatures SET standing = 'counted', invalidation_id = NULL WHERE id = :i", MORE), SIGNATURE
    ),
    "a signature taken out by another invalidation": Tampering(
        ("UPDATE petition_signatures SET invalidation_id = invalidation_id + 1 WHERE id = :i",), SIGNATURE
    ),
    "a signature with another moment": Tampering(
        ("UPDATE petition_signatures SET signed_at = changed_at, changed_at = signed_at WHERE id = :w",), SIGNATURE
    ),
    "a signature with another receipt": Tampering(
        (f"UPDATE petition_signatures SET receipt = '{INVENTED}' WHERE id = :s",), SIGNATURE
    ),
    "a signature moved to another petition": Tampering(
        (
            "UPDATE petition_signatures SET petition_id = :o, person_id = NULL, phone_hash = NULL WHERE id = :s",
            LESS,
            "UPDATE petitions SET signed = signed + 1 WHERE id = :o",
        ),
        SIGNATURE,
    ),
    "a signature that nobody gave": Tampering(
        INVENT, "petition {p} has 1 signatures of which no entry of the journal speaks"
    ),
    "a signature whose entry stands outside of the chain": Tampering(
        (*INVENT, UNSEALED), "petition {p} has 1 signatures of which no entry of the journal speaks"
    ),
    "a sheet that nobody entered": Tampering(
        (
            (
                "INSERT INTO petition_sheets (municipality_id, petition_id, counted, by_staff, entered_at,"
                " removed_because) SELECT municipality_id, id, 500, 1 = 1, begun_at, '' FROM petitions WHERE id = :p"
            ),
            "UPDATE petitions SET on_paper = on_paper + 500 WHERE id = :p",
        ),
        "petition {p} has 1 sheets of which no entry of the journal speaks",
    ),
    "a sheet that counts more": Tampering(
        (
            "UPDATE petition_sheets SET counted = counted + 5 WHERE id = :sheet",
            "UPDATE petitions SET on_paper = on_paper + 5 WHERE id = :p",
        ),
        r"petition {p} has 1 sheets missing or not as the journal says, first that of entry \d+",
    ),
    "a sheet that was deleted": Tampering(
        (
            (
                "UPDATE petitions SET on_paper = on_paper - (SELECT counted FROM petition_sheets WHERE id = :sheet)"
                " WHERE id = :p"
            ),
            "DELETE FROM petition_lines WHERE sheet_id = :sheet",
            "DELETE FROM petition_sheets WHERE id = :sheet",
        ),
        r"petition {p} has 1 sheets missing or not",
    ),
    "a removed sheet that counts again": Tampering(
        ("UPDATE petition_sheets SET removed_at = NULL WHERE id = :torn",), r"petition \d+ has 1 sheets missing or not"
    ),
    "an invalidation that was deleted": Tampering(
        ("DELETE FROM petition_invalidations WHERE id = :v",), r"petition {p} has 1 invalidations missing or not"
    ),
    "an invalidation that took out less": Tampering(
        ("UPDATE petition_invalidations SET done = done - 1 WHERE id = :v",),
        r"petition {p} has 1 invalidations missing or not as the journal says, first that of entry \d+",
    ),
    "an invalidation that was undone": Tampering(
        ("UPDATE petition_invalidations SET undone_at = at WHERE id = :v",), r"petition {p} has 1 invalidations missing"
    ),
    "an invalidation that nobody began": Tampering(
        (
            (
                "INSERT INTO petition_invalidations (municipality_id, petition_id, criteria, reason, at, found, done)"
                " SELECT municipality_id, id, '{}', 'жок', begun_at, 1, 1 FROM petitions WHERE id = :p"
            ),
        ),
        "petition {p} has 1 invalidations of which no entry",
    ),
    "an entry of another kind": Tampering(
        ("UPDATE journal SET event = 'petition.signature-withdrawn' WHERE id = :e",), ENTRY
    ),
    "an entry about another petition": Tampering(("UPDATE journal SET object_id = :o WHERE id = :e",), ENTRY),
    "an entry with another receipt": Tampering(("UPDATE journal SET details = '{}' WHERE id = :e",), ENTRY),
    "an entry that was deleted": Tampering(("DELETE FROM journal WHERE id = :e",), r"entry \d+ is missing"),
    "an entry of somebody else": Tampering(
        ("UPDATE journal SET actor_id = actor_id + 1 WHERE id = :e",), r"entry \d+ \(.*\) names somebody else"
    ),
    "an entry out of the chain": Tampering(
        ("UPDATE journal SET number = NULL WHERE id = :e",), r"entry \d+ is missing"
    ),
    "an end that was cut off": Tampering(
        ("UPDATE journal_heads SET number = number - 1 WHERE chain = 1",), "the chain was cut"
    ),
}


async def victims(db: AsyncSession, dice: random.Random) -> dict[str, int]:
    """Whom it meets."""

    async def one(query: str, **known: int) -> int:
        return int(dice.choice(list(await db.scalars(text(query), known))))

    about = "SELECT id FROM petition_signatures WHERE petition_id = :p AND standing = "
    petition = await one(
        "SELECT petition_id FROM petition_signatures GROUP BY petition_id HAVING COUNT(DISTINCT standing) = 3"
        " AND EXISTS (SELECT 1 FROM petition_sheets s WHERE s.petition_id = petition_signatures.petition_id"
        " AND removed_at IS NULL)"
    )
    signature = await one(f"{about} 'counted' AND person_id IS NOT NULL", p=petition)
    receipt = await db.scalar(text("SELECT receipt FROM petition_signatures WHERE id = :s"), {"s": signature})
    mark = f"%{receipt_mark(str(receipt))}%"
    last = "SELECT MAX(id) FROM journal WHERE event = 'petition.signed' AND CAST(details AS TEXT) LIKE :mark"
    taken_out = await one(f"{about} 'invalid'", p=petition)
    return {
        "p": petition,
        "o": await one("SELECT id FROM petitions WHERE id <> :p", p=petition),
        "s": signature,
        "w": await one(f"{about} 'withdrawn' AND signed_at <> changed_at", p=petition),
        "i": taken_out,
        "e": int(await db.scalar(text(last), {"mark": mark}) or 0),
        "sheet": await one("SELECT id FROM petition_sheets WHERE petition_id = :p AND removed_at IS NULL", p=petition),
        "torn": await one("SELECT id FROM petition_sheets WHERE removed_at IS NOT NULL AND counted > 0"),
        "v": await one("SELECT invalidation_id FROM petition_signatures WHERE id = :i", i=taken_out),
    }


async def test_each_tampering_is_named_with_the_entry_or_the_petition(
    database: Database, home: Municipality, now: datetime
) -> None:
    dice = random.Random(9)
    village = await a_village(database, home, now, dice)
    await live(database, village, LIVED)
    assert await broken(database) == []
    unseen = {}
    for name, tampering in TAMPERINGS.items():
        async with database.engine.connect() as connection, AsyncSession(bind=connection) as db:
            met = await victims(db, dice)
            for statement in tampering.statements:
                known = {key: value for key, value in met.items() if re.search(f":{key}\\b", statement)}
                done = await db.execute(text(statement), known)
                assert done.rowcount == 1 or "petition_lines" in statement, name  # type: ignore[attr-defined]
            said = await broken(cast(Database, Seen(db)))
            await db.rollback()
        wanted = tampering.found.replace("{p}", str(met["p"]))
        if not said or not re.search(wanted, said[0] if "entry" in wanted[:6] else "\n".join(said)):
            unseen[name] = said
    assert unseen == {}
    assert await broken(database) == [], "everything was undone"
