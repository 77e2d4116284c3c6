"""What parsers make of any document that tests hold, both databases take; one bad article costs only itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digests.errors import ParseError, StoreError
from digests.extract.reader import EncoderReader
from digests.flows.filing import file_articles
from digests.models import Article
from digests.sources.parse.document import parse_text
from digests.sources.parse.readers import READERS
from tests import evaldata
from tests.sources import test_charset, test_hostile, test_workers
from tests.sources.fuzz import SEEDS
from tests.sources.rogue import XML
from tests.store.make import article

NOW = datetime(2026, 2, 18, 6, 0, tzinfo=UTC)
ODD = [
    "\x00 NUL \ud800 lone \udfff surrogates \u202e and a turn",
    "Zalgo " + "z\u0336\u0337\u0338" * 200,
    "👩\u200d🚒 🏴\U000e0067\U000e0062\U000e007f שלום \ufdfa \U0010ffff",
    "'); DROP TABLE articles;-- %s {} \\",
    "é" * 100_000,
]


def documents() -> Iterator[bytes]:
    """Every kind of document that the tests of the parsers are made of, hostile ones included."""
    yield from SEEDS
    yield from test_hostile.BOMBS.values()
    yield from test_workers.DOCUMENTS.values()
    yield from (data for name in vars(test_charset) if isinstance(data := getattr(test_charset, name), bytes))
    yield from (path.read_bytes() for path in sorted((Path(__file__).parents[1] / "sources/finds").glob("*.bin")))
    yield from (text.encode("utf-8", "surrogatepass") for text in ODD)


def found() -> list[Article]:
    """The articles that any reader finds in any of them."""
    articles: dict[str, Article] = {}
    for data in documents():
        for name, read in READERS.items():
            try:
                parsed = read(data, NOW, address="" if name == "records" else "https://harbour.example/x")
            except ParseError:
                continue
            articles.update((one.id, one) for one in parsed.articles)
    for path in sorted((evaldata.folder("data") / "feeds").glob("*.xml")):
        articles.update((one.id, one) for one in READERS["feed"](path.read_bytes(), NOW).articles[:5])
    seed = parse_text((evaldata.folder("data") / "seed" / "article.txt").read_bytes(), NOW).articles[0]
    return [*articles.values(), seed]


def test_the_fixtures_hold_documents_that_mean_ill():
    assert len(XML) > 10
    assert len(list(documents())) > 25


async def test_every_fixture_goes_into_either_database_with_its_reading_and_comes_out_whole(store):
    articles = found()
    assert len(articles) > 100
    counts, troubles = await file_articles(articles, store=store, extractor=EncoderReader(), now=NOW)
    assert counts["refused"] == 0
    assert [trouble for trouble in troubles if "in" not in trouble.reason] == []
    async with store.read() as books:
        for one in articles:
            kept = await books.articles.get(one.id)
            assert kept is None or kept.text == one.text  # None: a twin by the same publisher
        assert len(await books.articles.window(NOW - timedelta(days=20_000), NOW + timedelta(days=2))) == counts["new"]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
async def test_what_no_parser_would_let_through_is_kept_too(store, text):
    async with store.write() as books:
        await books.articles.file(article("odd", text=text, title=text[:50]), None, NOW)
        await books.sources.note_troubles(None, [], NOW)
    async with store.read() as books:
        assert await books.articles.get("odd") is not None


@pytest.mark.parametrize("bad", [0, 7, 19])
async def test_one_article_that_the_store_refuses_costs_its_neighbours_nothing(store, bad):
    articles = [article(f"a{n}", text=f"Something happened in valley number {n}.") for n in range(20)]
    articles[bad] = article("bad", published_at=datetime(1, 1, 1, tzinfo=UTC), seen_at=datetime(2026, 1, 1))
    try:
        counts, troubles = await file_articles(articles, store=store, extractor=EncoderReader(), now=NOW)
    except StoreError:  # pragma: no cover - what must not be
        pytest.fail("one article cost all")
    assert (counts["new"], counts["refused"]) == (19, 1)
    assert [trouble.what for trouble in troubles] == ["About bad"]
