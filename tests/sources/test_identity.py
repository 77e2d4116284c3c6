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


LINKED = "https://www.harbour.example/world/talks"
OWN = "https://notes.example/2026/03/on-the-talks"


@pytest.mark.parametrize("extra", [f"<guid>{OWN}</guid>", f'<guid isPermaLink="false">{OWN}</guid>'])
def test_what_a_link_blog_says_of_a_page_is_its_own_page_and_not_that_one(extra):
    blog = rss(item(link=LINKED, extra=extra), title="Notes", site="https://notes.example/")
    outlet = rss(item(link=LINKED), title="Harbour", site="https://www.harbour.example/")
    (noted,) = parse_feed(blog.encode(), NOW).articles
    (told,) = parse_feed(outlet.encode(), NOW).articles
    assert (noted.url, told.url) == (OWN, LINKED)
    assert noted.id != told.id


def test_an_atom_item_of_a_link_blog_names_its_own_page_as_related():
    entry = (
        f'<entry><title>On the talks</title><link rel="alternate" href="{LINKED}"/><link rel="related" href="{OWN}"/>'
        "<id>tag:notes.example,2026:1</id><updated>2026-03-09T10:00:00Z</updated><summary>A note.</summary></entry>"
    )
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><link href="https://notes.example/"/>'
    feed = f"{head}{entry}</feed>"
    assert parse_feed(feed.encode(), NOW).articles[0].url == OWN


@pytest.mark.parametrize(
    "guid",
    [
        "https://www.harbour.example/?p=12",
        "https://elsewhere.example/12",
        "12",
        "https://notes.example/",
        "https://notes.example/?p=1",
    ],
)
def test_an_item_keeps_its_link_where_its_own_site_names_no_page_of_it(guid):
    blog = rss(item(link=LINKED, extra=f"<guid>{guid}</guid>"), title="Notes", site="https://notes.example/")
    assert parse_feed(blog.encode(), NOW).articles[0].url == LINKED


def test_an_items_picture_and_its_comments_are_not_its_page():
    others = (
        '<link rel="replies" href="https://notes.example/1/comments"/>'
        '<link rel="enclosure" type="image/jpeg" href="https://notes.example/pic.jpg"/>'
    )
    said = f'<title>On the talks</title><link href="{LINKED}"/>{others}<id>tag:1</id><summary>A note.</summary>'
    entry = f"<entry>{said}</entry>"
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><link href="https://notes.example/"/>'
    assert parse_feed(f"{head}{entry}</feed>".encode(), NOW).articles[0].url == LINKED


def test_an_outlets_other_host_is_the_outlets():
    link = "https://world.notes.example/a"
    feed = rss(item(link=link, extra=f"<guid>{OWN}</guid>"), title="Notes", site="https://www.notes.example/")
    assert parse_feed(feed.encode(), NOW).articles[0].url == link
