import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digests.errors import ParseError
from digests.models import Source, SourceKind
from digests.sources import feed
from digests.sources.parse.feed import FULL, ITEMS, looks_like_feed, parse_feed
from tests.sources.web import STORY, Web, item, rss

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def only(document: str | bytes):
    data = document if isinstance(document, bytes) else document.encode()
    parsed = parse_feed(data, NOW)
    assert len(parsed.articles) == 1
    return parsed.articles[0]


def test_an_rss_item_becomes_a_clean_article():
    article = only(
        rss(
            item(
                title="<![CDATA[Talks &amp; <b>tea</b>]]>",
                text="<![CDATA[<p>They met.</p><p>Nobody said &ldquo;yes&rdquo;.<br/>Nor no.</p>]]>",
                link="https://Harbour.example/world/1/?utm_source=rss#top",
                extra="<author>desk@harbour.example (Ada Quill)</author>",
            )
        )
    )
    assert article.title == "Talks & tea"
    assert article.text == "They met.\n\nNobody said “yes”.\n\nNor no."
    assert article.url == "https://harbour.example/world/1/"
    assert article.publisher == "The Harbour Times"
    assert article.author == "Ada Quill"
    assert article.language == "en"
    assert article.published_at == datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    assert article.seen_at == NOW


def test_atom_rdf_and_json_feeds_are_read_too():
    atom = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Quai</title><entry>
        <title>Titre</title><link href="https://quai.example/a"/><updated>2026-03-02T10:00:00+02:00</updated>
        <summary>Un mot.</summary></entry></feed>"""
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay</title></channel>
        <item><title>One</title><link>https://quay.example/1</link><description>Text.</description>
        <dc:date>2026-03-02T08:00:00Z</dc:date></item></rdf:RDF>"""
    item = {"id": "1", "url": "https://pier.example/1", "title": "Two", "content_html": "<p>Text.</p>"}
    item["date_published"] = "2026-03-02T08:00:00Z"
    jsonfeed = {"version": "https://jsonfeed.org/version/1.1", "title": "Pier", "items": [item]}
    when = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert (only(atom).publisher, only(atom).language, only(atom).published_at) == ("Le Quai", "fr", when)
    assert (only(rdf).publisher, only(rdf).title, only(rdf).published_at) == ("Quay", "One", when)
    assert (only(json.dumps(jsonfeed)).publisher, only(json.dumps(jsonfeed)).published_at) == ("Pier", when)


def test_what_the_fast_parser_gives_up_on_the_thorough_one_reads():
    broken = (
        rss(item()).replace("</channel></rss>", "")
        + "<item><title>Second & third</title><link>https://harbour.example/2</link>"
    )
    titles = [article.title for article in parse_feed(broken.encode(), NOW).articles]
    assert titles[0] == "Ministers meet"


@pytest.mark.parametrize(
    ("text", "teaser"),
    [
        ("They met on Monday.", True),
        (STORY + " " + STORY, False),
        (STORY + " " + STORY + " […]", True),
        (STORY + " " + STORY + " Continue reading on our site", True),
        (STORY + " " + STORY + " The post Ministers meet appeared first on The Harbour Times.", True),
    ],
)
def test_short_and_cut_texts_are_teasers_and_whole_ones_are_not(text, teaser):
    article = only(rss(item(text=text)))
    assert article.is_teaser is teaser
    assert "appeared first" not in article.text
    assert "Continue reading" not in article.text


def test_the_whole_text_is_taken_where_an_item_has_summary_and_content():
    content = f"<content:encoded><![CDATA[<p>{STORY}</p><p>{STORY}</p>]]></content:encoded>"
    document = rss(item(extra=content)).replace(
        "<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    )
    article = only(document)
    assert len(article.text.split()) > FULL
    assert not article.is_teaser


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("Fri, 02 Mar 2040 10:00:00 GMT", "in the future"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "before the web"),
    ],
)
def test_dates_that_cannot_be_are_dropped_with_the_reason(date, reason):
    parsed = parse_feed(rss(item(date=date)).encode(), NOW)
    assert parsed.articles[0].published_at is None
    assert [reason in trouble.reason for trouble in parsed.troubles] == [True]


