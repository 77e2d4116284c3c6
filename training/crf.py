"""A linear-chain conditional random field over label scores (Lafferty, McCallum and Pereira 2001)."""

import torch
from torch import Tensor, nn


class Chain(nn.Module):
    """Start and transition scores of BIO labels (O, then B and I of each class)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.start = nn.Parameter(torch.zeros(size))
        self.step = nn.Parameter(torch.zeros(size, size))
        with torch.no_grad():
            for inside in range(2, size, 2):  # I follows its own B or I; the others begin unlikely
                self.start[inside] = -4.0
                for before in range(size):
                    if before not in (inside - 1, inside):
                        self.step[before, inside] = -4.0

    def loss(self, scores: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Negative log-likelihood of `gold` (batch, length) a token; `mask` is true from the left."""
        clean = gold.clamp(min=0)
        inner = mask[:, 1:]
        unary = scores.gather(2, clean[..., None]).squeeze(2)
        binary = self.step[clean[:, :-1], clean[:, 1:]]
        path = self.start[clean[:, 0]] + unary[:, 0] + ((unary[:, 1:] + binary) * inner).sum(1)
        return (self._partition(scores, inner) - path).sum() / mask.sum()

    def _partition(self, scores: Tensor, inner: Tensor) -> Tensor:
        """Log of the sum over all paths: the steps' matrices multiplied in pairs, so that its depth is log(length)."""
        size = len(self.start)
        nothing = torch.full((size, size), -1e4, device=scores.device)
        nothing.fill_diagonal_(0.0)
        chain = torch.where(inner[..., None, None], self.step + scores[:, 1:, None, :], nothing)
        while chain.shape[1] > 1:
            if chain.shape[1] % 2:
                chain = torch.cat([chain, nothing.expand(len(chain), 1, size, size)], 1)
            left, right = chain[:, 0::2], chain[:, 1::2]
            chain = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], dim=-2)
        total = (self.start + scores[:, 0])[:, :, None] + chain[:, 0]
        return torch.logsumexp(total.flatten(1), 1)
