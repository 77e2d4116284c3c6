"""The outbox: one row a briefing and chat. docs/reliability.md draws the states."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, case, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Delivery, DeliveryState, Slot, Subscriber
from digests.store import tables
from digests.store.columns import AnyRow, Moment
from digests.store.dialects import among, insert

AFTER_EXPIRY = timedelta(seconds=30)
LEASES = 3  # a row whose lease ran out this often crashes whoever takes it

_t = tables.deliveries
_s = tables.subscribers
_h = tables.halts
_READY, _SENDING, _SENT = DeliveryState.READY, DeliveryState.SENDING, DeliveryState.SENT
_DEAD, _UNKNOWN = DeliveryState.DEAD, DeliveryState.UNKNOWN


class SqlDeliveries:
    """The `Deliveries` of the contract within one transaction."""

    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def slots(self, keys: Iterable[str]) -> Mapping[str, DeliveryState]:
        """Which of these slot keys are planned already, and their state."""
        rows = await self._conn.execute(select(_t.c.slot_key, _t.c.state).where(among(self._conn, _t.c.slot_key, keys)))
        return {row.slot_key: DeliveryState(row.state) for row in rows}

    async def latest_slot(self, subscriber_id: int) -> Delivery | None:
        """The newest delivery row of a subscriber by planned time, skipped ones included."""
        rows = await self._conn.execute(
            select(_t)
            .where(_t.c.subscriber_id == subscriber_id)
            .order_by(_t.c.planned_at.desc(), _t.c.id.desc())
            .limit(1)
        )
        row = rows.first()
        return None if row is None else _delivery(row)

    async def plan(self, delivery: Delivery) -> bool:
        """Keep a delivery unless its slot key is taken; whether it was kept."""
        new = insert(self._conn, _t).values(**_values(delivery)).on_conflict_do_nothing(index_elements=["slot_key"])
        return await self._conn.scalar(new.returning(_t.c.id)) is not None

    async def skip(self, slot: Slot, subscriber: Subscriber, reason: str) -> bool:
        """Keep a slot that is not sent, with the reason ("late", "no_such_day", "superseded"); whether it was kept."""
        return await self.plan(
            Delivery(
                subscriber_id=subscriber.id,
                slot_key=slot.key,
                channel=subscriber.channel,
                address=subscriber.address,
                payload="",
                state=DeliveryState.SKIPPED,
                reason=reason,
                planned_at=slot.planned_at,
                due_at=slot.planned_at,
                valid_until=slot.valid_until,
                mark=slot.planned_at,
            )
        )

    async def reap(self, now: datetime) -> Sequence[Delivery]:
        """Deliveries whose lease ran out while sending: once back to ready after 30 s, the second time unknown.

        Three expired leases on one row make it dead(crash_loop). Returns the rows as they are now. The owner stays on
        the row, so that an answer that comes after all can still be settled while nobody has taken it again.
        """
        unclear, leases = _t.c.unclear + 1, _t.c.leases + 1
        loops, again = leases >= LEASES, unclear <= 1
        rows = await self._conn.execute(
            update(_t)
            .where(_t.c.state == _SENDING, _t.c.lease_until < now)
            .values(
                leases=leases,
                unclear=unclear,
                lease_until=None,
                state=case((loops, _DEAD), (again, _READY), else_=_UNKNOWN),
                reason=case((loops, "crash_loop"), else_="lease expired"),
                due_at=case((loops, _t.c.due_at), (again, _moment(now + AFTER_EXPIRY)), else_=_t.c.due_at),
                settled_at=case((loops, _moment(now)), (again, None), else_=_moment(now)),
            )
            .returning(*_t.c)
        )
        return _in_due_order(rows)

    async def claim(self, now: datetime, *, owner: str, lease: timedelta, limit: int = 10) -> Sequence[Delivery]:
        """Take due deliveries in due order: state sending, attempt + 1, owner and lease set. SKIP LOCKED on PostgreSQL.

        Rows past `valid_until` become dead(expired) or, when an answer was lost before, unknown; halted addresses wait.
        """
        await self._expire(now)
        halted = (
            select(_h.c.until)
            .where(_h.c.channel == _t.c.channel, _h.c.address.in_(("", _t.c.address)), _h.c.until > now)
            .exists()
        )
        due = (
            select(_t.c.id)
            .where(_t.c.state == _READY, _t.c.due_at <= now, ~halted)
            .order_by(_t.c.due_at, _t.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=_t)
            .cte("due")
        )
        rows = await self._conn.execute(
            update(_t)
            .where(_t.c.id == due.c.id)
            .values(state=_SENDING, attempt=_t.c.attempt + 1, owner=owner, lease_until=now + lease, reason=None)
            .returning(*_t.c)
        )
        return _in_due_order(rows)

    async def _expire(self, now: datetime) -> None:
        await self._conn.execute(
            update(_t)
            .where(_t.c.state == _READY, _t.c.valid_until < now)
            .values(state=case((_t.c.unclear > 0, _UNKNOWN), else_=_DEAD), reason="expired", settled_at=now)
        )

    async def settle(
        self,
        delivery: Delivery,
        state: DeliveryState,
        *,
        now: datetime,
        reason: str | None = None,
        message_id: str | None = None,
        due_at: datetime | None = None,
        unclear: int | None = None,
        counted: bool = True,
    ) -> bool:
        """Record what became of a claimed delivery, fenced by id, owner and attempt; False when overtaken.

        Settling as sent also moves the subscriber's mark and its last edition, in the same transaction. Proof that it
        was sent counts even after the lease ran out, as long as nobody has taken the row again.
        """
        open_states = (_SENDING, _READY, _UNKNOWN) if state is _SENT else (_SENDING,)
        changes: dict[str, Any] = {
            "state": state,
            "reason": reason,
            "message_id": message_id,
            "lease_until": None,
            "settled_at": None if state in (_READY, _SENDING) else now,
        }
        if due_at is not None:
            changes["due_at"] = due_at
        if unclear is not None:
            changes["unclear"] = unclear
        if not counted:
            changes["attempt"] = _t.c.attempt - 1
        if state is _READY:
            changes["owner"] = None  # given up knowingly: only an expired lease leaves its owner behind
        done = await self._conn.execute(
            update(_t)
            .where(
                _t.c.id == delivery.id,
                _t.c.owner == delivery.owner,
                _t.c.attempt == delivery.attempt,
                _t.c.state.in_(open_states),
            )
            .values(**changes)
        )
        if done.rowcount == 1 and state is _SENT:
            await self._move_mark(delivery.id)
        return done.rowcount == 1

    async def _move_mark(self, delivery_id: int) -> None:
        """The row as kept counts, not the caller's copy: the chat may have moved meanwhile. A mark never goes back."""
        sent = select(_t.c.subscriber_id, _t.c.mark, _t.c.edition_id).where(_t.c.id == delivery_id)
        row = (await self._conn.execute(sent)).one()
        here = _s.c.id == row.subscriber_id
        later = _s.c.mark.is_(None) | (_s.c.mark < row.mark)
        await self._conn.execute(update(_s).where(here, later).values(mark=row.mark))
        if row.edition_id:
            await self._conn.execute(update(_s).where(here).values(last_edition=row.edition_id))

    async def halt(self, channel: str, until: datetime, *, address: str = "") -> None:
        """Nothing of `channel` (or only of one address there) is claimed before `until`."""
        await self._conn.execute(
            insert(self._conn, _h)
            .values(channel=channel, address=address, until=until)
            .on_conflict_do_update(index_elements=["channel", "address"], set_={"until": until})
        )

    async def counts(self) -> Mapping[DeliveryState, int]:
        """How many rows are in each state; every state is named."""
        found = dict.fromkeys(DeliveryState, 0)
        for state, number in await self._conn.execute(select(_t.c.state, func.count()).group_by(_t.c.state)):
            found[DeliveryState(state)] = number
        return found

    async def told(self, subscriber_id: int, since: datetime) -> Sequence[int]:
        """The editions that a subscriber was sent for slots after `since`, oldest first."""
        mine = (_t.c.subscriber_id == subscriber_id) & (_t.c.planned_at > since) & (_t.c.state == _SENT)
        rows = await self._conn.execute(select(_t.c.edition_id).where(mine).order_by(_t.c.planned_at, _t.c.id))
        return [row.edition_id for row in rows]

    async def last_sent(self) -> datetime | None:
        """When the newest delivery was settled as sent."""
        found: datetime | None = await self._conn.scalar(select(func.max(_t.c.settled_at)).where(_t.c.state == _SENT))
        return found

    async def overdue(self, now: datetime) -> datetime | None:
        """Planned time of the oldest delivery that should have gone out and is still ready or sending."""
        waiting = _t.c.state.in_((_READY, _SENDING)) & (_t.c.planned_at <= now)
        found: datetime | None = await self._conn.scalar(select(func.min(_t.c.planned_at)).where(waiting))
        return found

    async def dead(self, *, limit: int = 10) -> Sequence[Delivery]:
        """The newest deliveries that ended dead or unknown."""
        rows = await self._conn.execute(
            select(_t)
            .where(_t.c.state.in_((_DEAD, _UNKNOWN)))
            .order_by(_t.c.settled_at.desc(), _t.c.id.desc())
            .limit(limit)
        )
        return [_delivery(row) for row in rows]

    async def prune(self, before: datetime) -> int:
        """Forget what deliveries planned before then and ended said, and halts over by then; slots stay taken."""
        await self._conn.execute(delete(_h).where(_h.c.until < before))
        ended = _t.c.state.not_in((_READY, _SENDING))
        done = await self._conn.execute(
            update(_t).where(ended, _t.c.planned_at < before, _t.c.payload != "").values(payload="")
        )
        return done.rowcount


