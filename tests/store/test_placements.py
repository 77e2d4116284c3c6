"""Placements on both databases: which story an article is in, and what a window holds."""

from digests.models import Counted, Extraction, Placement, Stance, StoryCount
from digests.store.base import Books, Store
from tests.store.make import DAY, HOUR, NOW, article, extraction, position, state


def placed(name: str, story: str = "talks", *, voice: str = "", copy_of: str | None = None) -> Placement:
    return Placement(article_id=name, story=story, voice=voice or name, copy_of=copy_of, look=f'{{"of":"{name}"}}')


def stands(name: str, *stances: Stance, confidence: float = 0.8) -> Extraction:
    found = tuple(position("Turkey", stance, "grain corridor", confidence=confidence) for stance in stances)
    return extraction(name, state("Turkey"), positions=found)


async def file(books: Books, *placements: Placement, hours: float = 0.0) -> None:
    for one in placements:
        name = one.article_id
        at = NOW + hours * HOUR
        kept = article(name, text=f"{name} said so.", publisher=f"Press {name}", published_at=at, seen_at=at)
        await books.articles.file(kept, stands(name, Stance.DEMANDS), NOW)
    await books.placements.put(placements, {})


async def test_an_article_waits_until_it_is_placed_and_again_when_it_changed_but_keeps_its_story(store: Store) -> None:
    async with store.write() as books:
        await books.articles.file(article("a"), None, NOW)
        await books.articles.file(article("b"), None, NOW)
        assert [one.id for one in await books.placements.waiting()] == ["a", "b"]
        await books.placements.put([placed("a")], {})
        await books.placements.pass_over(["b"])
        assert await books.placements.waiting() == []
        await books.articles.file(article("a", text="It was corrected."), None, NOW)
        assert [one.id for one in await books.placements.waiting()] == ["a"]
        await books.placements.put([placed("a", "another")], {})
        [(_, again)] = await books.placements.recall(NOW - DAY)
    assert (again.story, again.look) == ("talks", placed("a").look)


async def test_stories_are_counted_for_a_window_with_their_voices_and_positions(store: Store) -> None:
    async with store.write() as books:
        await file(books, placed("a"), placed("b", voice="a", copy_of="a"), placed("c", "grain"))
        await file(books, placed("d"), hours=-2)
        await file(books, placed("e"), hours=-80)
        counts = await books.placements.ranked(NOW - DAY, NOW)
        assert sorted(counts, key=lambda one: one.story) == [
            StoryCount(story="grain", articles=1, voices=1, stands=1, newest=NOW),
            StoryCount(story="talks", articles=3, voices=2, stands=3, newest=NOW),
        ]
        only = await books.placements.ranked(NOW - DAY, NOW, article_ids=["c"])
        assert [one.story for one in only] == ["grain"]
        assert [one.article_id for one in await books.placements.of(["talks"], NOW - DAY, NOW)] == ["d", "a", "b"]
        assert await books.placements.counted(NOW - DAY, NOW) == Counted(
            articles=4, publishers=frozenset({"Press a", "Press b", "Press c", "Press d"}), newest=NOW
        )
        assert await books.placements.counted(NOW + DAY, NOW + 2 * DAY) == Counted()


async def test_articles_are_found_by_who_they_mention(store: Store) -> None:
    async with store.write() as books:
        await file(books, placed("a"))
        (turkey,) = await books.actors.named("Turkey")
        assert await books.placements.with_actors([turkey.id], NOW - DAY, NOW) == ["a"]
        assert await books.placements.with_actors([turkey.id], NOW, NOW + DAY) == []
        assert await books.placements.with_actors([turkey.id + 1], NOW - DAY, NOW) == []


async def test_what_grouping_compared_comes_back_in_order_until_it_is_forgotten(store: Store) -> None:
    async with store.write() as books:
        await file(books, placed("a"), placed("b", copy_of="a"))
        await file(books, placed("old"), hours=-50)
        held = await books.placements.recall(NOW - 3 * DAY)
        assert [one for _, one in held] == [placed("a"), placed("b", copy_of="a"), placed("old")]
        first = held[0][0]
        assert [one.article_id for _, one in await books.placements.recall(NOW - DAY, after=first)] == ["b"]
        assert await books.placements.forget_looks(NOW - DAY) == 1
        assert len(await books.placements.recall(NOW - 3 * DAY)) == 2
        assert len(await books.placements.of(["talks"], NOW - 3 * DAY, NOW)) == 3


async def test_earlier_stances_are_found_by_actor_and_the_words_of_the_issue(store: Store) -> None:
    async with store.write() as books:
        await file(books, placed("a"), placed("b"))
        first, second = await books.positions.find()
        await books.placements.put([placed("a"), placed("b")], {first.id: ["grain", "corridor"], second.id: ["grain"]})
        turkey = first.actor.id

        async def found(actor: int, *terms: str, **more: object) -> list[int]:
            held = await books.positions.on_topics({actor: terms}, since=NOW - DAY, until=NOW, **more)  # type: ignore[arg-type]
            return sorted(one.id for one in held)

        assert await found(turkey, "grain") == sorted([first.id, second.id])
        assert await found(turkey, "corridor", "pipeline") == [first.id]
        assert await found(turkey, "grain", besides=[first.id]) == [second.id]
        assert await found(turkey + 1, "grain") == await found(turkey, "pipeline") == await found(turkey) == []
        assert await found(turkey, "grain", floor=0.9) == []
        await books.articles.file(
            article("b", text="Corrected: nobody stands anywhere.", publisher="Press b"), None, NOW
        )
        assert await found(turkey, "corridor") == [], "what is read no more has no topics"
