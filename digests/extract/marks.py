"""What the encoder says of a text, in characters: names, attributions, and how likely words name an actor."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np

from digests.extract.encoder import Encoded
from digests.extract.heads import Floats, Heads
from digests.extract.tags import NAMES, ROLES
from digests.models import Span

LINKED, FAINTLY = 0.5, 0.2
"""How likely a span must belong to a cue; and where none is, how likely the likeliest must be."""
_NEAREST = 8
_FAR = 120


@dataclass(frozen=True, slots=True)
class NameMark:
    """A name of one of the NAMES classes."""

    start: int
    end: int
    kind: str
    sure: float


@dataclass(frozen=True, slots=True)
class Attributed:
    """Speaker's words, cue and what is said: one attribution."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    sure: float


class Marks:
    """The readings of one encoded text."""

    def __init__(self, encoded: Encoded, heads: Heads) -> None:
        self.heads, self.view = heads, heads.view(encoded.vectors)
        self._starts, self._ends = encoded.sequence.pieces.starts, encoded.sequence.pieces.ends
        self._agents = np.concatenate([[0.0], heads.agents(self.view).cumsum(dtype=np.float64)])

    def pieces(self, start: int, end: int) -> tuple[int, int]:
        """The pieces that touch these characters, first and last (exclusive)."""
        return bisect_right(self._ends, start), bisect_left(self._starts, end)

    def characters(self, piece: int) -> tuple[int, int]:
        """Where a piece stands."""
        return self._starts[piece], self._ends[piece]

    def agency(self, start: int, end: int) -> float:
        """How likely these characters name an actor."""
        first, last = self.pieces(start, end)
        return float(self._agents[last] - self._agents[first]) / (last - first) if last > first else 0.0

    def about(self, asked: Floats, first: int = 0, last: int | None = None) -> Floats:
        """Logits of pieces `first` to `last` (exclusive), or of all, being of the issue that `asked` looks for."""
        return self.heads.about(self.view, asked, slice(first, last))

    def names(self) -> list[NameMark]:
        """All names in order."""
        return [
            NameMark(self._starts[first], self._ends[last - 1], NAMES[kind], sure)
            for kind, first, last, sure in self._tagged("name")
        ]

    def attributions(self) -> list[Attributed]:
        """All attributions in order of their cue: each cue with the sources and contents that belong to it."""
        tagged = self._tagged("role")
        sources, cues, contents = (
            [(first, last, sure) for kind, first, last, sure in tagged if kind == index] for index in range(len(ROLES))
        )
        told, said = self._belonging(cues, sources, 0), self._belonging(cues, contents, 1)
        parts = [(cue, source[:1], content) for cue, source, content in zip(cues, told, said, strict=True)]
        _adopt(parts, sources, 1)
        _adopt(parts, contents, 2)
        merged: list[Attributed] = []
        for cue, source, content in parts:
            here = Attributed(self._spans(source), self._spans([cue]), self._spans(content), cue[2])
            if merged and content and (merged[-1].source, merged[-1].content) == (here.source, here.content):
                here = Attributed(here.source, merged[-1].cue + here.cue, here.content, max(here.sure, merged[-1].sure))
                merged[-1] = here
            else:
                merged.append(here)
        return merged

    def _tagged(self, head: str) -> list[tuple[int, int, int, float]]:
        return self.heads.tag(head, self.view)

    def _belonging(self, cues: list["_Piece"], spans: list["_Piece"], kind: int) -> list[list["_Piece"]]:
        """For each cue those of the nearest spans that belong to it, the likeliest first."""
        if not cues or not spans:
            return [[] for _ in cues]
        firsts, begins = np.array([cue[0] for cue in cues]), np.array([span[0] for span in spans])
        likely = self.heads.links(self.view, firsts, begins, kind)
        far = np.argsort(np.abs(begins - firsts[:, None]), axis=1, kind="stable")[:, :_NEAREST]
        found = []
        for row, near in zip(likely.tolist(), far.tolist(), strict=True):
            order = sorted(near, key=lambda k: -row[k])
            floor = LINKED if row[order[0]] >= LINKED else FAINTLY
            kept = [spans[k] for k in order if row[k] >= floor]
            found.append(kept if floor == LINKED else kept[:1])
        return found

    def _spans(self, pieces: list[tuple[int, int, float]]) -> tuple[Span, ...]:
        return tuple(Span(start=self._starts[first], end=self._ends[last - 1]) for first, last, _ in sorted(pieces))


_Piece = tuple[int, int, float]


def _adopt(parts: list[tuple[_Piece, list[_Piece], list[_Piece]]], spans: list[_Piece], role: int) -> None:
    """Give each span that belongs to no cue to the nearest one; a source only to one that has none."""
    owned = {span for _, sources, contents in parts for span in (sources if role == 1 else contents)}
    for span in spans:
        taking = [part for part in parts if role == 2 or not part[1]]
        if span not in owned and taking:
            cue, sources, contents = min(taking, key=lambda part: abs(part[0][0] - span[0]))
            if abs(cue[0] - span[0]) < _FAR:
                (sources if role == 1 else contents).append(span)
