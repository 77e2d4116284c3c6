"""Fits how sure the reader is, of claims and of the words of their issues: `python -m training.calibrate DATA MODEL`.

Reads the annotated articles that are held back from training with the model in the folder MODEL. A claim is right when
its holder, stance and evidence are an annotated position's (evidence: what both share is 0.3 of the longer or more); a
word of the article is part of the issue when the annotated one has it. How usual words are is counted in the annotated
articles of the story sets that are not held back. Writes confidence.json, topics.json and words.json to MODEL, and
prints the claims' precision at recall, cross-validated by article.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from digests.extract.actors import build_roster
from digests.extract.claims import Claim, find_claims
from digests.extract.confidence import NAMES, Scene, features
from digests.extract.cues import signs_in
from digests.extract.encoder import Encoded, Encoder
from digests.extract.evidence import evidence_of
from digests.extract.heads import Heads
from digests.extract.issues import stem_of
from digests.extract.lexis import Lexis
from digests.extract.marks import Marks
from digests.extract.names import find_names
from digests.extract.plain import plain_positions
from digests.extract.readings import within
from digests.extract.sentences import open_page
from digests.extract.themes import WORDS, Themes
from digests.extract.usage import Usage
from digests.extract.voices import find_voices
from digests.models import Evidence
from digests.text import fold
from training import corpora
from training.examples import stems

STRENGTH = 0.1
"""Inverse weight of the penalty on large coefficients, over standardised features."""
OTHERS = 0.3
"""What an article counts that is not of the kind that the bot is for, beside one of the story sets."""
FOLDS, TEASER = 5, 3
"""Parts of the cross-validation; sentences of a short text, as feeds have them, which are fitted on too."""


@dataclass
class Found:
    """What an article gives to fit on: a row a claim, rows of the words of a right claim, and whether each is right."""

    claims: list[list[float]] = field(default_factory=list)
    is_right: list[bool] = field(default_factory=list)
    words: list[np.ndarray] = field(default_factory=list)
    is_issue: list[bool] = field(default_factory=list)
    weight: float = 1.0


def examples(document: corpora.Document, encoded: Encoded, heads: Heads, usage: Usage) -> Found:
    """Features of every claim of an article, and of the words of those that are annotated."""
    page = open_page(document.text)
    marks = Marks(encoded, heads)
    roster = build_roster(page, find_names(page, marks.names()), marks.agency)
    told = find_voices(roster, marks.attributions())
    claims, plain = find_claims(roster, marks, told), plain_positions(roster, document.body)
    found = Found(weight=1.0 if document.is_story else OTHERS)
    themes = Themes(Lexis(page, marks, document.body, usage), claims)
    for claim in claims:
        if claim.sentence.start < document.body:
            continue  # in headlines only cues are believed
        peers = [other for other in claims if other.sentence is claim.sentence]
        signs = signs_in(page, claim.sentence)
        beside = within(plain, claim.sentence.start, claim.sentence.end, document.body)
        found.claims.append(features(claim, Scene(roster, marks, told, peers, signs, beside)))
        evidence = evidence_of(page, claim, document.body)
        position = annotated(document, claim, evidence)
        found.is_right.append(position is not None)
        if position is None:
            continue
        wanted, right = stems(position.issue), np.zeros(themes.lexis.count, bool)
        for token, stem in zip(page.tokens, themes.lexis.stems, strict=True):
            right[stem] |= stem >= 0 and bool(stems(token.text) & wanted)
        found.words.append(themes.features(claim, signs, evidence))
        found.is_issue += right.tolist()
    return found


def annotated(document: corpora.Document, claim: Claim, evidence: Evidence) -> corpora.Position | None:
    """The annotated position that a claim is."""
    forms = {fold(form) for form in (claim.holder.name, *claim.holder.forms)}
    return next(
        (
            position
            for position in document.positions or []
            if position.stance is claim.stance
            and forms & {fold(form) for form in document.actors[position.actor].forms}
            and _agree(position.evidence, (evidence.start + document.body, evidence.end + document.body))
        ),
        None,
    )


def held_back(data: Path) -> list[corpora.Document]:
    """The annotated articles that are held back from training."""
    articles = corpora.more_gold(corpora.annotatable(data))
    return [document for document in articles if corpora.held_back(document.id)]


def counted(documents: list[corpora.Document]) -> Usage:
    """How usual words are in annotated articles, those aside that stand in only one of them."""
    standing: Counter[str] = Counter()
    naming: Counter[str] = Counter()
    for document in documents:
        issues = frozenset[str]().union(*(stems(position.issue) for position in document.positions or []))
        words = {token.lower for token in open_page(document.text).tokens if token.is_word}
        standing.update({stem_of(word) for word in words})
        naming.update({stem_of(word) for word in words if stems(word) & issues})
    often = sorted(stem for stem, count in standing.items() if count > 1)
    return Usage(len(documents), {stem: (standing[stem], naming[stem]) for stem in often})


def teaser(document: corpora.Document) -> corpora.Document:
    """The first sentences of an article as a text of its own, with the positions that stand there."""
    sentences = open_page(document.text).sentences[:TEASER]
    end = sentences[-1].end if sentences else 0
    there = [position for position in document.positions or [] if position.evidence[1] <= end]
    return replace(document, text=document.text[:end], positions=there)


def _agree(one: tuple[int, int], other: tuple[int, int]) -> bool:
    longer = max(one[1] - one[0], other[1] - other[0])
    return min(one[1], other[1]) - max(one[0], other[0]) >= 0.3 * longer


def fit(names: tuple[str, ...], rows: np.ndarray, right: np.ndarray, counts: np.ndarray) -> dict[str, float]:
    """A table of weights by name, and the constant; `counts` is what each row counts."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((rows - mean) / spread, right, counts)
    weights = model.coef_[0] / spread
    table = {name: round(float(value), 4) for name, value in zip(names, weights, strict=True)}
    return {"constant": round(float(model.intercept_[0] - weights @ mean), 4), **table}


def fit_claims(some: list[Found]) -> dict[str, float]:
    """The table of how sure claims are."""
    rows = np.array([row for one in some for row in one.claims])
    right = np.array([is_right for one in some for is_right in one.is_right])
    return fit(NAMES, rows, right, np.array([one.weight for one in some for _ in one.claims]))


def apply(table: dict[str, float], rows: np.ndarray) -> np.ndarray:
    """How sure claims with these features are."""
    return 1 / (1 + np.exp(-table["constant"] - rows @ np.array([table[name] for name in NAMES])))


def crossed(found: list[Found], short: list[Found]) -> np.ndarray:
    """How sure each claim of the whole articles is by tables that its article has no part in."""
    scores = [np.zeros(0)] * len(found)
    for part in range(FOLDS):
        table = fit_claims([one for some in (found, short) for k, one in enumerate(some) if k % FOLDS != part])
        for k, one in enumerate(found):
            if k % FOLDS == part and one.claims:
                scores[k] = apply(table, np.array(one.claims))
    return np.concatenate(scores)


def report(score: np.ndarray, right: np.ndarray, annotated: int) -> None:
    """Print precision at recall, of `annotated` positions."""
    order = np.argsort(-score)
    hits = np.cumsum(right[order])
    for recall in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        at = int(np.argmax(hits >= recall * annotated))
        print(f"recall {recall:.2f}  precision {hits[at] / (at + 1):.3f}  at {score[order][at]:.3f}")
    best = int(np.argmax(2 * hits / (np.arange(len(hits)) + 1 + annotated)))
    print(f"best F1 {2 * hits[best] / (best + 1 + annotated):.3f} at {score[order][best]:.3f}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    encoder, heads = Encoder(options.model), Heads(options.model)
    documents = held_back(options.data)
    learnt = [
        *corpora.more_gold(corpora.stories(options.data / "stories")),
        *corpora.gold(options.data / "gold" / "train"),
    ]
    usage = counted([document for document in learnt if not corpora.held_back(document.id)])
    annotated = sum(len(document.positions or []) for document in documents)
    found, short = (
        [examples(document, encoder.encode([document.text])[0], heads, usage) for document in some]
        for some in (documents, [teaser(document) for document in documents])
    )
    scores = crossed(found, short)
    right = np.array([is_right for one in found for is_right in one.is_right])
    of_story = np.array([document.is_story for document, one in zip(documents, found, strict=True) for _ in one.claims])
    told = [document for document in documents if document.is_story]
    print(f"{annotated} positions in {len(documents)} articles")
    report(scores, right, annotated)
    print(f"{(count := sum(len(one.positions or []) for one in told))} positions in {len(told)} of the story sets")
    report(scores[of_story], right[of_story], count)
    every = [*found, *short]
    claims = fit_claims(every)
    words = fit(
        WORDS,
        np.concatenate([rows for one in every for rows in one.words]),
        np.array([is_issue for one in every for is_issue in one.is_issue]),
        np.array([one.weight for one in every for _ in one.is_issue]),
    )
    for name, table in (("confidence", claims), ("topics", words)):
        (options.model / f"{name}.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    counts = {"articles": usage.articles, "words": [[stem, *both] for stem, both in usage.words.items()]}
    (options.model / "words.json").write_text(json.dumps(counts, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
