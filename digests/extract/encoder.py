"""The encoder: texts to one vector a word piece, by ONNX Runtime. What the vectors mean is told by heads.py.

MiniLM-L6, fine-tuned (training/), its weights in int8; model/MODEL_CARD.md says from what and how well. The only
file that knows onnxruntime. Deterministic for a text, alone or among others.
"""

from collections.abc import Sequence as Texts
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from digests.extract.pieces import Sequence, sequence, windows
from digests.extract.wordpiece import WordPiece

MODEL = Path(__file__).parent / "model"
WIDTH = 384
SIZE, OVERLAP = 320, 64
"""Pieces of a window, and how many of them two windows share: measured best for attributions on articles held back."""

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text's pieces and their `vectors` (pieces, WIDTH and what heads.PIECEWISE append)."""

    sequence: Sequence
    vectors: Vectors


class Encoder:
    """Reads texts. The weights are loaded when the first text comes; `threads` is how many cores one text may use."""

    def __init__(self, folder: Path = MODEL, *, threads: int = 1) -> None:
        self._folder, self._threads = folder, threads

    @cached_property
    def tokenizer(self) -> WordPiece:
        """The word pieces of the model's vocabulary."""
        return WordPiece((self._folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines())

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # or every length ever seen keeps its memory
        return onnxruntime.InferenceSession(
            str(self._folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Texts[str]) -> list[Encoded]:
        """Each text with the vectors of its pieces, each from the window in which it stands most inside."""
        return [self._encode(sequence(text, self.tokenizer)) for text in texts]

    def _encode(self, seen: Sequence) -> Encoded:
        places = list(windows(len(seen), SIZE, OVERLAP))
        vectors: Vectors | None = None
        for (start, stop), (first, last) in zip(places, _shares(places), strict=True):
            rows = self._run(seen, start, stop)
            if vectors is None:  # one block for all: blocks of every size, kept until the last, leave holes in memory
                vectors = np.empty((len(seen), rows.shape[1]), np.float32)
            vectors[first:last] = rows[first - start : last - start]
        assert vectors is not None
        return Encoded(seen, vectors)

    def _run(self, seen: Sequence, start: int, stop: int) -> Vectors:
        """Vectors of pieces `start` to `stop`. One window a run: a window among others would come out otherwise."""
        ids = [self.tokenizer.begin, *seen.pieces.ids[start:stop], self.tokenizer.end]
        feed = {
            "ids": np.array([ids]),
            "cases": np.array([[0, *seen.cases[start:stop], 0]]),
            "layouts": np.array([[0, *seen.layouts[start:stop], 0]]),
            "mask": np.ones((1, len(ids)), np.int64),
        }
        vectors: Vectors = self._session.run(None, feed)[0]
        return vectors[0, 1:-1]


def _shares(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces that each window answers for: windows part in the middle of what they share."""
    cuts = [(stop + start) // 2 for (_, stop), (start, _) in pairwise(places)]
    return list(pairwise([0, *cuts, *(stop for _, stop in places[-1:])]))
