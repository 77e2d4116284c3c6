"""Positions on both databases."""

from sqlalchemy import text

from digests.models import Citation, Evidence, Position, Span, Stance
from digests.store.base import Store
from tests.store.make import DAY, HOUR, NOW, article, extraction, position, state


async def test_a_position_comes_back_with_its_evidence_actor_target_and_article(store: Store) -> None:
    whole = Position(
        actor="Turkey",
        stance=Stance.ACCUSES,
        issue="strikes on hospitals",
        target="Israel",
        conditional=True,
        negated=True,
        evidence=Evidence(where="title", start=0, end=5, text="About"),
        quote=Span(start=2, end=4),
        mode="direct",
        confidence=0.7,
        background=True,
    )
    one = article("a", url="https://post.example/a", is_teaser=True)
    async with store.write() as books:
        await books.articles.file(one, extraction("a", state("Turkey"), state("Israel"), positions=(whole,)), NOW)
        [found] = await books.positions.find()
        assert await books.positions.get(found.id) == found
        assert await books.positions.get(found.id + 1) is None
    assert found.position == whole
    assert (found.actor.name, found.target and found.target.name) == ("Turkey", "Israel")
    assert found.said_at == NOW
    assert found.citation == Citation(
        article_id="a",
        title=one.title,
        url=one.url,
        publisher=one.publisher,
        published_at=NOW,
        seen_at=NOW,
        is_teaser=True,
    )


async def test_positions_fit_all_that_is_asked_newest_first(store: Store) -> None:
    async with store.write() as books:
        for hours in (1, 3, 2):
            stands = (
                position("Turkey", Stance.DEMANDS, confidence=0.7),
                position("Israel", Stance.REJECTS, confidence=0.4),
            )
            read = extraction(str(hours), state("Turkey"), state("Israel"), positions=stands)
            at = NOW - hours * HOUR
            await books.articles.file(article(str(hours), published_at=at, seen_at=at), read, NOW)
        find = books.positions.find
        everything = await find()
        turkey = next(one.actor.id for one in everything if one.actor.name == "Turkey")
        assert [one.citation.article_id for one in everything] == ["1", "1", "2", "2", "3", "3"]
        assert {one.actor.name for one in await find(floor=0.7)} == {"Turkey"}
        assert {one.actor.name for one in await find(actor_ids=[turkey])} == {"Turkey"}
        assert {one.actor.name for one in await find(stances=[Stance.REJECTS])} == {"Israel"}
        assert {one.citation.article_id for one in await find(article_ids=["2", "3"])} == {"2", "3"}
        assert {one.citation.article_id for one in await find(since=NOW - 2 * HOUR)} == {"1"}
        assert {one.citation.article_id for one in await find(until=NOW - 2 * HOUR)} == {"2", "3"}
        assert {one.citation.article_id for one in await find(since=NOW - 3 * HOUR, until=NOW - HOUR)} == {"1", "2"}
        assert len(await find(limit=3)) == 3
        for empty in (find(actor_ids=[]), find(stances=[]), find(article_ids=[]), find(since=NOW, until=NOW + DAY)):
            assert list(await empty) == []


async def test_a_hidden_position_is_never_found(store: Store) -> None:
    async with store.write() as books:
        read = extraction("a", state("Turkey"), positions=(position("Turkey"),))
        await books.articles.file(article("a"), read, NOW)
        [found] = await books.positions.find()
        # Hiding is the database's affair until an operator's command for it exists.
        await books.positions._conn.execute(text("UPDATE positions SET hidden = 1"))  # type: ignore[attr-defined]
        assert list(await books.positions.find()) == []
        assert await books.positions.get(found.id) is None
        assert (await books.actors.cards(NOW - DAY, NOW, floor=0.0))[0].latest is None
