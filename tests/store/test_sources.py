"""Sources and troubles on both databases."""

from dataclasses import replace

from digests.models import Source, SourceKind, Trouble
from digests.store.base import Store
from tests.store.make import DAY, HOUR, MINUTE, NOW


def feed(name: str, **fields: object) -> Source:
    return Source(kind=SourceKind.FEED, location=f"https://{name}.example/rss", **fields)  # type: ignore[arg-type]


async def test_a_source_added_twice_is_one_and_only_gains_a_title(store: Store) -> None:
    async with store.write() as books:
        first = await books.sources.add(feed("post"))
        second = await books.sources.add(feed("post", title="The Post"))
        third = await books.sources.add(feed("post", title="Another name"))
        page = await books.sources.add(replace(feed("post"), kind=SourceKind.PAGE))
    assert first.id == second.id == third.id != page.id
    assert (first.title, second.title, third.title) == ("", "The Post", "The Post")


async def test_every_source_kind_is_kept(store: Store) -> None:
    async with store.write() as books:
        for kind in SourceKind:
            await books.sources.add(Source(kind=kind, location="x"))
    async with store.read() as books:
        assert {source.kind for source in await books.sources.all()} == set(SourceKind)


async def test_sources_are_listed_by_title_whatever_the_letters(store: Store) -> None:
    async with store.write() as books:
        for title in ("Zeit", "Élysée Watch", "al Jazeera", "Östersund", "BBC"):
            await books.sources.add(feed(str(abs(hash(title))), title=title))
    async with store.read() as books:
        titles = [source.title for source in await books.sources.all()]
    assert titles == ["al Jazeera", "BBC", "Élysée Watch", "Östersund", "Zeit"]


async def test_due_sources_are_enabled_and_the_longest_overdue_come_first(store: Store) -> None:
    async with store.write() as books:
        for name, at, enabled in (
            ("late", NOW - DAY, True),
            ("now", NOW, True),
            ("later", NOW + MINUTE, True),
            ("off", NOW - DAY, False),
            ("never", None, True),
        ):
            await books.sources.add(feed(name, title=name, next_check_at=at, enabled=enabled))
    async with store.read() as books:
        assert [source.title for source in await books.sources.due(NOW)] == ["never", "late", "now"]
        assert [source.title for source in await books.sources.due(NOW, limit=1)] == ["never"]


async def test_what_a_look_brought_is_kept_whole(store: Store) -> None:
    async with store.write() as books:
        source = await books.sources.add(feed("post"))
        looked = replace(
            source,
            title="Post",
            enabled=False,
            etag='"x"',
            last_modified="Wed",
            next_check_at=NOW + HOUR,
            last_ok_at=NOW,
            failing_since=NOW,
            failures=3,
            error="404",
        )
        await books.sources.record(looked)
        await books.sources.record(looked)
    async with store.read() as books:
        assert list(await books.sources.all()) == [looked]


async def test_the_newest_200_troubles_stay_newest_first(store: Store) -> None:
    async with store.write() as books:
        source = await books.sources.add(feed("post"))
        await books.sources.note_troubles(None, (), NOW)
        for batch in range(3):
            troubles = [Trouble(what=f"item {batch} {place}", reason="empty") for place in range(100)]
            await books.sources.note_troubles(source.id if batch else None, troubles, NOW + batch * MINUTE)
    async with store.read() as books:
        kept = await books.sources.troubles(limit=1000)
    assert len(kept) == 200
    assert kept[0] == (NOW + 2 * MINUTE, Trouble(what="item 2 99", reason="empty"))
    assert kept[-1] == (NOW + MINUTE, Trouble(what="item 1 0", reason="empty"))


async def test_a_look_that_ends_after_its_source_was_switched_off_or_forgotten_changes_nothing_of_that(
    store: Store,
) -> None:
    async with store.write() as books:
        off, gone = await books.sources.add(feed("off")), await books.sources.add(feed("gone"))
        await books.sources.record(replace(off, enabled=False))
        await books.sources.forget(gone.id)
        assert await books.sources.note_look(replace(off, etag='"2"'))
        assert not await books.sources.note_look(replace(gone, etag='"2"'))
    async with store.read() as books:
        (kept,) = await books.sources.all()
    assert (kept.enabled, kept.etag) == (False, '"2"')
