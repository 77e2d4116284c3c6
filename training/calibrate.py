"""Fits how sure the reader is of a claim: `python -m training.calibrate DATA MODEL`.

Reads the annotated articles that are held back from training with the model in the folder MODEL. A claim is right when
its holder, stance and evidence are an annotated position's (evidence: what both share is 0.3 of the longer or more).
Writes MODEL/confidence.json and prints precision at recall, cross-validated by article.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from digests.extract.actors import build_roster
from digests.extract.claims import find_claims
from digests.extract.confidence import NAMES, Scene, features
from digests.extract.cues import signs_in
from digests.extract.encoder import Encoded, Encoder
from digests.extract.evidence import evidence_of
from digests.extract.heads import Heads
from digests.extract.marks import Marks
from digests.extract.names import find_names
from digests.extract.sentences import open_page
from digests.extract.voices import find_voices
from digests.text import fold
from training import corpora

STRENGTH = 0.1
"""Inverse weight of the penalty on large coefficients, over standardised features."""


def examples(document: corpora.Document, encoded: Encoded, heads: Heads) -> tuple[np.ndarray, np.ndarray]:
    """Features of every claim of an article, and whether each is annotated."""
    page = open_page(document.text)
    marks = Marks(encoded, heads)
    roster = build_roster(page, find_names(page, marks.names()), marks.agency)
    told = find_voices(roster, marks.attributions())
    claims = find_claims(roster, marks, told)
    rows, right = [], []
    for claim in claims:
        peers = [other for other in claims if other.sentence is claim.sentence]
        rows.append(features(claim, Scene(roster, marks, told, peers, signs_in(page, claim.sentence))))
        evidence = evidence_of(page, claim, 0)
        forms = {fold(form) for form in (claim.holder.name, *claim.holder.forms)}
        right.append(
            any(
                position.stance is claim.stance
                and forms & {fold(form) for form in document.actors[position.actor].forms}
                and _agree(position.evidence, (evidence.start, evidence.end))
                for position in document.positions or []
            )
        )
    return np.array(rows).reshape(-1, len(NAMES)), np.array(right, float)


def held_back(data: Path) -> list[corpora.Document]:
    """The annotated articles that are held back from training."""
    articles = [
        *corpora.newswire(data / "ner" / "worldwide_train.jsonl"),
        *corpora.attribution(data / "attribution" / "train.jsonl"),
    ]
    return [document for document in corpora.more_gold(articles) if corpora.held_back(document.id)]


def _agree(one: tuple[int, int], other: tuple[int, int]) -> bool:
    longer = max(one[1] - one[0], other[1] - other[0])
    return min(one[1], other[1]) - max(one[0], other[0]) >= 0.3 * longer


def fit(rows: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """The table of confidence.json."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((rows - mean) / spread, right)
    weights = model.coef_[0] / spread
    table = {name: round(float(value), 4) for name, value in zip(NAMES, weights, strict=True)}
    return {"constant": round(float(model.intercept_[0] - weights @ mean), 4), **table}


def apply(table: dict[str, float], rows: np.ndarray) -> np.ndarray:
    """How sure claims with these features are."""
    return 1 / (1 + np.exp(-table["constant"] - rows @ np.array([table[name] for name in NAMES])))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    encoder, heads = Encoder(options.model), Heads(options.model)
    documents = held_back(options.data)
    annotated = sum(len(document.positions or []) for document in documents)
    found = [examples(document, encoder.encode([document.text])[0], heads) for document in documents]
    print(f"{annotated} positions in {len(documents)} articles")
    scores = [np.zeros(0)] * len(found)
    for part in range(5):
        table = fit(*(np.concatenate(x) for x in zip(*(f for k, f in enumerate(found) if k % 5 != part), strict=True)))
        for k, (rows, _) in enumerate(found):
            if k % 5 == part:
                scores[k] = apply(table, rows)
    score, right = np.concatenate(scores), np.concatenate([r for _, r in found])
    order = np.argsort(-score)
    hits = np.cumsum(right[order])
    for recall in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        at = int(np.argmax(hits >= recall * annotated))
        print(f"recall {recall:.2f}  precision {hits[at] / (at + 1):.3f}  at {score[order][at]:.3f}")
    best = int(np.argmax(2 * hits / (np.arange(len(hits)) + 1 + annotated)))
    print(f"best F1 {2 * hits[best] / (best + 1 + annotated):.3f} at {score[order][best]:.3f}")
    table = fit(np.concatenate([r for r, _ in found]), right)
    (options.model / "confidence.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
