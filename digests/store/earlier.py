"""What an article said before it was changed, and which feed items told of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Article
from digests.store import tables
from digests.store.columns import AnyRow

ITEMS = 8  # feeds of one outlet that may carry an article, each with words of its own
NEWEST = 5000  # articles among which the same item is looked for; few feeds' items reach back so far
VERSIONS = 10  # of one article; whoever changes it more often is writing a live blog

_t = tables.articles
_v = tables.versions


def is_new_item(article: Article, kept: AnyRow) -> bool:
    """Whether a feed now words its item otherwise whose page is kept: the page may have changed with it.

    An article that was kept before items were noted says nothing.
    """
    is_known = not kept.item_prints or article.fingerprint in kept.item_prints
    return article.is_teaser and not kept.is_teaser and not is_known


def item_of(article: Article) -> str | None:
    """The fingerprint of the feed item by which an article came, where its page was or will be asked for."""
    return article.item or (article.fingerprint if article.is_teaser else None)


async def items_of(conn: AsyncConnection, publisher: str) -> set[tuple[str, str]]:
    """The feed items by which articles of a publisher came, among the newest of all, each with its page (`page_of`)."""
    newest = select(func.max(_t.c.number)).scalar_subquery() - NEWEST
    mine = (_t.c.publisher == publisher) & _t.c.item_prints.is_not(None)
    rows = await conn.execute(select(_t.c.url, _t.c.item_prints).where(_t.c.number > newest, mine))
    return {(item, page_of(row.url)) for row in rows for item in row.item_prints.split()}


def page_of(url: str | None) -> str:
    """An address without its query: outlets add to one link what tells their feeds apart."""
    return (url or "").partition("?")[0].rstrip("/")


async def note_item(conn: AsyncConnection, kept: AnyRow, article: Article) -> None:
    """Remember the feed item by which an article came, so that its page is asked for once and not at every look."""
    item = item_of(article)
    known = (kept.item_prints or "").split()
    if item is not None and item not in known:
        items = " ".join([*known, item][-ITEMS:])
        await conn.execute(update(_t).where(_t.c.number == kept.number).values(item_prints=items))


async def keep(conn: AsyncConnection, kept: AnyRow, now: datetime) -> None:
    """Put the text of a row aside as an earlier version, before another takes its place."""
    values = {name: getattr(kept, name) for name in ("title", "text", "fingerprint")}
    await conn.execute(_v.insert().values(article=kept.number, replaced_at=now, **values))
    mine = select(_v.c.id).where(_v.c.article == kept.number)
    newest = mine.order_by(_v.c.replaced_at.desc(), _v.c.id.desc()).limit(VERSIONS)
    await conn.execute(delete(_v).where(_v.c.article == kept.number, _v.c.id.not_in(newest)))


async def changed(conn: AsyncConnection, since: datetime, until: datetime) -> Sequence[str]:
    """Ids of articles of which a version was replaced in (since, until]."""
    when = (_v.c.replaced_at > since) & (_v.c.replaced_at <= until)
    rows = await conn.execute(select(_t.c.id).join(_v, _v.c.article == _t.c.number).where(when).distinct())
    return sorted(row.id for row in rows)


async def versions(conn: AsyncConnection, article_id: str) -> Sequence[AnyRow]:
    """The earlier versions of an article, oldest first."""
    mine = select(_v).join(_t, _t.c.number == _v.c.article).where(_t.c.id == article_id)
    return (await conn.execute(mine.order_by(_v.c.replaced_at, _v.c.id))).all()


async def forget(conn: AsyncConnection, before: datetime) -> int:
    """Drop versions that were replaced before then. Returns how many."""
    done = await conn.execute(delete(_v).where(_v.c.replaced_at < before))
    return done.rowcount
