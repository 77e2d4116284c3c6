"""Articles are read and filed in batches; an article that reading or filing breaks on costs the others nothing."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from digests.errors import DigestsError, StoreError
from digests.extract.base import READ, Extractor, read
from digests.languages.identify import identify
from digests.models import Article, Extraction, Trouble
from digests.store.base import Store

log = logging.getLogger(__name__)

BATCH = 40  # articles a transaction: a fifth of a second, so that nobody waits long for the one writer

_Pairs = Sequence[tuple[Article, Extraction | None]]
_Readings = list[Extraction | Trouble | None]


async def file_articles(
    articles: Sequence[Article],
    *,
    store: Store,
    extractor: Extractor,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Counter[str], list[Trouble]]:
    """Read and file; how many became "new", "changed", "duplicate" or "refused", and what went wrong.

    Reading happens in a worker thread, outside any transaction, a batch ahead of filing. An article that could not be
    read, or is in a language that the reader doesn't know, is filed without its reading; one that the store refuses is
    left out. `progress` is told how many are done, and of how many.
    """
    counts: Counter[str] = Counter()
    troubles: list[Trouble] = []
    seen: list[Article] = []
    async for batch, readings in _read_ahead(extractor, articles):
        seen += batch
        pairs = [
            (article, None if isinstance(reading, Trouble) else reading)
            for article, reading in zip(batch, readings, strict=True)
        ]
        fates = await _file(store, pairs, now)
        counts.update("refused" if isinstance(fate, Trouble) else fate for fate in fates)
        troubles += [found for found in (*readings, *fates) if isinstance(found, Trouble)]
        if progress:
            progress(counts.total(), len(articles))
    return counts, [*troubles, *_unread(seen)]


def _unread(articles: Sequence[Article]) -> list[Trouble]:
    """One line for all that is in other languages: a feed of them is no list of failures."""
    others = Counter(article.language for article in articles if article.language not in READ)
    if not others:
        return []
    languages = ", ".join(f"{count} in {language}" for language, count in others.most_common())
    return [Trouble(what=f"{others.total()} articles", reason=f"kept, but not read: {languages}")]


async def _read_ahead(
    extractor: Extractor, articles: Sequence[Article]
) -> AsyncIterator[tuple[Sequence[Article], _Readings]]:
    """Batches, their languages told, with their readings; while one is filed, the next is read."""

    def read_soon(start: int) -> "asyncio.Task[tuple[list[Article], _Readings]]":
        return asyncio.create_task(asyncio.to_thread(_read_all, extractor, articles[start : start + BATCH]))

    reading = read_soon(0)
    try:
        for start in range(0, len(articles), BATCH):
            batch, readings = await reading
            reading = read_soon(start + BATCH)  # behind the last batch: nothing
            yield batch, readings
    finally:
        reading.cancel()


def _read_all(extractor: Extractor, articles: Sequence[Article]) -> tuple[list[Article], _Readings]:
    batch = [_in_its_language(article) for article in articles]
    return batch, [_read(extractor, article) if article.language in READ else None for article in batch]


def _in_its_language(article: Article) -> Article:
    """With the language that the text shows, where it shows one: feeds in any language say "en" where nobody changed
    it. Told here and not by the parsers, who see each article again at every look.
    """
    told = identify(f"{article.title}\n{article.text}")
    return article if told in (None, article.language) else replace(article, language=told)


def _read(extractor: Extractor, article: Article) -> Extraction | Trouble:
    try:
        return read(extractor, article)
    except DigestsError as error:
        return Trouble(what=article.title, reason=f"kept, but not read: {error}")
    except Exception as error:  # one article's words must not cost the others their reading
        log.exception("reading %s failed", article.id)
        return Trouble(what=article.title, reason=f"kept, but not read ({type(error).__name__}, see the log)")


async def _file(store: Store, pairs: _Pairs, now: datetime) -> list[str | Trouble]:
    """Each article's fate. A batch that the store refuses is filed one by one, so that only the culprit is left out."""
    try:
        async with store.write() as books:
            return [filed.fate for filed in await books.articles.file_all(pairs, now)]
    except StoreError as error:
        if len(pairs) == 1:
            return [Trouble(what=pairs[0][0].title, reason=f"could not be kept: {error}")]
        return [fate for pair in pairs for fate in await _file(store, [pair], now)]
