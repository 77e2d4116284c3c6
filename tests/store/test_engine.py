"""Opening a store: what is refused, who may have it, and what survives a crash."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from digests.errors import StoreError, StoreInUse
from digests.store import schema
from digests.store.base import Store
from digests.store.engine import open_store
from digests.store.tables import metadata
from tests.store.make import DAY, HOUR, MINUTE, NOW, article, delivery, subscriber

HOLDER = """
import asyncio, sys
from pathlib import Path
from digests.store.engine import open_store

async def hold():
    url, folder, token = sys.argv[1:4]
    await open_store(database_url=url or None, data_dir=Path(folder), exclusive=True, token=token or None)
    print("held", flush=True)
    await asyncio.sleep(60)

asyncio.run(hold())
"""


class Holder:
    """Another process that has a store for itself."""

    def __init__(self, url: str, folder: Path, token: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, url, str(folder), token], stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> "Holder":
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "held\n"
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """Where a store may be opened: None stands for SQLite."""
    return None if request.param == "sqlite" else request.getfixturevalue("postgres_url")


async def test_a_second_process_is_refused_until_the_first_is_killed(url: str | None, tmp_path: Path) -> None:
    with Holder(url or "", tmp_path) as other:
        with pytest.raises(StoreInUse, match=f"in use by .*{other.process.pid}.*stop that bot first"):
            await open_store(database_url=url, data_dir=tmp_path, exclusive=True)
        guest = await open_store(database_url=url, data_dir=tmp_path)
        async with guest.write() as books:
            await books.notes.set("from", "the command line")
        async with guest.read() as books:
            assert await books.notes.get("from") == "the command line"
        await guest.close()
    heir = await open_store(database_url=url, data_dir=tmp_path, exclusive=True)
    await heir.close()


async def test_two_processes_with_one_token_are_refused_whatever_their_databases(tmp_path: Path) -> None:
    token = f"12345:{os.getpid()}-canary"
    with Holder("", tmp_path / "one", token):
        with pytest.raises(StoreInUse, match="this bot token is in use") as refusal:
            await open_store(data_dir=tmp_path / "two", exclusive=True, token=token)
        assert token not in str(refusal.value)
        store = await open_store(data_dir=tmp_path / "two", exclusive=True, token="another")
        await store.close()


async def test_one_token_is_refused_on_one_database_server_by_the_token_alone(
    postgres_url: str, tmp_path: Path
) -> None:
    first = await open_store(database_url=postgres_url, data_dir=tmp_path, exclusive=True, token=f"1:{os.getpid()}")
    with pytest.raises(StoreInUse):
        await open_store(database_url=postgres_url, data_dir=tmp_path, exclusive=True)
    await first.close()
    again = await open_store(database_url=postgres_url, data_dir=tmp_path, exclusive=True, token=f"1:{os.getpid()}")
    await again.close()


async def test_the_bot_takes_its_lock_again_when_postgresql_dropped_the_connection(
    postgres_url: str, tmp_path: Path
) -> None:
    bot = await open_store(database_url=postgres_url, data_dir=tmp_path, exclusive=True)
    engine = create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:"))
    drop = text(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
    )
    with engine.begin() as conn:
        conn.execute(drop)
    bot._lock._seen = 0.0  # type: ignore[attr-defined]  # as if two seconds had gone by
    async with bot.write() as books:
        await books.notes.set("still", "here")
    with pytest.raises(StoreInUse):
        await open_store(database_url=postgres_url, data_dir=tmp_path, exclusive=True)
    with engine.begin() as conn:
        conn.execute(drop)
    thief = await open_store(database_url=postgres_url, data_dir=tmp_path, exclusive=True)
    bot._lock._seen = 0.0  # type: ignore[attr-defined]
    with pytest.raises(StoreInUse):
        async with bot.write() as books:
            await books.notes.set("still", "mine")
    async with thief.read() as books:
        assert await books.notes.get("still") == "here"
    await thief.close()
    await bot.close()
    engine.dispose()


async def test_many_writers_ask_after_the_lock_at_once(postgres_url: str, tmp_path: Path) -> None:
    bot = await open_store(database_url=postgres_url, data_dir=tmp_path, exclusive=True)

    async def note(name: str) -> None:
        bot._lock._seen = 0.0  # type: ignore[attr-defined]
        async with bot.write() as books:
            await books.notes.set(name, name)

    await asyncio.gather(*(note(str(place)) for place in range(8)))
    async with bot.read() as books:
        assert [await books.notes.get(str(place)) for place in range(8)] == [str(place) for place in range(8)]
    await bot.close()


async def test_a_read_only_view_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match=r"read-?only|ReadOnly"):
        async with store.read() as books:
            await books.notes.set("a", 1)
    async with store.read() as books:
        assert await books.notes.get("a") is None


async def test_a_view_stays_as_it_was_while_others_write(store: Store) -> None:
    async with store.read() as view:
        assert await view.articles.count() == 0
        async with store.write() as books:
            await books.articles.file(article("a"), None, NOW)
        assert await view.articles.count() == 0
    async with store.read() as view:
        assert await view.articles.count() == 1


async def test_writers_of_one_process_take_turns(store: Store) -> None:
    async def add_one() -> None:
        async with store.write() as books:
            number = await books.notes.get("number") or 0
            await asyncio.sleep(0)
            await books.notes.set("number", number + 1)  # type: ignore[operator]

    if "SQLite" in store.version:
        await asyncio.gather(*(add_one() for _ in range(20)))
        async with store.read() as books:
            assert await books.notes.get("number") == 20


async def test_a_refusal_is_a_store_error_without_what_was_to_be_written(store: Store) -> None:
    stranger = subscriber("canary", id=999)
    with pytest.raises(StoreError) as refusal:
        async with store.write() as books:
            await books.deliveries.plan(delivery(stranger, payload="canary"))
    assert "canary" not in str(refusal.value)
    async with store.read() as books:
        assert await books.deliveries.slots([delivery(stranger).slot_key]) == {}


async def test_opening_again_finds_everything(url: str | None, tmp_path: Path) -> None:
    for place in range(3):
        store = await open_store(database_url=url, data_dir=tmp_path)
        async with store.write() as books:
            await books.articles.file(article(str(place)), None, NOW)
            assert await books.articles.count() == place + 1
        await store.close()
        await store.close()


async def test_a_store_says_which_database_it_is(url: str | None, tmp_path: Path) -> None:
    store = await open_store(database_url=url, data_dir=tmp_path)
    assert store.version.startswith("SQLite 3." if url is None else "PostgreSQL 1")
    await store.close()


# ---- schema ----------------------------------------------------------------------------------------------------


async def test_four_first_openers_at_once_make_one_schema(postgres: str, tmp_path: Path) -> None:
    stores = await asyncio.gather(*(open_store(data_dir=tmp_path) for _ in range(4)))
    for place, store in enumerate(stores):
        async with store.write() as books:
            await books.notes.set(str(place), place)
    async with stores[0].read() as books:
        assert await books.notes.get("3") == 3
    for store in stores:
        await store.close()


def test_the_migrations_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.begin() as conn:
        schema.upgrade(conn)
        assert _shape(conn) == _made_by_tables(tmp_path)
    engine.dispose()


def _made_by_tables(folder: Path) -> dict[str, object]:
    engine = create_engine(f"sqlite:///{folder / 'y.db'}")
    with engine.begin() as conn:
        metadata.create_all(conn)
        shape = _shape(conn)
    engine.dispose()
    return shape


def _shape(conn: Connection) -> dict[str, object]:
    seen = inspect(conn)
    return {
        name: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in seen.get_columns(name)],
            sorted((index["name"] or "", tuple(index["column_names"])) for index in seen.get_indexes(name)),
            sorted(tuple(unique["column_names"]) for unique in seen.get_unique_constraints(name)),
            sorted((check["name"] or "", check["sqltext"]) for check in seen.get_check_constraints(name)),
            sorted((tuple(key["constrained_columns"]), key["referred_table"]) for key in seen.get_foreign_keys(name)),
            seen.get_pk_constraint(name)["constrained_columns"],
        )
        for name in metadata.tables
    }


async def test_a_newer_schema_is_refused(url: str | None, tmp_path: Path) -> None:
    store = await open_store(database_url=url, data_dir=tmp_path)
    await store.close()
    address = f"sqlite:///{tmp_path / 'briefings.db'}" if url is None else url.replace("sql:", "sql+psycopg:")
    engine = create_engine(address)
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match=r"newer version of this program.*9999"):
        await open_store(database_url=url, data_dir=tmp_path)


async def test_an_interrupted_migration_runs_again_cleanly(tmp_path: Path) -> None:
    store = await open_store(data_dir=tmp_path / "sound")
    await store.close()
    script = """
