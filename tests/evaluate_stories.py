"""Scores grouping and summaries on the dev halves of the evaluation data: `python -m tests.evaluate_stories`.

Grouping: B-cubed by tests/scorers/score_stories.py, and articles a second with a small and a large window. Summaries:
ROUGE F1 (tests/rouge.py) beside the centroid x position baseline of the same run. Exits 1 when a figure misses its
bound in LEAST, 2 without the data (EVAL_DATA).
"""

import itertools
import json
import random
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from digests.editorial.stories import Stories
from digests.editorial.wire import article_of, story_of, told
from digests.models import Article
from tests.evaluate import data
from tests.rouge import centroid_by_position, rouge
from tests.scorers.score_stories import score

LEAST = {
    "conflict.f": 0.84,
    "conflict.p": 0.90,
    "allsides.f": 0.85,
    "summary.exact": 1.0,
    "summary.1": 0.37,
    "summary.2": 0.15,
    "summary.l": 0.255,
}
"""What the figures may not fall under."""

WORDS = 60  # of a summary that are compared


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def grouping(folder: Path, name: str) -> dict[str, float]:
    """B-cubed of the articles of one file, streamed in the order of its lines."""
    lines = rows(folder / f"{name}_dev.jsonl")
    stream = Stories()
    found = {line["id"]: stream.add(article_of(line)) for line in lines}
    result = score({line["id"]: line["story"] for line in lines}, found)
    return {f"{name}.{key}": result[key] for key in ("p", "r", "f")}


def summaries(folder: Path) -> dict[str, float]:
    """ROUGE F1 of the summaries and of the baseline's, against those that people wrote."""
    articles = {line["id"]: line for line in rows(folder / "allsides_dev.jsonl")}
    total: dict[str, float] = {}
    lines = rows(folder / "summaries_dev.jsonl")
    for line in lines:
        mine = [articles[one] for one in line["articles"] if one in articles]
        written = told(story_of({"story": line["story"], "articles": mine}))
        texts = {one["id"]: one["text"] for one in mine}
        exact = all(texts[one["article"]][one["start"] : one["end"]] == one["text"] for one in written["sentences"])
        assert len(written["sentences"]) <= 2
        total["exact"] = total.get("exact", 0.0) + exact
        pairs = (("summary", written["summary"]), ("baseline", centroid_by_position(list(texts.values()), WORDS)))
        for who, text in pairs:
            for measure, value in rouge(line["summary"], " ".join(text.split()[:WORDS])).items():
                total[f"{who}.{measure}"] = total.get(f"{who}.{measure}", 0.0) + value
    total["summary.exact"] = total.pop("exact")
    return {name: value / len(lines) for name, value in total.items()}


def speed(folder: Path, sizes: tuple[int, ...] = (5_000, 50_000), timed: int = 1_000) -> dict[str, float]:
    """Articles grouped a second when so many are in the window already: sentences of real ones, mixed."""
    articles = [article_of(line) for line in rows(folder / "allsides_dev.jsonl")]
    found: dict[str, float] = {}
    stream, mixed = Stories(), _mixed(articles)
    filled = 0
    for size in sizes:
        for article in itertools.islice(mixed, size - filled):
            stream.add(article)
        ready = list(itertools.islice(mixed, timed))
        began = time.perf_counter()
        for article in ready:
            stream.add(article)
        found[f"articles a second at {size:,}"] = timed / (time.perf_counter() - began)
        filled = size + timed
    return found


def _mixed(articles: list[Article]) -> Any:
    """Endless new articles of one date: the title and half the lines of one, half the lines of another."""
    chance = random.Random(7)
    for number in itertools.count():
        one, other = chance.sample(articles, 2)
        left, right = one.text.split("\n"), other.text.split("\n")
        text = "\n".join(left[: len(left) // 2 + 1] + right[: len(right) // 2 + 1])
        yield replace(one, id=f"{number}", text=text, published_at=None)


def main() -> int:
    """Measure, print, compare; the exit code."""
    folder = data() / "stories"
    figures = grouping(folder, "conflict") | grouping(folder, "allsides") | summaries(folder)
    for name, value in figures.items():
        bound = f"{LEAST[name]:9.3f}" if name in LEAST else f"{'-':>9}"
        print(f"{name:32}{value:9.4f}{bound}")
    for name, value in speed(folder).items():
        print(f"{name:32}{value:9.0f}")
    trouble = [
        f"{name} is {figures[name]:.4f}, under {least}" for name, least in LEAST.items() if figures[name] < least
    ]
    for line in trouble:
        print(f"worse: {line}", file=sys.stderr)
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
