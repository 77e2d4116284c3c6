"""Scores the reader on the dev halves of the evaluation data and on the recent set: `python -m tests.evaluate`.

Prints every figure beside the last one kept in tests/figures.json. Exits 1 when an evidence is not word for word in its
article, when a figure fell by more than TOLERANCE, or when a paired bootstrap over articles says that one fell.
`--keep` writes the new figures down. The folder comes from EVAL_DATA (default ../shared, from the repository's root);
without it there is nothing to score and the exit code is 2.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from digests.extract.base import Extractor, read
from digests.extract.encoder import Encoder
from digests.extract.heads import Heads
from digests.extract.marks import Marks
from digests.extract.reader import EncoderReader
from digests.extract.wire import from_line, to_wire
from tests import recent_set
from tests.bootstrap import Counts, by_article, fell
from training.corpora import held_back, newswire

ROOT = Path(__file__).resolve().parent.parent
FIGURES, COUNTS = ROOT / "tests" / "figures.json", ROOT / "tests" / "figures_by_article.json"
TOLERANCE = 0.01
FLOOR = 0.5


def data() -> Path:
    """The folder of the evaluation data; raises SystemExit(2) when it is not there."""
    base = Path(os.environ.get("EVAL_DATA", "../shared"))
    folder = (base if base.is_absolute() else ROOT / base) / "data"
    if not folder.is_dir():
        print(f"no evaluation data at {folder} (set EVAL_DATA)", file=sys.stderr)
        raise SystemExit(2)
    return folder


def lines_of(folder: Path) -> list[dict[str, Any]]:
    """The gold articles of a folder, in order."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def predict(extractor: Extractor, lines: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], float]:
    """The wire format of every line, and words a second."""
    words = sum(len(line["text"].split()) for line in lines)
    started = time.perf_counter()
    found = [to_wire(read(extractor, from_line(line))) for line in lines]
    return found, words / (time.perf_counter() - started)


def score(script: str, gold: Path, predictions: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """What a scorer says of the predictions."""
    path = folder / "predictions.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in predictions), encoding="utf-8")
    command = [sys.executable, str(ROOT / "tests" / "scorers" / script), str(gold), str(path), "--json"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(answer.stdout))


def flat(prefix: str, result: dict[str, Any]) -> dict[str, float]:
    """Nested figures as "reading.holder.f": value."""
    found: dict[str, float] = {}
    for name, value in result.items():
        if isinstance(value, dict):
            found |= flat(f"{prefix}.{name}", value)
        else:
            found[f"{prefix}.{name}"] = float(value)
    return found


def readings(
    extractor: Extractor, lines: list[dict[str, Any]], folder: Path, everything: str, shown: str
) -> tuple[dict[str, float], float, dict[str, Counts]]:
    """Figures of all positions under `everything`, of those at the floor under `shown`, words a second, counts."""
    gold = folder / everything
    gold.mkdir()
    for line in lines:
        (gold / f"{line['id']}.json").write_text(json.dumps(line), encoding="utf-8")
    found, speed = predict(extractor, lines)
    figures = flat(everything, score("score_reading.py", gold, found, folder))
    counts = by_article(lines, found)
    for line in found:
        line["positions"] = [one for one in line["positions"] if one["confidence"] >= FLOOR]
    at_the_floor = flat(shown, score("score_reading.py", gold, found, folder))
    of_positions = tuple(f"{shown}.{part}" for part in ("holder", "stance", "issue"))
    return figures | {key: value for key, value in at_the_floor.items() if key.startswith(of_positions)}, speed, counts


def names(encoder: Encoder, heads: Heads) -> dict[str, float]:
    """Exact-span F1 of names of four kinds on the tenth of the newswire set that training never sees."""
    documents = [d for d in newswire(data() / "ner" / "worldwide_train.jsonl") if held_back(d.id)]
    right = found = gold = 0
    for document in documents:
        marks = Marks(encoder.encode([document.text])[0], heads)
        ours = {(n.start, n.end, n.kind) for n in marks.names() if n.kind != "other"}
        theirs = {name for name in document.names or [] if name[2] != "other"}
        right, found, gold = right + len(ours & theirs), found + len(ours), gold + len(theirs)
    return {"names.p": right / found, "names.r": right / gold, "names.f": 2 * right / (found + gold)}


def measure(extractor: Extractor) -> tuple[dict[str, float], float, dict[str, Counts]]:
    """All figures of the dev halves and the recent set, and the reading speed on dev in words a second."""
    attribution = data() / "attribution" / "dev.jsonl"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures, speed, counts = readings(extractor, lines_of(data() / "gold" / "dev"), folder, "reading", "shown")
        recent, _, more = readings(extractor, recent_set.gold(data()), folder, "recent", "recent.shown")
        figures |= recent
        rows = [json.loads(row) for row in attribution.read_text(encoding="utf-8").splitlines() if row.strip()]
        found, _ = predict(extractor, rows)
        figures |= flat("attribution", score("score_attributions.py", attribution, found, folder))
    return figures | names(Encoder(), Heads()), speed, counts | more


def worse(figures: dict[str, float], kept: dict[str, float]) -> list[str]:
    """What fell by more than TOLERANCE, in words; splits count the other way and may rise by one."""
    found = []
    for name, value in figures.items():
        before = kept.get(name)
        if before is None:
            continue
        fell = value > before + 1 if name.endswith("splits") else value < before - TOLERANCE
        if fell:
            found.append(f"{name} was {before:.3f} and is {value:.3f}")
    if min(figures["reading.grounded"], figures["recent.grounded"]) < 1.0:
        found.append("an evidence is not word for word in its article")
    return found


def main() -> int:
    """Measure, print, compare; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="write the figures to tests/figures.json")
    arguments = parser.parse_args()
    kept = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    figures, speed, counts = measure(EncoderReader())
    before = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    print(f"{'figure':32}{'now':>9}{'kept':>9}")
    for name, value in figures.items():
        last = f"{kept[name]:9.3f}" if name in kept else f"{'-':>9}"
        print(f"{name:32}{value:9.3f}{last}")
    print(f"{'words a second, one core':32}{speed:9.0f}")
    trouble = worse(figures, kept) + fell(before, counts)
    for line in trouble:
        print(f"worse: {line}", file=sys.stderr)
    if arguments.keep:
        FIGURES.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        COUNTS.write_text(json.dumps(counts, sort_keys=True) + "\n", encoding="utf-8")
    return 1 if trouble and not arguments.keep else 0


if __name__ == "__main__":
    sys.exit(main())