def _moment(instant: datetime) -> BindParameter[datetime]:
    """Inside a CASE the database library does not know which column a value is for."""
    return literal(instant, Moment())


def _in_due_order(rows: Iterable[AnyRow]) -> Sequence[Delivery]:
    return [_delivery(row) for row in sorted(rows, key=lambda row: (row.due_at, row.id))]


def _values(delivery: Delivery) -> dict[str, Any]:
    return {
        "subscriber_id": delivery.subscriber_id,
        "slot_key": delivery.slot_key,
        "channel": delivery.channel,
        "address": delivery.address,
        "payload": delivery.payload,
        "edition_id": delivery.edition_id,
        "state": delivery.state,
        "reason": delivery.reason,
        "planned_at": delivery.planned_at,
        "due_at": delivery.due_at,
        "valid_until": delivery.valid_until,
        "mark": delivery.mark,
        "attempt": delivery.attempt,
        "unclear": delivery.unclear,
        "leases": 0,
        "owner": delivery.owner,
        "lease_until": delivery.lease_until,
        "message_id": delivery.message_id,
    }


def _delivery(row: AnyRow) -> Delivery:
    return Delivery(
        id=row.id,
        subscriber_id=row.subscriber_id,
        slot_key=row.slot_key,
        channel=row.channel,
        address=row.address,
        payload=row.payload,
        edition_id=row.edition_id,
        state=DeliveryState(row.state),
        reason=row.reason,
        planned_at=row.planned_at,
        due_at=row.due_at,
        valid_until=row.valid_until,
        mark=row.mark,
        attempt=row.attempt,
        unclear=row.unclear,
        owner=row.owner,
        lease_until=row.lease_until,
        message_id=row.message_id,
    )
