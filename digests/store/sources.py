"""Sources and what could not be read from them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Source, SourceKind, Trouble
from digests.store import tables
from digests.store.columns import AnyRow
from digests.store.dialects import insert
from digests.text import fold

KEPT_TROUBLES = 200

_t = tables.sources


class SqlSources:
    """The `Sources` of the contract within one transaction."""

    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def add(self, source: Source) -> Source:
        """The source with its id; the one already kept when kind and location are known (only a title is filled)."""
        await self._conn.execute(
            insert(self._conn, _t).values(**_values(source)).on_conflict_do_nothing(index_elements=["kind", "location"])
        )
        if source.title:
            here = (_t.c.kind == source.kind) & (_t.c.location == source.location)
            await self._conn.execute(update(_t).where(here, _t.c.title == "").values(title=source.title))
        rows = await self._conn.execute(select(_t).where(_t.c.kind == source.kind, _t.c.location == source.location))
        return _source(rows.one())

    async def all(self) -> Sequence[Source]:
        """Every source, by title (in Python: the two databases order letters differently)."""
        rows = await self._conn.execute(select(_t))
        return sorted(map(_source, rows), key=lambda source: (fold(source.title), source.title, source.location))

    async def due(self, now: datetime, *, limit: int = 100) -> Sequence[Source]:
        """Enabled sources whose next check has come, the longest overdue first; never checked ones before all."""
        never = _t.c.next_check_at.is_(None)
        rows = await self._conn.execute(
            select(_t)
            .where(_t.c.enabled == 1, never | (_t.c.next_check_at <= now))
            .order_by(never.desc(), _t.c.next_check_at, _t.c.id)
            .limit(limit)
        )
        return [_source(row) for row in rows]

    async def forget(self, source_id: int) -> None:
        """Drop a source and its troubles. Its articles stay."""
        await self._conn.execute(delete(tables.troubles).where(tables.troubles.c.source_id == source_id))
        await self._conn.execute(delete(_t).where(_t.c.id == source_id))

    async def record(self, source: Source) -> None:
        """Keep validators, next check, health and title of a source just looked at."""
        await self._conn.execute(update(_t).where(_t.c.id == source.id).values(**_values(source)))

    async def note_look(self, source: Source) -> bool:
        """As `record`, but a source that was switched off meanwhile stays off; whether it is kept still."""
        values = _values(source)
        if source.enabled:
            del values["enabled"]
        done = await self._conn.execute(update(_t).where(_t.c.id == source.id).values(**values))
        return done.rowcount > 0

    async def note_troubles(self, source_id: int | None, troubles: Iterable[Trouble], now: datetime) -> None:
        """Keep what could not be read; the newest 200 stay."""
        t = tables.troubles
        rows = [{"source_id": source_id, "what": x.what, "reason": x.reason, "noted_at": now} for x in troubles]
        if not rows:
            return
        await self._conn.execute(t.insert(), rows)
        kept = select(t.c.id).order_by(t.c.id.desc()).limit(KEPT_TROUBLES)
        await self._conn.execute(delete(t).where(t.c.id.not_in(kept)))

    async def troubles(self, *, limit: int = 10) -> Sequence[tuple[datetime, Trouble]]:
        """The newest troubles, newest first."""
        t = tables.troubles
        rows = await self._conn.execute(select(t).order_by(t.c.id.desc()).limit(limit))
        return [(row.noted_at, Trouble(what=row.what, reason=row.reason)) for row in rows]


def _values(source: Source) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "location": source.location,
        "title": source.title,
        "enabled": source.enabled,
        "etag": source.etag,
        "last_modified": source.last_modified,
        "next_check_at": source.next_check_at,
        "last_ok_at": source.last_ok_at,
        "failing_since": source.failing_since,
        "failures": source.failures,
        "error": source.error,
    }


def _source(row: AnyRow) -> Source:
    return Source(
        id=row.id,
        kind=SourceKind(row.kind),
        location=row.location,
        title=row.title,
        enabled=row.enabled,
        etag=row.etag,
        last_modified=row.last_modified,
        next_check_at=row.next_check_at,
        last_ok_at=row.last_ok_at,
        failing_since=row.failing_since,
        failures=row.failures,
        error=row.error,
    )
