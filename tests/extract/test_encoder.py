"""The encoder and what is read off its vectors: the same for a text wherever it stands, the best path really best."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.extract.encoder import MODEL, Encoder
from digests.extract.heads import Heads
from digests.extract.marks import Marks
from digests.extract.tags import NAMES, ROLES, best_paths, labels, spans

ENCODER, HEADS = Encoder(), Heads()
TEXT = "Ankara, Nov 6 - Hakan Fidan said that Turkey rejects the plan. “We will not accept it,” he told NATO envoys."
MOST = 30_000_000


def test_a_text_is_encoded_the_same_way_alone_and_among_others() -> None:
    alone = ENCODER.encode([TEXT])[0].vectors
    among = ENCODER.encode(["Something else. " * 40, TEXT, ""])[1].vectors
    assert np.array_equal(alone, among)


def test_a_long_text_has_a_vector_for_every_piece() -> None:
    encoded = ENCODER.encode([f"{TEXT} " * 40])[0]
    assert len(encoded.vectors) == len(encoded.sequence) > 640
    assert np.isfinite(encoded.vectors).all()
    assert (np.abs(encoded.vectors).sum(1) > 0).all()


def test_names_and_attributions_stand_where_the_text_has_them() -> None:
    marks = Marks(ENCODER.encode([TEXT])[0], HEADS)
    assert {(TEXT[n.start : n.end], n.kind) for n in marks.names()} >= {
        ("Hakan Fidan", "person"),
        ("Turkey", "location"),
    }
    first, second = marks.attributions()
    assert [TEXT[s.start : s.end] for s in (*first.source, *first.cue)] == ["Hakan Fidan", "said"]
    assert [TEXT[s.start : s.end] for s in second.source] == ["he"]
    assert "We will not accept it" in TEXT[second.content[0].start : second.content[0].end]
    assert marks.agency(TEXT.index("Turkey"), TEXT.index("Turkey") + 6) > marks.agency(0, 6)


@settings(max_examples=60)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_best_path_is_the_best_of_all_paths(length: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores, start, step = (rng.normal(size=shape).astype(np.float32) for shape in ((length, 3), (3,), (3, 3)))

    def worth(path: tuple[int, ...]) -> float:
        inner = sum(step[a, b] for a, b in pairwise(path))
        return float(start[path[0]] + sum(scores[k, label] for k, label in enumerate(path)) + inner)

    beside = tuple(rng.normal(size=shape).astype(np.float32) for shape in ((length, 5), (5,), (5, 5)))
    for found in (best_paths([(scores, start, step)])[0], best_paths([beside, (scores, start, step)])[1]):
        assert abs(worth(tuple(found)) - max(worth(path) for path in product(range(3), repeat=length))) < 1e-4


def test_spans_of_a_path_begin_at_their_marks() -> None:
    assert labels(ROLES)[:3] == ("O", "B-source", "I-source")
    assert spans([0, 1, 2, 2, 1, 0, 4, 3, 4]) == [(0, 1, 4), (0, 4, 5), (1, 6, 7), (1, 7, 9)]
    assert len(labels(NAMES)) == 11


def test_the_model_is_as_small_as_promised() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) < MOST
