"""An article comes in: look at sources, read what is new, file it, remember how the sources do."""

import asyncio
import logging
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests.extract.base import Extractor
from digests.flows.filing import file_articles
from digests.flows.pages import PAGES, InFull, Patience, read_in_full
from digests.flows.placing import place_new
from digests.models import Article, Fetched, Source, SourceKind, Trouble
from digests.sources.base import Client, Fetch
from digests.sources.checks import checked
from digests.store.base import Store

log = logging.getLogger(__name__)

AT_ONCE = 32  # sources: what the client asks at once, and some being filed; each holds one answer and one batch
TOGETHER = 20  # looks recorded in one transaction: a commit takes longer than all they say
EVERY = timedelta(minutes=15)

Progress = Callable[[str, int, int], None]
"""Called with a source's name, how much of its work is done, and how much there is: pages to ask, articles to file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What one look at one source came to.

    `refused` counts what could not be read or kept; `waiting` the teasers left for the next look. `troubles` hold the
    reasons, the source's own error among them.
    """

    source: Source
    new: int = 0
    changed: int = 0
    duplicate: int = 0
    refused: int = 0
    waiting: int = 0
    unchanged: bool = False
    error: str | None = None
    troubles: tuple[Trouble, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the source answered with something that could be read, new or not."""
        return self.error is None and (self.unchanged or self.new + self.changed + self.duplicate + self.waiting > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What a round of looks came to, source by source in the order given; sources found in lists of feeds follow."""

    sources: tuple[SourceReport, ...] = ()

    @property
    def new(self) -> int:
        """Articles kept for the first time."""
        return sum(report.new for report in self.sources)

    @property
    def changed(self) -> int:
        """Articles kept in a new version."""
        return sum(report.changed for report in self.sources)

    @property
    def duplicate(self) -> int:
        """Articles that were kept already."""
        return sum(report.duplicate for report in self.sources)

    @property
    def refused(self) -> int:
        """Things that could not be read or kept."""
        return sum(report.refused for report in self.sources)

    @property
    def waiting(self) -> int:
        """Teasers left for the next look."""
        return sum(report.waiting for report in self.sources)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """All reasons, in order."""
        return tuple(trouble for report in self.sources for trouble in report.troubles)

    @property
    def readable(self) -> bool:
        """Whether anything at all could be read: a command line's exit code."""
        return any(report.readable for report in self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kitchen:
    """What one round of looks works with."""

    store: Store
    fetchers: Mapping[SourceKind, Fetch]
    client: Client
    extractor: Extractor
    now: datetime
    every: timedelta
    full_pages: bool | None
    progress: Progress | None
    jitter: Callable[[], float]
    patience: Patience | None


async def ingest(
    sources: Iterable[Source],
    *,
    store: Store,
    fetchers: Mapping[SourceKind, Fetch],
    client: Client,
    extractor: Extractor,
    now: datetime,
    progress: Progress | None = None,
    full_pages: bool | None = None,
    every: timedelta = EVERY,
    jitter: Callable[[], float] = random.random,
    patience: Patience | None = None,
) -> IngestReport:
    """Look at every source once; file what is new or changed with what is read from it; record how each source does.

    Sources with id 0 are looked at for this once and not recorded; the feeds that a list of feeds names are kept in
    the store and looked at too. `full_pages` says whether the pages of teasers are fetched: None for those of feeds
    on the web but not of saved ones, True for all, False for none; with `patience` those that can't be had just now are
    waited for. A source that fails is a value in the report.
    Raises StoreError only when the store itself fails.
    """
    kitchen = _Kitchen(
        store=store,
        fetchers=fetchers,
        client=client,
        extractor=extractor,
        now=now,
        every=every,
        full_pages=full_pages,
        progress=progress,
        jitter=jitter,
        patience=patience,
    )
    reports, listed = await _round(kitchen, list(sources))
    if listed:
        more, _ = await _round(kitchen, [kept for kept in await _keep(store, listed) if _is_fresh(kept)])
        reports += more
    await place_new(store)
    return IngestReport(sources=tuple(reports))


async def _round(kitchen: _Kitchen, sources: Sequence[Source]) -> tuple[list[SourceReport], list[Source]]:
    """One look at each source, some at once; reports in order, and the sources that lists among them named."""
    gate = asyncio.Semaphore(AT_ONCE)
    hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
    listed: list[Source] = []
    looks = _Looks(kitchen.store, kitchen.now)

    async def look(source: Source) -> SourceReport:
        async with AsyncExitStack() as place:
            async with hosts[_host(source)]:  # who waits for a slow host takes no place from the others' sources
                await place.enter_async_context(gate)
                fetched = await _fetch(kitchen, source)
            listed.extend(fetched.sources)
            report = await _file(kitchen, source, fetched)
            await looks.note(report)
            return report

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(look(source)) for source in sources]
    except ExceptionGroup as several:  # the store failed; one of its errors says as much as all
        raise several.exceptions[0] from several
    finally:
        await looks.write()
    return [task.result() for task in tasks], listed


async def _fetch(kitchen: _Kitchen, source: Source) -> Fetched:
    try:
        return await kitchen.fetchers[source.kind](source, kitchen.client, kitchen.now)
    except Exception as error:  # a fault in one kind of source must not cost the others their articles
        log.exception("looking at %s failed", _name(source))
        return Fetched(error=f"unexpected trouble ({type(error).__name__}), see the log")


async def _file(kitchen: _Kitchen, source: Source, fetched: Fetched) -> SourceReport:
    """Everything after the fetch: choose, complete, read, file, record."""
    fresh, duplicate = await _fresh(kitchen.store, fetched.articles)
    pages = _pages(kitchen, source, fresh)
    full = await _in_full(kitchen, source, fresh)
    counts, kept_out = await file_articles(
        full.articles,
        store=kitchen.store,
        extractor=kitchen.extractor,
        now=kitchen.now,
        progress=lambda done, total: _tell(kitchen, source, pages + done, pages + total),
    )
    troubles = (*fetched.troubles, *full.troubles, *kept_out)
    refused = len(fetched.troubles) + counts["refused"]
    if fetched.error is not None:
        troubles = (Trouble(what=_name(source), reason=fetched.error), *troubles)
        refused += 1
    complete = full.waiting == 0 and counts["refused"] == 0
    if full.waiting:
        fetched = replace(fetched, retry_after=max(kitchen.now + full.again, full.not_before or kitchen.now))
    source = checked(
        source, fetched, now=kitchen.now, every=kitchen.every, jitter=kitchen.jitter(), keep_validators=complete
    )
    return SourceReport(
        source=source,
        new=counts["new"],
        changed=counts["changed"],
        duplicate=duplicate + counts["duplicate"],
        refused=refused,
        waiting=full.waiting,
        unchanged=fetched.unchanged or bool(fetched.sources),
        error=fetched.error,
        troubles=troubles,
    )


async def _fresh(store: Store, articles: Sequence[Article]) -> tuple[list[Article], int]:
    """The articles that are new or changed, and how many are kept already."""
    if not articles:
        return [], 0
    async with store.read() as books:
        fates = await books.articles.known(articles)
    fresh = [article for article in articles if fates.get(article.id) != "duplicate"]
    return fresh, len(articles) - len(fresh)


def _pages(kitchen: _Kitchen, source: Source, fresh: Sequence[Article]) -> int:
    """How many pages of teasers are asked for at most."""
    is_web = "://" in source.location
    if kitchen.full_pages is False or (kitchen.full_pages is None and not is_web):
        return 0
    return min(PAGES, sum(article.is_teaser and article.url is not None for article in fresh))


async def _in_full(kitchen: _Kitchen, source: Source, fresh: Sequence[Article]) -> InFull:
    pages = _pages(kitchen, source, fresh)
    if not pages:
        return InFull(articles=tuple(fresh))
    return await read_in_full(
        fresh,
        lambda page: _fetch(kitchen, page),
        progress=lambda asked: _tell(kitchen, source, asked, pages + len(fresh)),
        patience=kitchen.patience,
    )


def _tell(kitchen: _Kitchen, source: Source, done: int, total: int) -> None:
    if kitchen.progress:
        kitchen.progress(_name(source), done, total)


class _Looks:
    """How sources do, kept some at a time after their articles are filed: a crash before only means one more look."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._store, self._now = store, now
        self._waiting: list[SourceReport] = []

    async def note(self, report: SourceReport) -> None:
        """Keep this one, now or with those that follow soon."""
        if report.source.id or report.troubles:
            self._waiting.append(report)
        if len(self._waiting) >= TOGETHER:
            await self.write()

    async def write(self) -> None:
        """Keep all that wait."""
        some, self._waiting = self._waiting, []
        if not some:
            return
        async with self._store.write() as books:
            for report in some:
                is_kept = bool(report.source.id) and await books.sources.note_look(report.source)
                known_as = report.source.id if is_kept else None  # one that was forgotten meanwhile has no number
                await books.sources.note_troubles(known_as, report.troubles, self._now)


async def _keep(store: Store, listed: Sequence[Source]) -> list[Source]:
    async with store.write() as books:
        return [await books.sources.add(source) for source in listed]


def _is_fresh(source: Source) -> bool:
    """Whether a feed of a list was never looked at; the others have their own times, or were put aside."""
    return source.enabled and source.next_check_at is None


def _host(source: Source) -> str:
    """What a source shares with others that are asked one at a time: its host, or itself where it has none."""
    found = re.match(r"\w+://([^/?#]+)", source.location)
    return found[1].lower() if found else source.location


def _name(source: Source) -> str:
    """A source as it may be shown: its path, or its address without a query, which may hold a secret."""
    if "://" not in source.location:
        return source.location
    return re.sub(r"(?<=://)[^/?#]*@|[?#].*", "", source.location)[:200]
