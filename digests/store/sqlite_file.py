"""The SQLite file: made or checked before anything else opens it, and what each connection to it is told."""

import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from digests.errors import StoreError

APPLICATION_ID = 0x62726965  # "brie"
BUSY_MS = 10_000
FIXED_IN = (3, 51, 3)  # https://sqlite.org/wal.html#walresetbug

_log = logging.getLogger(__name__)


def prepare(path: Path) -> None:
    """See to it that there is a sound database of ours at `path`, in WAL mode.

    Raises StoreError, naming the file and what to do, when it is damaged, somebody else's, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)) as conn:
            _own(conn, path)
            _check(conn, path)
            _use_wal(conn)
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise StoreError(f"{path}: another program keeps it locked; stop that program and try again") from error
        raise StoreError(f"{path}: {error}; {_advice(error)}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}; set DATA_DIR to a folder that can be written") from error


def _advice(error: sqlite3.DatabaseError) -> str:
    if isinstance(error, sqlite3.OperationalError):
        return "see that the folder exists, can be written and has room, or set DATA_DIR to another one"
    return "move the file away and put back a backup of it (docs/storage.md)"


def _own(conn: sqlite3.Connection, path: Path) -> None:
    """Put our mark on a new file; refuse one that has another mark, or tables but no mark."""
    mark = conn.execute("PRAGMA application_id").fetchone()[0]
    if mark == APPLICATION_ID:
        return
    if mark or conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(f"{path}: this is another program's database; set DATA_DIR to another folder")
    conn.execute("PRAGMA auto_vacuum=INCREMENTAL")
    conn.execute(f"PRAGMA application_id={APPLICATION_ID}")


def _check(conn: sqlite3.Connection, path: Path) -> None:
    found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        found = found.splitlines()[-1]
        raise StoreError(f"{path}: damaged ({found}); move the file away and put back a backup of it (docs/storage.md)")


def _use_wal(conn: sqlite3.Connection) -> None:
    """Changing the mode needs the file for itself and does not wait: two first openers take turns here."""
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            conn.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def warn_of_old_library() -> None:
    """Say once, where the bot starts, that this SQLite has a known fault which our one checkpointer avoids."""
    if sqlite3.sqlite_version_info < FIXED_IN:
        _log.info(
            "SQLite %s is older than %s; see docs/storage.md", sqlite3.sqlite_version, ".".join(map(str, FIXED_IN))
        )


def set_up_writer(connection: Any, *, is_checkpointer: bool) -> None:
    """For the one connection of this process that writes."""
    _tell(
        connection,
        "synchronous=FULL",
        "foreign_keys=ON",
        f"wal_autocheckpoint={1000 if is_checkpointer else 0}",
    )


def set_up_reader(connection: Any) -> None:
    """For connections that only read and never move the write-ahead log into the file."""
    _tell(connection, "query_only=ON", "wal_autocheckpoint=0")


def _tell(connection: Any, *pragmas: str) -> None:
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_MS}", "trusted_schema=OFF", *pragmas):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
