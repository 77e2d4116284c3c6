"""The contract of a source kind: one look at a source, everything it brought as a value."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from digests.errors import FetchError
from digests.models import Fetched, Source
from digests.sources.parse.drafts import Parsed


class Page(Protocol):
    """A guarded answer from the web: the bytes, and what is needed to read them."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def url(self) -> str:
        """Where the redirects ended."""

    @property
    def body(self) -> bytes:
        """What came, inflated."""

    @property
    def content_type(self) -> str:
        """As the server says."""

    @property
    def etag(self) -> str | None:
        """A validator for the next look."""

    @property
    def last_modified(self) -> str | None:
        """A validator for the next look."""

    @property
    def fresh_for(self) -> timedelta | None:
        """How long the server says that nothing new will come, where it says so."""


class Client(Protocol):
    """The one polite, guarded web client (sources/fetch.py)."""

    async def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, polite: bool = False
    ) -> Page:
        """Fetch `url`. Raises FetchError with a reason in one line. `polite` asks robots.txt first."""


class Parse(Protocol):
    """Turns strangers' bytes into articles (sources/workers.py, in a child that can be killed)."""

    async def __call__(
        self, reader: str, data: bytes, now: datetime, *, content_type: str = "", address: str = ""
    ) -> Parsed:
        """What `data` holds, by the reader of that name in parse/readers.py. Raises ParseError, whatever happens."""


async def parse_here(reader: str, data: bytes, now: datetime, *, content_type: str = "", address: str = "") -> Parsed:
    """A `Parse` in a thread of this process, which nothing can stop: for bytes of one's own, and for tests."""
    from digests.sources.parse.readers import READERS  # here, for the parsers' libraries are many and slow to load

    return await asyncio.to_thread(READERS[reader], data, now, content_type=content_type, address=address)


def found(parsed: Parsed, answer: Page, now: datetime) -> Fetched:
    """What an answer brought, as the contract wants it."""
    return Fetched(
        articles=parsed.articles,
        troubles=parsed.troubles,
        title=parsed.title,
        etag=answer.etag,
        last_modified=answer.last_modified,
        fresh_until=now + answer.fresh_for if answer.fresh_for else None,
    )


def unchanged(source: Source, answer: Page, now: datetime) -> Fetched:
    """What a server brought that has nothing new: its validators still hold."""
    return Fetched(
        unchanged=True,
        etag=source.etag,
        last_modified=source.last_modified,
        fresh_until=now + answer.fresh_for if answer.fresh_for else None,
    )


def failed(error: FetchError, now: datetime) -> Fetched:
    """Trouble with an address, as the contract wants it."""
    return Fetched(
        error=str(error),
        retry_after=now + error.wait if error.wait else None,
        is_gone=error.is_gone,
        is_brief=error.is_brief,
    )


Fetch = Callable[[Source, Client, datetime], Awaitable[Fetched]]
"""One function a kind of source. Never raises for trouble with the source: that is `Fetched.error`."""
