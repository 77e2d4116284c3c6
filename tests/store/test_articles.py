"""Articles on both databases: filing, windows, readings."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digests.models import Attribution, Extraction, Span, Stance
from digests.store.base import Filed, Store
from digests.store.earlier import VERSIONS
from digests.text import fingerprint
from tests.store.make import DAY, HOUR, MINUTE, NOW, article, extraction, person, position, state


async def test_an_article_comes_back_as_it_was_filed(store: Store) -> None:
    odd = article(
        "odd",
        text="שלום 🕊 Hakan\u0301 — ıİ 'quotes' \"double\" % _ \\ ; DROP TABLE articles;--",
        title="Ζ ж 平和",
        url="https://post.example/a?b=1",
        author="A. Writer",
        is_teaser=True,
        is_sample=True,
        published_at=None,
    )
    async with store.write() as books:
        assert await books.articles.file(odd, None, NOW) == Filed(fate="new", article=odd)
    async with store.read() as books:
        assert await books.articles.get("odd") == odd
        assert await books.articles.get("even") is None
        assert await books.articles.count() == 1


async def test_what_no_database_takes_is_kept_as_one_replacement_character_each(store: Store) -> None:
    async with store.write() as books:
        await books.articles.file(article("a", text="one\x00two \ud800 three"), None, NOW)
    async with store.read() as books:
        kept = await books.articles.get("a")
    assert kept is not None
    assert kept.text == "one\ufffdtwo \ufffd three"


async def test_filing_twice_is_a_duplicate(store: Store) -> None:
    async with store.write() as books:
        fates = [(await books.articles.file(article("a"), None, NOW)).fate for _ in range(3)]
        assert await books.articles.count() == 1
    assert fates == ["new", "duplicate", "duplicate"]


async def test_a_text_under_another_id_is_a_duplicate_only_of_the_same_publisher(store: Store) -> None:
    first = article("a", title="One title")
    twin = article("b", title="One title")
    reprint = article("c", title="One title", publisher="The Other Post")
    async with store.write() as books:
        await books.articles.file(first, None, NOW)
        assert dict(await books.articles.known([twin, reprint, first])) == {
            "b": "duplicate",
            "c": "new",
            "a": "duplicate",
        }
        assert await books.articles.file(twin, None, NOW) == Filed(fate="duplicate", article=first)
        assert (await books.articles.file(reprint, None, NOW)).fate == "new"


async def test_a_changed_article_keeps_its_id_and_when_it_was_first_seen(store: Store) -> None:
    changed = article("a", text="Much happened.", seen_at=NOW + DAY, published_at=None)
    async with store.write() as books:
        await books.articles.file(article("a"), extraction("a", person("Ann Lee")), NOW)
        assert (await books.articles.known([changed]))["a"] == "changed"
        filed = await books.articles.file(changed, extraction("a", person("Bo Lind")), NOW)
    assert filed == Filed(fate="changed", article=replace(changed, seen_at=NOW, published_at=NOW))
    async with store.read() as books:
        assert await books.articles.get("a") == filed.article
        assert [actor.name for actor, _, _ in (await books.articles.readings(["a"]))["a"]] == ["Bo Lind"]
        assert await books.actors.named("Ann Lee") == []
        assert await books.articles.search("valley") == []
        assert len(await books.articles.search("happened")) == 1


async def test_each_earlier_version_is_kept_with_when_it_was_replaced(store: Store) -> None:
    texts = ["It began.", "It began and went on.", "It began, went on and ended."]
    for place, text in enumerate(texts):
        async with store.write() as books:
            await books.articles.file(article("a", text=text), None, NOW + place * HOUR)
    async with store.write() as books:
        await books.articles.file(article("a", text=texts[-1]), None, NOW + 3 * HOUR)
        earlier = await books.articles.earlier("a")
        assert [(at, one.text) for at, one in earlier] == [(NOW + HOUR, texts[0]), (NOW + 2 * HOUR, texts[1])]
        assert await books.articles.earlier("nobody's") == []
        assert await books.articles.changed(NOW, NOW + HOUR) == ["a"]
        assert await books.articles.changed(NOW + 2 * HOUR, NOW + DAY) == []
        assert await books.articles.forget_earlier(NOW + 2 * HOUR) == 1
        assert [one.text for _, one in await books.articles.earlier("a")] == [texts[1]]


async def test_an_article_changed_again_and_again_keeps_its_newest_versions(store: Store) -> None:
    async with store.write() as books:
        for place in range(VERSIONS + 5):
            await books.articles.file(article("a", text=f"Version {place}."), None, NOW + place * MINUTE)
        kept = [one.text for _, one in await books.articles.earlier("a")]
    assert kept == [f"Version {place}." for place in range(4, VERSIONS + 4)]


async def test_a_teaser_that_becomes_full_is_no_change_by_its_publisher(store: Store) -> None:
    async with store.write() as books:
        await books.articles.file(article("a", text="Short.", is_teaser=True), None, NOW)
        await books.articles.file(article("a", text="The whole text."), None, NOW + HOUR)
        assert await books.articles.changed(NOW - DAY, NOW + DAY) == []


async def test_a_feed_item_with_new_words_asks_for_its_page_again_but_once(store: Store) -> None:
    first, second, third = (article("a", text=words, is_teaser=True) for words in ("One.", "Two.", "Three."))
    page = article("a", text="The whole text.", item=first.fingerprint)
    async with store.write() as books:
        await books.articles.file(page, None, NOW)
        fates = [(await books.articles.known([one]))["a"] for one in (first, second)]
        assert fates == ["duplicate", "changed"]
        await books.articles.file(replace(page, item=second.fingerprint), None, NOW)  # the page is as it was
        assert [(await books.articles.known([one]))["a"] for one in (first, second, third)] == [
            "duplicate",
            "duplicate",
            "changed",
        ]
        assert (await books.articles.file(third, None, NOW)).fate == "duplicate"  # the page could not be had
        assert (await books.articles.known([third]))["a"] == "duplicate"
        kept = await books.articles.get("a")
    assert kept is not None
    assert kept.text == "The whole text."


async def test_a_position_that_a_new_version_still_gives_stays_the_one_it_was(store: Store) -> None:
    old = (position("Turkey", issue="a ceasefire"), position("Turkey", Stance.REJECTS, "a pause"))
    new = (position("Turkey", issue="A Ceasefire"), position("Turkey", Stance.ACCUSES, "war crimes"))
    async with store.write() as books:
        await books.articles.file(article("a", text="Old."), extraction("a", state("Turkey"), positions=old), NOW)
        before = {one.position.issue: one for one in await books.positions.find()}
        again = extraction("a", state("Turkey"), positions=new)
        await books.articles.file(article("a", text="New."), again, NOW + HOUR)
        after = {one.position.issue: one for one in await books.positions.find()}
    assert after["A Ceasefire"].id == before["a ceasefire"].id
    assert after["A Ceasefire"].citation.seen_at == NOW
    assert after["war crimes"].citation.seen_at == NOW + HOUR
    assert "a pause" not in after


async def test_the_number_of_a_position_that_was_taken_back_is_given_to_no_other(store: Store) -> None:
    read = extraction("a", state("Turkey"), positions=(position("Turkey"),))
    async with store.write() as books:
        await books.articles.file(article("a", text="Old."), read, NOW)
        (gone,) = await books.positions.find()
        await books.articles.file(article("a", text="New."), extraction("a", state("Turkey")), NOW + HOUR)
        other = extraction("b", state("Israel"), positions=(position("Israel"),))
        await books.articles.file(article("b", text="Another."), other, NOW + HOUR)
        assert [one.actor.name for one in await books.positions.find()] == ["Israel"]
        assert await books.positions.get(gone.id) is None
        await books.articles.file(article("a", text="Old."), read, NOW + 2 * HOUR)
        again = {one.actor.name: one for one in await books.positions.find()}
        assert (again["Turkey"].id, again["Turkey"].citation.seen_at) == (gone.id, NOW + 2 * HOUR)
        await books.articles.file(article("a", text="New."), None, NOW + 3 * HOUR)
        await books.articles.forget_earlier(NOW + DAY)
        assert [one.actor.name for one in await books.positions.find()] == ["Israel"]


async def test_another_readers_reading_brings_nothing_new(store: Store) -> None:
    async with store.write() as books:
        await books.articles.file(article("a"), extraction("a", state("Turkey")), NOW)
        found = (position("Turkey"),)
        again = extraction("a", state("Turkey"), positions=found, reader="rules/2")
        await books.articles.file(article("a"), again, NOW + HOUR)
        (filed,) = await books.positions.find()
        assert filed.citation.seen_at == NOW
        assert await books.articles.earlier("a") == []


@pytest.mark.parametrize(
    ("kept_is_teaser", "comes_as_teaser", "fate"),
    [(True, True, "changed"), (True, False, "changed"), (False, True, "duplicate"), (False, False, "changed")],
)
async def test_a_full_text_replaces_a_teaser_and_never_the_other_way(
    store: Store, kept_is_teaser: bool, comes_as_teaser: bool, fate: str
) -> None:
    first = article("a", text="One text.", is_teaser=kept_is_teaser)
    second = article("a", text="Another text.", is_teaser=comes_as_teaser)
    async with store.write() as books:
        await books.articles.file(first, None, NOW)
        assert (await books.articles.known([second]))["a"] == fate
        filed = await books.articles.file(second, extraction("a", person("Ann Lee")), NOW)
        assert filed.fate == fate
        assert await books.articles.get("a") == (second if fate == "changed" else first)


async def test_a_teaser_with_the_very_text_of_the_page_becomes_full(store: Store) -> None:
    async with store.write() as books:
        await books.articles.file(article("a", is_teaser=True), None, NOW)
        assert (await books.articles.file(article("a"), None, NOW)).fate == "changed"
        kept = await books.articles.get("a")
    assert kept is not None
    assert not kept.is_teaser


@pytest.mark.parametrize(
    ("published", "seen", "inside"),
    [
        (NOW - HOUR, NOW, True),
        (NOW - DAY, NOW - DAY, False),  # the window is open at its beginning
        (NOW, NOW, True),  # and closed at its end
        (NOW + MINUTE, NOW, False),
        (NOW - 2 * DAY, NOW - HOUR, True),  # first seen inside, published not long before
        (NOW - 3 * DAY - MINUTE, NOW - HOUR, False),
        (NOW - 3 * DAY, NOW - HOUR, True),
        (NOW - 2 * DAY, NOW - 2 * DAY, False),
        (None, NOW - HOUR, True),
        (None, NOW - DAY, False),
        (NOW - HOUR, NOW + DAY, True),
    ],
)
async def test_which_articles_a_window_has(
    store: Store, published: datetime | None, seen: datetime, inside: bool
) -> None:
    one = article("a", published_at=published, seen_at=seen)
    async with store.write() as books:
        await books.articles.file(one, extraction("a", state("Turkey"), positions=(position("Turkey"),)), NOW)
        assert list(await books.articles.window(NOW - DAY, NOW)) == ([one] if inside else [])
        assert len(await books.positions.find(since=NOW - DAY, until=NOW)) == inside
        assert len(await books.actors.cards(NOW - DAY, NOW, floor=0.5)) == inside


async def test_a_window_is_oldest_first_and_its_limit_keeps_the_newest(store: Store) -> None:
    async with store.write() as books:
        for place in (3, 1, 2):
            await books.articles.file(article(str(place), published_at=NOW - place * HOUR), None, NOW)
        assert [one.id for one in await books.articles.window(NOW - DAY, NOW)] == ["3", "2", "1"]
        assert [one.id for one in await books.articles.window(NOW - DAY, NOW, limit=2)] == ["2", "1"]
        everything = datetime.min.replace(tzinfo=UTC)
        assert len(await books.articles.window(everything, NOW)) == 3
        assert await books.articles.newest() == NOW - HOUR


async def test_readings_are_by_article_the_most_salient_first_and_none_for_none(store: Store) -> None:
    async with store.write() as books:
        await books.articles.file(article("a"), extraction("a", state("Turkey"), state("Sweden")), NOW)
        await books.articles.file(article("b"), extraction("b", state("Sweden")), NOW)
        found = await books.articles.readings(["b", "a", "nosuch"])
        assert await books.articles.readings([]) == {}
        assert await books.articles.known([]) == {}
    assert [(actor.name, salience, spans) for actor, salience, spans in found["a"]] == [
        ("Turkey", 0.9, 1),
        ("Sweden", 0.8, 1),
    ]
    assert set(found) == {"a", "b"}


async def test_another_reader_reads_again_and_replaces_the_reading(store: Store) -> None:
    read = extraction("a", state("Turkey"), positions=(position("Turkey"),))
    again = extraction("a", state("Sweden"), reader="rules/2")
    async with store.write() as books:
        await books.articles.file(article("a"), read, NOW)
        await books.articles.file(article("b"), None, NOW)
        assert [one.id for one in await books.articles.unread("rules/1")] == ["b"]
        assert {one.id for one in await books.articles.unread("rules/2")} == {"a", "b"}
        assert (await books.articles.file(article("a"), again, NOW)).fate == "changed"
        assert (await books.articles.file(article("a"), again, NOW)).fate == "duplicate"
        assert [one.id for one in await books.articles.unread("rules/2")] == ["b"]
        assert await books.positions.find() == []
        assert [name for name, _ in await books.actors.names()] == ["sweden"]


async def test_an_attribution_with_and_without_its_speaker_is_filed(store: Store) -> None:
    span = (Span(start=0, end=7),)
    quoted = (
        Attribution(source=span, cue=span, content=span, speaker="Turkey"),
        Attribution(source=(), cue=span, content=span),
    )
    async with store.write() as books:
        await books.articles.file(article("a"), extraction("a", state("Turkey"), attributions=quoted), NOW)
        await books.articles.file(article("a"), Extraction(article_id="a", reader="rules/2"), NOW)
        assert await books.actors.names() == []


async def test_a_block_that_raises_files_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError):
        async with store.write() as books:
            await books.articles.file(article("a"), extraction("a", state("Turkey")), NOW)
            raise RuntimeError
    async with store.read() as books:
        assert await books.articles.count() == 0
        assert await books.actors.names() == []
        assert await books.articles.search("valley") == []
        assert await books.articles.newest() is None


async def test_many_ids_are_asked_for_at_once(store: Store) -> None:
    ids = [f"{place}-\ud800\x00'" for place in range(40_000)]
    async with store.write() as books:
        await books.articles.file(article("a"), extraction("a", state("Turkey"), positions=(position("Turkey"),)), NOW)
        assert set(await books.articles.readings([*ids, "a"])) == {"a"}
        assert len(await books.positions.find(article_ids=[*ids, "a"], stances=[Stance.DEMANDS])) == 1


async def test_the_same_words_have_the_same_fingerprint_in_the_store(store: Store) -> None:
    shouted = article("a", text="NOTHING MUCH HAPPENED in the valley!")
    assert shouted.fingerprint == fingerprint(shouted.title, article("a").text)
    async with store.write() as books:
        await books.articles.file(article("a"), None, NOW)
        assert (await books.articles.known([shouted]))["a"] == "duplicate"


async def test_what_somebody_is_said_to_have_said_comes_with_where_it_stands(store: Store) -> None:
    said = Attribution(
        source=(Span(start=0, end=7),),
        cue=(Span(start=8, end=12),),
        content=(Span(start=13, end=20),),
        speaker="Turkey",
    )
    nobody = Attribution(source=(), cue=(Span(start=2, end=4),), content=(Span(start=5, end=9),))
    found = extraction("a", state("Turkey"), attributions=(said, nobody))
    async with store.write() as books:
        await books.articles.file(article("a"), found, NOW)
        (turkey,) = await books.actors.named("Turkey")
        [(speaker, article_id, span)] = await books.articles.attributed([turkey.id], since=NOW - DAY, until=NOW)
        assert (speaker, article_id, span) == (turkey.id, "a", Span(start=0, end=20))
        assert await books.articles.attributed([turkey.id], since=NOW, until=NOW + DAY) == []
        assert [one.id for one in await books.articles.some(["a", "b"])] == ["a"]
