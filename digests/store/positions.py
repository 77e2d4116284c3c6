"""Positions: who stands where on what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Actor, Citation, Evidence, FiledPosition, Position, Span, Stance
from digests.store import tables
from digests.store.columns import AnyRow
from digests.store.dialects import among
from digests.store.people import load_actors
from digests.store.windows import in_window
from digests.text import fold

_t = tables.positions
_c = tables.articles
GONE = -1.0  # the confidence of a position that its article, changed since, no longer gives
_w = tables.topics
CITED = (
    _c.c.id.label("article_id"),
    _c.c.title,
    _c.c.url,
    _c.c.publisher,
    _c.c.published_at,
    _c.c.seen_at,
    _c.c.is_teaser,
)


class SqlPositions:
    """The `Positions` of the contract within one transaction."""

    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def find(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        floor: float = 0.0,
        actor_ids: Sequence[int] | None = None,
        stances: Sequence[Stance] | None = None,
        article_ids: Sequence[str] | None = None,
        limit: int = 5000,
    ) -> Sequence[FiledPosition]:
        """Positions that fit all that is given, newest first, hidden ones never. Windows as in `Articles.window`."""
        wanted = _filed(floor)
        if since is not None and until is not None:
            wanted = wanted.where(in_window(since, until))
        elif since is not None:
            wanted = wanted.where(_c.c.dated > since)
        elif until is not None:
            wanted = wanted.where(_c.c.dated <= until)
        if actor_ids is not None:
            wanted = wanted.where(among(self._conn, _t.c.actor_id, actor_ids))
        if stances is not None:
            wanted = wanted.where(_t.c.stance.in_(list(stances)))
        if article_ids is not None:
            wanted = wanted.where(among(self._conn, _c.c.id, article_ids))
        wanted = wanted.order_by(_c.c.dated.desc(), _t.c.article.desc(), _t.c.id).limit(limit)
        return await self._nouns((await self._conn.execute(wanted)).all())

    async def get(self, position_id: int) -> FiledPosition | None:
        """One position, unless it is hidden."""
        rows = (await self._conn.execute(_filed(0.0).where(_t.c.id == position_id))).all()
        return next(iter(await self._nouns(rows)), None)

    async def on_topics(
        self,
        topics: Mapping[int, Iterable[str]],
        *,
        since: datetime,
        until: datetime,
        floor: float = 0.0,
        besides: Iterable[int] = (),
        limit: int = 5000,
    ) -> Sequence[FiledPosition]:
        """Positions of these actors whose issue has one of the terms given for the actor, newest first; without those
        whose ids are `besides`."""
        pairs = {f"{actor_id} {term}" for actor_id, terms in topics.items() for term in terms}
        if not pairs:
            return []
        near = (
            select(_w.c.position, _w.c.actor_id, _w.c.term)
            .where(
                among(self._conn, _w.c.actor_id, topics),
                among(self._conn, _w.c.term, {term for terms in topics.values() for term in terms}),
            )
            .order_by(_w.c.position.desc())
            .limit(20 * limit)
        )
        rows = (await self._conn.execute(near)).all()
        ids = {row.position for row in rows if f"{row.actor_id} {row.term}" in pairs} - set(besides)
        wanted = _filed(floor).where(among(self._conn, _t.c.id, ids), in_window(since, until))
        wanted = wanted.order_by(_c.c.dated.desc(), _t.c.article.desc(), _t.c.id).limit(limit)
        return await self._nouns((await self._conn.execute(wanted)).all())

    async def newest(
        self, actor_ids: Sequence[int], where: ColumnElement[bool], *, floor: float
    ) -> Mapping[int, FiledPosition]:
        """The newest position of each actor among articles that fit, the most confident of its article."""
        order = func.row_number().over(
            partition_by=_t.c.actor_id, order_by=(_c.c.dated.desc(), _t.c.confidence.desc(), _t.c.id)
        )
        ranked = (
            select(_t.c.id, order.label("place"))
            .join(_c, _c.c.number == _t.c.article)
            .where(where, among(self._conn, _t.c.actor_id, actor_ids), _t.c.hidden == 0, _t.c.confidence >= floor)
            .subquery()
        )
        first = select(ranked.c.id).where(ranked.c.place == 1)
        rows = (await self._conn.execute(_filed(floor).where(_t.c.id.in_(first)))).all()
        return {filed.actor.id: filed for filed in await self._nouns(rows)}

    async def _nouns(self, rows: Sequence[AnyRow]) -> Sequence[FiledPosition]:
        involved = {actor_id for row in rows for actor_id in (row.actor_id, row.target_id) if actor_id is not None}
        actors = await load_actors(self._conn, involved)
        citations: dict[str, Citation] = {}
        return [_noun(row, actors, _learnt(row, citations.setdefault(row.article_id, citation(row)))) for row in rows]


def _filed(floor: float) -> Select[Any]:
    return select(_t, *CITED).join(_c, _c.c.number == _t.c.article).where(_t.c.hidden == 0, _t.c.confidence >= floor)


def citation(row: AnyRow) -> Citation:
    """What a line needs of the article, from a row that has the columns `CITED`."""
    return Citation(
        article_id=row.article_id,
        title=row.title,
        url=row.url,
        publisher=row.publisher,
        published_at=row.published_at,
        seen_at=row.seen_at,
        is_teaser=row.is_teaser,
    )


def _learnt(row: AnyRow, cited: Citation) -> Citation:
    """What a new version of the article brought was seen with that version, not with the first."""
    return cited if row.learnt_at is None else replace(cited, seen_at=max(cited.seen_at, row.learnt_at))


def _noun(row: AnyRow, actors: Mapping[int, Actor], cited: Citation) -> FiledPosition:
    actor = actors[row.actor_id]
    target = None if row.target_id is None else actors[row.target_id]
    return FiledPosition(
        id=row.id,
        actor=actor,
        target=target,
        citation=cited,
        position=position(row, actor.name, None if target is None else target.name),
    )


def position(row: AnyRow, actor: str, target: str | None) -> Position:
    """The position that a row of the table holds, under these names."""
    evidence = Evidence(where=row.evidence_in, start=row.evidence_start, end=row.evidence_end, text=row.evidence_text)
    return Position(
        actor=actor,
        stance=Stance(row.stance),
        issue=row.issue,
        target=target,
        conditional=row.conditional,
        negated=row.negated,
        evidence=evidence,
        quote=None if row.quote_start is None else Span(start=row.quote_start, end=row.quote_end),
        mode=row.mode,
        confidence=row.confidence,
        background=row.background,
    )


def rows_of(article: int, found: Iterable[Position], ids: Mapping[str, int]) -> list[dict[str, Any]]:
    """Rows for the positions read in an article; `ids` are its actors by name."""
    return [
        {
            "article": article,
            "actor_id": ids[one.actor],
            "target_id": None if one.target is None else ids.get(one.target),
            "stance": one.stance,
            "issue": one.issue,
            "conditional": one.conditional,
            "negated": one.negated,
            "evidence_in": one.evidence.where,
            "evidence_start": one.evidence.start,
            "evidence_end": one.evidence.end,
            "evidence_text": one.evidence.text,
            "quote_start": None if one.quote is None else one.quote.start,
            "quote_end": None if one.quote is None else one.quote.end,
            "mode": one.mode,
            "confidence": one.confidence,
            "background": one.background,
            "hidden": False,
        }
        for one in found
    ]


async def held(conn: AsyncConnection, article: int) -> Sequence[AnyRow]:
    """The positions that an article gives now, hidden ones too."""
    return (await conn.execute(select(_t).where(_t.c.article == article).order_by(_t.c.id))).all()


async def file_positions(
    conn: AsyncConnection, rows: Iterable[dict[str, Any]], before: Sequence[AnyRow], learnt: datetime | None
) -> None:
    """Keep an article's positions. One that it gave `before` keeps its id, whether it is hidden and when it was learnt,
    so that nothing is announced twice and old buttons still lead to it. One that a new version gives no more keeps its
    row for a month, below every floor: SQLite would give its number to another, and an old button lead to that."""
    left = list(before)
    kept, new = [], []
    for row in rows:
        same = next((old for old in left if _is_same(old, row)), None)
        if same is None:
            new.append(row | {"learnt_at": learnt})
        else:
            left.remove(same)
            since = same.learnt_at if same.confidence >= 0 else learnt
            kept.append(row | {"id": same.id, "hidden": same.hidden, "learnt_at": since})
    for old in left:
        if old.confidence < 0 or learnt is not None:
            gone = {"confidence": GONE, "learnt_at": old.learnt_at if old.confidence < 0 else learnt}
            kept.append(dict(old._mapping) | gone)
    for some in filter(None, (kept, new)):
        await conn.execute(_t.insert(), some)


async def forget_gone(conn: AsyncConnection, before: datetime) -> None:
    """Drop the rows of positions that their articles took back before then."""
    await conn.execute(delete(_t).where(_t.c.confidence < 0, _t.c.learnt_at < before))


def _is_same(old: AnyRow, row: Mapping[str, Any]) -> bool:
    if (old.actor_id, old.stance, old.negated) != (row["actor_id"], row["stance"], row["negated"]):
        return False
    return fold(old.issue) == fold(row["issue"]) or old.evidence_text == row["evidence_text"]
