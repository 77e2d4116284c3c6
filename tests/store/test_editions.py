"""Editions on both databases: everything in one comes back equal."""

from dataclasses import fields, replace
from datetime import timedelta, timezone

from digests.models import (
    Change,
    Citation,
    Correction,
    Coverage,
    Edition,
    Evidence,
    FailingSource,
    FiledPosition,
    Interest,
    Position,
    PositionLine,
    Sentence,
    Span,
    Stance,
    StoryBrief,
)
from digests.store.base import Store
from digests.store.editions import from_json, to_json
from tests.store.make import DAY, HOUR, NOW, person, state

CITATION = Citation(
    article_id="a", title="Τίτλος 🕊", url=None, publisher="Post", published_at=None, seen_at=NOW, is_teaser=True
)
POSITION = Position(
    actor="Hakan Fidan",
    stance=Stance.REJECTS,
    issue="a pause",
    target="Israel",
    conditional=True,
    negated=True,
    evidence=Evidence(where="title", start=1, end=4, text="ίτλ"),
    quote=Span(start=1, end=2),
    mode="narrated",
    confidence=0.1 + 0.2,
    background=True,
)
FILED = FiledPosition(
    id=2**40,
    actor=person("Hakan Fidan", "Fidan", state="Turkey", role="Minister"),
    target=state("Israel"),
    position=POSITION,
    citation=CITATION,
)
LINE = PositionLine(
    actor=FILED.actor,
    stance=Stance.REJECTS,
    issue="a pause",
    target="Israel",
    conditional=True,
    best=FILED,
    others=(FILED, replace(FILED, target=None)),
    publishers=2,
)
STORY = StoryBrief(
    id="s1",
    title="Talks",
    title_from=CITATION,
    sentences=(Sentence(text="«A» <b>&amp;", citation=CITATION, start=3, end=9),),
    publishers=7,
    actors=(FILED.actor,),
    positions=(LINE,),
    changes=(Change(actor=FILED.actor, issue="a pause", before=FILED, after=FILED),),
    citations=(CITATION,),
    score=1 / 3,
    news=(NOW - HOUR, NOW),
    is_update=True,
)
CORRECTION = Correction(
    actor=FILED.actor,
    stance=Stance.REJECTS,
    issue="a pause",
    target="Israel",
    conditional=True,
    citation=CITATION,
    told_at=NOW,
)
EDITION = Edition(
    since=NOW - DAY,
    until=NOW,
    language="tr",
    interests=(Interest(kind="actor", name="Turkey", actor_id=3), Interest(kind="words", name="grain")),
    stories=(STORY,),
    also=("F-16 sale",),
    corrections=(CORRECTION,),
    coverage=Coverage(
        articles=34,
        publishers=9,
        teasers=2,
        newest=NOW,
        sources=24,
        failing=(FailingSource(title="Post", since=NOW, reason="404"),),
    ),
    is_sample=True,
)


def test_nothing_in_the_example_is_left_at_its_default() -> None:
    for noun in (POSITION, LINE, STORY, CORRECTION, EDITION, EDITION.coverage):
        for field in fields(noun):
            if field.name != "id":
                assert getattr(noun, field.name) != field.default, f"{type(noun).__name__}.{field.name}"


def test_an_edition_survives_json_whole_and_so_do_its_types() -> None:
    back = from_json(to_json(EDITION))
    assert back == EDITION
    assert isinstance(back.stories[0].positions[0].stance, Stance)
    assert back.stories[0].newest == NOW


async def test_an_edition_comes_back_equal_under_one_id(store: Store) -> None:
    async with store.write() as books:
        first = await books.editions.put(EDITION, NOW)
        again = await books.editions.put(EDITION, NOW + HOUR)
        other = await books.editions.put(replace(EDITION, language="en"), NOW)
    assert first == again == replace(EDITION, id=first.id)
    assert other.id != first.id > 0
    async with store.read() as books:
        assert await books.editions.get(first.id) == first
        assert await books.editions.get(other.id + 1) is None


async def test_a_time_in_another_zone_is_the_same_moment(store: Store) -> None:
    there = EDITION.until.astimezone(timezone(timedelta(hours=3)))
    async with store.write() as books:
        kept = await books.editions.put(replace(EDITION, until=there), NOW)
        assert await books.editions.get(kept.id) == kept


async def test_text_that_no_database_takes_does_not_stop_an_edition(store: Store) -> None:
    odd = replace(EDITION, also=("a\x00b",))
    async with store.write() as books:
        kept = await books.editions.put(odd, NOW)
        assert await books.editions.get(kept.id) == replace(odd, id=kept.id)


async def test_old_editions_are_forgotten_and_the_newest_stays_so_that_no_number_is_given_twice(store: Store) -> None:
    async with store.write() as books:
        old, last = [
            await books.editions.put(Edition(since=NOW, until=NOW + at), NOW + at) for at in (HOUR, timedelta(hours=2))
        ]
        assert await books.editions.prune(NOW + HOUR) == 0
        assert await books.editions.prune(NOW + DAY) == 1
        assert await books.editions.get(old.id) is None
        assert await books.editions.get(last.id) == last
        fresh = await books.editions.put(Edition(since=NOW, until=NOW + DAY), NOW + DAY)
        assert fresh.id > last.id
