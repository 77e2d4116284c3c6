"""What belongs together: articles that report the same event become one story.

One pass in order of arrival, without a look ahead: each article joins the open story it is likest, or starts one, and
stays there (single-pass clustering: Allan, Papka and Lavrenko 1998). Likeness is the cosine of TF-IDF vectors and of
the titles alone, less what time and other actors take away; rarity is counted over what came before
(`group`, which has the whole window, counts that). Reports that name
nobody and no place in common never join. A wrong merge costs more than a split, so what joins must be clearly alike,
the more so the more stories are open. What a story is worth is briefing.py's.
"""

import heapq
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from digests.editorial.copies import Reprints, Sketch, from_wire, sketch
from digests.editorial.families import voice_of
from digests.editorial.terms import STOP, cosine, stem, stems, unit
from digests.models import Actor, Article, Placement, Story
from digests.text import fold, short_id

Reading = Sequence[tuple[Actor, float, int]]
"""An article's actors with salience and number of mentions."""

Readings = Mapping[str, Reading]
"""By article id: its reading, as `Articles.readings` returns them."""

_OPENING = 4_000  # characters of the text that are compared: news tells the event first
_LEAD = 1_500  # characters of the text by which the most central report is found
_LINES = 500  # characters of the text in which names are looked for
_NAME = re.compile(r"(?<=[^\s.!?:“”\"]\s)([A-ZÀ-Ý][\w’'-]+)")
_TERMS = 60  # heaviest terms kept for each article
_TITLE = 4  # a word of the title counts as often as this
_DAMPING = 0.8  # power of the rarity: a word that only two reports share proves less than its rarity says
_ASKED = 20  # heaviest terms by which rivals are looked up
_POSTED = 40  # stories remembered for each term, the last touched: older ones are found by rarer terms
_RIVALS = 12  # stories that are compared in full
_OPEN = timedelta(days=4)  # an event is reported for days; a story silent for longer is closed
_ALIKE = 0.12  # lowest likeness that joins, all told, when one story is open
_CROWD = 0.11  # what is asked for each ten times as many: the more there are, the likelier one is alike by chance
_TITLES = 0.2  # what wholly equal titles add
_ACTORS = 0.08  # what the same actors, as salient, add and wholly different ones take away
_GRACE = timedelta(hours=12)  # outlets report one event within half a day
_PER_DAY = 0.07  # what each day between takes away after that
_UNDATED = 0.03  # what is taken away when the days between are not known
_DAY = timedelta(days=1)
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)  # when an article was seen of which nothing is known


