"""Choose, rank, shorten: an edition from the material of a window, and what of it is news to a chat.

Pure: the same material gives the same edition. How a story is found, summarised and its positions gathered is left to
stories.py, summary.py and positions.py; how it looks to the channel. docs/briefing.md tells all of it to readers.
"""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from digests.editorial.families import copies, families, publisher_key
from digests.editorial.interests import matches, silent
from digests.editorial.issues import same
from digests.editorial.positions import actor_key, changes, contrary, lines
from digests.editorial.stories import Readings, group
from digests.editorial.summary import cite, headline, summarise
from digests.editorial.terms import centre, cosine, dice, stems, unit
from digests.models import (
    Actor,
    Article,
    Change,
    Citation,
    Coverage,
    Edition,
    FailingSource,
    FiledPosition,
    Interest,
    Kind,
    PositionLine,
    Source,
    Story,
    StoryBrief,
)

MOST = 5  # stories in one edition
WEIGHTS: Mapping[str, float] = {
    "publishers": 1.0,  # for each doubling of independent publishers
    "actors": 1.5,  # times the mean salience of the three actors that matter most
    "positions": 0.6,  # for each doubling of position lines
    "news": 0.4,  # for each doubling of lines that were never read before
    "changes": 1.2,  # for each change of position, two at most
    "recency": 1.0,  # times a half for each half day since the newest article
    "interests": 1.0,  # for each interest of the reader that it meets
    "repeats": -2.0,  # when a story above it has much the same headline, or the same actors and subject
}
"""What makes a story worth telling, in one table; `_score` adds it up and docs/briefing.md explains it."""

LINE_WEIGHTS: Mapping[str, float] = {
    "confidence": 1.0,
    "publishers": 0.25,  # for each doubling
    "salience": 0.8,  # times the actor's salience in the story
    "topic": 0.8,  # times the likeness of the issue to the story's headlines
    "teaser": -0.2,
}
"""What puts one line of a story before another; `line_weight` adds it up."""

_HALF_LIFE = timedelta(hours=12)
_LATE_SEEN = timedelta(days=2)  # an article first seen in the window may be this much older, as in Articles.window
_SALIENT = 0.3  # an actor less salient than this in an article is no news there
_ACTORS = 8  # actors named with a story
_SHOWN = 4  # lines that a reader sees at once, whose words the summary need not say again
_ALIKE_TITLES = 0.5
_ONE_SUBJECT = 0.35  # cosine of all headlines of two stories with the same actors
_UNHEARD = 0.5  # share of a headline's words that must be new for it to tell a new event


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


