"""Actors that the operator's table of names makes one: all that was one's becomes the other's."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.listing import Table
from digests.models import Actor, Kind
from digests.names import Names, spellings
from digests.store import tables
from digests.store.columns import AnyRow
from digests.store.dialects import among, insert
from digests.store.linking import folded, headed, home, known_as, listed, surname
from digests.store.people import call_by_name, find_actors

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_t = tables.actors
_a = tables.aliases
_m = tables.mentions
_i = tables.interests
_HELD = (
    tables.attributions.c.speaker_id,
    tables.positions.c.actor_id,
    tables.positions.c.target_id,
    tables.topics.c.actor_id,
)


async def unite(conn: AsyncConnection, table: Table) -> int:
    """Make every actor whose own name is a form of the table one with its heading's, or rename it when there is none.

    Returns how many.
    """
    names = Names(table)
    count = 0
    for heading, forms in table.items():
        spelled = {one for form in forms for one in spellings(form)}
        for actor in await _most_mentioned(conn, spelled):
            called = select(_a.c.actor_id).where(among(conn, _a.c.folded, known_as(heading)))
            known = await find_actors(conn, _t.c.id.in_(called) | among(conn, _t.c.folded, known_as(heading)))
            found = listed(heading, actor, (one for one in known.values() if not names.is_form(one.name)))
            if found is None:
                await _rename(conn, actor, headed(heading, actor, names))
            else:
                await _merge(conn, actor, found)
            count += 1
    return count


async def _most_mentioned(conn: AsyncConnection, spelled: set[str]) -> Sequence[Actor]:
    """The actors with one of these names, those in most articles first, kept from everybody else meanwhile."""
    named = among(conn, _t.c.folded, spelled)
    articles = select(func.count()).where(_m.c.actor_id == _t.c.id).scalar_subquery()
    ids = list(await conn.scalars(select(_t.c.id).where(named).order_by(articles.desc(), _t.c.id).with_for_update()))
    found = await find_actors(conn, named)
    return [found[one] for one in ids]


async def _rename(conn: AsyncConnection, actor: Actor, new: Actor) -> None:
    values: dict[str, str | None] = {
        "name": new.name,
        "folded": folded(new.name),
        "surname": surname(new.name),
        "home": home(new),
    }
    values |= {"kind": new.kind.value, "role": new.role, "state": new.state}
    await conn.execute(update(_t).where(_t.c.id == actor.id).values(**values))
    await call_by_name(conn, {actor.id: new.name})
    await _follow(conn, actor.id, new)


async def _merge(conn: AsyncConnection, actor: Actor, into: Actor) -> None:
    await _move_aliases(conn, actor.id, into.id)
    await _move_mentions(conn, actor.id, into.id)
    for column in _HELD:
        await conn.execute(update(column.table).where(column == actor.id).values({column.name: into.id}))
    await _follow(conn, actor.id, into)
    await _rewrite(conn, tables.looks.c.look, f'"{actor.id}":', lambda held: _in_look(held, actor.id, into.id))
    await _rewrite(conn, tables.editions.c.body, f'id":{actor.id}', lambda held: _in_edition(held, actor.id, into.id))
    if actor.kind is into.kind is Kind.PERSON:
        await _complete(conn, actor.id, into.id)
    await conn.execute(delete(_t).where(_t.c.id == actor.id))


async def _move_aliases(conn: AsyncConnection, old: int, new: int) -> None:
    rows = (await conn.execute(select(_a.c.folded, _a.c.name, _a.c.uses).where(_a.c.actor_id == old))).all()
    more = insert(conn, _a)
    added = more.on_conflict_do_update(
        index_elements=["actor_id", "folded"], set_={"uses": _a.c.uses + more.excluded.uses}
    )
    moved = [{"actor_id": new, "folded": row.folded, "name": row.name, "uses": row.uses} for row in rows]
    if moved:
        await conn.execute(added, moved)
    await conn.execute(delete(_a).where(_a.c.actor_id == old))


async def _move_mentions(conn: AsyncConnection, old: int, new: int) -> None:
    """An article that mentions both mentions the one once, by the names and at the places of both."""
    theirs = {row.article: row for row in await conn.execute(select(_m).where(_m.c.actor_id == old))}
    both = (_m.c.actor_id == new) & among(conn, _m.c.article, theirs)
    twice: Counter[str] = Counter()  # names that an article had for both: it uses them once
    for ours in (await conn.execute(select(_m).where(both))).all():
        values, shared = _together(ours, theirs[ours.article])
        twice.update(shared)
        await conn.execute(update(_m).where(_m.c.article == ours.article, _m.c.actor_id == new).values(**values))
        await conn.execute(delete(_m).where(_m.c.article == ours.article, _m.c.actor_id == old))
    for name, times in twice.items():
        less = update(_a).where(_a.c.actor_id == new, _a.c.folded == name)
        await conn.execute(less.values(uses=_a.c.uses - times))
    await conn.execute(update(_m).where(_m.c.actor_id == old).values(actor_id=new))


def _together(ours: AnyRow, theirs: AnyRow) -> tuple[dict[str, Any], set[str]]:
    one, other = json.loads(ours.reading), json.loads(theirs.reading)
    spans = sorted({(start, end) for start, end in (*one["spans"], *other["spans"])})
    values = {
        "spans": len(spans),
        "salience": max(ours.salience, theirs.salience),
        "reading": _json({"names": other["names"] | one["names"], "spans": spans}),
    }
    return values, set(one["names"]) & set(other["names"])


async def _follow(conn: AsyncConnection, old: int, new: Actor) -> None:
    """Whoever followed the old one follows the new one, under its name and once."""
    mine = (_i.c.kind == "actor") & (_i.c.actor_id == old)
    if old != new.id and new.id:
        already = select(_i.c.subscriber_id).where(_i.c.kind == "actor", _i.c.actor_id == new.id)
        await conn.execute(delete(_i).where(mine, _i.c.subscriber_id.in_(already)))
    await conn.execute(update(_i).where(mine).values(actor_id=new.id or old, name=new.name))


async def _complete(conn: AsyncConnection, old: int, new: int) -> None:
    """A person's newest role, and a state where only the other had one."""
    rows = {row.id: row for row in await conn.execute(select(_t).where(among(conn, _t.c.id, [old, new])))}
    theirs, ours = rows[old], rows[new]
    values: dict[str, Any] = {"state": ours.state or theirs.state}
    if theirs.role and (not ours.role or (theirs.role_at and (not ours.role_at or theirs.role_at > ours.role_at))):
        values |= {"role": theirs.role, "role_at": theirs.role_at}
    await conn.execute(update(_t).where(_t.c.id == new).values(**values))


