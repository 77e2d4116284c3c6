"""Articles find their stories when they come in; restarts, other programs and failures change none."""

import gc
from pathlib import Path

import pytest

from digests.errors import StoreError
from digests.flows import placing
from digests.flows.placing import place_new
from digests.models import Article
from digests.store.base import Store
from digests.store.engine import open_store
from tests.editorial.test_stories import ANKARA, ANKARA_TOO, GRAIN
from tests.store.make import DAY, HOUR, NOW, article

TALKS = article("talks", title="Blinken and Fidan meet in Ankara", text=ANKARA, publisher="Lamp")
TALKS_TOO = article("too", title="Blinken and Fidan disagree in Ankara", text=ANKARA_TOO, publisher="Coast")
REPRINT = article("copy", title="Top diplomat in Turkey", text=f"{ANKARA} {ANKARA}", publisher="Gazette")
ORIGINAL = article("original", title="Envoy visits Ankara", text=f"{ANKARA} {ANKARA}", publisher="Sea")
CORN = article("grain", title="Russia rules out grain deal", text=GRAIN, publisher="Gazette")


async def bring(store: Store, *articles: Article) -> dict[str, str]:
    async with store.write() as books:
        for one in articles:
            await books.articles.file(one, None, NOW)
    await place_new(store)
    async with store.read() as books:
        return {one.article_id: one.story for _, one in await books.placements.recall(NOW - 9 * DAY)}


async def test_reports_of_one_event_meet_whenever_they_come(store: Store) -> None:
    first = await bring(store, TALKS)
    later = await bring(store, CORN, TALKS_TOO)
    assert later["talks"] == later["too"] == first["talks"] != later["grain"]
    assert await place_new(store) == 0


async def test_a_program_that_starts_anew_goes_on_with_the_stories_it_finds(store: Store) -> None:
    first = await bring(store, TALKS, CORN, ORIGINAL)
    placing._memories.clear()
    gc.collect()
    later = await bring(store, TALKS_TOO, REPRINT)
    assert later["too"] == first["talks"]
    assert later["copy"] == first["original"]


async def test_what_another_program_placed_is_taken_up(sqlite_store: Store, tmp_path: Path) -> None:
    await bring(sqlite_store, CORN)
    other = await open_store(data_dir=tmp_path)
    first = await bring(other, TALKS)
    await other.close()
    assert (await bring(sqlite_store, TALKS_TOO))["too"] == first["talks"]


async def test_a_story_long_closed_is_not_joined(store: Store) -> None:
    first = await bring(store, TALKS)
    late = article("late", title=TALKS.title, text=ANKARA_TOO, published_at=NOW + 6 * DAY, seen_at=NOW + 6 * DAY)
    assert (await bring(store, late))["late"] != first["talks"]


async def test_a_failure_while_placing_leaves_all_for_the_next_time(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bring(sqlite_store, TALKS)

    async def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("digests.store.placements.SqlPlacements.put", fail)
        with pytest.raises(StoreError):
            await bring(sqlite_store, CORN)
    later = await bring(sqlite_store, TALKS_TOO)
    assert later["too"] == later["talks"] != later["grain"]


async def test_a_corrected_article_stays_in_its_story(store: Store) -> None:
    first = await bring(store, TALKS, CORN)
    corrected = article("talks", title=TALKS.title, text=GRAIN, publisher="Lamp", seen_at=NOW + HOUR)
    assert (await bring(store, corrected))["talks"] == first["talks"]
