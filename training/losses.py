"""What the network is taught by: one loss a head, each over what its data set annotates."""

import torch
from torch import Tensor
from torch.nn import functional as F

from training.examples import IGNORED, Batch
from training.network import LINK, Reader

WEIGHTS = {
    "names": 1.0, "roles": 1.0, "links": 0.5, "actor": 0.3, "stance": 1.0, "evidence": 0.5, "issue": 1.0, "theme": 1.0,
    "target": 0.3,
}  # fmt: skip


def losses(reader: Reader, batch: Batch, hidden: Tensor) -> dict[str, Tensor]:
    """The loss of every head that the batch has labels for. `hidden` (batch, length, width) in full precision."""
    found = {}
    dropped = reader.drop(hidden)
    for name, gold, chain in (("names", batch.names, reader.name_chain), ("roles", batch.roles, reader.role_chain)):
        rows = (gold != IGNORED).any(1)
        if rows.any():
            scores = getattr(reader, name)(dropped[rows])
            labels = gold[rows]
            plain = F.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORED)
            inner = labels[:, 1:] != IGNORED
            found[name] = plain + chain.loss(scores[:, 1:], labels[:, 1:], inner)
    if len(batch.links):
        found["links"] = _links(reader, batch, dropped)
    known = batch.agents != IGNORED
    if known.any():
        logits = reader.actor(dropped[known]).squeeze(-1)
        found["actor"] = F.binary_cross_entropy_with_logits(logits, batch.agents[known])
    if batch.pairs is not None:
        found |= _pairs(reader, batch, dropped)
    return found


def link_logits(reader: Reader, vectors: Tensor, others: Tensor, kind: Tensor, distance: Tensor) -> Tensor:
    """Logits of cues (k, width) belonging to spans (k, o, width) of a kind (k,), `distance` (k, o) pieces behind."""
    k = len(vectors)
    asked = reader.link_from(vectors).view(k, 2, LINK)[torch.arange(k), kind]
    told = reader.link_to(others).view(k, -1, 2, LINK)[torch.arange(k), :, kind]
    far = torch.clamp(torch.log2(distance.abs().float() + 1).floor(), max=11).long() + 12 * (distance > 0)
    return torch.einsum("kd,kod->ko", asked, told) / LINK**0.5 + reader.far(far).squeeze(-1)


def _links(reader: Reader, batch: Batch, hidden: Tensor) -> Tensor:
    row, cue, kind = batch.links.T
    options = batch.link_options.clamp(min=0)
    logits = link_logits(reader, hidden[row, cue], hidden[row[:, None], options], kind, options - cue[:, None])
    there = batch.link_options >= 0
    return F.binary_cross_entropy_with_logits(logits[there], batch.link_gold[there])


def _pairs(reader: Reader, batch: Batch, hidden: Tensor) -> dict[str, Tensor]:
    pairs = batch.pairs
    if pairs is None:
        return {}
    state, logits, words, mention = reader.pairs(hidden, pairs)
    n, m, size = logits.shape
    member = F.one_hot(batch.groups.clamp(min=0), m).bool() & pairs.there[..., None]  # (n, mention, group)
    grouped = torch.where(member[..., None], logits[:, :, None, :], torch.tensor(-1e4, device=logits.device)).amax(1)
    gold = torch.full((n, m, size), float(IGNORED), device=logits.device)
    index = batch.groups.clamp(min=0)[..., None].expand(n, m, size)
    gold = gold.scatter_reduce(1, index, torch.where(pairs.there[..., None], batch.stances, IGNORED), "amax")
    known = gold != IGNORED
    stance = F.binary_cross_entropy_with_logits(grouped[known], gold[known], reduction="sum") / max(1, n)
    found = {"stance": stance}
    if len(batch.spreads):
        sentence, which, kind = batch.spreads.T
        row = pairs.row[sentence]
        evidence, issue, target = reader.pairs.spread(
            state[sentence, which], kind, sentence, words, mention, hidden, row
        )
        inside = torch.zeros(len(row), hidden.shape[1], device=hidden.device)
        inside.scatter_reduce_(1, pairs.pieces[sentence], pairs.on[sentence].float(), "amax")
        there = batch.issue != IGNORED
        for name, scores, gold, known in (
            ("evidence", evidence, batch.evidence, batch.evidence != IGNORED),
            ("issue", issue, batch.issue, there & (inside > 0)),
            ("theme", issue, batch.issue, there & (inside == 0)),
            ("target", target, batch.target, batch.target != IGNORED),
        ):
            if known.any():
                found[name] = F.binary_cross_entropy_with_logits(scores[known], gold[known])
    return found
