"""From an address to a feed: the feed itself, what a page names, what most sites have."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.errors import ParseError
from digests.models import SourceKind
from digests.newsroom import fetchers
from digests.sources.base import parse_here
from digests.sources.discover import USUAL, Scout
from digests.sources.parse.links import parse_links
from tests.sources.web import PARAGRAPHS, Web, item, page, rss

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SITE = "https://harbour.example"
FEED = rss(item(text=PARAGRAPHS[0]), item(title="Second", link=f"{SITE}/2", date="Mon, 09 Mar 2026 08:00:00 GMT"))


def named(*links: str) -> str:
    return page(head="".join(links))


def alternate(href: str, kind: str = "application/rss+xml", title: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


async def look(answers, address, **options):
    web = Web(answers)
    async with web.client(**options) as client:
        scout = Scout(client=client, parse=parse_here, fetchers=fetchers())
        return await scout(address, NOW), web


async def test_a_feeds_own_address_is_that_feed_with_what_it_holds():
    glance, _ = await look({f"{SITE}/rss": FEED, f"{SITE}/1": page(), f"{SITE}/2": page()}, f"{SITE}/rss")
    assert glance.error is None
    assert (glance.source.kind, glance.source.location) == (SourceKind.FEED, f"{SITE}/rss")
    assert glance.source.title == "The Harbour Times"
    assert (glance.articles, glance.teasers) == (2, 2)
    assert glance.newest == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    assert glance.titles == ("Second", "Ministers meet")
    assert glance.page.startswith("read in full, ")


@pytest.mark.parametrize("address", [SITE, f"{SITE}/", "harbour.example", "  harbour.example/world "])
async def test_a_sites_address_is_enough(address):
    head = named(alternate("/comments/feed", title="Comments"), alternate("/world.xml", title="World"))
    answers = {f"{SITE}/": head, SITE: head, f"{SITE}/world": head, f"{SITE}/world.xml": FEED}
    glance, _ = await look(answers, address)
    assert glance.error is None
    assert (glance.source.location, glance.source.title) == (f"{SITE}/world.xml", "World")
    assert [other.location for other in glance.others] == [f"{SITE}/comments/feed"]


async def test_a_site_that_names_no_feed_is_tried_where_feeds_usually_are():
    glance, web = await look({f"{SITE}/": page(), f"{SITE}{USUAL[2]}": FEED}, f"{SITE}/")
    assert glance.source.location == f"{SITE}{USUAL[2]}"
    assert web.asked[1:4] == [f"{SITE}{place}" for place in USUAL[:3]]


@pytest.mark.parametrize(
    ("answers", "address", "reason"),
    [
        ({}, f"{SITE}/rss", "HTTP 404"),
        ({f"{SITE}/": page()}, f"{SITE}/", "names no feed"),
        ({f"{SITE}/": named(alternate("/gone.xml"))}, f"{SITE}/", "none of the feeds that it names can be read"),
        ({}, "http://127.0.0.1/feed", "not a public address"),
        ({}, "file:///etc/passwd", "only http and https"),
        ({}, "/etc/passwd", "names no host"),
        ({}, "../feeds.opml", "no host name"),
        ({f"{SITE}/x.opml": "words"}, f"{SITE}/x.opml", "not an OPML file"),
    ],
)
async def test_what_holds_no_feed_is_said_with_the_reason(answers, address, reason):
    glance, _ = await look(answers, address)
    assert reason in (glance.error or "")
    assert "\n" not in (glance.error or "")


async def test_a_page_that_names_a_feed_within_our_network_leads_nowhere():
    glance, web = await look({f"{SITE}/": named(alternate("http://127.0.0.1:5432/feed"))}, f"{SITE}/")
    assert glance.error is not None
    assert all("127.0.0.1" not in url for url in web.asked)


async def test_a_list_of_feeds_is_taken_for_one():
    listed = f'<opml><body><outline text="A" xmlUrl="{SITE}/rss"/></body></opml>'
    glance, _ = await look({f"{SITE}/feeds.opml": listed}, f"{SITE}/feeds.opml")
    assert glance.source.kind is SourceKind.OPML
    assert [(other.title, other.location) for other in glance.others] == [("A", f"{SITE}/rss")]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (alternate("https://a.example/f"), ["https://a.example/f"]),
        ("<LINK HREF=/f TYPE=application/atom+xml>", [f"{SITE}/f"]),
        (f"<base href='https://b.example/x/'>{alternate('f')}", ["https://b.example/x/f"]),
        (alternate("/f?a=1&amp;b=2"), [f"{SITE}/f?a=1&b=2"]),
        ("<a href='/world/rss.xml'>RSS</a><a href='/rss/'>All feeds</a>", [f"{SITE}/world/rss.xml", f"{SITE}/rss/"]),
        (alternate("javascript:alert(1)") + alternate("data:,x") + alternate("feed://x") + alternate(""), []),
        (alternate("http://[::1"), []),
        (alternate("/f") * 3, [f"{SITE}/f"]),
    ],
)
def test_feeds_are_read_off_a_page(markup, found):
    data = page(head=markup).encode()
    if found:
        assert [source.location for source in parse_links(data, address=f"{SITE}/").sources] == found
    else:
        with pytest.raises(ParseError, match="names no feed"):
            parse_links(data, address=f"{SITE}/")


SCRAPS = ["<link ", "<a ", "href=", "'", '"', ">", "/rss", "application/rss+xml", "\x00", "[", "://"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<link ", "<a ", "href=", "'", '"', ">", "/rss", "application/rss+xml", "\x00", "[", "://"]),
        max_size=40,
    )
)
def test_any_page_names_feeds_or_none(parts):
    try:
        sources = parse_links("".join(parts).encode(), address=f"{SITE}/").sources
    except ParseError:
        return
    assert all(source.location.startswith(("http://", "https://")) for source in sources)
