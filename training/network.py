"""The network: MiniLM-L6 (Wang et al. 2020) with letter case and layout, two taggers, links, and a pair scorer.

The encoder reads a window once. The taggers score names and the parts of attributions for every piece; the pair scorer
asks of each sentence and each actor mentioned around it which stances the sentence gives to that actor, and which of
its words are the evidence, the issue and the target. `digests/extract/heads.py` is the same scorer in NumPy.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from digests.extract.pieces import CASES, LAYOUTS
from digests.extract.tags import NAMES, ROLES, STANCES, labels
from training.crf import Chain

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
LINK, QUERY, ASKERS, PAIR = 64, 64, 4, 256
TOGETHER = 8
"""Windows that go through the layers at once while training."""
OFFSETS, KINDS = 3, 4
"""A mention stands a sentence before, in, or a sentence after; and is a name, a pronoun, a role noun, or I or we."""


class Dropout(nn.Module):
    """Dropout by bytes, eight from each 64-bit draw: on a CPU the draws took as long as the products."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.cut = round(rate * 256)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.cut:
            return x
        draws = torch.empty(x.numel() // 8 + 1, dtype=torch.int64, device=x.device).random_(-(2**63), None)
        kept = draws.view(torch.uint8)[: x.numel()].view(x.shape) >= self.cut
        return x * kept.to(x.dtype).mul_(256 / (256 - self.cut))


class Layer(nn.Module):
    """A transformer layer as in BERT (post-norm); attention weights are never dropped, which a CPU does slowly."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Dropout(dropout)
        self.explicit = False

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if self.explicit:  # for export: plain operators
            weights = (q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias).softmax(-1)
            seen = weights @ v
        else:
            if x.device.type == "cpu":  # whose backward pass is twice as fast in full precision
                q, k, v = q.float(), k.float(), v.float()
            with torch.autocast(x.device.type, enabled=False):
                seen = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces to vectors: ids, cases, layouts and mask (batch, length) to (batch, length, WIDTH)."""

    def __init__(self, vocabulary: int, positions: int = 512, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(positions, WIDTH)
        self.cases, self.layouts = nn.Embedding(CASES, WIDTH), nn.Embedding(LAYOUTS, WIDTH)
        nn.init.zeros_(self.cases.weight)
        nn.init.zeros_(self.layouts.weight)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, ids: Tensor, cases: Tensor, layouts: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.places(places) + self.cases(cases) + self.layouts(layouts)
        x = self.drop(self.norm(x))
        if not self.training:
            return self._through(x, mask)
        order, found = mask.sum(1).argsort(), []
        for rows in order.split(TOGETHER):  # windows of like length, so that little is spent on padding
            length = int(mask[rows].sum(1).max())
            seen = self._through(x[rows, :length], mask[rows, :length])
            found.append(F.pad(seen, (0, 0, 0, x.shape[1] - length)))
        return torch.cat(found)[order.argsort()]

    def _through(self, x: Tensor, mask: Tensor) -> Tensor:
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_minilm(self, weights: dict[str, Tensor]) -> None:
        """Take the weights of a MiniLM checkpoint (BERT's names); the sentence type is folded into the places."""
        get = {name.removeprefix("bert."): value.float() for name, value in weights.items()}
        with torch.no_grad():
            self.words.weight.copy_(get["embeddings.word_embeddings.weight"])
            kind = get["embeddings.token_type_embeddings.weight"][0]
            self.places.weight.copy_(get["embeddings.position_embeddings.weight"] + kind)
            _norm(self.norm, get, "embeddings.LayerNorm")
            for index, layer in enumerate(self.layers):
                at = f"encoder.layer.{index}."
                parts = [f"{at}attention.self.{name}" for name in ("query", "key", "value")]
                layer.qkv.weight.copy_(torch.cat([get[f"{part}.weight"] for part in parts]))
                layer.qkv.bias.copy_(torch.cat([get[f"{part}.bias"] for part in parts]))
                _linear(layer.out, get, f"{at}attention.output.dense")
                _norm(layer.norm1, get, f"{at}attention.output.LayerNorm")
                _linear(layer.up, get, f"{at}intermediate.dense")
                _linear(layer.down, get, f"{at}output.dense")
                _norm(layer.norm2, get, f"{at}output.LayerNorm")


def _linear(module: nn.Linear, get: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(get[f"{name}.weight"])
    module.bias.copy_(get[f"{name}.bias"])


def _norm(module: nn.LayerNorm, get: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(get[f"{name}.weight"])
    module.bias.copy_(get[f"{name}.bias"])


@dataclass
class Pairs:
    """Sentences of a batch with the mentions around each; n sentences, at most m mentions and l pieces."""

    row: Tensor  # (n,) which window
    pieces: Tensor  # (n, l) positions in the window
    on: Tensor  # (n, l) true where there is a piece
    first: Tensor  # (n, m) first piece of each mention
    last: Tensor  # (n, m) its last piece
    place: Tensor  # (n, m) below OFFSETS * KINDS
    there: Tensor  # (n, m) true where there is a mention


class PairScorer(nn.Module):
    """For a sentence and a mention: stances, and the words that are evidence, issue and target."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.ask, self.key, self.value = (nn.Linear(WIDTH, ASKERS * QUERY) for _ in range(3))
        self.place = nn.Embedding(OFFSETS * KINDS, PAIR)
        self.join = nn.Linear(2 * WIDTH + ASKERS * QUERY, PAIR)
        self.drop = Dropout(dropout)
        self.stance = nn.Linear(PAIR, len(STANCES))
        nn.init.constant_(self.stance.bias, -3.0)
        self.kinds = nn.Embedding(len(STANCES), PAIR)
        nn.init.zeros_(self.kinds.weight)
        self.evidence, self.issue, self.target = (nn.Linear(PAIR, QUERY) for _ in range(3))
        self.words, self.topics, self.others = (nn.Linear(WIDTH, QUERY) for _ in range(3))

    def forward(self, hidden: Tensor, pairs: Pairs) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Pair states (n, m, PAIR), stance logits (n, m, stances), the sentences' pieces (n, l, WIDTH), the
        mentions' vectors.
        """
        row = pairs.row[:, None]
        words = hidden[row, pairs.pieces]
        mention = (hidden[row, pairs.first] + hidden[row, pairs.last]) / 2
        n, m, length = *mention.shape[:2], words.shape[1]
        q = self.ask(mention).view(n, m, ASKERS, QUERY).transpose(1, 2)
        k = self.key(words).view(n, length, ASKERS, QUERY).transpose(1, 2)
        v = self.value(words).view(n, length, ASKERS, QUERY).transpose(1, 2)
        logits = q @ k.transpose(-1, -2) / math.sqrt(QUERY)
        weights = logits.masked_fill(~pairs.on[:, None, None, :], -1e4).softmax(-1)
        seen = (weights @ v).transpose(1, 2).reshape(n, m, ASKERS * QUERY)
        mean = (words * pairs.on[..., None]).sum(1) / pairs.on.sum(1, keepdim=True).clamp(min=1)
        joined = torch.cat([self.drop(mention), self.drop(seen), self.drop(mean)[:, None].expand(n, m, WIDTH)], -1)
        state = self.drop(F.gelu(self.join(joined) + self.place(pairs.place)))
        return state, self.stance(state), words, mention

    def spread(
        self,
        state: Tensor,
        stance: Tensor,
        sentence: Tensor,
        words: Tensor,
        mention: Tensor,
        hidden: Tensor,
        row: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """For states (p, PAIR), their stances (p,) and sentences (p,): logits of evidence a piece of the sentence
        (p, l), of issue a piece of the window (p, length), of target a mention (p, m). `words` and `mention` are as
        `forward` gave them, a row a sentence; `hidden` (batch, length, WIDTH) are the windows, `row` (p,) says which.
        """
        asked = state + self.kinds(stance)
        scale = 1 / math.sqrt(QUERY)
        evidence = torch.einsum("pq,plq->pl", self.evidence(asked), self.words(words)[sentence]) * scale
        issue = torch.einsum("pq,plq->pl", self.issue(asked), self.topics(hidden)[row]) * scale
        target = torch.einsum("pq,pmq->pm", self.target(asked), self.others(mention)[sentence]) * scale
        return evidence - 1.0, issue - 1.0, target - 2.0


class Reader(nn.Module):
    """Everything: encoder, taggers with their chains, links, actors, pairs."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary)
        self.drop = Dropout(0.1)
        self.names = nn.Linear(WIDTH, len(labels(NAMES)))
        self.roles = nn.Linear(WIDTH, len(labels(ROLES)))
        self.name_chain, self.role_chain = Chain(len(labels(NAMES))), Chain(len(labels(ROLES)))
        self.actor = nn.Linear(WIDTH, 1)
        self.link_from = nn.Linear(WIDTH, 2 * LINK)  # of a cue: towards its source, towards its content
        self.link_to = nn.Linear(WIDTH, 2 * LINK)
        self.far = nn.Embedding(2 * 12, 1)  # how far: a signed logarithmic distance in pieces
        nn.init.zeros_(self.far.weight)
        self.pairs = PairScorer()

    def forward(self, ids: Tensor, cases: Tensor, layouts: Tensor, mask: Tensor) -> Tensor:
        return self.encoder(ids, cases, layouts, mask)


def load_base(folder: Path) -> dict[str, Tensor]:
    """The MiniLM weights in `folder` (model.safetensors)."""
    from safetensors.torch import load_file

    return load_file(folder / "model.safetensors")
