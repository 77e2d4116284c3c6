"""Which language a text is in, by py3langid (Lui and Baldwin 2012: naive Bayes over bytes, 97 languages).

Meant to tell what the reader can read from what it can't: an English text must never be taken for anything else, so a
short text, or a doubtful one, is left open.
"""

import math
from functools import lru_cache
from typing import Any, cast

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SAMPLE = 400
"""Characters looked at."""
_LETTERS, _FEW = 65, 15
"""Letters that it takes to tell; of a script that is not Latin, so few."""
_SURE, _OTHERWISE = 0.95, 0.999
"""How likely English must be, and another language, of which English names and titles may remind."""


_PLAINLY, _ENOUGH = (" the ", " and ", " of ", " that ", " with ", " from ", " after ", " which "), 2
_APART = 80
"""Words that are English together, how many of them tell, and how many characters they may stand apart: two English
titles in a text of another language do not make it English.
"""
_HARDLY_NEWS = frozenset(["la", "eo", "vo", "an", "oc", "wa", "br", "fo", "se", "qu"])
"""Languages hardly any news is in, for which headlines full of names are taken."""


class _Identifier(LanguageIdentifier):  # type: ignore[misc] # a library without types
    """py3langid's, which multiplies with the rows of those features alone that a text has: a hundredth of them."""

    def nb_classprobs(self, fv: Any) -> Any:
        at = np.flatnonzero(fv)
        return fv[at] @ self.nb_ptc[at] + self.nb_pc


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    identifier = _Identifier.from_pickled_model(MODEL_FILE, norm_probs=False)
    known = [name for name, _ in identifier.rank("")]
    identifier.set_languages([name for name in known if name not in _HARDLY_NEWS])
    return cast(_Identifier, identifier)


def identify(text: str) -> str | None:
    """The two-letter code of the language of `text` (ISO 639-1), None where too little tells."""
    sample = text[:_SAMPLE]
    if " the " in sample and sum(map(sample.count, _PLAINLY)) >= max(_ENOUGH, len(sample) / _APART):
        return "en"  # which takes a hundredth of the time, and most of what comes is
    letters = [char for char in sample if char.isalpha()]
    is_latin = sum(char < "\u0250" for char in letters) * 2 > len(letters)
    if len(letters) < (_LETTERS if is_latin else _FEW):
        return None
    (language, likely), (next_language, next_likely) = _likeliest(sample)
    if language == "en":
        return "en" if likely >= _SURE else None
    if next_language != "en":
        likely += next_likely  # Malay or Indonesian, which of both is all the same here
    return str(language) if likely >= _OTHERWISE else None


def _likeliest(sample: str) -> list[tuple[str, float]]:
    """The two likeliest languages, and how likely each is."""
    ranked = _identifier().rank(sample)
    highest = float(ranked[0][1])
    total = sum(math.exp(float(value) - highest) for _, value in ranked)
    return [(str(language), math.exp(float(value) - highest) / total) for language, value in ranked[:2]]
