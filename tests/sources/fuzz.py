"""Fuzzing of the parsers: strangers' bytes of every kind, each to be articles or a ParseError, within seconds.

    nice -n 15 python -m tests.sources.fuzz --minutes 30        (`make fuzz`)

A third of the time goes to accidents that happen to good documents, a third to what hypothesis makes of the pieces
that hostile ones consist of, a third to atheris, which follows the code that its inputs reach (tests/sources/
guided.py, a process a reader; left out where it is not installed). Every find is printed with its reader and kept in
the folder given by --finds, to become a test (tests/sources/finds/); exits with 1 when there was one.
"""

import argparse
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from digests.errors import ParseError
from digests.sources.parse.readers import READERS
from tests.sources.test_hostile import DOCUMENTS, PIECES, anything
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
    began = time.process_time()
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
    took = time.process_time() - began
    return f"took {took:.1f} s" if took > SLOW else None


class Finds:
    """What went wrong, each kind of trouble once; printed as it comes and kept in a folder."""

    def __init__(self, folder: Path | None) -> None:
        self.kinds: set[str] = set()
        self.tried = 0
        self._folder = folder

    def look(self, reader: str, data: bytes) -> None:
        """Read `data` and note what was wrong with that."""
        self.tried += 1
        words = trouble(reader, data)
        kind = f"{reader}: {words}"[:70]
        if words is None or kind in self.kinds:
            return
        self.kinds.add(kind)
        print(f"{reader} {len(data)} bytes: {words}", flush=True)
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{reader}-{len(self.kinds)}-{self.tried}.bin").write_bytes(data)


def accidents(finds: Finds, until: float, rng: random.Random) -> None:
    """Good documents, changed."""
    while time.monotonic() < until:
        finds.look(rng.choice(list(READERS)), changed(rng))


def strategies(finds: Finds, until: float, rng: random.Random) -> None:
    """What hypothesis makes up; each round is another sequence."""

    def one(reader: str) -> Callable[[], None]:
        @settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(data=anything)
        def look(data: bytes) -> None:
            finds.look(reader, data)

        return look  # type: ignore[no-any-return]

    while time.monotonic() < until:
        one(rng.choice(list(READERS)))()


def guided(finds: Finds, seconds: float, folder: Path | None) -> None:
    """A process of atheris for each reader, one after the other."""
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: its third is left out")
        return
    share = max(1, int(seconds / len(READERS)))
    for reader in READERS:
        with tempfile.TemporaryDirectory() as corpus:
            for number, seed in enumerate(SEEDS):
                (Path(corpus) / str(number)).write_bytes(seed[:20_000])
            command = [sys.executable, "-m", "tests.sources.guided", reader, str(share), corpus, str(folder or "")]
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        said = [line for line in done.stdout.splitlines() if line]
        finds.tried += sum(int(line.split()[1]) for line in said if line.startswith("tried "))
        troubles = [line for line in said if not line.startswith("tried ")]
        if done.returncode:
            troubles.append(f"{reader} ended with {done.returncode}: {done.stderr[-300:]}")
        for words in troubles:
            finds.kinds.add(words)
            print(f"guided: {words}", flush=True)


def main() -> None:
    """Fuzz for as long as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--finds", type=Path)
    options = parser.parse_args()
    rng, finds, third = random.Random(options.seed), Finds(options.finds), options.minutes * 20
    accidents(finds, time.monotonic() + third, rng)
    print(f"accidents: {finds.tried} documents", flush=True)
    strategies(finds, time.monotonic() + third, rng)
    print(f"and hypothesis: {finds.tried} documents", flush=True)
    guided(finds, third, options.finds)
    print(f"{finds.tried} documents, {len(finds.kinds)} kinds of trouble")
    sys.exit(1 if finds.kinds else 0)


if __name__ == "__main__":
    main()
