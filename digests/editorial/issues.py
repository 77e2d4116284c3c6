"""When two issue phrases are about the same thing: "a truce in Gaza" and "unconditional cease-fire in Gaza".

Phrases are compared by their content words: light words (kinds and times of a thing) weigh little, names of places
and actors weigh little as well but must not contradict each other: "Sweden's NATO bid" is not "Finland's NATO bid".
"""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from digests.editorial.terms import STOP, stem
from digests.languages.world import adjective_states, demonym_states, name_states
from digests.text import fold

Thing = TypeVar("Thing")

SAME = 0.51  # lowest weighted Dice of two phrases about one issue: more in common than not
_LIGHT_WEIGHT = 0.4

ONE_WORD = {
    "cease fire": "ceasefire", "cease fires": "ceasefire", "ceasefires": "ceasefire", "truce": "ceasefire",
    "truces": "ceasefire", "pauses": "pause", "captive": "hostage", "captives": "hostage", "hostages": "hostage",
    "freeing": "release", "freedom": "release", "civilians": "civilian", "air strike": "airstrike",
    "air strikes": "airstrike", "air raid": "airstrike", "air raids": "airstrike", "airstrikes": "airstrike",
    "negotiations": "talks", "negotiation": "talks", "talk": "talks", "two state": "twostate",
    "membership": "bid", "accession": "bid", "pullout": "withdrawal", "pull out": "withdrawal",
    "withdraw": "withdrawal", "withdrawing": "withdrawal", "aid": "aid", "assistance": "aid", "relief": "aid",
    "enquiry": "inquiry", "probe": "inquiry", "investigation": "inquiry", "settlers": "settlement",
    "settlements": "settlement", "us": "united states",
    "palestinian": "palestine", "palestinians": "palestine", "kurdish": "kurds", "korean": "korea",
    "european union": "eu", "united nations": "un", "jets": "jet", "sales": "sale", "selling": "sale", "sell": "sale",
}  # fmt: skip
"""Spellings and near-synonyms, folded, longest first when applied; the words for states come from languages/world.py.

A pause is not a ceasefire: they stay two.
"""

_LIGHT = """
    immediate unconditional full complete total comprehensive lasting permanent durable sustained temporary swift
    urgent humanitarian international global national regional bilateral mutual joint current ongoing possible
    proposed alleged planned quick early long term short new further continued additional increased daily hour hours
    four day days month months week weeks year years issue question matter case situation conflict war crisis
    military political diplomatic economic security government administration state country side parties people
    million billion use call calls need role part plan effort efforts support
"""
LIGHT = frozenset(stem(word) for word in _LIGHT.split())
"""Kinds and times of a thing: they tell two issues apart only when nothing else does."""

_FITS_ANYTHING = """
    discussion discuss discussed topic topics talks talk meeting visit deal agreement move step action decision
    statement law vote proposal report comments cooperation relations
"""
_VAGUE = frozenset(stem(word) for word in _FITS_ANYTHING.split())  # what they are about must be said by other words

_SAID_AS = {
    fold(word): fold(state)
    for table in (adjective_states(), demonym_states(), name_states())
    for word, state in table.items()
} | ONE_WORD
_LONGEST_FIRST = sorted(_SAID_AS, key=lambda word: (-len(word), word))
_REPLACED = re.compile(r"\b(" + "|".join(re.escape(word) for word in _LONGEST_FIRST) + r")\b")
_NAME = re.compile(r"\b(?:[A-Z][\w’'.-]*\w|[A-Z]{2,})")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """An issue phrase taken apart: its heavy terms, its light ones, and which of both are names."""

    heavy: frozenset[str]
    light: frozenset[str]
    names: frozenset[str]


@lru_cache(maxsize=50_000)
def phrase(issue: str) -> Phrase:
    """The terms of an issue phrase."""
    terms = _terms(issue)
    names = frozenset(term for name in _NAME.findall(issue) for term in _terms(name)) & terms
    if issue[:1].isupper() and issue.split(" ", 1)[0].lower() in {"the", "an", "no"}:
        names -= _terms(issue.split(" ", 1)[0])
    light = frozenset(term for term in terms if term in LIGHT or term.isdigit()) | names
    if light == terms:  # "military aid", "Israel": nothing else to go by
        light = names if names != terms else frozenset()
    return Phrase(terms - light, light, names)


