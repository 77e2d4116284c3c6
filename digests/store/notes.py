"""Small facts of the program, as JSON under a name."""

import json

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.store import tables
from digests.store.dialects import insert

_t = tables.notes


class SqlNotes:
    """The `Notes` of the contract within one transaction."""

    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def get(self, name: str) -> object | None:
        """The note, or None."""
        text = await self._conn.scalar(select(_t.c.value).where(_t.c.name == name))
        return None if text is None else json.loads(text)

    async def set(self, name: str, value: object) -> None:
        """Keep a note; None forgets it. Raises TypeError for what JSON has no form for."""
        if value is None:
            await self._conn.execute(delete(_t).where(_t.c.name == name))
            return
        text = json.dumps(value, sort_keys=True)
        await self._conn.execute(
            insert(self._conn, _t)
            .values(name=name, value=text)
            .on_conflict_do_update(index_elements=["name"], set_={"value": text})
        )
