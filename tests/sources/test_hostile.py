"""Whatever bytes arrive, a parser answers with articles or with a ParseError of one line, and with nothing else."""

import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.errors import ParseError
from digests.sources.parse.document import parse_text
from digests.sources.parse.feed import parse_feed
from digests.sources.parse.markup import plain
from digests.sources.parse.outline import parse_opml
from digests.sources.parse.page import parse_page
from digests.sources.parse.records import parse_records
from tests.sources.web import item, page, rss

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)

PIECES = [
    b"<rss>",
    b"<channel>",
    b"<item>",
    b"<title>",
    b"</item>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<html>",
    b"<p>",
    b"<opml>",
]
PIECES += [
    b"<outline xmlUrl='http://a.b'/>",
    b"&amp;",
    b"&#0;",
    b"&#xD800;",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x00",
    b"{",
    b'"text":',
]
PIECES += [
    b"<feed xmlns='http://www.w3.org/2005/Atom'>",
    b"<entry>",
    b"<link href='http://[::1'>",
    b"<pubDate>9999-99-99</pubDate>",
]
PIECES += [
    "\u202e\u0301".encode() * 3,
    b"---\ntitle: x\n---\n",
    b"\n\n",
    b"words that make a line",
    b"<?xml version='1.0' encoding='klingon'?>",
]
DOCUMENTS = [rss(item()).encode(), page().encode()]


@st.composite
def cut_documents(draw):
    """A good document with a hole and a wound."""
    whole = draw(st.sampled_from(DOCUMENTS))
    start = draw(st.integers(0, len(whole)))
    end = draw(st.integers(start, len(whole)))
    return whole[:start] + draw(st.sampled_from([*PIECES, b""])) + whole[end:]


anything = st.one_of(
    st.binary(max_size=400), st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join), cut_documents()
)
PARSERS = [
    parse_feed,
    parse_page,
    parse_text,
    lambda data, now: parse_text(data, now, markdown=True),
    parse_records,
    lambda data, now: parse_opml(data),
]


@pytest.mark.parametrize("parse", PARSERS, ids=["feed", "page", "text", "markdown", "records", "opml"])
@settings(max_examples=120, deadline=None)
@given(data=anything)
def test_any_bytes_are_articles_or_a_parse_error(parse, data):
    try:
        found = parse(data, NOW)
    except ParseError as error:
        assert str(error)
        assert "\n" not in str(error)
    else:
        assert pickle.loads(pickle.dumps(found)) == found
        for article in getattr(found, "articles", ()):
            assert article.title
            assert article.text
            assert "\x00" not in article.text + article.title
            (article.text + article.title).encode("utf-8")


@settings(max_examples=200, deadline=None)
@given(
    markup=st.text(max_size=300)
    | st.lists(st.sampled_from(PIECES), max_size=30).map(lambda parts: b"".join(parts).decode("latin-1"))
)
def test_any_markup_becomes_plain_text(markup):
    plain(markup).encode("utf-8")


def wrapped(inner: bytes) -> bytes:
    return b"<rss><channel><item><title>a</title>" + inner + b"</item></channel></rss>"


LAUGHS = b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><rss>&lol2;</rss>'
BOMBS = {
    "billion laughs": b'<?xml version="1.0"?>' + LAUGHS,
    "outside entity": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + wrapped(b"<author>&x;</author>"),
    "deep nesting": wrapped(b"<description><![CDATA[" + b"<div>" * 20_000 + b"]]></description>"),
    "many comments": wrapped(b"<description>" + b"&lt;!--" * 5_000 + b"</description>"),
    "long author": wrapped(b"<author>" + b"a@" * 5_000 + b"</author>"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_known_bombs_bring_nothing_but_a_clean_article_or_a_refusal(name):
    try:
        articles = parse_feed(BOMBS[name], NOW).articles
    except ParseError:
        return
    assert all("root:" not in article.text and len(article.text) <= 100_000 for article in articles)
