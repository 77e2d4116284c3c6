"""Page text on pages of our own in many layouts: floors that are never lowered silently."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from digests.sources.parse.page import parse_page
from digests.text import fold
from tests.sources.pages import LAYOUTS

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
EACH, MEAN = 0.93, 0.99  # F1 of runs of four words, as measured


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words, as the article extraction benchmark counts them (github.com/scrapinghub)."""
    words = fold(text).split()
    return Counter(tuple(words[place : place + 4]) for place in range(max(1, len(words) - 3)))


def score(found: str, wanted: str) -> float:
    """F1 of the runs that are found of those that are wanted."""
    ours, theirs = runs(found), runs(wanted)
    both = (ours & theirs).total()
    return 2 * both / (ours.total() + theirs.total())


def read(name: str):
    return parse_page(LAYOUTS[name].html.encode(), NOW, address="https://outlet.example/story").articles[0]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_pages_text_is_found_and_its_furniture_is_not(name):
    wanted, article = LAYOUTS[name], read(name)
    assert [words for words in wanted.furniture if words in article.text] == []
    assert score(article.text, "\n".join(wanted.text)) >= EACH, article.text
    assert article.title == wanted.title
    assert wanted.author is None or article.author == wanted.author
    if wanted.day:
        assert article.published_at is not None
        assert f"{article.published_at:%Y-%m-%d}" == wanted.day


def test_over_all_layouts_hardly_a_word_is_missing_or_too_many():
    scores = {name: score(read(name).text, "\n".join(wanted.text)) for name, wanted in LAYOUTS.items()}
    assert sum(scores.values()) / len(scores) >= MEAN, scores


def test_a_year_in_a_pages_foot_is_no_date():
    assert [name for name in ("amp", "short", "long") if read(name).published_at is not None] == []


def test_new_years_day_is_a_date_where_the_page_says_so():
    html = LAYOUTS["short"].html.replace("<article>", "<article><p>January 1, 2026</p>")
    article = parse_page(html.encode(), NOW).articles[0]
    assert article.published_at == datetime(2026, 1, 1, tzinfo=UTC)
