"""What an edition is made of, and when each thing of a window was learnt. Loading it is left to flows/material.py."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digests.editorial.stories import Readings
from digests.models import Article, Citation, FiledPosition, Interest, PositionLine, Source

_LATE_SEEN = timedelta(days=2)  # an article first seen in the window may be this much older, as in Articles.window


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What an edition is made of: flows/material.py loads it.

    `articles` are those of the window and of some days before it, so that a story that goes on is known as such.
    `positions` are those of the last 30 days at or above the confidence floor. `readings` covers all `articles`.
    """

    since: datetime
    until: datetime
    articles: tuple[Article, ...] = ()
    readings: Readings = field(default_factory=dict)
    positions: tuple[FiledPosition, ...] = ()
    sources: tuple[Source, ...] = ()
    interests: tuple[Interest, ...] = ()
    language: str = "en"


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
