"""What the encoder's vectors say: names, parts of attributions and their links, actors, and who takes which stance.

The network's heads (training/network.py) in NumPy. Works on pieces alone; marks.py brings them back to the text.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digests.extract.encoder import MODEL, WIDTH, Vectors
from digests.extract.tags import NAMES, ROLES, best_paths, labels, spans

LINK, QUERY, ASKERS = 64, 64, 4
KINDS = 4
_SLOTS = 12
_ROOT = float(QUERY) ** 0.5

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int_]
Near = tuple[tuple[int, int], list[tuple[int, int, int]]]
"""A sentence's pieces (first, last exclusive) and the mentions near it (first piece, last piece, place)."""


def sigmoid(logits: Floats) -> Floats:
    """Probabilities of logits."""
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * logits), np.float32)


@dataclass(frozen=True, slots=True)
class View:
    """A text's vectors, every head's projection of each piece, and the best labels by each tagger."""

    vectors: Vectors
    parts: dict[str, Floats]
    paths: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the mentions around it as the pair scorer sees them.

    `states` (mentions, 256), `stances` (mentions, 10); its pieces' keys for evidence, the mentions' for target.
    """

    states: Floats
    stances: Floats
    words: Floats
    others: Floats


PIECEWISE = {
    "names": len(labels(NAMES)), "roles": len(labels(ROLES)), "actor": 1, "link_from": 2 * LINK, "link_to": 2 * LINK,
    "pairs.ask": ASKERS * QUERY, "pairs.key": ASKERS * QUERY, "pairs.value": ASKERS * QUERY,
    "pairs.words": QUERY, "pairs.topics": QUERY, "pairs.others": QUERY,
}  # fmt: skip
"""The heads that project each piece by itself, and how wide: the graph appends them to the vectors, in this order."""
TAGGERS = ("name", "role")
_EDGES = [WIDTH, *(WIDTH + edge for edge in list(accumulate(PIECEWISE.values()))[:-1])]


class Heads:
    """The trained matrices in `folder`; heads.npz is read when first asked."""

    def __init__(self, folder: Path = MODEL) -> None:
        self._folder = folder

    @cached_property
    def _w(self) -> dict[str, Floats]:
        with np.load(self._folder / "heads.npz") as file:
            return {name: file[name].astype(np.float32) for name in file.files}

    @cached_property
    def _join(self) -> tuple[Floats, Floats]:
        """The joining matrix: what meets a mention and what it sees, and what meets the sentence's mean."""
        whole = self._w["pairs.join.weight"].T
        edge = len(whole) - WIDTH
        return np.ascontiguousarray(whole[:edge]), np.ascontiguousarray(whole[edge:])

    @cached_property
    def _asked(self) -> tuple[Floats, Floats]:
        parts = ("pairs.evidence", "pairs.issue", "pairs.target")
        weights = np.concatenate([self._w[f"{part}.weight"] for part in parts])
        return np.ascontiguousarray(weights.T), np.concatenate([self._w[f"{part}.bias"] for part in parts])

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"], np.float32)

    def view(self, vectors: Vectors) -> View:
        """What all heads make of each piece of a text, from what the encoder says of it (pieces, OUT)."""
        whole, *split = np.split(vectors, _EDGES, axis=1)
        parts = dict(zip(PIECEWISE, split, strict=True))
        chains = [(parts[f"{tag}s"], self._w[f"{tag}_chain.start"], self._w[f"{tag}_chain.step"]) for tag in TAGGERS]
        return View(whole, parts, dict(zip(TAGGERS, best_paths(chains), strict=True)))

    def tag(self, head: str, view: View) -> list[tuple[int, int, int, float]]:
        """(class, first, last exclusive, sure) of the spans that `head`, one of the TAGGERS, finds."""
        scores = view.parts[f"{head}s"]
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        found = []
        for kind, first, last in spans(view.paths[head]):
            mine = shares[first:last, 2 * kind + 1] + shares[first:last, 2 * kind + 2]
            found.append((kind, first, last, float(mine.sum()) / (last - first)))
        return found

    def agents(self, view: View) -> Floats:
        """How likely each piece is part of an actor's name."""
        return sigmoid(view.parts["actor"][:, 0])

    def links(self, view: View, cues: Places, others: Places, kind: int) -> Floats:
        """How likely each span that begins at `others` belongs to each cue at `cues`; kind 0 source, 1 content."""
        asked = view.parts["link_from"][cues, kind * LINK : (kind + 1) * LINK]
        told = view.parts["link_to"][others, kind * LINK : (kind + 1) * LINK]
        distance = others[None, :] - cues[:, None]
        slot = np.minimum(np.floor(np.log2(np.abs(distance) + 1)), _SLOTS - 1).astype(int) + _SLOTS * (distance > 0)
        return sigmoid(np.asarray(asked @ told.T / LINK**0.5 + self._w["far.weight"][slot, 0], np.float32))

    def sentences(self, view: View, asked: list[Near]) -> list[Sentence]:
        """The pair scorer's view of some sentences, each with the mentions around it."""
        firsts, lasts, places = np.array([mention for _, mentions in asked for mention in mentions], int).T
        edges = np.cumsum([0, *(len(mentions) for _, mentions in asked)])
        counts, spans = np.diff(edges), [slice(*span) for span, _ in asked]

        def of_mentions(rows: Floats) -> Floats:
            return np.asarray((rows[firsts] + rows[lasts]) / 2, np.float32)  # a projection of a mean is a mean of them

        queries, others = of_mentions(view.parts["pairs.ask"]), of_mentions(view.parts["pairs.others"])
        parts = list(zip(pairwise(edges), spans, strict=True))
        seen = np.concatenate([_seen(view, queries[first:last], inside) for (first, last), inside in parts])
        means = np.stack([view.vectors[inside].sum(0) / np.float32(inside.stop - inside.start) for inside in spans])
        of_mention, of_mean = self._join
        joined = np.concatenate([of_mentions(view.vectors), seen], 1) @ of_mention + self._w["pairs.join.bias"]
        states = _gelu(joined + np.repeat(means @ of_mean, counts, 0) + self._w["pairs.place.weight"][places])
        stances, words = self._linear("pairs.stance", states), view.parts["pairs.words"]
        return [
            Sentence(states[first:last], stances[first:last], words[inside], others[first:last])
            for (first, last), inside in parts
        ]

    def spread(self, seen: Sentence, mentions: Places, stances: Places) -> tuple[Floats, Floats, Floats]:
        """Of each mention's stance: how likely each of the sentence's pieces is evidence, what is asked of a piece that
        may be of the issue (`about` answers it), and how likely each mention is the target.
        """
        weights, biases = self._asked
        asked = (seen.states[mentions] + self._w["pairs.kinds.weight"][stances]) @ weights + biases
        evidence, issue, target = np.split(asked / _ROOT, 3, axis=1)
        return (
            sigmoid(evidence @ seen.words.T - 1.0),
            np.asarray(issue, np.float32),
            sigmoid(target @ seen.others.T - 2.0),
        )

    def about(self, view: View, asked: Floats, pieces: slice) -> Floats:
        """Logits of these pieces being of the issue that `asked` (64,) looks for."""
        return np.asarray(view.parts["pairs.topics"][pieces] @ asked - 1.0, np.float32)


def _seen(view: View, queries: Floats, inside: slice) -> Floats:
    """What mentions, of whom `queries` asks, see of a sentence's pieces (mentions, ASKERS * QUERY): attention."""

    def split(x: Floats) -> Floats:
        return x.reshape(len(x), ASKERS, QUERY).transpose(1, 0, 2)

    logits = split(queries) @ split(view.parts["pairs.key"][inside]).transpose(0, 2, 1) / _ROOT
    weights = np.exp(logits - logits.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    return np.asarray((weights @ split(view.parts["pairs.value"][inside])).transpose(1, 0, 2), np.float32).reshape(
        len(queries), -1
    )


def _gelu(x: Floats) -> Floats:
    """x times the normal distribution's share below it, by Abramowitz and Stegun's 7.1.26 (error below 2e-7)."""
    z = np.abs(x) / np.float32(2**0.5)
    t = 1.0 / (1.0 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1.0 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1.0 + erf), np.float32)
