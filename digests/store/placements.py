"""Placements: which story an article is in, with what ranking and coverage ask of it; not why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Article, Counted, Placement, StoryCount
from digests.store import tables
from digests.store.articles import article_of
from digests.store.dialects import among, insert
from digests.store.windows import in_window

_t = tables.placements
_a = tables.articles
_p = tables.positions
_w = tables.topics
_m = tables.mentions
_l = tables.looks

_SURE = 0.5  # confidence from which a position counts for a story's rank


class SqlPlacements:
    """The `Placements` of the contract within one transaction."""

    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def waiting(self, *, limit: int = 500) -> Sequence[Article]:
        """Articles that are new or changed since they were placed, in order of receipt."""
        wanted = select(_a).where(_a.c.is_placed == 0).order_by(_a.c.number).limit(limit)
        return [article_of(row) for row in await self._conn.execute(wanted)]

    async def put(self, placements: Iterable[Placement], topics: Mapping[int, Iterable[str]]) -> None:
        """Keep where articles belong (one that has a story keeps it) and, by position, the terms of its issue."""
        found = {one.article_id: one for one in placements}
        if not found:
            return
        asked = select(
            _a.c.number, _a.c.id, _a.c.dated, _a.c.seen_at, _a.c.publisher, _a.c.is_teaser, _a.c.is_sample
        ).where(among(self._conn, _a.c.id, found))
        kept = (await self._conn.execute(asked)).all()
        stands = await self._stands([row.number for row in kept])
        rows = [
            _row(found[row.id])
            | {name: getattr(row, name) for name in _COPIED}
            | {"article": row.number}
            | {"stands": stands.get(row.number, 0)}
            for row in kept
        ]
        into = insert(self._conn, _t)
        anew = {name: into.excluded[name] for name in ("stands", "voice", "copy_of", *_COPIED)}
        if rows:
            await self._conn.execute(into.on_conflict_do_update(index_elements=["article"], set_=anew), rows)
        looks = [{"article": row.number, "look": found[row.id].look} for row in kept if found[row.id].look]
        if looks:
            await self._conn.execute(insert(self._conn, _l).on_conflict_do_nothing(), looks)
        await self._write_topics([row.number for row in kept], topics)
        await self.pass_over(found)

    async def _stands(self, articles: Sequence[int]) -> Mapping[int, int]:
        count = (
            select(_p.c.article, func.count().label("number"))
            .where(among(self._conn, _p.c.article, articles), _p.c.confidence >= _SURE, _p.c.hidden == 0)
            .group_by(_p.c.article)
        )
        return {row.article: row.number for row in await self._conn.execute(count)}

    async def _write_topics(self, articles: Sequence[int], topics: Mapping[int, Iterable[str]]) -> None:
        asked = select(_p.c.id, _p.c.actor_id).where(among(self._conn, _p.c.article, articles))
        actors = {row.id: row.actor_id for row in await self._conn.execute(asked)}
        rows = [
            {"position": position, "term": term, "actor_id": actors[position]}
            for position, terms in topics.items()
            if position in actors
            for term in sorted(set(terms))
        ]
        if rows:
            await self._conn.execute(insert(self._conn, _w).on_conflict_do_nothing(), rows)

    async def pass_over(self, article_ids: Iterable[str]) -> None:
        """These articles belong to no story and need not wait."""
        done = update(_a).where(among(self._conn, _a.c.id, article_ids))
        await self._conn.execute(done.values(is_placed=True))

    async def recall(self, since: datetime, *, after: int = 0, limit: int = 5000) -> Sequence[tuple[int, Placement]]:
        """Placements of articles dated after `since`, in order of receipt, each with its number there."""
        wanted = (
            select(_t.c.article, _t.c.story, _t.c.voice, _t.c.copy_of, _l.c.look, _a.c.id.label("article_id"))
            .join(_a, _a.c.number == _t.c.article)
            .join(_l, _l.c.article == _t.c.article)
            .where(_t.c.article > after, _t.c.dated > since)
            .order_by(_t.c.article)
            .limit(limit)
        )
        return [(row.article, _placement(row, row.look)) for row in await self._conn.execute(wanted)]

    async def ranked(
        self, since: datetime, until: datetime, *, article_ids: Iterable[str] | None = None
    ) -> Sequence[StoryCount]:
        """What each story has in a window; only those with one of `article_ids`, if given."""
        count = (
            select(
                _t.c.story,
                func.count().label("articles"),
                func.count(_t.c.voice.distinct()).label("voices"),
                func.sum(_t.c.stands).label("stands"),
                func.max(_t.c.dated).label("newest"),
            )
            .where(in_window(since, until, _t))
            .group_by(_t.c.story)
        )
        if article_ids is not None:
            count = count.where(_t.c.story.in_(select(_t.c.story).where(self._among(article_ids))))
        return [
            StoryCount(
                story=row.story, articles=row.articles, voices=row.voices, stands=int(row.stands), newest=row.newest
            )
            for row in await self._conn.execute(count)
        ]

    async def of(self, stories: Iterable[str], since: datetime, until: datetime) -> Sequence[Placement]:
        """The placements of these stories' articles dated in (since, until], the oldest first."""
        wanted = (
            select(_t.c.story, _t.c.voice, _t.c.copy_of, _a.c.id.label("article_id"))
            .join(_a, _a.c.number == _t.c.article)
            .where(among(self._conn, _t.c.story, stories), _t.c.dated > since, _t.c.dated <= until)
            .order_by(_t.c.dated, _t.c.article)
        )
        return [_placement(row) for row in await self._conn.execute(wanted)]

    async def with_actors(self, actor_ids: Iterable[int], since: datetime, until: datetime) -> Sequence[str]:
        """Ids of the articles dated in (since, until] that mention one of these actors."""
        wanted = (
            select(_a.c.id)
            .join(_t, _t.c.article == _a.c.number)
            .join(_m, _m.c.article == _a.c.number)
            .where(among(self._conn, _m.c.actor_id, actor_ids), _t.c.dated > since, _t.c.dated <= until)
            .distinct()
        )
        return list(await self._conn.scalars(wanted))

    async def counted(self, since: datetime, until: datetime) -> Counted:
        """What a window holds in all."""
        whole = select(
            func.count().label("articles"),
            func.sum(_t.c.is_teaser).label("teasers"),
            func.max(_t.c.dated).label("newest"),
            func.max(_t.c.is_sample).label("is_sample"),
        ).where(in_window(since, until, _t))
        row = (await self._conn.execute(whole)).one()
        names = await self._conn.scalars(select(_t.c.publisher).where(in_window(since, until, _t)).distinct())
        return Counted(
            articles=row.articles,
            publishers=frozenset(names),
            teasers=int(row.teasers or 0),
            newest=row.newest,
            is_sample=bool(row.is_sample),
        )

    async def forget_looks(self, before: datetime) -> int:
        """Drop what grouping compared of articles dated before then; their stories stay. Returns how many."""
        old = select(_t.c.article).where(_t.c.dated < before)
        done = await self._conn.execute(delete(_l).where(_l.c.article.in_(old)))
        return done.rowcount

    def _among(self, article_ids: Iterable[str]) -> ColumnElement[bool]:
        return _t.c.article.in_(select(_a.c.number).where(among(self._conn, _a.c.id, article_ids)))


_COPIED = ("dated", "seen_at", "publisher", "is_teaser", "is_sample")


def _row(one: Placement) -> dict[str, Any]:
    return {"story": one.story, "voice": one.voice, "copy_of": one.copy_of}


def _placement(row: Any, look: str = "") -> Placement:
    return Placement(article_id=row.article_id, story=row.story, voice=row.voice, copy_of=row.copy_of, look=look)
