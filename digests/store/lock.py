"""One bot at a time: locks on a database and on a bot token, each let go when its holder's process ends."""

import asyncio
import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digests.errors import StoreError, StoreInUse


class FileLock:
    """A lock file held by this process. The system lets it go when the process ends, however it ends."""

    def __init__(self, path: Path, what: str, advice: str) -> None:
        """Take it. Raises StoreInUse, naming the process that has it, with `what` and `advice` in words."""
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except PermissionError:
            raise StoreInUse(f"{what} is another user's: {path} cannot be opened; {advice}") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(self._file, 100, 0).decode(errors="replace").strip() or "unknown"
            os.close(self._file)
            raise StoreInUse(f"{what} is in use by process {holder}: {advice}") from None
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let it go; the file stays, since removing it would let two others lock two files."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def lock_database(path: Path) -> FileLock:
    """The one bot on the SQLite database at `path`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; set DATA_DIR to a folder that can be written") from error
    lock = path.with_name(path.name + ".lock")
    return FileLock(lock, f"{path}", "stop that bot first, or set DATA_DIR to another folder")


def lock_token(token: str, folder: Path | None = None) -> FileLock:
    """The one bot with this token on this machine; only a hash of the token is written anywhere."""
    folder = Path(tempfile.gettempdir()) if folder is None else folder
    return FileLock(
        folder / f"briefing-bot-{token_key(token):016x}.lock",
        "this bot token",
        "stop that bot first, or use another token",
    )


def token_key(token: str) -> int:
    """63 bits that stand for a token."""
    return int.from_bytes(hashlib.sha256(b"briefing-bot token " + token.encode()).digest()[:8], "big") >> 1


class PostgresLock:
    """Advisory locks held on a connection of their own, which ends with this process."""

    def __init__(self, engine: AsyncEngine, keys: Sequence[int]) -> None:
        self._engine = engine
        self._keys = keys
        self._conn: AsyncConnection | None = None
        self._seen = 0.0
        self._turn = asyncio.Lock()

    async def hold(self) -> None:
        """Take the locks, or see that they are still held (asked at most every two seconds).

        Raises StoreInUse when another process has one. When the connection broke, they are taken anew.
        """
        async with self._turn:  # one question at a time on the one connection
            await self._hold()

    async def _hold(self) -> None:
        if self._conn is not None and time.monotonic() - self._seen < 2.0:
            return
        if self._conn is not None:
            try:
                await self._conn.execute(text("SELECT 1"))
            except SQLAlchemyError:
                await self._let_go()
            else:
                self._seen = time.monotonic()
                return
        await self._take()

    async def _take(self) -> None:
        conn = await self._engine.execution_options(isolation_level="AUTOCOMMIT").connect()
        try:
            for key in self._keys:
                if not await conn.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}):
                    raise StoreInUse(await _who(conn, key))
        except BaseException:
            await conn.invalidate()  # not back into the pool: it may hold the first of the locks
            await conn.close()
            raise
        self._conn = conn
        self._seen = time.monotonic()

    async def _let_go(self) -> None:
        conn, self._conn = self._conn, None
        if conn is not None:
            await conn.invalidate()
            await conn.close()

    async def release(self) -> None:
        """Let them go."""
        await self._let_go()


async def _who(conn: AsyncConnection, key: int) -> str:
    """Who has the lock, in words: PostgreSQL keeps a 64-bit key as two halves."""
    holder = await conn.scalar(
        text(
            "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
            "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
            "AND l.classid = CAST(:high AS bigint)::oid AND l.objid = CAST(:low AS bigint)::oid "
            "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        ),
        {"high": key >> 32, "low": key & 0xFFFFFFFF},
    )
    return (
        f"this PostgreSQL database is in use by another bot ({holder or 'unknown'}): "
        "stop that bot first, or set DATABASE_URL to another database"
    )
