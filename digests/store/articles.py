"""Articles: texts and, with them, what was read from them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Actor, Article, Citation, Extraction, Span
from digests.store import earlier, search, tables
from digests.store.base import Filed
from digests.store.columns import AnyRow
from digests.store.dialects import among
from digests.store.filing import file_reading, file_readings
from digests.store.people import load_actors
from digests.store.positions import forget_gone
from digests.store.windows import in_window

_t = tables.articles
_m = tables.mentions
_q = tables.attributions

Fate = Literal["new", "changed", "duplicate"]


class SqlArticles:
    """The `Articles` of the contract within one transaction."""

    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def known(self, articles: Iterable[Article]) -> Mapping[str, Fate]:
        """By article id, what `file` would find: "new", "changed" or "duplicate"."""
        asked = list(articles)
        brief = select(_t.c.id, _t.c.fingerprint, _t.c.publisher, _t.c.is_teaser, _t.c.item_prints)
        rows = (await self._conn.execute(brief.where(among(self._conn, _t.c.id, [one.id for one in asked])))).all()
        by_id = {row.id: row for row in rows}
        same = among(self._conn, _t.c.fingerprint, {one.fingerprint for one in asked})
        texts = {(row.fingerprint, row.publisher) for row in await self._conn.execute(brief.where(same))}
        fates: dict[str, Fate] = {}
        for one in asked:
            kept = by_id.get(one.id)
            is_told = kept is not None and earlier.is_new_item(one, kept)
            fates[one.id] = "changed" if is_told else fate(one, kept, (one.fingerprint, one.publisher) in texts)
        for name in {one.publisher for one in asked if one.is_teaser and fates[one.id] == "new"}:
            items = await earlier.items_of(self._conn, name)
            for one in asked:  # the same under another address
                if (
                    one.publisher == name
                    and (one.fingerprint, earlier.page_of(one.url)) in items
                    and fates[one.id] == "new"
                ):
                    fates[one.id] = "duplicate"
        return fates

    async def file(self, article: Article, extraction: Extraction | None, now: datetime) -> Filed:
        """Keep an article, or its new version, with what was read from it (actors linked, positions filed).

        A changed article keeps its id and its first seen_at; its old text is kept as a version and its old reading is
        replaced. An unchanged one that comes with the reading of another reader counts as changed: only the reading
        is replaced, and nothing in it is new.
        """
        kept = (await self._conn.execute(select(_t).where(_t.c.id == article.id))).one_or_none()
        twin = None if kept is not None else await self._twin(article)
        outcome = fate(article, kept, twin is not None)
        is_rewritten = kept is not None and kept.fingerprint != article.fingerprint
        same = kept if kept is not None else twin
        if same is not None:
            await earlier.note_item(self._conn, same, article)
        if outcome == "duplicate":
            row = kept if kept is not None else twin
            if row is None or extraction is None or kept is None or kept.reader == extraction.reader:
                return Filed(fate="duplicate", article=article_of(row) if row is not None else article)
            if kept.fingerprint != article.fingerprint:  # a teaser of what is kept in full
                return Filed(fate="duplicate", article=article_of(kept))
            article, outcome = article_of(kept), "changed"
        if kept is not None and is_rewritten and not kept.is_teaser:
            await earlier.keep(self._conn, kept, now)
        if kept is not None:
            article = replace(article, seen_at=kept.seen_at, published_at=article.published_at or kept.published_at)
        if kept is None:
            await self._add([(article, extraction)])
        else:
            await self._rewrite(kept.number, article, extraction)
            learnt = now if is_rewritten else None
            await file_reading(self._conn, kept.number, article.dated, extraction, learnt)
        return Filed(fate=outcome, article=article)

    async def file_all(self, pairs: Sequence[tuple[Article, Extraction | None]], now: datetime) -> Sequence[Filed]:
        """The same for several at once, in their order: new ones together, which is many times faster."""
        fates = await self.known([article for article, _ in pairs])
        seen: set[str] = set()
        new: list[int] = []
        for place, (article, _) in enumerate(pairs):
            marks = {article.id, f"{article.fingerprint} {article.publisher}"}
            if fates[article.id] == "new" and not marks & seen:
                new.append(place)
            seen |= marks
        await self._add([pairs[place] for place in new])
        done = {place: Filed(fate="new", article=pairs[place][0]) for place in new}
        return [done.get(place) or await self.file(*pair, now) for place, pair in enumerate(pairs)]

    async def _twin(self, article: Article) -> AnyRow | None:
        same = (_t.c.fingerprint == article.fingerprint) & (_t.c.publisher == article.publisher)
        return (await self._conn.execute(select(_t).where(same).order_by(_t.c.number).limit(1))).one_or_none()

    async def _add(self, pairs: Sequence[tuple[Article, Extraction | None]]) -> None:
        """Keep articles that are not kept yet, with their readings, in as many statements as one takes."""
        if not pairs:
            return
        rows = [
            _values(article, extraction) | {"item_prints": earlier.item_of(article)} for article, extraction in pairs
        ]
        done = await self._conn.execute(_t.insert().returning(_t.c.number, _t.c.id), rows)
        numbers = {row.id: row.number for row in done}
        await search.index_all(self._conn, [(numbers[one.id], one.title, one.text) for one, _ in pairs])
        read = [(numbers[article.id], article.dated, found) for article, found in pairs if found is not None]
        await file_readings(self._conn, read)

    async def _rewrite(self, number: int, article: Article, extraction: Extraction | None) -> None:
        await search.unindex(self._conn, number)
        values = _values(article, extraction)
        await self._conn.execute(update(_t).where(_t.c.number == number).values(**values))
        await search.index_all(self._conn, [(number, article.title, article.text)])

    async def changed(self, since: datetime, until: datetime) -> Sequence[str]:
        """Ids of the articles whose publishers changed them, as far as we saw it in (since, until]."""
        return await earlier.changed(self._conn, since, until)

    async def earlier(self, article_id: str) -> Sequence[tuple[datetime, Article]]:
        """What an article said before, oldest first, each with when it was replaced."""
        present = await self.get(article_id)
        if present is None:
            return []
        return [
            (row.replaced_at, replace(present, title=row.title, text=row.text, fingerprint=row.fingerprint))
            for row in await earlier.versions(self._conn, article_id)
        ]

    async def forget_earlier(self, before: datetime) -> int:
        """Drop versions that were replaced before then. Returns how many."""
        await forget_gone(self._conn, before)
        return await earlier.forget(self._conn, before)

    async def get(self, article_id: str) -> Article | None:
        """One article."""
        row = (await self._conn.execute(select(_t).where(_t.c.id == article_id))).one_or_none()
        return None if row is None else article_of(row)

    async def some(self, article_ids: Iterable[str]) -> Sequence[Article]:
        """Those of these articles that are kept, oldest first."""
        wanted = select(_t).where(among(self._conn, _t.c.id, article_ids)).order_by(_t.c.dated, _t.c.number)
        return [article_of(row) for row in await self._conn.execute(wanted)]

    async def window(self, since: datetime, until: datetime, *, limit: int = 20_000) -> Sequence[Article]:
        """Articles of a window, oldest first: published in (since, until], or first seen in it and published no more
        than two days before it. Nothing dated after `until`. Beyond `limit` the newest stay."""
        newest = select(_t).where(in_window(since, until)).order_by(_t.c.dated.desc(), _t.c.number.desc()).limit(limit)
        rows = (await self._conn.execute(newest)).all()
        return [article_of(row) for row in reversed(rows)]

    async def readings(self, article_ids: Iterable[str]) -> Mapping[str, Sequence[tuple[Actor, float, int]]]:
        """By article id: its actors with salience and number of mentions, the most salient first."""
        rows = (
            await self._conn.execute(
                select(_t.c.id, _m.c.actor_id, _m.c.salience, _m.c.spans)
                .join(_m, _m.c.article == _t.c.number)
                .where(among(self._conn, _t.c.id, article_ids))
                .order_by(_t.c.number, _m.c.salience.desc(), _m.c.actor_id)
            )
        ).all()
        actors = await load_actors(self._conn, {row.actor_id for row in rows})
        found: dict[str, list[tuple[Actor, float, int]]] = {}
        for row in rows:
            found.setdefault(row.id, []).append((actors[row.actor_id], row.salience, row.spans))
        return found

    async def attributed(
        self, actor_ids: Iterable[int], *, since: datetime, until: datetime, limit: int = 500
    ) -> Sequence[tuple[int, str, Span]]:
        """What these actors are said to have said, newest first: the actor's id, the article's, and from the first to
        the last character of speaker, cue and content."""
        wanted = (
            select(_q.c.speaker_id, _q.c.spans, _t.c.id)
            .join(_t, _t.c.number == _q.c.article)
            .where(among(self._conn, _q.c.speaker_id, actor_ids), in_window(since, until))
            .order_by(_t.c.dated.desc(), _t.c.number.desc(), _q.c.id)
            .limit(limit)
        )
        return [(row.speaker_id, row.id, _whole(row.spans)) for row in await self._conn.execute(wanted)]

    async def search(
        self, words: str, *, since: datetime | None = None, until: datetime | None = None, limit: int = 10
    ) -> Sequence[tuple[Citation, str]]:
        """Full-text search: citations with a snippet of the text, best first. Never raises for any `words`."""
        return await search.search(self._conn, words, since=since, until=until, limit=limit)

    async def count(self) -> int:
        """How many articles are kept."""
        return await self._conn.scalar(select(func.count()).select_from(_t)) or 0

    async def newest(self) -> datetime | None:
        """When the newest article was published (or first seen, where it has no date)."""
        found: datetime | None = await self._conn.scalar(select(func.max(_t.c.dated)))
        return found

    async def unread(self, reader: str, *, limit: int = 100) -> Sequence[Article]:
        """Articles that `reader` (name and version) has not read yet, the newest first."""
        rows = await self._conn.execute(
            select(_t)
            .where(_t.c.reader.is_(None) | (_t.c.reader != reader))
            .order_by(_t.c.dated.desc(), _t.c.number)
            .limit(limit)
        )
        return [article_of(row) for row in rows]


def fate(article: Article, kept: AnyRow | None, is_repeated: bool) -> Fate:
    """What becomes of an article, given the one kept under its id and whether its publisher has the same text.

    Nobody changes what another published: a feed may link wherever it likes.
    """
    if kept is None:
        return "duplicate" if is_repeated else "new"
    if kept.publisher != article.publisher:
        return "duplicate"
    if article.is_teaser and not kept.is_teaser:
        return "duplicate"
    if kept.is_teaser and not article.is_teaser:
        return "changed"
    return "duplicate" if kept.fingerprint == article.fingerprint else "changed"


def _whole(spans: str) -> Span:
    parts = [pair for some in json.loads(spans).values() for pair in some]
    return Span(start=min(start for start, _ in parts), end=max(end for _, end in parts))


def _values(article: Article, extraction: Extraction | None) -> dict[str, Any]:
    return {
        "reader": None if extraction is None else extraction.reader,
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "publisher": article.publisher,
        "author": article.author,
        "language": article.language,
        "published_at": article.published_at,
        "seen_at": article.seen_at,
        "dated": article.dated,
        "fingerprint": article.fingerprint,
        "is_teaser": article.is_teaser,
        "is_sample": article.is_sample,
        "is_placed": False,
    }


def article_of(row: AnyRow) -> Article:
    """The article that a row of the table holds."""
    return Article(
        id=row.id,
        title=row.title,
        text=row.text,
        url=row.url,
        publisher=row.publisher,
        author=row.author,
        language=row.language,
        published_at=row.published_at,
        seen_at=row.seen_at,
        fingerprint=row.fingerprint,
        is_teaser=row.is_teaser,
        is_sample=row.is_sample,
    )