def make_edition(material: Material, *, most: int = MOST) -> Edition:
    """The edition of a window: its best stories, the followed subjects that were silent, and what it rests on.

    A story needs an article and news in the window, and something to tell: a position, or two independent publishers
    and a state, organisation or group among its actors. With interests, it must meet one of them. A quiet window gives
    few stories or none, never filler.
    """
    desk = _Desk(material)
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
    learnt after it, and shows only what was printed after it. Stories keep their order. Telling
    twice changes nothing.
    """
    if mark is None:
        return edition
    stories = tuple(news for story in edition.stories if (news := _news(story, mark, edition.until)))
    return replace(edition, stories=stories)


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


class _Desk:
    """Everything that making one brief after another needs to look up, worked out once."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.family = families(material.articles)
        self.reprints = {max(pair, key=self._when) for pair in copies(material.articles)}
        self.lines = lines(material.positions, self.family)
        self.changes = changes(material.positions)
        self.holding: dict[str, list[PositionLine]] = {}
        for line in self.lines:
            for one in (line.best, *line.others):
                held = self.holding.setdefault(one.citation.article_id, [])
                if line not in held[-1:]:
                    held.append(line)

    def _when(self, article_id: str) -> tuple[datetime, str]:
        dates = {article.id: article.dated for article in self.material.articles}
        return dates[article_id], article_id

    def brief(self, story: Story) -> StoryBrief | None:
        """The story as it may be told, with its score; None when it is not for this window or these readers."""
        since, until = self.material.since, self.material.until
        window = tuple(article for article in story.articles if in_window(article, since, until))
        if not window:
            return None
        actors = self._actors(story)
        held = self._lines(story, window, {actor_key(actor): salience for actor, salience in actors})
        publishers = len({self.family[article.id] for article in window})
        if not held and (publishers < 2 or all(actor.kind == Kind.PERSON for actor, _ in actors)):
            return None
        moved = self._changes(window)
        news = self._news(story, held, moved)
        if not any(time > since for time in news):
            return None
        met = [one for one in self.material.interests if matches(one, story, [actor for actor, _ in actors], held)]
        if self.material.interests and not met:
            return None
        brief = replace(self._written(story, window, [actor for actor, _ in actors], held), changes=moved, news=news)
        salience = sum(salience for _, salience in actors[:3]) / 3
        return replace(brief, score=self._score(brief, salience, len(met)))

    def _written(
        self, story: Story, window: tuple[Article, ...], actors: Sequence[Actor], held: Sequence[PositionLine]
    ) -> StoryBrief:
        told = Story(id=story.id, articles=window)
        lead = headline(told)
        shown = [line.best.position.evidence.text for line in held[:_SHOWN]]
        older = tuple(article for article in story.articles if article not in window)
        return StoryBrief(
            id=story.id,
            title=lead.title,
            title_from=cite(lead),
            sentences=summarise(told, title=lead.title, actors=actors[:_ACTORS], shown=shown),
            publishers=len({self.family[article.id] for article in window}),
            actors=tuple(actors[:_ACTORS]),
            positions=tuple(held),
            citations=tuple(cite(article) for article in (*window, *older)),
        )

    def _score(self, brief: StoryBrief, salience: float, met: int) -> float:
        """The weighted sum of how many independent outlets tell it, how salient its actors are, how much it says about
        who stands where, what of that is new or changed, how recent it is, and how many interests it meets."""
        until, since = self.material.until, self.material.since
        parts = {
            "publishers": math.log2(1 + brief.publishers),
            "actors": salience,
            "positions": math.log2(1 + len(brief.positions)),
            "news": math.log2(1 + sum(first_learnt(line, until) > since for line in brief.positions)),
            "changes": min(2, len(brief.changes)),
            "recency": math.pow(0.5, (until - brief.newest) / _HALF_LIFE),
            "interests": met,
        }
        return round(sum(WEIGHTS[name] * value for name, value in parts.items()), 4)

    def _actors(self, story: Story) -> list[tuple[Actor, float]]:
        """The story's actors with their mean salience over its articles, those that matter most first."""
        total: dict[Hashable, float] = {}
        known: dict[Hashable, Actor] = {}
        for article in story.articles:
            for actor, salience, _ in self.material.readings.get(article.id, ()):
                key = actor_key(actor)
                known.setdefault(key, actor)
                total[key] = total.get(key, 0.0) + salience / len(story.articles)
        ranked = sorted(total, key=lambda key: (-total[key], known[key].name))
        return [(known[key], total[key]) for key in ranked]

    def _lines(self, story: Story, window: Sequence[Article], salience: Mapping[Hashable, float]) -> list[PositionLine]:
        """Lines with evidence in the story's articles of the window, that evidence first; weighty and varied first."""
        ids = {article.id for article in window}
        found: dict[int, PositionLine] = {}
        for article in story.articles:
            for line in self.holding.get(article.id, ()):
                here = [one for one in (line.best, *line.others) if one.citation.article_id in ids]
                if here and id(line) not in found:
                    rest = tuple(one for one in (line.best, *line.others) if one not in here)
                    found[id(line)] = _led_by(line, here, rest, self.family)
        topic = centre([article.title for article in window])
        return _varied(list(found.values()), lambda line: line_weight(line, salience, topic))

    def _changes(self, window: Sequence[Article]) -> tuple[Change, ...]:
        ids = {article.id for article in window}
        return tuple(change for change in self.changes if change.after.citation.article_id in ids)

    def _news(self, story: Story, held: Sequence[PositionLine], moved: Sequence[Change]) -> tuple[datetime, ...]:
        """When something new came in: the first report, lines, changes, salient actors, headlines of a new event."""
        until = self.material.until
        times = {first_learnt(line, until) for line in held}
        times |= {learnt(change.after.citation, until) for change in moved}
        seen_actors: set[Hashable] = set()
        seen_words: set[str] = set()
        for article in sorted(story.articles, key=lambda one: (learnt(one, until), one.id)):
            if article.id in self.reprints:
                continue
            reading = self.material.readings.get(article.id, ())
            salient = {actor_key(actor) for actor, salience, _ in reading if salience >= _SALIENT}
            spoken = set(stems(article.title))
            unheard = len(spoken - seen_words) >= _UNHEARD * len(spoken) and len(spoken) > 2
            if not seen_words or salient - seen_actors or unheard:
                times.add(learnt(article, until))
            seen_actors |= {actor_key(actor) for actor, _, _ in reading}
            seen_words |= spoken | set(stems(article.text[:1500]))
        return tuple(sorted(times))


