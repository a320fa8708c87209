"""How many one-row transactions a second, beside the bare database? `synchronous=FULL` everywhere."""

import asyncio
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

from storage.database import open_database
from storage.journal import Entry
from storage.migrate import migrate

_INSERT = "INSERT INTO journal (at, event, details) VALUES ('2026-01-01 00:00:00', 'bench', '{}')"


def bare(folder: Path, count: int) -> float:
    """Plain sqlite3 in the same file format and with the same promises."""
    with sqlite3.connect(folder / "bench.db", isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        begun = time.perf_counter()
        for _ in range(count):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_INSERT)
            connection.execute("COMMIT")
        took = time.perf_counter() - begun
    connection.close()
    return count / took


async def ours(folder: Path, count: int) -> float:
    """A transaction of Database with one ORM row, as an action writes it."""
    database = open_database(f"sqlite:///{folder}/bench.db")
    await migrate(database)
    begun = time.perf_counter()
    for _ in range(count):
        async with database.transaction() as db:
            db.add(Entry(at=datetime.now(UTC), event="bench", details={}))
    took = time.perf_counter() - begun
    await database.close()
    return count / took


def measure(folder: Path, count: int = 1_000) -> tuple[float, float]:
    """Transactions a second: ours, and those of the bare database."""
    mine = asyncio.run(ours(folder, count))
    return mine, bare(folder, count)
