"""Feed items that are only teasers lead to their pages, which are read in full, one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests.models import Article, Fetched, Source, SourceKind, Trouble
from digests.sources.base import Client, Fetch
from digests.text import fingerprint

PAGES = 25  # a look and source: at one page a second and host a look then ends within a minute
GIVE_UP = 3  # pages in a row that fail: the outlet does not want us or is down, and the rest need not be asked


@dataclass(frozen=True, slots=True, kw_only=True)
class InFull:
    """What became of the articles of one look: those to file, how many wait for the next look, and what went wrong."""

    articles: tuple[Article, ...] = ()
    waiting: int = 0
    troubles: tuple[Trouble, ...] = ()


async def read_in_full(
    articles: Sequence[Article],
    fetch_page: Fetch,
    client: Client,
    now: datetime,
    *,
    progress: Callable[[int], None] | None = None,
) -> InFull:
    """The articles, their teasers read in full where their pages can be had.

    A teaser whose page fails stays a teaser. After `PAGES` pages the remaining teasers wait: they are not filed now,
    so that the next look still finds them new. After `GIVE_UP` failures in a row the remaining teasers stay teasers.
    `progress` is told how many pages were asked for.
    """
    done: list[Article] = []
    troubles: list[Trouble] = []
    asked = failed = unasked = waiting = 0
    for article in articles:
        if not (article.is_teaser and article.url):
            done.append(article)
        elif failed >= GIVE_UP:
            done.append(article)
            unasked += 1
        elif asked >= PAGES:
            waiting += 1
        else:
            asked += 1
            result = await _page_of(article, fetch_page, client, now)
            failed = failed + 1 if isinstance(result, str) else 0
            if progress:
                progress(asked)
            done.append(article if isinstance(result, str) else result)
            if isinstance(result, str):
                troubles.append(Trouble(what=article.url, reason=f"only its teaser is kept: {result}"))
    if unasked:
        why = f"only the teasers of {unasked} more are kept: {GIVE_UP} pages in a row failed"
        troubles.append(Trouble(what=articles[0].publisher, reason=why))
    return InFull(articles=tuple(done), waiting=waiting, troubles=tuple(troubles))


async def _page_of(article: Article, fetch_page: Fetch, client: Client, now: datetime) -> Article | str:
    """The teaser's article in full, or in words why it can't be had."""
    page = Source(kind=SourceKind.PAGE, location=article.url or "")
    fetched = await fetch_page(page, client, now)
    return fetched.error or completed(article, fetched)


def completed(teaser: Article, fetched: Fetched) -> Article | str:
    """The teaser with the text of its page, or in words why the page is no better.

    Title, address and publisher stay those of the feed, for they are what the next look compares.
    """
    page = max(fetched.articles, key=lambda article: len(article.text), default=None)
    if page is None or len(page.text.split()) <= 1.2 * len(teaser.text.split()):
        return "the page shows no more than the feed"
    return replace(
        teaser,
        text=page.text,
        author=teaser.author or page.author,
        language=page.language,
        published_at=teaser.published_at or page.published_at,
        fingerprint=fingerprint(teaser.title, page.text),
        is_teaser=False,
        item=teaser.fingerprint,
    )
