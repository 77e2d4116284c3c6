"""A web page with one article, asked for politely. An address that turns out to be a feed is read as one."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from digests.errors import FetchError, ParseError
from digests.models import Fetched, Source
from digests.sources.base import Client, Parse, failed, found, parse_here, unchanged
from digests.sources.parse.drafts import host

# Hosts whose links lead through a script to somebody else's page; there is no article to read at the address itself.
_RELAYS = frozenset({"google.com", "msn.com", "flipboard.com"})


async def fetch(source: Source, client: Client, now: datetime, *, parse: Parse = parse_here) -> Fetched:
    """One look at a page. Trouble is `Fetched.error`; nothing is raised for it."""
    if host(source.location) in _RELAYS:
        return Fetched(error="a link through an aggregator; its page holds no article")
    try:
        answer = await client.get(source.location, etag=source.etag, last_modified=source.last_modified, polite=True)
        if answer.status == 304:
            return unchanged(source, answer, now)
        if _is_front(answer.url) and not _is_front(source.location):
            return Fetched(error="leads to the outlet's front page")
        if _asks(answer.url) and not _asks(source.location):
            return Fetched(error="leads to a page that asks for consent or a login")
        if _is_above(answer.url, source.location):
            return Fetched(error="leads to a section of the outlet, not to an article")
        parsed = await parse("web", answer.body, now, content_type=answer.content_type, address=answer.url)
    except FetchError as error:
        return failed(error, now)
    except ParseError as error:
        return Fetched(error=str(error))
    return found(parsed, answer, now)


_ASKS = re.compile(
    r"(?:^|[./])(?:consent|guce|cmp|privacy-?(?:gate|manager)|log-?in|sign-?in|subscribe)(?:[./]|$)", re.IGNORECASE
)


_HYPHENS = 2  # in the last part of an article's address at least; sections have one at most


def _asks(url: str) -> bool:
    """Whether an address is by its name one that stands before articles."""
    parts = urlsplit(url)
    return _ASKS.search(f"{parts.netloc}{parts.path}") is not None


def _is_above(url: str, asked: str) -> bool:
    """Whether an address is a section of the site in which another was asked for: "/world" of "/world/talks-fail"."""
    here, there = (urlsplit(one).path.rstrip("/").lower() for one in (url, asked))
    parts, last = urlsplit(url), here.rpartition("/")[2]
    is_named = any(char.isdigit() for char in here) or last.count("-") >= _HYPHENS  # as articles are
    return (
        not (is_named or parts.query)
        and there.startswith(f"{here}/")
        and there.removeprefix(here) not in ("/amp", "/index.html")
    )


def _is_front(url: str) -> bool:
    """Whether an address is a whole site's: where outlets send who asks for an article that is gone."""
    return urlsplit(url).path in ("", "/")
