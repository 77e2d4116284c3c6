"""Actors: who is known, by all names."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.listing import Table
from digests.models import Actor, ActorCard, Kind
from digests.store import tables
from digests.store.dialects import among
from digests.store.people import find_actors, load_actors
from digests.store.positions import SqlPositions
from digests.store.uniting import unite
from digests.store.windows import in_window, window_before
from digests.text import fold

_t = tables.actors
_a = tables.aliases
_m = tables.mentions


class SqlActors:
    """The `Actors` of the contract within one transaction."""

    def __init__(self, conn: AsyncConnection, positions: SqlPositions) -> None:
        self._conn = conn
        self._positions = positions

    async def named(self, name: str) -> Sequence[Actor]:
        """Actors that have exactly this name or alias (folded), most mentioned first."""
        spans = select(func.coalesce(func.sum(_m.c.spans), 0)).where(_m.c.actor_id == _a.c.actor_id).scalar_subquery()
        rows = await self._conn.execute(
            select(_a.c.actor_id).where(_a.c.folded == fold(name)).order_by(spans.desc(), _a.c.actor_id)
        )
        ids = [row.actor_id for row in rows]
        found = await load_actors(self._conn, ids)
        return [found[actor_id] for actor_id in ids]

    async def names(self) -> Sequence[tuple[str, Actor]]:
        """Every folded name and alias with its actor: what near misses are chosen from."""
        found = await find_actors(self._conn)
        rows = await self._conn.execute(select(_a.c.folded, _a.c.actor_id).order_by(_a.c.actor_id, _a.c.folded))
        return [(row.folded, found[row.actor_id]) for row in rows]

    async def get(self, actor_id: int) -> Actor | None:
        """One actor."""
        return (await load_actors(self._conn, [actor_id])).get(actor_id)

    async def of_states(self, states: Iterable[str]) -> Sequence[Actor]:
        """These states (by the name they go by), and the persons who belong to them and hold an office."""
        names = list(states)
        is_state = (_t.c.kind == Kind.STATE) & among(self._conn, _t.c.name, names)
        is_theirs = (_t.c.kind == Kind.PERSON) & _t.c.role.is_not(None) & among(self._conn, _t.c.state, names)
        found = await find_actors(self._conn, is_state | is_theirs)
        return [found[actor_id] for actor_id in sorted(found)]

    async def cards(
        self,
        since: datetime,
        until: datetime,
        *,
        floor: float,
        article_ids: Sequence[str] | None = None,
        limit: int = 50,
    ) -> Sequence[ActorCard]:
        """Actors of a window (or of some articles), those that matter most first: by salience over all articles.

        A card's salience is the mean over the articles that mention the actor.
        """
        t = tables.articles
        where = in_window(since, until) if article_ids is None else among(self._conn, t.c.id, article_ids)
        total = func.sum(_m.c.salience)
        rows = (
            await self._conn.execute(
                select(
                    _m.c.actor_id,
                    func.sum(_m.c.spans).label("mentions"),
                    func.count().label("articles"),
                    total.label("total"),
                )
                .join(t, t.c.number == _m.c.article)
                .where(where)
                .group_by(_m.c.actor_id)
                .order_by(total.desc(), func.count().desc(), _m.c.actor_id)
                .limit(limit)
            )
        ).all()
        ids = [row.actor_id for row in rows]
        found = await load_actors(self._conn, ids)
        before = await self._articles_of(ids, in_window(*window_before(since, until)))
        latest = await self._positions.newest(ids, where, floor=floor)
        return [
            ActorCard(
                actor=found[row.actor_id],
                mentions=int(row.mentions),
                articles=row.articles,
                before=before.get(row.actor_id, 0),
                salience=row.total / row.articles,
                latest=latest.get(row.actor_id),
            )
            for row in rows
        ]

    async def unite(self, table: Table) -> int:
        """Actors whose own name is a form in the table become one with their heading's, or take its name."""
        return await unite(self._conn, table)

    async def _articles_of(self, actor_ids: Sequence[int], where: ColumnElement[bool]) -> Mapping[int, int]:
        rows = await self._conn.execute(
            select(_m.c.actor_id, func.count().label("articles"))
            .join(tables.articles, tables.articles.c.number == _m.c.article)
            .where(where, among(self._conn, _m.c.actor_id, actor_ids))
            .group_by(_m.c.actor_id)
        )
        return {row.actor_id: row.articles for row in rows}
