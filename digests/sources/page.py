"""A web page with one article, asked for politely. An address that turns out to be a feed is read as one."""

import asyncio
from datetime import datetime

from digests.errors import FetchError, ParseError
from digests.models import Fetched, Source
from digests.sources.base import Client, Page
from digests.sources.parse.drafts import Parsed, host
from digests.sources.parse.feed import looks_like_feed, parse_feed
from digests.sources.parse.page import parse_page

# Hosts whose links lead through a script to somebody else's page; there is no article to read at the address itself.
_RELAYS = frozenset({"google.com", "msn.com", "flipboard.com"})
_READABLE = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf",
             "application/json", "application/feed", "application/octet-stream")  # fmt: skip


async def fetch(source: Source, client: Client, now: datetime) -> Fetched:
    """One look at a page. Trouble is `Fetched.error`; nothing is raised for it."""
    if host(source.location) in _RELAYS:
        return Fetched(error="a link through an aggregator; its page holds no article")
    try:
        answer = await client.get(source.location, etag=source.etag, last_modified=source.last_modified, polite=True)
        if answer.status == 304:
            return Fetched(unchanged=True, etag=source.etag, last_modified=source.last_modified)
        parsed = await asyncio.to_thread(parse, answer.body, now, answer.content_type, answer.url)
    except FetchError as error:
        return Fetched(error=str(error), retry_after=now + error.wait if error.wait else None)
    except ParseError as error:
        return Fetched(error=str(error))
    return _found(parsed, answer)


def parse(body: bytes, now: datetime, content_type: str, address: str) -> Parsed:
    """What stands at a web address: a feed's articles or a page's one. Raises ParseError."""
    kind = content_type.lower().strip()
    if kind and not kind.startswith(_READABLE):
        raise ParseError(f"not a page but {kind.split(';')[0][:60]}")
    if looks_like_feed(body):
        return parse_feed(body, now, content_type=content_type, address=address)
    return parse_page(body, now, content_type=content_type, address=address)


def _found(parsed: Parsed, answer: Page) -> Fetched:
    return Fetched(
        articles=parsed.articles,
        troubles=parsed.troubles,
        title=parsed.title,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )
