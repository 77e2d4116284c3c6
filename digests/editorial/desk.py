"""One story written up: its articles of the window, actors, lines, changes and news, with what it is worth."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digests.editorial.families import copies, families
from digests.editorial.interests import matches
from digests.editorial.positions import actor_key, changes, lines
from digests.editorial.summary import cite, headline, summarise
from digests.editorial.telling import contested, led_by, line_weight, varied
from digests.editorial.terms import centre, stems
from digests.editorial.window import Material, first_learnt, in_window, learnt
from digests.models import Actor, Article, Change, Kind, PositionLine, Story, StoryBrief

WEIGHTS: Mapping[str, float] = {
    "publishers": 1.5,  # for each doubling of independent publishers
    "actors": 1.5,  # times the mean salience of the three actors that matter most
    "positions": 0.4,  # for each doubling of position lines, eight at most
    "news": 0.3,  # for each doubling of lines that were never read before, eight at most
    "changes": 1.2,  # for each change of position, two at most
    "recency": 1.0,  # times a half for each half day since the newest article
    "interests": 1.0,  # for each interest of the reader that it meets
    "repeats": -2.0,  # when a story above it has much the same headline, or the same actors and subject
}
"""What makes a story worth telling, in one table; `Desk` adds it up and docs/briefing.md explains it."""

_HALF_LIFE = timedelta(hours=12)
_SALIENT = 0.3  # an actor less salient than this in an article is no news there
_ACTORS = 8  # actors named with a story
_ENOUGH = 8  # lines beyond these make a story no weightier: one long article holds dozens
_SHOWN = 4  # lines that a reader sees at once, whose words the summary need not say again
_UNHEARD = 0.5  # share of a headline's words that must be new for it to tell a new event


class Desk:
    """Everything that making one brief after another needs to look up, worked out once."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.copies = copies(material.articles)
        self.family = families(material.articles, self.copies)
        when = {article.id: (article.dated, article.id) for article in material.articles}
        self.reprints = {max(pair, key=when.__getitem__) for pair in self.copies}
        self.lines = lines(material.positions, self.family)
        self.changes = changes(material.positions)
        self.holding: dict[str, list[PositionLine]] = {}
        for line in self.lines:
            for one in (line.best, *line.others):
                held = self.holding.setdefault(one.citation.article_id, [])
                if line not in held[-1:]:
                    held.append(line)

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
            "positions": math.log2(1 + min(_ENOUGH, len(brief.positions))),
            "news": math.log2(1 + min(_ENOUGH, sum(first_learnt(line, until) > since for line in brief.positions))),
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
                    found[id(line)] = led_by(line, here, rest, self.family)
        topic = centre([article.title for article in window])
        holders = contested(list(found.values()))
        return varied(list(found.values()), lambda line: line_weight(line, salience, topic, holders))

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
