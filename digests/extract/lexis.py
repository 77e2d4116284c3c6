"""A page's words as arrays: which tokens count, which stems they are, where those stand, and the runs that phrases are
cut from.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import compress

import numpy as np

from digests.extract.heads import Floats, Places
from digests.extract.issues import LONGEST, is_joint, stem_of
from digests.extract.marks import Marks
from digests.extract.sentences import Page, Sentence, lower_of
from digests.extract.usage import Usage
from digests.languages import en_grammar as grammar

_STOPS = (grammar.MARKS - set("“”\"'‘’-")) | set(".;:?!…•")
_SMALL = (
    grammar.DETERMINERS | grammar.PREPOSITIONS | grammar.FINITE_AUXILIARIES | grammar.ISSUE_LEADING | grammar.BOUNDARIES
    | frozenset(["and", "not", "they", "them", "so", "'s", "’s", "said", "says"])
)  # fmt: skip
_TOKENS = 14
"""Tokens of a run, marks included."""


class Lexis:
    """Arrays over a page's tokens and over its stems, `usage` saying how usual these are. The text begins at character
    `text_at`.
    """

    def __init__(self, page: Page, marks: Marks, text_at: int, usage: Usage) -> None:
        self.page, self.text_at, self._marks = page, text_at, marks
        tokens = page.tokens
        self.starts = np.array(page.starts)
        self.pieces = np.array([marks.pieces(token.start, token.end)[0] for token in tokens], int)
        self.counts = np.array([token.is_word and token.lower not in _SMALL for token in tokens], bool)
        self.words = np.array([token.is_word and token.lower not in ("'s", "’s") for token in tokens], bool)
        self.stops = np.array(
            [
                (token.text in _STOPS and not is_joint(page, index)) or token.lower in grammar.BOUNDARIES
                for index, token in enumerate(tokens)
            ],
            bool,
        )
        self.known: dict[str, int] = {}
        words = [stem_of(token.lower) for token in tokens]
        numbers = [self.known.setdefault(word, len(self.known)) for word in compress(words, self.counts)]
        self.stems = np.full(len(tokens), -1)
        """The stem of each token, -1 where it does not count."""
        self.stems[self.counts] = numbers
        self.count = len(self.known)
        self._ends = [sentence.last for sentence in page.sentences]
        self.order = np.flatnonzero(self.counts)[np.argsort(self.stems[self.counts], kind="stable")]
        self._edges = np.searchsorted(self.stems[self.order], np.arange(self.count))
        self.often = np.log1p(np.bincount(np.array(numbers, int), minlength=self.count).astype(np.float32))
        self.capital = self.by_stem(np.array([token.is_capital for token in tokens], np.float32), 0.0)
        title = int(np.searchsorted(self.starts, text_at))
        lead = next((slice(one.first, one.last) for one in page.sentences if one.start >= text_at), slice(0))
        self.led = self.of_stems(lead)
        self.titled = self.of_stems(slice(title)) if title else self.led
        self.rare, self.wont = usage.of(self.known)
        self.numbers = np.array([stem.isdigit() for stem in self.known], np.float32)
        self.late = np.log1p(self.order[self._edges].astype(np.float32)) if self.count else np.zeros(0, np.float32)
        """Of each stem the logarithm of its first token's place."""
        self.runs = self._runs()
        self.headlines = self.starts[self.runs[0]] < text_at
        """Which of the runs are the title's."""

    def of_stems(self, inside: slice) -> Floats:
        """1 for each stem that these tokens have."""
        found = np.zeros(self.count + 1, np.float32)
        found[self.stems[inside]] = 1
        return found[:-1]

    def of_names(self, names: Iterable[str]) -> Floats:
        """1 for each stem that one of these names has."""
        words = {stem_of(lower_of(word)) for name in names for word in name.split()}
        found = np.zeros(self.count, np.float32)
        found[[self.known[word] for word in words & self.known.keys()]] = 1
        return found

    def before(self, sentence: Sentence) -> slice:
        """The tokens of the sentence before this one."""
        at = bisect_left(self._ends, sentence.last)
        return slice(self.page.sentences[at - 1].first if at else sentence.first, sentence.first)

    def by_stem(self, values: Floats, least: float) -> Floats:
        """The greatest of the values of each stem's tokens; `least` stands for those that have none."""
        if not self.count:
            return np.zeros(0, np.float32)
        return np.maximum(np.maximum.reduceat(values[self.order], self._edges), np.float32(least))

    def about(self, asked: Floats, inside: slice | None = None) -> Floats:
        """For each of these tokens, or of all, the greatest logit of its pieces being of the issue that `asked` of a
        claim looks for.
        """
        if inside is None:
            inside = slice(0, len(self.pieces))
        first = int(self.pieces[inside.start])
        last = int(self.pieces[inside.stop]) if inside.stop < len(self.pieces) else None
        likely = self._marks.about(asked, first, last)
        return np.maximum.reduceat(likely, np.minimum(self.pieces[inside] - first, len(likely) - 1))

    def _before(self) -> Places:
        """For each token the last one before it of the same stem, or -1."""
        found = np.full(len(self.stems), -1)
        same = np.flatnonzero(np.diff(self.stems[self.order]) == 0)
        found[self.order[same + 1]] = self.order[same]
        return found

    def _runs(self) -> tuple[Places, Places, Floats]:
        """First tokens, last tokens (exclusive) and counted words of the runs that an issue may be cut from."""
        found_first, found_last = [], []
        size = len(self.stems)
        before = self._before()
        latest = np.full(size + 1, -1)
        words = np.concatenate([[0], np.cumsum(self.words)])
        stopped = np.concatenate([[0], np.cumsum(self.stops)])
        ends = np.zeros(size, int)
        for sentence in self.page.sentences:
            ends[sentence.first : sentence.last] = sentence.last
        for length in range(1, _TOKENS + 1):
            first = np.arange(0, size - length + 1)
            last = first + length
            good = self.counts[first] & self.counts[last - 1] & (last <= ends[first])
            good &= (words[last] - words[first] <= LONGEST) & (stopped[last] == stopped[first])
            latest = np.maximum(latest[: len(first)], before[length - 1 :])
            good &= latest < first  # no word twice
            found_first.append(first[good])
            found_last.append(last[good])
        first, last = np.concatenate(found_first), np.concatenate(found_last)
        total = np.concatenate([[0], np.cumsum(self.counts)])
        return first, last, (total[last] - total[first]).astype(np.float32)
