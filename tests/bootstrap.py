"""Whether a figure fell: a paired bootstrap over articles (Koehn 2004), of F1 now against F1 as it was kept."""

import importlib.util
import json
import random
import tempfile
from pathlib import Path
from typing import Any

LEVELS = ("actors", "holder", "stance", "issue")
DRAWS, CERTAIN = 2000, 0.025
Counts = dict[str, list[int]]
"""For each level: right, found, annotated."""


def by_article(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, Counts]:
    """Counts of every article, worked back from the scorer's own precision and recall of it alone."""
    path = Path(__file__).parent / "scorers" / "score_reading.py"
    spec = importlib.util.spec_from_file_location("score_reading", path)
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    result = {}
    for line, ours in zip(gold, found, strict=True):
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "one.json").write_text(json.dumps(line), encoding="utf-8")
            figures = scorer.score(Path(name), {line["id"]: ours})
        counts = {}
        for level in LEVELS:
            total = len(ours["actors"]) if level == "actors" else len(ours["positions"])
            wanted = sum(a["salience"] < 3 for a in line["actors"]) if level == "actors" else len(line["positions"])
            right = round(figures[level]["r"] * wanted)
            if level == "actors" and figures[level]["p"]:  # actors of little weight count neither way
                total = round(right / figures[level]["p"])
            counts[level] = [right, total, wanted]
        result[line["id"]] = counts
    return result


def fell(before: dict[str, Counts], now: dict[str, Counts]) -> list[str]:
    """What is worse with certainty: in all but CERTAIN of the draws of articles F1 fell."""
    shared = sorted(before.keys() & now.keys())
    rng, worse = random.Random(1), []
    for level in LEVELS if shared else ():
        draws = [[rng.choice(shared) for _ in shared] for _ in range(DRAWS)]
        higher = sum(_f1(now, draw, level) >= _f1(before, draw, level) for draw in draws)
        if higher / DRAWS < CERTAIN:
            worse.append(f"{level}: F1 was {_f1(before, shared, level):.3f} and is {_f1(now, shared, level):.3f}")
    return worse


def _f1(counts: dict[str, Counts], articles: list[str], level: str) -> float:
    right, found, gold = (sum(counts[name][level][k] for name in articles) for k in range(3))
    return 2 * right / max(1, found + gold)