def _terms(text: str) -> frozenset[str]:
    plain = _REPLACED.sub(lambda found: _SAID_AS[found[0]], fold(text))
    return frozenset(stem(word) for word in _WORD.findall(plain) if word not in STOP)


def topic(issue: str) -> frozenset[str]:
    """The terms of which two phrases must share one to be about one issue: the heavy ones, else all."""
    parts = phrase(issue)
    return parts.heavy or parts.light


def likeness(one: str, other: str) -> float:
    """From 0 to 1: weighted Dice of the two phrases' terms; 0 when the names in them contradict each other.

    Light words that only one of them has count against it only where nothing heavier is there to go by.
    """
    if one == other:
        return 1.0
    left, right = phrase(one), phrase(other)
    if left.names - right.names and right.names - left.names:
        return 0.0
    if not (left.heavy & right.heavy) and (left.heavy or right.heavy):
        return 0.0
    both = (left.light & right.light) - left.heavy - right.heavy
    shared = _weight(left.heavy & right.heavy) + _weight(both, light=True)
    if left.heavy and right.heavy:
        total = _weight(left.heavy) + _weight(right.heavy) + 2 * _weight(both, light=True)
    else:
        total = _total(left) + _total(right)
    return 2 * shared / total if total else 0.0


def same(one: str, other: str) -> bool:
    """Whether two phrases are about one issue."""
    return likeness(one, other) >= SAME


def is_narrower(one: str, other: str) -> bool:
    """Whether a phrase is a part of what the other names: who refuses "direct talks" may want "talks"."""
    added = _LIMITING & (frozenset(fold(one).split()) - frozenset(fold(other).split()))
    return bool(added or phrase(one).heavy - phrase(other).heavy)


_LIMITING = frozenset(["temporary", "permanent", "lasting", "durable", "full", "complete", "total", "direct"])


def one_matter(one: str, other: str) -> bool:
    """Whether two phrases about one issue are about one thing: asked where a mistake would say that somebody turned.

    Of "sale of jets" and "sale of grain" each has a weighty word that the other lacks; "discussions" and "other topics
    be discussed" share only a word that fits anything. And a "sale without conditions" is no "conditions on the sale".
    """
    if _refuses(one) != _refuses(other):
        return False
    left, right = phrase(one), phrase(other)
    if left.heavy - right.heavy and right.heavy - left.heavy:
        return False
    return bool((left.heavy & right.heavy) - _VAGUE or left.names & right.names or left == right)


def _refuses(issue: str) -> bool:
    """Whether a phrase says what shall not be."""
    return bool(_NOT.search(issue.lower()))


_NOT = re.compile(r"\b(?:without|no|not|never)\b")


def cluster(
    things: Sequence[Thing], issue: Callable[[Thing], str], key: Callable[[Thing], Hashable] = lambda _: None
) -> list[list[Thing]]:
    """`things` with the same key and the same issue, in order: each joins the group whose first phrase is likest.

    Every thing is in exactly one group. A group is named by its first thing, so put the best phrase first.
    """
    found: list[list[Thing]] = []
    by_topic: dict[Hashable, list[int]] = {}  # places in `found` by key and term: only those can be alike
    for thing in things:
        same_key, said = key(thing), issue(thing)
        terms = topic(said) or {said}
        rivals = {place for term in terms for place in by_topic.get((same_key, term), ())}
        near = [(likeness(said, issue(found[place][0])), -place) for place in rivals]
        best, place = max(near, default=(0.0, 0))
        if best >= SAME:
            found[-place].append(thing)
        else:
            for term in terms:
                by_topic.setdefault((same_key, term), []).append(len(found))
            found.append([thing])
    return found


def about(issue: str, asked: str) -> bool:
    """Whether an issue phrase answers a question in plain words: all that was asked is in it."""
    wanted, held = _terms(asked), _terms(issue)
    return bool(wanted) and all(any(have == want or have.startswith(want) for have in held) for want in wanted)


def _total(parts: Phrase) -> float:
    return _weight(parts.heavy) + _weight(parts.light, light=True)


def _weight(terms: Iterable[str], *, light: bool = False) -> float:
    return (_LIGHT_WEIGHT if light else 1.0) * len(frozenset(terms))