import os, sys
from sqlalchemy import create_engine, event
from digests.store import schema, sqlite_file
from pathlib import Path
sqlite_file.prepare(Path(sys.argv[1]))
engine = create_engine(f"sqlite:///{sys.argv[1]}", connect_args={"isolation_level": None})
event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN IMMEDIATE"))
seen = []
def die(conn, cursor, statement, *rest):
    seen.append(statement)
    if "CREATE TABLE deliveries" in statement:
        os.kill(os.getpid(), 9)
event.listen(engine, "after_cursor_execute", die)
with engine.begin() as conn:
    schema.upgrade(conn)
"""
    path = tmp_path / "broken" / "briefings.db"
    path.parent.mkdir()
    done = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", script, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    store = await open_store(data_dir=path.parent)
    async with store.write() as books:
        await books.articles.file(article("a"), None, NOW)
        assert len(await books.articles.search("valley")) == 1
    await store.close()


# ---- the SQLite file -------------------------------------------------------------------------------------------


async def test_the_file_is_strict_marked_and_in_wal_mode(tmp_path: Path) -> None:
    store = await open_store(data_dir=tmp_path)
    with closing(sqlite3.connect(tmp_path / "briefings.db")) as conn:
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert conn.execute("PRAGMA application_id").fetchone() == (0x62726965,)
        assert conn.execute("PRAGMA user_version").fetchone() == (3,)
        strict = dict(
            conn.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
        )
    assert {name for name in metadata.tables if not strict[name]} == set()
    await store.close()


async def test_a_backup_taken_while_the_bot_works_opens_as_a_store(tmp_path: Path) -> None:
    bot = await open_store(data_dir=tmp_path / "data", exclusive=True)
    async with bot.write() as books:
        await books.articles.file(article("a"), None, NOW)
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / "briefings.db"
    with closing(sqlite3.connect(tmp_path / "data" / "briefings.db")) as live, closing(sqlite3.connect(copy)) as kept:
        live.backup(kept)
    restored = await open_store(data_dir=tmp_path / "copy", exclusive=True)
    async with restored.read() as books:
        assert len(await books.articles.search("valley")) == await books.articles.count() == 1
    await restored.close()
    await bot.close()


async def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    store = await open_store(data_dir=tmp_path)
    async with store.write() as books:
        for place in range(200):
            await books.articles.file(article(str(place), text=f"words {place} " * 50), None, NOW)
    await store.close()
    path = tmp_path / "briefings.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:40960] + b"\xff" * 65536 + whole[40960 + 65536 :])
    with pytest.raises(StoreError, match=r"briefings\.db.*put back a backup"):
        await open_store(data_dir=tmp_path)


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "briefings.db"
    path.write_bytes(b"My diary. " * 1000)
    with pytest.raises(StoreError, match=r"briefings\.db"):
        await open_store(data_dir=tmp_path)
    assert path.read_bytes() == b"My diary. " * 1000


async def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "briefings.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE recipes (name)")
        conn.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's database"):
        await open_store(data_dir=tmp_path)
    assert path.read_bytes() == before


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for exclusive in (False, True):
        with pytest.raises(StoreError, match=r"DATA_DIR"):
            await open_store(data_dir=tmp_path / "file" / "data", exclusive=exclusive)


async def test_search_is_rebuilt_when_it_does_not_match_the_articles(tmp_path: Path) -> None:
    store = await open_store(data_dir=tmp_path)
    async with store.write() as books:
        await books.articles.file(article("a"), None, NOW)
    await store.close()
    with closing(sqlite3.connect(tmp_path / "briefings.db")) as conn:
        conn.execute("INSERT INTO article_words (article_words) VALUES ('delete-all')")
        conn.commit()
    store = await open_store(data_dir=tmp_path, exclusive=True)
    async with store.read() as books:
        assert len(await books.articles.search("valley")) == 1
    await store.close()


@pytest.mark.parametrize("after", [0.3, 0.5, 0.8])
async def test_kill_9_during_writes_leaves_a_good_database_with_all_that_was_committed(
    tmp_path: Path, after: float
) -> None:
    script = """
