"""Whatever comes in: valid spans, no exception, the same answer twice, and bounded work."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.extract.base import check, read
from digests.extract.wire import from_line, to_wire
from tests import evaldata
from tests.extract.reader import READER
from tests.extract.reading import read_text

PIECES = [
    "Turkey", "Israel", "U.S.", "Mr.", "Hakan Fidan", "President", "said", "accused", "rejected", "urged", "of", "the",
    "and", "“", "”", '"', "'s", ",", ".", "\n", "\n\n", "(", ")", "who", "by", "to", "not", "officials", "he", "It",
    "al-Assad", "İ", "é",
    "\u0301", "𝔸", "ceasefire", "according", "call for", "—", ":", "a", "R-Ill.", "‘", "’", "…", "\u200b",
]  # fmt: skip


def test_annotated_articles_are_read_within_the_contract() -> None:
    paths = sorted((evaldata.folder() / "gold" / "train").glob("*.json"))[::12]
    assert paths
    for path in paths:
        article = from_line(json.loads(path.read_text(encoding="utf-8")))
        extraction = read(READER, article)
        assert all(len(position.evidence.text) <= 300 for position in extraction.positions), path.name


def test_items_of_every_captured_feed_are_read_within_the_contract() -> None:
    paths = sorted((evaldata.folder() / "feeds").glob("*.xml"))
    assert paths
    for path in paths:
        raw = path.read_text(encoding="utf-8", errors="replace")
        items = re.findall(r"<(?:item|entry)\b.*?</(?:item|entry)>", raw, re.DOTALL)
        for number, item in enumerate(items[:: max(1, len(items) // 2)]):
            text = re.sub(r"<[^>]*>|<!\[CDATA\[|\]\]>", "\n", item)[:3000]
            read(READER, from_line({"id": f"{path.name}:{number}", "text": text}))


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=120).map(" ".join)))
def test_any_text_at_all_is_read_without_error(text: str) -> None:
    article = from_line({"id": "any", "title": text[:80], "text": text})
    check(READER.extract(article), article)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=120).map(" ".join))
def test_the_same_text_is_read_the_same_way_twice(text: str) -> None:
    assert to_wire(read_text(text)) == to_wire(read_text(text))


@pytest.mark.parametrize("piece", ["“A ", "Israel accused Hamas of x and "])
def test_a_megabyte_of_repetition_is_read_in_bounded_work(piece: str) -> None:
    extraction = read_text(piece * (1_000_000 // len(piece)))
    assert len(extraction.positions) <= 400
    assert all(span.end <= 60_000 for reading in extraction.actors for span in reading.mentions)
