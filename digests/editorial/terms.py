"""Words as judgement sees them: folded, cut to a stem, without the words that carry no topic. Vectors of them.

What the words are weighed for (stories, issues, sentences) is left to the files that ask.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from digests.text import fold

Vector = Mapping[str, float]
"""Weights by term, of length 1 (or empty)."""

_STOP = """
    a about above after again against all also although am amid among an and any are as at be because been before
    being below between both but by came can come could did do does doing down during each even ever every few first
    for from further get go had has have having he her here hers him himself his how however i if in into is it its
    itself just last later least less like made make many may me might more most much must my near new next no nor not
    now of off on once one only onto or other our ours out over own per quite rather really s said same say saying
    says second see seen several shall she should since so some still such t than that the their theirs them
    themselves then there these they this those though three through thus to told too toward towards two under until
    up upon us very was we week went were what when where whether which while who whom whose why will with within
    without would year years yet you your monday tuesday wednesday thursday friday saturday sunday today yesterday
    tomorrow mr mrs ms
"""
STOP = frozenset(_STOP.split())
"""Words that carry no topic, folded."""

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_ENDINGS = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"), ("ousness", "ous"),
    ("iveness", "ive"), ("ements", ""), ("ments", ""), ("ement", ""), ("ment", ""), ("ations", ""), ("ation", ""),
    ("itions", ""), ("ition", ""), ("ions", ""), ("ion", ""), ("ities", ""), ("ity", ""), ("ings", ""), ("ing", ""),
    ("edly", ""), ("ally", ""), ("ies", "y"), ("als", ""), ("al", ""), ("ers", ""), ("er", ""), ("ed", ""),
    ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_SHORTEST = 4  # letters that must be left over, so that "nation" does not become "n"


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A folded word without its ending: "releases", "released" and "releasing" are one. Cruder than Porter (1980)."""
    if word.isdigit() or len(word) <= _SHORTEST or word.endswith("illion"):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST:
            if ending == "s" and word.endswith("ss"):
                continue
            cut = word[: -len(ending)] + instead
            return cut[:-1] if len(cut) > _SHORTEST and cut[-1] == cut[-2] and cut[-1] not in "aeiou" else cut
    return word


def words(text: str) -> list[str]:
    """The folded words of a text in order, stop words included."""
    pieces = fold(text).split()
    return [word for piece in pieces for word in ((piece,) if piece.isalnum() else _WORD.findall(piece))]


def stems(text: str) -> list[str]:
    """The stems of the words that carry a topic, in order, with repetitions."""
    return [stem(word) for word in words(text) if word not in STOP and (len(word) > 1 or word.isdigit())]


def weights_of_rarity(documents: Sequence[Iterable[str]]) -> dict[str, float]:
    """How telling each term is: ln(1 + N / df), the fewer documents hold it the more (Sparck Jones 1972)."""
    seen = Counter(term for document in documents for term in set(document))
    return {term: math.log(1 + len(documents) / count) for term, count in seen.items()}


def vector(counts: Mapping[str, float], rarity: Mapping[str, float], *, keep: int = 0) -> dict[str, float]:
    """(1 + ln tf) x rarity, at length 1; with `keep`, only the heaviest terms."""
    raw = {term: (1 + math.log(count)) * rarity.get(term, 0.0) for term, count in counts.items() if count > 0}
    if keep and len(raw) > keep:
        raw = dict(sorted(raw.items(), key=lambda pair: (-pair[1], pair[0]))[:keep])
    return unit(raw)


def unit(raw: Mapping[str, float]) -> dict[str, float]:
    """The vector at length 1; the empty one stays empty."""
    length = math.sqrt(sum(weight * weight for weight in raw.values()))
    return {term: weight / length for term, weight in raw.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Likeness of two vectors of length 1, from 0 to 1."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum([weight * large[term] for term, weight in small.items() if term in large], 0.0)


def dice(one: Iterable[str], other: Iterable[str]) -> float:
    """Shared terms over all terms, from 0 to 1 (Dice 1945)."""
    left, right = set(one), set(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0


def centre(texts: Iterable[str]) -> dict[str, float]:
    """The vector of what several texts share: each term weighs as many texts as hold it."""
    return unit(Counter(term for text in texts for term in set(stems(text))))
