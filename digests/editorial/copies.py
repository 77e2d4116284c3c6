"""Which articles print one text: reprints are found by MinHash sketches of their word shingles (Broder 1997).

A sketch is short enough to be kept, so that a reprint is recognised days later. What follows from it (one voice, one
story) is families.py's and stories.py's.
"""

import base64
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

from rensa import RMinHash

from digests.models import Article

Pairs = list[tuple[str, str]]
"""Pairs of article ids."""

_WORD = re.compile(r"\w+")
_SHINGLE = 5  # words in a row: five that are equal by chance are rare in news text
_OPENING = 400  # words compared: reprints are cut at the end
_SAME = 0.5  # share of the shorter text's shingles that must be in the other
_FEWEST = 20  # shingles for which shorter texts count: of these, more must be shared
_HASHES = 128
_ROWS = 2  # of a band: two hashes that agree make a pair to be compared, so likeness from 0.3 on is hardly missed
_SEED = 1997
_COMMON = 20  # a band that more articles share is furniture ("read more on our site")
_BANDS = 3  # bands that two articles share at least before they are compared
_NEAR = 4  # articles compared, those with most bands in common


class Sketch:
    """The least hashes of a text's shingles, and how many shingles it has."""

    __slots__ = ("hashes", "size")

    def __init__(self, hashes: Sequence[int], size: int) -> None:
        self.hashes = hashes
        self.size = size

    def wire(self) -> str:
        """As text, which `from_wire` takes."""
        return f"{self.size}:{base64.b85encode(array('I', self.hashes).tobytes()).decode()}"

    def bands(self) -> Iterable[int]:
        """Keys of which two likely copies share at least one."""
        rows = (self.hashes[start::_ROWS] for start in range(_ROWS))
        return map(hash, zip(range(0, _HASHES, _ROWS), *rows, strict=True))

    def holds(self, other: "Sketch") -> float:
        """The share of the shorter text that is in the longer one, from the likeness that the hashes show."""
        alike = sum(map(int.__eq__, self.hashes, other.hashes)) / _HASHES
        shared = alike * (self.size + other.size) / (1 + alike)
        return shared / max(_FEWEST, min(self.size, other.size))


def sketch(text: str) -> Sketch | None:
    """The sketch of a text's opening; None of a text too short to be told from another."""
    spoken = _WORD.findall(text[: _OPENING * 12].lower())[:_OPENING]
    shingles = set(map(" ".join, zip(*(spoken[start:] for start in range(_SHINGLE)), strict=False)))
    if len(shingles) < _SAME * _FEWEST:
        return None
    hashes = RMinHash(num_perm=_HASHES, seed=_SEED)
    hashes.update(list(shingles))  # whose order is all the same
    return Sketch(hashes.digest(), len(shingles))


def from_wire(words: str) -> Sketch:
    """The sketch that `Sketch.wire` wrote. Raises ValueError for anything else."""
    size, _, hashes = words.partition(":")
    return Sketch(array("I", base64.b85decode(hashes)), int(size))


class Reprints:
    """The sketches of a stream of articles, each found by its bands."""

    def __init__(self) -> None:
        self._sketches: dict[str, tuple[int, Sketch]] = {}  # with its place in the stream
        self._banded: dict[int, list[str]] = {}

    def add(self, article_id: str, found: Sketch | None) -> str | None:
        """Remember an article; returns the earliest one that it is a copy of, or None."""
        if found is None:
            return None
        near: Counter[str] = Counter()
        for band in found.bands():
            if (held := self._banded.get(band)) is None:
                self._banded[band] = [article_id]
                continue
            near.update(held)
            if len(held) < _COMMON:
                held.append(article_id)
        likely = [name for name, bands in near.most_common(_NEAR) if bands >= _BANDS and name != article_id]
        alike = [name for name in likely if found.holds(self._sketches[name][1]) >= _SAME]
        self._sketches.setdefault(article_id, (len(self._sketches), found))
        return min(alike, key=lambda name: self._sketches[name][0], default=None)


def copies(articles: Sequence[Article]) -> Pairs:
    """Pairs of article ids of which one reprints the other, each reprint with the first of its kind in this order."""
    found = Reprints()
    pairs = [(one.id, original) for one in articles if (original := found.add(one.id, sketch(one.text)))]
    return sorted((min(pair), max(pair)) for pair in pairs)