# ---- what is kept as JSON --------------------------------------------------------------------------------------


async def _rewrite(conn: AsyncConnection, column: Any, mark: str, change: Callable[[Any], Any]) -> None:
    """Change each document of a column that has the mark in it."""
    key = next(iter(column.table.primary_key))
    for row in (await conn.execute(select(key.label("key"), column).where(column.contains(mark)))).all():
        changed = change(json.loads(row[1]))
        await conn.execute(update(column.table).where(key == row.key).values({column.name: _json(changed)}))


def _in_look(look: dict[str, Any], old: int, new: int) -> dict[str, Any]:
    actors: Mapping[str, float] = look["actors"]
    salience = max((actors[name] for name in (str(old), str(new)) if name in actors), default=0.0)
    rest = {name: weight for name, weight in actors.items() if name != str(old)}
    return look | {"actors": rest | {str(new): salience}} if str(old) in actors else look


def _in_edition(held: Any, old: int, new: int) -> Any:
    """An edition says what was told then; only the numbers behind its names and buttons are changed."""
    if isinstance(held, list):
        return [_in_edition(one, old, new) for one in held]
    if not isinstance(held, dict):
        return held
    changed = {name: _in_edition(value, old, new) for name, value in held.items()}
    for number in _numbers(held):
        if held[number] == old:
            changed[number] = new
    return changed


def _numbers(held: Mapping[str, Any]) -> Iterable[str]:
    """The fields that hold the id of an actor: an actor's own, and that of an interest."""
    if {"aliases", "role"} <= held.keys():
        yield "id"
    if "actor_id" in held:
        yield "actor_id"
