"""Search on both databases: what is found, and that no string makes it fail."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digests.store.base import Store
from digests.store.search import snippet
from tests.store.make import DAY, HOUR, NOW, article

HOSTILE = [
    "", " ", '"', '""', "'", "AND", "OR", "NOT", "NEAR", "a AND", "NEAR(a b)", "nosuch:x", "title:x",
    "{title text}: a", "a-b", "-a", "(", ")", "a*", "^a", "a^", "*", "+", "\x00", "a\x00b", "\ud800", "🕊",
    "%", "_", "\\", ";--", "' OR 1=1", "a:*", "&", "|", "!", "<->", "a & | b", "\u202e", "or", "or or",
    "the", "x " * 2000, "😀" * 500, "ß", "İ", "ﬁ", "--",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
async def test_no_string_makes_search_fail(store: Store, words: str) -> None:
    async with store.write() as books:
        await books.articles.file(article("a", text="A dove (🕊) and 'the' title: x OR y"), None, NOW)
    async with store.read() as books:
        await books.articles.search(words)
        assert await books.articles.count() == 1


@given(words=st.lists(st.text(), min_size=30, max_size=60))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
async def test_no_text_at_all_makes_search_fail(store: Store, words: list[str]) -> None:
    async with store.read() as books:
        for one in words:
            assert await books.articles.search(one) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ceasefire", ["a"]),
        ("CEASEFIRES", ["a"]),
        ("erdogan", ["a"]),
        ("Erdoğan", ["a"]),
        ("yildirim", ["a"]),
        ("Yıldırım's", ["a"]),
        ("U.S. envoy", ["b"]),
        ("harvest valley", ["b"]),
        ("ceasefire harvest", ["a", "b"]),  # nobody has both: those that have one
        ("valley nosuchword", ["b"]),
        ("volcano", []),
    ],
)
async def test_what_is_found(store: Store, words: str, found: list[str]) -> None:
    async with store.write() as books:
        await books.articles.file(article("a", text="Erdoğan and Yıldırım ask for a ceasefire."), None, NOW)
        await books.articles.file(article("b", text="The harvest of the valley, the U.S. envoy said."), None, NOW)
    async with store.read() as books:
        assert sorted(citation.article_id for citation, _ in await books.articles.search(words)) == found


async def test_a_title_counts_more_than_the_text_and_the_window_is_kept(store: Store) -> None:
    async with store.write() as books:
        texts = "Long talk of rivers and hills, of fields and towns, and once of a grain deal at the end of it."
        for place, title in enumerate(("Weather", "Grain", "Sport")):
            one = article(str(place), text=texts + f" {place}", title=title, published_at=NOW - place * HOUR)
            await books.articles.file(one, None, NOW)
    async with store.read() as books:
        found = [citation.article_id for citation, _ in await books.articles.search("grain")]
        assert (found[0], set(found)) == ("1", {"0", "1", "2"})
        since = await books.articles.search("grain", since=NOW - HOUR)
        until = await books.articles.search("grain", until=NOW - 2 * HOUR)
        assert [citation.article_id for citation, _ in since] == ["0"]
        assert [citation.article_id for citation, _ in until] == ["2"]
        assert await books.articles.search("grain", until=NOW - DAY) == []
        assert len(await books.articles.search("grain", limit=2)) == 2


def test_a_snippet_is_a_piece_of_the_text_around_the_words() -> None:
    text = "First words. " * 50 + "Then Erdoğan spoke of\na ceasefire at last. " + "Last words. " * 50
    found = snippet(text, ["erdogan", "ceasefire"])
    assert "Erdoğan spoke of a ceasefire" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert found.strip("…") in " ".join(text.split())
    assert len(found) < 200


def test_a_snippet_of_a_short_text_is_the_text() -> None:
    assert snippet("A dove.", ["volcano"]) == "A dove."
    assert snippet("", ["volcano"]) == ""
