"""From an address that a person gives to a feed that can be followed: the feed itself, one that the page there names,
or one at a place where feeds usually are. Looks, and keeps nothing.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from digests.errors import FetchError, ParseError
from digests.models import Article, Glance, Source, SourceKind
from digests.sources.base import Client, Fetch, Page, Parse
from digests.sources.detect import is_web, source_for

NAMED = 3  # feeds named by a page that are tried, in the page's order
USUAL = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
_TITLES = 3

Look = Callable[[str, datetime], Awaitable[Glance]]
"""What is at a web address, as of now. Raises nothing for trouble with it: that is `Glance.error`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scout:
    """Looks at addresses with these parts: a `Look` when called. Only the web is looked at, never this machine."""

    client: Client
    parse: Parse
    fetchers: Mapping[SourceKind, Fetch]

    async def __call__(self, address: str, now: datetime) -> Glance:
        """Look at the address of a feed, of a list of feeds or of a site; its scheme may be missing."""
        address = address.strip()
        source = source_for(address if is_web(address) else f"https://{address}")
        if source.kind is SourceKind.OPML:
            return await self._list(source, now)
        source = replace(source, kind=SourceKind.FEED)
        try:
            answer = await self.client.get(source.location)
        except FetchError as error:
            return Glance(source=source, error=str(error))
        try:
            return await self._read(source, answer, now)
        except ParseError as error:
            return await self._elsewhere(source, answer, now, str(error))

    async def _list(self, source: Source, now: datetime) -> Glance:
        fetched = await self.fetchers[source.kind](source, self.client, now)
        return Glance(source=source, others=fetched.sources, troubles=fetched.troubles, error=fetched.error)

    async def _read(self, source: Source, answer: Page, now: datetime) -> Glance:
        """What a feed's answer holds, and whether its pages can be read. Raises ParseError for what is no feed."""
        parsed = await self.parse("feed", answer.body, now, content_type=answer.content_type, address=answer.url)
        found = _glance(replace(source, title=source.title or parsed.title), parsed.articles)
        return replace(found, troubles=parsed.troubles, page=await self._page(parsed.articles, now))

    async def _page(self, articles: Sequence[Article], now: datetime) -> str:
        """In words, whether the page behind a teaser can be read."""
        teaser = next((article for article in articles if article.is_teaser and article.url), None)
        if teaser is None:
            return ""
        page = Source(kind=SourceKind.PAGE, location=teaser.url or "")
        fetched = await self.fetchers[SourceKind.PAGE](page, self.client, now)
        if fetched.error:
            return f"could not be read: {fetched.error}"
        return f"read in full, {max((len(article.text.split()) for article in fetched.articles), default=0)} words"

    async def _elsewhere(self, source: Source, answer: Page, now: datetime, reason: str) -> Glance:
        """A feed that the page names, or one at a usual place of its site; else why the address itself is none."""
        named = await self._named(answer, now)
        for candidate in named[:NAMED] or [replace(source, location=urljoin(answer.url, place)) for place in USUAL]:
            try:
                found = await self._read(candidate, await self.client.get(candidate.location), now)
            except (FetchError, ParseError):
                continue
            return replace(found, others=tuple(other for other in named if other.location != candidate.location))
        why = "none of the feeds that it names can be read" if named else "it names no feed, nor is one where most are"
        return Glance(source=source, others=tuple(named), error=f"{reason.partition(';')[0]}; {why}")

    async def _named(self, answer: Page, now: datetime) -> list[Source]:
        try:
            parsed = await self.parse("links", answer.body, now, content_type=answer.content_type, address=answer.url)
        except ParseError:
            return []
        return list(parsed.sources)


def _glance(source: Source, articles: Sequence[Article]) -> Glance:
    ordered = sorted(articles, key=lambda article: article.dated, reverse=True)
    return Glance(
        source=source,
        articles=len(articles),
        teasers=sum(article.is_teaser for article in articles),
        newest=max((article.published_at for article in articles if article.published_at), default=None),
        titles=tuple(article.title for article in ordered[:_TITLES]),
    )
