"""One story written up: its articles of the window, actors, lines, changes and news, with what it is worth."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests.editorial.families import relatives
from digests.editorial.interests import matches
from digests.editorial.positions import actor_key, changes, lines, of_today
from digests.editorial.stories import central, place_all
from digests.editorial.summary import cite, headline, summarise
from digests.editorial.telling import contested, led_by, line_weight, varied
from digests.editorial.terms import centre, stems
from digests.editorial.window import ENOUGH, HALF_LIFE, WEIGHTS, Material, first_learnt, in_window, learnt
from digests.models import Actor, Article, Change, Kind, PositionLine, Story, StoryBrief

_SALIENT = 0.3  # an actor less salient than this in an article is no news there
_ACTORS = 8  # actors named with a story
_SHOWN = 4  # lines that a reader sees at once, whose words the summary need not say again
_UNHEARD = 0.5  # share of a headline's words that must be new for it to tell a new event
_COMPARED = 16  # reports of a story among which the most central are sought


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A story that may be told, with what it is worth; `Desk.write` makes a brief of it."""

    story: Story
    window: tuple[Article, ...]
    actors: tuple[tuple[Actor, float], ...]
    held: tuple[PositionLine, ...]
    moved: tuple[Change, ...]
    publishers: int
    score: float


class Desk:
    """Everything that making one brief after another needs to look up, worked out once."""

    def __init__(self, material: Material) -> None:
        self.material = material
        strays = [article for article in material.articles if article.id not in material.placements]
        self.placements = {**material.placements, **place_all(strays, material.readings)}
        related = relatives(material.families)
        self.family = {name: related.get(one.voice, one.voice) for name, one in self.placements.items()}
        self.reprints = {name for name, one in self.placements.items() if one.copy_of}
        self.lines = lines(of_today(material.positions), self.family)
        self.changes = changes(material.positions)
        self.holding: dict[str, list[PositionLine]] = {}
        for line in self.lines:
            for one in (line.best, *line.others):
                held = self.holding.setdefault(one.citation.article_id, [])
                if line not in held[-1:]:
                    held.append(line)

    def weigh(self, story: Story) -> Weighed | None:
        """The story with its score; None when it is not for this window or these readers."""
        since, until = self.material.since, self.material.until
        window = tuple(article for article in story.articles if in_window(article, since, until))
        if not window:
            return None
        actors = self._actors(story)
        held = self._lines(story, window, {actor_key(actor): salience for actor, salience in actors})
        publishers = len({self.family[article.id] for article in window})
        if not held and (publishers < 2 or all(actor.kind == Kind.PERSON for actor, _ in actors)):
            return None
        met = [one for one in self.material.interests if matches(one, story, [actor for actor, _ in actors], held)]
        if self.material.interests and not met:
            return None
        moved = self._changes(window)
        weighed = Weighed(
            story=story,
            window=window,
            actors=tuple(actors),
            held=tuple(held),
            moved=moved,
            publishers=publishers,
            score=0.0,
        )
        return replace(weighed, score=self._score(weighed, len(met)))

    def write(self, weighed: Weighed) -> StoryBrief | None:
        """The story as it may be told; None when nothing of it is new in the window."""
        news = self._news(weighed)
        if not any(time > self.material.since for time in news):
            return None
        told = Story(id=weighed.story.id, articles=self._central(weighed.window))
        lead = headline(replace(told, articles=told.articles[:_COMPARED]))
        shown = [line.best.position.evidence.text for line in weighed.held[:_SHOWN]]
        inside = {article.id for article in weighed.window}
        older = tuple(article for article in weighed.story.articles if article.id not in inside)
        actors = tuple(actor for actor, _ in weighed.actors[:_ACTORS])
        return StoryBrief(
            id=told.id,
            title=lead.title,
            title_from=cite(lead),
            sentences=summarise(told, title=lead.title, actors=actors, shown=shown),
            publishers=weighed.publishers,
            actors=actors,
            positions=weighed.held,
            changes=weighed.moved,
            citations=tuple(cite(article) for article in (*told.articles, *older)),
            score=weighed.score,
            news=news,
        )

    def _central(self, window: Sequence[Article]) -> tuple[Article, ...]:
        """The reports of the window, the most central first; reprints and what is more than enough stand behind."""
        own = [article for article in window if article.id not in self.reprints] or list(window)
        compared = central(own[-_COMPARED:])
        done = {article.id for article in compared}
        return (*compared, *(article for article in window if article.id not in done))

    def _score(self, story: Weighed, met: int) -> float:
        """The weighted sum of how many independent outlets tell it, how salient its actors are and how many states are
        among them, how much it says of who stands where, what of that is new or changed, how recent it is, and how many
        interests it meets."""
        until, since = self.material.until, self.material.since
        newest = max(article.dated for article in story.story.articles)
        parts = {
            "publishers": math.log2(1 + story.publishers),
            "actors": sum(salience for _, salience in story.actors[:3]) / 3,
            "states": min(2, max(0, len(self._states(story)) - 1)),
            "positions": math.log2(1 + min(ENOUGH, len(story.held))),
            "news": math.log2(1 + min(ENOUGH, sum(first_learnt(line, until) > since for line in story.held))),
            "changes": min(2, len(story.moved)),
            "recency": math.pow(0.5, (until - newest) / HALF_LIFE),
            "interests": met,
        }
        return round(sum(WEIGHTS[name] * value for name, value in parts.items()), 4)

    def _states(self, story: Weighed) -> set[str]:
        """The states among its four main actors, or that these belong to."""
        main = [actor for actor, salience in story.actors[:4] if salience >= _SALIENT / 2]
        return {actor.name if actor.kind is Kind.STATE else actor.state or "" for actor in main} - {""}

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
                    found[id(line)] = led_by(here, rest, self.family)
        topic = centre([article.title for article in window[-_COMPARED:]])
        holders = contested(list(found.values()))
        return varied(list(found.values()), lambda line: line_weight(line, salience, topic, holders))

    def _changes(self, window: Sequence[Article]) -> tuple[Change, ...]:
        ids = {article.id for article in window}
        return tuple(change for change in self.changes if change.after.citation.article_id in ids)

    def _news(self, weighed: Weighed) -> tuple[datetime, ...]:
        """When something new came in: the first report, lines, changes, salient actors, headlines of a new event."""
        until = self.material.until
        times = {first_learnt(line, until) for line in weighed.held}
        times |= {learnt(change.after.citation, until) for change in weighed.moved}
        seen_actors: set[Hashable] = set()
        seen_words: set[str] = set()
        for article in sorted(weighed.story.articles, key=lambda one: (learnt(one, until), one.id)):
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
