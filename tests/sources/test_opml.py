from datetime import UTC, datetime

import pytest

from digests.errors import ParseError
from digests.models import Source, SourceKind
from digests.sources import opml
from digests.sources.detect import source_for
from digests.sources.parse.outline import parse_opml, write_opml
from tests.sources.web import Web

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def outlines(*attributes: str) -> bytes:
    inner = "".join(f"<outline {attribute}/>" for attribute in attributes)
    return f'<?xml version="1.0"?><opml version="2.0"><body><outline text="x">{inner}</outline></body></opml>'.encode()


def test_what_is_written_is_read_again():
    sources = [
        Source(kind=SourceKind.FEED, location="https://a.example/rss?x=1&y=2", title='A "quoted" <name>'),
        Source(kind=SourceKind.FEED, location="https://b.example/rss", title="B’s & Co"),
        Source(kind=SourceKind.FOLDER, location="/somewhere"),
    ]
    found, troubles = parse_opml(write_opml(sources).encode())
    assert list(found) == sources[:2]
    assert troubles == ()


def test_nested_outlines_are_found_each_address_once_and_what_is_no_address_is_named():
    data = outlines(
        'text="A" xmlUrl="https://a.example/rss"', 'xmlUrl="https://a.example/rss"', 'text="B" xmlUrl="file:///etc"'
    )
    found, troubles = parse_opml(data)
    assert [(source.title, source.location) for source in found] == [("A", "https://a.example/rss")]
    assert [(trouble.what, trouble.reason) for trouble in troubles] == [("B", "not a web address")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html></html>", "not an OPML"),
        (b"words", "not an OPML"),
        (b'<!DOCTYPE opml [<!ENTITY x "y">]><opml/>', "entities"),
        (outlines(*['text="t"'] * 501), "outlines"),
        (b"<opml>" + b" " * 1_100_000 + b"</opml>", "more than 1 MB"),
    ],
)
def test_lists_that_are_none_or_too_large_are_refused(data, reason):
    with pytest.raises(ParseError, match=reason):
        parse_opml(data)


async def test_a_list_brings_sources_from_a_file_or_the_web(tmp_path):
    data = outlines('text="A" xmlUrl="https://a.example/rss"')
    (tmp_path / "list.opml").write_bytes(data)
    async with Web({"https://a.example/list.opml": data}).client() as client:
        for location in (str(tmp_path / "list.opml"), "https://a.example/list.opml"):
            source = source_for(location)
            assert source.kind is SourceKind.OPML
            assert [found.location for found in (await opml.fetch(source, client, NOW)).sources] == [
                "https://a.example/rss"
            ]
        missing = await opml.fetch(source_for(str(tmp_path / "no.opml")), client, NOW)
    assert missing.error == "no such file or directory"


def test_the_starter_list_names_about_twenty_outlets_by_secure_addresses():
    starter = opml.starter()
    assert 18 <= len(starter) <= 25
    assert all(source.location.startswith("https://") and source.title for source in starter)
    assert len({source.location.split("/")[2] for source in starter}) == len(starter)


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("https://feeds.bbci.co.uk/news/world/rss.xml", SourceKind.FEED),
        ("https://foreignpolicy.com/feed/", SourceKind.FEED),
        ("https://rss.dw.com/rdf/rss-en-all", SourceKind.FEED),
        ("https://www.theguardian.com/world/rss", SourceKind.FEED),
        ("https://a.example/?feed=rss2", SourceKind.FEED),
        ("https://a.example/posts/xmlrpc-is-old", SourceKind.PAGE),
        ("https://a.example/2026/03/ministers-meet", SourceKind.PAGE),
        ("https://a.example/animal-feeding-laws", SourceKind.PAGE),
        ("http://[", SourceKind.PAGE),
        ("articles", SourceKind.FOLDER),
        ("./a.txt", SourceKind.FOLDER),
        ("list.opml", SourceKind.OPML),
    ],
)
def test_the_kind_of_a_source_is_guessed_from_its_form(location, kind):
    assert source_for(location).kind is kind


def test_a_title_or_address_that_no_text_can_hold_costs_only_its_outline():
    half = b"<outline text='&#xD800;' xmlUrl='https://b.example/f'/><outline xmlUrl='https://c.example/&#xD800;'/>"
    sources, _ = parse_opml(b"<opml><body><outline xmlUrl='https://a.example/f'/>" + half + b"</body></opml>")
    assert [source.location for source in sources] == ["https://a.example/f", "https://b.example/f"]
