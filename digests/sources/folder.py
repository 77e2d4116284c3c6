"""Articles in files: one file, or a folder with all below it. Saved feeds keep their items' links."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from digests.errors import ParseError
from digests.models import Article, Fetched, Source, Trouble
from digests.sources.base import Client
from digests.sources.parse.charset import decode
from digests.sources.parse.document import parse_text
from digests.sources.parse.drafts import Parsed
from digests.sources.parse.feed import looks_like_feed, parse_feed
from digests.sources.parse.page import parse_page
from digests.sources.parse.records import parse_records

LARGEST = 5 * 1024 * 1024  # bytes of one article or feed, as on the web
LARGEST_RECORDS = 64 * 1024 * 1024  # bytes of a file of JSON lines, which holds many articles
FILES = 10_000


async def fetch(source: Source, client: Client, now: datetime) -> Fetched:  # noqa: ARG001  (the contract's signature)
    """The articles of a file or folder. What can't be read is a Trouble each; a lone file's is `Fetched.error`."""
    return await asyncio.to_thread(_look, Path(source.location), now)


def _look(path: Path, now: datetime) -> Fetched:
    if not path.exists():
        return Fetched(error="no such file or folder")
    if path.is_file():
        return _one(path, now)
    articles: dict[str, Article] = {}
    troubles: list[Trouble] = []
    files = 0
    for file in _files(path):
        files += 1
        found = _one(file, now)
        articles.update((article.id, article) for article in found.articles if article.id not in articles)
        troubles += found.troubles
        if found.error:
            troubles.append(Trouble(what=str(file), reason=found.error))
    if not articles:
        kinds = ", ".join(sorted(READERS))
        return Fetched(
            troubles=tuple(troubles), error="no readable article in it" if files else f"no {kinds} file in it"
        )
    return Fetched(articles=tuple(articles.values()), troubles=tuple(troubles))


def _files(folder: Path) -> Iterator[Path]:
    """Readable files below `folder`, in order of name; hidden ones and links are left alone."""
    found = 0
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if hidden or file.is_symlink() or file.suffix.lower() not in READERS or not file.is_file():
            continue
        found += 1
        if found > FILES:
            return
        yield file


def _one(path: Path, now: datetime) -> Fetched:
    reader = READERS.get(path.suffix.lower(), _any)
    largest = LARGEST_RECORDS if reader is parse_records else LARGEST
    try:
        if path.stat().st_size > largest:
            return Fetched(error=f"larger than {largest // 1024 // 1024} MB")
        parsed = reader(path.read_bytes(), now)
    except OSError as error:
        return Fetched(error=(error.strerror or "can't be read").lower())
    except ParseError as error:
        return Fetched(error=str(error))
    return Fetched(articles=parsed.articles, troubles=parsed.troubles, title=parsed.title)


def _markdown(data: bytes, now: datetime) -> Parsed:
    return parse_text(data, now, markdown=True)


def _any(data: bytes, now: datetime) -> Parsed:
    """A lone file whose name does not tell: by its first bytes."""
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


READERS: Mapping[str, Callable[[bytes, datetime], Parsed]] = {
    ".html": parse_page,
    ".htm": parse_page,
    ".txt": parse_text,
    ".md": _markdown,
    ".jsonl": parse_records,
    ".xml": parse_feed,
    ".rss": parse_feed,
    ".atom": parse_feed,
}
