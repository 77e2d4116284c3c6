"""Sources are added after a look, put aside, taken up, dropped; on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digests.flows import sourcing
from digests.flows.sourcing import State
from digests.models import Glance, Source, SourceKind

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
FEED = Source(kind=SourceKind.FEED, location="https://harbour.example/rss", title="The Harbour Times")


def seen(glance: Glance):
    async def look(address, now):
        return glance

    return look


async def test_what_was_seen_is_kept_and_comes_due_at_once(store):
    added = await sourcing.add(store, seen(Glance(source=FEED, articles=3)), "harbour.example", now=NOW)
    assert [source.title for source in added.new] == ["The Harbour Times"]
    async with store.read() as books:
        assert [source.location for source in await books.sources.due(NOW)] == [FEED.location]


async def test_nothing_is_kept_of_an_address_that_cannot_be_read(store):
    added = await sourcing.add(store, seen(Glance(source=FEED, error="HTTP 404, not found")), "x.example", now=NOW)
    assert added.glance.error == "HTTP 404, not found"
    assert await sourcing.listed(store) == []


async def test_a_source_that_is_kept_is_not_added_twice_and_its_health_stays(store):
    look = seen(Glance(source=FEED))
    await sourcing.add(store, look, "harbour.example", now=NOW)
    async with store.write() as books:
        (kept,) = await books.sources.all()
        await books.sources.record(replace(kept, etag='"1"', next_check_at=NOW + timedelta(hours=1)))
    again = await sourcing.add(store, look, "harbour.example", now=NOW)
    assert (again.new, len(again.known)) == ((), 1)
    (kept,) = await sourcing.listed(store)
    assert kept.etag == '"1"'


async def test_a_list_of_feeds_brings_each_of_them(store):
    other = replace(FEED, location="https://lamp.example/rss", title="The Lamp")
    glance = Glance(source=Source(kind=SourceKind.OPML, location="https://x.example/l.opml"), others=(FEED, other))
    added = await sourcing.add(store, seen(glance), "https://x.example/l.opml", now=NOW)
    assert [source.title for source in added.new] == ["The Harbour Times", "The Lamp"]


async def test_a_source_that_was_put_aside_is_taken_up_again_by_enabling_or_adding_it(store):
    await sourcing.add(store, seen(Glance(source=FEED)), "harbour.example", now=NOW)
    (source,) = await sourcing.listed(store)
    async with store.write() as books:
        await books.sources.record(
            replace(source, enabled=False, error="HTTP 410, gone for good", failing_since=NOW, failures=4)
        )
    (source,) = await sourcing.listed(store)
    assert sourcing.state(source) is State.OFF
    await sourcing.take_up(store, source, now=NOW)
    (source,) = await sourcing.listed(store)
    assert (sourcing.state(source), source.failures, source.error) == (State.FRESH, 0, None)
    await sourcing.put_aside(store, source)
    assert len((await sourcing.add(store, seen(Glance(source=FEED)), "x.example", now=NOW)).new) == 1


async def test_a_dropped_source_is_gone_and_its_number_is_nobodys(store):
    await sourcing.add(store, seen(Glance(source=FEED)), "harbour.example", now=NOW)
    (source,) = await sourcing.listed(store)
    await sourcing.drop(store, source)
    assert await sourcing.listed(store) == []
    assert await sourcing.find(store, str(source.id)) is None


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("1", "The Harbour Times"),
        ("https://lamp.example/rss", "The Lamp"),
        ("harbour", "The Harbour Times"),
        ("the lamp", "The Lamp"),
        ("rss", None),
        ("", None),
        ("17", None),
    ],
)
async def test_a_source_is_found_by_number_address_or_words_but_never_by_guess(store, asked, title):
    lamp = replace(FEED, location="https://lamp.example/rss", title="The Lamp")
    async with store.write() as books:
        for source in (FEED, lamp):
            await books.sources.add(source)
    found = await sourcing.find(store, asked)
    assert (found.title if found else None) == title


async def test_an_address_can_be_kept_without_a_look_but_not_what_is_no_address(store):
    added = await sourcing.add_unseen(store, "https://down.example/feed?key=x#top", now=NOW)
    assert [source.location for source in added.new] == ["https://down.example/feed?key=x"]
    with pytest.raises(ValueError, match="not a web address"):
        await sourcing.add_unseen(store, "/etc/passwd", now=NOW)
