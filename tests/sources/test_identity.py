"""One article under many addresses is one article."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.sources.parse.drafts import web_address
from digests.sources.parse.feed import parse_feed
from digests.sources.parse.identity import bare, unwrapped
from tests.sources.web import item, rss

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
STORY = "https://www.harbour.example/world/talks"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.harbour.example/world/talks",
        "https://harbour.example/world/talks/",
        "https://m.harbour.example/world/talks",
        "https://mobile.harbour.example/world/talks",
        "https://amp.harbour.example/world/talks",
        "https://www.harbour.example/world/talks/amp",
        "https://www.harbour.example/world/talks/amp/",
        "https://www.harbour.example/world/talks.amp.html",
        "https://www.harbour.example/amp/world/talks",
        "https://www.harbour.example/world/talks?amp=1",
        "https://www.harbour.example/world/talks?outputType=amp",
    ],
)
def test_the_phones_and_amps_copies_are_the_article_itself(url):
    assert bare(url) == bare(STORY)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.harbour.example/world/talks-2",
        "https://www.harbour.example/world/talks?page=2",
        "https://news.harbour.example/world/talks",
        "https://www.harbour.example/world/champ",
        "https://m.example/world/talks",
    ],
)
def test_other_articles_stay_other_articles(url):
    assert bare(url) != bare(STORY)


def test_the_order_of_a_query_does_not_matter():
    assert bare("https://a.example/x?id=1&lang=en") == bare("https://a.example/x?lang=en&id=1")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/url?rct=j&q=https%3A%2F%2Fwww.harbour.example%2Fworld%2Ftalks&sa=U",
        "https://www.google.com/url?url=https%3A%2F%2Fwww.harbour.example%2Fworld%2Ftalks",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.harbour.example%2Fworld%2Ftalks&h=x",
        "https://www.google.com/amp/s/www.harbour.example/world/talks",
        "https://www-harbour-example.cdn.ampproject.org/c/s/www.harbour.example/world/talks",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.harbour.example%2Fworld%2Ftalks&data=x",
    ],
)
def test_a_redirectors_address_is_taken_for_the_one_it_names(url):
    assert web_address(url) == STORY


@pytest.mark.parametrize(
    "url", ["https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url", STORY]
)
def test_what_names_no_other_address_stays_as_it_is(url):
    assert unwrapped(url) == url


def test_a_feed_that_lists_an_article_under_two_addresses_and_new_ids_brings_it_once():
    items = (
        item(link="https://harbour.example/1", extra="<guid>a-1</guid>"),
        item(link="https://m.harbour.example/1?utm_source=rss", extra="<guid>a-1-later</guid>"),
    )
    (article,) = parse_feed(rss(*items).encode(), NOW).articles
    assert article.url == "https://harbour.example/1"


@given(st.text(max_size=60))
def test_any_text_is_unwrapped_without_a_fault(text):
    unwrapped(f"https://www.google.com/url?q={text}")
    unwrapped(text)
