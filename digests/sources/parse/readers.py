"""Which reader reads which bytes: the table of all that is parsed, by name, so that a name can cross to a child.

Every reader is a plain function of bytes, the time, and what is known of where they come from.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from digests.errors import ParseError
from digests.sources.parse.charset import decode
from digests.sources.parse.document import parse_text
from digests.sources.parse.drafts import Parsed
from digests.sources.parse.feed import looks_like_feed, parse_feed
from digests.sources.parse.links import parse_links
from digests.sources.parse.outline import parse_opml
from digests.sources.parse.page import parse_page
from digests.sources.parse.records import parse_records

_READABLE = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf",
             "application/json", "application/feed", "application/octet-stream")  # fmt: skip


class Reader(Protocol):
    """Bytes to what they hold. Raises ParseError."""

    def __call__(self, data: bytes, now: datetime, *, content_type: str = "", address: str = "") -> Parsed:
        """What `data` holds, seen at `now`. `address` is where it came from, as far as that matters."""


def read_web(data: bytes, now: datetime, *, content_type: str = "", address: str = "") -> Parsed:
    """What stands at a web address: a feed's articles or a page's one."""
    kind = content_type.lower().strip()
    if kind and not kind.startswith(_READABLE):
        raise ParseError(f"not a page but {kind.split(';')[0][:60]}")
    if looks_like_feed(data):
        return parse_feed(data, now, content_type=content_type, address=address)
    return parse_page(data, now, content_type=content_type, address=address)


def read_any(data: bytes, now: datetime, *, content_type: str = "", address: str = "") -> Parsed:  # noqa: ARG001
    """What a file holds whose name does not tell: by its first bytes."""
    if looks_like_feed(data):
        return parse_feed(data, now)
    start = decode(data).lstrip("\ufeff \r\n\t")[:1000].lower()
    if start.startswith("{"):
        return parse_records(data, now)
    if "<html" in start or start.startswith("<!doctype html"):
        return parse_page(data, now)
    if start.startswith("<?xml"):
        raise ParseError("not a feed")
    return parse_text(data, now)


def _of_file(parse: Callable[[bytes, datetime], Parsed]) -> Reader:
    def read(data: bytes, now: datetime, *, content_type: str = "", address: str = "") -> Parsed:  # noqa: ARG001
        return parse(data, now)

    return read


def _records(data: bytes, now: datetime, *, content_type: str = "", address: str = "") -> Parsed:  # noqa: ARG001
    """A file of lines or a part of one; then the address is "line 2001"."""
    return parse_records(data, now, first=int(address.removeprefix("line ") or 1))


def _markdown(data: bytes, now: datetime) -> Parsed:
    return parse_text(data, now, markdown=True)


def _opml(data: bytes, now: datetime) -> Parsed:  # noqa: ARG001
    sources, troubles = parse_opml(data)
    return Parsed(sources=sources, troubles=troubles)


def _links(data: bytes, now: datetime, *, content_type: str = "", address: str = "") -> Parsed:  # noqa: ARG001
    return parse_links(data, content_type=content_type, address=address)


READERS: Mapping[str, Reader] = {
    "feed": parse_feed,
    "web": read_web,
    "page": parse_page,
    "text": _of_file(parse_text),
    "markdown": _of_file(_markdown),
    "records": _records,
    "links": _links,
    "opml": _of_file(_opml),
    "any": read_any,
}
