"""How fast articles come in, side by side with others in one run: `python -m tests.benchmarks.ingest [feeds] [polite]
[texts] [pages] [reader]` (`make bench`).

feeds    two dozen captured feeds: feedparser, our bare parsing, and clean articles out of a child process
polite   200 feeds on 200 names of this machine, most of them unchanged, against what waiting for them costs
texts    a thousand full texts from lines of JSON into an empty store
pages    web pages in a dozen layouts, against trafilatura alone
reader   the captured feeds into an empty store, against lemon24/reader
"""

import argparse
import asyncio
import contextlib
import gc
import io
import json
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import trafilatura

from digests.extract.base import Extractor
from digests.extract.reader import EncoderReader
from digests.flows.ingest import ingest
from digests.models import Article, Extraction, Source, SourceKind
from digests.newsroom import fetchers
from digests.sources.fetch import AT_ONCE, GuardedClient
from digests.sources.parse.charset import decode
from digests.sources.parse.drafts import moment, web_address
from digests.sources.parse.feed import _link, _read
from digests.sources.parse.markup import plain
from digests.sources.parse.page import parse_page
from digests.sources.workers import Workers
from digests.store.engine import open_store
from digests.text import one_line
from tests import evaldata
from tests.sources.pages import LAYOUTS
from tests.sources.web import PARAGRAPHS, item, rss

EVENING = datetime(2026, 2, 18, 6, 0, tzinfo=UTC)
ROUNDS = 5
FEEDS, SHARE, DELAY = 200, 0.8, 0.2  # of them unchanged; seconds until a server answers
TEXTS = 1000


class Silent:
    """A reader that reads nothing, where only the way into the store is measured."""

    name = "silent/1"

    def extract(self, article: Article) -> Extraction:
        return Extraction(article_id=article.id, reader=self.name)


class Timed:
    """A reader with a watch: what it took is not the store's."""

    def __init__(self, extractor: Extractor) -> None:
        self.name = extractor.name
        self.seconds = 0.0
        self._extractor = extractor

    def extract(self, article: Article) -> Extraction:
        began = time.perf_counter()
        try:
            return self._extractor.extract(article)
        finally:
            self.seconds += time.perf_counter() - began


def captured() -> list[Path]:
    return sorted((evaldata.folder("data") / "feeds").glob("*.xml"))


def timed(work: Callable[[bytes], object], feeds: Sequence[bytes]) -> float:
    gc.collect()  # nobody pays for what another left behind
    began = time.perf_counter()
    for data in feeds:
        work(data)
    return time.perf_counter() - began


async def started(parse: Workers) -> None:
    """Both children run, as they do in a program that has run for a minute: starting is not timed for others either."""
    feed = rss(item()).encode()
    await asyncio.gather(*(parse("feed", feed, EVENING) for _ in range(2)))


async def feeds(_: Path) -> None:
    """Parsing alone and to clean articles, against feedparser, round by round so that all meet the same weather."""
    data = [path.read_bytes() for path in captured()]
    took: dict[str, list[float]] = {name: [] for name in ("feedparser", "bare", "child", "children at once")}
    async with Workers() as parse:
        await started(parse)
        for _ in range(ROUNDS):
            took["feedparser"].append(timed(lambda feed: feedparser.parse(io.BytesIO(feed)), data))
            took["bare"].append(timed(lambda feed: _read(decode(feed)), data))
            began = time.perf_counter()
            for feed in data:
                await parse("feed", feed, EVENING)
            took["child"].append(time.perf_counter() - began)
            began = time.perf_counter()
            await asyncio.gather(*(parse("feed", feed, EVENING) for feed in data))
            took["children at once"].append(time.perf_counter() - began)
    theirs = statistics.median(took["feedparser"])
    print(f"{len(data)} feeds, {sum(map(len, data)) / 1e6:.1f} MB, median of {ROUNDS} rounds")
    for name, seconds in took.items():
        median = statistics.median(seconds)
        print(f"  {name:18} {1000 * median:7.0f} ms  {theirs / median:5.1f} times feedparser")
    same, entries = equal(data)
    for name, count in same.items():
        print(f"  {name:18} {100 * count / entries:7.2f} % of {entries} as feedparser's")


