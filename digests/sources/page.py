"""A web page with one article, asked for politely. An address that turns out to be a feed is read as one."""

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
        parsed = await parse("web", answer.body, now, content_type=answer.content_type, address=answer.url)
    except FetchError as error:
        return failed(error, now)
    except ParseError as error:
        return Fetched(error=str(error))
    return found(parsed, answer, now)


def _is_front(url: str) -> bool:
    """Whether an address is a whole site's: where outlets send who asks for an article that is gone."""
    return urlsplit(url).path in ("", "/")
