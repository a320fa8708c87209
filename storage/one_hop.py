"""How does one statement reach SQLite's thread once instead of four times?

SQLAlchemy's adapter for aiosqlite opens the cursor, executes, fetches and closes in four crossings to the
connection's thread; this cursor does all four in one. `make bench` shows what it is worth."""

import collections
from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util.concurrency import await_

_Outcome = tuple[Any, int, int, list[Any]]


class OneHopCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor that opens, executes, fetches and closes in one crossing to the connection's thread."""

    __slots__ = ("_description", "_lastrowid", "_rowcount")

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._rows = collections.deque()
        self._description: Any = None
        self._rowcount = -1
        self._lastrowid = -1

    @property
    def description(self) -> Any:
        return self._description

    @property
    def rowcount(self) -> int:
        return self._rowcount

    @property
    def lastrowid(self) -> int:
        return self._lastrowid

    @property  # type: ignore[misc]  # nobody sets it
    def arraysize(self) -> int:
        return 1

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        return

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        def run(connection: Any) -> _Outcome:
            cursor = connection.cursor()
            try:
                cursor.execute(operation, parameters or ())
                rows = cursor.fetchall() if cursor.description else []
                return cursor.description, cursor.rowcount, cursor.lastrowid, rows
            finally:
                cursor.close()

        self._take(run)

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        def run(connection: Any) -> _Outcome:
            cursor = connection.cursor()
            try:
                cursor.executemany(operation, seq_of_parameters)
                return None, cursor.rowcount, cursor.lastrowid, []
            finally:
                cursor.close()

        self._take(run)

    def _take(self, run: Callable[[Any], _Outcome]) -> None:
        connection: Any = self._connection
        try:
            outcome = await_(connection._execute(lambda: run(connection._conn)))
        except Exception as error:  # noqa: BLE001  handed on as the driver's own error
            self._adapt_connection._handle_exception(error)
        self._description, self._rowcount, self._lastrowid, rows = outcome
        self._rows = collections.deque(rows)


class OneHopConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose statements go by the one-hop cursor."""

    __slots__ = ()
    _cursor_cls = OneHopCursor  # type: ignore[assignment]  # inferred too narrowly upstream


def use_one_hop(engine: AsyncEngine) -> None:
    """Makes every connection of this SQLite engine use the one-hop cursor."""
    dbapi: Any = engine.sync_engine.dialect.dbapi

    class Module:
        """The driver module with `connect` giving one-hop connections, for this engine alone."""

        def __getattr__(self, name: str) -> Any:
            return getattr(dbapi, name)

        def connect(self, *arg: Any, **kw: Any) -> OneHopConnection:
            opened = dbapi.connect(*arg, **kw)
            return OneHopConnection(dbapi, opened._connection)

    engine.sync_engine.dialect.dbapi = Module()
