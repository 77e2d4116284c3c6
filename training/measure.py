"""Figures while training: exact spans of names and attributions, and stances of held-back articles."""

from collections.abc import Iterator

import numpy as np
import torch

from digests.extract.pieces import windows
from digests.extract.tags import NAMES, ROLES, best_paths, spans
from digests.extract.wordpiece import WordPiece
from training.examples import IGNORED, Example, Window, batch
from training.network import Reader

SIZE, OVERLAP = 320, 64
"""Pieces of a window, and how many of them two windows share."""


@torch.no_grad()
def encode(reader: Reader, examples: list[Example], tokenizer: WordPiece, device: torch.device) -> Iterator[np.ndarray]:
    """The vectors of each example's pieces (length, width): of each piece, from the window where it stands most
    inside.
    """
    for one in examples:
        places = list(windows(len(one), SIZE, OVERLAP))
        out = np.zeros((len(one), reader.names.in_features), np.float32)
        trust = np.full(len(one), -1)
        for k in range(0, len(places), 32):
            part = places[k : k + 32]
            data = batch([Window(one, *place) for place in part], tokenizer).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
                hidden = reader(data.ids, data.cases, data.layouts, data.mask)
            for row, (start, stop) in zip(hidden.float().cpu().numpy(), part, strict=True):
                n = stop - start
                mine = np.minimum(
                    np.arange(n) + (10_000 if start == 0 else 0),
                    np.arange(n)[::-1] + (10_000 if stop == len(one) else 0),
                )
                better = mine > trust[start:stop]
                out[start:stop][better] = row[1 : n + 1][better]
                trust[start:stop] = np.maximum(trust[start:stop], mine)
        yield out


def f1(right: int, found: int, gold: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / max(1, found + gold)


def tagging(reader: Reader, examples: list[Example], tokenizer: WordPiece, device: torch.device) -> dict[str, float]:
    """Exact-span F1 of each class, and of the four kinds of names together."""
    count: dict[str, list[int]] = {}
    for one, hidden in zip(examples, encode(reader, examples, tokenizer, device), strict=True):
        if one.names is not None:
            _count(count, NAMES, reader.names, reader.name_chain, hidden, one.names)
        if one.roles is not None:
            _count(count, ROLES, reader.roles, reader.role_chain, hidden, one.roles)
    if "person" in count:
        count["names"] = [sum(x) for x in zip(*(count.get(name, [0, 0, 0]) for name in NAMES[:4]), strict=True)]
    return {name: round(f1(*values), 4) for name, values in count.items()}


def _count(count, classes, head, chain, hidden, gold) -> None:
    scores = hidden @ head.weight.detach().float().cpu().numpy().T + head.bias.detach().float().cpu().numpy()
    (path,) = best_paths([(scores, chain.start.detach().cpu().numpy(), chain.step.detach().cpu().numpy())])
    ours, theirs = set(spans(path)), set(spans([int(x) for x in gold]))
    for kind, name in enumerate(classes):
        a, b = {x for x in ours if x[0] == kind}, {x for x in theirs if x[0] == kind}
        values = count.setdefault(name, [0, 0, 0])
        for index, value in enumerate((len(a & b), len(a), len(b))):
            values[index] += value


@torch.no_grad()
def stances(reader: Reader, examples: list[Example], tokenizer: WordPiece, device: torch.device) -> dict[str, float]:
    """Over sentences and groups of mentions: F1 of stances at the best threshold, and average precision."""
    scores, gold = [], []
    for one in examples:
        places = list(windows(len(one), SIZE, OVERLAP))
        data = batch([Window(one, *place) for place in places], tokenizer).to(device)
        if data.pairs is None:
            continue
        hidden = reader(data.ids, data.cases, data.layouts, data.mask).float()
        _, logits, _, _ = reader.pairs(hidden, data.pairs)
        known = (data.stances != IGNORED) & data.pairs.there[..., None]
        scores.append(torch.sigmoid(logits[known]).cpu().numpy())
        gold.append(data.stances[known].cpu().numpy())
    if not scores:
        return {}
    score, label = np.concatenate(scores), np.concatenate(gold)
    order = np.argsort(-score)
    right = np.cumsum(label[order])
    ranks = np.arange(1, len(order) + 1)
    best = int(np.argmax(2 * right / (ranks + label.sum())))
    return {
        "stance F1": round(float(2 * right[best] / (ranks[best] + label.sum())), 4),
        "threshold": round(float(score[order][best]), 3),
        "average precision": round(float((right / ranks * label[order]).sum() / max(1, label.sum())), 4),
    }
