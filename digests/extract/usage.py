"""How usual a word is, and how often it names an issue: counted in articles that the encoder is trained on.

training/calibrate.py counts; model/words.json holds it, by stem: in how many articles it stands, and in how many of
those an annotated issue has it.
"""

import json
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from digests.extract.encoder import MODEL
from digests.extract.heads import Floats

_BEFORE = (0.5, 4.5)
"""Articles added to those whose issues have a word, and to those whose have not, so that rare words say little."""


class Usage:
    """Counts of stems in a number of articles."""

    def __init__(self, articles: int, words: dict[str, tuple[int, int]]) -> None:
        self.articles, self.words = articles, words

    def of(self, stems: Iterable[str]) -> tuple[Floats, Floats]:
        """For each stem the logarithms of how rare it is (inverse document frequency), and of its odds of being an
        issue's where it stands.
        """
        counts = np.array([self.words.get(stem, (0, 0)) for stem in stems], np.float32).reshape(-1, 2)
        standing, naming = counts.T
        rare = np.log((self.articles + 1) / (standing + 1))
        return rare, np.log((naming + _BEFORE[0]) / (standing - naming + _BEFORE[1]))


@lru_cache(maxsize=1)
def usage() -> Usage:
    """What the product ships."""
    table = json.loads((MODEL / "words.json").read_text(encoding="utf-8"))
    return Usage(table["articles"], {stem: (standing, naming) for stem, standing, naming in table["words"]})
