"""What the rogue server and its documents come to; campaign.py measures memory, time and lag with the slow ones too."""

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator

import pytest

from digests.errors import FetchError, ParseError
from digests.sources.fetch import GuardedClient
from digests.sources.workers import Workers
from tests.sources import rogue
from tests.sources.campaign import NOW

ENDS = {
    "gzip": "compressed beyond reason",
    "deflate": "compressed beyond reason",
    "double-gzip": "packed as 'gzip, gzip'",
    "brotli": "packed as 'br'",
    "long-length": "larger than 5 MB",
    "cut-off": "broke off",
    "endless": "larger than 5 MB",
    "chunks": "sent in crumbs",
    "huge-chunk": "larger than 5 MB",
    "headers": "broke off",
    "one-header": "broke off",
}
SLOW = {"nesting", "angle brackets", "paragraphs", "attributes"}  # seconds each
REFUSED = {"billion laughs", "quadratic", "outside entity", "laughs in OPML"}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a rogue server in a process of its own, so that what is measured here is the client's memory."""
    server = subprocess.Popen([sys.executable, "-m", "tests.sources.rogue"], stdout=subprocess.PIPE)
    with server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.terminate()


@pytest.mark.parametrize("name", rogue.BOMBS)
async def test_a_bomb_ends_with_its_reason_and_little_memory(name, port):
    async with GuardedClient(allow_hosts={"127.0.0.1"}, gap=0.0) as client:
        tracemalloc.start()
        try:
            if name in ENDS:
                with pytest.raises(FetchError, match=ENDS[name]):
                    await client.get(f"http://127.0.0.1:{port}/{name}")
            else:
                assert len((await client.get(f"http://127.0.0.1:{port}/{name}")).body) == 100
            assert tracemalloc.get_traced_memory()[1] < 20 * 1024 * 1024
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("name", [name for name in rogue.XML if name not in SLOW])
async def test_a_hostile_document_ends_in_a_child_with_a_reason_or_a_small_article(name):
    reader, data = rogue.XML[name]
    async with Workers(at_once=1) as workers:
        try:
            articles = (await workers(reader, data, NOW)).articles
        except ParseError as error:
            assert name not in REFUSED or "declares XML entities" in str(error)
            assert "\n" not in str(error)
        else:
            assert name not in REFUSED
            assert all(len(article.text) <= 100_000 for article in articles)
