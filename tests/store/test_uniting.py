"""The operator's table of names in the store: what it makes one, and how it links what comes later."""

from digests.editorial.actors import One
from digests.flows import listings
from digests.flows.answer import ask, edition_now, find_actor
from digests.listing import Table
from digests.models import Actor, Attribution, Interest, Kind, Placement, Span, Stance
from digests.names import NAMES
from digests.store.base import Books, Store
from tests.store.make import DAY, NOW, article, extraction, organisation, person, position, state, subscriber

SALMAN = "Mohammed bin Salman"
TABLE = {SALMAN: ("MBS", "Crown Prince Mohammed"), "France": ("the Élysée",)}


async def keep(store: Store, table: Table) -> int:
    _, united = await listings.change(store, NAMES, lambda _: table)
    return united


async def file(books: Books, article_id: str, *actors: Actor, **fields: object) -> None:
    await books.articles.file(article(article_id), extraction(article_id, *actors, **fields), NOW)  # type: ignore[arg-type]


async def known(store: Store) -> list[tuple[str, Kind]]:
    async with store.read() as books:
        return sorted({(actor.name, actor.kind) for _, actor in await books.actors.names()})


async def the_one(store: Store, name: str) -> Actor:
    async with store.read() as books:
        [found] = await books.actors.named(name)
    return found


async def test_what_was_kept_under_a_form_becomes_the_actors(store: Store) -> None:
    said = Attribution(
        source=(Span(start=0, end=3),), cue=(Span(start=4, end=6),), content=(Span(start=7, end=9),), speaker="MBS"
    )
    async with store.write() as books:
        await file(books, "a", person(SALMAN, state="Saudi Arabia"), positions=(position(SALMAN, issue="oil cuts"),))
        await file(
            books,
            "b",
            person("MBS", role="Crown Prince"),
            state("Iran"),
            positions=(position("MBS", Stance.REJECTS, "talks"), position("Iran", target="MBS", issue="visit")),
            attributions=(said,),
        )
        filed = await books.positions.find()
        placed = [Placement(article_id=one, story="s", voice=one) for one in ("a", "b")]
        await books.placements.put(placed, {one.id: ["talk"] for one in filed})
    before = await the_one(store, SALMAN)
    assert await keep(store, TABLE) == 1
    salman = await the_one(store, "mbs")
    assert (salman.id, salman.name, salman.role, salman.state) == (before.id, SALMAN, "Crown Prince", "Saudi Arabia")
    assert salman.aliases == ("MBS",)
    async with store.read() as books:
        held = {
            (one.actor.name, one.target and one.target.name, one.position.issue) for one in await books.positions.find()
        }
        readings = await books.articles.readings(["a", "b"])
        quoted = await books.articles.attributed([salman.id], since=NOW - DAY, until=NOW)
        near = await books.positions.on_topics({salman.id: ["talk"]}, since=NOW - DAY, until=NOW)
    assert held == {(SALMAN, None, "oil cuts"), (SALMAN, None, "talks"), ("Iran", SALMAN, "visit")}
    assert {one: found[0][0].id for one, found in readings.items()} == {
        "a": salman.id,
        "b": salman.id,
    }
    assert [found[:2] for found in quoted] == [(salman.id, "b")]
    assert {one.position.issue for one in near} == {"oil cuts", "talks"}
    assert await known(store) == [("Iran", Kind.STATE), (SALMAN, Kind.PERSON)]