import asyncio, sys
from pathlib import Path
from digests.store.engine import open_store
from tests.store.make import NOW, article, extraction, position, state

async def write():
    store = await open_store(data_dir=Path(sys.argv[1]), exclusive=True)
    for place in range(100_000):
        name = str(place)
        async with store.write() as books:
            read = extraction(name, state("Turkey"), positions=(position("Turkey"),))
            await books.articles.file(article(name), read, NOW)
            await books.notes.set("filed", place)
        print(place, flush=True)

asyncio.run(write())
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    process = await asyncio.to_thread(subprocess.Popen, command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    last = int(process.stdout.readline())
    await asyncio.sleep(after)
    process.kill()
    told = [last, *(int(line) for line in process.communicate()[0].split("\n")[:-1] if line)]
    store = await open_store(data_dir=tmp_path, exclusive=True)
    async with store.read() as books:
        filed = await books.notes.get("filed")
        assert isinstance(filed, int)
        assert filed >= max(told)
        assert await books.articles.count() == filed + 1 == len(await books.positions.find(limit=10**6))
        assert len(await books.articles.search("valley", limit=10**6)) == filed + 1
    await store.close()


# ---- PostgreSQL's address --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://user:canary@127.0.0.1:1/name",
        "postgres://user:canary@127.0.0.1:1/name",
        "postgresql://user:canary@127.0.0.1:canary/name",
        "mysql://user:canary@127.0.0.1/name",
        "canary",
    ],
)
async def test_an_address_that_does_not_work_never_shows_its_password(address: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refusal:
        await open_store(database_url=address, data_dir=tmp_path)
    error: BaseException | None = refusal.value
    assert str(error)
    while error is not None:
        assert "canary" not in str(error)
        assert "canary" not in repr(error)
        error = error.__cause__


async def test_both_spellings_of_postgresql_open_the_same(postgres_url: str, tmp_path: Path) -> None:
    store = await open_store(database_url=postgres_url.replace("postgresql:", "postgres:"), data_dir=tmp_path)
    async with store.write() as books:
        await books.notes.set("times", [str(NOW + DAY), str(HOUR), str(MINUTE)])
    assert "canary" not in repr(store)
    await store.close()
