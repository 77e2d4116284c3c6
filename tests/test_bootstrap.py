"""The gate over the reader's figures: it sees a fall that runs through the articles, and lets chance pass."""

from tests.bootstrap import LEVELS, Counts, fell


def counts(right: int) -> Counts:
    return {level: [right, 10, 12] for level in LEVELS}


def test_a_fall_in_every_article_is_seen() -> None:
    before = {str(k): counts(6) for k in range(20)}
    assert len(fell(before, {name: counts(5) for name in before})) == len(LEVELS)


def test_a_fall_in_one_article_of_twenty_is_chance() -> None:
    before = {str(k): counts(6) for k in range(20)}
    assert fell(before, {**before, "7": counts(5)}) == []


def test_a_rise_is_no_fall() -> None:
    before = {str(k): counts(5) for k in range(20)}
    assert fell(before, {name: counts(6) for name in before}) == []