@dataclass(frozen=True, slots=True)
class _Look:
    """What is compared of an article: vectors of its words and title, its actors, its names, its date if known.

    `stems` are all its words, which count for rarity; `sketch` is what shows reprints.
    """

    words: dict[str, float]
    title: dict[str, float]
    actors: dict[str, float]
    names: frozenset[str]
    when: datetime | None
    stems: tuple[str, ...] = ()
    sketch: Sketch | None = None

    def wire(self) -> str:
        """As JSON, which `_recalled` takes."""
        return json.dumps(
            {
                "words": {term: round(weight, 4) for term, weight in self.words.items()},
                "title": {term: round(weight, 4) for term, weight in self.title.items()},
                "actors": self.actors,
                "names": sorted(self.names),
                "when": self.when.isoformat() if self.when else None,
                "stems": " ".join(self.stems),
                "sketch": self.sketch.wire() if self.sketch else None,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


def _recalled(wire: str) -> _Look:
    held = json.loads(wire)
    return _Look(
        words=held["words"],
        title=held["title"],
        actors=held["actors"],
        names=frozenset(held["names"]),
        when=datetime.fromisoformat(held["when"]) if held["when"] else None,
        stems=tuple(held["stems"].split()),
        sketch=from_wire(held["sketch"]) if held["sketch"] else None,
    )


@dataclass(slots=True)
class _Open:
    """A story while it grows: the sum of its articles' vectors and the square of its length, and what they name."""

    id: str
    words: dict[str, float] = field(default_factory=dict)
    square: float = 0.0
    titles: list[dict[str, float]] = field(default_factory=list)
    actors: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    first: datetime | None = None
    last: datetime | None = None

    def add(self, look: _Look) -> None:
        self.square += 2 * cosine(look.words, self.words) + 1.0
        for term, weight in look.words.items():
            self.words[term] = self.words.get(term, 0.0) + weight
        self.titles = [*self.titles[-7:], look.title]
        self.actors.update(look.actors)
        self.names |= look.names
        if look.when:
            self.first = min(self.first or look.when, look.when)
            self.last = max(self.last or look.when, look.when)

    def away(self, when: datetime | None) -> timedelta | None:
        """How long before its first or after its last report `when` is; None where that is not known."""
        if when is None or self.first is None or self.last is None:
            return None
        return max(self.first - when, when - self.last, timedelta())


class Stories:
    """The stories of a stream of articles, reprints folded first. What it holds grows; what an article costs does not.

    `known` are articles that are there already: words that many of them use are common from the first one on.
    """

    def __init__(self, known: Iterable[Article] = ()) -> None:
        self._seen: Counter[str] = Counter()
        self._count = 0
        self._rarities: dict[int, float] = {}  # by how many of so many articles have a term
        self._rarities_of = 0
        self._counted: dict[str, Counter[str]] = {}
        self._begun: Counter[int] = Counter()  # stories by the day of their first report; 0 is an unknown day
        self._stories: dict[str, _Open] = {}
        self._posted: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._reprints = Reprints()
        self._placed: dict[str, tuple[str, str]] = {}  # by article: its story and its voice
        self.expect(known)

    def expect(self, articles: Iterable[Article]) -> None:
        """Count the words of articles that are about to be added."""
        for article in articles:
            if article.id not in self._placed:
                self._counted[article.id] = self._count_words(article)

    def add(self, article: Article, reading: Reading = ()) -> str:
        """The id of the story that `article` joins or starts; a story's id comes from its first article's."""
        return self._add(article, reading)[0].story

    def place(self, article: Article, reading: Reading = ()) -> Placement:
        """The same with whose voice it is, which article it reprints, and what `recall` needs to know of it later."""
        placement, look = self._add(article, reading)
        return replace(placement, look=look.wire())

    def recall(self, placement: Placement) -> None:
        """Take up an article that was placed before, exactly as it was."""
        if placement.article_id in self._placed:
            return
        look = _recalled(placement.look)
        self._seen.update(look.stems)
        self._count += 1
        self._reprints.add(placement.article_id, look.sketch)
        self._join(placement, look)

    def _add(self, article: Article, reading: Reading) -> tuple[Placement, _Look]:
        look = self._look(article, reading)
        original = self._reprints.add(article.id, look.sketch)
        story = self._likest(look, self._placed[original][0] if original else None)
        placement = Placement(
            article_id=article.id,
            story=story.id if story else short_id("story", article.id),
            voice=self._placed[original][1] if original else voice_of(article),
            copy_of=original,
        )
        self._join(placement, look)
        return placement, look

    def _join(self, placement: Placement, look: _Look) -> None:
        story = self._stories.get(placement.story)
        if story is None:
            story = self._stories[placement.story] = _Open(id=placement.story)
            self._begun[look.when.toordinal() if look.when else 0] += 1
        story.add(look)
        self._placed[placement.article_id] = placement.story, placement.voice
        for term in look.words:
            posted = self._posted[term]
            posted.pop(story.id, None)
            posted[story.id] = None
            if len(posted) > _POSTED:
                del posted[next(iter(posted))]

    def _look(self, article: Article, reading: Reading) -> _Look:
        counts = self._counted.pop(article.id, None) or self._count_words(article)
        return _Look(
            words=self._vector(counts, _TERMS),
            title=self._vector(Counter(stems(article.title)), _TERMS),
            actors={str(actor.id or actor.name): salience for actor, salience, _ in reading if salience > 0},
            names=_names(article),
            when=article.published_at or (article.seen_at if article.seen_at > _UNKNOWN else None),
            stems=tuple(counts),
            sketch=sketch(article.text),
        )

    def _count_words(self, article: Article) -> Counter[str]:
        counts = Counter(stems(article.text[:_OPENING]))
        for term in stems(article.title):
            counts[term] += _TITLE
        self._seen.update(counts.keys())
        self._count += 1
        return counts

    def _vector(self, counts: Mapping[str, int], keep: int) -> dict[str, float]:
        """(1 + ln tf) x damped ln(1 + N / df) at length 1, the heaviest terms first (after Sparck Jones 1972)."""
        total = self._count
        if self._rarities_of != total:
            self._rarities, self._rarities_of = {}, total
        raw = [((-1 - math.log(count)) * self._rarity(self._seen[term]), term) for term, count in counts.items()]
        raw.sort()
        return unit({term: -weight for weight, term in raw[:keep]})

    def _rarity(self, held: int) -> float:
        known = self._rarities.get(held)
        if known is None:
            known = self._rarities[held] = math.log(1 + self._count / (held + 1)) ** _DAMPING
        return known

    def _likest(self, look: _Look, home: str | None) -> _Open | None:
        """The story that it joins: that of the article it reprints while it is open, else the likest one."""
        if home is not None:
            story = self._stories[home]
            if (story.away(look.when) or timedelta()) <= _OPEN and not _strangers(look.names, story.names):
                return story
        shared: defaultdict[str, float] = defaultdict(float)
        for term, weight in list(look.words.items())[:_ASKED]:
            for story_id in self._posted.get(term, ()):
                shared[story_id] += weight * weight
        rivals = heapq.nlargest(_RIVALS, zip(shared.values(), shared, strict=True))
        best, chosen = _ALIKE + _CROWD * math.log10(1 + self._open(look.when)), None
        for _, story_id in rivals:
            likeness = _likeness(look, self._stories[story_id], best)
            if likeness > best:
                best, chosen = likeness, self._stories[story_id]
        return chosen

    def _open(self, when: datetime | None) -> int:
        """How many stories began about then, or on a day unknown; all of them where `when` is."""
        if when is None:
            return len(self._stories)
        day = when.toordinal()
        return self._begun[0] + sum(self._begun[day + far] for far in range(-_OPEN.days, _OPEN.days + 1))


def place_all(articles: Iterable[Article], readings: Readings, stream: Stories | None = None) -> dict[str, Placement]:
    """Where each of some articles belongs, by its id.

    They stream by in order of their dates, whatever their order here, so that the same articles always give the same
    stories; all their words are counted first.
    """
    ordered = sorted({article.id: article for article in articles}.values(), key=lambda one: (one.dated, one.id))
    stream = Stories() if stream is None else stream
    stream.expect(ordered)
    return {article.id: stream.place(article, readings.get(article.id, ())) for article in ordered}


def gather(articles: Iterable[Article], placements: Mapping[str, Placement]) -> tuple[Story, ...]:
    """The stories of placed articles in order of their first report, each with its articles by date."""
    gathered: dict[str, list[Article]] = {}
    for article in sorted(articles, key=lambda one: (one.dated, one.id)):
        gathered.setdefault(placements[article.id].story, []).append(article)
    return tuple(Story(id=name, articles=tuple(found)) for name, found in gathered.items())


def group(articles: Sequence[Article], readings: Readings) -> tuple[Story, ...]:
    """The stories of `articles`, in order of their first report; each article is in exactly one, the most central
    first."""
    found = gather({one.id: one for one in articles}.values(), place_all(articles, readings))
    return tuple(Story(id=story.id, articles=central(story.articles)) for story in found)


def central(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles of one story, those first that have most words in common with the others."""
    if len(articles) < 2:
        return tuple(articles)
    told = {one.id: dict.fromkeys([*stems(one.title), *stems(one.text[:_LEAD])], 1.0) for one in articles}
    middle = unit(Counter(term for terms in told.values() for term in terms))
    nearness = {name: cosine(unit(terms), middle) for name, terms in told.items()}
    return tuple(sorted(articles, key=lambda one: (-nearness[one.id], one.dated, one.id)))


def _likeness(look: _Look, story: _Open, best: float) -> float:
    """How alike they are; 0.0 for one that can't come to more than `best`."""
    away = story.away(look.when)
    if (away is not None and away > _OPEN) or _strangers(look.names, story.names):
        return 0.0
    likeness = cosine(look.words, story.words) / math.sqrt(story.square)
    if likeness + _TITLES + _ACTORS < best:
        return 0.0
    likeness += _TITLES * max(cosine(look.title, title) for title in story.titles)
    likeness += _ACTORS * _agreement(look.actors, story.actors)
    return likeness - (_UNDATED if away is None else _PER_DAY * (max(away, _GRACE) - _GRACE) / _DAY)


def _names(article: Article) -> frozenset[str]:
    """Stems of the capitalised words of the headline and the first lines, but for those that begin a sentence."""
    found = map(_named, set(_NAME.findall(f"{article.title}.\n{article.text[:_LINES]}")))
    return frozenset(name for name in found if name)


@lru_cache(maxsize=10_000)
def _named(word: str) -> str:
    """The stem of a name; "" for a word that names nothing."""
    name = fold(word)
    return "" if name in STOP else stem(name)


def _strangers(one: Iterable[str], other: set[str]) -> bool:
    """Whether both name somebody or some place, and nobody and no place in common: a strike there is not one here."""
    return bool(one) and bool(other) and other.isdisjoint(one)


def _agreement(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """From -1 (all actors differ) to 1 (the same, as salient); 0 when either names none."""
    return 2 * cosine(unit(one), unit(other)) - 1 if one and other else 0.0