def equal(data: Sequence[bytes]) -> tuple[dict[str, int], int]:
    """How many titles, links and dates are feedparser's, compared as they would be shown and kept."""
    same, entries = {"titles": 0, "links": 0, "dates": 0}, 0
    for feed in data:
        theirs = feedparser.parse(io.BytesIO(feed)).entries
        ours = _read(decode(feed))[1]
        entries += max(len(theirs), len(ours))
        for their, our in zip(theirs, ours, strict=False):
            same["titles"] += shown(their.get("title")) == shown(our.get("title"))
            same["links"] += web_address(their.get("link")) == web_address(_link(our))
            parsed = their.get("published_parsed") or their.get("updated_parsed")
            when = datetime(*parsed[:6], tzinfo=UTC) if parsed else None
            said = our.get("published") or our.get("updated")
            same["dates"] += when == (moment(str(said)) if said else None)
    return same, entries


def shown(title: object) -> str:
    return one_line(plain(str(title or ""), limit=2000))


def feed_of(host: str) -> bytes:
    """Twenty full texts by one outlet."""
    text = " ".join(PARAGRAPHS * 2)
    items = [item(title=f"{host} reports {n}", text=text, link=f"https://{host}/{n}") for n in range(20)]
    return rss(*items, title=host).encode()


async def serve() -> None:
    """A server with many names that prints its port: an answer takes `DELAY` seconds, and most say that nothing is new
    to whoever asks again."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        host = head.partition("host: ")[2].partition(":")[0]
        is_known = "if-none-match" in head and int(host.partition(".")[0].removeprefix("feed")) < FEEDS * SHARE
        await asyncio.sleep(DELAY)
        body = b"" if is_known else feed_of(host)
        status = "304 Not Modified" if is_known else "200 OK"
        writer.write(f'HTTP/1.1 {status}\r\nETag: "1"\r\nContent-Length: {len(body)}\r\n\r\n'.encode() + body)
        with contextlib.suppress(ConnectionError):
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=FEEDS)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextlib.asynccontextmanager
async def outlets() -> AsyncIterator[int]:
    """The server's port; it runs in a process of its own."""
    command = (sys.executable, "-m", "tests.benchmarks.ingest", "--serve")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline())
    finally:
        process.kill()
        await process.wait()