async def test_an_article_that_mentions_both_mentions_the_one_once_and_can_be_read_again(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", person(SALMAN, "the prince"), person("MBS", "the prince"), person("MBS Fan Club"))
    assert await keep(store, TABLE) == 1
    salman = await the_one(store, SALMAN)
    async with store.read() as books:
        found = {
            actor.name: (salience, spans) for actor, salience, spans in (await books.articles.readings(["a"]))["a"]
        }
    assert found[SALMAN] == (0.9, 2)
    async with store.write() as books:
        await file(books, "a", person("Ann Lee"), reader="rules/2")
        await file(books, "b", person(SALMAN))
        assert await books.actors.named("the prince") == []
        assert await books.actors.named("MBS") == []
    assert (await the_one(store, SALMAN)).aliases == ()
    assert salman.aliases == ("MBS", "the prince")


async def test_who_followed_both_follows_the_one_once_under_its_name(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", person(SALMAN))
        await file(books, "b", person("MBS"), state("Iran"))
        ids = {actor.name: actor.id for _, actor in await books.actors.names()}
        both = [Interest(kind="actor", name=name, actor_id=ids[name]) for name in ("MBS", "Iran", SALMAN)]
        words = Interest(kind="words", name="MBS")
        await books.subscribers.put(subscriber("1", interests=(*both, words)))
        await books.subscribers.put(subscriber("2", interests=(both[0],)))
    await keep(store, TABLE)
    async with store.read() as books:
        first, second = await books.subscribers.all()
    salman = Interest(kind="actor", name=SALMAN, actor_id=ids[SALMAN])
    assert first.interests == (both[1], salman, words)
    assert second.interests == (salman,)


async def test_an_actor_known_only_by_forms_takes_the_name_of_the_heading(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", person("MBS"), organisation("Élysée"))
        await file(books, "b", person("MBS"))
        await file(books, "c", person("Crown Prince Mohammed"))
        [mbs] = await books.actors.named("MBS")
        await books.subscribers.put(subscriber(interests=(Interest(kind="actor", name="MBS", actor_id=mbs.id),)))
    assert await keep(store, TABLE) == 3
    assert await known(store) == [("France", Kind.STATE), (SALMAN, Kind.PERSON)]
    salman = await the_one(store, SALMAN)
    assert (salman.id, salman.aliases) == (mbs.id, ("MBS", "Crown Prince Mohammed"))
    async with store.read() as books:
        [one] = await books.subscribers.all()
    assert one.interests == (Interest(kind="actor", name=SALMAN, actor_id=mbs.id),)


async def test_a_later_article_is_linked_by_the_table_before_any_other_rule(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", person("Maria B. Stone", "MBS"), person(SALMAN), state("France"))
    await keep(store, TABLE)
    async with store.write() as books:
        pairs = [
            (article("b"), extraction("b", organisation("MBS"), positions=(position("MBS"),))),
            (article("c"), extraction("c", organisation("The Elysée"), person("Crown Prince Mohammed"))),
        ]
        await books.articles.file_all(pairs, NOW)
        [stand] = await books.positions.find()
    assert (stand.actor.name, stand.actor.kind) == (SALMAN, Kind.PERSON)
    assert await known(store) == [("France", Kind.STATE), ("Maria B. Stone", Kind.PERSON), (SALMAN, Kind.PERSON)]


async def test_a_heading_that_nobody_has_yet_is_created_and_found_by_its_name(store: Store) -> None:
    await keep(store, TABLE | {"Sultan of Oman": ("the Sultan",)})
    async with store.write() as books:
        pairs = [
            (article("a"), extraction("a", person("MBS", role="Crown Prince"), organisation("Élysée"))),
            (article("b"), extraction("b", person("Crown Prince Mohammed"), state("France"), person("Sultan"))),
        ]
        await books.articles.file_all(pairs, NOW)
        await file(books, "c", person(SALMAN), organisation(SALMAN), organisation("France"))
    assert await known(store) == [
        ("France", Kind.STATE),
        (SALMAN, Kind.PERSON),
        ("Sultan of Oman", Kind.PERSON),
    ]
    assert (await the_one(store, "Sultan of Oman")).aliases == ("Sultan",)


async def test_a_fuller_name_in_an_article_does_not_rename_a_heading(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", person("Blinken", state="United States"))
    await keep(store, {"Blinken": ("Secretary B.",)})
    async with store.write() as books:
        await file(books, "b", person("Antony Blinken", state="United States"))
    assert await known(store) == [("Blinken", Kind.PERSON)]


async def test_a_state_may_be_called_by_another_of_its_names(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", state("Turkey"))
    assert await keep(store, {"Türkiye": ("Turkey",)}) == 1
    async with store.write() as books:
        await file(books, "b", state("Turkey"))
    assert await known(store) == [("Türkiye", Kind.STATE)]


async def test_of_two_actors_with_the_headings_name_the_one_of_the_same_kind_is_meant(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", organisation("Aurora"))
        await file(books, "b", person("Aurora"))
        await file(books, "c", person("The Singer"))
    assert await keep(store, {"Aurora": ("the Singer", "the Fund")}) == 1
    async with store.write() as books:
        await file(books, "d", organisation("The Fund"))
    assert await known(store) == [("Aurora", Kind.ORGANISATION), ("Aurora", Kind.PERSON)]
    async with store.read() as books:
        assert [one.kind for one in await books.actors.named("the singer")] == [Kind.PERSON]
        assert [one.kind for one in await books.actors.named("the fund")] == [Kind.ORGANISATION]


async def test_a_form_that_left_the_table_links_nothing_more_and_takes_nothing_apart(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", person(SALMAN))
        await file(books, "b", person("Crown Prince Mohammed"))
    await keep(store, TABLE)
    await keep(store, {})
    async with store.write() as books:
        await file(books, "c", organisation("Crown Prince Mohammed"))
    assert await known(store) == [("Crown Prince Mohammed", Kind.ORGANISATION), (SALMAN, Kind.PERSON)]
    async with store.read() as books:
        assert [actor.name for actor, _, _ in (await books.articles.readings(["b"]))["b"]] == [SALMAN]


async def test_a_form_finds_the_actor_before_any_article_uses_it(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", person(SALMAN), positions=(position(SALMAN, issue="oil cuts"),))
        await file(books, "b", person("Maria B. Stone", "MBS"))
    await keep(store, TABLE)
    salman = One(actor=await the_one(store, SALMAN))
    assert await find_actor(store, "M.B.S.") == salman
    question = await ask(store, "mbs on oil cuts")
    assert (question.actor, question.issue) == (salman, "oil cuts")


async def test_a_kept_briefing_and_what_grouping_compares_lead_to_the_one(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", person(SALMAN), positions=(position(SALMAN, issue="oil cuts"),))
        await file(books, "b", person("MBS"), positions=(position("MBS", issue="oil cuts"),))
        [mbs] = await books.actors.named("MBS")
    edition = await edition_now(store, now=NOW)
    assert str(mbs.id) in str(edition)
    await keep(store, TABLE)
    salman = await the_one(store, SALMAN)
    async with store.read() as books:
        kept = await books.editions.get(edition.id)
        looks = [placement.look for _, placement in await books.placements.recall(NOW - DAY)]
    assert kept is not None
    assert {actor.id for told in kept.stories for actor in told.actors} == {salman.id}
    assert all(f'"actors":{{"{salman.id}":' in look for look in looks)


async def test_a_table_that_is_kept_again_changes_nothing(store: Store) -> None:
    async with store.write() as books:
        await file(books, "a", person("MBS"), organisation("Élysée"), state("France"))
    assert await keep(store, TABLE) == 2
    before = await known(store)
    assert await keep(store, TABLE) == 0
    assert await known(store) == before
