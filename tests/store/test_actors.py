"""Actors on both databases: one actor across articles, and the cards of a window."""

from digests.models import Actor, Interest
from digests.store.base import Books, Store
from tests.store.make import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    article,
    extraction,
    organisation,
    person,
    position,
    state,
    subscriber,
)


async def filed(books: Books, article_id: str, *actors: Actor, **fields: object) -> None:
    one = article(article_id, published_at=fields.pop("published_at", NOW))
    await books.articles.file(one, extraction(article_id, *actors, **fields), NOW)  # type: ignore[arg-type]


async def test_an_actor_is_one_across_articles_with_all_its_names(store: Store) -> None:
    async with store.write() as books:
        await filed(books, "a", person("Hakan Fidan", "Fidan", state="Turkey"))
        await filed(books, "b", state("Turkey"), person("Fidan", "Minister Fidan", role="Foreign Minister"))
        await filed(books, "c", person("Hakan Fidan", "Fidan", role="Minister"), published_at=NOW - DAY)
        [fidan] = await books.actors.named("FİDAN")
        assert await books.actors.named("minister fidan") == [fidan]
        assert await books.actors.get(fidan.id) == fidan
    assert (fidan.name, fidan.state, fidan.role) == ("Hakan Fidan", "Turkey", "Foreign Minister")
    assert fidan.aliases == ("Fidan", "Minister Fidan")


async def test_two_people_with_one_surname_stay_two_the_more_mentioned_first(store: Store) -> None:
    async with store.write() as books:
        await filed(books, "a", person("Hunter Biden", "Biden", state="United States"))
        await filed(books, "b", person("Joe Biden", "Biden", state="United States"))
        await filed(books, "c", person("Joe Biden", "Biden", state="United States"))
        assert [actor.name for actor in await books.actors.named("Biden")] == ["Joe Biden", "Hunter Biden"]
        names = [(name, actor.name) for name, actor in await books.actors.names()]
    assert sorted(names) == [
        ("biden", "Hunter Biden"),
        ("biden", "Joe Biden"),
        ("hunter biden", "Hunter Biden"),
        ("joe biden", "Joe Biden"),
    ]


async def test_a_person_first_known_by_surname_gains_the_full_name(store: Store) -> None:
    async with store.write() as books:
        await filed(books, "a", person("Blinken", state="United States"))
        await filed(books, "b", person("Antony Blinken", "Blinken", state="United States"))
        [blinken] = await books.actors.named("Blinken")
        assert [actor.id for actor in await books.actors.named("Antony Blinken")] == [blinken.id]
    assert (blinken.name, blinken.aliases) == ("Antony Blinken", ("Blinken",))


async def test_two_names_of_one_article_that_are_one_actor_are_one_mention(store: Store) -> None:
    async with store.write() as books:
        await filed(books, "a", person("Hakan Fidan", "Fidan", state="Turkey"))
        await filed(
            books,
            "b",
            person("Fidan", state="Turkey"),
            person("Hakan Fidan"),
            positions=(position("Fidan"), position("Hakan Fidan", target="Fidan")),
        )
        [(actor, salience, spans)] = (await books.articles.readings(["b"]))["b"]
        assert {one.actor.name for one in await books.positions.find()} == {"Hakan Fidan"}
    assert (actor.name, salience, spans) == ("Hakan Fidan", 0.9, 2)


async def test_two_ministries_of_one_name_stay_two(store: Store) -> None:
    async with store.write() as books:
        for place, home in enumerate(("Turkey", "Israel", "Turkey")):
            await filed(books, str(place), organisation("Foreign Ministry", state=home))
        assert [actor.state for actor in await books.actors.named("foreign ministry")] == ["Turkey", "Israel"]


async def test_an_actor_that_somebody_follows_stays_when_no_article_has_it_any_more(store: Store) -> None:
    async with store.write() as books:
        await filed(books, "a", state("Turkey"), state("Sweden"))
        [turkey] = await books.actors.named("Turkey")
        followed = Interest(kind="actor", name="Turkey", actor_id=turkey.id)
        await books.subscribers.put(subscriber(interests=(followed,)))
        await filed(books, "a", reader="rules/2")
        assert [name for name, _ in await books.actors.names()] == ["turkey"]
        assert await books.actors.get(turkey.id) == turkey


async def test_cards_count_mentions_articles_and_the_window_before(store: Store) -> None:
    async with store.write() as books:
        for place, hours in enumerate((1, 2, 30, 31, 32)):
            actors = (state("Turkey"), state("Sweden")) if place else (state("Turkey"),)
            stand = (position("Turkey", issue=f"issue {place}", confidence=0.9 if place else 0.2),)
            one = article(str(place), published_at=NOW - hours * HOUR, seen_at=NOW - hours * HOUR)
            await books.articles.file(one, extraction(str(place), *actors, positions=stand), NOW)
        first, second = await books.actors.cards(NOW - DAY, NOW, floor=0.5)
        assert [card.actor.name for card in await books.actors.cards(NOW - DAY, NOW, floor=0.5, limit=1)] == ["Turkey"]
        some = await books.actors.cards(NOW - DAY, NOW, floor=0.5, article_ids=["0", "4"])
        assert await books.actors.cards(NOW - DAY, NOW, floor=0.5, article_ids=[]) == []
        assert await books.actors.cards(NOW - MINUTE, NOW, floor=0.5) == []
    assert (first.actor.name, first.mentions, first.articles, first.before, first.salience) == ("Turkey", 2, 2, 3, 0.9)
    assert (second.actor.name, second.mentions, second.articles, second.before) == ("Sweden", 1, 1, 3)
    assert first.latest is not None
    assert first.latest.position.issue == "issue 1"
    assert second.latest is None
    assert [(card.actor.name, card.articles) for card in some] == [("Turkey", 2), ("Sweden", 1)]
    assert some[0].latest is not None
    assert some[0].latest.citation.article_id == "4"


async def test_one_name_under_two_kinds_in_one_article_is_one_actor(store: Store) -> None:
    async with store.write() as books:
        await filed(books, "a", state("Vatican"), organisation("Vatican"), positions=(position("Vatican"),))
        [vatican] = await books.actors.named("Vatican")
        assert [filed.actor for filed in await books.positions.find()] == [vatican]


async def test_nobody_is_named_in_an_empty_store(store: Store) -> None:
    async with store.read() as books:
        assert await books.actors.named("Turkey") == []
        assert await books.actors.named("") == []
        assert await books.actors.names() == []
        assert await books.actors.get(1) is None


async def test_a_state_is_found_with_those_who_hold_its_offices(store: Store) -> None:
    minister = person("Hakan Fidan", state="Turkey", role="Foreign Minister")
    writer = person("Orhan Pamuk", state="Turkey")
    async with store.write() as books:
        await books.articles.file(article("a"), extraction("a", state("Turkey"), minister, writer, state("Iran")), NOW)
        assert sorted(one.name for one in await books.actors.of_states(["Turkey"])) == ["Hakan Fidan", "Turkey"]
        assert await books.actors.of_states([]) == []
