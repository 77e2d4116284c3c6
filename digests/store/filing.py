"""What was read from an article, filed: its actors linked to those we know, its attributions and positions kept."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Actor, ActorReading, Attribution, Extraction, Kind, Span
from digests.store import tables
from digests.store.dialects import among, insert
from digests.store.linking import Link, link, surname
from digests.store.people import find_actors
from digests.store.positions import file_positions, held, rows_of
from digests.text import fold

_t = tables.actors
_a = tables.aliases
_m = tables.mentions
_p = tables.positions
_q = tables.attributions


async def file_reading(
    conn: AsyncConnection,
    article: int,
    dated: datetime,
    extraction: Extraction | None,
    *,
    is_new: bool,
    learnt: datetime | None = None,
) -> None:
    """Replace what was read from an article by `extraction` (by nothing, for None).

    A position that was there before stays the one it was; others were `learnt` then (None: with the article).
    """
    stood = [] if is_new else await held(conn, article)
    before = [] if is_new else await _forget(conn, article)
    if extraction is not None:
        ids = await _link_all(conn, dated, extraction.actors)
        await _write(conn, article, extraction, ids)
        await file_positions(conn, rows_of(article, extraction.positions, ids), stood, learnt)
    await _drop_strangers(conn, before)


async def _link_all(conn: AsyncConnection, dated: datetime, readings: Sequence[ActorReading]) -> Mapping[str, int]:
    """By name as read: the actor's id. Longer names come first, so that shorter ones can find them."""
    known = await _candidates(conn, readings)
    states = {one.actor.name for one in readings if one.actor.kind is Kind.STATE}
    states |= {one.actor.state for one in readings if one.actor.state}
    ids: dict[str, int] = {}
    for reading in sorted(readings, key=lambda one: -len(fold(one.actor.name).split())):
        if reading.actor.name in ids:  # one name under two kinds: positions could not tell them apart
            continue
        found = link(reading.actor, known.values(), states)
        actor = await _keep(conn, reading.actor, found, known, dated)
        known[actor.id] = actor
        ids[reading.actor.name] = actor.id
    return ids


async def _candidates(conn: AsyncConnection, readings: Sequence[ActorReading]) -> dict[int, Actor]:
    """Everybody with one of these names, aliases or surnames."""
    names = {fold(one.actor.name) for one in readings}
    surnames = {surname(one.actor.name) for one in readings if one.actor.kind is Kind.PERSON}
    if not names:
        return {}
    called = select(_a.c.actor_id).where(among(conn, _a.c.folded, names))
    last = among(conn, _t.c.surname, surnames) & (_t.c.kind == Kind.PERSON)
    return await find_actors(conn, _t.c.id.in_(called) | last)


async def _keep(
    conn: AsyncConnection, actor: Actor, found: Link | None, known: Mapping[int, Actor], dated: datetime
) -> Actor:
    """The actor as kept from now on, with its id."""
    if found is None:
        return await _create(conn, actor, dated)
    kept = known[found.actor_id]
    if found.is_fuller:
        kept = replace(kept, name=actor.name, aliases=(*kept.aliases, kept.name))
        changes = {"name": actor.name, "folded": fold(actor.name), "surname": surname(actor.name)}
        await conn.execute(update(_t).where(_t.c.id == kept.id).values(**changes))
    if actor.state and not kept.state:
        kept = replace(kept, state=actor.state)
        changes = {"state": actor.state, "home": _home(actor)}
        await conn.execute(update(_t).where(_t.c.id == kept.id).values(**changes))
    if actor.role:
        newer = _t.c.role_at.is_(None) | (_t.c.role_at <= dated)
        await conn.execute(update(_t).where(_t.c.id == kept.id, newer).values(role=actor.role, role_at=dated))
    return kept


async def _create(conn: AsyncConnection, actor: Actor, dated: datetime) -> Actor:
    values = {
        "name": actor.name,
        "folded": fold(actor.name),
        "surname": surname(actor.name),
        "home": _home(actor),
        "kind": actor.kind,
        "role": actor.role,
        "role_at": dated if actor.role else None,
        "state": actor.state,
    }
    unique = ["folded", "kind", "home"]
    await conn.execute(insert(conn, _t).values(**values).on_conflict_do_nothing(index_elements=unique))
    same = [_t.c[name] == values[name] for name in unique]
    return replace(actor, id=(await conn.execute(select(_t.c.id).where(*same))).scalar_one())


