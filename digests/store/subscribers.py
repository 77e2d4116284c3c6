"""Subscribers and what they follow."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import DeliveryState, Interest, Subscriber, SubscriberState
from digests.store import tables
from digests.store.columns import AnyRow
from digests.store.dialects import insert

_t = tables.subscribers
_i = tables.interests
_d = tables.deliveries


class SqlSubscribers:
    """The `Subscribers` of the contract within one transaction."""

    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def get(self, subscriber_id: int) -> Subscriber | None:
        """One subscriber."""
        return next(iter(await self._find(_t.c.id == subscriber_id)), None)

    async def at(self, channel: str, address: str) -> Subscriber | None:
        """The subscriber at an address."""
        return next(iter(await self._find(_t.c.channel == channel, _t.c.address == address)), None)

    async def all(self) -> Sequence[Subscriber]:
        """Every one, whatever its state."""
        return await self._find()

    async def active(self) -> Sequence[Subscriber]:
        """Those who are sent briefings."""
        return await self._find(_t.c.state == SubscriberState.ACTIVE)

    async def _find(self, *conditions: ColumnElement[bool]) -> Sequence[Subscriber]:
        rows = (await self._conn.execute(select(_t).where(*conditions).order_by(_t.c.id))).all()
        wanted = select(_t.c.id).where(*conditions)
        followed: dict[int, list[Interest]] = {}
        for row in await self._conn.execute(
            select(_i).where(_i.c.subscriber_id.in_(wanted)).order_by(_i.c.subscriber_id, _i.c.place)
        ):
            followed.setdefault(row.subscriber_id, []).append(
                Interest(kind=row.kind, name=row.name, actor_id=row.actor_id)
            )
        return [_subscriber(row, tuple(followed.get(row.id, ()))) for row in rows]

    async def put(self, subscriber: Subscriber) -> Subscriber:
        """Keep a new subscriber (id 0) or all settings of a known one, interests included.

        A new one at an address already kept replaces the settings there. When it is not active (any more), its
        deliveries that are still ready are skipped: /stop and /pause hold at once.
        """
        if subscriber.id:
            await self._conn.execute(update(_t).where(_t.c.id == subscriber.id).values(**_values(subscriber)))
        else:
            await self._conn.execute(
                insert(self._conn, _t)
                .values(**_values(subscriber), created_at=subscriber.created_at)
                .on_conflict_do_update(index_elements=["channel", "address"], set_=_values(subscriber))
            )
        kept = (_t.c.channel == subscriber.channel) & (_t.c.address == subscriber.address)
        subscriber_id = (await self._conn.execute(select(_t.c.id).where(kept))).scalar_one()
        await self._follow(subscriber_id, subscriber.interests)
        if subscriber.state is not SubscriberState.ACTIVE:
            await self._skip_ready(subscriber_id, str(subscriber.state))
        return (await self._find(_t.c.id == subscriber_id))[0]

    async def _follow(self, subscriber_id: int, interests: Sequence[Interest]) -> None:
        await self._conn.execute(delete(_i).where(_i.c.subscriber_id == subscriber_id))
        rows = [
            {"subscriber_id": subscriber_id, "place": place, "kind": x.kind, "name": x.name, "actor_id": x.actor_id}
            for place, x in enumerate(interests)
        ]
        if rows:
            await self._conn.execute(_i.insert(), rows)

    async def _skip_ready(self, subscriber_id: int, reason: str) -> None:
        await self._conn.execute(
            update(_d)
            .where(_d.c.subscriber_id == subscriber_id, _d.c.state == DeliveryState.READY)
            .values(state=DeliveryState.SKIPPED, reason=reason)
        )

    async def count(self) -> Mapping[SubscriberState, int]:
        """How many are in each state; every state is named."""
        found = dict.fromkeys(SubscriberState, 0)
        for state, number in await self._conn.execute(select(_t.c.state, func.count()).group_by(_t.c.state)):
            found[SubscriberState(state)] = number
        return found

    async def move(self, subscriber_id: int, address: str) -> None:
        """A chat has a new address; its unsent deliveries follow. When the new address is known, the two become one.

        The moved one stays: its settings and its mark win; what only the other has (zone, activity, interests) is
        added, and what the other was already sent is not sent again.
        """
        moved = await self.get(subscriber_id)
        if moved is None or moved.address == address:
            return
        other = await self.at(moved.channel, address)
        if other is not None:
            await self._absorb(moved, other)
        await self._conn.execute(update(_t).where(_t.c.id == subscriber_id).values(address=address))
        unsent = _d.c.state.in_((DeliveryState.READY, DeliveryState.SENDING))
        await self._conn.execute(update(_d).where(_d.c.subscriber_id == subscriber_id, unsent).values(address=address))

    async def _absorb(self, moved: Subscriber, other: Subscriber) -> None:
        await self._skip_ready(other.id, "moved")
        await self._skip_told_days(moved.id, other.id)
        await self._conn.execute(update(_d).where(_d.c.subscriber_id == other.id).values(subscriber_id=moved.id))
        await self._conn.execute(delete(_t).where(_t.c.id == other.id))
        extra = tuple(interest for interest in other.interests if interest not in moved.interests)
        await self._follow(moved.id, moved.interests + extra)
        marks = [mark for mark in (moved.mark, other.mark) if mark is not None]
        is_active = SubscriberState.ACTIVE in (moved.state, other.state)
        await self._conn.execute(
            update(_t)
            .where(_t.c.id == moved.id)
            .values(
                zone=moved.zone or other.zone,
                city=moved.city or other.city,
                state=SubscriberState.ACTIVE if is_active else moved.state,
                mark=max(marks, default=None),
                last_edition=max(moved.last_edition, other.last_edition),
            )
        )

    async def _skip_told_days(self, moved_id: int, other_id: int) -> None:
        told = (DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNKNOWN)
        others = _d.alias()
        ready = await self._conn.execute(
            select(_d.c.id, _d.c.slot_key).where(_d.c.subscriber_id == moved_id, _d.c.state == DeliveryState.READY)
        )
        for row in ready.all():
            key = f"{other_id}:{row.slot_key.partition(':')[2]}"
            same_day = select(others.c.id).where(others.c.slot_key == key, others.c.state.in_(told)).exists()
            await self._conn.execute(
                update(_d).where(_d.c.id == row.id, same_day).values(state=DeliveryState.SKIPPED, reason="moved")
            )

    async def mark_gone(self, subscriber_id: int, why: str) -> None:
        """Nothing more is sent there until it writes again; its unsent deliveries are skipped with the reason."""
        await self._conn.execute(update(_t).where(_t.c.id == subscriber_id).values(state=SubscriberState.GONE))
        await self._skip_ready(subscriber_id, f"gone: {why}")

    async def told(self, subscriber_id: int, edition_id: int) -> None:
        """Remember which edition it was last told."""
        await self._conn.execute(update(_t).where(_t.c.id == subscriber_id).values(last_edition=edition_id))


def _values(subscriber: Subscriber) -> dict[str, Any]:
    return {
        "channel": subscriber.channel,
        "address": subscriber.address,
        "title": subscriber.title,
        "language": subscriber.language,
        "zone": subscriber.zone,
        "city": subscriber.city,
        "at": subscriber.at.isoformat(),
        "days": "".join(str(day) for day in sorted(subscriber.days)),
        "state": subscriber.state,
        "mark": subscriber.mark,
        "last_edition": subscriber.last_edition,
        "version": subscriber.version,
    }


def _subscriber(row: AnyRow, interests: tuple[Interest, ...]) -> Subscriber:
    return Subscriber(
        id=row.id,
        channel=row.channel,
        address=row.address,
        title=row.title,
        language=row.language,
        zone=row.zone,
        city=row.city,
        at=time.fromisoformat(row.at),
        days=frozenset(int(day) for day in row.days),
        state=SubscriberState(row.state),
        interests=interests,
        mark=row.mark,
        last_edition=row.last_edition,
        version=row.version,
        created_at=row.created_at,
    )
