"""What a channel received, until it is handled."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Update
from digests.store import tables
from digests.store.columns import AnyRow
from digests.store.dialects import insert

_t = tables.inbox


class SqlInbox:
    """The `Inbox` of the contract within one transaction."""

    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def put(self, updates: Iterable[Update]) -> int:
        """Keep raw updates; those already kept are left alone. Returns how many were new."""
        new = 0
        for received in updates:
            kept = await self._conn.scalar(
                insert(self._conn, _t)
                .values(
                    update_id=received.update_id,
                    raw=received.raw,
                    received_at=received.received_at,
                    state="waiting",
                    attempt=received.attempt,
                    error=received.error,
                )
                .on_conflict_do_nothing(index_elements=["update_id"])
                .returning(_t.c.number)
            )
            new += kept is not None
        return new

    async def next_offset(self) -> int | None:
        """One more than the id of the update received last (by order of receipt, ids may jump), or None."""
        last = await self._conn.scalar(select(_t.c.update_id).order_by(_t.c.number.desc()).limit(1))
        return None if last is None else last + 1

    async def waiting(self, *, limit: int = 100) -> Sequence[Update]:
        """Updates not handled yet, in order of receipt."""
        rows = await self._conn.execute(select(_t).where(_t.c.state == "waiting").order_by(_t.c.number).limit(limit))
        return [_update(row) for row in rows]

    async def done(self, update_id: int) -> None:
        """An update was handled."""
        await self._conn.execute(
            update(_t).where(_t.c.update_id == update_id, _t.c.state == "waiting").values(state="done", error=None)
        )

    async def failed(self, update_id: int, error: str, *, attempts: int = 3) -> None:
        """Handling raised: tried again up to `attempts` times, then put aside as dead."""
        tried = _t.c.attempt + 1
        await self._conn.execute(
            update(_t)
            .where(_t.c.update_id == update_id, _t.c.state == "waiting")
            .values(attempt=tried, error=error, state=case((tried >= attempts, "dead"), else_="waiting"))
        )

    async def prune(self, before: datetime) -> int:
        """Forget handled updates received before then; the one received last stays, `next_offset` needs it."""
        last = select(func.max(_t.c.number)).scalar_subquery()
        done = await self._conn.execute(
            delete(_t).where(_t.c.state != "waiting", _t.c.received_at < before, _t.c.number < last)
        )
        return done.rowcount


def _update(row: AnyRow) -> Update:
    return Update(
        update_id=row.update_id, raw=row.raw, received_at=row.received_at, attempt=row.attempt, error=row.error
    )
