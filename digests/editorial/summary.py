"""What happened, in the articles' own words: a headline and at most two sentences, each an exact span of one article.

A sentence is chosen when it is central to the story, early in its article, about the story's actors, and can stand
alone. Nothing is ever rewritten; a story without such a sentence has none.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from digests.editorial.sentences import Piece, split
from digests.editorial.terms import STOP, cosine, dice, stems, unit, vector, weights_of_rarity, words
from digests.languages.world import adjective_states, demonym_states, name_states
from digests.models import Actor, Article, Citation, Sentence, Story
from digests.text import fold

MOST = 2
WORDS = 60  # that all sentences of a story have together
LENGTH = range(8, 46)  # words a sentence may have
_READ = 20  # sentences of each article that say what it is about
_EARLY = 8  # of these, the first ones may be chosen: news tells the event first
_OPENING = 8  # of these, the very first
_ARTICLES = 8  # articles of a story that are looked at, the most central first
_ADDS = 0.3  # share of a sentence's terms that are in nothing told before it, the headline included
_SHOWN = 0.75  # Dice with a piece of evidence above which a sentence says little more
_WEIGHTS = {
    "central": 1.0,  # times the likeness to what the first sentences of all articles share
    "opening": 0.4,  # ... to what their very first ones share
    "titles": 1.0,  # ... to the headlines of all outlets
    "early": 0.3,
    "actors": 0.25,
    "teaser": -0.1,
    "shown": -0.3,
}
"""What makes a sentence tell a story; tuned on allsides_dev (docs/briefing.md)."""

_HEADS = """
    he she it they his her hers its their him them this that these those such there here who which and but or so nor yet
    also meanwhile moreover furthermore however instead then still thus therefore otherwise later earlier afterwards
    both neither another other others some many most one asked speaking additionally nevertheless nonetheless we i you
    our my your let if no yes not
"""
_PHRASES = (
    r"for (his|her|its|their) part|in (addition|response|turn|contrast|return|reply)|on the other hand|by contrast|"
    r"at the same time|as a result|after (that|this|the talks|the meeting)"
)
_THE = """
    former latter two pair group move decision statement minister president official officials spokesman spokeswoman
    spokesperson talks visit meeting announcement comment comments remark remarks ministry attack deal vote plan
    proposal war report