def _home(actor: Actor) -> str:
    return fold(actor.state or "") if actor.kind in (Kind.ORGANISATION, Kind.GROUP) else ""


async def _write(conn: AsyncConnection, article: int, extraction: Extraction, ids: Mapping[str, int]) -> None:
    by_actor: dict[int, list[ActorReading]] = {}
    for reading in extraction.actors:
        by_actor.setdefault(ids[reading.actor.name], []).append(reading)
    if by_actor:
        await conn.execute(_m.insert(), [_mention(article, actor_id, found) for actor_id, found in by_actor.items()])
        await _count_names(conn, by_actor)
    quoted = [_attribution(article, one, ids) for one in extraction.attributions]
    if quoted:
        await conn.execute(_q.insert(), quoted)


def _mention(article: int, actor_id: int, found: Sequence[ActorReading]) -> dict[str, Any]:
    spans = sorted({span for reading in found for span in reading.mentions})
    return {
        "article": article,
        "actor_id": actor_id,
        "spans": len(spans),
        "salience": max(reading.salience for reading in found),
        "reading": json.dumps({"names": _names(found), "spans": _pairs(spans)}, ensure_ascii=False),
    }


async def _count_names(conn: AsyncConnection, by_actor: Mapping[int, Sequence[ActorReading]]) -> None:
    rows = [
        {"actor_id": actor_id, "folded": folded, "name": name, "uses": 1}
        for actor_id, found in by_actor.items()
        for folded, name in _names(found).items()
    ]
    more = insert(conn, _a).on_conflict_do_update(index_elements=["actor_id", "folded"], set_={"uses": _a.c.uses + 1})
    await conn.execute(more, rows)


def _names(found: Sequence[ActorReading]) -> dict[str, str]:
    """Folded names with the name as written; a name of signs only has no folded form and is left out."""
    written = {fold(name): name for one in found for name in (*one.actor.aliases, one.actor.name)}
    written.pop("", None)
    return written


def _attribution(article: int, one: Attribution, ids: Mapping[str, int]) -> dict[str, Any]:
    spans = {"source": _pairs(one.source), "cue": _pairs(one.cue), "content": _pairs(one.content)}
    speaker_id = None if one.speaker is None else ids.get(one.speaker)
    return {"article": article, "speaker_id": speaker_id, "spans": json.dumps(spans)}


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


async def _forget(conn: AsyncConnection, article: int) -> list[int]:
    """Take back what was read from an article; returns the actors that it mentioned."""
    rows = (await conn.execute(select(_m.c.actor_id, _m.c.reading).where(_m.c.article == article))).all()
    for row in rows:
        names = list(json.loads(row.reading)["names"])
        less = (_a.c.actor_id == row.actor_id) & among(conn, _a.c.folded, names)
        await conn.execute(update(_a).where(less).values(uses=_a.c.uses - 1))
    await conn.execute(delete(_m).where(_m.c.article == article))
    await conn.execute(delete(_q).where(_q.c.article == article))
    await conn.execute(delete(_p).where(_p.c.article == article))
    return [row.actor_id for row in rows]


async def _drop_strangers(conn: AsyncConnection, actor_ids: Sequence[int]) -> None:
    """Names that no article uses any more, and actors that nothing refers to any more."""
    if not actor_ids:
        return
    own = select(_t.c.folded).where(_t.c.id == _a.c.actor_id).scalar_subquery()
    unused = (_a.c.uses <= 0) & (_a.c.folded != own)
    await conn.execute(delete(_a).where(among(conn, _a.c.actor_id, actor_ids), unused))
    followed = tables.interests.c.actor_id
    used = [
        select(column).where(column == _t.c.id).exists()
        for column in (_m.c.actor_id, _p.c.actor_id, _p.c.target_id, _q.c.speaker_id, followed)
    ]
    condition = among(conn, _t.c.id, actor_ids)
    for one in used:
        condition &= ~one
    await conn.execute(delete(_t).where(condition))
