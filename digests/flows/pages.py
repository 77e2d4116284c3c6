"""Feed items that are only teasers lead to their pages, which are read in full, one after the other."""

import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests.models import Article, Fetched, Source, SourceKind, Trouble
from digests.sources.parse.walls import NO_ARTICLE
from digests.text import fingerprint, fold

PAGES, LONGEST = 25, 60.0  # pages and seconds a look and source: the others do not wait for a slow one for longer
GIVE_UP = 3  # pages in a row that fail: the outlet does not want us or is down, and the rest need not be asked
SOON = timedelta(minutes=1)  # until the next look at a source of which teasers wait because there were many
LATER = timedelta(minutes=5)  # and where they wait for a page that could not be had just now


_TELLING, _ENOUGH = re.compile(r"[a-z]{5,}"), 4  # words, and how many of them a teaser must have to judge a page by


class Patience:
    """Which teasers wait for pages that could not be had just now, and how often each did. Kept in memory: whoever
    starts anew has its patience again.
    """

    MOST, KEPT = 2, 5000

    def __init__(self) -> None:
        self._tried: OrderedDict[str, int] = OrderedDict()

    def lasts(self, article: Article) -> bool:
        """Whether to wait for the page of this teaser once more."""
        tries = self._tried.pop(article.id, 0) + 1
        self._tried[article.id] = tries
        while len(self._tried) > self.KEPT:
            self._tried.popitem(last=False)
        return tries <= self.MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class InFull:
    """What became of the articles of one look: those to file, how many wait for the next look and when that is due (not
    before the pages' server lets us), and what went wrong.
    """

    articles: tuple[Article, ...] = ()
    waiting: int = 0
    again: timedelta = SOON
    not_before: datetime | None = None
    troubles: tuple[Trouble, ...] = ()


async def read_in_full(
    articles: Sequence[Article],
    fetch_page: Callable[[Source], Awaitable[Fetched]],
    *,
    progress: Callable[[int], None] | None = None,
    clock: Callable[[], float] = time.monotonic,
    patience: Patience | None = None,
) -> InFull:
    """The articles, their teasers read in full where their pages can be had.

    A teaser whose page fails stays a teaser. After `PAGES` pages or `LONGEST` seconds the remaining teasers wait: they
    are not filed now, so that the next look still finds them new. After `GIVE_UP` failures in a row the remaining
    teasers stay teasers. With `patience`, a page that can't be had just now is waited for, for a few looks.
    `progress` is told how many pages were asked for.
    """
    done: list[Article] = []
    troubles: list[Trouble] = []
    asked = failed = unasked = waiting = longer = 0
    is_brief, not_before = False, None
    until = clock() + LONGEST
    for article in articles:
        if not (article.is_teaser and article.url):
            done.append(article)
        elif failed >= GIVE_UP and is_brief and patience and patience.lasts(article):
            longer += 1
        elif failed >= GIVE_UP:
            done.append(article)
            unasked += 1
        elif asked >= PAGES or clock() > until:
            waiting += 1
        else:
            asked += 1
            fetched = await fetch_page(Source(kind=SourceKind.PAGE, location=article.url))
            result = fetched.error or completed(article, fetched)
            failed, is_brief = 0 if fetched.error in (None, *NO_ARTICLE) else failed + 1, fetched.is_brief
            if progress:
                progress(asked)
            if is_brief and patience and patience.lasts(article):
                longer, not_before = longer + 1, fetched.retry_after or not_before
                continue
            done.append(article if isinstance(result, str) else result)
            if isinstance(result, str):
                troubles.append(Trouble(what=article.url, reason=f"only its teaser is kept: {result}"))
    if unasked:
        why = f"only the teasers of {unasked} more are kept: {GIVE_UP} pages in a row failed"
        troubles.append(Trouble(what=articles[0].publisher, reason=why))
    again = SOON if waiting else LATER
    return InFull(
        articles=tuple(done), waiting=waiting + longer, again=again, not_before=not_before, troubles=tuple(troubles)
    )


def _is_of_something_else(teaser: Article, page: Article) -> bool:
    """Whether a page shares no word with its teaser, of those that tell."""
    told, shown = (set(_TELLING.findall(fold(f"{one.title} {one.text}"))) for one in (teaser, page))
    return len(told) >= _ENOUGH and not told & shown


def completed(teaser: Article, fetched: Fetched) -> Article | str:
    """The teaser with the text of its page, or in words why the page is no better.

    Title, address and publisher stay those of the feed, for they are what the next look compares.
    """
    if len(fetched.articles) > 1:
        return "leads to a list of articles"
    page = next(iter(fetched.articles), None)
    if page is not None and _is_of_something_else(teaser, page):
        return "the page is about something else"
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
