"""How is the database opened, and who may write to it at a time?"""

import asyncio
import fcntl
import os
import threading
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.chain import seal
from storage.one_hop import use_one_hop

_BOT_LOCK = 0x4153484152  # "ASHAR", the number of the advisory lock that one running bot holds on PostgreSQL


class DatabaseInUse(Exception):
    """Another bot already runs on this database."""


class BadDatabaseUrl(ValueError):
    """The setting DATABASE_URL names no database that Ashar can use."""


class Database:
    """An opened database: `async with db.transaction() as session`. On SQLite one transaction runs at a time,
    in the order in which they were asked for, so nobody waits in SQLite's own busy loop."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self.statements = 0  # ever executed, and how many of them changed something
        self.writes = 0
        self.letters = asyncio.Event()  # set when a transaction that posted letters was committed
        self._writer = asyncio.Lock() if self.is_sqlite else None
        self._lock_file: IO[str] | None = None
        self._lock_connection: AsyncConnection | None = None
        event.listen(engine.sync_engine, "before_cursor_execute", self._count)
        self._threads: weakref.WeakSet[threading.Thread] = weakref.WeakSet()
        if self.is_sqlite:
            event.listen(engine.sync_engine, "do_connect", self._note_thread)

    def _count(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.statements += 1
        if not statement.startswith(("SELECT", "BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA")):
            self.writes += 1

    def _note_thread(self, dialect: Any, _entry: object, _where: object, how: dict[str, Any]) -> None:
        """Each connection of the driver has a thread, also one that cannot be opened: it ends later than the fault."""

        def connect(*where: Any, **more: Any) -> Any:
            connection = dialect.dbapi.aiosqlite.connect(*where, **more)
            connection._thread.daemon = True  # as SQLAlchemy has it; it has no public name
            self._threads.add(connection._thread)
            return connection

        how["async_creator_fn"] = connect

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session in a transaction: committed when the block ends, rolled back when it raises. What it wrote into
        the journal is chained right before the commit."""
        async with (
            self._writer or nullcontext(),
            AsyncSession(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
            await seal(session)
        if session.info.get("letters"):
            self.letters.set()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads, and reads everything as it stood at one moment, however long that takes; nobody
        who writes waits for it."""
        reads: dict[str, object] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        engine = self.engine.execution_options(**({"reads_only": True} if self.is_sqlite else reads))
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            yield session

    async def knock(self) -> None:
        """Sees whether the database answers. BadDatabaseUrl with the kind of fault only: its words may hold the
        address, and that a password."""
        try:
            async with self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception as fault:  # noqa: BLE001  drivers have kinds of their own
            raise BadDatabaseUrl(f"the database does not answer ({type(fault).__name__})") from None

    async def hold(self) -> None:
        """Claims the database for this one running bot until `close`; DatabaseInUse when another holds it,
        BadDatabaseUrl when it does not answer."""
        await self.knock()
        if self.is_sqlite:
            name = self.engine.url.database
            if name is None or name == ":memory:":
                return
            self._lock_file = Path(f"{name}.lock").open("w")  # noqa: ASYNC230, SIM115  held as long as the bot runs
            try:
                fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._lock_file.close()
                self._lock_file = None
                raise DatabaseInUse(name) from None
            self._lock_file.write(str(os.getpid()))
            self._lock_file.flush()
            return
        self._lock_connection = await self.engine.connect()
        got = await self._lock_connection.scalar(text("SELECT pg_try_advisory_lock(:n)"), {"n": _BOT_LOCK})
        await self._lock_connection.commit()
        if not got:
            await self._lock_connection.close()
            self._lock_connection = None
            raise DatabaseInUse(str(self.engine.url.database))

    async def still_held(self) -> bool:
        """Whether the claim still stands: PostgreSQL drops it with its connection."""
        if self._lock_connection is None:
            return True
        try:
            await self._lock_connection.execute(text("SELECT 1"))
            await self._lock_connection.commit()
        except (SQLAlchemyError, OSError):
            return False
        return True

    async def close(self) -> None:
        """Lets go of the claim and closes every connection."""
        if self._lock_connection is not None:
            await self._lock_connection.close()
        if self._lock_file is not None:
            self._lock_file.close()
        await self.engine.dispose()
        for thread in [t for t in self._threads if t.is_alive()]:
            await asyncio.to_thread(thread.join, 5)  # a driver's thread must not outlive the loop it reports to


def _set_up_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "cache_size=-32000",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
    except Exception:
        connection.close()  # else the driver's thread stays behind
        raise
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    only_reads = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def open_database(url: str, *, pool_size: int = 8) -> Database:
    """The database at the address: SQLite by `sqlite+aiosqlite:///path`, PostgreSQL by
    `postgresql+asyncpg://…` (the short forms `sqlite:///` and `postgresql://` are understood).
    Raises BadDatabaseUrl, without the address (it may hold a password)."""
    try:
        return _opened(url, pool_size)
    except (ArgumentError, ValueError) as wrong:
        if isinstance(wrong, BadDatabaseUrl):
            raise
        raise BadDatabaseUrl("expected sqlite:///data/ashar.db or postgresql://user:password@host/name") from None
    except OSError as fault:
        raise BadDatabaseUrl(f"the file of the database cannot be made ({fault.strerror})") from None


def _opened(url: str, pool_size: int) -> Database:
    address = make_url(url)
    backend = address.get_backend_name()
    if backend == "sqlite":
        address = address.set(drivername="sqlite+aiosqlite")
        if address.database and address.database != ":memory:":
            file = Path(address.database)
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not address.database.startswith("file:"):
                file.touch(mode=0o600)  # a new one is read by this user only, and so are the files beside it
        # hide_parameters: what people wrote must not reach the log inside an error
        engine = create_async_engine(address, hide_parameters=True)
        use_one_hop(engine)
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
    elif backend in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+asyncpg")
        engine = create_async_engine(address, hide_parameters=True, pool_size=pool_size, pool_pre_ping=True)
    else:
        raise BadDatabaseUrl(f"{backend} is not supported: expected sqlite:///… or postgresql://…")
    return Database(engine)
