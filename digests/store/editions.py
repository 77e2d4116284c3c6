"""Editions, each kept whole as JSON."""

import dataclasses
import hashlib
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Edition
from digests.store import tables
from digests.store.columns import storable
from digests.store.dialects import insert

_t = tables.editions
_json = TypeAdapter(Edition)


class SqlEditions:
    """The `Editions` of the contract within one transaction."""

    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def put(self, edition: Edition, now: datetime) -> Edition:
        """Keep an edition; returns it with its id. The same edition put twice has one id."""
        body = to_json(dataclasses.replace(edition, id=0))
        digest = hashlib.sha256(body.encode()).hexdigest()
        await self._conn.execute(
            insert(self._conn, _t)
            .values(digest=digest, body=body, made_at=now)
            .on_conflict_do_nothing(index_elements=["digest"])
        )
        edition_id = await self._conn.scalar(select(_t.c.id).where(_t.c.digest == digest))
        return dataclasses.replace(edition, id=edition_id or 0)

    async def get(self, edition_id: int) -> Edition | None:
        """One edition, or None when it is unknown or was pruned."""
        body = await self._conn.scalar(select(_t.c.body).where(_t.c.id == edition_id))
        return None if body is None else dataclasses.replace(from_json(body), id=edition_id)

    async def prune(self, before: datetime) -> int:
        """Forget editions made before then; the newest stays, so that no number is given twice. Returns how many."""
        newest = select(func.max(_t.c.id)).scalar_subquery()
        done = await self._conn.execute(delete(_t).where(_t.c.made_at < before, _t.c.id < newest))
        return done.rowcount


def to_json(edition: Edition) -> str:
    """An edition as JSON, from which `from_json` makes its equal."""
    return storable(_json.dump_json(edition).decode())


def from_json(body: str) -> Edition:
    """The edition that `to_json` wrote."""
    return _json.validate_json(body)
