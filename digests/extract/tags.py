"""The labels of the encoder's two taggers, and the best sequence of them under a linear chain (Lafferty et al.
2001).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from digests.models import Stance

NAMES = ("person", "organisation", "location", "norp", "other")
"""Classes of names; `norp` are nationalities, religious and political groups, `other` products, facilities, works."""
ROLES = ("source", "cue", "content")
"""Parts of an attribution, in the literature's words."""
STANCES = tuple(Stance)
"""Stances in the order of the pair scorer's outputs."""

Scores = npt.NDArray[np.float32]


def labels(classes: tuple[str, ...]) -> tuple[str, ...]:
    """BIO labels: "O", then B- and I- of each class."""
    return ("O", *(f"{mark}-{name}" for name in classes for mark in "BI"))


def best_paths(chains: Sequence[tuple[Scores, Scores, Scores]]) -> list[list[int]]:
    """The label sequence with the highest sum (Viterbi 1967) of each chain, all of one length, walked together.

    A chain is its `scores` (length, n), `start` (n,) and `step` (n, n) from-to.
    """
    length, most = len(chains[0][0]), max(len(start) for _, start, _ in chains)
    if not length:
        return [[] for _ in chains]
    scores = np.stack([_padded(one, (0, most - one.shape[1])) for one, _, _ in chains], axis=1)
    starts = np.stack([_padded(one, most - len(one)) for _, one, _ in chains])
    steps = np.stack([_padded(one, most - len(one)) for _, _, one in chains])
    best, back = starts + scores[0], np.empty((length - 1, len(chains), most), np.intp)
    for row, pointers in zip(scores[1:], back, strict=True):
        reach = best[:, :, None] + steps
        reach.argmax(1, out=pointers)
        best = reach.max(1) + row
    paths = []
    for chain, last in enumerate(best.argmax(1).tolist()):
        path = [last]
        for pointers in reversed(back[:, chain].tolist()):
            path.append(pointers[path[-1]])
        paths.append(path[::-1])
    return paths


def _padded(scores: Scores, more: int | tuple[int, int]) -> Scores:
    """With labels that no path takes, as many at the end of each axis."""
    after = (more,) * scores.ndim if isinstance(more, int) else more
    return np.pad(scores, [(0, count) for count in after], constant_values=-1e9)


def spans(path: list[int]) -> list[tuple[int, int, int]]:
    """(class, first, last exclusive) of every run in a BIO path; an I- without its B- begins a run too."""
    found: list[tuple[int, int, int]] = []
    kind = first = -1
    for index, label in enumerate([*path, 0]):
        here = (label - 1) // 2 if label else -1
        if kind >= 0 and (here != kind or label % 2 == 1):
            found.append((kind, first, index))
            kind = -1
        if here >= 0 and kind < 0:
            kind, first = here, index
    return found
