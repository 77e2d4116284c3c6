"""Which feeds a web page names, so that a site's address is enough to follow it (the RSS board's autodiscovery).

Only what the page says; fetching them, and guessing where it says nothing, is left to sources/discover.py.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from digests.errors import ParseError
from digests.models import Source, SourceKind
from digests.sources.parse.charset import decode
from digests.sources.parse.drafts import Parsed
from digests.text import one_line

MOST = 20  # feeds of one page
_HEAD = 500_000  # characters of a page that are looked through
_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b([^<>]{1,2000})>", re.IGNORECASE)
_BASE = re.compile(r"<base\b([^<>]{1,2000})>", re.IGNORECASE)
_TYPE = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|text/(?:rss|atom)\+?xml", re.IGNORECASE)
_FEED = re.compile(r"(?:/(?:rss|feeds?|atom)(?:/|$)|[/.](?:rss|atom|rdf)(?:\.xml)?$|/(?:feed|index)\.(?:xml|json)$)", re.IGNORECASE)  # fmt: skip  # noqa: E501
_COMMENTS = re.compile(r"comments?\b", re.IGNORECASE)


def parse_links(data: bytes, *, content_type: str = "", address: str = "") -> Parsed:
    """The feeds that the page at `address` names, as sources: those of its head first, feeds of comments last.

    Raises ParseError when it names none.
    """
    page = decode(data, content_type)[:_HEAD]
    base = _base(page, address)
    found: dict[str, Source] = {}
    for title, href in (*_declared(page), *_linked(page)):
        location = _address(base, href)
        if location and location != address:
            found.setdefault(location, Source(kind=SourceKind.FEED, location=location, title=title))
    if not found:
        raise ParseError("names no feed")
    ranked = sorted(found.values(), key=lambda source: bool(_COMMENTS.search(f"{source.title} {source.location}")))
    return Parsed(sources=tuple(ranked[:MOST]))


def _declared(page: str) -> Iterator[tuple[str, str]]:
    for link in _LINK.finditer(page):
        if _TYPE.search(link[1]):
            yield one_line(_attribute(link[1], "title"), limit=200), _attribute(link[1], "href")


def _linked(page: str) -> Iterator[tuple[str, str]]:
    """Links whose addresses look like feeds: many a site names its feeds on a page for people only."""
    for anchor in _ANCHOR.finditer(page):
        href = _attribute(anchor[1], "href")
        if _FEED.search(href.partition("?")[0]):
            yield "", href


def _base(page: str, address: str) -> str:
    found = _BASE.search(page)
    return _address(address, _attribute(found[1], "href")) or address if found else address


def _address(base: str, href: str) -> str:
    try:
        whole = urljoin(base, href.strip())
        parts = urlsplit(whole)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and len(whole) <= 2048 and whole.isprintable()
    return parts._replace(fragment="").geturl() if is_web and href.strip() else ""


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""(?<![\w-]){name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", tag, re.IGNORECASE)
    return html.unescape(next(filter(None, found.groups()), "")) if found else ""
