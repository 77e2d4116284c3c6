"""A feed on the web. What its items hold in full comes as articles; the rest comes marked as teasers."""

from datetime import datetime

from digests.errors import FetchError, ParseError
from digests.models import Fetched, Source
from digests.sources.base import Client, Parse, failed, found, parse_here, unchanged


async def fetch(source: Source, client: Client, now: datetime, *, parse: Parse = parse_here) -> Fetched:
    """One look at a feed, with the validators of the last one. Trouble is `Fetched.error`; nothing is raised for it."""
    try:
        answer = await client.get(source.location, etag=source.etag, last_modified=source.last_modified)
        if answer.status == 304:
            return unchanged(source, answer, now)
        parsed = await parse("feed", answer.body, now, content_type=answer.content_type, address=answer.url)
    except FetchError as error:
        return failed(error, now)
    except ParseError as error:
        return Fetched(error=str(error))
    return found(parsed, answer, now)
