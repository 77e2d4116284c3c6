"""The recent set still fits the captured feeds: every item is found again, and every evidence is whole words of it."""

from typing import Any

import pytest

from digests.models import Article, Kind, Stance
from tests import evaldata, recent_set

ITEMS = recent_set.items()


@pytest.fixture(scope="module")
def gold() -> dict[str, dict[str, Any]]:
    evaldata.folder("data/feeds")
    return {article["id"]: article for article in recent_set.gold(evaldata.folder())}


def test_there_are_ten_different_items() -> None:
    assert len({item["id"] for item in ITEMS}) == len({item["fingerprint"] for item in ITEMS}) == 10


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
def test_holders_and_targets_are_among_the_actors(item: dict[str, Any]) -> None:
    names = {actor["name"] for actor in item["actors"]}
    assert {position["actor"] for position in item["positions"]} <= names
    assert {position["target"] for position in item["positions"]} - {None} <= names
    assert {position["stance"] for position in item["positions"]} <= set(Stance)
    assert {actor["kind"] for actor in item["actors"]} <= set(Kind)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
def test_every_item_is_found_by_its_fingerprint_and_every_evidence_is_whole_words(
    item: dict[str, Any], gold: dict[str, dict[str, Any]]
) -> None:
    article = gold[item["id"]]
    for kept, position in zip(item["positions"], article["positions"], strict=True):
        span, words = kept["evidence"], position["evidence"]
        body = article[span["in"]]
        assert words.strip() == words != ""
        assert body.find(words) == span["start"]  # scorers look evidence up, and must find this one
        assert not is_inside_a_word(body, span["start"])
        assert not is_inside_a_word(body, span["end"])


def test_an_item_that_is_gone_or_changed_is_refused_by_its_name() -> None:
    kept = ITEMS[0]["item"]
    changed = Article(id=kept, title="Another", text="Other words.", seen_at=recent_set.CAPTURED, fingerprint="")
    for article in (None, changed):
        with pytest.raises(LookupError, match="recent-01"):
            recent_set.whole(ITEMS[0], article)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
def test_nothing_longer_than_a_name_or_a_phrase_is_kept(item: dict[str, Any]) -> None:
    assert max(len(words) for words in strings(item)) <= 80


def is_inside_a_word(body: str, at: int) -> bool:
    return 0 < at < len(body) and body[at - 1].isalnum() and body[at].isalnum()


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []
