"""Which kind of source a path or address is, guessed from its form; its bytes are checked when fetched."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from digests.models import Source, SourceKind

_WEB = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_FEED = re.compile(
    r"(?:^|[/._-])(?:rss|feeds?|atom|rdf|xml)(?:[/._-]|\d|$)|\.(?:xml|rss|rdf|atom|json)$|(?:^|[?&])(?:format|feed|type)=(?:rss|atom|xml)",
    re.IGNORECASE,
)


def source_for(location: str) -> Source:
    """The source at a path or web address. Never fails: what is not there is found out by fetching it."""
    location = location.strip()
    return Source(kind=_kind(location), location=location)


def is_web(location: str) -> bool:
    """Whether a location is an address (of any scheme) and not a path."""
    return _WEB.match(location) is not None


def _kind(location: str) -> SourceKind:
    if not is_web(location):
        return SourceKind.OPML if Path(location).suffix.lower() == ".opml" else SourceKind.FOLDER
    try:
        parts = urlsplit(location)
    except ValueError:
        return SourceKind.PAGE
    if parts.path.lower().endswith(".opml"):
        return SourceKind.OPML
    host = (parts.hostname or "").split(".")[0]
    is_feed = host in ("feeds", "feed", "rss") or _FEED.search(f"{parts.path}?{parts.query}".rstrip("?"))
    return SourceKind.FEED if is_feed else SourceKind.PAGE
