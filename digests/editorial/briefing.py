"""Choose, rank, shorten: an edition from the material of a window, and what of it is news to a chat.

Pure: the same material gives the same edition. How a story is found is left to stories.py, how it is written up and
what it is worth to desk.py, how it looks to the channel. docs/briefing.md tells all of it to readers.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from digests.editorial.desk import WEIGHTS, Desk
from digests.editorial.families import publisher_key
from digests.editorial.interests import silent
from digests.editorial.positions import actor_key
from digests.editorial.stories import group
from digests.editorial.terms import centre, cosine, dice, stems
from digests.editorial.window import Material, in_window, learnt, learnt_after
from digests.models import Article, Coverage, Edition, FailingSource, Source, StoryBrief

MOST = 5  # stories in one edition
_ALIKE_TITLES = 0.5
_ONE_SUBJECT = 0.35  # cosine of all headlines of two stories with the same actors


def make_edition(material: Material, *, most: int = MOST) -> Edition:
    """The edition of a window: its best stories, the followed subjects that were silent, and what it rests on.

    A story needs an article and news in the window, and something to tell: a position, or two independent publishers
    and a state, organisation or group among its actors. With interests, it must meet one of them. A quiet window gives
    few stories or none, never filler.
    """
    desk = Desk(material)
    briefs = [brief for story in group(material.articles, material.readings) if (brief := desk.brief(story))]
    told = tuple(_chosen(briefs, most))
    window = [article for article in material.articles if in_window(article, material.since, material.until)]
    return Edition(
        since=material.since,
        until=material.until,
        language=material.language,
        interests=material.interests,
        stories=told,
        also=silent(material.interests, material.positions, material.since),
        coverage=_coverage(window, material.sources),
        is_sample=any(article.is_sample for article in material.articles),
    )


def tell(edition: Edition, mark: datetime | None) -> Edition:
    """The edition as news to a chat that was last briefed at `mark`; None tells it whole.

    A story that began before the mark comes back, as an update, only with a position, a change, an actor or an event
    learnt after it, and shows only what was printed after it. Stories keep their order. Telling twice changes
    nothing.
    """
    if mark is None:
        return edition
    stories = tuple(news for story in edition.stories if (news := _news(story, mark, edition.until)))
    return replace(edition, stories=stories)


def _chosen(briefs: Sequence[StoryBrief], most: int) -> list[StoryBrief]:
    """The best stories, best first; one whose headline repeats a chosen one's counts for less."""
    left = sorted(briefs, key=lambda brief: (-brief.score, brief.id))
    chosen: list[StoryBrief] = []
    while left and len(chosen) < most:
        best = min(left, key=lambda brief: (-_beside(brief, chosen), brief.id))
        chosen.append(best)
        left.remove(best)
    return chosen


def _beside(brief: StoryBrief, chosen: Sequence[StoryBrief]) -> float:
    return brief.score + WEIGHTS["repeats"] * any(_kindred(brief, other) for other in chosen)


def _kindred(one: StoryBrief, other: StoryBrief) -> bool:
    """Whether two stories are about much the same: alike headlines, or headlines of one subject and the same actors."""
    alike = dice(stems(one.title), stems(other.title)) >= _ALIKE_TITLES
    shared = {actor_key(actor) for actor in one.actors[:3]} & {actor_key(actor) for actor in other.actors[:3]}
    titles = [centre([citation.title for citation in brief.citations]) for brief in (one, other)]
    return alike or (len(shared) > 1 and cosine(*titles) >= _ONE_SUBJECT)


def _coverage(window: Sequence[Article], sources: Sequence[Source]) -> Coverage:
    enabled = [source for source in sources if source.enabled]
    failing = [
        FailingSource(title=source.title or source.location, since=source.failing_since, reason=source.error or "")
        for source in enabled
        if source.failing_since
    ]
    return Coverage(
        articles=len(window),
        publishers=len({publisher_key(article.publisher) or article.id for article in window}),
        teasers=sum(article.is_teaser for article in window),
        newest=max((article.dated for article in window), default=None),
        sources=len(enabled),
        failing=tuple(sorted(failing, key=lambda source: (source.since, source.title))),
    )


def _news(story: StoryBrief, mark: datetime, until: datetime) -> StoryBrief | None:
    began = min(learnt(citation, until) for citation in story.citations)
    if began > mark:
        return story
    if not any(time > mark for time in story.news):
        return None
    fresh = tuple(one for one in story.sentences if learnt(one.citation, until) > mark)
    return replace(
        story,
        sentences=fresh or story.sentences,
        positions=tuple(line for line in story.positions if learnt_after(line, mark, until)),
        changes=tuple(change for change in story.changes if learnt(change.after.citation, until) > mark),
        is_update=True,
    )
