"""What was read from an article, filed: its actors linked to those we know, its attributions and positions kept."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import ActorReading, Attribution, Extraction, Span
from digests.store import tables
from digests.store.columns import AnyRow
from digests.store.dialects import among, insert
from digests.store.linking import folded
from digests.store.positions import file_positions, held, rows_of
from digests.store.register import Register

_json = json.JSONEncoder(ensure_ascii=False).encode
_t = tables.actors
_a = tables.aliases
_m = tables.mentions
_p = tables.positions
_q = tables.attributions


async def file_reading(
    conn: AsyncConnection, article: int, dated: datetime, extraction: Extraction | None, learnt: datetime | None
) -> None:
    """Replace what was read from an article by `extraction` (by nothing, for None).

    A position that was there before stays the one it was; others were `learnt` then (None: with the article).
    """
    stood = await held(conn, article)
    before = await _forget(conn, article)
    if extraction is not None:
        await file_readings(conn, [(article, dated, extraction)], stood, learnt)
    await _drop_strangers(conn, before)


async def file_readings(
    conn: AsyncConnection,
    readings: Sequence[tuple[int, datetime, Extraction]],
    stood: Sequence[AnyRow] = (),
    learnt: datetime | None = None,
) -> None:
    """What was read from articles that have no reading: each one's number, date and extraction, in order.

    As many statements as for one article, for it is they that take the time.
    """
    register = await Register.open(conn, (one for _, _, extraction in readings for one in extraction.actors))
    linked = [register.link_all(dated, extraction.actors) for _, dated, extraction in readings]
    new = await register.write(conn)
    ids = [{name: new.get(number, number) for name, number in names.items()} for names in linked]
    mentioned: list[dict[str, Any]] = []
    called: list[dict[str, Any]] = []
    quoted: list[dict[str, Any]] = []
    stands: list[dict[str, Any]] = []
    for (article, _, extraction), names in zip(readings, ids, strict=True):
        by_actor: dict[int, list[ActorReading]] = {}
        for reading in extraction.actors:
            by_actor.setdefault(names[reading.actor.name], []).append(reading)
        mentioned += [_mention(article, actor_id, found) for actor_id, found in by_actor.items()]
        called += _calls(by_actor)
        quoted += [_attribution(article, one, names) for one in extraction.attributions]
        stands += rows_of(article, extraction.positions, names)
    for table, rows in ((_m, mentioned), (_q, quoted)):
        if rows:
            await conn.execute(table.insert(), rows)
    if called:
        more = insert(conn, _a).on_conflict_do_update(
            index_elements=["actor_id", "folded"], set_={"uses": _a.c.uses + 1}
        )
        await conn.execute(more, called)
    await file_positions(conn, stands, stood, learnt)


def _mention(article: int, actor_id: int, found: Sequence[ActorReading]) -> dict[str, Any]:
    spans = sorted({span for reading in found for span in reading.mentions})
    return {
        "article": article,
        "actor_id": actor_id,
        "spans": len(spans),
        "salience": max(reading.salience for reading in found),
        "reading": _json({"names": _names(found), "spans": _pairs(spans)}),
    }


def _calls(by_actor: Mapping[int, Sequence[ActorReading]]) -> list[dict[str, Any]]:
    return [
        {"actor_id": actor_id, "folded": name, "name": written, "uses": 1}
        for actor_id, found in by_actor.items()
        for name, written in _names(found).items()
    ]


def _names(found: Sequence[ActorReading]) -> dict[str, str]:
    """Folded names with the name as written; a name of signs only has no folded form and is left out."""
    written = {folded(name): name for one in found for name in (*one.actor.aliases, one.actor.name)}
    written.pop("", None)
    return written


def _attribution(article: int, one: Attribution, ids: Mapping[str, int]) -> dict[str, Any]:
    spans = {"source": _pairs(one.source), "cue": _pairs(one.cue), "content": _pairs(one.content)}
    speaker_id = None if one.speaker is None else ids.get(one.speaker)
    return {"article": article, "speaker_id": speaker_id, "spans": _json(spans)}


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
