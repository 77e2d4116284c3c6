"""Who the actors of some articles are: decided in memory, article by article, and written down in a few statements.

Whether an actor is one that is known is left to linking.py; this keeps what it decides from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Actor, ActorReading, Kind
from digests.store import tables
from digests.store.columns import Moment
from digests.store.dialects import among, insert
from digests.store.linking import Link, folded, link, surname
from digests.store.people import find_actors

_t = tables.actors
_a = tables.aliases
_UNIQUE = ("folded", "kind", "home")


class Register:
    """The actors that some articles may mean, and the new ones among theirs, which have negative ids until `write`."""

    def __init__(self, known: Mapping[int, Actor]) -> None:
        self._known = dict(known)
        self._new: dict[int, datetime | None] = {}  # by id: when its role was given
        self._roles: list[dict[str, Any]] = []
        self._changed: dict[int, dict[str, Any]] = {}
        self._called: dict[str, set[int]] = {}
        self._surnames: dict[str, set[int]] = {}
        for actor in known.values():
            self._index(actor)

    @classmethod
    async def open(cls, conn: AsyncConnection, readings: Iterable[ActorReading]) -> "Register":
        """With everybody who has one of these names, aliases or surnames."""
        readings = list(readings)
        names = {folded(one.actor.name) for one in readings}
        surnames = {surname(one.actor.name) for one in readings if one.actor.kind is Kind.PERSON}
        if not names:
            return cls({})
        called = select(_a.c.actor_id).where(among(conn, _a.c.folded, names))
        last = among(conn, _t.c.surname, surnames) & (_t.c.kind == Kind.PERSON)
        return cls(await find_actors(conn, _t.c.id.in_(called) | last))

    def link_all(self, dated: datetime, readings: Sequence[ActorReading]) -> dict[str, int]:
        """By name as one article has it: the actor's id. Longer names come first, so that shorter can find them."""
        states = {one.actor.name for one in readings if one.actor.kind is Kind.STATE}
        states |= {one.actor.state for one in readings if one.actor.state}
        ids: dict[str, int] = {}
        for reading in sorted(readings, key=lambda one: -len(folded(one.actor.name).split())):
            if reading.actor.name in ids:  # one name under two kinds: positions could not tell them apart
                continue
            found = link(reading.actor, self._candidates(reading.actor), states)
            ids[reading.actor.name] = self._keep(reading.actor, found, dated)
        for reading in readings:
            self._call(ids[reading.actor.name], (reading.actor.name, *reading.actor.aliases))
        return ids

    def _candidates(self, actor: Actor) -> list[Actor]:
        ids = set(self._called.get(folded(actor.name), ()))
        if actor.kind is Kind.PERSON:
            ids |= self._surnames.get(surname(actor.name), set())
        return [self._known[one] for one in sorted(ids)]

    def _keep(self, actor: Actor, found: Link | None, dated: datetime) -> int:
        """The id of the actor, with what the article adds to it."""
        if found is None:
            return self._create(actor, dated)
        kept = self._known[found.actor_id]
        if found.is_fuller:
            kept = replace(kept, name=actor.name, aliases=(*kept.aliases, kept.name))
            self._change(kept, name=actor.name, folded=folded(actor.name), surname=surname(actor.name))
        if actor.state and not kept.state:
            kept = replace(kept, state=actor.state)
            self._change(kept, state=actor.state, home=home(kept))
        if actor.role:
            kept = self._role(kept, actor.role, dated)
        self._known[kept.id] = kept
        self._index(kept)
        return kept.id

    def _create(self, actor: Actor, dated: datetime) -> int:
        number = -1 - len(self._new)
        self._new[number] = dated if actor.role else None
        self._known[number] = replace(actor, id=number, aliases=())
        self._index(self._known[number])
        return number

    def _change(self, kept: Actor, **values: Any) -> None:
        if kept.id > 0:
            self._changed.setdefault(kept.id, {}).update(values)

    def _role(self, kept: Actor, role: str, dated: datetime) -> Actor:
        """The newest article's word for what a person is counts."""
        if kept.id > 0:
            self._roles.append({"this": kept.id, "role": role, "at": dated})
            return kept
        before = self._new[kept.id]
        if before is not None and before > dated:
            return kept
        self._new[kept.id] = dated
        return replace(kept, role=role)

    def _call(self, number: int, names: Iterable[str]) -> None:
        """From the next article on, these names find it too."""
        kept = self._known[number]
        more = {name: None for name in names if name not in kept.aliases and name != kept.name}
        if more:
            self._known[number] = replace(kept, aliases=(*kept.aliases, *more))
            self._index(self._known[number])

    def _index(self, actor: Actor) -> None:
        for name in (actor.name, *actor.aliases):
            self._called.setdefault(folded(name), set()).add(actor.id)
        if actor.kind is Kind.PERSON:
            self._surnames.setdefault(surname(actor.name), set()).add(actor.id)

    async def write(self, conn: AsyncConnection) -> Mapping[int, int]:
        """Write down what is new and what changed; by number so far, the ids of new actors."""
        for number, values in self._changed.items():
            await conn.execute(update(_t).where(_t.c.id == number).values(**values))
        if self._roles:
            at = bindparam("at", type_=Moment())
            newer = _t.c.role_at.is_(None) | (_t.c.role_at <= at)
            given = update(_t).where(_t.c.id == bindparam("this"), newer).values(role=bindparam("role"), role_at=at)
            await conn.execute(given, self._roles)
        if not self._new:
            return {}
        rows = {number: self._row(number) for number in self._new}
        await conn.execute(insert(conn, _t).on_conflict_do_nothing(index_elements=list(_UNIQUE)), list(rows.values()))
        named = among(conn, _t.c.folded, {row["folded"] for row in rows.values()})
        kept = {
            (row.folded, row.kind, row.home): row.id
            for row in await conn.execute(select(_t.c.id, *(_t.c[name] for name in _UNIQUE)).where(named))
        }
        return {number: kept[row["folded"], row["kind"], row["home"]] for number, row in rows.items()}

    def _row(self, number: int) -> dict[str, Any]:
        actor = self._known[number]
        return {
            "name": actor.name,
            "folded": folded(actor.name),
            "surname": surname(actor.name),
            "home": home(actor),
            "kind": actor.kind.value,
            "role": actor.role,
            "role_at": self._new[number],
            "state": actor.state,
        }


def home(actor: Actor) -> str:
    """What tells two organisations or groups of one name apart: their state."""
    return folded(actor.state or "") if actor.kind in (Kind.ORGANISATION, Kind.GROUP) else ""
