"""The figures of stories and summaries on the dev halves stay at what is asked for (tests/evaluate_stories.py)."""

import pytest

from digests.editorial.wire import article_of
from digests.errors import ParseError
from tests.evaldata import folder
from tests.evaluate_stories import LEAST, grouping, summaries
from tests.rouge import porter, rouge


@pytest.mark.parametrize("name", ["conflict", "allsides"])
def test_grouping_of_real_news_keeps_its_quality(name: str) -> None:
    figures = grouping(folder() / "stories", name)
    bounds = {key: least for key, least in LEAST.items() if key.startswith(name)}
    assert bounds
    assert {key: figures[key] for key in bounds if figures[key] < bounds[key]} == {}


def test_summaries_of_real_news_keep_their_quality() -> None:
    figures = summaries(folder() / "stories")
    bounds = {key: least for key, least in LEAST.items() if key.startswith("summary")}
    assert bounds
    assert {key: figures[key] for key in bounds if figures[key] < bounds[key]} == {}


def test_rouge_counts_shared_stems_pairs_and_the_longest_run() -> None:
    found = rouge("the minister rejected a pause", "ministers rejecting the pause")
    assert found["1"] == pytest.approx(2 * 4 / 9)
    assert found["2"] == pytest.approx(2 * 1 / 7)
    assert found["l"] == pytest.approx(2 * 3 / 9)


def test_stems_are_those_of_porters_paper() -> None:
    pairs = "caresses:caress ponies:poni motoring:motor hopping:hop relational:relat formalize:formal adjustment:adjust"
    for word, stem in (pair.split(":") for pair in pairs.split()):
        assert porter(word) == stem


@pytest.mark.parametrize("line", [None, 3, [], {}, {"text": None}, {"text": 5}, {"text": "x", "title": 7}])
def test_a_line_that_is_no_article_is_said_to_be_none(line: object) -> None:
    with pytest.raises(ParseError):
        article_of(line)


@pytest.mark.parametrize("date", [None, "", "soon", 7, "2024-13-40", "0001-01-01T00:00:00+14:00"])
def test_a_date_that_cannot_be_read_is_no_date(date: object) -> None:
    assert article_of({"text": "x", "published": date}).published_at is None
