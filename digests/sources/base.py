"""The contract of a source kind: one look at a source, everything it brought as a value."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from digests.models import Fetched, Source


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


class Client(Protocol):
    """The one polite, guarded web client (sources/fetch.py)."""

    async def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, polite: bool = False
    ) -> Page:
        """Fetch `url`. Raises FetchError with a reason in one line. `polite` asks robots.txt first."""


Fetch = Callable[[Source, Client, datetime], Awaitable[Fetched]]
"""One function a kind of source. Never raises for trouble with the source: that is `Fetched.error`."""