def _led_by(
    line: PositionLine, here: Sequence[FiledPosition], rest: tuple[FiledPosition, ...], family: Mapping[str, str]
) -> PositionLine:
    """The line with its evidence from this story first, counted by the publishers of this story."""
    local = lines(here, family)
    if len(local) != 1:  # phrases that only other articles held together: keep the line as it is
        local = (replace(line, best=here[0], others=tuple(here[1:])),)
    return replace(local[0], others=(*local[0].others, *rest))


def _varied(found: list[PositionLine], weight: Callable[[PositionLine], float]) -> list[PositionLine]:
    """Lines by weight, each actor's first line before anybody's second; a line and its contradiction side by side."""
    ordered = sorted(found, key=lambda line: (-weight(line), line.actor.name, line.best.id))
    turn: dict[Hashable, int] = {}
    ranked: list[tuple[int, int, PositionLine]] = []
    for place, line in enumerate(ordered):
        key = actor_key(line.actor)
        disputed = next((one for one in ranked if _disputes(one[2], line)), None)
        turn[key] = turn.get(key, -1) + (disputed is None)
        ranked.append((disputed[0], disputed[1], line) if disputed else (turn[key], place, line))
    return [line for _, _, line in sorted(ranked, key=lambda one: one[:2])]


def _disputes(one: PositionLine, other: PositionLine) -> bool:
    return (
        actor_key(one.actor) == actor_key(other.actor)
        and contrary(one.stance, other.stance)
        and same(one.issue, other.issue)
    )


def line_weight(line: PositionLine, salience: Mapping[Hashable, float], topic: Mapping[str, float]) -> float:
    """How much a line matters in its story: sure, told by many, by an actor that matters, on what the headlines say."""
    parts = {
        "confidence": line.best.position.confidence,
        "publishers": math.log2(line.publishers),
        "salience": salience.get(actor_key(line.actor), 0.0),
        "topic": cosine(unit(dict.fromkeys(stems(line.issue), 1.0)), topic),
        "teaser": line.best.citation.is_teaser,
    }
    return sum(LINE_WEIGHTS[name] * value for name, value in parts.items())


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
        publishers=len({publisher_key(article.publisher) for article in window if article.publisher}),
        teasers=sum(article.is_teaser for article in window),
        newest=max((article.dated for article in window), default=None),
        sources=len(enabled),
        failing=tuple(sorted(failing, key=lambda source: (source.since, source.title))),
    )


def _is_said_after(line: PositionLine, mark: datetime, until: datetime) -> bool:
    return any(learnt(one.citation, until) > mark for one in (line.best, *line.others))


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
        positions=tuple(line for line in story.positions if _is_said_after(line, mark, until)),
        changes=tuple(change for change in story.changes if learnt(change.after.citation, until) > mark),
        is_update=True,
    )