def test_a_date_a_few_hours_ahead_is_a_wrong_zone_and_means_now():
    ahead = (NOW + timedelta(hours=5)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert only(rss(item(date=ahead))).published_at == NOW


def test_the_same_item_twice_is_one_article_and_an_empty_one_is_a_trouble():
    parsed = parse_feed(rss(item(), item(), item(title="", text="", link="https://harbour.example/9")).encode(), NOW)
    assert len(parsed.articles) == 1
    assert "neither a title nor a text" in parsed.troubles[0].reason


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "tg://user?id=1", "http://localhost/x", "no link", "", "http://192.168.1.1/x"]
)
def test_links_that_are_no_public_web_address_are_left_out(link):
    assert only(rss(item(link=link))).url is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"hello", "not a feed"),
        (b"<html><link type='application/rss+xml' href='/rss'></html>", "web page; its feed may be /rss"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (bytes(range(256)) * 40, "not readable as text"),
        (b"{}", "not a feed"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]>' + rss(item()).encode(), "entities"),
    ],
)
def test_what_is_no_feed_is_refused_in_one_line(data, reason):
    with pytest.raises(ParseError, match=reason) as caught:
        parse_feed(data, NOW)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252", "iso-8859-9"]
)
def test_feeds_are_read_in_the_encoding_they_are_in(encoding):
    text = rss(item(title="Görüşme: café"))
    declared = text.replace("UTF-8", encoding) if encoding.startswith(("win", "iso")) else text
    if encoding == "windows-1252":
        declared = declared.replace("ş", "s")
    assert only(declared.encode(encoding)).title in ("Görüşme: café", "Görüsme: café")


def test_a_feed_in_utf_8_that_claims_to_be_latin_is_still_read_right():
    lying = rss(item(title="Görüşme")).replace("UTF-8", "iso-8859-1").encode("utf-8")
    assert only(lying).title == "Görüşme"


@pytest.mark.parametrize(
    ("title", "link", "name"),
    [
        ("NYT > World News", "https://www.nytimes.com/", "NYT"),
        ("World - CBSNews.com", "", "CBSNews"),
        ("Al Jazeera – Breaking News, World News and Video", "", "Al Jazeera"),
        ("Top Stories", "https://www.abc.net.au/news", "abc.net.au"),
        ("Asia", "https://www.economist.com/asia", "economist.com"),
        ("", "https://feeds.harbour.example/rss", "harbour.example"),
        ("The Harbour Times RSS feed", "", "The Harbour Times"),
    ],
)
def test_an_outlet_is_named_by_its_feed_or_else_by_its_host(title, link, name):
    document = rss(item(), title=title.replace("&", "&amp;").replace(">", "&gt;"))
    assert parse_feed(document.replace("https://harbour.example/</link>", f"{link}</link>").encode(), NOW).title == name


def test_bytes_are_never_taken_for_the_name_of_a_file(tmp_path):
    secret = tmp_path / "feed.xml"
    secret.write_text(rss(item()))
    with pytest.raises(ParseError):
        parse_feed(str(secret).encode(), NOW)


def test_a_feed_is_told_from_a_page_by_its_first_bytes():
    assert looks_like_feed(rss().encode())
    assert looks_like_feed(rss().encode("utf-16"))
    assert looks_like_feed(b'{"version": "https://jsonfeed.org/version/1"}')
    assert not looks_like_feed(b"<!doctype html><html><body>about <rss> feeds</body></html>")
    assert not looks_like_feed(b"plain words")


# ---- one look ----------------------------------------------------------------------------------------------------


