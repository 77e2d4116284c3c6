"""Articles in files: one file, or a folder with all below it. Saved feeds keep their items' links."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from digests.errors import ParseError
from digests.models import Article, Fetched, Source, Trouble
from digests.sources.base import Client, Parse, parse_here
from digests.sources.parse.drafts import Parsed

LARGEST = 5 * 1024 * 1024  # bytes of one article or feed, as on the web
LARGEST_RECORDS = 64 * 1024 * 1024  # bytes of a file of JSON lines, which holds many articles
FILES = 10_000
PART = 1024 * 1024  # bytes of lines that are parsed at once
AT_ONCE = 4  # files in memory
_READERS: Mapping[str, str] = {
    ".html": "page",
    ".htm": "page",
    ".txt": "text",
    ".md": "markdown",
    ".jsonl": "records",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}


async def fetch(source: Source, client: Client, now: datetime, *, parse: Parse = parse_here) -> Fetched:  # noqa: ARG001
    """The articles of a file or folder. What can't be read is a Trouble each; a lone file's is `Fetched.error`."""
    path = Path(source.location)
    if not await asyncio.to_thread(path.exists):
        return Fetched(error="no such file or folder")
    if await asyncio.to_thread(path.is_file):
        return await _one(path, now, parse)
    files = await asyncio.to_thread(lambda: list(_files(path)))
    if not files:
        return Fetched(error=f"no {', '.join(sorted(_READERS))} file in it")
    return _together(files, await _all(files, now, parse))


async def _all(files: list[Path], now: datetime, parse: Parse) -> list[Fetched]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(file: Path) -> Fetched:
        async with gate:
            return await _one(file, now, parse)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(file)) for file in files]
    return [task.result() for task in tasks]


def _together(files: list[Path], found: list[Fetched]) -> Fetched:
    articles: dict[str, Article] = {}
    troubles: list[Trouble] = []
    for file, each in zip(files, found, strict=True):
        articles.update((article.id, article) for article in each.articles if article.id not in articles)
        troubles += each.troubles
        if each.error:
            troubles.append(Trouble(what=str(file), reason=each.error))
    error = None if articles else "no readable article in it"
    return Fetched(articles=tuple(articles.values()), troubles=tuple(troubles), error=error)


def _files(folder: Path) -> Iterator[Path]:
    """Readable files below `folder`, in order of name; hidden ones and links are left alone."""
    found = 0
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if hidden or file.is_symlink() or file.suffix.lower() not in _READERS or not file.is_file():
            continue
        found += 1
        if found > FILES:
            return
        yield file


async def _one(path: Path, now: datetime, parse: Parse) -> Fetched:
    reader = _READERS.get(path.suffix.lower(), "any")
    try:
        data = await asyncio.to_thread(_read, path, LARGEST_RECORDS if reader == "records" else LARGEST)
        parsed = await (_lines(data, now, parse) if reader == "records" else parse(reader, data, now))
    except OSError as error:
        return Fetched(error=(error.strerror or "can't be read").lower())
    except ParseError as error:
        return Fetched(error=str(error))
    return Fetched(articles=parsed.articles, troubles=parsed.troubles, title=parsed.title)


async def _lines(data: bytes, now: datetime, parse: Parse) -> Parsed:
    """A file of lines, a part at a time, for the bounds of a document are narrow for so many."""

    async def read(first: int, part: bytes) -> Parsed | Trouble:
        try:
            return await parse("records", part, now, address=f"line {first}")
        except ParseError as error:
            return Trouble(what=f"from line {first} on", reason=str(error))

    parts = await asyncio.gather(*(read(first, part) for first, part in _parts(data)))
    errors = [part for part in parts if isinstance(part, Trouble)]
    found = [part for part in parts if isinstance(part, Parsed)]
    articles = tuple(article for part in found for article in part.articles)
    if not articles:
        raise ParseError(errors[0].reason)
    return Parsed(articles=articles, troubles=(*(trouble for part in found for trouble in part.troubles), *errors))


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Parts that end with a line, and each one's first line's number. Text in wide characters stays in one part."""
    if b"\x00" in data[:PART]:
        yield 1, data
        return
    start, first = 0, 1
    while start < len(data) or not start:
        end = data.find(b"\n", start + PART) + 1 or max(len(data), 1)
        part = data[start:end]
        yield first, part
        start, first = end, first + part.count(b"\n")


def _read(path: Path, largest: int) -> bytes:
    if path.stat().st_size > largest:
        raise ParseError(f"larger than {largest // 1024 // 1024} MB")
    return path.read_bytes()
