"""Choose, rank, shorten: an edition from the material of a window, and what of it is news to a chat.

Pure: the same material gives the same edition. How a story is found is left to stories.py, how it is written up and
what it is worth to desk.py, how it looks to the channel. docs/briefing.md tells all of it to readers.
"""

import heapq
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from digests.editorial.desk import Desk, Weighed
from digests.editorial.families import publisher_key, relatives
from digests.editorial.interests import silent
from digests.editorial.positions import actor_key
from digests.editorial.stories import gather
from digests.editorial.terms import centre, cosine, dice, stems
from digests.editorial.window import WEIGHTS, Material, in_window, learnt, learnt_after
from digests.models import Counted, Coverage, Edition, FailingSource, StoryBrief

MOST = 5  # stories in one edition
_ALIKE_TITLES = 0.5
_RIVALS = 3  # stories next in worth, of which a kindred one may be told by more outlets
_TITLES = 24  # headlines of a story that are compared
_ONE_SUBJECT = 0.35  # cosine of all headlines of two stories with the same actors


def make_edition(material: Material, *, most: int = MOST) -> Edition:
    """The edition of a window: its best stories, the followed subjects that were silent, and what it rests on.

    A story needs an article and news in the window, and something to tell: a position, or two independent publishers
    and a state, organisation or group among its actors. With interests, it must meet one of them. A quiet window gives
    few stories or none, never filler.
    """
    desk = Desk(material)
    weighed = [one for story in gather(material.articles, desk.placements) if (one := desk.weigh(story))]
    told = tuple(_chosen(desk, weighed, most))
    counted = material.counted or _counted(material)
    return Edition(
        since=material.since,
        until=material.until,
        language=material.language,
        interests=material.interests,
        stories=told,
        also=silent(material.interests, material.positions, material.since),
        coverage=_coverage(counted, material),
        is_sample=counted.is_sample,
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


def _chosen(desk: Desk, weighed: Sequence[Weighed], most: int) -> list[StoryBrief]:
    """The best stories, best first; of kindred ones the most widely told leads, and the others count for less.

    A story is written when its turn comes; one without news gives way.
    """
    left = {one.story.id: one for one in weighed}
    worth = {name: one.score for name, one in left.items()}
    written: dict[str, StoryBrief] = {}
    chosen: list[StoryBrief] = []
    lowered: set[str] = set()

    def brief(name: str) -> StoryBrief | None:
        if name not in written and (found := desk.write(left[name])):
            written[name] = found
        return written.get(name)

    while worth and len(chosen) < most:
        first, *next_ones = heapq.nsmallest(_RIVALS, worth, key=lambda name: (-worth[name], name))
        best = brief(first)
        if best is None:
            del worth[first]
        elif first not in lowered and any(_kindred(best, other) for other in chosen):
            lowered.add(first)
            worth[first] += WEIGHTS["repeats"]
        else:
            wider = [name for name in next_ones if name not in lowered and left[name].publishers > best.publishers]
            rivals = [other for name in wider if (other := brief(name)) and _kindred(best, other)]
            chosen.append(max([best, *rivals], key=lambda one: (one.publishers, one.score)))
            del worth[chosen[-1].id]
    return chosen


def _kindred(one: StoryBrief, other: StoryBrief) -> bool:
    """Whether two stories are about much the same: alike headlines, or headlines of one subject and the same actors."""
    alike = dice(stems(one.title), stems(other.title)) >= _ALIKE_TITLES
    shared = {actor_key(actor) for actor in one.actors[:3]} & {actor_key(actor) for actor in other.actors[:3]}
    titles = [centre([citation.title for citation in brief.citations[:_TITLES]]) for brief in (one, other)]
    return alike or (len(shared) > 1 and cosine(*titles) >= _ONE_SUBJECT)


def _counted(material: Material) -> Counted:
    window = [article for article in material.articles if in_window(article, material.since, material.until)]
    return Counted(
        articles=len(window),
        publishers=frozenset(article.publisher or article.id for article in window),
        teasers=sum(article.is_teaser for article in window),
        newest=max((article.dated for article in window), default=None),
        is_sample=any(article.is_sample for article in material.articles),
    )


def _coverage(counted: Counted, material: Material) -> Coverage:
    related = relatives(material.families)
    keys = {publisher_key(name) for name in counted.publishers}
    enabled = [source for source in material.sources if source.enabled]
    failing = [
        FailingSource(title=source.title or source.location, since=source.failing_since, reason=source.error or "")
        for source in enabled
        if source.failing_since
    ]
    return Coverage(
        articles=counted.articles,
        publishers=len({related.get(key, key) for key in keys}),
        teasers=counted.teasers,
        newest=counted.newest,
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
