import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from bot.markup import JOINER
from bot.message import LIMIT
from bot.press import parse
from bot.render import MOST_BYTES, brief, briefing
from bot.sandbox.entities import formatted
from digests.models import (
    Actor,
    Citation,
    Coverage,
    Edition,
    Evidence,
    FailingSource,
    FiledPosition,
    Interest,
    Kind,
    Position,
    PositionLine,
    Sentence,
    Stance,
    StoryBrief,
)
from digests.text import utf16_len
from tests.bot.builders import NOW, editions, subscriber

DROPPED = re.compile("[\u0333\u033f\u030a]")  # combining lines that Telegram leaves out

ARTICLE = Citation(
    article_id="a", title="Talks", url="https://lamp.example/a", publisher="Lamp", published_at=NOW, seen_at=NOW
)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(editions)
def test_any_edition_is_one_message_that_telegram_takes(edition: Edition) -> None:
    said = brief(edition, subscriber(), now=NOW, planned_at=NOW)
    assert utf16_len(said.plain) <= LIMIT
    assert len(said.html.encode()) <= MOST_BYTES
    shown, entities = formatted(said.html, "HTML")
    assert shown.split() == DROPPED.sub("", said.plain).split()
    assert {entity["type"] for entity in entities} <= {"bold", "italic", "text_link"}
    links = [entity["url"] for entity in entities if entity["type"] == "text_link"]
    assert all(url.startswith(("https://outlet.example/", "https://xxx")) for url in links)
    assert all(parse(button.data) for row in said.buttons for button in row)


def position(text: str, issue: str = "unconditional ceasefire", stance: Stance = Stance.DEMANDS) -> FiledPosition:
    evidence = Evidence(start=0, end=len(text), text=text)
    return FiledPosition(
        id=7,
        actor=Actor(id=3, name="Turkey", kind=Kind.STATE),
        position=Position(actor="Turkey", stance=stance, issue=issue, evidence=evidence),
        citation=ARTICLE,
    )


def edition(**more: object) -> Edition:
    filed = position("Turkey demanded an unconditional ceasefire")
    line = PositionLine(
        actor=filed.actor, stance=Stance.DEMANDS, issue="unconditional ceasefire", best=filed, publishers=3
    )
    story = StoryBrief(
        id="0" * 16,
        title="Talks end",
        title_from=ARTICLE,
        sentences=(Sentence(text="The talks ended.", citation=ARTICLE, start=0, end=16),),
        publishers=3,
        positions=(line,),
        citations=(ARTICLE,),
    )
    given: dict[str, object] = {
        "id": 5,
        "since": NOW - timedelta(days=1),
        "until": NOW,
        "stories": (story,),
        "coverage": Coverage(articles=34, publishers=9, newest=NOW - timedelta(minutes=38), sources=24),
    }
    return Edition(**(given | more))  # type: ignore[arg-type]


def told(edition: Edition, **more: object) -> list[str]:
    return brief(edition, subscriber(**more), now=NOW, planned_at=NOW).plain.replace(JOINER, "").splitlines()


def test_a_briefing_tells_time_coverage_story_and_position() -> None:
    assert told(edition()) == [
        "Briefing",
        "Wed 4 Mar, 09:30 Istanbul · 34 articles, 9 publishers, newest 08:52",
        "",
        "1. Talks end (3 publishers)",
        "The talks ended. [1]",
        "• Turkey demands unconditional ceasefire — “Turkey demanded an unconditional ceasefire” ↗ Lamp +2",
    ]


def test_samples_interests_and_a_zone_not_known_yet_are_in_the_header() -> None:
    head = told(edition(is_sample=True, interests=(Interest(kind="words", name="Gaza"),)), zone=None, city=None)
    assert head[:2] == ["SAMPLE briefing · Gaza", "Wed 4 Mar, 06:30 UTC · 34 articles, 9 publishers, newest 05:52"]


def test_a_late_briefing_and_a_long_window_say_so() -> None:
    late = edition(since=NOW - timedelta(days=3))
    said = brief(late, subscriber(), now=NOW + timedelta(hours=2), planned_at=NOW).plain.splitlines()
    assert said[2:4] == ["Covers everything since Sun 1 Mar, 09:30.", "Sent late, at 11:30."]


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (Coverage(articles=12, publishers=3, sources=5), "A quiet day"),
        (Coverage(sources=5), "No articles came in"),
        (
            Coverage(sources=1, failing=(FailingSource(title="Lamp", since=NOW, reason="503"),)),
            "No feed could be read",
        ),
    ],
)
def test_an_outage_never_looks_like_a_quiet_day(coverage: Coverage, words: str) -> None:
    assert any(line.startswith(words) for line in told(edition(stories=(), coverage=coverage)))


def test_failing_feeds_and_teasers_are_stated() -> None:
    failing = tuple(FailingSource(title=name, since=NOW - timedelta(hours=4), reason="503") for name in "ab")
    lines = told(edition(coverage=Coverage(articles=3, publishers=1, teasers=2, sources=24, failing=failing)))
    assert lines[-2:] == ["2 of 24 feeds failing since 05:30", "2 articles could be read only as their feeds' teasers."]


def test_the_least_important_lines_give_way_first() -> None:
    whole = edition()
    story = replace(whole.stories[0], sentences=(replace(whole.stories[0].sentences[0], text="word " * 80),) * 2)
    said = told(
        replace(whole, stories=tuple(replace(story, id=f"{n:016}", positions=story.positions * 4) for n in range(5)))
    )
    assert sum(line.startswith(("1.", "2.", "3.", "4.", "5.")) for line in said) == 5
    assert sum("[1]" in line for line in said) >= 1


def test_a_long_quotation_is_one_exact_span_with_the_dots_outside() -> None:
    long = "Turkey demanded " + "a ceasefire and " * 30 + "peace."
    line = replace(edition().stories[0].positions[0], best=position(long))
    story = replace(edition().stories[0], positions=(line,))
    said = "\n".join(told(edition(stories=(story,))))
    quoted = said.split("“", 1)[1].split("”", 1)[0]
    assert quoted in long
    assert "”" + " …" in said
    assert "…" not in quoted


def test_the_payload_is_the_message_and_always_the_same() -> None:
    one = briefing(edition(), subscriber(), now=NOW, planned_at=NOW)
    assert one == briefing(edition(), subscriber(), now=NOW, planned_at=NOW)
    payload = json.loads(one)
    assert set(payload) == {"text", "plain", "reply_markup"}
    labels = [[button["text"] for button in row] for row in payload["reply_markup"]["inline_keyboard"]]
    assert labels == [["1 ▸"], ["Positions", "Actors", "Matrix"]]
