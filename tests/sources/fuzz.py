"""Fuzzing of the parsers: strangers' bytes of every kind, each to be articles or a ParseError, within seconds.

    nice -n 15 python -m tests.sources.fuzz --minutes 30

Starts from good documents and from what hostile ones are made of, cuts, doubles and splices them. Every find is
printed with its reader and kept in the folder given by --finds, to become a test; exits with 1 when there was one.
"""

import argparse
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from digests.errors import ParseError
from digests.sources.parse.readers import READERS
from tests.sources.test_hostile import DOCUMENTS, PIECES
from tests.sources.web import item, page, rss

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SLOW = 5.0  # seconds; a third of what a child is given
SEEDS = [
    *DOCUMENTS,
    rss(*(item(title=f"Report {n}", link=f"https://harbour.example/{n}") for n in range(5))).encode(),
    page(head='<script type="application/ld+json">{"datePublished": "2026-03-09"}</script>').encode("utf-16"),
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">a &lt;b&gt;</title>'
    b'<link href="/x"/></entry></feed>',
    b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_html": "<p>a", "url": "//x"}]}',
    b'{"title": "a", "text": "b", "published": "2026-03-09T10:00:00+25:00"}\n{"text": [1]}\n',
    b"<opml><body><outline text='a'><outline xmlUrl='https://a.example/f'/></outline></body></opml>",
    b"---\ntitle: a\ndate: 9 March 2026\n---\n# A head\n\n[a](b) **c** > d\n\nBy Somebody Else\n",
]
Strain = tuple[str, bytes]


def changed(rng: random.Random) -> bytes:
    """A seed after a few accidents."""
    data = bytearray(rng.choice(SEEDS))
    for _ in range(rng.randint(1, 8)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice((0, 1, 4, 40, 400)))
        accident = rng.randrange(5)
        if accident == 0:
            data[start:end] = b""
        elif accident == 1:
            data[start:start] = data[start:end] * rng.choice((1, 2, 50, 2000))
        elif accident == 2:
            data[start:end] = rng.choice(PIECES) * rng.choice((1, 1, 3, 500))
        elif accident == 3:
            data[start:end] = rng.randbytes(end - start)
        else:
            data[start:start] = rng.choice(SEEDS)[: rng.randrange(400)]
        del data[300_000:]
    return bytes(data)


def trouble(reader: str, data: bytes) -> str | None:
    """What was wrong with how `data` was read, or None."""
    began = time.perf_counter()
    try:
        parsed = READERS[reader](data, NOW, address="" if reader == "records" else "https://harbour.example/x")
        for article in parsed.articles:
            (article.title + article.text + article.publisher).encode()
            if not article.title or not article.text or "\x00" in article.title + article.text:
                return "an article without words, or with a NUL"
    except ParseError as error:
        if "\n" in str(error) or not str(error):
            return f"an error of several lines: {error!r}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    took = time.perf_counter() - began
    return f"took {took:.1f} s" if took > SLOW else None


def main() -> None:
    """Fuzz for as long as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--finds", type=Path)
    options = parser.parse_args()
    rng, until, tried, finds = (
        random.Random(options.seed),
        time.monotonic() + options.minutes * 60,
        0,
        dict[str, Strain](),
    )
    while time.monotonic() < until:
        reader, data = rng.choice(list(READERS)), changed(rng)
        tried += 1
        words = trouble(reader, data)
        if words and (kind := f"{reader}: {words[:60]}") not in finds:
            finds[kind] = (reader, data)
            print(f"{reader} {len(data)} bytes: {words}", flush=True)
            if options.finds:
                options.finds.mkdir(parents=True, exist_ok=True)
                (options.finds / f"{reader}-{tried}.bin").write_bytes(data)
    print(f"{tried} documents, {len(finds)} kinds of trouble")
    sys.exit(1 if finds else 0)


if __name__ == "__main__":
    main()
