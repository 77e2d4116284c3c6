"""Who the actors of some articles are: decided in memory, article by article, and written down in a few statements.

Whether an actor is one that is known is left to linking.py; this keeps what it decides from, the operator's table of
names among it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.listing import Table
from digests.models import Actor, ActorReading, Kind
from digests.names import NAMES, Names
from digests.store import tables
from digests.store.columns import Moment
from digests.store.dialects import among, insert
from digests.store.linking import Link, folded, headed, home, known_as, link, listed, surname
from digests.store.notes import SqlNotes
from digests.store.people import call_by_name, find_actors

_t = tables.actors
_a = tables.aliases
_UNIQUE = ("folded", "kind", "home")


class Register:
    """The actors that some articles may mean, and the new ones among theirs, which have negative ids until `write`."""

    def __init__(self, known: Mapping[int, Actor], table: Table) -> None:
        self._known = dict(known)
        self._names = Names(table)
        self._headed: set[int] = set()  # new ones under a heading of the table, which no article need have used
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
            return cls({}, {})
        table = NAMES.load(await SqlNotes(conn).get(NAMES.note))
        says = Names(table)
        headings = {says.heading(one.actor) or says.own_heading(one.actor) for one in readings} if table else set()
        names |= {one for heading in headings if heading for one in known_as(heading)}
        called = select(_a.c.actor_id).where(among(conn, _a.c.folded, names))
        last = among(conn, _t.c.surname, surnames) & (_t.c.kind == Kind.PERSON)
        return cls(await find_actors(conn, _t.c.id.in_(called) | last), table)

    def link_all(self, dated: datetime, readings: Sequence[ActorReading]) -> dict[str, int]:
        """By name as one article has it: the actor's id. Longer names come first, so that shorter can find them."""
        states = {one.actor.name for one in readings if one.actor.kind is Kind.STATE}
        states |= {one.actor.state for one in readings if one.actor.state}
        ids: dict[str, int] = {}
        for reading in sorted(readings, key=lambda one: -len(folded(one.actor.name).split())):
            if reading.actor.name in ids:  # one name under two kinds: positions could not tell them apart
                continue
            ids[reading.actor.name] = self._listed(reading.actor, dated) or self._keep(
                reading.actor, link(reading.actor, self._candidates(reading.actor), states), dated
            )
        for reading in readings:
            self._call(ids[reading.actor.name], (reading.actor.name, *reading.actor.aliases))
        return ids

    def _candidates(self, actor: Actor) -> list[Actor]:
        ids = set(self._called.get(folded(actor.name), ()))
        if actor.kind is Kind.PERSON:
            ids |= self._surnames.get(surname(actor.name), set())
        return [self._known[one] for one in sorted(ids)]

    def _listed(self, actor: Actor, dated: datetime) -> int | None:
        """The id of the actor that the operator's table says it is, known or new; None where the table is silent."""
        heading = self._names.heading(actor)
        wanted = heading or self._names.own_heading(actor)
        if wanted is None:
            return None
        ids = {one for name in known_as(wanted) for one in self._called.get(name, ())}
        found = listed(wanted, actor, [self._known[one] for one in sorted(ids)])
        if found is not None:
            plain = actor if actor.kind is found.kind else replace(actor, role=None, state=None)
            return self._keep(plain, Link(actor_id=found.id), dated)
        if heading is None:
            return None
        number = self._create(headed(heading, actor, self._names), dated)
        self._headed.add(number)
        return number

    def _keep(self, actor: Actor, found: Link | None, dated: datetime) -> int:
        """The id of the actor, with what the article adds to it."""
        if found is None:
            return self._create(actor, dated)
        kept = self._known[found.actor_id]
        if found.is_fuller and not self._names.own_heading(kept):
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
        ids = {number: kept[row["folded"], row["kind"], row["home"]] for number, row in rows.items()}
        await call_by_name(conn, {ids[number]: rows[number]["name"] for number in self._headed})
        return ids

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
