"""The samples, through the whole chain: a newcomer's first briefing has several stories and one change of position."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digests.editorial.briefing import make_edition, tell
from digests.editorial.positions import changes
from digests.flows.ingest import ingest
from digests.flows.material import load_material
from digests.models import Stance
from digests.newsroom import Newsroom, open_newsroom
from digests.settings import Settings
from digests.sources import samples

LOADED = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with open_newsroom(Settings(_env_file=None), data_dir=tmp_path, now=lambda: LOADED) as opened:
        yield opened


async def load(newsroom: Newsroom, now: datetime) -> int:
    report = await ingest(
        [samples.source(LOADED)],
        store=newsroom.store,
        fetchers=newsroom.fetchers,
        client=newsroom.client,
        extractor=newsroom.extractor,
        now=now,
    )
    return report.new


async def test_the_first_briefing_has_three_to_five_stories_each_told_by_several_outlets(newsroom: Newsroom):
    await load(newsroom, LOADED)
    async with newsroom.store.read() as books:
        edition = make_edition(await load_material(books, since=LOADED - 24 * HOUR, until=LOADED))
    assert edition.is_sample
    assert 3 <= len(edition.stories) <= 5
    assert all(story.publishers >= 2 and story.positions and story.sentences for story in edition.stories)


async def test_the_samples_hold_exactly_one_change_of_position(newsroom: Newsroom):
    assert await load(newsroom, LOADED + HOUR) == len(samples.load(LOADED)) + len(samples.later(LOADED))
    async with newsroom.store.read() as books:
        material = await load_material(books, since=LOADED - 120 * HOUR, until=LOADED + HOUR)
    moved = changes(material.positions)
    assert {change.actor.name for change in moved} - {"Benjamin Netanyahu"} == {"Israel"}
    for change in moved:  # told of the state, and where an outlet says so of the man who leads it
        assert (change.before.position.stance, change.after.position.stance) == (Stance.REJECTS, Stance.COMMITS)
        assert "pause" in change.before.position.issue
        assert "pauses" in change.after.position.issue


async def test_each_later_sample_brings_a_new_position(newsroom: Newsroom):
    await load(newsroom, LOADED)
    for article in samples.later(LOADED):
        assert await load(newsroom, article.seen_at) == 1
        async with newsroom.store.read() as books:
            material = await load_material(books, since=article.seen_at - timedelta(seconds=1), until=article.seen_at)
        fresh = [one for one in material.positions if one.citation.article_id == article.id]
        assert fresh, article.title


async def test_the_four_days_replayed_tell_one_turn_once_and_no_other(newsroom: Newsroom):
    """A scheduled briefing every twelve hours from the first sample to the last, each moving the mark."""
    await load(newsroom, LOADED + HOUR)
    mark, told = None, []
    for hours in range(-96, 13, 12):
        until = LOADED + hours * HOUR
        async with newsroom.store.read() as books:
            material = await load_material(books, since=mark or until - 24 * HOUR, until=until)
        edition = tell(make_edition(material), mark)
        told += [(hours, change) for story in edition.stories for change in story.changes]
        mark = until
    [(hours, change)] = told
    assert hours == -12, "in the first briefing after it was reported"
    assert change.actor.name == "Israel"
    assert (change.before.position.stance, change.after.position.stance) == (Stance.REJECTS, Stance.COMMITS)
    assert "pause" in change.before.position.issue
    assert "pauses" in change.after.position.issue
