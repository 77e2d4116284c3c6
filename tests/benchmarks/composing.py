"""How fast an edition is composed from a busy week: `python -m tests.benchmarks.composing [ARTICLES]`.

A SQLite store is filled with 20,000 articles of 7 days by 60 publishers: of events that begin at any moment, each with
its own words, places and actors, reported by one to sixty outlets, a third of them reprints; two positions an article
on the event's own issues, by its actors. Then one edition of the whole window, one of the last day, and one for a
reader who follows an actor and words are composed thirty times each. Exits 1 where the first takes the
processor more than 500 ms at p95 (the wall clock also shows what else the machine does).
"""

import asyncio
import gc
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digests.flows.answer import preview
from digests.flows.placing import place_new
from digests.models import (
    Actor,
    ActorReading,
    Article,
    Evidence,
    Extraction,
    Interest,
    Kind,
    Position,
    Span,
    Stance,
)
from digests.store.base import Store
from digests.store.engine import open_store
from digests.text import fingerprint

NOW = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
MOST = 0.5  # seconds that the slowest but one in twenty may take
_LETTERS = "bcdfglmnprstvz"


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_LETTERS) + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))


class Press:
    """Made-up news in which events can be told apart as real ones can."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.common = [_word(self.chance) for _ in range(3_000)]
        self.states = [_word(self.chance).title() for _ in range(60)]
        self.publishers = [f"{_word(self.chance).title()} Times" for _ in range(60)]

    def event(self) -> list[tuple[Article, Extraction]]:
        """One event's reports, in order of time."""
        chance = self.chance
        own = [_word(chance) for _ in range(30)]
        place = _word(chance).title()
        actors = [*chance.sample(self.states, 2), f"{_word(chance).title()} {_word(chance).title()}"]
        issues = [f"{chance.choice(own)} {_word(chance)} {chance.choice(self.common)}" for _ in range(3)]
        began = NOW - WEEK * chance.random()
        found: list[tuple[Article, Extraction]] = []
        copied = ""
        for number in range(min(60, int(chance.paretovariate(0.9)))):
            at = min(NOW, began + timedelta(hours=abs(chance.gauss(0, 8))))
            text = self._text(own, place, actors, issues)
            if copied and chance.random() < 0.3:
                text = copied
            copied = copied or text
            found.append(self._report(f"{place} {number}", text, at, actors, issues))
        return found

    def _text(self, own: list[str], place: str, actors: list[str], issues: list[str]) -> str:
        chance = self.chance
        lines = []
        for _ in range(12):
            words = [*chance.choices(own, k=7), *chance.choices(self.common, k=12)]
            chance.shuffle(words)
            lines.append(f"{chance.choice(actors)} in {place} {' '.join(words)}.")
        for issue in issues:
            lines.insert(chance.randint(0, 4), f"{chance.choice(actors)} stands by {issue}, it was said in {place}.")
        return "\n".join(lines)

    def _report(
        self, name: str, text: str, at: datetime, actors: list[str], issues: list[str]
    ) -> tuple[Article, Extraction]:
        chance = self.chance
        first = text.split("\n", 1)[0]
        title = " ".join(first.split()[:9])
        key = f"{name} {chance.random()}"
        article = Article(
            id=key,
            title=title,
            text=text,
            url=f"https://{key.replace(' ', '-')}.example/",
            publisher=chance.choice(self.publishers),
            published_at=at,
            seen_at=at,
            fingerprint=fingerprint(title, text + key),
        )
        readings = tuple(
            ActorReading(
                actor=Actor(name=one, kind=Kind.PERSON if " " in one else Kind.STATE),
                mentions=(Span(start=0, end=3),),
                salience=round(chance.random(), 2),
            )
            for one in actors
        )
        positions = tuple(
            Position(
                actor=chance.choice(actors),
                stance=chance.choice(list(Stance)),
                issue=chance.choice(issues),
                evidence=Evidence(start=0, end=len(first), text=first),
                confidence=chance.choice((0.4, 0.6, 0.8)),
            )
            for _ in range(2)
        )
        return article, Extraction(article_id=key, reader="made/1", actors=readings, positions=positions)


async def fill(store: Store, count: int) -> tuple[int, float]:
    """File and place so many articles; how many stories they are, and the seconds that placing took."""
    press, kept, placing = Press(), 0, 0.0
    made: list[tuple[Article, Extraction]] = []
    while len(made) < count:
        made += press.event()
    made = sorted(made[:count], key=lambda pair: pair[0].seen_at)
    for start in range(0, count, 500):
        async with store.write() as books:
            await books.articles.file_all(made[start : start + 500], NOW)
        began = time.perf_counter()
        kept += await place_new(store)
        placing += time.perf_counter() - began
    assert kept == count
    async with store.read() as books:
        return len(await books.placements.ranked(NOW - WEEK, NOW)), placing


async def measure(store: Store, name: str, window: timedelta, interests: tuple[Interest, ...] = ()) -> float:
    """Compose thirty times; prints and returns the 95th percentile in seconds."""
    taken, worked = [], []
    for _ in range(30):
        began, busy = time.perf_counter(), time.process_time()
        edition = await preview(store, now=NOW, window=window, interests=interests)
        taken.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
    for what, found in (("wall clock", taken), ("processor", worked)):
        p95 = statistics.quantiles(found, n=20)[-1]
        print(f"{name:28}{what:12} median {1000 * statistics.median(found):5.0f} ms, p95 {1000 * p95:5.0f} ms")
    print(f"{'':28}{len(edition.stories)} stories of {edition.coverage.articles:,} articles")
    return statistics.quantiles(worked, n=20)[-1]


async def main(count: int) -> int:
    """Fill, measure, compare; the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(data_dir=Path(folder))
        stories, placing = await fill(store, count)
        print(f"{count:,} articles in {stories:,} stories; placed {count / placing:,.0f} articles a second")
        async with store.read() as books:
            name, actor = (await books.actors.names())[0]
        gc.collect()
        gc.freeze()  # what filling the store left behind is not the product's to look through
        slowest = await measure(store, "an edition of 7 days", WEEK)
        await measure(store, "of one day", timedelta(days=1))
        follows = (Interest(kind="actor", name=actor.name, actor_id=actor.id), Interest(kind="words", name=name))
        await measure(store, "of 7 days, with interests", WEEK, follows)
        await store.close()
    return int(slowest > MOST)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)))
