"""How fast articles are read: `python -m tests.benchmarks.reading`, or in `make bench`.

500 made-up news articles of some 700 words (sentences of the samples in another order), one thread, loading not
counted: words a second of the whole reader, its share of a plain onnxruntime run of the same graph over the same
windows in the same process, the same over two threads at once, and the most memory that was held.
"""

import random
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

from digests.extract.encoder import OVERLAP, SIZE, Encoder
from digests.extract.pieces import sequence, windows
from digests.extract.reader import EncoderReader, whole
from digests.models import Article
from digests.sources import samples

COUNT, SENTENCES = 500, 24


def articles(count: int) -> list[Article]:
    """News that nobody wrote: sentences of the samples, shuffled."""
    known = samples.load(datetime(2026, 1, 5, tzinfo=UTC))
    pool = [line for article in known for line in article.text.split(". ") if len(line) > 40]
    rng = random.Random(1)
    return [
        replace(rng.choice(known), id=str(k), text=". ".join(rng.sample(pool, SENTENCES)) + ".") for k in range(count)
    ]


def plain(encoder: Encoder, news: list[Article]) -> float:
    """Seconds that the graph alone takes over the windows of these articles."""
    ready = [sequence(whole(article), encoder.tokenizer) for article in news]
    began = time.perf_counter()
    for seen in ready:
        for start, stop in windows(len(seen), SIZE, OVERLAP):
            encoder._run(seen, start, stop)
    return time.perf_counter() - began


def main() -> int:
    """Measure and print."""
    news = articles(COUNT)
    words = sum(len(article.text.split()) for article in news)
    reader = EncoderReader()
    reader.extract(news[0])
    graph = plain(reader._encoder, news)  # one copy of the weights, or the memory would be that of two readers
    began = time.perf_counter()
    for article in news:
        reader.extract(article)
    alone = time.perf_counter() - began
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(reader.extract, news))
    two = time.perf_counter() - began
    print(f"{words} words in {COUNT} articles")
    print(f"one thread: {words / alone:,.0f} words/s; the graph alone {words / graph:,.0f}; share {graph / alone:.2f}")
    print(f"two threads: {words / two:,.0f} words/s, {alone / two:.2f} times one")
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
