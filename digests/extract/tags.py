"""The labels of the encoder's two taggers, and the best sequence of them under a linear chain (Lafferty et al.
2001).
"""

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


def best_path(scores: Scores, start: Scores, step: Scores) -> list[int]:
    """The label sequence with the highest sum (Viterbi 1967). `scores` (length, n), `start` (n,), `step` (n, n)
    from-to.
    """
    if not len(scores):
        return []
    best, back = start + scores[0], []
    columns = np.arange(len(start))
    for row in scores[1:]:
        reach = best[:, None] + step
        pointers = reach.argmax(0)
        back.append(pointers)
        best = reach[pointers, columns] + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


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
