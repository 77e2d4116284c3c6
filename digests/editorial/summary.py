"""What happened, in the articles' own words: a headline and at most two sentences, each an exact span of one article.

A sentence is chosen when it is central to the story, early in its article, about the story's actors, and can stand
alone. Nothing is ever rewritten; a story without such a sentence has none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.editorial.sentences import Piece, split
from digests.editorial.terms import STOP, cosine, dice, stems, unit, vector, weights_of_rarity, words
from digests.models import Actor, Article, Citation, Sentence, Story
from digests.text import fold

MOST = 2
WORDS = 60  # that all sentences of a story have together
LENGTH = range(8, 46)  # words a sentence may have
_EARLY = 6  # sentences of each article that are looked at: news tells the event first
_ARTICLES = 8  # articles of a story that are looked at, the most central first
_ADDS = 0.3  # share of a sentence's terms that are in nothing told before it, the headline included
_SHOWN = 0.75  # Dice with a piece of evidence above which a sentence says little more
_WEIGHTS = {"central": 1.0, "early": 0.35, "actors": 0.25, "teaser": -0.1, "shown": -0.3}

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
    """The article whose title tells the story best: like the other titles, not a lure, not too long; never changed."""
    titled = [article for article in story.articles if article.title.strip()] or list(story.articles)
    counts = {article.id: dict.fromkeys(stems(article.title), 1.0) for article in titled}
    rarity = weights_of_rarity(list(counts.values()))
    spoken: dict[str, float] = {}
    for article in titled:
        for term in {*stems(article.title), *stems(article.text[:600])}:
            spoken[term] = spoken.get(term, 0.0) + 1.0
    centre = unit(spoken)

    def merit(place: int, article: Article) -> float:
        alike = cosine(vector(counts[article.id], rarity), centre)
        lure = 0.6 if _LURE.search(article.title) else 0.0
        shout = 0.3 if article.title.isupper() else 0.0
        misfit = 0.0 if len(article.title) in _TITLE_LENGTH else 0.25
        return alike - lure - shout - misfit - 0.02 * place

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
    if _HANGING.search(sentence) or sentence.endswith(("…", "...")):
        return False
    if (
        sentence.count("“") != sentence.count("”")
        or sentence.count('"') % 2
        or sentence.count("(") != sentence.count(")")
    ):
        return False
    letters = [char for char in sentence if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) < 0.4 * len(letters)


def _candidates(story: Story, actors: Sequence[Actor], shown: Sequence[frozenset[str]]) -> list[_Candidate]:
    pieces = [
        (piece, article)
        for article in story.articles[:_ARTICLES]
        for piece in split(article.text)[:_EARLY]
        if piece.text != article.title
    ]
    termed = [frozenset(stems(piece.text)) for piece, _ in pieces]
    rarity = weights_of_rarity(termed)
    common = {term: 1 / weight for term, weight in rarity.items()}  # central words are those that many sentences hold
    vectors = [unit({term: common[term] for term in terms}) for terms in termed]
    total: dict[str, float] = {}
    for weights in vectors:
        for term, weight in weights.items():
            total[term] = total.get(term, 0.0) + weight
    centre = unit(total)
    names = [frozenset(_name_words(actor)) for actor in actors[:6]]
    found = []
    for (piece, article), terms, weights in zip(pieces, termed, vectors, strict=True):
        if stands_alone(piece.text):
            score = _score(piece, article, cosine(weights, centre), names)
            score += _WEIGHTS["shown"] * any(dice(terms, other) >= _SHOWN for other in shown)
            found.append(_Candidate(piece, article, terms, score))
    return found


def _score(piece: Piece, article: Article, central: float, names: Sequence[frozenset[str]]) -> float:
    spoken = words(piece.text)
    named = sum(1 for name in names if name & set(spoken)) / max(1, min(3, len(names)))
    return (
        _WEIGHTS["central"] * central
        + _WEIGHTS["early"] / (1 + 0.5 * piece.number)
        + _WEIGHTS["actors"] * min(1.0, named)
        + _WEIGHTS["teaser"] * article.is_teaser
    )


def _name_words(actor: Actor) -> set[str]:
    """The last word of each of its names, which articles use for short."""
    names = [actor.name, *actor.aliases]
    return {last for name in names if (folded := fold(name)) and (last := folded.split()[-1]) not in STOP}