async def test_a_look_brings_articles_and_validators_and_the_next_one_finds_it_unchanged():
    source = Source(kind=SourceKind.FEED, location="https://harbour.example/rss")
    web = Web({source.location: httpx.Response(200, headers={"ETag": '"1"'}, content=rss(item()).encode())})
    async with web.client() as client:
        first = await feed.fetch(source, client, NOW)
        web.answers[source.location] = 304
        second = await feed.fetch(Source(kind=SourceKind.FEED, location=source.location, etag=first.etag), client, NOW)
    assert (len(first.articles), first.etag, first.title, first.error) == (1, '"1"', "The Harbour Times", None)
    assert (second.unchanged, second.etag, second.articles) == (True, '"1"', ())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(404, "HTTP 404, not found"), ("<html>gone</html>", "not a feed but a web page"), ("", "empty")],
)
async def test_a_feed_that_cannot_be_read_is_a_value_with_the_reason(answer, reason):
    source = Source(kind=SourceKind.FEED, location="https://harbour.example/rss")
    async with Web({source.location: answer}).client() as client:
        fetched = await feed.fetch(source, client, NOW)
    assert fetched.articles == ()
    assert reason in (fetched.error or "")


async def test_a_server_that_asks_us_to_wait_sets_the_time():
    source = Source(kind=SourceKind.FEED, location="https://harbour.example/rss")
    async with Web({source.location: httpx.Response(503, headers={"Retry-After": "600"})}).client() as client:
        fetched = await feed.fetch(source, client, NOW)
    assert fetched.retry_after == NOW + timedelta(minutes=10)


def test_a_feed_without_items_is_a_feed():
    found = parse_feed(rss().encode(), NOW)
    assert (found.articles, found.troubles, found.title) == ((), (), "The Harbour Times")


def test_an_address_without_a_host_is_the_feeds_own():
    entry = "<entry><title>They met</title><link rel='replies' href='https://talk.example/1'/><link href='/1'/></entry>"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>HT</title>{entry}</feed>"
    (article,) = parse_feed(feed.encode(), NOW, address="https://harbour.example/feeds/atom").articles
    assert article.url == "https://harbour.example/1"


@pytest.mark.parametrize("base", ["https://harbour.example/world/", "/world/"])
def test_an_address_without_a_host_is_relative_to_what_the_root_says(base):
    entry = '<entry><title>Talks</title><link href="talks"/><id>1</id><summary>They met.</summary></entry>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{base}"><title>Harbour</title>{entry}</feed>'
    found = parse_feed(feed.encode(), NOW, address="https://harbour.example/feeds/atom.xml")
    assert found.articles[0].url == "https://harbour.example/world/talks"


def test_a_root_that_an_item_only_quotes_says_nothing_of_addresses():
    quoted = "<summary><![CDATA[<feed xml:base='https://evil.example/'>]]></summary>"
    entry = f'<entry><title>Talks</title><link href="/talks"/><id>1</id>{quoted}</entry>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title>{entry}</feed>'
    found = parse_feed(feed.encode(), NOW, address="https://harbour.example/feeds/atom.xml")
    assert found.articles[0].url == "https://harbour.example/talks"


def test_an_item_that_shares_another_items_address_is_told_of():
    found = parse_feed(rss(item(), item(), item(title="Ministers part")).encode(), NOW)
    assert [article.title for article in found.articles] == ["Ministers meet"]
    assert [(one.what, "same address" in one.reason) for one in found.troubles] == [("Ministers part", True)]


def test_entities_behind_a_comment_that_looks_like_a_feed_are_refused_too():
    with pytest.raises(ParseError, match="entities"):
        parse_feed(b'<!-- <rss --><!DOCTYPE r [<!ENTITY a "b">]>' + rss(item()).encode(), NOW)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A video of the arrest spread on social media.", "A video of the arrest spread on social media."),
        ("The ministers agreed, said a statement read on state television.", "… read on state television."),
        ("Nobody would read more of it than the lead.", "… than the lead."),
        ("They met. Read more", "They met."),
        ("They met [...] Continue reading Ministers meet", "They met [...]"),
        ("They met on Monday Read more: The Harbour", "They met on Monday"),
        ("Se reunieron. Leer más", "Se reunieron."),
    ],
)
def test_only_an_invitation_that_stands_by_itself_is_taken_off(text, kept):
    assert only(rss(item(text=text))).text.endswith(kept.removeprefix("…"))


