"""The encoder: texts to one vector a word piece, by ONNX Runtime. What the vectors mean is told by heads.py.

MiniLM-L6, fine-tuned (training/), its weights in int8; model/MODEL_CARD.md says from what and how well. The only
file that
knows onnxruntime. Deterministic for a text, alone or among others.
"""

import os
from collections.abc import Sequence as Texts
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy's products here are small: more threads only wait

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
    """A text's pieces and their `vectors` (pieces, WIDTH)."""

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
        found = [
            Encoded(seen, np.zeros((len(seen), WIDTH), np.float32))
            for seen in (sequence(text, self.tokenizer) for text in texts)
        ]
        for encoded in found:
            count = len(encoded.sequence)
            trust = np.full(count, -1)
            for start, stop in windows(count, SIZE, OVERLAP) if count else ():
                inside = _inside(start, stop, count)
                better = inside > trust[start:stop]
                encoded.vectors[start:stop][better] = self._run(encoded.sequence, start, stop)[better]
                trust[start:stop] = np.maximum(trust[start:stop], inside)
        return found

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


def _inside(start: int, stop: int, count: int) -> npt.NDArray[np.int_]:
    """How far each piece of a window is from its nearer edge; the text's own ends are no edges."""
    places = np.arange(stop - start)
    far = 10 * SIZE
    return np.minimum(places + far * (start == 0), places[::-1] + far * (stop == count))
