import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from digests.editorial.actors import Nobody, One, Several
from digests.editorial.briefing import make_edition
from digests.editorial.window import Material
from digests.extract.base import read
from digests.flows import answer
from digests.models import Article, Edition, Extraction, Interest, Kind, Stance, Subscriber
from digests.sources import samples
from digests.store.base import Store
from tests.extract.reader import READER

NOW = datetime(2023, 11, 9, 7, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@cache
def read_samples() -> Sequence[tuple[Article, Extraction]]:
    extractor = READER
    return tuple((article, read(extractor, article)) for article in samples.samples(NOW, NOW + 2 * HOUR))


@pytest.fixture
async def newsroom(sqlite_store: Store) -> Store:
    """A store filled with the samples that are out by now."""
    await file(sqlite_store, until=NOW)
    return sqlite_store


async def file(store: Store, *, until: datetime) -> None:
    async with store.write() as books:
        for article, extraction in read_samples():
            if article.dated <= until:
                await books.articles.file(article, extraction, article.seen_at)


async def test_the_edition_of_the_samples_reads_as_a_briefing(newsroom: Store) -> None:
    edition = await answer.edition_now(newsroom, now=NOW)
    assert edition.id
    assert edition.is_sample
    assert 3 <= len(edition.stories) <= 5
    assert all(len(story.sentences) == 2 and story.positions for story in edition.stories)
    assert edition.coverage.articles >= 10
    assert "pauses" in edition.stories[0].title
    (change,) = edition.stories[0].changes
    assert (change.actor.name, change.before.position.stance, change.after.position.stance) == (
        "Israel",
        Stance.REJECTS,
        Stance.COMMITS,
    )


async def test_an_edition_is_kept_and_its_stories_are_found_by_number(newsroom: Store) -> None:
    edition = await answer.edition_now(newsroom, now=NOW)
    assert await answer.story(newsroom, edition.id, 1) == edition.stories[0]
    assert await answer.story(newsroom, edition.id, 0) is None
    assert await answer.story(newsroom, edition.id, 99) is None
    assert await answer.story(newsroom, 9_999, 1) is None
    cards = await answer.story_actors(newsroom, edition.id, 1, now=NOW)
    assert {"Israel", "United States"} <= {card.actor.name for card in cards}


async def test_asking_for_a_briefing_is_remembered_and_leaves_the_mark(newsroom: Store) -> None:
    async with newsroom.write() as books:
        chat = await books.subscribers.put(Subscriber(address="7", created_at=NOW, mark=NOW - HOUR))
    edition = await answer.edition_now(newsroom, now=NOW, subscriber_id=chat.id)
    async with newsroom.read() as books:
        after = await books.subscribers.get(chat.id)
    assert after is not None
    assert (after.last_edition, after.mark) == (edition.id, NOW - HOUR)


async def test_a_preview_keeps_nothing(newsroom: Store) -> None:
    assert (await answer.preview(newsroom, now=NOW)).id == 0


async def test_later_articles_make_news_since_the_last_briefing(newsroom: Store) -> None:
    await file(newsroom, until=NOW + HOUR)
    edition = await answer.preview(newsroom, now=NOW + HOUR, window=HOUR)
    assert edition.coverage.articles >= 3
    assert any("hospital ship" in story.title for story in edition.stories)


async def test_an_empty_store_gives_an_empty_edition_that_says_so(sqlite_store: Store) -> None:
    edition = await answer.edition_now(sqlite_store, now=NOW)
    assert not edition.stories
    assert edition.coverage.articles == 0
    assert await answer.ask(sqlite_store, "turkey") == answer.Question(asked="turkey", actor=Nobody(asked="turkey"))


@pytest.mark.parametrize(
    ("words", "name", "issue"),
    [
        ("turkey", "Turkey", ""),
        ("Türkiye", "Turkey", ""),
        ("ankara", "Turkey", ""),
        ("erdogan", "Recep Tayyip Erdogan", ""),
        ("hakan fidan", "Hakan Fidan", ""),
        ("turkey ceasefire", "Turkey", "ceasefire"),
        ("ceasefire turkey", "Turkey", "ceasefire"),
        ("hakan fidan on the ceasefire", "Hakan Fidan", "ceasefire"),
        ("ceasefire", None, "ceasefire"),
        ("f-16 sale", None, "f-16 sale"),
    ],
)
async def test_free_words_are_an_actor_an_issue_or_both(
    newsroom: Store, words: str, name: str | None, issue: str
) -> None:
    question = await answer.ask(newsroom, words)
    found = question.actor.actor.name if isinstance(question.actor, One) else None
    assert (found, question.issue) == (name, issue)


async def test_a_slip_in_a_name_suggests_whom_was_meant(newsroom: Store) -> None:
    question = await answer.ask(newsroom, "blinkn")
    assert isinstance(question.actor, Nobody)
    assert question.actor.nearest[0].name == "Antony Blinken"


async def test_who_stands_where_on_an_issue_by_actor_newest_first(newsroom: Store) -> None:
    found = await answer.positions(newsroom, await answer.ask(newsroom, "turkey ceasefire"), now=NOW)
    lines = [line for issue in found.issues for line in issue.lines]
    assert any(line.actor.name == "Turkey" and line.stance is Stance.DEMANDS for line in lines)
    assert {line.actor.state or line.actor.name for line in lines} == {"Turkey"}
    assert all("ceasefire" in line.issue or "truce" in line.issue for line in lines)
    for issue in found.issues:
        assert [line.newest for line in issue.lines] == sorted((line.newest for line in issue.lines), reverse=True)


async def test_a_state_alone_can_be_asked_without_its_ministers(newsroom: Store) -> None:
    question = await answer.ask(newsroom, "turkey")
    all_of_it = await answer.positions(newsroom, question, now=NOW)
    alone = await answer.positions(newsroom, question, now=NOW, with_state=False)
    assert {line.actor.name for issue in alone.issues for line in issue.lines} == {"Turkey"}
    assert len(all_of_it.issues) > len(alone.issues)


async def test_changes_are_found_across_days(newsroom: Store) -> None:
    found = await answer.positions(newsroom, await answer.ask(newsroom, "israel"), now=NOW)
    assert any(change.before.position.stance is Stance.REJECTS for change in found.changes)


async def test_an_issue_with_a_slip_gets_the_nearest_issues(newsroom: Store) -> None:
    question = answer.Question(asked="ceasfire", issue="ceasfire")
    found = await answer.positions(newsroom, question, now=NOW)
    assert not found.issues
    assert any("ceasefire" in issue for issue in found.near)


async def test_why_gives_the_evidence_in_its_place(newsroom: Store) -> None:
    edition = await answer.edition_now(newsroom, now=NOW)
    line = edition.stories[0].positions[0]
    why = await answer.why(newsroom, line.best.id)
    assert why is not None
    assert line.best.position.evidence.text in why.sentence
    assert why.filed.citation.publisher
    assert await answer.why(newsroom, 99_999) is None


async def test_a_card_shows_where_an_actor_stands_and_who_speaks_with_it(newsroom: Store) -> None:
    found = await answer.find_actor(newsroom, "turkey")
    assert isinstance(found, One)
    card = await answer.actor_card(newsroom, found.actor, now=NOW)
    assert card.card.articles > 3
    assert card.issues
    assert "Recep Tayyip Erdogan" in {actor.name for actor in card.others}


async def test_actors_of_a_window_have_the_states_first_among_many(newsroom: Store) -> None:
    cards = await answer.actors(newsroom, now=NOW, window=answer.WEEK)
    assert {"Turkey", "Israel", "United States"} <= {card.actor.name for card in cards[:6]}


async def test_search_finds_articles_and_never_raises(newsroom: Store) -> None:
    hits = await answer.search(newsroom, "hostage OR captives", now=NOW)
    assert hits
    assert await answer.search(newsroom, '"(((', now=NOW) == ()


async def test_following_a_name_follows_the_actor_and_other_words_are_words(newsroom: Store) -> None:
    turkey = await answer.follow(newsroom, "türkiye")
    assert isinstance(turkey, Interest)
    assert (turkey.kind, turkey.name) == ("actor", "Turkey")
    assert turkey.actor_id
    assert await answer.follow(newsroom, "grain corridor") == Interest(kind="words", name="grain corridor")


async def test_interests_shape_the_edition(newsroom: Store) -> None:
    grain = Interest(kind="words", name="grain deal")
    edition = await answer.preview(newsroom, now=NOW, interests=[grain, Interest(kind="words", name="Sudan")])
    assert edition.stories
    assert all("grain" in story.title.lower() for story in edition.stories)
    assert edition.also == ("Sudan (no positions in the last 30 days)",)


def test_unfollowing_takes_the_name_or_its_beginning() -> None:
    turkey = Interest(kind="actor", name="Turkey", actor_id=1)
    grain = Interest(kind="words", name="grain corridor")
    assert answer.unfollow([turkey, grain], "TURKEY") == turkey
    assert answer.unfollow([turkey, grain], "grain") == grain
    assert answer.unfollow([turkey, grain], "sudan") is None
    assert answer.unfollow([turkey, grain], "") is None


async def test_every_answer_is_the_same_on_both_databases(store: Store) -> None:
    await file(store, until=NOW)
    edition = await answer.preview(store, now=NOW)
    assert edition.stories[0].title.startswith("Israel agrees")
    found = await answer.find_actor(store, "erdo")
    assert isinstance(found, One | Several)
    assert (await answer.actors(store, now=NOW))[0].actor.kind is Kind.STATE


async def test_an_edition_is_made_beside_the_event_loop(newsroom: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []

    def watched(material: Material) -> Edition:
        threads.append(threading.current_thread())
        return make_edition(material)

    monkeypatch.setattr(answer, "make_edition", watched)
    await answer.edition_now(newsroom, now=NOW)
    assert threads
    assert threading.main_thread() not in threads
