"""Whom a sentence may be about: pronouns and role nouns, beside the names that stand around it."""

import re

from digests.languages import en
from digests.models import Kind

NAME, PRONOUN, ROLE, SELF = range(4)
"""Kinds of mentions: a name, a pronoun, a role noun with its article, the speaker's own "I" or "we"."""

_PERSONAL = {"he": PRONOUN, "she": PRONOUN, "it": PRONOUN, "they": PRONOUN, "who": PRONOUN, "i": SELF, "we": SELF}
_WORDS = re.compile(
    r"\b(?:(?P<pronoun>he|she|it|they|who|we)\b|(?P<self>I)\b(?!\.)"
    r"|[Tt]he (?:[a-z]+(?:-[a-z]+)? ){0,2}?(?P<role>" + "|".join(sorted(en.ROLE_NOUNS)) + r")\b(?!['’]s))",
    re.IGNORECASE,
)


def unnamed_mentions(text: str) -> list[tuple[int, int, int, str]]:
    """(start, end, kind, word) of pronouns and role nouns that may stand for a holder, in order."""
    found = []
    for match in _WORDS.finditer(text):
        word = (match["pronoun"] or match["self"] or match["role"]).lower()
        if match["self"] and match.group() != "I":
            continue
        found.append((match.start(), match.end(), ROLE if match["role"] else _PERSONAL[word], word))
    return found


def may_mean(word: str, kind: Kind) -> bool:
    """Whether a pronoun or a role noun may stand for an actor of this kind."""
    if word in ("it", "they", "we"):
        return word != "it" or kind is not Kind.PERSON
    return kind is Kind.PERSON
