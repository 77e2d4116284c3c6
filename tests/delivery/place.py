"""A database that outlives the processes that use it: opened by the test and by every sender it starts and kills."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from digests.store.base import Store
from digests.store.engine import open_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a store is: a PostgreSQL address, or else a folder for SQLite."""

    url: str | None = None
    folder: Path

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Store]:
        store = await open_store(database_url=self.url, data_dir=self.folder)
        try:
            yield store
        finally:
            await store.close()
