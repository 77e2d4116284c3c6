import time
from datetime import UTC, datetime

import httpx
import pytest

from digests.errors import ParseError
from digests.models import Source, SourceKind
from digests.sources import page as pages
from digests.sources.parse.page import parse_page
from tests.sources.web import PARAGRAPHS, Web, item, page, rss

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
HEAD = (
    '<meta property="og:site_name" content="The Harbour Times">'
    '<meta property="article:published_time" content="2026-03-02T09:30:00+03:00">'
    '<meta name="author" content="Ada Quill">'
)


def test_a_page_gives_headline_text_author_outlet_and_the_minute_it_came_out():
    parsed = parse_page(page(head=HEAD).encode(), NOW, address="https://harbour.example/1")
    article = parsed.articles[0]
    assert article.title == "Ministers meet by the harbour"
    assert article.text.split("\n\n") == PARAGRAPHS
    assert article.author == "Ada Quill"
    assert article.publisher == "The Harbour Times"
    assert article.published_at == datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
    assert article.url == "https://harbour.example/1"


def test_what_stands_around_the_article_is_left_out():
    foot = (
        "<div><h3>Related stories</h3><p>Storm warning for the coast</p></div><div><h3>Leave a Reply</h3>"
        "<p>Your email address will not be published. Required fields are marked *</p></div>"
        "<p>We use cookies to improve your visit.</p>"
    )
    text = parse_page(page(foot=foot).encode(), NOW).articles[0].text
    for furniture in ("Related", "Storm warning", "Leave a Reply", "email address", "cookies", "Copyright"):
        assert furniture not in text
    assert PARAGRAPHS[-1] in text


@pytest.mark.parametrize(
    "published",
    [
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-02T06:30:00Z"}</script>',
        '<meta content="2026-03-02T06:30:00Z" itemprop="datePublished">',
        '<meta name="date" content="2026-03-02T06:30:00Z">',
    ],
)
def test_the_time_is_found_where_outlets_write_it(published):
    assert parse_page(page(head=published).encode(), NOW).articles[0].published_at == datetime(
        2026, 3, 2, 6, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"only words", "not a web page"),
        (b"<html><body><p>Please enable cookies.</p></body></html>", "no text of an article"),
        (b"<html><body>" + b"<p>" * 50_000, "too many parts"),
        (b"\x89PNG\r\n\x1a\n0000", "a PNG picture"),
    ],
)
def test_a_page_without_an_article_is_refused_in_one_line(data, reason):
    with pytest.raises(ParseError, match=reason):
        parse_page(data, NOW)


async def fetch(answers, url="https://harbour.example/1"):
    web = Web(answers)
    async with web.client() as client:
        return await pages.fetch(Source(kind=SourceKind.PAGE, location=url), client, NOW), web


async def test_a_page_is_asked_for_politely():
    fetched, web = await fetch({"https://harbour.example/1": page()})
    assert fetched.error is None
    assert web.asked == ["https://harbour.example/robots.txt", "https://harbour.example/1"]


async def test_an_address_that_turns_out_to_be_a_feed_is_read_as_one():
    fetched, _ = await fetch({"https://harbour.example/1": rss(item())})
    assert [article.title for article in fetched.articles] == ["Ministers meet"]


async def test_what_is_neither_page_nor_feed_is_named():
    picture = httpx.Response(200, headers={"Content-Type": "image/png"}, content=b"...")
    fetched, _ = await fetch({"https://harbour.example/1": picture})
    assert fetched.error == "not a page but image/png"


async def test_an_aggregators_link_is_not_followed():
    fetched, web = await fetch({}, "https://news.google.com/rss/articles/abc")
    assert "aggregator" in (fetched.error or "")
    assert web.asked == []


def test_scripts_weigh_nothing_but_their_facts_for_search_engines_count():
    weight = "<script>" + "var x = '<p>';" * 100_000 + "</script>"
    facts = '<script type="application/ld+json">{"datePublished": "2026-03-02T06:30:00Z"}</script>'
    article = parse_page(page(head=weight + facts).encode(), NOW).articles[0]
    assert article.text.split("\n\n") == PARAGRAPHS
    assert article.published_at == datetime(2026, 3, 2, 6, 30, tzinfo=UTC)


def test_a_page_of_thousands_of_paragraphs_is_refused_before_it_takes_seconds():
    began = time.process_time()
    with pytest.raises(ParseError, match="too many parts"):
        parse_page(b"<html><body>" + b"<p>a few words here" * 7000, NOW)
    assert time.process_time() - began < 2