async def polite(folder: Path) -> None:
    """A look at feeds that mostly have nothing new, all due at once."""

    async def here(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    async with outlets() as port, Workers() as parse:
        names = [f"feed{number}.example:{port}" for number in range(FEEDS)]
        store = await open_store(data_dir=folder)
        async with store.write() as books:
            for name in names:
                await books.sources.add(Source(kind=SourceKind.FEED, location=f"http://{name}/rss"))
        for look in ("first look, everything new", "second look, nothing new"):
            async with store.read() as books:
                sources = await books.sources.all()
            async with GuardedClient(allow_hosts=names, resolver=here) as client:
                began = time.perf_counter()
                report = await ingest(
                    sources,
                    store=store,
                    fetchers=fetchers(parse),
                    client=client,
                    extractor=Silent(),
                    now=datetime.now(UTC),
                )
                took = time.perf_counter() - began
            cost = FEEDS / AT_ONCE * DELAY
            unchanged = sum(one.unchanged for one in report.sources)
            print(
                f"{FEEDS} feeds, {look}: {took:.2f} s, {took / cost:.2f} times the {cost:.2f} s that waiting costs "
                f"({unchanged} unchanged, {report.new} new, {report.duplicate} known)"
            )
        await store.close()


async def texts(folder: Path) -> None:
    """Full texts of real news, as often as it takes to make a thousand different ones."""
    paths = sorted((evaldata.folder("data") / "stories").glob("*.jsonl"))
    records = [record for path in paths for line in path.open() if "text" in (record := json.loads(line))]
    records = [record for record in records if len(record["text"].split()) > 150][:TEXTS]
    lines = folder / "texts.jsonl"
    lines.write_text("\n".join(json.dumps(record) for record in records))
    extractor = Timed(EncoderReader())
    async with Workers() as parse, GuardedClient() as client:
        await started(parse)
        store = await open_store(data_dir=folder)
        began = time.perf_counter()
        report = await ingest(
            [Source(kind=SourceKind.FOLDER, location=str(lines))],
            store=store,
            fetchers=fetchers(parse),
            client=client,
            extractor=extractor,
            now=EVENING,
        )
        took = time.perf_counter() - began
        await store.close()
    kept = report.new + report.changed + report.duplicate
    print(
        f"{kept} full texts ({report.new} new): {took:.1f} s, of which reading {extractor.seconds:.1f} s; "
        f"{kept / (took - extractor.seconds):.0f} a second without reading"
    )


async def pages(_: Path) -> None:
    """Our reading of whole pages against trafilatura's alone, on pages of our own."""
    htmls = [wanted.html.encode() for wanted in LAYOUTS.values()]
    ours: list[float] = []
    theirs: list[float] = []
    for _round in range(ROUNDS):
        theirs.append(timed(alone, htmls * 4))
        ours.append(timed(lambda html: parse_page(html, EVENING, address="https://a.example/story"), htmls * 4))
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(
        f"{len(htmls)} layouts: {1000 * mine / len(htmls) / 4:.1f} ms a page, trafilatura alone "
        f"{1000 * other / len(htmls) / 4:.1f} ms: {mine / other:.2f} times its time"
    )


def alone(html: bytes) -> object:
    return trafilatura.bare_extraction(
        html, favor_precision=True, include_comments=False, include_tables=False, with_metadata=True
    )


async def reader(folder: Path) -> None:
    """Both keep the same feeds from files, nothing else: no reading, no pages."""
    try:
        from reader import make_reader  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        print("reader is not installed (make bench does that): left out")
        return
    warnings.simplefilter("ignore")
    paths = captured()
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(3):
        began = time.perf_counter()
        with make_reader(str(folder / f"reader-{number}.sqlite"), feed_root=str(paths[0].parent)) as other:
            for path in paths:
                other.add_feed(path.name)
            other.update_feeds()
            entries = other.get_entry_counts().total
        theirs.append((time.perf_counter() - began) / entries)
        (folder / str(number)).mkdir()
        async with Workers() as parse, GuardedClient() as client:
            await started(parse)
            began = time.perf_counter()
            store = await open_store(data_dir=folder / str(number))
            report = await ingest(
                [Source(kind=SourceKind.FOLDER, location=str(path)) for path in paths],
                store=store,
                fetchers=fetchers(parse),
                client=client,
                extractor=Silent(),
                now=EVENING,
            )
            await store.close()
            ours.append((time.perf_counter() - began) / (report.new + report.duplicate))
    mine, other_ = statistics.median(ours), statistics.median(theirs)
    print(
        f"into a store, an entry: {1000 * mine:.2f} ms ({report.new} articles), "
        f"reader {1000 * other_:.2f} ms ({entries} entries): {other_ / mine:.1f} times as fast"
    )


PARTS: dict[str, Callable[[Path], Awaitable[None]]] = {
    "feeds": feeds,
    "polite": polite,
    "texts": texts,
    "pages": pages,
    "reader": reader,
}


def main() -> None:
    """The parts that the command line names, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS))
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve())
    for name in options.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            asyncio.run(PARTS[name](Path(folder)))


if __name__ == "__main__":
    main()
