"""What an edition is made of, and when each thing of a window was learnt. Loading it is left to flows/material.py."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digests.editorial.stories import Readings
from digests.listing import Table
from digests.models import (
    Article,
    Citation,
    Counted,
    FiledPosition,
    Interest,
    Placement,
    PositionLine,
    Source,
    StoryCount,
)

HALF_LIFE = timedelta(hours=12)
ENOUGH = 8  # lines beyond these make a story no weightier: one long article holds dozens

WEIGHTS: Mapping[str, float] = {
    "publishers": 2.0,  # for each doubling of independent publishers
    "actors": 1.5,  # times the mean salience of the three actors that matter most
    "states": 0.75,  # for each further state among its four main actors, two at most: what happens between them
    "positions": 0.3,  # for each doubling of position lines, eight at most
    "news": 0.2,  # for each doubling of lines that were never read before, eight at most
    "changes": 1.2,  # for each change of position, two at most
    "recency": 1.0,  # times a half for each half day since the newest article
    "interests": 1.0,  # for each interest of the reader that it meets
    "repeats": -2.0,  # when a story above it has much the same headline, or the same actors and subject
}
"""What makes a story worth telling, in one table; desk.py adds it up and docs/briefing.md explains it."""

_LATE_SEEN = timedelta(days=2)  # an article first seen in the window may be this much older, as in Articles.window


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What an edition is made of: flows/material.py loads it.

    `articles` are those of the stories that may be told, of the window and of some days before it, so that a story that
    goes on is known as such; `placements` says which story each is in (those it lacks are grouped when the edition is
    made). `positions` at or above the confidence floor are those of the articles, with what the same actors said on the
    same issues in the last 30 days. `readings` covers all `articles`. `families` is the operator's table of
    publishers. `counted` is what the whole window holds; without it, the articles are counted.
    """

    since: datetime
    until: datetime
    articles: tuple[Article, ...] = ()
    readings: Readings = field(default_factory=dict)
    positions: tuple[FiledPosition, ...] = ()
    sources: tuple[Source, ...] = ()
    interests: tuple[Interest, ...] = ()
    language: str = "en"
    placements: Mapping[str, Placement] = field(default_factory=dict)
    families: Table = field(default_factory=dict)
    counted: Counted | None = None


def likeliest(counts: Iterable[StoryCount], until: datetime) -> list[StoryCount]:
    """Stories in the order in which what can be counted speaks for them: voices, positions, recency."""

    def promise(count: StoryCount) -> float:
        stands = math.log2(1 + min(ENOUGH, count.stands))
        return (
            WEIGHTS["publishers"] * math.log2(1 + count.voices)
            + (WEIGHTS["positions"] + WEIGHTS["news"]) * stands
            + WEIGHTS["recency"] * math.pow(0.5, max(until - count.newest, timedelta()) / HALF_LIFE)
        )

    told = [count for count in counts if count.voices > 1 or count.stands]
    return sorted(told, key=lambda count: (-promise(count), count.story))


def in_window(article: Article, since: datetime, until: datetime) -> bool:
    """Whether an article belongs to the window by the rule of `Articles.window`."""
    if since < article.dated <= until:
        return True
    return since < article.seen_at <= until and since - _LATE_SEEN < article.dated <= until


def learnt(item: Article | Citation, until: datetime) -> datetime:
    """When we could first tell of it: when it was seen; its date, where the window ended before we saw it."""
    return max(item.dated, item.seen_at) if item.seen_at <= until else item.dated


def first_learnt(line: PositionLine, until: datetime) -> datetime:
    """When a position was first known, by any of its evidence."""
    return min(learnt(one.citation, until) for one in (line.best, *line.others))


def learnt_after(line: PositionLine, mark: datetime, until: datetime) -> bool:
    """Whether any of a position's evidence came after `mark`, be the position new or said again."""
    return any(learnt(one.citation, until) > mark for one in (line.best, *line.others))
