"""Opens a store: SQLite in a folder, or PostgreSQL by its address. The one module that knows how the two are set up."""

import asyncio
import os
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from digests.errors import StoreError
from digests.store import schema, search, sqlite_file
from digests.store.actors import SqlActors
from digests.store.articles import SqlArticles
from digests.store.base import Books, Store
from digests.store.deliveries import SqlDeliveries
from digests.store.editions import SqlEditions
from digests.store.inbox import SqlInbox
from digests.store.lock import PostgresLock, lock_database, lock_token, token_key
from digests.store.notes import SqlNotes
from digests.store.placements import SqlPlacements
from digests.store.positions import SqlPositions
from digests.store.sources import SqlSources
from digests.store.subscribers import SqlSubscribers

DATABASE_KEY = 0x6272696566  # "brief": PostgreSQL's advisory lock of the one bot on a database
SCHEMA_KEY = DATABASE_KEY + 1  # ... and of whoever changes the schema


async def open_store(
    *,
    database_url: str | None = None,
    data_dir: Path,
    name: str = "briefings.db",
    exclusive: bool = False,
    token: str | None = None,
) -> Store:
    """The store at `database_url` (PostgreSQL), or without one the SQLite file `name` in `data_dir`; schema current.

    `exclusive` is for the bot: it and its `token` are locked for this process. Raises StoreInUse when another process
    has either, StoreError when the database cannot be reached, is damaged or is newer than this program.
    """
    async with AsyncExitStack() as stack:
        if token is not None:
            stack.callback(lock_token(token).release)
        if database_url is None:
            store = await _open_sqlite(stack, data_dir / name, exclusive)
        else:
            store = await _open_postgresql(stack, _address(database_url), exclusive, token)
        store.closing = stack.pop_all()
        return store


@contextmanager
def _in_words() -> Iterator[None]:
    """The database's errors as StoreError; the cause stays attached, parameters and password are in neither."""
    try:
        yield
    except OperationalError as error:  # out of reach, locked, full, read-only
        raise StoreError(f"the database refused: {str(error.orig).strip().partition(chr(10))[0]}") from error
    except DBAPIError as error:  # the message may repeat what was to be written: the kind of error must do
        raise StoreError(f"the database refused: {type(error.orig).__name__}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"the database did not answer: {type(error).__name__}") from error


class SqlStore:
    """The `Store` of the contract: one engine that writes, one that reads."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine, version: str, lock: PostgresLock | None) -> None:
        self.closing = AsyncExitStack()
        self._writer = writer
        self._reader = reader
        self._version = version
        self._lock = lock

    @property
    def version(self) -> str:
        """The database and its version in words, for /status."""
        return self._version

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Books]:
        """A consistent read-only view."""
        with _in_words():
            async with self._reader.connect() as conn:
                yield _books(conn)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Books]:
        """One transaction: committed at the end of the block, rolled back when the block raises.

        On SQLite one at a time: opening one inside another waits for itself.
        """
        with _in_words():
            if self._lock is not None:
                await self._lock.hold()
            async with self._writer.begin() as conn:
                yield _books(conn)

    async def close(self) -> None:
        """Let go of every connection and of the lock."""
        await self.closing.aclose()


def _books(conn: AsyncConnection) -> Books:
    positions = SqlPositions(conn)
    return Books(
        sources=SqlSources(conn),
        articles=SqlArticles(conn),
        actors=SqlActors(conn, positions),
        positions=positions,
        placements=SqlPlacements(conn),
        subscribers=SqlSubscribers(conn),
        editions=SqlEditions(conn),
        deliveries=SqlDeliveries(conn),
        inbox=SqlInbox(conn),
        notes=SqlNotes(conn),
    )


# ---- SQLite ----------------------------------------------------------------------------------------------------


async def _open_sqlite(stack: AsyncExitStack, path: Path, exclusive: bool) -> SqlStore:
    if exclusive:
        stack.callback(lock_database(path).release)
        sqlite_file.warn_of_old_library()
    await asyncio.to_thread(sqlite_file.prepare, path)
    writer = _sqlite_engine(path, size=1)
    reader = _sqlite_engine(path, size=4)
    stack.push_async_callback(writer.dispose)
    stack.push_async_callback(reader.dispose)  # before the writer, which is the only one to checkpoint

    @event.listens_for(writer.sync_engine, "connect")
    def _writer(connection: Any, _: Any) -> None:
        sqlite_file.set_up_writer(connection, is_checkpointer=exclusive)

    @event.listens_for(reader.sync_engine, "connect")
    def _reader(connection: Any, _: Any) -> None:
        sqlite_file.set_up_reader(connection)

    # A transaction that reads first and then writes cannot wait for its turn: it must ask for it at the beginning.
    event.listen(writer.sync_engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN IMMEDIATE"))
    event.listen(reader.sync_engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    await _bring_up_to_date(reader, writer)
    if exclusive:
        with _in_words():
            async with writer.begin() as conn:
                await search.mend(conn)
    return SqlStore(writer, reader, f"SQLite {sqlite3.sqlite_version}", None)


def _sqlite_engine(path: Path, *, size: int) -> AsyncEngine:
    return create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        connect_args={"isolation_level": None},
        pool_size=size,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,
    )


# ---- PostgreSQL ------------------------------------------------------------------------------------------------


def _address(database_url: str) -> URL:
    """The address with the driver we use. Raises StoreError without repeating any of it: it holds a password."""
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):
        raise StoreError("DATABASE_URL is not an address like postgresql://user:password@host/name") from None
    if url.drivername.partition("+")[0] not in ("postgres", "postgresql"):
        raise StoreError("DATABASE_URL must begin with postgresql:// (leave it out for SQLite)")
    return url.set(drivername="postgresql+psycopg")


async def _open_postgresql(stack: AsyncExitStack, url: URL, exclusive: bool, token: str | None) -> SqlStore:
    writer = _postgresql_engine(url)
    stack.push_async_callback(writer.dispose)
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    lock = None
    with _in_words():
        if exclusive:
            lock = PostgresLock(writer, [DATABASE_KEY] if token is None else [DATABASE_KEY, token_key(token)])
            stack.push_async_callback(lock.release)
            await lock.hold()
        async with reader.connect() as conn:
            version = await conn.scalar(text("SHOW server_version"))
    await _bring_up_to_date(reader, writer)
    return SqlStore(writer, reader, f"PostgreSQL {str(version).split()[0]}", lock)


def _postgresql_engine(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        # No prepared statements: a connection pooler in between would mix them up.
        connect_args={
            "prepare_threshold": None,
            "connect_timeout": 10,
            "application_name": f"briefing-bot {os.getpid()}@{socket.gethostname()}",
        },
        pool_size=5,
        max_overflow=5,
        pool_pre_ping=True,
        hide_parameters=True,
    )


# ---- both ------------------------------------------------------------------------------------------------------


async def _bring_up_to_date(reader: AsyncEngine, writer: AsyncEngine) -> None:
    """Migrate when needed, one process at a time: who waited finds it done."""
    with _in_words():
        async with reader.connect() as conn:
            if await conn.run_sync(schema.is_current):
                return
        async with writer.begin() as conn:
            if conn.dialect.name == "postgresql":
                await conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SCHEMA_KEY})
            await conn.run_sync(schema.upgrade)
