"""How an issue goes after a stance: "demands a ceasefire", "urges Russia to come back", "accuses Israel of bombing".

An issue is a phrase in an article's own words, mostly a noun. What else it may begin with is told by its first word;
words that may be noun or verb ("return", "end", "call") count as nouns.
"""

import re
from enum import StrEnum

from digests.languages.en_verbs import is_verb_phrase
from digests.models import Actor, Kind
from digests.text import fold

_DEED = re.compile(r"(?:\w+ly )?\w{3,}ing\b")
_SINGULAR_ENDS = ("ss", "us", "hamas")


class Shape(StrEnum):
    """What an issue begins with."""

    NOUN = "noun"
    VERB = "verb"  # "come back to the table"
    CLAUSE = "clause"  # "that the tour had failed"
    DONE = "done"  # "been consulted"
    DOING = "doing"  # "having sent grain to rich countries"


def shape(issue: str) -> Shape:
    """What the issue begins with."""
    first = issue.split(" ", 1)[0].lower()
    if first == "that":
        return Shape.CLAUSE
    if is_verb_phrase(issue.removeprefix("not ")):
        return Shape.VERB
    if first in ("been", "broken", "taken", "given", "agreed", "sent", "made", "done"):
        return Shape.DONE
    is_doing = first.endswith("ing") and len(first) > 5 and " " in issue
    return Shape.DOING if is_doing else Shape.NOUN


def names_accused(issue: str) -> bool:
    """Whether the issue of an accusation holds the accused: "war cabinet of making a mistake"."""
    before, _, after = issue.partition(" of ")
    return bool(before) and bool(_DEED.match(after))


def asks_somebody(issue: str) -> bool:
    """Whether the issue of a demand holds who is asked: "both sides to keep their channels open"."""
    before, _, after = issue.partition(" to ")
    return 0 < len(before.split()) <= 4 and is_verb_phrase(after)


def is_plural(actor: Actor) -> bool:
    """Groups called by a plural ("Arab leaders"); everybody else says, demands, rejects."""
    name = fold(actor.name)
    return actor.kind is Kind.GROUP and name.endswith("s") and not name.endswith(_SINGULAR_ENDS)