def test_a_stray_control_character_or_an_entity_of_html_costs_nothing():
    text = "<![CDATA[<p>They met.\x0b</p><p>Nobody said yes.</p>]]>"
    article = only(rss(item(title="Caf&eacute; talks&nbsp;fail: the Clown&rsquo;s Joke", text=text)))
    assert article.title == "Café talks fail: the Clown’s Joke"
    assert article.text == "They met.\n\nNobody said yes."


def test_markup_that_is_not_escaped_is_read_too():
    assert only(rss(item(title="Talks <em>fail</em> again"))).title == "Talks fail again"
    parts = (
        "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Talks <em>fail</em></div></title>"
        "<summary type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>They met.</p></div></summary>"
    )
    entry = f"<entry>{parts}<link href='https://harbour.example/1'/><id>urn:1</id></entry>"
    article = only(f"<feed xmlns='http://www.w3.org/2005/Atom'><title>HT</title>{entry}</feed>")
    assert (article.title, article.text) == ("Talks fail", "They met.")


def test_odd_items_of_a_json_feed_cost_the_others_nothing():
    odd = [
        {"author": "Jane Doe"}, {"authors": {"name": "x"}}, {"date_published": 1773136800}, {"authors": [None, "Ada"]},
        {"id": 7, "title": None}, {"content_html": ["x"], "tags": 5},
    ]  # fmt: skip
    items = [
        {"title": f"T{n}", "summary": "They met.", "url": f"https://h.example/{n}"} | one for n, one in enumerate(odd)
    ]
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "HT", "authors": "me", "items": [*items, None, 3]}
    found = parse_feed(json.dumps(whole).encode(), NOW).articles
    assert [article.url for article in found] == [f"https://h.example/{n}" for n in range(len(odd))]


def test_a_number_that_names_an_item_is_no_date():
    plain = "<item><title>T</title><description>They met.</description><guid isPermaLink='false'>2019</guid></item>"
    assert only(rss(plain)).published_at is None
    dated = (
        "<item><title>U</title><link>https://h.example/2</link><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item>"
    )
    found = parse_feed(rss(plain, dated).encode(), NOW).articles
    assert [article.published_at is None for article in found] == [True, False]


@pytest.mark.parametrize("hidden", ["<!EN\x01TITY", "&LT;!ENTITY"])
def test_no_bomb_is_hidden_by_what_is_mended(hidden):
    bomb = f'<!DOCTYPE r [{hidden} a "b">]>' + rss(item(title="&a;"))
    try:
        articles = parse_feed(bomb.encode(), NOW).articles
    except ParseError:
        return
    assert all("b" not in article.title for article in articles)


def test_entities_in_a_json_feed_do_no_harm():
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"title": "T", "summary": "&QUOT;a&NewLine;b&bsol;"}],
    }
    assert len(parse_feed(json.dumps(whole).encode(), NOW).articles) == 1


def test_of_a_feed_without_end_the_newest_items_are_read():
    day = datetime(2020, 1, 1, tzinfo=UTC)
    dates = [(day + timedelta(days=n)).strftime("%a, %d %b %Y %H:%M:%S GMT") for n in range(ITEMS + 30)]
    items = (item(link=f"https://h.example/{n}", date=date) for n, date in enumerate(dates))
    found = parse_feed(rss(*items).encode(), NOW)
    assert {article.url for article in found.articles} == {f"https://h.example/{n}" for n in range(30, ITEMS + 30)}
    assert "oldest 30" in found.troubles[0].reason
