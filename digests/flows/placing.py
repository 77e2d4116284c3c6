"""Articles that came in are placed in their stories, once and for good: what a briefing asks of them is then a query.

What is placed and where is in the store. The stream of stories beside it is only a memory of it, caught up before each
use, so that several programs may place articles in one store; lost, it is read again.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from digests.editorial.issues import topic
from digests.editorial.stories import Stories, place_all
from digests.extract.base import READ
from digests.models import Article, Placement
from digests.store.base import Books, Store

AT_ONCE = 5_000  # articles placed in order of their dates when many came in together, as at the first start
BATCH = 200  # of them in one transaction
REACH = timedelta(days=6)  # how far back the stream remembers: the four days a story stays open, and late arrivals
_ANEW = timedelta(days=1)  # how far the newest article may move on before the stream forgets what is too old
_MOST = 100_000  # positions of one batch
_PART = 2_000  # placements recalled at a time, so that the loop is not held up


@dataclass(slots=True)
class _Memory:
    """A store's stream of stories: from when on, and up to which number it knows the store."""

    since: datetime
    stream: Stories = field(default_factory=Stories)
    number: int = 0


_memories: "WeakKeyDictionary[Store, _Memory]" = WeakKeyDictionary()
_locks: "WeakKeyDictionary[Store, asyncio.Lock]" = WeakKeyDictionary()


async def place_new(store: Store) -> int:
    """Place every article that waits for it; returns how many there were. Nothing waiting costs one short query.

    Raises StoreError when the store fails; then nothing of the last batch is placed, and the next call does it.
    """
    count = 0
    async with _locks.setdefault(store, asyncio.Lock()):
        while articles := await _waiting(store):
            try:
                await _place(store, articles)
            except BaseException:
                _memories.pop(store, None)  # it may hold what the store does not
                raise
            count += len(articles)
    return count


async def _waiting(store: Store) -> Sequence[Article]:
    async with store.read() as books:
        return await books.placements.waiting(limit=AT_ONCE)


async def _place(store: Store, waiting: Sequence[Article]) -> None:
    articles = [article for article in waiting if article.language in READ]
    others = [article.id for article in waiting if article.language not in READ]
    found: Mapping[str, Placement] = {}
    topics: Mapping[int, frozenset[str]] = {}
    if articles:
        ids = [article.id for article in articles]
        async with store.read() as books:
            memory = await _caught_up(store, books, articles)
            readings = await books.articles.readings(ids)
            filed = await books.positions.find(article_ids=ids, limit=_MOST)
        found = await asyncio.to_thread(place_all, articles, readings, memory.stream)
        topics = {one.id: topic(one.position.issue) for one in filed}
    placed = list(found.values())
    for start in range(0, max(len(placed), 1), BATCH):
        async with store.write() as books:
            await books.placements.put(placed[start : start + BATCH], topics)
            if start == 0:
                await books.placements.pass_over(others)


async def _caught_up(store: Store, books: Books, articles: Sequence[Article]) -> _Memory:
    """The stream with all that any program has placed since it was last used."""
    oldest = min(article.dated for article in articles) - REACH
    memory = _memories.get(store)
    if memory is None or oldest < memory.since or oldest > memory.since + REACH + _ANEW:
        memory = _memories[store] = _Memory(since=oldest)
    while part := await books.placements.recall(memory.since, after=memory.number, limit=_PART):
        await asyncio.to_thread(_recall, memory.stream, [placement for _, placement in part])
        memory.number = part[-1][0]
    return memory


def _recall(stream: Stories, placements: Sequence[Placement]) -> None:
    for placement in placements:
        stream.recall(placement)
