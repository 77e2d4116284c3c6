"""What belongs together: articles that report the same event become one story.

One pass in order of arrival: each article joins the likeliest story that is open, or starts one. Likeness is the
cosine of TF-IDF vectors (title words count thrice), less what different actors and the time between take away.
A wrong merge costs more than a split, so what joins must be clearly alike. What a story is worth is briefing.py's.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digests.editorial.families import Pairs, copies
from digests.editorial.terms import STOP, cosine, stem, stems, unit, vector, weights_of_rarity
from digests.models import Actor, Article, Story
from digests.text import fold, short_id

Readings = Mapping[str, Sequence[tuple[Actor, float, int]]]
"""By article id: its actors with salience and number of mentions, as `Articles.readings` returns them."""

_OPENING = 2_500  # characters of the text that are compared: news tells the event first
_LINES = 300  # characters of the text in which names are looked for
_NAME = re.compile(r"(?<=[^\s.!?:“”\"]\s)([A-ZÀ-Ý][\w’'-]+)")
_TERMS = 60  # heaviest terms kept for each article
_TITLE = 3  # a word of the title counts as often as this
_OPEN = timedelta(days=4)  # an event is reported for days; a story silent for longer is closed
_ALIKE = 0.19  # lowest likeness that joins, after the actors and the time have had their say
_ACTORS = 0.08  # what wholly different actors take away; shared ones are among the words already
_PER_DAY = 0.03  # what each day between takes away


@dataclass(slots=True)
class _Open:
    """A story while it grows: its articles, the sum of their vectors, its actors and its last report."""

    articles: list[Article] = field(default_factory=list)
    total: dict[str, float] = field(default_factory=dict)
    actors: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    last: datetime | None = None
    length: float = 0.0

    def add(self, article: Article, weights: Mapping[str, float], actors: Mapping[str, float]) -> None:
        self.articles.append(article)
        self.last = max(self.last or article.dated, article.dated)
        self.actors.update(actors)
        self.names |= _names(article)
        for term, weight in weights.items():
            self.total[term] = self.total.get(term, 0.0) + weight
        self.length = math.sqrt(sum(weight * weight for weight in self.total.values()))


def group(articles: Sequence[Article], readings: Readings, pairs: Pairs | None = None) -> tuple[Story, ...]:
    """The stories of `articles`, in order of their first report; each article is in exactly one.

    A story's id comes from its first article's, its articles stand with the most central first. The order of the
    arguments does not matter; `pairs` are the articles' `families.copies`, if known already. Cost grows with the terms
    that articles share, not with all pairs.
    """
    ordered = sorted({article.id: article for article in articles}.values(), key=lambda one: (one.dated, one.id))
    vectors = vectors_of(ordered)
    originals = _originals(ordered, copies(ordered) if pairs is None else pairs)
    stories: list[_Open] = []
    holding: defaultdict[str, set[int]] = defaultdict(set)
    home: dict[str, int] = {}
    for article in ordered:
        actors = _actors(readings.get(article.id, ()))
        index = home.get(originals.get(article.id, ""), -1)
        if index < 0:
            index = _likeliest(article, vectors[article.id], actors, stories, holding)
        if index < 0:
            index = len(stories)
            stories.append(_Open())
        stories[index].add(article, vectors[article.id], actors)
        home[article.id] = index
        for term in vectors[article.id]:
            holding[term].add(index)
    return tuple(_closed(story, vectors) for story in stories)


def vectors_of(articles: Sequence[Article]) -> dict[str, dict[str, float]]:
    """By article id, the TF-IDF vector of its title and opening."""
    counts = {article.id: _counts(article) for article in articles}
    rarity = weights_of_rarity(list(counts.values()))
    return {article_id: vector(count, rarity, keep=_TERMS) for article_id, count in counts.items()}


def _counts(article: Article) -> Counter[str]:
    counts = Counter(stems(article.text[:_OPENING]))
    for term in stems(article.title):
        counts[term] += _TITLE
    return counts


def _originals(ordered: Sequence[Article], pairs: Pairs) -> dict[str, str]:
    """By article id, the earlier article that it is a near-duplicate of."""
    place = {article.id: number for number, article in enumerate(ordered)}
    found: dict[str, str] = {}
    for pair in pairs:
        first, second = (ordered[number] for number in sorted(place[article_id] for article_id in pair))
        if second.dated - first.dated <= _OPEN and not _strangers(_names(first), _names(second)):
            found.setdefault(second.id, first.id)
    return found


def _actors(reading: Sequence[tuple[Actor, float, int]]) -> dict[str, float]:
    return {str(actor.id or actor.name): salience for actor, salience, _ in reading if salience > 0}


def _likeliest(
    article: Article,
    weights: Mapping[str, float],
    actors: Mapping[str, float],
    stories: Sequence[_Open],
    holding: Mapping[str, set[int]],
) -> int:
    """The index of the open story that `article` joins, or -1."""
    shared: Counter[int] = Counter()
    for term, weight in weights.items():
        for index in holding.get(term, ()):
            shared[index] += weight * stories[index].total[term]  # type: ignore[assignment]
    best, chosen, names = _ALIKE, -1, _names(article)
    for index, dot in sorted(shared.items()):
        story = stories[index]
        if story.last is None or article.dated - story.last > _OPEN or _strangers(names, story.names):
            continue
        days = abs((article.dated - story.last).total_seconds()) / 86_400
        likeness = dot / story.length + _ACTORS * _agreement(actors, story.actors) - _PER_DAY * days
        if likeness > best:
            best, chosen = likeness, index
    return chosen


def _names(article: Article) -> set[str]:
    """Stems of the capitalised words of the headline and the first lines, but for those that begin a sentence."""
    found = {fold(name[1]) for name in _NAME.finditer(f"{article.title}.\n{article.text[:_LINES]}")}
    return {stem(name) for name in found - STOP}


def _strangers(one: set[str], other: set[str]) -> bool:
    """Whether both name somebody or some place, and nobody and no place in common: a strike there is not one here."""
    return bool(one) and bool(other) and not one & other


def _agreement(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """From -1 (all actors differ) to 0 (half of them or more are shared, as salient); 0 when either names none."""
    if not one or not other:
        return 0.0
    return min(0.0, 2 * cosine(unit(one), unit(other)) - 1)


def _closed(story: _Open, vectors: Mapping[str, Mapping[str, float]]) -> Story:
    centre = unit(story.total)
    central = sorted(story.articles, key=lambda one: (-cosine(vectors[one.id], centre), one.dated, one.id))
    return Story(id=short_id("story", story.articles[0].id), articles=tuple(central))