"""
_NAMED = r"(?! (of|in|on|at|between|from|to|for|by|over|with)\b)"  # "the war in Gaza" says which war
_DANGLING = re.compile(
    rf"^[\"“'‘]?({'|'.join(_HEADS.split())}|{_PHRASES}|(the|a) ({'|'.join(_THE.split())}){_NAMED})\b", re.IGNORECASE
)
_HANGING = re.compile(r"\b(he|she|they|it) (said|says|added|told \w+|wrote|noted|warned|explained|insisted)[.”\"]*$")
_PRONOUN = re.compile(r"\b(?:he|she)\b")
_NAMED_ONE = re.compile(r"\b[A-ZÀ-Ý][\w’'-]+")
_SOMEBODY = re.compile(
    r"\b(?:an?|the|one|his|her|their|its|whose) (?:[\w’'-]+ ){0,4}?(?:man|woman|boy|girl|father|mother|son|daughter|"
    r"president|minister|leader|official|spokesman|spokeswoman|spokesperson|ambassador|envoy|general|candidate|"
    r"lawmaker|senator|governor|mayor|king|queen|chancellor|premier|secretary|judge|lawyer|soldier|officer|doctor)\b|"
    r"\b(?:who|someone|somebody|anyone|everyone)\b",
    re.IGNORECASE,
)
_SOMEWHERE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|[Tt]o|[Oo]n) (?:[A-ZÀ-Ý][\w’'-]+ ?)+")
_NOBODY = frozenset(
    fold(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
        "September October November December North South East West Northern Southern Eastern Western Middle Europe "
        "Africa Asia America Strip Bank"
    ).split()
)
_FURNITURE = re.compile(
    r"©|copyright|all rights reserved|subscribe|newsletter|sign up|click here|read more|follow us|leave a reply|"
    r"e-?mail address|cookies|advertisement|photo:|image:|getty images|contributed to this report|reporting by|"
    r"editing by|https?://|www\.|@\w",
    re.IGNORECASE,
)
_LURE = re.compile(
    r"^(opinion|analysis|explainer|explained|watch|video|live|live updates?|in pictures|photos|podcast|editorial|"
    r"comment|q&a|factbox|timeline|fact check|newsletter|morning briefing|breaking|exclusive|listen)\s*[:|–—-]|"
    r"\b(you need to know|what we know|here['’]s (why|what|how)|won['’]t believe|everything you need|live updates|"
    r"live blog|as it happened|in \d+ (charts|photos|pictures)|\d+ (things|takeaways)|things to know|what to know)\b|"
    r"\?\s*$",
    re.IGNORECASE,
)
_A_DAY = timedelta(days=1)
_TITLE_LENGTH = range(25, 111)  # characters of a headline that fits two lines of a chat


@dataclass(frozen=True, slots=True)
class _Candidate:
    piece: Piece
    article: Article
    terms: frozenset[str]
    score: float


def cite(article: Article) -> Citation:
    """What a line needs to point at `article`."""
    return Citation(
        article_id=article.id,
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        published_at=article.published_at,
        seen_at=article.seen_at,
        is_teaser=article.is_teaser,
    )


def headline(story: Story) -> Article:
    """The article whose title tells the story best: like the others, no lure, not too long or old; never changed."""
    titled = [article for article in story.articles if article.title.strip()] or list(story.articles)
    counts = {article.id: dict.fromkeys(stems(article.title), 1.0) for article in titled}
    rarity = weights_of_rarity(list(counts.values()))
    spoken: dict[str, float] = {}
    for article in titled:
        for term in {*stems(article.title), *stems(article.text[:600])}:
            spoken[term] = spoken.get(term, 0.0) + 1.0
    centre = unit(spoken)
    newest = max(article.dated for article in titled)

    def merit(place: int, article: Article) -> float:
        alike = cosine(vector(counts[article.id], rarity), centre)
        lure = 0.6 if _LURE.search(article.title) else 0.0
        shout = 0.3 if article.title.isupper() else 0.0
        misfit = 0.0 if len(article.title) in _TITLE_LENGTH else 0.25
        old = 0.25 * min(1.0, (newest - article.dated) / _A_DAY)  # "to meet" gives way to "wrap up"
        return alike - lure - shout - misfit - old - 0.02 * place

    return max(enumerate(titled), key=lambda pair: (merit(*pair), -pair[0]))[1]


def summarise(
    story: Story, *, title: str = "", actors: Sequence[Actor] = (), shown: Sequence[str] = (), most: int = MOST
) -> tuple[Sentence, ...]:
    """At most `most` sentences, of `WORDS` words together, that tell `story` beside its headline. Deterministic.

    A sentence that says little more than one of the words `shown` as evidence anyway counts for less. The best
    comes first, but sentences of one article keep its order.
    """
    candidates = _candidates(story, actors, [frozenset(stems(words)) for words in shown])
    chosen: list[_Candidate] = []
    told = set(stems(title))
    room = WORDS
    for candidate in sorted(
        candidates, key=lambda one: (-one.score, one.article.dated, one.article.id, one.piece.start)
    ):
        length = len(candidate.piece.text.split())
        if length <= room and len(candidate.terms - told) >= _ADDS * len(candidate.terms):
            chosen.append(candidate)
            told |= candidate.terms
            room -= length
        if len(chosen) == most:
            break
    if len({one.article.id for one in chosen}) == 1:
        chosen.sort(key=lambda one: one.piece.start)
    return tuple(
        Sentence(text=one.piece.text, citation=cite(one.article), start=one.piece.start, end=one.piece.end)
        for one in chosen
    )


def stands_alone(sentence: str) -> bool:
    """Whether a sentence can be read without the one before: no dangling word at its head, no half quotation."""
    length = len(sentence.split())
    if length not in LENGTH or sentence[-1] not in '.!?”"’…)' or sentence.endswith("?"):
        return False
    head = sentence.lstrip("“\"'‘")[:1]
    if not (head.isupper() or head.isdigit()) or _DANGLING.match(sentence) or _FURNITURE.search(sentence):
        return False
    if _HANGING.search(sentence) or sentence.endswith(("…", "...")) or _nobody_is_meant(sentence):
        return False
    if (
        sentence.count("“") != sentence.count("”")
        or sentence.count('"') % 2
        or sentence.count("(") != sentence.count(")")
    ):
        return False
    letters = [char for char in sentence if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) < 0.4 * len(letters)


def _nobody_is_meant(sentence: str) -> bool:
    """Whether a "he" or "she" comes before anybody whom it may mean: a name that is no state's, or a man or a woman."""
    pronoun = _PRONOUN.search(sentence)
    if pronoun is None:
        return False
    before = _SOMEWHERE.sub("", sentence[: pronoun.start()])
    named = {fold(name) for name in _NAMED_ONE.findall(before)} - STOP - _places()
    return not named and not _SOMEBODY.search(before)


