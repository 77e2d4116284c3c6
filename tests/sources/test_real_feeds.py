"""The feeds of two dozen outlets, as they were captured on one evening, ingest whole."""

import re
from datetime import UTC, datetime

from digests.models import Source, SourceKind
from digests.sources import folder
from digests.sources.parse.feed import parse_feed
from tests import evaldata
from tests.sources.web import Web

EVENING = datetime(2026, 2, 18, 6, 0, tzinfo=UTC)
MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:\w{2,10}|#\d+);|\]\]>|https?://\S+\.(?:jpg|png)")


def feeds():
    files = sorted((evaldata.folder("data") / "feeds").glob("*.xml"))
    assert len(files) == 24
    return files


def test_every_feed_gives_clean_dated_articles_with_links_and_no_trouble():
    for path in feeds():
        parsed = parse_feed(path.read_bytes(), EVENING)
        assert len(parsed.articles) >= 9, path.name
        assert parsed.troubles == (), path.name
        assert parsed.title, path.name
        for article in parsed.articles:
            about = (path.name, article.title)
            assert article.url is not None and article.url.startswith("https://"), about
            assert 5 < len(article.title) <= 500 and "\n" not in article.title, about
            assert article.published_at is not None, about
            assert datetime(2020, 1, 1, tzinfo=UTC) < article.published_at <= EVENING, about
            assert article.publisher and article.language == "en", about
            assert not MARKUP.search(article.title + " " + article.text), about
            assert article.seen_at == EVENING


def test_no_article_comes_twice_in_a_feed():
    for path in feeds():
        articles = parse_feed(path.read_bytes(), EVENING).articles
        assert len({article.id for article in articles}) == len(articles), path.name
        assert len({article.url for article in articles}) == len(articles), path.name


def test_whole_texts_and_teasers_are_told_apart():
    full = {
        parsed.title: [not a.is_teaser for a in parsed.articles]
        for parsed in (parse_feed(p.read_bytes(), EVENING) for p in feeds())
    }
    assert all(full["TIME"])
    assert sum(full["Dawn"]) >= 25
    assert not any(full["BBC News"])
    assert not any(full["NYT"])


async def test_the_folder_of_feeds_is_read_without_any_network():
    web = Web()
    async with web.client() as client:
        source = Source(kind=SourceKind.FOLDER, location=str(evaldata.folder("data") / "feeds"))
        fetched = await folder.fetch(source, client, EVENING)
    assert web.asked == []
    assert fetched.error is None
    assert len(fetched.articles) > 1000
    assert fetched.troubles == ()
