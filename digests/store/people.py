"""Rows of actors and aliases as nouns: what every family that names an actor needs."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Actor, Kind
from digests.store import tables
from digests.store.columns import AnyRow
from digests.store.dialects import among, insert
from digests.store.linking import folded

_t = tables.actors
_a = tables.aliases


async def load_actors(conn: AsyncConnection, actor_ids: Iterable[int]) -> dict[int, Actor]:
    """Actors by id, those that exist."""
    wanted = sorted(set(actor_ids))
    return await find_actors(conn, among(conn, _t.c.id, wanted)) if wanted else {}


async def find_actors(conn: AsyncConnection, *conditions: ColumnElement[bool]) -> dict[int, Actor]:
    """Actors that fit all conditions on their table, by id, aliases in order of use."""
    rows = (await conn.execute(select(_t).where(*conditions))).all()
    names = (
        select(_a.c.actor_id, _a.c.name)
        .join(_t, _t.c.id == _a.c.actor_id)
        .where(*conditions, _a.c.folded != _t.c.folded)
        .order_by(_a.c.actor_id, _a.c.uses.desc(), _a.c.folded)
    )
    aliases: dict[int, list[str]] = {}
    for row in await conn.execute(names):
        aliases.setdefault(row.actor_id, []).append(row.name)
    return {row.id: _actor(row, tuple(aliases.get(row.id, ()))) for row in rows}


async def call_by_name(conn: AsyncConnection, names: Mapping[int, str]) -> None:
    """These actors, by id, are found by their own names, even if no article uses them."""
    rows = [{"actor_id": one, "folded": folded(name), "name": name, "uses": 0} for one, name in names.items()]
    if rows:
        await conn.execute(insert(conn, _a).on_conflict_do_nothing(), rows)


def _actor(row: AnyRow, aliases: tuple[str, ...]) -> Actor:
    return Actor(id=row.id, name=row.name, kind=Kind(row.kind), role=row.role, state=row.state, aliases=aliases)