@cache
def _places() -> frozenset[str]:
    """Words for states and their people, and other capitalised words that are nobody's name, folded."""
    tables = (adjective_states(), demonym_states(), name_states())
    return frozenset(part for table in tables for word in table for part in fold(word).split()) | _NOBODY


def _candidates(story: Story, actors: Sequence[Actor], shown: Sequence[frozenset[str]]) -> list[_Candidate]:
    told = story.articles[:_ARTICLES]
    pieces = [(piece, article) for article in told for piece in split(article.text)[:_READ]]
    spoken = [stems(piece.text) for piece, _ in pieces]
    first = [terms for (piece, _), terms in zip(pieces, spoken, strict=True) if piece.number < _OPENING]
    middles = (
        (_WEIGHTS["central"], _shared(spoken)),
        (
            _WEIGHTS["opening"],
            _shared(first),
        ),
        (_WEIGHTS["titles"], unit(Counter(term for article in told for term in stems(article.title)))),
    )
    names = [frozenset(_name_words(actor)) for actor in actors[:6]]
    found = []
    for (piece, article), terms in zip(pieces, spoken, strict=True):
        if piece.number < _EARLY and piece.text != article.title and stands_alone(piece.text):
            weights = unit(Counter(terms))
            score = _score(piece, article, sum(weight * cosine(weights, middle) for weight, middle in middles), names)
            score += _WEIGHTS["shown"] * any(dice(terms, other) >= _SHOWN for other in shown)
            found.append(_Candidate(piece, article, frozenset(terms), score))
    return found


def _shared(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """What sentences have in common: their terms, without those that only one of them has (Radev et al. 2004)."""
    held = Counter(term for terms in sentences for term in set(terms))
    return unit(Counter(term for terms in sentences for term in terms if held[term] > 1))


def _score(piece: Piece, article: Article, central: float, names: Sequence[frozenset[str]]) -> float:
    spoken = words(piece.text)
    named = sum(1 for name in names if name & set(spoken)) / max(1, min(3, len(names)))
    return (
        central
        + _WEIGHTS["early"] / (1 + 0.5 * piece.number)
        + _WEIGHTS["actors"] * min(1.0, named)
        + _WEIGHTS["teaser"] * article.is_teaser
    )


def _name_words(actor: Actor) -> set[str]:
    """The last word of each of its names, which articles use for short."""
    names = [actor.name, *actor.aliases]
    return {last for name in names if (folded := fold(name)) and (last := folded.split()[-1]) not in STOP}
