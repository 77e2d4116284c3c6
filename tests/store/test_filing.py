"""Articles filed together are filed as they would be one after the other."""

from datetime import UTC, datetime
from pathlib import Path

from digests.extract.reader import EncoderReader
from digests.models import Article, Extraction
from digests.sources import samples
from digests.store.base import Store
from digests.store.engine import open_store
from tests.store.make import NOW, article, extraction, person, position, state

LATER = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def read() -> list[tuple[Article, Extraction | None]]:
    extractor = EncoderReader()
    return [(one, extractor.extract(one)) for one in samples.samples(LATER, LATER)]


async def shown(store: Store, articles: list[str]) -> tuple[object, ...]:
    """All that is known of actors and positions, without the numbers of rows."""
    async with store.read() as books:
        names = sorted(
            (name, actor.name, actor.kind, actor.state, actor.role) for name, actor in await books.actors.names()
        )
        readings = await books.articles.readings(articles)
        mentions = {
            one: sorted((actor.name, actor.kind, salience, spans) for actor, salience, spans in found)
            for one, found in readings.items()
        }
        positions = sorted(
            (
                one.actor.name,
                one.position.stance,
                one.position.issue,
                one.citation.article_id,
                one.position.evidence.text,
            )
            for one in await books.positions.find()
        )
        aliases = sorted((actor.name, sorted(actor.aliases)) for _, actor in await books.actors.names())
        hits = [citation.article_id for citation, _ in await books.articles.search("ceasefire", limit=100)]
        return names, mentions, positions, aliases, sorted(hits)


async def test_together_or_one_after_the_other_the_same_is_known(store: Store, tmp_path: Path) -> None:
    pairs = read()
    ids = [one.id for one, _ in pairs]
    alone = await open_store(data_dir=tmp_path / "alone")
    for one, extraction_ in pairs:
        async with alone.write() as books:
            await books.articles.file(one, extraction_, NOW)
    for start in range(0, len(pairs), 12):
        async with store.write() as books:
            filed = await books.articles.file_all(pairs[start : start + 12], NOW)
        assert [one.fate for one in filed] == ["new"] * len(filed)
    assert await shown(store, ids) == await shown(alone, ids)
    await alone.close()


async def test_new_known_changed_and_repeated_articles_may_come_together(store: Store) -> None:
    turkey = extraction("a", state("Turkey"), positions=(position("Turkey"),))
    async with store.write() as books:
        await books.articles.file(article("a"), turkey, NOW)
        pairs = [
            (article("b", text="Something else happened."), extraction("b", state("Turkey"), person("Ann Lee"))),
            (article("a"), turkey),
            (article("b", text="Something else happened."), None),
            (article("c", title="About b", text="Something else happened."), None),
            (article("a", text="It was otherwise."), extraction("a", state("Turkey"))),
            (article("d", text="And this too."), None),
        ]
        filed = await books.articles.file_all(pairs, NOW)
    assert [one.fate for one in filed] == ["new", "duplicate", "duplicate", "duplicate", "changed", "new"]
    async with store.read() as books:
        assert await books.articles.count() == 3
        assert len(await books.actors.named("Turkey")) == 1
        assert await books.positions.find() == []


async def test_the_newest_articles_word_for_a_role_counts_in_whatever_order_they_come(store: Store) -> None:
    old, new = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
    was, is_ = person("Ann Lee", role="Minister"), person("Ann Lee", role="President")
    pairs = [
        (article("a", published_at=new), extraction("a", is_)),
        (article("b", published_at=old, text="Earlier."), extraction("b", was)),
    ]
    async with store.write() as books:
        await books.articles.file_all(pairs, NOW)
        (ann,) = await books.actors.named("Ann Lee")
        assert ann.role == "President"
        again = article("c", published_at=old, text="Earlier still.")
        await books.articles.file_all([(again, extraction("c", was))], NOW)
        (ann,) = await books.actors.named("Ann Lee")
    assert ann.role == "President"
