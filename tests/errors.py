"""What the reader misses and gets wrong on the dev articles: `python -m tests.errors [--count 100]`.

Prints two tables in Markdown, drawn with a fixed seed: positions that were annotated and not found, and positions that
were found and are not annotated, each with its fields, at most fifteen words of its evidence, and what stands against
it. docs/quality.md keeps the last ones.
"""

import argparse
import random
import sys
from collections import Counter
from typing import Any

from digests.extract.reader import EncoderReader
from tests.evaluate import data, lines_of, predict
from tests.scorers import score_reading as scorer

WORDS = 15
CLASSES = ("nothing there", "other words", "stance", "holder")
Position = dict[str, Any]


class Article:
    """An annotated article beside what the reader made of it."""

    def __init__(self, gold: dict[str, Any], found: dict[str, Any]) -> None:
        self.id, self.title, self.text = gold["id"], gold.get("title", ""), gold["text"]
        self.gold, self.found = gold["positions"], found["positions"]
        self._names = [{a["name"]: scorer.keys(a) for a in one["actors"]} for one in (gold, found)]

    def missed(self) -> list[tuple[Position, str]]:
        """Annotated positions whose holder, evidence and stance were not found together, and why."""
        return [(one, self._why(one, self.found, 0)) for one in self.gold if not self._is_in(one, self.found, 0)]

    def wrong(self) -> list[tuple[Position, str]]:
        """Positions that are not annotated so, and what is annotated there."""
        return [(one, self._why(one, self.gold, 1)) for one in self.found if not self._is_in(one, self.gold, 1)]

    def _is_in(self, one: Position, others: list[Position], side: int) -> bool:
        return any(
            other["stance"] == one["stance"] and self._same_holder(one, other, side) and self._agree(one, other)
            for other in others
        )

    def _why(self, one: Position, others: list[Position], side: int) -> str:
        there = [other for other in others if self._meets(one, other)]
        holder = [other for other in there if self._same_holder(one, other, side)]
        stance = [other for other in there if other["stance"] == one["stance"]]
        if any(other["stance"] == one["stance"] for other in holder):
            return "other words"
        if holder:
            return f"stance: {holder[0]['stance']}"
        if stance:
            return f"holder: {stance[0]['actor']}"
        return f"{there[0]['actor']} {there[0]['stance']}" if there else "nothing there"

    def _same_holder(self, one: Position, other: Position, side: int) -> bool:
        mine, theirs = self._names[side].get(one["actor"], set()), self._names[1 - side].get(other["actor"], set())
        return bool(mine & theirs)

    def _span(self, one: Position) -> tuple[str, int, int] | None:
        found = scorer.span(one["evidence"], self.title, self.text)
        return (str(found[0]), int(found[1]), int(found[2])) if found else None

    def _agree(self, one: Position, other: Position) -> bool:
        return bool(scorer.agree(self._span(one), self._span(other)))

    def _meets(self, one: Position, other: Position) -> bool:
        a, b = self._span(one), self._span(other)
        return bool(a and b and a[0] == b[0] and min(a[2], b[2]) > max(a[1], b[1]))

    def quoted(self, one: Position) -> str:
        """The first words of a position's evidence."""
        span = self._span(one)
        words = (self.title if span and span[0] == "title" else self.text)[span[1] : span[2]].split() if span else []
        return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")


def table(title: str, rows: list[tuple[Article, Position, str]], count: int) -> None:
    """Print `count` rows, and how many of all are of each class."""
    heads = [why.partition(":")[0] for _, _, why in rows]
    classes = Counter(head if head in CLASSES else "another position" for head in heads)
    told = ", ".join(f"{name} {number}" for name, number in classes.most_common())
    print(f"### {title}: {len(rows)} ({told})\n")
    print("| article | holder | stance | issue | words | against it |\n|---|---|---|---|---|---|")
    for article, one, why in random.Random(1).sample(rows, min(count, len(rows))):
        cells = (article.id, one["actor"], one["stance"], one["issue"], article.quoted(one), why)
        print("| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |")
    print()


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100)
    options = parser.parse_args()
    gold = lines_of(data() / "gold" / "dev")
    found, _ = predict(EncoderReader(), gold)
    articles = [Article(line, ours) for line, ours in zip(gold, found, strict=True)]
    table("Missed", [(a, *row) for a in articles for row in a.missed()], options.count)
    table("Wrong", [(a, *row) for a in articles for row in a.wrong()], options.count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
