from datetime import UTC, datetime, timedelta
from importlib import resources
from itertools import combinations

import pytest

from digests.sources.samples import later, load, samples
from digests.text import fold

NOW = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
FILES = [path for path in (resources.files("digests") / "samples").iterdir() if path.name.endswith(".md")]


def test_every_file_says_in_its_head_that_it_is_a_sample():
    for path in FILES:
        head, _, text = path.read_text(encoding="utf-8").partition("\n---\n")
        assert "sample: This is a sample article written for this software; its outlet does not exist." in head, (
            path.name
        )
        assert 115 <= len(text.split()) <= 260, path.name


def test_samples_span_four_days_before_loading_and_are_marked():
    loaded = load(NOW)
    assert 25 <= len(loaded) <= 30
    assert NOW - timedelta(days=4) < loaded[0].dated < NOW - timedelta(days=3)
    assert all(article.is_sample and article.published_at == article.seen_at <= NOW for article in loaded)
    assert list(loaded) == sorted(loaded, key=lambda article: article.dated)


def test_every_outlet_lives_under_a_name_that_leads_nowhere():
    publishers = {article.publisher for article in load(NOW)}
    assert 6 <= len(publishers) <= 8
    for article in (*load(NOW), *later(NOW)):
        assert article.publisher in publishers
        assert article.url is not None
        assert article.url.split("/")[2].endswith(".example")


def test_ids_and_addresses_are_one_an_article_and_the_same_whenever_they_are_loaded():
    first, second = load(NOW), load(NOW + timedelta(days=400))
    assert [article.id for article in first] == [article.id for article in second]
    everything = (*first, *later(NOW))
    assert (
        len({article.id for article in everything})
        == len({article.fingerprint for article in everything})
        == len(FILES)
    )


def test_weekdays_follow_the_moment_of_loading():
    monday = NOW.replace(day=9)
    newest = {article.id: article.text for article in load(monday)}
    a_day_on = {article.id: article.text for article in load(monday + timedelta(days=1))}
    assert not any("{" in text for text in newest.values())
    assert any("Monday" in newest[key] and "Tuesday" in a_day_on[key] for key in newest)


@pytest.mark.parametrize(("minutes", "arrived"), [(0, 0), (1, 1), (2, 2), (5, 3), (15, 4), (60, 5), (6000, 5)])
def test_a_few_more_come_out_after_loading_the_first_within_a_minute(minutes: int, arrived: int):
    out = samples(NOW, NOW + timedelta(minutes=minutes))
    assert len(out) == len(load(NOW)) + arrived
    assert out[len(load(NOW)) :] == later(NOW)[:arrived]


def test_several_outlets_tell_an_event_and_none_copies_another():
    loaded = load(NOW)
    for one, other in combinations(loaded, 2):
        shared = _shingles(one.text) & _shingles(other.text)
        assert len(shared) < 8, (one.url, other.url, shared)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = fold(text).split()
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}
